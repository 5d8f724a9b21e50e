"""Forgetting: rows, annotations, archived pages and bytes in the files are gone, and do not come back.

The way up to the published file is tested in tests/integration/test_forget.py, with dbt.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from flows.fetch.archive import Archive, replay
from flows.fetch.erase import erase_pages
from flows.fetch.page import Page
from flows.forget import NothingKept
from flows.forget import forget as forget_everywhere
from flows.land import forget
from flows.land.database import language_database, raw_database
from flows.land.load import fetch_state, land_annotations, land_documents
from flows.land.tables import DOCUMENTS
from flows.language.schema import TABLES
from flows.settings import Settings

SECRET = "Quillwort negotiators never said this aloud"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, cache_dir=tmp_path / "cache")


def row(name: str, text: str, outlet: str = "outlet:one") -> dict[str, object]:
    return {"document_id": name, "collection_key": "main", "url": f"https://one.example/{name}", "source_key": outlet,
            "title": name, "text": text, "published_at": datetime(2025, 4, 21), "published_date": date(2025, 4, 21),
            "published_basis": "metadata", "fetched_at": datetime(2025, 4, 22), "language_code": "en", "word_count": 5,
            "text_sha256": name, "html_sha256": name, "rights": "full_text", "input_kind": "web",
            "cleaner_version": "1"}  # fmt: skip


def land(settings: Settings, *rows: dict[str, object]) -> int:
    return len(land_documents(settings, pa.Table.from_pylist(list(rows), schema=DOCUMENTS)).new)


def documents(settings: Settings) -> list[str]:
    with raw_database(settings, read_only=True) as connection:
        return [r[0] for r in connection.execute("select document_id from documents order by 1").fetchall()]


def page(name: str, source_key: str = "outlet:one") -> Page:
    url = f"https://one.example/{name}"
    return Page(url=url, canonical_url=url, final_url=url, status=200, headers={"content-type": "text/html"},
                body=f"<p>{name} {SECRET}</p>".encode(), encoding="utf-8", etag=None, last_modified=None,
                fetched_at=datetime(2025, 4, 22), wire_bytes=9, rights="full_text", rights_basis="",
                source_key=source_key, candidate=None)  # fmt: skip


def test_an_address_goes_with_its_annotations_and_its_bytes(settings: Settings) -> None:
    land(settings, row("a", SECRET), row("b", "Kept words."))
    sentence = {f.name: f.type for f in TABLES["sentences"]}
    table = pa.Table.from_pylist(
        [dict.fromkeys(sentence) | {"document_id": d, "lemma": [SECRET]} for d in ("a", "b")],
        schema=TABLES["sentences"],
    )
    land_annotations(settings, {"sentences": table.slice(1)}, "1")
    land_annotations(settings, {"sentences": table.slice(0, 1)}, "1")
    gone = forget.delete_documents(settings, forget.subject_of("https://one.example/a?utm_source=feed"))
    assert gone == ["a"]
    assert documents(settings) == ["b"]
    with language_database(settings, read_only=True) as connection:
        left = connection.execute("select distinct document_id from sentences union from annotated select document_id")
        assert left.fetchall() == [("b",)]
    assert SECRET.encode() not in settings.raw_db.read_bytes()


def test_what_was_forgotten_does_not_land_again_until_it_is_allowed(settings: Settings) -> None:
    subject = forget.subject_of("https://one.example/a")
    land(settings, row("a", SECRET))
    forget.delete_documents(settings, subject)
    assert land(settings, row("a", SECRET), row("a2", "x") | {"url": "https://one.example/a"}) == 0
    assert fetch_state(settings, "fetches").to_pylist()[0]["reason"] == "gone"
    assert forget.allow_again(settings, subject)
    assert not forget.allow_again(settings, subject)
    assert land(settings, row("a", SECRET)) == 1
    assert fetch_state(settings, "fetches").num_rows == 0


def test_an_outlet_goes_whole_and_another_stays(settings: Settings) -> None:
    land(settings, row("a", "x"), row("b", "y"), row("c", "z", "outlet:two"))
    assert forget.delete_documents(settings, forget.subject_of("one")) == ["a", "b"]
    assert documents(settings) == ["c"]
    assert forget.forgotten_outlets(settings) == {"outlet:one"}
    assert land(settings, row("d", "x")) == 0


def test_a_compacted_database_keeps_its_keys_and_its_migrations(settings: Settings) -> None:
    land(settings, row("a", "x"))
    forget.compact(settings.raw_db)
    assert land(settings, row("a", "x"), row("b", "y")) == 1
    assert not list(settings.data_dir.glob("*.compact"))


def test_archived_pages_go_and_their_neighbours_read_as_before(settings: Settings) -> None:
    with Archive(settings) as archive:
        for name in ("a", "b", "c"):
            archive.append(page(name))
        archive.append(page("d", "outlet:two"))
    before = {p.url: p.body for p in replay(settings) if isinstance(p, Page)}
    assert len(before) == 4
    assert erase_pages(settings, forget.subject_of("https://one.example/b").covers) == 1
    after = {p.url: p.body for p in replay(settings) if isinstance(p, Page)}
    assert after == {url: body for url, body in before.items() if not url.endswith("/b")}
    assert erase_pages(settings, forget.subject_of("outlet:two").covers) == 1
    assert erase_pages(settings, forget.subject_of("outlet:three").covers) == 0
    assert sorted(p.url[-1] for p in replay(settings) if isinstance(p, Page)) == ["a", "c"]


def test_a_torn_end_does_not_keep_a_page_in_the_archive(settings: Settings) -> None:
    with Archive(settings) as archive:
        archive.append(page("a"))
        archive.append(page("b"))
    [path] = settings.archive_dir.rglob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-20])
    assert erase_pages(settings, forget.subject_of("https://one.example/a").covers) == 1
    assert all("/a" not in p.url for p in replay(settings) if isinstance(p, Page))


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("https://one.example/a#top", "url", "https://one.example/a"),
        ("urn:communique:1234", "url", "urn:communique:1234"),
        ("harbour-wire", "outlet", "outlet:harbour-wire"),
        ("outlet:harbour-wire", "outlet", "outlet:harbour-wire"),
    ],
)
def test_a_subject_is_an_address_or_an_outlet(text: str, kind: str, key: str) -> None:
    assert forget.subject_of(text) == forget.Subject(kind, key)


def test_nothing_is_no_subject() -> None:
    with pytest.raises(LookupError, match="outlet:harbour-wire"):
        forget.subject_of("  ")


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("https://one.example/lonk-story", "Did you mean https://one.example/long-story?"),
        ("https://other.example/nothing-of-the-kind", "`communique query"),
        ("outlet:oen", "Did you mean outlet:one?"),
        ("reuterz", "Did you mean outlet:reuters"),
        ("long-story", "Did you mean https://one.example/long-story?"),  # the id of the document
    ],
)
def test_what_nobody_keeps_is_refused_with_what_is_near(settings: Settings, given: str, near: str) -> None:
    land(settings, row("long-story", "x"), row("b", "y"))
    subject = forget.subject_of(given)
    with pytest.raises(NothingKept) as refused:
        forget_everywhere(settings, subject, "run")
    assert subject.key in str(refused.value)
    assert near in str(refused.value)
    assert documents(settings) == ["b", "long-story"]
    assert not forget.allow_again(settings, subject), "nothing was barred"


def test_what_was_forgotten_and_an_outlet_that_is_still_unread_are_known(settings: Settings) -> None:
    land(settings, row("a", "x"))
    for given in ("https://one.example/a", "https://one.example/a", "outlet:nato"):
        forget_everywhere(settings, forget.subject_of(given), "run")
    assert documents(settings) == []
    assert forget.forgotten_outlets(settings) == {"outlet:nato"}

"""Manifests: strict, with errors a person can act on. The shipped ones are checked as a whole."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.sources.check import manifest_of, mark_verified
from flows.sources.manifest import ManifestError, load_manifest
from flows.sources.registry import MANIFESTS, load_sources, read_sources
from flows.sources.schema import Source

GOOD = """key: outlet:a-b
name: A
country: GBR
homepage: https://a.example/
domains:
  - a.example
language: en
feeds:
  - url: https://a.example/rss
    kind: rss
is_wire: false
is_state_media: false
timezone: Europe/London
include:
  - '/news/'
exclude:
  - '/news/video/'
verified: never
"""


def written(tmp_path: Path, text: str, name: str = "a.yml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        load_manifest(path)
    return [str(p).removeprefix(f"{path}:") for p in caught.value.problems]


def test_a_good_manifest(tmp_path: Path) -> None:
    source = load_manifest(written(tmp_path, GOOD))
    assert (source.key, source.feeds[0].kind, source.rights) == ("outlet:a-b", "rss", "full_text")
    assert load_manifest(written(tmp_path, GOOD.replace("never", "2026-11-22"))).verified == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("country: GBR", "contry: GBR", "3: contry: unknown key. Did you mean 'country'?"),
        ("    kind: rss", "    kind: rss\n    knd: x", "11: feeds[0].knd: unknown key. Did you mean 'kind'?"),
        ("    kind: rss", "    kind: rrs", "10: feeds[0].kind: Input should be 'rss', 'atom'"),
        ("name: A\n", "", "1: name: is missing"),
        ("language: en", "language: no", "7: language: Input should be a valid string. Write it in quotes"),
        ("is_wire: false", 'is_wire: "no"', "11: is_wire: Input should be a valid boolean"),
        ("Europe/London", "Europe/Londn", "13: timezone: 'Europe/Londn' is not an IANA time zone"),
        ("'/news/'", "'/news/('", "14: include: '/news/(' is not a regular expression"),
        ("  - a.example", "  - https://a.example/", "5: domains: 'https://a.example/' is not a lower-case host name"),
        ("https://a.example/\n", "https://b.example/\n", "1: homepage https://b.example/ is not on one of the domains"),
        ("https://a.example/rss", "ftp://a.example/rss", "9: feeds[0].url: must be a full http or https address"),
        ("verified: never", "verified: maybe", "18: verified: "),
        ("name: A", "name: A\nname: B", "3: name: stands twice, first on line 2"),
        ("name: A", "name: [A", "3: not valid YAML"),
        (
            "is_wire: false",
            "is_wire: false\npoliteness:\n  delay: 5",
            "13: politeness.delay: unknown key. Did you mean 'delay_",
        ),
        (
            "is_wire: false",
            "is_wire: false\nfloors:\n  date_fill: 2",
            "13: floors.date_fill: Input should be less than",
        ),
    ],
)
def test_each_fault_names_line_key_and_hint(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in GOOD
    found = faults(written(tmp_path, GOOD.replace(old, new, 1)))
    assert any(f.startswith(expected) for f in found), found


def test_all_faults_are_told_at_once_and_odd_files_are_named(tmp_path: Path) -> None:
    assert len(faults(written(tmp_path, GOOD.replace("name:", "nam:").replace("GBR", "gb")))) == 3
    assert "a manifest is a mapping" in faults(written(tmp_path, "- a\n"))[0]
    assert "a manifest is a mapping" in faults(written(tmp_path, ""))[0]
    (tmp_path / "b.yml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in faults(tmp_path / "b.yml")[0]


def test_the_registry_refuses_doubles_and_goes_on(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "a.yml")
    written(tmp_path, GOOD, "b.yml")
    written(tmp_path, GOOD.replace("a-b", "c"), "c.yaml")
    written(tmp_path, GOOD.replace("a-b", "d").replace("/rss", "/d"), "d.yml")
    sources, problems = read_sources([tmp_path, tmp_path / "none"])
    assert [s.key for s in sources] == ["outlet:a-b", "outlet:d"]
    assert [p.key for p in problems] == ["", "key", "feeds"]
    with pytest.raises(ManifestError, match="declared already"):
        load_sources([tmp_path])


def shaped(**changes: Any) -> Source:
    values: dict[str, Any] = {
        "key": "outlet:a",
        "name": "A",
        "country": None,
        "homepage": "https://a.example/",
        "domains": ["a.example"],
        "language": "en",
        "is_wire": False,
        "is_state_media": False,
        "timezone": "UTC",
        "verified": "never",
    }
    return Source(**{**values, **changes})


def test_what_a_source_owns_and_wants() -> None:
    source = shaped(include=["/news/"], exclude=["/video/"])
    assert source.wants("https://www.a.example/news/1")
    assert not source.wants("https://a.example/sport/1")
    assert not source.wants("https://a.example/news/video/1")
    assert not source.wants("https://nota.example/news/1")
    assert not source.wants("https://a.example.evil.example/news/1")
    assert not source.owns("http://[::1")


# ---- the shipped manifests ----

# ISO 3166-1 alpha-3, checked against the standard in November 2026; a new country is added here by hand.
COUNTRIES = """
ARE ARM AZE BEL BLR CHN CZE DEU EGY ETH FRA GBR GEO IND IRN ISR
KEN LVA NGA NLD POL PSE QAT RUS SAU TUR UKR USA ZAF
"""


def test_the_shipped_manifests_are_whole_and_unverified() -> None:
    sources = load_sources()
    assert len(sources) >= 40
    assert all(s.feeds for s in sources)
    assert all(s.verified == "never" or isinstance(s.verified, date) for s in sources)
    assert {s.country for s in sources} >= {"UKR", "RUS", "GBR", "USA", "ISR", "IRN", "GEO", "AZE", "ETH", None}
    assert sum(s.is_official for s in sources) >= 10
    assert sum(s.is_wire for s in sources) >= 8


def test_shipped_countries_exist_and_folders_agree() -> None:
    for path in MANIFESTS.rglob("*.yml"):
        source = load_manifest(path)
        assert path.parent.name == (source.country or "int").lower()
        assert path.stem == source.key.removeprefix("outlet:")
        assert source.country is None or source.country in COUNTRIES.split(), path
        assert all(s.startswith("http") for s in (f.url for f in source.feeds))


def test_a_check_marks_one_line_only(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    assert manifest_of("outlet:a-b", [tmp_path]) == path
    assert manifest_of("outlet:a", [tmp_path]) is None
    mark_verified(path, date(2026, 11, 22))
    assert path.read_text(encoding="utf-8") == re.sub("never", "2026-11-22", GOOD)
    with pytest.raises(ValueError, match="verified"):
        mark_verified(written(tmp_path, "key: x\n", "x.yml"), date(2026, 11, 22))

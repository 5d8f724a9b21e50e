"""Files of every kind to records; what cannot be read is named and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.discover.candidate import Candidate
from flows.ingest import Record, read_inputs
from flows.ingest.inputs import Input
from flows.outcomes import Outcome
from flows.settings import Settings

HTML = b"<html><head><title>t</title></head><body><p>One paragraph of a page.</p></body></html>"


def _read(*inputs: Path | str) -> list[Input]:
    return list(read_inputs(inputs, Settings()))


def _record(*inputs: Path | str) -> Record:
    (found,) = _read(*inputs)
    assert isinstance(found, Record), found
    return found


def _outcome(*inputs: Path | str) -> Outcome:
    (found,) = _read(*inputs)
    assert isinstance(found, Outcome), found
    return found


def test_json_lines_go_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"d{n}", "text": f"Text {n}."}) for n in range(1, 21)]
    lines[16] = '{"id": "d17", "text": '
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines) + "\n\n")
    found = _read(path)
    bad = [f for f in found if isinstance(f, Outcome)]
    assert [(o.reason, o.subject) for o in bad] == [("bad_json", f"{path} line 17")]
    assert "line 17: not valid JSON" in bad[0].detail
    assert len([f for f in found if isinstance(f, Record)]) == 19


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1, 2]", "bad_json"),
        ('"text"', "bad_json"),
        ('{"id": "a"}', "bad_record"),
        ('{"id": "a", "text": 5}', "bad_record"),
        ("{" * 5000, "bad_json"),
        ("[" * 200_000, "bad_json"),
    ],
)
def test_lines_that_are_no_record(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line)
    assert _outcome(path).reason == reason


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": 1, "body": "x", "headline": "y"}, "neither 'text' nor 'html' is given, but 'id', 'body' ('text'?), "
         "'headline' ('title'?)"),
        ({"Text": "x"}, "but 'Text' ('text'?)"),
        ({"txet": "x", "colour": 1}, "but 'txet' ('text'?), 'colour'"),
        ({"text": None, "url": "u"}, "but 'text' (null), 'url'"),
        ({f"k{n}": n for n in range(30)}, "'k11' and 18 more"),
        ({}, "is given: the object is empty"),
        ({"text": ["x"]}, "'text' is not a string but a list"),
    ],
)  # fmt: skip
def test_a_record_without_a_text_names_the_keys_it_has(tmp_path: Path, row: dict[str, object], said: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(row))
    found = _outcome(path)
    assert found.reason == "bad_record"
    assert said in found.detail


def test_a_line_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"id": "a", "text": "caf\xe9"}\n{"id": "b", "text": "fine"}\n')
    found = _read(path)
    assert isinstance(found[0], Outcome)
    assert found[0].reason == "bad_encoding"
    assert isinstance(found[1], Record)


def test_keys_are_read_and_unknown_ones_passed_over(tmp_path: Path) -> None:
    row = {
        "id": 7, "url": "https://a.example/x", "title": "T", "outlet": "The Weir Post", "date": "2025-04-22",
        "html": "<p>x</p>", "collection": "c", "author": ["Ann Moss", "Bo Lind"], "colour": {"is": "ignored"},
    }  # fmt: skip
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    found = _record(path)
    assert (found.record_id, found.url, found.title, found.outlet) == ("7", row["url"], "T", "The Weir Post")
    assert (found.published, found.collection, found.is_html) == ("2025-04-22", "c", True)
    assert found.authors == ("Ann Moss", "Bo Lind")


def test_text_wins_over_html_and_published_at_over_date(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"text": "T", "html": "<p>H</p>", "published_at": "2025-01-02", "date": "2024-01-01"}))
    found = _record(path)
    assert (found.body, found.is_html, found.published) == ("T", False, "2025-01-02")


def test_a_json_file_may_hold_one_object_or_many(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"id": "a", "text": "A"}, {"id": "b"}], indent=2))
    found = _read(path)
    assert [type(f).__name__ for f in found] == ["Record", "Outcome"]
    path.write_text(json.dumps({"id": "a", "text": "A"}, indent=2))
    assert _record(path).record_id == "a"


def test_a_text_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    text = "\ufeffTitle\r\n\r\nCafe\u0301 \U0001f600\rEnd\n"
    path = tmp_path / "x.txt"
    path.write_bytes(text.encode())
    found = _record(path)
    assert (found.body, found.is_html) == (text, False)


def test_html_is_known_by_its_content_or_name(tmp_path: Path) -> None:
    for name in ("a.html", "b", "c.page", "d.htm.gz"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(HTML) if name.endswith(".gz") else HTML)
        assert _record(path).is_html
    path = tmp_path / "e.txt"
    path.write_bytes(HTML)
    assert not _record(path).is_html


def test_folders_are_walked_in_order_and_hidden_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "sub" / ".git").mkdir(parents=True)
    for name in ("b.txt", "a.html", "sub/c.txt", "sub/.hidden.txt", "sub/.git/d.txt"):
        (tmp_path / name).write_bytes(HTML if name.endswith("html") else b"Text.")
    (tmp_path / "z.png").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    found = _read(tmp_path)
    assert [Path(f.origin).name for f in found if isinstance(f, Record)] == ["a.html", "b.txt", "c.txt"]
    assert [f.reason for f in found if isinstance(f, Outcome)] == ["unreadable_file"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty_page"),
        ("blank.html", b" \n ", "empty_page"),
        ("paper.pdf", b"%PDF-1.7 ...", "unreadable_file"),
        (
            "cut.jsonl.gz",
            gzip.compress(b'{"id": "a", "text": "' + b"long text " * 5000, mtime=0)[:-40],
            "unreadable_file",
        ),
        ("cut.html.gz", gzip.compress(HTML * 50, mtime=0)[:60], "unreadable_file"),
        ("fake.gz", b"\x1f\x8b not gzip at all", "unreadable_file"),
        ("odd", b"\xff\x00\xfe\x00\x01" * 9, "unreadable_file"),
        ("latin", b"caf\xe9 without a name", "bad_encoding"),
        ("bad.warc", b"WARC/1.0\r\nbroken", "bad_archive"),
    ],
)
def test_files_that_cannot_be_used_say_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = _outcome(path)
    assert found.reason == reason
    assert name in found.detail


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("paper.docx", b"PK\x03\x04\x14\x00[Content_Types].xml", "a ZIP file or an office document (.docx"),
        ("paper.txt", b"PK\x03\x04\x14\x00[Content_Types].xml", "a ZIP file or an office document (.docx"),
        ("paper.txt", b"\n%PDF-1.7 and words", "a PDF; save its text as .txt"),
        ("paper.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as text or HTML"),
        ("paper", b"{\\rtf1\\ansi Talks ended.}", "a rich text document"),
        ("notes.txt", "Talks ended.".encode("utf-16"), "UTF-16; save it as UTF-8"),
        ("tape.txt", b"talks.txt" + b"\x00" * 91 + b"0000644" + b"\x00" * 400, "bytes that stand in no text"),
        ("late.txt", b"Words. " * 2000 + b"\x00", "bytes that stand in no text"),
        ("odd.md", bytes(range(1, 256)) * 4, "bytes that stand in no text"),
        ("odd.jsonl", bytes(range(256)) * 4, "bytes that stand in no text"),
        ("odd.html", bytes(range(256)) * 4, "bytes that stand in no text"),
    ],
)
def test_a_file_that_is_no_text_is_told_by_its_bytes_once(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = _outcome(path)
    assert found.status == "failed"
    assert found.detail.startswith(f"{path}: ")
    assert said in found.detail


@pytest.mark.parametrize("name", ["talks.docx", "talks.pdf", "talks.xyz", "talks", "TALKS.DAT"])
@pytest.mark.parametrize("text", ["Talks in Geneva ended.\x0c\nPage 2", "SQLite is what they used.", "Café — “so”."])
def test_a_plain_text_is_read_whatever_its_name_is(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert (_record(path).body, _record(path).is_html) == (text, False)


def test_a_page_in_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(HTML.decode().encode("utf-16"))
    assert _record(path).is_html


def test_a_parquet_file_whole_or_damaged_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["Text."] * 50}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "b.parquet").write_bytes(whole[:40])
    (tmp_path / "c.parquet").write_bytes(b"\x00\x00\x00\x00" + whole[4:])
    (tmp_path / "d.txt").write_text("Text.")
    *refused, kept = _read(tmp_path)
    assert isinstance(kept, Record)
    for name, outcome in zip("abc", refused, strict=True):
        assert isinstance(outcome, Outcome)
        assert (outcome.subject, outcome.reason) == (str(tmp_path / f"{name}.parquet"), "unreadable_file")
        assert "neither text, HTML, JSON lines nor WARC" in outcome.detail
        assert outcome.advice
        assert ("write its rows as JSON lines" in outcome.detail) == (name != "c")


def test_what_is_not_there_is_named() -> None:
    assert "/no/such/file" in _outcome("/no/such/file").detail


def test_a_file_without_read_rights_or_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert _outcome(tmp_path / "gone.txt").reason == "unreadable_file"


def test_an_address_becomes_a_candidate_or_a_complaint() -> None:
    found = _read("https://a.example/story?utm_source=x", "ftp://a.example/x", "http://")
    assert isinstance(found[0], Candidate)
    assert found[0].canonical_url == "https://a.example/story"
    assert [f.reason for f in found[1:] if isinstance(f, Outcome)] == ["bad_url", "bad_url"]


def _warc(compressed: bool, count: int = 3) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for number in range(count):
        for status, media in (
            ("200 OK", "text/html; charset=utf-8"),
            ("404 Not Found", "text/html"),
            ("200 OK", "image/png"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://a.example/{number}", "response", payload=io.BytesIO(HTML), http_headers=headers,
                warc_headers_dict={"WARC-Date": "2025-04-22T10:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)
            record.raw_stream.close()
    return out.getvalue()


@pytest.mark.parametrize("compressed", [False, True])
def test_warc_files_give_their_pages(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / ("x.warc.gz" if compressed else "x.warc")
    path.write_bytes(_warc(compressed))
    found = _read(path)
    assert [f.url for f in found if isinstance(f, Record)] == [f"https://a.example/{n}" for n in range(3)]
    first = found[0]
    assert isinstance(first, Record)
    assert (first.body, first.http_charset) == (HTML, "utf-8")
    assert str(first.fetched_at) == "2025-04-22 10:00:00"


@pytest.mark.parametrize("compressed", [False, True])
def test_a_warc_cut_anywhere_gives_whole_pages_only(tmp_path: Path, compressed: bool) -> None:
    data = _warc(compressed)
    path = tmp_path / "x.warc"
    counts = []
    for cut in range(1, len(data), 61):
        path.write_bytes(data[:cut])
        pages = [f for f in _read(path) if isinstance(f, Record)]
        assert all(p.body == HTML for p in pages)
        counts.append(len(pages))
    assert counts == sorted(counts)
    assert set(counts) == {0, 1, 2, 3}


def test_the_page_in_which_a_warc_ends_is_named(tmp_path: Path) -> None:
    data = _warc(False, count=1)
    path = tmp_path / "x.warc"
    path.write_bytes(data[: data.index(b"paragraph")])
    found = _outcome(path)
    assert (found.reason, found.subject) == ("bad_archive", "https://a.example/0")


def test_mixed_inputs_keep_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "b.jsonl").write_text('{"text": "x"}')
    kinds = [type(f).__name__ for f in _read(tmp_path / "b.jsonl", "https://a.example/", tmp_path / "a.txt", "nothing")]
    assert kinds == ["Record", "Candidate", "Record", "Outcome"]

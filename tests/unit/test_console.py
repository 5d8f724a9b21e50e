"""What the terminal and the report of a run show of articles is their words: nothing in them is obeyed."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from flows import answer, console, run_report
from flows.doctor import Check
from flows.explain import Explanation, Passage
from flows.outcomes import Outcome
from flows.recode import Difference
from flows.stages import Report
from tests.fixtures.texts import HOSTILE

CONTROLS = "a\x1b[31mb\x07c\x1b]0;title\x07d\x9b2J"
SHOWN = "a�[31mb�c�]0;title�d�2J"
TEXTS = [*HOSTILE.items(), ("controls", CONTROLS)]


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (console.out, console.err):
        monkeypatch.setattr(one, "width", 400)


def shown(capsys: pytest.CaptureFixture[str], text: str) -> str:
    """What was printed, which must hold the text as it is and nothing that a terminal obeys."""
    both = capsys.readouterr()
    printed = both.out + both.err
    assert (SHOWN if text == CONTROLS else text) in printed
    assert not set(printed) & {"\x1b", "\x07", "\x9b"}
    return printed


@pytest.mark.parametrize("text", [text for _, text in TEXTS], ids=[name for name, _ in TEXTS])
def test_lines_tables_and_explanations_show_words_as_they_are(capsys: pytest.CaptureFixture[str], text: str) -> None:
    console.say(text)
    shown(capsys, text)
    console.note(Outcome("fetch", text, "timeout", detail="x"))
    shown(capsys, text)
    console.note(Outcome("fetch", "x", "timeout", detail=text))
    shown(capsys, text)
    console.show_report(Report("clean", 1, [Outcome("clean", text, "too_large")]))
    shown(capsys, text)
    console._show_left_out([Outcome("clean", "x", "too_large", detail=text)])
    shown(capsys, text)
    console.show_checks([Check("spool", False, text, "x"), Check("x", False, "x", text)])
    assert shown(capsys, text).count("fix") == 2
    row = {"label": text, "cameo_code": text, "fact_id": "12345678"}
    console.show_difference({"events": Difference([row], [], [(row, {**row, "cameo_code": "1"})], 0)})
    shown(capsys, text)
    for kind in ("table", "records"):
        answer.show(pa.table({"text": [text], "n": [1]}), kind, None, [], console.out)
        shown(capsys, text)


@pytest.mark.parametrize("text", [text for _, text in TEXTS], ids=[name for name, _ in TEXTS])
def test_an_explanation_shows_words_as_they_are(capsys: pytest.CaptureFixture[str], text: str) -> None:
    for outlet, title, url in ((text, "t", "u"), ("o", text, "u"), ("o", "t", text)):
        passage = Passage("d", outlet, title, "2025-04-22", url, text, [(0, 400, "cue")])
        console.show_explanation(Explanation("statements", {"text": text}, [passage], [{"hop": text}], []))
        assert shown(capsys, text).count(SHOWN if text == CONTROLS else text) >= 5


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_report_of_a_failed_run_keeps_what_was_said_inside_its_fence(text: str) -> None:
    report = run_report.failed(RuntimeError(text), datetime.now(UTC))
    assert report.count("```") == 2
    assert text.replace("```", "'''") in report.split("```")[1]


def test_a_long_difference_is_cut_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"label": f"fact {n}", "fact_id": f"{n:08}"} for n in range(console.DIFFERENCES_SHOWN + 3)]
    console.show_difference({"statements": Difference(added=rows), "positions": Difference(kept_count=4)})
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == f"statements: {len(rows)} added, 0 dropped, 0 altered, 0 as they were."
    assert printed[1] == "+ fact 0 00000000"
    assert printed[-2:] == [
        "+ … and 3 more; --json has all.",
        "positions: 0 added, 0 dropped, 0 altered, 4 as they were.",
    ]

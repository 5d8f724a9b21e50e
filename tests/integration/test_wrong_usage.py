"""What a person mistypes is named, with what was near, and the exit code says that nothing was done.

How near names are found is tested in the unit tests of the parts.
"""

from __future__ import annotations

import pytest

from tests.integration.conftest import Installation


def test_an_outlet_that_there_is_not_cannot_be_checked(installation: Installation) -> None:
    ended = installation("sources", "check", "un-nwes")
    assert ended.code == 2
    assert "outlet:un-nwes. Did you mean outlet:un-news" in ended.err
    assert "Traceback" not in ended.err


def test_what_is_not_kept_cannot_be_forgotten(installation: Installation) -> None:
    ended = installation("forget", "https://nobody.example/x")
    assert ended.code == 2
    assert "Nothing kept has the address https://nobody.example/x; nothing was changed." in ended.err
    assert ended.out == ""


def test_settings_that_are_wrong_are_said_before_anything_is_done(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_DATADIR", "elsewhere")
    monkeypatch.setenv("COMMUNIQUE_TEST_ORDERS", "3")
    ended = installation("status")
    assert ended.code == 0
    assert ended.err.splitlines() == [
        "COMMUNIQUE_DATADIR is set, but there is no such setting: it does nothing. Did you mean COMMUNIQUE_DATA_DIR?"
    ]
    monkeypatch.setenv("COMMUNIQUE_KEEP_RELEASES", "0")
    ended = installation("status")
    assert ended.code == 2
    assert "COMMUNIQUE_KEEP_RELEASES is '0': too small." in ended.err
    assert "Traceback" not in ended.err

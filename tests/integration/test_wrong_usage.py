"""What a person mistypes is named, with what was near, and the exit code says that nothing was done.

How near names are found is tested in the unit tests of the parts.
"""

from __future__ import annotations

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

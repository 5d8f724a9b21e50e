"""What the environment sets wrongly is said in one line: the variable, the value, the reason, what is allowed."""

from __future__ import annotations

import pytest

from flows.environment import misspelt
from flows.faults import USAGE, explain
from flows.settings import Settings


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("COMMUNIQUE_DATADIR", "Did you mean COMMUNIQUE_DATA_DIR?"),
        ("communique_dbt_thread", "Did you mean COMMUNIQUE_DBT_THREADS?"),
        ("COMMUNIQUE_ZZZZ", "flows/settings.py has all settings."),
    ],
)
def test_a_variable_that_is_no_setting_is_named_with_the_nearest(variable: str, meant: str) -> None:
    [sentence] = misspelt({variable: "x", "HOME": "/"})
    assert sentence.startswith(f"{variable} is set, but there is no such setting")
    assert sentence.endswith(meant)


def test_settings_and_what_dbt_and_the_tests_read_are_no_mistakes() -> None:
    names = [*Settings.model_fields, "test_orders", "test_anything", "raw_db", "language_db", "warehouse_db"]
    assert misspelt({f"COMMUNIQUE_{name.upper()}": "x" for name in names}) == []
    assert misspelt({"communique_data_dir": "x", "OTHER_COMMUNIQUE_X": "x"}) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DBT_THREADS", "0", "is '0': too small. Allowed: a whole number from 1; unset, it is 2."),
        ("DBT_THREADS", "two", "is 'two': no whole number. Allowed: a whole number from 1; unset, it is 2."),
        ("CONNECT_SECONDS", "0", "is '0': too small. Allowed: a number above 0; unset, it is 10.0."),
        ("PUBLISH_TEXT", "maybe", "is 'maybe': neither true nor false. Allowed: true or false; unset, it is False."),
        ("LAKE_S3_URL_STYLE", "x", "none of the words that it takes. Allowed: path or vhost; unset, it is path."),
        ("LAKE_SCHEMA", "A b", "is 'A b': not of its form. Allowed: text of the form ^[a-z]"),
        ("CONNECT_TO", "a=b", "is 'a=b': no JSON (Expecting value). Allowed: a JSON object such as"),
        ("CONNECT_TO", '{"a": [1]}', "Allowed: a JSON object such as"),
    ],
)
def test_an_unusable_value_is_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"COMMUNIQUE_{name}", value)
    with pytest.raises(ValueError) as fault:
        Settings()
    sentence, code = explain(fault.value)
    assert sentence is not None
    assert sentence.startswith(f"COMMUNIQUE_{name} is ")
    assert said in sentence
    assert "\n" not in sentence
    assert code == USAGE


def test_every_unusable_value_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_DBT_THREADS", "0")
    monkeypatch.setenv("COMMUNIQUE_KEEP_RELEASES", "none")
    with pytest.raises(ValueError) as fault:
        Settings()
    assert [line.split()[0] for line in (explain(fault.value)[0] or "").splitlines()] == [
        "COMMUNIQUE_DBT_THREADS",
        "COMMUNIQUE_KEEP_RELEASES",
    ]

"""What is wrong with the settings of the environment, in sentences: names that are none, values that do not fit.

It reads no variable by itself, and shows no value that is secret.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import SettingsError

from flows.settings import Settings

PREFIX = "COMMUNIQUE_"
# Not settings, and not mistakes: what dbt's profile reads, and what the tests are told.
_OTHER_NAMES = ("RAW_DB", "LANGUAGE_DB", "WAREHOUSE_DB")
_TESTS = "TEST_"
_KINDS = {"int": "a whole number", "float": "a number", "bool": "true or false", "Path": "a path", "str": "text",
          "dict": 'a JSON object such as {"wire.example": "127.0.0.1:8080"}'}  # fmt: skip
_REASONS = {
    "int_parsing": "no whole number",
    "float_parsing": "no number",
    "bool_parsing": "neither true nor false",
    "literal_error": "none of the words that it takes",
    "greater_than_equal": "too small",
    "greater_than": "too small",
    "string_pattern_mismatch": "not of its form",
}
_SHOWN = 80


def misspelt(environment: Mapping[str, str]) -> list[str]:
    """One sentence per COMMUNIQUE_ variable that is no setting, with the nearest one."""
    known = {name.upper(): PREFIX + name.upper() for name in Settings.model_fields}
    sentences = []
    for variable in sorted(environment):
        name = variable.upper().removeprefix(PREFIX)
        if name == variable.upper() or name in known or name in _OTHER_NAMES or name.startswith(_TESTS):
            continue
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean {known[near[0]]}?" if near else "flows/settings.py has all settings."
        sentences.append(f"{variable} is set, but there is no such setting: it does nothing. {hint}")
    return sentences


def unusable(fault: ValidationError | SettingsError) -> str:
    """One line per setting that has an unusable value: its variable, the value, the reason, what is allowed."""
    if isinstance(fault, ValidationError):
        errors = fault.errors(include_url=False, include_context=False)
        return "\n".join(_line(str(e["loc"][0]), e["input"], _REASONS.get(e["type"], e["msg"])) for e in errors)
    name = re.search(r'field "(\w+)"', str(fault))
    broken = fault.__cause__
    if name is None or not isinstance(broken, json.JSONDecodeError):
        return f"A setting is unusable: {fault}. flows/settings.py says what each takes."
    return _line(name[1], broken.doc, f"no JSON ({broken.msg})")


def _line(name: str, value: Any, reason: str) -> str:
    field = Settings.model_fields[name]
    shown = "secret" if field.annotation == SecretStr | None else repr(str(value)[:_SHOWN])
    return f"{PREFIX}{name.upper()} is {shown}: {reason}. Allowed: {allowed(field)}."


def allowed(field: FieldInfo) -> str:
    """The values that a setting takes, in words, with its default: 'a whole number from 1; unset, it is 2'."""
    kind = field.annotation
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is Literal:
        words = " or ".join(map(str, get_args(kind)))
    else:
        words = _KINDS.get(getattr(get_origin(kind) or kind, "__name__", ""), "text")
    for bound in field.metadata:
        for attribute, word in (("ge", "from"), ("gt", "above"), ("pattern", "of the form")):
            if (value := getattr(bound, attribute, None)) is not None:
                words += f" {word} {value}"
    default = field.get_default(call_default_factory=True, validated_data={})
    return words if default in (None, {}) else f"{words}; unset, it is {default}"

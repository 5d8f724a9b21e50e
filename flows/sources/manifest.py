"""Reading one manifest from YAML, with errors that name file, line and key, and say what was meant.

Checks the form only. It touches no network, and what several manifests must not share is checked in registry.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from flows.sources.schema import Feed, Floors, Politeness, Source


@dataclass(frozen=True)
class Problem:
    """One fault of one manifest. `line` counts from 1; 0 when the file cannot be read at all."""

    path: Path
    line: int
    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        key = f"{self.key}: " if self.key else ""
        return f"{place}: {key}{self.message}{'. ' + self.hint if self.hint else ''}"


class ManifestError(ValueError):
    """One or more manifests are unusable; `problems` names each fault."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))


class _Loader(yaml.SafeLoader):
    """Safe YAML whose every fault has a line. Aliases are refused: a few of them unfold to any size, or without end."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(None, None, "an alias (*name); write it out", mark)
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError) as error:  # as PyYAML lets out
            raise yaml.MarkedYAMLError(None, None, f"a value that is none: {error}", node.start_mark) from error


def load_manifest(path: Path) -> Source:
    """The source that `path` declares. Raises ManifestError with every fault of the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError([Problem(path, 0, "", f"cannot be read: {error}")]) from error
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        lines, repeated = _lines(root, path)
        data: Any = loader.construct_document(root) if root is not None else None
    except RecursionError as error:
        raise ManifestError([Problem(path, 0, "", "not valid YAML: it is nested too deeply")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = str(getattr(error, "problem", None) or error)
        raise ManifestError([Problem(path, mark.line + 1 if mark else 0, "", f"not valid YAML: {message}")]) from error
    if repeated:
        raise ManifestError(repeated)
    if not isinstance(data, dict):
        raise ManifestError([Problem(path, 1, "", "a manifest is a mapping that starts with `key: outlet:…`")])
    try:
        return Source.model_validate(data)
    except ValidationError as error:
        raise ManifestError([_problem(path, e["loc"], e["type"], e["msg"], lines) for e in error.errors()]) from error


Place = tuple[str | int, ...]


def _lines(root: yaml.Node | None, path: Path) -> tuple[dict[Place, int], list[Problem]]:
    """Line of every key, and a problem for every key that stands twice: YAML would keep the last in silence."""
    lines: dict[Place, int] = {}
    repeated: list[Problem] = []

    def walk(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inner = (*place, str(key.value))
                yield inner, key.start_mark.line + 1
                yield from walk(value, inner)
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                yield (*place, number), value.start_mark.line + 1
                yield from walk(value, (*place, number))

    for place, line in walk(root, ()) if root is not None else ():
        if place in lines:
            repeated.append(Problem(path, line, _name(place), f"stands twice, first on line {lines[place]}"))
        lines.setdefault(place, line)
    return lines, repeated


def _name(place: Place) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in place).lstrip(".")


def _problem(path: Path, loc: Place, kind: str, message: str, lines: dict[Place, int]) -> Problem:
    # Pydantic appends the branch of a union to the place; the longest prefix found in the file is the key.
    place = loc
    while place and place not in lines:
        place = place[:-1]
    line = lines.get(place, 1)
    if kind == "extra_forbidden":
        return Problem(path, line, _name(loc), "unknown key", _hint(loc))
    if kind == "missing":
        return Problem(path, line, _name(loc), "is missing")
    message = message.removeprefix("Value error, ")
    hint = "Write it in quotes: YAML reads yes, no, on, off as true or false" if kind == "string_type" else ""
    return Problem(path, line, _name(place), message, hint)


_FIELDS: dict[str, list[str]] = {
    "": list(Source.model_fields),
    "feeds": list(Feed.model_fields),
    "politeness": list(Politeness.model_fields),
    "floors": list(Floors.model_fields),
}


def _hint(loc: Place) -> str:
    known = _FIELDS.get(str(loc[0]) if len(loc) > 1 else "", [])
    close = get_close_matches(str(loc[-1]), known, n=1, cutoff=0.5)
    return f"Did you mean {close[0]!r}?" if close else f"Known keys: {', '.join(known)}"

"""Where manifests live, and loading them all: `<folder>/<iso3>/<outlet>.yml`, or flat in a folder.

Checks what no single manifest can: keys are unique and so are feeds. Reads files only, never the network.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from flows.sources.manifest import ManifestError, Problem, load_manifest
from flows.sources.schema import Source

MANIFESTS = Path(__file__).resolve().parent / "manifests"


def manifest_files(dirs: Iterable[Path]) -> list[Path]:
    """Every .yml and .yaml file under `dirs` (a file stands for itself), sorted inside each, each once."""
    files: dict[Path, None] = {}
    for folder in dirs:
        if folder.is_file():
            files[folder] = None
            continue
        found = [p for p in folder.rglob("*") if p.suffix in (".yml", ".yaml") and p.is_file()]
        files.update(dict.fromkeys(sorted(found)))
    return list(files)


def read_sources(dirs: Iterable[Path]) -> tuple[list[Source], list[Problem]]:
    """The usable sources and every problem of the others. A folder that is not there is a problem too."""
    folders = list(dirs)
    problems = [Problem(d, 0, "", "no such folder of manifests") for d in folders if not d.exists()]
    sources: list[Source] = []
    keys: dict[str, Path] = {}
    feeds: dict[str, Path] = {}
    for path in manifest_files(d for d in folders if d.exists()):
        try:
            source = load_manifest(path)
        except ManifestError as error:
            problems.extend(error.problems)
            continue
        if source.key in keys:
            problems.append(Problem(path, 1, "key", f"{source.key} is declared already in {keys[source.key]}"))
            continue
        doubled = [f.url for f in source.feeds if f.url in feeds]
        if doubled:
            problems.append(Problem(path, 1, "feeds", f"{doubled[0]} is a feed already in {feeds[doubled[0]]}"))
            continue
        keys[source.key] = path
        feeds.update({f.url: path for f in source.feeds})
        sources.append(source)
    return sources, problems


def load_sources(dirs: Iterable[Path] = (MANIFESTS,)) -> list[Source]:
    """All sources under `dirs`, in order of their files. Raises ManifestError that lists every problem."""
    sources, problems = read_sources(dirs)
    if problems:
        raise ManifestError(problems)
    return sources


def choose(sources: list[Source], keys: Iterable[str]) -> list[Source]:
    """The sources of these keys, with or without `outlet:`, in order of their files; all when no key is given.

    Raises LookupError that names every unknown key, and near ones.
    """
    wanted = [outlet_key(key) for key in keys]
    known = [source.key for source in sources]
    unknown = [f"No outlet has the key {key}.{did_you_mean(key, known)}" for key in wanted if key not in known]
    if unknown:
        raise LookupError(" ".join([*unknown, "`communique sources list` shows all keys."]))
    return [source for source in sources if not wanted or source.key in wanted]


def outlet_key(text: str) -> str:
    """A key as people give it, which may lack `outlet:`."""
    return text if text.startswith("outlet:") else f"outlet:{text}"


def did_you_mean(key: str, known: Iterable[str]) -> str:
    """' Did you mean …?' with up to three keys near to this one; nothing where none is near."""
    names = {name.removeprefix("outlet:"): name for name in known}
    near = get_close_matches(key.removeprefix("outlet:").lower(), names, n=3, cutoff=0.65)
    return f" Did you mean {' or '.join(names[name] for name in near)}?" if near else ""

"""Finding the files that a run is to read."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import SourceError

STDIN = "-"

# What a folder is searched for; a file that is named itself is read whatever its name.
_ENDINGS = frozenset(
    [".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".wiki", ".wikitext", ".mediawiki"]
) | {""}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read: `name` is its path relative to the input root, with `/`; `data` the bytes where there is no file."""

    name: str
    path: Path | None = None
    data: bytes | None = None


def find_sources(paths: Iterable[str | Path]) -> list[Source]:
    """The sources under files, folders and globs (`-`: standard input), by name, each file once.

    A folder is searched to the bottom for text files; hidden files and folders are passed over. Raises SourceError for a
    path that leads nowhere.
    """
    found: dict[Path | None, Source] = {}
    for path in paths:
        for source in _expand(str(path)):
            key = source.path.resolve() if source.path else None
            found.setdefault(key, source)
    return sorted(_told_apart(list(found.values())), key=lambda source: source.name)


def _expand(path: str) -> Iterator[Source]:
    if path == STDIN:
        yield Source("stdin", None, sys.stdin.buffer.read())
    elif Path(path).is_dir():
        yield from _in_folder(Path(path))
    elif Path(path).exists() or Path(path).is_symlink():
        yield Source(Path(path).name, Path(path))
    else:
        matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207 - absolute ones too
        if not matches:
            raise SourceError(path, "find", "no such file or folder", "Look at the spelling; quote a glob.")
        for match in matches:
            yield from _in_folder(Path(match)) if Path(match).is_dir() else [Source(Path(match).name, Path(match))]


def _in_folder(folder: Path) -> Iterator[Source]:
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if path.suffix.lower() in _ENDINGS and not any(part.startswith(".") for part in inner.parts) and path.is_file():
            yield Source(inner.as_posix(), path)


def _told_apart(sources: list[Source]) -> Iterator[Source]:
    """Two files of one name get their folder before it, as much of it as tells them apart."""
    names: dict[str, list[Source]] = {}
    for source in sources:
        names.setdefault(source.name, []).append(source)
    for name, group in names.items():
        yield from group if len(group) == 1 else [_with_folder(name, source, group) for source in group]


def _with_folder(name: str, source: Source, group: list[Source]) -> Source:
    paths = [_path(other).parts for other in group]
    own = _path(source).parts
    for length in range(name.count("/") + 2, max(map(len, paths)) + 1):
        if sum(parts[-length:] == own[-length:] for parts in paths) == 1:
            return Source("/".join(part.strip("/\\") for part in own[-length:]), source.path, source.data)
    return source


def _path(source: Source) -> Path:
    return source.path.resolve() if source.path else Path(source.name)

"""Finding the files that a run is to read."""

from __future__ import annotations

import glob
import sys
from collections import Counter
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


def find_sources(paths: Iterable[str | Path], output: Path | None = None) -> list[Source]:
    """The sources under files, folders and globs (`-`: standard input), by name, each file once.

    A folder is searched to the bottom for text files; hidden files and folders are passed over, and so is `output`, where a
    run writes. Raises SourceError for a path that leads nowhere, and for a folder without text files.
    """
    found: dict[Path | None, Source] = {}
    for path in paths:
        for source in _expand(str(path), output.resolve() if output else None):
            key = source.path.resolve() if source.path else None
            found.setdefault(key, source)
    return sorted(_told_apart(list(found.values())), key=lambda source: source.name)


def passed_over(paths: Iterable[str | Path], output: Path | None = None) -> dict[str, int]:
    """How many files of the folders among `paths` are not read, by the ending of their names (`.pdf`), most frequent first."""
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    files = (path for folder in folders for path in _visible_files(folder, output.resolve() if output else None))
    return dict(Counter(path.suffix.lower() for path in files if not _is_text(path)).most_common())


def _expand(path: str, output: Path | None) -> Iterator[Source]:
    if path == STDIN:
        yield Source("stdin", None, sys.stdin.buffer.read())
    elif Path(path).is_dir():
        yield from _in_folder(Path(path), output)
    elif Path(path).exists() or Path(path).is_symlink():
        yield Source(Path(path).name, Path(path))
    else:
        matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207 - absolute ones too
        if not matches:
            raise SourceError(path, "find", "no such file or folder", "Look at the spelling; quote a glob.")
        for match in matches:
            yield from _in_folder(Path(match), output) if Path(match).is_dir() else [Source(Path(match).name, Path(match))]


def _in_folder(folder: Path, output: Path | None) -> Iterator[Source]:
    files = [path for path in _visible_files(folder, output) if _is_text(path)]
    if not files:
        endings = ", ".join(sorted(ending for ending in _ENDINGS if ending))
        raise SourceError(
            str(folder), "find", "no text files in this folder", f"A folder is searched for {endings}; name others."
        )
    for path in files:
        yield Source(path.relative_to(folder).as_posix(), path)


def _visible_files(folder: Path, output: Path | None) -> Iterator[Path]:
    """The files of a folder that are not hidden nor in `output`; a link that leads nowhere is one, so that reading it fails."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        hidden = hidden or (output is not None and output in path.resolve().parents)
        if not hidden and (path.is_file() or (path.is_symlink() and not path.exists())):
            yield path


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in _ENDINGS


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

"""Finding the files that a run is to read."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import SourceError
from extract.sources.formats import BY_ENDING
from extract.sources.packed import inner_name
from extract.sources.remote import is_address, listed
from extract.sources.unread import is_unread_name

STDIN = "-"

# What a folder is searched for; a file that is named itself is read whatever its name. JSON of a folder is settings more often.
_ENDINGS = frozenset({"", ".txt", ".text", *BY_ENDING}) - {".json"}


@dataclass(frozen=True, slots=True)
class Row:
    """The place of a JSON Lines record in its file.

    `number` is its line, from 1, `repeats` how many records before it have its id; its bytes begin at `start` and are `length`
    (`start` None: only the `data` of the source has them).
    """

    number: int
    encoding: str
    id: str = ""
    repeats: int = 0
    start: int | None = None
    length: int = 0
    format: str = "jsonl"

    @property
    def own_id(self) -> str:
        """The id, told apart from those before it: the second record of an id is `ID~2`."""
        return f"{self.id}~{self.repeats + 1}" if self.repeats else self.id


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read: `name` is its path relative to the input root, with `/`; `data` the bytes where they are known.

    Standard input has no `path`; nor has a remote file, which has its `address`. A file in a ZIP archive, its `member`, is a
    source too: `a.zip#docs/b.txt`; so is one record of a JSON Lines file: `file.jsonl#ID`, with the bytes of its line.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    row: Row | None = None
    member: str | None = None
    address: str | None = None

    @property
    def is_stdin(self) -> bool:
        """Whether it can be read only once."""
        return self.path is None and self.address is None

    @property
    def place(self) -> str:
        """Which document of its file it is, empty where it is all of it: what stands behind the `#` of its name."""
        return "#".join(part for part in (self.member, self.row.own_id if self.row else None) if part)


def find_sources(paths: Iterable[str | Path], output: Path | None = None) -> list[Source]:
    """The sources under files, folders and globs (`-`: standard input), by name, each file once.

    A folder is searched to the bottom for text files; hidden files and folders are passed over, and so are links to folders, and
    `output`, where a run writes. What is found and cannot be read (a folder without permission, a pipe) is a source too, so that
    reading it tells. Raises SourceError for a path that leads nowhere, and for a folder without text files.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for source in _expand(str(path), _real(output) if output else None):
            found.setdefault(_real(source.path) if source.path else source.address or "", source)
    return sorted(_told_apart(list(found.values())), key=lambda source: source.name)


def passed_over(paths: Iterable[str | Path], output: Path | None = None) -> tuple[dict[str, int], dict[str, int]]:
    """How many files of the folders among `paths` are not read, by the ending of their names (`.log`), most frequent first.

    First those that are read if they are named, then those of kinds that are not read.
    """
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    files = (path for folder in folders for path in _walk(folder, _real(output) if output else None))
    names = [path.name for path in files if not is_text_name(path.name) and not path.is_dir()]
    kinds = [[name for name in names if is_unread_name(inner_name(name)) is unread] for unread in (False, True)]
    if_named, never = (dict(Counter(Path(name).suffix.lower() for name in kind).most_common()) for kind in kinds)
    return if_named, never


def roots(paths: Iterable[str | Path]) -> list[Path]:
    """The files and folders under which the sources of `paths` lie; of a glob the folder that it begins in."""
    named = [str(path) for path in paths if str(path) != STDIN and (os.path.lexists(path) or not is_address(str(path)))]
    return [Path(path) if Path(path).exists() else _glob_root(path)[0] for path in named]


def printable(name: str) -> str:
    """A name as UTF-8 can write it: a byte that is none, of a file of an older system, as `\\xe9`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _real(path: Path) -> str:
    """The path without links; one that leads round in a circle stays as it is."""
    return os.path.realpath(path)


def _expand(path: str, output: str | None) -> Iterator[Source]:
    if path == STDIN:
        yield Source("stdin")
    elif Path(path).is_dir():
        yield from _in_folder(Path(path), output)
    elif is_address(path) and not os.path.lexists(path):
        files = list(listed(path))
        yield from (Source(name, address=address) for name, address in files if len(files) == 1 or is_text_name(name))
    elif os.path.lexists(path):
        yield Source(printable(Path(path).name), Path(path))
    else:
        matches = _glob(path)
        if not matches:
            missing = "no file is of this pattern" if glob.has_magic(path) else "no such file or folder"
            raise SourceError(printable(path), "find", missing, "Look at the spelling.")
        for match in matches:
            yield from _in_folder(match, output) if match.is_dir() else [Source(printable(match.name), match)]


def _glob(pattern: str) -> list[Path]:
    """The visible paths that a glob stands for; links to folders are not followed on the way."""
    root, rest = _glob_root(pattern)
    if not rest:
        return []
    dotted = any(part.startswith(".") for part in Path(rest).parts)
    return sorted(path for path in root.glob(rest) if dotted or not _is_hidden(path.relative_to(root)))


def _glob_root(pattern: str) -> tuple[Path, str]:
    """The folder in which a glob begins, and the rest of it; no rest where it is no glob."""
    parts = Path(pattern).parts
    plain = next((index for index, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return Path(*parts[:plain]), str(Path(*parts[plain:])) if plain < len(parts) else ""


def _in_folder(folder: Path, output: str | None) -> Iterator[Source]:
    files = [path for path in _walk(folder, output) if is_text_name(path.name) or path.is_dir()]
    if not files:
        endings = ", ".join(sorted(ending for ending in _ENDINGS if ending))
        raise SourceError(
            printable(str(folder)), "find", "no text files in this folder", f"A folder is searched for {endings}; name others."
        )
    for path in files:
        yield Source(printable(path.relative_to(folder).as_posix()), path)


def _walk(folder: Path, output: str | None) -> Iterator[Path]:
    """What is in a folder and not hidden nor in `output`, but for folders; those that cannot be searched are given, too."""
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_link_or(place, name, output))
        for name in sorted(files):
            path = Path(place, name)
            if not name.startswith(".") and not (output and path.is_symlink() and _is_under(_real(path), output)):
                yield path
    yield from (Path(error.filename) for error in closed)


def _is_link_or(place: str, name: str, output: str | None) -> bool:
    path = os.path.join(place, name)  # noqa: PTH118 - called for each folder
    return os.path.islink(path) or (output is not None and os.path.realpath(path) == output)  # noqa: PTH114


def _is_under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def is_text_name(name: str) -> bool:
    """Whether a folder is searched for files of this name."""
    inner = Path(inner_name(name))
    return inner.suffix.lower() in _ENDINGS and (bool(inner.suffix) or inner.name == name)


def _told_apart(sources: list[Source]) -> Iterator[Source]:
    """Two files of one name get their folder before it, as much of it as tells them apart."""
    names: dict[str, list[Source]] = {}
    for source in sources:
        names.setdefault(source.name, []).append(source)
    for name, group in names.items():
        yield from group if len(group) == 1 else _with_folders(name, group)


def _with_folders(name: str, group: list[Source]) -> Iterator[Source]:
    waiting = [(source, Path(source.address or _real(source.path or Path(name))).parts) for source in group]
    length = name.count("/") + 2
    while waiting and length <= max(len(parts) for _, parts in waiting):
        counts = Counter(parts[-length:] for _, parts in waiting)
        for source, parts in waiting:
            if counts[parts[-length:]] == 1:
                yield replace(source, name=printable("/".join(part.strip("/\\") for part in parts[-length:])))
        waiting = [(source, parts) for source, parts in waiting if counts[parts[-length:]] > 1]
        length += 1
    yield from (source for source, _ in waiting)

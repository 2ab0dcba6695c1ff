"""The one writer of output files: whole file or none, the same bytes for the same lines."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import jsonlines

from extract.errors import RecordError


class _HashingText:
    """A text stream that hashes what goes through it, as UTF-8."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def write(self, text: str) -> int:
        self.sha256.update(text.encode())
        return self._stream.write(text)


def dump_line(data: Any) -> str:
    """One line of JSON: UTF-8 as it is, no NaN, and no line break of any kind inside (U+2028, U+2029 and U+0085 escaped)."""
    line = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A text file that appears under `path` when the block ends well, and not at all when it does not."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_lines(path: Path, lines: Iterable[dict[str, Any]]) -> str:
    """Writes JSON Lines; gives the SHA-256 of the file in hexadecimal."""
    with whole_file(path) as stream:
        hashing = _HashingText(stream)
        with jsonlines.Writer(hashing, dumps=dump_line) as writer:  # type: ignore[arg-type]
            writer.write_all(lines)
    return hashing.sha256.hexdigest()


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Writes one JSON object, indented."""
    with whole_file(path) as stream:
        json.dump(data, stream, ensure_ascii=False, allow_nan=False, indent=2)
        stream.write("\n")


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON Lines file with their line numbers, from 1.

    Raises RecordError where the file is missing or a line is not JSON.
    """
    for number, item in each_line(path):
        if isinstance(item, RecordError):
            raise item
        yield number, item


def each_line(path: Path) -> Iterator[tuple[int, Any]]:
    """The same, but a line that is not JSON comes as the RecordError. Raises RecordError where the file is missing."""
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                yield number, _parse(path, number, line)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}. Run `extract run` first, or name its output folder.") from error


def _parse(path: Path, number: int, line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return RecordError(f"{path}:{number}: not a line of JSON ({error}). Run `extract run` again.")

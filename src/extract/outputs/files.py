"""Lines of JSON in files: the one writer, the same bytes for the same lines, and the one reader, which trusts nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.disk import new_file, open_regular
from extract.errors import RecordError
from extract.records.record import Line, one_line

_LONGEST_LINE = 256 << 20


def dump_line(data: Any) -> str:
    """One line of JSON: UTF-8 as it is, no NaN, no line break of any kind inside, nothing that steers a terminal."""
    return one_line(json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def write_lines(path: Path, lines: Iterable[str]) -> str:
    """Writes a new file of lines; gives its SHA-256 in hexadecimal."""
    sha256 = hashlib.sha256()
    with new_file(path) as stream:
        for line in lines:
            data = f"{line}\n".encode()
            sha256.update(data)
            stream.write(data)
    return sha256.hexdigest()


def write_json(path: Path, data: dict[str, Any]) -> str:
    """Writes a new file of one JSON object, indented; gives its SHA-256 in hexadecimal."""
    return write_lines(path, [json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)])


def read_lines(path: Path, model: type[Line] | None = None) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON Lines file with their line numbers, from 1.

    Raises RecordError where the file is missing, a line is not JSON, or (with `model`) not of that shape.
    """
    for number, item in each_line(path):
        if isinstance(item, RecordError):
            raise item
        if model is not None:
            try:
                model.model_validate(item)
            except ValidationError as error:
                raise RecordError(f"{path}:{number}: {schema_message(error)}. Run `extract run` again.") from error
        yield number, item


def each_line(path: Path) -> Iterator[tuple[int, Any]]:
    """The same, but a line that is not JSON comes as the RecordError. Raises RecordError where the file is missing."""
    try:
        with open_regular(path) as stream:
            for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
                yield number, parse_line(path, number, line)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}. Run `extract run` first, or name its output folder.") from error


def parse_line(path: Path, number: int, line: bytes) -> Any:
    """The data of a line, or the RecordError that says why there is none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return RecordError(f"{path}:{number}: not a line of JSON ({str(error)[:200]}). Run `extract run` again.")


def schema_message(error: ValidationError) -> str:
    """What does not fit, and where."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def sha256_of(path: Path) -> str | None:
    """The SHA-256 (hex) of a regular file, None where there is none."""
    with suppress(OSError), open_regular(path, follow=False) as stream:
        digest = hashlib.sha256()
        while piece := stream.read(1 << 20):
            digest.update(piece)
        return digest.hexdigest()
    return None

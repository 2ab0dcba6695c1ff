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
from extract.errors import RecordError, SourceError
from extract.records.record import DocumentLine, Line, one_line, text_hash

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


class KeptTexts:
    """The texts of `texts.jsonl` by document. Where each stands is found out once, in one reading of the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, int] | None = None

    def text(self, line: DocumentLine) -> str:
        """The text that is kept of a document. Raises SourceError where there is none, or another."""
        if self._places is None:
            self._places = dict(self._found())
        place = self._places.get(line.document)
        data: Any = None
        if place is not None:
            with suppress(OSError, ValueError, RecursionError), open_regular(self._path, follow=False) as stream:
                stream.seek(place)
                data = json.loads(stream.readline(_LONGEST_LINE))
        text = data.get("text") if isinstance(data, dict) else None
        if not isinstance(text, str) or line.kept is None or text_hash(text) != line.kept.sha256:
            told = "no text is kept of it" if text is None else "the text that is kept of it is another"
            raise SourceError(line.document, "open", f"{told} ({self._path.name})", "Run `extract run` again.")
        return text

    def _found(self) -> Iterator[tuple[str, int]]:
        start = 0
        with suppress(OSError), open_regular(self._path, follow=False) as stream:
            while line := stream.readline(_LONGEST_LINE):
                data = parse_line(self._path, 0, line)
                if isinstance(data, dict) and isinstance(data.get("document"), str):
                    yield data["document"], start
                start += len(line)


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

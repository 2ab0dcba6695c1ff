"""Lines of JSON in files: the one writer, the same bytes for the same lines, and the one reader, which trusts nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from pydantic import ValidationError

from extract.disk import new_file, open_regular
from extract.errors import RecordError, SourceError, UsageError
from extract.outputs.layout import PACKED
from extract.records.record import DocumentLine, Line, one_line, text_hash
from extract.sources.packed import unpacked

_LONGEST_LINE = 256 << 20


def dump_line(data: Any) -> str:
    """One line of JSON: UTF-8 as it is, no NaN, no line break of any kind inside, nothing that steers a terminal."""
    return one_line(json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


class NewLines:
    """A new file of lines, packed where its name says so; `sha256` is in hexadecimal, of the file as it stands on disk.

    `size` in bytes before they are packed.
    """

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self._stream, self._hash = stream, hashlib.sha256()
        self._packer = compressor() if path.suffix == PACKED else None
        self.size = 0

    def write(self, lines: bytes) -> None:
        """Adds lines, each with its break."""
        self.size += len(lines)
        self._put(self._packer.compress(lines) if self._packer else lines)

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._stream.write(data)

    def close(self) -> None:
        """Writes what is waiting."""
        if self._packer:
            self._put(self._packer.flush())

    @property
    def sha256(self) -> str:
        """The hash, when all is written."""
        return self._hash.hexdigest()


def compressor() -> Any:
    """What packs a stream with Zstandard. Raises UsageError where it is not installed."""
    try:
        import zstandard
    except ImportError as error:
        raise UsageError("--compress needs Zstandard: install extract[zstd]") from error
    return zstandard.ZstdCompressor().compressobj()


@contextmanager
def new_lines(path: Path) -> Iterator[NewLines]:
    """A new file of lines, on disk when the block ends."""
    with new_file(path) as stream:
        lines = NewLines(path, stream)
        yield lines
        lines.close()


def write_lines(path: Path, lines: Iterable[str]) -> tuple[str, int]:
    """Writes a new file of lines; gives its SHA-256 (hex), and how many there are."""
    count = 0
    with new_lines(path) as new:
        for line in lines:
            new.write(f"{line}\n".encode())
            count += 1
    return new.sha256, count


@contextmanager
def open_lines(path: Path, follow: bool = True) -> Iterator[BinaryIO]:
    """A file of lines, unpacked. Raises OSError where there is none, SourceError where what is packed is damaged."""
    with open_regular(path, follow) as stream:
        yield unpacked(str(path), stream, 1 << 62, 1 << 17) if path.suffix == PACKED else stream


@contextmanager
def open_seekable(path: Path) -> Iterator[BinaryIO]:
    """The same, for reading here and there."""
    with open_lines(path, follow=False) as stream, tempfile.TemporaryFile() as whole:
        if path.suffix == PACKED:
            shutil.copyfileobj(stream, whole)
        yield whole if path.suffix == PACKED else stream


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Writes a new file of one JSON object, indented."""
    write_lines(path, [json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)])


Model = TypeVar("Model", bound=Line)


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The objects of a JSON Lines file with their line numbers, from 1. Raises RecordError where one is missing or no JSON."""
    for number, item in each_line(path):
        if isinstance(item, RecordError):
            raise item
        yield number, item


def read_models(path: Path, model: type[Model]) -> Iterator[Model]:
    """The lines of a file of an output folder. Raises RecordError, also for one that is not of that shape."""
    for number, item in read_lines(path):
        try:
            yield model.model_validate(item)
        except ValidationError as error:
            raise RecordError(f"{path}:{number}: {schema_message(error)}. Run `extract run` again.") from error


class KeptTexts:
    """The texts of `texts.jsonl` by document. Where each stands is found out once, in one reading of the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = ExitStack()
        self._stream: BinaryIO = BytesIO()
        self._places: dict[str, int] | None = None

    def text(self, line: DocumentLine) -> str:
        """The text that is kept of a document. Raises SourceError where there is none, or another."""
        if self._places is None:
            with suppress(OSError):
                self._stream = self._opened.enter_context(open_seekable(self._path))
            self._places = dict(self._found())
        place = self._places.get(line.document)
        if place is None:
            raise SourceError(line.document, "open", f"no text is kept of it ({self._path.name})", "Run `extract run` again.")
        self._stream.seek(place)
        text = json.loads(self._stream.readline(_LONGEST_LINE))["text"]
        if line.kept is None or not isinstance(text, str) or text_hash(text) != line.kept.sha256:
            told = f"the text that is kept of it is another ({self._path.name})"
            raise SourceError(line.document, "open", told, "Run `extract run` again.")
        return text

    def _found(self) -> Iterator[tuple[str, int]]:
        start = 0
        self._stream.seek(0)
        while line := self._stream.readline(_LONGEST_LINE):
            data = parse_line(self._path, 0, line)
            if isinstance(data, dict) and isinstance(data.get("document"), str) and "text" in data:
                yield data["document"], start
            start += len(line)


def each_line(path: Path) -> Iterator[tuple[int, Any]]:
    """The same, but a line that is not JSON comes as the RecordError. Raises RecordError where the file is missing."""
    try:
        with open_lines(path) as stream:
            for number, line in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
                yield number, parse_line(path, number, line)
    except OSError as error:
        hint = "Look at the spelling; what stands in an output folder comes from `extract run`."
        raise RecordError(f"{path}: {error.strerror}. {hint}") from error


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

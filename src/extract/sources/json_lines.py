"""JSON Lines: one document a line, its text in one field, its name in another, the rest kept as metadata."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from extract.errors import SourceError
from extract.sources.decode import decode, wanted_encoding
from extract.sources.find import Row, Source

_TEXT_FIELDS = ("text", "body", "content", "article", "document", "full_text", "fulltext", "raw_text", "description")
_ID_FIELDS = ("id", "_id", "uid", "uuid", "doc", "doc_id", "document_id", "url", "link", "name", "key")
_DATE_FIELDS = ("published", "date", "published_at", "publication_date", "pubdate", "created_at", "dct", "timestamp")
_TITLE_FIELDS = ("title", "headline")
_LONGEST_NAME = 1000
_ENCODING = "Mend the line, or give the encoding with --encoding."


@dataclass(frozen=True, slots=True)
class JsonOptions:
    """Which fields have the text and the name of a record (None: the usual ones), and how many bytes a line may have."""

    text_field: str | None = None
    id_field: str | None = None
    max_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One line: its id (the line number where it has none), its text, and its other fields."""

    id: str
    text: str
    metadata: Mapping[str, Any]
    title: str | None


def split_rows(source: Source, stream: BinaryIO, encoding: str | None, options: JsonOptions) -> Iterator[Source | SourceError]:
    """The records of a JSON Lines file, each a source of its own; a line that is none comes as a SourceError that names it.

    Only a line feed ends a line. The second record of an id is `ID~2`. `options.max_bytes` is for each line.
    """
    used, lines = _lines(source.name, stream, encoding, options.max_bytes)
    return rows_of(source, used, lines, options)


def rows_of(
    source: Source,
    encoding: str,
    lines: Iterable[tuple[int | None, bytes]],
    options: JsonOptions,
    format: str = "jsonl",
    first: int = 1,
) -> Iterator[Source | SourceError]:
    """The records of lines of JSON with their places in the file (None: they have none); the lines count from `first`."""
    seen: Counter[str] = Counter()
    for number, (start, line) in enumerate(lines, first):
        if not line.strip():
            continue
        row = Row(number, encoding, start=start, length=len(line), format=format)
        try:
            record = read_row(source.name, line, row, options)
        except SourceError as error:
            yield error
            continue
        row = replace(row, id=record.id, repeats=seen[record.id])
        while row.repeats and seen[row.own_id]:
            row = replace(row, repeats=row.repeats + 1)
        seen[record.id] = row.repeats + 1
        seen[row.own_id] = max(seen[row.own_id], 1)
        yield replace(source, name=f"{source.name}#{row.own_id}", data=line, row=row)


def _lines(name: str, stream: BinaryIO, encoding: str | None, most: int) -> tuple[str, Iterator[tuple[int | None, bytes]]]:
    """The encoding of a file, and its lines with their places in it, without their ends. Raises SourceError."""
    used, mark = wanted_encoding(stream.peek(4)[:4], encoding)  # type: ignore[attr-defined]
    if "\n".encode(used) == b"\n":
        stream.read(len(mark))
        return used, _byte_lines(stream, len(mark), most)
    data = stream.read(most + 1)
    if len(data) > most:
        raise SourceError(name, "read", f"more than {most} bytes", "Raise the limit with --max-bytes, or make it UTF-8.")
    text, used = decode(name, data, encoding)
    return used, ((None, line.rstrip("\r").encode(used)) for line in text.split("\n"))


def _byte_lines(stream: BinaryIO, start: int, most: int) -> Iterator[tuple[int, bytes]]:
    """Lines up to `most` bytes; of a longer one, one byte more than that, so that whoever reads it can tell."""
    while line := stream.readline(most + 1):
        yield start, line.rstrip(b"\r\n")
        start += len(line)
        while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
            start += len(line)


_ONE_VALUE = re.compile(rb"\s*(?:\[|\{\s*\n)")


def may_be_one_value(head: bytes) -> bool:
    """Whether a file that begins so may be one JSON value over many lines."""
    return bool(_ONE_VALUE.match(head))


def split_value(source: Source, stream: BinaryIO, encoding: str | None, options: JsonOptions) -> Iterator[Source | SourceError]:
    """The records of a file that may be one JSON value: an array, the longest array in an object, or an object alone.

    Each is read as if it were a line; a file that is no such value is read by its lines.
    """
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise SourceError(source.name, "read", f"more than {options.max_bytes} bytes", "Raise the limit with --max-bytes.")
    try:
        text, used = decode(source.name, data, encoding)
        lines = [(None, json.dumps(record).encode(used)) for record in _records_in(json.loads(text), options)]
    except (ValueError, RecursionError):
        return split_rows(source, io.BufferedReader(io.BytesIO(data)), encoding, options)
    return rows_of(source, used, lines, options)


def _records_in(value: Any, options: JsonOptions) -> list[Any]:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or _text_field(value, options):
        return [value]
    arrays = [[each for each in inner if isinstance(each, dict)] for inner in value.values() if isinstance(inner, list)]
    return max(arrays, key=len, default=[]) or [value]


def read_row(name: str, line: bytes, row: Row, options: JsonOptions) -> JsonRecord:
    """The record of a line. Raises SourceError, which names file and line."""
    if len(line) > options.max_bytes:
        raise _bad(name, row.number, f"more than {options.max_bytes} bytes", "Raise the limit with --max-bytes.", "read")
    try:
        decoded = line.decode(row.encoding)
    except UnicodeError as error:
        raise _bad(name, row.number, f"no {row.encoding} ({_short(error)})", _ENCODING, "decode") from error
    try:
        data = json.loads(decoded, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _bad(name, row.number, f"no JSON ({_short(error)})", "Mend the line, or remove it.") from error
    if not isinstance(data, dict):
        message = f"a JSON {type(data).__name__}, not an object"
        raise _bad(name, row.number, message, "Each line must be an object with a text field.")
    field = options.text_field or _text_field(data, options)
    text = _at(data, field) if field else None
    if not isinstance(text, str) or not text.strip():
        there = f"there are: {', '.join(map(str, data)) or 'none'}"[:_LONGEST_NAME]
        wanted = f"no text in field {field!r}" if field else f"no text field ({there})"
        raise _bad(name, row.number, wanted, "Name the field with --text-field.")
    _check_fields(name, row.number, data)
    return _record(name, row, data, str(field), text, options.id_field)


def _text_field(data: dict[str, Any], options: JsonOptions) -> str | None:
    """The field of a record that has its text, None where it has none."""
    fields = [options.text_field] if options.text_field else _TEXT_FIELDS
    return next((key for key in fields if isinstance(_at(data, key), str)), None)


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON; write null")


def _short(error: Exception) -> str:
    return str(error)[:200]


def _check_fields(name: str, number: int, data: dict[str, Any]) -> None:
    """Raises SourceError for a field that could not be written again: a number beyond all bounds, or half a character."""
    for key, value in data.items():
        try:
            json.dumps({key: value}, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError) as error:
            shown = key.encode("utf-8", "backslashreplace").decode()[:_LONGEST_NAME]
            what = "half a character (a lone surrogate)" if isinstance(error, UnicodeError) else f"a value that is none ({error})"
            raise _bad(name, number, f"field {shown!r} has {what}", "Mend the line, or remove it.") from error


def _record(name: str, row: Row, data: dict[str, Any], field: str, text: str, id_field: str | None) -> JsonRecord:
    key = id_field or next((key for key in _ID_FIELDS if _is_name(data.get(key))), None)
    identity = _at(data, key) if key else None
    identity = str(identity) if _is_name(identity) else str(row.number)
    if len(identity) > _LONGEST_NAME:
        raise _bad(name, row.number, f"its id has {len(identity)} characters", "Name another field with --id-field.")
    metadata = {name: value for name, value in data.items() if name not in (field, key)}
    published = next((data[name] for name in _DATE_FIELDS if isinstance(data.get(name), str)), None)
    if published:
        metadata.setdefault("published", published)
    title = next((data[name] for name in _TITLE_FIELDS if isinstance(data.get(name), str)), None)
    return JsonRecord(identity, text, metadata, title)


def _is_name(value: Any) -> bool:
    """Whether a value can name a record: a word or a number."""
    return isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip() != ""


def _at(data: dict[str, Any], field: str) -> Any:
    """The value of a field; `meta.body` is `body` in `meta`, unless there is a field of that whole name."""
    if field in data or "." not in field:
        return data.get(field)
    outer, _, inner = field.partition(".")
    within = data.get(outer)
    return _at(within, inner) if isinstance(within, dict) else None


def _bad(name: str, number: int, message: str, hint: str, stage: str = "parse") -> SourceError:
    return SourceError(f"{name}#{number}", stage, f"line {number}: {message}", hint)

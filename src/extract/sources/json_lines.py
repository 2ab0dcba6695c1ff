"""JSON Lines: one document a line, its text in one field, its name in another, the rest kept as metadata."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from extract.errors import SourceError
from extract.sources.lines import Line

_TEXT_FIELDS = ("text", "body", "content", "article", "document", "full_text", "fulltext", "raw_text", "description")
_ID_FIELDS = ("id", "_id", "uid", "uuid", "doc", "doc_id", "document_id", "url", "link", "name", "key")
_DATE_FIELDS = ("published", "date", "published_at", "publication_date", "pubdate", "created_at", "dct", "timestamp")
_TITLE_FIELDS = ("title", "headline")


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One line: its id (the line number where it has none), its text, and its other fields."""

    id: str
    text: str
    metadata: Mapping[str, Any]
    title: str | None
    warnings: tuple[str, ...] = ()


def read_json_lines(name: str, source: str, text_field: str | None, id_field: str | None) -> Iterator[JsonRecord | SourceError]:
    """The records of the file; a line that is none comes as a SourceError that names it, and the rest goes on."""
    seen: Counter[str] = Counter()
    if error := _one_value(name, source):
        yield error
        return
    for number, line in enumerate(_json_lines(source), 1):
        if line.is_blank:
            continue
        record = _read(name, number, line.text, text_field, id_field)
        if isinstance(record, JsonRecord):
            seen[record.id] += 1
            record = _told_apart(record, seen[record.id])
        yield record


def _told_apart(record: JsonRecord, count: int) -> JsonRecord:
    """The second record of an id is `ID~2`."""
    if count == 1:
        return record
    return replace(record, id=f"{record.id}~{count}", warnings=(f"the id {record.id!r} is given to {count} records or more",))


def _one_value(name: str, source: str) -> SourceError | None:
    """What is wrong where the file is one JSON value over many lines; None if it is not."""
    if not re.match(r"\s*(?:\[|\{\s*\n)", source):
        return None
    try:
        value = json.loads(source)
    except (ValueError, RecursionError):
        return None
    how = "jq -c ." if isinstance(value, dict) else "jq -c '.[]'"
    return SourceError(name, "parse", "one JSON value, not an object a line", f"Make it JSON Lines: {how} FILE > FILE.jsonl.")


def _json_lines(source: str) -> Iterator[Line]:
    """Lines as JSON Lines means them: only a line feed ends one."""
    start = 0
    for part in source.split("\n"):
        yield Line(start, start + len(part), part)
        start += len(part) + 1


def _read(name: str, number: int, line: str, text_field: str | None, id_field: str | None) -> JsonRecord | SourceError:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _bad(name, number, f"no JSON ({error})", "Mend the line, or remove it.")
    if not isinstance(data, dict):
        return _bad(
            name, number, f"a JSON {type(data).__name__}, not an object", "Each line must be an object with a text field."
        )
    field = text_field or next((key for key in _TEXT_FIELDS if isinstance(data.get(key), str)), None)
    text = _at(data, field) if field else None
    if not isinstance(text, str) or not text.strip():
        wanted = f"no text in field {field!r}" if field else f"no text field (there are: {', '.join(map(str, data)) or 'none'})"
        return _bad(name, number, wanted, "Name the field with --text-field.")
    return _record(number, data, str(field), text, id_field)


def _record(number: int, data: dict[str, Any], field: str, text: str, id_field: str | None) -> JsonRecord:
    key = id_field or next((key for key in _ID_FIELDS if _is_name(data.get(key))), None)
    identity = _at(data, key) if key else None
    metadata = {name: value for name, value in data.items() if name not in (field, key)}
    published = next((data[name] for name in _DATE_FIELDS if isinstance(data.get(name), str)), None)
    if published:
        metadata.setdefault("published", published)
    title = next((data[name] for name in _TITLE_FIELDS if isinstance(data.get(name), str)), None)
    return JsonRecord(str(identity) if _is_name(identity) else str(number), text, metadata, title)


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


def _bad(name: str, number: int, message: str, hint: str) -> SourceError:
    return SourceError(f"{name}#{number}", "parse", f"line {number}: {message}", hint)

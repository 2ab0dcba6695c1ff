"""The records as tables: which columns there are, fixed and documented, and the rows of an output folder as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from extract.normalise.values import DateValue, EntityRef, NameValue, PercentValue, RuleValue, SeatsValue
from extract.outputs.reading import Output, published_day
from extract.records.record import DocumentLine, EntityLine, Record

Kind = Literal["text", "integer", "number", "boolean", "json"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells hold (`json`: text that is JSON), and what they say. Any cell may be empty (None)."""

    name: str
    kind: Kind
    says: str


def _columns(*columns: tuple[str, Kind, str]) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in columns)


_WHERE = _columns(
    ("record", "text", "the id of the record"),
    ("document", "text", "its document"),
    ("text", "text", "what a reader sees"),
)
_BOUNDS = _columns(
    ("low", "number", "the lower bound; for a single number, the number"),
    ("high", "number", "the upper bound; for a single number, the number"),
    ("comparator", "text", "exact, about, over, under, at_least, at_most"),
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "mentions": _columns(
        ("record", "text", "the id of the record"),
        ("label", "text", "PERSON, PARTY, …, DATE, PERCENT, SEATS, or a label of yours"),
        ("text", "text", "what a reader sees"),
        ("normal", "text", "canonical name, EDTF or TIMEX3, the number with its unit"),
        ("entity", "text", "the entity of a name"),
        ("value", "json", "the whole value"),
        ("document", "text", "its document"),
        ("title", "text", "the document's title"),
        ("published", "text", "the ISO day that the document's metadata give"),
        ("start_char", "integer", "where it starts: code points in the source as decoded"),
        ("end_char", "integer", "where it ends, exclusive"),
        ("quote", "text", "the raw slice of the source"),
        ("line", "integer", "the line of the source, from 1"),
        ("section", "text", "the headings above it, joined by ` > `"),
        ("locator", "json", "page, part, table, row, column, cell, field, time stamp"),
        ("sentence", "text", "the sentence as a reader sees it"),
        ("sentence_number", "integer", "its number in the document, from 0"),
        ("component", "text", "which part found it"),
        ("rule", "text", "by which rule or model"),
    ),
    "dates": _WHERE
    + _columns(
        ("edtf", "text", "ISO 8601-2; empty for lengths, repetitions, times of day"),
        ("timex3", "text", "the TIMEX3 value"),
        ("type", "text", "DATE, TIME, DURATION, SET"),
        ("mod", "text", "TIMEX3's modifier"),
        ("first_day", "text", "the first ISO day of it"),
        ("last_day", "text", "the last ISO day of it, inclusive"),
        ("resolution", "text", "explicit, context, relative, unresolved"),
    ),
    "percents": _WHERE
    + _BOUNDS
    + _columns(
        ("unit", "text", "percent, percentage_point"),
        ("measure", "text", "vote_share, turnout, threshold, change, other"),
        ("entity", "text", "the entity whose share it is"),
        ("name", "text", "the name of it"),
    ),
    "seats": _WHERE
    + _BOUNDS
    + _columns(
        ("role", "text", "won, held, change, total, majority"),
        ("entity", "text", "the entity that has them: a row for each of several; empty for the chamber's"),
        ("name", "text", "the name of it"),
        ("parties", "integer", "how many have them: over so many rows the record goes"),
        ("each", "boolean", "whether each of several has the number, and not all together"),
    ),
    "entities": _columns(
        ("entity", "text", "the id of the entity"),
        ("label", "text", "its label"),
        ("name", "text", "its canonical name"),
        ("mentions", "integer", "how often it is named"),
        ("documents", "integer", "in how many documents"),
        ("register", "text", "its id in your register"),
        ("register_score", "number", "how surely, 0 to 1"),
        ("register_reason", "text", "why, in words"),
    ),
    "variants": _columns(
        ("entity", "text", "the entity"),
        ("text", "text", "the spelling"),
        ("count", "integer", "how often it stands so"),
        ("link", "text", "why it belongs: same, alias, spelling, short_form, patronymic, acronym, typo, inflection"),
        ("reason", "text", "the same in words"),
        ("score", "number", "how surely, 0 to 1"),
        ("first", "text", "the record where it stands first"),
    ),
    "questions": _columns(
        ("key", "text", "the key of the open pair, as `extract review` takes it"),
        ("label", "text", "its label"),
        ("a", "text", "a spelling"),
        ("a_entity", "text", "its entity"),
        ("b", "text", "the spelling that may be the same thing and was kept apart"),
        ("b_entity", "text", "its entity"),
        ("others", "integer", "how many more entities with one of the spellings are asked of"),
        ("score", "number", "how likely they are one, 0 to 1"),
        ("reason", "text", "why it is asked, in words"),
    ),
    "documents": _columns(
        ("document", "text", "its name"),
        ("title", "text", "its title"),
        ("published", "text", "the ISO day that its metadata give"),
        ("path", "text", "the file, seen from the output folder"),
        ("sha256", "text", "of the file's bytes"),
        ("size", "integer", "of the file, in bytes"),
        ("format", "text", "as what it was read"),
        ("encoding", "text", "how it was decoded"),
        ("sentences", "integer", "how many it has"),
        ("records", "integer", "how many were made of it"),
        ("metadata", "json", "what it says of itself"),
        ("warnings", "json", "what was odd about it"),
    ),
    "links": _columns(
        ("record", "text", "a record"),
        ("relation", "text", "names (entity), has_share, has_seats (entity), inferred_from (record)"),
        ("target", "text", "the entity or record that it leads to"),
    ),
}
"""The columns of each table, in their order."""


def rows(output: Output) -> Iterator[tuple[str, Row]]:
    """The rows of all tables, each with the name of its table, in the order of the files; cells as in TABLES, `json` as text."""
    for line, records in output.by_document():
        yield "documents", _document_row(line)
        for record in records:
            yield "mentions", _mention_row(record, line)
            yield from _value_rows(record)
            yield from (("links", (record.id, *link)) for link in _links(record))
    for entity in output.entities():
        yield from _entity_rows(entity)
    for pair in output.review():
        a, b, reasons = pair.a, pair.b, "; ".join(pair.reasons)
        yield "questions", (pair.key, pair.label, a.text, a.entity, b.text, b.entity, len(pair.more), pair.score, reasons)


def _document_row(line: DocumentLine) -> Row:
    return (
        line.document,
        line.title,
        published_day(line),
        line.path,
        line.sha256,
        line.size,
        line.format,
        line.encoding,
        line.sentences,
        sum(line.records.values()),
        _json(line.metadata),
        _json(line.warnings),
    )


def _mention_row(record: Record, line: DocumentLine) -> Row:
    source = record.source
    return (
        record.id,
        record.label,
        record.text,
        normal_form(record),
        getattr(record.value, "entity", None),
        _json(record.as_json()["value"]),
        source.document,
        line.title,
        published_day(line),
        source.start,
        source.end,
        source.quote,
        source.line,
        " > ".join(source.section),
        _json(source.locator) if source.locator else None,
        source.sentence.text,
        source.sentence.index,
        record.finder,
        record.origin.rule,
    )


def normal_form(record: Record) -> str | None:
    """The value in a few characters: `Nykhas`, `2024-06-09`, `31.75%`, `6 seats`; None where nothing is settled."""
    match record.value:
        case NameValue() as value:
            return value.name
        case DateValue() as value:
            return value.edtf or value.timex3
        case PercentValue() as value:
            return _number(value.percent, value.low, value.high, "%" if value.unit == "percent" else " pp")
        case SeatsValue() as value:
            return _number(value.seats, value.low, value.high, " seats")
        case RuleValue() as value:
            return value.text if value.number is None else f"{value.number:f}"


def _number(number: Any, low: Any, high: Any, unit: str) -> str | None:
    told = number if number is not None else f"{low}–{high}"
    return f"{told}{unit}"


def _value_rows(record: Record) -> Iterator[tuple[str, Row]]:
    where = (record.id, record.source.document, record.text)
    match record.value:
        case DateValue() as value:
            yield "dates", (*where, value.edtf, value.timex3, value.type, value.mod, value.start, value.end, value.resolution)
        case PercentValue() as value:
            subject = value.subject or EntityRef(name="")
            figure: Row = (*bounds(value), value.comparator, value.unit, value.measure)
            yield "percents", (*where, *figure, subject.entity, subject.name or None)
        case SeatsValue() as value:
            figure = (*bounds(value), value.comparator, value.role)
            for party in value.party or (EntityRef(name=""),):
                yield "seats", (*where, *figure, party.entity, party.name or None, len(value.party), value.each)


def bounds(value: PercentValue | SeatsValue) -> tuple[float | None, float | None]:
    """The lowest and the highest number that a figure states; both the same for a single number."""
    number = value.percent if isinstance(value, PercentValue) else value.seats
    low, high = (value.low, value.high) if number is None else (number, number)
    return None if low is None else float(low), None if high is None else float(high)


def owners(record: Record) -> tuple[EntityRef, ...]:
    """Who has a figure."""
    value = record.value
    if isinstance(value, SeatsValue):
        return value.party
    return (value.subject,) if isinstance(value, PercentValue) and value.subject else ()


def _links(record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record.value, NameValue):
        yield "names", record.value.entity
    relation = "has_seats" if record.label == "SEATS" else "has_share"
    yield from ((relation, owner.entity) for owner in owners(record) if owner.entity)
    yield from (("inferred_from", origin) for origin in record.origin.inferred_from or ())


def _entity_rows(entity: EntityLine) -> Iterator[tuple[str, Row]]:
    link = entity.registered
    told = (link.id, link.score, link.reason) if link else (None, None, None)
    yield "entities", (entity.id, entity.label, entity.name, entity.mentions, entity.documents, *told)
    for each in entity.variants:
        yield "variants", (entity.id, each.text, each.count, each.link, each.reason, each.score, each.first)


def _json(data: Mapping[str, Any] | Iterable[Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

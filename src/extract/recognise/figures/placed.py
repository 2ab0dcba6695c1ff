"""Figures in infoboxes and tables: their place says what a bare number is, its form how many figures a value holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from spacy.tokens import Doc, Span

from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.normalise.seats import normalise_seats
from extract.recognise.figures.grid import NameAt, Value, read_value
from extract.recognise.figures.lines import FIGURES
from extract.recognise.figures.readings import Place, Readings
from extract.recognise.figures.taken import Taken
from extract.recognise.figures.tape import class_of
from extract.recognise.mention import Cache
from extract.sources.document import Block, Document
from extract.text.document import document_of
from extract.weigh import WeightSet

Kind = Literal["SEATS", "PERCENT"]

_DIGITS = r"\d+(?:[,.·\u00a0\u202f\u2009 ]\d{3})*(?:[,.·]\d+)?"
_DIGITS_ONLY = re.compile(_DIGITS)
_OF_ALL = re.compile(r"(?:[^\d/]*[^\W\d/]\s)?\s*(?P<first>\d+)\s?(?:/|of|out of)\s?(?:the )?(?P<second>\d+)\s*")
_RANGE = re.compile(r"\s*(?P<first>\d+(?:\.\d+)?)\s?[–-]\s?(?P<second>\d+(?:\.\d+)?)\s*")
_LEADING = re.compile(r"\s*(?P<first>\d{1,4})(?=\s?[,(;+−–-]|\s?$)(?!,\d)")
_MEMBERS = re.compile(r"(?<=[\w.”\"’')\]])\s?\((?P<first>\d{1,4})\)")
_PERCENT_SIGN = re.compile(r"[\s\u00a0]?(?:%|per ?cent|pp\b|percentage)")
_PART_OF = re.compile(r"(?<![\w.,])(?P<first>\d{1,4})\s(?:out )?of (?:the |its )?$")
_COUNTED = re.compile(rf"(?<![\w.,])(?P<sign>[+\-−]?)(?P<first>{_DIGITS})\s(?:(?:more|other)\s)?(?P<word>[^\W\d_]+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OTHER_COUNTS = frozenset({"votes", "number"})


class _Number(NamedTuple):
    """A number in a value: where it stands (text offsets, a glued sign inside), of which kind, and how it is meant."""

    start: int
    end: int
    kind: Kind | None
    is_change: bool = False
    is_fall: bool = False
    of_shares: bool = True


def placed(doc: Doc, what: Kind, taken: Taken, weights: WeightSet) -> Iterator[Span]:
    """The figures of one kind that fill a cell or an infobox value without a word of their own, where nothing is taken."""
    document, readings = document_of(doc), _readings(doc, weights)
    for block in document.blocks:
        if not block.in_table or not any(map(str.isdigit, document.text[block.start : block.end])):
            continue
        for number in _numbers(document, block, readings.place(block)):
            free = not taken.is_taken(number.start, number.end) and not _PERCENT_SIGN.match(document.text, number.end)
            if number.kind == what and free:
                yield from _span(doc, number)


_READINGS = "extract.tables"


def _readings(doc: Doc, weights: WeightSet) -> Readings:
    """The tables of a Doc as they are read, once for both finders."""
    if not isinstance(doc.user_data.get(_READINGS), Cache):
        names = [NameAt(span.start_char, span.end_char, span.label_) for span in doc.spans.get("names", ())]
        doc.user_data[_READINGS] = Cache(Readings(document_of(doc), names, weights))
    return doc.user_data[_READINGS].content  # type: ignore[no-any-return]


# -- the forms of a value ---------------------------------------------------------------------------------------------------


def _numbers(document: Document, block: Block, place: Place | None) -> Iterator[_Number]:
    """The numbers of a value: `48`, `48 (+2)`, `34 / 101`, `110–125`, `89, 40.22%`, and `Labour (77)` in a list of groups."""
    text = document.text[block.start : block.end]
    line = place.kind if place else "text"
    kind: Any = FIGURES.get(line, (None,))[0]
    counted = [
        found for found in _COUNTED.finditer(text) if line not in _OTHER_COUNTS and class_of(found["word"].lower()) == "seat"
    ]
    for found in counted:
        if part := _PART_OF.search(text, 0, found.start()):
            yield _number(block, part, "first", "SEATS")
        first = block.start + found.start(), block.start + found.end()
        yield _Number(*first, "SEATS", is_change=bool(found["sign"]), is_fall=found["sign"] in ("-", "−"))
    if counted or place is None:
        return
    value = read_value(text)
    if line == "groups" and _MEMBERS.search(text):
        for found in _MEMBERS.finditer(text):
            yield _number(block, found, "first", "SEATS")
    elif kind and (part := _OF_ALL.fullmatch(text)):
        yield _number(block, part, "first", kind)
        yield _number(block, part, "second", kind)
    elif kind and (ends := _RANGE.fullmatch(text)):
        yield _Number(block.start + ends.start("first"), block.start + ends.end("second"), kind)
    elif value.shape in ("whole", "decimal"):
        yield _signed_number(document, block, value, line, place)
    elif value.second:
        yield from _pair(document, block, value, value.second, place)
    elif kind == "SEATS" and (leading := _LEADING.match(text)):
        yield _number(block, leading, "first", kind)


def _pair(document: Document, block: Block, one: Value, other: Value, place: Place) -> Iterator[_Number]:
    """`48 (+2)`: each number is of the kind that the line has for it; one with a sign changes the first."""
    first = _signed_number(document, block, one, place.kind, place)
    yield first
    second = _signed_number(document, block, other, place.second or place.kind, place)
    if other.sign and first.kind:
        yield second._replace(kind=first.kind)
    elif place.reading.grid.lines[place.line].shape == "pair" or document.text[block.start + other.start - 1] == "(":
        yield second


def _number(block: Block, found: re.Match[str], name: str, kind: Kind | None) -> _Number:
    start, end = found.span(name)
    return _Number(block.start + start, block.start + end, kind)


def _signed_number(document: Document, block: Block, value: Value, line: str, place: Place) -> _Number:
    label, what = FIGURES.get(line, (None, ""))
    start = block.start + value.start
    is_change = what == "change" or bool(value.sign) or bool(_shown_sign(document, start))
    return _Number(start, block.start + value.end, label, is_change, value.falls, place.reading.has_shares)  # type: ignore[arg-type]


def _shown_sign(document: Document, position: int) -> str | None:
    """The sign that a picture or template shows before a number."""
    near = (mark for mark in document.marks if mark.kind == "sign" and 0 <= position - mark.position <= 3)
    return next((mark.value for mark in near), None)


# -- spans ------------------------------------------------------------------------------------------------------------------


def _span(doc: Doc, number: _Number) -> Iterator[Span]:
    words = document_of(doc).text[number.start : number.end]
    reading = _reading(words, number)
    rule = "percentages.placed" if number.kind == "PERCENT" else "seats.placed"
    span = doc.char_span(number.start, number.end, label=number.kind or "", span_id=rule)
    if span is not None and reading is not None:
        span._.reading = reading
        yield span


def _reading(words: str, number: _Number) -> PercentReading | SeatsReading | None:
    """The reading of a placed number; None where shares do not go so high, or the number is a year."""
    normalise: Any = normalise_percent if number.kind == "PERCENT" else normalise_seats
    ends = _RANGE.fullmatch(words)
    digits = _DIGITS_ONLY.search(words)
    captures = {"low": ends["first"], "high": ends["second"]} if ends else {"number": digits[0] if digits else words}
    reading: PercentReading | SeatsReading | None = normalise(words, captures, {})
    if reading is None or (number.kind == "SEATS" and _YEAR.fullmatch(words)):
        return None
    if number.kind == "PERCENT" and reading.amount.high > 100:
        return None
    amount = Amount(-reading.amount.high, -reading.amount.low) if number.is_fall else reading.amount
    if isinstance(reading, PercentReading):
        is_point = number.is_change and number.of_shares
        return replace(reading, amount=amount, change=number.is_change, unit="percentage_point" if is_point else "percent")
    return replace(reading, amount=amount, signed=number.is_change)

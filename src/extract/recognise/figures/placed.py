"""Figures in infoboxes and tables: their place says what a bare number is, its form how many figures a value holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span

from extract.normalise.numbers import read_digits
from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.normalise.seats import normalise_seats
from extract.recognise.figures.headers import TWO_HEADERS, Kind, read_header, table_pattern
from extract.recognise.figures.places import NameAt, Place, Places
from extract.recognise.figures.taken import Taken
from extract.sources.document import Block, Document
from extract.text.document import document_of

_DIGITS = r"\d+(?:[,.·\u00a0\u202f\u2009 ]\d{3})*(?:[,.·]\d+)?"
_SIGNS = r"[+\-−–±▲▼△▽↑↓⬆⬇🔺🔻●▬◄►]"
_WHOLE_VALUE = re.compile(rf"[\s(]*(?P<sign>{_SIGNS}?)\s?(?P<first>{_DIGITS})[)\s]*(?:\[\w+\]|[*†‡§¹²³]+)?\s*")
_PAIR = re.compile(
    rf"\s*(?P<first>{_DIGITS})(?P<percent>%?)\s?[(/;]?\s?(?P<sign>{_SIGNS}?)\s?(?P<second>{_DIGITS})(?:%|pp)?\)?\s*"
)
_OF_ALL = re.compile(r"(?:[^\d/]*[^\W\d/]\s)?\s*(?P<first>\d+)\s?(?:/|of|out of)\s?(?:the )?(?P<second>\d+)\s*")
_RANGE = re.compile(r"\s*(?P<first>\d+(?:\.\d+)?)\s?[–-]\s?(?P<second>\d+(?:\.\d+)?)\s*")
_LEADING = re.compile(r"\s*(?P<first>\d{1,4})(?=\s?[,(;+−–-]|\s?$)(?!,\d)")
_MEMBERS = re.compile(r"(?<=[\w.”\"’')\]])\s?\((?P<first>\d{1,4})\)")
_PERCENT_SIGN = re.compile(r"[\s\u00a0]?(?:%|per ?cent|pp\b|percentage)")
_PART_OF = re.compile(r"(?<![\w.,])(?P<first>\d{1,4})\s(?:out )?of (?:the |its )?$")
_COUNTED = table_pattern(rf"(?<![\w.,])(?P<sign>[+\-−]?)(?P<first>{_DIGITS})\s(?:(?:more|other)\s)?{{seats}}\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MINUS = ("-", "−", "–", "▼", "▽", "↓", "⬇", "🔻")
_GLUED = ("+", "-", "−", "–")


class _Number(NamedTuple):
    """A number in a value: where it stands (text offsets, a glued sign inside), of which kind, and how it is meant."""

    start: int
    end: int
    kind: Kind | None
    is_change: bool = False
    is_fall: bool = False


def placed(doc: Doc, what: Kind, taken: Taken) -> Iterator[Span]:
    """The figures of one kind that fill a cell or an infobox value without a word of their own, where nothing is taken."""
    document = document_of(doc)
    places = Places(document, [NameAt(span.start_char, span.end_char, span.label_) for span in doc.spans.get("names", ())])
    for block in document.blocks:
        if not (block.cell or block.field) or not any(map(str.isdigit, document.text[block.start : block.end])):
            continue
        for number in _numbers(document, block, places):
            free = not taken.is_taken(number.start, number.end) and not _PERCENT_SIGN.match(document.text, number.end)
            if number.kind == what and free:
                yield from _span(doc, number)


# -- the forms of a value ---------------------------------------------------------------------------------------------------


def _numbers(document: Document, block: Block, places: Places) -> Iterator[_Number]:
    """The numbers of a value: `48`, `48 (+2)`, `34 / 101`, `110–125`, `89, 40.22%`, and `Labour (77)` in a list of groups."""
    text, place = document.text[block.start : block.end], places.place(block)
    counted = list(_COUNTED.finditer(text)) if place.kind != "neither" else []
    for found in counted:
        if part := _PART_OF.search(text, 0, found.start()):
            yield _number(block, part, "first", "SEATS")
        start, end = found.span()
        yield _Number(
            block.start + start, block.start + end, "SEATS", is_change=bool(found["sign"]), is_fall=found["sign"] in _MINUS
        )
    if counted:
        return
    if place.kind in (None, "SEATS") and places.lists_groups(block) and _MEMBERS.search(text):
        for found in _MEMBERS.finditer(text):
            yield _number(block, found, "first", "SEATS")
    elif place.kind is None:
        return
    elif part := _OF_ALL.fullmatch(text):
        yield _number(block, part, "first", place.kind)
        yield _number(block, part, "second", place.kind)
    elif (whole := _WHOLE_VALUE.fullmatch(text)) and read_digits(whole["first"]) is not None:
        yield _signed_number(document, block, whole, "first", place)
    elif ends := _RANGE.fullmatch(text):
        yield _Number(block.start + ends.start("first"), block.start + ends.end("second"), place.kind)
    elif pair := _PAIR.fullmatch(text):
        yield from _pair(document, block, pair, place)
    elif place.kind == "SEATS" and (leading := _LEADING.match(text)):
        yield _number(block, leading, "first", place.kind)


def _pair(document: Document, block: Block, found: re.Match[str], place: Place) -> Iterator[_Number]:
    """`48 (+2)`; and where the header has brackets too, each number is what its part of the header says: `Votes (%)`."""
    first, second = _kinds_of_pair(block, place)
    yield _number(block, found, "first", first)
    later = _signed_number(document, block, found, "second", place)
    if later.is_change and (found["sign"] or later.is_fall or place.role != "change") and first != "neither":
        yield later._replace(kind=first)
    elif second or (first != "neither" and "(" in found.group()):
        yield later._replace(kind=second or first)


def _kinds_of_pair(block: Block, place: Place) -> tuple[Kind | None, Kind | None]:
    header = block.cell.headers[-1] if block.cell and block.cell.headers else ""
    if parts := TWO_HEADERS.fullmatch(header.strip()):
        first, second = (read_header(parts[name]) for name in ("first", "second"))
        return first.kind or place.kind, second.kind or (first.kind if second.role == "change" else None)
    return place.kind, None


def _number(block: Block, found: re.Match[str], name: str, kind: Kind | None) -> _Number:
    start, end = found.span(name)
    return _Number(block.start + start, block.start + end, kind)


def _signed_number(document: Document, block: Block, found: re.Match[str], name: str, place: Place) -> _Number:
    number = _number(block, found, name, place.kind)
    sign = found["sign"]
    glued = sign in _GLUED and sign and found.end("sign") == found.start(name)
    shown = _shown_sign(document, number.start)
    is_change = place.role == "change" or bool(sign) or bool(shown)
    return number._replace(start=number.start - bool(glued), is_change=is_change, is_fall=sign in _MINUS)


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
    digits = re.search(_DIGITS, words)
    captures = {"low": ends["first"], "high": ends["second"]} if ends else {"number": digits[0] if digits else words}
    reading: PercentReading | SeatsReading | None = normalise(words, captures, {})
    if reading is None or (number.kind == "SEATS" and _YEAR.fullmatch(words)):
        return None
    if number.kind == "PERCENT" and reading.amount.high > 100:
        return None
    amount = Amount(-reading.amount.high, -reading.amount.low) if number.is_fall else reading.amount
    if isinstance(reading, PercentReading):
        return replace(
            reading, amount=amount, change=number.is_change, unit="percentage_point" if number.is_change else "percent"
        )
    return replace(reading, amount=amount, signed=number.is_change)

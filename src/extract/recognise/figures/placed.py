"""Figures in infoboxes and tables: their place says what a bare number is, its form how many figures a value holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span

from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import Amount
from extract.normalise.seats import normalise_seats
from extract.recognise.figures.grid import Value, read_value
from extract.recognise.figures.lines import FIGURES
from extract.recognise.figures.readings import Place, tables_of
from extract.recognise.figures.tape import Mark
from extract.sources.document import Block
from extract.text.document import document_of
from extract.weigh import WeightSet

_FALLING = tuple("-−–▼▽↓⬇🔻")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s?[–-]\s?(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:[,.·\s]\d{3})*(?:[,.·]\d+)?")
_MEMBERS = re.compile(r"(?<=[\w.”\"’')\]])\s?\((\d{1,4})\)")
_PERCENT_SIGN = re.compile(r"\s?(?:%|per ?cent|pp\b|percentage)")


class Placed(NamedTuple):
    """A number in a value: where it stands (text offsets, a glued sign inside), of which kind, and how it is meant."""

    start: int
    end: int
    kind: str | None
    is_change: bool = False
    is_fall: bool = False


def numbers_in_place(doc: Doc, others: Sequence[Mark], weights: WeightSet) -> Iterator[Placed]:
    """The figures that fill a cell or an infobox value without a word or sign of their own; `others` are names and dates."""
    document = document_of(doc)
    tables = tables_of(document, (item for item in others if item.form != "DATE"), weights)
    for block in document.blocks:
        place = tables.places.get(block.start) if block.in_table else None
        for number in _numbers(document.text, block, place) if place else ():
            if number.kind and not _PERCENT_SIGN.match(document.text, number.end):
                yield number


def _numbers(text: str, block: Block, place: Place) -> Iterator[Placed]:
    """The numbers of a value: `48`, `48 (+2)`, `34 / 101`, `110–125`, `4 (as Unity)`, and `Labour (77)` in a list of groups."""
    if place.kind == "groups":
        for found in _MEMBERS.finditer(text, block.start, block.end):
            yield Placed(*found.span(1), "SEATS")
    one = read_value(text[block.start : block.end])
    first = _number(block, one, place.kind)
    if one.shape in ("whole", "decimal"):
        yield first
    elif one.second:
        second = _number(block, one.second, place.second or place.kind)
        between = text[first.end : second.start].strip(" %(")
        if one.shape == "range" and first.kind and not one.sign:
            yield first._replace(end=second.end)
            return
        yield first
        if first.kind and (one.second.sign or between == "/" or "of" in between):  # it changes the first, or is the whole
            yield second._replace(kind=first.kind)
        elif place.reading.grid.lines[place.line].shape == "pair" or text[second.start - 1] == "(":
            yield second
    elif first.kind == "SEATS" and one.end and text[first.end : first.end + 2].strip()[:1] in tuple(",;(+−–-"):
        yield first


def _number(block: Block, value: Value, line: str) -> Placed:
    label, what = FIGURES.get(line, (None, ""))
    return Placed(
        block.start + value.start, block.start + value.end, label, what == "change" or bool(value.sign), value.sign in _FALLING
    )


def span_in_place(doc: Doc, number: Placed) -> Iterator[Span]:
    """The span of a number with its reading; none where shares do not go so high."""
    words = document_of(doc).text[number.start : number.end]
    is_percent = number.kind == "PERCENT"
    normalise: Any = normalise_percent if is_percent else normalise_seats
    ends, digits = _RANGE.fullmatch(words), _NUMBER.search(words)
    captures = {"low": ends[1], "high": ends[2]} if ends else {"number": digits[0] if digits else words}
    reading = normalise(words, captures, {})
    span = doc.char_span(number.start, number.end, label=number.kind or "")
    if reading is None or span is None or (is_percent and reading.amount.high > 100):
        return
    if number.is_fall:
        reading = replace(reading, amount=Amount(-reading.amount.high, -reading.amount.low))
    if is_percent:
        unit: Any = "percentage_point" if number.is_change else "percent"
        span.id_, span._.reading = "percentages.placed", replace(reading, change=number.is_change, unit=unit)
    else:
        span.id_, span._.reading = "seats.placed", replace(reading, signed=number.is_change)
    yield span

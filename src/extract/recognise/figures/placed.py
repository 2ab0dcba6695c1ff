"""Figures in infoboxes and tables: the key or header says what a bare number is.

Each column is of one kind: seats, percentages, or neither. Its innermost header decides if it can, then those above it, the
column to its left (`+/–`), at last the caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Literal, NamedTuple

from spacy.tokens import Doc, Span

from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.normalise.seats import normalise_seats
from extract.recognise.figures.taken import Taken
from extract.recognise.figures.words import pattern
from extract.sources.document import Block, Cell, Document
from extract.text.document import document_of


class Kind(NamedTuple):
    """What the numbers of a column or key are: seats, percentages, neither ("none"), unsaid (None); and whether changes."""

    what: Literal["SEATS", "PERCENT", "none"] | None
    change: bool = False


_PLUS_MINUS = re.compile(r"\+\s?/\s?[–−-]|[–−-]\s?/\s?\+|±|Δ|^[+−-]$")
_CHANGE = pattern(r"\b{key_change}\b")
_PERCENT = pattern(r"%|\b{key_percent}\b")
_SEATS = pattern(r"\b{key_seats}\b")
_MEMBERS = pattern(r"(?:total |number of )?{key_members}")
_NEITHER = pattern(r"\b{key_neither}\b")
_BARE = pattern(r"{key_bare}")
_GROUP_ROWS = pattern(r"\b{key_party_rows}\b")
_ELECTION = re.compile(r"election$", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<sign>[+\-−–▼▽▲△↑↓]?)\s?(?P<digits>\d[\d,.·\u00a0\u202f\u2009 ]*)")
_WHOLE_VALUE = re.compile(r"[+\-−–±▲▼△▽↑↓(\s]*\d[\d,.·\u00a0\u202f\u2009 ]*[)\s]*(?:\[\w+\])?")
_WITH_CHANGE = re.compile(r"(?P<first>\d[\d,.]*)\s?%?\s?\((?P<second>[+\-−–▲▼△▽]\s?\d[\d,.]*)\s?(?:pp|%)?\)")
_WITH_OLD = re.compile(r"(?P<first>\d[\d,.]*)\s?\((?P<second>\d[\d,.]*)\)")
_OF_ALL = re.compile(r"(?P<first>\d+)\s?(?:/|of|out of)\s?(?P<second>\d+)")
_LEADING = re.compile(r"(?P<first>\d{1,4})(?=\s?[,(;/+−–-]|\s?$)")
_WHOLE_NUMBER = re.compile(r"(\d{1,4})(?=$|\s?\()")
_SIGN = re.compile(r"[\s\u00a0]?(?:%|per ?cent)")
_MINUS = ("-", "−", "–", "▼", "▽", "↓")


def placed(doc: Doc, what: Literal["SEATS", "PERCENT"], taken: Taken) -> Iterator[Span]:
    """The figures of one kind that fill a cell or infobox value without a sign or word of their own, where nothing is taken."""
    for block, kind in _kinds(doc):
        if kind.what == what:
            for place, change in _numbers(document_of(doc), block):
                if not taken.is_taken(*place) and not _SIGN.match(document_of(doc).text, place[1]):
                    yield from _span(doc, place, what, kind.change or change)


def _numbers(document: Document, block: Block) -> Iterator[tuple[tuple[int, int], bool]]:
    """The places of the numbers in a cell or value, and whether each is a change: `48`, `48 (+2)`, `34 / 101`, `89, 40.22%`."""
    text = document.text[block.start : block.end]
    for form in (_WITH_CHANGE, _WITH_OLD, _OF_ALL):
        if found := form.fullmatch(text.strip()):
            shift = block.start + len(text) - len(text.lstrip())
            yield (shift + found.start("first"), shift + found.end("first")), False
            yield (shift + found.start("second"), shift + found.end("second")), form is _WITH_CHANGE
            return
    if _WHOLE_VALUE.fullmatch(text.strip()) and (found := _NUMBER.search(text)):
        glued = found["sign"] in ("+", "-", "−", "–") and found.end("sign") == found.start("digits")
        start = found.start("sign" if glued else "digits")
        yield (block.start + start, block.start + len(text[: found.end("digits")].rstrip())), bool(found["sign"])
    elif block.field and (found := _LEADING.match(text)):
        yield (block.start, block.start + found.end("first")), False


def _span(doc: Doc, place: tuple[int, int], label: str, change: bool) -> Iterator[Span]:
    text = document_of(doc).text
    start, end = place
    words = text[start:end].rstrip(".,")
    span = doc.char_span(
        start, start + len(words), label=label, span_id=f"{'percentages' if label == 'PERCENT' else 'seats'}.placed"
    )
    digits = words.lstrip("+-−–▼▽▲△↑↓ ")
    captures = {"number": digits}
    reading: Any = normalise_percent(digits, captures, {}) if label == "PERCENT" else normalise_seats(digits, captures, {})
    if span is None or reading is None or (label == "PERCENT" and reading.amount.high > 100):
        return
    negative = words[:1] in _MINUS or text[start - 1 : start] in ("▼", "▽", "↓") or text[start - 2 : start - 1] in ("▼", "▽", "↓")
    span._.reading = _signed(reading, negative, change)
    yield span


def _signed(reading: PercentReading | SeatsReading, negative: bool, signed: bool) -> PercentReading | SeatsReading:
    amount = Amount(-reading.amount.high, -reading.amount.low) if negative else reading.amount
    if isinstance(reading, PercentReading):  # the difference of two shares, without a sign, is in points
        return replace(
            reading, amount=amount, change=reading.change or signed, unit="percentage_point" if signed else reading.unit
        )
    return replace(reading, amount=amount, signed=signed)


# -- kinds ------------------------------------------------------------------------------------------------------------------


def _parts_of_seats(document: Document, columns: Mapping[tuple[int, int], tuple[str, ...]]) -> set[tuple[int, int]]:
    """The columns that say nothing, beside a column of seats, with no number above that of their row: this and that party's."""
    seats = {place: _kind_of_headers(headers) for place, headers in columns.items()}
    numbers: dict[tuple[int, int], dict[int, int]] = {}
    for block in document.blocks:
        number = _WHOLE_NUMBER.match(document.text, block.start, block.end)
        if block.cell and not block.cell.is_header and number:
            numbers.setdefault((block.cell.table, block.cell.column), {})[block.cell.row] = int(number[1])
    found: set[tuple[int, int]] = set()
    for (table, column), values in numbers.items():
        wholes = [
            numbers[place] for place, kind in seats.items() if place[0] == table and kind == Kind("SEATS") and place in numbers
        ]
        if (
            wholes
            and seats.get((table, column)) == Kind(None)
            and all(value <= wholes[0].get(row, -1) for row, value in values.items())
        ):
            found.add((table, column))
    return found


def _kinds(doc: Doc) -> Iterator[tuple[Block, Kind]]:
    """The infobox values and table cells with a number in them, each with its kind."""
    document = document_of(doc)
    columns = _columns(document)
    parts = _parts_of_seats(document, columns)
    for block in document.blocks:
        if block.field:
            yield block, _kind_of_field(block)
        elif block.cell and (not block.cell.is_header or _is_footer(block.cell)):
            is_part = (block.cell.table, block.cell.column) in parts
            yield block, Kind("SEATS") if is_part else _kind_of_cell(block.cell, columns)


def _is_footer(cell: Cell) -> bool:
    """Whether a header cell is one of a row of totals, under the headers of the columns."""
    return cell.is_header and bool(cell.headers) and cell.row_header is not None


def _kind_of_field(block: Block) -> Kind:
    assert block.field
    key = block.field.name.replace("_", " ")
    if block.field.group is None and _ELECTION.search(key) and not _SEATS.search(key):
        return Kind("none")
    return _said(key.rstrip("0123456789 "))


@cache
def _said(header: str) -> Kind:
    """What one header or key says."""
    change = bool(_PLUS_MINUS.search(header) or _CHANGE.search(header))
    if _PERCENT.search(header) and not (_NEITHER.search(header) and "%" not in header):
        return Kind("PERCENT", change)
    if _NEITHER.search(header):
        return Kind("none")
    if _SEATS.search(header):
        return Kind("SEATS", change)
    return Kind(None, change)


def _columns(document: Document) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """The headers of each column of each table, outermost first."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for block in document.blocks:
        if block.cell and block.cell.headers and (not block.cell.is_header or _is_footer(block.cell)):
            found.setdefault((block.cell.table, block.cell.column), block.cell.headers)
    return found


def _kind_of_cell(cell: Cell, columns: Mapping[tuple[int, int], tuple[str, ...]]) -> Kind:
    kind = _kind_of_headers(cell.headers)
    if kind.what is None and kind.change:
        left = columns.get((cell.table, cell.column - 1), ())
        return Kind(_kind_of_headers(left).what or _of_caption(cell).what, True)
    if kind.what is None:
        over = _said((cell.row_header or "").strip())
        return Kind(over.what or _of_caption(cell).what, kind.change or over.change)
    if kind.what == "SEATS" and _MEMBERS.fullmatch(cell.headers[-1].strip()):
        title = columns.get((cell.table, 0), ("",))[-1]
        return kind if _GROUP_ROWS.search(title) else Kind("none")
    return kind


def _kind_of_headers(headers: Sequence[str]) -> Kind:
    """The innermost header that says something; `Total` or `Won` alone say nothing."""
    change = False
    for header in reversed(headers):
        said = _said(header.strip())
        change = change or said.change
        if said.what == "none" and header is not headers[-1] and change:
            return Kind(None, True)
        if said.what is not None:
            return Kind(said.what, change)
    return Kind(None, change)


def _of_caption(cell: Cell) -> Kind:
    caption = cell.caption or ""
    if "%" in caption:
        return Kind("PERCENT")
    return Kind("SEATS") if _SEATS.search(caption) and not _NEITHER.search(caption) else Kind(None)

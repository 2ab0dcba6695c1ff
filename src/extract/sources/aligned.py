"""Tables that are drawn with blanks, tabs, bars or dot leaders, as plain text has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.sources.lines import Line
from extract.sources.marks import show_with_marks
from extract.sources.tables import NUMERIC, RawCell, show_table
from extract.sources.view import View

RULE = re.compile(r"\s*(?:[-=_~*#─━═—+|][-=_~*#─━═—+| ]{2,})\s*$")
"""A line that is drawn, not written."""

# What parts two cells: a bar, dots, a tab, three blanks, or two that do not stand behind the end of a sentence.
_GAP = re.compile(r"\s*[|│]\s*|\s*\.{4,}\s*|(?:\s\.){3,}\s*|\s*\t\s*| {3,}|(?<![.!?:;,\"”’)]) {2}")
_EDGES = " \t\f\v|│"
_FOOTNOTE = re.compile(r"[*†‡]+$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A cell: its place in the source, and in its line."""

    start: int
    end: int
    left: int
    right: int
    text: str


def cells_of(line: Line) -> list[Stretch]:
    """The cells of a line, parted by gaps; one or none where there is no gap."""
    body = line.text.strip(_EDGES)
    offset = len(line.text) - len(line.text.lstrip(_EDGES))
    cells, position = [], 0
    for gap in [*_GAP.finditer(body), None]:
        end = gap.start() if gap else len(body)
        if end > position:
            left, right = offset + position, offset + end
            cells.append(Stretch(line.start + left, line.start + right, left, right, body[position:end]))
        position = gap.end() if gap else end
    return cells


def tables_in(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines in runs, each with whether it is a table: in all its lines cells, and figures in most of them."""
    run: list[Line] = []
    tabular: bool | None = None
    for line in lines:
        if run and RULE.match(line.text):
            run.append(line)
            continue
        is_row = len(cells_of(line)) > 1
        if run and is_row != tabular:
            yield from _told(run)
            run = []
        run.append(line)
        tabular = is_row
    if run:
        yield from _told(run)


def _told(run: list[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """A run as a table, if it is one. A drawn line at its end belongs to it; so does one at the end of what stands before it."""
    yield is_table([_texts(cells_of(line)) for line in run if not RULE.match(line.text)]), run


def _texts(cells: Iterable[Stretch]) -> list[str]:
    return [cell.text for cell in cells]


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows of cells, parted by gaps, are a table: cells in all of them, and figures in most."""
    counts = [len(row) for row in rows]
    if len(rows) < 2 or min(counts) < 2:
        return False
    figured = [row for row in rows if any(_is_figure(cell) for cell in row[1:])]
    most = max(counts)
    usual = sum(count >= most - 1 for count in counts)
    return len(figured) >= max(1, 0.5 * len(rows)) and usual >= 0.6 * len(rows)


def _is_figure(text: str) -> bool:
    return bool(NUMERIC.match(_FOOTNOTE.sub("", text))) and any(map(str.isdigit, text))


def show_aligned(view: View, source: str, lines: Sequence[Line], number: int, section: tuple[str, ...]) -> None:
    """Shows a table; its headers are the lines above the first that is drawn, or a first line without figures."""
    drawn = [index for index, line in enumerate(lines) if RULE.match(line.text)]
    rows = [(index, cells_of(line)) for index, line in enumerate(lines) if index not in drawn]
    columns = max((cells for _, cells in rows), key=len)
    first_drawn = next((index for index in drawn if index), 0)
    headed = any(any(map(_is_figure, _texts(cells))) for index, cells in rows if index < first_drawn)
    marked = 0 if headed else first_drawn
    shown = [[_raw(source, cell, index < marked) for cell in _in_columns(cells, columns)] for index, cells in rows]
    show_table(view, source, shown, number, section, None)


def _in_columns(cells: list[Stretch], columns: list[Stretch]) -> list[Stretch | None]:
    """The cells of a row under the columns of the fullest one: by number, or each under the nearest that is left."""
    if len(cells) == len(columns):
        return list(cells)
    placed: list[Stretch | None] = [None] * len(columns)
    free = 0
    for number, cell in enumerate(cells):
        last = len(columns) - (len(cells) - number) + 1
        nearest = min(range(free, last), key=lambda column: _distance(cell, columns[column]))
        placed[nearest], free = cell, nearest + 1
    return placed


def _distance(cell: Stretch, column: Stretch) -> int:
    overlap = min(cell.right, column.right) - max(cell.left, column.left)
    return -1 if overlap > 0 else min(abs(cell.left - column.left), abs(cell.right - column.right))


def _raw(source: str, cell: Stretch | None, is_header: bool) -> RawCell:
    def show(view: View) -> None:
        if cell is not None:
            show_with_marks(view, source, cell.start, cell.end)

    return RawCell(show, is_header)

"""Tables: which header stands above a cell, and which cell names its row, merged cells included."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.sources.document import Cell
from extract.sources.view import View

# A table that claims more columns or rows for one cell is taken at this.
_MAX_SPAN = 200
_NUMERIC = re.compile(r"[\s\d.,:%+\-–—−±()/<>~≈*†‡]*$")


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the reader found it: how to show it, and whether the format calls it a header."""

    show: Callable[[View], None]
    is_header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(slots=True)
class _Placed:
    raw: RawCell
    text: str
    row: int
    column: int

    @property
    def columns(self) -> range:
        return range(self.column, self.column + _span(self.raw.colspan))

    @property
    def rows(self) -> range:
        return range(self.row, self.row + _span(self.raw.rowspan))


def _span(wanted: int) -> int:
    return min(max(wanted, 1), _MAX_SPAN)


def show_table(
    view: View, source: str, rows: Sequence[Sequence[RawCell]], number: int, section: tuple[str, ...], caption: str | None
) -> None:
    """Shows the cells of a table as blocks, row by row. `number` counts the tables of the document from 0."""
    grid = [[_Placed(raw, _text_of(raw, source), 0, 0) for raw in row] for row in rows]
    _place(grid)
    header_rows = _header_rows(grid)
    headers: dict[int, list[str]] = {}
    carried: dict[int, str] = {}
    fresh = True
    for index, row in enumerate(grid):
        if index in header_rows and not fresh and len(row) > 1:
            headers = {}
        fresh = index in header_rows
        namer = None if fresh else _row_namer(row)
        row_header = namer.text if namer else carried.get(index)
        for placed in row:
            _show(view, placed, number, section, caption, headers, None if placed is namer else row_header, fresh)
            if namer is placed:
                carried |= dict.fromkeys(placed.rows, placed.text)
        if fresh:
            _learn_headers(headers, row)


def _text_of(raw: RawCell, source: str) -> str:
    scratch = View(source)
    scratch.open("paragraph")
    raw.show(scratch)
    return scratch.finish()[0]


def _place(grid: list[list[_Placed]]) -> None:
    """Gives each cell its row and column, as HTML's table model does: merged cells push the others aside."""
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(grid):
        column = 0
        for placed in row:
            while (index, column) in taken:
                column += 1
            placed.row, placed.column = index, column
            if _span(placed.raw.rowspan) > 1:
                taken |= {(below, across) for below in placed.rows[1:] for across in placed.columns}
            column = placed.columns.stop


def _header_rows(grid: list[list[_Placed]]) -> set[int]:
    """The rows of column headers: all header cells; where the format marks none, a first row without figures."""
    marked = {index for index, row in enumerate(grid) if row and all(placed.raw.is_header for placed in row if placed.text)}
    marked = {index for index in marked if any(placed.text for placed in grid[index])}
    if marked or any(placed.raw.is_header for row in grid for placed in row) or len(grid) < 2:
        return marked
    first = [placed.text for placed in grid[0]]
    below = [placed.text for row in grid[1:] for placed in row]
    worded = len(first) > 1 and not any(text and _NUMERIC.match(text) for text in first)
    return {0} if worded and any(text and _NUMERIC.match(text) for text in below) else set()


def _row_namer(row: list[_Placed]) -> _Placed | None:
    """The cell that names the row: its header cell, else its first cell with words."""
    worded = [placed for placed in row if placed.text and not _NUMERIC.match(placed.text)]
    return next((placed for placed in worded if placed.raw.is_header), worded[0] if worded else None)


def _learn_headers(headers: dict[int, list[str]], row: list[_Placed]) -> None:
    for placed in row:
        for column in placed.columns:
            if placed.text and placed.text not in headers.setdefault(column, []):
                headers[column].append(placed.text)


def _show(
    view: View,
    placed: _Placed,
    number: int,
    section: tuple[str, ...],
    caption: str | None,
    headers: dict[int, list[str]],
    row_header: str | None,
    is_header: bool,
) -> None:
    above = tuple(headers.get(placed.column, ()))
    cell = Cell(number, placed.row, placed.column, above, row_header, is_header, caption)
    view.open("cell", section, cell=cell)
    placed.raw.show(view)
    view.close()

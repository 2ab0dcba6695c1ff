"""Tables: which header stands above a cell, and which cell names its row, merged cells included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.sources.document import Cell
from extract.sources.unmerged import Written, unmerged
from extract.sources.view import View, shown_text

# A table that claims more columns or rows for one cell is taken at this.
_MAX_SPAN = 200
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[–/-]\d{2,4})?")
NUMERIC = re.compile(r"[\s\d.,:%+\-–—−±()/<>~≈*†‡]*$")


_OWNER_ROW = re.compile(r"(?:\W*(?:part(?:y|ies)|alliances?|coalitions?|blocs?|lists?|candidates?|nominees?)\W*)+", re.IGNORECASE)


_MEASURE = re.compile(
    r"\W*(?:(?:popular |list |total |valid )?votes?|seats?|members|mps|percent(?:age)?|share|swing|turnout|%|(?:seat )?change|"
    r"last election|seats (?:won|before|after|needed))\b",
    re.IGNORECASE,
)


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


def read_span(written: str | None) -> int:
    """How many columns or rows a cell's attribute says that it takes, however large: 1 for what is no number.

    >>> read_span(" 2 "), read_span("100000"), read_span("x"), read_span(None)
    (2, 200, 1, 1)
    """
    digits = (written or "").strip().lstrip("0")
    if not digits.isascii() or not digits.isdigit():
        return 1
    return _span(int(digits)) if len(digits) < len(str(_MAX_SPAN)) + 1 else _MAX_SPAN


def show_table(
    view: View,
    source: str,
    rows: Sequence[Sequence[RawCell]],
    number: int,
    section: tuple[str, ...],
    caption: str | None,
    spans_known: bool = True,
) -> None:
    """Shows the cells of a table as blocks, row by row. `number` counts the tables of the document from 0.

    Where the format has no merged cells (`spans_known` is false), they are put back by what stands in the columns.
    """
    grid = [[_Placed(raw, shown_text(source, raw.show), 0, 0) for raw in row] for row in rows]
    if spans_known:
        _place(grid)
    else:
        grid = _unmerged(grid)
    cells = _Relations(grid)
    for row in grid:
        for placed, (headers, row_header, is_header) in zip(row, cells.of(row), strict=True):
            cell = Cell(number, placed.row, placed.column, headers, row_header, is_header, caption)
            view.open("cell", section, cell=cell)
            placed.raw.show(view)
            view.close()


def _unmerged(grid: list[list[_Placed]]) -> list[list[_Placed]]:
    """The cells where they were before their spans were lost."""
    written = [[Written(index, placed.text, placed.raw.is_header) for index, placed in enumerate(row)] for row in grid]
    spread = unmerged(written)
    return [
        [
            replace(
                row[cell.index],
                raw=replace(row[cell.index].raw, is_header=cell.is_header, colspan=cell.colspan, rowspan=cell.rowspan),
                row=number,
                column=cell.column,
            )
            for cell in cells
        ]
        for number, (row, cells) in enumerate(zip(grid, spread, strict=True))
    ]


class _Relations:
    """Says of each row in turn what its cells belong to: the column headers above, the cell that names the row.

    A table may run sideways: its rows are `Party`, `Seats`, `Votes`, each column is one party. Then a cell's header is the name
    of its row, and what names it is the party in its column. In a table of two columns without headers, the first is the header.
    """

    def __init__(self, grid: list[list[_Placed]]) -> None:
        self._header_rows = _header_rows(grid)
        self._headers: dict[int, list[str]] = {}
        self._carried: dict[int, str] = {}
        self._fresh = True
        heads = [row for index, row in enumerate(grid) if index in self._header_rows and len(row) > 1]
        width = max((placed.columns.stop for row in grid for placed in row), default=0)
        self._owners = _owners_of_columns(grid, heads) if width > 2 else {}
        self._keyed = not heads and width == 2

    def of(self, row: list[_Placed]) -> Iterator[tuple[tuple[str, ...], str | None, bool]]:
        """Headers, row header, and whether it is a header itself, of each cell; the rows must come in order."""
        index = row[0].row if row else 0
        is_header = index in self._header_rows
        is_title = is_header and bool(self._headers) and len(row) == 1  # it stands across the table, above the rows that follow
        if is_header and not self._fresh and not is_title:
            self._headers = {}
        self._fresh = is_header and not is_title
        namer = None if is_header else _row_namer(row)
        name = namer.text if namer else self._carried.get(index)
        for placed in row:
            yield *self._relations(placed, None if placed is namer else name), is_header
        if namer:
            self._carried |= dict.fromkeys(namer.rows, namer.text)
        if is_header and not is_title:
            _learn_headers(self._headers, row)

    def _relations(self, placed: _Placed, name: str | None) -> tuple[tuple[str, ...], str | None]:
        above = tuple(self._headers.get(placed.column, ()))
        if name and self._owners:
            owner = self._owners.get(placed.column)
            return (*(text for text in above if text != owner), name), owner if owner != placed.text else None
        if name and self._keyed:
            return (*above, name), name
        return above, name


def _owners_of_columns(grid: list[list[_Placed]], heads: list[list[_Placed]]) -> dict[int, str]:
    """Who each column of a sideways table is of, as its row of parties (candidates, lists) says, else its headers.

    Empty for other tables: with headers, it runs sideways if its rows are called `Seats`, `Votes` and the like, and no header is.
    """
    rows = [(namer, row) for row in grid if row not in heads and (namer := _row_namer(row)) and namer.column == 0]
    measures = [namer for namer, _ in rows if _MEASURE.match(namer.text)]
    headers = [placed for head in heads for placed in head if placed.column and placed.text]
    if heads and (len(measures) < 2 or any(_MEASURE.match(placed.text) for placed in headers)):
        return {}
    for namer, row in rows:
        others = [placed for placed in row if placed is not namer and placed.text]
        if _OWNER_ROW.fullmatch(namer.text) and len(others) > 1:
            return {column: placed.text for placed in others for column in placed.columns}
    return {column: placed.text for placed in headers for column in placed.columns}


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
    marked: set[int] = set()
    for index, row in enumerate(grid):
        worded = [placed for placed in row if placed.text]
        is_marked = bool(worded) and all(placed.raw.is_header for placed in worded)
        if is_marked and (len(marked) == index or not any(is_figure(placed.text) for placed in worded)):
            marked.add(index)
    if marked or any(placed.raw.is_header for row in grid for placed in row) or len(grid) < 2:
        return marked
    return {0} if _heads(grid[0], grid[1:]) else set()


def _heads(first: list[_Placed], below: list[list[_Placed]]) -> bool:
    """Whether a first row without figures, or with years above figures, heads the columns below it."""
    under: dict[int, list[str]] = {}
    for placed in (placed for row in below for placed in row):
        under.setdefault(placed.column, []).append(placed.text)
    years = [placed for placed in first if _YEAR.fullmatch(placed.text)]
    if len(first) < 2 or any(is_figure(placed.text) for placed in first):
        return False
    if any(not any(map(is_figure, under.get(placed.column, ()))) for placed in years):
        return False
    return any(text and NUMERIC.match(text) for texts in under.values() for text in texts)


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure: below the first rows, header cells with figures are the row of totals. A year is none."""
    return bool(NUMERIC.match(text)) and any(map(str.isdigit, text)) and not _YEAR.fullmatch(text)


def _row_namer(row: list[_Placed]) -> _Placed | None:
    """The cell that names the row: its header cell, else a year that begins it, else its first cell with words."""
    shown = [placed for placed in row if placed.text]
    named = [
        placed for placed in shown if not NUMERIC.match(placed.text) or (placed is shown[0] and _YEAR.fullmatch(placed.text))
    ]
    return next((placed for placed in named if placed.raw.is_header), named[0] if named else None)


def _learn_headers(headers: dict[int, list[str]], row: list[_Placed]) -> None:
    for placed in row:
        for column in placed.columns:
            if placed.text and placed.text not in headers.setdefault(column, []):
                headers[column].append(placed.text)

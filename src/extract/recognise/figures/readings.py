"""What the tables and infoboxes of a document say: the kinds of their lines and rows, decided together for each table."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.recognise.figures.grid import Grid, Page
from extract.recognise.figures.headers import classes_of, is_like_name
from extract.recognise.figures.lines import FIGURES, KIND, LABELS, OWNER, PERCENTAGES, LineSigns
from extract.recognise.figures.tape import Mark, Spoken, spoken
from extract.sources.document import Document
from extract.weigh import WeightSet

_ROWS = {"turnout": "turnout", "total": "total", "invalid": "other", "needed": "other", "votes": "other", "nobody": "nobody"}
"""What a row is whose name has a word of a class, the first of these that it has."""


class Reading:
    """How a table is read: of each line the kind, that of second numbers in its cells, and whose its figures are."""

    def __init__(self, grid: Grid, said: Spoken, weights: WeightSet) -> None:
        """`said` is what the document speaks of."""
        self.grid, self.signs, self._weights = grid, LineSigns(grid, said), weights
        self.kinds: list[str] = []
        for line in range(len(grid.lines)):
            self.kinds.append(weights[KIND].label([*self.signs.line_signs(line), *self.signs.signs_after(line, self.kinds)]))
        self._seconds: dict[int, str] = {}
        self._owners: dict[int, str] = {}

    def second(self, line: int) -> str:
        """The kind of second numbers of a line; where it has none, of percentages in it; empty where its own is of figures."""
        if line not in self._seconds:
            self._seconds[line] = self._second(line)
        return self._seconds[line]

    def _second(self, line: int) -> str:
        if self.grid.lines[line].shape == "pair":
            signs = [*self.signs.line_signs(line, True), *self.signs.signs_after(line, self.kinds[: line + 1])]
            return self._weights[KIND].label(signs)
        return "" if self.kinds[line] in FIGURES else self.likeliest(line, PERCENTAGES)

    def likeliest(self, line: int, among: Sequence[str]) -> str:
        """The likeliest of some kinds for a line: its own, if it is one of them."""
        never = [kind for kind in LABELS[KIND] if kind not in among]
        return self.kinds[line] if self.kinds[line] in among else self._weights[KIND].label(self.signs.line_signs(line), never)

    def owner(self, line: int) -> str:
        """Whose the figures of a line are, one of the labels of OWNER."""
        if line not in self._owners:
            signs = self.signs.owner_signs(line, self.kinds, self.second(line))
            self._owners[line] = self._weights[OWNER].label(signs)
        return self._owners[line]


class Place(NamedTuple):
    """Where a block stands: in which table or infobox, line and row."""

    reading: Reading
    line: int
    row: int

    @property
    def kind(self) -> str:
        """The kind of its line."""
        return self.reading.kinds[self.line]

    @property
    def second(self) -> str:
        """The kind of second numbers, or of percentages, in the cells of its line; may be empty where it is one of figures."""
        return self.reading.second(self.line)

    @property
    def of_row(self) -> str:
        """What its row is, by its name: `plain`, `total`, `turnout`, `nobody` (others), or `other`."""
        name = self.reading.grid.rows[self.row]
        classes = classes_of(name)
        if is_like_name(name):
            return "other" if "gain" in classes else "plain"  # `Labour gain from Liberal`
        return next((kind for one, kind in _ROWS.items() if one in classes), "plain")


class Tables:
    """The tables and infoboxes of a document, as they are read."""

    def __init__(self, document: Document, names: Iterable[Mark], weights: WeightSet) -> None:
        self.page, self.weights = Page(document, [*names]), weights
        self.owners: dict[int, Mark | None] = {}
        """Whose the figures are, by where they begin: kept here by who looks for it."""
        self.places = {
            block.start: Place(reading, number, row)
            for reading in [Reading(grid, spoken(document.text), weights) for grid in self.page.grids()]
            for number, line in enumerate(reading.grid.lines)
            for row, blocks in line.cells.items()
            for block in blocks
        }
        """The places of blocks, by where these begin; headers have none."""


_LATEST: deque[Tables] = deque(maxlen=2)


def tables_of(document: Document, names: Iterable[Mark], weights: WeightSet) -> Tables:
    """The tables of a document; kept, since the finders and attribution ask for them one after the other.

    They are read with the `names` of who asks first: owners that attribution makes names of later change no reading.
    """
    for tables in _LATEST:
        if tables.page.document is document and all(tables.weights[question] is weights[question] for question in LABELS):
            return tables
    _LATEST.append(Tables(document, names, weights))
    return _LATEST[-1]

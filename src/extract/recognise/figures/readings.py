"""What the tables and infoboxes of a document say: the kinds of their lines and rows, decided together for each table."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from extract.recognise.figures.grid import Grid, Page
from extract.recognise.figures.headers import classes_of, is_like_name
from extract.recognise.figures.lines import FIGURES, KIND, LABELS, OWNER, PERCENTAGES, LineSigns
from extract.recognise.figures.tape import Mark, Spoken, spoken
from extract.sources.document import Block, Document
from extract.weigh import WeightSet

_SHARES = frozenset({"vote", "turnout", "other", "votes"})
_ROWS = {"turnout": "turnout", "total": "total", "invalid": "other", "needed": "other", "votes": "other", "nobody": "nobody"}
"""What a row is whose name has a word of a class, the first of these that it has."""


class Reading:
    """How a table is read: of each line the kind, that of second numbers in its cells, and whose its figures are."""

    def __init__(self, grid: Grid, said: Spoken, weights: WeightSet) -> None:
        """`said` is what the document speaks of."""
        self.grid, self.signs, self._weights = grid, LineSigns(grid, said), weights
        self.kinds: list[str] = []
        self.seconds: list[str] = []
        self._sums: list[Mapping[str, float]] = []
        for line in range(len(grid.lines)):
            self._sums.append(weights[KIND].sums(self.signs.line_signs(line)))
            after = weights[KIND].sums(self.signs.signs_after(line, self.kinds))
            sums = {kind: own + after[kind] for kind, own in self._sums[line].items() if kind not in self.signs.never}
            self.kinds.append(max(sums, key=sums.__getitem__))
            self.seconds.append(self._second(line))
        self._owners: dict[int, str] = {}

    def _second(self, line: int) -> str:
        """The kind of the second numbers of the last line; where it has none, what a percentage in it would measure."""
        if self.grid.lines[line].shape == "pair":
            signs = [*self.signs.line_signs(line, True), *self.signs.signs_after(line, self.kinds)]
            return self._weights[KIND].label(signs, self.signs.never)
        return "" if self.kinds[line] in FIGURES else self.likeliest(line, PERCENTAGES)

    @property
    def has_shares(self) -> bool:
        """Whether it tells shares, or votes: changes beside them are in percentage points, those of amounts are in per cent."""
        return not _SHARES.isdisjoint(self.kinds)

    def likeliest(self, line: int, among: Sequence[str]) -> str:
        """The likeliest of some kinds for a line: its own, if it is one of them."""
        if self.kinds[line] in among:
            return self.kinds[line]
        return max((kind for kind in among if kind not in self.signs.never), key=self._sums[line].__getitem__)

    def owner(self, line: int) -> str:
        """Whose the figures of a line are, one of the labels of OWNER."""
        if line not in self._owners:
            signs = self.signs.owner_signs(line, self.kinds, self.seconds[line])
            self._owners[line] = self._weights[OWNER].label(signs, never_owners(self.kinds))
        return self._owners[line]


class Place(NamedTuple):
    """Where a block stands: in which table or infobox, line and row; of which kinds its line is.

    `second`: the kind of second numbers, or of percentages, in the cells of its line; may be empty where it is one of figures.
    """

    reading: Reading
    line: int
    row: int
    kind: str
    second: str

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

    @cached_property
    def _places(self) -> Mapping[int, Place]:
        said = spoken(self.page.text)
        readings = [Reading(grid, said, self.weights) for grid in self.page.grids() if grid.may_tell(said)]
        return {
            block.start: Place(reading, number, row, reading.kinds[number], reading.seconds[number])
            for reading in readings
            for number, line in enumerate(reading.grid.lines)
            for row, blocks in line.cells.items()
            for block in blocks
        }

    def place(self, block: Block) -> Place | None:
        """The place of a block; None for headers, and for what stands outside of tables or in one that holds no figures."""
        return self._places.get(block.start)


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


def never_owners(kinds: Sequence[str]) -> frozenset[str]:
    """Whose the figures of a table cannot be: of its rows' parties, people or places where no line names such."""
    naming = {"party": ("party", "alliance"), "person": ("person",), "place": ("place",)}
    return frozenset(one for one in LABELS[OWNER] if one in naming and not set(kinds).intersection(naming[one]))

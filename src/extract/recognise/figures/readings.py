"""What the tables and infoboxes of a document say: the kinds of their lines and rows, decided together for each table."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import add
from typing import NamedTuple

from extract.recognise.figures.grid import Grid, NameAt, Page
from extract.recognise.figures.lines import FIGURES, KIND, LABELS, OWNER, PERCENTAGES, ROW, WAY, Signs
from extract.recognise.figures.tape import Spoken, spoken
from extract.sources.document import Block, Document
from extract.weigh import WeightSet

_SHARES = frozenset({"vote", "turnout", "other", "votes"})
_OF_VOTES = frozenset({"vote", "swing"})
"""What a table does not tell where nothing speaks of votes."""


class Reading:
    """How a table is read: of each line the kind and that of second numbers in its cells; whose they are; what each row is."""

    def __init__(self, signs: Signs, weights: WeightSet) -> None:
        self.signs, self._weights = signs, weights
        never = frozenset() if signs.may_tell_votes else _OF_VOTES
        self._may_be = [kind for kind in weights[KIND].labels if kind not in never]
        self._sums = [weights[KIND].sums(signs.line_signs(number)) for number in range(len(signs.grid.lines))]
        self.kinds: list[str] = []
        self.seconds: list[str] = []
        for number, own in enumerate(self._sums):
            after = weights[KIND].sums(signs.signs_after(number, self.kinds))
            sums = dict(zip(weights[KIND].labels, map(add, own, after), strict=True))
            self.kinds.append(max(self._may_be, key=sums.__getitem__))
            self.seconds.append(self._second(number))
        self._owners: dict[int, str] = {}
        self._rows: dict[int, str] = {}

    def _second(self, line: int) -> str:
        """The kind of the second numbers of the last line; where it has none, what a percentage in it would measure."""
        if self.grid.lines[line].shape == "pair":
            own = self.signs.line_signs(line, True)
            return self._weights[KIND].label([*own, *self.signs.signs_after(line, self.kinds)], self._may_be)[0]
        return "" if self.kinds[line] in FIGURES else self.likeliest(line, PERCENTAGES)

    @property
    def grid(self) -> Grid:
        """The grid, in the way it runs."""
        return self.signs.grid

    @property
    def has_shares(self) -> bool:
        """Whether it tells shares, or votes: changes beside them are in percentage points, those of amounts are in per cent."""
        return not _SHARES.isdisjoint(self.kinds)

    def likeliest(self, line: int, among: Sequence[str]) -> str:
        """The likeliest of some kinds for a line: its own, if it is one of them."""
        if self.kinds[line] in among:
            return self.kinds[line]
        sums = dict(zip(self._weights[KIND].labels, self._sums[line], strict=True))
        return max((kind for kind in among if kind in self._may_be), key=lambda kind: sums.get(kind, 0.0))

    def owner(self, line: int) -> str:
        """Whose the figures of a line are, one of the labels of OWNER."""
        if line not in self._owners:
            signs = self.signs.owner_signs(line, self.kinds, self.seconds[line])
            self._owners[line] = self._weights[OWNER].label(signs, allowed_owners(self.kinds))[0]
        return self._owners[line]

    def row(self, row: int) -> str:
        """What a row is, one of the labels of ROW."""
        if row not in self._rows:
            self._rows[row] = self._weights[ROW].label(self.signs.row_signs(row, self.kinds))[0]
        return self._rows[row]


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
        return self.reading.seconds[self.line]

    @property
    def of_row(self) -> str:
        """What its row is."""
        return self.reading.row(self.row)


class Tables:
    """The tables and infoboxes of a document, as they are read."""

    def __init__(self, document: Document, names: Sequence[NameAt], weights: WeightSet) -> None:
        self.page, self.weights = Page(document, names), weights

    @cached_property
    def all(self) -> list[Reading]:
        """All that may hold figures, in order."""
        said = spoken(self.page.text)
        return [read(ways, self.weights, said) for ways in self.page.grids() if ways[0].may_tell(said)]

    @cached_property
    def _places(self) -> Mapping[int, Place]:
        return {start: Place(reading, *place) for reading in self.all for start, place in reading.grid.places.items()}

    def place(self, block: Block) -> Place | None:
        """The place of a block; None for headers, and for what stands outside of tables."""
        return self._places.get(block.start)


_LATEST: deque[Tables] = deque(maxlen=2)


def tables_of(document: Document, names: Sequence[NameAt], weights: WeightSet) -> Tables:
    """The tables of a document; kept, since the finders and attribution ask for them one after the other."""
    for tables in _LATEST:
        if tables.page.document is document and tables.weights is weights and tables.page.names == names:
            return tables
    _LATEST.append(Tables(document, names, weights))
    return _LATEST[-1]


def read(ways: Sequence[Grid], weights: WeightSet, said: Spoken) -> Reading:
    """The reading of a table in the likelier of the ways in which it can be looked at."""
    signs = [Signs(grid, said) for grid in ways]
    way = 0 if len(ways) == 1 else LABELS[WAY].index(weights[WAY].label(signs[0].way_signs(signs[1]))[0])
    return Reading(signs[way], weights)


def allowed_owners(kinds: Sequence[str]) -> list[str]:
    """Whose the figures of a table can be: nobody's of its rows where no line names such."""
    naming = {"party": ("party", "alliance"), "person": ("person",), "place": ("place",)}
    return [one for one in LABELS[OWNER] if one not in naming or any(kind in kinds for kind in naming[one])]

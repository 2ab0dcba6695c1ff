"""What the tables and infoboxes of a document say: the kinds of their lines and rows, decided together for each table."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import count, repeat
from typing import NamedTuple

from extract.recognise.figures.grid import Grid, NameAt, Page
from extract.recognise.figures.lines import FIGURES, KIND, LABELS, OWNER, PERCENTAGES, ROW, WAY, Signs
from extract.recognise.figures.tape import spoken
from extract.sources.document import Block, Document
from extract.weigh import Weights, WeightSet

BEAM = 4
_SHARES = frozenset({"vote", "turnout", "other", "votes"})
_SPOKEN_OF = ("seat", "vote", "election", "house", "money")


@dataclass(frozen=True)
class Reading:
    """How a table was read: of each line the kind, that of second numbers in its cells, and whose they are; what each row is.

    `sums`: what the signs of each line weighed for each kind.
    """

    signs: Signs
    kinds: Sequence[str]
    seconds: Sequence[str]
    owners: Sequence[str]
    rows: Mapping[int, str]
    sums: Sequence[Mapping[str, float]]

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
        return self.kinds[line] if self.kinds[line] in among else max(among, key=lambda kind: self.sums[line].get(kind, 0.0))


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
        return self.reading.rows.get(self.row, "plain")


class Tables:
    """The tables and infoboxes of a document, as they are read."""

    def __init__(self, document: Document, names: Sequence[NameAt], weights: WeightSet) -> None:
        self.page, self.weights = Page(document, names), weights

    @cached_property
    def all(self) -> list[Reading]:
        """All of them, in order."""
        said = spoken_signs(self.page.text)
        return [read(ways, self.weights, said) for ways in self.page.grids()]

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


def spoken_signs(text: str) -> list[str]:
    """The signs of what a document speaks of."""
    return spoken(text).signs(_SPOKEN_OF)


def read(ways: Sequence[Grid], weights: WeightSet, said: Sequence[str]) -> Reading:
    """The reading of a table: first which way it runs, then its lines together, then whose their figures are, and its rows."""
    signs = [Signs(grid, said) for grid in ways]
    way = 0 if len(ways) == 1 else LABELS[WAY].index(weights[WAY].label(signs[0].way_signs(signs[1]))[0])
    of = signs[way]
    grid = of.grid
    fixed = [weights[KIND].sums(of.line_signs(number)) for number in range(len(grid.lines))]
    kinds = _kinds(of, fixed, weights[KIND])
    sums = [dict(zip(weights[KIND].labels, one, strict=True)) for one in fixed]
    seconds = [_second(of, number, kinds, sums[number], weights[KIND]) for number in range(len(grid.lines))]
    allowed = allowed_owners(kinds)
    owners = [weights[OWNER].label(of.owner_signs(*line), allowed)[0] for line in zip(count(), repeat(kinds), seconds)]
    rows = {row: weights[ROW].label(of.row_signs(row, place, kinds))[0] for place, row in enumerate(grid.rows)}
    return Reading(of, kinds, seconds, owners, rows, sums)


def _second(signs: Signs, number: int, kinds: Sequence[str], sums: Mapping[str, float], weights: Weights) -> str:
    """The kind of the second numbers of a line; where it has none, what a percentage in it would measure."""
    if signs.grid.lines[number].shape == "pair":
        return weights.label([*signs.line_signs(number, True), *signs.signs_after(number, kinds[: number + 1])])[0]
    return "" if kinds[number] in FIGURES else max(PERCENTAGES, key=lambda kind: sums[kind])


def allowed_owners(kinds: Sequence[str]) -> list[str]:
    """Whose the figures of a table can be: nobody's of its rows where no line names such."""
    naming = {"party": ("party", "alliance"), "person": ("person",), "place": ("place",)}
    return [one for one in LABELS[OWNER] if one not in naming or any(kind in kinds for kind in naming[one])]


def _kinds(signs: Signs, fixed: Sequence[Sequence[float]], weights: Weights) -> list[str]:
    """The likeliest kinds of all lines together, from left to right (beam search)."""
    paths: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for number, own in enumerate(fixed):
        longer = []
        for score, before in paths:
            after = weights.sums(signs.signs_after(number, before))
            sums = [one + other for one, other in zip(own, after, strict=True)]
            whole = _log_of_sum(sums)
            longer += [(score + one - whole, (*before, kind)) for kind, one in zip(weights.labels, sums, strict=True)]
        paths = nlargest(BEAM, longer)
    return list(paths[0][1])


def _log_of_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(math.fsum(math.exp(value - top) for value in values))

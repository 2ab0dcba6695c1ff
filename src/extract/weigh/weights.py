"""The weights of one question, and what they make of signs."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Signs = Iterable[str]
"""The signs of a candidate; one that comes twice counts twice."""


class Told(NamedTuple):
    """A sign and what it weighed."""

    sign: str
    weight: float


@dataclass(frozen=True)
class Weights:
    """What each sign of a question weighs.

    With `labels`, the question is which of them something is: a row of `table` has a weight for each label. Without, the
    candidates differ from case to case: a row has one weight, and each candidate brings its own signs. A sign that is not in the
    table weighs nothing.
    """

    question: str
    labels: tuple[str, ...]
    table: Mapping[str, Sequence[float]]

    @cached_property
    def _single(self) -> Mapping[str, float]:
        """The one weight of each sign, of a question without labels."""
        return {sign: row[0] for sign, row in self.table.items()}

    def sum(self, signs: Signs) -> float:
        """How much the signs of one candidate weigh together."""
        return sum(filter(None, map(self._single.get, signs)))

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each sign in `matrix`."""
        return {sign: row for row, sign in enumerate(self.table)}

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """The table with a column for each label."""
        return np.array([*self.table.values()], dtype=float).reshape(len(self.table), len(self.labels))

    def sums(self, signs: Signs) -> dict[str, float]:
        """How much the signs weigh for each label."""
        rows = self.rows
        known = self.matrix[[rows[sign] for sign in signs if sign in rows]]
        return dict(zip(self.labels, known.sum(axis=0).tolist(), strict=True))

    def label(self, signs: Signs, never: Container[str] = ()) -> str:
        """The label with the greatest sum, of equals the first; `never`: the labels that cannot be."""
        sums = {label: value for label, value in self.sums(signs).items() if label not in never}
        return max(sums, key=sums.__getitem__)

    def told(self, signs: Signs, label: str | None = None, most: int = 5) -> list[Told]:
        """The signs that weighed most for a candidate, or for a label, heaviest first."""
        column = self.labels.index(label) if label is not None else 0
        weighed = {sign: self.table[sign][column] for sign in signs if sign in self.table}
        ranked = sorted(weighed.items(), key=lambda item: (-abs(item[1]), item[0]))
        return [Told(*told) for told in ranked[:most] if told[1]]


def softmax(sums: Sequence[float]) -> list[float]:
    """The probabilities that go with sums of weights."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    whole = math.fsum(powers)
    return [power / whole for power in powers]

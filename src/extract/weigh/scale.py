"""Weighing many candidates at once, where the same groups of signs come again and again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from extract.weigh.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_MOST_KEPT = 200_000


class Scale:
    """The weights of a question with labels; the sum of each group of signs is kept, so that it is made once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._forget()

    def _forget(self) -> None:
        self._place: dict[tuple[str, ...], int] = {(): 0}
        self._sums: list[tuple[float, ...]] = [(0.0,) * len(self.weights.labels)]
        self._table: Numbers = np.array(self._sums)

    def __reduce__(self) -> tuple[type[Scale], tuple[Weights]]:
        return Scale, (self.weights,)

    def probabilities(self, candidates: Sequence[Sequence[tuple[str, ...]]]) -> Numbers:
        """For each candidate (its signs in groups) the probability of each label: as many rows as candidates."""
        if not candidates:
            return np.zeros((0, len(self.weights.labels)))
        if len(self._sums) > _MOST_KEPT:
            self._forget()
        starts: list[int] = []
        places: list[int] = []
        for groups in candidates:
            starts.append(len(places))
            places += [self._place_of(group) for group in groups] or [0]
        if len(self._table) < len(self._sums):
            self._table = np.array(self._sums)
        sums = np.add.reduceat(self._table[places], starts, axis=0)
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]

    def _place_of(self, group: tuple[str, ...]) -> int:
        place = self._place.get(group)
        if place is None:
            place = self._place[group] = len(self._sums)
            self._sums.append(self.weights.sums(group))
        return place

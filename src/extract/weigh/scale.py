"""Weighing many candidates at once, where the same groups of signs come again and again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from extract.weigh.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_MOST_KEPT = 200_000
_ROOM = 4096


class Scale:
    """The weights of a question with labels; the sum of each group of signs is kept, so that it is made once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._forget()

    def _forget(self) -> None:
        self._place: dict[tuple[str, ...], int] = {(): 0}
        self._table: Numbers = np.zeros((_ROOM, len(self.weights.labels)))

    def __reduce__(self) -> tuple[type[Scale], tuple[Weights]]:
        return Scale, (self.weights,)

    def probabilities(self, candidates: Sequence[Sequence[tuple[str, ...]]]) -> Numbers:
        """For each candidate (its signs in groups) the probability of each label: as many rows as candidates."""
        if not candidates:
            return np.zeros((0, len(self.weights.labels)))
        if len(self._place) > _MOST_KEPT:
            self._forget()
        of_none = ((),)
        groups = list(chain.from_iterable(one or of_none for one in candidates))
        lengths = [len(one) or 1 for one in candidates]
        self._weigh(set(groups).difference(self._place))
        places = np.fromiter(map(self._place.__getitem__, groups), dtype=np.intp, count=len(groups))
        starts = np.cumsum([0, *lengths[:-1]])
        sums = np.add.reduceat(self._table[places], starts, axis=0)
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]

    def _weigh(self, groups: set[tuple[str, ...]]) -> None:
        """Sums up groups that were not seen before; the table doubles, so that its growth costs no more than what it holds."""
        if not groups:
            return
        first = len(self._place)
        if first + len(groups) > len(self._table):
            room = np.zeros((2 * (first + len(groups)), len(self.weights.labels)))
            room[:first] = self._table[:first]
            self._table = room
        self._table[first : first + len(groups)] = [self.weights.sums(group) for group in groups]
        self._place.update(zip(groups, range(first, first + len(groups)), strict=True))

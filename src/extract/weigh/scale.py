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


class _Places(dict[tuple[str, ...], int]):
    """The row of each group of signs; what is not there yet gets one, and waits in `fresh` for being weighed."""

    def __init__(self) -> None:
        super().__init__({(): 0})
        self.fresh: list[tuple[str, ...]] = []

    def __missing__(self, group: tuple[str, ...]) -> int:
        self.fresh.append(group)
        place = self[group] = len(self)
        return place


class Scale:
    """The weights of a question with labels; the sum of each group of signs is kept, so that it is made once."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._forget()

    def _forget(self) -> None:
        self._places = _Places()
        self._table: Numbers = np.zeros((_ROOM, len(self.weights.labels)))

    def __reduce__(self) -> tuple[type[Scale], tuple[Weights]]:
        return Scale, (self.weights,)

    def probabilities(self, candidates: Sequence[Sequence[tuple[str, ...]]]) -> Numbers:
        """For each candidate (its signs in groups) the probability of each label: as many rows as candidates."""
        if not candidates:
            return np.zeros((0, len(self.weights.labels)))
        if len(self._places) > _MOST_KEPT:
            self._forget()
        of_none = ((),)
        groups = chain.from_iterable(one or of_none for one in candidates)
        places = list(map(self._places.__getitem__, groups))
        self._weigh_fresh()
        starts = np.cumsum([0, *(len(one) or 1 for one in candidates[:-1])])
        sums = np.add.reduceat(self._table[places], starts, axis=0)
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]

    def _weigh_fresh(self) -> None:
        """Sums up the groups that are new; the table doubles, so that its growth costs no more than what it holds."""
        fresh, last = self._places.fresh, len(self._places)
        if not fresh:
            return
        first = last - len(fresh)
        if last > len(self._table):
            room = np.zeros((2 * last, len(self.weights.labels)))
            room[:first] = self._table[:first]
            self._table = room
        self._table[first:last] = [self.weights.sums(group) for group in fresh]
        fresh.clear()

"""Weighing many candidates at once, where the same groups of signs come again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.weigh.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Group = tuple[str, ...]

_ROOM = 4096


class Groups(dict[Group, int]):
    """The groups of signs that have been met, and the number of each, from 0 in the order of coming; what is new gets one."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Group] = []

    def __missing__(self, group: Group) -> int:
        number = self[group] = len(self)
        self.all.append(group)
        return number

    def __reduce__(self) -> tuple[type[Groups], tuple[()]]:
        return Groups, ()


class Table(dict[Any, int]):
    """The numbers of groups by what they are made of; what is new is made."""

    def __init__(self, groups: Groups, make: Callable[[Any], Group]) -> None:
        super().__init__()
        self.groups, self.make = groups, make

    def __missing__(self, of: Hashable) -> int:
        number = self[of] = self.groups[self.make(of)]
        return number


class Scale:
    """The weights of a question with labels; the sum of each group of signs is kept, so that it is made once."""

    def __init__(self, weights: Weights, groups: Groups) -> None:
        self.weights = weights
        self.groups = groups
        self._table: Numbers = np.zeros((_ROOM, len(weights.labels)))
        self._known: NDArray[np.bool_] = np.zeros(_ROOM, dtype=bool)

    def __reduce__(self) -> tuple[type[Scale], tuple[Weights, Groups]]:
        return Scale, (self.weights, self.groups)

    def probabilities(self, candidates: Sequence[Sequence[int]]) -> Numbers:
        """For each candidate (the numbers of its groups, one at least) the probability of each label, in a row."""
        if not candidates:
            return np.zeros((0, len(self.weights.labels)))
        lengths = list(map(len, candidates))
        flat = np.fromiter(chain.from_iterable(candidates), dtype=np.intp, count=sum(lengths))
        self._weigh_fresh(flat)
        starts = np.cumsum([0, *lengths[:-1]])
        sums = np.add.reduceat(self._table[flat], starts, axis=0)
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]

    def _weigh_fresh(self, flat: NDArray[np.intp]) -> None:
        """Sums up the groups that are new; the table doubles, so that its growth costs no more than what it holds."""
        if (last := len(self.groups)) > len(self._known):
            self._table = np.concatenate([self._table, np.zeros((2 * last - len(self._table), self._table.shape[1]))])
            self._known = np.concatenate([self._known, np.zeros(2 * last - len(self._known), dtype=bool)])
        fresh = sorted({*flat[~self._known[flat]].tolist()})
        if fresh:
            rows, groups = self.weights.rows, self.groups.all
            known = [(at, rows[sign]) for at in fresh for sign in groups[at] if sign in rows]
            if known:
                at, row = np.array(known).T
                np.add.at(self._table, at, self.weights.matrix[row])
            self._known[fresh] = True

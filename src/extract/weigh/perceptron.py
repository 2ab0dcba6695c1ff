"""A question whose signs say different things in different company, and what it makes of them."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.weigh.weights import ByEnd, Signs, Told, heaviest, whole

if TYPE_CHECKING:
    from numpy.typing import NDArray


STEP = 0.04
"""Rows are whole numbers of this."""


@dataclass(frozen=True, eq=False)
class Perceptron:
    """A perceptron with one hidden layer over signs (Rumelhart, Hinton and Williams, 1986).

    A sign has a row of numbers, one for each hidden unit. The rows of a candidate's signs and the first row, which all have, are
    added up; what is above zero counts (ReLU), as much as `out` says: an array of units by labels, one column if there are none.
    """

    question: str
    labels: tuple[str, ...]
    signs: tuple[str, ...]
    """In alphabetical order; the row of each is the one after its place."""
    rows: NDArray[Any]
    out: NDArray[Any]

    @cached_property
    def _numbers(self) -> ByEnd:
        return ByEnd(dict(zip(self.signs, range(1, len(self.rows)), strict=True)))

    def _found(self, signs: Signs) -> list[int]:
        """The numbers of the rows of signs."""
        numbers = self._numbers
        return [number for begin, ends in signs for number in map(numbers[begin].get, ends) if number]

    def sums(self, candidates: Iterable[Signs], shared: Signs = ()) -> NDArray[Any]:
        """How much each candidate weighs, for each label; `shared`: signs that all of them have."""
        numbers: list[int] = []
        starts: list[int] = []
        for signs in candidates:
            starts.append(len(numbers))
            numbers.append(0)
            numbers += self._found(signs)
        units = np.add.reduceat(self.rows[numbers], starts)
        if shared:
            units += self.rows[self._found(shared)].sum(axis=0)
        return np.maximum(units, 0, out=units) @ self.out  # type: ignore[no-any-return]

    def label(self, signs: Signs, never: Container[str] = ()) -> str:
        """The label that weighs most, of equals the first; `never`: the labels that cannot be."""
        sums = dict(zip(self.labels, self.sums([signs])[0].tolist(), strict=True))
        return max((label for label in self.labels if label not in never), key=sums.__getitem__)

    def told(self, signs: Signs, label: str | None = None, shared: Signs = (), most: int = 5) -> list[Told]:
        """The signs without which a candidate, or a label, would weigh most otherwise, heaviest first."""
        numbers, column = self._numbers[""], 0 if label is None else self.labels.index(label)
        known = [sign for sign in whole([*signs, *shared]) if sign in numbers]
        rows = self.rows.take([0, *map(numbers.__getitem__, known)], axis=0)
        units = rows.sum(axis=0)
        weighed = (np.maximum(units, 0) - np.maximum(units - rows[1:], 0)) @ self.out[:, column]
        return heaviest(dict(zip(known, weighed.tolist(), strict=True)), most)

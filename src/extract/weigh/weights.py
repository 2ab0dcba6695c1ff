"""The weights of one question, and what they make of signs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Signs = Iterable[tuple[str, Iterable[str]]]
"""The signs of a candidate, those that begin alike together: `("between: ", ["won", "in"])` are two; `""` begins whole ones.

One that comes twice counts twice. What signs begin with is one of few, so that each is looked up by its end alone.
"""


def whole(signs: Signs) -> list[str]:
    """The signs, each in one piece."""
    return [begin + end for begin, ends in signs for end in ends]


class Told(NamedTuple):
    """A sign and what it weighed."""

    sign: str
    weight: float


@dataclass(frozen=True, eq=False)
class Weights:
    """What each sign of a question weighs.

    With `labels`, the question is which of them something is; without, the candidates differ from case to case. A sign has a row
    of numbers, one for each label, or just one; a candidate weighs the sum of its signs' rows and of the first row, which all
    have. A sign that is not in the table weighs nothing. With `out` this is a perceptron with one hidden layer (Rumelhart, Hinton
    and Williams, 1986): a row has a number for each hidden unit, and of the sums what is above zero counts (ReLU), as much as
    `out` says, an array of units by labels.
    """

    question: str
    labels: tuple[str, ...]
    signs: tuple[str, ...]
    """In alphabetical order; the row of each is the one after its place."""
    rows: NDArray[Any]
    out: NDArray[Any] | None = None

    @cached_property
    def numbers(self) -> ByBegin:
        """The numbers of the rows of signs, by how these begin and end."""
        return ByBegin(dict(zip(self.signs, range(1, len(self.rows)), strict=True)))

    def _found(self, signs: Signs) -> list[int]:
        numbers = self.numbers
        return [number for begin, ends in signs for number in map(numbers[begin].get, ends) if number]

    def sums(self, candidates: Iterable[Signs], shared: Signs = ()) -> NDArray[Any]:
        """How much each candidate weighs, for each label; `shared`: signs that all of them have."""
        found: list[int] = []
        starts: list[int] = []
        for signs in candidates:
            starts.append(len(found))
            found.append(0)
            found += self._found(signs)
        sums = np.add.reduceat(self.rows.take(found, axis=0), starts)
        if shared:
            sums += self.rows.take(self._found(shared), axis=0).sum(axis=0)
        return self._weighed(sums)

    def _weighed(self, sums: NDArray[Any]) -> NDArray[Any]:
        return sums if self.out is None else np.maximum(sums, 0) @ self.out

    def label(self, signs: Signs, never: Container[str] = ()) -> str:
        """The label that weighs most, of equals the first; `never`: the labels that cannot be."""
        sums = dict(zip(self.labels, self.sums([signs])[0].tolist(), strict=True))
        return max((label for label in self.labels if label not in never), key=sums.__getitem__)

    def told(self, signs: Signs, label: str | None = None, shared: Signs = (), most: int = 5) -> list[Told]:
        """The signs without which a candidate, or a label, would weigh most otherwise, heaviest first."""
        numbers, column = self.numbers[""], 0 if label is None else self.labels.index(label)
        known = [sign for sign in whole([*signs, *shared]) if sign in numbers]
        rows = self.rows.take([0, *map(numbers.__getitem__, known)], axis=0)
        sums = rows.sum(axis=0)
        weighed = dict(zip(known, (self._weighed(sums) - self._weighed(sums - rows[1:]))[:, column].tolist(), strict=True))
        ranked = sorted(weighed.items(), key=lambda item: (-abs(item[1]), item[0]))
        return [Told(*told) for told in ranked[:most] if told[1]]


class ByBegin(dict[str, Mapping[str, int]]):
    """The numbers of signs that begin alike, by how these end; found when they are first asked for."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        super().__init__()
        self._numbers, self._signs = numbers, sorted(numbers)

    def __missing__(self, begin: str) -> Mapping[str, int]:
        first, last = (bisect_left(self._signs, one) for one in (begin, f"{begin}\U0010ffff"))
        found = self[begin] = {sign[len(begin) :]: self._numbers[sign] for sign in self._signs[first:last]}
        return found


def softmax(sums: Sequence[float]) -> list[float]:
    """The probabilities that go with sums of weights."""
    powers = np.exp(np.subtract(sums, max(sums)))
    return (powers / powers.sum()).tolist()  # type: ignore[no-any-return]

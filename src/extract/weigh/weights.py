"""The weights of one question, and what they make of signs."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

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
    def _by_end(self) -> ByEnd:
        """The rows of signs; of a question without labels their weights."""
        return ByEnd(self.table if self.labels else {sign: row[0] for sign, row in self.table.items()})

    def sum(self, signs: Signs) -> float:
        """How much the signs of one candidate weigh together."""
        return sum(self._found(signs), 0.0)

    def sums(self, signs: Signs) -> dict[str, float]:
        """How much the signs weigh for each label."""
        columns = zip(*self._found(signs), strict=True)
        return dict(zip(self.labels, map(sum, columns), strict=False)) or dict.fromkeys(self.labels, 0.0)

    def _found(self, signs: Signs) -> Iterator[Any]:
        """What `_by_end` has of signs, the rest left out."""
        by_end = self._by_end
        return filter(None, chain.from_iterable([map(by_end[begin].get, ends) for begin, ends in signs]))

    def label(self, signs: Signs, never: Container[str] = ()) -> str:
        """The label with the greatest sum, of equals the first; `never`: the labels that cannot be."""
        return max((label for label in self.labels if label not in never), key=self.sums(signs).__getitem__)

    def told(self, signs: Iterable[str], label: str | None = None, most: int = 5) -> list[Told]:
        """The signs that weighed most for a candidate, or for a label, heaviest first."""
        column = self.labels.index(label) if label is not None else 0
        return heaviest({sign: self.table[sign][column] for sign in signs if sign in self.table}, most)


def heaviest(weighed: Mapping[str, float], most: int) -> list[Told]:
    """The signs that weighed most, heaviest first."""
    ranked = sorted(weighed.items(), key=lambda item: (-abs(item[1]), item[0]))
    return [Told(*told) for told in ranked[:most] if told[1]]


class ByEnd(dict[str, Mapping[str, Any]]):
    """What signs that begin alike have, by how these end; found when they are first asked for."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        super().__init__()
        self._weights, self._signs = weights, sorted(weights)

    def __missing__(self, begin: str) -> Mapping[str, Any]:
        first, last = (bisect_left(self._signs, one) for one in (begin, f"{begin}\U0010ffff"))
        found = self[begin] = {sign[len(begin) :]: self._weights[sign] for sign in self._signs[first:last]}
        return found


def softmax(sums: Sequence[float]) -> list[float]:
    """The probabilities that go with sums of weights."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    whole = math.fsum(powers)
    return [power / whole for power in powers]

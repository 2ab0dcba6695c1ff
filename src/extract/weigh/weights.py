"""The weights of one question, and what they make of signs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

Signs = Iterable[str]
"""The signs of a candidate; one that comes twice counts twice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer that won: its index among the candidates or labels, and the probability of each of them."""

    index: int
    probabilities: tuple[float, ...]

    @property
    def probability(self) -> float:
        """That of the answer itself, from 0 to 1."""
        return self.probabilities[self.index]


@dataclass(frozen=True, slots=True)
class Told:
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
    table: Mapping[str, tuple[float, ...]]

    @cached_property
    def _single(self) -> Mapping[str, float]:
        """The one weight of each sign, of a question without labels."""
        return {sign: row[0] for sign, row in self.table.items()}

    def sum(self, signs: Signs) -> float:
        """How much the signs of one candidate weigh together."""
        return sum(filter(None, map(self._single.get, signs)))

    def sums(self, signs: Signs) -> tuple[float, ...]:
        """How much the signs weigh for each label."""
        rows = list(filter(None, map(self.table.get, signs)))
        if len(rows) == 1:
            return rows[0]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else (0.0,) * len(self.labels)

    def choose(self, candidates: Sequence[Signs]) -> Choice:
        """The candidate with the greatest sum; of equals the first."""
        return _best([self.sum(signs) for signs in candidates])

    def label(self, signs: Signs, allowed: Iterable[str] | None = None) -> tuple[str, Choice]:
        """The label with the greatest sum, of those that are allowed (all, if not said); of equals the first."""
        sums = list(self.sums(signs))
        if allowed is not None:
            among = frozenset(allowed)
            sums = [value if label in among else -math.inf for label, value in zip(self.labels, sums, strict=True)]
        choice = _best(sums)
        return self.labels[choice.index], choice

    def told(self, signs: Signs, label: str | None = None, most: int = 5) -> list[Told]:
        """The signs that weighed most for a candidate, or for a label, heaviest first."""
        column = self.labels.index(label) if label is not None else 0
        weighed = {sign: self.table[sign][column] for sign in signs if sign in self.table}
        ranked = sorted(weighed.items(), key=lambda item: (-abs(item[1]), item[0]))
        return [Told(sign, weight) for sign, weight in ranked[:most] if weight]


def _best(sums: Sequence[float]) -> Choice:
    """The greatest of the sums, and the probabilities of all."""
    return Choice(max(enumerate(sums), key=itemgetter(1))[0], tuple(softmax(sums)))


def softmax(sums: Sequence[float]) -> list[float]:
    """The probabilities that go with sums of weights."""
    top = max(sums)
    powers = [math.exp(value - top) for value in sums]
    whole = math.fsum(powers)
    return [power / whole for power in powers]

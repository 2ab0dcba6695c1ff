"""Sums of groups of signs that come again and again, each weighed once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from extract.weigh.weights import Signs, Weights

Group = tuple[Hashable | None, Signs]
"""Some signs and the key under which their sum is kept; None: they do not come again."""


class Kept:
    """The weights of a question, and the sums of the groups that were weighed."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._sum: dict[Hashable, float] = {}
        self._sums: dict[Hashable, tuple[float, ...]] = {}

    def sum(self, groups: Iterable[Group]) -> float:
        """How much the groups weigh together, of a question without labels. The signs of a known key are not looked at."""
        known, total = self._sum, 0.0
        for key, signs in groups:
            if key is None:
                total += self.weights.sum(signs)
                continue
            value = known.get(key)
            if value is None:
                value = known[key] = self.weights.sum(signs)
            total += value
        return total

    def sums(self, groups: Iterable[Group]) -> tuple[float, ...]:
        """How much the groups weigh together for each label."""
        rows = []
        for key, signs in groups:
            row = self._sums.get(key) if key is not None else None
            if row is None:
                row = self.weights.sums(signs)
                if key is not None:
                    self._sums[key] = row
            rows.append(row)
        return tuple(map(sum, zip(*rows, strict=True)))


def signs_of(groups: Iterable[Group]) -> list[str]:
    """The signs of all groups."""
    return [sign for _, signs in groups for sign in signs]

"""Weighing many candidates at once, where the same groups of signs come again and again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from extract.weigh.weights import Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

Numbers: TypeAlias = "NDArray[np.float64]"
Wholes: TypeAlias = "NDArray[np.intp]"
Flags: TypeAlias = "NDArray[np.bool_]"
Pairs: TypeAlias = "tuple[Sequence[int] | Wholes, Sequence[int] | Wholes] | Wholes"
"""Numbers of candidates, and as many of groups."""
Group = tuple[str, ...]

NOTHING = 0
"""The number of the group without signs."""


class Groups(dict[Group, int]):
    """The groups of signs that have been met, and the number of each in the order of coming; what is new gets one."""

    def __init__(self) -> None:
        super().__init__({(): NOTHING})
        self.all: list[Group] = [()]

    def __missing__(self, group: Group) -> int:
        number = self[group] = len(self)
        self.all.append(group)
        return number

    def __reduce__(self) -> tuple[type[Groups], tuple[()]]:
        return Groups, ()


class Table(dict[Any, int]):
    """The numbers of groups by what they are made of; what is new is made."""

    def __init__(self, groups: Groups, make: Callable[..., Group], *told: Any) -> None:
        """`told`: what `make` is told before what a group is made of."""
        super().__init__()
        self.groups, self.make = groups, partial(make, *told)

    def __missing__(self, of: Hashable) -> int:
        number = self[of] = self.groups[self.make(of)]
        return number

    def all(self, of: Iterable[Hashable], length: int) -> Wholes:
        """The numbers of so many."""
        return np.fromiter(map(self.__getitem__, of), np.intp, length)


class Row:
    """The numbers of groups by two whole numbers that they are made of, the second less than `size`; what is new is made."""

    def __init__(self, groups: Groups, size: int, make: Callable[..., Group], *told: Any) -> None:
        self.groups, self.size, self.make = groups, size, partial(make, *told)
        self._numbers: Wholes = np.full(0, -1, np.intp)

    def all(self, of: Wholes, how: Wholes | Flags | int) -> Wholes:
        """The numbers of many."""
        places = self.size * of + how
        try:
            numbers: Wholes = self._numbers[places]
        except IndexError:
            self._numbers = np.concatenate((self._numbers, np.full(int(places.max()) + 1, -1, np.intp)))
            numbers = self._numbers[places]
        if (numbers < 0).any():
            for place in {*places[numbers < 0].tolist()}:
                self._numbers[place] = self.groups[self.make(*divmod(place, self.size))]
            numbers = self._numbers[places]
        return numbers


def alone(sign: str) -> Group:
    """The group of a sign that comes without others."""
    return (sign,)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The groups of many candidates. A row of `columns` has one group of each candidate.

    Groups that only some have are in `more`, with the number of the candidate in `owners`, where these go up.
    """

    columns: Wholes
    owners: Wholes
    more: Wholes

    @classmethod
    def of(cls, columns: Sequence[Sequence[int] | Wholes], more: Sequence[Pairs] = ()) -> Sheet:
        """The sheet of columns of one length, and of what only some candidates have, in any order."""
        rows = map(_joined, zip(*more, strict=True)) if more else (_joined(()), _joined(()))
        return cls(_joined(columns).reshape(len(columns), -1), *_in_order(*rows))

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    def __getitem__(self, number: int) -> list[int]:
        """The groups of one candidate."""
        first, last = self.owners.searchsorted((number, number + 1))
        return [*self.columns[:, number].tolist(), *self.more[first:last].tolist()]

    def __iter__(self) -> Iterator[list[int]]:
        return map(self.__getitem__, range(len(self)))

    def only(self, kept: Sequence[int] | Wholes) -> Sheet:
        """The sheet of some of the candidates."""
        if len(kept) == len(self):
            return self
        numbers = np.full(len(self), -1)
        numbers[kept] = np.arange(len(kept))
        owners = numbers[self.owners]
        there = owners >= 0
        return Sheet(self.columns[:, kept], owners[there], self.more[there])

    def __add__(self, other: Sheet) -> Sheet:
        """The sheet of the same candidates with the groups of both."""
        pairs = ((self.owners, other.owners), (self.more, other.more))
        return Sheet(np.concatenate((self.columns, other.columns)), *_in_order(*map(np.concatenate, pairs)))


def two_rows(pairs: Collection[tuple[int, int]]) -> Wholes:
    """The first numbers of pairs, and the second."""
    return np.fromiter(chain.from_iterable(pairs), np.intp, 2 * len(pairs)).reshape(-1, 2).T


def are_fresh(numbers: Wholes) -> Flags:
    """Which of numbers that go up are not the same as the one before."""
    fresh = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=fresh[1:])
    return fresh


def within(starts: Wholes, ends: Wholes) -> tuple[Wholes, Wholes]:
    """Each number from each start up to its end, behind the number of that start."""
    count = np.maximum(ends - starts, 0)
    owners = np.arange(len(starts)).repeat(count)
    return owners, starts[owners] + np.arange(len(owners)) - (count.cumsum() - count)[owners]


def _joined(pieces: Iterable[Sequence[int] | Wholes]) -> Wholes:
    return np.concatenate(((), *pieces), dtype=np.intp, casting="unsafe")


def _in_order(owners: Wholes, more: Wholes) -> tuple[Wholes, Wholes]:
    order = owners.argsort(kind="stable")
    return owners[order], more[order]


class Scale:
    """The weights of a question with labels; the sum of each group of signs is kept, so that it is made once."""

    def __init__(self, weights: Weights, groups: Groups) -> None:
        self.weights = weights
        self.groups = groups
        self._sums: Numbers = np.zeros((0, len(weights.labels)))  # with room for what is still to come
        self._known = 0
        self._rows = weights.numbers[""]
        self._matrix = weights.rows.astype(float)

    def __reduce__(self) -> tuple[type[Scale], tuple[Weights, Groups]]:
        return Scale, (self.weights, self.groups)

    def probabilities(self, candidates: Sheet) -> Numbers:
        """For each candidate the probability of each label, in a row."""
        self._weigh_fresh()
        sums = self._sums.take(candidates.columns, axis=0).sum(axis=0)
        owners = candidates.owners
        if len(owners):
            begins = np.flatnonzero(are_fresh(owners))
            sums[owners[begins]] += np.add.reduceat(self._sums.take(candidates.more, axis=0), begins, axis=0)
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]

    def _weigh_fresh(self) -> None:
        """Sums up the groups that are new; the room doubles, so that its growth costs no more than what it holds."""
        first, last = self._known, len(self.groups)
        if first == last:
            return
        if last > len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros((2 * last - len(self._sums), self._sums.shape[1]))])
        rows, groups = self._rows, self.groups.all
        known = [(at, rows[sign]) for at in range(first, last) for sign in groups[at] if sign in rows]
        if known:
            at, row = np.array(known).T
            np.add.at(self._sums, at, self._matrix[row])
        self._known = last

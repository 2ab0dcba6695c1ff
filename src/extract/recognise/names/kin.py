"""What a document says elsewhere, and what stands in a candidate's way: signs for a second look, out of the first answers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.recognise.names.choice import choose
from extract.recognise.names.policy import ANSWERS
from extract.recognise.names.words import Words, fold
from extract.weigh.scale import Group, Groups, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extract.weigh.scale import Numbers

Stretch = tuple[int, int]

_STEPS = (0.15, 0.4, 0.65, 0.85, 0.95)
_LINKS = frozenset({",", "and", "or", "&", "/", "of", "'s", "’s", "in", "by", "-", "–", "the", "("})
_LISTING = frozenset({",", "and", "or", "&", "/"})


class KinSigns:
    """The groups of the second signs that documents have had, each made once for all."""

    def __init__(self, groups: Groups) -> None:
        self.own, self.again, self.rivals, self.beside, self.alone = (
            Table(groups, make) for make in (_own, _again, _rival, _beside, _alone)
        )


def _own(of: tuple[str, int, int, str]) -> Group:
    label, name, none, parties = of
    told = (f"parties {parties}", f"own {label} {name}", f"own none {none}")
    return (*told, f"own {label} parties {parties}") if label in ("PARTY", "ORG") else told


def _again(of: tuple[str, int, int, str]) -> Group:
    label, mean, most, own = of
    told = (f"again {label} {mean}", f"again most {most}")
    return (*told, f"again {label} not {own}") if label != own else told


def _rival(of: tuple[str, str, int, int]) -> Group:
    how, label, name, own = of
    return (f"rival {how} {label} {name}", f"rival {how} {name} own {own}")


def _beside(of: tuple[str, str, str]) -> Group:
    role, link, label = of
    return (f"{role} {link} {label}", f"listed {label}") if link in _LISTING else (f"{role} {link} {label}",)


def _alone(sign: str) -> Group:
    return (sign,)


class Kin:
    """Reads the second signs of the candidates of one document. `likely`: their first answers, a row for each."""

    def __init__(self, words: Words, known: KinSigns, stretches: Sequence[Stretch], likely: Numbers) -> None:
        self.words, self.known, self.stretches = words, known, stretches
        names = 1 - likely[:, 0]
        self.labels = [ANSWERS[label] for label in likely[:, 1:].argmax(axis=1) + 1]
        self.names: list[float] = names.tolist()
        self.steps, self.none_steps = _steps(names), _steps(1 - names)
        self.keys = [fold(self.words.phrase(start, end)) for start, end in self.stretches]
        self._again = self._others(likely, names)
        chosen = choose(self.stretches, self.names)
        self._starting = {self.stretches[number][0]: number for number in chosen}
        self._ending = {self.stretches[number][1]: number for number in chosen}
        self._holder = [-1] * len(self.words)
        self._family, self._given = dict[str, float](), dict[str, float]()
        self._parts, self._initials = dict[str, str](), dict[str, str]()
        for number in chosen:
            self._note(number, *self.stretches[number])
        parties = sum(self.labels[number] == "PARTY" for number in chosen)
        shares = (0.1, 0.25)
        self._parties = f"{['none', 'few', 'some'][sum(parties > limit for limit in (0, 3))]} " + (
            str(sum(parties >= share * len(chosen) for share in shares)) if parties else "no"
        )

    def _note(self, number: int, start: int, end: int) -> None:
        """What a name of the first look says of other names."""
        words, label, name = self.words, self.labels[number], self.names[number]
        self._holder[start:end] = [number] * (end - start)
        parts = self.keys[number].split(" ")
        if label == "PERSON" and len(parts) > 1:
            _keep_most(self._family, parts[-1], name)
            for part in parts[:-1]:
                _keep_most(self._given, part, name)
        elif label != "PERSON":
            for cut in range(1, len(parts)):
                self._parts.setdefault(" ".join(parts[:cut]), f"head {label}")
                self._parts.setdefault(" ".join(parts[cut:]), f"tail {label}")
        if end - start > 1:
            large = "".join(word[0] for word in words.text[start:end] if word[0].isupper()).lower()
            every = "".join(word[0] for word in words.lower[start:end] if word[0].isalpha())
            for initials in (large, every):
                if len(initials) > 1:
                    self._initials.setdefault(initials, label)

    def _others(self, likely: Numbers, names: NDArray[Any]) -> list[tuple[str, int, int, str] | None]:
        """For each candidate whose words come again: their label elsewhere, how likely on average, and at most; its own."""
        numbers: dict[str, int] = {}
        group = np.array([numbers.setdefault(key, len(numbers)) for key in self.keys], dtype=int)
        count = np.bincount(group)
        sums = np.zeros((len(count), likely.shape[1]))
        np.add.at(sums, group, likely)
        mean = (sums[group] - likely) / np.maximum(count[group] - 1, 1)[:, None]
        last = count.cumsum() - 1
        ranked = names[np.lexsort((names, group))]
        most, second = ranked[last][group], ranked[last - 1][group]
        labels, means, mosts = (
            mean[:, 1:].argmax(axis=1) + 1,
            _steps(1 - mean[:, 0]),
            _steps(np.where(names == most, second, most)),
        )
        found: list[tuple[str, int, int, str] | None] = [None] * len(group)
        for number in np.flatnonzero(count[group] > 1).tolist():
            found[number] = ANSWERS[labels[number]], means[number], mosts[number], self.labels[number]
        return found

    def signs(self, number: int) -> Iterator[int]:
        """The groups of the second signs of a candidate."""
        own = self.labels[number], self.steps[number], self.none_steps[number], self._parties
        yield self.known.own[own]
        again = self._again[number]
        yield self.known.again[again] if again else self.known.alone["once"]
        yield from map(self.known.alone.__getitem__, self._elsewhere(number, *self.stretches[number]))
        yield from self._rivals(number, *self.stretches[number])
        yield from self._beside(number, *self.stretches[number])

    def _elsewhere(self, number: int, start: int, end: int) -> Iterator[str]:
        """Longer names that the words are a part of, and persons of that family."""
        key = self.keys[number]
        if key in self._parts:
            yield f"part {self._parts[key]}"
        if end - start == 1:
            for role, known in (("family", self._family), ("given", self._given)):
                if key in known:
                    yield f"{role} {bisect_left(_STEPS, known[key])}"
            if self.words.text[start].isupper() and (long := self._initials.get(key.replace(".", ""))):
                yield f"initials {long}"
        elif fold(self.words.text[end - 1]) in self._family:
            yield "ends family"

    def _rivals(self, number: int, start: int, end: int) -> Iterator[int]:
        """The names of the first look that overlap it."""
        held = {*self._holder[start:end]} - {-1}
        if number in held:
            held.remove(number)
            yield self.known.alone["chosen"]
        elif not held:
            yield self.known.alone["free"]
        for rival in sorted(held):
            first, last = self.stretches[rival]
            how = "in" if first <= start and end <= last else "over" if start <= first and last <= end else "cross"
            yield self.known.rivals[how, self.labels[rival], self.steps[rival], self.steps[number]]

    def _beside(self, number: int, start: int, end: int) -> Iterator[int]:
        """The names beside it, and how they are joined."""
        words = self.words
        if words.before(start):
            yield from self._at(self._ending, start, "left", number)
            yield from self._linked(words.lower[start - 1], self._ending, self._left_of(start), "behind", start)
        if words.after(end):
            yield from self._at(self._starting, end, "right", number)
            yield from self._linked(words.lower[end], self._starting, self._right_of(end), "then", start)

    def _at(self, table: dict[int, int], place: int, side: str, number: int) -> Iterator[int]:
        other = table.get(place)
        if other is not None and other != number:
            yield self.known.alone[f"{side} {self.labels[other]}"]

    def _linked(self, link: str, table: dict[int, int], place: int, role: str, start: int) -> Iterator[int]:
        other = table.get(place)
        if other is not None and link in _LINKS:
            acronym = " acronym" if link == "(" and self.words.text[start].isupper() else ""
            yield self.known.beside[role, link, self.labels[other] + acronym]

    def _left_of(self, start: int) -> int:
        """Where a name ends that a small word or two join to one that begins at a word."""
        before = (self.words.lower[start - 1], self.words.before(start - 1))
        return start - 2 if before in (("and", ","), ("or", ","), ("the", "of"), ("the", "and"), ("the", ",")) else start - 1

    def _right_of(self, end: int) -> int:
        at = end + 1
        at += self.words.lower[end] == "," and self.words.after(at) in ("and", "or")
        return at + (self.words.after(at) == "the")


def _steps(probabilities: Any) -> Any:
    """Probabilities as one of a few steps each, 0 to 5."""
    return np.searchsorted(_STEPS, probabilities).tolist()


def _keep_most(table: dict[str, float], key: str, value: float) -> None:
    table[key] = max(table.get(key, 0.0), value)

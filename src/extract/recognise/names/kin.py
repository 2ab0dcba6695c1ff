"""What a document says elsewhere, and what stands in a candidate's way: signs for a second look, out of the first answers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from extract.recognise.names.choice import choose, overlapping
from extract.recognise.names.policy import likeliest
from extract.recognise.names.words import Stretch, Words, fold
from extract.weigh.scale import NOTHING, Group, Numbers, Sheet

if TYPE_CHECKING:
    from extract.recognise.names.signs import Vocabulary

_STEPS = np.array((0.15, 0.4, 0.65, 0.85, 0.95))
_LINKS = frozenset({",", "and", "or", "&", "/", "of", "'s", "’s", "in", "by", "-", "–", "the", "("})
_LISTING = frozenset({",", "and", "or", "&", "/"})


def own(of: tuple[str, int, int, str]) -> Group:
    label, name, none, parties = of
    told = (f"parties {parties}", f"own {label} {name}", f"own none {none}")
    return (*told, f"own {label} parties {parties}") if label in ("PARTY", "ORG") else told


def again(of: tuple[str, int, int, str]) -> Group:
    label, mean, most, own = of
    told = (f"again {label} {mean}", f"again most {most}")
    return (*told, f"again {label} not {own}") if label != own else told


def rival(of: tuple[str, str, int, int]) -> Group:
    how, label, name, own = of
    return (f"rival {how} {label} {name}", f"rival {how} {name} own {own}")


def listed(of: tuple[str, str, str]) -> Group:
    role, link, label = of
    return (f"{role} {link} {label}", f"listed {label}") if link in _LISTING else (f"{role} {link} {label}",)


class Kin:
    """Reads the second signs of the candidates of one document.

    `keys`: their words in one spelling. `likely`: their first answers, a row for each.
    """

    def __init__(
        self, words: Words, known: Vocabulary, stretches: Sequence[Stretch], keys: Sequence[str], likely: Numbers
    ) -> None:
        self.words, self.known, self.stretches, self.keys = words, known, stretches, keys
        names = 1 - likely[:, 0]
        self.labels = likeliest(likely)
        self.names: list[float] = names.tolist()
        self.steps, self.none_steps = _steps(names), _steps(1 - names)
        self._again = self._others(likely, names)
        self._chosen = choose(self.stretches, self.names)
        self._family, self._given = dict[str, float](), dict[str, float]()
        self._parts, self._initials = dict[str, str](), dict[str, str]()
        noted = dict[tuple[str, ...], float]()
        for number in self._chosen:
            start, end = self.stretches[number]
            if end - start > 1 or " " in self.keys[number]:
                name = self.labels[number], self.keys[number], *words.text[start:end]
                if self.names[number] > noted.get(name, 0.0):
                    noted[name] = self.names[number]
                    self._note(number, start, end)
        parties = sum(self.labels[number] == "PARTY" for number in self._chosen)
        share = sum(parties >= share * len(self._chosen) for share in (0.1, 0.25)) if parties else "no"
        self._parties = f"{('none', 'few', 'some')[(parties > 0) + (parties > 3)]} {share}"

    def _note(self, number: int, start: int, end: int) -> None:
        """What a name of the first look that has several words says of other names."""
        label, name = self.labels[number], self.names[number]
        parts = self.keys[number].split(" ")
        if label == "PERSON" and len(parts) > 1:
            for table, part in ((self._family, parts[-1]), *((self._given, part) for part in parts[:-1])):
                table[part] = max(table.get(part, 0.0), name)
        elif label != "PERSON":
            for cut in range(1, len(parts)):
                self._parts.setdefault(" ".join(parts[:cut]), f"part head {label}")
                self._parts.setdefault(" ".join(parts[cut:]), f"part tail {label}")
        for initials in _initials(tuple(self.words.text[start:end])):
            self._initials.setdefault(initials, f"initials {label}")

    def _others(self, likely: Numbers, names: Numbers) -> dict[int, tuple[str, int, int, str]]:
        """Of each candidate whose words come again: their label elsewhere, how likely on average, and at most; its own."""
        numbers: dict[str, int] = {}
        group = np.array([numbers.setdefault(key, len(numbers)) for key in self.keys], dtype=int)
        if len(numbers) == len(group):
            return {}
        count = np.bincount(group)
        several = np.flatnonzero(count[group] > 1)
        likely, names, group = likely[several], names[several], group[several]
        sums = np.zeros((len(count), likely.shape[1]))
        np.add.at(sums, group, likely)
        mean = (sums[group] - likely) / (count[group] - 1)[:, None]
        ranked = names[np.lexsort((names, group))]
        last = np.bincount(group, minlength=len(count)).cumsum()[group] - 1
        most, second = ranked[last], ranked[last - 1]
        told = likeliest(mean), _steps(1 - mean[:, 0]), _steps(np.where(names == most, second, most))
        at = several.tolist()
        return dict(zip(at, zip(*told, map(self.labels.__getitem__, at), strict=True), strict=True))

    def sheet(self) -> Sheet:
        """The groups of the second signs."""
        known, again = self.known, self._again
        own = zip(self.labels, self.steps, self.none_steps, repeat(self._parties))
        once = known.alone["once"]
        rivals, more = self._rivals()
        columns = (
            [*map(known.own.__getitem__, own)],
            [known.again[again[number]] if number in again else once for number in range(len(self.stretches))],
            rivals,
        )
        return Sheet.of(len(self.stretches), columns, [*more, *self._elsewhere(), *self._beside()])

    def _elsewhere(self) -> Iterator[tuple[int, int]]:
        """Longer names that the words are a part of, and persons of that family."""
        alone, text, parts = self.known.alone, self.words.text, self._parts
        yield from ((number, alone[parts[key]]) for number, key in enumerate(self.keys) if key in parts)
        for number, (start, end) in enumerate(self.stretches):
            if end - start > 1:
                if fold(text[end - 1]) in self._family:
                    yield number, alone["ends family"]
                continue
            key = self.keys[number]
            for role, known in (("family", self._family), ("given", self._given)):
                if key in known:
                    yield number, alone[f"{role} {bisect_left(_STEPS, known[key])}"]
            if text[start].isupper() and (long := self._initials.get(key.replace(".", ""))):
                yield number, alone[long]

    def _rivals(self) -> tuple[list[int], list[tuple[int, int]]]:
        """Whether a candidate is a name of the first look, or overlaps none; the names that overlap another."""
        chosen, free = self.known.alone["chosen"], self.known.alone["free"]
        column, more = [NOTHING] * len(self.stretches), list[tuple[int, int]]()
        names = [self.stretches[number] for number in self._chosen]
        for number in self._chosen:
            column[number] = chosen
        for number, (start, end) in enumerate(self.stretches):
            if column[number] == chosen:
                continue
            rivals = self._chosen[overlapping(names, start, end)]
            if not rivals:
                column[number] = free
            for rival in rivals:
                first, last = self.stretches[rival]
                how = "in" if first <= start and end <= last else "over" if start <= first and last <= end else "cross"
                more.append((number, self.known.rivals[how, self.labels[rival], self.steps[rival], self.steps[number]]))
        return column, more

    def _beside(self) -> Iterator[tuple[int, int]]:
        """The names beside a candidate, and how they are joined."""
        first, lower, labels, alone = self.words.first, self.words.lower, self.labels, self.known.alone
        starting, ending = ({self.stretches[number][side]: number for number in self._chosen} for side in (0, 1))
        for number, (start, end) in enumerate(self.stretches):
            if not first[start]:
                if start in ending:
                    yield number, alone[f"left {labels[ending[start]]}"]
                if lower[start - 1] in _LINKS and (other := ending.get(self._left_of(start))) is not None:
                    yield number, self._linked("behind", lower[start - 1], other, start)
            if not first[end]:
                if end in starting:
                    yield number, alone[f"right {labels[starting[end]]}"]
                if lower[end] in _LINKS and (other := starting.get(self._right_of(end))) is not None:
                    yield number, self._linked("then", lower[end], other, start)

    def _linked(self, role: str, link: str, other: int, start: int) -> int:
        acronym = " acronym" if link == "(" and self.words.text[start].isupper() else ""
        return self.known.listed[role, link, self.labels[other] + acronym]

    def _left_of(self, start: int) -> int:
        """Where a name ends that a small word or two join to one that begins at a word."""
        before = (self.words.lower[start - 1], self.words.before(start - 1))
        return start - 2 if before in (("and", ","), ("or", ","), ("the", "of"), ("the", "and"), ("the", ",")) else start - 1

    def _right_of(self, end: int) -> int:
        at = end + 1
        at += self.words.lower[end] == "," and self.words.after(at) in ("and", "or")
        return at + (self.words.after(at) == "the")


@lru_cache(maxsize=65536)
def _initials(words: Sequence[str]) -> Sequence[str]:
    """The initials of capitalised words, and of all, in lower case; if they are more than one letter."""
    large = "".join(word[0] for word in words if word[0].isupper()).lower()
    every = "".join(word.lower()[0] for word in words if word[0].isalpha())
    return [initials for initials in (large, every) if len(initials) > 1]


def _steps(probabilities: Any) -> Any:
    """Probabilities as one of a few steps each, 0 to 5."""
    return _STEPS.searchsorted(probabilities).tolist()

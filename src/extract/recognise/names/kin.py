"""What a document says elsewhere, and what stands in a candidate's way: signs for a second look, out of the first answers."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from extract.recognise.names.choice import choose
from extract.recognise.names.policy import ANSWERS
from extract.recognise.names.words import Words, fold

if TYPE_CHECKING:
    from extract.weigh.scale import Numbers

Stretch = tuple[int, int]

_STEPS = (0.15, 0.4, 0.65, 0.85, 0.95)
_LINKS = frozenset({",", "and", "or", "&", "/", "of", "'s", "’s", "in", "by", "-", "–", "the"})
_LISTING = frozenset({",", "and", "or", "&", "/"})


class Answer(NamedTuple):
    """The likeliest label of a candidate, and the probability that it is a name."""

    label: str
    name: float


class Kin:
    """Reads the second signs of the candidates of one document. `likely`: their first answers, a row for each."""

    def __init__(self, words: Words, stretches: Sequence[Stretch], likely: Numbers) -> None:
        self.words, self.stretches, self.likely = words, stretches, likely
        best = likely[:, 1:].argmax(axis=1) + 1
        self.answers = [Answer(ANSWERS[label], 1 - none) for label, none in zip(best, likely[:, 0].tolist(), strict=True)]
        self.keys = [fold(self.words.phrase(start, end)) for start, end in self.stretches]
        self._elsewhere_is = self._others()
        chosen = choose(self.stretches, [answer.name for answer in self.answers])
        self._starting = {self.stretches[number][0]: number for number in chosen}
        self._ending = {self.stretches[number][1]: number for number in chosen}
        self._holder = [-1] * len(self.words)
        self._family, self._given = dict[str, float](), dict[str, float]()
        self._parts, self._initials = dict[str, str](), dict[str, str]()
        for number in chosen:
            self._note(number, *self.stretches[number])
        parties = sum(self.answers[number].label == "PARTY" for number in chosen)
        shares = (0.1, 0.25)
        self._parties = f"{['none', 'few', 'some'][sum(parties > limit for limit in (0, 3))]} " + (
            str(sum(parties >= share * len(chosen) for share in shares)) if parties else "no"
        )

    def _note(self, number: int, start: int, end: int) -> None:
        """What a name of the first look says of other names."""
        words, answer = self.words, self.answers[number]
        self._holder[start:end] = [number] * (end - start)
        parts = self.keys[number].split(" ")
        if answer.label == "PERSON" and len(parts) > 1:
            _keep_most(self._family, parts[-1], answer.name)
            for part in parts[:-1]:
                _keep_most(self._given, part, answer.name)
        elif answer.label != "PERSON":
            for cut in range(1, len(parts)):
                self._parts.setdefault(" ".join(parts[:cut]), f"head {answer.label}")
                self._parts.setdefault(" ".join(parts[cut:]), f"tail {answer.label}")
        large = "".join(word[0] for word in words.text[start:end] if word[0].isupper()).lower()
        every = "".join(word[0] for word in words.lower[start:end] if word[0].isalpha())
        for initials in (large, every):
            if len(initials) > 1:
                self._initials.setdefault(initials, answer.label)

    def _others(self) -> list[tuple[str, float, float] | None]:
        """For each candidate whose words come again: the label they have elsewhere, how likely on average, and at most."""
        numbers: dict[str, int] = {}
        group = np.array([numbers.setdefault(key, len(numbers)) for key in self.keys], dtype=int)
        count = np.bincount(group, minlength=1)
        sums = np.zeros((len(count), self.likely.shape[1]))
        np.add.at(sums, group, self.likely)
        others = np.maximum(count[group] - 1, 1)[:, None]
        mean = (sums[group] - self.likely) / others
        most: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for answer, number in zip(self.answers, group.tolist(), strict=True):
            most[number] = sorted([*most[number], answer.name])[1:]
        return [
            (ANSWERS[label], 1 - none, most[number][0] if most[number][1] == answer.name else most[number][1])
            if times > 1
            else None
            for label, none, number, answer, times in zip(
                mean[:, 1:].argmax(axis=1) + 1,
                mean[:, 0].tolist(),
                group.tolist(),
                self.answers,
                count[group].tolist(),
                strict=True,
            )
        ]

    def signs(self, number: int) -> Iterator[str]:
        """The second signs of a candidate."""
        yield f"parties {self._parties}"
        yield from self._own(number)
        yield from self._elsewhere(number)
        yield from self._rivals(number)
        yield from self._beside(*self.stretches[number], number)

    def _own(self, number: int) -> Iterator[str]:
        label, name = self.answers[number]
        yield f"own {label} {_step(name)}"
        yield f"own none {_step(1 - name)}"
        if label in ("PARTY", "ORG"):
            yield f"own {label} parties {self._parties}"

    def _elsewhere(self, number: int) -> Iterator[str]:
        """The same words, and longer names that they are a part of."""
        key, (start, end) = self.keys[number], self.stretches[number]
        again = self._elsewhere_is[number]
        if again is None:
            yield "once"
        else:
            label, mean, most = again
            yield f"again {label} {_step(mean)}"
            yield f"again most {_step(most)}"
            if label != self.answers[number].label:
                yield f"again {label} not {self.answers[number].label}"
        if key in self._parts:
            yield f"part {self._parts[key]}"
        if end - start == 1:
            for role, known in (("family", self._family), ("given", self._given)):
                if key in known:
                    yield f"{role} {_step(known[key])}"
            if self.words.text[start].isupper() and (long := self._initials.get(key.replace(".", ""))):
                yield f"initials {long}"
        elif fold(self.words.text[end - 1]) in self._family:
            yield "ends family"

    def _rivals(self, number: int) -> Iterator[str]:
        """The names of the first look that overlap it."""
        start, end = self.stretches[number]
        held = set(self._holder[start:end]) - {-1}
        if number in held:
            yield "chosen"
        elif not held:
            yield "free"
        for rival in sorted(held - {number}):
            first, last = self.stretches[rival]
            how = "in" if first <= start and end <= last else "over" if start <= first and last <= end else "cross"
            label, name = self.answers[rival]
            yield f"rival {how} {label} {_step(name)}"
            yield f"rival {how} {_step(name)} own {_step(self.answers[number].name)}"

    def _beside(self, start: int, end: int, number: int) -> Iterator[str]:
        """The names beside it, and how they are joined."""
        words = self.words
        if words.before(start):
            yield from self._at(self._ending, start, "left", number)
            yield from self._linked(
                words.lower[start - 1], self._ending, self._left_of(start), "behind", words.text[start].isupper()
            )
        if words.after(end):
            yield from self._at(self._starting, end, "right", number)
            yield from self._linked(words.lower[end], self._starting, self._right_of(end), "then", words.text[start].isupper())

    def _at(self, table: dict[int, int], place: int, side: str, number: int) -> Iterator[str]:
        other = table.get(place)
        if other is not None and other != number:
            yield f"{side} {self.answers[other].label}"

    def _linked(self, link: str, table: dict[int, int], place: int, role: str, acronym: bool) -> Iterator[str]:
        other = table.get(place)
        if other is None or not (link in _LINKS or link == "("):
            return
        label = self.answers[other].label
        yield f"{role} {link} {label}" + (" acronym" if link == "(" and acronym else "")
        if link in _LISTING:
            yield f"listed {label}"

    def _left_of(self, start: int) -> int:
        """Where a name ends that a small word or two join to one that begins at a word."""
        before = (self.words.lower[start - 1], self.words.before(start - 1))
        return start - 2 if before in (("and", ","), ("or", ","), ("the", "of"), ("the", "and"), ("the", ",")) else start - 1

    def _right_of(self, end: int) -> int:
        at = end + 1
        at += self.words.lower[end] == "," and self.words.after(at) in ("and", "or")
        return at + (self.words.after(at) == "the")


def _step(probability: float) -> int:
    return bisect_left(_STEPS, probability)


def _keep_most(table: dict[str, float], key: str, value: float) -> None:
    table[key] = max(table.get(key, 0.0), value)

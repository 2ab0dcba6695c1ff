"""The signs by which a figure's role, measure and owner are known. What each weighs is learned (`extract.weigh`).

Signs of a label are of the figure alone, signs of an owner of a candidate; both look at what was decided of the figures before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extract.normalise.readings import PercentReading
from extract.recognise.figures.tape import class_of, general, signs_around
from extract.resolve.figures.candidates import NOBODY, Candidate, find_candidates
from extract.resolve.figures.prose import Prose
from extract.weigh import Weights
from extract.weigh.weights import Signs, whole

_PRONOUNS = frozenset(["it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "who", "which", "whose"])
_OWNERS = frozenset({"PARTY", "PERSON", "ORG", "GPE", "INDEPENDENT"})
_SHARERS = frozenset(["each", "both", "together", "combined", "jointly", "between", "apiece", "coalition", "respectively",
                      "their", "they", "also", "them", "joint", "all", "alliance", "with"])  # fmt: skip
_CLAUSE = frozenset({",", ";", ":", "and", "while", "but", "with"})
_VERBS = frozenset({"win", "have", "lose", "gain", "fall", "stand"})
_NO_VERBS = frozenset({"at", "up", "more", "plus", "fewer", "less", "minus", "down"})
_LETTERS = re.compile(r"[a-z]+")
_MOST_BETWEEN = 12
"""So many words between a name and a figure are looked at, those nearest to the figure."""


class Decided(NamedTuple):
    """What was decided of a figure: its sentence, label, role or measure, and its owner's key."""

    number: int
    sentence: int
    label: str
    kind: str
    key: tuple[str, ...]


class Figure:
    """A figure of prose, its candidates, and the signs of both."""

    def __init__(self, prose: Prose, number: int) -> None:
        self.prose, self.number = prose, number
        self.mention = prose.mentions[number]
        self.label = self.mention.label
        self.sentence = prose.sentence_at(self.mention.start)
        self.tape, self.place = prose.tapes.around(self.sentence, self.mention.start)
        self.candidates = find_candidates(prose, self.sentence, self.tape, self.place, groups=self.label == "SEATS")
        self._before, self._behind = (general(self.tape.form(self.place + step)) for step in (-1, 1))
        self._pronoun = next(filter(_PRONOUNS.__contains__, self.tape.forms[: self.place]), "none")

    def since(self, decided: Decided) -> list[str]:
        """The words between a figure before, in the same sentence, and this one."""
        return self.tape.classes[self.tape.behind(decided.number, self.place) : self.place]

    # -- role and measure -------------------------------------------------------------------------------------------------

    def label_signs(self, before: Sequence[Decided]) -> Signs:
        """The signs of the role or measure, after what was decided of the figures before."""
        around = *signs_around(self.tape, self.place), *self._signs_around()
        said = self.prose.spoken_of if self.label == "PERCENT" else ()
        return [*self._own_signs(), *around, ("sentence says ", self.tape.words), *said, *self._label_signs_after(before)]

    def _own_signs(self) -> Signs:
        reading = self.mention.reading
        if isinstance(reading, PercentReading):
            yield "reads as ", (f"{reading.unit}{', change' if reading.change else ''}",)
            if reading.amount.low in (3, 4, 5, 7, 10):
                yield "as high as thresholds are", ("",)
        elif reading.signed:
            yield "signed", ("",)
        elif reading.amount.high >= 100:
            yield "a hundred or more", ("",)
        unit = _LETTERS.findall(self.mention.text.lower())
        yield "unit: ", (unit[-1] if unit else "none",)
        behind = next((self.tape.forms[at] for at in self.tape.names if at >= self.place), "none")
        yield "nearest name behind: ", (behind,)

    def _signs_around(self) -> Signs:
        tape, place = self.tape, self.place
        before, behind = ([tape.form(place + order * step) for step in (1, 2)] for order in (-1, 1))
        yield "before 2: ", (before[1],)
        yield "before: ", (f"{before[1]} {before[0]}",)
        yield "behind 2: ", (behind[1],)
        yield "behind: ", (f"{behind[0]} {behind[1]}",)
        yield "around, by class: ", (f"{general(before[0])} _ {general(behind[0])}",)
        words = (tape.forms[at] for at in range(place - 1, -1, -1) if tape.kinds[at] == "word")
        verb = next((word for word in words if class_of(word) in _VERBS and word not in _NO_VERBS), "none")
        yield "verb: ", (verb,)
        yield "verb, by class: ", (class_of(verb),)
        yield "verb and behind, by class: ", (f"{class_of(verb)} _ {general(behind[0])}",)

    def _label_signs_after(self, before: Sequence[Decided]) -> Signs:
        same = next((decided for decided in reversed(before) if decided.label == self.label), None)
        if same is None:
            return
        last = before[-1]
        for name, one in (("figure before", last), (f"last {self.label}", same)):
            yield f"{name}: ", (f"{one.kind}, {'here' if one.sentence == self.sentence else 'earlier'}",)
        if last.sentence == self.sentence:
            yield f"last {self.label}: {same.kind}, since then ", dict.fromkeys(self.since(last)[-_MOST_BETWEEN:])

    # -- owners -----------------------------------------------------------------------------------------------------------

    def owner_signs(self, kind: str, before: Sequence[Decided]) -> list[list[str]]:
        """The signs of each candidate, if the figure has this role or measure, after what was decided before."""
        return [
            [
                *(sign for make, *of in self._lasting(one, kind) for sign in whole(make(*of))),
                *whole([*self._signs_after(one.key, kind, before), *self._signs_here(one)]),
            ]
            for one in self.candidates
        ]

    def owner_sums(self, weights: Weights, kind: str, before: Sequence[Decided]) -> list[float]:
        """What these signs weigh; those that figures or candidates share once for all."""
        known, last = self.prose.known, before[-1].key if before else None
        after = {is_last: weights.sum(self._signs_after(last if is_last else None, kind, before)) for is_last in (False, True)}
        sums = []
        for one in self.candidates:
            total = after[one.key == last]
            for group in self._lasting(one, kind):
                if group not in known:
                    known[group] = weights.sum(group[0](*group[1:]))
                total += known[group]
            sums.append(total + weights.sum(self._signs_here(one)) if one.is_here else total)
        return sums

    def _lasting(self, one: Candidate, kind: str) -> Iterator[tuple[Any, ...]]:
        """What makes the signs that a candidate has for other figures, too, and of what."""
        yield _signs_of_kind, kind, one.label, one.where, one.each
        if one is not NOBODY:
            yield _signs_of_name, self.label, one.label, one.where, one.around
            if not one.is_here:
                yield _signs_elsewhere, one.label, one.where, self._pronoun

    def _signs_here(self, one: Candidate) -> Signs:
        """The signs of what stands between a candidate and the figure, of a group, of nobody."""
        if one is NOBODY:
            yield from self._signs_of_nobody()
        elif one.is_here:
            first, last = (one.last, self.place) if one.where == "left" else (self.place + 1, one.first)
            yield from self._signs_between(one.where, one.label, first, last)
            if len(one.numbers) > 1:
                yield from self._signs_of_group(one)

    def _signs_of_nobody(self) -> Signs:
        yield "nobody, ", (self.label,)
        yield "nobody, before: ", (self._before,)
        yield "nobody, behind: ", (self._behind, f"{self._behind} {general(self.tape.form(self.place + 2))}")
        yield "nobody, sentence says ", self.tape.words

    def _signs_of_group(self, candidate: Candidate) -> Signs:
        how = f"group, {'each' if candidate.each else 'together'}"
        before = [self.tape.form(candidate.first - step) for step in (1, 2, 3)]
        yield f"{how}, before it: ", (before[before[0] == "the"],)
        yield f"{how}, near before it: ", before
        yield f"{how}, sentence says ", (word for word in self.tape.words if word in _SHARERS)
        yield f"{how}, before the figure: ", (self._before,)
        yield f"{how}, behind the figure: ", (self._behind,)
        inner = range(candidate.first + 1, candidate.last - 1)
        joined = [self.tape.forms[at] for at in inner if self.tape.kinds[at] == "word"]
        yield f"{how}, joined by: ", (" ".join(joined[:6]),)

    def _signs_between(self, where: str, label: str, first: int, last: int) -> Signs:
        forms, kinds = self.tape.forms[first:last], self.tape.kinds[first:last]
        clauses = sum(map(_CLAUSE.__contains__, forms))
        yield f"{where}, names ", (f"{min(3, kinds.count('name'))} and figures {min(3, kinds.count('figure'))} between",)
        yield f"{where}, clauses between: ", (f"{min(4, clauses)}",)
        if where == "left":
            first = max(first, last - _MOST_BETWEEN)
        last = min(last, first + _MOST_BETWEEN)
        forms, classes = self.tape.forms[first:last], self.tape.classes[first:last]
        if len(forms) <= 6:
            yield f"{where}, all between: ", (" ".join(forms),)
            yield f"{where} {label}, all between, by class: ", (" ".join(classes),)
        yield f"{where}, between: ", (*dict.fromkeys(forms), *self.tape.pairs[first : max(first, last - 1)])
        yield f"{where} {label}, between: ", [word for word in dict.fromkeys(classes) if word[0] == "<"]
        yield f"{where}, behind the figure: ", (self._behind,)

    def _signs_after(self, key: tuple[str, ...] | None, kind: str, before: Sequence[Decided]) -> Signs:
        """The signs of a candidate that has, or has not, the figure before."""
        if not before:
            return
        last = before[-1]
        if key != last.key:
            yield "not owner of the figure before, ", (f"{last.kind} {kind}",)
        elif last.sentence == self.sentence:
            that, words = "owner of the figure before", self.since(last)
            pair = f"{that}, {last.label} {self.label}"
            yield f"{that}, ", (f"{last.kind} {kind}",)
            yield f"{pair}, names between: ", (f"{min(2, sum(map(_OWNERS.__contains__, words)))}",)
            if len(words) <= 5:
                yield f"{pair}, between: ", (" ".join(words),)
            if words:
                yield f"{that}, first between: ", words[:1]
                yield f"{that}, last between: ", (" ".join(words[-most:]) for most in (1, 2))
            yield f"{that}, between ", dict.fromkeys(words[-_MOST_BETWEEN:])


def _signs_of_kind(kind: str, label: str, where: str, each: bool) -> Signs:
    shape = f"group, {'each' if each else 'together'}" if label == "group" else label
    yield f"{kind} of ", (shape, f"{shape}, {where}")


def _signs_of_name(figure: str, label: str, where: str, around: Sequence[str]) -> Signs:
    """The signs of a name that stands between these words, two before and two behind."""
    far = where.split()[0]
    yield f"{figure} of ", (label,)
    yield f"{far}, before the name: ", (around[1], f"{around[0]} {around[1]}")
    yield f"{far}, behind the name: ", (around[2], f"{around[2]} {around[3]}")


def _signs_elsewhere(label: str, where: str, pronoun: str) -> Signs:
    yield f"{where.split()[0]} {label}, pronoun here: ", (pronoun,)

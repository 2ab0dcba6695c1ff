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


Group = tuple[Any, ...]
"""What makes some signs, and of what it makes them."""


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
        self._pronoun = next(filter(_PRONOUNS.__contains__, self.tape.forms[: self.place]), "none")

    def _general(self, offset: int) -> str:
        return general(self.tape.form(self.place + offset))

    def since(self, decided: Decided) -> list[str]:
        """The words between a figure before, in the same sentence, and this one."""
        last = next((at for at in range(self.place - 1, -1, -1) if self.tape.items[at].number == decided.number), -1)
        return self.tape.classes[last + 1 : self.place]

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
        words = (item.form for item in reversed(tape.items[:place]) if item.kind == "word" and item.form not in _NO_VERBS)
        verb = next((word for word in words if class_of(word) in _VERBS), "none")
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
            [sign for make, *of in self._groups_of(one, kind, before) for sign in whole(make(*of))] for one in self.candidates
        ]

    def owner_sums(self, weights: Weights, kind: str, before: Sequence[Decided]) -> list[float]:
        """What these signs weigh; those of a group once for all who have the same."""
        kept = self.prose.kept

        def weigh(group: Group) -> float:
            return weights.sum(group[0](*group[1:]))

        return [sum([kept(group, weigh, group) for group in self._groups_of(one, kind, before)]) for one in self.candidates]

    def _groups_of(self, one: Candidate, kind: str, before: Sequence[Decided]) -> Iterator[Group]:
        """The signs of a candidate in groups, each as what makes it, and of what."""
        yield _signs_of_kind, kind, one.shape, one.where
        if before:
            yield self._signs_after, one.key == before[-1].key, kind, before[-1]
        if one is NOBODY:
            yield (self._signs_of_nobody,)
            return
        yield _signs_of_name, self.label, one.label, one.far, *one.around
        if one.where not in ("left", "right"):
            yield _signs_elsewhere, one.far, one.label, self._pronoun
            return
        first, last = (one.last, self.place) if one.where == "left" else (self.place + 1, one.first)
        forms, kinds = self.tape.forms[first:last], self.tape.kinds[first:last]
        yield _signs_of_counts, one.where, kinds.count("name"), kinds.count("figure"), sum(map(_CLAUSE.__contains__, forms))
        near = (max(first, last - _MOST_BETWEEN), last) if one.where == "left" else (first, min(last, first + _MOST_BETWEEN))
        yield self._signs_between, one.where, one.label, *near
        if len(one.numbers) > 1:
            yield self._signs_of_group, one

    def _signs_of_nobody(self) -> Signs:
        behind = self._general(1)
        yield "nobody, ", (self.label,)
        yield "nobody, before: ", (self._general(-1),)
        yield "nobody, behind: ", (behind, f"{behind} {self._general(2)}")
        yield "nobody, sentence says ", self.tape.words

    def _signs_of_group(self, candidate: Candidate) -> Signs:
        how = f"group, {'each' if candidate.each else 'together'}"
        before = [self.tape.form(candidate.first - step) for step in (1, 2, 3)]
        yield f"{how}, before it: ", (before[before[0] == "the"],)
        yield f"{how}, near before it: ", before
        yield f"{how}, sentence says ", (word for word in self.tape.words if word in _SHARERS)
        yield f"{how}, before the figure: ", (self._general(-1),)
        yield f"{how}, behind the figure: ", (self._general(1),)
        joined = [item.form for item in self.tape.items[candidate.first + 1 : candidate.last - 1] if item.kind == "word"]
        yield f"{how}, joined by: ", (" ".join(joined[:6]),)

    def _signs_between(self, where: str, label: str, first: int, last: int) -> Signs:
        forms, classes = self.tape.forms[first:last], self.tape.classes[first:last]
        if len(forms) <= 6:
            yield f"{where}, all between: ", (" ".join(forms),)
            yield f"{where} {label}, all between, by class: ", (" ".join(classes),)
        yield f"{where}, between: ", (*dict.fromkeys(forms), *self.tape.pairs[first : max(first, last - 1)])
        yield f"{where} {label}, between: ", [word for word in dict.fromkeys(classes) if word[0] == "<"]
        yield f"{where}, behind the figure: ", (self._general(1),)

    def _signs_after(self, is_same: bool, kind: str, last: Decided) -> Signs:
        """The signs of a candidate that has (`is_same`), or has not, the figure before."""
        if not is_same:
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


def _signs_of_kind(kind: str, shape: str, where: str) -> Signs:
    yield f"{kind} of ", (shape, f"{shape}, {where}")


def _signs_of_name(figure: str, label: str, far: str, *around: str) -> Signs:
    """The signs of a name and the words around it, two before and two behind."""
    yield f"{figure} of ", (label,)
    yield f"{far}, before the name: ", (around[1], " ".join(around[:2]))
    yield f"{far}, behind the name: ", (around[2], " ".join(around[2:]))


def _signs_elsewhere(far: str, label: str, pronoun: str) -> Signs:
    yield f"{far} {label}, pronoun here: ", (pronoun,)


def _signs_of_counts(where: str, names: int, figures: int, clauses: int) -> Signs:
    yield f"{where}, names ", (f"{min(3, names)} and figures {min(3, figures)} between",)
    yield f"{where}, clauses between: ", (f"{min(4, clauses)}",)

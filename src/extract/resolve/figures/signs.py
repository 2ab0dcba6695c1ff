"""The signs by which a figure's role, measure and owner are known. What each weighs is learned (`extract.weigh`).

Signs of a label are of the figure alone, signs of an owner of a candidate; both look at what was decided of the figures before.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise, starmap
from typing import NamedTuple

from extract.normalise.readings import PercentReading
from extract.recognise.figures.tape import Item, class_of, form_at, general, signs_around
from extract.resolve.figures.candidates import NOBODY, Candidate, Shape, find_candidates
from extract.resolve.figures.prose import Prose
from extract.weigh import Weights

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
        self._window = self.sentence, self.tape[0].start, len(self.tape)
        self._words = prose.tapes.words_of(self.tape)
        self._pronoun = next((item.form for item in self.tape[: self.place] if item.form in _PRONOUNS), "none")

    def _general(self, offset: int) -> str:
        return general(form_at(self.tape, self.place + offset))

    def since(self, decided: Decided) -> list[str]:
        """The words between a figure before, in the same sentence, and this one."""
        last = next((at for at in range(self.place - 1, -1, -1) if self.tape[at].number == decided.number), -1)
        return [general(item.form) for item in self.tape[last + 1 : self.place]]

    # -- role and measure -------------------------------------------------------------------------------------------------

    def label_signs(self, before: Sequence[Decided]) -> list[str]:
        """The signs of the role or measure, after what was decided of the figures before."""
        around = *signs_around(self.tape, self.place), *self._signs_around()
        text = (f"sentence says {word}" for word in self._words)
        said = self.prose.spoken_of if self.label == "PERCENT" else ()
        return [*self._own_signs(), *around, *text, *said, *self._label_signs_after(before)]

    def _own_signs(self) -> Iterator[str]:
        reading = self.mention.reading
        if isinstance(reading, PercentReading):
            yield f"reads as {reading.unit}{', change' if reading.change else ''}"
            if reading.amount.low in (3, 4, 5, 7, 10):
                yield "as high as thresholds are"
        elif reading.signed:
            yield "signed"
        elif reading.amount.high >= 100:
            yield "a hundred or more"
        unit = _LETTERS.findall(self.mention.text.lower())
        yield f"unit: {unit[-1] if unit else 'none'}"
        yield f"nearest name behind: {next((item.form for item in self.tape[self.place :] if item.kind == 'name'), 'none')}"

    def _signs_around(self) -> Iterator[str]:
        tape, place = self.tape, self.place
        before, behind = ([form_at(tape, place + order * step) for step in (1, 2)] for order in (-1, 1))
        yield from (f"before 2: {before[1]}", f"before: {before[1]} {before[0]}")
        yield from (f"behind 2: {behind[1]}", f"behind: {behind[0]} {behind[1]}")
        yield f"around, by class: {general(before[0])} _ {general(behind[0])}"
        words = (item.form for item in reversed(tape[:place]) if item.kind == "word" and item.form not in _NO_VERBS)
        verb = next((word for word in words if class_of(word) in _VERBS), "none")
        yield from (f"verb: {verb}", f"verb, by class: {class_of(verb)}")
        yield f"verb and behind, by class: {class_of(verb)} _ {general(behind[0])}"

    def _label_signs_after(self, before: Sequence[Decided]) -> Iterator[str]:
        same = next((decided for decided in reversed(before) if decided.label == self.label), None)
        if same is None:
            return
        last = before[-1]
        for name, one in (("figure before", last), (f"last {self.label}", same)):
            yield f"{name}: {one.kind}, {'here' if one.sentence == self.sentence else 'earlier'}"
        if last.sentence == self.sentence:
            words = dict.fromkeys(self.since(last)[-_MOST_BETWEEN:])
            yield from (f"last {self.label}: {same.kind}, since then {word}" for word in words)

    # -- owners -----------------------------------------------------------------------------------------------------------

    def owner_signs(self, kind: str, before: Sequence[Decided]) -> list[list[str]]:
        """The signs of each candidate, if the figure has this role or measure, after what was decided before."""
        return [[sign for _, signs in self._groups_of(one, kind, before) for sign in signs] for one in self.candidates]

    def owner_sums(self, weights: Weights, kind: str, before: Sequence[Decided]) -> list[float]:
        """What these signs weigh; those of a group once for all who have its key."""

        def weigh(key: Hashable, signs: Iterator[str]) -> float:
            return self.prose.kept(key, lambda: weights.sum(signs))  # type: ignore[no-any-return]

        return [sum(starmap(weigh, self._groups_of(candidate, kind, before))) for candidate in self.candidates]

    def _groups_of(self, one: Candidate, kind: str, before: Sequence[Decided]) -> Iterator[tuple[Hashable, Iterator[str]]]:
        """The signs of a candidate in groups, each with its key."""
        yield ("kind", kind, one.shape), self._signs_of_kind(one.shape, kind)
        if before:
            is_same = one.key == before[-1].key
            yield ("after", self.number, is_same), self._signs_after(is_same, kind, before[-1])
        if one is NOBODY:
            yield ("nobody", self.number), self._signs_of_nobody()
            yield ("nobody", *self._window), (f"nobody, sentence says {word}" for word in self._words)
            return
        tape = self.tape if one.is_here or one.where == "inside" else self.prose.tapes.end_of(one.sentence)
        place = one.where, tape[one.first].start, one.last - one.first
        yield ("name", self.label, *place), self._signs_of_name(one, tape)
        if one.is_here:
            if len(one.numbers) > 1:
                yield ("group", self.number, *place, one.each), self._signs_of_group(one)
            between = (one.last, self.place) if one.where == "left" else (self.place + 1, one.first)
            yield ("between", self.number, one.label, *between), self._signs_between(one, *between)
        else:
            that = f"{one.far} {one.label}, pronoun here: {self._pronoun}"
            yield that, iter([that])

    def _signs_of_kind(self, shape: Shape, kind: str) -> Iterator[str]:
        label, where = shape
        yield f"{kind} of {label}"
        yield f"{kind} of {label}, {where}"

    def _signs_of_nobody(self) -> Iterator[str]:
        behind = self._general(1)
        yield f"nobody, {self.label}"
        yield f"nobody, before: {self._general(-1)}"
        yield from (f"nobody, behind: {words}" for words in (behind, f"{behind} {self._general(2)}"))

    def _signs_of_name(self, candidate: Candidate, tape: Sequence[Item]) -> Iterator[str]:
        far = candidate.far
        before, behind = form_at(tape, candidate.first - 1), form_at(tape, candidate.last)
        yield f"{self.label} of {candidate.label}"
        more = f"{form_at(tape, candidate.first - 2)} {before}", f"{behind} {form_at(tape, candidate.last + 1)}"
        yield from (f"{far}, before the name: {words}" for words in (before, more[0]))
        yield from (f"{far}, behind the name: {words}" for words in (behind, more[1]))

    def _signs_of_group(self, candidate: Candidate) -> Iterator[str]:
        how = f"group, {'each' if candidate.each else 'together'}"
        before = [form_at(self.tape, candidate.first - step) for step in (1, 2, 3)]
        yield f"{how}, before it: {before[before[0] == 'the']}"
        yield from (f"{how}, near before it: {word}" for word in before)
        yield from (f"{how}, sentence says {word}" for word in self._words if word in _SHARERS)
        yield from (f"{how}, before the figure: {self._general(-1)}", f"{how}, behind the figure: {self._general(1)}")
        joined = [item.form for item in self.tape[candidate.first + 1 : candidate.last - 1] if item.kind == "word"]
        yield f"{how}, joined by: {' '.join(joined[:6])}"

    def _signs_between(self, candidate: Candidate, first: int, last: int) -> Iterator[str]:
        where, label, between = candidate.where, candidate.label, self.tape[first:last]
        forms, kinds = [item.form for item in between], [item.kind for item in between]
        yield f"{where}, names {min(3, kinds.count('name'))} and figures {min(3, kinds.count('figure'))} between"
        yield f"{where}, clauses between: {min(4, sum(form in _CLAUSE for form in forms))}"
        forms = forms[-_MOST_BETWEEN:] if where == "left" else forms[:_MOST_BETWEEN]
        classes = [general(form) for form in forms]
        if len(forms) <= 6:
            yield f"{where}, all between: {' '.join(forms)}"
            yield f"{where} {label}, all between, by class: {' '.join(classes)}"
        yield from (f"{where}, between: {form}" for form in dict.fromkeys(forms))
        yield from (f"{where} {label}, between: {word}" for word in dict.fromkeys(classes) if word[0] == "<")
        yield from (f"{where}, between: {one} {other}" for one, other in pairwise(classes))
        yield f"{where}, behind the figure: {self._general(1)}"

    def _signs_after(self, is_same: bool, kind: str, last: Decided) -> Iterator[str]:
        """The signs of a candidate that has (`is_same`), or has not, the figure before."""
        if not is_same:
            yield f"not owner of the figure before, {last.kind} {kind}"
        elif last.sentence == self.sentence:
            that, words = "owner of the figure before", self.since(last)
            pair = f"{that}, {last.label} {self.label}"
            yield f"{that}, {last.kind} {kind}"
            yield f"{pair}, names between: {min(2, sum(word in _OWNERS for word in words))}"
            if len(words) <= 5:
                yield f"{pair}, between: {' '.join(words)}"
            if words:
                yield f"{that}, first between: {words[0]}"
                yield from (f"{that}, last between: {' '.join(words[-most:])}" for most in (1, 2))
            yield from (f"{that}, between {word}" for word in dict.fromkeys(words[-_MOST_BETWEEN:]))

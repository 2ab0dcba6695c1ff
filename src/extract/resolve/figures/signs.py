"""The signs by which a figure's role, measure and owner are known. What each weighs is learned (`extract.weigh`).

Signs of a label are of the figure alone, signs of an owner of a candidate; both look at what was decided of the figures before.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, starmap
from typing import NamedTuple

from extract.normalise.readings import PercentReading
from extract.recognise.figures.tape import Item, class_of, form_at, general, signs_around, signs_of_sentence, verb_before
from extract.resolve.figures.candidates import NOBODY, Candidate, Shape, find_candidates
from extract.resolve.figures.prose import Prose
from extract.weigh import Weights

_PRONOUNS = frozenset(["it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "who", "which", "whose"])
_PARTIES = frozenset({"PARTY", "PERSON", "ORG", "INDEPENDENT"})
_SHARERS = frozenset(["each", "both", "together", "combined", "jointly", "between", "apiece", "coalition", "respectively",
                      "their", "they", "also", "them", "joint", "all", "alliance", "with"])  # fmt: skip
_OPENERS = frozenset(["the", "but", "and", "in", "for", "while", "however", ","])
_CLAUSE = frozenset({",", ";", ":", "and", "while", "but", "with"})
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
        before = self.tape[: self.place]
        self._parties_before = sum(item.form in _PARTIES for item in before)
        self._pronoun = next((item.form for item in before if item.form in _PRONOUNS), "none")
        self._window = self.sentence, self.tape[0].start, len(self.tape)

    def _general(self, offset: int) -> str:
        return general(form_at(self.tape, self.place + offset))

    @cached_property
    def _words(self) -> list[str]:
        return sorted({item.form for item in self.tape if item.kind == "word"})

    @cached_property
    def _next(self) -> tuple[str, str]:
        """What stands right before and right behind the figure."""
        return self._general(-1), self._general(1)

    def since(self, decided: Decided) -> list[str]:
        """The words between a figure before, in the same sentence, and this one."""
        last = next((at for at in range(self.place - 1, -1, -1) if self.tape[at].number == decided.number), -1)
        return [general(item.form) for item in self.tape[last + 1 : self.place]]

    # -- role and measure -------------------------------------------------------------------------------------------------

    def label_signs(self, before: Sequence[Decided]) -> list[str]:
        """The signs of the role or measure, after what was decided of the figures before."""
        text = self.prose.kept(("text", *self._window), lambda: [*signs_of_sentence(self.tape)])
        said = self.prose.spoken_of if self.label == "PERCENT" else ()
        around = signs_around(self.tape, self.place)
        return [*self._own_signs(), *around, *self._signs_of_figures(), *text, *said, *self._label_signs_after(before)]

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

    def _signs_of_figures(self) -> Iterator[str]:
        yield f"nearest name behind: {next((item.form for item in self.tape[self.place :] if item.kind == 'name'), 'none')}"
        yield f"figure before: {next((item.form for item in reversed(self.tape[: self.place]) if item.kind == 'figure'), 'none')}"

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
        """What these signs weigh; a group that has a key is weighed once for all candidates and figures with the same."""

        def weigh(key: Hashable, signs: Iterator[str]) -> float:
            return self.prose.kept(key, lambda: weights.sum(signs)) if key else weights.sum(signs)

        return [sum(starmap(weigh, self._groups_of(candidate, kind, before))) for candidate in self.candidates]

    def _groups_of(self, one: Candidate, kind: str, before: Sequence[Decided]) -> Iterator[tuple[Hashable, Iterator[str]]]:
        """The signs of a candidate in groups, each with its key."""
        yield ("kind", kind, one.shape, self._parties_before), self._signs_of_kind(one.shape, kind)
        if before:
            is_same = one.key == before[-1].key
            yield ("after", self.number, is_same), self._signs_after(is_same, kind, before[-1])
        if one is NOBODY:
            yield None, self._signs_of_nobody()
            yield ("nobody", self.label, *self._window), self._signs_of_nobody_here()
            return
        tape = self.tape if one.is_here or one.where == "inside" else self.prose.tapes.end_of(one.sentence)
        place = self.label, one.where, tape[one.first].start, one.last - one.first
        yield ("name", *place), self._signs_of_name(one, tape)
        if len(one.numbers) > 1:
            yield None, self._signs_of_group(one, tape)
        if one.is_here:
            yield None, self._signs_between(one)
        else:
            yield ("afar", *place, self.sentence, self._parties_before, self._pronoun), self._signs_from_afar(one, tape)

    def _signs_of_nobody(self) -> Iterator[str]:
        before, behind = self._next
        yield f"nobody, {self.label}"
        yield from (f"nobody, before: {words}" for words in (before, f"{self._general(-2)} {before}"))
        yield from (f"nobody, behind: {words}" for words in (behind, f"{behind} {self._general(2)}"))
        verb = verb_before(self.tape, self.place)
        yield f"nobody, verb: {verb}"
        yield f"nobody, verb, by class: {class_of(verb)}"
        names = [item.kind == "name" for item in self.tape]
        yield f"nobody, names before: {min(3, sum(names[: self.place]))}"
        yield f"nobody, names behind: {min(2, sum(names[self.place :]))}"

    def _signs_of_nobody_here(self) -> Iterator[str]:
        yield f"nobody, parties: {min(2, sum(item.form == 'PARTY' for item in self.tape))}"
        yield from (f"nobody, sentence says {word}" for word in self._words)
        yield from (f"nobody, sentence opens: {item.form}" for item in self.tape[:3])

    def _signs_of_name(self, candidate: Candidate, tape: Sequence[Item]) -> Iterator[str]:
        where, label, far = candidate.where, candidate.label, candidate.far
        before, behind = form_at(tape, candidate.first - 1), form_at(tape, candidate.last)
        yield from (f"{self.label} of {label}", f"{where} {label}")
        more = f"{form_at(tape, candidate.first - 2)} {before}", f"{behind} {form_at(tape, candidate.last + 1)}"
        yield from (f"{far}, before the name: {words}" for words in (before, more[0]))
        yield from (f"{far}, behind the name: {words}" for words in (behind, more[1]))
        if _opens(candidate, tape):
            yield f"{far} {label}, opens its sentence"

    def _signs_of_group(self, candidate: Candidate, tape: Sequence[Item]) -> Iterator[str]:
        how = f"group, {'each' if candidate.each else 'together'}"
        yield f"{how}, of {len(candidate.key)}"
        before = [form_at(tape, candidate.first - step) for step in (3, 2, 1)]
        yield f"{how}, before it: {before[2] if before[2] != 'the' else before[1]}"
        yield from (f"{how}, near before it: {word}" for word in before)
        yield from (f"{how}, sentence says {word}" for word in self._words if word in _SHARERS)
        yield f"{how}, before the figure: {self._next[0]}"
        yield f"{how}, behind the figure: {self._next[1]}"
        figures, names = sum(item.form == self.label for item in self.tape), sum(item.kind == "name" for item in self.tape)
        yield f"{how}, figures {min(4, figures)}, names {min(5, names)}"
        joined = [item.form for item in tape[candidate.first + 1 : candidate.last - 1] if item.kind == "word"]
        yield f"{how}, joined by: {' '.join(joined[:6])}"
        yield f"{how}, {candidate.where}"
        if candidate.where == "left":
            yield f"{how}, between: {' '.join(general(item.form) for item in self.tape[candidate.last : self.place][:5])}"

    def _signs_between(self, candidate: Candidate) -> Iterator[str]:
        where, label, tape = candidate.where, candidate.label, self.tape
        is_left = where == "left"
        between = tape[candidate.last : self.place] if is_left else tape[self.place + 1 : candidate.first]
        forms, kinds = [item.form for item in between], [item.kind for item in between]
        names, figures = kinds.count("name"), kinds.count("figure")
        yield f"{where}, names {min(3, names)} and figures {min(3, figures)} between"
        yield f"{where} {label}, of its kind between: {min(3, forms.count(label))}"
        yield f"{where}, clauses between: {min(4, sum(form in _CLAUSE for form in forms))}"
        yield f"{where}, distance: {min(8, len(forms) // 2)}"
        if not names:
            yield f"{where} {label}, nearest"
        forms = forms[-_MOST_BETWEEN:] if is_left else forms[:_MOST_BETWEEN]
        classes = [general(form) for form in forms]
        if len(forms) <= 6:
            yield f"{where}, all between: {' '.join(forms)}"
            yield f"{where} {label}, all between, by class: {' '.join(classes)}"
        yield from (f"{where}, between: {form}" for form in dict.fromkeys(forms))
        yield from (f"{where} {label}, between: {word}" for word in dict.fromkeys(classes) if word[0] == "<")
        yield from (f"{where}, between: {one} {other}" for one, other in pairwise(classes))
        yield f"{where}, behind the figure: {self._next[1]}"

    def _signs_from_afar(self, candidate: Candidate, tape: Sequence[Item]) -> Iterator[str]:
        label, far = candidate.label, candidate.far
        yield f"{far}, names here: {min(3, self._parties_before)}"
        yield f"{far} {label}, pronoun here: {self._pronoun}"
        if _opens(candidate, tape):
            yield f"{far}, opens its sentence, pronoun here: {self._pronoun}"

    def _signs_of_kind(self, shape: Shape, kind: str) -> Iterator[str]:
        label, where = shape
        yield f"{kind} of {label}"
        yield f"{kind} of {label}, {where}"
        if label == NOBODY.label:
            yield f"{kind} of nobody, parties: {min(2, self._parties_before)}"

    def _signs_after(self, is_same: bool, kind: str, last: Decided) -> Iterator[str]:
        """The signs of a candidate that has (`is_same`), or has not, the figure before."""
        here = last.sentence == self.sentence
        if not is_same:
            yield f"not owner of the figure before, {'here' if here else 'earlier'}, {last.label} {self.label}"
            yield f"not owner of the figure before, {last.kind} {kind}"
            return
        if not here:
            that, pronoun = "owner of the figure before, earlier", self._pronoun
            yield from (
                that,
                f"{that}, {kind}",
                f"{that}, here opens: {form_at(self.tape, 0)}",
                f"{that}, pronoun here: {pronoun}",
            )
            yield f"{that}, names here: {min(2, self._parties_before)}"
            return
        that = "owner of the figure before"
        pair = f"{that}, {last.label} {self.label}"
        words = self.since(last)
        yield pair
        yield f"{that}, {last.kind} {kind}"
        yield f"{pair}, names between: {min(2, sum(word in _PARTIES or word == 'GPE' for word in words))}"
        if len(words) <= 5:
            yield from (f"{name}, between: {' '.join(words)}" for name in (that, pair))
        if words:
            yield f"{that}, first between: {words[0]}"
            yield from (f"{that}, last between: {' '.join(words[-most:])}" for most in (1, 2))
        yield from (f"{that}, between {word}" for word in dict.fromkeys(words[-_MOST_BETWEEN:]))
        yield f"{that}, behind: {self._general(1)}"


def _opens(candidate: Candidate, tape: Sequence[Item]) -> bool:
    return candidate.first <= 4 and all(item.form in _OPENERS for item in tape[: candidate.first])

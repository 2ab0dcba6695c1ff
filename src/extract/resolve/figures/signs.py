"""The signs by which a figure's role, measure and owner are known. What each weighs is learned (`extract.weigh`).

Signs of a label are of the figure alone; signs of an owner are of a candidate. Both have a part that stays the same whatever was
decided before, and a part that depends on it: the role, and who has the figure before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from extract.normalise.readings import PercentReading
from extract.recognise.figures.tape import Item, class_of, form_at, general
from extract.resolve.figures.candidates import NOBODY, Candidate, Shape, find_candidates
from extract.resolve.figures.prose import Prose

_VERBS = frozenset({"win", "have", "lose", "gain", "fall", "stand"})
_NO_VERBS = frozenset({"at", "up", "more", "plus", "fewer", "less", "minus", "down"})
_PRONOUNS = frozenset(["it", "its", "they", "their", "them", "he", "she", "his", "her", "him", "who", "which", "whose"])
_PARTIES = frozenset({"PARTY", "PERSON", "ORG", "INDEPENDENT"})
_SHARERS = frozenset(
    [
        "each",
        "both",
        "together",
        "combined",
        "jointly",
        "between",
        "apiece",
        "coalition",
        "respectively",
        "their",
        "they",
        "also",
        "them",
        "joint",
        "all",
        "alliance",
        "with",
    ]
)
_SAID_HERE = ("party", "coalition", "alliance", "bloc", "opposition", "government", "country", "both", "parties")
_OPENERS = frozenset(["the", "but", "and", "in", "for", "while", "however", ","])
_CLAUSE = frozenset({",", ";", ":", "and", "while", "but", "with"})
_LETTERS = re.compile(r"[a-z]+")
_NEAR = 8


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
        groups = self.label == "SEATS"
        self.candidates = find_candidates(prose, self.sentence, self.tape, self.place, groups)

    # -- what both ask ---------------------------------------------------------------------------------------------------

    def _form(self, offset: int) -> str:
        return form_at(self.tape, self.place + offset)

    def _general(self, offset: int) -> str:
        return general(form_at(self.tape, self.place + offset))

    @cached_property
    def _words(self) -> list[str]:
        return sorted({item.form for item in self.tape if item.kind == "word"})

    @cached_property
    def _verbs(self) -> tuple[str, str]:
        """The first verb of having, winning or losing before the figure, and the last one."""
        before = [item.form for item in self.tape[: self.place] if item.kind == "word"]
        found = [form for form in before if class_of(form) in _VERBS and form not in _NO_VERBS]
        return (found[0], found[-1]) if found else ("none", "none")

    @cached_property
    def _own_here(self) -> tuple[int, int]:
        """How many figures of this sort, and how many names, there are in the sentence."""
        return sum(item.form == self.label for item in self.tape), sum(item.kind == "name" for item in self.tape)

    @cached_property
    def _depth_here(self) -> int:
        return _depth(self.tape, self.place)

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(item.form for item in self.tape[: self.place])

    @cached_property
    def _pronoun(self) -> str:
        return next((item.form for item in self.tape[: self.place] if item.form in _PRONOUNS), "none")

    @cached_property
    def _parties_before(self) -> int:
        return sum(item.form in _PARTIES for item in self.tape[: self.place])

    def since(self, decided: Decided) -> list[str]:
        """The words between a figure before, in the same sentence, and this one."""
        before = self.tape[: self.place]
        last = max((index for index, item in enumerate(before) if item.number == decided.number), default=-1)
        return [general(item.form) for item in before[last + 1 :]]

    # -- role and measure -------------------------------------------------------------------------------------------------

    def label_signs(self) -> list[str]:
        """The signs of the role or measure, whatever was decided before."""
        return [*self._own_signs(), *self._signs_around(), *self._signs_of_figures(), *self._signs_of_text()]

    def _own_signs(self) -> Iterator[str]:
        reading = self.mention.reading
        yield "always"
        if isinstance(reading, PercentReading):
            yield f"reads as {reading.unit}{', change' if reading.change else ''}"
            if reading.amount.low in (3, 4, 5, 7, 10):
                yield "as high as thresholds are"
        elif reading.signed:
            yield "signed"
        elif reading.amount.high >= 100:
            yield "a hundred or more"
        if reading.amount.comparator != "exact":
            yield f"comparator: {reading.amount.comparator}"
        if reading.amount.low != reading.amount.high:
            yield "a range"
        unit = _LETTERS.findall(self.mention.text.lower())
        yield f"unit: {unit[-1] if unit else 'none'}"

    def _signs_around(self) -> Iterator[str]:
        before, behind = [self._form(-step) for step in range(1, 4)], [self._form(step) for step in range(1, 4)]
        for step in range(3):
            yield f"before {step + 1}: {before[step]}"
            yield f"behind {step + 1}: {behind[step]}"
        yield f"before: {before[1]} {before[0]}"
        yield f"behind: {behind[0]} {behind[1]}"
        yield f"before: {before[2]} {before[1]} {before[0]}"
        yield f"behind: {behind[0]} {behind[1]} {behind[2]}"
        left, right = [self._general(-step) for step in range(1, 4)], [self._general(step) for step in range(1, 4)]
        yield f"before, by class: {left[1]} {left[0]}"
        yield f"behind, by class: {right[0]} {right[1]}"
        yield f"before, by class: {left[2]} {left[1]} {left[0]}"
        yield f"behind, by class: {right[0]} {right[1]} {right[2]}"
        yield f"around: {left[0]} _ {right[0]}"
        yield f"around: {left[1]} {left[0]} _ {right[0]} {right[1]}"
        yield from _up_to_figure("near before", reversed(self.tape[max(0, self.place - _NEAR) : self.place]))
        yield from _up_to_figure("near behind", self.tape[self.place + 1 : self.place + 1 + _NEAR])
        first, last = self._verbs
        yield f"first verb: {first}"
        yield f"verb: {last}"
        yield f"verb, by class: {class_of(last)}"
        yield f"verb and behind, by class: {class_of(last)} _ {right[0]} {right[1]}"

    def _signs_of_figures(self) -> Iterator[str]:
        names = [item.form for item in self.tape[: self.place] if item.kind == "name"]
        behind = (item.form for item in self.tape[self.place + 1 :] if item.kind == "name")
        yield f"nearest name before: {names[-1] if names else 'none'}"
        yield f"nearest name behind: {next(behind, 'none')}"
        yield f"names before: {min(3, len(names))}"
        following = next((at for at in range(self.place + 1, len(self.tape)) if self.tape[at].kind == "figure"), None)
        if following is not None:
            words = [general(item.form) for item in self.tape[self.place + 1 : following][:6]]
            yield f"up to the next figure: {' '.join(words)} {self.tape[following].form}"
        last = next((at for at in range(self.place - 1, -1, -1) if self.tape[at].kind == "figure"), None)
        yield f"figure before: {self.tape[last].form if last is not None else 'none'}"
        if last is not None:
            words = [general(item.form) for item in self.tape[last + 1 : self.place]]
            yield f"since the figure before: {self.tape[last].form} {' '.join(words[-6:])}"
            other = self.prose.mentions[self.tape[last].number].reading.amount.low
            size = "greater" if other < self.mention.reading.amount.low else "smaller"
            yield f"{size} than the figure before"
            if len(words) <= 4:
                yield f"{size} than the figure before, since: {' '.join(words)}"

    def _signs_of_text(self) -> Iterator[str]:
        for word in self._words:
            yield f"sentence says {word}"
        yield from _classes("sentence", self._words)
        if self.sentence:
            yield from _classes("sentence before", {item.form for item in self.prose.tapes.end_of(self.sentence - 1)})
        block, document = self.prose.block_of(self.sentence), self.prose.document
        yield f"block: {block.kind}"
        if block.section:
            for word in sorted(set(_LETTERS.findall(block.section[-1].lower()))):
                yield f"heading says {word}"
        yield from _classes("title", _LETTERS.findall((document.title or "").lower()))
        yield from self.prose.spoken_of
        if year := self.prose.last_year_in(self.sentence):
            yield "a year is named"
            if self.prose.year:
                then = "earlier than" if year < self.prose.year else "that of" if year == self.prose.year else "later than"
                yield f"the year is {then} the title"

    def label_signs_after(self, before: Sequence[Decided]) -> Iterator[str]:
        """The signs of the role or measure in what was decided of the figures before."""
        if not before:
            yield "first figure"
            return
        last = before[-1]
        yield f"figure before: {last.kind}, {_where(last, self.sentence)}"
        same = next((decided for decided in reversed(before) if decided.label == self.label), None)
        if same is None:
            return
        yield f"last {self.label}: {same.kind}, {_where(same, self.sentence)}"
        if last.sentence == self.sentence:
            words = self.since(last)
            yield f"last {self.label}: {same.kind}, since: {' '.join(words[-4:])}"
            for word in sorted(set(words)):
                yield f"last {self.label}: {same.kind}, since then {word}"
            yield f"last {self.label}: {same.kind}, behind: {self._general(1)} {self._general(2)}"

    # -- owners -----------------------------------------------------------------------------------------------------------

    def owner_signs(self, candidate: Candidate) -> list[str]:
        """The signs of a candidate, whatever was decided before."""
        if candidate is NOBODY:
            return list(self._signs_of_nobody())
        is_here = candidate.sentence == self.sentence
        tape = self.tape if is_here else self.prose.tapes.end_of(candidate.sentence)
        signs = [*self._signs_of_name(candidate, tape)]
        if candidate.kind == "group":
            signs += self._signs_of_group(candidate, tape)
        return signs + list(self._signs_between(candidate) if candidate.is_here else self._signs_from_afar(candidate, tape))

    def _signs_of_nobody(self) -> Iterator[str]:
        yield f"nobody, {self.label}"
        yield f"nobody, before: {self._general(-1)}"
        yield f"nobody, behind: {self._general(1)}"
        yield f"nobody, before: {self._general(-2)} {self._general(-1)}"
        yield f"nobody, behind: {self._general(1)} {self._general(2)}"
        yield f"nobody, verb: {self._verbs[1]}"
        yield f"nobody, verb, by class: {class_of(self._verbs[1])}"
        names = [item.kind == "name" for item in self.tape]
        yield f"nobody, names before: {min(3, sum(names[: self.place]))}"
        yield f"nobody, names behind: {min(2, sum(names[self.place :]))}"
        yield f"nobody, parties: {min(2, sum(item.form == 'PARTY' for item in self.tape))}"
        for word in self._words:
            yield f"nobody, sentence says {word}"
        for item in self.tape[:3]:
            yield f"nobody, sentence opens: {item.form}"

    def _signs_of_name(self, candidate: Candidate, tape: Sequence[Item]) -> Iterator[str]:
        where, label = candidate.where, candidate.label
        far = "back" if where.startswith("back") else where
        before, behind = form_at(tape, candidate.first - 1), form_at(tape, candidate.last)
        yield f"{self.label} of {label}"
        yield where
        yield f"{where} {label}"
        yield f"{far} {label}, {self.label}"
        yield f"{far}, before the name: {before}"
        yield f"{far}, before the name: {form_at(tape, candidate.first - 2)} {before}"
        yield f"{far}, behind the name: {behind}"
        yield f"{far}, behind the name: {behind} {form_at(tape, candidate.last + 1)}"
        yield f"{far}, behind the name, by class: {general(behind)} {general(form_at(tape, candidate.last + 1))}"
        yield f"{far}, around the name: {general(before)} _ {general(behind)}"
        if self._opens(candidate, tape):
            yield f"{where}, opens its sentence"
            yield f"{far} {label}, opens its sentence"
        yield f"{far}, name number {min(4, [item.kind for item in tape[: candidate.first]].count('name'))}"
        if candidate.kind == "name":
            count = self.prose.counts.get(candidate.key[0], 0)
            yield f"named {min(4, count)} times"
            if 1 < count == self.prose.most_named:
                yield "most named"
                yield f"most named {label}"

    @staticmethod
    def _opens(candidate: Candidate, tape: Sequence[Item]) -> bool:
        return candidate.first <= 4 and all(item.form in _OPENERS for item in tape[: candidate.first])

    def _signs_of_group(self, candidate: Candidate, tape: Sequence[Item]) -> Iterator[str]:
        how = f"group, {'each' if candidate.each else 'together'}"
        yield f"{how}, of {len(candidate.key)}"
        for word in self._words:
            if word in _SHARERS:
                yield f"{how}, sentence says {word}"
        yield f"{how}, before the figure: {self._general(-1)}"
        yield f"{how}, behind the figure: {self._general(1)}"
        figures, names = self._own_here
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
        forms = [item.form for item in between]
        classes = [general(form) for form in forms]
        kinds = [item.kind for item in between]
        names, figures = kinds.count("name"), kinds.count("figure")
        yield f"{where}, names {min(3, names)} and figures {min(3, figures)} between"
        yield f"{where}, names between: {min(4, names)}"
        yield f"{where}, figures between: {min(4, figures)}"
        yield f"{where} {label}, of its kind between: {min(3, forms.count(label))}"
        yield f"{where}, {self.label} between: {min(3, forms.count(self.label))}"
        yield f"{where}, clauses between: {min(4, sum(form in _CLAUSE for form in forms))}"
        yield f"{where}, distance: {min(8, len(forms) // 2)}"
        if len(forms) <= 6:
            yield f"{where}, all between: {' '.join(forms)}"
            yield f"{where} {label}, all between, by class: {' '.join(classes)}"
        for form in sorted(set(forms)):
            yield f"{where}, between: {form}"
        for word in sorted({word for word in classes if word[0] == "<"}):
            yield f"{where} {label}, between: {word}"
        for pair in pairwise(classes):
            yield f"{where}, between: {pair[0]} {pair[1]}"
        if classes:
            yield f"{where}, first {classes[0]} and last {classes[-1]} between"
        if len(classes) > 2:
            yield f"{where}, last between: {classes[-2]} {classes[-1]}"
            yield f"{where}, first between: {classes[0]} {classes[1]}"
        if not names:
            yield f"{where} {label}, nearest"
        if ";" in forms or "." in forms:
            yield f"{where}, a semicolon between"
        verbs = [word for form in forms if (word := class_of(form)) in _VERBS]
        yield f"{where}, verbs between: {len(verbs)}"
        if verbs:
            yield f"{where} {label}, first verb between: {verbs[0]}"
            yield f"{where} {label}, last verb between: {verbs[-1]}"
        yield f"{where}, behind the figure: {self._general(1)}"
        if not is_left:
            yield f"{where} {label}, before the figure: {self._general(-1)}"
        yield f"{where}, brackets: {_depth(tape, candidate.first)} {self._depth_here}"

    def _signs_from_afar(self, candidate: Candidate, tape: Sequence[Item]) -> Iterator[str]:
        where, label = candidate.where, candidate.label
        far = "back" if where.startswith("back") else where
        yield f"{far}, names here: {min(3, self._parties_before)}"
        yield f"{where} {label}, names here: {min(3, self._parties_before)}"
        yield f"{far}, here opens: {form_at(self.tape, 0)}"
        yield f"{far}, here opens: {form_at(self.tape, 0)} {form_at(self.tape, 1)}"
        yield f"{far} {label}, pronoun here: {self._pronoun}"
        yield f"{where} {label}, pronoun here: {self._pronoun}"
        if self._opens(candidate, tape):
            yield f"{far}, opens its sentence, pronoun here: {self._pronoun}"
        for word in _SAID_HERE:
            if word in self._said:
                yield f"{far} {label}, said here: {word}"
        yield f"{far}, of its kind behind it: {min(3, sum(item.form == label for item in tape[candidate.last :]))}"
        sentences = self.prose.sentences
        if sentences[candidate.sentence].block != sentences[self.sentence].block:
            yield f"{far}, in another block"
        whole = sentences[candidate.sentence]
        if tape[candidate.last - 1].end - tape[candidate.first].start > 0.7 * (whole.end - whole.start):
            yield f"{far} {label}, is all of it"

    # -- owners, after what was decided --------------------------------------------------------------------------------------

    def owner_signs_of_kind(self, shape: Shape, kind: str) -> Iterator[str]:
        """The signs of a candidate of this shape if the figure has this role or measure."""
        label, where = shape
        yield f"{kind} of {label}"
        yield f"{kind} of {label}, {where}"
        if label == NOBODY.label:
            parties = sum(item.form in ("PARTY", "INDEPENDENT") for item in self.tape[: self.place])
            yield f"{kind} of nobody, parties: {min(2, parties)}"

    def owner_signs_after(self, is_same: bool, kind: str, last: Decided) -> Iterator[str]:
        """The signs of a candidate that has (`is_same`), or has not, the figure before."""
        pair = f"{last.label} {self.label}"
        if last.sentence != self.sentence:
            that = "the last owner" if is_same else "not the last owner"
            yield that
            yield f"{that}, {kind}"
            yield f"{that}, here opens: {form_at(self.tape, 0)}"
            yield f"{that}, pronoun here: {self._pronoun}"
            yield f"{that}, names here: {min(2, self._parties_before)}"
            return
        that = "owner of the figure before" if is_same else "not owner of the figure before"
        words = self.since(last)
        names = sum(word in _PARTIES or word == "GPE" for word in words)
        yield that
        yield f"{that}, {pair}"
        yield f"{that}, {last.kind} {kind}"
        yield f"{that}, {pair}, names between: {min(2, names)}"
        if len(words) <= 5:
            yield f"{that}, between: {' '.join(words)}"
            yield f"{that}, {pair}, between: {' '.join(words)}"
        if words:
            yield f"{that}, first between: {words[0]}"
            yield f"{that}, last between: {words[-1]}"
            yield f"{that}, last between: {' '.join(words[-2:])}"
        for word in sorted(set(words)):
            yield f"{that}, between {word}"
        yield f"{that}, behind: {self._general(1)}"

    def owner_signs_again(self, where: str, kind: str, had: str) -> Iterator[str]:
        """The signs of a candidate that has a figure of this sort in this sentence already, with role or measure `had`."""
        yield f"has {self.label} here already"
        yield f"has {self.label} here already, {kind}"
        yield f"has {self.label} here already, {had}, now {kind}"
        if where in ("left", "right"):
            yield f"has {self.label} here already, {where}"

    def owner_sign_of_last(self, is_same: bool) -> str:
        """The sign of a candidate that has (`is_same`), or has not, the last figure of this sort before the figure before."""
        return f"{'owner' if is_same else 'not owner'} of the last {self.label}"


def _up_to_figure(name: str, items: Iterator[Item] | Sequence[Item]) -> Iterator[str]:
    for item in items:
        yield f"{name}: {item.form if item.kind != 'figure' else 'a figure'}"
        if item.kind == "figure":
            return


def _classes(name: str, words: Sequence[str] | set[str]) -> Iterator[str]:
    for found in sorted({found for word in words if (found := class_of(word))}):
        yield f"{name} speaks of {found}"


def _where(decided: Decided, sentence: int) -> str:
    return "here" if decided.sentence == sentence else "earlier"


def _depth(tape: Sequence[Item], place: int) -> int:
    """Whether a place of a tape is in brackets."""
    depth = 0
    for item in tape[:place]:
        if item.form in "([":
            depth += 1
        elif item.form in ")]":
            depth = max(0, depth - 1)
    return min(1, depth)

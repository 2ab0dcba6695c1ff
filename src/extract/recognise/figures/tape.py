"""A sentence as signs see it: its words in small letters, with names, figures, dates and other numbers by their kinds.

`The Greens won 12 seats on Sunday` is read `the PARTY won SEATS on DATE`. Words of one kind (`rules/figures.yml`: won, took,
secured) are told by their class as well: `the PARTY <win> SEATS on DATE`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from extract.rules import load_rules
from extract.rules.words import same_spelling
from extract.text.sentences import Sentence

NAME_FORMS = ("PARTY", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")
"""The labels of names that may have a figure."""

INDEPENDENT = "INDEPENDENT"
BEFORE, BEHIND = 60, 30
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[^\w\s]")
_INDEPENDENTS = frozenset({"independent", "independents"})

Kind = Literal["word", "number", "name", "figure", "other"]


class Item(NamedTuple):
    """A word, sign or mention `text[start:end]`: `form` is the word in small letters, or the label of the mention.

    `number` is that of the mention, -1 for a word. Independents are a name without a mention.
    """

    form: str
    start: int
    end: int
    kind: Kind
    number: int


class Mark(NamedTuple):
    """A mention that a tape shows by its label."""

    start: int
    end: int
    form: str
    number: int


_FIGURES = frozenset({"SEATS", "PERCENT"})


class Tapes:
    """The tapes of a text's sentences, each made when it is first asked for."""

    def __init__(self, text: str, sentences: Sequence[Sentence], marks: Iterable[Mark]) -> None:
        """`marks` in the order of the text, longer before shorter; what lies inside another is not shown."""
        self.text, self.sentences = text, sentences
        self._marks = list(marks)
        self._starts = [mark.start for mark in self._marks]
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._tapes: dict[int, list[Item]] = {}
        self._item_starts: dict[int, list[int]] = {}

    def at(self, index: int) -> list[Item]:
        """The tape of the sentence of that number."""
        tape = self._tapes.get(index)
        if tape is None:
            tape = self._tapes[index] = self._make(self.sentences[index])
        return tape

    def sentence_at(self, position: int) -> int:
        """The number of the sentence at a place, or of the last one before it."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def around(self, index: int, position: int) -> tuple[list[Item], int]:
        """The part of a sentence's tape around a place of the text, and the place in it of the item there.

        No more than `BEFORE` items before it and `BEHIND` items behind it, so that a table read as one sentence costs no more.
        """
        tape = self.at(index)
        starts = self._item_starts.get(index)
        if starts is None:
            starts = self._item_starts[index] = [item.start for item in tape]
        place = max(0, bisect_right(starts, position) - 1)
        first = max(0, place - BEFORE)
        return tape[first : place + 1 + BEHIND], place - first

    def end_of(self, index: int) -> list[Item]:
        """The last items of a sentence's tape, no more than `BEFORE`."""
        return self.at(index)[-BEFORE:]

    def _make(self, sentence: Sentence) -> list[Item]:
        items: list[Item] = []
        position = sentence.start
        for mark in self._marks[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]:
            if mark.start < position:
                continue
            self._add_words(items, position, mark.start)
            kind: Kind = "figure" if mark.form in _FIGURES else "name" if mark.form in NAME_FORMS else "other"
            items.append(Item(mark.form, mark.start, mark.end, kind, mark.number))
            position = mark.end
        self._add_words(items, position, sentence.end)
        return items

    def _add_words(self, items: list[Item], start: int, end: int) -> None:
        for found in _WORD.finditer(self.text, start, end):
            word = found[0]
            if word[0].isdigit():
                items.append(Item("#", found.start(), found.end(), "number", -1))
            elif (plain := word.lower()) in _INDEPENDENTS:
                items.append(Item(INDEPENDENT, found.start(), found.end(), "name", -1))
            else:
                items.append(Item(plain.replace("’", "'"), found.start(), found.end(), "word", -1))


def form_at(tape: Sequence[Item], index: int) -> str:
    """The form at a place of a tape; `^` before its beginning, `$` behind its end."""
    if index < 0:
        return "^"
    return tape[index].form if index < len(tape) else "$"


@cache
def word_classes() -> Mapping[str, str]:
    """The class of each word of `rules/figures.yml`: the first list that has it."""
    file = load_rules().file("figures")
    return {same_spelling(word): name for name in reversed(list(file.lists)) for word in file.words(name)}


@cache
def general(form: str) -> str:
    """The class of a word, `<win>`, or the word itself where it is of none."""
    found = word_classes().get(form)
    return f"<{found}>" if found else form


@cache
def class_of(form: str) -> str:
    """The class of a word, empty for none."""
    return word_classes().get(form, "")


_VERBS = frozenset({"win", "have", "lose", "gain", "fall", "stand"})
_NO_VERBS = frozenset({"at", "up", "more", "plus", "fewer", "less", "minus", "down"})
_NEAR = 7


def verb_before(tape: Sequence[Item], place: int) -> str:
    """The last verb of having, winning, losing or changing before a place of a tape, else `none`."""
    for item in reversed(tape[:place]):
        if item.kind == "word" and item.form not in _NO_VERBS and class_of(item.form) in _VERBS:
            return item.form
    return "none"


def signs_around(tape: Sequence[Item], place: int) -> Iterator[str]:
    """The signs in the words before and behind a place of a tape."""
    before, behind = [form_at(tape, place - step) for step in (1, 2, 3)], [form_at(tape, place + step) for step in (1, 2, 3)]
    for name, near, order in (("before", before, -1), ("behind", behind, 1)):
        yield from (f"{name} {step + 1}: {near[step]}" for step in range(3))
        for most in (2, 3):
            yield f"{name}: {' '.join(near[:most][::order])}"
            yield f"{name}, by class: {' '.join(map(general, near[:most][::order]))}"
    left, right = [general(form) for form in before], [general(form) for form in behind]
    yield f"around, by class: {left[0]} _ {right[0]}"
    yield f"around, by class: {left[1]} {left[0]} _ {right[0]} {right[1]}"
    yield from _up_to_figure("near before", reversed(tape[max(0, place - _NEAR) : place]))
    yield from _up_to_figure("near behind", tape[place + 1 : place + 1 + _NEAR])
    verb = verb_before(tape, place)
    yield f"verb: {verb}"
    yield f"verb, by class: {class_of(verb)}"
    yield f"verb and behind, by class: {class_of(verb)} _ {right[0]}"


def signs_of_sentence(tape: Sequence[Item]) -> Iterator[str]:
    """The signs in what a sentence speaks of."""
    words = {item.form for item in tape if item.kind == "word"}
    yield from (f"sentence says {word}" for word in sorted(words))
    yield from (f"sentence speaks of {found}" for found in sorted({class_of(word) for word in words}) if found)


def _up_to_figure(name: str, items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.kind == "figure":
            yield f"{name}: a figure"
            return
        yield f"{name}: {general(item.form)}"


class Spoken:
    """What a document speaks of: how often words of each class stand in it."""

    def __init__(self, text: str) -> None:
        self.counts = Counter[str]()
        words = Counter(_PART.findall(text.lower()))
        self._is_long = words.total() > _LONG
        for word, count in words.items():
            if found := class_of(word):
                self.counts[found] += count

    @property
    def of_seats(self) -> bool:
        """Whether it speaks of seats, or of a house and votes: one that does not has no seat counts."""
        said = self.counts
        return bool(said["seat"] or ((said["house"] or said["chamber"]) and self.of_votes))

    @property
    def of_votes(self) -> bool:
        """Whether it speaks of votes: one that does not has no shares of them."""
        return bool(self._of_polls or self.counts["turnout"])

    @property
    def may_tell_votes(self) -> bool:
        """Whether its tables may tell shares of votes: a turnout alone may be that of a crowd, and a table alone says nothing."""
        return bool(self._of_polls or self.of_seats or not self._is_long)

    @property
    def _of_polls(self) -> int:
        return self.counts["vote"] + self.counts["election"]

    def signs(self, classes: Iterable[str]) -> list[str]:
        """A sign for each class: how often its words stand in the document."""
        return [f"document speaks of {name}: {_size(self.counts[name])}" for name in classes]


@lru_cache(maxsize=2)
def spoken(text: str) -> Spoken:
    """What a text speaks of; kept, since finders and attribution ask it of one document after the other."""
    return Spoken(text)


_LONG = 200
"""What a document of more words than this does not speak of is not in it; a shorter one may be a table alone."""
_PART = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def _size(count: int) -> str:
    return "none" if not count else "once" if count == 1 else "some" if count < 6 else "much"

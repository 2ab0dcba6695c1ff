"""A sentence as signs see it: its words in small letters, with names, figures, dates and other numbers by their kinds.

`The Greens won 12 seats on Sunday` is read `the PARTY won SEATS on DATE`. Words of one kind (`rules/figures.yml`: won, took,
secured) are told by their class as well: `the PARTY <win> SEATS on DATE`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

from spacy.tokens import Span

from extract.rules.load import packaged
from extract.rules.words import same_spelling
from extract.text.sentences import Sentence
from extract.weigh.weights import Signs

NAME_FORMS = ("PARTY", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")
"""The labels of names that may have a figure."""
INDEPENDENT = "INDEPENDENT"
BEFORE, BEHIND = 60, 30
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[^\w\s]")
_START = attrgetter("start")


Kind = Literal["word", "number", "name", "figure", "other"]


class Mark(NamedTuple):
    """A mention `text[start:end]` as a tape shows it, by its label; `number` is that of the mention where it matters."""

    form: str
    start: int
    end: int
    number: int = -1


def marks_of(spans: Iterable[Span]) -> list[Mark]:
    """The spans of finders as a tape shows them."""
    return [Mark(span.label_, span.start_char, span.end_char) for span in spans]


_KINDS: Mapping[str, Literal["name", "figure"]] = {
    **dict.fromkeys((*NAME_FORMS, INDEPENDENT), "name"),
    **dict.fromkeys(("SEATS", "PERCENT"), "figure"),
}


class Tape:
    """A sentence, or a part of one, as signs see it: the form, kind and number of each of its items, and where marks begin."""

    def __init__(self, forms: list[str], kinds: list[Kind], numbers: list[int], starts: list[int]) -> None:
        self.forms, self.kinds, self.numbers, self.starts = forms, kinds, numbers, starts

    def part(self, first: int, end: int) -> Tape:
        """The part between two places, the tape itself where that is all of it."""
        if first <= 0 and end >= len(self.forms):
            return self
        cut = slice(max(0, first), end)
        return Tape(self.forms[cut], self.kinds[cut], self.numbers[cut], self.starts[cut])

    def behind(self, number: int, place: int) -> int:
        """The place behind the mention of a number, the last before a place; 0 where there is none."""
        return next((at + 1 for at in range(place - 1, -1, -1) if self.numbers[at] == number), 0)

    @cached_property
    def classes(self) -> list[str]:
        """The forms, words of a class by it."""
        return [general(form) for form in self.forms]

    @cached_property
    def pairs(self) -> list[str]:
        """Each class with the one behind it."""
        return [f"{one} {other}" for one, other in pairwise(self.classes)]

    @cached_property
    def words(self) -> list[str]:
        """The words, each once, in alphabetical order."""
        return sorted({form for form, kind in zip(self.forms, self.kinds, strict=True) if kind == "word"})

    @cached_property
    def names(self) -> list[int]:
        """The places of names."""
        return [place for place, kind in enumerate(self.kinds) if kind == "name"]

    def form(self, place: int) -> str:
        """The form at a place; `^` before the beginning, `$` behind the end."""
        return "^" if place < 0 else self.forms[place] if place < len(self.forms) else "$"

    def beside(self, first: int, last: int) -> tuple[str, ...]:
        """The two forms before a part, and the two behind."""
        return (*("^", "^", *self.forms[max(0, first - 2) : first])[-2:], *(*self.forms[last : last + 2], "$", "$")[:2])


class Tapes:
    """The tapes of a text's sentences, each made when it is first asked for."""

    def __init__(self, text: str, sentences: Sequence[Sentence], marks: Iterable[Mark]) -> None:
        """`marks` in the order of the text, longer before shorter; what lies inside another is not shown."""
        self.text, self.sentences, self._marks = text, sentences, list(marks)
        self._tapes: dict[int, Tape] = {}

    def sentence_at(self, position: int) -> int:
        """The number of the sentence at a place, or of the last one before it."""
        return max(0, bisect_right(self.sentences, position, key=_START) - 1)

    def at(self, index: int) -> Tape:
        """The tape of the sentence of that number."""
        if index not in self._tapes:
            self._tapes[index] = self._make(self.sentences[index])
        return self._tapes[index]

    def around(self, index: int, position: int) -> tuple[Tape, int]:
        """The part of a sentence's tape around a mark that begins at `position`, and the place in it of that mark.

        No more than `BEFORE` items before it and `BEHIND` items behind it, so that a table read as one sentence costs no more.
        """
        tape = self.at(index)
        place = max(0, bisect_right(tape.starts, position) - 1)
        return tape.part(place - BEFORE, place + 1 + BEHIND), min(place, BEFORE)

    def end_of(self, index: int) -> Tape:
        """The last items of a sentence's tape, no more than `BEFORE`."""
        tape = self.at(index)
        return tape.part(len(tape.forms) - BEFORE, len(tape.forms))

    def _make(self, sentence: Sentence) -> Tape:
        tape, position = Tape([], [], [], []), sentence.start

        def add(start: int, words: Iterable[tuple[str, Kind]], number: int = -1) -> None:
            for form, kind in words:
                tape.forms.append(form)
                tape.kinds.append(kind)
                tape.numbers.append(number)
                tape.starts.append(start)  # of a word where the words begin with which it stands between two marks

        first, last = (bisect_left(self._marks, end, key=_START) for end in (sentence.start, sentence.end))
        for mark in self._marks[first:last]:
            if mark.start >= position:
                add(position, map(_read, _WORD.findall(self.text, position, mark.start)))
                add(mark.start, [(mark.form, _KINDS.get(mark.form, "other"))], mark.number)
                position = mark.end
        add(position, map(_read, _WORD.findall(self.text, position, sentence.end)))
        return tape


@lru_cache(maxsize=65536)
def _read(word: str) -> tuple[str, Kind]:
    """A word as a tape shows it, and its kind."""
    if word[0].isdigit():
        return "#", "number"
    form = word.lower().replace("’", "'")
    return (INDEPENDENT, "name") if form in ("independent", "independents") else (form, "word")


@cache
def _classes() -> Mapping[str, str]:
    file = packaged("figures")
    return {same_spelling(word): name for name in reversed(list(file.lists)) for word in file.words(name)}


def class_of(form: str) -> str:
    """The class of a word, the first list of `rules/figures.yml` that has it; empty for none."""
    return _classes().get(form, "")


@cache
def general(form: str) -> str:
    """The class of a word, `<win>`, or the word itself where it is of none."""
    return f"<{found}>" if (found := class_of(form)) else form


_NEAR = 7


def signs_around(tape: Tape, place: int) -> Signs:
    """The signs in the words before and behind a place of a tape."""
    for name, order in (("before", -1), ("behind", 1)):
        yield f"{name} 1: ", (tape.form(place + order),)
        near = [general(tape.form(place + order * step)) for step in (1, 2)]
        yield f"{name}, by class: ", (" ".join(near[::order]),)
    yield "near before: ", _up_to_figure(tape, range(place - 1, max(0, place - _NEAR) - 1, -1))
    yield "near behind: ", _up_to_figure(tape, range(place + 1, min(len(tape.forms), place + 1 + _NEAR)))


def _up_to_figure(tape: Tape, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        if tape.kinds[place] == "figure":
            yield "a figure"
            return
        yield tape.classes[place]


class Spoken:
    """What a document speaks of: how often words of each class stand in it."""

    def __init__(self, text: str) -> None:
        classes, words = _classes(), _PART.findall(text.lower())
        self._counts = counts = Counter(filter(None, map(classes.get, words)))
        self.is_short = len(words) <= _SHORT
        self.of_votes = bool(counts["vote"] or counts["election"] or not _TURNOUT.isdisjoint(words))
        """Whether it speaks of votes: one that does not has no shares of them."""
        self.of_seats = bool(counts["seat"] or ((counts["house"] or counts["chamber"]) and self.of_votes))
        """Whether it speaks of seats, or of a house and votes: one that does not has no seat counts."""

    def signs(self, classes: Iterable[str]) -> Signs:
        """A sign for each class: how often its words stand in the document."""
        return [("document speaks of ", [f"{name}: {_size(self._counts[name])}" for name in classes])]


@lru_cache(maxsize=2)
def spoken(text: str) -> Spoken:
    """What a text speaks of; kept, since finders and attribution ask it of one document after the other."""
    return Spoken(text)


_SHORT = 200
"""What a document of more words than this does not speak of is not in it; a shorter one may be a table alone."""
_TURNOUT = frozenset(("turnout", "turn-out"))  # who is registered, eligible or attends may be anybody's customers
_PART = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def _size(count: int) -> str:
    return "none" if not count else "once" if count == 1 else "some" if count < 6 else "much"

"""A sentence as signs see it: its words in small letters, with names, figures, dates and other numbers by their kinds.

`The Greens won 12 seats on Sunday` is read `the PARTY won SEATS on DATE`. Words of one kind (`rules/figures.yml`: won, took,
secured) are told by their class as well: `the PARTY <win> SEATS on DATE`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from spacy.tokens import Span

from extract.recognise.figures.headers import classes
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


class Decided(NamedTuple):
    """What was decided of a number or figure: its sentence, label, role or measure, and its owner's key."""

    number: int
    sentence: int
    label: str
    kind: str = ""
    key: tuple[str, ...] = ()


_KINDS: Mapping[str, Literal["name", "figure"]] = {
    **dict.fromkeys((*NAME_FORMS, INDEPENDENT), "name"),
    **dict.fromkeys(("SEATS", "PERCENT"), "figure"),
}


class Tape:
    """A sentence, or a part of one, as signs see it: the form, kind and number of each of its items, and where marks begin."""

    def __init__(self, items: Sequence[tuple[str, Kind, int, int]]) -> None:
        columns: Any = [*zip(*items, strict=True)] or ((), (), (), ())
        self.items, (self.forms, self.kinds, self.numbers, self.starts) = items, columns

    def part(self, first: int, end: int) -> Tape:
        """The part between two places, the tape itself where that is all of it."""
        return self if first <= 0 and end >= len(self.items) else Tape(self.items[max(0, first) : end])

    def since(self, number: int, place: int) -> list[str]:
        """The classes behind the mention of a number, up to a place; from the beginning where it is not there."""
        return self.classes[next((at + 1 for at in range(place - 1, -1, -1) if self.numbers[at] == number), 0) : place]

    @cached_property
    def classes(self) -> list[str]:
        """The forms, words of a class by it."""
        return [general(form) for form in self.forms]

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

    def _make(self, sentence: Sentence) -> Tape:
        items: list[tuple[str, Kind, int, int]] = []
        first, last = (bisect_left(self._marks, end, key=_START) for end in (sentence.start, sentence.end))
        position = sentence.start
        for mark in self._marks[first:last]:
            if mark.start >= position:
                items += self._words(position, mark.start)
                items.append((mark.form, _KINDS.get(mark.form, "other"), mark.number, mark.start))
                position = mark.end
        return Tape([*items, *self._words(position, sentence.end)])

    def _words(self, start: int, end: int) -> Iterator[tuple[str, Kind, int, int]]:
        """The words between two marks, each as if it began where they all do."""
        return ((form, kind, -1, start) for form, kind in map(_read, _WORD.findall(self.text, start, end)))


@lru_cache(maxsize=65536)
def _read(word: str) -> tuple[str, Kind]:
    """A word as a tape shows it, and its kind."""
    if word[0].isdigit():
        return "#", "number"
    form = word.lower().replace("’", "'")
    return (INDEPENDENT, "name") if form in ("independent", "independents") else (form, "word")


@lru_cache(maxsize=65536)
def general(form: str) -> str:
    """The class of a word, the first list of `rules/figures.yml` that has it: `<win>`; the word itself where it is of none."""
    return f"<{found[0]}>" if (found := classes("figures").get(form)) else form


_NEAR = 7


def signs_around(tape: Tape, place: int) -> Signs:
    """The signs in the words before and behind a place of a tape."""
    for name, order in (("before", -1), ("behind", 1)):
        yield f"{name} 1: ", (tape.form(place + order),)
        near = [general(tape.form(place + order * step)) for step in (1, 2)]
        yield f"{name}, by class: ", (" ".join(near[::order]),)
    yield "near before: ", [*_up_to_figure(tape, range(place - 1, max(0, place - _NEAR) - 1, -1))]
    yield "near behind: ", [*_up_to_figure(tape, range(place + 1, min(len(tape.forms), place + 1 + _NEAR)))]


def _up_to_figure(tape: Tape, places: Iterable[int]) -> Iterator[str]:
    for place in places:
        if tape.kinds[place] == "figure":
            yield "a figure"
            return
        yield tape.classes[place]


class Spoken:
    """What a document speaks of: how often words of each class stand in it."""

    def __init__(self, text: str) -> None:
        lower, known = text.lower(), classes("figures")
        self._counts = said = Counter[str]()
        for word, count in Counter(lower.split()).items():
            for part in (word,) if word.isalpha() else _PART.findall(word):
                if part in known:
                    said[known[part][0]] += count
        self.of_votes = bool(said["vote"] or said["election"] or "turnout" in lower)
        """Whether it speaks of votes: one that does not, nor of seats, has no shares of them."""
        self.of_seats = bool(said["seat"] or ((said["house"] or said["chamber"]) and self.of_votes))
        """Whether it speaks of seats, or of a house and votes: one that does not has no seat counts."""

    def signs(self, classes: Iterable[str]) -> Signs:
        """A sign for each class: how often its words stand in the document."""
        return [("document speaks of ", [f"{name}: {size(self._counts[name])}" for name in classes])]


spoken = lru_cache(maxsize=2)(Spoken)
"""What a text speaks of; kept, since finders and attribution ask it of one document after the other."""

_PART = re.compile(r"[a-zß-ž]+(?:[-'][a-zß-ž]+)*")


def size(count: int) -> str:
    """How much a number of times is."""
    return "none" if not count else "once" if count == 1 else "some" if count < 6 else "much"

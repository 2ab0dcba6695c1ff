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
from operator import attrgetter
from typing import Literal, NamedTuple

from spacy.tokens import Span

from extract.rules.load import packaged
from extract.rules.words import same_spelling
from extract.text.sentences import Sentence

NAME_FORMS = ("PARTY", "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP")
"""The labels of names that may have a figure."""
INDEPENDENT = "INDEPENDENT"
BEFORE, BEHIND = 60, 30
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*|[^\w\s]")
_START = attrgetter("start")


class Item(NamedTuple):
    """A word, sign or mention `text[start:end]`: `form` is the word in small letters, or the label of the mention.

    `number` is that of the mention, -1 for a word. Independents are a name without a mention.
    """

    form: str
    start: int
    end: int
    kind: Literal["word", "number", "name", "figure", "other"] = "word"
    number: int = -1


def mark(form: str, start: int, end: int, number: int = -1) -> Item:
    """A mention as a tape shows it, by its label."""
    return Item(form, start, end, _KINDS.get(form, "other"), number)


def marks_of(spans: Iterable[Span]) -> list[Item]:
    """The spans of finders as a tape shows them."""
    return [mark(span.label_, span.start_char, span.end_char) for span in spans]


_KINDS: Mapping[str, Literal["name", "figure"]] = {
    **dict.fromkeys((*NAME_FORMS, INDEPENDENT), "name"),
    **dict.fromkeys(("SEATS", "PERCENT"), "figure"),
}


class Tapes:
    """The tapes of a text's sentences, each made when it is first asked for."""

    def __init__(self, text: str, sentences: Sequence[Sentence], marks: Iterable[Item]) -> None:
        """`marks` in the order of the text, longer before shorter; what lies inside another is not shown."""
        self.text, self.sentences, self._marks = text, sentences, list(marks)
        self._tapes: dict[int, list[Item]] = {}
        self._words_of: dict[tuple[int, int], list[str]] = {}

    def sentence_at(self, position: int) -> int:
        """The number of the sentence at a place, or of the last one before it."""
        return max(0, bisect_right(self.sentences, position, key=_START) - 1)

    def at(self, index: int) -> list[Item]:
        """The tape of the sentence of that number."""
        if index not in self._tapes:
            self._tapes[index] = list(self._make(self.sentences[index]))
        return self._tapes[index]

    def around(self, index: int, position: int) -> tuple[list[Item], int]:
        """The part of a sentence's tape around a place of the text, and the place in it of the item there.

        No more than `BEFORE` items before it and `BEHIND` items behind it, so that a table read as one sentence costs no more.
        """
        tape = self.at(index)
        place = max(0, bisect_right(tape, position, key=_START) - 1)
        first = max(0, place - BEFORE)
        return tape[first : place + 1 + BEHIND], place - first

    def words_of(self, tape: Sequence[Item]) -> list[str]:
        """The words of a tape of these, or of a part of one, each once, in alphabetical order."""
        key = tape[0].start, tape[-1].end
        if key not in self._words_of:
            self._words_of[key] = sorted({item.form for item in tape if item.kind == "word"})
        return self._words_of[key]

    def end_of(self, index: int) -> list[Item]:
        """The last items of a sentence's tape, no more than `BEFORE`."""
        return self.at(index)[-BEFORE:]

    def _make(self, sentence: Sentence) -> Iterator[Item]:
        position = sentence.start
        first, last = (bisect_left(self._marks, end, key=_START) for end in (sentence.start, sentence.end))
        for mark in self._marks[first:last]:
            if mark.start >= position:
                yield from self._words(position, mark.start)
                yield mark
                position = mark.end
        yield from self._words(position, sentence.end)

    def _words(self, start: int, end: int) -> Iterator[Item]:
        for found in _WORD.finditer(self.text, start, end):
            word = found[0].lower().replace("’", "'")
            if word[0].isdigit():
                yield Item("#", *found.span(), "number")
            elif word in ("independent", "independents"):
                yield mark(INDEPENDENT, *found.span())
            else:
                yield Item(word, *found.span())


def form_at(tape: Sequence[Item], index: int) -> str:
    """The form at a place of a tape; `^` before its beginning, `$` behind its end."""
    if index < 0:
        return "^"
    return tape[index].form if index < len(tape) else "$"


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


def signs_around(tape: Sequence[Item], place: int) -> Iterator[str]:
    """The signs in the words before and behind a place of a tape."""
    for name, order in (("before", -1), ("behind", 1)):
        yield f"{name} 1: {form_at(tape, place + order)}"
        near = [general(form_at(tape, place + order * step)) for step in (1, 2)]
        yield f"{name}, by class: {' '.join(near[::order])}"
    yield from _up_to_figure("near before", reversed(tape[max(0, place - _NEAR) : place]))
    yield from _up_to_figure("near behind", tape[place + 1 : place + 1 + _NEAR])


def _up_to_figure(name: str, items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.kind == "figure":
            yield f"{name}: a figure"
            return
        yield f"{name}: {general(item.form)}"


class Spoken:
    """What a document speaks of: how often words of each class stand in it."""

    def __init__(self, text: str) -> None:
        counts, classes, words = Counter[str](), _classes(), Counter(_PART.findall(text.lower()))
        for word, count in words.items():
            counts[classes.get(word, "")] += count
        self._counts = counts
        self.is_short = counts.total() <= _SHORT
        self.of_votes = bool(counts["vote"] or counts["election"] or not _TURNOUT.isdisjoint(words))
        """Whether it speaks of votes: one that does not has no shares of them."""
        self.of_seats = bool(counts["seat"] or ((counts["house"] or counts["chamber"]) and self.of_votes))
        """Whether it speaks of seats, or of a house and votes: one that does not has no seat counts."""

    def signs(self, classes: Iterable[str]) -> list[str]:
        """A sign for each class: how often its words stand in the document."""
        return [f"document speaks of {name}: {_size(self._counts[name])}" for name in classes]


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

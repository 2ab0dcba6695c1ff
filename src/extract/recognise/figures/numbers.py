"""What a number of prose counts: seats, a share that goes without its sign (`32, 27 and 11 percent`), or nothing of ours.

Rules (`seats.yml`, `percentages.yml`) say how such numbers are written; which of them are figures is weighed, number by number
from left to right, by the words around, the figures before, and what the document speaks of. A document that speaks of no
legislature has no seats, and one without percentages has no shares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extract.recognise.figures.tape import Item, Mark, Tapes, general, signs_around, signs_of_sentence, spoken
from extract.recognise.rules import Match
from extract.sources.document import Block
from extract.text.document import document_of
from extract.text.sentences import Sentence, sentences_of
from extract.weigh import Weights

QUESTION = "figures.number"
LABELS = ("none", "seats", "share")
MEMORY = 8
_SPOKEN_OF = ("seat", "member", "house", "chamber", "vote", "election", "group", "money")


def by_percent(sentences: Sequence[Sentence], percentages: Iterable[Span]) -> list[int]:
    """The numbers of the sentences in which shares may go without their sign: those with a percentage, and the two behind."""
    starts = [sentence.start for sentence in sentences]
    first = (bisect_right(starts, span.start_char) - 1 for span in percentages)
    return sorted({number for one in first for number in range(max(0, one), min(one + 3, len(sentences)))})


class Read(NamedTuple):
    """A number that was read, by its place in the numbers of the document, and what it counts."""

    number: int
    sentence: int
    label: str


@dataclass
class Numbers:
    """The numbers of a document that may be figures, with the signs of what they count.

    `matches` in the order of the text; `certain` are the percentages that have their sign; `may_seat`: there can be seats.
    """

    doc: Doc
    matches: Sequence[Match]
    certain: Sequence[Span]
    may_seat: bool

    def __post_init__(self) -> None:
        self.document = document_of(self.doc)
        self.text = self.document.text
        self.sentences = sentences_of(self.doc)
        self.tapes = Tapes(self.text, self.sentences, sorted(self._marks(), key=lambda mark: (mark.start, -mark.end)))
        self._near_percent = frozenset(by_percent(self.sentences, self.certain))
        self._of_text: dict[tuple[int, int, int], list[str]] = {}
        said = spoken(self.text)
        parties = sum(span.label_ == "PARTY" for span in self.doc.spans.get("names", ()))
        self.spoken_of = [*said.signs(_SPOKEN_OF), f"document names parties: {min(3, parties)}"]

    def _marks(self) -> Iterator[Mark]:
        for key, form in (("names", None), ("dates", "DATE")):
            for span in self.doc.spans.get(key, ()):
                yield Mark(span.start_char, span.end_char, form or span.label_, -1)
        for span in self.certain:
            yield Mark(span.start_char, span.end_char, "PERCENT", -1)
        for number, match in enumerate(self.matches):
            yield Mark(match.start, match.end, "#", number)

    def by_block(self) -> Iterator[list[int]]:
        """The numbers that can be figures at all, those of a block together; in a table only beside the word for seats."""
        for block, group in groupby(range(len(self.matches)), key=self._block_of):
            numbers = list(group)
            words = self.text[block.start : block.end].strip(" .")
            is_answer = words.isalpha() and words == self.matches[numbers[0]].text  # `None.` under `Other business`
            is_told = not block.in_table or any("word" in self.matches[number].captures for number in numbers)
            if not is_answer and is_told:
                may_count = [number for number in numbers if self.may_seat or self._is_by_percent(number)]
                if may_count:
                    yield may_count

    def _block_of(self, number: int) -> Block:
        return self.document.blocks[self.sentences[self.tapes.sentence_at(self.matches[number].start)].block]

    def _is_by_percent(self, number: int) -> bool:
        """Whether there are percentages in the sentence of a number or in the two before."""
        return self.tapes.sentence_at(self.matches[number].start) in self._near_percent

    def read(self, weights: Weights) -> dict[int, str]:
        """What each number counts; numbers that are not asked about are left out."""
        found: dict[int, str] = {}
        for numbers in self.by_block():
            before: tuple[Read, ...] = ()
            for number in numbers:
                found[number] = weights.label(self.signs(number, before), self._allowed(number))[0]
                before = (*before[1 - MEMORY :], Read(number, self.tapes.sentence_at(self.matches[number].start), found[number]))
        return found

    def _allowed(self, number: int) -> tuple[str, ...]:
        """What a number can count: a word for seats makes no shares, decimals make no seats."""
        rule, captures = self.matches[number].rule.id, self.matches[number].captures
        shares = ("share",) if rule == "percentages.points" or self._is_by_percent(number) else ()
        if rule in ("percentages.points", "percentages.beside"):
            return ("none", *shares)
        return ("none", *(("seats",) if self.may_seat else ()), *(() if "word" in captures else shares))

    # -- signs ----------------------------------------------------------------------------------------------------------------

    def signs(self, number: int, before: Sequence[Read]) -> list[str]:
        """The signs of what a number counts, after what the numbers before it were found to count."""
        match = self.matches[number]
        sentence = self.tapes.sentence_at(match.start)
        tape, place = self.tapes.around(sentence, match.start)
        window = sentence, tape[0].start, len(tape)
        if window not in self._of_text:
            self._of_text[window] = list(self._signs_of_text(tape))
        counts = next(filter(_is_plural, (item.form for item in tape[place + 1 : place + 4])), "nothing")
        after = _signs_before(tape, place, sentence, before)
        return [*self._own_signs(match), *signs_around(tape, place), f"counts: {counts}", *self._of_text[window], *after]

    @staticmethod
    def _own_signs(match: Match) -> Iterator[str]:
        word = match.captures.get("word", "").lower()
        written = match.captures.get("number", match.text)
        digits = "".join(char for char in written if char.isdigit())
        yield f"rule: {match.rule.id}"
        yield f"unit: {word or 'none'}"
        yield f"written: {'in words' if not digits else 'with decimals' if '.' in written else f'{len(digits)} digits'}"
        if len(digits) == 4 and digits[:2] in ("19", "20", "18") and "," not in written:
            yield "like a year"
        if written.lower() in ("one", "1", "a", "an", "two", "three", "both"):
            yield f"says {written.lower()}"
            yield f"says {written.lower()} {word or 'none'}"

    def _signs_of_text(self, tape: Sequence[Item]) -> Iterator[str]:
        yield from signs_of_sentence(tape)
        for label, name in (("PARTY", "parties"), ("PERCENT", "percentages")):
            yield f"sentence has {name}: {min(3, sum(item.form == label for item in tape))}"
        pairs = sum(one.kind == "name" and other.form == "#" for one, other in pairwise(tape))
        yield f"names with numbers: {min(3, pairs)}"
        yield from self.spoken_of


def _signs_before(tape: Sequence[Item], place: int, sentence: int, before: Sequence[Read]) -> Iterator[str]:
    if not before:
        return
    last = before[-1]
    where = "here" if last.sentence == sentence else "earlier"
    yield f"number before: {last.label}, {where}"
    seats = sum(read.label == "seats" for read in before)
    yield f"seats before: {min(3, seats)}"
    if where == "here":
        since = [index for index in range(place) if tape[index].number == last.number]
        words = [general(item.form) for item in tape[since[-1] + 1 : place]] if since else []
        yield f"number before: {last.label}, since: {' '.join(words[-4:])}"
        yield from (f"number before: {last.label}, since then {word}" for word in sorted(set(words)))
    percent = next((index for index in range(place - 1, -1, -1) if tape[index].form == "PERCENT"), None)
    if percent is not None:
        words = [general(item.form) for item in tape[percent + 1 : place]]
        yield f"since a percentage: {' '.join(words[:5])}"


def _is_plural(form: str) -> bool:
    return len(form) > 3 and form.endswith("s") and form.isalpha() and not form.endswith(("ss", "us", "is"))

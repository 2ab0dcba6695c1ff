"""Where seats are spoken of: there a bare number may count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc

from extract.sources.document import Block
from extract.text.document import document_of
from extract.text.sentences import Sentence, sentences_of

SEAT_WORD = re.compile(r"\b(?:seats?|mandates?|deput(?:y|ies)|MPs?|MLAs?|councillors?|senators?|lawmakers?)\b", re.IGNORECASE)

_NUMBER_BEHIND = re.compile(
    r"[\"”’')]?(?: \([^)]*\))?:? (?:\d{1,3}(?![\d.,]*[\d%])(?! ?(?:per ?cent|%))|(?:one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve))(?=[,;.)]|$| and )"
)

_MANY = 6
"""A document with so many seat counts is about seats as a whole."""


class Talk:
    """The sentences that speak of seats."""

    def __init__(self, doc: Doc) -> None:
        self._document = document_of(doc)
        self._sentences = sentences_of(doc)
        self._starts = [sentence.start for sentence in self._sentences]
        self._blocks = [block.start for block in self._document.blocks]
        self._spoken: set[int] = set()
        self._spoken_blocks: set[int] = set()
        self._counts = 0

    def listen_to_lists(self, doc: Doc) -> None:
        """A sentence with three parties, each with a number right behind it, counts seats: `Naleraq 3, Atassut 2, IA 11`."""
        text = self._document.text
        parties = [
            span for span in doc.spans.get("names", ()) if span.label_ == "PARTY" and _NUMBER_BEHIND.match(text, span.end_char)
        ]
        numbers = [self._number(span.start_char) for span in parties]
        self.listen(span.start_char for span, number in zip(parties, numbers, strict=True) if numbers.count(number) >= 3)

    def listen(self, positions: Iterable[int]) -> None:
        """Takes note of seat counts at these places."""
        for position in positions:
            self._counts += 1
            self._spoken.add(self._number(position))
            self._spoken_blocks.add(self._block_number(position))

    def _number(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _block_number(self, position: int) -> int:
        return max(0, bisect_right(self._blocks, position) - 1)

    def sentence(self, position: int) -> Sentence:
        """The sentence at a place, or the last one before it."""
        return self._sentences[self._number(position)]

    def was_on(self, position: int) -> bool:
        """Whether one of the ten sentences before speaks of seats, in whatever paragraph."""
        number = self._number(position)
        return any(other in self._spoken for other in range(max(0, number - 10), number))

    def is_on(self, position: int) -> bool:
        """Whether the sentence, or one of the two before it, or the list's lead, speaks of seats."""
        number = self._number(position)
        near = [other for other in (number, number - 1, number - 2) if other in self._spoken]
        block = self._document.block_at(position)
        own = self._sentences[number]
        listed = block is not None and block.kind == "list_item"
        if block is not None and listed and self._lead_says(block):
            return True
        says = SEAT_WORD.search(self._document.text[own.start : own.end])
        return bool(says) or any(other == number or listed or self._sentences[other].block == own.block for other in near)

    def is_on_around(self, position: int) -> bool:
        """Whether the paragraph, or one of the two before it in its section, counts seats; or the document does often."""
        if self._counts >= _MANY:
            return True
        number = self._block_number(position)
        section = self._document.blocks[number].section
        around = (other for other in range(max(0, number - 2), number + 1) if other in self._spoken_blocks)
        return any(self._document.blocks[other].section == section for other in around)

    def _lead_says(self, item: Block) -> bool:
        """Whether the paragraph above a list, or its heading, speaks of seats (`Seats by party:`)."""
        blocks, index = self._document.blocks, bisect_right(self._blocks, item.start) - 1
        while index >= 0 and blocks[index].kind == "list_item":
            index -= 1
        return index >= 0 and bool(SEAT_WORD.search(self._document.text[blocks[index].start : blocks[index].end]))

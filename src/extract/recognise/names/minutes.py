"""Minutes of parliaments and transcripts: what is called out in the house is no name, and a list of those present has persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import Words

_ENOUGH = 3
_MOST_GIVEN = 3
_BEFORE_A_NAME = frozenset({";", ":", "•", "·", "-", "–"})
_BEHIND_A_NAME = frozenset({"(", ";", ".", ""})


@dataclass(frozen=True)
class Minutes:
    """Reads the forms of minutes in one document."""

    words: Words
    lexicon: Lexicon

    @cached_property
    def is_there(self) -> bool:
        """Whether the document is minutes: members are addressed and called on again and again."""
        addressed = self.lexicon.of_layout["house_address"]
        return sum(map({*addressed, *(f"{word}." for word in addressed)}.__contains__, self.words.lower)) >= _ENOUGH

    def read(self) -> Iterator[tuple[int, int]]:
        """Persons with their family name first, in capitals: `WALKER, Clancy (Green Party)`."""
        for comma, word in enumerate(self.words.text):
            if word == "," and comma and (end := self._given_end(comma + 1)):
                start = self._family_start(comma - 1)
                if start is not None:
                    yield start, end

    def _family_start(self, at: int) -> int | None:
        """Where the family name in capitals begins that ends with a word; None if it is not at the head of a line or item."""
        text = self.words.text
        while self._is_capitals(at) and at >= 2 and text[at - 1] == "-" and not self.words.first[at]:
            at -= 2
        begins = self.words.first[at] or text[at - 1] in _BEFORE_A_NAME
        return at if begins and self._is_capitals(at) else None

    def _is_capitals(self, at: int) -> bool:
        word = self.words.text[at]
        return len(word) > 1 and word.isupper() and word.replace("-", "").replace("'", "").isalpha()

    def _given_end(self, start: int) -> int | None:
        """Where the given names end that begin here, before a bracket or the end of a line or item."""
        end = start
        while end < min(len(self.words), start + _MOST_GIVEN) and self._is_given(end):
            end += 1
        return end if end > start and self.words.after(end).strip() in _BEHIND_A_NAME else None

    def _is_given(self, at: int) -> bool:
        word = self.words.text[at]
        is_name = self.words.capital[at] == 1 and (not word.isupper() or len(word) == 1) and word.rstrip(".").isalpha()
        return is_name and not self.words.first[at]

    def refuses(self, start: int, end: int) -> bool:
        """Whether all words are such as minutes are made of: `HON. MEMBER`, `Motion Agreed`."""
        return self.is_there and self._of_house.issuperset(self.words.lower[start:end])

    @cached_property
    def _of_house(self) -> set[str]:
        """The words of the document that minutes are made of."""
        words = self.lexicon.of_layout["house_word"] | {""}
        return {word for word in {*self.words.lower} if word.strip(".,:") in words}

    @cached_property
    def _titles(self) -> frozenset[str]:
        return self.lexicon.of_layout["house_title"] | {""}

    def without_title(self, start: int, end: int) -> tuple[int, int]:
        """The words without a title that belongs to the next name, or in capitals before it: `Semi Tavola Hon`, `DR J. Oak`."""
        while end - start > 1 and self.words.lower[end - 1].rstrip(".") in self._titles:
            end -= 1
        while end - start > 1 and self.words.text[start].isupper() and self.words.lower[start].rstrip(".") in self._titles:
            start += 1
        return start, end

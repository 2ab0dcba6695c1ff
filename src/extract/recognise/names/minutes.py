"""Minutes of parliaments and transcripts: what is called out in the house is no name, and a list of those present has persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from extract.recognise.names.words import ADDRESSED, COMMA, HOUSE, IN_CAPITALS, TITLE, Words
from extract.recognise.scale import Flags, Wholes

_ENOUGH = 3
_MOST_GIVEN = 3
_BEFORE_A_NAME = frozenset({";", ":", "•", "·", "-", "–"})
_BEHIND_A_NAME = frozenset({"(", ";", ".", ""})


@dataclass(frozen=True)
class Minutes:
    """Reads the forms of minutes in one document."""

    words: Words

    @cached_property
    def is_there(self) -> bool:
        """Whether the document is minutes: members are addressed and called on again and again."""
        return bool(np.count_nonzero(self.words.told & ADDRESSED) >= _ENOUGH)

    def read(self) -> Iterator[tuple[int, int]]:
        """Persons with their family name first, in capitals: `WALKER, Clancy (Green Party)`."""
        told = self.words.told
        for at in np.flatnonzero((told[:-1] & IN_CAPITALS > 0) & (told[1:] & COMMA > 0)).tolist():
            start, end = self._family_start(at), self._given_end(at + 2)
            if start is not None and end is not None:
                yield start, end

    def _family_start(self, at: int) -> int | None:
        """Where the family name in capitals begins that ends with a word; None if it is not at the head of a line or item."""
        text = self.words.text
        while self._is_capitals(at) and at >= 2 and text[at - 1] == "-" and not self.words.first[at]:
            at -= 2
        begins = self.words.first[at] or text[at - 1] in _BEFORE_A_NAME
        return at if begins and self._is_capitals(at) else None

    def _is_capitals(self, at: int) -> bool:
        return bool(self.words.told[at] & IN_CAPITALS)

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

    def refuse(self, starts: Wholes, ends: Wholes) -> Flags:
        """Whether all words of stretches are such as minutes are made of: `HON. MEMBER`, `Motion Agreed`."""
        others = np.concatenate(([0], (self.words.told & HOUSE == 0).cumsum()))
        return np.equal(others[starts], others[ends])

    def without_title(self, start: int, end: int) -> tuple[int, int]:
        """The words without a title that belongs to the next name, or in capitals before it: `Semi Tavola Hon`, `DR J. Oak`."""
        told = self.words.told
        while end - start > 1 and told[end - 1] & TITLE:
            end -= 1
        while end - start > 1 and told[start] & TITLE and self.words.text[start].isupper():
            start += 1
        return start, end

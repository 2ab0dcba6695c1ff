"""Names in brackets: `Democratic Party (DP)` says twice the same, `Ivan Ivanov (DP)` says whose member he is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.recognise.names.candidate import Candidate, vote
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import DASHES, Words

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "&", "-", "–", "'s"})
_QUOTES = frozenset("\"'“”‘«»„")
_LONGEST = 9
EXPLAINED = "names.explained"
"""The rule of an acronym that is no name anywhere else: `Alliance of Democrats (AD)`."""

_DATELINE = 12  # words from the beginning of a paragraph to the agency


@dataclass(frozen=True, slots=True)
class Brackets:
    """Reads the brackets of one document."""

    words: Words
    lexicon: Lexicon

    def read(self) -> Iterator[tuple[Candidate, Candidate | None]]:
        """Each acronym in brackets; with the long form before it, where its initials are those of the capitals there."""
        for at in range(1, len(self.words) - 2):
            if self.words.text[at] != "(" or self.words.first[at]:
                continue
            inside = self._inside(at + 1)
            if inside is not None:
                start, end = inside
                long_form = self._long_form(at, self.words.text[start])
                votes = [vote("ORG", "dateline" if self._signs_dateline(end) else "acronym")]
                if self.words.text[start] not in self.lexicon["generic"]:
                    yield Candidate(start, end, "cue", "names.bracket", votes), long_form
                elif long_form is not None:
                    yield Candidate(start, end, "pattern", EXPLAINED, votes), long_form

    def _inside(self, at: int) -> tuple[int, int] | None:
        """The acronym at `at`, before the closing bracket or a comma; compound ones too (`DPS–NN`)."""
        while at < len(self.words) and self.words.text[at] in _QUOTES:
            at += 1
        end = at
        while end < len(self.words) and (
            self._is_acronym(end) or (end > at and self.words.text[end] in ("-", "–", "/") and self.words.glued[end])
        ):
            end += 1
        closes = end < len(self.words) and (self.words.text[end] in (")", ",", ";", "]") or self.words.text[end] in _QUOTES)
        return (at, end) if end > at and closes and end - at <= 4 else None

    def _signs_dateline(self, end: int) -> bool:
        """`MONTEVIDEO, Oct. 28 (RNA) -- `: an agency, near the beginning of a paragraph, before a dash."""
        dashed = self.words.text[end : end + 1] == [")"] and self.words.after(end + 1) in (*DASHES, "--")
        begin = max(0, end - _DATELINE)
        return dashed and any(
            self.words.first[at] and self.words.block[at - 1] != self.words.block[end - 1] for at in range(begin, end)
        )

    def _is_acronym(self, at: int) -> bool:
        word = self.words.text[at]
        return (
            2 <= len(word) <= 10
            and word[0].isupper()
            and sum(map(str.isupper, word)) > len(word) / 2
            and word.isalpha()
            and word not in self.lexicon["person_suffix"]
        )

    def _long_form(self, bracket: int, acronym: str) -> Candidate | None:
        """The words before the bracket whose initials spell the acronym, small words counted or not."""
        letters = [letter for letter in acronym if letter.isupper()]
        at, left = bracket - 1, list(letters)
        start = None
        while at >= 0 and left and bracket - at <= _LONGEST and self.words.block[at] == self.words.block[bracket]:
            word = self.words.text[at]
            if word[0].isalpha() and self._initial(word) == left[-1].lower() and (self.words.capital[at] or word in _SMALL):
                left.pop()
                start = at
            elif word not in _SMALL:
                return None
            if not self.words.glued[at] and self.words.first[at]:
                break
            at -= 1
        if left or start is None or not self.words.capital[start] or bracket - start < 2:
            return None
        return Candidate(start, bracket, "body", "names.long_form", [vote("ORG", "acronym"), vote("PARTY", "acronym")])

    def _initial(self, word: str) -> str:
        return word[0].lower()

"""Names in quotation marks beside a word that says whose they are: the bloc "For a Strong Country", the daily “Azg”."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.recognise.names.candidate import Candidate, vote
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import QUOTES, Words

_CLOSING = (*QUOTES, "'")
_LONGEST = 8  # words between the marks


@dataclass(frozen=True, slots=True)
class Quotes:
    """Reads the quotation marks of one document."""

    words: Words
    lexicon: Lexicon

    def read(self) -> Iterator[Candidate]:
        """The quoted names of parties and other bodies; small words inside are part of the name."""
        for at in range(len(self.words) - 2):
            if self.words.text[at] in QUOTES and self.words.capital[at + 1]:
                end = self._closing(at + 1)
                label = self._label(at, end + 1) if end is not None else None
                if end is not None and label is not None:
                    yield Candidate(at + 1, end, "cue", f"names.quoted_{label.lower()}", [vote(label, "quoted")])

    def _closing(self, start: int) -> int | None:
        for at in range(start, min(start + _LONGEST, len(self.words))):
            if at > start and self.words.text[at] in _CLOSING and self.words.text[at - 1] not in (",", ".", "!", "?"):
                return at
            if self.words.first[at] and at > start:
                return None
        return None

    def _label(self, before: int, after: int) -> str | None:
        near = {self.words.before(before), self.words.after(after)}
        if near & (self.lexicon["party_before"] | self.lexicon["party_after"]):
            return "PARTY"
        return "ORG" if near & self.lexicon["body_noun"] else None

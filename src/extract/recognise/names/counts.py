"""Parties by the figures beside them: `X won 12 seats`, `14 to X`, `X (28)`, `X nine, Y four`, a column `X %`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.recognise.names.candidate import Vote, vote
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, DASHES, Words

_COUNT = re.compile(r"^\d{1,3}$")
_NUMBER = re.compile(r"^\d[\d.,]*$")
_SHARE = re.compile(r"^\d{1,2}[.,]\d{1,2}$")
_PERCENT = frozenset({"%", "percent", "per"})
_STOPS = frozenset({",", ";", "", ".", "(", ")", "and", "or", "to", "–", "—", "-", "[", "/", "·", "•"})
_REACH = 6  # words between a party's verb and its seats
_GONE = frozenset({"went", "go", "goes", "going"})


@dataclass(frozen=True, slots=True)
class Counts:
    """Reads the figures beside the names of one document. Bare figures count only in one that speaks of seats or shares."""

    words: Words
    lexicon: Lexicon
    _about_seats: bool = field(init=False)

    def __post_init__(self) -> None:
        spoken = self.lexicon["seat_word"] | _PERCENT
        object.__setattr__(self, "_about_seats", any(word in spoken for word in self.words.lower))

    def before(self, start: int) -> Iterator[Vote]:
        """`14 to X`, `58 seats went to X`, `12 of X and nine of Y`; `the` may stand between."""
        at = start - 2 if self.words.before(start) == "the" else start - 1
        if at < 1 or self.words.first[at]:
            return
        word = self.words.lower[at]
        if word in ("to", "for") and self._gives(at - 1):
            yield vote("PARTY", "seats")
        elif word == "of" and self._is_count(at - 1) and self._about_seats:
            yield vote("PARTY", "seats", 0.7)

    def _gives(self, at: int) -> bool:
        if self.words.text[at] in _GONE:
            at -= 1
        if at > 0 and self.words.lower[at] in self.lexicon["seat_word"]:
            return self._is_count(at - 1)
        return at >= 0 and self._is_count(at) and self._speaks_of_seats(at)

    def _speaks_of_seats(self, at: int) -> bool:
        begin = max(0, at - 2 * _REACH)
        return any(word in self.lexicon["seat_word"] for word in self.words.lower[begin:at])

    def after(self, end: int) -> Iterator[Vote]:
        """What the figures behind a name say."""
        word = self.words.after(end)
        if word in APOSTROPHES:
            owned = self.words.after(end + 1)
            if owned in self.lexicon["seat_word"] or _NUMBER.match(owned):
                yield vote("PARTY", "seats", 0.5)
        elif word == "(":
            yield from self._bracket(end + 1)
        elif word in self.lexicon["party_verb"]:
            yield from self._wins(end)
        elif word == "%" and self._is_header(end):
            yield vote("PARTY", "seats", 2.0)
        elif self._about_seats:
            yield from self._bare(end, word)

    def _bracket(self, at: int) -> Iterator[Vote]:
        """`X (28 seats)`, `X (25)`, `X (31.2%)`; a whole number alone may be an age."""
        inside, behind = self.words.after(at), self.words.after(at + 1)
        if _NUMBER.match(inside) and (behind in self.lexicon["seat_word"] or behind in _PERCENT):
            yield vote("PARTY", "seats", 1.5)
        elif _SHARE.match(inside) and behind in (")", ","):
            yield vote("PARTY", "seats", 0.7)
        elif self._is_count(at) and behind == ")":
            yield vote("PARTY", "seats", 1.0 if self._about_seats else 0.5)

    def _wins(self, end: int) -> Iterator[Vote]:
        """`X won 12 seats`, `X took 31.2 percent`, `X got 12`; persons get shares too."""
        words = self.words
        near = [at for at in range(end + 1, min(end + _REACH, len(words))) if not words.first[at]]
        if any(words.lower[at] in self.lexicon["seat_word"] for at in near):
            yield vote("PARTY", "seats")
        elif any(words.lower[at] in _PERCENT for at in near) or (self._about_seats and self._has_figure(end, near)):
            yield vote("PARTY", "seats", 0.7)

    def _has_figure(self, end: int, near: Sequence[int]) -> bool:
        return self._is_count(end + 1) or any(_SHARE.match(self.words.text[at]) for at in near)

    def _bare(self, end: int, word: str) -> Iterator[Vote]:
        """`X 12, Y 6`, `X nine and Y four`, `X: 12 seats`, `X: contested 31`, `X to 7.7`, `X with 12 seats`."""
        behind = self.words.after(end + 1)
        counted = self._is_count(end) and (behind in _STOPS or behind in self.lexicon["seat_word"])
        counted = counted or (self._dashed(end) and self._is_count(end + 1) and self.words.after(end + 2) in _STOPS)
        led = word in (":", "with", "on", "at", "to") and self._is_figure(end + 1)
        if counted or led or (word == ":" and behind in self.lexicon["party_verb"] and self._is_count(end + 2)):
            yield vote("PARTY", "seats")

    def _dashed(self, at: int) -> bool:
        """A dash between blanks in an item of a list: `X – 17 (+9)`."""
        item = self.words.blocks[self.words.block[at]].kind == "list_item" if at < len(self.words) else False
        return item and self.words.text[at] in DASHES and not self.words.glued[at]

    def _is_figure(self, at: int) -> bool:
        """A share, or a count with its word."""
        word, behind = self.words.after(at), self.words.after(at + 1)
        counted = behind in self.lexicon["seat_word"] or behind in _PERCENT
        return bool(_SHARE.match(word)) or ((bool(_NUMBER.match(word)) or self._is_count(at)) and counted)

    def _is_count(self, at: int) -> bool:
        word = self.words.lower[at] if 0 <= at < len(self.words) else ""
        return bool(_COUNT.match(word)) or word in self.lexicon["count_word"]

    def _is_header(self, at: int) -> bool:
        cell = self.words.blocks[self.words.block[at]].cell
        return cell is not None and cell.is_header

"""Runs: stretches of capitalised words that may be names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, DASHES, Words

Stretch = tuple[int, int]

_LONGEST = 14  # words


@dataclass(frozen=True, slots=True)
class Runs:
    """Reads the runs of one document. `known[at]`: the end of the longest known name that begins at a word, or `at`."""

    words: Words
    lexicon: Lexicon
    known: Sequence[int]

    def all(self) -> Iterator[Stretch]:
        """The stretches of capitalised words that no small word, sign or sentence end interrupts; sentence openers left out."""
        position, length = 0, len(self.words)
        while position < length:
            if self.words.block[position] < 0 or not self._may_begin(position):
                position += 1
                continue
            end = self.end_of(position)
            yield position + (end - position > 1 and self._ends_compound(position)), end
            position = end

    def _ends_compound(self, at: int) -> bool:
        """`Fascist` in `neo-Fascist Italian Social Movement`."""
        words = self.words
        return at > 1 and words.glued[at] and words.text[at - 1] in DASHES and words.glued[at - 1] and not words.capital[at - 2]

    def _may_begin(self, at: int) -> bool:
        if not self.words.capital[at]:
            return False
        word = self.words.text[at]
        if word in self.lexicon["opener"] and self.words.is_first(at):
            return self._opens_a_name(at)
        return word not in ("The", "A", "An", "I") and not self.is_date(at)

    def is_date(self, at: int) -> bool:
        """Whether a word is a date's: a weekday, or a month beside a number."""
        word = self.words.text[at]
        if word in self.lexicon["weekday"]:
            return True
        beside = self.words.text[max(0, at - 1) : at + 2]
        return word in self.lexicon["calendar"] and any(other[0].isdigit() for other in beside)

    def _opens_a_name(self, at: int) -> bool:
        """`New Democracy won`: an adjective that opens names too, before another capital."""
        following = at + 1
        if following >= len(self.words) or self.words.first[following] or not self.words.capital[following]:
            return False
        ambiguous = self.words.text[at] in self.lexicon["party_opener"] or self.words.text[at] in self.lexicon["office_part"]
        return ambiguous and self.words.lower[following] not in self.lexicon["title"]

    def end_of(self, start: int) -> int:
        """The end of the run that begins at a word."""
        end = start + 1
        while end - start < _LONGEST:
            following = self._next(end)
            if following is None:
                break
            end = following
        return end

    def _next(self, at: int) -> int | None:
        """The end of the run if it goes on at `at`, else None."""
        words = self.words
        if not self.inside(at):
            return None
        if words.capital[at]:
            return None if self.is_date(at) else at + 1
        if (
            words.text[at] in DASHES
            and words.text[at - 1] in self.lexicon["prefix"]
            and words.glued[at]
            and self._small_part(at + 1)
        ):
            return at + 2
        if words.text[at] in APOSTROPHES and self.capital(at + 1) and self._owns(at):
            return at + 2
        if words.text[at] in DASHES and words.glued[at] and self.capital(at + 1) and words.glued[at + 1]:
            return at + 2
        if words.text[at] in DASHES and words.glued[at] and self._is_given_syllable(at):
            return self._last_syllable(at + 2)
        if words.text[at] == "&" and self.capital(at + 1):
            return at + 2
        return self._after_particle(at)

    def _owns(self, at: int) -> bool:
        """`Workers' Union`, `St Andrew's Hall`; not `Kyiv's Square`."""
        owner, owned = self.words.text[at - 1], self.words.text[at + 1]
        known = any(self.known[start] == at for start in range(max(0, at - 3), at))
        return owner in self.lexicon["owner"] or (owned in self.lexicon["fac_head"] and not known and not self.capital(at + 2))

    def _is_given_syllable(self, at: int) -> bool:
        """`Moon Jae-in`, `Tsai Ing-wen`: a short small word behind the second short capital, and no `-led`."""
        words = self.words
        if not self.inside(at + 1) or not words.glued[at + 1] or words.first[at - 1] or at < 2 or not words.capital[at - 2]:
            return False
        short = len(words.text[at - 1]) <= 6 and len(words.text[at + 1]) <= 6 and words.text[at + 1].isalpha()
        return (
            short
            and words.text[at + 1] not in self.lexicon["compound"]
            and not words.text[at + 1].endswith("ed")
            and self.known[at - 1] <= at - 1
        )

    def _last_syllable(self, at: int) -> int:
        """The end of `Chan-o-cha`."""
        words = self.words
        while (
            self.inside(at + 1)
            and words.text[at] in DASHES
            and words.glued[at]
            and words.glued[at + 1]
            and words.text[at + 1].islower()
        ):
            at += 2
        return at

    def _small_part(self, at: int) -> bool:
        """`Inter-parliamentary Relations`: a small word behind the hyphen, a capital behind that."""
        return self.inside(at) and self.words.glued[at] and self.words.text[at].isalpha() and self.capital(at + 1)

    def _after_particle(self, at: int) -> int | None:
        """`Charles de Gaulle`, `Bashar al-Assad`, `Rafael van der Vaart`."""
        position = at
        while position < at + 3 and self.inside(position) and self.words.text[position] in self.lexicon["particle"]:
            position += 1
            if self.inside(position) and self.words.text[position] in DASHES:
                position += 1
        return position + 1 if position > at and self.capital(position) else None

    def inside(self, at: int) -> bool:
        """Whether the sentence of the word before goes on at a word."""
        return at < len(self.words) and not self.words.first[at] and self.words.block[at] >= 0

    def capital(self, at: int) -> bool:
        """The same, with a capital."""
        return self.inside(at) and self.words.capital[at]

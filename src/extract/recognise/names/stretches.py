"""Stretches of words that may be names: whatever lies between the boundaries that capitals and other finders draw."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, DASHES, QUOTES, Words

Stretch = tuple[int, int]

_LONGEST = 14  # words of one name
_MOST_PIECES = 6  # pieces of capitals that small words join
_WHOLE = 4  # words of a piece of which every stretch is tried
_LINKS = frozenset(
    {"of", "for", "and", "the", "in", "on", "against", "to", "with", "&", "/", "(", '"', "“", *APOSTROPHES, *DASHES}
)
_PAIRS = {"(": ")", '"': '"', "“": "”"}
_SIGNS = frozenset({*_PAIRS, *_PAIRS.values()})


@dataclass(frozen=True, slots=True)
class Stretches:
    """Reads the capitalised stretches of one document. `starts`, `ends`: where other finders see a name begin or end."""

    words: Words
    lexicon: Lexicon
    starts: frozenset[int]
    ends: frozenset[int]

    def all(self) -> Iterator[Stretch]:
        """The stretches; some come twice."""
        chain: list[Stretch] = []
        for piece in self._pieces():
            if chain and not self._joins(chain[-1][1], piece[0]):
                chain = []
            chain = [*chain[1 - _MOST_PIECES :], piece]
            yield from self._in_piece(*piece)
            yield from self._across(chain)

    def _pieces(self) -> Iterator[Stretch]:
        """Runs of capitals; glued hyphens and the particles of family names go on."""
        end = 0
        for at, capital in enumerate(self.words.capital):
            if capital and at >= end and self.words.block[at] >= 0:
                end = at + 1
                while (following := self._next(end)) is not None:
                    end = following
                yield at, end

    def _next(self, at: int) -> int | None:
        """The end of a run that goes on at a word; None if it does not."""
        words = self.words
        if not words.goes_on[at]:
            return None
        if words.capital[at]:
            return at + 1
        if (words.text[at] in DASHES or words.text[at] == "/") and words.glued[at]:
            return at + 2 if words.goes_on[at + 1] and words.glued[at + 1] and words.text[at + 1][0].isalnum() else None
        return self._after_particle(at)

    def _after_particle(self, at: int) -> int | None:
        """`Charles de Gaulle`, `Bashar al-Assad`, `Rafael van der Vaart`."""
        words, position = self.words, at
        while position < at + 3 and words.goes_on[position] and "particle" in self.lexicon.lists_of(words.text[position]):
            position += 1
            position += words.goes_on[position] and words.text[position] in DASHES
        return position + 1 if position > at and words.goes_on[position] and words.capital[position] else None

    def _joins(self, end: int, start: int) -> bool:
        """Whether the words between two pieces may stand inside one name."""
        words = self.words
        if not 1 <= start - end <= 2 or any(words.first[end : start + 1]):
            return False
        between = words.lower[end:start]
        return all(word in _LINKS for word in between) or list(between) in ([","], [")"], ["”"], [")", ","])

    def _in_piece(self, start: int, end: int) -> Iterator[Stretch]:
        """Every stretch of a short piece; of a long one those between boundaries, and at its edges."""
        begins: Sequence[int] = range(start, end)
        stops: Sequence[int] = range(start + 1, end + 1)
        if end - start > _WHOLE:
            begins = [at for at in begins if at in self.starts or at - start < 2 or end - at <= 2]
            stops = [at for at in stops if at in self.ends or at - start <= 2 or end - at < 2]
        for first in begins:
            near = stops[bisect_right(stops, first) : bisect_right(stops, first + _LONGEST)]
            yield from ((first, last) for last in near if self._fits(first, last))

    def _across(self, chain: Sequence[Stretch]) -> Iterator[Stretch]:
        """The stretches that begin in an earlier piece of a chain and end in its last."""
        start, end = chain[-1]
        furthest = min(end, start + _LONGEST)
        stops = [at for at in range(start + 1, furthest + 1) if at in (start + 1, end) or at in self.ends]
        for begin, stop in chain[:-1]:
            for first in range(max(begin, start - _LONGEST), stop):
                if first in (begin, stop - 1) or first in self.starts:
                    yield from ((first, last) for last in stops if last <= first + _LONGEST and self._fits(first, last))

    def _fits(self, start: int, end: int) -> bool:
        """Whether it begins and ends with a word, and closes the brackets and quotation marks that it opens."""
        texts = self.words.text
        if not texts[start][0].isalnum() or not texts[end - 1][0].isalnum():
            return end - start > 2 and texts[end - 1] == ")" and "(" in texts[start:end]
        inside = texts[start:end]
        return _SIGNS.isdisjoint(inside) or all(
            inside.count(left) == inside.count(right) or left == right for left, right in _PAIRS.items()
        )


def trimmed(words: Words, start: int, end: int) -> Stretch:
    """A model's stretch without the article, signs and quotation marks at its edges; empty if nothing is left."""
    while start < end and (words.lower[start] in ("the", "a", "an") or not words.text[start][0].isalnum()):
        start += 1
    while end > start and (
        words.text[end - 1] in APOSTROPHES or words.text[end - 1] in QUOTES or not _ends_word(words, start, end)
    ):
        end -= 1
    return start, end


def _ends_word(words: Words, start: int, end: int) -> bool:
    last = words.text[end - 1]
    closes = last == ")" and "(" in words.text[start:end]
    return last[0].isalnum() or closes

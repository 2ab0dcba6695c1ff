"""Stretches of words that may be names: whatever lies between the boundaries that capitals and other finders draw."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np

from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, DASHES, PAIRS, Stretch, Words
from extract.weigh.scale import Wholes, two_rows

_LONGEST = 14  # words of one name
_MOST_PIECES = 6  # pieces of capitals that small words join
_MOST_LINKS = 2  # such words between two
_WHOLE = 4  # words of a piece of which every stretch is tried
_LINKS = frozenset(
    {"of", "for", "and", "the", "in", "on", "against", "to", "with", "&", "/", "(", '"', "“", *APOSTROPHES, *DASHES}
)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Reads the capitalised stretches of one document. `starts`, `ends`: where other finders see a name begin or end."""

    words: Words
    lexicon: Lexicon
    starts: frozenset[int]
    ends: frozenset[int]

    def all(self) -> tuple[Wholes, Wholes]:
        """The starts and ends of the stretches, in any order; some come twice."""
        pieces = [*self._pieces()]
        short = (combinations(range(start, end + 1), 2) for start, end in pieces if end - start <= _WHOLE)
        starts, ends = two_rows([*chain.from_iterable(short), *self._across(pieces), *self._in_long(pieces)])
        fit = self._fit(starts, ends)
        return starts[fit], ends[fit]

    def _pieces(self) -> Iterator[Stretch]:
        """Runs of capitals; glued hyphens and the particles of family names go on."""
        capital, block, at = self.words.capital, self.words.block, self.words.capital.find(1)
        while at >= 0:
            end = at + 1
            if block[at] >= 0:
                while (following := self._next(end)) is not None:
                    end = following
                yield at, end
            at = capital.find(1, end)

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
        words, particles, position = self.words, self.lexicon.of_layout["particle"], at
        while position < at + 3 and words.goes_on[position] and words.lower[position] in particles:
            position += 1
            position += words.goes_on[position] and words.text[position] in DASHES
        return position + 1 if position > at and words.goes_on[position] and words.capital[position] else None

    def _joins(self, end: int, start: int) -> bool:
        """Whether the words between two pieces may stand inside one name."""
        words = self.words
        if start == end or any(words.first[end : start + 1]):
            return False
        between = words.lower[end:start]
        return all(word in _LINKS for word in between) or list(between) in ([","], [")"], ["”"], [")", ","])

    def _in_long(self, pieces: Iterable[Stretch]) -> Iterator[Stretch]:
        """Of long pieces the stretches between boundaries, and at their edges."""
        for start, end in pieces:
            if end - start > _WHOLE:
                begins = [at for at in range(start, end) if at in self.starts or at - start < 2 or end - at <= 2]
                stops = [at for at in range(start + 1, end + 1) if at in self.ends or at - start <= 2 or end - at < 2]
                for first in begins:
                    near = stops[bisect_right(stops, first) : bisect_right(stops, first + _LONGEST)]
                    yield from ((first, last) for last in near)

    def _across(self, pieces: Iterable[Stretch]) -> Iterator[Stretch]:
        """The stretches that begin in one piece and end in a later one that small words join to it."""
        joined: list[Stretch] = []
        for start, end in pieces:
            if not joined or start - joined[-1][1] > _MOST_LINKS or not self._joins(joined[-1][1], start):
                joined = [(start, end)]
                continue
            joined = joined[1 - _MOST_PIECES :]
            furthest = min(end, start + _LONGEST)
            stops = [at for at in range(start + 1, furthest + 1) if at in (start + 1, end) or at in self.ends]
            for begin, stop in joined:
                for first in range(max(begin, start - _LONGEST), stop):
                    if first in (begin, stop - 1) or first in self.starts:
                        yield from ((first, last) for last in stops if last <= first + _LONGEST)
            joined.append((start, end))

    def _fit(self, starts: Wholes, ends: Wholes) -> Wholes:
        """The numbers of those that begin and end with a word, and close the brackets and quotation marks that they open."""
        alnum, paired = (np.frombuffer(each, dtype=bool) for each in (self.words.alnum, self.words.paired))
        before = np.concatenate(([0], paired.cumsum()))
        fit = alnum[starts] & alnum[ends - 1]
        for number in np.flatnonzero(before[starts] < before[ends]).tolist():
            inside = self.words.text[starts[number] : ends[number]]
            if fit[number]:
                fit[number] = all(inside.count(left) == inside.count(right) or left == right for left, right in PAIRS.items())
            else:
                fit[number] = len(inside) > 2 and inside[-1] == ")" and "(" in inside
        return np.flatnonzero(fit)


def trimmed(words: Words, start: int, end: int) -> Stretch:
    """A model's stretch without the article, signs and quotation marks at its edges; empty if nothing is left."""
    while start < end and (words.lower[start] in ("the", "a", "an") or not words.alnum[start]):
        start += 1
    while end > start and not (words.alnum[end - 1] or (words.text[end - 1] == ")" and "(" in words.text[start:end])):
        end -= 1
    return start, end

"""Stretches of words that may be names: whatever lies between the boundaries that capitals and other finders draw."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from extract.recognise.names.words import ARTICLE, DASH, DASHES, LINK, PAIRED, PAIRS, PARTICLE, Stretch, Words
from extract.recognise.scale import Wholes, two_rows

_LONGEST = 14  # words of one name
_MOST_PIECES = 6  # pieces of capitals that small words join
_MOST_LINKS = 2  # such words between two
_WHOLE = 4  # words of a piece of which every stretch is tried
_JOINTS = ([","], [")"], ["”"], [")", ","])
"""What joins two pieces beside the small words."""
_PARTS = [(length, np.array([*combinations(range(length + 1), 2)]).T[:, :, None]) for length in range(1, _WHOLE + 1)]
"""Where the stretches inside a piece begin and end, by its length."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Reads the capitalised stretches of one document. `starts`, `ends`: where other finders see a name begin or end."""

    words: Words
    starts: frozenset[int]
    ends: frozenset[int]

    def all(self) -> Wholes:
        """The starts of the stretches, and their ends, in any order; some come twice."""
        pieces = [*self._pieces()]
        starts, ends = two_rows(pieces)
        inside = [starts[ends - starts == length] + parts for length, parts in _PARTS]
        found = two_rows([*self._across(pieces, starts, ends), *self._in_long(pieces)])
        found = np.concatenate([*(each.reshape(2, -1) for each in inside), found], axis=1)
        return found[:, self._fit(*found)]

    def _pieces(self) -> Iterator[Stretch]:
        """Runs of capitals; glued hyphens and the particles of family names go on."""
        words, told = self.words, self.words.told
        goes_on, glued, capital = (np.frombuffer(each, dtype=bool) for each in (words.goes_on, words.glued, words.capital))
        runs_on = goes_on.copy()
        runs_on[:-1] &= capital
        runs_on[1:] &= capital
        starts = np.flatnonzero(capital & ~runs_on[:-1] & (words.block >= 0))
        ends = np.flatnonzero(capital & ~runs_on[1:] & (words.block >= 0)) + 1
        joints = ((told[:-1] & PARTICLE > 0) | ((told[:-1] & DASH > 0) & glued)) & goes_on
        reached = 0
        for start, end, is_joined in zip(starts.tolist(), ends.tolist(), joints[ends].tolist(), strict=True):
            if start >= reached:
                while is_joined and (following := self._next(end)) is not None:
                    end = following
                yield start, (reached := end)

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
        while position < at + 3 and words.goes_on[position] and words.told[position] & PARTICLE:
            position += 1
            position += words.goes_on[position] and words.text[position] in DASHES
        return position + 1 if position > at and words.goes_on[position] and words.capital[position] else None

    def _joined(self, starts: Wholes, ends: Wholes) -> list[int]:
        """The numbers of the pieces of which the next may be one name with them, for the words between the two."""
        words = self.words
        firsts, links = (
            np.concatenate(([0], each.cumsum())) for each in (np.frombuffer(words.first, dtype=bool), words.told & LINK > 0)
        )
        starts, ends = starts[1:], ends[:-1]
        gaps = starts - ends
        near = np.flatnonzero((gaps > 0) & (gaps <= _MOST_LINKS) & (firsts[starts + 1] == firsts[ends]))
        linked = links[starts[near]] - links[ends[near]] == gaps[near]
        places = zip(near.tolist(), linked.tolist(), ends[near].tolist(), starts[near].tolist(), strict=True)
        return [number for number, is_linked, end, start in places if is_linked or words.lower[end:start] in _JOINTS]

    def _in_long(self, pieces: Iterable[Stretch]) -> Iterator[Stretch]:
        """Of long pieces the stretches between boundaries, and at their edges."""
        for start, end in pieces:
            if end - start > _WHOLE:
                begins = [at for at in range(start, end) if at in self.starts or at - start < 2 or end - at <= 2]
                stops = [at for at in range(start + 1, end + 1) if at in self.ends or at - start <= 2 or end - at < 2]
                for first in begins:
                    near = stops[bisect_right(stops, first) : bisect_right(stops, first + _LONGEST)]
                    yield from ((first, last) for last in near)

    def _across(self, pieces: Sequence[Stretch], starts: Wholes, ends: Wholes) -> list[Stretch]:
        """The stretches that begin in one piece and end in a later one that small words join to it."""
        joined, found = list[Stretch](), list[Stretch]()
        for number in self._joined(starts, ends):
            if not joined or joined[-1] != pieces[number]:
                joined = [pieces[number]]
            joined = joined[1 - _MOST_PIECES :]
            start, end = pieces[number + 1]
            furthest = min(end, start + _LONGEST)
            stops = [at for at in range(start + 1, furthest + 1) if at in (start + 1, end) or at in self.ends]
            for begin, stop in joined:
                for first in range(max(begin, start - _LONGEST), stop):
                    if first in (begin, stop - 1) or first in self.starts:
                        found += [(first, last) for last in stops if last <= first + _LONGEST]
            joined.append((start, end))
        return found

    def _fit(self, starts: Wholes, ends: Wholes) -> Wholes:
        """The numbers of those that begin and end with a word, and close the brackets and quotation marks that they open."""
        alnum, paired = np.frombuffer(self.words.alnum, dtype=bool), self.words.told & PAIRED > 0
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
    while start < end and (words.told[start] & ARTICLE or not words.alnum[start]):
        start += 1
    while end > start and not (words.alnum[end - 1] or (words.text[end - 1] == ")" and "(" in words.text[start:end])):
        end -= 1
    return start, end

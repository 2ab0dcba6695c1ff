"""Whether a sentence looks ahead or back where a date stands in it: which Monday, which March it means.

The verb that governs a date is the nearest before it (`said on Monday that it would …`), else the first behind it (`On Monday
the council meets`). A preposition may settle it alone (`until Friday`). The words are those of `rules/tense.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from extract.rules.load import packaged

Direction = Literal[-1, 0, 1]
"""-1: what is told is over, 1: it is still to come, 0: the words do not say."""

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+|[^\sA-Za-z\d]")
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?\s(?:on\s)?$")  # `until 2 p.m. on ` is no other than `until `
_NEW_CLAUSE = re.compile(r"[,–—]\s(?:but|yet|while|whereas|and|so)\s(?:(?:on|in|by|at|from)\s)?(?:the\s)?$")
"""A date at the head of a clause is governed by the verb behind it: `none was due, but on March 3 he asked`."""
_POSSESSED = re.compile(r"^['’]s\s[a-z-]+")
"""`Sunday's vote`: what is the day's is no verb."""
_AGREED_TO = re.compile(r"^\s[a-z]{3,}ed\sto\s")
"""`on Tuesday agreed to open`: that it was agreed is over, what was agreed upon has no date here."""
_PRESENT = re.compile(
    r"(?:[A-Z]\w+|,)\s[a-z]{3,}[^\Wsui]s\s(?:from|to|through|against|o?n|in(?:to)?|at|with|for|the|an?|its|their)\s"
)
"""A verb that no list has: `The union, it says here, marches from the square on Thursday`."""
_FAR = 240
"""A verb so many characters away is not that of the date."""
_AUXILIARIES = 4
"""How many words before a participle may hold its `will … be`."""
_BE = frozenset(("be", "being"))
_MODALS = frozenset(["will", "shall", "would", "may", "might", "should", "could", "must", "can", "to"])


def direction_at(before: str, after: str) -> Direction:
    """The direction of a date between `before` and `after`, the rest of its sentence.

    >>> direction_at("The board said on ", " that it would close."), direction_at("Talks are to resume on ", ".")
    (-1, 1)
    """
    clause = before[-_FAR:].rpartition(";")[2]
    if after[:1] in ("'", "’"):
        after = _POSSESSED.sub("", after, count=1)
    left, right = _Words.of(_CLOCK.sub("", clause)), _Words.of(after[:_FAR])
    settled = _by_preposition(left, right)
    if settled is not None:
        return settled
    behind = -1 if _AGREED_TO.search(after[:_FAR]) else right.first_direction(range(len(right.words)))
    sides = (left.first_direction(range(len(left.words) - 1, -1, -1)), behind)
    found = (sides[1] or sides[0]) if _NEW_CLAUSE.search(clause) else (sides[0] or sides[1])
    return found or (1 if _PRESENT.search(before + after) else 0)


def _by_preposition(left: _Words, right: _Words) -> Direction | None:
    """What `until`, `before`, `since`, `after` say; None where no such word stands before the date."""
    words = list(left.words)
    while words and words[-1] in ("the", "late", "early", "its", "his", "their"):
        words.pop()
    if len(words) > 1 and words[-1] == "of" and words[-2] in _list("dated") and "had" not in words[-4:]:
        return -1
    if _ends_in(words, "until"):
        before = words[-6:-1]
        has_lasted = bool(_list("lasting") & set(before)) or "had" in before or ("did" in before and "not" in before)
        has_lasted = has_lasted or (len(words) == 1 and right.first_direction(range(len(right.words))) < 0)
        return -1 if words[-1] in ("until", "till") and has_lasted else 1
    if words and words[-1] == "since":
        return -1
    if _ends_in(words, "following"):
        return 1 if left.first_direction(range(len(words) - 1, -1, -1)) > 0 else -1
    return None


class _Words:
    """The words of a piece of a sentence, in lower case, and which of them have a capital."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = [word.lower() for word in words]
        self._is_capital = [word[:1].isupper() for word in words]

    @classmethod
    def of(cls, text: str) -> _Words:
        return cls(_WORD.findall(text))

    def first_direction(self, places: Iterable[int]) -> Direction:
        """That of the first verb at one of these places; 0 if there is none."""
        return next((direction for place in places if (direction := self._direction(place))), 0)

    def _direction(self, place: int) -> Direction:
        word = self.words[place]
        if self._is_capital[place] and (place or word == "may"):
            return 0  # a name: `Mohamed`, `May`
        if word in _list("ahead") or " ".join(self.words[place : place + 2]) in _list("ahead"):
            return -1 if "had" in self.words[max(0, place - 2) : place] else 1
        if _is_past(word):
            return self._of_past(place)
        if word in _list("timetable"):
            return self._of_present(place)
        if word in ("has", "have"):
            return 1 if self._next(place) in ("to", "until", "till") else -1
        return 1 if word in ("is", "are") else 0

    def _of_past(self, place: int) -> Direction:
        """A form of the past, unless the words before make it a passive of what is to come: `will be held`, `is opened`."""
        before = self.words[max(0, place - _AUXILIARIES) : place]
        nearest = before[-1] if before else ""
        if self.words[place] in ("was", "were") and self._next(place) == "to":
            return 1
        if nearest in _list("article"):
            return 0
        if nearest in _MODALS:
            return 1
        return 1 if nearest in ("is", "are") or (_BE & set(before) and _MODALS & set(before)) else -1

    def _of_present(self, place: int) -> Direction:
        """A present where a subject stands before it; 0 for a noun (`a vote on Monday`)."""
        before = self.words[place - 1] if place else ""
        if before in _MODALS:
            return 1
        if before in _list("article") or not (before.isalpha() or before == ","):
            return 0
        is_subject = before == "," or self._is_capital[place - 1] or before.endswith("s") or before in _list("subject")
        is_noun_before = self.words[place].endswith("s") and place > 1 and self.words[place - 2] in _list("article")
        return 1 if is_subject or is_noun_before else 0

    def _next(self, place: int) -> str:
        return self.words[place + 1] if place + 1 < len(self.words) else ""


def _is_past(word: str) -> bool:
    return word in _list("back") or (word.endswith("ed") and len(word) > 3 and word not in _list("no_participle"))


def _ends_in(words: Sequence[str], name: str) -> bool:
    return any(" ".join(words[-count:]) in _list(name) for count in (1, 2, 3))


@lru_cache(maxsize=16)
def _list(name: str) -> frozenset[str]:
    return frozenset(packaged("tense").lists[name])

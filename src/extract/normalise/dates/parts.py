"""The parts of a time expression, as the named groups of its rule give them.

A group of a word has a list of `rules/` that says what it means. Lint holds every rule to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from rapidfuzz.distance import OSA

from extract.normalise.calendar import Daypart, Point, Season
from extract.normalise.numbers import read_number, read_ordinal
from extract.normalise.values import Modifier
from extract.rules.load import packaged
from extract.rules.words import same_spelling

_WORDS: Mapping[str, tuple[str, ...]] = {
    "day": ("day_word",),
    "unit": ("unit", "short_unit"),
    "rest_unit": ("unit", "short_unit"),
    "reference": ("reference", "told_reference"),
}
"""The lists that say what the words of a group mean, where it is not the list of the same name."""


class UnknownWordError(LookupError):
    """A rule takes a word that its list does not have."""


@lru_cache(maxsize=64)
def _meanings(group: str) -> Mapping[str, Any]:
    """What the words of a group mean; empty where it is no group of words."""
    known = (_lists().get(name, {}) for name in _WORDS.get(group, (group,)))
    return {same_spelling(word): meaning for words in known for word, meaning in words.items()}


def _lists() -> Mapping[str, Mapping[str, Any]]:
    return packaged("timeml").lists  # they include those of `dates.yml`


def known_words(group: str) -> Collection[str] | None:
    """The words that a group may hold (`month2` as `month`), as `same_spelling` has them; None where it is no group of words."""
    return _meanings(group.rstrip("0123456789")).keys() or None


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of an expression and the texts of its named groups; of `month` and `month2` the first that took part counts."""

    text: str
    groups: Mapping[str, str]

    def get(self, name: str) -> str:
        """The text of a group, empty if it took no part."""
        told = self.groups.get
        return told(name) or told(f"{name}2") or told(f"{name}3") or ""

    def word(self, name: str) -> Any:
        """What the list of a group says of its word, None if it took no part. Raises UnknownWordError."""
        text = same_spelling(self.get(name))
        if not text:
            return None
        meanings = _meanings(name)
        if text not in meanings:
            raise UnknownWordError(f"`{name}` takes `{text}`, which no list of it has")
        return meanings[text]

    def number(self, name: str) -> int | None:
        """The digits with which a group begins."""
        digits = re.match(r"\d{1,99}(?!\d)", self.get(name))
        return int(digits.group()) if digits else None

    def count(self, name: str = "count") -> Decimal | None:
        """How many: `a` and a group that took no part are 1, `several` and the like None."""
        words = " ".join(self.get(name).lower().split())
        if (words.startswith("half a") and "dozen" not in words) or words == "a half":
            return Decimal("0.5")
        return Decimal(1) if words in ("", "a", "an", "one") else read_number(words)

    def point(self) -> Point:
        """The parts of a calendar point."""
        century, decade = self.century(), self.decade()
        return Point(
            year=None if century is not None or decade is not None else self.year(),
            month=self.month(),
            day=self.day(),
            season=cast("Season | None", self.word("season")),
            century=century,
            decade=decade,
            minutes=self.minutes(),
            seconds=self.number("second"),
            zone=self.zone(),
            daypart=None if self.get("hour") else self.daypart(),
            week=self.number("week"),
        )

    def day(self) -> int | None:
        """The day of the month, in digits or words."""
        return self.number("day") or (int(self.word("day")) if self.get("day") else None)

    def month(self, name: str = "month") -> int | None:
        """The month, by number, by name, or by a name with a letter wrong."""
        if self.get("typo"):
            return _month_meant(self.get("typo"))
        return self.number(name) or self.word(name)

    def daypart(self) -> Daypart | None:
        """The part of the day."""
        return cast("Daypart | None", self.word("daypart"))

    def is_before_christ(self) -> bool:
        """Whether an era says so."""
        return self.get("era").upper().startswith("B")

    def year(self, name: str = "year") -> int | None:
        """The year, astronomical: 540 BC is -539; one of two digits is of 1930 to 2029."""
        if (short := self.number("short_year")) is not None:
            return (2000 if short < 30 else 1900) + short
        year = self.number(name)
        return 1 - year if year and self.is_before_christ() else year

    def decade(self) -> int | None:
        """The leading digits of a decade."""
        if self.get("decade_word") or self.get("short"):
            return 190 + int(self.word("decade_word") or self.number("short") or 0) // 10
        decade = self.number("decade")
        if decade is None:
            return None
        return -(decade // 10) if self.is_before_christ() else decade // 10

    def century(self) -> int | None:
        """The leading digits of a century; before Christ its number, negative."""
        number = read_ordinal(self.get("century")) if self.get("century") else None
        if number is None:
            return None
        return -number if self.is_before_christ() else number - 1

    def minutes(self) -> int | None:
        """The minutes of the day that a clock shows; None for none, or one that no clock shows."""
        if self.get("noon"):
            return int(self.word("noon"))
        hour = read_number(self.get("hour")) if self.get("hour") else None
        if hour is None:
            return None
        half = self.get("meridiem").replace(".", "").strip().lower() or _HALVES.get(self.daypart(), "")
        hours = int(hour)
        if half and hours > 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0) if half else hours
        return hours * 60 + (self.number("minute") or 0)

    def zone(self) -> str | None:
        """The zone of a clock: `Z`, `-05`, `+05:30`; None if it has none, or a local one."""
        text = self.get("zone")
        if offset := re.fullmatch(r"([+-]\d\d):?(\d\d)", text):
            return offset[1] if offset[2] == "00" else f"{offset[1]}:{offset[2]}"
        return self.word("zone") or None

    def mod(self) -> Modifier | None:
        """What the words say of how exactly, and of which part."""
        if self.get("part"):
            found = self.word("part")
        elif self.get("nth") and self.get("piece"):
            found = "START" if self.word("nth") == 1 else "END"
        else:
            found = self.word("about")
        return None if found in (None, "none") else cast(Modifier, found)


_HALVES: Mapping[Daypart | None, str] = {"MO": "am", "AF": "pm", "EV": "pm"}
_LONG, _WRONG = 6, 1
"""A name so long may have so many letters wrong; a shorter one only two that changed places."""


def _month_meant(word: str) -> int | None:
    names = {name: number for name, number in _meanings("month").items() if len(name) > 3 and name[-1] != "."}
    near = [name for name in names if OSA.distance(word.lower(), name) <= _WRONG]
    meant = [name for name in near if len(name) >= _LONG or sorted(name) == sorted(word.lower())]
    return int(names[meant[0]]) if meant else None

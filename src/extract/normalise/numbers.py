"""Numbers as English writes them, from words or digits to a value."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extract.rules import RuleFile, load_rules

_DIGITS = re.compile(r"(?P<sign>[+\-–]?)(?:(?P<grouped>\d{1,3}(?:[,\u00a0' ]\d{3})+)|(?P<plain>\d+))(?P<fraction>[.·]\d+)?")
_DECIMAL_COMMA = re.compile(r"(?P<sign>[+\-–]?)(?P<whole>\d{1,3})(?:,(?P<fraction>\d{1,2}))")
_ORDINAL_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)", re.IGNORECASE)
_SPLIT = re.compile(r"[\s\-–]+")
_HIDDEN = frozenset({"a", "an", "and", "of"})


@lru_cache(maxsize=1)
def number_words() -> RuleFile:
    """The packaged word lists of `rules/numbers.yml`."""
    return load_rules().file("numbers")


def read_digits(text: str) -> Decimal | None:
    """Digits with separators and an optional sign, as written: `1,281,997`, `30.59`, `−3`. None for anything else.

    >>> read_digits("1,281,997"), read_digits("30.590"), read_digits("-3")
    (Decimal('1281997'), Decimal('30.590'), Decimal('-3'))
    """
    text = text.strip()
    if match := _DIGITS.fullmatch(text):
        whole = re.sub(r"\D", "", match["grouped"] or match["plain"])
        number = Decimal(whole + (match["fraction"] or "").replace("·", "."))
    elif match := _DECIMAL_COMMA.fullmatch(text):
        number = Decimal(f"{match['whole']}.{match['fraction']}")
    else:
        return None
    return -number if match["sign"] in ("-", "–") else number


def read_number(text: str) -> Decimal | None:
    """The value of a number in digits or words, None if it is none.

    >>> read_number("forty-six"), read_number("one hundred and twenty"), read_number("half a dozen"), read_number("1.8 million")
    (Decimal('46'), Decimal('120'), Decimal('6'), Decimal('1800000.0'))
    >>> read_number("eleven and a half")
    Decimal('11.5')
    """
    digits = read_digits(text)
    if digits is not None:
        return digits
    whole, half, rest = text.lower().partition(" and a half")
    number = _read_words(whole)
    return None if number is None or rest.strip() else number + Decimal("0.5") if half else number


def _read_words(text: str) -> Decimal | None:
    lists = number_words().lists
    whole = " ".join(_SPLIT.split(text.strip()))
    if whole in lists["fixed"]:
        return Decimal(str(lists["fixed"][whole]))
    total, group, seen = Decimal(0), Decimal(0), False
    for position, word in enumerate(whole.split()):
        if word in lists["unit"]:
            group += int(str(lists["unit"][word]))
        elif word in lists["scale"]:
            scale = Decimal(str(lists["scale"][word]))
            group = (group or 1) * scale
            if scale > 100:
                total, group = total + group, Decimal(0)
        elif position == 0 and (number := read_digits(word)) is not None:
            group = number
        elif word in _HIDDEN:
            continue
        else:
            return None
        seen = True
    return total + group if seen else None


def read_ordinal(text: str) -> int | None:
    """The number of an ordinal: `9th`, `third`, `twenty-first`; None if it is none.

    >>> read_ordinal("9th"), read_ordinal("twenty-first")
    (9, 21)
    """
    if match := _ORDINAL_DIGITS.fullmatch(text.strip()):
        return int(match[1])
    *before, last = _SPLIT.split(text.strip().lower())
    ordinals = number_words().lists["ordinal"]
    if last not in ordinals:
        return None
    tens = _read_words(" ".join(before)) if before else Decimal(0)
    return None if tens is None else int(tens) + int(str(ordinals[last]))

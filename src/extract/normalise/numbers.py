"""Numbers as English writes them, from words or digits to a value."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.rules import RuleFile
from extract.rules.load import packaged

_DIGITS = re.compile(r"(?P<sign>[+\-–]?)(?:(?P<grouped>\d{1,3}(?:[,\u00a0' ]\d{3})+)|(?P<plain>\d+))(?P<fraction>[.·]\d+)?")
_DECIMAL_COMMA = re.compile(r"(?P<sign>[+\-–]?)(?P<whole>\d{1,3})(?:,(?P<fraction>\d{1,2}))")
_ORDINAL_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)", re.IGNORECASE)
_GROUPED_BY_POINTS = re.compile(r"[+\-–]?[1-9]\d{0,2}(?:\.\d{3})+")
_LONGEST = 100
"""So many characters the digits of a number may have; what is longer counts nothing."""
_SPLIT = re.compile(r"[\s-]+")
_FRACTIONS = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅛": "0.125",
    "⅜": "0.375",
    "⅝": "0.625",
    "⅞": "0.875",
    "⅕": "0.2",
    "⅖": "0.4",
}
_FRACTIONS |= {"⅗": "0.6", "⅘": "0.8"}
_HALVES = (" and a half", " and one half", " 1/2")


def number_words() -> RuleFile:
    """The packaged word lists of `rules/numbers.yml`."""
    return packaged("numbers")


def read_digits(text: str) -> Decimal | None:
    """Digits with separators and an optional sign, as written: `1,281,997`, `30.59`, `−3`. None for anything else.

    >>> read_digits("1,281,997"), read_digits("30.590"), read_digits("-3")
    (Decimal('1281997'), Decimal('30.590'), Decimal('-3'))
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if match := _DIGITS.fullmatch(text):
        whole = re.sub(r"\D", "", match["grouped"] or match["plain"])
        number = Decimal(whole + (match["fraction"] or "").replace("·", "."))
    elif match := _DECIMAL_COMMA.fullmatch(text):
        number = Decimal(f"{match['whole']}.{match['fraction']}")
    else:
        return None
    return -number if match["sign"] in ("-", "–") else number


def read_count(text: str) -> Decimal | None:
    """The value of a number that counts things: where `read_number` has a decimal point before three digits, thousands are meant.

    >>> read_count("1.234"), read_number("1.234"), read_count("forty-six")
    (Decimal('1234'), Decimal('1.234'), Decimal('46'))
    """
    return read_number(text.strip().replace(".", "") if _GROUPED_BY_POINTS.fullmatch(text.strip()) else text)


def read_number(text: str) -> Decimal | None:
    """The value of a number in digits or words, None if it is none or more than one.

    >>> read_number("forty-six"), read_number("one hundred and twenty"), read_number("half a dozen"), read_number("1.8 million")
    (Decimal('46'), Decimal('120'), Decimal('6'), Decimal('1800000.0'))
    >>> read_number("eleven and a half"), read_number("2½"), read_number("ninety-nine point five"), read_number("six three")
    (Decimal('11.5'), Decimal('2.5'), Decimal('99.5'), None)
    """
    text = " ".join(text.lower().split())
    digits = read_digits(text)
    if digits is not None:
        return digits
    whole, part = _parted(text)
    number = Decimal(0) if part and not whole else _read_words(whole)
    return number + part if part and number is not None else number


def _parted(text: str) -> tuple[str, Decimal | None]:
    """A number and the fraction behind it: `2½`, `eleven and a half`."""
    if text[-1:] in _FRACTIONS:
        return text[:-1].rstrip(), Decimal(_FRACTIONS[text[-1]])
    half = next((ending for ending in _HALVES if text.endswith(ending)), None)
    return (text.removesuffix(half), Decimal("0.5")) if half else (text, None)


def _read_words(text: str) -> Decimal | None:
    words = number_words().lists
    whole, point, decimals = text.partition(" point ")
    if point:
        number, digits = _read_whole(whole), [words["decimal_word"].get(word) for word in _SPLIT.split(decimals)]
        return None if number is None or None in digits else Decimal(f"{number}.{''.join(map(str, digits))}")
    if text in words["fixed"]:
        return Decimal(str(words["fixed"][text]))
    return _read_whole(text)


def _read_whole(text: str) -> Decimal | None:
    """The value of a cardinal: hundreds, tens and units, by thousands, each step smaller than the last."""
    words = number_words().lists
    total, group, least = Decimal(0), None, Decimal("Infinity")
    parts = _SPLIT.split(text)
    for position, word in enumerate(parts):
        if word in ("a", "an") and position == 0 and len(parts) > 1:
            continue
        if word == "and" and position:
            continue
        if word in words["unit"]:
            group = _added(group, int(str(words["unit"][word])))
            if group is None:
                return None
        elif word in words["scale"]:
            scale = Decimal(str(words["scale"][word]))
            group = (Decimal(1) if group is None else group) * scale
            if scale > 100:
                if scale >= least:
                    return None
                total, group, least = total + group, None, scale
        elif position == 0 and (number := read_digits(word)) is not None:
            group = number
        else:
            return None
    if parts[-1] in ("a", "an", "and"):
        return None
    return total + (group or 0)


def _added(group: Decimal | None, number: int) -> Decimal | None:
    """`forty` and `six`, `two hundred` and `twelve`; None for two numbers side by side."""
    if group is None:
        return Decimal(number)
    tens = group % 100
    fits = number and ((tens == 0 and group >= 100) or (20 <= tens <= 90 and tens % 10 == 0 and number < 10))
    return group + number if fits else None


def read_ordinal(text: str) -> int | None:
    """The number of an ordinal: `9th`, `third`, `twenty-first`; None if it is none.

    >>> read_ordinal("9th"), read_ordinal("twenty-first")
    (9, 21)
    """
    if match := _ORDINAL_DIGITS.fullmatch(text.strip()):
        return int(match[1]) if len(match[1]) < _LONGEST else None
    *before, last = _SPLIT.split(text.strip().lower())
    ordinals = number_words().lists["ordinal"]
    if last not in ordinals:
        return None
    tens = _read_whole(" ".join(before)) if before else Decimal(0)
    return None if tens is None else int(tens) + int(str(ordinals[last]))

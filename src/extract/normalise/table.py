"""The normalisers by name: what a rule file may name as `normaliser`.

A normaliser takes the matched text, the texts of the rule's named groups, and the rule's constants (`value:`). It gives a
reading, or None: no mention after all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from extract.normalise.dates import known_words, normalise_date
from extract.normalise.numbers import read_number
from extract.normalise.percentages import normalise_percent
from extract.normalise.seats import normalise_seats
from extract.normalise.values import RuleValue

Normaliser = Callable[[str, Mapping[str, str], Mapping[str, Any]], Any]


def normalise_number(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> RuleValue | None:
    """The number of the group `number`, else the first in the words; None if there is none. A constant `number` says it outright.

    >>> normalise_number("some 20,033 ballots", {}, {}).number
    Decimal('20033')
    """
    if "number" in constants:
        return RuleValue(number=Decimal(str(constants["number"])))
    number = read_number(captures["number"]) if "number" in captures else _first_number(text)
    return None if number is None else RuleValue(number=number)


def _first_number(text: str) -> Decimal | None:
    """The number that the first words say, as many of them as make one: `20 033 ballots` says 20033, not 20."""
    words = text.split()[:_MOST_WORDS]
    stretches = (words[start:end] for start in range(len(words)) for end in range(len(words), start, -1))
    numbers = (read_number(" ".join(stretch)) for stretch in stretches)
    return next((number for number in numbers if number is not None), None)


_MOST_WORDS = 12


def normalise_text(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> RuleValue:
    """The normal form: the constant `text`, else what the list says, else the group `text`, else the words themselves."""
    candidates = (constants.get("text"), constants.get("value"), captures.get("phrase"), captures.get("text"), text)
    chosen = next(candidate for candidate in candidates if candidate is not None)
    return RuleValue(text=" ".join(str(chosen).split()))


NORMALISERS: dict[str, Normaliser] = {
    "number": normalise_number,
    "text": normalise_text,
    "date": normalise_date,
    "percent": normalise_percent,
    "seats": normalise_seats,
}

VOCABULARIES: dict[str, Callable[[str], Collection[str] | None] | None] = {**dict.fromkeys(NORMALISERS), "date": known_words}
"""For each normaliser the words that it knows in a group, by the group's name; None where it takes any."""

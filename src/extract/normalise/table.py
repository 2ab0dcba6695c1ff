"""The normalisers by name: what a rule file may name as `normaliser`.

A normaliser takes the matched text, the texts of the rule's named groups, and the rule's constants (`value:`). It gives a
reading, or None: no mention after all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from extract.normalise.values import RuleValue

Normaliser = Callable[[str, Mapping[str, str], Mapping[str, Any]], Any]


def normalise_number(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> RuleValue | None:
    """The number of the group `number`, else of the whole text; None if it is none. A constant `number` says it outright.

    >>> normalise_number("20,033 ballots", {"number": "20,033"}, {}).number
    Decimal('20033')
    """
    if "number" in constants:
        return RuleValue(number=Decimal(str(constants["number"])))
    number = _read_number(captures.get("number", text))
    return None if number is None else RuleValue(number=number)


def _read_number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None


def normalise_text(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> RuleValue:
    """The normal form: the constant `text`, else what the list says, else the group `text`, else the words themselves."""
    candidates = (constants.get("text"), constants.get("value"), captures.get("phrase"), captures.get("text"), text)
    chosen = next(candidate for candidate in candidates if candidate is not None)
    return RuleValue(text=" ".join(str(chosen).split()))


NORMALISERS: dict[str, Normaliser] = {
    "number": normalise_number,
    "text": normalise_text,
}

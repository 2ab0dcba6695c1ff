"""Percentages, from words to numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extract.normalise.numbers import read_number
from extract.normalise.readings import Amount, PercentReading


def normalise_percent(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> PercentReading | None:
    """The reading of a percentage: `number`, or `low` and `high`, with its sign. None where there is no number."""
    sign = captures.get("sign", "").lower().replace(".", "")
    is_point = constants.get("unit") == "percentage_point" or "point" in sign or sign == "pp"
    amount = _amount(captures, text)
    if amount is None:
        return None
    change = bool(captures.get("change"))
    if captures.get("change", "+") != "+":
        amount = Amount(-amount.high, -amount.low, amount.comparator)
    return PercentReading(amount, "percentage_point" if is_point else "percent", change or is_point)


def _amount(captures: Mapping[str, str], text: str) -> Amount | None:
    if "low" in captures:
        low, high = read_number(captures["low"]), read_number(captures["high"])
        return Amount(low, high) if low is not None and high is not None else None
    number: Decimal | None = read_number(captures.get("number", text))
    return None if number is None else Amount(number, number)

"""Percentages, from words to numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extract.normalise.numbers import read_number
from extract.normalise.readings import Amount, PercentReading


def normalise_percent(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> PercentReading | None:
    """The reading of a percentage: `number`, or `low` and `high`, with its sign. None where there is no number."""
    sign = _either(captures, "sign").lower().replace(".", "")
    is_point = constants.get("unit") == "percentage_point" or "point" in sign or sign in ("pp", "pt", "pts")
    amount = _amount(captures, text)
    if amount is None:
        return None
    change = bool(captures.get("change"))
    if captures.get("change", "+") != "+":
        amount = Amount(-amount.high, -amount.low, amount.comparator)
    return PercentReading(amount, "percentage_point" if is_point else "percent", change or is_point)


def _either(captures: Mapping[str, str], name: str) -> str:
    """The text of a group that a rule has once for digits and once for words."""
    return captures.get(name) or captures.get(f"{name}2") or ""


def _amount(captures: Mapping[str, str], text: str) -> Amount | None:
    if "of" in captures:
        return _proportion(captures["number"], captures["of"])
    if _either(captures, "low"):
        low, high = read_number(_either(captures, "low")), read_number(_either(captures, "high"))
        return Amount(low, high) if low is not None and high is not None else None
    number: Decimal | None = read_number(captures.get("number", text))
    return None if number is None else Amount(number, number)


def _proportion(number: str, whole: str) -> Amount | None:
    """`six in ten` in per cent; None where that is no round figure (`one in three`)."""
    part, of = read_number(number), read_number(whole)
    if part is None or of is None or not 0 < part < of or 1000 % of:
        return None
    percent = 100 * part / of
    percent = percent.quantize(Decimal(1)) if percent == int(percent) else percent.normalize()
    return Amount(percent, percent)

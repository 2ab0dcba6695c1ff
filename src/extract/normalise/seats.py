"""Seat counts, from words to numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from extract.normalise.numbers import read_count, read_digits
from extract.normalise.readings import Amount, SeatsReading

# The councils of a country together seldom have more; a larger number counts something else.
MOST_SEATS = 20_000
_NOTHING = frozenset({"no", "none", "nothing", "nil", "zero", "not one", "not a single"})


def normalise_seats(text: str, captures: Mapping[str, str], constants: Mapping[str, Any]) -> SeatsReading | None:
    """The reading of a seat count; None where it is no whole number of a size that chambers have."""
    if "low" in captures or "low2" in captures:
        low, high = (read_count(captures.get(name) or captures[f"{name}2"]) for name in ("low", "high"))
        whole = low is not None and high is not None and low == int(low) and high == int(high) and max(low, high) <= MOST_SEATS
        return SeatsReading(Amount(low, high)) if whole and low is not None and high is not None else None
    written = " ".join(captures.get("number", text).lower().split())
    number = Decimal(0) if written in _NOTHING else read_digits(written) if written[:1] in "+-–" else read_count(written)
    if number is None or number != int(number) or abs(number) > MOST_SEATS:
        return None
    return SeatsReading(Amount(number, number), signed=written[:1] in "+-–")

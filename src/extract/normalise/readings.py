"""What the words alone say: the half-way house between a mention and its value.

A normaliser gives a reading; `resolve` completes it from the document (which year, whose seats) to a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extract.normalise.values import Comparator


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range as written: `low == high` for a number. `comparator` says how exactly it is meant."""

    low: Decimal
    high: Decimal
    comparator: Comparator = "exact"


@dataclass(frozen=True, slots=True)
class PercentReading:
    """A percentage as the words give it, `change` if the words make it a difference (`2.3 points`, `+4%`)."""

    amount: Amount
    unit: Literal["percent", "percentage_point"] = "percent"
    change: bool = False


@dataclass(frozen=True, slots=True)
class SeatsReading:
    """A seat count as the words give it; `signed` if it was written with a sign (`+4`, `−3`)."""

    amount: Amount
    signed: bool = False

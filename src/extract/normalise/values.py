"""The values of records, as `records.jsonl` holds them: one pydantic model for each kind of label."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

Comparator = Literal["exact", "about", "over", "under", "at_least", "at_most"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Resolution = Literal["explicit", "context", "relative", "unresolved"]
Modifier = Literal[
    "START",
    "MID",
    "END",
    "APPROX",
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
]
Measure = Literal["vote_share", "turnout", "threshold", "change", "other"]
Role = Literal["won", "held", "change", "total", "majority"]
NameLabel = Literal["PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW"]
NAME_LABELS: tuple[NameLabel, ...] = ("PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW")


def _as_number(value: Decimal) -> int | float:
    """Decimals are written as the numbers they are (`31.75`, `7`). Raises ValueError for one that no JSON reader could hold."""
    if value.adjusted() > 300:
        raise ValueError(f"a number of {value.adjusted() + 1} digits")
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal, PlainSerializer(_as_number, when_used="json"), WithJsonSchema({"type": "number"}, mode="serialization")
]


class Value(BaseModel):
    """The base of all values: frozen, and nothing beside the named fields."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class EntityRef(Value):
    """A pointer to a line of `entities.jsonl`; `entity` is None for what is no single entity (`Independents`)."""

    entity: str | None = None
    name: str


class NameValue(Value):
    """A name's entity and its canonical spelling; `registered` is its id in the user's register, if it has one."""

    entity: str
    name: str
    registered: str | None = None


class PersonValue(NameValue):
    """A person's name with its parts, where they are known."""

    given: str | None = None
    patronymic: str | None = None
    family: str | None = None


class DateValue(Value):
    """A time expression in two notations.

    `edtf`: Extended Date/Time Format (ISO 8601-2, Library of Congress levels 0 to 2), None for a length, a repetition, a time of
    day or a vague reference. `timex3`: the TIMEX3 value (TimeML 1.2.1), `mod` its modifier. `start` and `end`: the ISO days that
    bound it, both inclusive, None if open. `resolution` is written where it is not explicit.
    """

    edtf: str | None = None
    timex3: str
    type: DateType
    mod: Modifier | None = None
    start: str | None = None
    end: str | None = None
    resolution: Resolution = Field(default="explicit", exclude_if=lambda resolution: resolution == "explicit")


class PercentValue(Value):
    """A percentage: `percent` as written (None for a range, then `low` and `high`), and whose share of what it is."""

    percent: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: Literal["percent", "percentage_point"] = "percent"
    comparator: Comparator = "exact"
    subject: EntityRef | None = None
    measure: Measure = "other"


class SeatsValue(Value):
    """A number of seats (None for a range, then `low` and `high`): gains positive, losses and shortfalls negative."""

    seats: int | None = None
    low: int | None = None
    high: int | None = None
    comparator: Comparator = "exact"
    role: Role
    party: tuple[EntityRef, ...] = ()
    each: bool = Field(default=False, exclude_if=lambda each: not each)


class RuleValue(Value):
    """The value of a label that a rule file adds: a number, or the normal form of the words."""

    number: Number | None = None
    text: str | None = Field(default=None, description="the normal form, where it is not a number")

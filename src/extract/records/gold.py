"""A record as a line of gold: what a person would write down of it, without ids."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from extract.normalise.values import DateValue, NameValue, PercentValue, RuleValue, SeatsValue
from extract.records.record import Record


def gold_line(record: Record) -> dict[str, Any]:
    """`document`, `label`, `start`, `end`, `quote`, `value`: offsets in code points of the source, end exclusive."""
    source = record.source
    return {
        "document": source.document,
        "label": record.label,
        "start": source.start,
        "end": source.end,
        "quote": source.quote,
        "value": gold_value(record),
    }


def gold_value(record: Record) -> dict[str, Any]:
    """The value of a record as gold has it: entities by their names, a single number as both bounds."""
    match record.value:
        case NameValue() as value:
            return {"entity": value.name}
        case DateValue() as value:
            mod = {"mod": value.mod} if value.mod else {}
            return {"edtf": value.edtf, "type": value.type, "timex3": value.timex3, **mod}
        case PercentValue() as value:
            subject = value.subject.name if value.subject else None
            return {**_bounds(value.percent, value), "unit": value.unit, "subject": subject, "measure": value.measure}
        case SeatsValue() as value:
            party = [each.name for each in value.party]
            return {**_bounds(value.seats, value), "party": party, "role": value.role, "each": value.each}
        case RuleValue() as value:
            return {key: plain(each) for key, each in (("number", value.number), ("text", value.text)) if each is not None}


def _bounds(number: Decimal | int | None, value: PercentValue | SeatsValue) -> dict[str, Any]:
    low, high = (value.low, value.high) if number is None else (number, number)
    return {"low": plain(low), "high": plain(high), "comparator": value.comparator}


def plain(value: Any) -> Any:
    """A Decimal as the number that JSON has for it; anything else as it is."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value

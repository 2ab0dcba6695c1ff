"""The index of all mentions as columns of numbers: a million are a few megabytes, and a browser looks through them in no time."""

from __future__ import annotations

import sys
from array import array
from base64 import b64encode
from collections import Counter
from typing import Any

from extract.normalise.values import DateValue, PercentValue, SeatsValue
from extract.outputs.tables import normal_form
from extract.records.record import Record

UNSETTLED, AUDITED, REVIEWED, CHANGED = 1, 2, 4, 8
"""What is to be seen of a mention at a glance, as bits."""


class Numbered:
    """Strings, each under a number; the first is always the empty one."""

    def __init__(self) -> None:
        self.strings: dict[str, int] = {"": 0}

    def __call__(self, text: str | None) -> int:
        return self.strings.setdefault(text or "", len(self.strings))


class Columns:
    """Label, words, normal form, rule, role or measure, flags and id of each mention, in the order of the documents."""

    def __init__(self) -> None:
        self.strings = Numbered()
        self.labels, self.rules, self.kinds = Numbered(), Numbered(), Numbered()
        self.years: Counter[str] = Counter()
        self._columns = {name: array(kind) for name, kind in _KINDS.items()}

    def add(self, record: Record, flags: int) -> None:
        """Another mention."""
        value = record.value
        kind = value.role if isinstance(value, SeatsValue) else value.measure if isinstance(value, PercentValue) else ""
        if isinstance(value, DateValue) and value.start and value.start[:4].isdigit():
            self.years[value.start[:4]] += 1
        row = (
            self.labels(record.label),
            self.strings(record.text),
            self.strings(normal_form(record)),
            self.rules(record.origin.rule),
            self.kinds(kind),
            flags | UNSETTLED * is_unsettled(record),
            int(record.id[2:10], 16),
            int(record.id[10:], 16),
        )
        for column, cell in zip(self._columns.values(), row, strict=True):
            column.append(cell)

    def as_json(self) -> dict[str, Any]:
        """The columns in base64 (little endian), and the strings that their numbers stand for."""
        told = {name: {"of": column.itemsize, "is": _packed(column)} for name, column in self._columns.items()}
        lists = {name: list(getattr(self, name).strings) for name in ("strings", "labels", "rules", "kinds")}
        return {**lists, "columns": told, "years": dict(sorted(self.years.items()))}


_KINDS = {"label": "B", "text": "I", "normal": "I", "rule": "H", "kind": "B", "flags": "B", "high": "I", "low": "I"}


def _packed(column: array[int]) -> str:
    if sys.byteorder == "big":
        column.byteswap()
    return b64encode(column.tobytes()).decode()


def is_unsettled(record: Record) -> bool:
    """Whether the words leave something open: a date's year, whose a result is."""
    match record.value:
        case DateValue() as value:
            return value.resolution not in ("explicit", "context", "relative") or (value.edtf or "").startswith("XXXX")
        case SeatsValue() as value:
            return value.role in ("won", "held") and not value.party
        case PercentValue() as value:
            return value.measure == "vote_share" and value.subject is None
        case _:
            return False

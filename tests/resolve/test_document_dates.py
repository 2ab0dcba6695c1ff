"""Dates in whole small documents of many kinds and countries: `tests/data/document_dates.jsonl`.

The expectations follow the annotation rules and the calendar, not what a run gave: for each expression the value of its
first mention.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.normalise.values import DateValue
from extract.sources import read_string

LINES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "document_dates.jsonl").read_text(encoding="utf-8").splitlines()
]
KNOWN_FAILING: set[str] = set()


def cases():
    """One test for each document; those known to fail must fail."""
    for line in LINES:
        marks = [pytest.mark.xfail(strict=True)] if line["id"] in KNOWN_FAILING else []
        yield pytest.param(line, id=line["id"], marks=marks)


@pytest.mark.parametrize("line", list(cases()))
def test_a_document_dates_what_it_tells(bare, line):
    analysis = bare.analyse(read_string(line["text"], format=line["format"]))
    found: dict[str, str] = {}
    for fact in analysis.facts.values():
        if isinstance(fact.value, DateValue):
            found.setdefault(fact.mention.text, fact.value.timex3)
    assert {words: found.get(words) for words in line["dates"]} == line["dates"]

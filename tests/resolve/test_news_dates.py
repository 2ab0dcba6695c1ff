"""Dates in news sentences of many kinds: `tests/data/news_dates.jsonl` holds what a careful annotator would write down.

The expectations follow the annotation rules and the calendar, not what a run gave: the spans in the order of the text,
with their TIMEX3 types and values. Sentences without a date hold what looks like one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.normalise.values import DateValue
from extract.sources import read_string

LINES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "news_dates.jsonl").read_text(encoding="utf-8").splitlines()
]
KNOWN_FAILING: set[str] = set()


def cases():
    """One test for each line; those known to fail must fail."""
    for line in LINES:
        marks = [pytest.mark.xfail(strict=True)] if line["id"] in KNOWN_FAILING else []
        yield pytest.param(line, id=line["id"], marks=marks)


@pytest.mark.parametrize("line", list(cases()))
def test_news_dates(bare, line):
    analysis = bare.analyse(read_string(line["text"], format="text", metadata={"published": line["published"]}))
    found = [
        (fact.mention.text, fact.value.type, fact.value.timex3)
        for fact in analysis.facts.values()
        if isinstance(fact.value, DateValue)
    ]
    assert found == [tuple(date) for date in line["dates"]]


def test_the_lines_are_sound():
    """Every span stands in its text, in the order given; ids are unique."""
    assert len({line["id"] for line in LINES}) == len(LINES)
    for line in LINES:
        at = 0
        for text, _, _ in line["dates"]:
            assert text in line["text"][at:]
            at = line["text"].index(text, at) + len(text)

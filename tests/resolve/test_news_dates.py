"""Dates in news sentences of many kinds: `tests/data/news_dates.jsonl` holds what a careful annotator would write down.

The expectations follow the annotation rules and the calendar, not what a run gave: the spans in the order of the text,
with their TIMEX3 types and values. Sentences without a date hold what looks like one.
"""

from __future__ import annotations

import pytest

from case_lines import as_params, read_lines
from extract.normalise.values import DateValue
from extract.sources import read_string

LINES = read_lines("news_dates.jsonl")
KNOWN_FAILING: set[str] = set()


@pytest.mark.parametrize("line", as_params(LINES, KNOWN_FAILING))
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

"""Dates in whole small documents of many kinds and countries: `tests/data/document_dates.jsonl`.

The expectations follow the annotation rules and the calendar, not what a run gave: for each expression the value of its
first mention.
"""

from __future__ import annotations

import pytest

from case_lines import as_params, read_lines
from extract.normalise.values import DateValue
from extract.sources import read_string

LINES = read_lines("document_dates.jsonl")
KNOWN_FAILING: set[str] = {
    "more-eday",
    "told-arizona",
    "told-ecuador",
    "told-israel",
    "told-japan",
    "told-malaysia",
    "told-mozambique",
    "told-report",
    "told-senegal",
    "told-union",
}


@pytest.mark.parametrize("line", as_params(LINES, KNOWN_FAILING))
def test_a_document_dates_what_it_tells(bare, line):
    analysis = bare.analyse(read_string(line["text"], format=line["format"]))
    found: dict[str, str] = {}
    for fact in analysis.facts.values():
        if isinstance(fact.value, DateValue):
            found.setdefault(fact.mention.text, fact.value.timex3)
    assert {words: found.get(words) for words in line["dates"]} == line["dates"]

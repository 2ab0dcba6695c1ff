"""The profile `timeml` in sentences of newspapers and histories: `tests/data/timeml_dates.jsonl` has what TimeML would annotate.

Written before any run, from the guidelines of TimeML 1.2.1: spans in the order of the text, with type, value and modifier.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract import Pipeline
from extract.normalise.values import DateValue
from extract.sources import read_string

_FILE = Path(__file__).parent.parent / "data" / "timeml_dates.jsonl"
LINES = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
KNOWN_FAILING = {
    "history-012",
    "history-016",
    "history-028",
    "history-034",
    "news-022",
    "news-026",
    "news-035",
    "news-055",
    "news-058",
    "news-062",
    "news-070",
}


@pytest.fixture(scope="module")
def timeml():
    return Pipeline(model="none", dates="timeml")


def cases():
    """One test for each line; those known to fail must fail."""
    for line in LINES:
        marks = [pytest.mark.xfail(strict=True)] if line["id"] in KNOWN_FAILING else []
        yield pytest.param(line, id=line["id"], marks=marks)


@pytest.mark.parametrize("line", list(cases()))
def test_timeml_dates(timeml, line):
    metadata = {"published": line["published"]} if line["published"] else {}
    facts = timeml.analyse(read_string(line["text"], format="text", metadata=metadata)).facts.values()
    found = [
        [fact.mention.text, fact.value.type, fact.value.timex3, fact.value.mod]
        for fact in facts
        if isinstance(fact.value, DateValue)
    ]
    assert found == line["dates"]

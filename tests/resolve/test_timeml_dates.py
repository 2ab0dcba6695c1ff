"""The profile `timeml` in news and histories, as TimeML 1.2.1 annotates them, written before any run.

`tests/data/timeml_dates.jsonl` has sentences (spans in the order of the text, with type, value and modifier),
`article_dates.jsonl` whole short articles (span, type and value).
"""

from __future__ import annotations

import pytest

from case_lines import as_params, read_lines
from extract import Pipeline
from extract.normalise.values import DateValue
from extract.sources import read_string

SENTENCES, ARTICLES = read_lines("timeml_dates.jsonl"), read_lines("article_dates.jsonl")
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
KNOWN_MISSES = {
    "ferry": ["6 p.m.", "three hours later", "the night"],
    "strike": ["January"],
    "storm": ["noon", "the afternoon", "present"],
    "school": ["the 19th"],
    "vote": ["7 a.m.", "12 hours later"],
    "ship": ["9 p.m. on Saturday"],
}


@pytest.fixture(scope="module")
def timeml():
    return Pipeline(model="none", dates="timeml")


def dates(pipeline, line):
    metadata = {"published": line["published"]} if line["published"] else {}
    facts = pipeline.analyse(read_string(line["text"], format="text", metadata=metadata)).facts.values()
    values = [(fact.mention.text, fact.value) for fact in facts if isinstance(fact.value, DateValue)]
    return [[text, value.type, value.timex3, value.mod] for text, value in values]


@pytest.mark.parametrize("line", as_params(SENTENCES, KNOWN_FAILING))
def test_timeml_dates(timeml, line):
    assert dates(timeml, line) == line["dates"]


@pytest.mark.parametrize("line", as_params(ARTICLES, set()))
def test_dates_of_an_article(timeml, line):
    found = [date[:3] for date in dates(timeml, line)]
    assert [date[0] for date in line["dates"] if date not in found] == KNOWN_MISSES.get(line["id"], [])
    assert len(found) <= len(line["dates"]) + 1

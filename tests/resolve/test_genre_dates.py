"""Dates in news, biographies, minutes, logs and reports: `tests/data/genre_dates.jsonl`, valued by the guide before any run.

Ids with `timeml` are read in that profile. Nothing that is added around a text changes another of its dates.
"""

from __future__ import annotations

import pytest

from case_lines import as_params, read_lines
from extract import Pipeline
from extract.normalise.values import DateValue
from extract.sources import read_string

LINES = read_lines("genre_dates.jsonl")
KNOWN_FAILING = {
    "news-31",
    "news-37",
    "news-timeml-16",
    "news-timeml-21",
    "bio-01",
    "bio-timeml-02",
    "minutes-18",
    "minutes-30",
    "log-16",
    "report-38",
    "news-22",
    "news-43",
    "news-46",
    "news-51",
    "news-56",
    "news-63",
    "news-67",
    "bio-27",
    "bio-31",
    "bio-33",
    "minutes-32",
    "minutes-36",
    "report-52",
    "log-27",
    "log-29",
    "log-30",
}


@pytest.fixture(scope="module")
def timeml():
    return Pipeline(model="none", dates="timeml")


def dates(pipeline, text, published):
    metadata = {"published": published} if published else {}
    facts = pipeline.analyse(read_string(text, format="text", metadata=metadata)).facts.values()
    return [
        [fact.mention.text, fact.value.type, fact.value.timex3, fact.value.mod]
        for fact in facts
        if isinstance(fact.value, DateValue)
    ]


@pytest.mark.parametrize("line", as_params(LINES, KNOWN_FAILING))
def test_genre_dates(bare, timeml, line):
    assert dates(timeml if "timeml" in line["id"] else bare, line["text"], line["published"]) == line["dates"]


STORIES = [
    "The strike began on 9 February 1952.\n\nOn 12 February the docks shut.\n\nThe next day the union gave in.",
    "The siege began on 3 May 1915. Five days later it was lifted.\n\nIn August of that year they met.",
    "The bridge was shut on Monday, and will open again in September.\n\nIt had been built in 1931. On 3 June a lorry hit it.",
]
AROUND = [
    '"We shall march today, and tomorrow we strike," said the leader.',
    "See also: Dock strikes of 1889",
    "Last updated 5 May 2023.",
    "Copyright The Harbour Museum, 2024",
    "© 2019–2023 The Harbour Museum. All rights reserved.",
    "Copyright (c) 2023 Harbour Press",
    "Published in print on 4 May 2023.",
]


@pytest.mark.parametrize("published", [None, "2024-06-12"])
@pytest.mark.parametrize("line", AROUND)
@pytest.mark.parametrize("story", STORIES)
def test_what_stands_around_a_text_changes_none_of_its_dates(bare, story, line, published):
    own, added = dates(bare, story, published), len(dates(bare, line, published))
    assert dates(bare, f"{story}\n\n{line}", published)[: len(own)] == own
    assert dates(bare, f"{line}\n\n{story}", published)[added:] == own


def test_a_day_just_told_beats_the_day_of_publication(bare):
    text = "The strike began on 9 February 1952.\n\nOn 12 February the docks shut."
    assert [date[2] for date in dates(bare, text, "2024-06-12")] == ["1952-02-09", "1952-02-12"]


@pytest.mark.parametrize("year", [1672, 1794, 1952])
def test_a_history_stays_in_its_time_however_long_ago_that_was(bare, year):
    text = f"The revolt began in {year}. On 9 February the mill burnt.\n\nOn 12 March the town gave in. Two days later it fell."
    values = [f"{year}", f"{year}-02-09", f"{year}-03-12", f"{year}-03-14"]
    assert [date[2] for date in dates(bare, text, "2024-06-12")] == values


QUARTERS = [
    ("The company expects sales to rise in the fourth quarter.", "2013-Q4"),
    ("Sales fell in the fourth quarter, the company said.", "2012-Q4"),
    ("Fourth-quarter profit rose, the company said.", "2012-Q4"),
]


@pytest.mark.parametrize(("text", "quarter"), QUARTERS)
def test_a_quarter_lies_where_the_verb_looks_and_one_of_earnings_is_the_last(bare, text, quarter):
    assert [date[2] for date in dates(bare, text, "2013-02-05")] == [quarter]


def test_the_other_reading_is_told(bare):
    text = "The strike began on 9 February 1952.\n\nOn 12 February the docks shut."
    facts = bare.analyse(read_string(text, format="text", metadata={"published": "2024-06-12"})).facts.values()
    [how] = [fact.how[0] for fact in facts if fact.mention.text == "12 February"]
    assert how == "the year from 1952-02-09; 2024-02-12 if it is of 2024-06-12 (the document's own date)"

"""The document's time: what an incomplete expression means where it stands."""

from __future__ import annotations

import pytest
import spacy

from extract import Pipeline
from extract.normalise.values import DateValue
from extract.sources import read_string


@pytest.fixture(scope="module")
def timeml():
    return Pipeline(model="none", dates="timeml")


def values(pipeline, text, published=None, format="text"):
    metadata = {"published": published} if published else {}
    analysis = pipeline.analyse(read_string(text, format=format, metadata=metadata))
    facts = analysis.facts.values()
    return {fact.mention.text: fact.value.timex3 for fact in facts if isinstance(fact.value, DateValue)}


NEWS = [
    ("They met on Monday.", {"Monday": "2024-06-10"}),
    ("They will meet on Monday.", {"Monday": "2024-06-17"}),
    ("The vote is due next Friday.", {"next Friday": "2024-06-14"}),
    ("It was agreed yesterday and signed today.", {"yesterday": "2024-06-11", "today": "2024-06-12"}),
    ("He resigned last month after a poll last year.", {"last month": "2024-05", "last year": "2023"}),
    ("The law was passed in March.", {"March": "2024-03"}),
    ("The law was passed in November.", {"November": "2023-11"}),
    ("The vote will be held in November.", {"November": "2024-11"}),
    ("The term ends in February, officials said.", {"February": "2025-02"}),
    ("Two days ago the count stopped.", {"Two days ago": "2024-06-10"}),
    ("It happened late last night.", {"late last night": "2024-06-11TNI"}),
    ("Talks go on this afternoon.", {"this afternoon": "2024-06-12TAF"}),
    ("Prices rose last week.", {"last week": "2024-W23"}),
]


@pytest.mark.parametrize(("text", "expected"), NEWS)
def test_a_report_counts_from_its_day(bare, text, expected):
    assert values(bare, text, published="2024-06-12") == expected


STORIES = [
    ("The siege began on 3 May 1915. Five days later it was lifted.", {"Five days later": "1915-05-08"}),
    ("He was born in 1891 and left the following year.", {"the following year": "1892"}),
    ("It fell in December 1941. In January, they marched on.", {"January": "1942-01"}),
    ("In April and June 1955 he won.", {"April": "1955-04"}),
    ("The battle lasted from 24 July until 3 August 1938.", {"24 July": "1938-07-24"}),
    ("In August of that year they met.", {"August of that year": "XXXX-08"}),
    ("War came in 1940. In August of that year they met.", {"August of that year": "1940-08"}),
    ("It ended in 1919; by the end of the year all had left.", {"the end of the year": "1919"}),
    ("On 1 May 1968 it began; on the 20th, it spread.", {"the 20th": "1968-05-20"}),
    ("The army, founded in 1790, took the city in 1793. On 9 September it left.", {"9 September": "1793-09-09"}),
    ("On 9 May 1993 they met; the treaty, signed in 1978, was torn up. On 3 June they met again.", {"3 June": "1993-06-03"}),
    ("Ore was dug from March to August 2011, and from October to May 2013.", {"March": "2011-03", "October": "2012-10"}),
    ("In 1947 he sailed. Later in the year he wrote of it.", {"Later in the year": "1947"}),
    (
        "Elections were held in Malta on 3 May 2014. The poll of 9 May 2009 was calm. Polling closed at 22:00.",
        {"22:00": "2014-05-03T22:00"},
    ),
    ("Rome fell in 410 AD. It had been sacked in 390 BC and 387 BC; in 280 BC war came, and in 275, peace.", {"275": "BC0275"}),
]


@pytest.mark.parametrize(("text", "expected"), STORIES)
def test_a_story_counts_from_what_it_has_just_told(bare, text, expected):
    found = values(bare, text)
    assert {words: found.get(words) for words in expected} == expected


def test_a_history_is_not_read_as_news(bare):
    years = " ".join(f"In {year} there was war." for year in range(1914, 1922))
    assert values(bare, f"{years} In March, it ended.", published="2009-12-19")["March"] == "1921-03"


def test_a_report_full_of_years_is_still_a_report(bare):
    years = " ".join(f"In {year} there was war." for year in range(1914, 1922))
    text = f"{years} They met on Monday, and again yesterday, and spoke on Tuesday."
    assert values(bare, text, published="2024-06-12")["Monday"] == "2024-06-10"


def test_what_stays_open_keeps_its_digits(bare):
    assert values(bare, "They met on 13 May. It rained in summer. He came on Friday.") == {
        "13 May": "XXXX-05-13",
        "summer": "XXXX-SU",
        "Friday": "XXXX-WXX-5",
    }


@pytest.mark.parametrize(
    "text", ["Today the mill is a museum.", "It stands to this day.", "In today's world nobody waits.", "The towns of today."]
)
def test_a_today_that_is_no_day_is_no_date(bare, text):
    assert values(bare, text) == {}


def test_a_heading_gives_the_year(bare):
    text = "= War =\n\n== 1938 ==\n\nOn 7 March the attack began.\n\n== 1939 ==\n\nOn 26 January it ended.\n"
    found = values(bare, text, format="wiki-export")
    assert (found["7 March"], found["26 January"]) == ("1938-03-07", "1939-01-26")


def test_vague_ones_come_on_request(bare, timeml):
    text = "It is now closed, as in recent years, and stays so for several weeks."
    assert values(bare, text) == {}
    found = values(timeml, text)
    assert found == {"now": "PRESENT_REF", "recent years": "PAST_REF", "several weeks": "PXW"}


def test_timeml_has_the_dates_of_a_range_apart(timeml):
    assert values(timeml, "The talks of 9-14 July 2021 and the war of 1914–1918.") == {
        "9": "2021-07-09",
        "14 July 2021": "2021-07-14",
        "1914": "1914",
        "1918": "1918",
    }


def test_timeml_has_parts_of_days(timeml):
    assert values(timeml, "On the night of 20 June 1791 they fled; they were back that evening.") == {
        "the night of 20 June 1791": "1791-06-20TNI",
        "that evening": "1791-06-20TEV",
    }


def test_the_factory_works_alone():
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_dates")
    doc = nlp("They met on Monday; the vote of 9 June 2024 was over.")
    assert [span._.date.timex3 for span in doc.spans["dates"]] == ["2024-06-10", "2024-06-09"]
    doc._.published = "2024-06-12"
    assert [span._.date.edtf for span in doc.spans["dates"]] == ["2024-06-10", "2024-06-09"]


def test_the_clock_of_the_machine_is_never_asked(bare, monkeypatch):
    import time

    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert values(bare, "It was held yesterday.") == {"yesterday": "XXXX-XX-XX"}

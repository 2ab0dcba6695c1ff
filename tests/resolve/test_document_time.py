"""The document's own day, wherever a format puts it, and what counts from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalise.calendar import Point
from extract.normalise.dates import read_day
from extract.normalise.values import DateValue
from extract.sources import read_string

STORY = "They met on Monday, a day after the party congress; last month they had refused."
EXPECTED = {"Monday": "2024-06-10", "last month": "2024-05"}


def values(pipeline, text, format, metadata=None):
    analysis = pipeline.analyse(read_string(text, format=format, metadata=metadata or {}))
    return {fact.mention.text: fact.value.timex3 for fact in analysis.facts.values() if isinstance(fact.value, DateValue)}


DOCUMENTS = [
    ("a publication field", "text", STORY, {"published": "2024-06-12"}),
    ("a field in words", "text", STORY, {"published": "Wed, 12 Jun 2024 08:10:00 GMT"}),
    ("a field in American words", "text", STORY, {"date": "June 12, 2024"}),
    ("front matter", "markdown", f"---\ntitle: Talks\ndate: 2024-06-12\n---\n\n{STORY}\n", None),
    (
        "a field of a system",
        "markdown",
        f"---\nexpiry_date: 2026-01-01\ncitation_publication_date: 2024-06-12\nlast_modified: 2025-05-05\n---\n\n{STORY}\n",
        None,
    ),
    ("the day of a recording", "markdown", f"---\ntitle: Talks\nrecorded: 2024-06-12\n---\n\n{STORY}\n", None),
    ("an agency's dateline", "text", f"RIGA, June 12, 2024 (Agency) - {STORY}", None),
    ("a dateline below a slug", "text", f"^Talks\n\n^By A. Writer\n\nRIGA, June 12, 2024 (AP) -- {STORY}", None),
    ("a byline", "text", f"Talks begin\n\nBy A. Writer, 12 June 2024\n\n{STORY}", None),
    ("a line of its own", "text", f"Talks begin\n\n12 June 2024\n\n{STORY}", None),
    (
        "a meta element",
        "html",
        f'<html><head><meta name="date" content="2024-06-12"></head><body><p>{STORY}</p></body></html>',
        None,
    ),
    ("a time element", "html", f'<html><body><time datetime="2024-06-12">Wednesday</time><p>{STORY}</p></body></html>', None),
]


@pytest.mark.parametrize(("format", "text", "metadata"), [row[1:] for row in DOCUMENTS], ids=[row[0] for row in DOCUMENTS])
def test_a_report_counts_from_its_own_day(bare, format, text, metadata):
    found = values(bare, text, format, metadata)
    assert {words: found.get(words) for words in EXPECTED} == EXPECTED


def test_an_interim_report_counts_from_the_last_date_of_its_title_page(bare):
    text = "PARLIAMENTARY ELECTIONS\n\n4 October 2015\n\nINTERIM REPORT\n\n15 September 2015\n\nThe campaign began yesterday."
    assert values(bare, text, "text")["yesterday"] == "2015-09-14"


def test_an_article_about_an_election_takes_the_day_of_its_infobox(bare):
    text = "= 2001 election =\n\nInfobox\n- Election Date: 5 December 2001\n\nOn 9 October Parliament was dissolved.\n"
    assert values(bare, text, "wiki-export")["9 October"] == "2001-10-09"


def test_a_year_in_mid_sentence_does_not_draw_the_story_to_it(bare):
    text = (
        "= 2001 election =\n\nInfobox\n- Election Date: 5 December 2001\n\n"
        "The economy shrank for the first time since 1948. A pact in early September kept the cabinet alive.\n"
    )
    assert values(bare, text, "wiki-export")["early September"] == "2001-09"


def test_a_document_about_a_day_tells_of_its_hours(bare):
    text = (
        "= 2024 general election =\n\nInfobox\n- Election Date: 12 May 2024\n\n"
        "It was called on 3 March. Polling stations were open from 7 a.m. to 5 p.m.\n"
    )
    found = values(bare, text, "wiki-export")
    assert (found["3 March"], found["7 a.m."], found["5 p.m."]) == ("2024-03-03", "2024-05-12T07:00", "2024-05-12T17:00")


def test_what_was_held_on_a_day_has_it_in_its_own_year(bare):
    text = (
        "= 2024 general election =\n\nInfobox\n- Election Date: 12 May 2024\n\n"
        "After the 2023 local election, held on 15 October, the coalition broke up.\n"
    )
    assert values(bare, text, "wiki-export")["15 October"] == "2023-10-15"


def test_a_row_of_a_table_is_of_its_own_year(bare):
    text = "---\ndate: 2014-12-02\n---\n\n| Election | Date |\n|---|---|\n| 2005 | 22 Nov |\n| 2009 | 2 June |\n"
    found = values(bare, text, "markdown")
    assert (found["22 Nov"], found["2 June"]) == ("2005-11-22", "2009-06-02")


def test_a_story_goes_on_in_the_next_section(bare):
    text = "= War =\n\n== Beginnings ==\n\nIn May 1940 it began.\n\n== The siege ==\n\nIn June the town fell.\n"
    assert values(bare, text, "wiki-export")["June"] == "1940-06"


def test_a_history_with_a_day_has_only_its_today_from_there(bare):
    years = " ".join(f"In {year} there was war." for year in range(1914, 1922))
    found = values(bare, f"{years} In March, it ended, we said yesterday.", "text", {"published": "2009-12-19"})
    assert (found["March"], found["yesterday"]) == ("1921-03", "2009-12-18")


@given(day=st.dates())
def test_any_day_of_a_field_is_read(day):
    for form in ("%Y-%m-%d", "%Y-%m-%dT10:30:00Z", "%Y/%m/%d", "%d %B %Y", "%a, %d %b %Y 10:30:00 GMT", "%B %d, %Y"):
        written = day.strftime(form) if day.year >= 1000 else ""
        if written:
            assert read_day(written) == Point(day.year, day.month, day.day)


@pytest.mark.parametrize("text", ["", "soon", "10/06/2024", "2024", "June 2024", "2024-13-41", "31 February 2024"])
def test_what_is_no_whole_day_is_none(text):
    assert read_day(text) is None

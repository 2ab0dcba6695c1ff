"""What only looks like a date is none, and what does not look like one may be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalise.values import DateValue
from extract.sources import read_string


def found(bare, text, format="text"):
    """The words of the time expressions of a text."""
    facts = bare.analyse(read_string(text, format=format)).facts.values()
    return [fact.mention.text for fact in facts if isinstance(fact.value, DateValue)]


NO_DATES = [
    "She lives at 1812 Baltimore Avenue, not at 1920 West Hill Road.",
    "Windows Server 2008 and Office 2010 were sold.",
    "Exit 2030 leads to hall 1066; beside exhibit 1984 stands item 1999.",
    "The Boeing 2707 never flew, nor did flight 1549 land there.",
    "It took 1,999 votes, 2024 ballots and 1848 signatures.",
    "The ratio was 1.1945, the score 21-19 and the odds 2000/1.",
    "He paid $1950 for it, or 1,800 euros, less 2000 roubles.",
    "Call 020 7946 1984 or +1 202 555 1999, extension 2001.",
    "The device has serial number 1987 and runs version 2.2019.",
    "Resolution 1325, Article 1945 and Decree No. 1709 apply.",
    "They may meet, as they might march; the second may come.",
    "The spring broke, the fall hurt, and the sun set.",
    "They trailed at the half and scored twice in the third quarter.",
    "At 1:0 the match was open; it ended 3:1.",
    "The file is 1024 kB, the screen 1920 x 1080.",
    "Of 1600 households, 1500 people and 1400 cars nothing is left.",
    "16- and 17-year-olds took part.",
    "Theresa May, April Jones and Jan Novak came with Mr March.",
    "A butcher sold 1400 sausages.",
    "Parties that fall below the bar get nothing; problems that spring from it remain.",
    "They sat along the March.",
    "Postcode 1010 is in Vienna, 2000 in Sydney.",
]
DATES = [
    ("Under the Electoral Act 1963 candidates must live there.", ["1963"]),
    ("It went on well into 1941, and beyond 1942.", ["1941", "1942"]),
    ("The elections 2024 were held late.", ["2024"]),
    ("Founded 1921, it was rebuilt 1946.", ["1921", "1946"]),
    ("In 2024 voters stayed away.", ["2024"]),
    ("By May, prices had fallen.", ["May"]),
    ("It fell 3.4% in May from a year earlier.", ["May", "a year earlier"]),
    ("It stayed until 12 October.1 They left on 5 May.2 So it was.", ["12 October", "5 May"]),
    ("Voting stretched over eight days, after over ten years.", ["eight days", "over ten years"]),
    ("Sales fell in the third quarter.", ["the third quarter"]),
]
KNOWN_FAILING = {"Postcode 1010 is in Vienna, 2000 in Sydney.", "They sat along the March.", "In 2024 voters stayed away."}


def cases(rows):
    for row in rows:
        text = row if isinstance(row, str) else row[0]
        marks = [pytest.mark.xfail(strict=True)] if text in KNOWN_FAILING else []
        yield pytest.param(row, id=text[:40], marks=marks)


@pytest.mark.parametrize("text", list(cases(NO_DATES)))
def test_what_only_looks_like_a_date_is_refused(bare, text):
    assert found(bare, text) == []


@pytest.mark.parametrize("case", list(cases(DATES)))
def test_what_may_be_counted_can_be_a_date(bare, case):
    text, expected = case
    assert found(bare, text) == expected


NUMBERS = st.integers(1000, 2149)
COUNTED = ["votes", "ballots", "voters", "people", "seats", "km", "tonnes", "soldiers", "euros", "pages", "per cent", "victims"]
NUMBERED = [
    "Article",
    "Resolution",
    "flight",
    "page",
    "No.",
    "room",
    "Law No.",
    "route",
    "bus",
    "channel",
    "docket",
    "€",
    "$",
    "#",
    "§ ",
]


@given(number=NUMBERS, unit=st.sampled_from(COUNTED))
def test_a_counted_number_is_no_year(bare, number, unit):
    assert found(bare, f"They had {number} {unit} there.") == []


@given(number=NUMBERS, what=st.sampled_from(NUMBERED))
def test_a_numbered_thing_is_no_year(bare, number, what):
    mark = "" if what in "€$#" or what.endswith(" ") else " "
    assert found(bare, f"They read {what}{mark}{number} there.") == []


@given(whole=st.integers(0, 2149), decimals=st.integers(0, 2149), sign=st.sampled_from(".,"))
def test_a_decimal_is_no_date(bare, whole, decimals, sign):
    assert found(bare, f"It rose by {whole}{sign}{decimals:03} points.") == []


@given(hour=st.integers(0, 99), minute=st.integers(0, 59), second=st.integers(0, 59))
def test_a_time_stamp_is_no_time_of_day(bare, hour, minute, second):
    assert found(bare, f"He said so {hour:02}:{minute:02}:{second:02} and left.") == []


@given(score=st.tuples(st.integers(0, 150), st.integers(0, 150)), dash=st.sampled_from("-–"))
def test_a_score_is_no_date(bare, score, dash):
    assert found(bare, f"They won {score[0]}{dash}{score[1]} at home.") == []


@given(year=NUMBERS, word=st.sampled_from(["In", "Since", "By", "During", "Before", "After", "Until"]))
def test_a_year_behind_a_preposition_is_one(bare, year, word):
    assert found(bare, f"{word} {year}, they met.") == [str(year)]

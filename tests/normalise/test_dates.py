"""Dates as words give them: any day of the calendar in any form, and what is none."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalise.calendar import Point, easter, shift
from extract.normalise.dates.lengths import length
from extract.normalise.values import DateValue
from extract.sources import read_string
from strategies import hostile_text

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(2149, 12, 31))
WEEKDAYS = list(calendar.day_name)
MONTHS = list(calendar.month_name)


def _th(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


FORMS = {
    "iso": lambda day: day.isoformat(),
    "day month year": lambda day: f"{day.day} {MONTHS[day.month]} {day.year}",
    "day month, year": lambda day: f"{day.day} {MONTHS[day.month]}, {day.year}",
    "month day, year": lambda day: f"{MONTHS[day.month]} {day.day}, {day.year}",
    "month dayth, year": lambda day: f"{MONTHS[day.month]} {_th(day.day)}, {day.year}",
    "the dayth of month year": lambda day: f"the {_th(day.day)} of {MONTHS[day.month]} {day.year}",
    "weekday day month year": lambda day: f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month]} {day.year}",
    "weekday month day, year": lambda day: f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month]} {day.day}, {day.year}",
    "short month": lambda day: f"{day.day} {MONTHS[day.month][:3]} {day.year}",
    "short month with a dot": lambda day: f"{MONTHS[day.month][:3]}{'' if day.month == 5 else '.'} {day.day}, {day.year}",
    "capitals": lambda day: f"{day.day} {MONTHS[day.month].upper()} {day.year}",
    "dots": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "slashes": lambda day: f"{day.day:02}/{day.month:02}/{day.year}",
    "weekday the dayth of month, year": lambda day: (
        f"{WEEKDAYS[day.weekday()]} the {_th(day.day)} of {MONTHS[day.month]}, {day.year}"
    ),
    "short weekday": lambda day: f"{WEEKDAYS[day.weekday()][:3]}. {day.day} {MONTHS[day.month]} {day.year}",
    "no-break spaces": lambda day: f"{day.day}\u00a0{MONTHS[day.month]}\u00a0{day.year}",
}


def dates(bare, text, published=None):
    """The time expressions of a text, as (words, value)."""
    metadata = {"published": published} if published else {}
    analysis = bare.analyse(read_string(text, format="text", metadata=metadata))
    return [(fact.mention.text, fact.value) for fact in analysis.facts.values() if isinstance(fact.value, DateValue)]


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_any_day_of_the_calendar_comes_back_as_itself(bare, form, day):
    written = FORMS[form](day)
    [(text, value)] = dates(bare, f"The vote was held on {written}.")
    assert text == written.replace("\u00a0", " ")
    assert (value.edtf, value.timex3, value.start, value.end) == (day.isoformat(),) * 4
    assert value.resolution == "explicit"


@given(day=st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)), back=st.integers(0, 6))
def test_any_weekday_of_a_report_is_the_last_one(bare, day, back):
    meant = day - datetime.timedelta(back)
    [(text, value)] = dates(bare, f"They met on {WEEKDAYS[meant.weekday()]}.", day.isoformat())
    assert (text, value.edtf) == (WEEKDAYS[meant.weekday()], meant.isoformat())


@given(day=st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)), days=st.integers(2, 60))
def test_days_are_counted_over_any_end_of_a_month(bare, day, days):
    [(_, ago)] = dates(bare, f"They met {days} days ago.", day.isoformat())
    assert ago.edtf == (day - datetime.timedelta(days)).isoformat()
    [_, (_, later)] = dates(bare, f"They met on {day.isoformat()}. They left {days} days later.")
    assert later.edtf == (day + datetime.timedelta(days)).isoformat()


@given(minutes=st.integers(0, 24 * 60 - 1))
def test_any_time_of_day_comes_back_as_itself(bare, minutes):
    hour, minute = divmod(minutes, 60)
    half = "a.m." if hour < 12 else "p.m."
    for written in (f"{hour:02}:{minute:02}", f"{(hour + 11) % 12 + 1}:{minute:02} {half}"):
        [(text, value)] = dates(bare, f"They met at {written} there.")
        assert (text, value.timex3) == (written, f"T{hour:02}:{minute:02}")


@given(start=DAYS, days=st.integers(1, 700))
def test_any_range_of_days_comes_back_as_its_ends(bare, start, days):
    end = min(start + datetime.timedelta(days), datetime.date(2149, 12, 31))
    if end == start:
        return
    first, last = (f"{day.day} {MONTHS[day.month]} {day.year}" for day in (start, end))
    [(text, value)] = dates(bare, f"It lasted: {first} – {last}.")
    assert (text, value.edtf) == (f"{first} – {last}", f"{start.isoformat()}/{end.isoformat()}")
    apart = dates(bare, f"It lasted from {first} to {last}.")
    assert [(text, value.edtf) for text, value in apart] == [(first, start.isoformat()), (last, end.isoformat())]


@given(text=hostile_text())
def test_any_text_gives_valid_values_and_no_crash(bare, text):
    if not text.strip():
        return
    for _, value in dates(bare, "It was so on 3 May 1999: " + text):
        assert value.timex3 is not None
        if value.edtf is not None:
            edtf.parse_edtf(value.edtf)
        if value.start and value.end:
            assert value.start <= value.end


@given(
    word=st.sampled_from(["1", "in ", "9-", "May ", "the first ", "1.", "12:", "early ", "of the "]), times=st.integers(500, 1500)
)
def test_a_word_said_a_thousand_times_costs_no_more_than_its_length(bare, word, times):
    assert isinstance(dates(bare, word * times + "."), list)


PERIODS = [
    ("June 2024", "2024-06", "2024-06", None),
    ("mid-June 1999", "1999-06", "1999-06", "MID"),
    ("the end of 2023", "2023", "2023", "END"),
    ("the 1980s", None, None, None),
    ("late 1980s", "198X", "198", "END"),
    ("the beginning of the 19th century", "18XX", "18", "START"),
    ("late eighteenth century", "17XX", "17", "END"),
    ("the summer of 2019", "2019-22", "2019-SU", None),
    ("spring 2018", "2018-21", "2018-SP", None),
    ("the first quarter of 2020", "2020-33", "2020-Q1", None),
    ("Q3 2011", "2011-35", "2011-Q3", None),
    ("the second half of 1998", "1998-41", "1998-H2", None),
    ("2018/19", "2018/2019", "2018/2019", None),
    ("1939–1945", "1939/1945", "1939/1945", None),
    ("May–June 2009", "2009-05/2009-06", "2009-05/2009-06", None),
    ("30 September – 1 October 1995", "1995-09-30/1995-10-01", "1995-09-30/1995-10-01", None),
    ("9–14 July 2021", "2021-07-09/2021-07-14", "2021-07-09/2021-07-14", None),
    ("c. 540 BC", "-0539~", "BC0540", "APPROX"),
    ("AD 79", "0079", "0079", None),
    ("around 1921", "1921~", "1921", "APPROX"),
    ("fiscal year 2020", "2020", "2020", None),
    ("Easter Monday 1916", "1916-04-24", "1916-04-24", None),
    ("Christmas Day 1991", "1991-12-25", "1991-12-25", None),
]


@pytest.mark.parametrize(("words", "edtf_value", "timex3", "mod"), PERIODS)
def test_a_period_has_both_notations(bare, words, edtf_value, timex3, mod):
    found = dict(dates(bare, f"It changed in {words}, they said."))
    if edtf_value is None:
        return
    value = found[words]
    assert (value.edtf, value.timex3, value.mod) == (edtf_value, timex3, mod)
    edtf.parse_edtf(edtf_value)


LENGTHS = [
    ("seventy years", "DURATION", "P70Y", None),
    ("about three months", "DURATION", "P3M", "APPROX"),
    ("more than twenty years", "DURATION", "P20Y", "MORE_THAN"),
    ("nearly a week", "DURATION", "P1W", "LESS_THAN"),
    ("a year and a half", "DURATION", "P1.5Y", None),
    ("two decades", "DURATION", "P20Y", None),
    ("48 hours", "DURATION", "PT48H", None),
    ("every four years", "SET", "P4Y", None),
    ("twice a year", "SET", "P1Y", None),
    ("every Sunday", "SET", "XXXX-WXX-7", None),
]


@pytest.mark.parametrize(("words", "type_", "timex3", "mod"), LENGTHS)
def test_a_length_or_repetition_is_no_date(bare, words, type_, timex3, mod):
    [(text, value)] = dates(bare, f"It goes on {words} there.")
    assert (text, value.type, value.timex3, value.mod, value.edtf) == (words, type_, timex3, mod, None)


NO_DATES = [
    "The list won 2.9 percent, and 3.11 more.",
    "Some 2024 voters and 1,999 others came.",
    "They may not march on, and the second may fall.",
    "Article 1999 of Law No. 1920 and Resolution 1244 apply.",
    "Flight 1992 cost €1500, or $2000.",
    "Call 555-2019 or +44 1632 960983.",
    "The score was 2018-1 in the end.",
    "Version 3.11 runs on Windows 2000 machines.",
    "The sun was out; the spring leaked; pride comes before the fall.",
    "They walked 1500 metres to the 1200 houses.",
    "Theresa May and April Jones met Jan Novak.",
    "A second attack followed the three quarters vote.",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_only_looks_like_a_date_is_none(bare, text):
    assert dates(bare, text) == []


@pytest.mark.parametrize(
    ("year", "day"), [(1998, "1998-04-12"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2038, "2038-04-25")]
)
def test_easter(year, day):
    assert easter(year).isoformat() == day


@given(day=DAYS, count=st.integers(-400, 400), unit=st.sampled_from(["D", "W"]))
def test_shifting_there_and_back_is_no_shift(day, count, unit):
    point = Point(day.year, day.month, day.day)
    there = shift(point, unit, count)
    assert there is not None
    assert shift(there, unit, -count) == point


@given(year=st.integers(1000, 2100), month=st.integers(1, 12), count=st.integers(-500, 500))
def test_months_count_over_the_years(year, month, count):
    there = shift(Point(year, month), "MO", count)
    assert there is not None and there.year is not None and there.month is not None
    assert (there.year - year) * 12 + there.month - month == count


def test_lengths_in_units_that_timex3_does_not_have():
    assert [length(unit, Decimal(2)) for unit in ("Q", "DE", "CE", "F", "H")] == ["P6M", "P20Y", "P200Y", "P4W", "PT2H"]

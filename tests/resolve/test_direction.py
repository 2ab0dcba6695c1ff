"""Which way a sentence looks where a date stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given

from extract.resolve.dates.direction import direction_at
from strategies import hostile_text

BACK = [
    ("They met on ", "."),
    ("The board chair said on ", "."),
    ("Ethiopia plans to hold an election in May, the chair said on ", "."),
    ("The Senate passed the bill on ", " and is to adjourn on Friday."),
    ("The court will hear the case in September, a judge ruled on ", "."),
    ("On ", " police arrested three men who will be tried in May."),
    ("The strike lasted until ", "."),
    ("Until ", " it was 84 to 55."),
    ("They have been on strike since ", "."),
    ("Voters went to the polls on ", "."),
    ("A vote on ", " was lost."),
    ("The bill had been voted down by ", "."),
    ("In May it was opened on ", "."),
]
AHEAD = [
    ("They will meet on ", "."),
    ("Talks are to resume on ", "."),
    ("The council meets on ", "."),
    ("The talks in Geneva, suspended since mid-July, resume on ", "."),
    ("Canadians vote in a federal election on ", "."),
    ("The commission has until ", " to publish the results."),
    ("King gave party leaders until 2 p.m. on ", " to choose."),
    ("The airport was not expected to reopen before ", "."),
    ("A plan to be opened on ", ", ministers hope."),
    ("He agreed to meet them on ", "."),
    ("On ", " the council will meet."),
    ("The ministry plans to publish it in ", "."),
    ("The commission receives the official results on ", "."),
    ("They agreed on a plan to vote on ", "."),
    ("The vote is due on ", "."),
    ("It fell in June; the court sits again in ", "."),
]
OPEN = [("", ""), ("The ", " agreement"), ("Victims of ", ": a list")]


@pytest.mark.parametrize(("before", "after"), BACK)
def test_a_verb_of_the_past_looks_back(before, after):
    assert direction_at(before, after) == -1


@pytest.mark.parametrize(("before", "after"), AHEAD)
def test_a_plan_looks_ahead(before, after):
    assert direction_at(before, after) == 1


@pytest.mark.parametrize(("before", "after"), OPEN)
def test_without_a_verb_nothing_is_said(before, after):
    assert direction_at(before, after) == 0


@given(before=hostile_text(), after=hostile_text())
def test_any_words_have_some_direction(before, after):
    assert direction_at(before, after) in (-1, 0, 1)

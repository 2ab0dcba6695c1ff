"""Bare numbers: what they count, what else claims them, and what is weighed."""

from __future__ import annotations

import pytest

from extract.recognise.figures.evidence import EVIDENCE, Words, governor_of
from extract.recognise.figures.noun import counted_by
from extract.recognise.mention import lost_candidates
from extract.sources import read_string


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12 seats in all", "seats"),
        ("12 newly created seats", "seats"),
        ("12 candidates", "other"),
        ("12 of the 40 candidates", "other"),
        ("12 women", "other"),
        ("12 or 13 votes", "other"),
        ("12 of them", "nothing"),
        ("12 of the 40", "nothing"),
        ("12 more than before", "nothing"),
        ("12, candidates", "nothing"),
        ("12 elected by lot", "nothing"),
        ("12 across the land", "nothing"),
    ],
)
def test_the_words_behind_a_number_say_what_it_counts(text, kind):
    assert counted_by(text, 2, len(text), False).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"), [("one belongs to him", "nothing"), ("one was lost", "nothing"), ("one reason", "other")]
)
def test_behind_one_a_word_in_s_is_a_verb_and_another_a_noun(text, kind):
    assert counted_by(text, 3, len(text), True).kind == kind


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("Labour won only ", ["labour", "won"]),
        ("it fell to a mere ", ["it", "fell", "to"]),
        ("the Greens, ", []),
    ],
)
def test_what_governs_a_number_stands_before_the_words_that_change_nothing(before, words):
    assert governor_of(before) == words


def test_words_are_known_alone_in_pairs_and_with_a_possessive():
    said = Words.of("The cinema's Lower House")
    assert said.say("other_house") and said.say("chamber") and not said.say("votes")


def test_no_two_lines_of_evidence_say_the_same():
    assert len({evidence.told for evidence in EVIDENCE}) == len(EVIDENCE)


@pytest.mark.parametrize(
    ("sentence", "number", "reason"),
    [
        ("The party won 12 seats under article 64.", "64", "it says which article"),
        ("The party won 12 seats and 900 votes.", "900", "it counts votes"),
        ("The 12 deputies passed it by 7 to 5.", "7 to 5", "a division"),
        ("The 12 deputies named a cabinet of 14.", "14", "a count of another body, or of people"),
        ("The 12 deputies met at 10.30.", "10", "a form that seat counts do not have"),
        ("The 12 deputies paid EUR 40.", "40", "an amount of money"),
        ("The youngest of the 12 deputies is 23.", "23", "an age"),
    ],
)
def test_a_number_that_something_else_takes_is_told_with_the_reason(bare, sentence, number, reason):
    lost = lost_candidates(bare.analyse(read_string(sentence, format="text")).doc)
    assert reason in {candidate.reason for candidate in lost if candidate.text == number}


def test_a_number_that_little_speaks_for_is_told_with_what_was_weighed(bare):
    lost = lost_candidates(bare.analyse(read_string("The Senate met at noon. Present were 12.", format="text")).doc)
    assert any(candidate.reason.startswith("1.5 of 2.5: ") for candidate in lost if candidate.text == "12")


def test_a_bare_number_that_is_a_seat_count_tells_what_spoke_for_it(bare):
    found = bare.analyse(read_string("Labour won 30 seats and the Greens five.", format="text"))
    told = [fact.how for fact in found.facts.values() if fact.mention.text == "five"]
    assert any("its sentence speaks of seats (+2)" in step for how in told for step in how)

"""Every word that a rule of dates takes can be read: none brings a document down, none is found and lost again."""

from __future__ import annotations

import re

import pytest

from extract.normalise.dates import DateReading, known_words, normalise_date
from extract.recognise.rules import RuleMatcher
from extract.rules import load_rules
from extract.rules.alternatives import words_of
from extract.text.language import make_language

RULES = [rule for name in ("dates", "timeml") for rule in load_rules().file(name).rules]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_word_of_a_rule_has_a_reading(rule):
    """Each word of each group in the place of the one in the rule's first example."""
    matcher = RuleMatcher([rule], make_language().vocab)
    [match, *_] = [match for example in rule.examples for match in matcher.find_text(example.text)]
    for group in dict.fromkeys(re.findall(r"\(\?P<(\w+)>", rule.regex)):
        words = words_of(rule.regex, group) if known_words(group) is not None else None
        for word in sorted(words or ()):
            reading = normalise_date(match.text, {**match.captures, group: word}, match.constants)
            assert reading is None or isinstance(reading, DateReading)


HURT = [
    "$90 a night",
    "30 people a night",
    "14 hours a night",
    "New Year’s Day",
    "New Yearʼs Eve",
    "St‘ Patrick’s Day",
    "a mid‑morning walk",
]


@pytest.mark.parametrize("words", HURT)
def test_no_word_brings_a_document_down(bare, words):
    from extract.sources import read_string

    assert bare.analyse(read_string(f"It was {words}; on 3 May 1999 it ended.", format="text")).facts

"""Where rules match: edges, blocks, overlaps, offsets; and a label of the user's own from a rule file alone."""

from __future__ import annotations

import pickle
import re
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import RuleError
from extract.normalise.values import RuleValue
from extract.recognise.mention import lost_candidates, read_mentions
from extract.recognise.rules import _LETTERS, Match, RuleFinder, RuleMatcher
from extract.rules import Rule, load_rules
from extract.rules.patterns import BUILT_IN_PARTS, any_word, compile_regex
from extract.sources.characters import plain_characters
from extract.text.language import make_language

NLP = make_language()
SP = BUILT_IN_PARTS["sp"]


def rule(name: str = "r", **given: Any) -> Rule:
    given.setdefault("order", 0)
    return Rule(id=f"test.{name}", label="TEST", path=Path("test.yml"), line=1, **given)


def phrases(*words: str, name: str = "p", **given: Any) -> Rule:
    return rule(name, phrases={word: word for word in words}, **given)


def matcher(*rules: Rule) -> RuleMatcher:
    return RuleMatcher(rules, NLP.vocab)


def texts(found: list[Match]) -> list[str]:
    return [match.text for match in found]


# -- edges ----------------------------------------------------------------------------------------------------------

EDGES = [  # pattern, text, what is found
    (r"[0-9]+", "a20 20b 20 (20) 20.", ["20", "20", "20"]),
    (r"[0-9]+ votes", "5 votes,5 votes", ["5 votes", "5 votes"]),
    (r"[0-9]+%", "5%6% 7%of", ["5%", "6%", "7%"]),
    (r"may", "may mayor dismay «may»", ["may", "may"]),
    (r"Jos|José", "José Jos", ["José", "Jos"]),
    (r"Jos", "José", []),
    (r"Jose", "Jose\u0301", []),  # the accent is a character of its own
    (r"é", "éa aé é", ["é"]),
    (r"(?:9|9 June)", "9 Juneé", ["9"]),
    (r"[0-9]+", "é5 5é – 5", ["5"]),
    (r"мая", "5 мая маям", ["мая"]),
    (r"a b|a", "a bc", ["a"]),
    (r"\([0-9]+\)", "x(5)(6)y", ["(5)", "(6)"]),
    (r"5", "_5_", ["5"]),
    (r"^[0-9]+", "5 6\n7 8", ["5", "7"]),
    (r"[0-9]+$", "5 6\n7 8", ["6", "8"]),
    (r"[A-Z]\.", "J. O.K", ["J.", "O."]),
    (r"\s*x\s*", " x ", [" x "]),
]


@pytest.mark.parametrize(("pattern", "text", "found"), EDGES)
def test_a_mention_begins_and_ends_between_words(pattern: str, text: str, found: list[str]) -> None:
    assert texts(matcher(rule(regex=pattern)).find_text(text)) == found


def test_ranges_of_letters_have_letters_figures_and_marks_alone() -> None:
    everything = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)])).encode()
    ranges, classes = (compile_regex(f"[{signs}]+") for signs in (_LETTERS, r"\pL\pN\pM"))
    assert all(classes.fullmatch(found.group()) for found in ranges.finditer(everything))


def test_a_pattern_that_does_not_compile_is_told_with_its_place() -> None:
    with pytest.raises(RuleError, match=r"test\.yml:1: `test\.r`: no regular expression of RE2"):
        matcher(rule(regex="(a"))


def test_the_mention_may_be_a_group_with_context_around_it() -> None:
    found = matcher(rule(regex=r"(?:^|[^.\d])(?P<year>[0-9]{4})(?:[^.\d]|$)", span="year")).find_text(
        "1992 é 1993–1994, 30.1995 x1996"
    )
    assert texts(found) == ["1992", "1993", "1994"]


def test_case_matters_unless_it_is_ignored() -> None:
    assert texts(matcher(rule(regex="MAI|ÉTÉ")).find_text("Mai été ÉTÉ")) == ["ÉTÉ"]
    assert texts(matcher(rule(regex="MAI|ÉTÉ", ignore_case=True)).find_text("Mai été ÉTÉ")) == ["Mai", "été", "ÉTÉ"]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\n", " \u2009 "])
def test_a_blank_in_a_list_is_any_white_space(blank: str) -> None:
    pattern = any_word(["per cent", "per cent."])
    assert texts(matcher(rule(regex="5" + SP + pattern)).find_text(f"5{blank}per{blank}cent of")) == [f"5{blank}per{blank}cent"]


def test_apostrophes_and_hyphens_of_lists_match_the_typographic_ones() -> None:
    found = matcher(rule(regex=any_word(["vice-chair", "O'Brien"]))).find(NLP("O’Brien, vice‐chair"))
    assert texts(found) == ["O'Brien", "vice-chair"]


# -- offsets, captures, blocks --------------------------------------------------------------------------------------


def test_offsets_and_captures_count_characters() -> None:
    text = "Ǧ’é 𝔸 – 12 ballots"
    (match,) = matcher(rule(regex=r"(?P<number>[0-9]+) (?P<unit>ballots)(?P<none> cast)?", value={"a": 1})).find_text(text)
    assert text[match.start : match.end] == match.text == "12 ballots"
    assert match.captures == {"number": "12", "unit": "ballots"}
    assert {name: text[start:end] for name, (start, end) in match.offsets.items()} == match.captures
    assert match.constants == {"a": 1}


@pytest.mark.parametrize(
    "pattern",
    [
        rule(regex=r"20\s+ballots"),
        phrases("20 ballots"),
        rule(tokens=(({"LOWER": "20"}, {"IS_SPACE": True, "OP": "*"}, {"LOWER": "ballots"}),)),
    ],
)
def test_no_match_crosses_a_block(pattern: Rule) -> None:
    assert matcher(pattern).find(NLP("There were 20\nballots")) == []
    assert texts(matcher(pattern).find(NLP("é\n\nThere were 20 ballots\nand"))) == ["20 ballots"]


def test_a_stretch_of_a_doc_can_be_searched() -> None:
    doc = NLP("5 votes and 6 votes\nand 7 votes")
    assert texts(matcher(rule(regex="[0-9] votes")).find(doc, 5, 24)) == ["6 votes"]


def test_a_match_gives_its_span_or_notes_that_it_cuts_a_token() -> None:
    doc = NLP("There were 20 ballots and re-run")
    good, cut = (
        matcher(rule(regex=r"20 ballots"), rule("cut", regex=r"\$")).find(doc),
        matcher(rule("cut", regex="ran")).find(NLP("ran")),
    )
    span = good[0].span(doc)
    assert span is not None and (span.text, span.label_, span.id_) == ("20 ballots", "TEST", "test.r")
    assert cut[0].span(NLP("ran")) is not None
    doc = NLP("don't")
    (match,) = matcher(rule(regex="don")).find(doc)
    assert match.span(doc) is None
    assert [(lost.text, lost.reason) for lost in lost_candidates(doc)] == [("don", "it cuts a token in two")]


# -- phrases and token patterns -------------------------------------------------------------------------------------

PHRASES = [
    ("U.S.", "the U.S. and the U. S.", ["U.S."]),
    ("Minsk II", "Minsk  II, Minsk\u00a0II, MinskII", ["Minsk  II", "Minsk\u00a0II"]),
    ("Côte d'Ivoire", "Co\u0302te d’Ivoire", ["Co\u0302te d’Ivoire"]),
    ("New York", "New New York Yorks", ["New York"]),
    ("New York", "(New  York) New\n York's \t“New York”", ["New  York", "New\n York", "New York"]),
    ("Trinidad & Tobago-born", "in Trinidad & Tobago-born, Trinidad &Tobago-born", ["Trinidad & Tobago-born"]),
    ("Guinea", "Guinea-Bissau, Guineans", ["Guinea"]),
    ("Jos", "José Jose\u0301 Jos", ["Jos"]),
]


@pytest.mark.parametrize(("phrase", "text", "found"), PHRASES)
def test_phrases(phrase: str, text: str, found: list[str]) -> None:
    assert texts(matcher(phrases(phrase)).find_text(text)) == found


def test_the_longest_phrase_wins_and_gives_its_value() -> None:
    place = rule(phrases={"Guinea": "GN", "Guinea-Bissau": "GW"}, ignore_case=True)
    (match,) = matcher(place).find_text("in GUINEA-BISSAU")
    assert (match.captures, match.constants) == ({"phrase": "Guinea-Bissau"}, {"value": "GW"})


def test_token_patterns_find_the_longest() -> None:
    tokens = ({"LOWER": "very", "OP": "*"}, {"LOWER": "close"})
    assert texts(matcher(rule(tokens=(tokens,))).find(NLP("a very very close race, close"))) == ["very very close", "close"]


def test_a_token_pattern_that_spacy_does_not_take_is_told_with_its_place() -> None:
    with pytest.raises(RuleError, match=r"test.yml:1: `test.r`: no token pattern"):
        matcher(rule(tokens=(({"LOVER": "x"},),)))


@pytest.mark.parametrize("kind", [{"regex": "x5"}, {"tokens": (({"LOWER": "x5"},),)}])
def test_without_a_trigger_nothing_is_looked_for(kind: dict[str, Any]) -> None:
    assert texts(matcher(rule(triggers=("x",), **kind)).find(NLP("an x5"))) == ["x5"]
    assert matcher(rule(triggers=("y",), **kind)).find(NLP("an x5")) == []


TRIGGERS = [  # text, triggers, is case ignored, is it looked for
    ("the Straße 5", ("SSE",), True, True),  # as casefold has it
    ("the Straße 5", ("SSE",), False, False),
    ("neo-liberal 5", ("x", "-lib"), False, True),  # inside a word
    ("1+1=5 (.*)", ("+1=", "?"), False, True),  # no pattern
    ("1+1=5", (".*",), False, False),
    ("5", ("É", "é"), False, False),
    ("\ud800 é5", ("é",), False, True),
]


@pytest.mark.parametrize(("text", "triggers", "ignore_case", "is_met"), TRIGGERS)
def test_triggers_are_found_as_they_are_written(text: str, triggers: tuple[str, ...], ignore_case: bool, is_met: bool) -> None:
    others = rule("other", regex="q", triggers=("q",)), rule("always", regex="w")
    found = matcher(rule(regex="[0-9]", triggers=triggers, ignore_case=ignore_case), *others).find_text(f"5 {text}")
    assert bool(found) is is_met


# -- overlaps -------------------------------------------------------------------------------------------------------


def test_priority_wins_then_length_then_the_first() -> None:
    short, long = rule("short", regex="June"), rule("long", regex="9 June", order=1)
    assert texts(matcher(short, long).find_text("9 June")) == ["9 June"]
    assert texts(matcher(rule("short", regex="June", priority=60), long).find_text("9 June")) == ["June"]
    assert [match.rule.id for match in matcher(rule("a", regex="June"), phrases("June", name="b")).find_text("June")] == [
        "test.a"
    ]


def test_losers_are_noted_with_the_reason() -> None:
    doc = NLP("on 9 June")
    matcher(rule("short", regex="June"), rule("long", regex="9 June")).find(doc)
    assert [(lost.text, lost.rule, lost.reason) for lost in lost_candidates(doc)] == [
        ("June", "test.short", "overlaps test.long")
    ]


# -- a label of the user's own --------------------------------------------------------------------------------------

VOTES = r"""
version: 1
label: VOTES
normaliser: number
lists:
  unit: [ballot, ballots, votes]
rules:
  - id: counted
    regex: '(?P<number>[0-9]{1,3}(?:,[0-9]{3})*){sp}{unit}'
    ignore_case: true
    examples:
      - {text: "In all, 20,033 ballots were cast.", finds: "20,033 ballots", value: {number: 20033}}
    counterexamples:
      - "20,033 voters"
  - id: none
    phrases: [no votes, not a single vote]
    value: {number: 0}
    examples:
      - {text: "He got no votes.", finds: "no votes", value: {number: 0}}
"""


@pytest.fixture
def finder(tmp_path: Path) -> RuleFinder:
    (tmp_path / "votes.yml").write_text(VOTES)
    return RuleFinder(load_rules(tmp_path), NLP.vocab)


def test_a_rule_file_alone_adds_a_label(finder: RuleFinder) -> None:
    doc = finder(NLP("Of 20,033 ballots, 12 Votes were void; Ivanov got no votes."))
    found = [mention for mention in read_mentions(doc) if mention.label == "VOTES"]
    assert [(m.text, m.rule, m.component, m.reading) for m in found] == [
        ("20,033 ballots", "votes.counted", "rules", RuleValue(number=Decimal(20033))),
        ("12 Votes", "votes.counted", "rules", RuleValue(number=Decimal(12))),
        ("no votes", "votes.none", "rules", RuleValue(number=Decimal(0))),
    ]


def test_a_finder_can_be_pickled(finder: RuleFinder) -> None:
    again = pickle.loads(pickle.dumps(finder))
    doc = again(NLP("20,033 ballots"))
    assert [span.text for span in doc.spans["rules"]] == ["20,033 ballots"]


def test_what_the_normaliser_makes_nothing_of_is_lost(tmp_path: Path) -> None:
    (tmp_path / "votes.yml").write_text(
        "version: 1\nlabel: VOTES\nnormaliser: number\nrules: [{id: a, phrases: [several score]}]\n"
    )
    doc = RuleFinder(load_rules(tmp_path), NLP.vocab)(NLP("several score"))
    assert list(doc.spans["rules"]) == []
    assert "makes nothing of it" in lost_candidates(doc)[0].reason


def test_an_unknown_normaliser_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "votes.yml").write_text("version: 1\nlabel: VOTES\nnormaliser: numbr\nrules: [{id: a, phrases: [x]}]\n")
    with pytest.raises(RuleError, match=r"votes.yml:4: `votes.a`: no normaliser `numbr`; there are .*number"):
        RuleFinder(load_rules(tmp_path), NLP.vocab)


# -- any text -------------------------------------------------------------------------------------------------------

ALL_KINDS = matcher(
    rule("number", regex=r"(?P<n>[0-9]+)(?:st|nd|%)?"),
    rule("word", regex=r"é\pL*|[a-z]+"),
    rule("context", regex=r"(?:^|\s)(?P<m>\pL+)(?:\s|$)", span="m"),
    phrases("a a", "a", "é.", ignore_case=True),
    rule("tokens", tokens=(({"IS_PUNCT": True, "OP": "+"},),)),
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text("aé1. \n\u0301%(\u00a0𝔸", max_size=60)))
def test_on_any_text_matches_are_exact_apart_and_in_order(text: str) -> None:
    found, text = ALL_KINDS.find(NLP(text)), plain_characters(text)
    assert all(match.text == text[match.start : match.end] and "\n" not in match.text for match in found)
    assert all(
        text[start:end] == match.captures[name]
        for match in found
        for name, (start, end) in match.offsets.items()
        if name != "phrase"
    )
    assert all(first.end <= second.start for first, second in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(st.text("aé1. \u0301%", max_size=30))
def test_every_number_that_stands_alone_is_found(text: str) -> None:
    alone = [
        match.span()
        for match in re.finditer("1+", text)
        if not re.search(r"[aé1\u0301]$", text[: match.start()]) and not re.match("[aé\u0301]", text[match.end() :])
    ]
    assert [(match.start, match.end) for match in matcher(rule(regex="1+")).find_text(text)] == alone


@pytest.mark.parametrize(
    "text",
    ["1" * 200_000, "é1" * 100_000, "1 " * 50_000, "a1é " * 50_000, "\u0301" * 200_000],
    ids=["one", "é1", "many", "cut", "marks"],
)
@pytest.mark.parametrize(
    "pattern", [{"regex": r"[0-9]+( [0-9]+)*x"}, {"regex": r"(?P<m>[0-9]+).*", "span": "m"}, {"regex": r"é\pL*|[a-z0-9]+"}]
)
def test_time_is_linear_on_hostile_text(text: str, pattern: dict[str, Any]) -> None:
    started = time.process_time()
    matcher(rule(**pattern)).find_text(text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", ["South-" * 100_000, "South " * 100_000, "-South" * 100_000, "South Ossetia " * 50_000])
def test_time_is_linear_in_what_phrases_begin_with(text: str) -> None:
    started = time.process_time()
    matcher(phrases("South Ossetia", "South-South Commission", "South")).find_text(text)
    assert time.process_time() - started < 5

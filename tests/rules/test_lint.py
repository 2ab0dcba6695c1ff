"""Lint names what is wrong or looks wrong, with file and line; examples are run and told apart."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extract.normalise.dates import known_words
from extract.normalise.values import PercentValue, RuleValue
from extract.recognise.rules_alone import lint_rules, rules_alone
from extract.rules import load, load_rules
from extract.rules.examples import Found, differing, test_examples

HEAD = "version: 1\nlabel: VOTES\nnormaliser: number\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for rule files, with no packaged rules behind it, but for the words of the normaliser `date`."""
    known_words("unit")
    packaged = tmp_path / "packaged"
    packaged.mkdir()
    monkeypatch.setattr(load, "packaged_folder", lambda: packaged)
    own = tmp_path / "own"
    own.mkdir()
    return own


def findings(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    (folder / "votes.yml").write_text(text, encoding="utf-8")
    return [(finding.line, finding.level, finding.message) for finding in lint_rules(folder)]


def example(text: str, finds: str) -> str:
    return f"    examples: [{{text: '{text}', finds: '{finds}'}}]\n"


GOOD = HEAD + "rules:\n  - id: a\n    regex: '(?P<number>[0-9]+) votes'\n" + example("He got 5 votes.", "5 votes")

LINT = [  # what follows the head, then line, level and words of the one finding
    ("rules:\n  - id: a\n    phrases: [no votes]\n    value: {number: 0}\n", 5, "warning", "`votes.a` has no examples"),
    (
        "rules:\n  - id: a\n    regex: '[0-9]+ votes'\n    normaliser: numbr\n" + example("5 votes", "5 votes"),
        5,
        "error",
        "no normaliser `numbr`; there are",
    ),
    ("rules:\n  - id: a\n    regex: '[0-9]{9}'\n" + example("5 votes", "5 votes"), 5, "warning", "`votes.a` is dead"),
    (
        "rules:\n  - id: a\n    regex: '(?P<number>[0-9]).* [0-9]'\n" + example("5 a 6", "5 a 6").replace("5 a 6", "5 6"),
        5,
        "warning",
        "run through a whole paragraph",
    ),
    ("rules:\n  - id: a\n    regex: '[0-9]+'\n    triggers: [x]\n" + example("5 votes", "5"), 5, "warning", "is dead"),
    ("rules:\n  - id: a\n    tokens: [{LOVER: x}]\n" + example("x", "x"), 5, "error", "no token pattern of spaCy's Matcher"),
    (
        "lists: {unit: [vote]}\nrules:\n  - id: a\n    regex: '[0-9]+'\n" + example("5 votes", "5"),
        4,
        "note",
        "no pattern uses `unit`",
    ),
    ("rules:\n  - {id: a, regexp: x}\n", 5, "error", "unknown key `regexp`"),
]


@pytest.mark.parametrize(("body", "line", "level", "message"), LINT, ids=[message for *_, message in LINT])
def test_lint_names_what_is_wrong(folder: Path, body: str, line: int, level: str, message: str) -> None:
    found = findings(folder, HEAD + body)
    assert [item[:2] for item in found] == [(line, level)]
    assert message in found[0][2]


def test_a_word_that_the_normaliser_does_not_know_is_told(folder: Path) -> None:
    rule = "rules:\n  - id: a\n    regex: '(?P<count>[0-9]+) (?P<unit>days?|moons?)'\n    value: {kind: duration}\n"
    [found] = findings(folder, HEAD.replace("number", "date") + rule + example("5 days", "5 days"))
    assert found == (5, "error", "`votes.a`: its group `unit` takes `moon`, `moons`, which the normaliser `date` does not know")


def test_a_shadowed_rule_is_told_with_the_rule_before_it(folder: Path) -> None:
    other = "  - id: b\n    regex: '(?P<number>[0-9]) votes'\n" + example("5 votes", "5 votes")
    assert findings(folder, GOOD + other) == [(8, "warning", "`votes.b` is shadowed: its examples are found by votes.a")]


def test_good_rules_pass_and_all_errors_are_told_at_once(folder: Path) -> None:
    assert findings(folder, GOOD) == []
    (folder / "crimes.yml").write_text("version: 1\nlabel: crime\nrulez: []\n")
    told = findings(folder, "version: 1\nrules:\n  - {id: a, regexp: x}\n  - {id: B, regex: x}\n")
    assert [(line, level) for line, level, _ in told] == [(2, "error"), (3, "error"), (3, "error"), (4, "error")]


def test_a_folder_that_is_not_there_is_a_finding(folder: Path) -> None:
    assert [finding.level for finding in lint_rules(folder / "nowhere")] == ["error"]


def test_the_packaged_rules_load_without_errors() -> None:
    assert [str(finding) for finding in lint_rules() if finding.level == "error"] == []


# -- examples -------------------------------------------------------------------------------------------------------

EXAMPLES = (
    GOOD
    + """\
    counterexamples: [5 voters, {text: no votes, finds: votes}]
  - id: b
    regex: '(?P<number>[0-9]+) ballots'
    examples:
      - {text: There were 5 ballots., finds: 5 ballots, value: {number: 6}}
      - {text: There were six ballots., finds: six ballots}
    counterexamples:
      - But 7 ballots were void.
"""
)


def test_examples_that_do_not_hold_are_told_with_line_what_was_expected_and_what_found(folder: Path) -> None:
    (folder / "votes.yml").write_text(EXAMPLES)
    rules = load_rules(folder)
    told = [str(failure).removeprefix(f"{folder / 'votes.yml'}:") for failure in test_examples(rules, rules_alone(rules))]
    assert told == [
        "12: votes.b: in “There were 5 ballots.” expected VOTES “5 ballots” {number: 6}, found VOTES “5 ballots” {number: 5}",
        "13: votes.b: in “There were six ballots.” expected VOTES “six ballots”, found nothing",
        "15: votes.b: in “But 7 ballots were void.” expected nothing, found VOTES “7 ballots”",
    ]


def test_an_example_holds_by_whichever_rule(folder: Path) -> None:
    (folder / "votes.yml").write_text(GOOD)
    rules = load_rules(folder)
    assert test_examples(rules, lambda text: [Found("VOTES", "5 votes", "model 1.0")]) == []
    assert len(test_examples(rules, lambda text: [Found("SEATS", "5 votes", "votes.a")])) == 1


SAME = [
    ({"number": 20033}, RuleValue(number=Decimal("20033.0")), True),
    ({"number": Decimal("1.5")}, RuleValue(number=Decimal("1.5")), True),
    ({"number": "20033"}, RuleValue(number=Decimal(20033)), True),
    ({"number": 1}, RuleValue(text="1"), False),
    ({"number": None}, RuleValue(text="1"), True),
    ({"nombre": None}, RuleValue(text="1"), False),
    ({"percent": Decimal("5.50"), "comparator": "exact"}, PercentValue(percent=Decimal("5.5")), True),
    ({"subject": {"name": "A"}}, {"subject": {"name": "A", "entity": None}}, True),
    ({"party": [{"name": "A"}]}, {"party": ({"name": "A"}, {"name": "B"})}, False),
    ({"each": True}, {"each": 1}, False),
    ({"edtf": "2024-06-09"}, None, False),
    ({}, None, True),
]


@pytest.mark.parametrize(("wanted", "value", "same"), SAME)
def test_fields_of_values_compare_as_written(wanted: dict[str, object], value: object, same: bool) -> None:
    assert (differing(wanted, value) == {}) is same

"""The packaged rules: their examples through the real pipeline, and nothing that lint objects to."""

from extract.normalise.values import NAME_LABELS
from extract.recognise.rules_alone import lint_rules


def test_every_example_holds(bare):
    rules = [rule for rule in bare.rules if rule.label not in NAME_LABELS]
    assert [str(failure) for failure in bare.test_rules(rules)] == []


def test_most_examples_of_names_hold(bare):
    """A rule of names is one sign among others, and without a model the others are few."""
    rules = [rule for rule in bare.rules if rule.label in NAME_LABELS]
    assert len(bare.test_rules(rules)) < 0.25 * sum(len(rule.examples) for rule in rules)


def test_lint_finds_nothing():
    assert [str(finding) for finding in lint_rules() if finding.level != "note"] == []

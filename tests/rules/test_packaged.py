"""The packaged rules: their examples through the real pipeline, and nothing that lint objects to."""

from extract.recognise.rules_alone import lint_rules


def test_every_example_holds(bare):
    assert [str(failure) for failure in bare.test_rules(bare.rules)] == []


def test_lint_finds_nothing():
    assert [str(finding) for finding in lint_rules() if finding.level != "note"] == []

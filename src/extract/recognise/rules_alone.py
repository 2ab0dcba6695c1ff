"""What rules find by themselves, without the finders that know more: for linting, and for trying out a rule file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.errors import RuleError
from extract.normalise.table import NORMALISERS, VOCABULARIES
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules.examples import Found, Run
from extract.rules.lint import Finding, lint, lint_files
from extract.rules.load import load_rules
from extract.rules.model import RuleSet
from extract.text.language import make_language


def rules_alone(rules: RuleSet) -> Run:
    """A run of the rules of each file, with what their normalisers read. Raises RuleError for a bad token pattern."""
    nlp = make_language()
    matchers = [RuleMatcher(file.rules, nlp.vocab) for file in rules.files.values() if file.rules]

    def run(text: str) -> list[Found]:
        doc = nlp.make_doc(text)
        return [found for matcher in matchers for match in matcher.find(doc) for found in _found(match)]

    return run


def _found(match: Match) -> Iterator[Found]:
    named = match.rule.normaliser
    reading = read_match(match) if named in NORMALISERS else None
    if reading is not None or named not in NORMALISERS:
        yield Found(match.rule.label, match.text, match.rule.id, reading)


def lint_rules(folder: Path | None = None) -> list[Finding]:
    """All findings in the packaged rules and those of `folder`: those that keep them from loading, or else what looks wrong."""
    findings = lint_files(folder)
    if findings:
        return findings
    try:
        rules = load_rules(folder)
        return lint(rules, VOCABULARIES, rules_alone(rules))
    except RuleError as error:
        return [Finding(Path(error.path), error.line, "error", error.message, error.column)]

"""What is wrong, or looks wrong, in rule files: all of it, not only the first thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extract.errors import RuleError
from extract.rules.alternatives import words_of
from extract.rules.examples import Run
from extract.rules.load import library_of, packaged_folder, rule_paths, shape_errors
from extract.rules.model import Rule, RuleSet
from extract.rules.words import same_spelling
from extract.rules.yaml import read_yaml

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a rule file, with its line and column (from 1, None for the file as a whole, or the whole line).

    An `error` keeps the rules from loading or working, a `warning` is a rule that does not do what it says or says too little, a
    `note` may be on purpose.
    """

    path: Path
    line: int | None
    level: Level
    message: str
    column: int | None = None

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{where}: {self.level}: {self.message}"


def lint_files(folder: Path | None = None) -> list[Finding]:
    """What keeps rule files from loading: everything about their shape, then of each file the first thing beyond."""
    try:
        paths = rule_paths(folder)
    except RuleError as error:
        return [_from_error(error)]
    library = library_of(paths)
    errors: dict[str, RuleError] = {}
    for name, path in sorted(library.paths.items()):
        try:
            errors |= {str(error): error for error in shape_errors(read_yaml(path))}
            library.file(name)
        except RuleError as error:
            errors[str(error)] = error
    return _in_order(_from_error(error, _stand_ins(folder, error)) for error in errors.values())


def _stand_ins(folder: Path | None, error: RuleError) -> str:
    """For an error in a packaged file: the files that stand in for others which it may include."""
    if folder is None or Path(error.path).parent != packaged_folder():
        return ""
    names = sorted(path.name for path in folder.iterdir() if (packaged_folder() / path.name).is_file())
    return f" ({', '.join(names)} in {folder} must have the lists and parts of what it stands in for)" if names else ""


Vocabulary = Callable[[str], Collection[str] | None]
"""For the name of a group, the words that a normaliser knows in it, as `same_spelling` has them; None where it takes any."""


def lint(rules: RuleSet, normalisers: Mapping[str, Vocabulary | None], run: Run) -> list[Finding]:
    """What looks wrong in rules that load. `normalisers` are those there are; `run` finds the mentions of a text."""
    findings = [finding for rule in rules for finding in _lint_rule(rule, normalisers, run)]
    return _in_order([*findings, *_unused(rules)])


def _from_error(error: RuleError, advice: str = "") -> Finding:
    return Finding(Path(error.path), error.line, "error", error.message + advice, error.column)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (str(finding.path), finding.line or 0, finding.message))


def _lint_rule(rule: Rule, normalisers: Mapping[str, Vocabulary | None], run: Run) -> Iterator[Finding]:
    if rule.normaliser is not None and rule.normaliser not in normalisers:
        known = ", ".join(sorted(normalisers))
        yield Finding(rule.path, rule.line, "error", f"`{rule.id}`: no normaliser `{rule.normaliser}`; there are {known}")
    if rule.regex and rule.normaliser is not None and (vocabulary := normalisers.get(rule.normaliser)):
        yield from _unknown_words(rule, vocabulary)
    for broad in _BROAD.findall(rule.regex):
        message = f"`{rule.id}`: `{broad}` may run through a whole paragraph; give it a limit, say `{{0,40}}`"
        yield Finding(rule.path, rule.line, "warning", message)
    if not rule.examples:
        yield Finding(rule.path, rule.line, "warning", f"`{rule.id}` has no examples")
    else:
        yield from _without_effect(rule, run)


def _unknown_words(rule: Rule, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Words that the rule takes and that its normaliser cannot read: they would be found, and lost again."""
    for group in dict.fromkeys(_GROUP.findall(rule.regex)):
        known, taken = vocabulary(group), words_of(rule.regex, group)
        if known is None or taken is None:
            continue
        unknown = sorted(word for word in taken if word and not word[0].isdigit() and same_spelling(word) not in known)
        if unknown:
            told = ", ".join(f"`{word}`" for word in unknown)
            message = f"`{rule.id}`: its group `{group}` takes {told}, which the normaliser `{rule.normaliser}` does not know"
            yield Finding(rule.path, rule.line, "error", message)


_GROUP = re.compile(r"\(\?P<(\w+)>")
_BROAD = re.compile(r"(?<!\\)\.[*+]|\[\^[^\]]*\][*+]|\\[SDW][*+]")


def _without_effect(rule: Rule, run: Run) -> Iterator[Finding]:
    """A rule that wins in none of its examples: dead if nobody finds anything there, shadowed if other rules do."""
    found = [(example, run(example.text)) for example in rule.examples]
    winners = {mention.rule for example, mentions in found for mention in mentions if example.finds in (None, mention.text)}
    if rule.id in winners:
        return
    others = sorted({(mention.text, mention.rule) for _, mentions in found for mention in mentions})
    if winners:
        message = f"`{rule.id}` is shadowed: its examples are found by {', '.join(sorted(winners))}"
    elif others:
        told = ", ".join(f"“{text}” ({name})" for text, name in others)
        message = f"`{rule.id}` is shadowed: what is found in its examples is {told}"
    else:
        message = f"`{rule.id}` is dead: nothing is found in its examples"
    yield Finding(rule.path, rule.line, "warning", message)


def _unused(rules: RuleSet) -> Iterator[Finding]:
    """Lists and parts that no pattern uses; the packaged lists are there for Python code too."""
    used = {name for file in rules.files.values() for name in file.used}
    for file in rules.files.values():
        if file.rules and file.path.parent != packaged_folder():
            for name in sorted(file.defined.keys() - used):
                yield Finding(file.path, file.defined[name], "note", f"no pattern uses `{name}`")

"""Rules as data, loaded and ready to be matched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import RuleError

WordList = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a rule must find `finds` with (some fields of) `value`; `finds` None: it must find nothing."""

    text: str
    finds: str | None
    value: Mapping[str, Any]
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to write one kind of thing: a regular expression, token patterns, or phrases (the other two are empty).

    `id` is `file.rule`. `regex` is in RE2's syntax, lists and parts written out. `tokens` are patterns of spaCy's Matcher.
    `phrases` leads from each phrase to its value in the list it came from (itself, if the list gives none). `value` are constants
    for the normaliser; `span` the named group that is the mention (None: the whole match). `order` counts the rules of a file.
    """

    id: str
    label: str
    path: Path
    line: int
    order: int = 0
    normaliser: str | None = None
    priority: int = 50
    value: Mapping[str, Any] = field(default_factory=dict)
    regex: str = ""
    tokens: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    phrases: Mapping[str, Any] = field(default_factory=dict)
    ignore_case: bool = False
    span: str | None = None
    triggers: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class RuleFile:
    """One rule file: its rules, in the order of the file, and its lists and parts (with those of the files it includes).

    `defined` leads from the names of its own lists and parts to their lines, `used` are those that its patterns use.
    """

    name: str
    path: Path
    rules: tuple[Rule, ...]
    lists: Mapping[str, WordList]
    parts: Mapping[str, str]
    defined: Mapping[str, int] = field(default_factory=dict)
    used: frozenset[str] = frozenset()

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list, as written in the file. Raises KeyError if there is no such list."""
        return tuple(self.lists[name])


@dataclass(frozen=True)
class RuleSet:
    """All rule files of a run, by name, and the `fingerprint` (sha256, hex) of what they say."""

    files: Mapping[str, RuleFile]
    fingerprint: str

    def file(self, name: str) -> RuleFile:
        """The rule file `name.yml`. Raises RuleError if there is none."""
        if name not in self.files:
            raise RuleError(f"{name}.yml", None, f"no such rule file; there are {', '.join(sorted(self.files)) or 'none'}")
        return self.files[name]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all files."""
        return tuple(self)

    def __iter__(self) -> Iterator[Rule]:
        return (rule for file in self.files.values() for rule in file.rules)

"""Patterns in which `{list}` stands for any word of a list of a rule file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from extract.rules.load import library_of, rule_paths
from extract.rules.patterns import write_out


@cache
def _macros(file: str) -> Mapping[str, str]:
    return {name: _any_of(words) for name, words in library_of(rule_paths(None)).file(file).lists.items()}


def _any_of(words: Iterable[str]) -> str:
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    patterns = (r"\s".join(map(re.escape, word.split())) for word in longest)
    return f"(?:{'|'.join(patterns)})"


def pattern(text: str, file: str) -> re.Pattern[str]:
    """The pattern, `{list}` standing for any word of that list of the rule file, whatever the case."""
    return re.compile(write_out(text, _macros(file)), re.IGNORECASE)

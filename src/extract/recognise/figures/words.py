"""The words of `rules/figures.yml`, as pieces of patterns and as cues in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extract.rules import RuleFile
from extract.rules.load import library_of, rule_paths
from extract.rules.patterns import write_out
from extract.rules.words import same_spelling

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LONGEST = 5
"""No phrase of the lists has more words."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of a list at `[start, end)` of the string it was looked for in."""

    start: int
    end: int
    list: str


@cache
def figure_words() -> RuleFile:
    """The packaged word lists of `rules/figures.yml`."""
    return library_of(rule_paths(None)).file("figures")


@cache
def _macros() -> Mapping[str, str]:
    return {name: _any_of(words) for name, words in figure_words().lists.items()}


def _any_of(words: Iterable[str]) -> str:
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    patterns = (r"\s".join(map(_escaped, word.split())) for word in longest)
    return f"(?:{'|'.join(patterns)})"


def _escaped(word: str) -> str:
    return re.escape(word).replace("'", "['’]")


def pattern(text: str, ignore_case: bool = True) -> re.Pattern[str]:
    """The pattern, `{list}` standing for any word of that list."""
    return re.compile(write_out(text, _macros()), re.IGNORECASE if ignore_case else 0)


@cache
def _phrases() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """From the first word of each phrase to the phrases that begin with it, and from each to the lists it is in."""
    found: dict[str, dict[str, set[str]]] = {}
    for name, words in figure_words().lists.items():
        for word in words:
            phrase = same_spelling(word)
            found.setdefault(phrase.split()[0], {}).setdefault(phrase, set()).add(name)
    return {first: {phrase: frozenset(lists) for phrase, lists in phrases.items()} for first, phrases in found.items()}


def find_cues(text: str) -> list[Cue]:
    """The words of all lists in a string, in its order; of phrases that begin at one place the longest of each list."""
    words = [(match.start(), match.end(), same_spelling(match[0])) for match in _WORD.finditer(text)]
    return [cue for number in range(len(words)) for cue in _cues_at(words, number)]


def _cues_at(words: list[tuple[int, int, str]], number: int) -> Iterator[Cue]:
    phrases = _phrases().get(words[number][2])
    if not phrases:
        return
    found: dict[str, int] = {}
    for count in range(1, _LONGEST + 1):
        stretch = words[number : number + count]
        for name in phrases.get(" ".join(word for _, _, word in stretch), ()):
            found[name] = stretch[-1][1]
    for name, end in found.items():
        yield Cue(words[number][0], end, name)

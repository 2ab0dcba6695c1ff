"""The words of `rules/figures.yml`, as pieces of patterns and as cues in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.rules import RuleFile
from extract.rules.load import library_of, rule_paths
from extract.rules.patterns import write_out
from extract.rules.words import same_spelling

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


CUE_LISTS = (
    "won_cue", "held_cue", "loss_cue", "gain_cue", "total_cue",
    "later_word", "turnout_word", "vote_word", "makes_up", "report_verb",
)  # fmt: skip
"""The lists whose words are looked for wherever they stand in a sentence; the others are pieces of patterns."""


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
def _macros(file: str) -> Mapping[str, str]:
    return {name: _any_of(words) for name, words in library_of(rule_paths(None)).file(file).lists.items()}


def _any_of(words: Iterable[str]) -> str:
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    patterns = (r"\s".join(map(_escaped, word.split())) for word in longest)
    return f"(?:{'|'.join(patterns)})"


def _escaped(word: str) -> str:
    return re.escape(word).replace("'", "['’]")


def pattern(text: str, ignore_case: bool = True, file: str = "figures") -> re.Pattern[str]:
    """The pattern, `{list}` standing for any word of that list of the rule file."""
    return re.compile(write_out(text, _macros(file)), re.IGNORECASE if ignore_case else 0)


class _Phrases(NamedTuple):
    """The phrases of the lists that begin with one word, the lists each is in, and how many words the longest has."""

    lists: Mapping[str, frozenset[str]]
    longest: int


@cache
def _phrases() -> Mapping[str, _Phrases]:
    """The phrases of the lists of cues by their first word."""
    found: dict[str, dict[str, set[str]]] = {}
    for name in CUE_LISTS:
        for word in figure_words().words(name):
            phrase = same_spelling(word)
            found.setdefault(phrase.split()[0], {}).setdefault(phrase, set()).add(name)
    return {
        first: _Phrases(
            {phrase: frozenset(lists) for phrase, lists in phrases.items()}, max(len(phrase.split()) for phrase in phrases)
        )
        for first, phrases in found.items()
    }


def find_cues(text: str) -> list[Cue]:
    """The words of the lists of cues in a string, in its order; of phrases that begin at one place the longest of each list."""
    words = [(match.start(), match.end(), match[0].casefold()) for match in _WORD.finditer(text.replace("’", "'"))]
    known = _phrases()
    firsts = [number for number, (_, _, word) in enumerate(words) if word in known]
    return [cue for number in firsts for cue in _cues_at(words, number, known[words[number][2]])]


def _cues_at(words: list[tuple[int, int, str]], number: int, phrases: _Phrases) -> Iterator[Cue]:
    found: dict[str, int] = {}
    for count in range(1, phrases.longest + 1):
        stretch = words[number : number + count]
        for name in phrases.lists.get(" ".join(word for _, _, word in stretch), ()):
            found[name] = stretch[-1][1]
    for name, end in found.items():
        yield Cue(words[number][0], end, name)

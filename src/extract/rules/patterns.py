"""Patterns as rule files write them, made ready: `{list}` and `{part}` written out, and checked to be linear-time RE2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import re2

_MACRO = re.compile(r"(?<!\\[pPx])\{([a-z][a-z0-9_]*)\}")
_WHOLE_MACRO = re.compile(r"^\{([a-z][a-z0-9_]*)\}$")
BUILT_IN_PARTS: Mapping[str, str] = {"sp": r"(?:[\s\x0B\pZ]+)"}
"""Parts that every rule file has. `sp`: one run of white space, no-break spaces and line breaks included."""


MOST_CHARACTERS = 500_000
"""How long a pattern may be with its lists written out: some thirty thousand words."""


class PatternError(ValueError):
    """A pattern that cannot be used; the caller knows where it stands."""


def macros_of(pattern: str) -> tuple[str, ...]:
    """The names of the lists and parts that a pattern uses."""
    return tuple(_MACRO.findall(pattern))


def write_out(pattern: str, macros: Mapping[str, str]) -> str:
    """The pattern with `{name}` replaced. Raises PatternError for an unknown name, and if it grows too long."""

    def expand(found: re.Match[str]) -> str:
        if found[1] not in macros:
            raise PatternError(f"`{{{found[1]}}}` is neither a list nor a part of this file or of those it includes")
        return macros[found[1]]

    length = len(pattern) + sum(len(macros.get(name, "")) for name in macros_of(pattern))
    if length > MOST_CHARACTERS:  # parts made of parts can double at each step
        raise PatternError(
            f"written out the pattern has {length} characters, at most {MOST_CHARACTERS} are allowed; use `phrases`"
        )
    return _MACRO.sub(expand, pattern)


def any_word(words: Iterable[str]) -> str:
    """A pattern for any of the words, longer before shorter; a blank matches any white space."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(_word_pattern(word) for word in longest_first)})"


def _word_pattern(word: str) -> str:
    return word if word.isalnum() else BUILT_IN_PARTS["sp"].join(map(_escape, word.split()))


def _escape(piece: str) -> str:
    """The pattern of a word, as texts spell it (see `sources/characters.py`)."""
    return piece if piece.isalnum() else str(re2.escape(piece.replace("’", "'")))


@lru_cache(maxsize=4096)
def compile_regex(pattern: str, ignore_case: bool = False) -> Any:
    """The compiled pattern over UTF-8 bytes. Raises PatternError with RE2's complaint, or for `\\C`, which splits characters."""
    if re.search(r"(?<!\\)(?:\\\\)*\\C", pattern):
        raise PatternError(r"`\C` matches half a character; use `.`")
    try:
        return re2.compile(pattern.encode(), _options(ignore_case))
    except re2.error as error:
        detail = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise PatternError(f"no regular expression of RE2: {detail}{_advice(detail)}") from error


def _options(ignore_case: bool) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = not ignore_case
    options.max_mem = 32 << 20  # lists of thousands of words
    return options


class Spotter:
    """Tells of which lists of words a text has one, or has it inside another: one walk over it, however many there are."""

    def __init__(self, lists: Sequence[Iterable[str]]) -> None:
        self._set = re2.Set.SearchSet(_options(ignore_case=False))
        for words in lists:
            self._set.Add("|".join(re2.escape(word) for word in words).encode())
        self._set.Compile()

    def spot(self, text: str) -> Sequence[int]:
        """The numbers of the lists, in any order."""
        return self._set.Match(text.encode("utf-8", "surrogatepass")) or ()


def _advice(detail: str) -> str:
    if "perl operator" in detail or "(?" in detail:
        return " (RE2 has no look-around: match the context too, and name the group that is the mention in `span`)"
    return ""


def expand_tokens(patterns: Any, lists: Mapping[str, Iterable[str]]) -> tuple[tuple[Mapping[str, Any], ...], ...]:
    """Token patterns, `IN: "{list}"` written out as the list's words. Raises PatternError for `REGEX`, which is not linear."""
    many = [patterns] if patterns and isinstance(patterns[0], dict) else patterns
    if not many or not all(many):
        raise PatternError("an empty token pattern")
    return tuple(_bounded([_expand_token(token, lists) for token in pattern]) for pattern in many)


MOST_OPTIONAL = 8
"""How many words of a token pattern may be missing: each doubles the ways that spaCy's Matcher follows through a text.

`*` is read as up to so many words, `+` as one to so many.
"""
_MOST_WORDS = 64
_TIMES = re.compile(r"\{(\d{0,6})(,?)(\d{0,6})\}")


def _bounded(pattern: list[Any]) -> tuple[Mapping[str, Any], ...]:
    """The pattern, each repeat with an end. Raises PatternError where they come to more than can be searched for in time."""
    repeats = [_times(token.get("OP", "1")) if isinstance(token, dict) else None for token in pattern]
    optional = sum(most - least for least, most in filter(None, repeats))
    words = sum(most for _, most in filter(None, repeats))
    if optional > MOST_OPTIONAL or words > _MOST_WORDS:
        raise PatternError(
            f"a token pattern may have {MOST_OPTIONAL} words that may be missing (`*` and `+` count as many) and {_MOST_WORDS} in"
            f" all; this has {optional} and {words}. Write several patterns, or a `regex` rule"
        )
    return tuple(
        {**token, "OP": f"{{{times[0]},{times[1]}}}"} if times and token.get("OP") in ("*", "+") else token
        for token, times in zip(pattern, repeats, strict=True)
    )


def _times(operator: Any) -> tuple[int, int] | None:
    """How often a token stands at least and at most, None for an operator that spaCy will refuse."""
    known = {"1": (1, 1), "!": (1, 1), "?": (0, 1), "*": (0, MOST_OPTIONAL), "+": (1, MOST_OPTIONAL)}
    if not isinstance(operator, str) or operator in known:
        return known.get(operator) if isinstance(operator, str) else None
    if not (found := _TIMES.fullmatch(operator)):
        return None
    least = int(found[1] or 0)
    return least, int(found[3]) if found[3] else least + MOST_OPTIONAL + 1 if found[2] else least


def _expand_token(value: Any, lists: Mapping[str, Iterable[str]]) -> Any:
    if isinstance(value, dict):
        if "REGEX" in value:
            raise PatternError("`REGEX` in a token pattern may take exponential time; write a `regex` rule")
        return {key: _expand_token(item, lists) for key, item in value.items()}
    if isinstance(value, list):
        return [_expand_token(item, lists) for item in value]
    found = _WHOLE_MACRO.match(value) if isinstance(value, str) else None
    if not found:
        return value
    if found[1] not in lists:
        raise PatternError(f"`{{{found[1]}}}` is not a list of this file or of those it includes")
    return list(lists[found[1]])

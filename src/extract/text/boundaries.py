"""Where sentences end: every full stop, question and exclamation mark is asked whether it ends one.

Each mark is judged by the word before it and by what follows it, in windows of fixed length, so a text takes time in proportion
to its length whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from extract.rules import RuleFile
from extract.rules.load import packaged

_WINDOW = 48
"""Longest look back for the word before a mark, and ahead for the words after it (characters)."""
_BRACKET_WINDOW = 400
"""A bracket that is open for longer than this does not keep a sentence together."""

_CLOSERS = "\"'”»›)\\]}¹²³⁰⁴⁵⁶⁷⁸⁹†‡*"
_OPENERS = "\"'‘“„‚«‹»›([{¿¡*_"
_MARK = re.compile(
    rf"(?P<mark>\.(?: ?\.)+[?!]*|[?!…][.?!…]*|[.。！？।]+)"
    rf"(?P<closers>(?:[{_CLOSERS}“«]| (?:»|››?)(?=\s|$)|\[(?:\d{{1,3}}|[a-z]{{1,2}})\])*)"
    rf"(?P<gap>\s*)"
    rf"(?P<openers>(?:[{re.escape(_OPENERS)}]|(?<=[«„]) )*)"
)
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w.'№§º-]*[\w№§º])?$|[№§]$")
_NEXT_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_ROMAN = re.compile(r"[IVXLC]+\b|[A-Z]\b(?!\.?')")
_DAY_MONTH = re.compile(r"\d{1,2}\. ?\d{1,2}")
_MONTH_NEXT = re.compile(r"\d{1,2}\.(?:\s|\d)")
_YEAR_NEXT = re.compile(r"\d{4}\b")
_ITEM = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,5}|[a-zA-Z])[)\]]?")
_CAMEL = re.compile(r"[a-z]{1,3}['-]?[A-Z]")
_WEB = re.compile(r"[@/\\]|www\.|\.\w+$")
_NAME_GOES_ON = re.compile(r"[./@]\w|\(")
_BREAK = re.compile(r"\n\s*\n|\u2029")
_SPOKEN = re.compile(r"(?:[^\W\d_][\w'-]*[,.:]?\s+){1,4}")


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The word lists of `abbreviations.yml`, each word in all the cases that count."""

    leading: frozenset[str]
    numbering: frozenset[str]
    either: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]
    speech: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]

    @classmethod
    def of(cls, file: RuleFile) -> Abbreviations:
        """The lists of a loaded `abbreviations.yml`. Raises KeyError where one is missing."""
        return cls(**{name: frozenset(_cases(file.words(name))) for name in (field.name for field in fields(cls))})


def _cases(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        yield from (word, word.upper())
        yield word[:1].upper() + word[1:]


@cache
def packaged_abbreviations() -> Abbreviations:
    """The abbreviations that come with `extract`."""
    return Abbreviations.of(packaged("abbreviations"))


def find_boundaries(text: str, start: int, end: int, abbreviations: Abbreviations) -> Iterator[int]:
    """The offsets inside `text[start:end]` at which a new sentence begins, ascending; `start` itself is not among them."""
    judge = _Judge(text, start, end, abbreviations)
    breaks = {match.end() for match in _BREAK.finditer(text, start, end)}
    marks = {match.start("openers") for match in _MARK.finditer(text, start, end) if judge.ends_sentence(match)}
    yield from sorted(position for position in breaks | marks if start < position < end)


class _Judge:
    """Says of one mark after another, in the order of a block, whether it ends a sentence."""

    def __init__(self, text: str, start: int, end: int, abbreviations: Abbreviations) -> None:
        self.text, self.start, self.end = text, start, end
        self.lists = abbreviations
        self.sentence = start
        block = text[start:end]
        self.caseless = block == block.lower()

    def ends_sentence(self, match: re.Match[str]) -> bool:
        """Whether a sentence ends with this mark; if so, the next begins at the opening marks after it."""
        ends = match.end() < self.end and self._ends(match)
        if ends:
            self.sentence = match.start("openers")
        return ends

    def _ends(self, match: re.Match[str]) -> bool:
        following = self.text[match.end() : min(self.end, match.end() + _WINDOW)]
        word_match = _NEXT_WORD.match(following)
        word = word_match.group() if word_match else ""
        if not match["gap"] and match["mark"][-1] not in "。！？":
            return self._ends_without_gap(match, word)
        if not self._may_begin(following, word) or self._is_bracketed(match):
            return False
        if match["mark"][0] in "?!。！？।":
            return not self._is_spoken_on(match, following)
        if match["mark"] != ".":
            return self._ends_after_ellipsis(match, word)
        return self._ends_after_stop(match, following, word)

    def _ends_without_gap(self, match: re.Match[str], word: str) -> bool:
        """A blank forgotten: `in May.The results`. Not so in `Node.js`, `e.g.This`, addresses and file names."""
        before, after = self._word_before(match.start()), self.text[match.end() : match.end() + 1]
        if match["mark"] == "…" or _WEB.search(before) or not ((word[:1].isupper() and word[1:].islower()) or word in ("A", "I")):
            return False
        if _NAME_GOES_ON.match(self.text, match.end() + len(word)):
            return False
        if match["closers"] and not match["openers"]:
            return len(before) > 1 and after.isupper()
        if match["mark"] != ".":
            return len(before) > 1
        return len(before) > 1 and (word in self.lists.starters or (len(before) > 3 and before.islower() and len(word) > 3))

    def _may_begin(self, following: str, word: str) -> bool:
        """Whether what follows looks like a beginning: a capital, a digit, a bullet, a letter of a script without capitals."""
        first = following[:1]
        if not first:
            return False
        if first.islower():
            return self.caseless or bool(_CAMEL.match(word))
        return first.isalnum() or first in "•▪+#§№@~<" or unicodedata.category(first) in ("So", "Sc")

    def _is_bracketed(self, match: re.Match[str]) -> bool:
        """Whether the mark stands inside brackets opened amid the sentence, or is `(!)` itself."""
        if match["closers"][:1] in (")", "]") and self.text[match.start() - 1 : match.start()] in ("(", "["):
            return match["mark"][0] in "?!"
        before = self.text[max(self.sentence + 1, match.start() - _BRACKET_WINDOW) : match.start()]
        opened = before.rfind("(")
        if opened < 0 or ")" in before[opened:] or ")" in match["closers"]:
            return False
        after = self.text[match.end() : min(self.end, match.end() + _BRACKET_WINDOW)]
        closed = after.find(")")
        return closed >= 0 and "(" not in after[:closed]

    def _is_spoken_on(self, match: re.Match[str], following: str) -> bool:
        """`"Why?" Anna Berg asked` goes on."""
        if not match["closers"] or match["openers"]:
            return False
        spoken = _SPOKEN.match(following + " ")
        words = spoken.group().split()[1:4] if spoken else ()
        return any(word.strip(",.:") in self.lists.speech for word in words)

    def _ends_after_ellipsis(self, match: re.Match[str], word: str) -> bool:
        """Words left out (` ... `) go on, unless a word follows that begins sentences."""
        left_out = self.text[match.start() - 1 : match.start()].isspace() or "]" in match["closers"]
        return word in self.lists.starters if left_out else True

    def _ends_after_stop(self, match: re.Match[str], following: str, word: str) -> bool:
        before = self._word_before(match.start())
        if match["closers"].strip("[]0123456789abcdefghijklmnopqrstuvwxyz") and not self._is_abbreviation(before):
            return not self._is_item(match)
        if self._is_item(match):
            return False
        if before.isdigit():
            return self._ends_after_number(match, before, following, word)
        if len(before) == 1 and before.isalpha() and before.isupper():
            return word in self.lists.starters and not self._is_initial_of(following)
        return self._ends_after_word(match, before.rpartition(".-")[2], following, word)

    def _ends_after_number(self, match: re.Match[str], before: str, following: str, word: str) -> bool:
        """`9. Mai`, `9. 5. 2024`: the full stop makes an ordinal, as many languages write it."""
        if len(before) > 2:
            return True
        if word in self.lists.months:
            return False
        date = _DAY_MONTH.search(self.text, max(self.sentence, match.start() - 6), match.start())
        return not (_MONTH_NEXT.match(following) or (date and _YEAR_NEXT.match(following)))

    def _ends_after_word(self, match: re.Match[str], before: str, following: str, word: str) -> bool:
        lists = self.lists
        if before == "al" and word[:1].isdigit():  # `Smith et al. (2004)`
            return False
        if before in lists.numbering and self._is_number_like(following, before):
            return False
        if before in lists.leading or (self.caseless and self._is_abbreviation(before)):
            return False
        if before in lists.closing:
            return word not in lists.months and word not in lists.days and not self._is_time_zone(match, following, word)
        if before in lists.either or _DOTTED.fullmatch(before):
            return word in lists.starters
        return True

    def _is_number_like(self, following: str, before: str) -> bool:
        if following[:1].isdigit() or following[:1] in "$€£~":
            return True
        # `no. I think so` is no number one: a word that is one in plain English needs a longer numeral.
        return bool(_ROMAN.match(following)) and not (before in ("no", "ex", "min", "max") and following[:2] in ("I ", "A "))

    def _is_abbreviation(self, word: str) -> bool:
        lists = self.lists
        return word in lists.leading or word in lists.either or word in lists.closing or bool(_DOTTED.fullmatch(word))

    def _is_time_zone(self, match: re.Match[str], following: str, word: str) -> bool:
        """`5 p.m. EST`, `5 p.m. Moscow time`, `5 p.m. (17:00 GMT)`."""
        if match["openers"] == "(" and word[:1].isdigit():
            return True
        return (2 <= len(word) <= 5 and word.isupper()) or bool(re.match(r"(?:\w+\s){1,2}(?i:time)\b", following))

    def _is_item(self, match: re.Match[str]) -> bool:
        """Whether the sentence is nothing yet but a number: `1. The first`, `IV. History`."""
        length = match.start() - self.sentence
        return length <= 12 and bool(_ITEM.fullmatch(self.text[self.sentence : match.start()].strip()))

    def _is_initial_of(self, following: str) -> bool:
        """Whether another initial follows: `J. A. Smith`."""
        return following[1:2] == "."

    def _word_before(self, position: int) -> str:
        match = _WORD_BEFORE.search(self.text[max(self.sentence, position - _WINDOW) : position])
        return match.group() if match else ""

"""Paragraphs out of lines: which line goes on with the sentence of the one before, in text that was wrapped at some width.

The evidence is in the text itself. A line that ends no sentence, before one that begins in lower case, was wrapped; the longest
of such lines tells the width; and a line to whose end the next word would not have fitted goes on in the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from extract.rules.load import library_of, rule_paths
from extract.sources.lines import Line
from extract.sources.marks import without_marks

ITEM = re.compile(r"\s*(?:[-–—•·○▪◦‣*]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\[[ xX]\])\s+(?=\S)")
_BULLET = re.compile(r"\s*[-–—•·○▪◦‣*]")
_FINISHED = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_FIRST_WORD = re.compile(r"\S+")
_HYPHEN = re.compile(r"(?P<tail>[^\W\d_]+)[-‐\u00ad¬]\s*$")
_RANGE = re.compile(r"\d[-–]\s*$")
_HEAD = re.compile(r"\s*(?P<head>[^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")

# A line of fewer characters is too short to have been wrapped; a longer one is no line of a screen or page.
_SHORT, _LONG = 30, 130
# So much of the width an unfinished line has to fill for a capital after it to go on.
_MOST = 0.6


@cache
def compound_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words before and behind the hyphens of compounds, from the packaged `hyphens.yml`."""
    file = library_of({"hyphens": rule_paths(None)["hyphens"]}).file("hyphens")
    return frozenset(file.words("before")), frozenset(file.words("behind"))


def indent_of(line: Line) -> int:
    """How many characters of white space a line begins with."""
    return len(line.text) - len(line.text.lstrip())


def is_finished(line: Line) -> bool:
    """Whether a line ends where a sentence may end; reference marks and time stamps behind it do not count."""
    return bool(_FINISHED.search(without_marks(line.text)))


@dataclass(frozen=True)
class Wrapping:
    """How a text was wrapped: at which width (None: it was not, or nothing tells), and its words, to mend hyphens with."""

    source: str
    width: int | None
    cased: bool

    @classmethod
    def of(cls, source: str, lines: Sequence[Line]) -> Wrapping:
        """The wrapping of the lines of a source."""
        cased = any(line.text != line.text.upper() for line in lines) and any(line.text != line.text.lower() for line in lines)
        inner = [pair for pair in pairwise(lines) if _SHORT <= len(pair[0].text.rstrip()) <= _LONG and not pair[1].is_blank]
        wrapped = [len(line.text.rstrip()) for line, following in inner if _runs_on(line, following, cased)]
        is_wrapped = len(wrapped) >= max(2, 0.3 * len(inner))
        return cls(source, max(wrapped) if is_wrapped else None, cased)

    def _is_divided(self, tail: str, head: str) -> bool:
        """Whether `tail-` and `head` are parts of one word (`Mol-`, `dova`), and not a compound (`vice-`, `chair`).

        The rest of the document decides, else whether one of them is a word that makes compounds.
        """
        if (tail + head).casefold() in self._counts:
            return True
        if f"{tail}-{head}".casefold() in self._compounds or (head[:1].isupper() and not tail.isupper()):
            return False
        before, behind = compound_words()
        if tail.casefold() in before or head.casefold() in behind:
            return False
        return not (self._counts[tail.casefold()] > 1 and self._counts[head.casefold()] > 1)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(_WORD.findall(self.source.casefold()))

    @cached_property
    def _compounds(self) -> frozenset[str]:
        return frozenset(_COMPOUND.findall(self.source.casefold()))

    def paragraphs(self, lines: Iterable[Line]) -> Iterator[list[Line]]:
        """The paragraphs in lines that have no blank one between them."""
        paragraph: list[Line] = []
        for line in lines:
            if paragraph and not self._goes_on(paragraph, line):
                yield paragraph
                paragraph = []
            paragraph.append(line)
        if paragraph:
            yield paragraph

    def _goes_on(self, paragraph: list[Line], line: Line) -> bool:
        last = paragraph[-1]
        if ITEM.match(line.text):
            return not _BULLET.match(line.text) and not is_finished(last) and self._is_full(last, line)
        if _HYPHEN.search(last.text) and line.text.lstrip()[:1].isalpha():
            return True
        if _runs_on(last, line, self.cased):
            return self.cased or self._is_full(last, line)
        deeper = indent_of(line) - indent_of(paragraph[0])
        if ITEM.match(paragraph[0].text):
            return deeper >= 2 or (self._is_full(last, line) and deeper >= 0)
        if deeper >= 2 and (len(paragraph) > 1 or is_finished(last)):
            return False
        return self._is_full(last, line)

    def _is_full(self, line: Line, following: Line) -> bool:
        """Whether the next word would not have fitted; where the line ends no sentence, most of the width or a figure will do."""
        if self.width is None or len(line.text.rstrip()) > self.width + 2:
            return False
        length = len(line.text.rstrip())
        first = _FIRST_WORD.search(following.text)
        word = first.group() if first else ""
        is_open = length >= _SHORT and not is_finished(line)
        return length + 1 + len(word) > self.width or (is_open and (length >= _MOST * self.width or word[:1].isdigit()))

    def stretches(self, paragraph: Sequence[Line], skip: int = 0) -> Iterator[tuple[int, int, bool]]:
        """The stretches of a paragraph to show, each with whether a blank stands before it; `skip` characters are left out.

        The hyphen that divides a word at the end of a line is left out; one that a compound has stays, without a blank after it.
        """
        start, blank = paragraph[0].start + skip, False
        for line, following in pairwise(paragraph):
            hyphen, head = _HYPHEN.search(line.text), _HEAD.match(following.text)
            is_split = hyphen is not None and head is not None
            is_divided = hyphen is not None and head is not None and self._is_divided(hyphen["tail"], head["head"])
            is_range = bool(_RANGE.search(line.text)) and following.text.lstrip()[:1].isdigit()
            if not is_split and not is_range and line.end < following.start <= line.end + 2:
                continue  # the line break is the blank
            end = line.start + len(line.text.rstrip()) - is_divided
            yield start, end, blank
            start, blank = following.start + indent_of(following), not is_split and not is_range
        yield start, paragraph[-1].end, blank


def _runs_on(line: Line, following: Line, cased: bool) -> bool:
    """Whether a line ends no sentence and the next begins none."""
    first = following.text.lstrip()[:1]
    begins_none = first.islower() if cased else first.isalnum()
    return begins_none and len(line.text.strip()) >= _SHORT and not is_finished(line) and not ITEM.match(following.text)

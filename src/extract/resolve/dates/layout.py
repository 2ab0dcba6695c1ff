"""Where the time expressions of a document stand: in which block and sentence, what comes next, which look out of the story."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extract.recognise.date_refusals import listed
from extract.recognise.mention import Mention
from extract.resolve.dates.direction import Direction, direction_at
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence

# So many characters of a sentence may stand before a date at its head (`By the end of `).
_HEAD = 16
_SUBJECT = re.compile(r"(?:The|A|An|His|Her|Its|Their)\s[a-z]+\s(?:for|of|in|on)\s$")
"""`The budget for 2013 …` begins with what it tells of, not with when."""
# `had been suspended (January 31)`, but not `who had lost, was named on January 31`
_PLUPERFECT = re.compile(r"\bhad\s(?!to\b)(?:(?!,\s(?:but|was|were|is)\b)[^.;:]){0,80}$")
_SAID_ON = re.compile(r"\b(?:said|told|wrote|announced|declared|warned)(?:\s[\w.]+){0,3}\s(?:(?:on|in)\s(?:the\s)?)?$")
_QUOTE = re.compile(r'“[^“”]{1,1500}”|(?:(?<=[\s(\[—–:-])|^)"(?=[^\s"])[^"\n]{1,1500}"(?!\w)', re.MULTILINE)
_NAMED_BY_YEAR = re.compile(
    r" (?!(?:and|or|to|when|as|the|in|with|by|for|on|at|was|is|had|after|before|but|a|an|of|from)\b)[A-Za-z]"
)
_OF_SHARE = r"(?:\s[\d.,]+\s?(?:%|per\scent|percent|seats|points)?\sin)?"
_SINCE = re.compile(rf"\b(?:since|(?:than|as)\sin|(?:compared\s(?:to|with)|from|against){_OF_SHARE})\s(?:the\s)?$", re.IGNORECASE)
_SUBORDINATE = re.compile(
    r"(?:[,–—(]\s?(?:which|who|whose|where|that)\b|"
    r",\s(?:(?:first|originally|only|\w+ly)\s)?\w+(?:ed|en|wn|eld|ilt|ade|ung|orn|et)\b)[^,.;:]{0,60}$"
)
_Year = tuple[int, Mention, int]
_FAR, _NEAR, _LINE = 300, 60, 120
_ALONE = ("title", "heading", "cell", "field")


class Layout:
    """A document with its sentences and its time expressions, each under its number among all mentions."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], dates: Sequence[tuple[int, Mention]]) -> None:
        self.document, self.dates = document, dates
        self.text = document.text
        self._sentences = sentences
        self._block_starts = [block.start for block in document.blocks]
        self._sentence_starts = [sentence.start for sentence in sentences]
        quotes = [match.span() for match in _QUOTE.finditer(document.text)]
        self._quote_starts, self._quote_ends = [start for start, _ in quotes], [end for _, end in quotes]
        self._rows = _row_starts(document.blocks)
        self._order = {(mention.start, mention.end): index for index, (_, mention) in enumerate(dates)}

    def block_number(self, mention: Mention) -> int:
        """The number of the block in which it stands."""
        return max(0, bisect_right(self._block_starts, mention.start) - 1)

    def paragraph(self, mention: Mention) -> int:
        """The number of its block; in a table that of the first cell of its row, so that a row counts as one."""
        number = self.block_number(mention)
        return self._rows.get(number, number)

    def block(self, mention: Mention) -> Block:
        """The block in which it stands."""
        return self.document.blocks[self.block_number(mention)]

    def next(self, mention: Mention) -> tuple[int, Mention | None]:
        """The expression behind this one, under its number; (-1, None) behind the last."""
        index = self._order[mention.start, mention.end] + 1
        return self.dates[index] if index < len(self.dates) else (-1, None)

    def previous(self, mention: Mention) -> tuple[int, Mention | None]:
        """The expression before this one, under its number; (-1, None) before the first."""
        index = self._order[mention.start, mention.end] - 1
        return self.dates[index] if index >= 0 else (-1, None)

    def between(self, mention: Mention, other: Mention, most: int = 30) -> str:
        """The text from one expression to a later one, or its beginning if it is longer than `most`."""
        return self.text[mention.end : min(other.start, mention.end + most)]

    def direction(self, mention: Mention) -> Direction:
        """Whether its sentence looks ahead or back where it stands."""
        return direction_at(*self.sentence_around(mention, _FAR))

    def is_head(self, mention: Mention) -> bool:
        """Whether it stands at the head of its sentence, or alone in its block."""
        before = self.text[self._sentence(mention).start : mention.start][: _HEAD + 1]
        return (len(before) <= _HEAD and not _SUBJECT.match(before)) or self.block(mention).kind in _ALONE

    def in_sentence(self, position: int, mention: Mention) -> bool:
        """Whether a place before the mention lies in its sentence."""
        return self._sentence(mention).start <= position

    def is_said_on(self, mention: Mention) -> bool:
        """Whether it is when someone said what is told: `officials said on Thursday`."""
        return bool(_SAID_ON.search(self.text[max(0, mention.start - _NEAR) : mention.start]))

    def is_pluperfect(self, mention: Mention) -> bool:
        """Whether its clause tells of what had been before: `had been suspended (January 31)`."""
        return bool(_PLUPERFECT.search(self.sentence_around(mention, _FAR)[0]))

    def is_label(self, mention: Mention) -> bool:
        """A bare year in front of what it names: `the 2023 offensive`."""
        point = mention.reading.point
        is_bare = point is not None and point.precision == "year" and mention.end - mention.start == 4
        is_named = is_bare and bool(_NAMED_BY_YEAR.match(self.text, mention.end))
        return is_named and self.text[max(0, mention.start - 3) : mention.start].lower() != "in "

    def is_since(self, mention: Mention) -> bool:
        """`for the first time since 1948`, `as against 46.8 per cent in 1948`: a date to which the story does not go."""
        return bool(_SINCE.search(self.text[max(0, mention.start - 40) : mention.start]))

    def sentence_around(self, mention: Mention, most: int) -> tuple[str, str]:
        """What its sentence has before it and behind it, at most so many characters of either."""
        sentence = self._sentence(mention)
        before = self.text[max(sentence.start, mention.start - most) : mention.start]
        return before, self.text[mention.end : min(sentence.end, mention.end + most)]

    def is_furniture(self, mention: Mention) -> bool:
        """Whether it stands in a line about the document or others, such as `Updated 3 May 2018` and `See also`."""
        block = self.block(mention)
        return block.end - block.start <= _LINE and bool(listed("furniture", r"\s*%s(?!\w)").match(self.text, block.start))

    def quote_of(self, mention: Mention) -> int | None:
        """The number of the quotation in which it stands."""
        index = bisect_right(self._quote_starts, mention.start) - 1
        return index if index >= 0 and mention.start < self._quote_ends[index] else None

    def _sentence(self, mention: Mention) -> Sentence:
        return self._sentences[max(0, bisect_right(self._sentence_starts, mention.start) - 1)]


def _row_starts(blocks: Sequence[Block]) -> dict[int, int]:
    """For each block that is a cell, the number of the first cell of its row."""
    first: dict[tuple[int, int], int] = {}
    return {
        number: first.setdefault((block.cell.table, block.cell.row), number) for number, block in enumerate(blocks) if block.cell
    }


def find_asides(layout: Layout) -> set[int]:
    """The numbers of the asides: another year than the one before and the one after, which agree.

    A year at the head of its sentence (`In 1945 …`), or the first of its paragraph, is where the story goes on, not an aside.
    """
    years = list(_years(layout))
    asides: set[int] = set()
    before: int | None = None
    block = -1
    for (number, mention, year), after in zip(years, _following(years), strict=True):
        is_first, block = layout.block_number(mention) != block, layout.block_number(mention)
        may_be = before is not None and not is_first and not layout.is_head(mention)
        if (
            may_be
            and before is not None
            and (_is_aside(before, year, after) or (year < before and _is_subordinate(layout, mention)))
        ):
            asides.add(number)
        else:
            before = year
    return asides


def _is_aside(before: int, year: int, after: int | None) -> bool:
    return after is not None and abs(after - before) <= 1 and not min(before, after) <= year <= max(before, after)


def _is_subordinate(layout: Layout, mention: Mention) -> bool:
    """In a clause that tells more of what was just named: `a system, adopted in July 2017`, `a law, which dates of 1991`."""
    return bool(_SUBORDINATE.search(layout.text[max(0, mention.start - 80) : mention.start]))


def _years(layout: Layout) -> Iterator[_Year]:
    for number, mention in layout.dates:
        point = mention.reading.point
        if point and point.year is not None:
            yield number, mention, point.year


def _following(years: Sequence[_Year]) -> list[int | None]:
    """For each year the next other one."""
    following: list[int | None] = [None] * len(years)
    for index in range(len(years) - 2, -1, -1):
        following[index] = years[index + 1][2] if years[index + 1][2] != years[index][2] else following[index + 1]
    return following

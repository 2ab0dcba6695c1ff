"""Names that the layout announces: infobox values by key, table cells by header, list items by what introduces the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import Words
from extract.sources.document import Block

_BREAKS = frozenset({",", ";", "/", "&", "and", "·", "•", "|", "vs", "vs.", "with"})
_ALWAYS = frozenset({"(", ")", "[", "]", "/", ";", "|", "•", "†", "*", "·"})
_ENDS = frozenset({"(", ")", "[", "]", ":", "–", "—", "-", "“", "”", '"', "…", "→", "†", "‡", "*", ",", ";", "."})
_LONGEST_VALUE = 12  # words
_LONGEST_ITEM = 6
_LAST_WORDS = 12  # of the line before a list


class Announced(NamedTuple):
    """The words `start:end`, announced by `rule` as a name of the label."""

    start: int
    end: int
    rule: str
    label: str


class Layout:
    """Reads the blocks of one document."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words, self.lexicon = words, lexicon
        self._places = {number: (start, end) for number, start, end in words.stretches()}
        self._intros, self._headers = _intros(words.blocks), _headers(words.blocks)

    def read(self) -> Iterator[Announced]:
        """What is announced in all fields, cells and list items."""
        for number, (start, end) in self._places.items():
            block = self.words.blocks[number]
            if block.in_table:
                label = self._label(block)
                if label in ("PERSON", "PARTY", "ORG", "GPE", "LOC", "FAC") and not self._is_no_value(start, end):
                    yield from self._values(start, end, label)
            elif block.kind == "list_item":
                yield from self._item(number, start, end)

    # -- values ----------------------------------------------------------------------------------------------------

    def _label(self, block: Block) -> str | None:
        """The label that the key or the header announces; None if it announces no name."""
        if block.field is not None:
            return self._of_key(block.field.name) or self._of_key(block.field.key)
        cell = block.cell
        if cell is None or cell.is_header:
            return None
        label = next(filter(None, (self._of_key(header) for header in reversed(cell.headers))), None)
        return self._whose_names(cell.table) if label == "NAME" else label

    def _whose_names(self, table: int) -> str | None:
        """What a column `Name` names, by the other headers of the table: parties have leaders, persons have parties."""
        headers, lists = self._headers.get(table, frozenset()), self.lexicon.of_layout
        parties, persons = len(headers & lists["party_headers"]), len(headers & lists["person_headers"])
        if parties == persons:
            return None
        return "PARTY" if parties > persons else "PERSON"

    def _of_key(self, key: str) -> str | None:
        return self.lexicon.key.get(_plain(key))

    def _values(self, start: int, end: int, label: str) -> Iterator[Announced]:
        for first, last in self._pieces(start, end, label):
            first += last - first > 1 and self.words.lower[first] == "the"
            if 0 < last - first <= _LONGEST_VALUE and self.words.capital[first] and not self._is_no_value(first, last):
                yield Announced(first, last, f"names.{label.lower()}_value", label)

    def _pieces(self, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
        """The members of a value: `A and B`, one a line, `Long Name (LN)`. A party's commas and dashes belong to its name."""
        first = start
        for at in range(start, end):
            word = self.words.text[at]
            apart = word in _ALWAYS or (word in _BREAKS and label != "PARTY")
            dash = word in ("–", "—", "-") and not self.words.glued[at] and label != "PARTY"
            if apart or dash or (self.words.first[at] and at > first) or word.isspace():
                yield first, at
                first = at if self.words.first[at] and not apart else at + 1
        yield first, end

    def _is_no_value(self, start: int, end: int) -> bool:
        return self.words.phrase(start, end).lower().strip(".") in self.lexicon.of_layout["no_value"]

    # -- lists -----------------------------------------------------------------------------------------------------

    def _item(self, number: int, start: int, end: int) -> Iterator[Announced]:
        """The name that a list item begins with, if the list was announced."""
        label = self._introduced(number)
        if label is None or not self.words.capital[start]:
            return
        stop = next((at for at in range(start, end) if self._ends(at)), end)
        if 0 < stop - start <= _LONGEST_ITEM:
            yield Announced(start, stop, f"names.{label.lower()}_item", label)

    def _ends(self, at: int) -> bool:
        glued = self.words.glued[at] and at + 1 < len(self.words) and self.words.glued[at + 1]
        return self.words.text[at] in _ENDS and not glued

    def _introduced(self, number: int) -> str | None:
        """What the words before the list announce: parties or persons; persons under a line that is itself one name."""
        intro = self._intros.get(number)
        if intro is None:
            return None
        start, end = self._places.get(intro, (0, 0))
        words = self.words.lower[start:end]
        lists, heading = self.lexicon.of_layout, self.words.blocks[intro].kind in ("heading", "title")
        parties, persons = len(set(words) & lists["party_intro"]), len(set(words) & lists["person_intro"])
        announces = words[-1:] == [":"] or any(word in lists["list_announcer"] for word in words[-_LAST_WORDS:])
        if not heading and not announces:
            return None
        if parties == persons == 0:
            return "PERSON" if not heading and words[-1] == ":" and 1 < len(words) <= _LONGEST_ITEM + 1 else None
        return "PERSON" if persons >= parties else "PARTY"


@lru_cache(maxsize=4096)
def _plain(key: str) -> str:
    return " ".join(re.sub(r"[\d_]+", " ", key).lower().split())


def _intros(blocks: Sequence[Block]) -> dict[int, int | None]:
    """For each list item the number of the block before its list; None if there is none, or if it is a field or a cell."""
    intros: dict[int, int | None] = {}
    before: int | None = None
    for number, block in enumerate(blocks):
        if block.kind == "list_item":
            intros[number] = before
        else:
            before = None if block.in_table else number
    return intros


def _headers(blocks: Sequence[Block]) -> dict[int, frozenset[str]]:
    """The column headers of each table, in lower case."""
    headers: dict[int, set[str]] = {}
    for block in blocks:
        if block.cell is not None:
            headers.setdefault(block.cell.table, set()).update(header.lower() for header in block.cell.headers)
    return {table: frozenset(texts) for table, texts in headers.items()}

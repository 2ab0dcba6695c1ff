"""Names that the layout announces: infobox values by key, table cells by header, list items by what introduces the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.recognise.names.candidate import Candidate, Vote, vote
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import Words
from extract.sources.document import Block

_BREAKS = frozenset({",", ";", "/", "&", "and", "·", "•", "|", "vs", "vs.", "with"})
_ENDS = frozenset({"(", ")", "[", "]", ":", "–", "—", "-", "“", "”", '"', "…", "→", "†", "‡", "*"})
_LONGEST_VALUE = 12  # words
_LONGEST_ITEM = 6
_LAST_WORDS = 12  # of the line before a list
_BEYOND_LATIN_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Layout:
    """Reads the blocks of one document."""

    words: Words
    lexicon: Lexicon
    _places: dict[int, tuple[int, int]] = field(init=False)
    _intros: dict[int, int | None] = field(init=False)
    _headers: dict[int, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        places = {number: (start, end) for number, start, end in self.words.stretches()}
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_intros", _intros(self.words.blocks))
        object.__setattr__(self, "_headers", _headers(self.words.blocks))

    def read(self) -> Iterator[Candidate]:
        """The candidates of all fields, cells and list items."""
        for number, (start, end) in self._places.items():
            block = self.words.blocks[number]
            if block.field is not None or block.cell is not None:
                yield from self._values(start, end, self._announced(block))
            elif block.kind == "list_item":
                yield from self._item(number, start, end)
            else:
                yield from self._list_name(number, start, end)

    # -- values ----------------------------------------------------------------------------------------------------

    def _announced(self, block: Block) -> str | None:
        """The label that the key or the header announces; None if it announces no name."""
        if block.field is not None:
            return self._of_key(block.field.name) or self._of_key(block.field.key)
        cell = block.cell
        if cell is None or cell.is_header:
            return None
        labels = [self._of_key(header) for header in reversed(cell.headers)]
        label = next(filter(None, labels), None)
        return self._whose_names(cell.table) if label == "NAME" else label

    def _whose_names(self, table: int) -> str | None:
        """What a column `Name` names, by the other headers of the table: parties have leaders, persons have parties."""
        headers = self._headers.get(table, frozenset())
        parties, persons = len(headers & self.lexicon["party_headers"]), len(headers & self.lexicon["person_headers"])
        if parties == persons:
            return None
        return "PARTY" if parties > persons else "PERSON"

    def _of_key(self, key: str) -> str | None:
        return self.lexicon.key.get(" ".join(re.sub(r"[\d_]+", " ", key).lower().split()))

    def _values(self, start: int, end: int, label: str | None) -> Iterator[Candidate]:
        if label is None or label in ("EVENT", "LAW", "NORP", "NAME"):
            return
        if self._is_no_value(start, end):
            return
        for first, last in self._pieces(start, end, label):
            first += last - first > 1 and self.words.lower[first] == "the"
            if self._is_name(first, last) and not (label == "PARTY" and self._is_country_in_brackets(first, last)):
                yield Candidate(first, last, "structure", f"names.{label.lower()}_value", [vote(label, "structure")])

    def _pieces(self, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
        """The members of a value: `A and B`, one a line, `Long Name (LN)`. A party's commas and dashes belong to its name."""
        first = start
        for at in range(start, end):
            word = self.words.text[at]
            apart = word in ("(", ")", "[", "]", "/", ";", "|", "•", "†", "*", "·") or (word in _BREAKS and label != "PARTY")
            dash = word in ("–", "—", "-") and not self.words.glued[at] and label != "PARTY"
            if apart or dash or (self.words.first[at] and at > first) or word.isspace():
                yield first, at
                first = at if self.words.first[at] and not apart else at + 1
        yield first, end

    def _is_country_in_brackets(self, start: int, end: int) -> bool:
        """`Republican Party (United States)`: which of the parties of one name, and no name of a party."""
        return start > 0 and self.words.text[start - 1] == "(" and self.words.phrase(start, end) in self.lexicon["country"]

    def _is_no_value(self, start: int, end: int) -> bool:
        return self.words.phrase(start, end).lower().strip(".") in self.lexicon["no_value"]

    def _is_name(self, start: int, end: int) -> bool:
        if not 0 < end - start <= _LONGEST_VALUE or not self.words.capital[start]:
            return False
        if self._is_no_value(start, end) or self.words.phrase(start, end) in self.lexicon["generic"]:
            return False
        small = end - start > 1 and self.words.text[start + 1].isalpha() and self.words.text[start + 1].islower()
        if small and self.words.text[start] in self.lexicon["generic"]:
            return False
        dated = self.words.text[start] in self.lexicon["calendar"] and any(word.isdigit() for word in self.words.text[start:end])
        return not dated and not self.words.text[start].isdigit()

    # -- lists -----------------------------------------------------------------------------------------------------

    def _item(self, number: int, start: int, end: int) -> Iterator[Candidate]:
        """The name that a list item begins with, if it is one by itself or if the list was announced."""
        stop, led = self._item_end(start, end)
        if stop - start > _LONGEST_ITEM or not self._is_name(start, stop):
            return
        whole = stop == end or self.words.text[stop] in _ENDS or self.words.text[stop] in (",", ";", ".") or led
        lower = [
            word for at, word in enumerate(self.words.text[start:stop], start) if not self.words.capital[at] and word[0].isalpha()
        ]
        label = "PARTY" if led else self._introduced(number)
        small = all(word in self.lexicon["particle"] or word in ("of", "the", "and", "for") for word in lower)
        if whole and label and (small or (label == "PARTY" and not self._is_sentence(lower))) and self._fits(label, start, stop):
            yield Candidate(
                start, stop, "structure" if label == "PARTY" else "cue", f"names.{label.lower()}_item", [vote(label, "list")]
            )

    def _is_sentence(self, small: list[str]) -> bool:
        """Whether small words of an item are those of a sentence, not of a foreign name."""
        return any(word.capitalize() in self.lexicon["opener"] for word in small)

    def _fits(self, label: str, start: int, stop: int) -> bool:
        words = self.words.text[start:stop]
        if label != "PERSON":
            return True
        body = "of" in words or words[-1] in self.lexicon.heads
        return 2 <= sum(word[0].isalpha() for word in words) <= 5 and not body

    def _item_end(self, start: int, end: int) -> tuple[int, bool]:
        """Where the leading name of an item ends, and whether `led by` follows."""
        for at in range(start, end):
            word = self.words.lower[at]
            if word in ("led", "headed", "chaired") and at + 1 < end and self.words.lower[at + 1] == "by":
                return at, True
            if (word in _ENDS and not (self.words.glued[at] and at + 1 < end and self.words.glued[at + 1])) or word in (
                ",",
                ";",
                ".",
            ):
                return at, False
        return end, False

    def _introduced(self, number: int) -> str | None:
        """What the words before the list announce: parties or persons; persons under a line that is itself one name."""
        intro = self._intros.get(number)
        if intro is None:
            return None
        text = self.words.blocks[intro]
        low = set(self._block_words(intro))
        parties, persons = len(low & self.lexicon["party_intro"]), len(low & self.lexicon["person_intro"])
        if text.kind in ("heading", "title") and not (parties or persons):
            return None
        if text.kind not in ("heading", "title") and not self._announces_list(intro):
            return None
        if parties == persons == 0:
            return "PERSON" if self._is_list_name(intro) else None
        return "PERSON" if persons >= parties else "PARTY"

    def _announces_list(self, number: int) -> bool:
        """Whether a list follows: a colon at the end, or `the following`, `include` in the last words."""
        words = self._block_words(number)
        return words[-1:] == [":"] or any(word in self.lexicon["list_announcer"] for word in words[-_LAST_WORDS:])

    def _block_words(self, number: int) -> list[str]:
        start, end = self._places.get(number, (0, 0))
        return list(self.words.lower[start:end])

    def _is_list_name(self, number: int) -> bool:
        """A block that is a short name and a colon: `Fatherland:`."""
        words = self._block_words(number)
        return len(words) > 1 and words[-1] == ":" and len(words) <= _LONGEST_ITEM + 1

    def _list_name(self, number: int, start: int, end: int) -> Iterator[Candidate]:
        """`Fatherland:` before a list of persons is a party."""
        blocks = self.words.blocks
        if (
            self.words.text[end - 1] != ":"
            or not 1 < end - start <= _LONGEST_ITEM + 1
            or number + 1 >= len(blocks)
            or blocks[number + 1].kind != "list_item"
        ):
            return
        capitals = all(
            self.words.capital[at] or not self.words.text[at][0].isalpha() or self.words.text[at] in ("of", "the", "and", "for")
            for at in range(start, end)
        )
        if capitals and self._is_name(start, end - 1):
            yield Candidate(start, end - 1, "cue", "names.list_name", [vote("PARTY", "list"), Vote("ORG", 0.2, "list")])


def _intros(blocks: Sequence[Block]) -> dict[int, int | None]:
    """For each list item the number of the block before its list; None if there is none, or if it is a field or a cell."""
    intros: dict[int, int | None] = {}
    before: int | None = None
    for number, block in enumerate(blocks):
        if block.kind == "list_item":
            intros[number] = before
        else:
            before = number if block.field is None and block.cell is None else None
    return intros


def _headers(blocks: Sequence[Block]) -> dict[int, frozenset[str]]:
    """The column headers of each table, in lower case."""
    headers: dict[int, set[str]] = {}
    for block in blocks:
        if block.cell is not None:
            headers.setdefault(block.cell.table, set()).update(header.lower() for header in block.cell.headers)
    return {table: frozenset(texts) for table, texts in headers.items()}

"""The words of a Doc as plain lists: what the rules of names look at, thousands of times."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from spacy.attrs import IDX, ORTH, SENT_START
from spacy.tokens import Doc

from extract.sources.characters import plain_characters
from extract.sources.document import Block
from extract.text.document import document_of

APOSTROPHES = ("'s", "'S", "'")
QUOTES = ('"', "“", "”", "„", "«", "»", "‘", "‹", "›", "''", "``", "‟")
DASHES = ("-", "–", "—")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name in one spelling: no accents, no case, one apostrophe, one dash, one blank."""
    plain = anyascii(unicodedata.normalize("NFC", text)).lower()
    return " ".join(plain.replace("`", "'").split())


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a Doc, one list for each property; `block[i]` is -1 between blocks.

    `first[i]`: token i begins a sentence or a block. `glued[i]`: no white space stands before token i.
    `capital[i]`: token i begins with a capital letter. `in_title_case[b]`, `shouted[b]`: capitals say little in block b,
    because most words or all letters have them. Positions are token numbers, ends exclusive.
    """

    text: Sequence[str]
    lower: Sequence[str]
    start: Sequence[int]
    end: Sequence[int]
    block: Sequence[int]
    first: Sequence[bool]
    glued: Sequence[bool]
    capital: Sequence[bool]
    blocks: Sequence[Block]
    in_title_case: Sequence[bool]
    shouted: Sequence[bool]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The words of `doc`, in the blocks of its document."""
        blocks = document_of(doc).blocks
        seen = doc.to_array([ORTH, IDX, SENT_START]).tolist()  # one walk in C: making tokens is dear
        strings = doc.vocab.strings
        plain = {orth: plain_characters(strings[orth]) for orth in {orth for orth, _, _ in seen}}
        text = [plain[orth] for orth, _, _ in seen]
        start = [begin for _, begin, _ in seen]
        end = [begin + len(word) for word, begin in zip(text, start, strict=True)]
        numbers = _block_numbers(blocks, start, text)
        before = [-1, *numbers][: len(text)]
        first = [begins == 1 or number != last for (_, _, begins), number, last in zip(seen, numbers, before, strict=True)]
        glued = [begin == last for begin, last in zip(start, [-1, *end][: len(text)], strict=True)]
        capital = [word[0].isupper() for word in text]
        return cls(
            text,
            [word.lower() for word in text],
            start,
            end,
            numbers,
            first,
            glued,
            capital,
            blocks,
            _title_case(blocks, numbers, text, capital),
            _shouted(blocks, numbers, text),
        )

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """Each block that has words: its number, its first word, the end of its last."""
        start = 0
        for at in range(1, len(self) + 1):
            if at == len(self) or self.block[at] != self.block[start]:
                if self.block[start] >= 0:
                    yield self.block[start], start, at
                start = at

    def __len__(self) -> int:
        return len(self.text)

    def is_first(self, position: int) -> bool:
        """Whether a sentence begins at the word, or only quotation marks and bullets stand between it and the beginning."""
        while position > 0 and not self.first[position] and not self.text[position - 1][0].isalnum():
            position -= 1
            if self.text[position] in (",", ";", "/", "(", "-", "–"):
                return self.first[position]
        return self.first[position]

    def before(self, position: int) -> str:
        """The word before a position in lower case, in the same sentence; empty if there is none."""
        return "" if position <= 0 or self.first[position] else self.lower[position - 1]

    def after(self, position: int) -> str:
        """The word at a position (the end of a name) in lower case, in the same sentence; empty if there is none."""
        return "" if position >= len(self.text) or self.first[position] else self.lower[position]

    def phrase(self, start: int, end: int) -> str:
        """The words with one blank where there is white space."""
        if end - start == 1:
            return self.text[start]
        pieces = [self.text[start]] if start < end else []
        for at in range(start + 1, end):
            if not self.glued[at]:
                pieces.append(" ")
            pieces.append(self.text[at])
        return "".join(pieces)


def _block_numbers(blocks: Sequence[Block], start: Sequence[int], text: Sequence[str]) -> list[int]:
    begins = [block.start for block in blocks]
    numbers = []
    for begin, word in zip(start, text, strict=True):
        index = bisect_right(begins, begin) - 1
        inside = index >= 0 and begin < blocks[index].end and not word.isspace()
        numbers.append(index if inside else -1)
    return numbers


_SHORT = 3
_ACRONYM = 4  # letters that most have at most
_SHOUTED = 0.6


def _title_case(blocks: Sequence[Block], numbers: Sequence[int], text: Sequence[str], capital: Sequence[bool]) -> list[bool]:
    """For each block, whether capitals say little in it: most of its long words have one, or all letters are capitals."""
    long, large = [0] * len(blocks), [0] * len(blocks)
    for number, word, is_capital in zip(numbers, text, capital, strict=True):
        if number >= 0 and len(word) > _SHORT and word.isalpha():
            long[number] += 1
            large[number] += is_capital
    return [
        block.kind in ("title", "heading") and long[number] > 1 and large[number] > _SHOUTED * long[number]
        for number, block in enumerate(blocks)
    ]


def _shouted(blocks: Sequence[Block], numbers: Sequence[int], text: Sequence[str]) -> list[bool]:
    """For each block, whether all letters of its words are capitals and two of the words are long; in a line, one longer yet."""
    long, longer, small = [0] * len(blocks), [False] * len(blocks), [False] * len(blocks)
    for number, word in zip(numbers, text, strict=True):
        if number < 0 or small[number]:
            continue
        long[number] += len(word) > _SHORT and word.isalpha()
        longer[number] |= len(word) > _ACRONYM and word.isalpha()
        small[number] = word.upper() != word
    lines = [block.kind in ("title", "heading", "paragraph") for block in blocks]
    return [(count > 1 or (longer[number] and lines[number])) and not small[number] for number, count in enumerate(long)]

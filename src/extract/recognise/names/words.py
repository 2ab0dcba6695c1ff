"""The words of a Doc as plain lists: what the rules of names look at, thousands of times."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from anyascii import anyascii
from spacy.attrs import IDX, ORTH, SENT_START
from spacy.tokens import Doc

from extract.sources.characters import plain_characters
from extract.sources.document import Block
from extract.text.document import document_of

Stretch = tuple[int, int]
"""Words by their numbers, end exclusive."""

APOSTROPHES = ("'s", "'S", "'")
PAIRS = {"(": ")", '"': '"', "“": "”"}
_PAIRED = frozenset({*PAIRS, *PAIRS.values()})
DASHES = ("-", "–", "—")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name in one spelling: no accents, no case, one apostrophe, one dash, one blank."""
    return fold_anew(text)


def fold_anew(text: str) -> str:
    """The same without a memory, for what comes once."""
    plain = text.lower() if text.isascii() else anyascii(unicodedata.normalize("NFC", text)).lower()
    return " ".join(plain.replace("`", "'").split())


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a Doc, a sequence for each property (of 0 and 1, where it holds or not); `block[i]` is -1 between blocks.

    `first[i]`: token i begins a sentence or a block, or is behind the last. `goes_on[i]`: a sentence of a block goes on at it.
    `glued[i]`: no white space stands before token i.
    `capital[i]`: token i begins with a capital letter, `alnum[i]`: with a letter or digit, `paired[i]`: it is a bracket or
    a quotation mark. `in_title_case[b]`, `shouted[b]`: capitals say little in block b,
    because most words or all letters have them. `written`: the text of the document. Positions are token numbers, ends exclusive.
    """

    written: str
    text: Sequence[str]
    lower: Sequence[str]
    start: array[int]
    end: array[int]
    block: array[int]
    first: bytes
    goes_on: bytes
    glued: bytes
    capital: bytes
    alnum: bytes
    paired: bytes
    blocks: Sequence[Block]
    in_title_case: Sequence[bool]
    shouted: Sequence[bool]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The words of `doc`, in the blocks of its document."""
        document, strings = document_of(doc), doc.vocab.strings
        blocks = document.blocks
        orths, starts, sentences = doc.to_array([ORTH, IDX, SENT_START]).T.astype(
            np.int64
        )  # one walk in C: making tokens is dear
        different, kind = np.unique(orths.view(np.uint64), return_inverse=True)
        known = [_KINDS.get(orth) or _note_kind(orth, strings[orth]) for orth in different.tolist()]
        kinds, lowers, *figures = zip(*known, strict=True) if known else ((), (), (), ())
        lengths, flags = np.array(figures, dtype=int)
        capitals, spaces, letters, small, alnum, paired = (flags >> _BITS & 1).astype(bool)
        ends = starts + lengths[kind]
        numbers = np.searchsorted(np.array([block.start for block in blocks]), starts, side="right") - 1
        stops = np.array([*(block.end for block in blocks), 0])  # the last for words before all blocks
        numbers[(starts >= stops[numbers]) | spaces[kind]] = -1
        first = np.ones(len(starts) + 1, dtype=bool)
        first[1:-1] = (sentences[1:] == 1) | np.diff(numbers).astype(bool)
        told = letters & (lengths > _SHORT), letters & capitals & (lengths > _SHORT), letters & (lengths > _ACRONYM), small
        long, large, longer, lowered = (
            np.bincount(numbers[holds[kind] & (numbers >= 0)], minlength=len(blocks)) for holds in told
        )
        headings = np.array([block.kind in ("title", "heading") for block in blocks], dtype=bool)
        lines = headings | np.array([block.kind == "paragraph" for block in blocks], dtype=bool)
        places = kind.tolist()
        return cls(
            document.text,
            [*map(kinds.__getitem__, places)],
            [*map(lowers.__getitem__, places)],
            array("q", starts.tobytes()),
            array("q", ends.tobytes()),
            array("q", numbers.tobytes()),
            first.tobytes(),
            (~first[:-1] & (numbers >= 0)).tobytes() + b"\0",
            (starts == np.concatenate([[-1], ends[:-1]])[: len(starts)]).tobytes(),
            capitals[kind].tobytes(),
            alnum[kind].tobytes(),
            paired[kind].tobytes(),
            blocks,
            (headings & (long > 1) & (large > _SHOUTED * long)).tolist(),
            (((long > 1) | ((longer > 0) & lines)) & (lowered == 0)).tolist(),
        )

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """Each block that has words: its number, its first word, the end of its last."""
        changes = (np.flatnonzero(np.diff(self.block)) + 1).tolist()
        places = pairwise([0, *changes, len(self)])
        yield from ((self.block[start], start, end) for start, end in places if start < end and self.block[start] >= 0)

    def __len__(self) -> int:
        return len(self.text)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the words that stand at `text[start:end]`; an empty stretch if it cuts one in two."""
        first, last = bisect_left(self.start, start), bisect_left(self.end, end)
        is_whole = max(first, last) < len(self) and self.start[first] == start and self.end[last] == end
        return (first, last + 1) if is_whole else (first, first)

    def before(self, position: int) -> str:
        """The word before a position in lower case, in the same sentence; empty if there is none."""
        return "" if self.first[position] else self.lower[position - 1]

    def after(self, position: int) -> str:
        """The word at a position (the end of a name) in lower case, in the same sentence; empty if there is none."""
        return "" if self.first[position] else self.lower[position]

    def phrase(self, start: int, end: int) -> str:
        """The words as the document has them."""
        return self.written[self.start[start] : self.end[end - 1]] if start < end else ""


_KINDS: dict[int, tuple[str, str, int, int]] = {}
"""Of words, by their number in the string store: in plain characters, in lower case, how long, and what they are, a bit each."""
_MOST_KNOWN = 65_536
_BITS = np.arange(6)[:, None]


def _note_kind(orth: int, word: str) -> tuple[str, str, int, int]:
    if len(_KINDS) >= _MOST_KNOWN:
        _KINDS.clear()
    plain = plain_characters(word)
    first = plain[0]
    what = first.isupper() | plain.isspace() << 1 | plain.isalpha() << 2 | (plain.upper() != plain) << 3
    what |= first.isalnum() << 4 | (plain in _PAIRED) << 5
    kind = _KINDS[orth] = plain, plain.lower(), len(plain), what
    return kind


_SHORT = 3
_ACRONYM = 4  # letters that most have at most
_SHOUTED = 0.6  # the share of long words with a capital from which on capitals say little

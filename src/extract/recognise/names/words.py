"""The words of a Doc as plain lists: what the rules of names look at, thousands of times."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
from anyascii import anyascii
from spacy.attrs import IDX, ORTH, SENT_START
from spacy.tokens import Doc

from extract.recognise.scale import Flags, Wholes, two_rows
from extract.sources.characters import plain_characters
from extract.sources.document import Block
from extract.text.document import document_of

Stretch = tuple[int, int]
"""Words by their numbers, end exclusive."""

APOSTROPHES = ("'s", "'S", "'")
PAIRS = {"(": ")", '"': '"', "“": "”"}
_PAIRED = frozenset({*PAIRS, *PAIRS.values()})
DASHES = ("-", "–", "—")
_LINKS = frozenset(
    {"of", "for", "and", "the", "in", "on", "against", "to", "with", "&", "/", "(", '"', "“", *APOSTROPHES, *DASHES}
)
_LINKING = frozenset({",", "and", "or", "&", "/", "of", "'s", "’s", "in", "by", "-", "–", "the", "("})
"""Small words that join the pieces of a name; those that join names."""

_BITS = 18
(CAPITAL, ALNUM, ALPHA, PAIRED, COMMA, DASH, LINK, LINKING, PARTICLE, TELLING, ARTICLE, ADDRESSED, HOUSE, TITLE, IN_CAPITALS) = (
    1 << bit for bit in range(15)
)
"""What a word is: how it begins (a capital, a letter or digit, a letter), which sign, on which list; or a family name as minutes
have it."""
_LETTERS, _SMALL, _SPACE = (1 << bit for bit in range(15, _BITS))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """A name in one spelling: no accents, no case, one apostrophe, one dash, one blank."""
    return fold_anew(text)


def fold_anew(text: str) -> str:
    """The same without a memory, for what comes once."""
    plain = text.lower() if text.isascii() else anyascii(unicodedata.normalize("NFC", text)).lower()
    return " ".join(plain.replace("`", "'").split())


class Kinds(dict[int, int]):
    """The different words that documents have had: from their number in the string store to one in the order of coming.

    By the latter: `text`, the word in plain characters, `lower`, in lower case, `told`, what it is, a bit each, above them its
    length.
    """

    def __init__(self, lists: Mapping[str, Set[str]]) -> None:
        """`lists`: words in lower case, by the names of the lists."""
        super().__init__()
        self._particles, self._telling, titles = (lists[name] for name in ("particle", "election_word", "house_title"))
        self._titles, self._house = {*titles, ""}, {*lists["house_word"], ""}
        self._addressed = {word + end for word in lists["house_address"] for end in ("", ".")}
        self.text, self.lower, self.told, self.shape = list[str](), list[str](), array("q"), array("i")
        self.shapes, self.spelt = dict[str, int](), dict[str, int]()
        self.spellings = array("i")
        self.note(0, " ")

    def are_small(self, kind: Wholes, capital: Flags) -> Flags:
        """Whether words are also written without a capital among them, in the singular or plural."""
        spellings, small = np.frombuffer(self.spellings, np.intc).reshape(-1, 3), ~capital
        written = np.zeros(len(self.spelt), dtype=bool)
        written[spellings[kind[small], 0]] = True
        small[capital] = written[spellings[kind[capital]]].any(axis=1)
        return small

    def note(self, orth: int, word: str) -> None:
        """Adds a word."""
        plain = plain_characters(word)
        lower, first = plain.lower(), plain[0]
        self[orth] = len(self)
        self.text.append(plain)
        self.lower.append(lower)
        self.shape.append(self.shapes.setdefault(word_shape(plain), len(self.shapes)))
        for spelling in (lower, lower + "s", lower.removesuffix("s")):
            self.spellings.append(self.spelt.setdefault(spelling, len(self.spelt)))
        self.told.append(
            len(plain) << _BITS
            | first.isupper() * CAPITAL
            | first.isalnum() * ALNUM
            | lower[0].isalpha() * ALPHA
            | plain.isalpha() * _LETTERS
            | (plain.upper() != plain) * _SMALL
            | plain.isspace() * _SPACE
            | (plain in _PAIRED) * PAIRED
            | (plain == ",") * COMMA
            | (plain in DASHES or plain == "/") * DASH
            | (lower in _LINKS) * LINK
            | (lower in _LINKING) * LINKING
            | (lower in self._particles) * PARTICLE
            | (lower in self._telling) * TELLING
            | (lower in ("the", "a", "an")) * ARTICLE
            | (lower in self._addressed) * ADDRESSED
            | (lower.strip(".,:") in self._house) * HOUSE
            | (lower.rstrip(".") in self._titles) * TITLE
            | (len(plain) > 1 and plain.isupper() and plain.replace("-", "").replace("'", "").isalpha()) * IN_CAPITALS
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a Doc, a sequence for each property (of 0 and 1, where it holds or not); `block[i]` is -1 between blocks.

    `first[i]`: token i begins a sentence or a block, or is behind the last. `goes_on[i]`: a sentence of a block goes on at it.
    `opens[i]`, `closes[i]`: a block begins or ends with it. `glued[i]`: no white space is before it. `capital[i]`, `alnum[i]`:
    it begins with a capital, with a letter or digit. `kind[i]`, `told[i]`: its number in `Kinds`, and what that tells of it; two
    blanks stand behind the last.
    `in_title_case[b]`, `shouted[b]`: capitals say little in block b, because most words or all letters have them.
    `written`: the text of the document. Positions are token numbers, ends exclusive.
    """

    written: str
    text: Sequence[str]
    lower: Sequence[str]
    kind: Wholes
    told: Wholes
    start: Wholes
    end: Wholes
    block: Wholes
    first: bytes
    goes_on: bytes
    opens: Flags
    closes: Flags
    glued: bytes
    capital: bytes
    alnum: bytes
    blocks: Sequence[Block]
    in_title_case: Sequence[bool]
    shouted: Sequence[bool]

    @classmethod
    def of(cls, doc: Doc, kinds: Kinds) -> Words:
        """The words of `doc`, in the blocks of its document."""
        document, strings = document_of(doc), doc.vocab.strings
        blocks = document.blocks
        seen = doc.to_array([ORTH, IDX, SENT_START])  # one walk in C: making tokens is dear
        orths, (_, starts, sentences) = seen[:, 0].tolist(), seen.view(np.int64).T
        places: list[Any] = [*map(kinds.get, orths)]
        if None in places:  # it is new
            for orth in dict.fromkeys(orths):
                if orth not in kinds:
                    kinds.note(orth, strings[orth])
            places = [*map(kinds.__getitem__, orths)]
        kind = np.fromiter(chain(places, (0, 0)), np.intp, len(places) + 2)
        all_told = np.frombuffer(kinds.told, np.int64)[kind]
        told = all_told[:-2]
        lengths = told >> _BITS
        ends = starts + lengths
        begins = np.array([*(block.start for block in blocks), 0], np.intp)  # the last for words before all blocks
        stops = np.array([*(block.end for block in blocks), 0], np.intp)
        numbers = begins[:-1].searchsorted(starts, side="right") - 1
        opens, closes = starts == begins[numbers], ends == stops[numbers]
        numbers[(starts >= stops[numbers]) | (told & _SPACE > 0)] = -1
        first = np.ones(len(starts) + 1, dtype=bool)
        first[1:-1] = (sentences[1:] == 1) | (numbers[1:] != numbers[:-1])
        inside, letters = numbers >= 0, told & _LETTERS > 0
        wordy = letters & (lengths > _SHORT)
        long, large, longer, lowered = (
            np.bincount(numbers[holds & inside], minlength=len(blocks))
            for holds in (wordy, wordy & (told & CAPITAL > 0), letters & (lengths > _ACRONYM), told & _SMALL > 0)
        )
        headings = np.array([block.kind in ("title", "heading") for block in blocks], dtype=bool)
        lines = headings | np.array([block.kind == "paragraph" for block in blocks], dtype=bool)
        glued = np.zeros(len(starts) + 1, dtype=bool)
        glued[1:-1] = starts[1:] == ends[:-1]
        return cls(
            document.text,
            [*map(kinds.text.__getitem__, places)],
            [*map(kinds.lower.__getitem__, places)],
            kind,
            all_told,
            starts,
            ends,
            numbers,
            first.tobytes(),
            (~first[:-1] & inside).tobytes() + b"\0",
            opens,
            closes,
            glued.tobytes(),
            (told & CAPITAL > 0).tobytes(),
            (told & ALNUM > 0).tobytes(),
            blocks,
            (headings & (long > 1) & (large > _SHOUTED * long)).tolist(),
            (((long > 1) | ((longer > 0) & lines)) & (lowered == 0)).tolist(),
        )

    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """Each block that has words: its number, its first word, the end of its last."""
        begins = [0, *(np.flatnonzero(self.block[1:] != self.block[:-1]) + 1).tolist(), len(self)]
        numbers = self.block[begins[:-1]].tolist() if len(self) else ()
        yield from ((number, start, end) for number, (start, end) in zip(numbers, pairwise(begins), strict=False) if number >= 0)

    def __len__(self) -> int:
        return len(self.text)

    def at(self, places: Sequence[Stretch]) -> list[Stretch]:
        """The numbers of the words that stand at `text[start:end]` each; an empty stretch where it cuts one in two."""
        if not places:
            return []
        starts, ends = two_rows(places)
        first, last = self.start.searchsorted(starts), self.end.searchsorted(ends)
        whole = np.concatenate((self.start, (-1,)))[first] == starts
        whole &= np.concatenate((self.end, (-1,)))[last] == ends
        return [*zip(first.tolist(), np.where(whole, last + 1, first).tolist(), strict=True)]

    def before(self, position: int) -> str:
        """The word before a position in lower case, in the same sentence; empty if there is none."""
        return "" if self.first[position] else self.lower[position - 1]

    def after(self, position: int) -> str:
        """The word at a position (the end of a name) in lower case, in the same sentence; empty if there is none."""
        return "" if self.first[position] else self.lower[position]

    def phrase(self, start: int, end: int) -> str:
        """The words as the document has them."""
        return self.written[self.start[start] : self.end[end - 1]] if start < end else ""

    def places(self, starts: Wholes, ends: Wholes) -> list[Stretch]:
        """Where stretches of words stand in the text."""
        return [*zip(self.start[starts].tolist(), self.end[ends - 1].tolist(), strict=True)]


_SHORT = 3
_ACRONYM = 4  # letters that most have at most
_SHOUTED = 0.6  # the share of long words with a capital from which on capitals say little


def word_shape(word: str) -> str:
    """Capitals and figures of a word; small words of three letters are their own."""
    if word[0].isdigit():
        return "9"
    if not word[0].isupper():
        return word if len(word) <= 3 else "x"
    if len(word) == 1 or (len(word) == 2 and word[1] == "."):
        return "A"
    return "XX" if word.isupper() else "Xx" if word[1:].islower() else "Xy"

"""Sentences with exact offsets; none crosses a block.

`set_sentences` marks the first token of every sentence of a Doc, `sentences_of` reads the marks. Which full stop ends a sentence
is for `boundaries.py` to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.attrs import IDX
from spacy.tokens import Doc

from extract.rules import RuleSet
from extract.sources.document import Block, Document
from extract.text.boundaries import Abbreviations, find_boundaries, packaged_abbreviations
from extract.text.document import Cache, document_of

_KEPT = "extract.sentences"
_ONE_SENTENCE = frozenset({"title", "heading", "cell", "field"})
_LONGEST_LABEL = 200
"""A heading, cell or field of up to so many characters is one sentence whole; a longer one is prose."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence `text[start:end]` (text offsets), number `index` of its document, in block number `block`."""

    index: int
    start: int
    end: int
    block: int


def set_sentences(doc: Doc, abbreviations: Abbreviations | None = None) -> None:
    """Sets `token.is_sent_start` of every token, to true or false. Each block begins a sentence.

    A boundary inside a token moves to the next one. `abbreviations`: None means those that come with `extract`.
    """
    if not len(doc):
        return
    starts = _token_starts(doc)
    marks = np.full(len(doc), -1, dtype="int64")
    marks[0] = 1
    for position in _sentence_starts(doc, abbreviations or packaged_abbreviations()):
        token = bisect_left(starts, position)
        if token < len(doc):
            marks[token] = 1
    column: Any = marks.astype("uint64").reshape(-1, 1)
    doc.from_array(["SENT_START"], column)


def sentences_of(doc: Doc) -> Sequence[Sentence]:
    """The sentences of `doc` in the order of the text, without white space at their edges; they are set first if need be.

    Every character of a block that is not white space belongs to exactly one sentence, whoever set the sentence starts.
    """
    if not doc.has_annotation("SENT_START"):
        set_sentences(doc)
    places: Any = doc.to_array(["IDX", "SENT_START"])
    cuts, kept = places[places[:, 1] == 1, 0].tolist(), doc.user_data.get(_KEPT)
    if not isinstance(kept, Cache) or kept.content[0] != cuts:
        kept = doc.user_data[_KEPT] = Cache((cuts, _sentences(document_of(doc), cuts)))
    return kept.content[1]  # type: ignore[no-any-return]


def _sentences(document: Document, cuts: list[int]) -> Sequence[Sentence]:
    spans = (
        (number, start, end) for number, block in enumerate(document.blocks) for start, end in _pieces(document.text, block, cuts)
    )
    return [Sentence(index, start, end, number) for index, (number, start, end) in enumerate(spans)]


class SentenceSplitter:
    """A spaCy component that sets the sentence starts of every Doc that has none."""

    def __init__(self, rules: RuleSet | None = None) -> None:
        self._abbreviations = packaged_abbreviations() if rules is None else Abbreviations.of(rules.file("abbreviations"))

    def __call__(self, doc: Doc) -> Doc:
        if not doc.has_annotation("SENT_START"):
            set_sentences(doc, self._abbreviations)
        return doc


def _token_starts(doc: Doc) -> list[int]:
    starts: list[int] = doc.to_array(IDX).tolist()
    return starts


def _sentence_starts(doc: Doc, abbreviations: Abbreviations) -> Iterator[int]:
    document = document_of(doc)
    for block in document.blocks:
        yield block.start
        if block.kind not in _ONE_SENTENCE or block.end - block.start > _LONGEST_LABEL:
            yield from find_boundaries(document.text, block.start, block.end, abbreviations)


def _pieces(text: str, block: Block, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """The sentences of a block; a piece of white space alone is none."""
    inside = cuts[bisect_left(cuts, block.start + 1) : bisect_left(cuts, block.end)]
    for start, end in pairwise([block.start, *inside, block.end]):
        body = text[start:end]
        if body.strip():
            yield start + len(body) - len(body.lstrip()), start + len(body.rstrip())

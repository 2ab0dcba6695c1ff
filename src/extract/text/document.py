"""From a read document to a spaCy Doc and back: the Doc keeps its Document, finders ask it for blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extract.sources.characters import plain_characters
from extract.sources.document import Block, Document, OffsetMap

_KEY = "extract.document"
_ENDLESS = re.compile(r"\S{1000}")


@dataclass(frozen=True, slots=True)
class Cache:
    """Something on a Doc that can be worked out again: it does not travel with the Doc."""

    content: Any


def make_doc(nlp: Language, document: Document) -> Doc:
    """The tokenised text of `document`, with the Document attached; nothing is recognised yet."""
    doc = _tokenise(nlp, document.text)
    doc.user_data[_KEY] = document
    return doc


def _tokenise(nlp: Language, text: str) -> Doc:
    """spaCy's tokeniser takes quadratic time over a run of characters without blanks, so an endless one is cut."""
    cuts = [match.end() for match in _ENDLESS.finditer(text)]
    if not cuts:
        return nlp.make_doc(text)
    pieces = [text[start:end] for start, end in pairwise([0, *cuts, len(text)]) if start < end]
    whole = Doc.from_docs([nlp.make_doc(piece) for piece in pieces], ensure_whitespace=False)
    return whole if whole is not None else nlp.make_doc("")


def document_of(doc: Doc) -> Document:
    """The Document that `doc` was made from; for a Doc of anyone else's making, its lines as paragraphs."""
    document = doc.user_data.get(_KEY)
    if not isinstance(document, Document):
        document = doc.user_data[_KEY] = _from_text(doc.text)
    return document


def foreign_text(doc: Doc) -> Callable[[int], bool]:
    """Tells of a text offset whether it stands in a block that is not in English."""
    document = document_of(doc)
    places = [(document.blocks[number].start, document.blocks[number].end) for number in sorted(document.foreign)]
    starts = [start for start, _ in places]

    def is_foreign(position: int) -> bool:
        index = bisect_right(starts, position) - 1
        return index >= 0 and position < places[index][1]

    return is_foreign


def _from_text(text: str) -> Document:
    return Document(
        name="text",
        sha256="",
        format="text",
        encoding="utf-8",
        size=len(text),
        source_text=text,
        text=plain_characters(text),
        offsets=OffsetMap((0,), (0,), (0,), len(text)),
        blocks=tuple(_line_blocks(text)),
    )


def _line_blocks(text: str) -> list[Block]:
    blocks, position = [], 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            start = position + line.index(body)
            blocks.append(Block("paragraph", start, start + len(body)))
        position += len(line)
    return blocks

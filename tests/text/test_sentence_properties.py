"""Whatever the text, its sentences are a partition of what is visible in its blocks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extract.sources.document import Block, Document, OffsetMap
from extract.text.document import document_of, make_doc
from extract.text.language import make_language
from extract.text.sentences import sentences_of
from strategies import hostile_text, prose

NLP = make_language()


def blocks_of(text: str, cuts: list[int]) -> tuple[Block, ...]:
    """The text between the cuts, without white space at the edges, as paragraphs."""
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    parts = [(start, text[start:end]) for start, end in pairwise(places)]
    return tuple(_trimmed(start, part) for start, part in parts if part.strip())


def _trimmed(start: int, part: str) -> Block:
    return Block("paragraph", start + len(part) - len(part.lstrip()), start + len(part.rstrip()))


@given(st.one_of(hostile_text(), prose()), st.lists(st.integers(0, 500), max_size=5))
def test_every_visible_character_of_a_block_is_in_exactly_one_sentence(text: str, cuts: list[int]) -> None:
    blocks = blocks_of(text, cuts)
    offsets = OffsetMap((0,), (0,), (0,), len(text))
    document = Document("a.txt", "", "text", "utf-8", len(text), text, text, offsets, blocks)
    doc = make_doc(NLP, document)
    assert doc.text == text
    sentences = sentences_of(doc)
    covered = [place for one in sentences for place in range(one.start, one.end)]
    visible = {place for block in blocks for place in range(block.start, block.end) if not text[place].isspace()}
    assert len(covered) == len(set(covered))
    assert {place for place in covered if not text[place].isspace()} == visible
    assert [one.index for one in sentences] == list(range(len(sentences)))
    for one in sentences:
        assert blocks[one.block].start <= one.start < one.end <= blocks[one.block].end
        assert text[one.start : one.end] == text[one.start : one.end].strip()


@given(hostile_text())
def test_a_doc_of_anyone_else_has_sentences_too(text: str) -> None:
    doc = NLP.make_doc(text)
    sentences = sentences_of(doc)
    assert bool(sentences) == bool(text.strip())
    assert len(document_of(doc).blocks) <= len(sentences)


@given(st.text("ab.\u00e9", min_size=900, max_size=3200))
def test_endless_words_are_tokenised_without_loss(text: str) -> None:
    offsets = OffsetMap((0,), (0,), (0,), len(text))
    document = Document("a.txt", "", "text", "utf-8", len(text), text, text, offsets, (Block("paragraph", 0, len(text)),))
    assert make_doc(NLP, document).text == text

"""Drafts of records: everything that one document settles, so that only the entities are missing.

The id of a record is made of the document's name, the sentence, the place of the mention in it, and the kind of mention:
it does not change when other parts of the document do. Of sentences with the same words the n-th keeps its number; a table
cell or an infobox value is told apart by its row, column or key first.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue

from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Mention
from extract.records.record import Provenance, SentenceRef
from extract.resolve.fact import Fact
from extract.sources import ROWS
from extract.sources.document import Block, Document, Mark
from extract.text.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Draft:
    """A record whose entities are not known yet; `fact.owners` and names are filled in by the corpus.

    `inferred_from`: the records that the words of the value were inferred from; its owners are not among them.
    """

    id: str
    fact: Fact
    source: Provenance
    inferred_from: tuple[str, ...] = ()


def draft_records(
    document: Document,
    sentences: Sequence[Sentence],
    facts: Mapping[int, Fact],
    lost: Callable[[Fact, Exception], None] | None = None,
) -> dict[int, Draft]:
    """The drafts of a document's facts under the same numbers (those of the mentions), in the order of the text.

    One that cannot be proved goes to `lost`, with the ValidationError; where there is no such function the error is raised.
    """
    writer = _Writer(document, sentences)
    ids = {number: writer.record_id(fact) for number, fact in facts.items()}
    drafts: dict[int, Draft] = {}
    for number, fact in sorted(facts.items()):
        try:
            drafts[number] = writer.draft(number, fact, ids)
        except ValueError as error:
            if lost is None:
                raise
            lost(fact, error)
    return drafts


_LONGEST_SENTENCE = 2000
"""Of a longer one a record shows the words around its mention: an endless line of names would be written for each of them."""


class _Writer:
    """Knows the places of one document: sentences, lines, sections, locators."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._sentences = sentences
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._line_starts = [0, *_line_starts(document.source_text)]
        self._keys = _sentence_keys(document, sentences)
        self._marks = {kind: [mark for mark in document.marks if mark.kind == kind] for kind in ("timestamp", "page", "part")}
        self._cells = {mark.position: mark.value for mark in document.marks if mark.kind == "cell"}
        self._refs: dict[int, SentenceRef] = {}
        self._digests: dict[int, Any] = {}

    def _sentence(self, fact: Fact) -> Sentence:
        return self._sentences[bisect_right(self._sentence_starts, fact.mention.start) - 1]

    def record_id(self, fact: Fact) -> str:
        mention, sentence = fact.mention, self._sentence(fact)
        kind = "NAME" if mention.label in NAME_LABELS else mention.label
        digest = self._sentence_digest(sentence.index).copy()
        told = f"{json.dumps(kind)}, {mention.start - sentence.start}, {json.dumps(mention.text)}]"  # a string alone is quick
        digest.update(told.encode())
        return f"r_{digest.hexdigest()[:16]}"

    def _sentence_digest(self, index: int) -> Any:
        """The SHA-256 of what the ids of a sentence begin with, made once: a sentence may have thousands of mentions."""
        if index not in self._digests:
            begun = json.dumps((self._document.name, *self._keys[index]))[:-1] + ", "
            self._digests[index] = hashlib.sha256(begun.encode())
        return self._digests[index]

    def draft(self, number: int, fact: Fact, ids: Mapping[int, str]) -> Draft:
        inferred = tuple(ids[index] for index in fact.inferred_from if index in ids)
        return Draft(ids[number], fact, self._provenance(fact), inferred)

    def _provenance(self, fact: Fact) -> Provenance:
        document, sentence = self._document, self._sentence(fact)
        block = document.blocks[sentence.block]
        start, end = document.to_source(fact.mention.start, fact.mention.end)
        return Provenance(
            document=document.name,
            start=start,
            end=end,
            quote=document.source_text[start:end],
            line=bisect_right(self._line_starts, start),
            section=block.section,
            locator=self._locator(fact, block),
            sentence=self._sentence_ref(sentence, fact.mention),
        )

    def _sentence_ref(self, sentence: Sentence, mention: Mention) -> SentenceRef:
        if sentence.end - sentence.start > _LONGEST_SENTENCE:
            return self._ref(sentence.index, *self._around(sentence, mention))
        if sentence.index not in self._refs:
            self._refs[sentence.index] = self._ref(sentence.index, sentence.start, sentence.end)
        return self._refs[sentence.index]

    def _ref(self, index: int, first: int, last: int) -> SentenceRef:
        start, end = self._document.to_source(first, last)
        return SentenceRef(index=index, start=start, told_end=end, text=self._document.text[first:last])

    def _around(self, sentence: Sentence, mention: Mention) -> tuple[int, int]:
        """The words of an endless sentence around a mention; whole words, where there are blanks."""
        text, reach = self._document.text, _LONGEST_SENTENCE // 2
        start, end = max(sentence.start, mention.start - reach), min(sentence.end, mention.end + reach)
        if start > sentence.start:
            start = min(text.find(" ", start, mention.start) + 1 or mention.start, mention.start)
        if end < sentence.end:
            end = max(text.rfind(" ", mention.end, end), mention.end)
        return start, end

    def _locator(self, fact: Fact, block: Block) -> dict[str, JsonValue] | None:
        locator: dict[str, JsonValue] = {}
        if self._document.format in ROWS:
            locator["record"] = self._document.metadata["record"]
        if block.field:
            locator["field"] = block.field.key
        if block.cell:
            locator |= {"table": block.cell.table + 1, "row": block.cell.row + 1, "column": _column(block)}
        if cell := self._cells.get(block.start):
            locator["cell"] = cell
        if timestamp := self._timestamp(fact, block):
            locator["timestamp"] = timestamp
        if part := self._last("part", fact):
            locator["part"] = part.value
        if page := self._last("page", fact):
            locator["page"] = int(page.value)
        return locator or None

    def _timestamp(self, fact: Fact, block: Block) -> str | None:
        """The first mark behind the mention in its block, for a time stamp closes what stands before it; else one before it."""
        stamps = self._marks["timestamp"]
        index = bisect_right(stamps, fact.mention.end - 1, key=_position)
        if index < len(stamps) and stamps[index].position <= block.end:
            return stamps[index].value
        if index and stamps[index - 1].position >= block.start:
            return stamps[index - 1].value
        return None

    def _last(self, kind: str, fact: Fact) -> Mark | None:
        """The last mark of a kind before the mention."""
        index = bisect_right(self._marks[kind], fact.mention.start, key=_position)
        return self._marks[kind][index - 1] if index else None


def _position(mark: Mark) -> int:
    return mark.position


def _column(block: Block) -> str | int:
    cell = block.cell
    assert cell is not None
    return " / ".join(dict.fromkeys(cell.headers)) or cell.column + 1


def _line_starts(text: str) -> Iterable[int]:
    position = text.find("\n")
    while position >= 0:
        yield position + 1
        position = text.find("\n", position + 1)


def _sentence_keys(document: Document, sentences: Sequence[Sentence]) -> list[tuple[JsonValue, ...]]:
    """What tells each sentence from the others: its place in a table or box, its words, its number among equals."""
    seen: Counter[tuple[JsonValue, ...]] = Counter()
    keys: list[tuple[JsonValue, ...]] = []
    for sentence in sentences:
        key = (*_place(document.blocks[sentence.block]), document.text[sentence.start : sentence.end])
        keys.append((*key, seen[key]))
        seen[key] += 1
    return keys


def _place(block: Block) -> tuple[str, ...]:
    if block.field:
        return (block.field.key,)
    if block.cell:
        return (*block.cell.headers, block.cell.row_header or "")
    return ()

"""What a run makes: from the lines with slots that the map stage left, once the entities are known, the lines of the output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from extract.records.finish import entity_line, fill_line, review_line
from extract.records.record import DocumentLine, EntityLine, FailureLine, Record, ReviewLine
from extract.resolve.entities import Aliases, DocumentNames, Entity, Linking, Register, link_corpus
from extract.run.plan import Unit
from extract.run.state import State


@dataclass(frozen=True, slots=True)
class FinishedDocument:
    """One document with its finished lines; `line` has the counts of its records, but no path."""

    path: Path | None
    line: DocumentLine
    lines: Sequence[str]


class Extraction:
    """The result of a run: iterate `records()`, look at `entities`, `failures` and `linking`."""

    def __init__(
        self,
        units: Iterable[Unit],
        state: State,
        aliases: Aliases,
        sources: Sequence[Path] = (),
        register: Register | None = None,
    ) -> None:
        """`sources` are the files and folders that were named; `register` that to which names are linked, None without one."""
        self.sources = sources
        self._units = list(units)
        self._state = state
        self._aliases = aliases
        self._register = register
        self._ids: dict[tuple[str, int], str] = {}
        self.failures: list[FailureLine] = [unit.failure for unit in self._units if unit.failure]

    @cached_property
    def linking(self) -> Linking:
        """Which names of the corpus are one entity: the reduce stage."""
        return link_corpus(self._names(), self._aliases, self._register)

    def _names(self) -> Iterator[DocumentNames]:
        for unit in self._units:
            if not unit.failure and (names := self._state.names(unit.key)):
                yield names

    def documents(self) -> Iterator[FinishedDocument]:
        """The documents in their order, one at a time. On the way `failures` gets what was lost of them."""
        self.failures = [unit.failure for unit in self._units if unit.failure]
        for unit in self._units:
            if unit.failure:
                continue
            head, lines = self._state.read(unit.key)
            self.failures += head.failures
            if head.document:
                yield self._finish(unit, head.document, head.records, lines)

    def _finish(
        self, unit: Unit, line: DocumentLine, records: Sequence[tuple[int, str | None]], lines: Sequence[str]
    ) -> FinishedDocument:
        name = line.document
        entities = {number: self._entities[self.linking.entity_of[name, number]] for number, label in records if label is None}
        for (number, _), text in zip(records, lines, strict=True):
            if (name, number) in self._shown:
                self._ids[name, number] = text[7:25]  # `{"id":"r_…"`
        counts = Counter(label or entities[number].label for number, label in records)
        finished = [fill_line(text, entities) for text in lines]
        return FinishedDocument(unit.path, line.model_copy(update={"records": dict(sorted(counts.items()))}), finished)

    def records(self) -> Iterator[Record]:
        """All records, document by document, in the order of the text."""
        for document in self.documents():
            for line in document.lines:
                yield Record.model_validate_json(line)

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.linking.entities}

    @cached_property
    def _shown(self) -> frozenset[tuple[str, int]]:
        """The mentions whose records entities and open pairs point to."""
        variants = (variant.first for entity in self.linking.entities for variant in entity.variants)
        sides = (side.mention for pair in self.linking.review for side in (pair.a, pair.b, *pair.more))
        return frozenset([*variants, *sides])

    def entity_lines(self) -> Iterator[EntityLine]:
        """The lines of `entities.jsonl`."""
        ids = self._record_ids()
        return (entity_line(entity, ids) for entity in self.linking.entities)

    def review_lines(self) -> Iterator[ReviewLine]:
        """The lines of `review.jsonl`."""
        ids = self._record_ids()
        return (review_line(pair, ids) for pair in self.linking.review)

    def _record_ids(self) -> dict[tuple[str, int], str]:
        """The records that stand at the mentions that are shown; known when all documents are finished."""
        if len(self._ids) < len(self._shown):
            for _ in self.documents():
                pass
        return self._ids

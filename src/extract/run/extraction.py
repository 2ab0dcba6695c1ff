"""What a run makes: from the lines with slots that the map stage left, once the entities are known, the lines of the output."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.records.finish import fill_lines
from extract.records.record import DocumentLine, FailureLine, Record
from extract.run.links import Links
from extract.run.mapped import Head
from extract.run.plan import Unit
from extract.run.state import State


@dataclass(frozen=True, slots=True)
class FinishedDocument:
    """One document with its finished lines, breaks between them; `line` has the counts of its records, but no path.

    `text`: of a converted file.
    """

    path: Path | str | None
    line: DocumentLine
    lines: str
    text: str | None


class Extraction:
    """The result of a run: iterate `records()`; what was lost on the way is in `failures` then."""

    def __init__(self, parts: Sequence[State], links: Links, sources: Sequence[Path] = ()) -> None:
        """`parts` are all parts of a corpus, or some; `links` are of all. `sources`: the files and folders that were named."""
        self.sources = sources
        self._parts = parts
        self._links = links
        self._named: set[int] = set()  # the numbers of the entities that the documents name
        self.failures: list[FailureLine] = []
        self._counts: Counter[str] = Counter()
        self._labels: Counter[str] = Counter()

    def documents(self) -> Iterator[FinishedDocument]:
        """The documents in the order of the corpus, one at a time."""
        self.failures = []
        self._counts.clear()
        self._labels.clear()
        for unit, part in heapq.merge(*map(_planned, self._parts), key=lambda planned: planned[0].number):
            if unit.failure:
                self.failures.append(unit.failure)
                continue
            head, lines = part.read(unit.key)
            self.failures += head.failures
            if head.document:
                yield self._finish(unit, head, head.document, lines)

    def _finish(self, unit: Unit, head: Head, line: DocumentLine, lines: str) -> FinishedDocument:
        found = self._links.of_document(line.document)
        self._named.update(number for number, _ in found.values())
        entities = {mention: entity for mention, (_, entity) in found.items()}
        counts = Counter(label or entities[mention].label for mention, label in head.records)
        self._counts.update(documents=1, warned=int(bool(line.warnings)), sentences=line.sentences)
        self._labels.update(counts)
        told = line.model_copy(update={"records": dict(sorted(counts.items()))})
        return FinishedDocument(unit.path, told, fill_lines(lines, entities), head.text)

    def records(self) -> Iterator[Record]:
        """All records, document by document, in the order of the text."""
        for document in self.documents():
            for line in document.lines.splitlines():
                yield Record.model_validate_json(line)

    def counts(self, entities: int, review: int) -> dict[str, int]:
        """The counts of the manifest, when all documents are finished; the last are those of the records by label."""
        found = {name: self._counts[name] for name in ("documents", "warned", "sentences")}
        found |= {"failures": len(self.failures), "entities": entities, "review": review, "records": self._labels.total()}
        return {**found, **dict(sorted(self._labels.items()))}

    def entity_lines(self) -> Iterator[str]:
        """The lines of `entities.jsonl`; known when all documents are finished."""
        return self._links.entity_lines(self._named)

    def review_lines(self) -> Iterator[str]:
        """The lines of `review.jsonl`, likewise."""
        return self._links.review_lines(self._named)


def _planned(part: State) -> Iterator[tuple[Unit, State]]:
    return ((unit, part) for unit in part.plan())

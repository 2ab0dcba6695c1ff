"""What a run makes: the map stage's drafts on a spool, and from them, once the entities are known, the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from extract.records.draft import Draft
from extract.records.finish import entity_line, finish_records, review_line
from extract.records.record import EntityLine, FailureLine, Record, ReviewLine
from extract.resolve.entities import Aliases, DocumentNames, Entity, Linking, link_corpus
from extract.run.spool import Spool
from extract.sources.document import Document


@dataclass(frozen=True, slots=True)
class MappedDocument:
    """One document after the map stage: what is said of it, its drafts by mention number, and its names for the corpus.

    `path` is the file it was read from, None for standard input and strings.
    """

    name: str
    path: Path | None
    sha256: str
    size: int
    format: str
    encoding: str
    title: str | None
    metadata: Mapping[str, Any]
    warnings: tuple[str, ...]
    sentences: int
    drafts: Mapping[int, Draft]
    names: DocumentNames


def mapped_document(
    document: Document, path: Path | None, sentences: int, drafts: Mapping[int, Draft], names: DocumentNames
) -> MappedDocument:
    """The mapped document, without the text of it."""
    return MappedDocument(
        name=document.name,
        path=path,
        sha256=document.sha256,
        size=document.size,
        format=document.format,
        encoding=document.encoding,
        title=document.title,
        metadata=document.metadata,
        warnings=document.warnings,
        sentences=sentences,
        drafts=drafts,
        names=names,
    )


class Extraction:
    """The result of a run: iterate `records()`, look at `entities`, `failures` and `linking`."""

    def __init__(self, mapped: Iterable[MappedDocument | FailureLine], aliases: Aliases) -> None:
        self.documents: Spool[MappedDocument] = Spool()
        self.failures: list[FailureLine] = []
        self._aliases = aliases
        self._names: list[DocumentNames] = []
        for item in mapped:
            self._take(item)

    def _take(self, item: MappedDocument | FailureLine) -> None:
        if isinstance(item, FailureLine):
            self.failures.append(item)
        else:
            self.documents.add(item)
            self._names.append(item.names)

    @cached_property
    def linking(self) -> Linking:
        """Which names of the corpus are one entity: the reduce stage."""
        return link_corpus(self._names, self._aliases)

    def records(self) -> Iterator[Record]:
        """All records, document by document, in the order of the text."""
        for document in self.documents:
            yield from self.records_of(document)

    def records_of(self, document: MappedDocument) -> list[Record]:
        """The records of one document."""
        return finish_records(document.drafts, self._entities_in(document))

    def _entities_in(self, document: MappedDocument) -> dict[int, Entity]:
        places = ((mention.index, self.linking.entity_of[document.name, mention.index]) for mention in document.names.mentions)
        return {index: self._entities[entity] for index, entity in places}

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.linking.entities}

    def entity_lines(self) -> Iterator[EntityLine]:
        """The lines of `entities.jsonl`."""
        ids = self._record_ids(variant.first for entity in self.linking.entities for variant in entity.variants)
        return (entity_line(entity, ids) for entity in self.linking.entities)

    def review_lines(self) -> Iterator[ReviewLine]:
        """The lines of `review.jsonl`."""
        ids = self._record_ids(side.mention for pair in self.linking.review for side in (pair.a, pair.b))
        return (review_line(pair, ids) for pair in self.linking.review)

    def _record_ids(self, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """The records that stand at these mentions."""
        wanted: dict[str, set[int]] = {}
        for name, index in places:
            wanted.setdefault(name, set()).add(index)
        return {
            (document.name, index): document.drafts[index].id
            for document in self.documents
            for index in wanted.get(document.name, ())
        }

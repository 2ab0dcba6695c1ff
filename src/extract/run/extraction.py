"""What a run makes: the map stage's drafts on a spool, and from them, once the entities are known, the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from extract.records.draft import Draft
from extract.records.finish import finish_records
from extract.records.record import FailureLine, Record
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
        return self.linking.entities_in(document.name)

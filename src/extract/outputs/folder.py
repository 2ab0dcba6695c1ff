"""An output folder: what stands in it, written so that it is always whole."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extract.errors import UsageError
from extract.outputs.files import write_json, write_lines
from extract.records.record import SCHEMA_VERSION, DocumentLine, Manifest, Record
from extract.run.extraction import Extraction, MappedDocument

RECORDS = "records.jsonl"
ENTITIES = "entities.jsonl"
REVIEW = "review.jsonl"
DOCUMENTS = "documents.jsonl"
FAILURES = "failures.jsonl"
MANIFEST = "manifest.json"
AUDIT = "audit.jsonl"
KEPT = ".kept"
"""A folder with what the map stage made, for the next run; nothing else needs it."""

_PART = ".part-"


@dataclass(slots=True)
class Summary:
    """What a run came to: counts of documents, sentences, failures, entities, open pairs, and records by label."""

    documents: int = 0
    sentences: int = 0
    failures: int = 0
    entities: int = 0
    review: int = 0
    records: Counter[str] = field(default_factory=Counter)

    def counts(self) -> dict[str, int]:
        """The counts as the manifest has them, labels in alphabetical order."""
        whole = {name: getattr(self, name) for name in ("documents", "sentences", "failures", "entities", "review")}
        return {**whole, "records": self.records.total(), **dict(sorted(self.records.items()))}


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What the manifest says of the run itself: fingerprints and options."""

    version: str
    rules: str
    model: str
    options: Mapping[str, Any]
    rule_files: Mapping[str, str] = field(default_factory=dict)


def prepare_output(folder: Path) -> None:
    """Makes the output folder and tries whether it can be written, before there is work to lose. Raises UsageError if not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=_PART, dir=folder):
            pass
    except OSError as error:
        raise UsageError(f"{folder}: no folder that can be written ({error.strerror}); name another with --output") from error


def write_output(extraction: Extraction, folder: Path, info: RunInfo) -> Summary:
    """Writes all files of an output folder; they appear together, the manifest last, when all are whole.

    Raises OSError where they cannot be written; the files of the run before are then still there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=_PART, dir=folder) as name:
        part = Path(name)
        summary = _write_files(extraction, folder, part, info)
        for file in (RECORDS, ENTITIES, REVIEW, DOCUMENTS, FAILURES, MANIFEST):
            (part / file).replace(folder / file)
    (folder / AUDIT).unlink(missing_ok=True)  # it spoke of the records that were here before
    return summary


def _write_files(extraction: Extraction, folder: Path, part: Path, info: RunInfo) -> Summary:
    writer = _Writer(extraction, folder)
    files = {
        RECORDS: write_lines(part / RECORDS, (record.as_json() for record in writer.records())),
        ENTITIES: write_lines(part / ENTITIES, writer.entities()),
        REVIEW: write_lines(part / REVIEW, writer.review()),
        DOCUMENTS: write_lines(part / DOCUMENTS, (line.as_json() for line in writer.lines)),
        FAILURES: write_lines(part / FAILURES, writer.failures()),
    }
    manifest = Manifest(
        version=info.version,
        schema_version=SCHEMA_VERSION,
        rules=info.rules,
        model=info.model,
        options=dict(info.options),
        counts=writer.summary.counts(),
        files=files,
        rule_files=dict(info.rule_files),
    )
    write_json(part / MANIFEST, manifest.as_json())
    return writer.summary


class _Writer:
    """Streams the lines of the files; `lines` and `summary` are complete when the records have been read to the end."""

    def __init__(self, extraction: Extraction, folder: Path) -> None:
        self._extraction = extraction
        self._folder = folder.resolve()
        self.lines: list[DocumentLine] = []
        self.summary = Summary(failures=len(extraction.failures))

    def records(self) -> Iterator[Record]:
        for document in self._extraction.documents:
            records = self._extraction.records_of(document)
            self._count(document, records)
            yield from records

    def _count(self, document: MappedDocument, records: list[Record]) -> None:
        counts = Counter(record.label for record in records)
        self.lines.append(_document_line(document, self._folder, counts))
        self.summary.documents += 1
        self.summary.sentences += document.sentences
        self.summary.records += counts

    def entities(self) -> Iterator[dict[str, Any]]:
        for line in self._extraction.entity_lines():
            self.summary.entities += 1
            yield line.as_json()

    def review(self) -> Iterator[dict[str, Any]]:
        for line in self._extraction.review_lines():
            self.summary.review += 1
            yield line.as_json()

    def failures(self) -> Iterator[dict[str, Any]]:
        return (line.as_json() for line in sorted(self._extraction.failures, key=lambda line: line.document))


def _document_line(document: MappedDocument, folder: Path, counts: Counter[str]) -> DocumentLine:
    return DocumentLine(
        document=document.name,
        path=_path_from(folder, document.path),
        sha256=document.sha256,
        size=document.size,
        format=document.format,
        encoding=document.encoding,
        title=document.title,
        metadata=dict(document.metadata),
        sentences=document.sentences,
        records=dict(sorted(counts.items())),
        warnings=document.warnings,
    )


def _path_from(folder: Path, path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return Path(os.path.relpath(path.resolve(), folder)).as_posix()
    except ValueError:  # another drive, on Windows
        return path.resolve().as_posix()

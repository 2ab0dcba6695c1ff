"""The proof of an output folder: every line against its schema, every record against its source."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.errors import RecordError, SourceError
from extract.outputs.files import each_line
from extract.outputs.folder import AUDIT, DOCUMENTS, ENTITIES, FAILURES, MANIFEST, RECORDS, REVIEW
from extract.records.record import LINES, DocumentLine, Line, Manifest, Record
from extract.sources import Source, read_source
from extract.sources.document import Document


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that fails: the file and line number (from 1), the id or name of the line where it has one, and why."""

    file: str
    line: int
    subject: str
    message: str


@dataclass(slots=True)
class Proof:
    """What a check came to. `unproved` are the documents whose source is not there to be opened (standard input)."""

    records: int = 0
    documents: int = 0
    problems: list[Problem] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)


def check_output(folder: Path) -> Proof:
    """Reads an output folder back and proves it. Raises RecordError where there is no output folder to check."""
    return _Checker(folder).run()


class _Checker:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._proof = Proof()
        self._documents: dict[str, tuple[int, DocumentLine]] = {}
        self._entities: set[str] = set()
        self._ids: set[str] = set()
        self._references: list[tuple[int, Record]] = []

    def run(self) -> Proof:
        next(iter(each_line(self._folder / DOCUMENTS)), None)  # no output folder, nothing to check
        missing = [file for file in (RECORDS, ENTITIES, REVIEW, FAILURES) if not (self._folder / file).is_file()]
        for file in missing:
            self._fail(file, 1, "", "the file is missing; run `extract run` again")
        if missing:
            return self._proof
        for number, line in self._lines(DOCUMENTS):
            self._documents[line.document] = (number, line)
        self._entities = {line.id for _, line in self._lines(ENTITIES)}
        for file in (REVIEW, FAILURES, *([AUDIT] if (self._folder / AUDIT).exists() else [])):
            for _ in self._lines(file):  # reading them is the check
                pass
        self._check_manifest()
        records = ((number, line) for number, line in self._lines(RECORDS))
        for name, group in groupby(records, key=lambda item: item[1].source.document):
            self._check_document(name, list(group))
        self._check_references()
        return self._proof

    def _check_manifest(self) -> None:
        """The files are those that the run wrote."""
        try:
            manifest = Manifest.model_validate_json((self._folder / MANIFEST).read_bytes())
        except OSError as error:
            self._fail(MANIFEST, 1, "", f"cannot be read ({error.strerror}): the run did not end, or it was removed")
            return
        except ValidationError as error:
            self._fail(MANIFEST, 1, "", _schema_message(error))
            return
        for file, sha256 in manifest.files.items():
            if hashlib.sha256((self._folder / file).read_bytes()).hexdigest() != sha256:
                self._fail(MANIFEST, 1, file, "the file is not as the run wrote it (its SHA-256 is another)")

    def _lines(self, file: str) -> Iterator[tuple[int, Any]]:
        """The lines that fit their schema; the others become problems."""
        model: type[Line] = LINES[file]
        for number, data in each_line(self._folder / file):
            if isinstance(data, RecordError):
                self._fail(file, number, "", str(data).partition(": ")[2])
                continue
            try:
                yield number, model.model_validate(data)
            except ValidationError as error:
                self._fail(file, number, str(data.get("id", "")) if isinstance(data, dict) else "", _schema_message(error))

    def _fail(self, file: str, line: int, subject: str, message: str) -> None:
        self._proof.problems.append(Problem(file, line, subject, message))

    def _check_document(self, name: str, records: list[tuple[int, Record]]) -> None:
        self._proof.documents += 1
        self._proof.records += len(records)
        self._references += records
        source = self._open(name, records)
        for number, record in records:
            if record.id in self._ids:
                self._fail(RECORDS, number, record.id, "another record has the same id")
            self._ids.add(record.id)
            for message in _faults(record, source) if source else ():
                self._fail(RECORDS, number, record.id, message)

    def _open(self, name: str, records: list[tuple[int, Record]]) -> Document | None:
        if name not in self._documents:
            self._fail(RECORDS, records[0][0], records[0][1].id, f"{DOCUMENTS} has no line for {name!r}")
            return None
        number, line = self._documents[name]
        if sum(line.records.values()) != len(records):
            self._fail(DOCUMENTS, number, name, f"counts {sum(line.records.values())} records, {RECORDS} has {len(records)}")
        if line.path is None:
            self._proof.unproved.append(name)
            return None
        try:
            return reopen(self._folder / line.path, line)
        except SourceError as error:
            for record_number, record in records:
                self._fail(RECORDS, record_number, record.id, f"the source cannot be opened: {error.message}")
            return None

    def _check_references(self) -> None:
        for number, record in self._references:
            for entity in _entities_of(record):
                if entity not in self._entities:
                    self._fail(RECORDS, number, record.id, f"{ENTITIES} has no entity {entity}")
            for origin in record.origin.inferred_from or ():
                if origin not in self._ids:
                    self._fail(RECORDS, number, record.id, f"inferred from {origin}, which is no record here")


def _schema_message(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])


def reopen(path: Path, line: DocumentLine) -> Document:
    """The document of a line, read again from its file. Raises SourceError where it is not there any more."""
    source = Source(name=line.document.partition("#")[0] if line.format == "jsonl" else line.document, path=path)
    for document in read_source(source, format=line.format, encoding=line.encoding):
        if isinstance(document, Document) and document.name == line.document:
            return document
    raise SourceError(line.document, "check", "it is not in the file any more", "Run `extract run` again.")


# What must hold of a record and its source, as (message, test); the first that fails is told.
_PROOFS: tuple[tuple[str, Callable[[Record, Document], bool]], ...] = (
    (
        "the source has other words there",
        lambda record, source: source.source_text[record.source.start : record.source.end] == record.source.quote,
    ),
    (
        "the visible text is another",
        lambda record, source: _visible(source, record.source.start, record.source.end) == record.text,
    ),
    (
        "the sentence is another",
        lambda record, source: (
            _visible(source, record.source.sentence.start, record.source.sentence.end) == record.source.sentence.text
        ),
    ),
    (
        "it stands on another line",
        lambda record, source: source.source_text.count("\n", 0, record.source.start) + 1 == record.source.line,
    ),
    ("the source has changed (its SHA-256 is another)", lambda record, source: source.sha256 == record.source.sha256),
)


def _faults(record: Record, source: Document) -> Iterable[str]:
    return [message for message, holds in _PROOFS if not holds(record, source)]


def _visible(source: Document, start: int, end: int) -> str | None:
    span = source.offsets.to_text(start, end)
    return source.text[slice(*span)] if span else None


def _entities_of(record: Record) -> list[str]:
    value = record.value
    owners = [getattr(value, "subject", None), *getattr(value, "party", ())]
    entities = [getattr(value, "entity", None), *(owner.entity for owner in owners if owner)]
    return [entity for entity in entities if entity]

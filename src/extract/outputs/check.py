"""The proof of an output folder: every line against its schema, every record against its source."""

from __future__ import annotations

import os
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from pydantic import ValidationError

from extract.disk import is_file, open_regular, read_regular
from extract.errors import RecordError, SourceError
from extract.outputs.files import each_line, parse_line, schema_message, sha256_of
from extract.outputs.layout import AUDIT, DOCUMENTS, ENTITIES, FAILURES, MANIFEST, RECORDS, REVIEW, current
from extract.records.record import LINES, DocumentLine, Line, Manifest, Record
from extract.sources import MAX_BYTES, ReadOptions, Source, read_unit, split_source
from extract.sources.document import Document

_LONGEST_LINE = 256 << 20


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


def check_output(folder: Path, sources: Sequence[Path] | None = None) -> Proof:
    """Reads an output folder back and proves it. Raises RecordError where there is no output folder to check.

    Only files under `sources` are opened; None: those that the manifest names.
    """
    return _Checker(folder, sources).run()


class _Checker:
    """Walks through the files once, documents side by side with their records; of all lines it keeps numbers only."""

    def __init__(self, folder: Path, sources: Sequence[Path] | None) -> None:
        self._folder = folder
        self._proof = Proof()
        self._documents: dict[str, tuple[int, int]] = {}  # the number of the line, and where it begins
        self._entities: set[str] = set()
        self._ids = array("Q")
        self._reading = ReadOptions()
        self._roots = None if sources is None else [os.path.realpath(source) for source in sources]
        self._rows = _Rows()

    def run(self) -> Proof:
        files = {file: current(self._folder, file) for file in LINES}
        if not is_file(files[DOCUMENTS]):
            raise RecordError(f"{files[DOCUMENTS]}: no such file. Run `extract run` first, or name its output folder.")
        missing = [file for file in (RECORDS, ENTITIES, REVIEW, FAILURES) if not is_file(files[file])]
        for file in missing:
            self._fail(file, 1, "", "the file is missing; run `extract run` again")
        if missing:
            return self._proof
        self._check_manifest(files)
        for number, start, line in self._lines(DOCUMENTS, files[DOCUMENTS]):
            if line.document in self._documents:
                self._fail(DOCUMENTS, number, line.document, "another line has the same document")
            self._documents[line.document] = (number, start)
        self._entities = {line.id for _, _, line in self._lines(ENTITIES, files[ENTITIES])}
        for file in (REVIEW, FAILURES, *([AUDIT] if is_file(files[AUDIT]) else [])):
            for _ in self._lines(file, files[file]):  # reading them is the check
                pass
        with open_regular(files[DOCUMENTS], follow=False) as documents:
            records = ((number, line) for number, _, line in self._lines(RECORDS, files[RECORDS]))
            for name, group in groupby(records, key=lambda item: item[1].source.document):
                self._check_document(name, list(group), documents)
        self._check_ids(files[RECORDS])
        return self._proof

    def _check_manifest(self, files: Mapping[str, Path]) -> None:
        roots: list[str] = []
        try:
            manifest = Manifest.model_validate_json(read_regular(files[MANIFEST], 1 << 26, follow=False))
        except OSError as error:
            self._fail(MANIFEST, 1, "", f"cannot be read ({error.strerror}): the run did not end, or it was removed")
        except ValidationError as error:
            self._fail(MANIFEST, 1, "", schema_message(error))
        else:
            roots = [os.path.realpath(self._folder / source) for source in manifest.sources]
            self._reading = _reading(manifest.options)
            for file, sha256 in manifest.files.items():
                if file not in LINES or sha256_of(files[file]) != sha256:
                    self._fail(MANIFEST, 1, file, "the file is not as the run wrote it (its SHA-256 is another)")
        if self._roots is None:
            self._roots = roots

    def _lines(self, file: str, path: Path) -> Iterator[tuple[int, int, Any]]:
        """The lines that fit their schema, with their numbers and where they begin; the others become problems."""
        model: type[Line] = LINES[file]
        start = 0
        with open_regular(path, follow=False) as stream:
            for number, text in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), 1):
                data = parse_line(path, number, text)
                if isinstance(data, RecordError):
                    self._fail(file, number, "", str(data).partition(": ")[2])
                else:
                    try:
                        yield number, start, model.model_validate(data)
                    except ValidationError as error:
                        subject = str(data.get("id", "")) if isinstance(data, dict) else ""
                        self._fail(file, number, subject, schema_message(error))
                start += len(text)

    def _fail(self, file: str, line: int, subject: str, message: str) -> None:
        self._proof.problems.append(Problem(file, line, subject, message))

    def _check_document(self, name: str, records: list[tuple[int, Record]], documents: BinaryIO) -> None:
        self._proof.documents += 1
        self._proof.records += len(records)
        source = self._open(name, records, documents)
        prover = _Prover(source) if source else None
        ids = {record.id for _, record in records}
        for number, record in records:
            self._ids.append(int(record.id[2:], 16))
            for message in prover.faults(record) if prover else ():
                self._fail(RECORDS, number, record.id, message)
            for entity in _entities_of(record):
                if entity not in self._entities:
                    self._fail(RECORDS, number, record.id, f"{ENTITIES} has no entity {entity}")
            for origin in record.origin.inferred_from or ():
                if origin not in ids:
                    self._fail(RECORDS, number, record.id, f"inferred from {origin}, which is no record of its document")

    def _open(self, name: str, records: list[tuple[int, Record]], documents: BinaryIO) -> Document | None:
        if name not in self._documents:
            self._fail(RECORDS, records[0][0], records[0][1].id, f"{DOCUMENTS} has no line for {name!r}")
            return None
        number, start = self._documents[name]
        documents.seek(start)
        line = DocumentLine.model_validate_json(documents.readline(_LONGEST_LINE))
        if sum(line.records.values()) != len(records):
            self._fail(DOCUMENTS, number, name, f"counts {sum(line.records.values())} records, {RECORDS} has {len(records)}")
        if line.path is None:
            self._proof.unproved.append(name)
            return None
        try:
            return self._reopen(self._folder / line.path, line).plain()
        except SourceError as error:
            for record_number, record in records:
                self._fail(RECORDS, record_number, record.id, f"the source cannot be opened: {error.message}")
            return None

    def _reopen(self, path: Path, line: DocumentLine) -> Document:
        """The document of a line, from a file that the sources of the run cover. Raises SourceError."""
        own, place = os.path.realpath(self._folder), os.path.abspath(path)  # noqa: PTH100 - the links stay
        if _is_under(place, own) or not any(
            _is_under(place, root) or _is_under(os.path.realpath(place), root) for root in self._roots or ()
        ):
            hint = "Name them: extract check OUTPUT SOURCES."
            raise SourceError(line.document, "check", "it is not under the sources of the run", hint)
        options = replace(self._reading, format=line.format, encoding=line.encoding)
        if line.format != "jsonl":
            return read_unit(Source(line.document, path), options)
        source = self._rows.find(path, line, options)
        if source is None:
            raise SourceError(line.document, "check", "it is not in the file any more", "Run `extract run` again.")
        return read_unit(source, options)

    def _check_ids(self, path: Path) -> None:
        """Tells of ids that stand twice. Few do, so that the file is read again where one does."""
        ids = np.sort(np.frombuffer(self._ids, dtype="uint64")) if self._ids else np.zeros(0)
        twice = set(ids[:-1][ids[1:] == ids[:-1]].tolist())
        seen: set[str] = set()
        for number, line in each_line(path) if twice else ():
            if isinstance(line, dict) and int(str(line.get("id"))[2:] or "0", 16) in twice:
                if line["id"] in seen:
                    self._fail(RECORDS, number, line["id"], "another record has the same id")
                seen.add(line["id"])


class _Rows:
    """The records of JSON Lines files, found in the order in which they stand."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._rows: Iterator[Source | SourceError] = iter(())
        self._returns = 0

    def find(self, path: Path, line: DocumentLine, options: ReadOptions) -> Source | None:
        """The row of a document; None if it is not in the file. Raises SourceError where the file cannot be read."""
        name = line.document.removesuffix(f"#{line.metadata.get('record', '')}")
        if path != self._path:
            self._path, self._returns = path, 0
            self._rows = split_source(Source(name, path), options)
        found = self._next(line.document)
        if found is None and self._returns < 2:  # the lines are not in the order of the file
            self._returns += 1
            self._rows = split_source(Source(name, path), options)
            found = self._next(line.document)
        return found

    def _next(self, name: str) -> Source | None:
        return next((row for row in self._rows if isinstance(row, Source) and row.name == name), None)


def _reading(options: Mapping[str, Any]) -> ReadOptions:
    """How the run read its sources, as far as the manifest says something that can be meant."""
    most = options.get("max_bytes")
    text, name = (field if isinstance(field, str) else None for field in (options.get("text_field"), options.get("id_field")))
    return ReadOptions(None, None, most if isinstance(most, int) and most > 0 else MAX_BYTES, text, name)


def _is_under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


class _Prover:
    """Proves the records of one document, each in a time that does not grow with the document."""

    def __init__(self, source: Document) -> None:
        self._source = source
        self._breaks = [found.start() for found in re.finditer("\n", source.source_text)]
        self._offsets = source.offsets.from_source()

    def faults(self, record: Record) -> Iterator[str]:
        """What does not hold."""
        place, sentence = record.source, record.source.sentence
        if self._source.source_text[place.start : place.end] != place.quote:
            yield "the source has other words there"
        if self._visible(place.start, place.end) != record.text:
            yield "the visible text is another"
        if self._visible(sentence.start, sentence.end) != sentence.text:
            yield "the sentence is another"
        if bisect_left(self._breaks, place.start) + 1 != place.line:
            yield "it stands on another line"
        if self._source.sha256 != place.sha256:
            yield "the source has changed (its SHA-256 is another)"

    def _visible(self, start: int, end: int) -> str | None:
        span = self._offsets(start, end)
        return self._source.text[slice(*span)] if span else None


def _entities_of(record: Record) -> list[str]:
    value = record.value
    owners = [getattr(value, "subject", None), *getattr(value, "party", ())]
    entities = [getattr(value, "entity", None), *(owner.entity for owner in owners if owner)]
    return [entity for entity in entities if entity]

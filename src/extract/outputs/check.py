"""The proof of an output folder: every line against its schema, every record against its source."""

from __future__ import annotations

import re
import tempfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from pydantic import ValidationError

from extract.disk import is_file, read_regular
from extract.errors import RecordError, SourceError
from extract.outputs.files import each_line, open_lines, open_seekable, parse_line, schema_message, sha256_of
from extract.outputs.layout import AUDIT, DOCUMENTS, ENTITIES, FAILURES, MANIFEST, NAMES, PACKED, RECORDS, REVIEW, TEXTS, current
from extract.outputs.sources import Sources
from extract.records.record import LINES, DocumentLine, Line, Manifest, Record
from extract.sources.document import Document
from extract.sources.remote import is_address

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
    """What a check came to. `unproved` are the documents whose source is not there to be opened (standard input).

    `texts_only` are those whose kept text proves their records, while their file is not there to be compared (remote files).
    """

    records: int = 0
    documents: int = 0
    problems: list[Problem] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    texts_only: list[str] = field(default_factory=list)


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
        self._ids = _Ids()
        self._lost: dict[str, list[tuple[int, str, int]]] = defaultdict(list)  # by the reason: line, document, records
        self._roots = sources
        self._sources = Sources(folder, None, sources)

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
        for file in (REVIEW, FAILURES, *(file for file in (TEXTS, AUDIT) if is_file(files[file]))):
            for _ in self._lines(file, files[file]):  # reading them is the check
                pass
        with open_seekable(files[DOCUMENTS]) as documents:
            records = ((number, line) for number, _, line in self._lines(RECORDS, files[RECORDS]))
            for name, group in groupby(records, key=lambda item: item[1].source.document):
                self._check_document(name, list(group), documents)
        self._tell_lost()
        self._check_ids(files[RECORDS])
        return self._proof

    def _check_manifest(self, files: Mapping[str, Path]) -> None:
        try:
            manifest = Manifest.model_validate_json(read_regular(files[MANIFEST], 1 << 26, follow=False))
        except OSError as error:
            self._fail(MANIFEST, 1, "", f"cannot be read ({error.strerror}): the run did not end, or it was removed")
        except ValidationError as error:
            self._fail(MANIFEST, 1, "", schema_message(error))
        else:
            self._sources = Sources(self._folder, manifest, self._roots)
            for file, sha256 in manifest.files.items():
                path = files.get(file.removesuffix(PACKED))
                if file not in NAMES or path is None or path.name != file or sha256_of(path) != sha256:
                    self._fail(MANIFEST, 1, file, "the file is not as the run wrote it (its SHA-256 is another)")

    def _lines(self, file: str, path: Path) -> Iterator[tuple[int, int, Any]]:
        """The lines that fit their schema, with their numbers and where they begin; the others become problems."""
        model: type[Line] = LINES[file]
        start = 0
        with open_lines(path, follow=False) as stream:
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
        if source:
            self._prove(source, name, records)
        ids = {record.id for _, record in records}
        for number, record in records:
            self._ids.add(int(record.id[2:], 16))
            for entity in _entities_of(record):
                if entity not in self._entities:
                    self._fail(RECORDS, number, record.id, f"{ENTITIES} has no entity {entity}")
            for origin in record.origin.inferred_from or ():
                if origin not in ids:
                    self._fail(RECORDS, number, record.id, f"inferred from {origin}, which is no record of its document")

    def _prove(self, source: Document, name: str, records: list[tuple[int, Record]]) -> None:
        """Proves the records of a document; what does not hold of all of them is told once."""
        prover = Prover(source)
        found: dict[str, list[tuple[int, Record]]] = defaultdict(list)
        for number, record in records:
            for message in prover.faults(record):
                found[message].append((number, record))
        for message, where in found.items():
            if len(where) == len(records) > 1:
                self._fail(DOCUMENTS, self._documents[name][0], name, f"of all its {len(records)} records: {message}")
            else:
                for number, record in where:
                    self._fail(RECORDS, number, record.id, message)

    def _open(self, name: str, records: list[tuple[int, Record]], documents: BinaryIO) -> Document | None:
        if name not in self._documents:
            self._fail(RECORDS, records[0][0], records[0][1].id, f"{DOCUMENTS} has no line for {name!r}")
            return None
        number, start = self._documents[name]
        documents.seek(start)
        line = DocumentLine.model_validate_json(documents.readline(_LONGEST_LINE))
        if sum(line.records.values()) != len(records):
            self._fail(DOCUMENTS, number, name, f"counts {sum(line.records.values())} records, {RECORDS} has {len(records)}")
        is_here = line.path is not None and not is_address(line.path)
        if not is_here:
            (self._proof.texts_only if line.kept else self._proof.unproved).append(name)
        if not is_here and not line.kept:
            return None
        try:
            document = self._sources.open(line).plain()
            sha256 = self._sources.sha256(line) if line.kept and is_here else document.sha256
        except SourceError as error:
            self._lost[f"{error.message}. {error.hint}"].append((number, name, len(records)))
            return None
        if sha256 != line.sha256:
            self._fail(DOCUMENTS, number, name, "the source has changed (its SHA-256 is another)")
        return replace(document, sha256=sha256)

    def _tell_lost(self) -> None:
        """Tells of the sources that cannot be opened, once for each reason."""
        for reason, lost in self._lost.items():
            number, name, _ = lost[0]
            documents = f"{name} and {len(lost) - 1} more" if lost[1:] else name
            count = sum(records for _, _, records in lost)
            self._fail(DOCUMENTS, number, documents, f"the source of {count} records cannot be opened: {reason}")

    def _check_ids(self, path: Path) -> None:
        """Tells of ids that stand twice. Few do, so that the file is read again where one does."""
        twice = self._ids.twice()
        seen: set[str] = set()
        for number, line in each_line(path) if twice else ():
            if isinstance(line, dict) and int(str(line.get("id"))[2:] or "0", 16) in twice:
                if line["id"] in seen:
                    self._fail(RECORDS, number, line["id"], "another record has the same id")
                seen.add(line["id"])


class _Ids:
    """The ids of all records, in files by their first digit: there may be very many, and memory holds those of one file."""

    def __init__(self) -> None:
        self._files = [tempfile.TemporaryFile() for _ in range(16)]  # noqa: SIM115 - they live as long as the object

    def add(self, number: int) -> None:
        """Adds an id of 64 bits. Raises OSError where there is no room."""
        self._files[number >> 60].write(number.to_bytes(8))

    def twice(self) -> set[int]:
        """Those that were added more than once."""
        found: set[int] = set()
        for file in self._files:
            file.seek(0)
            ids = np.frombuffer(bytearray(file.read()), dtype=">u8")
            ids.sort()
            found.update(ids[:-1][ids[1:] == ids[:-1]].tolist())
        return found


class Prover:
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
        if place.sha256 and self._source.sha256 != place.sha256:
            yield "the source has changed (its SHA-256 is another)"

    def _visible(self, start: int, end: int) -> str | None:
        span = self._offsets(start, end)
        return self._source.text[slice(*span)] if span else None


def _entities_of(record: Record) -> list[str]:
    value = record.value
    owners = [getattr(value, "subject", None), *getattr(value, "party", ())]
    entities = [getattr(value, "entity", None), *(owner.entity for owner in owners if owner)]
    return [entity for entity in entities if entity]

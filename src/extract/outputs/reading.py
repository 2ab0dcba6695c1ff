"""An output folder, read back: its lines as models, its documents side by side with their records, its sources opened again.

Whatever is made of a folder (exports, the page, a diff, the ledger) is made of this. A line that does not fit its schema is an
error that names it; nothing is kept in memory beyond one document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pydantic import ValidationError

from extract.disk import is_file, read_regular
from extract.errors import RecordError, SourceError
from extract.normalise.dates import read_day
from extract.outputs.files import read_models
from extract.outputs.layout import AUDIT, DOCUMENTS, ENTITIES, FAILURES, MANIFEST, RECORDS, REVIEW, current
from extract.outputs.sources import Sources
from extract.records.record import AuditLine, DocumentLine, EntityLine, FailureLine, Manifest, Record, ReviewLine
from extract.sources.document import Block, Document, OffsetMap


@dataclass(frozen=True, slots=True)
class Told:
    """A document and what was found in it; `source` is the document read again, or why it cannot be."""

    line: DocumentLine
    records: list[Record]
    source: Document | SourceError

    @property
    def published(self) -> str | None:
        """The ISO day that the document's metadata give for it."""
        return published_day(self.line)


class Output:
    """An output folder. Raises RecordError for a folder, a file or a line that is not what it should be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not is_file(current(folder, DOCUMENTS)):
            raise RecordError(f"{folder / DOCUMENTS}: no such file. Run `extract run` first, or name its output folder.")

    def manifest(self) -> Manifest:
        """What the run was."""
        try:
            return Manifest.model_validate_json(read_regular(current(self.folder, MANIFEST), 1 << 26, follow=False))
        except (OSError, ValidationError) as error:
            raise RecordError(f"{self.folder / MANIFEST}: not a manifest. Run `extract run` again.") from error

    def records(self) -> Iterator[Record]:
        """The lines of `records.jsonl`."""
        return read_models(current(self.folder, RECORDS), Record)

    def documents(self) -> Iterator[DocumentLine]:
        """The lines of `documents.jsonl`."""
        return read_models(current(self.folder, DOCUMENTS), DocumentLine)

    def entities(self) -> Iterator[EntityLine]:
        """The lines of `entities.jsonl`."""
        return read_models(current(self.folder, ENTITIES), EntityLine)

    def review(self) -> Iterator[ReviewLine]:
        """The lines of `review.jsonl`."""
        return read_models(current(self.folder, REVIEW), ReviewLine)

    def failures(self) -> Iterator[FailureLine]:
        """The lines of `failures.jsonl`."""
        return read_models(current(self.folder, FAILURES), FailureLine)

    def audit(self) -> Iterator[AuditLine]:
        """The lines of `audit.jsonl`; none before `extract audit`."""
        path = current(self.folder, AUDIT)
        return read_models(path, AuditLine) if is_file(path) else iter(())

    def by_document(self) -> Iterator[tuple[DocumentLine, list[Record]]]:
        """Each document with its records, in the order of both files, which is the same."""
        groups = groupby(self.records(), key=lambda record: record.source.document)
        name, group = next(groups, (None, iter(())))
        for line in self.documents():
            if line.document != name:
                yield line, []
                continue
            yield line, list(group)
            name, group = next(groups, (None, iter(())))
        if name is not None:
            raise RecordError(
                f"{self.folder / RECORDS}: {DOCUMENTS} has no line for {name!r} in that place. Run `extract run` again."
            )

    def told(self) -> Iterator[Told]:
        """Each document with its records and its source, opened again and seen to be the same."""
        sources = Sources(self.folder, self.manifest())
        for line, records in self.by_document():
            yield Told(line, records, _source(sources, line))


def _source(sources: Sources, line: DocumentLine) -> Document | SourceError:
    try:
        document = sources.open(line)
    except SourceError as error:
        return error
    if document.sha256 != line.sha256:
        return SourceError(line.document, "open", "the source has changed", "Run `extract run` again.")
    return document


def published_day(line: DocumentLine) -> str | None:
    """The ISO day that a document's metadata give for it, None where they give none that is known to the day."""
    stated = line.metadata.get("published")
    point = read_day(stated) if isinstance(stated, str) else None
    day = point.date() if point else None
    return day.isoformat() if day else None


def visible_spans(document: Document, records: Iterable[Record]) -> list[tuple[int, int]]:
    """The spans of records in `document.text`. Raises RecordError where nothing of one is visible."""
    offsets = document.offsets.from_source()
    spans = [(record, offsets(record.source.start, record.source.end)) for record in records]
    for record, span in spans:
        if span is None:
            raise RecordError(f"{document.name}: nothing is visible of {record.id}. Run `extract check`.")
    return [span for _, span in spans if span]


def sentences_only(line: DocumentLine, records: list[Record]) -> Document:
    """A stand-in for a source that is not there: the sentences that its records quote, one a line.

    Its source offsets lead nowhere outside of these sentences; inside they are exact where the sentence has no markup.
    """
    sentences = {record.source.sentence.start: record.source.sentence for record in records}
    text, runs, blocks = "", list[tuple[int, int, int]](), list[Block]()
    for start, sentence in sorted(sentences.items()):
        if text:
            runs.append((len(text), start, -1))
            text += "\n"
        runs.append((len(text), start, 0))
        blocks.append(Block("paragraph", len(text), len(text) + len(sentence.text)))
        text += sentence.text
    starts, sources, widths = (tuple(run[column] for run in runs) for column in range(3))
    offsets = OffsetMap(starts, sources, widths, len(text))
    return Document(
        line.document, line.sha256, line.format, line.encoding, line.size, text, text, offsets, tuple(blocks), line.title
    )


class CodeUnits:
    """Leads from code points of a text to UTF-16 code units, as JavaScript and doccano count, and back."""

    def __init__(self, text: str) -> None:
        self._wide = [position for position, character in enumerate(text) if character > "\uffff"]
        self._units = [position + number for number, position in enumerate(self._wide)]

    def of(self, position: int) -> int:
        """The code unit at which the code point stands."""
        return position + bisect_left(self._wide, position)

    def back(self, unit: int) -> int:
        """The code point that stands at a code unit, or in whose middle it is."""
        return unit - bisect_left(self._units, unit)

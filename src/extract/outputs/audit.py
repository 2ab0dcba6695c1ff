"""The audit of an output folder: what its figures say against each other, document by document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from extract.outputs.files import read_lines
from extract.outputs.folder import write_audit
from extract.outputs.layout import RECORDS, current
from extract.records.audit import audit_document
from extract.records.record import AuditLine, Record


def audit_output(folder: Path) -> list[AuditLine]:
    """Audits the records of an output folder and writes `audit.jsonl` beside them. Raises RecordError without records."""
    lines = list(_audit(folder))
    write_audit(folder, lines)
    return lines


def _audit(folder: Path) -> Iterator[AuditLine]:
    records = (Record.model_validate(line) for _, line in read_lines(current(folder, RECORDS), Record))
    for _, group in groupby(records, key=lambda record: record.source.document):
        yield from audit_document(list(group))

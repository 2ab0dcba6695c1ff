"""The audit of an output folder: what its figures say against each other, document by document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from extract.outputs.files import read_models
from extract.outputs.folder import write_audit
from extract.outputs.layout import RECORDS, current
from extract.records.audit import compare_document
from extract.records.record import AuditLine, Record


class Audited(NamedTuple):
    """The contradictions of an output folder, and how many figures or sums of figures were compared."""

    lines: list[AuditLine]
    compared: int


def audit_output(folder: Path) -> Audited:
    """Audits the records of an output folder and writes `audit.jsonl` beside them. Raises RecordError without records."""
    compared = list(_audit(folder))
    lines = [line for line in compared if line]
    write_audit(folder, lines)
    return Audited(lines, len(compared))


def _audit(folder: Path) -> Iterator[AuditLine | None]:
    records = read_models(current(folder, RECORDS), Record)
    for _, group in groupby(records, key=lambda record: record.source.document):
        yield from compare_document(list(group))

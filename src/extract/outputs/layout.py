"""What stands in an output folder, and where."""

from __future__ import annotations

from pathlib import Path

from extract.disk import is_file, is_folder

RECORDS = "records.jsonl"
ENTITIES = "entities.jsonl"
REVIEW = "review.jsonl"
DOCUMENTS = "documents.jsonl"
FAILURES = "failures.jsonl"
MANIFEST = "manifest.json"
FILES = (RECORDS, ENTITIES, REVIEW, DOCUMENTS, FAILURES, MANIFEST)
"""What a run writes, in the order in which it takes its place."""

TEXTS = "texts.jsonl"
"""The texts of files that were converted, written too if there are any."""

AUDIT = "audit.jsonl"
STATE = ".extract-state.sqlite"
"""What the map stage made, for the next run; nothing else needs it."""

COMMIT = ".extract-commit"
"""A folder with the files of a run that was committed, on their way to their places."""


def current(folder: Path, file: str) -> Path:
    """Where a file of the folder stands: in its place, or on the way there."""
    coming = folder / COMMIT
    if is_folder(coming) and (file == AUDIT or is_file(coming / file)):
        return coming / file
    return folder / file

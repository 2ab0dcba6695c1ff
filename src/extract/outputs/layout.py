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
"""The texts of files that were converted; a run without any leaves none."""

PACKED = ".zst"
"""What the names of files of lines end in where `--compress` packed them with Zstandard."""

AUDIT = "audit.jsonl"
STATE = ".extract-state.sqlite"
"""What the map stage made, for the next run; nothing else needs it."""

COMMIT = ".extract-commit"
"""A folder with the files of a run that was committed, on their way to their places."""


def ways(file: str) -> tuple[str, ...]:
    """The names under which a file may stand: as it is, or packed."""
    return (file,) if file == MANIFEST else (file, file + PACKED)


NAMES = tuple(name for file in (TEXTS, *FILES) for name in ways(file))
"""All names of files that a run may write."""


def current(folder: Path, file: str) -> Path:
    """Where a file of the folder stands: in its place, or on the way there; as it is, or packed."""
    coming = folder / COMMIT
    if is_folder(coming):
        if file == AUDIT:
            return coming / file
        for name in ways(file):
            if is_file(coming / name):
                return coming / name
    return next((folder / name for name in ways(file) if is_file(folder / name)), folder / file)

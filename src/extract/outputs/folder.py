"""An output folder: what stands in it, written so that it is always whole, and nothing beside it is touched.

A run writes its files into a new folder inside, and commits it by renaming that to `.extract-commit`; then the files move to
their places. Whoever is interrupted in between has not lost anything: readers look into `.extract-commit` first (`current`), and
the next writer moves what is left.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extract.disk import is_file, is_folder, locked, new_file, part_of, read_regular, remove_parts, sync_folder
from extract.errors import UsageError
from extract.outputs.earlier import FINISHED, Earlier
from extract.outputs.files import new_lines, sha256_of, write_json, write_lines
from extract.outputs.layout import (
    AUDIT,
    COMMIT,
    DOCUMENTS,
    ENTITIES,
    FAILURES,
    FILES,
    MANIFEST,
    NAMES,
    PACKED,
    RECORDS,
    REVIEW,
    STATE,
    TEXTS,
    ways,
)
from extract.records.record import SCHEMA_VERSION, Line, Manifest
from extract.run.extraction import Extraction, Reach
from extract.run.state import State


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What the manifest says of the run itself: fingerprints and options."""

    version: str
    rules: str
    model: str
    options: Mapping[str, Any]
    rule_files: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """An output folder that nobody else writes to meanwhile, made if need be, with what an earlier run left put in order.

    Raises UsageError where it cannot be written, before there is work to lose.
    """
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder))
            _put_in_order(folder)
        except BlockingIOError as error:
            raise UsageError(f"{folder}: another run is writing into this folder; wait for it, or name another") from error
        except OSError as error:
            raise UsageError(f"{folder}: no folder that can be written ({error.strerror}); name another with --output") from error
        yield


def _put_in_order(folder: Path) -> None:
    for file in (*NAMES, AUDIT, STATE):
        if is_folder(folder / file):
            raise UsageError(f"{folder / file}: a folder stands where a file is to be written; remove it")
    _finish_commit(folder)
    remove_parts(folder, NAMES)
    trial = part_of(folder)
    with new_file(trial):
        pass
    trial.unlink()


def write_output(
    extraction: Extraction, folder: Path, info: RunInfo, compress: bool = False, state: State | None = None
) -> dict[str, int]:
    """Writes all files of an output folder (`compress`: packed); they appear together, when all are whole. Gives the counts.

    `state` keeps where documents stand, so that those which come out as before are copied.
    Raises OSError where they cannot be written; the files of the run before are then still there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _finish_commit(folder)
    part = part_of(folder)
    part.mkdir()
    try:
        counts = _write_files(extraction, folder, part, info, compress, state)
        sync_folder(part)
        part.rename(folder / COMMIT)
    except BaseException:
        remove_parts(folder, NAMES)
        raise
    sync_folder(folder)
    _finish_commit(folder)
    return counts


def write_audit(folder: Path, lines: Iterable[Line]) -> None:
    """Writes `audit.jsonl` into an output folder."""
    with writing_to(folder):
        part = part_of(folder)
        write_lines(part, (line.as_line() for line in lines))
        part.replace(folder / AUDIT)


def written_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder whose files are all as the run wrote them, None of any other."""
    try:
        manifest = Manifest.model_validate_json(read_regular(folder / MANIFEST, 1 << 26, follow=False))
    except (ValidationError, OSError):
        return None
    if {name.removesuffix(PACKED) for name in manifest.files} - {TEXTS} != set(FILES) - {MANIFEST}:
        return None
    return manifest if all(sha256_of(folder / file) == sha256 for file, sha256 in manifest.files.items()) else None


def _finish_commit(folder: Path) -> None:
    """Moves the files of a run that was committed to their places."""
    coming = folder / COMMIT
    if not os.path.lexists(coming):
        return
    if not is_folder(coming):
        coming.unlink()
        return
    (folder / AUDIT).unlink(missing_ok=True)  # it spoke of the records that were here before
    for file in (TEXTS, *FILES):
        for name in ways(file):
            if is_file(coming / name):
                for other in set(ways(file)) - {name}:
                    (folder / other).unlink(missing_ok=True)
                (coming / name).replace(folder / name)
                if file == TEXTS and not (folder / name).stat().st_size:
                    (folder / name).unlink()
            else:
                (coming / name).unlink(missing_ok=True)
    try:
        coming.rmdir()
    except OSError as error:
        raise UsageError(f"{coming}: there is something in it that no run put there; remove it") from error
    sync_folder(folder)


def _write_files(
    extraction: Extraction, folder: Path, part: Path, info: RunInfo, compress: bool, state: State | None
) -> dict[str, int]:
    paths = {file: part / ways(file)[compress] for file in FILES if file != MANIFEST}
    paths[TEXTS] = part / ways(TEXTS)[compress]
    with ExitStack() as stack:
        earlier = stack.enter_context(Earlier(state, folder)) if state and not compress else None
        documents, records, texts = (stack.enter_context(new_lines(paths[file])) for file in FINISHED)
        for document in extraction.documents(reaching(folder), *([earlier.find] if earlier else [])):
            if earlier:
                earlier.keep(document, [new.size for new in (documents, records, texts)])
            for new, lines in zip((documents, records, texts), document.finished.parts, strict=True):
                if lines:
                    new.write(lines)
    failures = sorted(extraction.failures, key=lambda line: (line.document, line.finder or ""))
    entities, entity_count = write_lines(paths[ENTITIES], extraction.entity_lines())
    review, review_count = write_lines(paths[REVIEW], extraction.review_lines())
    written = {
        RECORDS: records.sha256,
        ENTITIES: entities,
        REVIEW: review,
        DOCUMENTS: documents.sha256,
        FAILURES: write_lines(paths[FAILURES], (line.as_line() for line in failures))[0],
        **({TEXTS: texts.sha256} if texts.size else {}),
    }
    if not texts.size:  # an empty file tells the commit to remove those of the run before
        paths[TEXTS].unlink()
        write_lines(part / TEXTS, ())
    counts = extraction.counts(entity_count, review_count)
    manifest = Manifest(
        version=info.version,
        schema_version=SCHEMA_VERSION,
        rules=info.rules,
        model=info.model,
        options=dict(info.options),
        counts=counts,
        files={paths[file].name: sha256 for file, sha256 in written.items()},
        sources=tuple(sorted({path_from(folder, path) or "" for path in extraction.sources})),
        rule_files=dict(info.rule_files),
    )
    write_json(part / MANIFEST, manifest.as_json())
    return counts


def reaching(folder: Path) -> Reach:
    """How files are reached from a folder: as `path_from` tells, which looks at each of their folders once."""
    above = lru_cache(256)(partial(path_from, folder))

    @lru_cache(1)  # many rows of one file come one after the other
    def reach(path: Path | str | None) -> str | None:
        if not isinstance(path, Path) or not path.name.isascii() or path.name in ("", "..") or path.is_symlink():
            return path_from(folder, path)
        before = above(path.parent)
        return before and (path.name if before == "." else posixpath.join(before, path.name))

    return reach


def path_from(folder: Path, path: Path | str | None) -> str | None:
    """How a path is reached from a folder, with `/`; None for what cannot be written. An address stays, without passwords."""
    if path is None or isinstance(path, str):
        return path and re.sub(r"://[^/@]*@", "://", path)
    real = os.path.realpath(path)
    try:
        told = Path(os.path.relpath(real, os.path.realpath(folder))).as_posix()
    except ValueError:  # another drive, on Windows
        told = Path(real).as_posix()
    try:
        told.encode()
    except UnicodeEncodeError:
        return None
    return told

"""The sources of an output folder, opened again: only files that the run was told to read, and as it read them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.errors import SourceError
from extract.records.record import DocumentLine, Manifest
from extract.sources import MAX_BYTES, ROWS, HtmlPart, ReadOptions, Source, read_unit, split_source
from extract.sources.document import Document


class Sources:
    """Opens the documents of a folder again; those of one file cost one reading of it if they come in its order."""

    def __init__(self, folder: Path, manifest: Manifest | None, named: Sequence[Path] | None = None) -> None:
        """Only files under `named` are opened; None: those that the manifest names."""
        before = [folder / source for source in manifest.sources] if manifest else []
        self._folder = folder
        self._before = [os.path.abspath(path) for path in before]  # noqa: PTH100 - the links stay
        self._roots = [os.path.realpath(path) for path in (before if named is None else named)]
        self._reading = _reading(manifest.options) if manifest else ReadOptions()
        self._rows = _Rows()

    def open(self, line: DocumentLine) -> Document:
        """The document of a line, from a file that the sources of the run cover. Raises SourceError."""
        if line.path is None:
            raise SourceError(line.document, "open", "it was read from standard input", "Nothing to be done.")
        path = self._moved(self._folder / line.path)
        own, place = os.path.realpath(self._folder), os.path.abspath(path)  # noqa: PTH100 - the links stay
        if _is_under(place, own) or not any(
            _is_under(place, root) or _is_under(os.path.realpath(place), root) for root in self._roots
        ):
            hint = "Name them: extract check OUTPUT SOURCES."
            raise SourceError(line.document, "check", "it is not under the sources of the run", hint)
        options = replace(self._reading, format=line.format, encoding=line.encoding)
        if line.format not in ROWS:
            return read_unit(Source(line.document, path), options)
        source = self._rows.find(path, line, options)
        if source is None:
            raise SourceError(line.document, "check", "it is not in the file any more", "Run `extract run` again.")
        return read_unit(source, options)

    def _moved(self, path: Path) -> Path:
        """The path; of a file that is gone the one that stands to the sources of now as it stood to those of the run."""
        if path.exists():
            return path
        tails = [os.path.relpath(path, root) for root in self._before if _is_under(os.path.abspath(path), root)]  # noqa: PTH100
        places = (Path(root, end) for tail in tails for root in self._roots for end in (tail, *([path.name] * (tail == "."))))
        return next((place for place in places if place.is_file()), path)


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
    part: HtmlPart = "whole" if options.get("html") == "whole" else "article"
    return ReadOptions(None, None, most if isinstance(most, int) and most > 0 else MAX_BYTES, text, name, part)


def _is_under(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)

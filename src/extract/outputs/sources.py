"""The sources of an output folder, opened again: only files that the run was told to read, and as it read them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.errors import SourceError
from extract.outputs.files import KeptTexts
from extract.outputs.layout import TEXTS, current
from extract.records.record import DocumentLine, Manifest
from extract.sources import MAX_BYTES, HtmlPart, ReadOptions, Source, load, read_kept, read_unit, split_source
from extract.sources.converted import Converted
from extract.sources.document import Document
from extract.sources.zipped import member_at


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
        self._texts = KeptTexts(current(folder, TEXTS))

    def open(self, line: DocumentLine) -> Document:
        """The document of a line: read from the text that is kept of it, else from its file. Raises SourceError."""
        if line.kept is None:
            found = self._found(line)
            return read_unit(found, self._options(line))
        made = Converted(self._texts.text(line), line.kept.format, line.title, line.metadata)
        return read_kept(line.document, made, line.format, line.sha256, line.size)

    def sha256(self, line: DocumentLine) -> str:
        """The SHA-256 (hex) of the bytes of a document as they are now. Raises SourceError."""
        return hashlib.sha256(load(self._found(line), self._reading.max_bytes).data or b"").hexdigest()

    def _options(self, line: DocumentLine) -> ReadOptions:
        return replace(self._reading, format=line.format, encoding=line.encoding)

    def _found(self, line: DocumentLine) -> Source:
        """Where a document stands, in a file that the sources of the run cover. Raises SourceError."""
        if line.path is None:
            raise SourceError(line.document, "open", "it was read from standard input", "Nothing to be done.")
        path = self._moved(self._folder / line.path)
        own, place = os.path.realpath(self._folder), os.path.abspath(path)  # noqa: PTH100 - the links stay
        if _is_under(place, own) or not any(
            _is_under(place, root) or _is_under(os.path.realpath(place), root) for root in self._roots
        ):
            hint = "Name them: `extract check OUTPUT SOURCES`."
            raise SourceError(line.document, "check", "it is not under the sources of the run", hint)
        if not os.path.lexists(path):
            raise SourceError(line.document, "check", "its file is gone", "Where it moved to: `extract check OUTPUT SOURCES`.")
        place = f"#{line.metadata.get('record')}"
        if not line.document.endswith(place):
            return Source(line.document, path)
        whole = Source(line.document.removesuffix(place), path)
        source = self._rows.find(member_at(whole, place[1:]) or whole, line.document, self._options(line))
        if source is None:
            raise SourceError(line.document, "check", "it is not in the file any more", "Run `extract run` again.")
        return source

    def _moved(self, path: Path) -> Path:
        """The path; of a file that is gone the one that stands to the sources of now as it stood to those of the run."""
        if path.exists():
            return path
        tails = [os.path.relpath(path, root) for root in self._before if _is_under(os.path.abspath(path), root)]  # noqa: PTH100
        places = (Path(root, end) for tail in tails for root in self._roots for end in (tail, *([path.name] * (tail == "."))))
        return next((place for place in places if place.is_file()), path)


class _Rows:
    """The records of files, found in the order in which they stand."""

    def __init__(self) -> None:
        self._source: Source | None = None
        self._rows: Iterator[Source | SourceError] = iter(())
        self._returns = 0

    def find(self, source: Source, name: str, options: ReadOptions) -> Source | None:
        """The row of a name; None if it is not in the file. Raises SourceError where the file cannot be read."""
        if source.name == name:
            return source
        if source != self._source:
            self._source, self._returns = source, 0
            self._rows = split_source(source, options)
        found = self._next(name)
        if found is None and self._returns < 2:  # the lines are not in the order of the file
            self._returns += 1
            self._rows = split_source(source, options)
            found = self._next(name)
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

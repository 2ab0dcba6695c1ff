"""From a source to documents: bytes, characters, format, view."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extract.errors import SourceError
from extract.sources.decode import decode
from extract.sources.document import Document
from extract.sources.find import Source
from extract.sources.html import read_html
from extract.sources.json_lines import JsonRecord, read_json_lines
from extract.sources.markdown import read_markdown
from extract.sources.plain import read_plain
from extract.sources.recognise import recognise_format
from extract.sources.view import View
from extract.sources.wiki_export import read_wiki_export
from extract.sources.wikitext import read_wikitext

MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class _Read:
    title: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


Reader = Callable[[View, str], _Read]

READERS: Mapping[str, Reader] = {
    "text": lambda view, source: _Read(read_plain(view, source)),
    "wiki-export": lambda view, source: _Read(read_wiki_export(view, source)),
    "wikitext": lambda view, source: _Read(read_wikitext(view, source)),
    "markdown": lambda view, source: _Read(*read_markdown(view, source)),
    "html": lambda view, source: _Read(*read_html(view, source)),
    "html-whole": lambda view, source: _Read(*read_html(view, source, whole=True)),
}
FORMATS = (*READERS, "jsonl")


def read_source(
    source: Source,
    *,
    format: str | None = None,
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
    text_field: str | None = None,
    id_field: str | None = None,
) -> Iterator[Document | SourceError]:
    """The document of a source, or for JSON Lines one for each record; a bad record comes as a SourceError among them.

    Raises SourceError where the source as a whole cannot be read.
    """
    _check_format(source.name, format)
    data = _load(source, max_bytes)
    text, used = decode(source.name, data, encoding)
    kind = format or recognise_format(source.name, text)
    sha256 = hashlib.sha256(data).hexdigest()
    if kind != "jsonl":
        yield _document(source.name, text, kind, sha256=sha256, encoding=used, size=len(data))
        return
    for record in read_json_lines(source.name, text, text_field, id_field):
        if isinstance(record, SourceError):
            yield record
        else:
            yield _record_document(source.name, record, sha256, used)


def read_string(text: str, name: str = "text", format: str | None = None, metadata: Mapping[str, Any] | None = None) -> Document:
    """The document of a string; its offsets count in the string.

    `metadata` is added to what the text says of itself; `published`, an ISO day, is what `yesterday` counts from.
    Raises SourceError where there is nothing to read.
    """
    _check_format(name, format)
    data = text.encode("utf-8", "surrogatepass")
    if not text.strip():
        raise SourceError(name, "read", "the text is empty", "Give some text.")
    kind = format or recognise_format(name, text)
    sha256 = hashlib.sha256(data).hexdigest()
    document = _document(name, text, "text" if kind == "jsonl" else kind, sha256=sha256, encoding="utf-8", size=len(data))
    return replace(document, metadata={**document.metadata, **(metadata or {})})


def _check_format(name: str, format: str | None) -> None:
    if format is not None and format not in FORMATS:
        raise SourceError(name, "read", f"unknown format {format!r}", f"There are {', '.join(FORMATS)}.")


def _load(source: Source, max_bytes: int) -> bytes:
    if source.data is not None or source.path is None:
        return source.data or b""
    try:
        size = source.path.stat().st_size
        if size > max_bytes:
            raise SourceError(
                source.name, "read", f"{size} bytes, more than {max_bytes}", "Raise the limit with --max-bytes, or split it."
            )
        return source.path.read_bytes()
    except OSError as error:
        raise SourceError(
            source.name, "read", f"cannot be read ({error.strerror})", "Look at the path and its permissions."
        ) from error


def _document(name: str, text: str, kind: str, **facts: Any) -> Document:
    view = View(text)
    try:
        read = READERS[kind](view, text)
    except RecursionError as error:
        raise SourceError(name, "parse", f"{kind} nested too deeply", "Try --format text.") from error
    shown, offsets, blocks, marks = view.finish()
    if not blocks:
        raise SourceError(name, "parse", f"nothing to see in it, read as {kind}", "Force another format with --format.")
    metadata = {key: _plain(value) for key, value in read.metadata.items()}
    if "date" in metadata:
        metadata.setdefault("published", metadata["date"])
    return Document(
        name=name,
        format=kind,
        source_text=text,
        text=shown,
        offsets=offsets,
        blocks=blocks,
        marks=marks,
        title=read.title,
        metadata=metadata,
        warnings=read.warnings,
        **facts,
    )


def _record_document(name: str, record: JsonRecord, sha256: str, encoding: str) -> Document | SourceError:
    """A record's document: its offsets count in its text field."""
    own = f"{name}#{record.id}"
    kind = recognise_format("", record.text)
    try:
        inner = _document(
            own, record.text, "text" if kind == "jsonl" else kind, sha256=sha256, encoding=encoding, size=len(record.text)
        )
    except SourceError as error:
        return error
    metadata = {**inner.metadata, **{key: _plain(value) for key, value in record.metadata.items()}, "record": record.id}
    warnings = (*record.warnings, *inner.warnings)
    return replace(inner, format="jsonl", title=record.title or inner.title, metadata=metadata, warnings=warnings)


def _plain(value: Any) -> Any:
    """Metadata as JSON can hold it: dates in ISO form, keys as strings."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)

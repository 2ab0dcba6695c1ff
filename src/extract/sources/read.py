"""From a source to documents: bytes, characters, format, view."""

from __future__ import annotations

import codecs
import datetime
import hashlib
import io
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, BinaryIO, Literal

from extract.disk import open_regular
from extract.errors import SourceError
from extract.sources import dump, separated
from extract.sources.characters import bounded_references
from extract.sources.decode import decode, wanted_encoding
from extract.sources.document import Document
from extract.sources.find import Row, Source
from extract.sources.json_lines import JsonOptions, may_be_one_value, one_value, read_row, split_rows
from extract.sources.packed import inner_name, is_packed, unpacked
from extract.sources.recognise import recognise_format
from extract.sources.unread import check_bytes, check_name
from extract.sources.view import View

MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class _Read:
    title: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


Reader = Callable[[View, str], _Read]

ROWS = frozenset({"jsonl", separated.ROWS, dump.FORMAT})
"""The formats of files that hold many documents."""
FORMATS = ("text", "wiki-export", "wikitext", "markdown", "html", "html-whole", separated.TABLE, "subtitles", *sorted(ROWS))

_PROSE = ("text", "wiki-export", "wikitext", "markdown")


def _untitled(show: Callable[[View, str], None]) -> Reader:
    """The reader of a format that says nothing of itself."""

    def read(view: View, source: str) -> _Read:
        show(view, source)
        return _Read()

    return read


@cache
def _readers() -> Mapping[str, Reader]:
    """The readers by format; what they need is imported when the first document is read."""
    from extract.sources.html import read_html
    from extract.sources.markdown import read_markdown
    from extract.sources.plain import read_plain
    from extract.sources.subtitles import read_subtitles
    from extract.sources.wiki_export import read_wiki_export
    from extract.sources.wikitext import read_wikitext

    return {
        "text": lambda view, source: _Read(read_plain(view, source)),
        "wiki-export": lambda view, source: _Read(read_wiki_export(view, source)),
        "wikitext": lambda view, source: _Read(read_wikitext(view, source)),
        "markdown": lambda view, source: _Read(*read_markdown(view, source)),
        "html": lambda view, source: _Read(*read_html(view, source)),
        "html-whole": lambda view, source: _Read(*read_html(view, source, whole=True)),
        separated.TABLE: _untitled(separated.read_separated),
        "subtitles": _untitled(read_subtitles),
    }


HtmlPart = Literal["article", "whole"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are to be read; None: as recognised. `max_bytes` is for a file, of JSON Lines for a line.

    `html`: the `article` of a page, or the `whole` of it.
    """

    format: str | None = None
    encoding: str | None = None
    max_bytes: int = MAX_BYTES
    text_field: str | None = None
    id_field: str | None = None
    html: HtmlPart = "article"

    def recognised(self, name: str, text: str) -> str:
        """The format of a text: the one that is forced, else as recognised. Raises SourceError for a kind that is not read."""
        kind = self.format or recognise_format(inner_name(name), text)
        if self.format is None and kind in _PROSE:
            check_name(inner_name(name))
        return "html-whole" if kind == "html" and self.html == "whole" else kind

    @property
    def json(self) -> JsonOptions:
        """What of them is for JSON Lines."""
        return JsonOptions(self.text_field, self.id_field, self.max_bytes)


def read_source(source: Source, **options: Any) -> Iterator[Document | SourceError]:
    """The document of a source, or for JSON Lines one for each record; a bad record comes as a SourceError among them.

    `options` are the fields of ReadOptions. Raises SourceError where the source as a whole cannot be read.
    """
    chosen = ReadOptions(**options)
    for unit in split_source(source, chosen):
        if isinstance(unit, SourceError):
            yield unit
        elif unit.row is None:
            yield read_unit(unit, chosen)
        else:
            try:
                yield read_unit(unit, chosen)
            except SourceError as error:
                yield error


def split_source(source: Source, options: ReadOptions) -> Iterator[Source | SourceError]:
    """The units of a source, each of which is one document: itself, or the records of JSON Lines, the pages of an export.

    A line that is no record comes as a SourceError. Raises SourceError where the source as a whole cannot be read.
    """
    _check_format(source.name, options.format)
    if source.row is not None:
        yield source
        return
    if source.path is None:
        source = load(source, options.max_bytes)
    with _opened(source, options.max_bytes) as stream:
        kind = _kind_of_rows(source.name, stream, options)
        if kind is None:
            yield source
            return
        count = 0
        for count, row in enumerate(_split(kind, source, stream, options), 1):
            if count == 1 and kind == "jsonl" and (error := _one_value(source, options)):
                yield error
                return
            yield row if stream.seekable() else _kept(row)
    if not count and kind != dump.FORMAT:
        raise SourceError(source.name, "read", "the file is empty", "Remove it, or fetch it again.")


def _split(kind: str, source: Source, stream: BinaryIO, options: ReadOptions) -> Iterator[Source | SourceError]:
    if kind == dump.FORMAT:
        return dump.split_pages(source, stream, options.encoding, options.max_bytes)
    split = separated.split_separated if kind == separated.ROWS else split_rows
    return split(source, stream, options.encoding, options.json)


def _kept(row: Source | SourceError) -> Source | SourceError:
    """A row whose bytes cannot be found again by their place, as in a packed file."""
    return row if isinstance(row, SourceError) or row.row is None else replace(row, row=replace(row.row, start=None))


def read_unit(source: Source, options: ReadOptions) -> Document:
    """The document of a unit. Raises SourceError, whatever a reader stumbles over."""
    data = load(source, options.max_bytes).data or b""
    if source.row is not None:
        read_row_of = _page_document if dump.is_page(data) else _record_document
        return read_row_of(source, data, source.row, options)
    text, used = decode(source.name, data, options.encoding)
    kind = options.recognised(source.name, text)
    if kind in ROWS:
        raise SourceError(source.name, "read", f"it became {kind} while it was read", "Run again.")
    sha256 = hashlib.sha256(data).hexdigest()
    return _document(source.name, text, kind, sha256=sha256, encoding=used, size=len(data))


def read_string(text: str, name: str = "text", format: str | None = None, metadata: Mapping[str, Any] | None = None) -> Document:
    """The document of a string; its offsets count in the string.

    `metadata` is added to what the text says of itself; `published`, an ISO day, is what `yesterday` counts from.
    Raises SourceError where there is nothing to read.
    """
    _check_format(name, format)
    if not text.strip():
        raise SourceError(name, "read", "the text is empty", "Give some text.")
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise SourceError(name, "decode", f"half a character (a lone surrogate) at {error.start}", "Mend the text.") from error
    kind = format or recognise_format(name, text)
    sha256 = hashlib.sha256(data).hexdigest()
    document = _document(name, text, _single(kind), sha256=sha256, encoding="utf-8", size=len(data))
    return replace(document, metadata={**document.metadata, **(metadata or {})})


def _check_format(name: str, format: str | None) -> None:
    if format is not None and format not in FORMATS:
        raise SourceError(name, "read", f"unknown format {format!r}", f"There are {', '.join(FORMATS)}.")


_HEAD = 1 << 17


def _kind_of_rows(name: str, stream: BinaryIO, options: ReadOptions) -> str | None:
    """Which format of many documents a stream has, if it has one; nothing is taken from it."""
    kind = options.format
    if kind is None:
        head = stream.peek(_HEAD)  # type: ignore[attr-defined]
        encoding, mark = wanted_encoding(head, options.encoding)
        kind = recognise_format(inner_name(name), codecs.decode(head[len(mark) :], encoding, "replace"))
    if kind == separated.TABLE and options.text_field:
        return separated.ROWS
    return kind if kind in ROWS else None


def _one_value(source: Source, options: ReadOptions) -> SourceError | None:
    """What is wrong where the file is one JSON value over many lines; None if it is not, or cannot be read."""
    try:
        with _opened(source, options.max_bytes) as stream:
            if not may_be_one_value(stream.peek(_HEAD)):  # type: ignore[attr-defined]
                return None
            data = stream.read(options.max_bytes)
        return one_value(source.name, decode(source.name, data, options.encoding)[0])
    except SourceError:
        return None


def _opened(source: Source, max_bytes: int) -> BinaryIO:
    """The unpacked bytes of a source as a stream. Raises SourceError for what is no file, or of a kind that is not read."""
    stream = _stream(source, max_bytes)
    try:
        if is_packed(stream.peek(_HEAD)):  # type: ignore[attr-defined]
            stream = unpacked(source.name, stream, max_bytes, _HEAD)
        check_bytes(source.name, stream.peek(_HEAD))  # type: ignore[attr-defined]
    except OSError as error:
        stream.close()
        raise _unreadable(source.name, error) from error
    except SourceError:
        stream.close()
        raise
    return stream


def _unreadable(name: str, error: OSError) -> SourceError:
    return SourceError(name, "read", f"cannot be read ({error.strerror})", "Look at the disk that it is on.")


def _stream(source: Source, max_bytes: int) -> BinaryIO:
    """The bytes as they are on disk. Raises SourceError for what is no file, and for a name that cannot be written down."""
    if source.data is not None:
        return io.BufferedReader(io.BytesIO(source.data), _HEAD)
    if source.path is None:
        return io.BufferedReader(io.BytesIO(sys.stdin.buffer.read(max_bytes + 1)), _HEAD)
    try:
        str(source.path).encode()
        return open_regular(source.path, buffer=_HEAD)
    except UnicodeError as error:
        raise SourceError(source.name, "find", "its name is no UTF-8", "Rename it.") from error
    except OSError as error:
        told = f"cannot be read ({error.strerror})"
        raise SourceError(source.name, "read", told, "Look at the path and its permissions; for a pipe use -.") from error


def load(source: Source, max_bytes: int = MAX_BYTES) -> Source:
    """The source with its bytes, unpacked. Raises SourceError."""
    if source.data is not None and (source.row is not None or not is_packed(source.data)):
        return source
    if source.row is None or source.row.start is None:
        with _opened(source, max_bytes) as stream:
            return replace(source, data=_read_all(source.name, stream, max_bytes))
    with _stream(source, max_bytes) as stream:
        stream.seek(source.row.start)
        return replace(source, data=stream.read(source.row.length))


def _read_all(name: str, stream: BinaryIO, max_bytes: int) -> bytes:
    try:
        data = stream.read(max_bytes + 1)
    except OSError as error:
        raise _unreadable(name, error) from error
    if len(data) > max_bytes:
        raise SourceError(name, "read", f"more than {max_bytes} bytes", "Raise the limit with --max-bytes, or split it.")
    return data


def _document(name: str, text: str, kind: str, **facts: Any) -> Document:
    view = View(text)
    try:
        read = _readers()[kind](view, bounded_references(text))
        shown, offsets, blocks, marks = view.finish()
    except SourceError:
        raise
    except RecursionError as error:
        raise SourceError(name, "parse", f"{kind} nested too deeply", "Try --format text.") from error
    except Exception as error:  # whatever a reader stumbles over, the other documents go on
        told = f"the reader of {kind} stumbled ({type(error).__name__}: {error})"
        raise SourceError(name, "parse", told, "Report it, with the document; --format text may read it.") from error
    if not blocks:
        raise SourceError(name, "parse", f"nothing to see in it, read as {kind}", "Force another format with --format.")
    values = itertools.count(1)
    metadata = {key: _plain(value, values) for key, value in read.metadata.items()}
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


def _single(kind: str) -> str:
    """The format of one document, where a whole file would hold many."""
    if kind == separated.ROWS:
        return separated.TABLE
    return "text" if kind in ROWS else kind


def _page_document(source: Source, data: bytes, row: Row, options: ReadOptions) -> Document:
    """The document of a page of an export: its offsets count in its wikitext."""
    page = dump.read_page(source.name.removesuffix(f"#{row.own_id}"), data, row, options.max_bytes)
    if page is None:
        raise SourceError(source.name, "read", "it is no article any more", "Run again.")
    sha256 = hashlib.sha256(data).hexdigest()
    inner = _document(source.name, page.text, "wikitext", sha256=sha256, encoding=row.encoding, size=len(data))
    metadata = {**inner.metadata, **page.metadata, "record": row.own_id}
    return replace(inner, format=dump.FORMAT, title=page.title, metadata=metadata)


def _record_document(source: Source, line: bytes, row: Row, options: ReadOptions) -> Document:
    """A record's document: its offsets count in its text field."""
    record = read_row(source.name.removesuffix(f"#{row.own_id}"), line, row, options.json)
    kind = replace(options, format=None).recognised("", record.text)
    inner = _document(
        source.name,
        record.text,
        _single(kind),
        sha256=hashlib.sha256(line).hexdigest(),
        encoding=row.encoding,
        size=len(line),
    )
    values = itertools.count(1)
    metadata = {**inner.metadata, **{key: _plain(value, values) for key, value in record.metadata.items()}, "record": row.own_id}
    repeated = (f"the id {record.id!r} is given to {row.repeats + 1} records or more",) if row.repeats else ()
    return replace(
        inner,
        format=row.format,
        title=record.title or inner.title,
        metadata=metadata,
        warnings=(*repeated, *inner.warnings),
    )


_DEEPEST, _MOST = 50, 10_000
"""So deep metadata may be nested, and so many values it may have; what is beyond is nobody's to read, nor any JSON reader's.

An alias of YAML counts as often as it stands: nine lines of them can mean a billion values.
"""


def _plain(value: Any, count: Iterator[int], depth: int = 0) -> Any:
    """Metadata as JSON can hold it: dates in ISO form, keys as strings; None in the place of what is too deep or too much."""
    if next(count) > _MOST or (isinstance(value, dict | list | tuple) and depth == _DEEPEST):
        return None
    if isinstance(value, dict):
        return {str(key): _plain(item, count, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, count, depth + 1) for item in value]
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)

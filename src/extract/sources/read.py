"""From a source to documents: bytes, characters, format, view."""

from __future__ import annotations

import codecs
import datetime
import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib import import_module
from typing import Any, BinaryIO, Literal

from extract.errors import SourceError
from extract.sources import dump, separated
from extract.sources.characters import bounded_references
from extract.sources.converted import Converted, convert
from extract.sources.decode import decode, wanted_encoding
from extract.sources.document import Document
from extract.sources.find import Row, Source
from extract.sources.formats import (
    ARCHIVE,
    CAPTURES,
    CONVERTED,
    DUMP,
    FORMATS,
    MAIL,
    MAILBOX,
    MAY_BE_EMPTY,
    ROWS,
    SHEET_ROWS,
    TABLE,
    TABLE_ROWS,
)
from extract.sources.json_lines import JsonOptions, may_be_one_value, read_row, split_rows, split_value
from extract.sources.opened import MAX_BYTES, buffered, load, opened, peek, read_all
from extract.sources.packed import inner_name
from extract.sources.recognise import recognise_format
from extract.sources.unread import check_name
from extract.sources.view import View
from extract.sources.zipped import format_of_zip, is_zip, members_of, opened_zip


@dataclass(frozen=True, slots=True)
class _Read:
    title: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


Reader = Callable[[View, str], _Read]

_PROSE = ("text", "wiki-export", "wikitext", "markdown")


def _untitled(show: Callable[[View, str], None]) -> Reader:
    """The reader of a format that says nothing of itself."""

    def read(view: View, source: str) -> _Read:
        show(view, source)
        return _Read()

    return read


_module = partial(import_module, package="extract.sources")

_READERS: Mapping[str, Reader] = {  # what one needs is imported when the first document of its format is read
    "text": lambda view, source: _Read(_module(".plain").read_plain(view, source)),
    "wiki-export": lambda view, source: _Read(_module(".wiki_export").read_wiki_export(view, source)),
    "wikitext": lambda view, source: _Read(_module(".wikitext").read_wikitext(view, source)),
    "markdown": lambda view, source: _Read(*_module(".markdown").read_markdown(view, source)),
    "html": lambda view, source: _Read(*_module(".html").read_html(view, source)),
    "html-whole": lambda view, source: _Read(*_module(".html").read_html(view, source, whole=True)),
    TABLE: _untitled(separated.read_separated),
    "subtitles": lambda view, source: _untitled(_module(".subtitles").read_subtitles)(view, source),
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
            continue
        try:
            yield read_unit(unit, chosen)
        except SourceError as error:
            if unit.place == source.place:
                raise
            yield error


def split_source(source: Source, options: ReadOptions) -> Iterator[Source | SourceError]:
    """The units of a source, each of which is one document: itself, or the records of JSON Lines, the pages of an export.

    A line that is no record comes as a SourceError. Raises SourceError where the source as a whole cannot be read.
    """
    _check_format(source.name, options.format)
    if source.row is not None:
        yield source
        return
    if source.is_stdin:
        source = load(source, options.max_bytes)
    with opened(source, options.max_bytes) as unpacked:
        is_packed_zip = is_zip(peek(unpacked)) and not unpacked.seekable()
        stream = buffered(read_all(source.name, unpacked, options.max_bytes)) if is_packed_zip else unpacked
        kind = _kind_of_file(source.name, stream, options, by_start=True)
        if kind == ARCHIVE and (is_packed_zip or source.member is not None):
            raise SourceError(source.name, "read", "an archive in an archive", "Unpack it, and name the folder.")
        if kind == ARCHIVE:
            yield from _split_archive(source, stream, options)
        elif kind not in ROWS:
            yield source
        else:
            count = 0
            for row in _splitters()[kind](source, stream, options):
                count += 1
                yield row if stream.seekable() else _kept(row)
            if not count and kind not in MAY_BE_EMPTY:
                raise SourceError(source.name, "read", "the file is empty", "Remove it, or fetch it again.")


def _split_archive(source: Source, stream: BinaryIO, options: ReadOptions) -> Iterator[Source | SourceError]:
    """The units of the files in an archive; one that cannot be read comes as a SourceError."""
    with opened_zip(source.name, stream) as archive:
        for member in members_of(source, archive, options.max_bytes):
            try:
                yield from [member] if isinstance(member, SourceError) else split_source(member, options)
            except SourceError as error:
                yield error


Splitter = Callable[[Source, BinaryIO, ReadOptions], Iterator[Source | SourceError]]


@cache
def _splitters() -> Mapping[str, Splitter]:
    """What gives the rows of a file, by format; what they need is imported when the first file with rows is read."""
    from extract.sources.mail import split_mailbox
    from extract.sources.warc import split_captures
    from extract.sources.xlsx import split_sheets

    return {
        "jsonl": _split_json,
        TABLE_ROWS: lambda source, stream, options: separated.split_separated(source, stream, options.encoding, options.json),
        SHEET_ROWS: lambda source, stream, options: split_sheets(
            source, read_all(source.name, stream, options.max_bytes), options.json
        ),
        DUMP: lambda source, stream, options: dump.split_pages(source, stream, options.encoding, options.max_bytes),
        MAILBOX: lambda source, stream, options: split_mailbox(source, stream, options.max_bytes),
        CAPTURES: lambda source, stream, options: split_captures(source, stream, options.max_bytes),
    }


def _split_json(source: Source, stream: BinaryIO, options: ReadOptions) -> Iterator[Source | SourceError]:
    split = split_value if may_be_one_value(peek(stream)) else split_rows
    return split(source, stream, options.encoding, options.json)


def _kept(row: Source | SourceError) -> Source | SourceError:
    """A row whose bytes cannot be found again by their place, as in a packed file."""
    return row if isinstance(row, SourceError) or row.row is None else replace(row, row=replace(row.row, start=None))


def read_unit(source: Source, options: ReadOptions) -> Document:
    """The document of a unit. Raises SourceError, whatever a reader stumbles over."""
    data = load(source, options.max_bytes).data or b""
    document = _read_row(source, data, source.row, options) if source.row else _read_file(source.name, data, options)
    document = replace(document, metadata={**document.metadata, "record": source.place}) if source.place else document
    return replace(document, kept=document.kept or source.address is not None)


def _read_file(name: str, data: bytes, options: ReadOptions) -> Document:
    kind = _kind_of_file(name, buffered(data), options)
    if kind in CONVERTED:
        return read_kept(name, convert(kind, name, data, options.max_bytes), kind, _sha256(data), len(data))
    text, used = decode(name, data, options.encoding)
    kind = options.recognised(name, text)
    if kind in ROWS:
        raise SourceError(name, "read", f"it became {kind} while it was read", "Run again.")
    return _in_reading_order(name, text, kind, sha256=_sha256(data), encoding=used, size=len(data))


def _in_reading_order(name: str, text: str, kind: str, **facts: Any) -> Document:
    """The document of a text; one of pages in columns is kept as it is read."""
    ordered: str | None = _module(".columns").in_reading_order(text) if kind == "text" else None
    return replace(_document(name, ordered or text, kind, **facts), kept=ordered is not None)


def read_kept(name: str, made: Converted, format: str, sha256: str, size: int) -> Document:
    """The document of the text that a file of `format` was converted to; hash and size are those of the file.

    Raises SourceError where there is nothing to see in it.
    """
    document = _document(name, made.text, made.format, sha256=sha256, encoding="utf-8", size=size)
    return replace(
        document,
        format=format,
        kept=True,
        title=made.title or document.title,
        metadata={**document.metadata, **_plain_metadata(made.metadata)},
        warnings=(*made.warnings, *document.warnings),
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_string(text: str, name: str = "text", format: str | None = None, metadata: Mapping[str, Any] | None = None) -> Document:
    """The document of a string; its offsets count in the string, which is read as it stands, even if it has columns.

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
    document = _document(name, text, _single(kind), sha256=_sha256(data), encoding="utf-8", size=len(data))
    return replace(document, metadata={**document.metadata, **(metadata or {})})


def _check_format(name: str, format: str | None) -> None:
    if format is not None and format not in FORMATS:
        raise SourceError(name, "read", f"unknown format {format!r}", f"There are {', '.join(FORMATS)}.")


def _kind_of_file(name: str, stream: BinaryIO, options: ReadOptions, by_start: bool = False) -> str:
    """The format of an opened file, by its first bytes, else as forced, else by its name and text; nothing is taken from it.

    A forced format is for texts: it says nothing of a PDF, and of an archive how what is in it is read.
    """
    head = peek(stream)
    if binary := _binary_kind(name, head, stream):
        return SHEET_ROWS if binary == "xlsx" and options.text_field else binary
    kind = options.format
    if kind is None:
        encoding, mark = wanted_encoding(head, options.encoding)
        kind = recognise_format(inner_name(name), codecs.decode(head[len(mark) :], encoding, "replace"), by_start)
    return TABLE_ROWS if kind == TABLE and options.text_field else kind


def _binary_kind(name: str, head: bytes, stream: BinaryIO) -> str | None:
    if not is_zip(head):
        return next((kind for begins, kind in _BEGINS.items() if head.startswith(begins)), None)
    with opened_zip(name, stream) as archive:
        kind = format_of_zip(name, archive)
    stream.seek(0)
    return kind


_BEGINS = {b"%PDF-": "pdf", b"WARC/": CAPTURES}


def _document(name: str, text: str, kind: str, **facts: Any) -> Document:
    view = View(text)
    try:
        read = _READERS[kind](view, bounded_references(text))
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
    metadata = _plain_metadata(read.metadata)
    if "date" in metadata:
        metadata.setdefault("published", metadata["date"])
    return Document(
        name=name,
        format=kind,
        read_as=kind,
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
    """The format of one text, where a file would hold many, or none."""
    if kind == TABLE_ROWS:
        return TABLE
    return "text" if kind in ROWS | CONVERTED else kind


def _read_row(source: Source, data: bytes, row: Row, options: ReadOptions) -> Document:
    readers = {DUMP: _page_document, MAILBOX: _message_document, CAPTURES: _capture_document}
    read = readers.get(row.format, _record_document)
    return read(source, data, row, options)


def _page_document(source: Source, data: bytes, row: Row, options: ReadOptions) -> Document:
    """The document of a page of an export: its offsets count in its wikitext."""
    page = dump.read_page(source.name.removesuffix(f"#{row.own_id}"), data, row, options.max_bytes)
    if page is None:
        raise SourceError(source.name, "read", "it is no article any more", "Run again.")
    inner = _document(source.name, page.text, "wikitext", sha256=_sha256(data), encoding=row.encoding, size=len(data))
    return replace(inner, format=DUMP, title=page.title, metadata={**inner.metadata, **page.metadata})


def _message_document(source: Source, data: bytes, row: Row, options: ReadOptions) -> Document:
    """A message of a mailbox: its offsets count in the text that is kept of it."""
    made = convert(MAIL, source.name, data, options.max_bytes)
    return read_kept(source.name, made, MAILBOX, _sha256(data), len(data))


def _capture_document(source: Source, data: bytes, row: Row, options: ReadOptions) -> Document:
    """A page of a web archive: its offsets count in the page as its server sent it, decoded."""
    from extract.sources.warc import read_capture

    capture = read_capture(source.name, data)
    if capture is None:
        raise SourceError(source.name, "read", "it is no page any more", "Run again.")
    try:
        text, used = decode(source.name, capture.data, options.encoding)
    except SourceError:
        if options.encoding or not capture.charset:
            raise
        text, used = decode(source.name, capture.data, capture.charset)
    kind = _single(replace(options, format=None).recognised("", text))
    inner = _in_reading_order(source.name, text, kind, sha256=_sha256(data), encoding=used, size=len(data))
    return replace(inner, format=CAPTURES, metadata={**inner.metadata, **capture.metadata})


def _record_document(source: Source, line: bytes, row: Row, options: ReadOptions) -> Document:
    """A record's document: its offsets count in its text field."""
    record = read_row(source.name.removesuffix(f"#{row.own_id}"), line, row, options.json)
    kind = _single(replace(options, format=None).recognised("", record.text))
    inner = _in_reading_order(source.name, record.text, kind, sha256=_sha256(line), encoding=row.encoding, size=len(line))
    repeated = (f"the id {record.id!r} is given to {row.repeats + 1} records or more",) if row.repeats else ()
    return replace(
        inner,
        format=row.format,
        title=record.title or inner.title,
        metadata={**inner.metadata, **_plain_metadata(record.metadata)},
        warnings=(*repeated, *inner.warnings),
    )


def _plain_metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    count = itertools.count(1)
    return {key: _plain(value, count) for key, value in metadata.items()}


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

"""The bytes of sources: opened wherever they are, unpacked, and of no kind that is not read."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import BinaryIO

from extract.disk import open_regular
from extract.errors import SourceError
from extract.sources.find import Source
from extract.sources.packed import is_packed, unpacked
from extract.sources.remote import fetched
from extract.sources.unread import check_bytes
from extract.sources.zipped import archive_at, member_stream

MAX_BYTES = 64 << 20
HEAD = 1 << 17
"""So many bytes can be looked at without taking them."""


def opened(source: Source, max_bytes: int) -> BinaryIO:
    """The unpacked bytes of a source as a stream. Raises SourceError for what is no file, or of a kind that is not read."""
    stream = _stream(source, max_bytes)
    try:
        if is_packed(peek(stream)):
            stream = unpacked(source.name, stream, max_bytes, HEAD)
        check_bytes(source.name, peek(stream))
    except OSError as error:
        stream.close()
        raise _unreadable(source.name, error) from error
    except SourceError:
        stream.close()
        raise
    return stream


def peek(stream: BinaryIO) -> bytes:
    """How a stream goes on, at most HEAD bytes; nothing is taken from it."""
    head: bytes = stream.peek(HEAD)  # type: ignore[attr-defined]
    return head


def buffered(data: bytes) -> BinaryIO:
    """Bytes as a stream that can be looked into."""
    return io.BufferedReader(io.BytesIO(data), HEAD)


def _unreadable(name: str, error: OSError) -> SourceError:
    return SourceError(name, "read", f"cannot be read ({error.strerror})", "Look at the disk that it is on.")


def _stream(source: Source, max_bytes: int) -> BinaryIO:
    """The bytes as they are on disk. Raises SourceError for what is no file, and for a name that cannot be written down."""
    name = source.name
    if source.data is not None:
        return buffered(source.data)
    if source.is_stdin:
        return buffered(sys.stdin.buffer.read(max_bytes + 1))
    path = source.path or fetched(name, source.address or "", max_bytes)
    try:
        str(path).encode()
        if source.member is not None:
            return member_stream(name, archive_at(name, path), source.member, max_bytes, HEAD)
        return open_regular(path, buffer=HEAD)
    except UnicodeError as error:
        raise SourceError(name, "find", "its name is no UTF-8", "Rename it.") from error
    except OSError as error:
        told = f"cannot be read ({error.strerror})"
        raise SourceError(name, "read", told, "Look at the path and its permissions; for a pipe use -.") from error


def load(source: Source, max_bytes: int = MAX_BYTES) -> Source:
    """The source with its bytes, unpacked. Raises SourceError."""
    if source.data is not None and (source.row is not None or not is_packed(source.data)):
        return source
    if source.row is None or source.row.start is None:
        with opened(source, max_bytes) as stream:
            return replace(source, data=read_all(source.name, stream, max_bytes))
    with _stream(source, max_bytes) as stream:
        stream.seek(source.row.start)
        return replace(source, data=stream.read(source.row.length))


def read_all(name: str, stream: BinaryIO, max_bytes: int) -> bytes:
    """The rest of a stream. Raises SourceError for more than `max_bytes`."""
    try:
        data = stream.read(max_bytes + 1)
    except OSError as error:
        raise _unreadable(name, error) from error
    if len(data) > max_bytes:
        raise SourceError(name, "read", f"more than {max_bytes} bytes", "Raise the limit with --max-bytes, or split it.")
    return data

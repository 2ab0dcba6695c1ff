"""ZIP files: documents of an office or a book, told by what is in them, and archives, whose files are sources of their own."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO, BinaryIO

from extract.disk import open_regular
from extract.errors import SourceError
from extract.sources.find import Source, is_text_name
from extract.sources.formats import ARCHIVE
from extract.sources.packed import counted

_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_MOST_MEMBERS = 100_000

# The files by which a ZIP file is a document: one of this name, or a `mimetype` that begins so.
_BY_MEMBER = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_BY_MIMETYPE = {b"application/epub+zip": "epub"}
# Likewise those that are not read: what it is, and what to do.
_UNREAD_MEMBER = {"ppt/presentation.xml": ("a PowerPoint presentation", "Save it as PDF; that is read.")}
_UNREAD_MIMETYPE = {
    b"application/vnd.oasis.opendocument.spreadsheet": ("an OpenDocument spreadsheet", "Save it as XLSX, or its sheets as CSV."),
    b"application/vnd.oasis.opendocument": ("an OpenDocument file", "Save it as DOCX or PDF; those are read."),
}


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a ZIP file."""
    return head.startswith(_BEGINS)


def opened_zip(name: str, stream: IO[bytes]) -> zipfile.ZipFile:
    """The ZIP file in a stream that can be searched. Raises SourceError for one that is damaged, or has too much in it."""
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise SourceError(name, "read", f"the ZIP file is damaged ({error})", "Fetch it again, or save it anew.") from error
    if len(archive.infolist()) > _MOST_MEMBERS:
        raise SourceError(name, "read", f"a ZIP file of more than {_MOST_MEMBERS} files", "Unpack it, and name the folder.")
    return archive


def format_of_zip(name: str, archive: zipfile.ZipFile) -> str:
    """`docx`, `xlsx`, `epub`, or `zip` for an archive. Raises SourceError for a document of another kind, which is not read."""
    names = set(archive.namelist())
    mimetype = read_member(name, archive, "mimetype", 200) if "mimetype" in names else b""
    unread = [told for member, told in _UNREAD_MEMBER.items() if member in names]
    unread += [told for begins, told in _UNREAD_MIMETYPE.items() if mimetype.startswith(begins)]
    for what, how in unread:
        raise SourceError(name, "read", f"it is {what}, which is not read", how)
    kinds = [kind for member, kind in _BY_MEMBER.items() if member in names]
    kinds += [kind for begins, kind in _BY_MIMETYPE.items() if mimetype.startswith(begins)]
    return kinds[0] if kinds else ARCHIVE


def read_member(name: str, archive: zipfile.ZipFile, member: str, max_bytes: int) -> bytes:
    """The bytes of a file in a ZIP file. Raises SourceError for one that is encrypted, damaged, missing, or too large."""
    with member_stream(name, archive, member, max_bytes) as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise SourceError(name, "read", f"{member} in it has more than {max_bytes} bytes", "Raise the limit with --max-bytes.")
    return data


def member_stream(name: str, archive: zipfile.ZipFile, member: str, max_bytes: int, buffer: int = 1 << 16) -> BinaryIO:
    """A file in a ZIP file as a stream that cannot be searched. Raises SourceError, also while it is read."""
    try:
        info = archive.getinfo(member)
        if info.flag_bits & 1:
            raise SourceError(name, "read", f"{member} in it is encrypted", "Unpack it with its password, and name the folder.")
        return counted(name, archive.open(info), max_bytes, lambda: info.compress_size, buffer)
    except KeyError as error:
        raise SourceError(name, "read", f"{member} is not in it", "Fetch it again, or save it anew.") from error
    except _BROKEN as error:
        raise SourceError(name, "read", f"{member} in it is damaged ({error})", "Fetch it again, or save it anew.") from error


def check_size(name: str, archive: zipfile.ZipFile, max_bytes: int) -> None:
    """Raises SourceError for a document that unpacks to far more than a document can be, or is encrypted."""
    infos = archive.infolist()
    whole = sum(info.file_size for info in infos)
    if whole > max_bytes and whole > 200 * sum(info.compress_size for info in infos):
        raise SourceError(name, "read", f"it unpacks to {whole} bytes, 200 times its size", "Raise --max-bytes, if you trust it.")
    if any(info.flag_bits & 1 for info in infos):
        raise SourceError(name, "read", "it is encrypted", "Save it without its password.")


def members_of(source: Source, archive: zipfile.ZipFile, max_bytes: int) -> Iterator[Source | SourceError]:
    """The files of an archive that a folder would be searched for, by name; one that cannot be unpacked comes as a SourceError.

    Raises SourceError where there is none.
    """
    names = sorted({info.filename for info in archive.infolist() if not info.is_dir() and _is_wanted(info.filename)})
    if not names:
        raise SourceError(source.name, "find", "nothing in the archive is of a kind that is read", "Unpack it, and name a file.")
    for member in names:
        name = f"{source.name}#{member}"
        try:
            data = read_member(name, archive, member, max_bytes) if source.is_stdin else None
            yield replace(source, name=name, data=data, member=member)
        except SourceError as error:
            yield error


def member_at(source: Source, place: str) -> Source | None:
    """The file in an archive in which the document of a place is (see `Source.place`), None if the source is no archive.

    Raises SourceError where it cannot be read, or has no such file.
    """
    assert source.path is not None
    try:
        with open_regular(source.path) as stream:
            if not is_zip(stream.read(4)):
                return None
        archive = archive_at(source.name, source.path)
    except OSError as error:
        raise SourceError(source.name, "read", f"cannot be read ({error.strerror})", "Look at the path.") from error
    parts = place.split("#")
    for end in range(len(parts), 0, -1):
        if (member := "#".join(parts[:end])) in archive.NameToInfo:
            return Source(f"{source.name}#{member}", source.path, member=member)
    raise SourceError(source.name, "read", f"{place} is not in it any more", "Run `extract run` again.")


def _is_wanted(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return is_text_name(parts[-1]) and not any(part.startswith(".") or part == "__MACOSX" for part in parts)


def archive_at(name: str, path: Path) -> zipfile.ZipFile:
    """The archive in a file, kept open for the next of its members. Raises SourceError, or OSError where it is not there."""
    told = path.stat()
    return _archive(name, path, os.getpid(), told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=1)  # by process too, for those that are forked share the place in a file
def _archive(name: str, path: Path, process: int, changed: int, size: int) -> zipfile.ZipFile:
    return opened_zip(name, open_regular(path))


def document_in(name: str, data: bytes, max_bytes: int) -> zipfile.ZipFile:
    """The ZIP file of a document, looked through before it is unpacked. Raises SourceError."""
    archive = opened_zip(name, io.BytesIO(data))
    check_size(name, archive, max_bytes)
    return archive

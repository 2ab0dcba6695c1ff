"""Web archives (WARC, ISO 28500): each page that was fetched is a document, with its address and the time of capture."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from extract.errors import SourceError
from extract.sources.converted import library
from extract.sources.find import Row, Source
from extract.sources.formats import CAPTURES

_LIBRARY = "warcio.archiveiterator"
_LENGTH = re.compile(rb"^Content-Length:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LONGEST_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was fetched: its bytes, the encoding that its server named (None: none), and what is said of it."""

    data: bytes
    charset: str | None
    metadata: Mapping[str, str]


def split_captures(source: Source, stream: BinaryIO, max_bytes: int) -> Iterator[Source | SourceError]:
    """The pages of a web archive, each a source of its own: `FILE#ADDRESS`. One of too many bytes comes as a SourceError."""
    library(_LIBRARY, source.name, "a web archive")
    seen: Counter[str] = Counter()
    for number, (start, data) in enumerate(_records(source.name, stream, max_bytes), 1):
        where = f"{source.name}#{number}"
        if len(data) > max_bytes + _LONGEST_HEAD:
            yield SourceError(where, "read", f"more than {max_bytes} bytes", "Raise the limit with --max-bytes.")
            continue
        try:
            capture = read_capture(where, data)
        except SourceError as error:
            yield error
            continue
        if capture is not None:
            address = capture.metadata["url"]
            row = Row(number, "utf-8", address, seen[address], start, len(data), CAPTURES)
            seen[address] += 1
            yield replace(source, name=f"{source.name}#{row.own_id}", data=data, row=row)


def read_capture(name: str, data: bytes) -> Capture | None:
    """The page in the bytes of a record, None if it holds none (requests, redirects, pictures). Raises SourceError."""
    archive = library(_LIBRARY, name, "a web archive")
    try:
        record = next(iter(archive.ArchiveIterator(io.BytesIO(data))))
        status = record.http_headers.get_statuscode() if record.http_headers else "200"
        told = str((record.http_headers or record.rec_headers).get_header("Content-Type") or "")
        if record.rec_type not in ("response", "resource") or status != "200" or not told.lower().startswith(_PAGES):
            return None
        content = record.content_stream().read()
    except Exception as error:  # the library, and what unpacks the transfer, have errors of their own
        raise SourceError(name, "read", f"a record is damaged ({type(error).__name__}: {error})", "Fetch it again.") from error
    headers = record.rec_headers
    facts = {"url": headers.get_header("WARC-Target-URI") or name.rpartition("#")[2], "captured": headers.get_header("WARC-Date")}
    charset = _CHARSET.search(told)
    return (
        Capture(content, charset[1] if charset else None, {key: fact for key, fact in facts.items() if fact}) if content else None
    )


def _records(name: str, stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes]]:
    """The bytes of each record and where they begin; of a longer one than `most`, as many as tell that it is one."""
    place = 0
    while line := stream.readline(_LONGEST_HEAD):
        start, head = place, [line]
        place += len(line)
        if not line.strip():
            continue
        while line.strip() and (line := stream.readline(_LONGEST_HEAD)):
            head.append(line)
            place += len(line)
        length = _LENGTH.search(b"".join(head))
        if not head[0].startswith(b"WARC/") or not length:
            raise SourceError(name, "read", f"no record of a web archive begins at byte {start}", "Fetch it again.")
        size = int(length[1])
        data = stream.read(min(size, most + _LONGEST_HEAD + 1))
        left = size - len(data)
        while left > 0 and (passed := stream.read(min(1 << 20, left))):
            left -= len(passed)
        place += size
        yield start, b"".join(head) + data

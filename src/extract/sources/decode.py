"""From bytes to characters, without a guess: UTF-8, or UTF-16 with a byte order mark, or what the user says."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from extract.errors import SourceError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# So much of a file is looked at to tell what it is.
_SAMPLE = 1 << 16


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file, without byte order mark, and the encoding it was read in.

    Raises SourceError for an empty or binary file, an unknown encoding, and bytes that do not fit; it names their offset.
    """
    if not data.strip():
        raise SourceError(name, "read", "the file is empty", "Remove it, or fetch it again.")
    mark, marked = next(((mark, known) for mark, known in _MARKS if data.startswith(mark)), (b"", None))
    if marked is None and b"\0" in data[:_SAMPLE]:
        raise SourceError(name, "decode", f"binary data (a zero byte at offset {data.index(0)})", "Convert it to text first.")
    wanted = encoding or marked or "utf-8"
    body = data[len(mark) :] if marked and _same(wanted, marked) else data
    try:
        return body.decode(wanted), wanted
    except LookupError as error:
        raise SourceError(name, "decode", f"unknown encoding {wanted!r}", "Name one that Python knows, say cp1251.") from error
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(body)
        found = f"byte 0x{data[offset]:02x} at offset {offset} is not {wanted}"
        raise SourceError(name, "decode", found, _advice(data)) from error


def _same(wanted: str, marked: str) -> bool:
    try:
        return codecs.lookup(wanted).name in (codecs.lookup(marked).name, "utf-8-sig")
    except LookupError:
        return False


def _advice(data: bytes) -> str:
    likely = from_bytes(data[:_SAMPLE]).best()
    guess = f"; it may be {likely.encoding}" if likely else ""
    return f"Give the encoding with --encoding{guess}."

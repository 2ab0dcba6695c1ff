"""From bytes to characters, without a guess: UTF-8, or UTF-16 with a byte order mark, or what the user or the document says."""

from __future__ import annotations

import codecs
import re

from extract.errors import SourceError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Where HTML and XML say how they are encoded; `iso-8859-1` means windows-1252 there (WHATWG Encoding Standard).
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]{2,40})|^\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.I,
)
_HEAD = 4096
_AS_ON_THE_WEB = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
# So much of a file is looked at to tell what it is.
_SAMPLE = 1 << 16


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file, without byte order mark, and the encoding it was read in.

    Without `encoding` it is UTF-8, or what a byte order mark says; or where the bytes are no UTF-8, what the head of an HTML
    document says. Raises SourceError for an empty or binary file, an unknown encoding, and bytes that do not fit; it names
    their offset.
    """
    if not data.strip():
        raise SourceError(name, "read", "the file is empty", "Remove it, or fetch it again.")
    _, marked = _mark(data)
    if marked is None and encoding is None and b"\0" in data[:_SAMPLE]:
        raise SourceError(name, "decode", f"binary data (a zero byte at offset {data.index(0)})", _advice_on_zeros(data))
    wanted, mark = wanted_encoding(data, encoding)
    body = data[len(mark) :]
    try:
        return body.decode(wanted), wanted
    except LookupError as error:
        raise SourceError(name, "decode", f"unknown encoding {wanted!r}", "Name one that Python knows, say cp1251.") from error
    except UnicodeDecodeError as error:
        if encoding is None and marked is None and (declared := _as_declared(data)):
            return declared
        offset = error.start + len(data) - len(body)
        found = f"byte 0x{data[offset]:02x} at offset {offset} is not {wanted}"
        raise SourceError(name, "decode", found, _advice(data, offset)) from error


def wanted_encoding(head: bytes, encoding: str | None) -> tuple[str, bytes]:
    """The encoding in which a file that begins so is to be read, and the byte order mark that is to be left out."""
    mark, marked = _mark(head)
    wanted = encoding or marked or "utf-8"
    return wanted, mark if marked and _same(wanted, marked) else b""


def _mark(head: bytes) -> tuple[bytes, str | None]:
    return next(((mark, known) for mark, known in _MARKS if head.startswith(mark)), (b"", None))


def _as_declared(data: bytes) -> tuple[str, str] | None:
    """The text in the encoding that the document itself names, and that; None if it names none that fits."""
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
        name = _AS_ON_THE_WEB.get(name, name)
        return data.decode(name), name
    except (LookupError, UnicodeDecodeError):
        return None


def _same(wanted: str, marked: str) -> bool:
    try:
        return codecs.lookup(wanted).name in (codecs.lookup(marked).name, "utf-8-sig")
    except LookupError:
        return False


def _advice_on_zeros(data: bytes) -> str:
    """Text in UTF-16 without its mark has a zero in most pairs of bytes."""
    even, odd = (data[place:_SAMPLE:2].count(0) for place in (0, 1))
    pairs = len(data[:_SAMPLE]) // 2
    for zeros, others, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if pairs >= 8 and zeros > 0.4 * pairs and others < 0.05 * pairs:
            return f"It may be {name} without a byte order mark: give --encoding {name}."
    return "Convert it to text first."


def _advice(data: bytes, offset: int) -> str:
    """How the place would read in the commonest encoding of Western text, and in the one that is guessed: a reader sees which."""
    from charset_normalizer import from_bytes

    likely = from_bytes(data[:_SAMPLE]).best()
    place = data[max(offset - 10, 0) : offset + 10]
    read = {name: " ".join(place.decode(name, "replace").split()) for name in ("cp1252", likely.encoding if likely else "cp1252")}
    told = ", ".join(f"{text!r} as {name}" for name, text in read.items() if not name.startswith("utf"))
    return f"Give the encoding with --encoding: it would read {told}."

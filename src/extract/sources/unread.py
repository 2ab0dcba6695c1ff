"""Kinds of files that are not read, told by how they begin or by their names, and what to do about each."""

from __future__ import annotations

import re

from extract.errors import SourceError
from extract.sources.formats import BINARY, BY_ENDING

_AS_TEXT = "Make it text first, say with `pandoc FILE -t plain -o FILE.txt`."
_AS_DOCX = "Save it as DOCX or PDF; those are read."
_AS_XLSX = "Save it as XLSX, or its sheets as CSV; those are read."
_UNPACK = "Unpack it, and name the folder."
_OCR = "Make text of it first, say with `tesseract FILE FILE`."
_TRANSCRIPT = "Make a transcript of it first; SRT and WebVTT are read."
_LEAVE = "Leave it out; nothing in it is text."
_EXPORT = "Export what is in it as CSV or JSON Lines."

# (how it begins, what it is, what to do); the first that fits counts
_SIGNATURES = tuple(
    (re.compile(begins, re.DOTALL), what, how)
    for begins, what, how in (
        (rb"%!PS-", "PostScript", "Make it text first, say with `ps2ascii FILE FILE.txt`."),
        (rb"\{\\rtf\d", "a Rich Text document", _AS_DOCX),
        (rb"\xd0\xcf\x11\xe0.*E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", "encrypted", "Save it without its password."),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", "Save it as DOCX, XLSX or PDF; those are read."),
        (rb".{257}ustar[\0 ]|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh\d1AY|\xfd7zXZ\0", "an archive", _UNPACK),
        (rb"\x1f\x8b", "gzip", "Unpack it with `gunzip`."),
        (rb"\x28\xb5\x2f\xfd", "Zstandard", "Unpack it with `unzstd`."),
        (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}WEBP", "an image", _OCR),
        (rb"ID3[\x02-\x04]|OggS\0|fLaC\0|\x1aE\xdf\xa3|RIFF.{4}(?:WAVE|AVI )|\0\0.{2}ftyp", "a recording", _TRANSCRIPT),
        (rb"SQLite format 3\0", "an SQLite database", _EXPORT),
        (rb"PAR1[\x00-\x1f]", "Parquet", _EXPORT),
        (rb"\x7fELF|MZ\x90\0|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|\0asm", "a program", _LEAVE),
    )
)
_CODE = "py js mjs ts tsx jsx css scss java c h cc cpp hpp cs rs go rb php sh bat ps1 pl sql r lua kt swift ipynb"
_BY_NAME = {
    ending: (what, how)
    for endings, what, how in (
        ("doc odt rtf ppt pptx odp pages", "an office document by its name", _AS_DOCX),
        ("xls ods numbers", "a spreadsheet by its name", _AS_XLSX),
        ("ass sub", "a file of subtitles by its name", "Make it SRT or WebVTT; those are read."),
        ("msg", "a message of Outlook by its name", "Save it as EML; that is read."),
        ("tex bib ris ics vcf", "a kind of markup by its name", _AS_TEXT),
        ("xml rss atom kml gpx svg rdf xsd xsl", "XML by its name", "Take the text out as HTML or plain text."),
        ("yml yaml toml ini cfg conf lock geojson jsonld", "data by its name", "Make it JSON Lines with a text field."),
        (_CODE, "program code by its name", "Leave it out."),
        ("jpg jpeg png gif tif tiff bmp webp heic ico", "an image by its name", _OCR),
        ("mp3 mp4 m4a m4v wav ogg flac avi mov mkv webm", "a recording by its name", _TRANSCRIPT),
        ("tar tgz bz2 xz 7z rar", "an archive by its name", _UNPACK),
        ("sqlite db parquet", "a database by its name", _EXPORT),
        ("exe dll so o pyc class jar bin woff woff2 ttf", "a program by its name", _LEAVE),
    )
    for ending in endings.split()
}


def check_bytes(name: str, head: bytes) -> None:
    """Raises SourceError for what begins like a kind of file that is not read."""
    for begins, what, how in _SIGNATURES:
        if begins.match(head):
            raise SourceError(name, "read", f"it is {what}, which is not read", how)


def check_name(name: str) -> None:
    """Raises SourceError for a text whose name says that it is no prose."""
    ending = name.rpartition(".")[2].lower()
    if BY_ENDING.get(f".{ending}") in BINARY:
        raise SourceError(
            name, "read", f"it is no {ending} in spite of its name", "Fetch it again; --format text reads it as text."
        )
    if known := _known(name):
        raise SourceError(
            name, "read", f"it is {known[0]}, which is not read", f"{known[1]} --format text reads it as it stands."
        )


def is_unread_name(name: str) -> bool:
    """Whether a file of this name is of a kind that is not read, even if it is named."""
    return _known(name) is not None


def _known(name: str) -> tuple[str, str] | None:
    return _BY_NAME.get(name.rpartition(".")[2].lower()) if "." in name else None

"""Kinds of files that are not read, told by how they begin or by their names, and what to do about each."""

from __future__ import annotations

import re

from extract.errors import SourceError

_AS_TEXT = "Make it text first, say with `pandoc FILE -t plain -o FILE.txt`."
_AS_CSV = "Save its sheets as CSV; those are read."
_UNPACK = "Unpack it, and name the folder."
_OCR = "Make text of it first, say with `tesseract FILE FILE`."
_TRANSCRIPT = "Make a transcript of it first; SRT and WebVTT are read."
_PDF = "Make it text first, say with `pdftotext -layout FILE FILE.txt`; pages are kept."
_EXPORT = "Export what is in it as CSV or JSON Lines."

# (how it begins, what it is, what to do); the first that fits counts
_SIGNATURES = tuple(
    (re.compile(begins, re.DOTALL), what, how)
    for begins, what, how in (
        (rb"%PDF-", "a PDF", _PDF),
        (rb"%!PS-", "PostScript", "Make it text first, say with `ps2ascii FILE FILE.txt`."),
        (rb"\{\\rtf\d", "a Rich Text document", _AS_TEXT),
        (
            rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Office document",
            "Save it as text, or its sheets as CSV.",
        ),
        (rb"WARC/\d", "a web archive (WARC)", "Take its pages out as HTML files first."),
        (rb".{257}ustar[\0 ]|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh\d1AY|\xfd7zXZ\0", "an archive", _UNPACK),
        (rb"\x1f\x8b", "gzip", "Unpack it with `gunzip`."),
        (rb"\x28\xb5\x2f\xfd", "Zstandard", "Unpack it with `unzstd`."),
        (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}WEBP", "an image", _OCR),
        (rb"ID3[\x02-\x04]|OggS\0|fLaC\0|\x1aE\xdf\xa3|RIFF.{4}(?:WAVE|AVI )|\0\0.{2}ftyp", "a recording", _TRANSCRIPT),
        (rb"SQLite format 3\0", "an SQLite database", _EXPORT),
        (rb"PAR1[\x00-\x1f]", "Parquet", _EXPORT),
        (rb"\x7fELF|MZ\x90\0|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe|\0asm", "a program", "Leave it out; nothing in it is text."),
    )
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# What stands in the head of a ZIP file that is a document.
_IN_ZIP = (
    (b"word/", "a Word document", _AS_TEXT),
    (b"xl/", "an Excel workbook", _AS_CSV),
    (b"ppt/", "a PowerPoint presentation", _AS_TEXT),
    (b"application/epub+zip", "an EPUB book", _AS_TEXT),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet", _AS_CSV),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file", _AS_TEXT),
)
_CODE = "py js mjs ts tsx jsx css scss java c h cc cpp hpp cs rs go rb php sh bat ps1 pl sql r lua kt swift ipynb"
_BY_NAME = {
    ending: (what, how)
    for endings, what, how in (
        ("pdf", "a PDF by its name", _PDF),
        ("doc docx odt rtf ppt pptx odp epub pages", "an office document by its name", _AS_TEXT),
        ("xls xlsx ods numbers", "a spreadsheet by its name", _AS_CSV),
        ("ass sub", "a file of subtitles by its name", "Make it SRT or WebVTT; those are read."),
        ("eml mbox msg mht mhtml", "mail by its name", "Save the messages as text."),
        ("tex bib ris ics vcf", "a kind of markup by its name", _AS_TEXT),
        (
            "xml rss atom kml gpx svg rdf xsd xsl",
            "XML by its name",
            "Take the text out as HTML or plain text.",
        ),
        ("yml yaml toml ini cfg conf lock geojson jsonld", "data by its name", "Make it JSON Lines with a text field."),
        (_CODE, "program code by its name", "Leave it out."),
    )
    for ending in endings.split()
}


def check_bytes(name: str, head: bytes) -> None:
    """Raises SourceError for what begins like a kind of file that is not read."""
    if head.startswith(_ZIP):
        what, how = next(((what, how) for inside, what, how in _IN_ZIP if inside in head), ("a ZIP archive", _UNPACK))
        raise SourceError(name, "read", f"it is {what}, which is not read", how)
    for begins, what, how in _SIGNATURES:
        if begins.match(head):
            raise SourceError(name, "read", f"it is {what}, which is not read", how)


def check_name(name: str) -> None:
    """Raises SourceError for a text whose name says that it is no prose."""
    known = _BY_NAME.get(name.rpartition(".")[2].lower()) if "." in name else None
    if known:
        raise SourceError(
            name, "read", f"it is {known[0]}, which is not read", f"{known[1]} --format text reads it as it stands."
        )

"""PDF as plain text in pages, of characters with their places. Running heads, page numbers and divided words are left to the
reader of plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.errors import SourceError
from extract.sources.columns import Stretch
from extract.sources.converted import Converted, library
from extract.sources.page_layout import page_text

_HYPHEN = "\x02"  # what PDFium says of a hyphen that divides a word at the end of a line
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d).*")


def convert_pdf(name: str, data: bytes, max_bytes: int) -> Converted:
    """The text of a PDF. Raises SourceError for one that is encrypted or damaged, or has no text."""
    pdfium = library("pypdfium2", name, "a PDF")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(name, "read", "the PDF is encrypted", "Save it without its password.") from error
        raise SourceError(name, "read", f"the PDF is damaged ({error})", "Fetch it again, or save it anew.") from error
    try:
        pages = [page_text(_characters(pdf[number])) for number in range(len(pdf))]
        told = pdf.get_metadata_dict(skip_empty=True)
    finally:
        pdf.close()
    if not any(page.strip() for page in pages):
        raise SourceError(name, "read", "the PDF has no text, only pictures of pages", "Recognise it first, say with `ocrmypdf`.")
    facts = {
        "author": told.get("Author"),
        "created": _CREATED.sub(r"\1-\2-\3", told.get("CreationDate", "")),
        "pages": len(pages),
    }
    told_of = {name: fact for name, fact in facts.items() if fact}
    return Converted("".join(f"{page}\n\f" for page in pages), "text", told.get("Title"), told_of)


def _characters(page: Any) -> Iterator[Stretch]:
    """The characters of a page one by one, blanks among them, in the order of the file."""
    from pypdfium2 import raw

    text, turned = page.get_textpage(), page.get_rotation()
    width, height = page.get_size()
    for number in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, number)
        shown = "-" if chr(code) == _HYPHEN else chr(code)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF or (not shown.isprintable() and not shown.isspace()):
            continue
        left, bottom, right, top = text.get_charbox(number, loose=not shown.isspace())
        box = (left, height - top, right, height - bottom)
        if turned == 90:
            box = (bottom, left, top, right)
        elif turned == 180:
            box = (width - right, bottom, width - left, top)
        elif turned == 270:
            box = (width - top, height - right, width - bottom, height - left)
        yield Stretch(shown, box[0], box[2], box[1], box[3])

"""Word documents (DOCX) as HTML: headings, paragraphs, lists, tables and notes as mammoth reads them, and where pages begin."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import count

from extract.sources.converted import Converted, library
from extract.sources.zipped import document_in, read_member

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => p:fresh
br[type='page'] => br.page
"""
_BODY = "word/document.xml"
# Word notes where its pages began when it last laid the document out; other programs only where a page is broken by hand.
_LAID_OUT = re.compile(rb"<w:lastRenderedPageBreak\s*/>")
_BY_HAND = re.compile(rb"<w:br\b[^>]*\bw:type=\"page\"[^>]*/>")
_BREAK = b'<w:br w:type="page"/>'
_PAGE = re.compile(r"<br class=\"page\"\s*/>")
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|ul|ol|tr|td|th|table)>")
_BACK_LINK = re.compile(r"\s*<a href=\"#(?:footnote|endnote)-ref-\d+\">↑</a>")
_CORE = re.compile(rb"<(dc:title|dc:creator|dcterms:created)\b[^>]*>([^<]*)<")


def convert_docx(name: str, data: bytes, max_bytes: int) -> Converted:
    """The HTML of a Word document. Raises SourceError for one that is encrypted, damaged, or unpacks to too much."""
    mammoth = library("mammoth", name, "a Word document")
    with document_in(name, data, max_bytes) as archive:
        core = read_member(name, archive, "docProps/core.xml", max_bytes) if "docProps/core.xml" in archive.NameToInfo else b""
        paged = _paged(name, archive, max_bytes)
    made = mammoth.convert_to_html(paged, style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {"src": ""}))
    pages = count(1)
    broken = f'<br class="page" />{made.value}' if _PAGE.search(made.value) else made.value
    html = _PAGE.sub(lambda _: f'<span role="doc-pagebreak" aria-label="{next(pages)}"></span>', broken)
    html = _BLOCK_END.sub(lambda end: f"{end[0]}\n", _BACK_LINK.sub("", html))
    told = {key.decode(): value.decode("utf-8", "replace") for key, value in _CORE.findall(core) if value.strip()}
    facts = {"author": told.get("dc:creator"), "created": told.get("dcterms:created")}
    return Converted(html, "html-whole", told.get("dc:title"), {key: fact for key, fact in facts.items() if fact})


def _paged(name: str, archive: zipfile.ZipFile, max_bytes: int) -> io.BytesIO:
    """The same document with one kind of page break, in the places where pages begin."""
    body = read_member(name, archive, _BODY, max(max_bytes, 1 << 28))
    if _LAID_OUT.search(body):
        body = _LAID_OUT.sub(_BREAK, _BY_HAND.sub(b"", body))
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for info in archive.infolist():
            if not info.filename.startswith("word/media/"):
                target.writestr(info.filename, body if info.filename == _BODY else archive.read(info))
    copy.seek(0)
    return copy

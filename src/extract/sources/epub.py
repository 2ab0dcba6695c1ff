"""EPUB books as one HTML: their chapters in the order of the spine, each a part, with the pages of the printed book."""

from __future__ import annotations

import posixpath
import re
import zipfile
from urllib.parse import unquote
from xml.etree import ElementTree

from extract.errors import SourceError
from extract.sources.converted import Converted
from extract.sources.decode import decode
from extract.sources.zipped import document_in, read_member

_CONTAINER = "META-INF/container.xml"
_BODY = re.compile(r"<body\b[^>]*>(.*)</body\s*>", re.DOTALL | re.IGNORECASE)
_FONTS = re.compile(rb"\.(?:otf|ttf|woff2?)[\"']", re.IGNORECASE)
_CHAPTERS = ("application/xhtml+xml", "text/html")
_FACTS = {"author": "creator", "publisher": "publisher", "published": "date", "lang": "language"}


def convert_epub(name: str, data: bytes, max_bytes: int) -> Converted:
    """The chapters of a book. Raises SourceError for one that is encrypted or damaged."""
    with document_in(name, data, max_bytes) as archive:
        if "META-INF/encryption.xml" in archive.NameToInfo:
            locked = read_member(name, archive, "META-INF/encryption.xml", max_bytes)
            if locked.count(b"CipherReference") > 2 * len(_FONTS.findall(locked)):
                raise SourceError(name, "read", "the book is encrypted", "Get it without DRM.")
        place = _find(_xml(name, archive, _CONTAINER, max_bytes), "rootfile").get("full-path", "")
        package = _xml(name, archive, place, max_bytes)
        parts = [_chapter(name, archive, path, max_bytes) for path in _spine(package, posixpath.dirname(place))]
    told = {
        tag: " ".join("".join(found.itertext()).split())
        for tag in ("title", *_FACTS.values())
        for found in _all(package, tag)[:1]
    }
    facts = {key: told[tag] for key, tag in _FACTS.items() if told.get(tag)}
    return Converted("".join(parts), "html-whole", told.get("title"), facts)


def _xml(name: str, archive: zipfile.ZipFile, member: str, max_bytes: int) -> ElementTree.Element:
    return ElementTree.fromstring(read_member(name, archive, member, max_bytes))


def _all(root: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    """The elements of a name, whatever their namespace."""
    return [element for element in root.iter() if element.tag.rpartition("}")[2] == tag]


def _find(root: ElementTree.Element, tag: str) -> ElementTree.Element:
    return _all(root, tag)[0]


def _spine(package: ElementTree.Element, folder: str) -> list[str]:
    """The files of the chapters in their order; without the table of contents and what is not part of the flow."""
    items = {item.get("id"): item for item in _all(package, "item")}
    read = [
        items[ref.get("idref")] for ref in _all(package, "itemref") if ref.get("idref") in items and ref.get("linear") != "no"
    ]
    chapters = [
        item for item in read if item.get("media-type") in _CHAPTERS and "nav" not in (item.get("properties") or "").split()
    ]
    return [posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))) for item in chapters]


def _chapter(name: str, archive: zipfile.ZipFile, path: str, max_bytes: int) -> str:
    source, _ = decode(f"{name}#{path}", read_member(name, archive, path, max_bytes))
    body = _BODY.search(source)
    return f'<section data-part="{path}">\n{body[1] if body else source}\n</section>\n'

"""MediaWiki's XML exports: each page that holds text is a document, with its title and the time of its revision as metadata.

The file is read page by page, however large it is; one that was cut off gives the pages that are whole. Redirects, templates,
modules, categories and messages are no documents.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from extract.errors import SourceError
from extract.sources.characters import bounded_references
from extract.sources.decode import wanted_encoding
from extract.sources.find import Row, Source
from extract.sources.formats import DUMP

STARTS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<mediawiki[\s>]")

_OPENS, _CLOSES = b"<page>", b"</page>"
_CHUNK = 1 << 20
_NO_ARTICLES = frozenset({"8", "10", "14", "828"})  # messages, templates, categories, modules
_FIELD = r"<{0}(?:\s[^>]*)?>(.*?)</{0}>"
_FIELDS = {name: re.compile(_FIELD.format(name), re.DOTALL) for name in ("title", "ns", "id", "timestamp", "format", "text")}


@dataclass(frozen=True, slots=True)
class DumpPage:
    """A page of an export: its title, the wikitext of its last revision, and what is said of that."""

    title: str
    text: str
    metadata: Mapping[str, str]


def split_pages(source: Source, stream: BinaryIO, encoding: str | None, max_bytes: int) -> Iterator[Source | SourceError]:
    """The pages that are documents, each a source of its own: `FILE#TITLE`. A page of too many bytes comes as a SourceError."""
    used, _ = wanted_encoding(stream.peek(4)[:4], encoding)  # type: ignore[attr-defined]
    seen: Counter[str] = Counter()
    for number, (start, data) in enumerate(_pages(stream, max_bytes), 1):
        row = Row(number, used, start=start, length=len(data), format=DUMP)
        try:
            page = read_page(source.name, data, row, max_bytes)
        except SourceError as error:
            yield error
            continue
        if page is not None:
            row = replace(row, id=page.title, repeats=seen[page.title])
            seen[page.title] += 1
            yield replace(source, name=f"{source.name}#{row.own_id}", data=data, row=row)


def _pages(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes]]:
    """The bytes of each page and where they begin; of a longer page than `most`, as many as tell that it is one."""
    buffer, base, searched = b"", 0, 0
    while True:
        opens = buffer.find(_OPENS)
        closes = buffer.find(_CLOSES, max(opens, searched)) if opens >= 0 else -1
        if closes >= 0:
            end = closes + len(_CLOSES)
            yield base + opens, buffer[opens:end][: most + 1]
            buffer, base, searched = buffer[end:], base + end, 0
            continue
        keep = opens if opens >= 0 else max(0, len(buffer) - len(_OPENS))
        buffer, base = buffer[keep:], base + keep
        searched = max(0, len(buffer) - len(_CLOSES))
        chunk = stream.read(_CHUNK)
        if not chunk:
            return
        buffer += chunk


def read_page(name: str, data: bytes, row: Row, max_bytes: int) -> DumpPage | None:
    """The page of these bytes, None if it is no document. Raises SourceError, which names the page by its number."""
    where = f"{name}:page {row.number}"
    if len(data) > max_bytes:
        raise SourceError(where, "read", f"more than {max_bytes} bytes", "Raise the limit with --max-bytes.")
    try:
        written = data.decode(row.encoding)
    except UnicodeError as error:
        raise SourceError(where, "decode", f"no {row.encoding} ({error})", "Give the encoding with --encoding.") from error
    written = bounded_references(written)
    found = {field: pattern.findall(written) for field, pattern in _FIELDS.items()}
    last = {field: html.unescape(values[-1]) for field, values in found.items() if values}
    title, text = html.unescape(found["title"][0]) if found["title"] else f"page {row.number}", last.get("text", "")
    is_redirect = "<redirect" in written or text.lstrip().lower().startswith("#redirect")
    is_text = last.get("format", "text/x-wiki") == "text/x-wiki" and last.get("ns", "0") not in _NO_ARTICLES
    if is_redirect or not is_text or not text.strip():
        return None
    page_id = {"page": found["id"][0]} if found["id"] else {}
    return DumpPage(title, text, {"title": title, **page_id, **{key: last[key] for key in ("timestamp",) if key in last}})

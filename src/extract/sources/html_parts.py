"""What is what in HTML: the elements that make blocks, those that are not for reading, and tables that only arrange a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extract.sources.html_tree import HEADINGS, Attributes, Element, Event, is_template, names
from extract.sources.marks import is_raised_mark

_NOT_READ = names(
    "script style nav template noscript svg button select textarea iframe object audio video canvas map datalist head title math"
)
_WHOLE_PAGE = names("html body main article")
_ROLES = names("navigation contentinfo search menu menubar banner")
# Names of classes and ids that sites give to what surrounds the text: navigation, notices, reference marks and lists.
_SURROUNDS = re.compile(
    r"references?|reflist|mw-references-wrap|mw-editsection|mw-jump-link|mw-cite-backlink|catlinks|printfooter|"
    r"navbox[\w-]*|navbar|nav|ambox|"
    r"(?!has-|with-|no-|is-|not-)[\w-]+-(?:nav|navigation|menu|breadcrumbs?)|breadcrumbs?|navigation|menu|toc|"
    r"table-of-contents|noprint|"
    r"sr-only|visually-?hidden|screen-reader-(?:text|only)|skip-?(?:link|nav|to-content)|footnote-ref|(?:cookies?|"
    r"gdpr|consent)(?:-[\w-]+)?|"
    r"(?:social-)?shar(?:e|ing)(?:-(?:bar|buttons?|links?|tools|icons))?|social(?:-(?:links?|media|icons|buttons|"
    r"bar))?|sharedaddy|"
    r"pagination|pager|related(?:-(?:posts|articles|stories|links|content|news))?|newsletter(?:-[\w-]+)?|"
    r"advert(?:isement)?s?|ads?|"
    r"(?:site-|page-)?footer",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_ID = re.compile(r"(?:cite_ref|fnref|ftnref|note)", re.IGNORECASE)
_LINK_TO_NOTE = re.compile(r"<(?:sup\b[^>]*>\s*<a|a)\b[^>]*\bhref\s*=\s*[\"']?[^\"'\s>]*#[^>]*>(?:\s*<sup\b)?", re.IGNORECASE)
_RAISED = re.compile(r"<sup\b[^>]*>([^<]{1,12})</sup", re.IGNORECASE)


def is_hidden(element: Element, source: str, around: Counter[str]) -> bool:
    """Whether an element is not for reading; `around` counts the elements that it is in."""
    tag, values, position = element.tag, element.values, element.position
    if tag in _WHOLE_PAGE:
        return False
    return (
        (tag in _NOT_READ and not is_template(element))
        or (tag == "footer" and not around["blockquote"] and not around["figure"])
        or values.get("aria-hidden") == "true"
        or values.get("role") in _ROLES
        or any(_SURROUNDS.fullmatch(name) for key in ("class", "id") for name in (values.get(key) or "").split())
        or (tag in ("sup", "a") and _is_note_mark(tag, values, source, position, bool(around["td"] or around["th"])))
    )


def place_of(element: Element) -> tuple[str, str] | None:
    """The kind and number of a place that begins with an element: a page (DPUB-ARIA, EPUB), a part, a cell of a sheet."""
    values = element.values
    if values.get("role") == "doc-pagebreak" or "pagebreak" in (values.get("epub:type") or "").split():
        page = (values.get("aria-label") or values.get("title") or "").strip()
        return ("page", page) if page.isdecimal() else None
    return next(((kind, place) for kind in ("cell", "part") if (place := values.get(f"data-{kind}"))), None)


def is_veiled(element: Element) -> bool:
    """Whether an element is not seen unless a script shows it."""
    return "hidden" in element.values or bool(_INVISIBLE.search(element.values.get("style") or "")) or is_template(element)


def _is_note_mark(tag: str, values: Attributes, source: str, position: int, in_cell: bool) -> bool:
    """Whether a superscript is the mark of a footnote: a link inside the page, a small number behind a word or figure."""
    link = _LINK_TO_NOTE.match(source, position)
    if link and "<sup" in link.group().lower():
        return True
    if tag == "a":
        return False
    if _NOTE_ID.match(values.get("id") or ""):
        return True
    raised, before = _RAISED.match(source, position), source[max(0, position - 8) : position]
    return raised is not None and is_raised_mark(raised[1], before if not (in_cell and before[-1:].isdigit()) else "%")


# -- tables that arrange a page -------------------------------------------------------------------------------------

_PROSE = 500
"""A cell of more characters is prose, which no table of figures holds."""


class _Table:
    def __init__(self, event: Event) -> None:
        self.position = event.element.position
        self.marked = False  # it has header cells or a caption
        self.arranges = event.element.values.get("role") in ("presentation", "none")
        self.cell = 0  # characters in the cell at hand
        self.paragraphs = 0

    def note(self, tag: str) -> None:
        """What the tag of an element inside says of the table."""
        if tag in ("th", "caption", "thead"):
            self.marked = True
        elif tag in ("td", "tr"):
            self.cell = self.paragraphs = 0
        elif tag in HEADINGS or tag == "table":
            self.arranges = True
        elif tag == "p":
            self.paragraphs += 1
            self.arranges |= self.paragraphs > 1

    def fill(self, text: str) -> None:
        self.cell += len(text.strip())
        self.arranges |= self.cell > _PROSE


def layout_tables(events: Iterable[Event], source: str) -> set[int]:
    """Where the tables begin that arrange the page: no headers, and in their cells headings, paragraphs or other tables."""
    tables: list[_Table] = []
    found: set[int] = set()
    for event in events:
        tag = event.element.tag
        if event.kind == "text" and tables:
            tables[-1].fill(source[event.start : event.end])
        elif event.kind == "open":
            if tables:
                tables[-1].note(tag)
            if tag == "table":
                tables.append(_Table(event))
        elif event.kind == "close" and tag == "table":
            table = tables.pop()
            if table.arranges and not table.marked:
                found.add(table.position)
    return found

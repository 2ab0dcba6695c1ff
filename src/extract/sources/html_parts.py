"""What is what in HTML: the elements that make blocks, those that are not for reading, and tables that only arrange a page."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import accumulate

Attributes = dict[str, str | None]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
HEAD = _names("head title meta link base style script noscript template")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TABLE_PARTS = _names("table caption thead tbody tfoot tr td th")
BLOCKS = TABLE_PARTS | _names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 "
    "h6 header hgroup hr li main nav ol p pre section summary ul"
)

# An opening tag ends these elements, which its writer left open, up to the nearest of the others.
ENDS = {
    "li": (_names("li"), _names("ul ol dl table td")),
    "dt": (_names("dt dd"), _names("ul ol dl table td")),
    "dd": (_names("dt dd"), _names("ul ol dl table td")),
    "tr": (_names("tr td th caption"), _names("table")),
    "td": (_names("td th caption"), _names("table")),
    "th": (_names("td th caption"), _names("table")),
    "thead": (_names("tr td th caption"), _names("table")),
    "tbody": (_names("thead tbody tfoot tr td th caption"), _names("table")),
    "tfoot": (_names("thead tbody tr td th caption"), _names("table")),
}
P_ENDERS = BLOCKS - (TABLE_PARTS - {"table"}) - {"body"}

_NOT_READ = _names(
    "script style nav template noscript svg button select textarea iframe object audio video canvas map datalist head title math"
)
_WHOLE_PAGE = _names("html body main article")
_ROLES = _names("navigation contentinfo search menu menubar banner")
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
_NOTE_NUMBER = re.compile(r"<sup\b[^>]*>\s*\[?(?:\d{1,2}|[a-c*†‡])\]?\s*</sup", re.IGNORECASE)
_UNIT = re.compile(r"(?:[kcdm]?m|mi|ft|in|\d|[(^])$")


def is_hidden(tag: str, values: Attributes, source: str, position: int, around: Counter[str]) -> bool:
    """Whether an element, whose tag begins at `position`, is not for reading; `around` counts the elements that it is in."""
    if tag in _WHOLE_PAGE:
        return False
    return (
        tag in _NOT_READ
        or (tag == "footer" and not around["blockquote"] and not around["figure"])
        or "hidden" in values
        or values.get("aria-hidden") == "true"
        or values.get("role") in _ROLES
        or any(_SURROUNDS.fullmatch(name) for key in ("class", "id") for name in (values.get(key) or "").split())
        or bool(_INVISIBLE.search(values.get("style") or ""))
        or (tag in ("sup", "a") and _is_note_mark(tag, values, source, position, bool(around["td"] or around["th"])))
    )


def _is_note_mark(tag: str, values: Attributes, source: str, position: int, in_cell: bool) -> bool:
    """Whether a superscript is the mark of a footnote: a link inside the page, a small number behind a word or figure."""
    link = _LINK_TO_NOTE.match(source, position)
    if link and "<sup" in link.group().lower():
        return True
    if tag == "a":
        return False
    if _NOTE_ID.match(values.get("id") or ""):
        return True
    before = source[max(0, position - 4) : position]
    behind = (in_cell and before[-1:].isdigit()) or not _UNIT.search(before)
    return bool(_NOTE_NUMBER.match(source, position)) and before[-1:].strip() != "" and behind


# -- tables that arrange a page -------------------------------------------------------------------------------------

_PROSE = 500
"""A cell of more characters is prose, which no table of figures holds."""


class _Table:
    def __init__(self, position: int) -> None:
        self.position = position
        self.marked = False  # it has header cells or a caption
        self.arranges = False
        self.cell = 0  # characters in the cell at hand
        self.paragraphs = 0


class _Scan(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = line_starts(source)
        self._open: list[_Table] = []
        self.layout: set[int] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        table = self._open[-1] if self._open else None
        if tag == "table":
            if table:
                table.arranges = True
            line, column = self.getpos()
            self._open.append(_Table(self._lines[line - 1] + column))
            self._open[-1].arranges = dict(attrs).get("role") in ("presentation", "none")
        elif table is None:
            return
        elif tag in ("th", "caption", "thead"):
            table.marked = True
        elif tag in ("td", "tr"):
            table.cell = table.paragraphs = 0
        elif tag in HEADINGS:
            table.arranges = True
        elif tag == "p":
            table.paragraphs += 1
            table.arranges |= table.paragraphs > 1

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].cell += len(data.strip())
            self._open[-1].arranges |= self._open[-1].cell > _PROSE

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._open:
            self._end(self._open.pop())

    def _end(self, table: _Table) -> None:
        if table.arranges and not table.marked:
            self.layout.add(table.position)

    def finish(self) -> set[int]:
        self.close()
        while self._open:
            self._end(self._open.pop())
        return self.layout


def line_starts(source: str) -> list[int]:
    """Where the lines of a source begin, as html.parser counts them."""
    return [0, *accumulate(len(line) + 1 for line in source.split("\n"))]


def layout_tables(source: str) -> set[int]:
    """Where the tables begin that arrange the page: no headers, and in their cells headings, paragraphs or other tables."""
    if "<table" not in source.lower():
        return set()
    scan = _Scan(source)
    scan.feed(source)
    return scan.finish()

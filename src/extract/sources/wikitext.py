"""MediaWiki wikitext, by mwparserfromhell's nodes, which join up to the source without loss.

Shown: text, the shown part of links, captions, values of infobox parameters, table cells, and of templates what a reader sees
(see `templates.py`). Not shown: references, comments, categories, files, link targets, and every other template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from mwparserfromhell import nodes
from mwparserfromhell.wikicode import Wikicode

from extract.sources import templates
from extract.sources.captions import caption_of, gallery_captions
from extract.sources.document import BlockKind, Field
from extract.sources.lines import Sections
from extract.sources.marks import is_raised_mark, show_with_marks
from extract.sources.tables import RawCell, show_table
from extract.sources.templates import template_name
from extract.sources.view import View, shown_text
from extract.sources.wiki_export import is_file_name, numbered_field
from extract.sources.wikilinks import kind_of_link, without_bracket
from extract.sources.wikinodes import (
    CellNode,
    Piece,
    attribute,
    by_key,
    contents_start,
    is_caption,
    parameters,
    parse,
    placed,
    table_rows,
    tag_name,
)

_HIDDEN_TAGS = frozenset(
    {
        "ref",
        "references",
        "math",
        "score",
        "timeline",
        "imagemap",
        "style",
        "script",
        "templatestyles",
        "includeonly",
        "chem",
        "graph",
    }
)
_BLOCK_TAGS = frozenset({"div", "p", "center", "blockquote", "section", "poem", "ul", "ol", "dl", "noinclude", "onlyinclude"})
_DATE_PART = re.compile(r"[0-9]{1,4}")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_TEXT = re.compile(
    r"__[A-Z]{4,}__|(?P<breaks></?(?:br|p|div|li|td|th|tr|table|ul|ol|center|blockquote|gallery)\b[^<>\n]*>)|"
    r"</?(?:ref|references|b|i|u|s|small|big|span|font|sup|sub|nowiki|noinclude|includeonly|onlyinclude|poem|section|code|abbr)\b[^<>\n]*>",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_FUNCTION = re.compile(r"(?:formatnum|lc|uc|lcfirst|ucfirst)\s*:", re.IGNORECASE)
_TITLE = re.compile(r"\s*DISPLAYTITLE\s*:", re.IGNORECASE)
_TITLE_KEYS = frozenset({"election_name", "name", "title", "conference_name"})

Show = Callable[[View], None]


class _Reader:
    """Walks the nodes; `here` is always the source offset of the node at hand."""

    def __init__(self, view: View, source: str) -> None:
        self._view, self._source = view, source
        self._sections = Sections()
        self._kind: BlockKind = "paragraph"
        self._level: int | None = None
        self._tables, self._boxes = 0, 0
        self._heading_title: str | None = None
        self._box_title: str | None = None
        self._set_title: str | None = None

    def read(self) -> str | None:
        """Shows the source; gives its title: as the page sets it, as a heading of the first level, or as its infobox does."""
        self._walk(self._view, parse(self._source), 0, top=True)
        self._view.close()
        return self._set_title or self._heading_title or self._box_title

    def _ensure_open(self) -> None:
        if not self._view.is_open:
            self._view.open(self._kind, self._sections.path, self._level)

    def _end_block(self) -> None:
        self._view.close()
        self._kind, self._level = "paragraph", None

    def _text_of(self, code: Wikicode, start: int) -> str:
        """What a stretch shows, in one line."""
        return shown_text(self._source, lambda view: self._walk(view, code, start))

    # -- nodes ---------------------------------------------------------------------------------------------------

    def _walk(self, view: View, code: Wikicode, start: int, top: bool = False) -> None:
        """Shows the nodes of `code`, which begins at `start`; blocks begin and end only at the `top`."""
        for node, here in placed(code, start):
            self._node(view, node, here, top)

    def _node(self, view: View, node: Any, here: int, top: bool) -> None:
        if isinstance(node, nodes.Text):
            self._text(view, here, here + len(str(node)), top)
        elif isinstance(node, nodes.Tag):
            self._tag(view, node, here, top)
        elif isinstance(node, nodes.Template):
            self._template(view, node, here, top)
        elif isinstance(node, nodes.Heading):
            self._heading(view, node, here, top)
        elif isinstance(node, nodes.Wikilink):
            self._link(view, node, here, top)
        elif isinstance(node, nodes.ExternalLink):
            self._external_link(view, node, here, top)
        elif isinstance(node, nodes.HTMLEntity):
            self._entity(view, node, here, top)

    def _text(self, view: View, start: int, end: int, top: bool) -> None:
        if not top:
            self._show_text(view, start, end)
            return
        position = start
        for gap in _PARAGRAPH.finditer(self._source, start, end):
            self._lines(position, gap.start())
            self._end_block()
            position = gap.end()
        self._lines(position, end)

    def _lines(self, start: int, end: int) -> None:
        """Text at the top: a line break ends a list item, and only that."""
        line_end = self._source.find("\n", start, end)
        if self._kind == "list_item" and line_end >= 0:
            self._show_top(start, line_end)
            self._end_block()
            start = line_end + 1
        self._show_top(start, end)

    def _show_top(self, start: int, end: int) -> None:
        if end > start:
            self._ensure_open()
            self._show_text(self._view, start, end)

    def _show_text(self, view: View, start: int, end: int) -> None:
        position = start
        for hidden in _NO_TEXT.finditer(self._source, start, end):
            show_with_marks(view, self._source, position, hidden.start())
            if hidden["breaks"]:
                view.space()
            position = hidden.end()
        show_with_marks(view, self._source, position, end)

    def _heading(self, view: View, node: Any, here: int, top: bool) -> None:
        start = here + node.level
        if not top:
            self._walk(view, node.title, start)
            return
        self._end_block()
        text = self._text_of(node.title, start)
        kind: BlockKind = "title" if node.level == 1 and self._heading_title is None else "heading"
        self._view.open(kind, self._sections.enter(node.level, text), node.level)
        self._walk(self._view, node.title, start)
        self._view.close()
        if kind == "title":
            self._heading_title = text

    def _tag(self, view: View, node: Any, here: int, top: bool) -> None:
        name = tag_name(node)
        if name == "br":
            _break(view)
        elif name in ("li", "dd", "dt") and (node.wiki_markup or top):
            self._item(view, name, top)
            self._contents(view, node, here, top)
        elif name == "table":
            self._table(view, node, here, top)
        elif name == "gallery":
            self._gallery(view, node, here, top)
        elif name == "hr" and top:
            self._end_block()
        elif name == "sup" and is_raised_mark(str(node.contents or ""), self._source[max(0, here - 8) : here]):
            return
        elif name not in _HIDDEN_TAGS and not _HIDDEN_STYLE.search(attribute(node, "style")):
            if name in _BLOCK_TAGS and top:
                self._end_block()
                self._kind = "quotation" if name == "blockquote" else "paragraph"
            self._contents(view, node, here, top and name in _BLOCK_TAGS)
            if name in _BLOCK_TAGS and top:
                self._end_block()

    def _contents(self, view: View, node: Any, here: int, top: bool) -> None:
        if node.contents is not None and len(node.contents.nodes):
            if view is self._view:
                self._ensure_open()
            self._walk(view, node.contents, contents_start(node, here), top)

    def _item(self, view: View, name: str, top: bool) -> None:
        if not top:
            _break(view, item=True)
        elif self._kind == "list_item" and view.is_empty and view.is_open:
            self._level = (self._level or 1) + 1  # `**`: the same item, one level down
            view.open("list_item", self._sections.path, self._level)
        else:
            self._open_item()

    def _open_item(self) -> None:
        self._end_block()
        self._kind, self._level = "list_item", 1
        self._view.open("list_item", self._sections.path, 1)

    # -- links ---------------------------------------------------------------------------------------------------

    def _link(self, view: View, node: Any, here: int, top: bool) -> None:
        title, start = str(node.title), here + 2
        shift = 1 if title.startswith(":") else 0
        text_start = start + len(title) + 1
        kind = kind_of_link(title)
        if kind == "picture" and (caption := caption_of(node, text_start, self._source)):
            self._caption(view, caption, top)
        if kind != "shown":
            return
        self._ensure_open() if top else None
        if node.text is None:
            view.show(start + shift, start + len(title))
        elif str(node.text):
            self._walk(view, node.text, text_start)
        else:
            view.show(start + shift, start + len(without_bracket(title)))

    def _gallery(self, view: View, node: Any, here: int, top: bool) -> None:
        if node.contents is not None:
            for caption in gallery_captions(str(node.contents), contents_start(node, here), self._source):
                self._caption(view, caption, top)

    def _caption(self, view: View, pieces: list[Piece], top: bool) -> None:
        if top:
            self._end_block()
            view.open("caption", self._sections.path)
        else:
            view.space()
        self._pieces(view, pieces)
        if top:
            view.close()
        else:
            view.space()

    def _pieces(self, view: View, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if piece.node is None:
                self._show_text(view, piece.start, piece.end)
            else:
                self._node(view, piece.node, piece.start, top=False)

    def _external_link(self, view: View, node: Any, here: int, top: bool) -> None:
        if node.title is not None and node.brackets:
            self._ensure_open() if top else None
            self._walk(view, node.title, here + len(str(node)) - 1 - len(str(node.title)))

    def _entity(self, view: View, node: Any, here: int, top: bool) -> None:
        self._ensure_open() if top else None
        view.show(here, here + len(str(node)))

    # -- templates -----------------------------------------------------------------------------------------------

    def _template(self, view: View, node: Any, here: int, top: bool) -> None:
        name = template_name(str(node.name))
        if templates.INFOBOX.match(name) and top:
            self._infobox(node, here)
        elif name in templates.SIGNS:
            view.mark("sign", templates.SIGNS[name])
        elif name in templates.CHARACTERS:
            self._ensure_open() if top else None
            view.show_characters(templates.CHARACTERS[name], here, here + len(str(node)))
        elif name in templates.PERCENTAGES:
            self._percentage(view, node, here, top)
        elif name in templates.LISTS:
            self._list(view, node, here, top)
        elif match := _FUNCTION.match(str(node.name)):
            self._ensure_open() if top else None
            self._show_text(view, here + 2 + match.end(), here + 2 + len(str(node.name)))
        elif match := _TITLE.match(str(node.name)):
            self._set_title = self._text_of(parse(str(node.name)[match.end() :]), here + 2 + match.end())
        else:
            self._shown_parameters(view, node, here, name, top)

    def _percentage(self, view: View, node: Any, here: int, top: bool) -> None:
        """A percentage that a template works out: what it shows stands for the template as a whole."""
        given = by_key(node, here)
        shown = templates.percentage(*(self._text_of(*given[place]) if place in given else "" for place in (1, 2, 3)))
        if shown is not None:
            self._ensure_open() if top else None
            view.show_characters(shown, here, here + len(str(node)))

    def _shown_parameters(self, view: View, node: Any, here: int, name: str, top: bool) -> None:
        given = by_key(node, here)
        if name in templates.DATES:
            values, joiner = [given[place] for place in (1, 2, 3) if place in given], "-"
        elif (shows := templates.shown_parameters(name)) or templates.cells_of(name) == "colour and name":
            shows = shows or templates.PARAMETERS["small"]
            found = (next((given[key] for key in place if key in given), None) for place in shows.places)
            values, joiner = [value for value in found if value], shows.joiner
        else:
            return
        if not values:
            return
        is_quotation = top and name in templates.QUOTATIONS
        if is_quotation:
            self._end_block()
            self._kind = "quotation"
        self._ensure_open() if top else None
        if name in templates.SHOWN_NAMES:
            view.show(here + 2, here + 2 + len(str(node.name)))
            view.space()
        is_iso = name in templates.DATES and all(_DATE_PART.fullmatch(str(value).strip()) for value, _ in values)
        self._joined(view, values, joiner if is_iso or joiner != "-" else " ", is_iso)
        if is_quotation:
            self._end_block()

    def _joined(self, view: View, values: list[tuple[Wikicode, int]], joiner: str, is_iso: bool) -> None:
        """Values with something between them; the month and day of a date in two digits."""
        for number, (value, start) in enumerate(values):
            written = str(value).strip()
            if number and joiner == " ":
                view.space()
            elif number:
                view.insert(joiner)
            if number and is_iso and len(written) == 1:
                view.insert("0")
            self._walk(view, value, start)

    def _list(self, view: View, node: Any, here: int, top: bool) -> None:
        for number, (value, start) in enumerate((value, start) for key, value, start in parameters(node, here) if key is None):
            has_items = any(isinstance(item, nodes.Tag) and item.wiki_markup for item in value.nodes)
            if top:
                self._end_block() if has_items else self._open_item()
            elif number:
                _break(view, item=True)
            self._walk(view, value, start, top)
        if top:
            self._end_block()

    def _infobox(self, node: Any, here: int) -> None:
        self._end_block()
        number, self._boxes = self._boxes, self._boxes + 1
        for key, value, start in parameters(node, here):
            if key is None or is_file_name(str(value).strip()):
                continue
            field = numbered_field(key, number)
            if not templates.is_setting(field.name):
                self._field(field, value, start)
            if not number and key.lower() in _TITLE_KEYS and self._box_title is None:
                self._box_title = self._text_of(value, start) or None

    def _field(self, field: Field, value: Wikicode, start: int) -> None:
        self._view.open("field", self._sections.path, field=field)
        listed = False
        for node, here in placed(value, start):
            is_box = isinstance(node, nodes.Template) and templates.INFOBOX.match(template_name(str(node.name)))
            if tag_name(node) == "table" or is_box:
                with self._view.interrupted():
                    self._node(self._view, node, here, top=True)
            elif listed and isinstance(node, nodes.Text) and "\n" in str(node):
                self._below_item(here, here + len(str(node)))
                listed = False
            else:
                self._node(self._view, node, here, top=False)
                listed = listed or tag_name(node) == "li"
        self._view.close()

    def _below_item(self, start: int, end: int) -> None:
        """Text that ends a list item of an infobox value: what stands behind its line break is a value of its own."""
        line_end = self._source.find("\n", start, end)
        self._show_text(self._view, start, line_end)
        self._view.reopen()
        self._show_text(self._view, line_end, end)

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(self, view: View, node: Any, here: int, top: bool) -> None:
        rows = table_rows(node, here)
        if not top:  # a table inside a cell: its cells, one after the other
            for cell in (cell for row in rows for cell in row):
                _break(view, item=True)
                self._pieces(view, cell.pieces)
            return
        self._end_block()
        cells = [cell for row in rows for cell in row]
        if any(tag_name(piece.node) == "table" for cell in cells for piece in cell.pieces) and not any(
            cell.is_header for cell in cells
        ):
            self._layout(cells)
            return
        number, self._tables = self._tables, self._tables + 1
        caption = self._table_caption(node, here)
        shown = [[self._cell(cell) for cell in row] for row in rows]
        show_table(self._view, self._source, shown, number, self._sections.path, caption)

    def _layout(self, cells: list[CellNode]) -> None:
        """A table without headers that holds tables is there for the layout: what is in its cells stands on its own."""
        for cell in cells:
            for piece in cell.pieces:
                if piece.node is None:
                    self._text(self._view, piece.start, piece.end, top=True)
                else:
                    self._node(self._view, piece.node, piece.start, top=True)
            self._end_block()

    def _table_caption(self, node: Any, here: int) -> str | None:
        """Shows the caption of a table; gives its text, None if it has none."""
        children = placed(node.contents, contents_start(node, here))
        found = next(((child, start) for child, start in children if is_caption(child)), None)
        if found is None:
            return None
        child, start = found
        self._view.open("caption", self._sections.path)
        begin = contents_start(child, start)
        for piece, at in placed(child.contents, begin):
            if at == begin and isinstance(piece, nodes.Text) and str(piece).startswith("+"):  # that of `|+`
                self._show_text(self._view, at + 1, at + len(str(piece)))
            else:
                self._node(self._view, piece, at, top=False)
        block = self._view.close()
        return self._view.text_of(block) if block else None

    def _cell(self, cell: CellNode) -> RawCell:
        def show(view: View) -> None:
            self._pieces(view, cell.pieces)

        return RawCell(show, cell.is_header, cell.colspan, cell.rowspan)


def _break(view: View, item: bool = False) -> None:
    """A line break: the next value of the same infobox key (or, before an `item`, of the same table cell), else a blank."""
    if view.kind == "field" or (item and view.kind == "cell"):
        view.reopen()
    else:
        view.space()


# Markup that was cut out of an XML dump with its escapes.
_ESCAPED_TAG = re.compile(
    r"&lt;(?:/?(?:ref|br|small|big|sub|sup|nowiki|gallery|div|span|center|blockquote|math|references)\b|!--)"
)
_ESCAPE = re.compile(r"&(lt|gt|amp|quot|apos|#0?39);")
_ESCAPED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def read_wikitext(view: View, source: str) -> str | None:
    """Shows MediaWiki wikitext; gives its title. What was cut out of an XML dump with its escapes (`&lt;ref&gt;`) is read so."""
    if _ESCAPED_TAG.search(source) and not re.search(r"<ref\b", source):
        source, places = unescaped(source)
        view.reads(source, places)
    return _Reader(view, source).read()


def unescaped(source: str) -> tuple[str, list[int]]:
    """A text without the escapes of XML, and the place of each of its characters before; one place more at the end."""
    parts: list[str] = []
    places: list[int] = []
    position = 0
    for found in _ESCAPE.finditer(source):
        parts += [source[position : found.start()], _ESCAPED.get(found[1], "'")]
        places += range(position, found.start() + 1)
        position = found.end()
    places += range(position, len(source) + 1)
    return "".join((*parts, source[position:])), places

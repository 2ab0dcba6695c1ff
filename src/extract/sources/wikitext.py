"""MediaWiki wikitext, by mwparserfromhell's nodes, which join up to the source without loss.

Shown: text, the shown part of links, values of infobox parameters, table cells, and those templates whose parameter is what a
reader sees. Not shown: references, comments, categories, files, link targets, and every other template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import mwparserfromhell
from mwparserfromhell import nodes
from mwparserfromhell.wikicode import Wikicode

from extract.sources.document import BlockKind, Field
from extract.sources.lines import Sections
from extract.sources.marks import show_with_marks
from extract.sources.tables import RawCell, show_table
from extract.sources.view import View
from extract.sources.wiki_export import is_file_name, numbered_field

# Templates that show one of their positional parameters, and which (-1: the last).
_SHOWS_PARAMETER = {
    **dict.fromkeys(("nowrap", "small", "smaller", "big", "larger", "nobold", "noitalic", "center", "nobr", "em", "strong"), 1),
    **dict.fromkeys(
        ("abbr", "tooltip", "flag", "flagu", "flagcountry", "flagdeco", "flag+link", "noflag", "sc", "smallcaps", "mvar"), 1
    ),
    **dict.fromkeys(
        ("party name with color", "party name with colour", "fullpartyname", "sortname short", "ill", "interlanguage link"), 1
    ),
    **dict.fromkeys(
        ("lang", "legend", "legend0", "sort", "langx", "color", "colour", "font color", "visible anchor", "transl"), -1
    ),
    **dict.fromkeys(
        ("lang-ru", "lang-uk", "lang-ka", "lang-fr", "lang-de", "lang-es", "lang-ar", "quote", "blockquote", "title"), 1
    ),
    **dict.fromkeys(("circa", "c.", "formatnum", "val", "num", "decrease2", "increase2", "anglicise rank"), 1),
}
# Templates that show all their positional parameters, each on a line of its own.
_SHOWS_ALL = ("plainlist", "ubl", "unbulleted list", "hlist", "flatlist", "br separated entries", "collapsible list", "sortname")
_SHOWS_CHARACTER = {
    "nbsp": "\u00a0",
    "spaces": "\u00a0",
    "ndash": "–",
    "snd": "–",
    "spnd": "–",
    "spaced ndash": "–",
    "mdash": "—",
    "!": "|",
}
_SIGNS = {
    **dict.fromkeys(("increase", "gain", "up", "nochange up", "increase neutral", "increasenegative", "increasepositive"), "+"),
    **dict.fromkeys(("decrease", "loss", "down", "decrease neutral", "decreasenegative", "decreasepositive"), "-"),
}
_DATES = (
    "start date",
    "end date",
    "date",
    "start date and age",
    "birth date",
    "birth date and age",
    "death date",
    "dts",
    "film date",
)
_HIDDEN_LINK = re.compile(r"\s*(?:file|image|category|media|datei|fichier)\s*:", re.IGNORECASE)
_HIDDEN_TAGS = (
    "ref",
    "references",
    "gallery",
    "math",
    "score",
    "timeline",
    "imagemap",
    "style",
    "script",
    "nowiki/",
    "templatestyles",
)
_BLOCK_TAGS = ("div", "p", "center", "blockquote", "section", "poem")
_INFOBOX = re.compile(r"infobox|taxobox|election box|election results", re.IGNORECASE)
_MAGIC = re.compile(r"__[A-Z]+__")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")

Show = Callable[[View], None]


class _Reader:
    """Walks the nodes; `_here` is always the source offset of the node at hand."""

    def __init__(self, view: View, source: str) -> None:
        self._view, self._source = view, source
        self._sections = Sections()
        self._kind: BlockKind = "paragraph"
        self._level: int | None = None
        self._tables, self._boxes = 0, 0
        self.title: str | None = None

    def read(self) -> None:
        self._walk(self._view, mwparserfromhell.parse(self._source), 0, top=True)
        self._view.close()

    def _ensure_open(self) -> None:
        if not self._view.is_open:
            self._view.open(self._kind, self._sections.path, self._level)

    def _end_block(self) -> None:
        self._view.close()
        self._kind, self._level = "paragraph", None

    # -- nodes ---------------------------------------------------------------------------------------------------

    def _walk(self, view: View, code: Wikicode, start: int, top: bool = False) -> None:
        """Shows the nodes of `code`, which begins at `start`; blocks begin and end only at the `top`."""
        for node, here in _placed(code, start):
            if isinstance(node, nodes.Text):
                self._text(view, here, here + len(str(node)), top)
            elif isinstance(node, nodes.Tag):
                self._tag(view, node, here, top)
            elif isinstance(node, nodes.Template):
                self._template(view, node, here, top)
            elif isinstance(node, nodes.Heading) and top:
                self._heading(node, here)
            elif shown := _inline(node, here):
                self._ensure_open() if top else None
                shown(self, view)

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
        for magic in _MAGIC.finditer(self._source, start, end):
            show_with_marks(view, self._source, position, magic.start())
            position = magic.end()
        show_with_marks(view, self._source, position, end)

    def _heading(self, node: Any, here: int) -> None:
        self._end_block()
        scratch = View(self._source)
        scratch.open("heading")
        self._walk(scratch, node.title, here + node.level)
        above = self._sections.enter(node.level, scratch.finish()[0])
        self._view.open("heading", above, node.level)
        self._walk(self._view, node.title, here + node.level)
        self._view.close()

    def _tag(self, view: View, node: Any, here: int, top: bool) -> None:
        name = str(node.tag).strip().lower()
        if name == "br":
            _break(view)
        elif name in ("li", "dd", "dt") and node.wiki_markup:
            self._item(view, name, top)
        elif name == "table":
            self._table(view, node, here, top)
        elif name not in _HIDDEN_TAGS and node.contents is not None:
            if name in _BLOCK_TAGS and top:
                self._end_block()
            if top:
                self._ensure_open()
            self._walk(view, node.contents, _contents_start(node, here), top and name in _BLOCK_TAGS)

    def _item(self, view: View, name: str, top: bool) -> None:
        if not top:
            _break(view)
        elif self._kind == "list_item" and view.is_empty:
            self._level = (self._level or 1) + 1  # `**`: the same item, one level down
            view.open("list_item", self._sections.path, self._level)
        else:
            self._end_block()
            self._kind, self._level = "list_item", 1
            view.open("list_item", self._sections.path, 1)

    # -- templates -----------------------------------------------------------------------------------------------

    def _template(self, view: View, node: Any, here: int, top: bool) -> None:
        name = re.sub(r"[\s_]+", " ", str(node.name)).strip().lower()
        if _INFOBOX.match(name) and top:
            self._infobox(node, here)
        elif name in _SIGNS:
            view.mark("sign", _SIGNS[name])
        elif name in _SHOWS_CHARACTER:
            view.show_character(_SHOWS_CHARACTER[name], here, here + len(str(node)))
        else:
            self._shown_parameters(view, node, here, name, top)

    def _shown_parameters(self, view: View, node: Any, here: int, name: str, top: bool) -> None:
        positional = [(value, start) for key, value, start in _parameters(node, here) if key is None]
        if name in _SHOWS_PARAMETER and positional:
            wanted = positional[_SHOWS_PARAMETER[name] - 1 if _SHOWS_PARAMETER[name] > 0 else -1 :][:1]
        elif name in _SHOWS_ALL:
            wanted = positional
        elif name in _DATES:
            wanted = positional[:3]
        else:
            return
        if top:
            self._ensure_open()
        for number, (value, start) in enumerate(wanted):
            if number and name in _DATES:
                view.insert("-")
            elif number:
                _break(view) if name != "sortname" else view.space()
            self._walk(view, value, start)

    def _infobox(self, node: Any, here: int) -> None:
        self._end_block()
        for key, value, start in _parameters(node, here):
            if key is not None and not is_file_name(str(value).strip()):
                self._field(numbered_field(key, self._boxes), value, start)
        self._boxes += 1

    def _field(self, field: Field, value: Wikicode, start: int) -> None:
        self._view.open("field", self._sections.path, field=field)
        for node, here in _placed(value, start):
            if isinstance(node, nodes.Tag) and str(node.tag).lower() == "table":
                self._table(self._view, node, here, top=True)
            else:
                self._walk(self._view, Wikicode([node]), here)
        self._view.close()

    # -- tables --------------------------------------------------------------------------------------------------

    def _table(self, view: View, node: Any, here: int, top: bool) -> None:
        if not top:  # a table inside a cell: its cells, one after the other
            for cell, start in _cells_below(node, here):
                _break(view)
                self._walk(view, cell.contents, _contents_start(cell, start))
            return
        self._end_block()
        number, self._tables = self._tables, self._tables + 1
        rows, caption = self._rows(node, here)
        shown_caption = None
        if caption is not None:
            self._view.open("caption", self._sections.path)
            caption(self._view)
            block = self._view.close()
            shown_caption = self._view.text_of(block) if block else None
        show_table(self._view, self._source, rows, number, self._sections.path, shown_caption)

    def _rows(self, node: Any, here: int) -> tuple[list[list[RawCell]], Show | None]:
        rows: list[list[RawCell]] = [[]]
        caption: Show | None = None
        for child, start in _placed(node.contents, _contents_start(node, here)):
            name = str(child.tag).strip().lower() if isinstance(child, nodes.Tag) else ""
            if name == "tr" and child.contents is not None:
                rows.append([])
                for cell, cell_start in _placed(child.contents, _contents_start(child, start)):
                    if isinstance(cell, nodes.Tag) and str(cell.tag).strip().lower() in ("td", "th"):
                        rows[-1].append(self._cell(cell, cell_start))
            elif name == "td" and str(child).startswith("|+"):
                caption = partial(self._show_caption, child.contents, _contents_start(child, start))
            elif name in ("td", "th"):
                rows[-1].append(self._cell(child, start))
        return [row for row in rows if row], caption

    def _show_caption(self, contents: Wikicode, start: int, view: View) -> None:
        first = contents.nodes[0]
        shift = 1 if isinstance(first, nodes.Text) else 0  # the `+` of `|+`
        view.show(start + shift, start + len(str(first)))
        self._walk(view, Wikicode(contents.nodes[1:]), start + len(str(first)))

    def _cell(self, node: Any, here: int) -> RawCell:
        def show(view: View) -> None:
            self._walk(view, node.contents, _contents_start(node, here))

        is_header = str(node.tag).strip().lower() == "th"
        return RawCell(show, is_header, _number(node, "colspan"), _number(node, "rowspan"))


def _break(view: View) -> None:
    """A line break: the next value of the same infobox key, else a blank."""
    if not view.break_field():
        view.space()


def _placed(code: Wikicode, start: int) -> Iterator[tuple[Any, int]]:
    for node in code.nodes:
        yield node, start
        start += len(str(node))


def _contents_start(node: Any, here: int) -> int:
    """Where the contents of a tag begin: counted from its end, where only the closing markup stands."""
    closing = (node.closing_wiki_markup or "") if node.wiki_markup else f"</{node.closing_tag}>"
    return int(here + len(str(node)) - len(closing) - len(str(node.contents)))


def _cells_below(node: Any, here: int) -> Iterator[tuple[Any, int]]:
    for child, start in _placed(node.contents, _contents_start(node, here)):
        if isinstance(child, nodes.Tag) and child.contents is not None:
            name = str(child.tag).strip().lower()
            if name in ("td", "th"):
                yield child, start
            elif name == "tr":
                yield from _cells_below(child, start)


def _number(node: Any, attribute: str) -> int:
    try:
        return int(str(node.get(attribute).value).strip(" \"'"))
    except ValueError:
        return 1


def _parameters(node: Any, here: int) -> Iterator[tuple[str | None, Wikicode, int]]:
    """Key (None for a positional one), value, and where the value begins."""
    start = here + 2 + len(str(node.name))
    for parameter in node.params:
        start += 1
        key = str(parameter.name).strip() if parameter.showkey else None
        shift = len(str(parameter.name)) + 1 if parameter.showkey else 0
        yield key, parameter.value, start + shift
        start += len(str(parameter))


def _inline(node: Any, here: int) -> Callable[[_Reader, View], None] | None:
    """How to show a link or an entity, None for what is not shown."""
    if isinstance(node, nodes.Wikilink):
        return _link(node, here)
    if isinstance(node, nodes.ExternalLink) and node.title is not None and node.brackets:
        start = here + len(str(node)) - 1 - len(str(node.title))
        title: Wikicode = node.title
        return lambda reader, view: reader._walk(view, title, start)
    if isinstance(node, nodes.HTMLEntity):
        character = node.normalize() or ""
        if len(character) == 1:
            return lambda reader, view: view.show_character(character, here, here + len(str(node)))
    return None


def _link(node: Any, here: int) -> Callable[[_Reader, View], None] | None:
    if _HIDDEN_LINK.match(str(node.title)):
        return None
    title_start = here + 2
    if node.text is None:
        shift = 1 if str(node.title).startswith(":") else 0
        return lambda reader, view: view.show(title_start + shift, title_start + len(str(node.title)))
    text: Wikicode = node.text
    return lambda reader, view: reader._walk(view, text, title_start + len(str(node.title)) + 1)


def read_wikitext(view: View, source: str) -> str | None:
    """Shows MediaWiki wikitext; wikitext has no title of its own."""
    reader = _Reader(view, source)
    reader.read()
    return reader.title

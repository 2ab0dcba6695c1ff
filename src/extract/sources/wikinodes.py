"""Where the nodes of mwparserfromhell stand in the source: it keeps every character, so that lengths add up to offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import mwparserfromhell
from mwparserfromhell import nodes
from mwparserfromhell.wikicode import Wikicode

from extract.sources.tables import read_span
from extract.sources.templates import Key, cells_of, template_name
from extract.sources.unclosed import without_unclosed

_TABLE_OPENS = re.compile(r"^[ \t:]*\{\|", re.MULTILINE)
_LONG_KEY = 5  # digits; no template has so many parameters
_OPEN_TABLES = 3  # a text that was cut off ends in no more tables than this
_TABLE_CLOSES = re.compile(r"^[ \t]*\|\}", re.MULTILINE)


def parse(source: str) -> Wikicode:
    """The nodes of a source. A table that its writer (or whoever cut the text off) left open is closed at the end.

    Of markup that is opened again and again and never closed, the first sign stands as a blank.
    """
    source = without_unclosed(source)
    missing = len(_TABLE_OPENS.findall(source)) - len(_TABLE_CLOSES.findall(source))
    return mwparserfromhell.parse(source + "\n|}" * min(max(0, missing), _OPEN_TABLES))


def placed(code: Wikicode, start: int) -> Iterator[tuple[Any, int]]:
    """The nodes of `code`, which begins at `start`, each with the offset at which it begins."""
    for node in code.nodes:
        yield node, start
        start += len(str(node))


def tag_name(node: Any) -> str:
    """The name of an HTML tag, or of the one that wiki markup stands for, in lower case; empty for any other node."""
    return str(node.tag).strip().lower() if isinstance(node, nodes.Tag) else ""


def contents_start(node: Any, here: int) -> int:
    """Where the contents of a tag begin: counted from its end, where only the closing markup stands."""
    closing = (node.closing_wiki_markup or "") if node.wiki_markup else f"</{node.closing_tag}>"
    return int(here + len(str(node)) - len(closing) - len(str(node.contents)))


def attribute(node: Any, name: str) -> str:
    """An attribute of a tag, without quotation marks; empty if it has none."""
    try:
        return str(node.get(name).value).strip(" \"'")
    except ValueError:
        return ""


def parameters(node: Any, here: int) -> Iterator[tuple[str | None, Wikicode, int]]:
    """The parameters of a template: key (None for a positional one), value, and where the value begins."""
    start = here + 2 + len(str(node.name))
    for parameter in node.params:
        start += 1
        key = str(parameter.name).strip() if parameter.showkey else None
        shift = len(str(parameter.name)) + 1 if parameter.showkey else 0
        yield key, parameter.value, start + shift
        start += len(str(parameter))


def by_key(node: Any, here: int) -> Mapping[Key, tuple[Wikicode, int]]:
    """The parameters of a template that are not empty, by position (-1: the last) and by name."""
    given: dict[Key, tuple[Wikicode, int]] = {}
    position = 0
    for key, value, start in parameters(node, here):
        if key is None:
            position += 1
        if str(value).strip():
            place: Key = position if key is None else int(key) if key.isdecimal() and len(key) < _LONG_KEY else key
            given[place] = (value, start)
            if isinstance(place, int):
                given[-1] = (value, start)
    return given


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source, as one node (None: plain text from `start` to `end`)."""

    start: int
    end: int
    node: Any = None


def split_at(code: Wikicode, start: int, separator: str) -> list[list[Piece]]:
    """The nodes of `code` in groups, parted by a separator that stands in plain text (the `|` of a picture's options)."""
    groups: list[list[Piece]] = [[]]
    for node, here in placed(code, start):
        if not isinstance(node, nodes.Text):
            groups[-1].append(Piece(here, here + len(str(node)), node))
            continue
        for number, part in enumerate(str(node).split(separator)):
            if number:
                here += len(separator)
                groups.append([])
            if part:
                groups[-1].append(Piece(here, here + len(part)))
            here += len(part)
    return groups


@dataclass(frozen=True, slots=True)
class CellNode:
    """A table cell: what is in it, and how many columns and rows it takes."""

    pieces: list[Piece]
    is_header: bool = False
    colspan: int = 1
    rowspan: int = 1


def table_rows(node: Any, here: int) -> list[list[CellNode]]:
    """The cells of a table by rows, its caption left out; templates that stand for cells are cells."""
    rows: list[list[CellNode]] = [[]]
    for child, start in placed(node.contents, contents_start(node, here)):
        name = tag_name(child)
        if name == "tr" and child.contents is not None:
            rows.append(_row(child.contents, contents_start(child, start)))
        elif name in ("tbody", "thead", "tfoot") and child.contents is not None:
            rows += table_rows(child, start)
        elif name in ("td", "th") and not is_caption(child):
            rows[-1].append(_cell(child, start))
        elif isinstance(child, nodes.Template):
            rows[-1] += _template_cells(child, start)
    return [row for row in rows if row]


def is_caption(node: Any) -> bool:
    """Whether a cell of mwparserfromhell's is a table's caption (`|+`)."""
    return tag_name(node) == "caption" or (tag_name(node) == "td" and str(node).startswith("|+"))


def _row(code: Wikicode, start: int) -> list[CellNode]:
    """The cells of a row. What stands loose in it, behind a template that begins a cell, is cells parted by `||`."""
    cells: list[CellNode] = []
    for child, here in placed(code, start):
        if tag_name(child) in ("td", "th"):
            cells.append(_cell(child, here))
        elif isinstance(child, nodes.Template) and (made := _template_cells(child, here)):
            cells += made
        elif cells:
            first, *others = split_at(Wikicode([child]), here, "||")
            cells[-1].pieces.extend(first)
            cells += [CellNode(pieces) for pieces in others]
    return cells


def _template_cells(node: Any, here: int) -> list[CellNode]:
    stands_for = cells_of(template_name(str(node.name)))
    if stands_for is None:
        return []
    named = [CellNode([Piece(here, here + len(str(node)), node)])] if stands_for == "colour and name" else []
    return [CellNode([]), *named]


_ATTRIBUTES = re.compile(r"""\s*(?:[\w-]+\s*=\s*(?:"[^"\n]*"|'[^'\n]*'|[\w%#.-]+)\s*)+""")


def _cell(node: Any, here: int) -> CellNode:
    start = contents_start(node, here)
    pieces = [Piece(at, at + len(str(child)), child) for child, at in placed(node.contents, start)]
    written = _attributes_before_template(pieces)
    spans = (_span(node, name, written) for name in ("colspan", "rowspan"))
    return CellNode(pieces[1:] if written else pieces, tag_name(node) == "th", *spans)


def _attributes_before_template(pieces: list[Piece]) -> str:
    """The attributes of a cell whose template brings the bar that ends them (`| colspan="2" {{n/a}}`), else nothing."""
    first, second = (piece.node for piece in pieces[:2]) if len(pieces) > 1 else (None, None)
    is_followed = isinstance(first, nodes.Text) and isinstance(second, nodes.Template)
    return str(first) if is_followed and _ATTRIBUTES.fullmatch(str(first)) else ""


def _span(node: Any, name: str, more: str) -> int:
    """How many columns or rows a cell says it takes, in its attributes or in `more` of them."""
    found = re.search(rf"\b{name}\s*=\s*[\"']?(\d+)", more, re.ASCII)
    return read_span(found[1] if found else attribute(node, name))

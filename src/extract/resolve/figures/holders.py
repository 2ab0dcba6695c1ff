"""Whose a placed figure is: who is named in the value, over its line, in its row; else the party or person of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extract.recognise.figures.lines import classes_of, is_like_name
from extract.recognise.figures.readings import Place
from extract.recognise.mention import Mention
from extract.resolve.fact import INDEPENDENTS, Owner
from extract.resolve.figures.page import OWNER_LABELS, PLACE_LABELS, Page
from extract.sources.document import Block

Owners = tuple[Owner, ...]

_PARTY_NAME_KEY = re.compile(r"(?:party )?name|party|native name", re.IGNORECASE)
_BEFORE_FIGURE = re.compile(r"[(,;:]?\s?(?:as )?(?:the )?\(?$")
_INDEPENDENT = re.compile(r"\W*(?:the )?(?P<end>independents?\b\W*)", re.IGNORECASE)
_INDEPENDENT_BEFORE = re.compile(r"\bindependents?\b\W*$", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|[)\]•·,;:])\s*(?P<name>[^()\[\]•·,;:]+?)\s*\($")
_IS_A_PARTY = re.compile(r"[^.]{0,120}?\b(?:is|was|were)\b[^.]{0,80}?\b(?:party|alliance|coalition|movement)\b")
_BEHIND_NAME = re.compile(  # `Oak%`, `Reds 2014`, `Ann Oak (D)`
    r"\s*(?:#|%|\bvotes?|\bseats?|\bpct|\b(?:19|20)\d\d|\([A-Z]{1,4}(?:[-–]\w+)?\))\.?$", re.IGNORECASE
)
_COUNTING = frozenset({"seats", "votes", "percent", "change", "won", "date"})
_ANY = (*OWNER_LABELS, *PLACE_LABELS, "NORP", "FAC")
_LINES = {"party": ("party", "alliance"), "person": ("person",), "place": ("place",)}
_LABELS = {"party": OWNER_LABELS, "person": ("PERSON", "ORG", "PARTY"), "place": (*PLACE_LABELS, "FAC", "ORG")}


def holders(page: Page, mention: Mention, block: Block, place: Place) -> Owners:
    """The owners of a figure in an infobox or table; nobody rather than a wrong one."""
    if inside := _named_before(page, mention, block):
        return inside
    if place.kind == "groups":
        return _listed_before(page, mention, block)
    owner = place.reading.owners[place.line]
    if owner == "header":
        return _of_header(page, place)
    if owner == "nobody" or place.of_row != "plain":
        return ()
    return owner_of_page(page, block) if owner == "page" else _of_row(page, place, owner)


def _named_before(page: Page, mention: Mention, block: Block) -> Owners:
    """Who is named right before the figure in the same value: `4 (as National Unity Alliance, 2.29%)`, `Labour (77)`."""
    before = page.text[block.start : mention.start]
    named = page.names_between(block.start, mention.start)
    if named and _BEFORE_FIGURE.fullmatch(page.text[named[-1].mention.end : mention.start]):
        return (named[-1].owner,)
    return (Owner(None, INDEPENDENTS),) if _INDEPENDENT_BEFORE.search(before) else ()


def _listed_before(page: Page, mention: Mention, block: Block) -> Owners:
    """What stands between the group before and this figure's bracket: `Government (36)` is no party, `Labor (26)` is one."""
    words = _LISTED.search(page.text[block.start : mention.start])
    name = words["name"].strip() if words else ""
    return (Owner(None, name),) if name[:1].isupper() and not {"nobody", "total"}.intersection(classes_of(name)) else ()


def _of_header(page: Page, place: Place) -> Owners:
    """The party, candidate or answer that a line is of, or the line before it: `Reds % | Seats | Blues % | Seats`."""
    lines = place.reading.grid.lines
    for line in range(place.line, max(-1, place.line - 2), -1):
        heads = [(text, _BEHIND_NAME.sub("", _BEHIND_NAME.sub("", text)).strip()) for text in reversed(lines[line].heads)]
        heads.sort(key=lambda head: not is_like_name(head[1]))
        for text, words in heads:
            if any(map(str.isalpha, words)) and _COUNTING.isdisjoint(classes_of(words)):
                return _in_header(page, place, text, words)
    return ()


def _in_header(page: Page, place: Place, text: str, words: str) -> Owners:
    """The name in a header, if it is most of it; else a party that the document names so; else its words."""
    if _INDEPENDENT.fullmatch(words):
        return (Owner(None, INDEPENDENTS),)
    for head in place.reading.grid.heads.get(text, ())[:1]:
        end = head.start + text.find(words) + len(words)
        for labels, least in ((OWNER_LABELS, 0.5), (("NORP",), 0.8)):
            names = page.names_between(head.start, end, labels)
            longest = max(names, key=lambda name: name.mention.end - name.mention.start, default=None)
            if longest and longest.mention.end - longest.mention.start >= least * len(words):
                return (longest.owner,)
    known = page.party_named(words)
    return (known.owner if known else Owner(None, words),)


def _of_row(page: Page, place: Place, owner: str) -> Owners:
    """Who is named in the row, in the nearest line of that sort to the left, else in another."""
    reading = place.reading
    lines = sorted(
        (line for kind in _LINES[owner] for line in reading.lines_of(kind)),
        key=lambda line: (line > place.line, reading.kinds[line] == "alliance", abs(place.line - line)),
    )
    for line in lines:
        if found := _in_cell(page, list(_at(page, place, line)), _LABELS[owner]):
            return found
    return owner_of_page(page, reading.grid.blocks[0]) if reading.grid.form == "box" and not place.row else ()


def _at(page: Page, place: Place, line: int) -> Iterator[Block]:
    """The cell of a row in a line: its own, else in a table one that reaches across to it from the left, else from above."""
    grid = place.reading.grid
    if own := grid.lines[line].cells.get(place.row):
        yield from own
    elif grid.form == "table":
        left = [
            block for other in grid.lines[:line] for block in other.cells.get(place.row, ()) if _has_words(page.text_of(block))
        ]
        above = [row for row in grid.lines[line].cells if row < place.row]
        yield from left[-1:] or (grid.lines[line].cells[max(above)] if above else ())


def _has_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 1


def _in_cell(page: Page, blocks: Iterable[Block], labels: Sequence[str]) -> Owners:
    """Who is named in a cell: independents, else the first name of the first label, else whatever is written there."""
    for block in blocks:
        text = page.text_of(block)
        inside = page.names_between(block.start, block.start + len(text.split(" (")[0]), _ANY)
        for label in labels:
            if found := next((name for name in inside if name.mention.label == label), None):
                return (found.owner,)
        if _INDEPENDENT.match(text):
            return (Owner(None, INDEPENDENTS),)
        if known := page.known_party(block):
            return (known.owner,)
        if found := next((name for name in inside if name.mention.start == block.start), None):
            return (found.owner,)
        if _has_words(text) and "nobody" not in classes_of(text):
            return (Owner(None, text.split(" (")[0]),)
    return ()


# -- the page ---------------------------------------------------------------------------------------------------------------


def owner_of_page(page: Page, block: Block) -> Owners:
    """The party or person that the section or page is about: in its heading, title or infobox, or what the text begins with."""
    above = [other for other in page.headings if other.start < block.start]
    for other in reversed([other for other in above if page.text[other.start : other.end] in block.section]):
        if owner := page.party_of_title(other):
            return (owner,)
    if topic := page.topic or page.person:
        return (topic,)
    return _party_of_box(page) or _party_of_lead(page)


def _party_of_box(page: Page) -> Owners:
    for other in page.fields:
        is_name = other.field and other.field.group is None and _PARTY_NAME_KEY.fullmatch(other.field.name.replace("_", " "))
        if is_name and (names := page.names_between(other.start, other.end, ("PARTY",))):
            return (names[0].owner,)
    return ()


def _party_of_lead(page: Page) -> Owners:
    """`The Centre Party is a political party in Norway`: the party that the first paragraph says is one."""
    lead = page.lead
    if lead is None:
        return ()
    names = page.names_between(lead.start, lead.end, ("PARTY", "ORG"))
    begins = names and not any(map(str.islower, page.text[lead.start : names[0].mention.start].removeprefix("The ")))
    return (names[0].owner,) if begins and _IS_A_PARTY.match(page.text, names[0].mention.end, lead.end) else ()

"""Whose a placed figure is: who is named in the value, over its column, in its row or infobox; else the party of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.normalise.readings import PercentReading
from extract.recognise.figures.headers import years_of
from extract.recognise.figures.places import Option, Place, Table, is_column_header, is_nobodys, is_of_person
from extract.recognise.mention import Mention
from extract.resolve.fact import INDEPENDENTS, Owner
from extract.resolve.figures.page import OWNER_LABELS, PLACE_LABELS, Page
from extract.sources.document import Block

Owners = tuple[Owner, ...]

_PARTY_KEY = re.compile(r"part(?:y|ies)|alliance|list|bloc|coalition", re.IGNORECASE)
_CANDIDATE_KEY = re.compile(r"candidate|nominee|option", re.IGNORECASE)
_PERSON_KEY = re.compile(r"name|leader|person", re.IGNORECASE)
_SEATS_KEY = re.compile(r"seat|mandate", re.IGNORECASE)
_PARTY_NAME_KEY = re.compile(r"(?:party )?name|party|native name", re.IGNORECASE)
_BEFORE_FIGURE = re.compile(r"[(,;:]?\s?(?:as )?(?:the )?\(?$")
_INDEPENDENT = re.compile(r"\W*(?:the )?independents?\b", re.IGNORECASE)
_INDEPENDENT_BEFORE = re.compile(r"\bindependents?\b\W*$", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|[)\]•·,;:])\s*(?P<name>[^()\[\]•·,;:]+?)\s*\($")
_SWING = re.compile(r"swing", re.IGNORECASE)
_IS_A_PARTY = re.compile(r"[^.]{0,120}?\b(?:is|was|were)\b[^.]{0,80}?\b(?:party|alliance|coalition|movement)\b")
_ELECTION_ROW = re.compile(r"\b(?:election|general|legislative|parliamentary|by-election)s?\b", re.IGNORECASE)
_ANY = (*OWNER_LABELS, *PLACE_LABELS, "NORP", "FAC")


def holders(page: Page, mention: Mention, block: Block, place: Place) -> Owners:
    """The owners of a figure in an infobox or table; nobody rather than a wrong one."""
    if inside := _named_before(page, mention, block):
        return inside
    if page.layout.lists_groups(block):
        return _listed_before(page, mention, block)
    if block.field:
        return _of_group(page, mention, block)
    return _of_cell(page, mention, block, place)


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
    return (Owner(None, name),) if name[:1].isupper() and not is_nobodys(name) else ()


# -- infoboxes --------------------------------------------------------------------------------------------------------------


def _of_group(page: Page, mention: Mention, block: Block) -> Owners:
    """The party, else the candidate, of the same number in the same infobox; without one, the party of the page.

    A share is the candidate's where the infobox gives no seats: the election was of a person.
    """
    field = block.field
    assert field
    if field.group is None:
        return party_of_page(page, block)
    peers = [other for other in page.box_lines.get((field.box, field.group), []) if other is not block and other.field]
    keys = [_PARTY_KEY, _CANDIDATE_KEY, _PERSON_KEY]
    if isinstance(mention.reading, PercentReading) and not any(
        _SEATS_KEY.search(peer.field.name) for peer in peers if peer.field
    ):
        keys = [_CANDIDATE_KEY, _PARTY_KEY, _PERSON_KEY]
    for wanted in keys:
        for other in peers:
            if other.field and wanted.match(other.field.name) and (owners := _in_cell(page, [other])):
                return owners
    named = any(other.field and any(key.match(other.field.name) for key in keys) for other in peers)
    return () if named else party_of_page(page, block)


# -- tables -----------------------------------------------------------------------------------------------------------------


def _of_cell(page: Page, mention: Mention, block: Block, place: Place) -> Owners:
    """The party over the column; else who is named in the row, nobody in a row of totals; else the page's party."""
    cell, table = block.cell, page.layout.table_of(block)
    assert cell and table
    if table.options:
        option = table.options.get(cell.column)
        return _of_option(page, table, option) if option else ()
    if sideways := _named_sideways(page, table, block):
        return sideways
    if table.is_of_others or is_nobodys(cell.row_header) or stands_beside_swing(page, block):
        return ()
    if in_row := _of_row(page, mention, table, block):
        return in_row
    is_of_page = not (table.party_columns or table.person_columns) and _is_election(cell.row_header)
    return party_of_page(page, block) if is_of_page else ()


def _of_option(page: Page, table: Table, option: Option) -> Owners:
    """The party, candidate or answer that a column is of: the name that its header is, else the header itself."""
    head = option.header
    if option.is_nobody:
        return ()
    words = page.text[head.start : option.end].strip()
    if _INDEPENDENT.match(words):
        return (Owner(None, INDEPENDENTS),)
    for labels, least in ((OWNER_LABELS, 0.5), (("NORP",), 0.8)):
        names = page.names_between(head.start, option.end, labels)
        longest = max(names, key=lambda name: name.mention.end - name.mention.start, default=None)
        if longest and longest.mention.end - longest.mention.start >= least * len(words):
            return (longest.owner,)
    known = page.party_named(words)
    return (known.owner if known else Owner(None, words),)


def stands_beside_swing(page: Page, block: Block) -> bool:
    """Whether a cell to its left in the row says that it is a swing: `Labour hold | Swing | +0.5`."""
    table, cell = page.layout.table_of(block), block.cell
    assert table and cell
    peers = (peer for peer in table.rows[cell.row] if peer.cell and peer.cell.column < cell.column)
    return any(_SWING.fullmatch(table.text_of(peer)) for peer in peers)


def _is_election(row: str | None) -> bool:
    return row is None or bool(years_of(row) or _ELECTION_ROW.search(row))


def is_of_column(page: Page, block: Block) -> bool:
    """Whether the column of a cell is a party's."""
    table = page.layout.table_of(block)
    if table is None or block.cell is None:
        return False
    return block.cell.column in table.options or bool(_named_sideways(page, table, block))


def _named_sideways(page: Page, table: Table, block: Block) -> Owners:
    """In a table that runs sideways the name of a cell's row is in its own column: the party or candidate there."""
    cell = block.cell
    assert cell
    if not cell.row_header:
        return ()
    named = [peer for peer in table.showing(cell.column, cell.row_header) if peer is not block]
    return _in_cell(page, named, anyhow=True) if named else ()


def _of_row(page: Page, mention: Mention, table: Table, block: Block) -> Owners:
    cell = block.cell
    assert cell
    if (
        isinstance(mention.reading, PercentReading)
        and table.person_columns
        and (is_of_person(cell.headers) or not table.has_seats)
    ):
        for column in _nearest_left(table.person_columns, cell.column):
            if owners := _in_cell(page, _at(table, cell.row, column), ("PERSON", "ORG", "PARTY")):
                return owners
    for column in table.party_columns:
        if owners := _in_cell(page, _at(table, cell.row, column), anyhow=True):
            return owners
    if table.party_columns or min(table.headers, default=None) in table.place_columns:
        return ()
    namers = [peer for peer in table.rows[cell.row] if table.text_of(peer) == cell.row_header]
    columns = {peer.cell.column for peer in namers if peer.cell} or {min(table.columns)}
    carried = [peer for column in columns for peer in table.showing(column, cell.row_header or "")]
    labels = ("PARTY", "PERSON") if not table.person_columns else OWNER_LABELS
    return _in_cell(page, namers or carried, labels) if not years_of(cell.row_header or "") else ()


def _nearest_left(columns: Sequence[int], column: int) -> list[int]:
    """Columns to the left of another, the nearest first, then the others: `Winner | Share | Runner-up | Share`."""
    return sorted(columns, key=lambda other: (other > column, abs(column - other)))


def _at(table: Table, row: int, column: int) -> list[Block]:
    """The cell of a row in a column: its own, else one that reaches across to it from the left, else from above."""
    own = [block for block in table.rows[row] if block.cell and block.cell.column == column]
    if own:
        return own
    left = [block for block in table.rows[row] if block.cell and block.cell.column < column and _has_words(table.text_of(block))]
    if left:
        return left[-1:]
    above = [block for block in table.columns[column] if block.cell and block.cell.row < row and not is_column_header(block)]
    return above[-1:]


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text))


def _in_cell(page: Page, blocks: Iterable[Block], labels: Sequence[str] = OWNER_LABELS, anyhow: bool = False) -> Owners:
    """Who is named in a cell: independents, else the first name of the first label; `anyhow`: whatever is written there."""
    for block in blocks:
        text = page.text[block.start : block.end]
        inside = page.names_between(block.start, block.end, _ANY if anyhow else labels)
        for label in dict.fromkeys((*labels, *(_ANY if anyhow else ()))):
            if found := next((name for name in inside if name.mention.label == label), None):
                return (found.owner,)
        if _INDEPENDENT.match(text):
            return (Owner(None, INDEPENDENTS),)
        if (known := page.known_party(block)) and (anyhow or known.mention.label in labels):
            return (known.owner,)
        if anyhow and _has_words(text) and not is_nobodys(text):
            return (Owner(None, text),)
    return ()


def place_of_row(page: Page, block: Block) -> Owners:
    """The place that a row of turnouts is about."""
    table, cell = page.layout.table_of(block), block.cell
    if table is None or cell is None or is_nobodys(cell.row_header):
        return ()
    for peer in table.rows[cell.row]:
        if peer is not block and (names := page.names_between(peer.start, peer.end, PLACE_LABELS)):
            return (names[0].owner,)
    for column in table.place_columns:
        for peer in _at(table, cell.row, column):
            return (Owner(None, table.text_of(peer)),)
    return ()


# -- the page ---------------------------------------------------------------------------------------------------------------


def party_of_page(page: Page, block: Block) -> Owners:
    """The party that the section or page is about: in its heading, title or infobox, or what the text begins with."""
    above = [other for other in page.headings if other.start < block.start]
    for other in reversed([other for other in above if page.text[other.start : other.end] in block.section]):
        if owners := _whole_party(page, other):
            return owners
    return ((page.topic,) if page.topic else ()) or _party_of_box(page) or _party_of_lead(page)


def _whole_party(page: Page, block: Block) -> Owners:
    names = page.names_between(block.start, block.end, ("PARTY",))
    words = page.text[block.start : block.end].split("(")[0].strip()
    whole = names and names[0].mention.end - names[0].mention.start >= 0.8 * len(words)
    return (names[0].owner,) if whole else ()


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

"""Figures in infoboxes and tables: the key or header tells what they are, the group, row or column whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.normalise.readings import PercentReading
from extract.normalise.values import Measure, Role
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.fact import Owner
from extract.resolve.figures.page import OWNER_LABELS, PLACE_LABELS, Page
from extract.sources.document import Block, Cell

_SIGNED_COLUMN = r"\+\s?/\s?[–−-]|[–−-]\s?/\s?\+|±|Δ"
_ROLE_OF_PLACE: tuple[tuple[re.Pattern[str], Role], ...] = (
    (pattern(r"\b{key_majority}\b"), "majority"),
    (pattern(r"\b(?!total$){key_total}\b"), "total"),
    (pattern(rf"{_SIGNED_COLUMN}|\b{{key_change}}\b"), "change"),
    (pattern(r"\b{key_held}\b"), "held"),
)
_MEASURE_OF_PLACE: tuple[tuple[re.Pattern[str], Measure], ...] = (
    (pattern(rf"{_SIGNED_COLUMN}|\b{{key_change}}\b"), "change"),
    (pattern(r"\b{key_turnout}\b"), "turnout"),
    (pattern(r"\b{key_threshold}\b"), "threshold"),
    (pattern(r"\b{key_other}\b"), "other"),
    (pattern(r"%|\b{key_share}\b"), "vote_share"),
)
_TOTAL_ROW = pattern(r"\W*(?:{row_total}|{row_not_owner})\b")
_SUM_ROW = pattern(r"\W*{row_total}\b")
_OTHER_ROW = pattern(r"\W*(?:total )?{row_other}\b")
_TURNOUT_ROW = pattern(r".*\b(?:{key_turnout}|registered|electorate)\b")
_OTHER_ROWS = pattern(r"\W*{key_other_rows}\b")
_PERSON_COLUMN = pattern(r"\b{key_person}\b")
_PARTY_ROWS = pattern(r"\W*{key_party_rows}\b")
_PLACE_ROWS = pattern(r".*\b{key_place_rows}\b")
_AFTER = re.compile(r"after", re.IGNORECASE)
_WON = re.compile(r"won", re.IGNORECASE)
_KEY_ROW = pattern(r"\b(?:{key_seats}|{key_percent}|last election|seats)\b|%")
_IN_BRACKETS = re.compile(r"\d\s?\($")
_GROUPS = pattern(r"\b(?:parliamentary groups?|factions?|caucus|groups?)\b")
_WHOLES = pattern(r"\b(?:{key_seats}|total)\b")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_PARTY_KEY = re.compile(r"^(?:part(?:y|ies)|alliance|list|bloc|coalition)", re.IGNORECASE)
_PERSON_KEY = re.compile(r"^(?:candidate|nominee|name|leader|person|option)", re.IGNORECASE)
_ANY = (*OWNER_LABELS, *PLACE_LABELS, "NORP", "FAC")
_LAST_WORDS = re.compile(r"[(,;]?\s?(?:as )?(?:the )?$")


class Placed(NamedTuple):
    """What the place of a figure says: `what` (a measure or a role), the owners, and in words by what."""

    what: str
    owners: tuple[Owner, ...]
    how: str


def is_placed(block: Block) -> bool:
    """Whether a block is an infobox line, or a table cell under a header or beside one."""
    cell = block.cell
    if cell is None:
        return block.field is not None
    return bool(cell.headers or cell.row_header) and (not cell.is_header or cell.row_header is not None)


def place_of(block: Block) -> str:
    """The key of an infobox line, or the headers above a cell."""
    if block.field:
        return block.field.name.replace("_", " ")
    if block.cell is None:
        return ""
    named = [block.cell.row_header] if block.cell.row_header and _KEY_ROW.search(block.cell.row_header) else []
    return " / ".join([*block.cell.headers, *named])


def placed_percent(page: Page, mention: Mention, block: Block) -> Placed:
    """The measure and owner of a percentage in an infobox or table."""
    place = place_of(block)
    owners = _owners(page, mention, block, place)
    measure: Measure = _by_place(_MEASURE_OF_PLACE, place) or ("vote_share" if owners else "other")
    if block.cell:
        measure = _measure_of_row(page, block.cell, measure)
    if mention.reading.unit == "percentage_point":
        measure = "change"
    if measure == "turnout" and block.cell:
        owners = _place_of_row(page, block)
    return Placed(measure, owners if measure != "threshold" else (), _told(block, place, owners))


def _measure_of_row(page: Page, cell: Cell, measure: Measure) -> Measure:
    name = cell.row_header or ""
    if _TURNOUT_ROW.match(name):
        return "turnout"
    if _OTHER_ROW.match(name) or _OTHER_ROWS.match(_row_title(page, cell)):
        return "other"
    return measure


def placed_seats(page: Page, mention: Mention, block: Block) -> Placed:
    """The role and owner of a seat count in an infobox or table."""
    place = place_of(block)
    owners = _owners(page, mention, block, place)
    role: Role | None = _by_place(_ROLE_OF_PLACE, place)
    if block.cell and role != "change" and _SUM_ROW.match(block.cell.row_header or ""):
        role = "total"
    if role is None and block.cell:
        role = _role_of_cell(page, block, block.cell, owners)
    if role is None:
        role = "won" if owners else "total"
        if block.field and not block.field.group and owners:
            role = "held"
    if mention.text[-1:].isdigit() and _is_whole(page, mention, block):
        role = "total"
    if role == "won" and block.field and _AFTER.search(place) and _peers(page, block, _WON):  # a house renewed in part
        role = "held"
    if role == "won" and _IN_BRACKETS.search(page.text[block.start : mention.start]):
        role = "held"
    return Placed(role, () if role in ("total", "majority") else owners, _told(block, place, owners))


def _peers(page: Page, block: Block, key: re.Pattern[str]) -> list[Block]:
    """The lines of the same number in the same infobox with such a key."""
    field = block.field
    if field is None or field.group is None:
        return []
    lines = page.box_lines.get((field.box, field.group), [])
    return [line for line in lines if line is not block and line.field and key.search(line.field.name)]


def _role_of_cell(page: Page, block: Block, cell: Cell, owners: tuple[Owner, ...]) -> Role | None:
    title = _row_title(page, cell)
    if _SUM_ROW.match(cell.row_header or "") or (
        not owners and _PLACE_ROWS.match(title) and _WHOLES.search(cell.headers[-1] if cell.headers else "")
    ):
        return "total"
    if _is_earlier(page, cell) or _GROUPS.search(title):
        return "held"
    return "won"


def _row_title(page: Page, cell: Cell) -> str:
    """The header over the names of a table's rows; empty where there is none."""
    heads = [
        block.cell.column
        for block in page.rows.get((cell.table, cell.row), [])
        if block.cell and page.text[block.start : block.end] == cell.row_header
    ]
    over = [
        block for block in page.columns.get((cell.table, heads[0] if heads else 0), []) if block.cell and block.cell.is_header
    ]
    return page.text[over[0].start : over[0].end] if over else ""


def _is_whole(page: Page, mention: Mention, block: Block) -> bool:
    """`34 / 101`: the second number is that of all seats."""
    return bool(re.search(r"\d\s?/\s?$", page.text[block.start : mention.start]))


def _is_earlier(page: Page, cell: Cell) -> bool:
    """Whether the column is of an earlier year than another column of its table."""
    years = _years(cell.headers)
    table = [block.cell for block in page.rows.get((cell.table, cell.row), []) if block.cell]
    return bool(years) and max(years) < max((year for other in table for year in _years(other.headers)), default=0)


def _years(headers: Sequence[str]) -> list[int]:
    return [int(year) for header in headers for year in _YEAR.findall(header)]


def _told(block: Block, place: str, owners: tuple[Owner, ...]) -> str:
    return f"by the {'key' if block.field else 'row or column'} of {place}" if owners else f"nobody's: {place}"


def _by_place(table: Sequence[tuple[re.Pattern[str], object]], place: str):  # type: ignore[no-untyped-def]
    last = place.split(" / ")[-1]
    return next((kind for where in (last, place) for found, kind in table if found.search(where)), None)


# -- owners ------------------------------------------------------------------------------------------------------------------


def _owners(page: Page, mention: Mention, block: Block, place: str) -> tuple[Owner, ...]:
    named = page.names_between(block.start, mention.start)
    if named and _LAST_WORDS.fullmatch(page.text[named[-1].mention.end : mention.start]):
        return (named[-1].owner,)
    if block.field:
        return _owner_of_group(page, block)
    return _owner_of_cell(page, mention, block, place)


def _owner_of_group(page: Page, block: Block) -> tuple[Owner, ...]:
    """The party, else the candidate, of the same number in the same infobox; without a number, the party of the page."""
    if block.field is None or block.field.group is None:
        return (page.topic,) if page.topic else ()
    lines = [line for wanted in (_PARTY_KEY, _PERSON_KEY) for line in _peers(page, block, wanted)]
    return next((owners for line in lines if (owners := page.owner_in(line))), ())


def _owner_of_cell(page: Page, mention: Mention, block: Block, place: str) -> tuple[Owner, ...]:
    """The party, else the body or person, named in the row; the party over the column; nobody in a row of totals."""
    cell = block.cell
    if cell is None or _TOTAL_ROW.match(cell.row_header or ""):
        return ()
    if above := _owner_of_column(page, cell):
        return above
    if named := _owner_of_row(page, mention, block, cell, place):
        return named
    is_history = _YEAR.search(cell.row_header or "") or not cell.row_header
    return (page.topic,) if page.topic and is_history else ()


def _owner_of_row(page: Page, mention: Mention, block: Block, cell: Cell, place: str) -> tuple[Owner, ...]:
    peers = [peer for peer in page.rows.get((cell.table, cell.row), []) if peer is not block]
    if isinstance(mention.reading, PercentReading) and _PERSON_COLUMN.search(place):
        people = [name for peer in peers for name in page.names_between(peer.start, peer.end, ("PERSON",))]
        if people:
            return (people[0].owner,)
    heads = [peer for peer in peers if page.text[peer.start : peer.end] == cell.row_header]
    for peer in (*heads, *(peer for peer in peers if peer not in heads)):
        if owners := page.owner_in(peer):
            return owners
    for peer in page.columns.get((cell.table, heads[0].cell.column if heads and heads[0].cell else 0), []):
        if page.text[peer.start : peer.end] == cell.row_header and (owners := page.owner_in(peer)):
            return owners
    return _named_by_row(page, cell, heads)


def _named_by_row(page: Page, cell: Cell, heads: Sequence[Block]) -> tuple[Owner, ...]:
    """What stands under `Party` or `List` is one, whatever it was taken for."""
    if not cell.row_header or not _PARTY_ROWS.match(_row_title(page, cell)):
        return ()
    names = [name for head in heads for name in page.names_between(head.start, head.end, _ANY)]
    return (names[0].owner,) if names else (Owner(None, cell.row_header),)


def _owner_of_column(page: Page, cell: Cell) -> tuple[Owner, ...]:
    """The party whose name is the column's header, or stands above in a table whose rows are `Party`, `Seats`, `Votes`."""
    above = (other for other in page.columns.get((cell.table, cell.column), []) if other.cell and other.cell.row < cell.row)
    heads = (
        other for other in above if other.cell and (other.cell.is_header or page.text[other.start : other.end] == cell.row_header)
    )
    known = [party for other in heads if (party := page.known_party(other))]
    return (known[0].owner,) if known else _owner_to_the_left(page, cell)


def _owner_to_the_left(page: Page, cell: Cell) -> tuple[Owner, ...]:
    """`Siumut % | Seats | IA % | Seats`: a header that comes again and again goes with the party before it."""
    if not cell.headers or cell.column == 0:
        return ()
    heads = [block for block in page.tables.get(cell.table, []) if block.cell and block.cell.is_header]
    again = [block for block in heads if page.text[block.start : block.end] == cell.headers[-1]]
    left = [block for block in heads if block.cell and block.cell.column == cell.column - 1]
    party = page.known_party(left[-1]) if left and len(again) > 1 else None
    return (party.owner,) if party else ()


def _place_of_row(page: Page, block: Block) -> tuple[Owner, ...]:
    """The place that a row of turnouts is about."""
    if block.cell is None:
        return ()
    for peer in page.rows.get((block.cell.table, block.cell.row), []):
        if names := page.names_between(peer.start, peer.end, PLACE_LABELS):
            return (names[0].owner,)
    return ()

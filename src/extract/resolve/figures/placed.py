"""Figures in infoboxes and tables: role or measure by their place, as `extract.recognise.figures.places` reads it, and the sign.

Whose they are: `extract.resolve.figures.holders`.
"""

from __future__ import annotations

import re

from extract.normalise.readings import PercentReading
from extract.normalise.values import Measure, Role
from extract.recognise.figures.places import Place, is_nobodys, is_sum, measure_of_row
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact, Owner
from extract.resolve.figures.choice import Choice
from extract.resolve.figures.facts import percent_fact, seats_fact
from extract.resolve.figures.holders import holders, is_of_column, party_of_page, place_of_row, stands_beside_swing
from extract.resolve.figures.page import Page
from extract.sources.document import Block

_FALLS = re.compile(r"[▼▽↓⬇🔻]\s?$")
_WHOLE = re.compile(r"\d\s?(?:/|of|out of)\s?(?:the )?$")
_IS_PART = re.compile(r"\s?/\s?\d")
_ALL_OF = re.compile(r"\ball (?:the )?$", re.IGNORECASE)
_FOR_MAJORITY = re.compile(
    r"\W*(?:seats?\W+)?(?:(?:are |is )?(?:needed|required|necessary) )?for (?:a |an |the )?\w*\s?majority", re.IGNORECASE
)
_OF_BEFORE = re.compile(r"\d\s?\($")  # `60 (69)`: the number in brackets is that of the election before


def is_placed(block: Block) -> bool:
    """Whether a block is an infobox line, or a table cell under a header or beside one."""
    cell = block.cell
    if cell is None:
        return block.field is not None
    return bool(cell.headers or cell.row_header) and (not cell.is_header or cell.row_header is not None)


def attribute_placed(page: Page, mention: Mention, block: Block) -> Fact:
    """The fact of a figure in an infobox or table."""
    place = page.layout.place(block)
    owners = holders(page, mention, block, place)
    if isinstance(mention.reading, PercentReading):
        measure = _measure(page, mention, block, place, owners)
        if "turnout" in (measure, place.measure) or (measure == "change" and not owners):
            owners = place_of_row(page, block)
        choice = _told(block, owners if measure != "threshold" else ())
        return percent_fact(mention, choice, measure, _sign(page, mention, place) if measure == "change" else 1, measure)
    role = _role(page, mention, block, place, owners)
    choice = _told(block, owners if role not in ("total", "majority") else ())
    return seats_fact(mention, choice, role, _sign(page, mention, place) if role == "change" else 1, role)


def _told(block: Block, owners: tuple[Owner, ...]) -> Choice:
    where = block.field.name if block.field else " / ".join(block.cell.headers) if block.cell else ""
    return Choice(
        owners, how=f"by the {'key' if block.field else 'row or column'} of {where}" if owners else f"nobody's: {where}"
    )


def _sign(page: Page, mention: Mention, place: Place) -> int:
    """The sign of a change that an arrow before it shows, or a column of losses; a figure with a minus of its own keeps it."""
    if mention.reading.amount.low < 0:
        return 1
    marks = [mark for mark in page.document.marks if mark.kind == "sign" and 0 <= mention.start - mark.position <= 3]
    falls = any(mark.value == "-" for mark in marks) or _FALLS.search(page.text[max(0, mention.start - 3) : mention.start])
    return -1 if falls else place.sign


# -- measures ---------------------------------------------------------------------------------------------------------------


def _measure(page: Page, mention: Mention, block: Block, place: Place, owners: tuple[Owner, ...]) -> Measure:
    if mention.reading.unit == "percentage_point" or mention.reading.change or place.measure == "change":
        return "change"
    if block.cell and stands_beside_swing(page, block):
        return "change"
    if block.cell and (of_row := measure_of_row(block.cell.row_header)):
        return of_row
    if place.measure:
        return place.measure
    table = page.layout.table_of(block)
    speaks_of_votes = table.is_of_elections if table else place.kind is not None
    return "vote_share" if speaks_of_votes or (owners and not table) else "other"


# -- roles ------------------------------------------------------------------------------------------------------------------


def _role(page: Page, mention: Mention, block: Block, place: Place, owners: tuple[Owner, ...]) -> Role:
    if _WHOLE.search(page.text[block.start : mention.start]):
        return "total"
    if mention.reading.signed or place.role == "change":
        return "change"
    if _ALL_OF.search(page.text[block.start : mention.start]):
        return "total"
    if _OF_BEFORE.search(page.text[block.start : mention.start]):
        return "held"
    if _FOR_MAJORITY.match(page.text, mention.end, block.end):
        return "majority"
    if place.role == "majority" or (place.role == "total" and not (owners and block.cell)):
        return place.role
    if page.layout.lists_groups(block):
        return "held"
    if block.field:
        return place.role if place.role in ("held", "won") else _role_of_field(page, mention, block, owners)
    return _role_of_cell(page, block, place, owners)


def _role_of_field(page: Page, mention: Mention, block: Block, owners: tuple[Owner, ...]) -> Role:
    if not owners:
        return "held" if _IS_PART.match(page.text, mention.end, block.end) else "total"
    return "held" if owners == party_of_page(page, block) and not is_of_group(page, block) else "won"


def is_of_group(page: Page, block: Block) -> bool:
    """Whether the infobox numbers its parties or candidates: `party1`, `leader1`."""
    field = block.field
    return bool(field and len(page.box_lines.get((field.box, field.group), [])) > 1) if field and field.group else False


def _role_of_cell(page: Page, block: Block, place: Place, owners: tuple[Owner, ...]) -> Role:
    table, cell = page.layout.table_of(block), block.cell
    assert table and cell
    if (is_sum(cell.row_header) or measure_of_row(cell.row_header) == "turnout") and not is_of_column(page, block):
        return "total"
    if place.role in ("held", "won"):
        return place.role
    if table.is_of_groups:
        return "held"
    named = is_nobodys(cell.row_header) or (table.party_columns and cell.row_header)
    others = cell.headers and is_nobodys(cell.headers[-1]) and not is_sum(cell.headers[-1])
    return "won" if owners or named or others else "total"

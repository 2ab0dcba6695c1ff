"""Figures in infoboxes and tables: role or measure by what their line and row are, as `extract.recognise.figures.readings` tells.

Whose they are: `extract.resolve.figures.holders`.
"""

from __future__ import annotations

import re

from extract.normalise.readings import PercentReading
from extract.normalise.values import Measure, Role
from extract.recognise.figures.lines import FIGURES
from extract.recognise.figures.readings import Place
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact, Owner
from extract.resolve.figures.choice import Choice
from extract.resolve.figures.facts import percent_fact, seats_fact
from extract.resolve.figures.holders import holders
from extract.resolve.figures.page import Page
from extract.sources.document import Block

_FALLS = re.compile(r"[▼▽↓⬇🔻]\s?$")
_WHOLE = re.compile(r"(?:\d\s?(?:/|of|out of)\s?(?:the )?|\ball (?:the )?)$", re.IGNORECASE)
_FOR_MAJORITY = re.compile(
    r"\W*(?:seats?\W+)?(?:(?:are |is )?(?:needed|required|necessary) )?for (?:a |an |the )?\w*\s?majority", re.IGNORECASE
)
_OF_BEFORE = re.compile(r"\d\s?\($")  # `60 (69)`: the number in brackets is that of the election before

_NO_PERCENT: tuple[str, Measure] = ("PERCENT", "other")


def is_placed(block: Block) -> bool:
    """Whether a block is an infobox line, or a table cell under a header or beside one."""
    cell = block.cell
    if cell is None:
        return block.field is not None
    return bool(cell.headers or cell.row_header) and (not cell.is_header or cell.row_header is not None)


def attribute_placed(page: Page, mention: Mention, block: Block) -> Fact:
    """The fact of a figure in an infobox or table."""
    place = page.readings.place(block)
    owners = holders(page, mention, block, place) if place else ()
    falls = place is not None and place.kind == "loss"
    if isinstance(mention.reading, PercentReading):
        measure = _measure(mention, place)
        choice = _told(block, owners if measure != "threshold" else ())
        return percent_fact(mention, choice, measure, _sign(page, mention, falls) if measure == "change" else 1, measure)
    role = _role(page, mention, block, place, owners)
    choice = _told(block, owners if role not in ("total", "majority") else ())
    return seats_fact(mention, choice, role, _sign(page, mention, falls) if role == "change" else 1, role)


def _told(block: Block, owners: tuple[Owner, ...]) -> Choice:
    where = block.field.name if block.field else " / ".join(block.cell.headers) if block.cell else ""
    return Choice(
        owners, how=f"by the {'key' if block.field else 'row or column'} of {where}" if owners else f"nobody's: {where}"
    )


def _sign(page: Page, mention: Mention, falls: bool) -> int:
    """The sign of a change that an arrow before it shows, or a line of losses; a figure with a minus of its own keeps it."""
    if mention.reading.amount.low < 0:
        return 1
    marks = [mark for mark in page.document.marks if mark.kind == "sign" and 0 <= mention.start - mark.position <= 3]
    shown = any(mark.value == "-" for mark in marks) or _FALLS.search(page.text[max(0, mention.start - 3) : mention.start])
    return -1 if falls or shown else 1


def _measure(mention: Mention, place: Place | None) -> Measure:
    if mention.reading.unit == "percentage_point" or mention.reading.change:
        return "change"
    if place is None:
        return "other"
    if place.of_row in ("turnout", "other"):
        return "turnout" if place.of_row == "turnout" else "other"
    label, what = FIGURES.get(place.kind) or FIGURES.get(place.second) or _NO_PERCENT
    return what if label == "PERCENT" else "vote_share"  # type: ignore[return-value]  # `46 seats, 30.1%`


def _role(page: Page, mention: Mention, block: Block, place: Place | None, owners: tuple[Owner, ...]) -> Role:
    if _WHOLE.search(page.text[block.start : mention.start]):
        return "total"
    if _FOR_MAJORITY.match(page.text, mention.end, block.end):
        return "majority"
    if mention.reading.signed:
        return "change"
    if _OF_BEFORE.search(page.text[block.start : mention.start]):
        return "held"
    if place is None or (place.of_row in ("total", "turnout") and not owners):
        return "total"
    if place.kind not in FIGURES and not owners:
        return "total"
    among = ("won", "held") if owners else ("won", "held", "total", "majority")
    kind = place.kind if FIGURES.get(place.kind, ("",))[0] == "SEATS" else place.reading.likeliest(place.line, among)
    return FIGURES[kind][1]  # type: ignore[return-value]

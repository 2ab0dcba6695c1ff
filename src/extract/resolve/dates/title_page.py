"""The day of a vote on the title page of a report on it: alone in its line, below `PARLIAMENTARY ELECTIONS`."""

from __future__ import annotations

import re

from extract.recognise.mention import Mention
from extract.resolve.dates.layout import Layout
from extract.resolve.dates.words import listed

_FIRST_BLOCKS = 8
_REPORT = re.compile(r"\b(?:report|statement|mission|observ\w+)\b", re.IGNORECASE)


def may_be_vote(layout: Layout, mention: Mention) -> bool:
    """Whether the line above names a vote in capitals, or a report on one, whose own day it may be as well."""
    above = _line_above(layout, mention)
    return bool((above.isupper() or _REPORT.search(above)) and listed("vote", r"\b%s\b").search(above))


def is_vote(layout: Layout, mention: Mention) -> bool:
    """Whether the line above names a vote in capitals, and no report on it."""
    return may_be_vote(layout, mention) and not _REPORT.search(_line_above(layout, mention))


def _line_above(layout: Layout, mention: Mention) -> str:
    number = layout.block_number(mention)
    if not layout.is_alone(mention) or not 0 < number < _FIRST_BLOCKS:
        return ""
    block = layout.document.blocks[number - 1]
    return layout.text[block.start : block.end]

"""The day of the vote that a document tells of, from which its hours and `the next day` count where it speaks of polling."""

from __future__ import annotations

from extract.recognise.date_refusals import listed
from extract.recognise.mention import Mention
from extract.resolve.dates.anchors import Anchor
from extract.resolve.dates.document_time import DocumentTime
from extract.resolve.dates.layout import Layout

_BEFORE, _AFTER, _FAR = 60, 40, 300
# Between the vote and its day: `elections, 12 August 2021`, `elections to the Diet, 12 August 2021`, `The snap election was held
# on 20 June 2021`.
_TO_DAY = (
    r"\b(?:[,:(]?\s|\s(?:to|of|for|in)\s[^,.;:()]{2,40}[,:(]\s?|"
    r"\s(?:(?:was|were|is|are|will\sbe|to\sbe|took\splace|held|set|due|scheduled|called|for|on|of|the)\s)+"
    r"(?:(?:in|across)\s(?:the\s)?[A-Z][^,.;:()]{2,30}\son\s)?)$"
)


def find_event(layout: Layout, time: DocumentTime) -> Anchor | None:
    """The day that an infobox or title states, else the first whole day of a vote in the years of the main date."""
    if time.stated is not None and time.stated.point.day is not None:
        return time.stated
    main = time.stated or time.published or time.first
    year = main.point.year if main else None
    for number, mention in layout.dates:
        point = mention.reading.point
        is_day = point is not None and point.date() is not None and mention.reading.end is None
        if is_day and (year is None or abs((point.year or 0) - year) <= 1) and _is_of_vote(layout, mention):
            return Anchor(point, number, mention.start)
    return None


def tells_of_vote(layout: Layout, mention: Mention) -> bool:
    """Whether an expression stands in a section about the day of the vote, or in a sentence about its polling."""
    heading = (layout.block(mention).section or ("",))[-1]
    return bool(listed("vote_section", r"^[\W\dIVX]*(?:the\s)?%s\W*$").search(heading)) or bool(
        listed("polling", r"\b%s\b").search("\n".join(layout.sentence_around(mention, _FAR)))
    )


def _is_of_vote(layout: Layout, mention: Mention) -> bool:
    before = layout.sentence_around(mention, _BEFORE)[0] or layout.text[max(0, mention.start - _BEFORE) : mention.start]
    after = layout.text[mention.end : mention.end + _AFTER]
    return bool(listed("vote", r"\b%s" + _TO_DAY).search(before) or listed("vote", r"\s(?:[a-z]+\s){0,2}%s\b").match(after))

"""Bare numbers that count seats though no word says so: `Labour gained 11 to end on 23`.

A number counts where seats are spoken of around it, where it stands as the object of a verb, behind a name or beside another
seat count, and where nothing behind it says what else it counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.counted import is_other_number
from extract.recognise.figures.spans import from_to, span_of
from extract.recognise.figures.taken import Taken
from extract.recognise.figures.talk import SEAT_WORD, Talk
from extract.recognise.figures.words import pattern
from extract.recognise.mention import note_lost
from extract.recognise.rules import Match, read_match
from extract.text.document import document_of

_END = pattern(r"\s?(?:[,;:)\]!?–—]|\.(?!\d)|$)|['\"”’]|\s(?:{bare_behind})\b")
_VERB_BEFORE = pattern(r"\b{own_verb}\s(?:{lead}\s)*$")
_WORD_BEFORE = pattern(
    r"\b(?:to|from|with|than|against|versus|behind|plus|lost|leaving|it|them|majority is|majority of|total is|makes|"
    r"became|makes it|of which|of whom|there are|there were|there have been|there was|fixed at|up|down|(?:puts|put) \w+ at)"
    r"\s(?:{lead}\s)*$|[^\W\d]:\s$"
)
_MOVED = re.compile(r"\s(?:up|down|short|ahead)\b")
_ROW_BEFORE = pattern(r"(?:,|;|\b(?:and|or|to|while|but)|–|\()\s?(?:{lead}\s)*$")
_NAME_LINK = pattern(r"[\"”’')]{0,2}(?:\s?[,:–—-])?\s(?:{lead}\s)*$|\s?\($")
_NOT_BETWEEN = re.compile(r"[.?!]\s")
_NOT_ONE = re.compile(r"\sof\b|\s(?:in|to)\s(?:every|\d|two|three|four|five|ten)\b|\s(?:day|thing|man|who)\b")
_NONE_OF = re.compile(r"\sof the (?!\d|seats|\w+ seats)")
_NO_DIGITS = re.compile(r"[\d.,:/$€£#%-]$|\d\s?[-–/]$")
_YEARS = range(1800, 2101)
_LARGEST = 1000


def bare_seats(doc: Doc, matches: Sequence[Match], taken: Taken, talk: Talk, found: Sequence[Span]) -> list[Span]:
    """The bare numbers among the matches that count seats, with their readings. `found` are the seat counts found so far."""
    ends = {span.end_char for span in found}
    largest = max((int(span._.reading.amount.high) for span in found), default=0)
    spans: list[Span] = []
    for match in matches:
        if taken.is_taken(match.start, match.end):
            continue
        reading = read_match(match)
        reason = _why_no_seats(doc, match, taken, talk, ends) if isinstance(reading, SeatsReading) else "no number"
        if reason is None and int(reading.amount.high) > max(largest, 9):
            reason = "more than there are seats"
        if reason is not None:
            note_lost(doc, match.lost(reason))
            continue
        spans += from_to(doc, match, reading) or span_of(doc, match, reading)
        ends.add(match.end)
    return spans


def _why_no_seats(doc: Doc, match: Match, taken: Taken, talk: Talk, ends: set[int]) -> str | None:
    text = document_of(doc).text
    block = document_of(doc).block_at(match.start)
    if block is None or block.kind in ("cell", "field", "title", "heading"):
        return "no running text"
    near = talk.is_on(match.start)
    if not near and not talk.is_on_around(match.start):
        return "nothing near speaks of seats"
    sentence = talk.sentence(match.start)
    before, after = text[sentence.start : match.start], text[match.end : sentence.end]
    if (
        _NO_DIGITS.search(before[-3:])
        or _is_year(match.text)
        or not _END.match(after)
        or is_other_number(match, before, after, taken)
    ):
        return "it counts something else"
    if (match.text.lower() == "one" and _NOT_ONE.match(after)) or (match.text.lower() == "none" and _NONE_OF.match(after)):
        return "no number"
    return None if _has_place(doc, match, taken, (before, after), near, ends) else "nothing shows that it counts seats"


def _is_year(words: str) -> bool:
    return len(words) == 4 and words.isdigit() and int(words) in _YEARS


def _has_place(doc: Doc, match: Match, taken: Taken, around: tuple[str, str], near: bool, ends: set[int]) -> bool:
    """Whether the number is the object of a verb, stands behind a name, or in a row with another seat count."""
    before, after = around
    if _in_row_of_shares(doc, match):
        return False
    if _VERB_BEFORE.search(before[-60:]) or _behind_name(before, match.start, taken):
        return True
    if match.text.lower() in ("one", "none") and not near:
        return False
    if near and match.text.lower() != "none" and (_WORD_BEFORE.search(before[-40:]) or _MOVED.match(after)):
        return True
    row = _ROW_BEFORE.search(before[-30:])
    return bool(row) and any(
        match.start - end < 60 and not _NOT_BETWEEN.search(before[end - match.start :]) for end in ends if end < match.start
    )


def _behind_name(before: str, start: int, taken: Taken) -> bool:
    link = _NAME_LINK.search(before[-40:])
    label = taken.name_ends.get(start - len(link[0])) if link else None
    return label in ("PARTY", "ORG", "NORP") or (label == "PERSON" and "," not in before[-2:])


def _in_row_of_shares(doc: Doc, match: Match) -> bool:
    """Whether the sentence counts shares and no seats."""
    for key in ("percentages",):
        sentence_spans = [span for span in doc.spans.get(key, ()) if abs(span.start_char - match.start) < 120]
        if sentence_spans and all(isinstance(span._.reading, PercentReading) for span in sentence_spans):
            start = min(match.start, *(span.start_char for span in sentence_spans))
            end = max(match.end, *(span.end_char for span in sentence_spans))
            return not SEAT_WORD.search(document_of(doc).text[max(0, start - 60) : end + 60])
    return False

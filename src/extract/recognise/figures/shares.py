"""Percentages that are none after all, and bare numbers beside percentages that are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from extract.normalise.numbers import read_digits, read_number
from extract.normalise.readings import Amount, PercentReading
from extract.recognise.figures.spans import goes_from
from extract.recognise.figures.taken import Taken
from extract.recognise.figures.words import pattern
from extract.recognise.rules import Match
from extract.text.document import document_of
from extract.text.sentences import Sentence, sentences_of

_BEFORE_LIST = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?P<glue>,? (?:and|or) |, |\u00a0(?:and|or)\u00a0| to |[ \u00a0]?[-–—][ \u00a0]?)$"
)
_BARE_SHARE = re.compile(
    r"(?<![\d.,:/])(?P<number>(?:(?<=\()[+−–-])?\d{1,2}\.\d{1,3}|100\.0+)(?![\d,:/]*\d)(?!\.\d)(?! ?[ap]\.m)"
)
_OF_THEIR = re.compile(r"\b(?:of (?:its|their|his|her|the)|(?:loss|gain|rise|drop|fall|increase) of) $")
_TIME = re.compile(r"(?:^|[.!?] )At $")
# A whole number beside percentages: compared with one, put beside one, or behind a name.
_BARE_WHOLE = re.compile(
    r"(?:(?P<compared>\b(?:against|versus|compared (?:with|to)|up from|down from|threshold of|rather than|from|at|below|"
    r"on|had|got|took|won|polled)(?: (?:just|only|over|under|about|some|nearly|almost|around))*|(?:%|"
    r"per ?cent)[^.;\d]{0,30}\bor|"
    r"(?:%|per ?cent)[^.;,\d]{0,40}\bto [^.;,\d]{2,40}['’]s)|"
    r"[\w.\"”’')],?(?P<lead>(?: (?:just|only|over|under|about|some|nearly|almost|barely))*)) "
    r"(?P<number>\d{1,2}|(?:five|six|seven|eight|nine|ten|three|four))(?=[,;.)]|$| (?:and|in|for|five|four|two|three|a|"
    r"to|where|did)\b)(?![.,]\d)"
)
_IN_ROW = re.compile(r"(?:%|per ?cent|\d), (?:and )?(?:the )?[A-Z][\w’'-]+ $")
_DID = re.compile(r" did\b")
# `the Liberals, 15 and 18` behind `22 percent and 27 seats`: a share and seats again.
_SHARE_AND_SEATS = re.compile(r"(?:%|per ?cent)(?:,| and|, and| with) (?:\d+|\w+) (?:seats|mandates|deputies|MPs)\b")
_AGAIN = re.compile(r"[\w.\"”’')],? (?P<number>\d{1,2}) and \d{1,3}(?=[;.,]|$)")
_OTHER_UNIT = pattern(r"[ \u00a0]?(?:{unit_behind}\b|€|\$|£|°|p\.m|a\.m)")
_SHARE_TALK = pattern(r"%|\b(?:per\scent|{share_talk})\b")
_NOT_SHARE = pattern(r"\b{points_otherwise}\b")
_SEAT_WORD = re.compile(r"\b(?:seats?|mandates?|deput(?:y|ies)|MPs?|MLAs?|councillors?|senators?|lawmakers?)\b", re.IGNORECASE)
_COTTON = re.compile(r"[ \u00a0]?[-–]?cotton\b")
_GOES_ON = re.compile(r"(?:They|It|The party|In the event)\b")
_AROUND = 150
_NEAR = 60


def is_share(doc: Doc, match: Match) -> bool:
    """Whether a match is a percentage: `100 % cotton` is none, and `3 points` only where shares are spoken of."""
    text = document_of(doc).text
    if _COTTON.match(text, match.end):
        return False
    if match.rule.value.get("needs") != "talk":
        return True
    block = document_of(doc).block_at(match.start)
    first = block.start if block else 0
    around = text[max(first, match.start - _AROUND) : match.end + 80]
    near = text[max(first, match.start - _NEAR) : match.end + _NEAR]
    return bool(_SHARE_TALK.search(around)) and not _NOT_SHARE.search(near)


def list_before(doc: Doc, match: Match, reading: PercentReading) -> Iterator[Span]:
    """The numbers that share a sign with the one behind them: `32, 27 and 11 percent`, `from 20.97 to 31.91%`."""
    text = document_of(doc).text
    block = document_of(doc).block_at(match.start)
    if block is not None and block.field:  # `89, 40.22%`: seats and a share
        return
    first, position = block.start if block else 0, match.start
    while found := _BEFORE_LIST.search(text[max(first, position - 24) : position]):
        start = max(first, position - 24) + found.start("number")
        glue = found["glue"].strip()
        if glue == "to" and not goes_from(text[first:], start - first) and match.rule.id == "percentages.range":
            return
        if _OF_THEIR.search(text[max(first, start - 12) : start]):  # `eight of their 13 and 9.5 points`
            return
        if text[max(first, start - 1) : start] in (".", ",", ":", "/") or glue in ("-", "–", "—"):
            return
        amount = read_digits(found["number"])
        span = doc.char_span(start, start + len(found["number"]), label="PERCENT", span_id=match.rule.id)
        if amount is None or span is None or amount > 100:
            return
        span._.reading = PercentReading(Amount(amount, amount), reading.unit)
        yield span
        position = start


def shares_beside(doc: Doc, taken: Taken, found: Sequence[Span]) -> list[Span]:
    """Bare decimals in a sentence that has a percentage: `43.23 percent; the governing party, 15.36 and 18`."""
    text = document_of(doc).text
    places = _places_beside(doc, taken, found)
    spans = [
        _bare_share(doc, start, end)
        for start, end in places
        if not taken.is_taken(start, end) and not _OTHER_UNIT.match(text, end)
    ]
    return [span for span in spans if span is not None]


def _bare_share(doc: Doc, start: int, end: int) -> Span | None:
    span = doc.char_span(start, end, label="PERCENT", span_id="percentages.beside")
    amount = read_number(document_of(doc).text[start:end])
    if span is None or amount is None:
        return None
    signed = document_of(doc).text[start] in "+−–-"
    span._.reading = PercentReading(Amount(amount, amount), "percentage_point" if signed else "percent", signed)
    return span


def _places_beside(doc: Doc, taken: Taken, found: Sequence[Span]) -> Iterator[tuple[int, int]]:
    text = document_of(doc).text
    spoken = sorted(span.start_char for span in found)
    last_block, was_here = -1, False
    for sentence in sentences_of(doc):
        index = bisect_left(spoken, sentence.start)
        is_here = (index < len(spoken) and spoken[index] < sentence.end) or "(%)" in text[sentence.start : sentence.end]
        if is_here or sentence.block == last_block or (was_here and _GOES_ON.match(text, sentence.start)):
            yield from _decimals(text, sentence)
        if is_here:
            first = spoken[index] if index < len(spoken) else sentence.end
            yield from _wholes(text, sentence, taken, first)
            last_block = sentence.block
        was_here = is_here


def _decimals(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    shares = _BARE_SHARE.finditer(text, sentence.start, sentence.end)
    yield from (match.span("number") for match in shares if not _TIME.search(text[sentence.start : match.start()]))


def _wholes(text: str, sentence: Sentence, taken: Taken, first: int) -> Iterator[tuple[int, int]]:
    """The whole numbers that are shares; `first` is the place of the first percentage of the sentence."""
    words = text[sentence.start : sentence.end]
    if _SEAT_WORD.search(words):
        again = _AGAIN.finditer(text, sentence.start, sentence.end) if _SHARE_AND_SEATS.search(words) else ()
        yield from (match.span("number") for match in again if taken.label_before(match.start("number"), 1))
        return
    for match in _BARE_WHOLE.finditer(text, sentence.start, sentence.end):
        start, end = match.span("number")
        if not match["compared"] and text.startswith(" for ", end):
            continue
        label = taken.label_before(start - len(match["lead"] or ""), 1)
        is_age = label == "PERSON" and text[start - 2] == ","
        before = text[sentence.start : start]
        is_compared = match["compared"] and first < start
        if is_compared or (not match["compared"] and label and not is_age) or _IN_ROW.search(before) or _DID.match(text, end):
            yield start, end

"""The finder of time expressions: rules find them, what stands around them may refuse them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.calendar import Point
from extract.normalise.dates import DateReading
from extract.recognise.mention import note_lost, set_spans
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules import RuleSet
from extract.sources.document import Block
from extract.text.document import document_of

KEY = "dates"

Profile = Literal["plain", "vague", "timeml"]
"""`plain`: the dates of records. `vague`: with `now`, `recently`, `several years`. `timeml`: all that TimeML annotates, and as it
does, the two dates of a range apart."""

# What before a bare number of four digits makes it no year, and what behind it.
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥₽₾₺#№§/:+*=<>~@]|\b(?:no|nos|nr|art|articles?|resolutions?|sections?|paragraphs?|chapters?|pages?|pp?|vol|volumes?|flights?|room|"
    r"boeing|airbus|route|highway|building|apartment|box|code|decrees?|orders?|law no|numbers?|model|version|windows|"
    r"population|some|"
    r"nearly|almost|over|least|exactly|only|than|total of|worth|usd|eur|rub|rs|dm|fl|channel|unit|division|regiment|"
    r"brigade|battalion|"
    r"station|stations|list|precinct|school|lot|psalm|case|bill|file|docket|icao|iso|gost|form|"
    r"protocol no)\.?)[ \u00a0]?$|\d[.,\-‑]$|\d[ \u00a0]$",
    re.IGNORECASE,
)
_NO_YEAR_AFTER = re.compile(
    r"[.,]\d|[-‑]\d{1,3}(?!\d)|[ \u00a0]?(?:[%‰°€$£₽]|(?:km|m|cm|mm|kg|g|t|ft|feet|miles?|metres?|meters?|square|sq|ha|"
    r"hectares?|acres?|"
    r"tonnes?|tons?|litres?|mw|kw|hp|"
    r"million|billion|thousand|percent|per[ \u00a0]cent|people|persons?|voters?|votes?|ballots?|inhabitants?|residents?|"
    r"citizens?|men|women|"
    r"children|soldiers?|troops|deaths|casualties|refugees|prisoners|workers|employees|members|delegates|observers|candidates|deputies|seats?|"
    r"mandates?|polling|precincts|stations|stores|houses|homes|villages|pages?|copies|words|hours?|minutes?|seconds?|days?|weeks?|months?|"
    r"years?|dollars?|euros?|roubles?|rubles?|pounds?|drams?|lari|lei|francs|marks|rupees|points?|goals|metre|meter|kilometres?|kilometers?|"
    r"students|pupils|teachers|cases|complaints|violations|tanks|vehicles|aircraft|cars|signatures|copies|species|items|shares|units|others|"
    r"respondents|protesters|demonstrators|police|officers|civilians|migrants|families|households|households|firms|companies)\b)",
    re.IGNORECASE,
)
# Behind a word that is no sign of a date, a number with a plural behind it counts (`butcher 1400 victims`).
_COUNTED_AFTER = re.compile(r"[ \u00a0][a-z]{3,}s\b(?<!ss)(?<!ous)(?<!is)(?<!us)")
_YEAR_BEFORE = re.compile(
    r"(?:^|[(,;:–—\-/]|\b(?:in|of|since|by|from|until|till|to|and|or|the|during|before|after|for|year|years|between|through|mid|early|late|"
    r"around|about|circa|c\.|this|that|his|her|its|their|a|'s|’s|"
    r"January|February|March|April|May|June|July|August|September|October|November|December))[ \u00a0]?$",
    re.IGNORECASE,
)
_YEAR_PLACE = re.compile(
    r"year|date|election|term|since|until|till|from|to\b|founded|formed|formation|dissolved|established|born|died|office|period|season|"
    r"census|edition|start|end|began|ended|opened|closed|last|next|previous|first|held|elected|time|when|published|created|abolished",
    re.IGNORECASE,
)
_FIGURE_PLACE = re.compile(
    r"vote|seat|mandate|turnout|percent|%|population|area|number|count|total|page|size|electorate", re.IGNORECASE
)
_MODAL = re.compile(r"[Mm]ay[ \u00a0](?:not|be|have|also|well|still|yet|[a-z]+)\b")
_IS_DATE_MAY = re.compile(
    r"May(?:[ \u00a0](?:and|to|or|of|this|last|next|in|on|at|by|after|before|when|as|with|the|was|were|had|has|saw|that|"
    r"election|elections)\b|[^\w\u00a0 ]|$|[ \u00a0][A-Z0-9(])"
)
_PERSON_LABELS = ("PERSON",)


class DateFinder:
    """The component of time expressions: leaves them in `doc.spans["dates"]`, each with a DateReading."""

    def __init__(self, rules: RuleSet, vocab: Vocab, profile: Profile = "plain") -> None:
        """Compiles the rules of `dates.yml`, and for the other profiles those of `timeml.yml`. Raises RuleError."""
        self.profile = profile
        more = [rule for rule in rules.file("timeml").rules if profile in ("timeml", rule.value.get("profile"))]
        self.matcher = RuleMatcher([*rules.file("dates").rules, *(more if profile != "plain" else ())], vocab)

    def __call__(self, doc: Doc) -> Doc:
        set_spans(doc, KEY, self._spans(doc))
        return doc

    def _spans(self, doc: Doc) -> Iterator[Span]:
        persons = [(span.start_char, span.end_char) for span in doc.spans.get("names", ()) if span.label_ in _PERSON_LABELS]
        matches = self.matcher.find(doc)
        eras = [(match.start, "B" in match.text.upper()) for match in matches if match.rule.id == "dates.era"]
        for match in matches:
            reason = _refusal(doc, match, persons) or _no_old_year(match, eras)
            reading = None if reason else read_match(match)
            if isinstance(reading, DateReading) and match.rule.id == "dates.old_year":
                reading = _in_era(reading, match, eras)
            if not isinstance(reading, DateReading):
                note_lost(doc, match.lost(reason or "the calendar has no such day"))
            elif reading.end is not None and self.profile == "timeml":
                yield from _halves(doc, match, reading)
            elif (span := match.span(doc)) is not None:
                span._.reading = reading
                yield span


_ERAS = 3
"""In a text with so many years of an era, a bare number of two or three digits behind a preposition is a year of it too."""


def _no_old_year(match: Match, eras: list[tuple[int, bool]]) -> str | None:
    if match.rule.id != "dates.old_year" or len(eras) >= _ERAS:
        return None
    return "the text does not tell of such old times"


def _in_era(reading: DateReading, match: Match, eras: list[tuple[int, bool]]) -> DateReading:
    """The year in the era of the nearest year that names one."""
    is_before_christ = min(eras, key=lambda era: abs(era[0] - match.start))[1]
    point = reading.point
    assert point is not None and point.year is not None
    return replace(reading, point=Point(1 - point.year)) if is_before_christ else reading


_RANGE_MARK = re.compile(r"\s*(?:-|–|—|−|‑|/|\b(?:to|through|until|till|and)\b)\s*")


def _halves(doc: Doc, match: Match, reading: DateReading) -> Iterator[Span]:
    """The two dates of a range (`9` and `14 July`), as TimeML has them."""
    assert reading.end is not None
    second = min(match.offsets[name][0] for name in ("day2", "month2", "year2") if name in match.offsets)
    mark = max(_RANGE_MARK.finditer(match.text, 0, second - match.start), key=lambda found: found.end(), default=None)
    if mark is None:
        return
    parts = ((match.start, match.start + mark.start(), reading.point), (match.start + mark.end(), match.end, reading.end))
    for start, end, point in parts:
        span = doc.char_span(start, end, label=match.rule.label, span_id=match.rule.id)
        if span is not None:
            span._.reading = replace(reading, point=point, end=None)
            yield span


def _refusal(doc: Doc, match: Match, persons: list[tuple[int, int]]) -> str | None:
    """Why the match is no time expression, None if it may be one."""
    block = document_of(doc).block_at(match.start)
    first, last = (block.start, block.end) if block else (0, len(document_of(doc).text))
    before, after = (
        document_of(doc).text[max(first, match.start - 24) : match.start],
        document_of(doc).text[match.end : min(last, match.end + 24)],
    )
    named = not any(character.isdigit() for character in match.text) and match.rule.value.get("kind") != "holiday"
    if named and any(start < match.end and match.start < end for start, end in persons):
        return "it is in a person's name"
    kind = match.rule.value.get("kind")
    if (kind in ("year", "old_year") or match.rule.id == "dates.about_year") and (
        reason := _no_year(block, before, after, document_of(doc).text[match.start : match.end])
    ):
        return reason
    if kind == "clock" and (re.search(r"[:.]\d*$|(?<!:\d)\d[-–]$", before) or re.match(r":\d|[-–]\d(?!\d?:\d\d)", after)):
        return "a figure of another kind"
    if (
        match.rule.id in ("dates.month", "dates.plain_month")
        and match.text == "May"
        and _is_modal(document_of(doc).text, match.end)
    ):
        return "a modal verb"
    return None


def _is_modal(text: str, end: int) -> bool:
    return bool(_MODAL.match(text, end - 3)) and not _IS_DATE_MAY.match(text, end - 3)


def _no_year(block: Block | None, before: str, after: str, text: str) -> str | None:
    if _NO_YEAR_BEFORE.search(before):
        return "what stands before makes it no year"
    if _NO_YEAR_AFTER.match(after) or (not _YEAR_BEFORE.search(before) and _COUNTED_AFTER.match(after)):
        return "what stands behind makes it a count"
    place = _place(block)
    if place is None or block is None or block.end - block.start > len(text) + 2:
        return None
    if _FIGURE_PLACE.search(place) and not re.search(r"year|date", place, re.IGNORECASE):
        return f"a figure of {place}"
    return None if _YEAR_PLACE.search(place) or not place else f"not a year in {place}"


def _place(block: Block | None) -> str | None:
    """The key or header that says what a bare number is, None in running text; empty where nothing says it."""
    if block is None:
        return None
    if block.field:
        return block.field.name.replace("_", " ")
    if block.cell and not block.cell.is_header:
        return " ".join(block.cell.headers)
    return None

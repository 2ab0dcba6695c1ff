"""What only looks like a time expression: article and flight numbers, counts, streets, halves of a match.

The words are lists of `rules/dates.yml`; `refusal` says why, for `extract explain`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.recognise.rules import Match
from extract.rules.load import packaged
from extract.sources.document import Block, Document

NOWADAYS = "it is no day, but nowadays"
_AROUND = 24
"""So many characters before and behind an expression are looked at."""
_WIDE = 160

_SIGN_BEFORE = re.compile(r"[$€£¥₽₾₺#№§/+*=<>~@] ?$|:$|\d[.,-]$|\d (?:[x×] )?$")
_SIGN_AFTER = re.compile(r"\+|[.,]\d| ?[x×] ?\d|-\d{1,3}(?!\d)| ?[%‰°€$£₽]")
# A year at the head of the figures of that year: `1950 28.6 / 11 , 1951 35.7 / 14`.
_HEAD_BEFORE = re.compile(r"(?:^|[,;:|–—] )$")
_HEAD_AFTER = re.compile(r" \d{1,2}[.,]\d{1,2} ?(?:%|per cent|percent|[/,;(.]|$)")
# Behind a word that is no sign of a date, a number with a plural behind it counts (`butcher 1400 victims`).
_PLURAL_AFTER = re.compile(r" [a-z]{3,}s\b(?<!ss)(?<!ous)(?<!is)(?<!us)")
_OPEN = re.compile(r"(?:^|[(,;:–—\-/]) ?$")
_SECTION_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)+\.?\s$")  # of a heading: `3.4 2010 and after`
# Near such a sign a number with a point, behind `at` or `by`, is a time of day.
_CLOCKS = re.compile(r"\d(?::[0-5]\d|\s?[ap]\.?m\b)|o'clock|\b(?:polls?|polling|voting)\b", re.IGNORECASE)
_FIGURE_AFTER = re.compile(
    r"\s?(?:[%€$£\d]|per\b|percent|points?|p\.c|million|billion|thousand|seats?|votes?|and\s\d)", re.IGNORECASE
)
# What the key of an infobox line or the header of a column makes of a bare number.
_YEAR_PLACE = re.compile(r"year|date", re.IGNORECASE)
_FIGURE_PLACE = re.compile(
    r"vote|seat|mandate|turnout|percent|%|population|area|number|count|total|page|size|electorate|case|death|goal|score|height|length|"
    r"depth|distance|weight|mass|speed|price|cost|revenue|capacity|attendance|members|elevation|\b(?:no|km|m|ft|code)\b|[#±–+-]$",
    re.IGNORECASE,
)
_YEARS = range(1700, 2051)
"""A number alone in a cell or infobox line, whose header says nothing of years, is a year only among these."""


def refusal(document: Document, match: Match) -> str | None:
    """Why the match is no time expression, None if it may be one."""
    block = document.block_at(match.start)
    first, last = (block.start, block.end) if block else (0, len(document.text))
    before = document.text[max(first, match.start - _AROUND) : match.start]
    after = document.text[match.end : min(last, match.end + _AROUND)]
    stretch = f"{before}‹{match.text}›{after}"
    kind = match.rule.value.get("kind")
    if kind in ("year", "old_year") or match.rule.id in ("dates.about_year", "dates.month_slash_year"):
        return _no_year(block, before, after, match.text)
    if match.rule.id == "dates.clock_dot":
        around = _wide(document, match, first, last)
        if _FIGURE_AFTER.match(after) or not _CLOCKS.search(around.replace(match.text, "", 1)):
            return "nothing says that it is a time of day"
    if kind == "piece" and not ("year" in match.captures or "year2" in match.captures):
        return "a part of a match" if listed("sport", r"\b%s\b").search(_wide(document, match, first, last)) else None
    return next((reason for which, form, reason in _refused() if {kind, match.rule.id} & which and form.search(stretch)), None)


def _wide(document: Document, match: Match, first: int, last: int) -> str:
    return document.text[max(first, match.start - _WIDE) : min(last, match.end + _WIDE)]


@cache
def _refused() -> tuple[tuple[frozenset[str], re.Pattern[str], str], ...]:
    """For kinds or rules what is no date there, where `‹›` stands for the match: before it, behind it, or itself."""
    verb = r"\s(?:below|short|under|within|outside|into|from|to|behind|apart|back|through|on|upon|over|up|out|due|between)\b"
    rows = (
        ("today", r"(?:['’]s?|\b[A-Z]{2,}) ‹T[a-z]+›", "a name"),
        ("today", r"\bof ‹(?i:today)›|‹(?i:today)›['’]s [A-Z]", NOWADAYS),
        ("relative_unit", r"\b(?:to|until) ‹this day›", NOWADAYS),
        ("dates.often", r"‹[a-z]+› [A-Z]", "a paper that comes out so often"),
        ("clock", r"[:.]\d*‹|(?<!:\d)\d[-–]‹|›(?::\d|[-–]\d(?!\d?:\d\d))", "a figure of another kind"),
        ("relative_point", rf"(?i:that\s(?:fall|spring))›{verb}", "a verb"),
        ("dates.per_unit", r"›\s(?:after|before|earlier|later|old|long|out)\b", "a length"),
        ("timeml.the_time", r"›\s(?:of|when|that|to|it|he|she|they|we|I)\b", "the time of something"),
        (
            "duration",
            r"\b(?i:aged|the age of) ‹|›(?:-old|\s(?:of\sage|(?:or|and)\s(?:over|older|above|upwards|under|younger))\b)",
            "an age",
        ),
        ("dates.offset_day dates.offset_of_event", r"\b(?:in|during|to) ‹", "a stretch of time"),
    )
    days = listed("day_name", r"\b%s ‹", re.NOFLAG), listed("named_after_day", r"› %s\b", re.NOFLAG)
    named = ((frozenset(("holiday", "weekday")), form, "the name of something else") for form in days)
    nowadays = frozenset(("today",)), listed("nowadays", r"‹(?i:today)›['’]s %s\b", re.NOFLAG), NOWADAYS
    return *((frozenset(which.split()), re.compile(form), reason) for which, form, reason in rows), nowadays, *named


_NAMED_WITH_YEAR = re.compile(r"\b[A-Z][\w'-]* $")


def _no_year(block: Block | None, before: str, after: str, text: str) -> str | None:
    before = _SECTION_NUMBER.sub("", before)
    if listed("named_by_year", r"\b%s $", re.NOFLAG).search(before):
        return None
    if _HEAD_BEFORE.search(before) and _HEAD_AFTER.match(after):
        return None
    numbered = listed("numbered", r"\b%s\.? ?$"), listed("program", r"\b%s $", re.NOFLAG)
    if _SIGN_BEFORE.search(before) or any(form.search(before) for form in numbered):
        return "what stands before makes it no year"
    if _SIGN_AFTER.match(after) or listed("counted", r" ?%s\b", re.NOFLAG).match(after):
        return "what stands behind makes it a count"
    if listed("street", r"(?: [A-Z][\w.]*){0,2} %s(?!\w)", re.NOFLAG).match(after):
        return "a number in a street"
    if _NAMED_WITH_YEAR.search(before) and listed("named_with_year", r" %s\b").match(after):
        return "a name with a number in it"
    is_plural = _PLURAL_AFTER.match(after) and not listed("year_noun", r" %s\b").match(after)
    if is_plural and not (_OPEN.search(before) or listed("year_sign", r"(?:\b|(?='))%s $").search(before)):
        return "what stands behind makes it a count"
    return _no_year_in_place(block, text)


def _no_year_in_place(block: Block | None, text: str) -> str | None:
    """Why a number alone in its cell or infobox line is no year: what the key or header says; None in running text."""
    if block is None or block.end - block.start > len(text) + 2:
        return None
    place = block.field.name.replace("_", " ") if block.field else ""
    if block.cell and not block.cell.is_header:
        place = " ".join((*block.cell.headers, block.cell.row_header or ""))
    if not place or _YEAR_PLACE.search(place):
        return None
    is_year = not _FIGURE_PLACE.search(place) and text.isdigit() and int(text) in _YEARS
    return None if is_year else f"a figure of {place}"


@lru_cache(maxsize=32)
def listed(name: str, form: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """`form`, case ignored, with `%s` for any word of a list of `rules/dates.yml`."""
    words = sorted(packaged("dates").lists[name], key=lambda word: (-len(word), word))
    return re.compile(form.replace("%s", f"(?:{'|'.join(map(re.escape, words))})"), flags)

"""What only looks like a time expression: article and flight numbers, counts, streets, halves of a match.

The words are lists of `rules/dates.yml`; `refusal` says why, for `extract explain`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.recognise.rules import Match
from extract.rules import load_rules
from extract.sources.document import Block, Document

_AROUND = 24
"""So many characters before and behind an expression are looked at."""
_WIDE = 160

_SIGN_BEFORE = re.compile(r"[$€£¥₽₾₺#№§/:+*=<>~@] ?$|\d[.,-]$|\d (?:[x×] )?$")
_SIGN_AFTER = re.compile(r"[.,]\d| ?[x×] ?\d|-\d{1,3}(?!\d)| ?[%‰°€$£₽]")
# A year at the head of the figures of that year: `1950 28.6 / 11 , 1951 35.7 / 14`.
_HEAD_BEFORE = re.compile(r"(?:^|[,;:|–—] )$")
_HEAD_AFTER = re.compile(r" \d{1,2}[.,]\d{1,2} ?(?:%|per cent|percent|[/,;(.]|$)")
# Behind a word that is no sign of a date, a number with a plural behind it counts (`butcher 1400 victims`).
_PLURAL_AFTER = re.compile(r" [a-z]{3,}s\b(?<!ss)(?<!ous)(?<!is)(?<!us)")
_SECTION_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)+\.?\s$")  # of a heading: `3.4 2010 and after`
_NOUN_BEFORE = re.compile(r"(?:^| )([a-z]{3,}) $")
# `parties that fall below the bar`, `problems that spring from it`
_VERB_THAT = re.compile(r"that\s(?:fall|spring)", re.IGNORECASE)
_VERB_AFTER = re.compile(
    r"\s(?:below|short|under|within|outside|into|from|to|behind|apart|back|through|on|upon|over|up|out|due|between)\b"
)
# Near such a sign a number with a point, behind `at` or `by`, is a time of day.
_CLOCKS = re.compile(r"\d(?::[0-5]\d|\s?[ap]\.?m\b)|o'clock|\b(?:polls?|polling|voting)\b", re.IGNORECASE)
_FIGURE_AFTER = re.compile(
    r"\s?(?:[%€$£\d]|per\b|percent|points?|p\.c|million|billion|thousand|seats?|votes?|and\s\d)", re.IGNORECASE
)
_CLOCK_BEFORE, _CLOCK_AFTER = re.compile(r"[:.]\d*$|(?<!:\d)\d[-–]$"), re.compile(r":\d|[-–]\d(?!\d?:\d\d)")

_NO_RATE = re.compile(r"\s(?:after|before|earlier|later|old|long|out|in)\b")
_AGE_BEFORE = re.compile(r"\b(?:aged|the age of) $", re.IGNORECASE)
_AGE_AFTER = re.compile(r"-old|\s(?:of\sage|(?:or|and)\s(?:over|older|above|upwards|under|younger))\b")

# What the key of an infobox line or the header of a column makes of a bare number.
_YEAR_PLACE = re.compile(
    r"year|date|election|term|since|until|till|from|to\b|founded|formed|formation|dissolved|established|born|died|office|period|season|"
    r"census|edition|start|end|began|ended|opened|closed|last|next|previous|first|held|elected|time|when|published|created|abolished",
    re.IGNORECASE,
)
_FIGURE_PLACE = re.compile(
    r"vote|seat|mandate|turnout|percent|%|population|area|number|count|total|page|size|electorate", re.IGNORECASE
)


def refusal(document: Document, match: Match) -> str | None:
    """Why the match is no time expression, None if it may be one."""
    block = document.block_at(match.start)
    first, last = (block.start, block.end) if block else (0, len(document.text))
    before = document.text[max(first, match.start - _AROUND) : match.start]
    after = document.text[match.end : min(last, match.end + _AROUND)]
    kind = match.rule.value.get("kind")
    if kind in ("year", "old_year") or match.rule.id in ("dates.about_year", "dates.month_slash_year"):
        return _no_year(block, before, after, match.text)
    if kind == "clock" and (_CLOCK_BEFORE.search(before) or _CLOCK_AFTER.match(after)):
        return "a figure of another kind"
    if match.rule.id == "dates.clock_dot":
        around = (
            document.text[max(first, match.start - _WIDE) : match.start] + document.text[match.end : min(last, match.end + _WIDE)]
        )
        is_clock = _CLOCKS.search(around) and not _FIGURE_AFTER.match(after)
        return None if is_clock else "nothing says that it is a time of day"
    if kind == "relative_point" and _VERB_THAT.fullmatch(match.text) and _VERB_AFTER.match(after):
        return "a verb"
    if match.rule.id == "dates.per_unit" and _NO_RATE.match(after):
        return "a length before or after something"
    if kind == "duration" and (_AGE_BEFORE.search(before) or _AGE_AFTER.match(after)):
        return "an age, and whose"
    if kind in ("holiday", "weekday") and _is_named_day(before, after):
        return "the name of something else"
    if match.rule.id in ("dates.offset_day", "dates.offset_of_event") and before.endswith(("in ", "during ", "to ")):
        return "a stretch of time"
    if kind == "piece" and not ("year" in match.captures or "year2" in match.captures):
        wide = document.text[max(first, match.start - _WIDE) : min(last, match.end + _WIDE)]
        return "a part of a match" if _pattern("sport", r"\b%s\b").search(wide) else None
    return None


def _is_named_day(before: str, after: str) -> bool:
    """`Black Friday`, `the Good Friday Agreement`."""
    return bool(
        _pattern("named_after_day", r" %s\b", re.NOFLAG).match(after) or _pattern("day_name", r"\b%s $", re.NOFLAG).search(before)
    )


_NAMED_WITH_YEAR = re.compile(r"\b[A-Z][\w'-]* $")


def _no_year(block: Block | None, before: str, after: str, text: str) -> str | None:
    before = _SECTION_NUMBER.sub("", before)
    if _pattern("named_by_year", r"\b%s $", re.NOFLAG).search(before):
        return None
    if _HEAD_BEFORE.search(before) and _HEAD_AFTER.match(after):
        return None
    if _SIGN_BEFORE.search(before) or _pattern("numbered", r"\b%s\.? ?$").search(before):
        return "what stands before makes it no year"
    if _SIGN_AFTER.match(after) or _pattern("counted", r" ?%s\b").match(after):
        return "what stands behind makes it a count"
    if _pattern("street", r"(?: [A-Z][\w.]*){0,2} %s(?!\w)", re.NOFLAG).match(after):
        return "a number in a street"
    if _NAMED_WITH_YEAR.search(before) and _pattern("named_with_year", r" %s\b").match(after):
        return "a name with a number in it"
    if not _has_year_sign(before):
        if _PLURAL_AFTER.match(after):
            return "what stands behind makes it a count"
        if (noun := _NOUN_BEFORE.search(before)) and _is_numbered_noun(noun[1]):
            return f"the number of a {noun[1]}"
    return _no_year_in_place(block, text)


def _has_year_sign(before: str) -> bool:
    return bool(re.search(r"(?:^|[(,;:–—\-/]) ?$", before) or _pattern("year_sign", r"(?:\b|(?='))%s $").search(before))


@lru_cache(maxsize=4096)
def _is_numbered_noun(word: str) -> bool:
    """Whether a bare number behind the word is its number; not behind verbs, adverbs, and what is named by its year."""
    rules = load_rules()
    lists = rules.file("dates").lists
    is_noun = word not in lists["no_noun"] and word not in rules.file("tense").lists["back"]
    return is_noun and word not in lists["year_noun"] and not word.endswith(("ed", "ing", "ly"))


def _no_year_in_place(block: Block | None, text: str) -> str | None:
    """Why a number alone in its cell or infobox line is no year: what the key or header says; None in running text."""
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
        return " ".join((*block.cell.headers, block.cell.row_header or ""))
    return None


@lru_cache(maxsize=16)
def _pattern(name: str, form: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """`form` with `%s` for any word of a list of `rules/dates.yml`."""
    words = sorted(load_rules().file("dates").lists[name], key=lambda word: (-len(word), word))
    return re.compile(form.replace("%s", f"(?:{'|'.join(map(re.escape, words))})"), flags)

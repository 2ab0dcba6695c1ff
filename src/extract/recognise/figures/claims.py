"""What else than seats takes a bare number: a noun behind it, a word before it, its form, a person's age."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.normalise.numbers import read_number
from extract.recognise.figures.counted import is_of_others, is_other_seat
from extract.recognise.figures.noun import WORD, counted_by, is_number, lists
from extract.recognise.figures.outlook import Page
from extract.recognise.rules import Match
from extract.rules.words import same_spelling

MOST = 999
"""No bare number above this is taken: `1987` is a year, `2,000` are people."""

_FORM_BEFORE = re.compile(r"(?:\d[.,:/]|[#№§$€£¥₹/~@_]|[^\W\d_][-‐‑–]?|\d[-‐‑–]|\[)$|[$€£¥₹§№][ \u00a0]$")
_FORM_BEHIND = re.compile(r"[.,:/]\d|[-‐‑](?!odd)\w|[\w%°€£$‰½¼¾²³:\]]|[ \u00a0]?[%°€£$]")
_OUTLINE = re.compile(r"[.)][ \u00a0]")
_NUMBER_OF = re.compile(r"\bnumber of (\w+s)(?: \w+){0,2}? (?:from|to|at|was|is|by|of)[ \u00a0]$")
_LABEL = re.compile(r"([^\W\d_][\w’'-]*)\.?[ \u00a0]$")
_AGE = re.compile(r"(?:, ?|.\()\d\d[,.;)]?$")


def claim_of(page: Page, match: Match) -> str | None:
    """What takes a bare number, None if nothing does and it may count seats."""
    block = page.document.block_at(match.start)
    if block is None or block.cell is not None or block.field is not None:
        return "a bare number in a table is what its header says"
    amount = read_number(match.captures.get("number", match.text).lstrip("+-−–"))
    if amount is not None and amount > MOST:
        return "too large for a bare number"
    if "word" in match.captures:
        return "seats of another kind" if is_other_seat(page, match) else None
    if is_of_others(page, match):
        return "a count of another body, or of people"
    sentence = page.sentence_at(match.start)
    behind = page.name_before(match.start, sentence.start)
    if behind == "PERSON" and _AGE.match(page.text[match.start - 2 : match.end + 1]):
        return "the age of a person"
    return _claim(page.text, match.start, match.end, sentence.end, match.text, sentence.start, behind == "PARTY")


def _claim(text: str, start: int, end: int, limit: int, number: str, first: int, behind_party: bool) -> str | None:
    """What else takes the number `text[start:end]`, None if nothing does; its sentence is `text[first:limit]`.

    `behind_party`: the name of a party ends before it, so that a word of it (`Platform 157`) numbers nothing.
    """
    before, behind = text[max(first, start - 60) : start], text[end : min(limit, end + 3)]
    if _FORM_BEFORE.search(before) and number[0] not in "+−–-":
        return "a form that seat counts do not have"
    if _FORM_BEHIND.match(behind):
        return "a form that seat counts do not have"
    if start == first and _OUTLINE.match(text, end):
        return "the number of a heading or of a list's item"
    if not behind_party and (label := _LABEL.search(before)) and same_spelling(label[1]) in lists()["label_before"]:
        return f"the number of a {label[1]}"
    words = WORD.findall(before)
    if number.lower() in ("one", "1") and (reason := _why_no_one(words, WORD.findall(text[end : min(limit, end + 24)]))):
        return reason
    if (named := _NUMBER_OF.search(before)) and same_spelling(named[1]) not in lists()["seats"]:
        return f"the number of {named[1]}"
    counted = counted_by(text, end, limit, number.lower() in ("one", "1"))
    return f"it counts {counted.noun}" if counted.kind == "other" else None


def _why_no_one(before: Sequence[str], after: Sequence[str]) -> str | None:
    """`one` is often no number: `this one`, `one may ask`, `one of the largest`."""
    if (before and same_spelling(before[-1]) in lists()["one_before"]) or _names_kind(before, after):
        return "`one` for a thing just named"
    if len(after) > 1 and after[0].lower() == "in" and is_number(after[1]):
        return "one part in several"
    if after and same_spelling(after[0]) in lists()["one_behind"]:
        return "`one` for anybody, or a part"
    if [same_spelling(word) for word in after[:2]] == ["of", "the"] and not (len(after) > 2 and after[2][0].isdigit()):
        rest = [same_spelling(word) for word in after[2:]]
        return None if rest and (rest[0] in lists()["seats"] or rest[0].isdigit()) else "one of several things"
    return None


def _names_kind(before: Sequence[str], after: Sequence[str]) -> bool:
    """`the smaller one wants`: an article, an adjective, `one`."""
    return (
        len(before) > 1
        and same_spelling(before[-2]) in lists()["article"]
        and not (after and same_spelling(after[0]) in ("of", "each"))
    )

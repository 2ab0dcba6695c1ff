"""Matches of the rules of `seats.yml` that are no seat counts after all: what the rule's words alone cannot tell."""

from __future__ import annotations

import re

from extract.recognise.figures.outlook import Page
from extract.recognise.figures.words import pattern
from extract.recognise.rules import Match

_SP = "[ \u00a0]"
_CHAMBER = pattern(r"\b{chamber_word}\w*|\b{chamber_talk}\b")
_LEGISLATURE = pattern(
    r"\b{chamber_word}\w*|\b(?:elect(?:ion|ions|ed|oral)?|party|parties|coalition|constituenc\w+|MPs?|deput\w+)\b"
)
_NOT_A_CHAMBER = pattern(rf"{_SP}of (?:the|its|a|an|our|their|her|his) (?:[\w-]+ ){{0,3}}(?-i:{{other_body}})\b")
_NO_SEAT_AFTER = pattern(
    rf"{_SP}to (?:form|negotiate|mediate|govern|renew|act)|"
    rf"{_SP}(?:in|on|at|of|for|aboard){_SP}(?:the |a |an |his |her |each |our )?(?:[\w-]+ )?{{no_seat_place}}\b"
)
_NO_COUNT_AFTER = pattern(
    rf"['’](?:\w*{_SP}(?:assistants?|staff|aides?|salar\w+|wives|husbands|offices?|votes?)|{_SP})|"
    rf"{_SP}(?:were |was |have been |had been |are )?{{happens_to_people}}\b"
)
_STOOD = pattern(
    rf"{_SP}(?:have |had |are |were |will )?(?:contest\w*|stood|stand|standing|ran|run|running|registered|competed|"
    rf"compete|competing)\b"
)
_SEAT_WORD = re.compile(r"seat|mandate", re.IGNORECASE)
_NO_COUNT_BEFORE = pattern(
    r"\b(?:delegation|team|mission|party) of (?:\w+ )?$|\battended by (?:\w+ )?$|"
    r"\b(?-i:{happens_to_people}) (?:{lead} )*$"
)
_OTHER_BODY = pattern(
    r"\b(?:{sitting_body}|council of the university)\b(?: [^,;.]{0,40})?,? "
    r"(?:whose|has|have|had|consists? of|comprises?|is composed of|is made up of)(?: \w+)? $"
)
_POLLING = re.compile(rf"\bpolling{_SP}(?:places|stations)", re.IGNORECASE)


def is_other_seat(page: Page, match: Match) -> bool:
    """Whether the seats are those of a cinema, a commission, a cabinet, or the people are counted for what befell them."""
    after = page.text[match.end : match.end + 60]
    if _NO_SEAT_AFTER.match(after) or _NOT_A_CHAMBER.match(after) or _POLLING.search(match.text):
        return True
    return bool(_NO_COUNT_BEFORE.search(page.text[max(0, match.start - 30) : match.start])) or is_of_others(page, match)


def is_of_others(page: Page, match: Match) -> bool:
    """Whether the sentence counts what befell people, or has another body or house for what is counted."""
    sentence = page.sentence_at(match.start)
    if _STOOD.match(page.text, match.end) and not _SEAT_WORD.match(match.captures.get("word", "")):
        return True
    said = page.said(sentence.start, sentence.end)
    if _NO_COUNT_AFTER.match(page.text, match.end):
        return True
    if (said.say("body") or said.say("other_house")) and _OTHER_BODY.search(page.text[sentence.start : match.start]):
        return True
    if not said.say("other_house"):
        return False
    return not _LEGISLATURE.search(page.text, sentence.start, sentence.end)


def speaks_of_chamber(page: Page, match: Match) -> bool:
    """Whether the words around a match speak of a legislature."""
    sentence = page.sentence_at(match.start)
    return bool(_CHAMBER.search(page.text[sentence.start : match.start] + " " + page.text[match.end : sentence.end]))

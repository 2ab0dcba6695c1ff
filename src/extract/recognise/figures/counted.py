"""Matches of the rules of `seats.yml` that are no seat counts after all: what the rule's words alone cannot tell."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from extract.recognise.figures.taken import Taken
from extract.recognise.figures.talk import SEAT_WORD, Talk
from extract.recognise.figures.words import pattern
from extract.recognise.rules import Match
from extract.text.document import document_of

_SP = "[ \u00a0]"
_CHAMBER = pattern(r"\b{chamber_word}\w*|\b{chamber_talk}\b")
_LEGISLATURE = pattern(
    r"\b{chamber_word}\w*|\b(?:elect(?:ion|ions|ed|oral)?|party|parties|coalition|constituenc\w+|MPs?|deput\w+)\b"
)
_NOT_A_CHAMBER = pattern(r"[^.;\d]{0,12}\bof (?:the|its|a|an|our|their|her|his) (?:[\w-]+ ){0,3}(?-i:{other_body})\b")
_NO_SEAT_AFTER = pattern(
    rf"{_SP}to (?:form|negotiate|mediate|govern|renew|act)|"
    rf"{_SP}(?:in|on|at|of|for|aboard){_SP}(?:the |a |an |his |her |each |our )?(?:[\w-]+ )?{{no_seat_place}}\b"
)
_NO_COUNT_AFTER = pattern(
    rf"['’](?:\w*{_SP}(?:assistants?|staff|aides?|salar\w+|wives|husbands|offices?|votes?)|{_SP})|"
    rf"{_SP}(?:were |was |have been |had been |are )?{{happens_to_people}}\b|"
    rf"{_SP}(?:have |had |are |were |will )?(?:contest\w*|stood|stand|standing|ran|run|running|registered|competed|"
    rf"compete|competing)\b"
)
_NO_COUNT_BEFORE = pattern(
    r"\b(?:delegation|group|team|mission|party) of (?:\w+ )?$|\battended by (?:\w+ )?$|"
    r"\b(?-i:{happens_to_people}) (?:{lead} )*$"
)
_OTHER_HOUSE = pattern(r"\b(?:{other_house}|(?:commission|court|committee) (?:has|consists))\b")
_OTHER_BODY = pattern(
    r"\b(?:{sitting_body}|council of the university)\b(?: [^,;.]{0,40})? "
    r"(?:has|have|had|consists? of|comprises?|is composed of|is made up of)(?: \w+)? $"
)
_OF_COMMITTEE = pattern(r"\b(?-i:{sitting_body})(?:s|es)?\b[^.;]{0,30}$")
_POLLING = re.compile(rf"\bpolling{_SP}(?:places|stations)", re.IGNORECASE)
_STRONG = ("seats.are", "seats.needed", "seats.needs", "seats.enough", "seats.short", "seats.from_to", "seats.difference")
"""Rules whose words hardly speak of anything else: for them it is enough that seats are spoken of in the paragraphs around."""
NOT_SEATS_BEFORE = pattern(r"\b{numbered_thing}[. \u00a0]+$|[#№$€£]$")
COUNTED_BEHIND = pattern(
    rf"{_SP}(?:(?:of (?:the|its|their|all|these|those) (?:[\w-]+ )?)?{{counted_thing}}\b|others? (?:voted|"
    rf"abstained)|members of the\b|%)"
)


_VOTED = pattern(r"\b{division_word}\b[^.;]{0,60}$")
_AGE = re.compile(r"[A-Z]\w+(?:, | \()$")
_DIED_AT = re.compile(r"\b(?:died|dies|dying|death|aged|retired)\b[^;]{0,60}\bat $")
_OTHER_NUMBER = re.compile(
    r"\bnumber of (?!seats|deputies|members|mandates|councillors|MPs)[\w-]+ (?:\w+ )?(?:from|to|from \S+ to) $", re.IGNORECASE
)
_COMMITTEE = pattern(r"\b(?-i:{sitting_body})(?:s|es)?\b")


def is_other_number(match: Match, before: str, after: str, taken: Taken) -> bool:
    """Whether a bare number is an age, a vote in a division, the number of something else, or of places in a committee."""
    if NOT_SEATS_BEFORE.search(before[-30:]) or COUNTED_BEHIND.match(after) or _OTHER_NUMBER.search(before[-60:]):
        return True
    if _VOTED.search(before) or _DIED_AT.search(before):
        return True
    if _COMMITTEE.search(before) and not SEAT_WORD.search(before):
        return True
    ages = _AGE.search(before) and after[:1] in (",", ".", ")") and match.text.isdigit() and 17 < int(match.text) < 100
    return bool(ages) and taken.label_before(match.start, 1) == "PERSON"


def why_not(doc: Doc, match: Match, talk: Talk, taken: Taken) -> str | None:
    """Why a match counts no seats; None where it does."""
    text = document_of(doc).text
    block = document_of(doc).block_at(match.start)
    needs = match.rule.value.get("needs")
    if block is not None and block.cell is not None and needs is not None:
        return "a bare number in a table is what its header says"
    if is_other_seat(doc, match, talk):
        return "seats of another kind"
    if needs == "chamber" and not _speaks_of_chamber(doc, match, talk):
        return "nothing beside it speaks of a legislature"
    if needs == "name":
        return _why_not_listed(doc, match, talk, taken)
    if needs == "talk":
        told = match.rule.value.get("role") and talk.was_on(match.start)
        if not (talk.is_on(match.start) or told or (talk.is_on_around(match.start) and match.rule.id in _STRONG)):
            return "nothing near speaks of seats"
        sentence = talk.sentence(match.start)
        if is_other_number(match, text[sentence.start : match.start], text[match.end : sentence.end], taken):
            return "it counts something else"
    return None


def is_other_seat(doc: Doc, match: Match, talk: Talk) -> bool:
    """Whether the seats are those of a cinema, a commission, a cabinet, or the people are counted for what befell them."""
    text = document_of(doc).text
    after = text[match.end : match.end + 60]
    if (
        (_NO_SEAT_AFTER.match(after) and match.rule.value.get("needs") != "talk")
        or _NOT_A_CHAMBER.match(after)
        or _POLLING.search(match.text)
    ):
        return True
    if _NO_COUNT_AFTER.match(after) or _NO_COUNT_BEFORE.search(text[max(0, match.start - 30) : match.start]):
        return True
    sentence = talk.sentence(match.start)
    if "needs" in match.rule.value and _OF_COMMITTEE.search(text[sentence.start : match.start]):
        return True
    if _OTHER_BODY.search(text[sentence.start : match.start]):
        return True
    words = text[sentence.start : sentence.end]
    return bool(_OTHER_HOUSE.search(words)) and not _LEGISLATURE.search(words)


def _speaks_of_chamber(doc: Doc, match: Match, talk: Talk) -> bool:
    text, sentence = document_of(doc).text, talk.sentence(match.start)
    around = text[sentence.start : match.start] + " " + text[match.end : sentence.end]
    return bool(_CHAMBER.search(around)) or talk.is_on(match.start) or talk.is_on_around(match.start)


def _why_not_listed(doc: Doc, match: Match, talk: Talk, taken: Taken) -> str | None:
    """A number right behind a name: `CTP 18 ,`; only where seats are spoken of."""
    text = document_of(doc).text
    before = text[max(0, match.start - 8) : match.start]
    glue = len(before) - len(before.rstrip(" \u00a0:–—-,(\"”’')"))
    if not talk.is_on(match.start):
        return "nothing near speaks of seats"
    label = taken.label_before(match.start, glue + 3)
    if label == "PERSON" and before.endswith("(") and text[match.end : match.end + 1] == ")":
        return "an age"
    if not label or NOT_SEATS_BEFORE.search(text[max(0, match.start - 30) : match.start]):
        return "no name stands before it"
    return None

"""What else than seats takes a bare number: a noun behind it, a word before it, its form, an age. `CLAIMS` is the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from extract.normalise.numbers import read_number
from extract.recognise.figures.counted import is_of_others, is_other_seat
from extract.recognise.figures.evidence import governor_of
from extract.recognise.figures.noun import WORD, counted_by, is_number, lists
from extract.recognise.figures.outlook import Page
from extract.recognise.figures.words import figure_words
from extract.recognise.rules import Match
from extract.rules.words import same_spelling

MOST = 999
"""No bare number above this is taken: `1987` is a year, `2,000` are people."""

_BEFORE, _BEHIND = 60, 24
"""So many characters before and behind a number are looked at."""

_FORM_BEFORE = re.compile(r"(?:\d[.,:/]|[#№§$€£¥₹/~@_]|[^\W\d_][-‐‑–]?|\d[-‐‑–]|\[)$|[$€£¥₹§№][ \u00a0]$")
_FORM_BEHIND = re.compile(r"[.,:]\d|/\w|[-‐‑](?!odd)\w|[\w%°€£$‰½¼¾²³:\]]|[ \u00a0]?[%°€£$]")
_OUTLINE = re.compile(r"[.)][ \u00a0]")
_NUMBER_OF = re.compile(r"\bnumber of (\w+s)(?: \w+){0,2}? (?:from|to|at|was|is|by|of)[ \u00a0]$")
_LABEL = re.compile(r"(?:(?P<first>[^\W\d_][\w’'-]*)[ \u00a0])?(?P<label>[^\W\d_][\w’'-]*)\.?[ \u00a0]$")
_AGE = re.compile(r"(?:, ?|.\()\d\d[,.;)]?$")
_AGED = re.compile(r"\b(?:young(?:est|er)|old(?:est|er)|aged?|born|d(?:ied|ies|ying)|death|retired)\b[^,;]{0,30}[ \u00a0]$")
_IS_AGED = re.compile(
    r"\b(?:not yet|who (?:is|was)|turn(?:s|ed|ing)|(?:people|voters|those|men|women|anyone|citizens) (?:under|over|"
    r"above|below))[ \u00a0]$"
)
_AGE_ENDS = re.compile(r"[,.;)]|$|[ \u00a0](?:it|in|on|this|that|and|years)\b")


_FOR_AND_AGAINST = re.compile(
    r"[ \u00a0](?:votes )?(?:for|against|in favou?r|abstain\w*|abstentions?)(?:[,.;:)]|$|[ \u00a0](?:and|with|to)\b)",
    re.IGNORECASE,
)
_BY_TO = re.compile(r"\bby[ \u00a0](?:a (?:vote|majority|margin) of[ \u00a0])?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A bare number where it stands: `before` and `behind` are the texts around it in its sentence, `governor` the words that
    govern it, `name` the label of the name right before it, empty for none."""

    page: Page
    match: Match
    before: str
    governor: list[str]
    behind: str
    name: str
    limit: int

    @property
    def is_one(self) -> bool:
        """Whether it says one."""
        return self.match.text.lower() in ("one", "1")


@dataclass(frozen=True, slots=True)
class Claim:
    """Why a number is no seat count. `is_place`: it counts constituencies and the like, beside which seats are often counted."""

    reason: str
    is_place: bool = False


def claim_of(page: Page, match: Match) -> Claim | None:
    """What takes a bare number, None if nothing does and it may count seats."""
    sentence = page.sentence_at(match.start)
    before = page.text[max(sentence.start, match.start - _BEFORE) : match.start]
    number = Number(
        page,
        match,
        before=before,
        governor=governor_of(before),
        behind=page.text[match.end : min(sentence.end, match.end + _BEHIND)],
        name=page.name_before(match.start, sentence.start),
        limit=sentence.end,
    )
    if "word" in match.captures:
        reason = _in_table(number) or ("seats of another kind" if is_other_seat(page, match) else None)
        return Claim(reason) if reason else None
    found = (claim(number) for claim in CLAIMS)
    reason = next((reason for reason in found if reason is not None), None)
    return Claim(reason) if reason else _noun(number)


# -- the claims -------------------------------------------------------------------------------------------------------------


def _in_table(number: Number) -> str | None:
    block = number.page.document.block_at(number.match.start)
    if block is None or block.cell is not None or block.field is not None:
        return "a bare number in a table is what its header says"
    return None


def _too_large(number: Number) -> str | None:
    amount = read_number(number.match.captures.get("number", number.match.text).lstrip("+-−–"))
    return "too large for a bare number" if amount is not None and amount > MOST else None


def _of_others(number: Number) -> str | None:
    return "a count of another body, or of people" if is_of_others(number.page, number.match) else None


def _of_body(number: Number) -> str | None:
    """`a cabinet of 14`, `killed 22`."""
    words = number.governor
    befell = words and words[-1] in _befalling()
    if befell or (len(words) > 1 and words[-1] == "of" and words[-2] in lists()["body"]):
        return "a count of another body, or of people"
    return None


@cache
def _befalling() -> frozenset[str]:
    return frozenset(figure_words().words("happens_to_people"))


def _division(number: Number) -> str | None:
    """The votes of a house divided: `passed it by 52 to 48`, `202 for, 432 against`; but `fell by three to 12` is of seats."""
    by_to = number.match.rule.id == "seats.bare_range" and _BY_TO.search(number.before)
    moved = by_to and any(same_spelling(word) in lists()["move"] for word in WORD.findall(number.before))
    return "a division" if (by_to and not moved) or _FOR_AND_AGAINST.match(number.behind) else None


def _age(number: Number) -> str | None:
    match, text = number.match, number.page.text
    of_person = number.name == "PERSON" and _AGE.match(text[match.start - 2 : match.end + 1])
    is_age = _IS_AGED.search(number.before) and _AGE_ENDS.match(number.behind)
    return "an age" if of_person or is_age or _AGED.search(number.before) else None


def _form(number: Number) -> str | None:
    signed = number.match.text[0] in "+−–-"
    if (_FORM_BEFORE.search(number.before) and not signed) or _FORM_BEHIND.match(number.behind):
        return "a form that seat counts do not have"
    return None


def _outline(number: Number) -> str | None:
    return "the number of a heading or of a list's item" if not number.before and _OUTLINE.match(number.behind) else None


def _label(number: Number) -> str | None:
    """`article 12`, `Room 12`; but `Green Group 12` and `Civic Platform 157` end in a name."""
    found = _LABEL.search(number.before[-40:])
    if not found or same_spelling(found["label"]) not in lists()["label_before"] or number.name == "PARTY":
        return None
    in_name = found["first"] and found["first"][0].isupper() and found["label"][0].isupper()
    return None if in_name else f"it says which {found['label']}"


def _currency(number: Number) -> str | None:
    words = WORD.findall(number.before)
    return "an amount of money" if words and words[-1].casefold() in lists()["currency"] and words[-1].isupper() else None


def _no_number(number: Number) -> str | None:
    """`one` is often no number: `this one`, `one may ask`, `one of the largest`."""
    if not number.is_one:
        return None
    before, after = ([same_spelling(word) for word in WORD.findall(text)] for text in (number.before, number.behind))
    if before and (before[-1] in lists()["one_before"] or _names_kind(before, after)):
        return "`one` for a thing just named"
    if after and (after[0] in lists()["one_behind"] or (after[0] in ("in", "out") and any(map(is_number, after[1:3])))):
        return "`one` for anybody, or a part"
    if after[:2] == ["of", "the"] and not (after[2:] and (after[2] in lists()["seats"] or is_number(after[2]))):
        return "one of several things"
    return None


def _names_kind(before: list[str], after: list[str]) -> bool:
    """`the smaller one wants`: an article, an adjective, `one`."""
    return len(before) > 1 and before[-2] in lists()["article"] and after[:1] not in (["of"], ["each"])


def _number_of(number: Number) -> str | None:
    found = _NUMBER_OF.search(number.before)
    return f"the number of {found[1]}" if found and same_spelling(found[1]) not in lists()["seats"] else None


def _noun(number: Number) -> Claim | None:
    counted = counted_by(number.page.text, number.match.end, number.limit, number.is_one)
    if counted.kind != "other":
        return None
    return Claim(f"it counts {counted.noun}", same_spelling(counted.noun) in lists()["place"])


CLAIMS: tuple[Callable[[Number], str | None], ...] = (
    _in_table,
    _form,
    _too_large,
    _outline,
    _label,
    _currency,
    _no_number,
    _number_of,
    _division,
    _age,
    _of_body,
    _of_others,
)
"""What may take a number, in the order in which it is asked; the noun behind it (`_noun`) is asked last."""

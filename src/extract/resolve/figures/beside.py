"""Owners by the form beside the number: `UBP 24`, `10 for Nykhaz`, `United Ossetia's 1`, `the Liberals (13.1%)`, `three each`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.fact import INDEPENDENTS, Owner
from extract.resolve.figures.around import Around, leads_to
from extract.resolve.figures.choice import NOBODY, Choice
from extract.resolve.figures.page import Name, Page, is_institution

LISTED_RULES = ("seats.list", "percentages.beside")
"""Rules that find a number because a name stands before it: whatever the name was taken for, it is the owner."""

_ANY_NAME = ("PARTY", "ORG", "PERSON", "GPE", "NORP")
_NOUN = r"(?:%|per\s?cent|percent|seats?|mandates?|deputies|MPs|members|votes|points|percentage points)"
# What may stand between figures of one row, and between names of one.
_ROW = pattern(rf"\s?(?:{_NOUN}\s?)?(?:,|,?\s(?:and|or|&))\s(?:{{lead}}\s)*")
_DIFFERS = re.compile(rf"\s?(?:{_NOUN}\s)?(?:more|fewer|less|short|above|below)\b")
_NAMES_ROW = re.compile(
    r"(?:\s\([^)]*\))?(?:,|,?\s(?:and|&)(?: its (?:\w+ ){0,2}(?:partner|ally|allies|partners))?)\s(?:the\s|"
    r"that of (?:the )?)?"
)
_GLOSS = re.compile(r"^\s*[(“\"][^)”\"]{1,60}[)”\"]")
_BEHIND = pattern(
    rf"\s(?:{_NOUN}\s|of the votes?\s)?(?:(?:each|apiece)\s)?(?:for|to|by|went to|going to|go to|were won by|"
    rf"was won by|taken by|belong to|held by|from|of)"
    r"\s(?:the\s|its\s|A\s)?(?:(?:ruling|governing|opposition)\s)?"
)
_PEOPLE_BEHIND = re.compile(
    r"\s(?:members?|deput(?:y|ies)|MPs?|MLAs?|councillors?|seats?|senators?|lawmakers?|representatives?)\b"
)
_LOSING = re.compile(r"\b(?:lost|fell|loses|conceded|from)\b")
_POSSESSIVE = pattern(
    r"(?:['’]s?)\s(?:(?!{own_verb}\b)\w+\s){0,2}(?:(?<=\s)(?:{own_noun}\s)?(?:{adverb}\s)*(?:{modal}\s)*{own_verb}\s)?(?:{lead}\s)*"
)
_PERSONS_PARTY = re.compile(r"['’]s? (?:\w+ )?(?:party|alliance|bloc|coalition|list|movement|camp)\b")
_RUN = pattern(rf"(?:\s|[(,]|\b(?:and|with|on|for|from|at|to|won|got|took|has|had|a|{_NOUN})\b|\([^)\d]*\)|{{lead}}\b)*")
_THEY = re.compile(r"\b(?:its|they|their|the party|the alliance|the bloc)\b", re.IGNORECASE)
_LATTER = re.compile(r"\bthe (latter|former)(?:['’]s)?\b[^,;.]{0,40}$", re.IGNORECASE)
_EACH_AFTER = re.compile(rf"\s?(?:{_NOUN}\s)?(?:each|apiece)\b", re.IGNORECASE)
_EACH_BEFORE = re.compile(r"\beach (?:of\b[^.;]{0,120}|(?:\w+ ){1,5})$", re.IGNORECASE)
_BOTH = re.compile(r"\bboth\b[^.;:]{0,110}$", re.IGNORECASE)
_BOTH_THEIRS = re.compile(r"\bboth (?:of )?their (?:\w+ )?(?:parties|lists|alliances|movements)\b", re.IGNORECASE)
_DROPPED_EACH = re.compile(r"\s?(?:\w+ )?to \w+ each\b")
_INDEPENDENT_AFTER = re.compile(
    r"\s(?:(?:seats?|mandates?|of which|deputies|MPs)\s)?(?:\w+ ){0,2}(?:to|by|for|were|are|as)?\s?(?:an? )?independents?\b",
    re.IGNORECASE,
)
_INDEPENDENT_BEFORE = pattern(
    r"\bindependents?(?: candidates?| deputies| MPs)?(?:\s(?:{adverb}\s)*{own_verb}|\s?[,:–(-]|\swith)?\s*(?:{lead}\s)*$"
)
_LINK = pattern(
    r"(?:\s?\)|[\"”’'])*(?:\s?[,:–—?-]\s*(?:\(|(?:with|at|on)\s)?|\s?\(|\s(?:{adverb}\s)*(?:{modal}\s)*{link}\s|"
    r"\s*)\s?(?:{lead}\s)*"
)
_VERB = pattern(
    r"[\"”’']?(?:\s(?:{own_noun}|party|movement))?\s(?:{adverb}\s)*(?:(?:{modal}|{adverb})\s)*{own_verb}\s(?:{lead}\s)*"
)
_COMPARED = re.compile(
    r"[:,;]\s?(?:and |but |with )?(?:the )?$|\b(?:ahead of|behind|against|over|beating|followed by|to|than|and|by) (?:the )?$"
)
_BY = re.compile(r"\bby (?:\w+ )?$")
_BEATS = re.compile(r"\b(?:beat|beaten|beats|beating|defeat\w*|lost to|over|ahead of|against|won|trail\w*|unseated|led)\b")
NONE_OF = re.compile(
    r"\b(?:none|neither|nobody|no one) (?:of|among) [^.;:\d]{0,60}\b(?:reach\w*|pass\w*|clear\w*|got|won|took|had|"
    r"obtained|received|managed|"
    r"exceeded|topped) (?:even |more than |over |as much as )*$",
    re.IGNORECASE,
)
"""`None of the other eleven lists reached`: nobody has it."""
_VERSUS = re.compile(r"\s?(?:to|[-–]|against|versus|vs\.?)\s?")


def preferred(mention: Mention) -> tuple[str, ...]:
    """The labels of those who have such a figure, the likeliest first."""
    return ("PARTY", "PERSON", "ORG") if isinstance(mention.reading, PercentReading) else ("PARTY", "ORG", "PERSON")


def parties(page: Page, names: Sequence[Name]) -> list[Owner]:
    """Different parties in the order of the text, each at its last place."""
    found: dict[str, Owner] = {}
    for name in names:
        if name.mention.label == "PARTY" and not page.is_gloss(name):
            found.pop(name.mention.text, None)
            found[name.mention.text] = name.owner
    return list(found.values())


def none_of(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`None of the other lists reached one per cent`: that share is nobody's."""
    return Choice(how="none of them has it") if NONE_OF.search(around.before) else None


def in_order(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the Reds, the Blues and the Greens had 32, 27 and 11 percent`: as many names as figures, each with its own."""
    figures = [figure for figure in _figures_in_row(page, mention, around) if not _DIFFERS.match(page.text, figure.end)]
    if len(figures) < 2 or mention not in figures:
        return None
    names = names_in_row(page, around.sentence.start, figures[0].start)
    told = bool(re.match(r"[^.;]{0,60}\brespectively\b", page.text[figures[-1].end : around.sentence.end]))
    before = page.names_between(around.sentence.start, figures[0].start, ("PARTY",)) if told else []
    told_of = [name for name in before if not page.is_gloss(name)]
    if len(told_of) == len(figures):
        names = told_of
    elif len(names) < 2 or len(page.text[names[-1].mention.end : figures[0].start]) > 60:
        names = names_in_row(page, figures[-1].end, around.sentence.end, first=True) if "for" in around.after[:40] else []
    if len(names) != len(figures) and not (told and len(names) > len(figures)):
        return None
    return Choice((names[figures.index(mention)].owner,), how="the names and the figures go in one order")


def _figures_in_row(page: Page, mention: Mention, around: Around) -> list[Mention]:
    """The figures of one kind that stand in a row with this one: `32, 27 and 11 percent`."""
    runs: list[list[Mention]] = []
    for figure in page.figures_between(around.sentence.start, around.sentence.end, type(mention.reading)):
        if runs and _ROW.fullmatch(page.text[runs[-1][-1].end : figure.start]):
            runs[-1].append(figure)
        else:
            runs.append([figure])
    return next(run for run in runs if mention in run)


def names_in_row(page: Page, start: int, end: int, first: bool = False) -> list[Name]:
    """The last (or first) names between two places that stand in a row: `the Reds, the Blues (B) and the Greens`."""
    run: list[Name] = []
    names = [name for name in page.names_between(start, end, _ANY_NAME) if not page.is_gloss(name)]
    for name in names if first else reversed(names):
        left, right = (run[-1], name) if first and run else (name, run[-1] if run else name)
        if run and not _NAMES_ROW.fullmatch(page.text[left.mention.end : right.mention.start]):
            break
        run.append(name)
    return run if first else run[::-1]


def each_of(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`both parties winning 6 seats`, `the Liberals and the Greens three seats each`."""
    has_each = _EACH_AFTER.match(around.after) or _EACH_BEFORE.search(around.before)
    if not (has_each or _BOTH.search(around.before) or _DROPPED_EACH.match(around.after)):
        return None
    if _BOTH_THEIRS.search(around.before):
        return _parties_of_both(page, mention, around)
    named = parties(page, page.names_between(around.sentence.start, mention.start))
    if len(named) < 2:
        named = parties(page, page.names_between(page.block_at(mention.start).start, mention.start))
    row = parties(page, names_in_row(page, around.sentence.start, mention.start))
    owners = row if has_each and len(row) > 2 else named[-2:]
    return Choice(tuple(owners), True, "each of those named before it") if len(owners) >= 2 else None


def _parties_of_both(page: Page, mention: Mention, around: Around) -> Choice:
    """`both their parties were left with no seats`: those of the last two persons, as far as the document tells them."""
    people = page.names_between(around.sentence.start, mention.start, ("PERSON",))[-2:]
    found = [party.owner for person in people if (party := page.party_of(person))]
    return Choice(tuple(found), True, "the parties of the two") if len(found) == 2 else NOBODY


def latter(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`X got 10 seats and Y 16; the latter lost five`."""
    told = _LATTER.search(around.before)
    if not told:
        return None
    start = page.block_at(mention.start).start
    named = parties(page, page.names_between(start, around.sentence.start + told.start()))
    is_latter = told[1].lower() == "latter"
    return Choice((named[-1 if is_latter else -2],), how=f"the {told[1].lower()} of two") if len(named) >= 2 else None


def beside(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`10 for Nykhaz`, `38 to the Liberals`, `United Ossetia's 1`, `Nykhas' 29.59%`."""
    return _inside(page, mention) or _behind(page, mention, around) or _possessive(page, mention, around)


def _inside(page: Page, mention: Mention) -> Choice | None:
    """`two Labour members`: the party between a number and the people it counts."""
    for name in page.names_between(mention.start, mention.end + 60, ("PARTY",))[:1]:
        inside = name.mention.end <= mention.end
        if inside or (name.mention.start - mention.end <= 1 and _PEOPLE_BEHIND.match(page.text, name.mention.end)):
            return Choice((name.owner,), how="named before the people it counts")
    return None


def _behind(page: Page, mention: Mention, around: Around) -> Choice | None:
    for name in page.names_between(mention.end, min(around.sentence.end, mention.end + 70), _ANY_NAME)[:1]:
        between = page.text[mention.end : name.mention.start]
        if not _BEHIND.fullmatch(between) or is_institution(name):
            return None
        if name.mention.label not in preferred(mention) and not _others_so(page, mention, around):
            return None
        possessor = page.text[name.mention.end : name.mention.end + 1] in ("'", "’")
        if "of" in between.split() and not _own_word(mention) and name.mention.label != "PARTY":
            return None
        if not possessor and (not _LOSING.search(around.clause) or "for" in between):
            return Choice((name.owner,), how="named right behind it")
    return None


def _own_word(mention: Mention) -> bool:
    """Whether a seat count ends with a word for people: `five members of the Green Party`."""
    return (
        mention.label == "SEATS"
        and bool(re.search(r"[^\W\d]s$|member$|deputy$|MP$", mention.text))
        and "seat" not in mention.text
    )


def _others_so(page: Page, mention: Mention, around: Around) -> bool:
    """Whether a party is given its number in the same form in the sentence: `30 to the Socialist Party, and 14 to Vox`."""
    figures = page.figures_between(around.sentence.start, mention.start, type(mention.reading))
    return any(
        _BEHIND.fullmatch(page.text[figure.end : name.mention.start])
        for figure in figures
        for name in page.names_between(figure.end, mention.start, ("PARTY",))[:1]
    )


def _possessive(page: Page, mention: Mention, around: Around) -> Choice | None:
    for name in page.names_between(around.sentence.start, mention.start)[-1:]:
        between = page.text[name.mention.end : mention.start]
        if name.mention.label == "PERSON" and _PERSONS_PARTY.match(between) and (party := page.party_of(name)):
            return Choice((party.owner,), how="the person's party")
        if _POSSESSIVE.fullmatch(between) and not is_institution(name):
            return Choice((name.owner,), how="possessive before it")
    return None


def independents(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`3 independents`, `the other two went to independents`."""
    if (
        "independent" in mention.text.lower()
        or _INDEPENDENT_AFTER.match(around.after)
        or _INDEPENDENT_BEFORE.search(around.before[-60:])
    ):
        return Choice((Owner(None, INDEPENDENTS),), how="independents")
    return None


def in_brackets(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the Armenia Alliance of Robert Kocharyan (21.09%, 29 seats)`: the party before the bracket, else the nearest name."""
    opening = around.before.rfind("(")
    if opening < 0 or ")" in around.before[opening:]:
        return None
    start = around.sentence.start
    if page.names_between(start + opening, mention.start):
        return None
    last_comma = max(around.before.rfind("), ", 0, opening), around.before.rfind("; ", 0, opening), 0)
    near = [name for name in page.names_between(start + last_comma, start + opening) if not is_institution(name)]
    if (
        near
        and near[-1].mention.label in ("ORG", "PERSON")
        and start + opening - near[-1].mention.end <= 1
        and not _of_party(page, near)
    ):
        return Choice((near[-1].owner,), how="named right before the bracket")
    for label in ("PARTY", "PERSON", "ORG"):
        named = [name for name in near if name.mention.label == label]
        if named and start + opening - named[-1].mention.end <= 90:
            return Choice((named[-1].owner,), how="named before the bracket")
    return None if near or _THEY.search(around.before[:opening]) else NOBODY


def _of_party(page: Page, near: Sequence[Name]) -> bool:
    """Whether the last name stands behind a party that is his: `the Armenia Alliance of Robert Kocharyan`."""
    if len(near) < 2 or near[-2].mention.label != "PARTY":
        return False
    return bool(re.fullmatch(r"[^\d;:(),]{1,60}", page.text[near[-2].mention.end : near[-1].mention.start]))


def listed(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`UBP 24 , CTP 18`, `the liberals, 15`, `Labour: 12`, `VMRO (58)`, `Return ("Povratak") had 22`."""
    labels = _ANY_NAME if mention.rule in LISTED_RULES else preferred(mention)
    named = page.names_between(around.sentence.start, mention.start, labels)
    if not named or is_institution(named[-1]):
        return None
    name = named[-1]
    if not _LINK.fullmatch(page.text[name.mention.end : mention.start]):
        return None
    if name.mention.label == "ORG" and around.cues_before(name.mention.start, "report_verb"):
        return None
    if page.is_gloss(name) and len(named) > 1:
        name = named[-2]
    before = page.text[around.sentence.start : name.mention.start]
    if not leads_to(page, name, around.sentence.start) or _COMPARED.search(before):
        return Choice((name.owner,), how="named right before it")
    return None


def in_run(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the Colorado Party 13 and four`, `Fine Gael 65 with 36.5`: between the name and the number nothing but other numbers."""
    named = [
        name for name in page.names_between(around.sentence.start, mention.start, preferred(mention)) if not page.is_gloss(name)
    ]
    if not named or is_institution(named[-1]) or leads_to(page, named[-1], around.clause_start):
        return None
    end = named[-1].mention.end
    figures = page.figures_between(end, mention.start)
    if not figures or not _RUN.fullmatch(page.text[end : figures[0].start]):
        return None
    places = [*((left.end, right.start) for left, right in itertools.pairwise(figures)), (figures[-1].end, mention.start)]
    if all(_RUN.fullmatch(page.text[start:stop]) for start, stop in places):
        return Choice((named[-1].owner,), how="named before a run of numbers")
    return None


def before_verb(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the People's Party winning 5 seats`: the name right before the verb, a person only if no phrase leads to it."""
    for name in reversed(page.names_between(around.sentence.start, mention.start)):
        if page.is_gloss(name):
            continue
        between = _GLOSS.sub("", page.text[name.mention.end : mention.start])
        if not _VERB.fullmatch(between) or is_institution(name):
            return None
        if name.mention.label == "PERSON" and leads_to(page, name, around.sentence.start):
            return None
        if name.mention.label in preferred(mention):
            return Choice((name.owner,), how="named before the verb")
    return None


def versus(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`Tatar lost to Erhürman, 35.81% to 62.76%`: the first figure is the first one's."""
    kind = PercentReading if isinstance(mention.reading, PercentReading) else SeatsReading
    figures = page.figures_between(around.sentence.start, around.sentence.end, kind)
    for left, right in itertools.pairwise(figures):
        if mention not in (left, right) or not _VERSUS.fullmatch(page.text[left.end : right.start]):
            continue
        if re.search(r"\bfrom (?:\w+ )?$", page.text[around.sentence.start : left.start]):
            return None
        names = page.names_between(around.sentence.start, left.start, ("PERSON", "PARTY"))
        people = [name for name in names if not page.is_gloss(name)]
        pairs = [
            pair for pair in itertools.pairwise(people) if _BEATS.search(page.text[pair[0].mention.end : pair[1].mention.start])
        ]
        if pairs and (kind is PercentReading or _BY.search(page.text[: left.start][-12:])):
            return Choice((pairs[-1][0 if mention is left else 1].owner,), how="the two that stood against each other")
    return None

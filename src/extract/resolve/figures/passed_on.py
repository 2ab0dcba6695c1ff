"""Owners that stand elsewhere in the sentence or the document: behind the number, at the figure before, as the ruling party."""

from __future__ import annotations

import re

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.figures.around import Around, leads_to
from extract.resolve.figures.beside import preferred
from extract.resolve.figures.choice import Choice
from extract.resolve.figures.page import Page, is_institution

_NOUN = r"(?:%|per\s?cent|percent|seats?|mandates?|deputies|MPs|members|points)"
# `With`, `At just`, `Down to` open a sentence (or what follows a `;`) whose subject comes behind the figure.
_OPENS = pattern(
    r"(?:^|[;:]\s|\b(?:and|but|while|though)\s)\W*(?:(?:And|But|Now|Today|So|Still)\s)?"
    r"(?:With|At|On|Down to|Reduced to|By winning|Having (?:won|taken|lost)|After winning|After losing)\s(?:{lead}\s)*$"
)
_NOT_ITS = re.compile(
    r"\s?(?:(?:seats?|percent|per\scent|is|are|was|were)\s){0,2}(?:still|left|vacant|undeclared|remaining|yet|needed|to go|"
    r"to come|at stake|up for|counted|declared|in dispute|(?:of|in) (?:the )?(?:votes?|ballots?|polling|constituenc|results?))\b"
)
_SUBJECT_BEHIND = pattern(r"(?:[^,;.]{0,60},\s|\s(?:{descriptor}\s)*)(?:(?:the|{descriptor}|{office})\s)*(?:\w+['’]s?\s)?")
_FIGURE_APART = pattern(
    rf"\s?(?:{_NOUN}\b)?(?:\s(?:in all|in total|altogether|together))?(?:\s?[,–—(-]+|\s(?:and|or))?\s?(?:(?:which|"
    rf"that) (?:is|was|were|makes|made|means|meant)\s|"
    r"(?:so|or|and|thus|that is|i\.e\.|still)\s)*(?:{lead}\s)*"
)
_STILL_APART = pattern(
    r"[^.;\d]{0,40}[\s,](?:is|are|was|were|has been|have been|remains?|remained|falls?|leaves?|left)\s(?:(?:it|them)\s)?"
    r"(?:{lead}\s)*"
)
_DIFFERENCE = re.compile(rf"\s?(?:{_NOUN}\s)?(?:more|fewer|less|short|above|up|down|ahead|higher|lower|off|below|over)\b")
_COMPARED = pattern(
    rf"\s?(?:{_NOUN}\b)?(?:\s[^,;.()\d]{{1,25}})?[,;–—(\s-]*(?:(?:up|down)\sfrom|after|compared (?:with|to)|instead of|"
    rf"rather than|as against|"
    rf"(?:fewer|more|less|better|worse|higher|lower) than(?:\sthe|\sits|\stheir)?|an?\s(?:gain|loss|increase|rise|drop|fall|"
    rf"improvement) of)\s(?:{{lead}}\s)*"
)
_ASCRIBED = re.compile(
    r"\b(?:put|puts|putting|had|has|saw|sees|seen|gave|gives|giving|placed|showed|shows|predicted|forecast|projected|estimated)\s"
    r"(?:the\s)?$"
)
_ASCRIBED_AT = pattern(
    r"(?:\s(?:in front|ahead|in the lead|first|second|third|level|up|down))?,?\s(?:at|on|with|between|winning|as)\s(?:{lead}\s)*"
)
_RULING = re.compile(
    r"\b(?:the|its|his|her|their) (?:former |long-)?(?:ruling|governing) (?:party|group|side|caucus|movement|list)\b"
    r"[^,;.\d]{0,40}$|"
    r"\bthe government caucus\b[^,;.\d]{0,20}$",
    re.IGNORECASE,
)
_PARTY_OF = re.compile(
    r"\b(?:party|list|group|movement|men|followers|supporters|formation|camp|bloc|front) of "
    r"(?:the )?(?:(?:outgoing|former|acting|deposed|jailed|ousted|late) )?(?:[\w.\"“”()'’-]+,? ){0,3}$"
)

_ALLIANCE = re.compile(
    r"^\W*(?:\w+ )?(?:the|The) (?P<word>alliance|bloc|coalition|front|league|union|movement|list)(?: of [^,;.\d]{1,30})?"
    r"\s(?:\w+\s){1,6}$"
)


def opens_sentence(around: Around) -> bool:
    """Whether a figure stands in the phrase that opens its sentence, and says something of the subject behind it."""
    return bool(_OPENS.search(around.before)) and not _NOT_ITS.match(around.after)


def ahead_of_subject(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`With 44 deputies the Centre Party remains …`, `At 12.4 percent the Left is back`: the subject comes behind."""
    if not opens_sentence(around):
        return None
    names = page.names_between(mention.end, around.sentence.end)
    for name in names[:2]:
        between = page.text[mention.end : name.mention.start]
        if name.mention.label in preferred(mention)[:2] and not is_institution(name) and _SUBJECT_BEHIND.fullmatch(between):
            return Choice((name.owner,), how="the subject comes behind it")
    return None


def ascribed(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`Cifra put the Front at 39 percent, Equipos at 40 and Factum at 39.9`: the one spoken of, not the one who counts."""
    start = around.sentence.start
    kind = SeatsReading if isinstance(mention.reading, SeatsReading) else PercentReading
    for name in reversed(page.names_between(start, mention.start, ("PARTY", "PERSON"))):
        if not _ASCRIBED.search(page.text[start : name.mention.start]):
            continue
        figures = [*page.figures_between(name.mention.end, mention.start, kind), mention]
        if not _ASCRIBED_AT.fullmatch(page.text[name.mention.end : figures[0].start]):
            return None
        counters = page.names_between(figures[0].end, mention.start, ("PARTY", "PERSON", "ORG", "GPE"))
        if figures[0] is mention or (counters and all(other.mention.label != "PARTY" for other in counters)):
            return Choice((name.owner,), how="a pollster sees it there")
        return None
    return None


def ruling(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`The ruling party lost seven seats`, where the document calls one party so."""
    spoken = _RULING.search(around.before)
    if not spoken or page.ruling is None or page.names_between(around.sentence.start + spoken.start(), mention.start):
        return None
    return Choice((page.ruling.owner,), how="the ruling party")


def party_of_leader(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the party of Olof Palme had 163`: the person's party, as far as the document tells it."""
    for person in page.names_between(around.clause_start, mention.start, ("PERSON",)):
        if _PARTY_OF.search(page.text[around.clause_start : person.mention.start]) and (party := page.party_of(person)):
            return Choice((party.owner,), how="the party of its leader")
    return None


def the_alliance(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the alliance bagged 25`, where one party of the document has that word in its name."""
    spoken = _ALLIANCE.search(page.text[around.clause_start : mention.start])
    if not spoken or (alliance := page.named_so(spoken["word"])) is None:
        return None
    return Choice((alliance.owner,), how=f"the {spoken['word']} of the document")


def party_of_subject(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`Joe Sherlock of the Workers' Party, with its one seat`: the party of the person the sentence is about."""
    if not isinstance(mention.reading, SeatsReading):
        return None
    people = page.names_between(around.sentence.start, mention.start, ("PERSON",))
    if len(people) != 1 or leads_to(page, people[0], around.sentence.start) or (party := page.party_of(people[0])) is None:
        return None
    others = page.names_between(around.sentence.start, mention.start, ("PARTY",))
    if any(other.mention.text != party.mention.text for other in others):
        return None
    return Choice((party.owner,), how="the party of the person spoken of")


def of_heading(page: Page, mention: Mention, around: Around) -> Choice | None:
    """Figures below a heading that is a party's name, in a sentence that names nobody."""
    if page.names_between(around.sentence.start, around.sentence.end):
        return None
    headings = [block for block in page.document.blocks if block.kind == "heading" and block.start < mention.start]
    owner = page.party_of_title(headings[-1]) if headings else None
    return Choice((owner,), how="the party of the heading") if owner else None


def is_compared(page: Page, before: Mention, mention: Mention) -> bool:
    """Whether a figure only says more of the one before: `38 seats, one more than in 2014`, `28 seats, down from 31`."""
    between = page.text[before.end : mention.start]
    if page.names_between(before.end, mention.start) or len(between) > 60:
        return False
    if _COMPARED.fullmatch(between):
        return True
    apart = _FIGURE_APART.fullmatch(between) or _STILL_APART.fullmatch(between)
    return bool(apart and _DIFFERENCE.match(page.text[mention.end : mention.end + 30]))

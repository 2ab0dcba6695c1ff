"""What a role becomes once the owner is known: a figure without one may be the chamber's, a result that of an older election."""

from __future__ import annotations

import re

from extract.normalise.readings import SeatsReading
from extract.normalise.values import Role
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.figures.around import Around
from extract.resolve.figures.page import Page
from extract.resolve.figures.roles import ON_A_DAY, OUTGOING, SENDS, UNOPPOSED, governing

_BARE_RULES = ("seats.bare", "seats.bare_range", "seats.list", "seats.for_name", "seats.placed")
_BODY = re.compile(
    r"parliament|assembly|chamber|house|senate|council|members|deputies|seats|senators|mandates|MPs", re.IGNORECASE
)
_COMPARED_YEAR = re.compile(
    r"\b(?:than|from|over|against|on|since) (?:in |at |the |election |founding |of |state |country |end |war |(?:it|"
    r"they) (?:had |won |took |got |held )+)*"
    r"(?:1[89]\d\d|20\d\d)\b"
)
_HAD_BEEN = pattern(
    r"\bhad (?:{adverb} )?(?:won|taken|entered|come|got|received|secured|obtained|elected|"
    r"finished|gone in|risked|defended|started)\b(?:(?! and )[^;.,]){0,80}$"
)
_HAS = re.compile(r"\b(?:now |currently )?(?:has|have|had) (?:only |just |a total of )?$")
_NEWLY_IN = pattern(
    r"\s(?:{seat_noun} )?(?:came in|got in|(?:were|are|was|is) (?:re-?elected|new|newcomers|women|men|incumbents))\b"
)
_NOW = re.compile(r"\bnow (?:has|have|holds?) (?:\w+ )?$")
_OWN_ELECTION = re.compile(r"(?:In|At) (?:the )?(?:\w+ )?(?:1[89]\d\d|20\d\d) (?:\w+ )*(?:elections?|vote|poll|polls)\b")
_PART_OF = re.compile(r"\s(?:out )?of (?:the |its |all )*\d")
_PRONOUN = pattern(r"\b{pronoun}\b")
_SHARE_BESIDE = re.compile(r"(?:\([^()]*(?:%|per ?cent)|%, [^.;:]{0,30}\bvotes),? (?:and )?$")
_SIDE = pattern(r"\b{house_side}\b")
_THEY_HAD = pattern(r"\b(?:he|she|they|we|I|whom) (?:{adverb} )?(?:had|has|have) (?:{lead} )*$")
_VERB_ONLY = re.compile(
    r"\b(?:won|wins?|winning|took|takes?|taking|got|gets?|secured|captured|claimed|hold|holds)\b[^,;.]{0,40}$"
)
_LOST_LATER = re.compile(
    r"[^;:]{0,100}, (?:lost|lose|loses|dropped|fell|shed|slumped|had to make do|(?:was|were) (?:left|reduced|cut))\b"
)
_WON = pattern(
    r"\b(?:won|took|taken|obtained|secured|elected|swept in with|captured) (?:{lead} )*(?:\w+(?:,| and) (?:\w+ and )?)?$"
)
_WHICH = re.compile(r",\s(?:which|who)\b[^,;.]{0,40}$")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


def is_of_chamber(page: Page, mention: Mention, around: Around, role: Role) -> bool:
    """Whether a figure without an owner is the chamber's: `The Riksdag has 349 members`."""
    if role == "held":
        if _SIDE.search(around.before) or not _BODY.search(around.clause):
            return False
        return bool(_HAS.search(around.before)) and not _PRONOUN.search(around.clause) and not OUTGOING.search(around.before)
    if (
        role != "won"
        or mention.rule in ("seats.list", "seats.for_name")
        or UNOPPOSED.search(around.own)
        or ON_A_DAY.match(around.after)
    ):
        return False
    if _SHARE_BESIDE.search(around.before) or _THEY_HAD.search(around.before) or _NEWLY_IN.match(around.own):
        return False
    if mention.rule in _BARE_RULES and page.names_between(around.sentence.start, around.sentence.end, ("PARTY", "PERSON")):
        return False
    cue = governing(page, mention, around)
    if cue and cue.list == "won_cue" and (_PART_OF.match(around.after) or not SENDS.match(page.text, cue.start)):
        return False
    return not _VERB_ONLY.search(around.before) and bool(_BODY.search(around.before + mention.text + around.after))


def is_of_earlier_election(page: Page, mention: Mention, around: Around) -> bool:
    """A result of another election, quoted to compare.

    The clause tells what had been before (`which had entered the chamber with nine mandates`), or names a year before the one
    that the document reports; but not where the sentence is about that election (`In the 1996 elections …`).
    """
    if _OWN_ELECTION.match(around.before):
        return False
    if _NOW.search(around.before):
        return False
    if _WON.search(around.before) and not _is_beside_another(page, mention, around):
        return False
    if _WON.search(around.before) and _WHICH.search(around.before) and _YEAR.search(around.after[:30]):
        return True
    years = [int(year) for year in _YEAR.findall(_COMPARED_YEAR.sub("", around.clause))]
    return bool(page.year and years and max(years) < page.year) or bool(_HAD_BEEN.search(around.before[-120:]))


def _is_beside_another(page: Page, mention: Mention, around: Around) -> bool:
    """Whether the sentence goes on with another number, or a loss, of the same party: `who took 27 in 2015, lost 15 of them`."""
    later = _LOST_LATER.match(page.text, mention.end, around.sentence.end)
    if later and not page.names_between(mention.end, later.end(), ("PARTY",)):
        return True
    figures = page.figures_between(around.sentence.start, around.sentence.end, SeatsReading)
    apart = [figure for figure in figures if not around.clause_start <= figure.start < around.clause_end]
    return any(_none_named_between(page, figure, mention) for figure in apart)


def _none_named_between(page: Page, figure: Mention, mention: Mention) -> bool:
    left, right = sorted((figure, mention), key=lambda one: one.start)
    return not page.names_between(left.end, right.start, ("PARTY",))

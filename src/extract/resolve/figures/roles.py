"""In which role a seat count stands: won, held, change, total, majority.

`ROLES` is looked through from above; the first line that holds decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from extract.normalise.readings import PercentReading, SeatsReading
from extract.normalise.values import Role
from extract.recognise.figures.words import Cue, pattern
from extract.recognise.mention import Mention
from extract.resolve.figures.around import Around, look_around
from extract.resolve.figures.outside import (
    OF_WHOLE,
    is_before_vote,
    is_brought_to,
    is_composition,
    is_margin,
    is_mark,
    is_new_size,
    is_now_down_to,
    is_returned_by_unit,
    is_size,
    is_sum,
)
from extract.resolve.figures.page import PLACE_LABELS, Page, is_institution

_NOUN = r"(?:seats?|mandates?|deputies|MPs|members|places)"


class RoleRule(NamedTuple):
    """A role, why a figure has it, and how that is seen."""

    role: Role
    why: str
    holds: Callable[[Page, Mention, Around], bool]


ROLE_OF_RULE: Mapping[str, Role] = {
    "seats.seat_chamber": "total",
    "seats.seat_named_chamber": "total",
    "seats.short": "change",
    "seats.difference": "change",
    "seats.gain": "change",
    "seats.dropped": "change",
    "seats.losses": "change",
    "seats.before_then": "held",
    "seats.majority_of": "majority",
}
"""Rules of `seats.yml` whose words say the role."""

# -- words right before and behind ------------------------------------------------------------------------------------------

_SHORT = re.compile(rf"\s(?:{_NOUN}\s)?(?:short|behind(?! (?:him|her|it|them))|adrift|ahead)\b", re.IGNORECASE)
_DIFFERENCE_OF = re.compile(r"\b(?:gain|loss|increase|rise|drop|fall|decrease|decline) of (?:just |only |some )?$", re.IGNORECASE)
_COMPARED_BEHIND = re.compile(
    rf"\s?(?:{_NOUN}\s)?(?:fewer|less|more than|up on|down on|unlawful|"
    rf"(?:have been |has been |were |was )lost)\b|\s(?:{_NOUN}\s)?(?:up|down)\b(?! for| to)"
)
_BOTH_COMPARED = re.compile(r"\s(?:and|or) \w+ (?:fewer|more|less|short|away|above|below)\b")
_CONTESTED = re.compile(
    r"\bcontest\w*[^,;.]{0,12}$|\b(?:ran|run|running|stood|fought|standing) (?:alone )?(?:on|for|in) (?:all |only |"
    r"just )?$",
    re.IGNORECASE,
)
_ELECT_ALL = re.compile(r"\belect(?:s|ed|ing)? (?:the|all|its|their|all the) $", re.IGNORECASE)
_WITH = re.compile(r"With (?:only |just |its |their )?")
_ITS_OWN = re.compile(r"\b(?:its|their|his|her|our) (?:only |sole )?$", re.IGNORECASE)
_CONTESTED_BEHIND = re.compile(
    rf"\s?(?:{_NOUN}\s)?(?:(?:were|are) )?(?:contested|at stake|up for (?:grabs|election|re-election)|"
    rf"to be (?:filled|elected)|on offer)\b"
)
_NEEDED_BEHIND = re.compile(
    rf"\s?(?:{_NOUN}\s)?(?:that |which )?(?:(?:is|are|was|were|would be) )?(?:now |still |thus )?(?:(?:you|they|it|"
    rf"he|she|one|we) needs?\b|needed|required|necessary|must\b|"
    rf"(?:would|is|are|was|were) (?:have been |be )?enough|for (?:a|an|the) (?:\w+ )?majority|to (?:govern|"
    rf"form a government)\b)"
)
_NEEDED_BEFORE = pattern(
    r"\b(?:needs?|needed|requires?|required|short of) (?:the support of |the votes of )?(?:{lead}\s)*$|"
    r"\bmajority(?: is| of| at)? ?(?:\(|would be |is )?(?:{lead}\s)*$|\bquorum \w+ \w+ by $"
)
_NEEDED_TOO = pattern(r"\bneeds? [^.;]{0,80}\band (?:{lead} )*$")
_TO_DO = re.compile(r"\sto [a-z]+\b")
_REDUCED = re.compile(
    r"\b(?:reduced|cut|down) to [^,;.]{0,12}$|\bleft (?:\w+ )?with (?:only |just )?$|\bfor a total of $|"
    r"\b(?:dropped|lost|gained|shed|added) (?:by )?\S+(?: seats)? to $",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s?(?:[.,;:)]|$)")
_AND_SO = re.compile(r"(?: and| or|, and|,)(?: for)? (?:a total of )?|[^,;.\d]{0,30},? for a total of ")
_FILLED = re.compile(
    r"\s(?:members? |seats? )?(?:(?:are|is|were|was) )?(?:directly |indirectly )?(?:appointed|nominated|chosen|"
    r"designated|elected individually|"
    r"from (?:\w+ )?lists?)\b"
)
_GAP = pattern(
    r"\b(?:lead|leads|led|ahead|hung on|held on|won|win) (?:\w+ ){0,2}by (?:{lead} )*$|"
    r"\b(?:gap|lead|margin|difference)\b[^.;]{0,40}\b(?:of|being|is|was) (?:{lead} )*$"
)
_GIVEN = re.compile(rf"\s(?:{_NOUN}\s)?(?:went|go|goes|fell) to (?:the |its )?(?:[A-Z]|(?:an )?independents?)")
UNOPPOSED = re.compile(r"\bunopposed\b")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# `were elected outright`, `were filled on 12 March`, `followed in the run-offs`: what came of a vote, not how a house is made up
ON_A_DAY = re.compile(
    r"\s(?:(?:seats|members|deputies|MPs|of them) )?(?:were (?:elected|filled|returned|decided)|followed|came)?\s?(?:outright|"
    rf"(?:in|on|at) (?:the )?(?:first round|second round|run-?offs?|\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}} {_MONTH}))\b"
)
# Seats that a party had before: `lost 17 of its 28`, `all of its 23`; and words behind a figure that say so.
_THEIR_OLD = re.compile(
    r"\b(?:lost|lose|loses|losing|shed|defend\w*|half|most|all|one|two|three|four|five|six|seven|eight|nine|ten|\d+|"
    r"many|some|from)"
    r" (?:of )?(?:its|their|his|her|our) (?:\w+ )?$|\b(?:represented by|has just|had just|had only) (?:\w+ )?$|"
    r"\b(?:its|their|his|her) (?:previous|former|old|outgoing) $",
    re.IGNORECASE,
)
_BEFORE_NOW = re.compile(
    r"[^,;.]{0,30}\b(?:before the (?:election|vote|poll)|in the (?:old|outgoing|previous|last|former) (?:\w+ )?(?:parliament|"
    r"chamber|house|assembly|election|term|vote)|last time|previously|when [^,;.]{0,40}last elected|"
    r"at the last election|until (?:now|then|today|yesterday)|so far|before(?= ?[.;,)]|$)|"
    r"(?:two|four|five|three|six) years (?:ago|earlier|before))\b|"
    r"\s(?:shrank|fell|dropped|grew|rose|slumped|shrunk) to\b|\s(?:abstain|vote|back|support|reject|oppos|walk|"
    r"boycott)\w*\b|\s(?:to just|to only)\s|[^,;.]{0,30},? (?:and|but) (?:now|today|this time) (?:has|have|will have|"
    r"holds?|got)\b"
)
# `Four years ago the Joint List had 13`; `had two and now has none`
_HAD = pattern(r"\bhad (?:{lead} )*$")
_NOW_BEFORE = re.compile(r"\bnow (?:has|have)\b[^;.]{0,40}$")
_AGO_HAD = pattern(
    r"(?:^|[.;:–—] |, (?:while|and|but) )\W*(?:(?:\w+ years|a year) (?:ago|before|earlier)|until (?:now|then)|last time|"
    r"before (?:the|that) (?:vote|election|poll))\b[^.;:]{0,60}\bhad (?:{lead} )*$"
)
# `fewer than the 146 of 2018`, `loses 28 of the 46 it has held`.
_THAN_THE = re.compile(r"\b(?:than|from|against|on|over|with|to|of|after) (?:the|its|their) $")
_OLD_YEAR = re.compile(rf"\s(?:{_NOUN} )?(?:of|from|in|(?:it|they) (?:had|won|held) in) (?:19|20)\d\d\b")
_IT_HELD = re.compile(rf"\s(?:{_NOUN} )?(?:that )?(?:it|they) (?:(?:has |have |had )?held|had (?:won|held)|had)\b")
_FROM = re.compile(r"\b[Ff]rom (?:[\w,.%-]+ ){0,3}$")
_FROM_TO = re.compile(r"\b[Ff]rom (?:\S+ ){1,3}to $")
OUTGOING = re.compile(r"\b(?:outgoing|previous|former|last|old|current|sitting|incumbent)\b", re.IGNORECASE)

# -- the whole ------------------------------------------------------------------------------------------------------------

_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:of|out of|all|for|fill|over|among|in) (?:the|its|their|all|all the|what were then|what was then|"
    r"a total of|parliament['’]s)?\s?|\bthe other |\bthe remaining |\bremaining )$",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:of|out of) (?:\w+ ){0,3}$", re.IGNORECASE)
_NO_WHOLE = pattern(r"\b{no_whole} of $")
_OF_BODY = re.compile(r"['’]s?\s$")
_TOTAL_AFTER = pattern(r"\s?(?:of|in|for|at) (?:the |its )?(?:[\w-]+ ){0,3}{institution}\b")
_LOST = re.compile(r"\b(?:los[et]|losing|shed|defend)\w*\b")
_CLAIMS_ALL = re.compile(
    r"\b(?:won|took|kept|keeps|holds|claimed|swept|captured|lost)\b[^,;.]{0,20}\b(?:all (?:the |its )?|"
    r"a (?:grand )?total of )$",
    re.IGNORECASE,
)
_PER_UNIT = re.compile(
    rf"\s?(?:{_NOUN}\s)?(?:for|from|in|per) (?:each|every)\b|\s?(?:{_NOUN}\s)?per (?:constituency|district|region|"
    rf"province)\b",
    re.IGNORECASE,
)
_UNIT_PER = re.compile(
    r"\b(?:each|every|per) (?:of the )?(?:\w+ )?(?:land|state|region|province|district|constituency|governorate|"
    r"oblast|canton|department|county|municipality|island)\w*\b[^,;.]{0,50}$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?P<name>[^\s(]+)\s?\((?:the )?$")
SENDS = re.compile(r"elect|return|sen[dt]|giv|gave", re.IGNORECASE)
_AT_PRESENT = pattern(
    r"\b(?:now|at present|currently|today|still|thus|already|so far|(?:has|have) (?:had|been)|{joint_word}|{side_word})\b"
)
_VOTED = re.compile(
    r"\b(?:final|near-final|provisional|official|latest|preliminary) (?:count|tally|figures)\b|\b(?:(?:were|"
    r"was) elected|the vote of|(?:votes|ballots) (?:had been |have been |were )?counted|results)\b"
)
_THEY = re.compile(r"\b(?:it|they|he|she) $", re.IGNORECASE)

# -- verbs -------------------------------------------------------------------------------------------------------------------

_LESS_BEHIND = re.compile(
    rf"\s?(?:{_NOUN}\s)?(?:(?:and|or) \w+ )?(?:fewer|less|short|unlawful|down|below|away|behind(?! (?:him|her|it|them))|adrift|"
    r"losses|(?:have been |has been |were |was )lost)\b"
)
_MORE_BEHIND = re.compile(rf"\s?(?:{_NOUN}\s)?(?:more|up|ahead|above|over|apart|gains)\b")
_LESS_BEFORE = re.compile(r"\b(?:dropped|loss|drop|fall|decline|decrease)\b[^,;.]{0,12}$")
_NOW_HAS = re.compile(r"(?:now )?(?:has|have)", re.IGNORECASE)
_TO_FROM = re.compile(r"\s(?:to|from)\b")
_DESCRIBES = re.compile(r"outgoing|previously|until now|so far|currently|incumbent|sitting", re.IGNORECASE)
# `an election held on 15 October`, `ballots counted on Sunday`, `a party held to 16`: nobody holds or counts on anything
_TAKES_PLACE = re.compile(
    r"(?:held|counted) (?:on|in) "
    r"(?:the same day|\d{1,2}\b|(?:19|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    rf"(?:late |early |mid-)?{_MONTH})|held to\b"
)
_CUES = ("won_cue", "held_cue", "loss_cue", "gain_cue")
_REACHED = re.compile(r"\d?\S+ (?:at|on|to) $")
_SMALL = pattern(
    rf"(?:\s|[,(;]|\bby\b|\band\b|\bor\b|\bthe\b|\bin\b|\bit\b|\bthem\b|\b{{lead}}\b|\b{_NOUN}\b|\b{{adverb}}\b|"
    rf"\bpercentage\b|\bpoints?\b|%)*"
)


def governing(page: Page, mention: Mention, around: Around) -> Cue | None:
    """The last verb of winning, having, losing or gaining before a figure; one of change only where the figure is its object."""
    cues = sorted(around.cues_before(mention.start, *_CUES), key=lambda cue: (cue.end, -cue.start), reverse=True)
    for cue in cues:
        if _TAKES_PLACE.match(page.text, cue.start):
            continue
        if cue.end <= around.clause_start and _DESCRIBES.fullmatch(page.text[cue.start : cue.end]):
            continue
        if cue.list in ("won_cue", "held_cue"):
            return cue
        if _REACHED.search(around.before) and page.figures_between(cue.end, mention.start, SeatsReading):
            return None  # `up three at 15`
        if _is_object(page, cue.end, mention.start) and not _TO_FROM.match(page.text, cue.end):
            return cue
    return None


def _is_object(page: Page, start: int, end: int) -> bool:
    """Whether nothing but names, figures and small words stands between a verb and a figure."""
    rest, position = "", start
    taken = [*page.figures_between(start, end), *(name.mention for name in page.names_between(start, end))]
    for mention in sorted(taken, key=lambda mention: mention.start):
        rest += page.text[position : mention.start]
        position = max(position, mention.end)
    return bool(_SMALL.fullmatch(rest + page.text[position:end]))


def _is_between_elections(page: Page, mention: Mention, around: Around) -> bool:
    """Whether courts, recounts or defectors changed a house: the sentence or the one before it says so."""
    start = page.block_at(mention.start).start
    near = [
        sentence
        for sentence in page.sentences[max(0, around.sentence.index - 1) : around.sentence.index]
        if sentence.start >= start
    ]
    return any(cue.list == "later_word" for sentence in (*near, around.sentence) for cue in page.cues(sentence))


def _rule_says(role: Role) -> Callable[[Page, Mention, Around], bool]:
    return lambda page, mention, around: ROLE_OF_RULE.get(mention.rule) == role


def _is_difference(page: Page, mention: Mention, around: Around) -> bool:
    return bool(_SHORT.match(around.own) or _DIFFERENCE_OF.search(around.before) or _GAP.search(around.before[-70:]))


def _is_given(page: Page, mention: Mention, around: Around) -> bool:
    given = _GIVEN.match(around.after)
    if not given:
        return False
    end = mention.end + given.end()
    return "independent" in given[0] or any(name.mention.start <= end for name in page.names_between(mention.end, end + 80)[:1])


def _is_contested(page: Page, mention: Mention, around: Around) -> bool:
    return bool(_CONTESTED.search(around.before) or _CONTESTED_BEHIND.match(around.own))


def _is_needed(page: Page, mention: Mention, around: Around) -> bool:
    if mention.rule == "seats.enough" and _OF_BODY.search(around.before):  # `the Greens' 12 would be enough`
        return False
    needed = mention.rule in ("seats.needed", "seats.enough", "seats.needs")
    if _NEEDED_TOO.search(around.before) and _TO_DO.match(around.after):
        return True
    return bool(needed or _NEEDED_BEHIND.match(around.own) or _NEEDED_BEFORE.search(around.before[-60:]))


def _was_old(page: Page, mention: Mention, around: Around) -> bool:
    if _OLD_YEAR.match(around.after) and _THAN_THE.search(around.before):
        return True
    if _AGO_HAD.search(around.before) or (_HAD.search(around.before) and _BEFORE_NOW.match(around.after)):
        return True
    return bool(_THEIR_OLD.search(around.before) or _BEFORE_NOW.match(around.own) or _IT_HELD.match(around.own))


def _independents_hold(page: Page, mention: Mention, around: Around) -> bool:
    if mention.rule != "seats.independents":
        return False
    cue = governing(page, mention, around)
    return bool(OUTGOING.search(around.after[:40])) or bool(cue and cue.list == "held_cue")


def _is_place_size(page: Page, mention: Mention, around: Around) -> bool:
    """`Vavuniya (6 seats)`, `The Assembly (60 seats)`, `one for each district`."""
    before = page.names_between(around.sentence.start, mention.start, (*PLACE_LABELS, "PARTY", "PERSON", "ORG"))
    if before and before[-1].mention.label in PLACE_LABELS and page.text[before[-1].mention.end : mention.start] == " ":
        return True
    opening = _OPENING.search(around.before)
    if opening:
        end = around.sentence.start + opening.end("name")
        named = page.names_between(end - 80, end, (*PLACE_LABELS, "PARTY", "PERSON", "ORG"))
        return bool(named) and named[-1].mention.label in PLACE_LABELS and named[-1].mention.end == end
    return bool(_PER_UNIT.match(around.own) or _UNIT_PER.search(around.before))


def _is_whole(page: Page, mention: Mention, around: Around) -> bool:
    """`58 of the 120 seats`: the second figure; `all 101 seats in the Riigikogu`."""
    if _ELECT_ALL.search(around.before):
        return True
    if _IT_HELD.match(around.after):
        return False
    if (
        _NO_WHOLE.search(around.before)
        or not _TOTAL_BEFORE.search(around.before)
        or _CLAIMS_ALL.search(around.before)
        or (_THEIR_OLD.search(around.before) and not _of_a_house(page, mention, around))
    ):
        return False
    listed = around.cues_before(around.clause_end, "total_cue")
    return bool(
        _OF.search(around.before) or any(cue.start >= around.clause_start for cue in listed) or _TOTAL_AFTER.match(around.after)
    )


def _of_a_house(page: Page, mention: Mention, around: Around) -> bool:
    """`the largest group in the Lagting with nine of its 30 members`: `its` is the house's, named last and with no loss since."""
    named = page.names_between(around.sentence.start, mention.start, ("PARTY", "PERSON", "ORG"))
    return bool(named) and is_institution(named[-1]) and not _LOST.search(page.text[named[-1].mention.end : mention.start])


def _is_of_body(page: Page, mention: Mention, around: Around) -> bool:
    """`the Knesset's 120 members`, `the island's six seats`."""
    if not _OF_BODY.search(around.before):
        return False
    named = page.names_between(mention.start - 60, mention.start - 2, (*PLACE_LABELS, "PARTY", "PERSON", "ORG"))
    touches = bool(named) and mention.start - named[-1].mention.end <= 3
    return bool(re.search(r"\bof (?:the )?[\w ]{0,30}['’]s? $", around.before)) and not (
        touches and named[-1].mention.label in ("PARTY", "PERSON")
    )


def _is_filled(page: Page, mention: Mention, around: Around) -> bool:
    """`17 are filled in districts`; a clause about how seats are filled that names nobody."""
    cue = governing(page, mention, around)
    if (
        cue
        and cue.list == "won_cue"
        and not SENDS.match(page.text, cue.start)
        and _THEY.search(page.text[cue.start - 6 : cue.start])
    ):
        return False
    if _FILLED.match(around.own) and not page.names_between(around.sentence.start, mention.start, ("PARTY",)):
        return True
    inside = [cue for cue in around.cues if cue.list == "total_cue" and around.clause_start <= cue.start < around.clause_end]
    if any(mention.end <= cue.start <= mention.end + min(45, len(around.own)) for cue in inside):
        return True
    return any(cue.start < mention.start for cue in inside) and not page.names_between(around.clause_start, mention.start)


def _changes(page: Page, mention: Mention, around: Around) -> bool:
    if _COMPARED_BEHIND.match(around.own) or _BOTH_COMPARED.match(around.after):
        return True
    cue = governing(page, mention, around)
    return cue is not None and cue.list in ("loss_cue", "gain_cue")


def _holds(page: Page, mention: Mention, around: Around) -> bool:
    cue = governing(page, mention, around)
    if cue is not None and _NOW_HAS.fullmatch(page.text[cue.start : cue.end]):
        if page.figures_between(cue.end, mention.start, PercentReading):  # `has 22.6 per cent and 143 members`
            return False
        if _is_in_result(page, around, cue) or _had_others_before(page, mention, around):
            return False
        return not any(other.list in ("loss_cue", "gain_cue") for other in around.cues_before(cue.start, "loss_cue", "gain_cue"))
    if cue is not None:
        moved = page.text[cue.start : cue.end].endswith(" to")
        return cue.list == "held_cue" or (moved and _is_between_elections(page, mention, around))
    return any(cue.list == "held_cue" and mention.end <= cue.start <= mention.end + len(around.own) for cue in around.cues)


def _is_in_result(page: Page, around: Around, cue: Cue) -> bool:
    """Whether a plain `has` tells a result: the sentence, or the one before it in the paragraph, speaks of the vote."""
    if _AT_PRESENT.search(around.clause):
        return False
    start = page.block_at(around.sentence.start).start
    before = page.sentences[max(0, around.sentence.index - 2) : around.sentence.index]
    told = [page.text[sentence.start : sentence.end] for sentence in before if sentence.start >= start]
    return any(_VOTED.search(text) for text in (*told, page.text[around.sentence.start : cue.start]))


def _had_others_before(page: Page, mention: Mention, around: Around) -> bool:
    """`The Greens had two deputies and now have none`: what came of an election, told beside what was before it."""
    if not _NOW_BEFORE.search(around.before) or any(cue.list == "later_word" for cue in around.cues):
        return False
    earlier = page.figures_between(around.sentence.start, mention.start, SeatsReading)
    return any(_HAD.search(page.text[around.sentence.start : figure.start]) for figure in earlier)


def _is_its_own(page: Page, mention: Mention, around: Around) -> bool:
    """`with its one seat`, `its two deputies abstained`; `With 132 deputies the FPV had three more than a majority`."""
    if _WITH.fullmatch(around.before) or mention.rule == "seats.enough":
        return True
    return bool(_ITS_OWN.search(around.before)) and governing(page, mention, around) is None


def _is_beside_size(page: Page, mention: Mention, around: Around) -> bool:
    """`130 deputies and 36 senators`, `four each, for a total of 36`: the figure before is a size, and this goes on with it."""
    earlier = page.figures_between(around.sentence.start, mention.start, SeatsReading)
    if not earlier or not _AND_SO.fullmatch(page.text[earlier[-1].end : mention.start]) or not _ENDS.match(around.after):
        return False
    return seats_role(page, earlier[-1], look_around(page, earlier[-1]))[0] == "total"


def _is_reduced(page: Page, mention: Mention, around: Around) -> bool:
    return bool(_REDUCED.search(around.before)) and not OF_WHOLE.search(around.before)


ROLES: tuple[RoleRule, ...] = (
    RoleRule("change", "a margin", is_margin),
    RoleRule("majority", "the line of a majority", is_mark),
    RoleRule("total", "the new size of a house", is_new_size),
    *(RoleRule(role, "the words of the rule say so", _rule_says(role)) for role in ("total", "change", "held", "majority")),
    RoleRule("change", "so many short, or a gain or loss of so many", _is_difference),
    RoleRule("won", "given to somebody", _is_given),
    RoleRule("total", "so many are contested", _is_contested),
    RoleRule("majority", "so many are needed", _is_needed),
    RoleRule("total", "the size of a place or for each district", _is_place_size),
    RoleRule("total", "what a place elects", is_returned_by_unit),
    RoleRule("total", "the size of a house", is_size),
    RoleRule("held", "together", is_sum),
    RoleRule("held", "what it went in with", is_before_vote),
    RoleRule("held", "down to so many by now", is_now_down_to),
    RoleRule(
        "held",
        "brought to so many between elections",
        lambda page, mention, around: is_brought_to(page, mention, around) and _is_between_elections(page, mention, around),
    ),
    RoleRule("total", "beside the size of a house", _is_beside_size),
    RoleRule("won", "reduced to so many", _is_reduced),
    RoleRule("total", "so many of a whole", _is_whole),
    RoleRule("won", "unopposed", lambda page, mention, around: bool(UNOPPOSED.search(around.own))),
    RoleRule("held", "those it had before", _was_old),
    RoleRule("held", "independents who sit there", _independents_hold),
    RoleRule("won", "independents", lambda page, mention, around: mention.rule == "seats.independents"),
    RoleRule("change", "signed", lambda page, mention, around: mention.reading.signed),
    RoleRule("held", "the composition of a house", is_composition),
    RoleRule("total", "the seats of a body or place", _is_of_body),
    RoleRule("won", "elected on a day", lambda page, mention, around: bool(ON_A_DAY.match(around.after))),
    RoleRule("total", "how seats are filled", _is_filled),
    RoleRule("won", "from so many to so many", lambda page, mention, around: bool(_FROM_TO.search(around.before))),
    RoleRule("held", "from so many", lambda page, mention, around: bool(_FROM.search(around.before[-30:]))),
    RoleRule("change", "a verb or comparison of change", _changes),
    RoleRule("held", "a verb of having", _holds),
    RoleRule("held", "its own", _is_its_own),
)
"""From above, the first that holds; else won."""


def seats_role(page: Page, mention: Mention, around: Around) -> tuple[Role, str]:
    """The role of a seat count, and why."""
    for rule in ROLES:
        if rule.holds(page, mention, around):
            return rule.role, f"{rule.role}: {rule.why}"
    return "won", "won: nothing says otherwise"


def is_loss(page: Page, mention: Mention, around: Around) -> bool:
    """Whether a change is downwards."""
    if mention.rule == "seats.short" or _LESS_BEHIND.match(around.after):
        return True
    if _MORE_BEHIND.match(around.after):
        return False
    if _LESS_BEFORE.search(around.before[-60:]):
        return True
    cue = governing(page, mention, around)
    return cue is not None and cue.list == "loss_cue"

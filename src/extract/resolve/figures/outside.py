"""Seats outside a result: what a house looks like at a time, what parties command together, how many there are to fill.

Each function says of one reading whether it holds; `roles.ROLES` says in which order they are asked.
"""

from __future__ import annotations

import re

from extract.normalise.readings import SeatsReading
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.figures.around import Around, look_around
from extract.resolve.figures.page import PLACE_LABELS, Page, is_institution

_COMPOSED = pattern(r"\b{composition_word}\b[^.;:]{0,60}:")
_AFTER_VOTE = re.compile(r"\bafter (?:the|its) [^:]{0,40}\b(?:election|elections|vote|poll)\b")
_SIDE = pattern(r"\b{house_side} ?:? $")
_COMPOSED_LEAD = pattern(r"\b{composition_word}\b[^.;:]{0,60}:?$")
_LIST_KINDS = ("list_item",)

_JOINTLY = pattern(r"\b(?:they|that|this|which) (?:{adverb} )?(?:makes?|made|gives?|gave|adds? up to|added up to) (?:{lead} )*$")
_JOINTLY_BEHIND = pattern(r"\s?(?:{seat_noun}\s)?(?:\w+ )?{joint_word}\b|\s?(?:{seat_noun}\s)?behind (?:him|her|it|them)\b")
_JOINT = pattern(r"\b{joint_word}\b")
OF_WHOLE = re.compile(r"\b\w*\d (?:out )?of (?:the |its |all |what were then )*$", re.IGNORECASE)
"""Before a number that is the whole of which another is a part: `293 of the 465`."""
_SUM = re.compile(r"\d ?\+ ?\d+ ?= ?$")
_FOR = re.compile(r" (?:seats )?for (?:the )?")
_AND = re.compile(r" and (?:the )?")
_NUMBER = re.compile(r"(?:,? with| at| had| got| won| took)? \d| each\b")
_WOULD_COMMAND = pattern(
    r"\b{side_word}\b[^.;:]{0,90}\bwould (?:{adverb} )?(?:have|be at|be on|command|hold|control|number) (?:{lead} )*$"
)
_WON_TOGETHER = re.compile(r"\b(?:won|took|got|received|gained|elected|polled|winning|taking|lost)\b[^.;]{0,40}$")

_BEFORE_VOTE = pattern(
    r"\b(?:went|go|goes|gone|going|came|come|coming|entered|entering) (?:in(?:to)? )?(?:(?:the|this) (?:\w+ )?"
    r"(?:election|elections|campaign|vote|contest|poll) )?(?:in )?with (?:{lead} )*$"
)
_INTO = re.compile(
    r"\b(?:(?:went|go|goes|gone|going) in(?:to)?|(?:came|coming|come) into the|"
    r"(?:entered|entering) the (?:campaign|election|contest|race))\b"
)
_USED_TO = pattern(r"\bused to (?:have|hold|boast|be|command|count|number) (?:{lead} )*$")

_DOWN_TO = pattern(r"\b(?:was|were|is|are|been|being) (?:{adverb} )?(?:down|back) to (?:{lead} )*$")
_BROUGHT_TO = pattern(
    r"\b(?:brought|brings?|bringing|took|takes?|taking|cut|cuts|cutting) (?:{pronoun}|{own_noun}|"
    r"(?:its|their|his|her|the) {own_noun}) (?:up |down |back )?to (?:{lead} )*$"
)

_UNIT_ELECTS = pattern(
    r"\b(?:{unit}|{count_word}|\d\d?)(?:,? (?:each|together|then|also))? (?:elects?|elected|returns?|returned|sends?|sent|choose|"
    r"chose|chooses) (?:{lead} )*$"
)
_ELECTS = pattern(r"\s(?:elects?|elected|returns?|returned|sends?|sent|chooses?|chose|fills|filled) (?:{lead} )*$")
_AND_ANOTHER = pattern(r"(?: (?:each|apiece))?(?:[,;]| and|, and| while) (?:the |in )?[\w' -]{2,30}(?: \([^()]*\))? (?:{lead} )*")
_RESIZED = pattern(
    r"\b(?:{institution}|number|size|membership)\b(?! of (?:its|their|his|her))[^,;.]{0,60}\b(?:"
    r"enlarged|raised|expanded|increased|extended|cut|reduced|"
    r"shrunk|trimmed|lowered) (?:from (?:\S+ (?:to )?)?|to |at )(?:{lead} )*$|"
    r"\b{seat_noun} became (?:{lead} )*$"
)

_CHAMBER_HAS = pattern(
    r"(?P<in>\b(?:in|on|of|from|within|at) (?:the |its |this )?(?:[\w-]+ ){0,3})?\b{chamber_word}\w* "
    r"(?:{adverb} )?(?:has|have|had|has had) (?:{lead} )*$"
)
_HAS = pattern(r" (?:has|have|had|has had) (?:{lead} )*$")
_IT_HAS = pattern(r"\W*(?:It|The \w+) (?:{adverb} )?(?:has|had) (?:{lead} )*")
_BY_LAW = re.compile(
    r"\s(?:seats |members |deputies )?(?:by|through) (?:proportional representation|the d['’]hondt|majority vote)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\s(?:of (?:them|these|whom|which)) (?:are |were |being |is )?(?:directly |indirectly )?"
    r"(?:elected|chosen|filled|appointed|nominated|reserved)\b"
)
_MARK = pattern(
    r"\b(?:the|a) (?:{majority_mark}),? (?:of|is|was|at|being|stands at|stood at) (?:{lead} )*$|"
    r"\btwo[- ]thirds (?:majority )?\((?:\d+ and )?$"
)
_MAKES_MAJORITY = pattern(
    r"\s?(?:{seat_noun}\s)?(?:(?:that |which )?(?:is|are|was|were|would be|make|makes|made|form|forms) (?:an? |"
    r"the )(?:\w+ )?majority\b|"
    r"(?:is|are|was|were) wanted\b|(?:is|are|was|were|being) the {majority_mark}\b)"
)
_ABOVE = pattern(r"\s?(?:{seat_noun}\s)?(?:above|below|apart\b|away\b|over (?:the|a) (?:{majority_mark}|majority))")
_MORE_END = pattern(
    r"\s(?:{seat_noun}\s)?more(?=\s?(?:[.,;:)\"”“]|$)|\s{seat_noun}\b|\s(?:crossed|defected|joined|went over|came over))"
)
_MARGIN = pattern(r"\b(?:{margin_word})?\s?majority(?: \w+){0,6}? (?:of|to|by) (?:{lead} )*$")
_NARROW = pattern(r"\b(?:{margin_word}|its|his|her|their) majority\b")
_OF_A_HOUSE = re.compile(r"\s(?:seats )?(?:(?:out )?of|in) (?:the |a )?(?:\d|\w+-seat)")
_HAS_MAJORITY = re.compile(r"\b(?:has|had|have|with|enjoys?|enjoyed|won|secured) (?:only |just )?a (?:[\w-]+ )?majority of ")
_SOME = 30
"""A majority that a party `has` of so many or fewer is a margin too."""
_FEW = 5
"""A majority of so many or fewer is a margin: no house needs so few."""


def is_composition(page: Page, mention: Mention, around: Around) -> bool:
    """`Composition in October 2018: Moderates 70`, or a list under such a line; but what a party has after an election it won."""
    if composed := _COMPOSED.search(around.before):
        return not _AFTER_VOTE.search(composed[0]) or bool(_SIDE.search(around.before))
    block = page.block_at(mention.start)
    if block.kind not in _LIST_KINDS:
        return False
    above = [other for other in page.document.blocks if other.end <= block.start and other.kind not in _LIST_KINDS]
    lead = page.text[above[-1].start : above[-1].end] if above else ""
    return bool(_COMPOSED_LEAD.search(lead)) and not _AFTER_VOTE.search(lead)


def is_sum(page: Page, mention: Mention, around: Around) -> bool:
    """What parties have together: `30 between them`, `36 + 35 = 71`, `a pact would command 63`; not what they won."""
    if _SUM.search(around.before) or _is_for_two(page, mention):
        return True
    if OF_WHOLE.search(around.before):
        return False
    if _WON_TOGETHER.search(around.before):
        return False
    if _JOINTLY_BEHIND.match(around.own) or _WOULD_COMMAND.search(around.before):
        return True
    return bool(_JOINTLY.search(around.before)) and bool(_JOINT.search(around.before))


def _is_for_two(page: Page, mention: Mention) -> bool:
    """`71 for Greens and SPD`, no number of the second behind it."""
    names = page.names_between(mention.end, mention.end + 90, ("PARTY",))[:2]
    if len(names) < 2 or not _FOR.fullmatch(page.text[mention.end : names[0].mention.start]):
        return False
    end = names[1].mention.end
    return bool(_AND.fullmatch(page.text[names[0].mention.end : names[1].mention.start])) and not _NUMBER.match(page.text, end)


def is_before_vote(page: Page, mention: Mention, around: Around) -> bool:
    """`they had gone in with nineteen`, `which used to boast nine`."""
    before = around.before[-90:]
    return bool(_USED_TO.search(before)) or bool(_BEFORE_VOTE.search(before) and _INTO.search(before))


def is_now_down_to(page: Page, mention: Mention, around: Around) -> bool:
    """`was already down to 25`: a state, not a result."""
    return bool(_DOWN_TO.search(around.before[-60:]))


def is_brought_to(page: Page, mention: Mention, around: Around) -> bool:
    """`which brought it to 38`; a result where no defector or court is spoken of."""
    return bool(_BROUGHT_TO.search(around.before[-60:]))


def is_returned_by_unit(page: Page, mention: Mention, around: Around) -> bool:
    """`seven wards return two`, `Buenos Aires Province elected 35`: the seats of a place, whoever has them."""
    if page.names_between(mention.end, mention.end + len(around.own), ("PARTY", "NORP")):
        return False
    if _UNIT_ELECTS.search(around.before):
        return True
    elects = _ELECTS.search(around.before)
    if not elects:
        return _goes_on_with_units(page, mention, around)
    return _place_before(page, around.sentence.start + elects.start())


def _goes_on_with_units(page: Page, mention: Mention, around: Around) -> bool:
    """`Each region elects three senators, and the capital five`."""
    earlier = page.figures_between(around.sentence.start, mention.start, SeatsReading)
    if not earlier or not _AND_ANOTHER.fullmatch(page.text[earlier[-1].end : mention.start]):
        return False
    if page.names_between(earlier[-1].end, mention.start, ("PARTY", "PERSON")):
        return False
    return is_returned_by_unit(page, earlier[-1], look_around(page, earlier[-1]))


def is_new_size(page: Page, mention: Mention, around: Around) -> bool:
    """`the house was enlarged to 57`; not a party's number."""
    resized = _RESIZED.search(around.before)
    if not resized:
        return False
    return not page.names_between(around.sentence.start + resized.start(), mention.start, ("PARTY",))


def is_size(page: Page, mention: Mention, around: Around) -> bool:
    """`The National Assembly has 120 members, 80 of them elected in constituencies`."""
    has = _CHAMBER_HAS.search(around.before[-90:])
    if (has and not has["in"]) or _OF_THEM.match(around.after) or _BY_LAW.match(around.after):
        return True
    had = _HAS.search(around.before[-60:])
    is_of_place = had is not None and _place_before(page, mention.start - len(had[0]))
    return is_of_place or _is_it_a_house(page, mention, around)


def _place_before(page: Page, end: int) -> bool:
    """Whether a place is the last thing named before a place of the text, and ends there."""
    named = page.names_between(end - 60, end, (*PLACE_LABELS, "PARTY", "PERSON", "ORG"))
    return bool(named) and named[-1].mention.label in PLACE_LABELS and named[-1].mention.end == end


def _is_it_a_house(page: Page, mention: Mention, around: Around) -> bool:
    """`It has 39 councillors`, where the sentence before is about a council or a parliament."""
    if not _IT_HAS.fullmatch(around.before) or not around.sentence.index:
        return False
    before = page.sentences[around.sentence.index - 1]
    named = page.names_between(before.start, before.end)
    return bool(named) and is_institution(named[0]) and not any(name.mention.label == "PARTY" for name in named)


def is_mark(page: Page, mention: Mention, around: Around) -> bool:
    """`the line of 301`, `175 is a majority`, `at least 119 are wanted`."""
    return bool(_MARK.search(around.before) or _MAKES_MAJORITY.match(around.after))


def is_margin(page: Page, mention: Mention, around: Around) -> bool:
    """`a majority of one`, `six above the 75 needed`, `two seats apart`, `five more`."""
    if _ABOVE.match(around.own) or _MORE_END.match(around.after):
        return True
    if not _MARGIN.search(around.before[-60:]) or _OF_A_HOUSE.match(around.after):
        return False
    has_it = _HAS_MAJORITY.search(around.before[-60:]) and int(mention.reading.amount.high) <= _SOME
    return has_it or int(mention.reading.amount.high) <= _FEW or bool(_NARROW.search(around.before[-60:]))

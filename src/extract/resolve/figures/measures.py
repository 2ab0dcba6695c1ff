"""What a percentage measures: a share of the vote, turnout, a threshold, a change, or something else.

`MEASURES` is looked through from above; the first line that holds decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from extract.normalise.readings import PercentReading
from extract.normalise.values import Measure
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.figures.around import Around, look_around
from extract.resolve.figures.beside import NONE_OF, before_verb, in_order, listed
from extract.resolve.figures.choice import NOBODY, Choice
from extract.resolve.figures.clause import head
from extract.resolve.figures.page import PLACE_LABELS, Page


class MeasureRule(NamedTuple):
    """A measure, why a percentage has it, and how that is seen in the words close before and behind it."""

    measure: Measure
    why: str
    holds: Callable[[Page, Mention, Around, str, str], bool]


_APPROVED = re.compile(r"\b(?:approved|backed|supported|rejected|endorsed|carried|passed|opposed) by (?:\w+ )?$")
_THRESHOLD_AFTER = re.compile(
    r"\W{0,2}(?:\w+[ -]){0,2}(?:threshold|hurdle|barrier|bar\b|minimum|quorum|asked of|needed|required)|"
    r"[^,;.]{0,40}\bmust (?:take part|vote|participate|turn out)|[^,;.]{0,40}\b(?:is|are) (?:declared )?elected\b|"
    r" rather than \d| plus one\b|,? (?:which|that) (?:\w+ ){0,3}(?:demand|require|ask|prescribe|want)\w*|"
    r"[^,;.]{0,60}\b(?:receives?|gets?|wins?) no (?:seats|mandates)\b",
    re.IGNORECASE,
)
_THRESHOLD_BEFORE = pattern(
    r"\b{threshold_word}(?: \w+){0,3} (?:of|at|is|was|were|to|from) (?:{lead} )*$|"
    r"\brather than $|\b(?:need(?:s|ed)?|"
    r"must (?:have|win|pass|clear|get|reach|obtain|receive|poll|secure)|have to (?:win|pass|get)|has to (?:receive|"
    r"win|pass|get|clear|obtain)|"
    r"require[sd]?(?: \w+){0,3}(?: to (?:win|pass|get|obtain|receive))?|pass(?:ed|ing)? (?:the|a)|"
    r"valid only if)(?: \w+){0,3} $|\b(?:fell short of|under|below|cleared?|clearing|clears) the $|\bturnout of at least $"
)
_OR_AT_LEAST = re.compile(r"(?: of [^,;.\d]{1,30})?,? (?:or|and) (?:at least |more than |over )?")
_THRESHOLD_RULE = re.compile(
    r"\b(?:any|every|each) (?:party|list|candidate|bloc|alliance) (?:with|that|which|who|winning|getting|reaching|"
    r"polling)\b[^.;]{0,25}"
    r"\b(?:at least|more than|over) $|"
    r"\b(?:lists?|part(?:y|ies)|candidates?|blocs?) (?:that|which|who|with|obtaining|receiving|"
    r"winning)\b[^.;]{0,40}\b(?:less|fewer|more) than $|\b(?:lists|parties|candidates|blocs) (?:that|which|who) (?:reach|win|get|"
    r"obtain|receive|poll|exceed|pass|clear) (?:at least |more than |over )?$",
    re.IGNORECASE,
)
_COUNTED = pattern(r"[^,;]{0,40}\b{counted}\b")
_OF_THE_VOTE = re.compile(
    r"\W{0,2}of (?:the |all |its |their )?(?:(?!population|could|can|may)\w+ ){0,2}(?:votes?|ballots? cast|poll)\b"
    r"(?! (?:were|was|had been) (?:counted|processed))|\W{0,2}(?:of )?(?:the )?support\b|\W{0,2}(?:of )?those (?:who )?vot",
    re.IGNORECASE,
)
_TURNOUT_AFTER = re.compile(
    r"\W{0,2}(?:of (?:the |those |all )?(?:\w+ ){0,2}(?:electorate|voters|electors|voting population|"
    r"entitled to vote)\b(?! (?:for|"
    r"backed|supported|chose|opposed))|turn-?out|voted\b(?! for)|took part|had voted|"
    r"went to the polls|[^,;.]{0,30}\b(?:turned out\b|came to (?:the polls|vote|one of)|bothered to)|"
    r"cast (?:a|their)|\)? (?:took part|voted|cast (?:a|their)))",
    re.IGNORECASE,
)
_TURNOUT_BEHIND = re.compile(r",\s(?:the |voter )?(?:turn-?out|participation)\b")
# `Turnout, says the commission, was`
_ASIDE = pattern(r",\s[^,;:]{3,80},\s(?:was|were|is|stood at|reached|came to)\s(?:{lead} )*")
_FAR_TURNOUT = 60
_OTHER_BEFORE = pattern(
    r"\b(?:informal|invalid|spoilt|spoiled|blank|rejected|null) (?:votes?|ballots?|papers)\b[^;.]{0,40}$|"
    r"\bof (?:the |its |all )?[\d.,]+ (?:\w+ )?{of_other}\b[\s,(–—]*(?:(?:that is(?: to say)?|or|i\.e\.),?\s)?(?:{lead}\s)*$|"
    r"\bshare of (?:the |its |all )?(?:seats|places|mandates)\b[^,;.]{0,40}$|\b{other_noun}\b[^,;.]{0,40}$|\b(?:women|"
    r"woman|female)\b[^.;]{0,60}$|\b{makes_up}\s(?:{lead}\s)*$"
)
_OTHER_AFTER = pattern(
    r"\W{0,2}(?:of (?:the |its |all |their |\w+['’]s )?(?:[\w-]+ ){0,2}{of_other}\b|interest\b|inflation\b|unemployment\b|"
    r"(?:were|are|was|is|being) (?:women|men|female|male|spoilt|spoiled|invalid|blank|rejected|young|under|aged|ethnic)\b|"
    r"[^,;.]{0,30}\b(?:invalid|spoiled|spoilt|blank|growth|tariff|cotton|alcohol|discount|quota|booked|women|gap|"
    r"margin|lead)\b|"
    r"(?:\w+ )?(?:tax|levy|duty|stake)\b|of (?:them|whom)\b(?! (?:vot|back|support))|of those(?=\W?$|[,.;:)])|"
    r"of the \d|{opinion_verb}\b|(?:in|"
    r"on) (?:\w+ )?(?:tax|interest|wages|prices))"
)
_MOVED_BY = pattern(
    r"\b(?:rais\w+|cut|cuts|cutting|ros|rise[ns]?|rose|fell|fall|falls|grew|grows?|shrank|shrunk|increas\w+|"
    r"decreas\w+|declin\w+|dropp?\w*|"
    r"jump\w+|contract\w+|expand\w+|slump\w+|climb\w+|surg\w+)\b[^,;.]{0,50}\bby (?:{lead} )*$|"
    r"\bswing of (?:{lead} )*$|\blost (?:{lead} )*$"
)
_CHANGE_VERB = re.compile(
    r"\b(?:shrank|shrunk|grew|contracted|expanded|rose|fell|increased|decreased|declined|dropped|jumped|"
    r"surged) (?:by )?(?:about |almost |nearly |some |over )?$"
)
_UP_OR_DOWN = re.compile(r"\b(?:is|are|was|were|party|[A-Z]\w+) (?:down|up) (?:by )?(?:about |almost |some )?$")
_SWING = pattern(r"(?:\bswing of (?:{lead} )*|\d[^.;]{0,30}, (?:up|down) (?:by )?)$")
_ASKED = re.compile(r"\b(?:turn-?out|participation)\s?[?:]\s$", re.IGNORECASE)
_SUBJECT_OTHER = pattern(r"^(?:The )?(?:{other_noun})\b(?! (?:vote|votes))")
_TO_FROM = re.compile(r"\s(?:to|from) (?:\w+ )?\d")
_GAP_AFTER = re.compile(r"[- ]?(?:\w+[ -])?(?:gap|lead|margin|advantage|majority)\b")
_GAP_BEFORE = re.compile(
    r"\b(?:beat|beating|defeat\w*|lead of|led|ahead|margin of|won|advantage of|gap of|lead)\b[^;.]{0,60}\b(?:by|"
    r"of) (?:about |almost |nearly |some |over |just |more than |less than |under )?$"
)
_BEHIND = re.compile(r"\s?(?:behind|ahead|clear)\b")


_OTHER_NOUN = pattern(r"\b{other_noun}\b")
_EXTREME = re.compile(r"\b(?:It|The|It also) (?:was |ranged |reached |\w+ )?(?:highest|lowest|figures?)\b")
_FAR = 400
_NEW_TALK = re.compile(r"\b(?:won|took|got|vote|votes|received|party)\b", re.IGNORECASE)
_MAKES_UP = pattern(r"\b(?:women|men|minorities|{makes_up})\s(?:(?:make up|{makes_up}|{lead})\s)*$")


def _close(around: Around) -> tuple[str, str]:
    """The words close before and behind a percentage."""
    return re.split(r";", around.before)[-1][-70:], re.split(r"[,;]", around.after)[0][:60]


def _is_gap(page: Page, mention: Mention, around: Around, before: str, after: str) -> bool:
    reading: PercentReading = mention.reading
    if reading.unit != "percentage_point":
        return False
    return bool(_GAP_AFTER.match(after) or _GAP_BEFORE.search(around.before[-120:]) or _BEHIND.match(after))


def _turnout_before(page: Page, mention: Mention, around: Around, before: str, after: str) -> bool:
    """`turnout stood at 45.5%`, with no party named since."""
    if (
        _TURNOUT_AFTER.match(after)
        or _TURNOUT_BEHIND.match(around.after)
        or _ASKED.search(page.text[max(0, mention.start - 20) : mention.start])
    ):
        return True
    found = around.cues_before(mention.start, "turnout_word")
    if not found or mention.start - found[-1].end >= 100 or re.match(r"\s(?:were|are|was) (?:women|men|female|male)\b", after):
        return False
    if _OTHER_AFTER.match(after):
        return False
    between = page.text[found[-1].end : mention.start]
    told_aside = _ASIDE.fullmatch(between) is not None
    if len(between) >= _FAR_TURNOUT and not told_aside:
        return False
    return (told_aside or not page.names_between(found[-1].end, mention.start)) and not re.search(
        r"\bvoted (?:for|against|in favour)\b", before
    )


MEASURES: tuple[MeasureRule, ...] = (
    MeasureRule("other", "the gap between two", _is_gap),
    MeasureRule(
        "change",
        "points, or with a sign",
        lambda page, mention, around, before, after: mention.reading.change or mention.reading.unit == "percentage_point",
    ),
    MeasureRule(
        "change",
        "a swing, or up or down beside a share",
        lambda page, mention, around, before, after: bool(_SWING.search(before)) and not _TO_FROM.match(around.after),
    ),
    MeasureRule(
        "vote_share", "none of them has so much", lambda page, mention, around, before, after: bool(NONE_OF.search(around.before))
    ),
    MeasureRule("vote_share", "approved by so many", lambda page, mention, around, before, after: bool(_APPROVED.search(before))),
    MeasureRule(
        "threshold",
        "asked for",
        lambda page, mention, around, before, after: bool(
            _THRESHOLD_AFTER.match(after) or _THRESHOLD_BEFORE.search(before) or _THRESHOLD_RULE.search(before)
        ),
    ),
    MeasureRule("other", "so much is counted", lambda page, mention, around, before, after: bool(_COUNTED.match(after))),
    MeasureRule("vote_share", "of the vote", lambda page, mention, around, before, after: bool(_OF_THE_VOTE.match(after))),
    MeasureRule(
        "change", "a rise or fall by so much", lambda page, mention, around, before, after: bool(_MOVED_BY.search(before))
    ),
    MeasureRule("other", "makes up so much", lambda page, mention, around, before, after: bool(_MAKES_UP.search(before))),
    MeasureRule("turnout", "of those who may vote", _turnout_before),
    MeasureRule(
        "other",
        "of something else",
        lambda page, mention, around, before, after: bool(
            _OTHER_AFTER.match(after) or _OTHER_BEFORE.search(before) or _SUBJECT_OTHER.match(around.before)
        ),
    ),
    MeasureRule(
        "change",
        "up or down by so much",
        lambda page, mention, around, before, after: bool(_UP_OR_DOWN.search(before)) and not _TO_FROM.match(around.after),
    ),
    MeasureRule(
        "vote_share",
        "somebody has it",
        lambda page, mention, around, before, after: bool(
            listed(page, mention, around)
            or before_verb(page, mention, around)
            or head(page, around.clause_start, mention.start, mention)
        ),
    ),
)
"""From above, the first that holds; else as the percentage before it in the sentence, else a share of the vote."""


def _goes_on_with_turnout(page: Page, mention: Mention, around: Around) -> bool:
    """`Turnout was 60 %. It was highest in Bonthe, 91.9 %`: the percentage before it, in the same section, is turnout."""
    block = page.block_at(mention.start)
    if not (
        _EXTREME.search(around.before)
        or (block.kind == "list_item" and page.names_between(block.start, mention.start, PLACE_LABELS))
    ):
        return False
    if _EXTREME.search(around.before) and _is_said_of_turnout(page, around):
        return True
    earlier = [
        figure
        for figure in page.figures_between(mention.start - _FAR, mention.start, PercentReading)
        if not figure.reading.change
    ]
    if not earlier or page.block_at(earlier[-1].start).section != block.section:
        return False
    return percent_measure(page, earlier[-1], look_around(page, earlier[-1]))[0] == "turnout"


def _is_said_of_turnout(page: Page, around: Around) -> bool:
    """Whether the sentence before, in the same paragraph, is about turnout: `Turnout fell by a point. It was highest in …`."""
    before = page.sentences[around.sentence.index - 1] if around.sentence.index else None
    if before is None or before.start < page.block_at(around.sentence.start).start:
        return False
    return any(cue.list == "turnout_word" for cue in page.cues(before))


def percent_measure(page: Page, mention: Mention, around: Around) -> tuple[Measure, str]:
    """The measure of a percentage, and why."""
    before, after = _close(around)
    earlier = page.figures_between(around.sentence.start, mention.start, PercentReading)
    if mention.rule == "percentages.beside" and earlier and mention.start - earlier[-1].end < 60:
        measure, _ = percent_measure(page, earlier[-1], look_around(page, earlier[-1]))
        if measure in ("other", "turnout") and not _NEW_TALK.search(page.text[earlier[-1].end : mention.start]):
            return measure, f"{measure}: as the percentage before it"
    if earlier and _OR_AT_LEAST.fullmatch(page.text[earlier[-1].end : mention.start]):
        measure, _ = percent_measure(page, earlier[-1], look_around(page, earlier[-1]))
        if measure == "threshold":
            return measure, "threshold: as the percentage before it"
    if _goes_on_with_turnout(page, mention, around):
        return "turnout", "turnout: highest or lowest of those spoken of before"
    for rule in MEASURES:
        if rule.holds(page, mention, around, before, after):
            return rule.measure, f"{rule.measure}: {rule.why}"
    if earlier and not earlier[-1].reading.change:
        measure, _ = percent_measure(page, earlier[-1], look_around(page, earlier[-1]))
        return measure, f"{measure}: as the percentage before it"
    return "vote_share", "vote_share: nothing says otherwise"


# -- whose turnout, whose part ----------------------------------------------------------------------------------------------

_WHERE = re.compile(
    r"\s?(?:\([^)]*\))?,? (?:where|reported|had|saw|recorded|with|at|only|just|some|was|is|stood at|reached|fell to|"
    r"rose to)\b|,? (?:at )?$|['’]s turnout|\s?\($"
)
_IN_PLACE = re.compile(r"\)?\s(?:in|at|on) (?:the )?")
_IN = re.compile(r"\b(?:in|In|across|for) (?:the )?$")


def is_change_of_other(mention: Mention, around: Around) -> bool:
    """Whether a change is that of turnout, of the economy or the like, not of a party's share."""
    turnout = any(cue.start >= around.clause_start for cue in around.cues_before(mention.start, "turnout_word"))
    return turnout or bool(_OTHER_NOUN.search(around.clause))


def place_of_turnout(page: Page, mention: Mention, around: Around) -> Choice:
    """The place whose turnout it is: `in Girne, where 52 per cent voted`."""
    choice = in_order(page, mention, around)
    if choice and choice.owners[0].mention in page.places:
        return choice
    for behind in page.names_between(mention.end, min(around.sentence.end, mention.end + 60), PLACE_LABELS)[:1]:
        if _IN_PLACE.fullmatch(page.text[mention.end : behind.mention.start]):
            return Choice((behind.owner,), how="the place named behind it")
    places = page.names_between(around.sentence.start, mention.start, PLACE_LABELS)
    kept = [name for name in places if page.text[name.mention.start - 1 : name.mention.start] != "("]
    if not places:
        return NOBODY
    name = (kept or places)[-1]
    between = page.text[name.mention.end : mention.start]
    if len(between) < 60 and ";" not in between and _WHERE.match(between):
        return Choice((name.owner,), how="the place named before it")
    return NOBODY


def part_of(page: Page, mention: Mention, around: Around) -> Choice:
    """The thing that is so large a part of another: `South Ossetia … making up about 5.5% of Georgia's territory`."""
    if not any(cue for cue in around.cues_before(mention.start, "makes_up")):
        return NOBODY
    start = page.block_at(mention.start).start
    places = page.names_between(start, mention.start, (*PLACE_LABELS, "NORP"))
    return Choice((places[0].owner,), how="the place that the paragraph is about") if places else NOBODY

"""Whose a figure is, what it measures, and in which role.

One procedure for percentages and seats. In an infobox or table the key or header, and the group or row, decide. In prose the
clause does: first the forms that name the owner beside the number (`UBP 24`, `10 for Nykhaz`, `United Ossetia's 1`, `the
Liberals (13.1%)`), then the subject of the clause, then the subject of the clause before it. Each choice is told in
`Fact.how`. Where nothing decides there is no owner: none is better than a wrong one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract.normalise.readings import PercentReading, SeatsReading
from extract.normalise.values import Measure, PercentValue, Role, SeatsValue
from extract.recognise.mention import Mention
from extract.resolve.fact import INDEPENDENTS, Fact, Owner
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence

Kind = TypeVar("Kind")

_OWNERS = ("PARTY", "ORG", "PERSON")
_INDEPENDENT = re.compile(r"\b[Ii]ndependents?\b")

# -- keys and headers -------------------------------------------------------------------------------------------------------

_ROLE_OF_PLACE: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"majority", re.IGNORECASE), "majority"),
    (re.compile(r"for election|to be elected|total seats|seats up|number of seats|^seats contested", re.IGNORECASE), "total"),
    (re.compile(r"\+/[–−-]|[–−-]/\+|±|change|swing|net|gain|diff", re.IGNORECASE), "change"),
    (re.compile(r"last|previous|prior|before|old|outgoing|current|held|incumbent", re.IGNORECASE), "held"),
)
_MEASURE_OF_PLACE: tuple[tuple[re.Pattern[str], Measure], ...] = (
    (re.compile(r"swing|\+/[–−-]|[–−-]/\+|±|change|diff", re.IGNORECASE), "change"),
    (re.compile(r"turnout|participation", re.IGNORECASE), "turnout"),
    (re.compile(r"threshold", re.IGNORECASE), "threshold"),
    (re.compile(r"percent|%|share|vote", re.IGNORECASE), "vote_share"),
)
_TOTAL_ROW = re.compile(
    r"^(?:total|sum|all|overall|together|valid votes|invalid|registered|blank|turnout|against all|none of the above)",
    re.IGNORECASE,
)

# -- words around a figure --------------------------------------------------------------------------------------------------

_CLAUSE_BREAK = re.compile(
    r";|:(?=\s)|\s[–—]\s|\bwhile\b|\bwhereas\b|\bbut\b|\balthough\b|\bthough\b|\bbefore\b(?=\s\w+ing\b)|\bagainst\b(?=\s\d)|,\s(?:and|which|who|whose|where|with)\b|\.\s"
)
_TURNOUT = re.compile(
    r"\bturn-?out\b|\btook part\b|\bparticipat|\bcast (?:a |their )?(?:vote|ballot)|\bhad voted\b|\bvoted\b(?! for)|"
    r"\belectorate\b|\bwent to the polls\b",
    re.IGNORECASE,
)
_THRESHOLD = re.compile(
    r"\bthreshold\b|\bhurdle\b|\bbarrier\b|\brequired to (?:enter|win)|\bneed(?:s|ed)?\b[^.;]{0,30}(?:%|per ?cent)|"
    r"\basked of\b|\bminimum\b|\bvalid only if\b|\bquorum\b|"
    r"\bto enter (?:the )?parliament\b",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"\b(?:lost|lose|loses|losing|shed|fewer|down|fell|fallen|falling|cut|cuts|dropped|declined|slumped|plunged|reduced|shrank|"
    r"fall of|drop of|decline of|decrease of|fell by|dropped by|declined by|"
    r"decreased by|slipped by|loss of|less than in|stripped of|minus|short)\b",
    re.IGNORECASE,
)
_GAIN = re.compile(
    r"\b(?:gain|gains|gained|gaining|up|rise of|increase of|rose by|grew by|increased by|more than in|plus|swing of|"
    r"improved by|added|adds)\b",
    re.IGNORECASE,
)
_VOTE = re.compile(
    r"\bvot|\bpoll|\bballot|\bshare\b|\bsupport\b|\bwon\b|\btook\b|\breceived\b|\bgot\b|\bscored\b|\bfirst round\b|"
    r"\brun-?off\b|\bresults?\b|\bfell to\b|\bsecond\b|\bfirst\b|\blead",
    re.IGNORECASE,
)
_OTHER_SHARE = re.compile(
    r"\bof (?:the )?(?:\w+['’]s )?(?:total )?(?:territory|population|area|land|gdp|budget|economy|exports|imports|"
    r"workforce|papers|ballots|protocols|precincts|polling|stations|"
    r"members of|households|revenue|tax|income|debt|inflation|growth|unemployment|respondents|women|men|seats|deputies|"
    r"candidates)\b|\binterest\b|\binflation\b|\bunemployment\b|\bgdp\b|"
    r"\bwere (?:women|men|spoilt|spoiled|invalid|blank|rejected|young|under|aged)\b|\binvalid\b|\bprotocols\b|"
    r"\bcounted\b|\bprocessed\b|\bpopulation\b|\bquota\b|\bstatistic|\bdiscount\b|\btax\b|\bgrowth\b|\bwage|\bprice|"
    r"\btariff|\bterritory\b|\bcotton\b",
    re.IGNORECASE,
)
_MAJORITY = re.compile(
    r"\b(?:needed|required|necessary|enough) (?:for|to)\b[^.;]{0,30}(?:majority|govern|pass|form)|\bmajority (?:is|of|"
    r"requires|threshold)\b|\bneeds\b|\bneeded to\b|\benough for a majority\b|\bhave been enough\b|\bshort of\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:are|were|is|was|be|being|have been) (?:\w+ )?(?:filled|elected|chosen|awarded|determined|allocated|"
    r"distributed|kept|reserved|returned|appointed|set aside|contested|decided|"
    r"assigned|at stake|up for)|\bcame from\b|\bcome from\b|\bnumber of (?:deputies|seats|members|mandates)|\bconsist|"
    r"\bcompris|\bcomposed of\b|\bmade up of\b|\bto fill\b|\bfill the\b|"
    r"\bunicameral\b|\bchamber (?:of|has|had)\b|\bin total\b",
    re.IGNORECASE,
)
_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:of|out of|all|for|fill|over|among|in) (?:the|its|their|all|all the|what were then|what was then|"
    r"a total of|parliament['’]s)?\s?|\bthe other |\bthe remaining |\bremaining )$",
    re.IGNORECASE,
)
# `293 of the 465`: what follows is the whole, not what a coalition has.
_OF_WHOLE = re.compile(r"\b\w*\d (?:out )?of (?:the |its |all |what were then )*$", re.IGNORECASE)
_TOTAL_AFTER = re.compile(
    r"^\s?(?:of|in|for) (?:the |its )?(?:[\w-]+ ){0,3}(?:parliament|assembly|chamber|house|senate|council|legislature|"
    r"duma|congress|bundestag|rada|sejm|knesset|diet)",
    re.IGNORECASE,
)
_THRESHOLD_AFTER = re.compile(
    r"\W{0,2}(?:\w+[ -]){0,2}(?:threshold|hurdle|barrier|bar\b|minimum|quorum|asked of|needed|required)|"
    r"[^,;.]{0,40}\bmust (?:take part|vote|participate|turn out)|[^,;.]{0,40}\b(?:is|are) (?:declared )?elected\b|"
    r" rather than \d",
    re.IGNORECASE,
)
_THRESHOLD_BEFORE = re.compile(
    r"\b(?:threshold|hurdle|barrier|quorum|minimum|requirement)(?: \w+){0,3} (?:of|at|is|was|were|to|from) $|"
    r"\brather than $|\b(?:need(?:s|ed)?|"
    r"must (?:win|pass|clear|get|reach|obtain)|have to (?:win|pass|get)|"
    r"require[sd]?(?: \w+){0,3}(?: to (?:win|pass|get|obtain|receive))?|pass(?:ed|ing)? (?:the|a)|"
    r"valid only if)(?: \w+){0,3} $|\b(?:fell short of|under|below|cleared?|clearing) the $",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:counted|processed|tallied|tabulated|reporting|reported in|checked)\b")
_OF_THE_VOTE = re.compile(r"\W{0,2}of (?:the |all )?(?:\w+ )?(?:votes?|ballots? cast|poll)\b|\W{0,2}support\b", re.IGNORECASE)
_TURNOUT_AFTER = re.compile(
    r"\W{0,2}(?:of (?:the |those |all )?(?:\w+ ){0,2}(?:electorate|voters|electors|voting population)\b(?! (?:for|"
    r"backed|supported|chose|opposed))|turn-?out|voted\b(?! for)|took part|had voted|"
    r"went to the polls|cast (?:a|their))",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"\b(?:informal|invalid|spoilt|spoiled|blank|rejected|null) (?:votes?|ballots?)\b[^;.]{0,40}$|"
    r"\b(?:inflation|unemployment|growth|interest|rate|deficit|debt|tax|tariff|gdp|wages?|prices?|quota|population|"
    r"territory|making up|constitut\w+|account\w* for|cover\w*)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
_UP_OR_DOWN = re.compile(r"\b(?:is|are|was|were|party|[A-Z]\w+) (?:down|up) (?:by )?(?:about |almost |some )?$")
_OUTGOING = re.compile(r"\b(?:outgoing|previous|former|last|old|current|sitting|incumbent)\b", re.IGNORECASE)
_HELD = re.compile(
    r"\b(?:has|have|holds?|holding|held|had held|had had|previously|outgoing|until now|so far|currently|now (?:has|have|"
    r"holds)|coalition of|alliance of|bloc of|faction of|group of|commands?|controls?|"
    r"keeps?|kept|retain\w*|caucus|in all|fell to|fall to|falling to|drop to|dropp\w+ (?:\w+ ){0,3}(?:to|from)|"
    r"drop from|down to|reduced to|increas\w+ (?:\w+ ){0,3}to|coalition at|majority at|"
    r"representation|incumbent|sits?|sitting|defected|still)\b",
    re.IGNORECASE,
)
_WON = re.compile(
    r"\b(?:won|wins?|winning|took|takes?|taking|got|gets?|receiv\w+|secur\w+|obtain\w+|elect\w+|captur\w+|claim\w+|"
    r"entered with|garner\w+|collect\w+|awarded|gave|given|earned|returned|had)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom (?:[\w,.%-]+ ){0,3}$")
_SKIPPED = re.compile(
    r"(?:\b(?:of|by|with|than|against|behind|ahead of|over|from|to|under|led by|like|unlike|between|after|around|among|"
    r"joined by|including|includes|called|toward|for|in|coalition of)"
    r"(?: the| its| their| his| her)?(?: \w+)?|\(|former|leader|president|chairman|chairwoman|minister|candidate|"
    r"founder|mayor) $",
    re.IGNORECASE,
)
_ROLE_OF_RULE: dict[str, Role] = {
    "seats.seat_chamber": "total",
    "seats.seat_named_chamber": "total",
    "seats.short": "change",
    "seats.difference": "change",
    "seats.gain": "change",
    "seats.dropped": "change",
    "seats.before_then": "held",
    "seats.from_to": "held",
    "seats.majority_of": "majority",
}
# Seats that a party had before: `lost 17 of its 28`, `all of its 23`; and words behind a figure that say so.
_THEIR_OLD = re.compile(
    r"\b(?:lost|lose|loses|losing|shed|defend\w*|half|most|all|one|two|three|four|five|six|seven|eight|nine|ten|\d+|many|some|from)"
    r" (?:of )?(?:its|their|his|her) (?:\w+ )?$|\b(?:represented by|has just|had just|had only) (?:\w+ )?$",
    re.IGNORECASE,
)
_BEFORE_NOW = re.compile(
    r"^[^,;.]{0,30}\b(?:before the (?:election|vote|poll)|in the (?:old|outgoing|previous|last) (?:\w+ )?(?:parliament|"
    r"chamber|house|assembly))|"
    r"^\s(?:shrank|fell|dropped|grew|rose|slumped|shrunk) to\b|^\s(?:abstain|vote|back|support|reject|oppos|walk|boycott)\w*\b"
)
_TOGETHER = re.compile(
    r"\bcoalition of [^.;]{3,90} (?:commands?|holds?|has|have|had|controls?) (?:only |just |a total of )?$|"
    r"\bwith its (?:\w+ ){0,2}(?:partner|ally|allies)\b[^.;]{3,80}$|\band its (?:\w+ ){0,2}(?:partner|ally)\b[^.;]{3,80}$|"
    r"\bjoin(?:ed)? forces\b[^.;]{0,40}$|\b(?:together|jointly|combined)\b[^.;]{3,110}$|"
    r"\b(?:coalition|alliance|bloc|majority|government|cabinet)(?: \w+)? (?:of|at|with|holds?|has|had|commands?|numbers|"
    r"controls?) (?:only |just |a total of )?$|\bin all,? $|"
    r"\btogether (?:\w+ ){0,3}$|\bcombined (?:\w+ ){0,3}$|\bjointly (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_LOSING = re.compile(r"\b(?:lost|fell|loses|conceded|from)\b")
_HAS = re.compile(
    r"[\"”’']?\s(?:then |now |already |also |only |just |alone |itself |together )?(?:winning|won|wins|taking|took|"
    r"takes|securing|secured|getting|got|gets|receiving|received|receives|with|had|"
    r"has|having|lost|losing|loses|gaining|gained|gains|at|on|obtained|scored|polled|kept|keeps|retained|holds|held|"
    r"holding|dropped to|fell to|rose to|stood at|earned|claimed|collected|"
    r"entered with|finished with|elected|was left with|could win|would win|would get|would take|will have|will get|"
    r"will hold|would have|can count on|commands|"
    r"controls|added|picked up)\s"
    r"(?:(?:only|just|all|its|their|a|an|mere|total|of|about|some|nearly|almost|over|more|than|at|least|around|another|additional|further|the|other|remaining|roughly|as|many|up|to|back|outright)\s)*"
)
# What may stand between figures of one row, and between names of one.
_ROW = re.compile(
    r"\s?(?:%|per\s?cent|percent|seats|mandates|deputies|MPs|votes)?(?:,|,?\s(?:and|or|&))\s(?:only |just |about |some |"
    r"nearly |almost )?"
)
_NAMES_ROW = re.compile(r"(?:\s\([^)]*\))?(?:,|,?\s(?:and|&)(?: its (?:\w+ ){0,2}(?:partner|ally))?)\s(?:the\s)?")
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|the party|the bloc|the coalition|the alliance|the movement|the group|the ruling party|he|"
    r"she|his|her|who|which)\b",
    re.IGNORECASE,
)


def attribute_figures(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> dict[int, Fact]:
    """The facts of all percentages and seat counts among `mentions`, under their numbers."""
    reader = _Reader(document, sentences, mentions)
    return {
        number: reader.attribute(number, mention)
        for number, mention in enumerate(mentions)
        if isinstance(mention.reading, PercentReading | SeatsReading)
    }


@dataclass(frozen=True, slots=True)
class _Choice:
    """The owners of a figure, whether each of them has it, and by which step."""

    owners: tuple[Owner, ...] = ()
    each: bool = False
    how: str = "no owner beside it"


_NOBODY = _Choice()


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a figure: its sentence before and behind it, and the clause in which it stands."""

    sentence: Sentence
    before: str
    after: str
    clause_start: int
    clause_end: int
    clause: str


class _Reader:
    def __init__(self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> None:
        self._document, self._sentences, self._mentions = document, sentences, mentions
        self._text = document.text
        self._starts = [sentence.start for sentence in sentences]
        self._blocks = [block.start for block in document.blocks]
        self._names = [(number, mention) for number, mention in enumerate(mentions) if mention.label in _OWNERS]
        self._rows = self._cells_by_row()

    # -- places --------------------------------------------------------------------------------------------------

    def _block(self, position: int) -> Block:
        return self._document.blocks[max(0, bisect_right(self._blocks, position) - 1)]

    def _cells_by_row(self) -> dict[tuple[int, int], list[Block]]:
        rows: dict[tuple[int, int], list[Block]] = {}
        for block in self._document.blocks:
            if block.cell:
                rows.setdefault((block.cell.table, block.cell.row), []).append(block)
        return rows

    def _owner_in(self, block: Block) -> tuple[Owner, ...]:
        """Who is named in a block: its first party, body or person; or independents."""
        inside = [
            (number, mention) for number, mention in self._names if block.start <= mention.start and mention.end <= block.end
        ]
        for label in _OWNERS:
            for number, mention in inside:
                if mention.label == label:
                    return (Owner(number, mention.text),)
        words = self._text[block.start : block.end]
        return (Owner(None, INDEPENDENTS),) if _INDEPENDENT.match(words) else ()

    def attribute(self, number: int, mention: Mention) -> Fact:
        """The fact of a figure."""
        block = self._block(mention.start)
        if block.field or (block.cell and not block.cell.is_header and block.cell.headers):
            return self._placed(mention, block)
        around = self._around(mention)
        if isinstance(mention.reading, SeatsReading):
            return self._seats(mention, around)
        return self._percent(mention, around)

    # -- infoboxes and tables ------------------------------------------------------------------------------------

    def _placed(self, mention: Mention, block: Block) -> Fact:
        place = block.field.name.replace("_", " ") if block.field else " / ".join(block.cell.headers) if block.cell else ""
        owners = self._owner_of_group(block) if block.field else self._owner_of_row(block)
        choice = _Choice(owners, how=f"by the {'key' if block.field else 'row'} of {place}" if owners else f"nobody's: {place}")
        if isinstance(mention.reading, PercentReading):
            measure = _by_place(_MEASURE_OF_PLACE, place) or ("vote_share" if owners else "other")
            if mention.reading.unit == "percentage_point":
                measure = "change"
            return _percent_fact(mention, choice, measure, self._sign_mark(mention))
        in_total = bool(block.cell and block.cell.row_header and _TOTAL_ROW.match(block.cell.row_header))
        role = _by_place(_ROLE_OF_PLACE, place) or ("total" if in_total or (block.field and not block.field.group) else "won")
        sign = self._sign_mark(mention) if role == "change" else 1
        return _seats_fact(mention, choice if role not in ("total", "majority") else replace(choice, owners=()), role, sign)

    def _sign_mark(self, mention: Mention) -> int:
        """The sign of a change that the format shows as an arrow."""
        marks = [mark for mark in self._document.marks if mark.kind == "sign" and 0 <= mention.start - mark.position <= 3]
        return -1 if any(mark.value == "-" for mark in marks) else 1

    def _owner_of_group(self, block: Block) -> tuple[Owner, ...]:
        """The party, else the candidate, of the same number in the same infobox."""
        field = block.field
        if field is None or field.group is None:
            return ()
        peers = [
            other
            for other in self._document.blocks
            if other.field and other.field.box == field.box and other.field.group == field.group and other is not block
        ]
        for wanted in (r"part(?:y|ies)|alliance|list|bloc|coalition", r"candidate|nominee|name|leader|person|option"):
            for other in peers:
                if other.field and re.match(wanted, other.field.name, re.IGNORECASE) and (owners := self._owner_in(other)):
                    return owners
        return ()

    def _owner_of_row(self, block: Block) -> tuple[Owner, ...]:
        """The party, else the body or person, named in the row; nobody in a row of totals."""
        cell = block.cell
        if cell is None or (cell.row_header and _TOTAL_ROW.match(cell.row_header)):
            return ()
        peers = self._rows.get((cell.table, cell.row), [])
        named = [
            other
            for other in peers
            if other is not block and other.cell and self._text[other.start : other.end] == cell.row_header
        ]
        for other in (*named, *(peer for peer in peers if peer is not block and peer not in named)):
            if owners := self._owner_in(other):
                return owners
        above = [
            other
            for other in self._document.blocks
            if other.cell and other.cell.table == cell.table and self._text[other.start : other.end] == cell.row_header
        ]
        return next((owners for other in above if (owners := self._owner_in(other))), ())

    # -- prose ---------------------------------------------------------------------------------------------------

    def _around(self, mention: Mention) -> _Around:
        sentence = self._sentences[max(0, bisect_right(self._starts, mention.start) - 1)]
        before, after = self._text[sentence.start : mention.start], self._text[mention.end : sentence.end]
        breaks = [match.end() for match in _CLAUSE_BREAK.finditer(before)]
        start = sentence.start + (breaks[-1] if breaks else 0)
        following = _CLAUSE_BREAK.search(after)
        end = mention.end + (following.start() if following else len(after))
        return _Around(sentence, before, after, start, end, self._text[start:end])

    def _names_between(self, start: int, end: int) -> list[tuple[int, Mention]]:
        return [(number, mention) for number, mention in self._names if start <= mention.start and mention.end <= end]

    def _owner(self, mention: Mention, around: _Around) -> _Choice:
        """Who has the figure, by the first step that decides."""
        for step in _STEPS:
            choice: _Choice | None = getattr(self, step)(mention, around)
            if choice is not None:
                return choice
        return _NOBODY

    def _in_order(self, mention: Mention, around: _Around) -> _Choice | None:
        """`the Reds, the Blues and the Greens had 32, 27 and 11 percent`: as many names as figures, each with its own."""
        figures = self._coordinated_figures(mention, around)
        if len(figures) < 2:
            return None
        names = self._coordinated_names(around.sentence.start, figures[0].start)
        if len(names) != len(figures) or len(self._text[names[-1][1].end : figures[0].start]) > 60:
            return None
        number, name = names[figures.index(mention)]
        return _Choice((Owner(number, name.text),), how="the names and the figures go in one order")

    def _coordinated_figures(self, mention: Mention, around: _Around) -> list[Mention]:
        """The figures of one kind that stand in a row with this one: `32, 27 and 11 percent`."""
        kind = type(mention.reading)
        here = [
            other
            for other in self._mentions
            if isinstance(other.reading, kind) and around.sentence.start <= other.start < around.sentence.end
        ]
        runs: list[list[Mention]] = []
        for figure in here:
            if runs and _ROW.fullmatch(self._text[runs[-1][-1].end : figure.start]):
                runs[-1].append(figure)
            else:
                runs.append([figure])
        return next(run for run in runs if mention in run)

    def _coordinated_names(self, start: int, end: int) -> list[tuple[int, Mention]]:
        """The last names between two places that stand in a row: `the Reds, the Blues (B) and the Greens`."""
        run: list[tuple[int, Mention]] = []
        for item in reversed(self._names_between(start, end)):
            if self._is_gloss(item[1]):
                continue
            if run and not _NAMES_ROW.fullmatch(self._text[item[1].end : run[-1][1].start]):
                break
            run.append(item)
        return run[::-1]

    def _both(self, mention: Mention, around: _Around) -> _Choice | None:
        """`both parties winning 6 seats`, `the Liberals and the Greens three seats each`."""
        has_each = re.match(r"\s?(?:seats? |mandates? |deputies )?(?:each|apiece)\b", around.after, re.IGNORECASE)
        has_each = has_each or re.search(r"\beach (?:of\b[^.;]{0,120}|\w+ (?:\w+ ){0,4})$", around.before, re.IGNORECASE)
        both = re.search(r"\bboth\b[^.;]{0,110}$", around.before, re.IGNORECASE)
        dropped = re.match(r"\s?(?:\w+ )?to \w+ each\b", around.after)
        if not (has_each or both or dropped):
            return None
        named = self._parties(self._names_between(around.sentence.start, mention.start))
        if len(named) < 2:
            block = self._block(mention.start)
            named = self._parties(self._names_between(block.start, mention.start))
        row = self._parties(self._coordinated_names(around.sentence.start, mention.start))
        owners = row if has_each and len(row) > 2 else named[-2:]
        return _Choice(tuple(owners), True, "each of those named before it") if len(owners) >= 2 else None

    def _latter(self, mention: Mention, around: _Around) -> _Choice | None:
        """`X got 10 seats and Y 16; the latter lost five`."""
        told = re.search(r"\bthe (latter|former)\b[^,;.]{0,30}$", around.before, re.IGNORECASE)
        if not told:
            return None
        start = self._block(mention.start).start
        named = self._parties(self._names_between(start, around.sentence.start + told.start()))
        is_latter = told[1].lower() == "latter"
        return _Choice((named[-1 if is_latter else -2],), how=f"the {told[1].lower()} of two") if len(named) >= 2 else None

    def _parties(self, names: Sequence[tuple[int, Mention]]) -> list[Owner]:
        """Different parties in the order of the text, each at its last place."""
        found: dict[str, Owner] = {}
        for number, mention in names:
            if mention.label == "PARTY" and not self._is_gloss(mention):
                found.pop(mention.text, None)
                found[mention.text] = Owner(number, mention.text)
        return list(found.values())

    def _is_gloss(self, mention: Mention) -> bool:
        """Whether a name stands in brackets or quotation marks right behind another: `Liberal Party (PL)`."""
        before = self._text[max(0, mention.start - 4) : mention.start].rstrip()
        return before.endswith(("(", "“", '"')) and any(
            0 <= mention.start - other.end <= 4 for _, other in self._names if other is not mention
        )

    def _beside(self, mention: Mention, around: _Around) -> _Choice | None:
        """`10 for Nykhaz`, `38 to the Liberals`, `United Ossetia's 1`, `Nykhas' 29.59%`."""
        for number, name in self._names_between(mention.end, min(around.sentence.end, mention.end + 60)):
            between = self._text[mention.end : name.start]
            if re.fullmatch(
                r"\s(?:seats |votes |of the vote )?(?:for|to|by|went to|going to|were won by|was won by|belong to|"
                r"from) (?:the |its )?",
                between,
            ):
                possessor = self._text[name.end : name.end + 1] in ("'", "’")
                if not possessor and (not _LOSING.search(around.clause) or "for" in between):
                    return _Choice((Owner(number, name.text),), how="named right behind it")
            break
        for number, name in reversed(self._names_between(around.sentence.start, mention.start)):
            between = self._text[name.end : mention.start]
            if re.fullmatch(r"(?:['’]s?)\s(?:\w+ ){0,2}", between):
                return _Choice((Owner(number, name.text),), how="possessive before it")
            break
        return None

    def _independents(self, mention: Mention, around: _Around) -> _Choice | None:
        """`3 independents`, `the other two went to independents`."""
        if "independent" in mention.text.lower() or re.match(
            r"\s(?:\w+ ){0,3}(?:to|by|for|were|are)?\s?independents?\b", around.after, re.IGNORECASE
        ):
            return _Choice((Owner(None, INDEPENDENTS),), how="independents")
        if re.search(
            r"\bindependents?(?: candidates)? (?:won|took|got|had|have|hold|held|secured|with|received)[^,;.]{0,15}$",
            around.before,
            re.IGNORECASE,
        ):
            return _Choice((Owner(None, INDEPENDENTS),), how="independents")
        return None

    def _in_brackets(self, mention: Mention, around: _Around) -> _Choice | None:
        """`the Armenia Alliance of Robert Kocharyan (21.09%, 29 seats)`: the party before the bracket, else the nearest name."""
        opening = around.before.rfind("(")
        if opening < 0 or ")" in around.before[opening:]:
            return None
        if self._names_between(around.sentence.start + opening, mention.start):
            return None
        named = self._names_between(around.sentence.start, around.sentence.start + opening)
        last_comma = max(around.before.rfind("), ", 0, opening), around.before.rfind("; ", 0, opening))
        near = [item for item in named if item[1].start >= around.sentence.start + max(last_comma, 0)]
        if near and near[-1][1].label == "ORG" and around.sentence.start + opening - near[-1][1].end <= 1:
            return _Choice((Owner(near[-1][0], near[-1][1].text),), how="named right before the bracket")
        for label in ("PARTY", "PERSON", "ORG"):
            of_label = [item for item in near if item[1].label == label]
            if of_label and around.sentence.start + opening - of_label[-1][1].end <= 90:
                number, name = of_label[-1]
                return _Choice((Owner(number, name.text),), how="named before the bracket")
        return None if near else _NOBODY

    def _listed(self, mention: Mention, around: _Around) -> _Choice | None:
        """`UBP 24 , CTP 18`, `the liberals, 15`, `Labour: 12`, `VMRO (58)`, `Return ("Povratak") had 22`."""
        named = self._names_between(around.sentence.start, mention.start)
        if not named or (named[-1][1].label not in _preferred(mention) and mention.rule not in _LISTED_RULES):
            return None
        number, name = named[-1]
        between = self._text[name.end : mention.start]
        if re.fullmatch(
            r"(?:\s?\)|[\"”’'])*\s?[,:–—-]?\s*(?:\(|with |at |on |by |got |took |had |won |received )?\s?(?:only |just |"
            r"all |some |about |nearly |almost )?",
            between,
        ):
            if self._is_gloss(name) and len(named) > 1:
                number, name = named[-2]
            if not _SKIPPED.search(self._text[around.sentence.start : name.start]) or re.search(
                r"[:,;]\s?(?:the )?$", self._text[around.sentence.start : name.start]
            ):
                return _Choice((Owner(number, name.text),), how="named right before it")
        return None

    def _verb(self, mention: Mention, around: _Around) -> _Choice | None:
        """`the People's Party winning 5 seats`: the name right before the verb, a person only if no phrase leads to it."""
        for number, name in reversed(self._names_between(around.sentence.start, mention.start)):
            if self._is_gloss(name):
                continue
            if not _HAS.fullmatch(re.sub(r"^\s*\([^)]*\)", "", self._text[name.end : mention.start])):
                return None
            if name.label == "PERSON" and self._leads_to(name, around.sentence.start):
                return None
            if name.label in _preferred(mention):
                return _Choice((Owner(number, name.text),), how="named before the verb")
        return None

    def _subject(self, mention: Mention, around: _Around) -> _Choice | None:
        """The first name of the clause that is not inside another phrase."""
        head = self._head(around.clause_start, mention.start, mention)
        return _Choice((head,), how="subject of the clause") if head else None

    def _head(self, start: int, end: int, mention: Mention) -> Owner | None:
        """The first party between two places that is the head of a phrase; a person if there is no such party."""
        named = [item for item in self._names_between(start, end) if not self._is_gloss(item[1])]
        for label in _preferred(mention):
            heads = [item for item in named if item[1].label == label and not self._leads_to(item[1], start)]
            if heads:
                number, name = heads[0]
                return Owner(number, name.text)
        return None

    def _leads_to(self, name: Mention, start: int) -> bool:
        """Whether a phrase leads to the name (`leader of X`, `with X`), or it leads on to another (`X's leader`)."""
        before = self._text[start : name.start]
        possessor = self._text[name.end : name.end + 2] in ("'s", "’s", "' ", "’ ")
        if re.search(r"\b[Ss]upport (?:for|of) (?:the )?$", before):
            return False
        return possessor or bool(_SKIPPED.search(before[-44:]))

    def _carried(self, mention: Mention, around: _Around) -> _Choice | None:
        """A clause without a name goes on with the subject of the one before it, a pronoun with that of the sentence before."""
        before = self._text[around.sentence.start : around.clause_start]
        if re.match(
            r"(?:which|who|whose|that)\b", self._text[around.clause_start : around.clause_start + 8].lstrip(" ,")
        ) or re.search(r",\s(?:which|who|whose)\s?$", before[-9:]):
            told = [item for item in self._names_between(around.sentence.start, around.clause_start) if item[1].label == "PARTY"]
            if told and len(self._text[told[-1][1].end : around.clause_start].strip(" ,")) <= 14:
                return _Choice((Owner(told[-1][0], told[-1][1].text),), how="the clause tells more of it")
        starts = [around.sentence.start, *(around.sentence.start + match.end() for match in _CLAUSE_BREAK.finditer(before))]
        for start, end in reversed(list(zip(starts, [*starts[1:], around.clause_start], strict=False))):
            if head := self._head(start, end, mention):
                return _Choice((head,), how="carried over from the clause before")
        block = self._block(mention.start)
        if block.kind == "list_item":
            return self._of_lead(mention, block)
        if _PRONOUN.search(self._text[around.sentence.start : mention.end]):
            return self._spoken_of(mention, around, block)
        return None

    def _of_lead(self, mention: Mention, block: Block) -> _Choice | None:
        """The party that the lead above a list is about."""
        leads = [
            other
            for other in self._document.blocks
            if other.start < block.start and other.kind == "paragraph" and other.section == block.section
        ]
        head = self._head(leads[-1].start, leads[-1].end, mention) if leads else None
        return _Choice((head,), how="the party that the list is about") if head else None

    def _spoken_of(self, mention: Mention, around: _Around, block: Block) -> _Choice | None:
        """The party that the sentence before is about, in the same paragraph."""
        for sentence in reversed(self._sentences[: around.sentence.index]):
            if sentence.start < block.start:
                break
            if head := self._head(sentence.start, sentence.end, mention):
                return _Choice((head,), how="the party spoken of before")
        return None

    # -- percentages ---------------------------------------------------------------------------------------------

    def _percent(self, mention: Mention, around: _Around) -> Fact:
        reading: PercentReading = mention.reading
        measure = self._measure(mention, around)
        sign = -1 if measure == "change" and reading.amount.low > 0 and _is_loss(around) else 1
        if measure in ("threshold", "turnout"):
            return _percent_fact(
                mention, self._place_of_turnout(mention, around) if measure == "turnout" else _NOBODY, measure, sign
            )
        choice = self._versus(mention, around) or self._owner(mention, around)
        if measure == "other":
            choice = self._part_of(mention, around)
        elif (
            measure == "change" and not choice.owners and _TURNOUT.search(self._text[around.sentence.start : around.sentence.end])
        ):
            choice = _NOBODY
        if measure == "vote_share" and not choice.owners and not _VOTE.search(around.before + around.after):
            measure = "other"
        return _percent_fact(mention, choice, measure, sign)

    def _measure(self, mention: Mention, around: _Around) -> Measure:
        """What a percentage measures: by the words close to it, else as the percentage before it, else a share of the vote."""
        reading: PercentReading = mention.reading
        if reading.change or reading.unit == "percentage_point":
            return "change"
        before, after = re.split(r";", around.before)[-1][-70:], re.split(r"[,;]", around.after)[0][:50]
        if re.search(r"\b(?:approved|backed|supported|rejected|endorsed|carried|passed|opposed) by (?:\w+ )?$", before):
            return "vote_share"
        if _THRESHOLD_AFTER.match(after) or _THRESHOLD_BEFORE.search(before):
            return "threshold"
        if _COUNTED.search(after):
            return "other"
        if _OF_THE_VOTE.match(after):
            return "vote_share"
        if _TURNOUT_AFTER.match(after) or self._turnout_before(mention, around):
            return "turnout"
        if _OTHER_SHARE.search(after) or _OTHER_BEFORE.search(before):
            return "other"
        if _UP_OR_DOWN.search(before) and not re.match(r"\s(?:to|from) ", around.after):
            return "change"
        if (
            self._listed(mention, around)
            or self._verb(mention, around)
            or self._head(around.clause_start, mention.start, mention)
        ):
            return "vote_share"
        return self._measure_before(mention, around) or "vote_share"

    def _turnout_before(self, mention: Mention, around: _Around) -> bool:
        """`turnout stood at 45.5%`, with no party named since."""
        found = [match.end() for match in _TURNOUT.finditer(around.before)]
        return (
            bool(found)
            and not self._names_between(around.sentence.start + found[-1], mention.start)
            and len(around.before) - found[-1] < 60
        )

    def _measure_before(self, mention: Mention, around: _Around) -> Measure | None:
        """The measure of the percentage before it in the sentence (`parties needed 6% and blocs 8%`; `45.5%, against 51%`)."""
        earlier = [
            other
            for other in self._mentions
            if isinstance(other.reading, PercentReading) and around.sentence.start <= other.start < mention.start
        ]
        return self._measure(earlier[-1], self._around(earlier[-1])) if earlier and not earlier[-1].reading.change else None

    def _place_of_turnout(self, mention: Mention, around: _Around) -> _Choice:
        """The place whose turnout it is: `in Girne, where 52 per cent voted`."""
        places = [
            (number, other)
            for number, other in enumerate(self._mentions)
            if other.label in ("GPE", "LOC") and around.sentence.start <= other.start and other.end <= mention.start
        ]
        if not places:
            return _NOBODY
        kept = [item for item in places if self._text[item[1].start - 1 : item[1].start] != "("]
        number, place = (kept or places)[-1]
        between = self._text[place.end : mention.start]
        if re.match(r"\s?(?:\([^)]*\))?,? (?:where|reported|had|saw|recorded|with)\b", between) and len(between) < 60:
            return _Choice((Owner(number, place.text),), how="the place named before it")
        return _NOBODY

    def _part_of(self, mention: Mention, around: _Around) -> _Choice:
        """The thing that is so large a part of another: `South Ossetia … making up about 5.5% of Georgia's territory`."""
        verb = re.search(r"\b(?:mak(?:es|ing) up|constitut\w+|account\w* for|cover\w*|compris\w+|represent\w*)\b", around.before)
        if not verb:
            return _NOBODY
        block = self._block(mention.start)
        places = [
            (number, other)
            for number, other in enumerate(self._mentions)
            if other.label in ("GPE", "LOC", "NORP") and block.start <= other.start and other.end <= mention.start
        ]
        return (
            _Choice((Owner(places[0][0], places[0][1].text),), how="the place that the paragraph is about") if places else _NOBODY
        )

    def _versus(self, mention: Mention, around: _Around) -> _Choice | None:
        """`Tatar lost to Erhürman, 35.81% to 62.76%`: the first figure is the first one's."""
        figures = [
            other
            for other in self._mentions
            if isinstance(other.reading, PercentReading) and around.sentence.start <= other.start < around.sentence.end
        ]
        for left, right in itertools.pairwise(figures):
            if mention not in (left, right) or not re.fullmatch(
                r"\s?(?:to|[-–]|against|versus|vs\.?)\s?", self._text[left.end : right.start]
            ):
                continue
            if re.search(r"\bfrom (?:\w+ )?$", self._text[around.sentence.start : left.start]):
                return None
            people = [
                item
                for item in self._names_between(around.sentence.start, left.start)
                if item[1].label in ("PERSON", "PARTY") and not self._is_gloss(item[1])
            ]
            if len(people) >= 2 and re.search(
                r"\b(?:beat|defeat\w*|lost to|over|ahead of|against|won)\b", self._text[people[0][1].end : left.start]
            ):
                number, name = people[0] if mention is left else people[-1]
                return _Choice((Owner(number, name.text),), how="the two that stood against each other")
        return None

    # -- seats ---------------------------------------------------------------------------------------------------

    def _seats(self, mention: Mention, around: _Around) -> Fact:
        reading: SeatsReading = mention.reading
        together = self._together(mention, around)
        role: Role = "held" if together and not _WON.search(around.clause) else self._role(mention, reading, around)
        if role in ("total", "majority"):
            return _seats_fact(mention, _Choice(how=f"{role}: the chamber's own figure"), role, 1)
        choice = together or self._owner(mention, around)
        if not choice.owners and self._is_of_chamber(mention, around, role):
            return _seats_fact(mention, _Choice(how="no owner, in a sentence about the chamber"), "total", 1)
        if role == "won" and self._is_old(mention, around):
            role = "held"
        loses = (
            role == "change"
            and not reading.signed
            and (
                _LOSS.search(_near(around))
                or mention.rule == "seats.short"
                or re.match(r"\s(?:seats? |deputies |mandates? )?(?:fewer|less|short|unlawful)\b", around.after)
                or re.search(r"\b(?:dropped|loss of|drop of|fall of)\b[^,;.]{0,12}$", around.before)
            )
        )
        return _seats_fact(mention, choice, role, -1 if loses else 1)

    def _role(self, mention: Mention, reading: SeatsReading, around: _Around) -> Role:
        near = _near(around)
        rule = mention.rule
        if rule in _ROLE_OF_RULE:
            return _ROLE_OF_RULE[rule]
        own = self._own_words_behind(mention, around)
        if re.match(r"\s(?:seats? )?short\b", own) or re.search(r"\b(?:gain|loss|increase|rise|drop|fall) of $", around.before):
            return "change"
        if re.search(r"\bcontest\w*[^,;.]{0,12}$", around.before):
            return "total"
        if re.match(r"\s(?:must\b|(?:are|were|is|would be) (?:needed|required))", own):
            return "majority"
        if re.search(r"\breduced to [^,;.]{0,12}$", around.before) or re.search(r"\bunopposed\b", own):
            return "won"
        if _THEIR_OLD.search(around.before) or _BEFORE_NOW.search(own):
            return "held"
        if rule == "seats.independents":
            return "held" if _OUTGOING.search(around.after[:40]) or _HELD.search(near) else "won"
        if re.search(r"\bfrom (?:\S+ ){1,3}to $", around.before):
            return "won"
        if reading.signed:
            return "change"
        if rule in ("seats.needed", "seats.enough", "seats.needs") or (
            _MAJORITY.search(own[:50]) and rule not in ("seats.counted",)
        ):
            return "majority"
        if (
            _TOTAL_BEFORE.search(around.before)
            and not _CLAIMS_ALL.search(around.before)
            and (
                re.search(r"\b(?:of|out of) (?:\w+ ){0,3}$", around.before)
                or _TOTAL.search(around.clause)
                or _TOTAL_AFTER.match(around.after)
            )
        ):
            return "total"
        if _TOTAL.search(re.split(r"[,;]| and ", around.after)[0][:45]) or (
            _TOTAL.search(around.clause) and not self._names_between(around.clause_start, mention.start)
        ):
            return "total"
        if re.search(
            r"\b(?:lost|lose|loses|losing|shed|stripped of)\b(?:(?! and | but )[^,;.]){0,25}$", around.before, re.IGNORECASE
        ) or re.match(r"\s(?:seats? |mandates? )?(?:fewer|less|down|unlawful)\b", around.after):
            return "change"
        if (
            re.search(r"\b(?:gains?|gaining)\b[^,;.]{0,15}$", around.before)
            or re.match(r"\s(?:seats? |mandates? )?(?:more than|up on|up from)\b", around.after)
            or re.match(r"\sup\b(?! for)", around.after)
        ):
            return "change"
        if _FROM_TO.search(around.before[-30:]):
            return "held"
        if _HELD.search(near) and not re.search(
            r"\b(?:won|winning|took|received|got|secured|awarded)\b[^,;.]{0,20}$", around.before
        ):
            return "held"
        return "won"

    def _own_words_behind(self, mention: Mention, around: _Around) -> str:
        """The words behind a seat count up to the next one, or the next clause."""
        following = (
            other.start
            for other in self._mentions
            if isinstance(other.reading, SeatsReading) and mention.end <= other.start < around.sentence.end
        )
        end = min(following, default=around.sentence.end)
        return re.split(r"[,;]| and | but | so ", self._text[mention.end : end])[0]

    def _together(self, mention: Mention, around: _Around) -> _Choice | None:
        """`the PSRM and ACUM formed a coalition of 61 deputies`, `a coalition of CTP, HP, TDP and DP, in all 27 members`."""
        if mention.rule in _ROLE_OF_RULE or not _TOGETHER.search(around.before) or _OF_WHOLE.search(around.before):
            return None
        named = self._parties(self._names_between(around.sentence.start, mention.start))
        listed = re.search(r"\bcoalition (?:of|between) ([^.;]*)$", around.before)
        if listed and (inside := self._parties(self._names_between(around.sentence.start + listed.start(), mention.start))):
            named = inside if len(inside) > 1 else named
        return _Choice(tuple(named), how="a coalition has them together") if len(named) > 1 else None

    def _is_of_chamber(self, mention: Mention, around: _Around, role: Role) -> bool:
        """Whether a figure without an owner is the chamber's: `The Riksdag has 349 members`."""
        if role == "held":
            has = re.search(r"\b(?:now |currently )?(?:has|have|had) (?:only |just |a total of )?$", around.before)
            return bool(has) and not _PRONOUN.search(around.clause) and not _OUTGOING.search(around.before)
        if role != "won" or mention.rule in ("seats.list", "seats.for_name"):
            return False
        if re.search(
            r"\b(?:won|wins?|winning|took|takes?|taking|got|gets?|secured|captured|claimed)\b[^,;.]{0,40}$", around.before
        ):
            return False
        return bool(
            re.search(
                r"parliament|assembly|chamber|house|senate|council|members|deputies|seats",
                around.before + mention.text + around.after,
                re.IGNORECASE,
            )
        )

    def _is_old(self, mention: Mention, around: _Around) -> bool:
        """A result of another election, quoted to compare: the clause names a year before the one that the document reports."""
        main = re.search(r"\b(1[89]\d\d|20\d\d)\b", self._document.title or "")
        years = [int(year) for year in re.findall(r"\b(1[89]\d\d|20\d\d)\b", around.clause)]
        return bool(main and years and max(years) < int(main.group(1)))


# The steps by which an owner is looked for, in this order.
_STEPS = ("_in_order", "_both", "_latter", "_beside", "_independents", "_in_brackets", "_listed", "_verb", "_subject", "_carried")

_CLAIMS_ALL = re.compile(
    r"\b(?:won|took|kept|keeps|holds|claimed|swept|captured|lost)\b[^,;.]{0,20}\b(?:all (?:the |its )?|a (?:grand )?total of )$",
    re.IGNORECASE,
)


# Rules that find a number because a name stands before it: whatever the name was taken for, it is the owner.
_LISTED_RULES = ("seats.list", "percentages.beside")


def _preferred(mention: Mention) -> tuple[str, ...]:
    return ("PARTY", "PERSON") if isinstance(mention.reading, PercentReading) else ("PARTY",)


def _is_loss(around: _Around) -> bool:
    """Whether the last verb of change before a figure, or a word behind it, is one of loss."""
    if re.match(
        r"\s?(?:seats? |mandates? |points? )?(?:down|lower|less|fewer|short|behind|decrease|drop|decline|fall|loss)\b",
        around.after,
    ):
        return True
    losses = [match.start() for match in _LOSS.finditer(around.before)]
    gains = [match.start() for match in _GAIN.finditer(around.before)]
    return bool(losses) and losses[-1] > (gains[-1] if gains else -1)


def _near(around: _Around) -> str:
    """The words close to a figure: what of its clause stands shortly before it."""
    return re.split(r"[,;:]|\band\b", around.before[-60:])[-1] + " " + re.split(r"[,;:]", around.after[:25])[0]


def _by_place(table: tuple[tuple[re.Pattern[str], Kind], ...], place: str) -> Kind | None:
    return next((kind for pattern, kind in table if pattern.search(place)), None)


def _percent_fact(mention: Mention, choice: _Choice, measure: Measure, sign: int) -> Fact:
    reading: PercentReading = mention.reading
    low, high = sorted((reading.amount.low * sign, reading.amount.high * sign))
    value = PercentValue(
        percent=low if low == high else None,
        low=None if low == high else low,
        high=None if low == high else high,
        unit=reading.unit,
        comparator=reading.amount.comparator,
        measure=measure,
    )
    return Fact(mention, value, choice.owners[:1], how=(f"{measure}", choice.how))


def _seats_fact(mention: Mention, choice: _Choice, role: Role, sign: int) -> Fact:
    reading: SeatsReading = mention.reading
    low, high = sorted((int(reading.amount.low) * sign, int(reading.amount.high) * sign))
    value = SeatsValue(
        seats=low if low == high else None,
        low=None if low == high else low,
        high=None if low == high else high,
        comparator=reading.amount.comparator,
        role=role,
        each=choice.each,
    )
    return Fact(mention, value, choice.owners, how=(f"{role}", choice.how))

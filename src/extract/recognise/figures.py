"""The finders of percentages and seat counts.

Both work the same way: rules find what is written out (`6 seats`, `5.5 per cent`), and where that has set the subject, a bare
number beside it counts too (`32, 27 and 11 percent`; `10 for Nykhaz and 7 for United Ossetia`). In infoboxes and tables the
key or header says what a bare number is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.numbers import read_digits, read_number
from extract.normalise.percentages import normalise_percent
from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.normalise.seats import normalise_seats
from extract.normalise.values import Comparator
from extract.recognise.mention import Lost, note_lost, set_spans
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules import RuleSet
from extract.sources.document import Block
from extract.text.document import document_of
from extract.text.sentences import Sentence, sentences_of

_NUMERIC_VALUE = re.compile(r"[+\-−–]?\s?\d[\d,.\u00a0\u202f]*$")
_SIGN_BEFORE = re.compile(r"[+\-−–▲▼△▽]\s?$")
_LETTER = re.compile(r"[^\W\d_]")

# -- what an infobox key or a column header says of the bare numbers under it ---------------------------------------------

_PERCENT_PLACE = re.compile(r"%|per ?cent|pct|\bshare\b|turnout|swing|popular[ _]?vote ?%|percentage", re.IGNORECASE)
_SEAT_PLACE = re.compile(
    r"\bseats?\b|seats_|\bmandates?\b|\bdeputies\b|\bMPs\b|last[ _]?election|previous[ _]?election|\bwon\b|"
    r"\bto be elected\b|needed[ _]?seats|"
    r"\bmajority\b|\bconst(?:ituency|\.)?(?: seats)?$|^total$|\bcouncillors\b|^list$|^PR$|^FPTP$|^SMD$|^\+/[–−-]$|^±$",
    re.IGNORECASE,
)
_NOT_SEATS = re.compile(
    r"vote|ballot|%|per ?cent|voters|share|turnout|elector|registered|population|area|year|date|age|rank|position|no\.?$|number$",
    re.IGNORECASE,
)
_CHANGE_PLACE = re.compile(r"\+/[–−-]|[–−-]/\+|±|change|swing|net|gain|diff", re.IGNORECASE)

_BARE_CHANGE = re.compile(r"\+\s?/\s?[–−-]|[–−-]\s?/\s?\+|±|change|diff\.?|difference|net", re.IGNORECASE)
_MEMBERS = re.compile(r"members|MPs|deputies|total members|number of members", re.IGNORECASE)

# -- percentages ------------------------------------------------------------------------------------------------------------

_BEFORE_LIST = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?P<glue>,? (?:and|or) |, |\u00a0(?:and|or)\u00a0| to |[ \u00a0]?[-–—][ \u00a0]?)$"
)
_FROM = re.compile(
    r"\b(?:from|rose|up|grew|climbed|jumped|increased|fell|down|dropped|declined|sank|slipped|decreased)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_BARE_SHARE = re.compile(r"(?<![\d.,:/])(?P<number>\d{1,2}\.\d{1,3}|100\.0+)(?![\d,:/]*\d)(?!\.\d)")
# A whole number beside percentages: compared with one, or (the other alternative) behind a name.
_BARE_WHOLE = re.compile(
    r"(?:(?P<compared>\b(?:against|versus|compared (?:with|to)|up from|down from|threshold of|rather than))|[\w.\"”’')]) "
    r"(?P<number>\d{1,2}|(?:five|six|seven|eight|nine|ten|three|four))(?=[,;.)]|$| (?:and|in|five|four|two|three|a)\b)(?![.,]\d)"
)
_OTHER_UNIT = re.compile(
    r"[ \u00a0]?(?:million|billion|thousand|bn|km|kilomet|mile|square|m\b|kg|tonne|ton\b|tons\b|€|\$|£|dollar|euro|"
    r"hectare|degree|°|times|seconds|"
    r"minutes|hours|p\.m|a\.m|pm\b|am\b|votes|voters|people|years|days)",
    re.IGNORECASE,
)
_POINT_TALK = re.compile(r"%|per ?cent|share|vote|turnout|poll|lead|percentage|\bseats?\b|election", re.IGNORECASE)
_NOT_POINTS = re.compile(
    r"\b(?:championship|league|goals?|match|game|season|talking|bullet|programme|plan|agenda|turning|cleared|border|check)\b",
    re.IGNORECASE,
)

# -- seats ------------------------------------------------------------------------------------------------------------------

_CHAMBER = re.compile(
    r"parliament|assembly|chamber|senate|legislat|congress|council|bundestag|bundesrat|duma|knesset|diet\b|sejm|rada\b|majlis|saeima|riksdag|storting|"
    r"seimas|folketing|althing|cortes|dail|dáil|seanad|lok sabha|rajya sabha|house of|lower house|upper house|seats?\b|"
    r"mandates?\b|deput(?:y|ies)|"
    r"\bMPs?\b|lawmaker|coalition|group of the|parliamentary group|the House\b|majority|constituenc|elected|"
    r"proportional|national list|faction|opposition|caucus",
    re.IGNORECASE,
)
_NOT_A_CHAMBER = re.compile(
    r"^[^.;]{0,12}\bof (?:the|its|a|an|our|their) (?:[\w-]+ ){0,3}(?:commission|board|committee|staff|team|party|"
    r"mission|family|club|union|delegation|court|cabinet|"
    r"government|bureau|jury|panel|group|public|gang|armed|security|crew|audience|congregation|EU|European Union|"
    r"United Nations|UN)\b",
    re.IGNORECASE,
)
_NO_SEAT_AFTER = re.compile(
    r"^[ \u00a0]to (?:form|negotiate|mediate|govern|renew|act)|"
    r"^[ \u00a0](?:in|on|at|of|for|aboard)[ \u00a0](?:the |a |an |his |her |each |our )?(?:[\w-]+ )?(?:cabinet|car|bus|"
    r"plane|train|theatre|theater|stadium|arena|cinema|"
    r"hall|vehicle|restaurant|table|aircraft|board|bench|court|commission|row|worship|interest|birth|residence|work|safety|refuge|detention)",
    re.IGNORECASE,
)
_NO_COUNT_AFTER = re.compile(
    r"['’](?:\w*[ \u00a0](?:assistants?|staff|aides?|salar|wives|husbands|offices?|votes?)|[ \u00a0])|"
    r"[ \u00a0](?:were |was |have been |had been |are )?(?:injured|wounded|killed|arrested|detained|expelled|attended|"
    r"visited|travelled|hurt|"
    r"hospitalised|infected|sentenced|jailed)\b|"
    r"[ \u00a0](?:have |had |are |were |will )?(?:contest\w*|stood|stand|standing|ran|run|running|registered|competed|"
    r"compete|competing)\b",
    re.IGNORECASE,
)
_NO_COUNT_BEFORE = re.compile(r"\b(?:delegation|group|team|mission|party) of (?:\w+ )?$|\battended by (?:\w+ )?$", re.IGNORECASE)
_OTHER_HOUSE = re.compile(
    r"\b(?:cinema|theatre|theater|stadium|arena|train|bus|coach|aircraft|plane|airline|airliner|restaurant|hall|van|car|"
    r"minibus|board of|"
    r"commission (?:has|consists)|court (?:has|consists)|committee (?:has|consists)|university|faculty|tribunal|jury|"
    r"orchestra)\b",
    re.IGNORECASE,
)
_OTHER_BODY = re.compile(
    r"\b(?:commission|court|committee|board|tribunal|council of the university|cabinet|government)\b(?: [^,;.]{0,40})? "
    r"(?:has|have|had|consists? of|comprises?|is composed of|is made up of)(?: \w+)? $",
    re.IGNORECASE,
)
_LEGISLATURE = re.compile(
    r"parliament|assembly|chamber of|senate|legislat|congress|election|elected|party|coalition|constituenc|\bMPs?\b|deput",
    re.IGNORECASE,
)
_SEATS = re.compile(r"\b(?:seats?|mandates?|deput(?:y|ies)|MPs?)\b", re.IGNORECASE)
_POLLING = re.compile(r"\bpolling[ \u00a0](?:places|stations)", re.IGNORECASE)
_NOT_SEATS_BEFORE = re.compile(
    r"\b(?:nos?|no\.|nos\.|number|article|section|page|chapter|rule|resolution|law|room|aged?|district|constituency|"
    r"station|precinct|ward|at least one|channel)[. \u00a0]+$|[#№$€£]$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^[ \u00a0](?:votes?|ballots?|voters?|people|percent|per[ \u00a0]cent|%|years?|months?|weeks?|days?|hours?|"
    r"minutes?|points?|candidates?|parties|party|lists?|blocs?|women|men|"
    r"times|members of the|polling|stations?|districts?|constituencies|million|thousand|billion|electors|ministers?|"
    r"governments?|cabinets?|rounds?|"
    r"terms?|others? (?:voted|abstained)|abstain|against|opposed|countries|regions?)",
    re.IGNORECASE,
)


class PercentFinder:
    """The component of percentages: leaves them in `doc.spans["percentages"]`, each with a PercentReading."""

    def __init__(self, rules: RuleSet, vocab: Vocab) -> None:
        """Compiles the rules of `percentages.yml`. Raises RuleError."""
        file = rules.file("percentages")
        self.matcher = RuleMatcher(file.rules, vocab)
        self.comparators = _comparator_pattern(file.lists["comparator"])

    def __call__(self, doc: Doc) -> Doc:
        places = _Places(doc, ("names", "dates"))
        placed = [span for span in _placed_percents(doc) if not places.is_taken(span.start_char, span.end_char)]
        places.take(placed)
        found = [*placed, *self._counted(doc, places)]
        places.take(found)
        found += _shares_beside(doc, places, found)
        set_spans(doc, "percentages", [self._compared(doc, span) for span in found])
        return doc

    def _counted(self, doc: Doc, places: _Places) -> Iterator[Span]:
        for match in self.matcher.find(doc):
            reading = read_match(match)
            talk = match.rule.value.get("needs") != "talk" or _is_point(doc, match)
            if places.is_taken(match.start, match.end):
                continue
            apart = _from_to(doc, match, reading) if isinstance(reading, PercentReading) else []
            if apart:
                yield from apart
            elif (
                isinstance(reading, PercentReading)
                and talk
                and not re.match(r"[ \u00a0]?[-–]?cotton\b", document_of(doc).text[match.end : match.end + 8])
            ):
                yield from _as_span(doc, match, reading)
                yield from _list_before(doc, match, reading)
            elif isinstance(reading, PercentReading):
                note_lost(doc, match.lost("nothing beside it speaks of shares"))

    def _compared(self, doc: Doc, span: Span) -> Span:
        return _with_comparator(doc, span, self.comparators)


class SeatsFinder:
    """The component of seat counts: leaves them in `doc.spans["seats"]`, each with a SeatsReading.

    Runs behind the finders of names, dates and percentages, so that no number is taken twice; it works without them.
    """

    def __init__(self, rules: RuleSet, vocab: Vocab) -> None:
        """Compiles the rules of `seats.yml`. Raises RuleError."""
        self.matcher = RuleMatcher(rules.file("seats").rules, vocab)
        self.comparators = _comparator_pattern(rules.file("percentages").lists["comparator"])

    def __call__(self, doc: Doc) -> Doc:
        places = _Places(doc, ("names", "dates", "percentages"))
        placed = [span for span in _placed_seats(doc) if not places.is_taken(span.start_char, span.end_char)]
        places.take(placed)
        found = [*placed, *self._in_prose(doc, places)]
        set_spans(doc, "seats", [_with_comparator(doc, span, self.comparators) for span in found])
        return doc

    def _in_prose(self, doc: Doc, places: _Places) -> Iterator[Span]:
        matches = [match for match in self.matcher.find(doc) if not places.is_taken(match.start, match.end)]
        talk = _Talk(doc)
        certain = [match for match in matches if "needs" not in match.rule.value and not _is_other_seat(doc, match, talk)]
        talk.listen(match.start for match in certain)
        for match in matches:
            reason = _why_not(doc, match, talk, places)
            reading = None if reason else read_match(match)
            if isinstance(reading, SeatsReading) and (apart := _from_to(doc, match, reading)):
                talk.spoken(match.start)
                yield from apart
            elif isinstance(reading, SeatsReading):
                talk.spoken(match.start)
                yield from _as_span(doc, match, reading)
            else:
                note_lost(doc, match.lost(reason or "no number of seats"))


class _Places:
    """The stretches of a Doc that are taken already."""

    def __init__(self, doc: Doc, keys: Sequence[str]) -> None:
        self._names = [(span.start_char, span.end_char) for span in doc.spans.get("names", ())]
        self._taken = {
            position for key in keys for span in doc.spans.get(key, ()) for position in range(span.start_char, span.end_char)
        }
        self.name_ends = {end for _, end in self._names}

    def take(self, spans: Iterable[Span]) -> None:
        for span in spans:
            self._taken |= set(range(span.start_char, span.end_char))

    def is_behind_name(self, position: int) -> bool:
        """Whether a name ends right before the place."""
        return position - 1 in self.name_ends

    def is_taken(self, start: int, end: int) -> bool:
        return any(position in self._taken for position in range(start, end))


class _Talk:
    """Where seats are spoken of: a bare number counts in the same sentence and the next ones of its paragraph."""

    def __init__(self, doc: Doc) -> None:
        self._document = document_of(doc)
        self._sentences = sentences_of(doc)
        self._starts = [sentence.start for sentence in self._sentences]
        self._blocks = [block.start for block in self._document.blocks]
        self._spoken: set[int] = set()

    def listen(self, positions: Iterable[int]) -> None:
        """Takes note of the sentences at these places."""
        self._spoken.update(map(self._number, positions))

    def _number(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def sentence(self, position: int) -> Sentence:
        return self._sentences[self._number(position)]

    def spoken(self, position: int) -> None:
        self._spoken.add(self._number(position))

    def was_on(self, position: int) -> bool:
        """Whether one of the ten sentences before speaks of seats, in whatever paragraph."""
        number = self._number(position)
        return any(other in self._spoken for other in range(max(0, number - 10), number))

    def _lead_says(self, item: Block) -> bool:
        """Whether the paragraph above a list, or its heading, speaks of seats (`Seats by party:`)."""
        blocks, index = self._document.blocks, bisect_right(self._blocks, item.start) - 1
        while index >= 0 and blocks[index].kind == "list_item":
            index -= 1
        return index >= 0 and bool(_SEATS.search(self._document.text[blocks[index].start : blocks[index].end]))

    def is_on(self, position: int) -> bool:
        """Whether the sentence, or one of the two before it, or the list's lead, speaks of seats."""
        number = self._number(position)
        near = [other for other in (number, number - 1, number - 2) if other in self._spoken]
        block = self._document.block_at(position)
        text = self._document.text
        own = self._sentences[number]
        if block is not None and block.kind == "list_item" and self._lead_says(block):
            return True
        says = _SEATS.search(text[own.start : own.end])
        listed = block is not None and block.kind == "list_item"
        return bool(says) or any(other == number or listed or self._sentences[other].block == own.block for other in near)


# -- rules that need more than their words ----------------------------------------------------------------------------------


def _why_not(doc: Doc, match: Match, talk: _Talk, places: _Places) -> str | None:
    before, after = (
        document_of(doc).text[max(0, match.start - 30) : match.start],
        document_of(doc).text[match.end : match.end + 60],
    )
    block = document_of(doc).block_at(match.start)
    needs = match.rule.value.get("needs")
    if block is not None and block.cell is not None and "needs" in match.rule.value:
        return "a bare number in a table is what its header says"
    if _is_other_seat(doc, match, talk):
        return "seats of another kind"
    if needs == "chamber" and not _speaks_of_chamber(doc, match, talk):
        return "nothing beside it speaks of a legislature"
    if needs == "name":
        return _why_not_listed(doc, match, talk, places)
    if needs == "talk":
        if not talk.is_on(match.start) and not (match.rule.value.get("role") and talk.was_on(match.start)):
            return "nothing near speaks of seats"
        if _NOT_SEATS_BEFORE.search(before) or _COUNTED.match(after):
            return "it counts something else"
    return None


def _is_other_seat(doc: Doc, match: Match, talk: _Talk) -> bool:
    text = document_of(doc).text
    after = text[match.end : match.end + 60]
    if _NO_SEAT_AFTER.match(after) or _NOT_A_CHAMBER.match(after) or _POLLING.search(match.text):
        return True
    if _NO_COUNT_AFTER.match(after) or _NO_COUNT_BEFORE.search(text[max(0, match.start - 30) : match.start]):
        return True
    sentence = talk.sentence(match.start)
    words = text[sentence.start : sentence.end]
    if _OTHER_BODY.search(text[sentence.start : match.start]):
        return True
    return bool(_OTHER_HOUSE.search(words)) and not _LEGISLATURE.search(words)


def _speaks_of_chamber(doc: Doc, match: Match, talk: _Talk) -> bool:
    sentence = talk.sentence(match.start)
    around = document_of(doc).text[sentence.start : match.start] + " " + document_of(doc).text[match.end : sentence.end]
    return bool(_CHAMBER.search(around)) or talk.is_on(match.start)


def _why_not_listed(doc: Doc, match: Match, talk: _Talk, places: _Places) -> str | None:
    """A number right behind a name: `CTP 18 ,`; only where seats are spoken of."""
    before = document_of(doc).text[max(0, match.start - 8) : match.start]
    glue = len(before) - len(before.rstrip(" \u00a0:–—-,(\"”’')"))
    name_before = any(match.start - gap in places.name_ends for gap in range(1, glue + 5))
    if not talk.is_on(match.start):
        return "nothing near speaks of seats"
    if not name_before or _NOT_SEATS_BEFORE.search(document_of(doc).text[max(0, match.start - 30) : match.start]):
        return "no name stands before it"
    return None


def _is_point(doc: Doc, match: Match) -> bool:
    block = document_of(doc).block_at(match.start)
    around = document_of(doc).text[max(block.start if block else 0, match.start - 150) : match.end + 80]
    return bool(_POINT_TALK.search(around)) and not _NOT_POINTS.search(around)


# -- bare numbers beside percentages ----------------------------------------------------------------------------------------


def _from_to(doc: Doc, match: Match, reading: PercentReading | SeatsReading) -> list[Span]:
    """`from 20.97 to 31.91%`, `35.81% to 62.76%`, `from 61 to 29 seats`: two figures, not a range; nothing for a range."""
    text = document_of(doc).text
    if match.rule.id not in ("percentages.range", "seats.range"):
        return []
    low, high = (match.offsets.get(name) or match.offsets[f"{name}2"] for name in ("low", "high"))
    glue = text[low[1] : high[0]]
    falling = reading.amount.low > reading.amount.high
    if not falling and (
        "to" not in glue or not (_FROM.search(text[max(0, match.start - 40) : match.start]) or glue.strip() != "to")
    ):
        return []
    ends = (low[0], low[1] + len(re.split(r"\s*(?:to\b|[-–—])", glue)[0])), (high[0], match.end)
    spans = [doc.char_span(start, end, label=match.rule.label, span_id=match.rule.id) for start, end in ends]
    kept = [span for span in spans if span is not None]
    for span, amount in zip(kept, (reading.amount.low, reading.amount.high), strict=False):
        span._.reading = replace(reading, amount=Amount(amount, amount))
    if kept and isinstance(reading, PercentReading) and "point" in glue:  # `by 6.4 percentage points to 44.1 percent`
        kept[0]._.reading = replace(kept[0]._.reading, unit="percentage_point", change=True)
    return kept


def _list_before(doc: Doc, match: Match, reading: PercentReading) -> Iterator[Span]:
    """The numbers that share a sign with the one behind them: `32, 27 and 11 percent`, `from 20.97 to 31.91%`."""
    block = document_of(doc).block_at(match.start)
    first, position = block.start if block else 0, match.start
    while found := _BEFORE_LIST.search(document_of(doc).text[max(first, position - 24) : position]):
        start = max(first, position - 24) + found.start("number")
        glue = found["glue"].strip()
        if (
            glue == "to"
            and not _FROM.search(document_of(doc).text[max(first, start - 40) : start])
            and match.rule.id == "percentages.range"
        ):
            return
        if document_of(doc).text[max(first, start - 1) : start] in (".", ",", ":", "/") or glue in ("-", "–", "—"):
            return
        amount = read_digits(found["number"])
        span = doc.char_span(start, start + len(found["number"]), label="PERCENT", span_id=f"{match.rule.id}")
        if amount is None or span is None or amount > 100:
            return
        span._.reading = PercentReading(Amount(amount, amount), reading.unit)
        yield span
        position = start


def _shares_beside(doc: Doc, places: _Places, found: Sequence[Span]) -> list[Span]:
    """Bare decimals in a sentence that has a percentage: `43.23 percent; the governing party, 15.36 and 18`."""
    spoken = sorted(span.start_char for span in found)
    spans = []
    text = document_of(doc).text
    was_here = False
    for sentence in sentences_of(doc):
        index = bisect_left(spoken, sentence.start)
        words = text[sentence.start : sentence.end]
        is_here = (index < len(spoken) and spoken[index] < sentence.end) or "(%)" in words
        goes_on = was_here and re.match(r"(?:They|It|The party|In the event)\b", words)
        was_here = is_here
        if not is_here and not goes_on:
            continue
        wanted = [*_BARE_SHARE.finditer(text, sentence.start, sentence.end)]
        if is_here and not _SEATS.search(words):
            wanted += [
                match
                for match in _BARE_WHOLE.finditer(text, sentence.start, sentence.end)
                if match["compared"] or places.is_behind_name(match.start("number"))
            ]
        for match in wanted:
            start, end = match.span("number")
            free = not places.is_taken(start, end) and not _OTHER_UNIT.match(text, end)
            span = doc.char_span(start, end, label="PERCENT", span_id="percentages.beside") if free else None
            amount = read_number(match["number"])
            if span is not None and amount is not None:
                span._.reading = PercentReading(Amount(amount, amount))
                spans.append(span)
    return spans


# -- infoboxes and tables ---------------------------------------------------------------------------------------------------


def _place_of(block: Block) -> str | None:
    if block.field:
        return block.field.name.replace("_", " ")
    if block.cell and not block.cell.is_header and block.cell.headers:
        return " / ".join(block.cell.headers)
    return None


def _numeric_blocks(doc: Doc) -> Iterator[tuple[Block, str]]:
    document = document_of(doc)
    for block in document.blocks:
        place = _place_of(block) if block.kind in ("field", "cell") else None
        if place and _NUMERIC_VALUE.match(document.text[block.start : block.end].strip(" ()▲▼△▽+±")):
            yield block, place


def _left_headers(doc: Doc) -> dict[tuple[int, int], str]:
    """The header of each column of each table."""
    blocks = (block for block in document_of(doc).blocks if block.cell and block.cell.headers)
    return {(block.cell.table, block.cell.column): " / ".join(block.cell.headers) for block in blocks if block.cell}


def _of_column_before(block: Block, last: str, headers: dict[tuple[int, int], str]) -> str:
    """For a column of changes without a word of its own (`+/–`, `Change`), the header of the column that it belongs to."""
    if block.cell is None or not _BARE_CHANGE.fullmatch(last.strip()):
        return ""
    return headers.get((block.cell.table, block.cell.column - 1), "")


def _placed_percents(doc: Doc) -> Iterator[Span]:
    headers = _left_headers(doc)
    for block, place in _numeric_blocks(doc):
        last = place.split(" / ")[-1]
        if before := _of_column_before(block, last, headers):
            if _PERCENT_PLACE.search(before) and not _SEAT_PLACE.search(before):
                yield from _placed(doc, block, "PERCENT", "percentages.placed", True)
            continue
        if (
            _PERCENT_PLACE.search(place)
            and not re.search(r"\bvotes\b(?!.*%)", last, re.IGNORECASE)
            and not (_SEAT_PLACE.search(last) and not _PERCENT_PLACE.search(last))
        ):
            yield from _placed(doc, block, "PERCENT", "percentages.placed", bool(_CHANGE_PLACE.search(place)))


def _placed_seats(doc: Doc) -> Iterator[Span]:
    headers = _left_headers(doc)
    for block, place in _numeric_blocks(doc):
        last = place.split(" / ")[-1]
        if before := _of_column_before(block, last, headers):
            if re.search(r"seat|mandate|deput|\bMPs?\b|members", before, re.IGNORECASE):
                yield from _placed(doc, block, "SEATS", "seats.placed", True)
            continue
        if block.cell and _MEMBERS.fullmatch(last.strip()):
            first = headers.get((block.cell.table, 0), "")
            if re.search(r"part(?:y|ies)|group|faction|alliance|list|caucus", first, re.IGNORECASE):
                yield from _placed(doc, block, "SEATS", "seats.placed", False)
            continue
        if (
            block.field
            and block.field.group is None
            and re.search(r"election$", last, re.IGNORECASE)
            and not re.search(r"seat", last, re.IGNORECASE)
        ):
            continue
        seats = _SEAT_PLACE.search(last) or (_SEAT_PLACE.search(place) and not _NOT_SEATS.search(last))
        if not seats or _NOT_SEATS.search(last):
            continue
        bare = last.strip() in ("Total", "total", "Won", "won", "List", "PR", "±", "FPTP", "SMD") or _CHANGE_PLACE.fullmatch(
            last.strip()
        )
        if not bare or re.search(r"seat|mandate|deput", place, re.IGNORECASE):
            yield from _placed(doc, block, "SEATS", "seats.placed", bool(_CHANGE_PLACE.search(place)))


def _placed(doc: Doc, block: Block, label: str, rule: str, change: bool) -> Iterator[Span]:
    """The number that fills a cell or infobox value, with its sign where the column is one of changes."""
    text = document_of(doc).text[block.start : block.end]
    number = re.search(r"(?P<sign>[+\-−–▼▽▲△]?)\s?(?P<digits>\d[\d,.\u00a0\u202f]*)", text)
    if not number:
        return
    glued = number["sign"] in tuple("+-−–") and number.end("sign") == number.start("digits")
    start, end = block.start + number.start("sign" if glued else "digits"), block.start + number.end("digits")
    span = doc.char_span(start, end, label=label, span_id=rule)
    digits = number["digits"].rstrip(".,")
    if span is None or not digits:
        return
    captures = {"number": digits}
    reading: Any = normalise_percent(digits, captures, {}) if label == "PERCENT" else normalise_seats(digits, captures, {})
    if reading is not None:
        negative = number["sign"] in ("-", "−", "–", "▼", "▽")
        signed = bool(number["sign"]) or change
        span._.reading = _signed(reading, negative, signed)
        yield span


def _signed(reading: PercentReading | SeatsReading, negative: bool, signed: bool) -> PercentReading | SeatsReading:
    amount = Amount(-reading.amount.high, -reading.amount.low) if negative else reading.amount
    if isinstance(reading, PercentReading):
        return replace(reading, amount=amount, change=reading.change or signed)
    return replace(reading, amount=amount, signed=signed)


# -- comparators ------------------------------------------------------------------------------------------------------------


def _comparator_pattern(words: Any) -> tuple[re.Pattern[str], dict[str, Comparator]]:
    table = {str(word): value for word, value in words.items()}
    longest = sorted(table, key=len, reverse=True)
    pattern = (
        r"(?:^|[^\w-])("
        + "|".join(re.escape(word).replace(r"\ ", r"[ \u00a0]") for word in longest)
        + r")[ \u00a0](?:an?[ \u00a0])?$"
    )
    return re.compile(pattern, re.IGNORECASE), table


def _with_comparator(doc: Doc, span: Span, comparators: tuple[re.Pattern[str], dict[str, Comparator]]) -> Span:
    pattern, table = comparators
    found = pattern.search(document_of(doc).text[max(0, span.start_char - 32) : span.start_char])
    reading = span._.reading
    bare = document_of(doc).text[span.end_char - 1].isdigit()
    if (found and not bare) or (
        found and not re.match(r"[ \u00a0](?:to|and)[ \u00a0]\d", document_of(doc).text[span.end_char : span.end_char + 6])
    ):
        word = " ".join(found.group(1).lower().split())
        span._.reading = replace(reading, amount=replace(reading.amount, comparator=table[word]))
    return span


def _as_span(doc: Doc, match: Match, reading: PercentReading | SeatsReading) -> Iterator[Span]:
    start = match.start
    if isinstance(reading, PercentReading) and match.text[0] in "+-−–":
        before = document_of(doc).text[max(0, match.start - 1) : match.start]
        if before and (_LETTER.match(before) or before.isdigit()):
            reading = replace(reading, amount=Amount(-reading.amount.high, -reading.amount.low), change=False)
            start += 1  # a dash, no sign
    span = doc.char_span(start, match.end, label=match.rule.label, span_id=match.rule.id)
    if span is None:
        note_lost(
            doc,
            Lost(match.rule.label, start, match.end, document_of(doc).text[start : match.end], match.rule.id, "it cuts a word"),
        )
        return
    span._.reading = reading
    yield span

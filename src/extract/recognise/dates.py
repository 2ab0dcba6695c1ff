"""The finder of time expressions: rules find them, what stands around them may refuse them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.calendar import Point
from extract.normalise.dates import DateReading, join_time
from extract.recognise.date_refusals import NOWADAYS, refusal
from extract.recognise.mention import note_lost, set_spans
from extract.recognise.rules import Match, RuleMatcher, read_match
from extract.rules import RuleSet
from extract.text.document import document_of

KEY = "dates"

Profile = Literal["plain", "vague", "timeml"]
"""`plain`: the dates of records. `vague`: with `now`, `recently`, `several years`. `timeml`: all that TimeML annotates, and as it
does, the two dates of a range apart."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The expression `text[start:end]` that a match gave; two matches may give one, and one match two."""

    match: Match
    start: int
    end: int
    reading: DateReading


class DateFinder:
    """The component of time expressions: leaves them in `doc.spans["dates"]`, each with a DateReading."""

    def __init__(self, rules: RuleSet, vocab: Vocab, profile: Profile = "plain") -> None:
        """Compiles the rules of `dates.yml`, and for the other profiles those of `timeml.yml`. Raises RuleError."""
        self.profile = profile
        more = [rule for rule in rules.file("timeml").rules if profile in ("timeml", rule.value.get("profile"))]
        self.matcher = RuleMatcher([*rules.file("dates").rules, *(more if profile != "plain" else ())], vocab)

    def __call__(self, doc: Doc) -> Doc:
        set_spans(doc, KEY, self._spans(doc))
        return doc

    def _spans(self, doc: Doc) -> Iterator[Span]:
        text = document_of(doc).text  # spaCy would join its own anew each time
        for found in _join_times(text, self._found(doc, text), is_timeml=self.profile == "timeml"):
            span = doc.char_span(found.start, found.end, label=found.match.rule.label, span_id=found.match.rule.id)
            if span is None or _is_stamp(text, found):
                note_lost(doc, found.match.lost("the time stamp of a recording" if span else "it cuts a token in two"))
            else:
                span._.reading = found.reading
                yield span

    def _found(self, doc: Doc, text: str) -> Iterator[_Found]:
        matches = self.matcher.find(doc)
        persons = _mask(doc, text)
        eras = [(match.start, "B" in match.text.upper()) for match in matches if match.rule.id == "dates.era"]
        for match in matches:
            reason = _in_person(match, persons) or refusal(document_of(doc), match) or _no_old_year(match, eras)
            reading = None if reason else read_match(match)
            if reason == NOWADAYS and self.profile != "plain":
                reading = DateReading("DATE", value="PRESENT_REF")
            if not isinstance(reading, DateReading):
                note_lost(doc, match.lost(reason or "the calendar has no such day"))
            else:
                yield from self._readings(text, match, _in_era(reading, match, eras))

    def _readings(self, text: str, match: Match, reading: DateReading) -> Iterator[_Found]:
        """What a match gives in this profile."""
        is_timeml = self.profile == "timeml"
        mark = _range_mark(match) if reading.end is not None else None
        is_life = mark is not None and _is_life(text, match, reading)
        if reading.end is not None and mark and (is_timeml or is_life or mark.group().strip().isalpha()):
            first = replace(reading, end=None)
            yield _Found(match, match.start, match.start + mark.start(), first)
            yield _Found(match, match.start + mark.end(), match.end, replace(first, point=reading.end, is_death=is_life))
        elif is_timeml and (most := match.offsets.get("most")):
            least, longest = (replace(reading, value=value) for value in (reading.value or "").split("/"))
            yield _Found(match, match.start, match.offsets["count"][1], least)
            yield _Found(match, most[0], match.end, longest)
        else:
            yield _Found(match, match.start, match.end, reading.as_timeml() if is_timeml else reading)


def _mask(doc: Doc, text: str) -> bytearray:
    """For each character of the text 1 where it is in the name of a person."""
    mask = bytearray(len(text))
    for span in doc.spans.get("names", ()):
        if span.label_ == "PERSON":
            mask[span.start_char : span.end_char] = b"\1" * (span.end_char - span.start_char)
    return mask


def _in_person(match: Match, persons: bytearray) -> str | None:
    is_word = not any(character.isdigit() for character in match.text) and match.rule.value.get("kind") != "holiday"
    return "it is in a person's name" if is_word and all(persons[match.start : match.end]) else None


_ERAS = 3
"""In a text with so many years of an era, a bare number of two or three digits behind a preposition is a year of it too."""


def _no_old_year(match: Match, eras: list[tuple[int, bool]]) -> str | None:
    if match.rule.id != "dates.old_year" or len(eras) >= _ERAS:
        return None
    return "the text does not tell of such old times"


def _in_era(reading: DateReading, match: Match, eras: list[tuple[int, bool]]) -> DateReading:
    """An old year in the era of the nearest year that names one; every other reading as it is."""
    if match.rule.id != "dates.old_year":
        return reading
    index = bisect_left(eras, (match.start, False))
    is_before_christ = min(eras[max(0, index - 1) : index + 1], key=lambda era: abs(era[0] - match.start))[1]
    point = reading.point
    assert point is not None and point.year is not None
    return replace(reading, point=Point(1 - point.year)) if is_before_christ else reading


_RANGE_MARK = re.compile(r"\s*(?:-|–|—|/|\b(?:to|through|until|till|and)\b)\s*")


def _range_mark(match: Match) -> re.Match[str] | None:
    """What stands between the two dates of a range; where it is a word (`9 to 14 July`), they are two expressions."""
    second = min((match.offsets[name][0] for name in ("day2", "month2", "year2") if name in match.offsets), default=match.start)
    return max(_RANGE_MARK.finditer(match.text, 0, second - match.start), key=lambda found: found.end(), default=None)


_LIFE_BEGINS, _LIFE_ENDS = re.compile(r"\([^()]*$"), re.compile(r"\s?\)")
_NOTE, _LIFE = 200, 18
"""So long is what a bracket says before a life (how a name is spoken), and so many years last one, not a term."""


def _is_life(text: str, match: Match, reading: DateReading) -> bool:
    """Whether a range is the days of a life: `(6 August 1916 – 20 August 2012)`."""
    born, died = reading.point, reading.end
    if born is None or died is None or not (born.day and died.day and born.year and died.year):
        return False
    is_in_brackets = _LIFE_BEGINS.search(text, max(0, match.start - _NOTE), match.start) and _LIFE_ENDS.match(text, match.end)
    return bool(is_in_brackets) and died.year - born.year >= _LIFE


_BESIDE = re.compile(r",? | [-–•·|] ")
_JOINED = re.compile(r"(?:,? (?:at|on|of|at around|at about) |, ?| [-–•·|] | )(?:the )?")
"""What may stand between a day and its time; in TimeML, which does not join what a preposition parts, only `_BESIDE`."""


def _join_times(text: str, found: Iterable[_Found], is_timeml: bool) -> list[_Found]:
    """A day and its time of day are one expression: `8 p.m. Monday`, `November 8, 2023 at 11:30 p.m.`."""
    between = _BESIDE if is_timeml else _JOINED
    joined: list[_Found] = []
    for each in found:
        before = joined[-1] if joined else None
        is_beside = before and between.fullmatch(text, before.end, each.start) and not _begins_sentence(text, before, each)
        reading = join_time(before.reading, each.reading) if before and is_beside else None
        if before and reading is not None:
            joined[-1] = _Found(before.match, before.start, each.end, reading)
        else:
            joined.append(each)
    return joined


_TO_STAMP = re.compile(r"\b(?:at|by|until|till|from|to|since|after|before|around|about|between|and|on|of) $", re.IGNORECASE)


def _is_stamp(text: str, found: _Found) -> bool:
    """A time to the second with neither day nor zone nor `at` before it is that of a recording: `so 00:01:45 and left`."""
    point = found.reading.point
    is_bare = point is not None and point.seconds is not None and point.zone is None and point.day is None
    return is_bare and not _TO_STAMP.search(text, max(0, found.start - 8), found.start)


def _begins_sentence(text: str, before: _Found, each: _Found) -> bool:
    """`It shut at 6 p.m. The day before, …`"""
    return text[before.end - 1] == "." and text[each.start].isupper() and each.reading.offset is not None

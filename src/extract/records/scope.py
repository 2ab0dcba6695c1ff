"""What a figure speaks of: the final result of which election, or something that cannot be compared.

Nothing is said for a figure of a poll, a forecast, a count that is not finished, a district, a part of the seats, or of an
election that the text does not settle: silence is better than a false alarm.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.normalise.values import DateValue, SeatsValue
from extract.records.record import Record
from extract.records.stated import Figure
from extract.records.wordings import Wordings, load_wordings

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_ELECTION_DATE = re.compile(r"^(?:election|polling)?[ _]?(?:date|day)$", re.IGNORECASE)
_PREVIOUS = re.compile(r"previous|last[ _]election", re.IGNORECASE)
_SEATS_AFTER = re.compile(r"seats[ _]?after", re.IGNORECASE)
_SEATS_WON = re.compile(r"seats[ _]?won", re.IGNORECASE)
_COUNTRY = re.compile(r"country|state|territory|jurisdiction", re.IGNORECASE)

# -- not the final result ---------------------------------------------------------------------------------------------------

_CLOCK = re.compile(r"\bby \d\d?[:.]\d\d|\b[ap]\.?m\b", re.IGNORECASE)  # a count of that hour
_ANOTHER_TIME = re.compile(
    r"\b(?:previous|last|earlier|preceding|next|following|subsequent|former|first|second|third|inaugural|founding|"
    r"repeat(?:ed)?|"
    r"rerun) (?:\w+ )?(?:election|vote|ballot|poll|parliament|legislature|term|round|time)s?\b|\bround\b|"
    r"\brun-?off\b|\bago\b|"
    r"\b(?:years?|months?|weeks?|decades?) (?:earlier|later|before|after)\b|\bbefore that\b|\bpreviously\b|"
    r"\bformerly (?:had|held)\b|\bearlier\b|\boutgoing\b|\bat the time\b|\buntil then\b|\bused to\b|"
    r"\bsince then\b|\bhistor|\brecord (?:low|high)\b|\bnow (?:has|have|holds?)\b|\bonce (?:had|held|won)\b|"
    r"\bever\b|\bnever\b",
    re.IGNORECASE,
)
_PART_OF_THE_SEATS = re.compile(
    r"\b(?:constituenc|district|single[- ](?:member|mandate|seat)|majoritarian|first[- ]past|proportional|party[- ]?list|"
    r"(?:from|on|through|via|by) (?:the |its |their )?(?:\w+ )?lists?\b|nation-?wide list|compensat|level+ing|overhang|"
    r"direct(?:ly)? (?:mandate|elected|seat)|reserved|quota|women|female|additional|further\b|extra\b|more\b|"
    r"another\b|outright|"
    r"appointed|caucus|joined|joining|faction|up for|together\b|combined\b|jointly\b|between them\b)",
    re.IGNORECASE,
)
_PART_OF_THE_VOTE = re.compile(
    r"\b(?:constituenc|district|single[- ](?:member|mandate|seat)|province|abroad|diaspora|overseas|postal|absentee|"
    r"villages?\b|"
    r"precincts?\b|polling stations? (?:in|of)|cit(?:y|ies)\b|towns?\b|the capital\b|in the (?:north|south|east|west|cent)|"
    r"among\b|young|rural|urban|of (?:the )?(?:seats|deputies|members|mandates|party|delegates)\b|approval|rating|nationally|"
    r"region)",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"^\W*(?:of (?:them|these|those|which|whom|its|their)\b|women\b|new\b|more\b|fewer\b|less\b|short\b|ahead\b|behind\b)|"
    r"^ (?!of |in |for |to |and |or )[\w-]+ (?:seats?|mandates?|places|members|deputies)\b"  # seats of one kind
)
_PART_BEFORE = re.compile(
    r"\b(?:gain\w*|los[et]\w*|add(?:s|ed|ing)?|plus|lead of|margin of|majority of|swing of|by|including|additional|another|"
    r"further|extra|of|which|whom|them|least|for|contest\w*|field\w*|stood in|ran in|need\w*|require\w*|"
    r"want\w*|seek\w*|short of) (?:(?:the|a|an|its|their|all|some|about|over|nearly) )*$",
    re.IGNORECASE,
)
# What the number is a share of, or seats of, where that is told: the votes, the whole chamber, or something else.
_OF_THE_VOTE = re.compile(r"(?:the |all )?(?:\w+ )?(?:votes?|ballots?|poll)\b(?! (?:cast )?(?:by|from|in)\b)", re.IGNORECASE)
_OF = re.compile(r"^\W*of (?=\w)")
_ELSEWHERE = re.compile(
    r"^(?: (?:seats?|mandates|deputies|members|mps))? (?:of|for|in|from|on|at) "
    r"(?!(?:the |a |all |its |their )?(?:\w+ ){0,2}(?:\d|parliament|assembly|chamber|house|senate|council|legislature|duma|"
    r"congress|diet|rada|sejm|election|vote|ballot|total|all))",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"^\W*(?:seats? )?(?:out )?of (?:the |its |all )?(\d+)\b")
_OTHER_BALLOT = re.compile(
    r"presidential|mayoral|municipal|\blocal\b|regional|\beuropean\b|senat|upper house|referendum|gubernatorial|council|"
    r"provincial|state election",
    re.IGNORECASE,
)
_LIST = re.compile(r"\blists?\b", re.IGNORECASE)
# The header of a column that tells which of many contests a row is of.
_CONTEST = re.compile(
    r"\W*(?:winn(?:er|ing)|elected (?:member|mayor)|wards?\b|constituenc|(?:electoral )?(?:district|division)s?\b|"
    r"seats? name|riding|precinct)",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\bround\b|run-?off", re.IGNORECASE)
# A sentence that says who gave out a figure: then two figures in it are two accounts of one thing, not two elections.
_ACCOUNT = re.compile(
    r"\b(?:was|were|is|are|been) reported\b|\breported to have\b|\bchang\w+ (?:the|its|their) (?:report|figure|result)|"
    r"\bmaintain(?:s|ed|ing)? (?:that )?(?:it|they|the party)\b|\binsist|"
    r"\bdisput\w+ (?:the|this|that)|\baccording to (?:the|its|their|official)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:up|down|compared|against|than|from|after|since|unlike|instead|previous|earlier|before|where|who|which|when)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\b(?:(?:up|down|rising|falling) from|compared (?:to|with)|against|(?:more|fewer|less) than) [^,;.]*", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:from|between) $", re.IGNORECASE)
# A name behind `in`: a place, unless it is a month or a chamber.
_IN_PLACE = re.compile(
    r"\b[Ii]n (?:the )?(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Parliament|"
    r"Assembly|National|House|Chamber|Congress|Council|Senate)\b)([A-Z]\w+)|"
    r"\b(?:[Aa]cross|[Tt]hroughout|[Aa]round|[Nn]ear|[Oo]n)(?! (?:January|February|March|April|May|June|July|August|"
    r"September|October|"
    r"November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b) (?:the )?([A-Z]\w+)"
)

# Before a place: `On Savaii`; behind one: `Colombo: UNF 12, PA 6`.
_ON_PLACE = re.compile(r"\b(?:[Oo]n|[Ii]n|[Aa]t|[Ff]or) (?:the )?$")
_NAMED_LEAD = re.compile(
    r"(?!(?:Final |Official |Overall )?(?:Results?|Seats|Composition|Total|Parliament|Assembly|Council|House)\b)"
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}:\s"
)
_LEAD = re.compile(r"[\w .'-]{1,40}:\s")


@dataclass(frozen=True, slots=True)
class _Date:
    """A date of the text and the ISO days that bound it; `at` counts in its sentence."""

    record: Record
    start: str
    end: str
    at: int

    @property
    def year(self) -> str | None:
        return self.start[:4] if self.start[:4] == self.end[:4] else None


class Scope:
    """Knows of one document which election it reports, and which dates stand around a figure.

    `is_renewed_in_part`: its infobox tells seats won apart from seats after the election, so that two numbers are right.
    """

    def __init__(self, records: Sequence[Record], wordings: Wordings | None = None) -> None:
        """`wordings`: None for the packaged ones."""
        self._wordings = wordings or load_wordings()
        self._sentences: dict[int, list[Record]] = {}
        for record in records:
            self._sentences.setdefault(record.source.sentence.index, []).append(record)
        self._rows: dict[tuple[object, object], list[Record]] = {}
        for record in records:
            if record.source.locator and "table" in record.source.locator:
                place = record.source.locator["table"], record.source.locator.get("row")
                self._rows.setdefault(place, []).append(record)
        self._paragraphs = _count_paragraphs(records)
        plain = (record for record in records if not {"field", "table"} & (record.source.locator or {}).keys())
        self._dates_of_text = [date for date in map(_date, plain) if date]
        self._dated_sentences = [date.record.source.sentence.index for date in self._dates_of_text]
        self._row_years = _row_years(records)
        self._title = next((record.source.section[0] for record in records if record.source.section), "")
        self._sizes = {
            record.value.seats
            for record in records
            if isinstance(record.value, SeatsValue) and record.value.role == "total" and "field" in (record.source.locator or {})
        }
        self.is_renewed_in_part = any(_key(record, _SEATS_AFTER) for record in records) and any(
            _key(record, _SEATS_WON) for record in records
        )
        self._has_years = any(map(_date, records))
        days = [date for date in map(_date, records) if date and _key(date.record, _ELECTION_DATE)]
        self._day = days[0] if len({day.start for day in days}) == 1 else None
        self.main = self._main_year(days)
        previous = {date.year for date in map(_date, records) if date and _key(date.record, _PREVIOUS)}
        self.previous = previous.pop() if len(previous) == 1 else None
        country = " ".join(_sentence(record) for record in records if _key(record, _COUNTRY))
        self._home = f"{self._title} {country}"

    def _main_year(self, days: Sequence[_Date]) -> str | None:
        """The year of the infobox's election date, else the only year of the title."""
        years = {day.year for day in days} or set(_YEAR.findall(self._title))
        return years.pop() if len(years) == 1 else None

    # -- what can be compared -----------------------------------------------------------------------------------------------

    def election(self, figure: Figure) -> str | None:
        """The year of the election whose final result this is, "" in a text without years, None where it is not settled."""
        if not self.is_result(figure):
            return None
        return self._own_year(figure) if figure.where == "text" else self._place_year(figure)

    def is_result(self, figure: Figure) -> bool:
        """Whether words, headings and headers leave a figure as the final result of a whole election, whichever it is."""
        elsewhere = self._wordings.not_final_heading
        if any(map(elsewhere.search, self.headings(figure.record))) or self.is_part(figure):
            return False
        if figure.where != "text":
            header = "" if figure.kind == "held" else figure.column
            return not (elsewhere.search(header) or self._is_not_final(header) or _ROUND.search(header))
        text = _sentence(figure.record)
        return self.is_same_ballot(figure.record) and (not self._wordings.at_first.search(text) or bool(_ACCOUNT.search(text)))

    def headings(self, record: Record) -> list[str]:
        """The headings above a record, without the title of the document."""
        return [heading for heading in record.source.section if heading != self._title]

    def _is_not_final(self, text: str) -> bool:
        return bool(self._wordings.not_final.search(text) or _CLOCK.search(text))

    def is_account(self, figure: Figure) -> bool:
        """Whether the sentence says who gave the figure out, and the figure does not lead to another (`from 30 to 40%`)."""
        return bool(_ACCOUNT.search(_sentence(figure.record))) and not _FROM.search(text_before(figure.record))

    def is_same_ballot(self, record: Record) -> bool:
        """Whether a sentence reports a whole result: no poll, no district, no other time, no other kind of election."""
        text = _without_comparison(record)
        other = (kind[0].lower() for kind in _OTHER_BALLOT.finditer(text))
        if any(kind not in self._title.lower() for kind in other) or self._is_not_final(text) or _ANOTHER_TIME.search(text):
            return False
        return not self._in_places(record)

    def years_of(self, record: Record) -> set[str | None]:
        """The years that the sentence of a record names."""
        return {date.year for date in self._dates(record)}

    def names_owner(self, figure: Figure) -> bool:
        """Whether the party is named in the sentence itself, or in the row of a table.

        Of `its 77 seats` the text is not certain enough; where columns are parties, rows are polls, places or years.
        """
        if figure.where == "infobox":
            return True
        others = self._sentences[figure.record.source.sentence.index]
        if figure.where == "table":
            others = self._rows.get((figure.table, figure.row), [])
        return any(getattr(other.value, "entity", None) == figure.party for other in others)

    def is_one_of_many(self, figure: Figure) -> bool:
        """Whether the row of a table is a contest of its own: it names its winner, or the ward or constituency it was in."""
        row = self._rows.get((figure.table, figure.row), []) if figure.where == "table" else []
        columns = {str((other.source.locator or {}).get("column", "")) for other in row}
        return any(map(_CONTEST.match, columns))

    def is_part(self, figure: Figure) -> bool:
        """Whether the words around a figure make it a part of a result: seats of one kind, votes of one place."""
        text = figure.column if figure.where != "text" else _sentence(figure.record)
        if figure.kind == "vote_share":
            return bool(_PART_OF_THE_VOTE.search(text)) or (figure.where == "text" and _is_of_other(figure.record))
        if figure.where != "text":
            return bool(_PART_OF_THE_SEATS.search(text) or _LIST.search(text))
        before, after = text_before(figure.record), text_after(figure.record)
        if _PART_OF_THE_SEATS.search(text) or _PART_AFTER.match(after) or _PART_BEFORE.search(before):
            return True
        whole = _OUT_OF.match(after)
        return bool(_ELSEWHERE.match(after)) or bool(whole and self._sizes and int(whole[1]) not in self._sizes)

    def _in_places(self, record: Record) -> bool:
        """Whether the sentence speaks of what happened in a place other than the country of the document."""
        text = _sentence(record)
        if any(_ON_PLACE.search(text[:at]) or _LEAD.match(text[at:]) for at in self._places_elsewhere(record)):
            return True
        if (lead := _NAMED_LEAD.match(text)) and (self._parties(record, 0, lead.end()) == 0 or self._parties(record, lead.end())):
            return True  # `Strelsau: Blue Party 9, Red Party 1`
        return any((found[1] or found[2]) not in self._home for found in _IN_PLACE.finditer(_without_comparison(record)))

    def _parties(self, record: Record, start: int, end: int | None = None) -> int:
        """How many parties are named in a part of the record's sentence."""
        others = self._sentences[record.source.sentence.index]
        places = [place_in_sentence(other) for other in others if other.label == "PARTY"]
        return sum(start <= place and (end is None or place < end) for place in places)

    def _places_elsewhere(self, record: Record) -> Iterator[int]:
        """Where the sentence names places other than the country of the document."""
        for other in self._sentences[record.source.sentence.index]:
            if other.label in ("GPE", "LOC") and other.text not in self._home:
                yield place_in_sentence(other)

    # -- years --------------------------------------------------------------------------------------------------------------

    def _dates(self, record: Record) -> list[_Date]:
        found = (_date(other) for other in self._sentences[record.source.sentence.index])
        return [date for date in found if date]

    def _place_year(self, figure: Figure) -> str | None:
        years = set(_YEAR.findall(figure.column))
        if years:
            return years.pop() if len(years) == 1 else None
        if figure.where == "infobox":
            return self.main or ("" if not self._has_years else None)
        if self.has_dated_rows(figure):
            years = self._row_years[figure.table].get(figure.row, set())
            return next(iter(years)) if len(years) == 1 else None
        return self._context_year(figure.record, whole_section=True)

    def has_dated_rows(self, figure: Figure) -> bool:
        """Whether the rows of its table are of different elections: a column gives their years."""
        return figure.where == "table" and figure.table in self._row_years

    def _own_year(self, figure: Figure) -> str | None:
        """The year that goes with the figure in its sentence, else that of the text around it."""
        at, dates = place_in_sentence(figure.record), self._dates(figure.record)
        if not all(self._fits_day(date) for date in dates):
            return None
        text, marks = _sentence(figure.record), self._marks(figure.record)
        beside = [date for date in dates if date.at > at and not any(at < mark < date.at for mark in marks)]
        beside = [date for date in beside if not _COMPARED.search(text[at : date.at])]
        first = min(marks)
        lead = [date for date in dates if date.at < first]
        rest = [date for date in dates if date not in beside and date not in lead]
        if any(date.at < at or not _COMPARED.search(text[at : date.at]) for date in rest if date.year != self.main):
            return None
        years = {date.year for date in (beside or lead)}
        if not years:
            return self._context_year(figure.record, whole_section=False)
        return years.pop() if len(years) == 1 else None

    def _marks(self, record: Record) -> list[int]:
        """Where the figures of the record's kind stand in its sentence."""
        others = self._sentences[record.source.sentence.index]
        return [place_in_sentence(other) for other in others if other.label == record.label]

    def _fits_day(self, date: _Date) -> bool:
        """False for a day or month of the election's year that is not that of the vote: what came before or after it."""
        if self._day is None or date.year != self.main:
            return True
        return date.start <= self._day.start <= date.end

    def _context_year(self, record: Record, whole_section: bool) -> str | None:
        """The year of the nearest heading that has one, else the document's; None if a date before speaks of another."""
        headings = [set(_YEAR.findall(heading)) for heading in reversed(record.source.section)]
        years = next((years for years in headings if years), set())
        year = years.pop() if len(years) == 1 else None if years else self.main
        if year is None and not any(headings) and not self._has_years:
            return ""
        before = self._date_before(record, whole_section)
        if year is None or (before and (before.year != year or not self._fits_day(before))):
            return None
        return year

    def _date_before(self, record: Record, whole_section: bool) -> _Date | None:
        """The last date of the text before a sentence in its paragraph, or in its section."""
        sentence = record.source.sentence.index
        end = bisect_left(self._dated_sentences, sentence)
        date = self._dates_of_text[end - 1] if end else None
        if date is None or date.record.source.section != record.source.section:
            return None
        near = self._paragraphs[date.record.source.sentence.index] == self._paragraphs[sentence]
        return date if whole_section or near else None


def _count_paragraphs(records: Sequence[Record]) -> dict[int, int]:
    """The paragraph of each sentence: lines without an empty one between; lines without a record count as empty."""
    paragraphs: dict[int, int] = {}
    number, line = 0, 0
    for record in records:
        number += record.source.line - line > 1
        line = record.source.line
        paragraphs.setdefault(record.source.sentence.index, number)
    return paragraphs


def _date(record: Record) -> _Date | None:
    value = record.value
    if not isinstance(value, DateValue) or not value.start or not value.end:
        return None
    return _Date(record, value.start, value.end, place_in_sentence(record))


def _row_years(records: Sequence[Record]) -> dict[int, dict[int, set[str]]]:
    """The years that stand in the rows of tables, by table and row."""
    tables: dict[int, dict[int, set[str]]] = {}
    for record in records:
        locator = record.source.locator or {}
        table, row, date = locator.get("table"), locator.get("row"), _date(record)
        if isinstance(table, int) and isinstance(row, int) and date and date.year:
            tables.setdefault(table, {}).setdefault(row, set()).add(date.year)
    return tables


def _key(record: Record, pattern: re.Pattern[str]) -> bool:
    key = (record.source.locator or {}).get("field")
    return isinstance(key, str) and bool(pattern.search(key))


# -- the words around a record ----------------------------------------------------------------------------------------------


def _sentence(record: Record) -> str:
    return record.source.sentence.text


def _without_comparison(record: Record) -> str:
    """The sentence without `up from 20 at the last election`, unless the record stands in it."""
    at = place_in_sentence(record)
    return _TAIL.sub(lambda found: found[0] if found.start() <= at < found.end() else "", _sentence(record))


def place_in_sentence(record: Record) -> int:
    """Where the text of a record begins in its sentence's visible text: of its occurrences the one that fits its place best."""
    source, text = record.source, _sentence(record)
    span = max(source.sentence.end - source.sentence.start, 1)
    expected = (source.start - source.sentence.start) * len(text) / span
    places = [found.start() for found in re.finditer(re.escape(record.text), text)]
    return min(places, key=lambda place: abs(place - expected)) if places else round(expected)


def text_before(record: Record) -> str:
    return _sentence(record)[: place_in_sentence(record)]


def text_after(record: Record) -> str:
    return _sentence(record)[place_in_sentence(record) + len(record.text) :]


def _is_of_other(record: Record) -> bool:
    """Whether a percentage is told to be of something else than the votes: `40% of its budget`."""
    after = text_after(record)
    found = _OF.match(after)
    return bool(found and not _OF_THE_VOTE.match(after, found.end()))

"""The ledger of claims: for each election, body and party the figures that are given, and who gives them, side by side."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from extract.normalise.values import NameValue
from extract.outputs.reading import Output, published_day
from extract.records.record import DocumentLine, Record
from extract.records.scope import Scope, place_in_sentence
from extract.records.stated import Figure, agree, stated_figures
from extract.records.wordings import KINDS, Wordings, load_wordings

_KINDS = {"vote_share": "share of the vote", "won": "seats won", "held": "seats held", "total": "seats in all"}

_OF_SOMETHING_ELSE = ("part", "poll", "exit poll")  # they contradict nothing
_SPEAKERS = ("ORG", "PERSON", "PARTY", "GPE")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure as one place gives it.

    `wording`: `stated`, `official`, `preliminary`, `exit poll`, `poll`, `contested`, or `part` for seats or votes of one kind or
    place. `by`: who gives it, where the sentence says so.
    """

    shown: str
    low: float
    high: float
    wording: str
    by: str | None
    document: str
    published: str | None
    section: tuple[str, ...]
    line: int
    sentence: str
    record: str


@dataclass(slots=True)
class Entry:
    """What is claimed of one party in one election: `kind` is `share of the vote`, `seats won`, `seats held` or `seats in all`.

    `differ`: whether two figures that are neither polls nor parts cannot both be true. `audit`: what the audit
    says of any of them.
    """

    election: str
    body: str | None
    party: str
    entity: str | None
    kind: str
    claims: list[Claim] = field(default_factory=list)
    differ: bool = False
    audit: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The entry as plain JSON data."""
        return asdict(self)


class Ledger:
    """Takes documents, one after the other, and gives the entries of all of them."""

    def __init__(self, wordings: Wordings | None = None) -> None:
        """`wordings`: None for the packaged ones."""
        self._wordings = wordings or load_wordings()
        self._entries: dict[tuple[str, str, str], Entry] = {}  # in one election, one name is one party
        self._figures: dict[int, list[Figure]] = defaultdict(list)

    def add(self, line: DocumentLine, records: Sequence[Record]) -> None:
        """Another document."""
        for entry, claim, figure in _claims(line, records, self._wordings):
            kept = self._entries.setdefault((entry.election, entry.party, entry.kind), entry)
            kept.claims.append(claim)
            if claim.wording not in _OF_SOMETHING_ELSE:
                self._figures[id(kept)].append(figure)

    def entries(self, output: Output) -> list[Entry]:
        """The entries by election, then in the order in which they are first spoken of, with what the audit says of them."""
        said = _audit_messages(output)
        for entry in self._entries.values():
            entry.differ = _differ(self._figures[id(entry)])
            entry.audit = list(dict.fromkeys(message for claim in entry.claims for message in said.get(claim.record, ())))
        return sorted(self._entries.values(), key=lambda entry: entry.election)


def ledger(output: Output, wordings: Wordings | None = None) -> list[Entry]:
    """The entries of an output folder."""
    made = Ledger(wordings)
    for line, records in output.by_document():
        made.add(line, records)
    return made.entries(output)


def _audit_messages(output: Output) -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for line in output.audit():
        for record in line.records:
            said[record].append(line.message)
    return said


def _differ(figures: Sequence[Figure]) -> bool:
    """Whether any two figures cannot both be true; one of each kind is compared."""
    told = list({(figure.low, figure.high, figure.value.comparator, figure.unit): figure for figure in figures}.values())
    return any(not agree(a, b) for number, a in enumerate(told) for b in told[:number])


def _claims(line: DocumentLine, records: Sequence[Record], wordings: Wordings) -> Iterator[tuple[Entry, Claim, Figure]]:
    figures = [figure for figure in stated_figures(records) if figure.kind in _KINDS]
    if not figures:
        return
    scope, events, body = Scope(records, wordings), _elections(records, wordings.ballot), _body(records, wordings.body)
    sentences: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        sentences[record.source.sentence.index].append(record)
    published, title = published_day(line), line.title or line.document
    for figure in figures:
        if not figure.party and figure.kind != "total":
            continue
        year = scope.election(figure) or scope.main or ""
        entry = Entry(
            election=events.get(year) or (f"{year} ({title})" if year else title),
            body=body,
            party=figure.name or body or "",
            entity=figure.party if figure.party.startswith("e_") else None,
            kind=_KINDS[figure.kind],
        )
        beside = sentences[figure.record.source.sentence.index]
        yield entry, _claim(figure, scope, beside, published, wordings), figure


def _elections(records: Iterable[Record], ballot: re.Pattern[str]) -> dict[str, str]:
    """The election of each year that a document names, the one it names most."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        name = getattr(record.value, "name", "")
        if record.label == "EVENT" and ballot.search(name) and (year := re.search(r"\b(?:1[89]|20)\d\d\b", name)):
            counts[year[0]][name] += 1
    return {year: max(names, key=lambda name: (names[name], len(name))) for year, names in counts.items()}


def _body(records: Iterable[Record], body: re.Pattern[str]) -> str | None:
    """The chamber that a document names most, None where it names none."""
    organisations = (record.value.name for record in records if record.label == "ORG" and isinstance(record.value, NameValue))
    names = Counter(name for name in organisations if body.search(name))
    return max(names, key=lambda name: names[name]) if names else None


def _claim(figure: Figure, scope: Scope, beside: Sequence[Record], published: str | None, wordings: Wordings) -> Claim:
    record, source = figure.record, figure.record.source
    return Claim(
        shown=figure.shown,
        low=float(figure.low),
        high=float(figure.high),
        wording="part" if scope.is_part(figure) else _wording(figure, scope.headings(record), wordings.kinds),
        by=_by(record, beside, wordings),
        document=source.document,
        published=published,
        section=source.section,
        line=source.line,
        sentence=source.sentence.text,
        record=record.id,
    )


def _wording(figure: Figure, headings: Sequence[str], kinds: re.Pattern[str]) -> str:
    """The nearest wording before a figure in its sentence or column, else the nearest behind it, else that of its headings."""
    at = place_in_sentence(figure.record)
    text = figure.record.source.sentence.text if figure.where == "text" else figure.column
    cues = list(kinds.finditer(text))
    before = [cue for cue in cues if cue.end() <= at]
    behind = [cue for cue in cues if cue.start() > at]
    heading = kinds.search(" > ".join(headings))
    cue = before[-1] if before else behind[0] if behind else heading
    return list(KINDS)[int((cue.lastgroup or "w0")[1:])] if cue else "stated"


def _by(record: Record, beside: Sequence[Record], wordings: Wordings) -> str | None:
    """Whom the sentence names as the giver of a figure: the nearest name that stands where such a one stands."""
    at, text = place_in_sentence(record), record.source.sentence.text
    givers: list[tuple[int, str]] = []
    for other in beside:
        start = place_in_sentence(other)
        gives = start < at and wordings.gives.match(text, start + len(other.text))
        if other.label in _SPEAKERS and isinstance(other.value, NameValue) and (gives or wordings.given_by.search(text[:start])):
            givers.append((abs(start - at), other.value.name))
    return min(givers)[1] if givers else None

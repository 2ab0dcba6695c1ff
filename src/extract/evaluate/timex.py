"""Time expressions against a public corpus, scored as TempEval-3 does.

UzZaman et al., SemEval-2013 Task 1: TempEval-3. `strict` counts spans that are the same, `relaxed` spans that overlap. `type` and
`value` are the relaxed F1 times the share of overlapping pairs whose attribute is right. Value and type of an expression are
compared as they are written, but for an empty value, which only an empty value equals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import RecordError
from extract.evaluate.counts import Counts
from extract.normalise.values import DateValue
from extract.outputs.files import read_lines
from extract.pipeline import Pipeline
from extract.sources import read_string

FIGURES = ("strict", "relaxed", "type", "value")


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression `text[start:end]` (code points, end exclusive) with its TIMEX3 type, value and modifier."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class TimexDocument:
    """A document of a corpus: its text, the day it was made (`dct`, ISO, None if the corpus has none) and its expressions."""

    name: str
    text: str
    dct: str | None
    timexes: tuple[Timex, ...]


@dataclass(frozen=True, slots=True)
class TimexMistake:
    """Where gold and the tagger differ: either side None where it has nothing there."""

    document: str
    gold: Timex | None
    found: Timex | None
    context: str


@dataclass(frozen=True, slots=True)
class TimexScores:
    """The four figures over all documents, and what went wrong."""

    documents: tuple[str, ...]
    figures: Mapping[str, Counts]
    mistakes: tuple[TimexMistake, ...]

    def as_json(self) -> dict[str, Any]:
        """The figures as plain JSON data."""
        return {"documents": list(self.documents), **{name: count.as_json() for name, count in self.figures.items()}}


def read_timexes(path: Path) -> Iterator[TimexDocument]:
    """The documents of a file of `{doc, dct, text, timexes: [[start, end, type, value, mod]]}` lines.

    Raises RecordError with file and line for one that is none of these, or whose spans lie outside of its text.
    """
    for number, line in read_lines(path):
        try:
            timexes = tuple(Timex(*item) for item in line["timexes"])
            document = TimexDocument(str(line["doc"]), line["text"], line.get("dct"), timexes)
        except (KeyError, TypeError) as error:
            raise RecordError(f"{path}:{number}: not a line of {{doc, dct, text, timexes}}: {error!r}") from error
        if any(not 0 <= timex.start < timex.end <= len(document.text) for timex in timexes):
            raise RecordError(f"{path}:{number}: a time expression lies outside of the text")
        yield document


def tag(pipeline: Pipeline, document: TimexDocument) -> list[Timex]:
    """What the pipeline finds in a document, its offsets those of the text."""
    metadata = {"published": document.dct} if document.dct else {}
    analysis = pipeline.analyse(read_string(document.text, name=document.name, format="text", metadata=metadata))
    found = []
    for fact in analysis.facts.values():
        if isinstance(fact.value, DateValue):
            start, end = analysis.document.to_source(fact.mention.start, fact.mention.end)
            found.append(Timex(start, end, fact.value.type, fact.value.timex3, fact.value.mod))
    return sorted(found, key=lambda timex: (timex.start, timex.end))


def score_timexes(pairs: Iterable[tuple[TimexDocument, Sequence[Timex]]]) -> TimexScores:
    """The scores of what was found in each document."""
    names: list[str] = []
    mistakes: list[TimexMistake] = []
    gold = predicted = strict = 0
    matched = dict.fromkeys(("relaxed", "type", "value"), 0)
    for document, found in pairs:
        names.append(document.name)
        gold, predicted = gold + len(document.timexes), predicted + len(found)
        couples = list(_couples(document.timexes, found))
        strict += sum((left.start, left.end) == (right.start, right.end) for left, right in couples)
        matched["relaxed"] += len(couples)
        matched["type"] += sum(left.type == right.type for left, right in couples)
        matched["value"] += sum(left.value == right.value for left, right in couples)
        mistakes += _mistakes(document, found, couples)
    counts = {"strict": Counts.of(gold, predicted, strict)}
    for name, count in matched.items():
        counts[name] = Counts.of(gold, predicted, count)
    return TimexScores(tuple(names), counts, tuple(mistakes))


def _couples(gold: Sequence[Timex], found: Sequence[Timex]) -> Iterator[tuple[Timex, Timex]]:
    """Each expression of gold with the one found that overlaps it most; each is taken once, the same span first."""
    free = list(found)
    rest = []
    for timex in gold:
        same = next((other for other in free if (other.start, other.end) == (timex.start, timex.end)), None)
        if same is None:
            rest.append(timex)
        else:
            free.remove(same)
            yield timex, same
    for timex in rest:
        best = max(free, key=lambda other: _overlap(timex, other), default=None)
        if best is not None and _overlap(timex, best) > 0:
            free.remove(best)
            yield timex, best


def _overlap(one: Timex, other: Timex) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


_AROUND = 70


def _mistakes(document: TimexDocument, found: Sequence[Timex], couples: list[tuple[Timex, Timex]]) -> Iterator[TimexMistake]:
    golds, founds = {left for left, _ in couples}, {right for _, right in couples}
    wrong: list[tuple[Timex | None, Timex | None]] = [
        pair
        for pair in couples
        if (pair[0].start, pair[0].end, pair[0].type, pair[0].value) != (pair[1].start, pair[1].end, pair[1].type, pair[1].value)
    ]
    wrong += [(timex, None) for timex in document.timexes if timex not in golds]
    wrong += [(None, timex) for timex in found if timex not in founds]
    for left, right in wrong:
        place = left or right
        assert place is not None
        context = document.text[max(0, place.start - _AROUND) : place.end + _AROUND]
        yield TimexMistake(document.name, left, right, " ".join(context.split()))

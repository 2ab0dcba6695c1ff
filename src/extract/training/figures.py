"""Texts with annotated figures, as the questions of figures learn from them.

Two forms: rows of JSON Lines, `{"id", "format", "text", "figures": [...]}`, where a figure has the fields of its value and
`text`, `start` (in `text`; left out: the next place where it stands) and its owners' names; and gold folders as `extract eval`
reads them. A row without `text` has `source`: the file where its text stands, for other people's texts.
The names are those that the pipeline finds, with its mistakes, for with these the weights will be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extract.errors import RecordError
from extract.evaluate.annotation import Annotation, read_gold
from extract.normalise.readings import Amount, PercentReading, SeatsReading
from extract.normalise.values import NAME_LABELS
from extract.outputs.files import read_lines
from extract.pipeline import Pipeline
from extract.recognise.mention import Mention, read_mentions
from extract.resolve.entities import document_names, link_corpus
from extract.resolve.fact import INDEPENDENTS
from extract.sources.characters import plain_characters
from extract.sources.document import Document
from extract.sources.find import Source
from extract.sources.read import read_source, read_string
from extract.text.document import make_doc
from extract.text.sentences import Sentence, sentences_of
from extract.training.corpus import corpus_lines


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure `text[start:end]` (text offsets) as a reader annotated it; `kind` is its role or measure (empty
    where the annotation leaves it out), `owners` are names (None where it leaves them out)."""

    label: str
    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    comparator: str
    kind: str
    owners: tuple[str, ...] | None
    each: bool = False


@dataclass(frozen=True)
class Passage:
    """A text with its gold figures and what the pipeline finds in it.

    `mentions` are those of the pipeline, its figures put right: each gold figure is one. `gold` has the gold figures under the
    numbers of their mentions, `right` the numbers of the mentions that name an owner, by the owner's name. `is_gold`: it
    is a document of a folder of gold.
    """

    name: str
    document: Document
    doc: Doc
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    gold: Mapping[int, GoldFigure]
    right: Mapping[str, frozenset[int]]
    is_gold: bool = False


def read_passages(pipeline: Pipeline, paths: Iterable[Path], sources: Path | None = None) -> Iterator[Passage]:
    """The passages of files of rows and of folders of gold, in the order given.

    The documents of gold lie beside it, or in `sources`. Raises RecordError or SourceError.
    """
    for path in paths:
        if path.is_dir():
            yield from _of_gold(pipeline, path, sources)
        else:
            for number, row in read_lines(path):
                yield _of_row(pipeline, row, f"{path}:{number}", sources)


def _of_row(pipeline: Pipeline, row: Mapping[str, Any], where: str, sources: Path | None) -> Passage:
    try:
        text = row["text"] if "text" in row else _text_elsewhere(row["source"], sources, where)
        document = read_string(text, name=row["id"], format=row["format"]).plain()
        figures: list[GoldFigure] = []
        for figure in row["figures"]:
            found = _place(document, figure, figures[-1].end if figures else 0)
            if found is None:
                raise RecordError(f"{where}: {figure['text']!r} does not stand in the text, or not in this order")
            figures.append(_figure(figure, *found))
    except (KeyError, TypeError, AttributeError) as error:
        raise RecordError(f"{where}: not a row of figures: {error!r}") from error
    return _passage(pipeline, document, figures, {})


def _text_elsewhere(source: Mapping[str, Any], sources: Path | None, where: str) -> str:
    """The text of a row that says only where it stands: `start` and `end` in a file, or in some lines of a corpus.

    Raises RecordError where the file is not there.
    """
    path = (sources or Path()) / source["file"]
    if not path.exists():
        raise RecordError(f"{where}: its text stands in {source['file']}, which is not in the folder of sources")
    if "line" not in source:
        whole = path.read_text(encoding="utf-8")
    else:
        whole = " ".join(corpus_lines(path)[source["line"] - 1 : source.get("last_line", source["line"])])
    return str(whole[source["start"] : source["end"]])


def _place(document: Document, figure: Mapping[str, Any], position: int) -> tuple[int, int] | None:
    """Where a figure stands, in text offsets."""
    if "start" in figure:
        return document.offsets.to_text(figure["start"], figure["start"] + len(figure["text"]))
    words = r"\s+".join(map(re.escape, plain_characters(figure["text"]).split()))
    found = re.compile(rf"(?<![\w.,]){words}(?!\w)").search(document.text, position)
    return found.span() if found else None


def _figure(figure: Mapping[str, Any], start: int, end: int) -> GoldFigure:
    is_seats = figure["label"] == "SEATS"
    number = figure.get("seats" if is_seats else "percent")
    low, high = (figure.get("low", 0), figure.get("high", 0)) if number is None else (number, number)
    field = "party" if is_seats else "subject"
    owners = figure.get("subjects") or figure.get(field) or ()
    return GoldFigure(
        label=figure["label"],
        start=start,
        end=end,
        low=Decimal(str(low)),
        high=Decimal(str(high)),
        unit="seats" if is_seats else figure.get("unit", "percent"),
        comparator=figure.get("comparator", "exact"),
        kind=figure.get("role" if is_seats else "measure", ""),
        owners=((owners,) if isinstance(owners, str) else tuple(owners)) if field in figure else None,
        each=figure.get("each", False),
    )


def _of_gold(pipeline: Pipeline, folder: Path, sources: Path | None) -> Iterator[Passage]:
    gold = sorted(read_gold(folder), key=lambda line: line.document)
    for name, lines in groupby(gold, key=lambda line: line.document):
        beside = (place / name for place in (folder, sources) if place and (place / name).exists())
        document = next(iter(read_source(Source(name, next(beside, folder / name)))))
        if isinstance(document, Document):
            yield _of_document(pipeline, document, list(lines))


def _of_document(pipeline: Pipeline, document: Document, lines: Sequence[Annotation]) -> Passage:
    figures, names = [], {}
    for line in lines:
        span = document.offsets.to_text(line.start, line.end)
        if span is None:
            continue
        if line.is_name:
            names[span] = str(line.value["entity"])
        elif line.label in ("PERCENT", "SEATS"):
            value = line.value
            owners = tuple(owner.name for owner in value["owners"])
            bounds = (value["low"], value["high"], value["unit"], value["comparator"], value["kind"])
            figures.append(GoldFigure(line.label, *span, *bounds, owners, value["each"]))
    return replace(_passage(pipeline, document, figures, names), is_gold=True)


def _passage(
    pipeline: Pipeline, document: Document, figures: Sequence[GoldFigure], names: Mapping[tuple[int, int], str]
) -> Passage:
    document = document.plain()
    doc = pipeline.nlp(make_doc(pipeline.nlp, document))
    found = read_mentions(doc)
    mentions = [mention for mention in found if mention.component not in ("percentages", "seats")]
    by_place = {(mention.start, mention.end, mention.label): mention for mention in found}
    right = _mentions_of(pipeline, document, mentions, figures, names)
    read = [(_mention(document, figure, by_place), figure) for figure in figures]
    tagged: list[tuple[Mention, Any]] = [*((mention, number) for number, mention in enumerate(mentions)), *read]
    tagged.sort(key=lambda pair: (pair[0].start, -pair[0].end, pair[0].label))
    place = {old: number for number, (_, old) in enumerate(tagged) if isinstance(old, int)}
    return Passage(
        name=document.name,
        document=document,
        doc=doc,
        sentences=sentences_of(doc),
        mentions=[mention for mention, _ in tagged],
        gold={number: figure for number, (_, figure) in enumerate(tagged) if isinstance(figure, GoldFigure)},
        right={owner: frozenset(place[number] for number in numbers) for owner, numbers in right.items()},
    )


def _mention(document: Document, figure: GoldFigure, found: Mapping[tuple[int, int, str], Mention]) -> Mention:
    """The mention of a gold figure: the one that the pipeline found, or one as it should have been found."""
    same = found.get((figure.start, figure.end, figure.label))
    text = document.text[figure.start : figure.end]
    if same:
        return same
    low, high = sorted((abs(figure.low), abs(figure.high)))
    signed = text[:1] in "+-−–"
    if signed and text[0] != "+":
        low, high = -high, -low
    amount = Amount(low, high, figure.comparator)  # type: ignore[arg-type]
    if figure.label == "SEATS":
        return Mention("SEATS", figure.start, figure.end, text, "seats", "seats.gold", SeatsReading(amount, signed))
    is_point = figure.unit == "percentage_point"
    reading = PercentReading(amount, figure.unit, is_point or signed)  # type: ignore[arg-type]
    return Mention("PERCENT", figure.start, figure.end, text, "percentages", "percentages.gold", reading)


# -- which mentions name an owner ------------------------------------------------------------------------------------------


def _mentions_of(
    pipeline: Pipeline,
    document: Document,
    mentions: Sequence[Mention],
    figures: Sequence[GoldFigure],
    names: Mapping[tuple[int, int], str],
) -> dict[str, set[int]]:
    """The numbers of the mentions of each owner: those that the annotation or the spelling shows, and all of their entities."""
    linking = link_corpus([document_names(document, mentions)], pipeline.aliases)
    entity_of = {number: entity for (_, number), entity in linking.entity_of.items()}
    by_owner: dict[str, set[int]] = {}
    for owner in sorted({owner for figure in figures for owner in figure.owners or ()} - {INDEPENDENTS}):
        spans = {span for span, entity in names.items() if entity == owner}
        named = [(number, mention) for number, mention in enumerate(mentions) if mention.label in NAME_LABELS]
        sure = {number for number, mention in named if (mention.start, mention.end) in spans}
        if not spans:
            sure = {number for number, mention in named if _plain(mention.text) == _plain(owner)}
        if not sure:
            sure = {
                number for number, mention in named if any(mention.start < end and start < mention.end for start, end in spans)
            }
        if not sure and not spans:
            sure = {number for number, mention in named if _is_near(_plain(mention.text), _plain(owner))}
        same = {entity_of[number] for number in sure if number in entity_of}
        by_owner[owner] = sure | {number for number, _ in named if entity_of.get(number) in same}
    return by_owner


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold().replace("’s", "").replace("'s", ""))).removeprefix("the ")


def _is_near(one: str, other: str) -> bool:
    """Whether one name holds the other whole."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "

"""The weights of figures, learned from annotated passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extract.pipeline import Pipeline
from extract.recognise.figures import FigureFinder, certain_among, others_of
from extract.recognise.figures.lines import LABELS as TABLE_LABELS
from extract.recognise.figures.numbers import LABELS as NUMBER_LABELS
from extract.recognise.figures.numbers import QUESTION as NUMBER_QUESTION
from extract.recognise.figures.tape import Decided
from extract.resolve.fact import INDEPENDENTS
from extract.resolve.figures import figures_in_place, paragraphs
from extract.resolve.figures.candidates import Candidate
from extract.resolve.figures.decide import FALL, LABEL_QUESTIONS, OWNER_QUESTION, decide, may_fall
from extract.resolve.figures.prose import Prose
from extract.resolve.figures.signs import Figure
from extract.training.figures import GoldFigure, Passage, read_passages
from extract.training.learn import Example, learn
from extract.training.tables import read_tables, table_examples
from extract.weigh import Weights, WeightSet
from extract.weigh.files import save_weights
from extract.weigh.weights import Signs, whole

_LEAST = 3
"""A sign that fewer examples than this show has no weight, unless known weights are changed by it."""

LABELS = {
    "seats.role": ("won", "held", "change", FALL, "total", "majority"),
    "percent.measure": ("vote_share", "turnout", "threshold", "change", FALL, "other"),
    NUMBER_QUESTION: NUMBER_LABELS,
    **TABLE_LABELS,
}
_UNITS = 32
_HOW = {
    **dict.fromkeys(TABLE_LABELS, (0.5, 2, 0, 0)),
    **dict.fromkeys(LABEL_QUESTIONS.values(), (0.5, _LEAST, _UNITS, 16)),
    OWNER_QUESTION: (4.0, _LEAST, _UNITS, 12),
}
"""The penalty, in how many examples a sign stands at least, hidden units (where signs tell in company), rounds."""
_OF_GOLD = 6.0
"""So much counts a number or figure of prose of gold documents, which are few, and follow the guide to the letter."""


@dataclass
class Examples:
    """The examples of each question."""

    by_question: dict[str, list[Example]] = field(default_factory=dict)

    def add(self, question: str, example: Example) -> None:
        """One more."""
        self.by_question.setdefault(question, []).append(example)

    def learn(self, prior: WeightSet | None = None) -> list[Weights]:
        """The weights of all questions, in alphabetical order; with `prior` these weights, changed."""
        known = dict(prior or {})
        return [self._learn(question, known.get(question)) for question in sorted(self.by_question)]

    def _learn(self, question: str, known: Weights | None) -> Weights:
        examples, labels = self.by_question[question], LABELS.get(question, ())
        penalty, least, units, rounds = _HOW.get(question, (2.0, _LEAST, 0, 0))
        return learn(question, examples, labels, penalty, 1 if known else least, known, units, rounds)


def train_weights(pipeline: Pipeline, gold: Sequence[Path], output: Path, sources: Path | None, anew: bool) -> dict[str, int]:
    """Writes the weights that gold teaches into a folder, and gives the number of examples by question.

    `gold` are files of rows, folders of gold, and annotated tables (`*.txt`), `sources` is where the documents of gold lie if not
    beside it. Unless `anew`, the weights of the pipeline are changed as far as the examples ask for it. Raises RecordError or
    SourceError.
    """
    finder: FigureFinder = pipeline.nlp.get_pipe("extract_seats")  # type: ignore[assignment]
    tables = [path for path in gold if path.suffix == ".txt"]
    passages = read_passages(pipeline, [path for path in gold if path not in tables], sources)
    examples = collect(passages, finder)
    for table in read_tables(pipeline, tables, sources):
        for question, example in table_examples(table):
            examples.add(question, example)
    for weights in examples.learn(prior=None if anew else pipeline.weights):
        save_weights(weights, output)
    return {question: len(found) for question, found in sorted(examples.by_question.items())}


def collect(passages: Iterable[Passage], finder: FigureFinder) -> Examples:
    """The examples that the passages give; `finder` is that of the pipeline which read them."""
    examples = Examples()
    for passage in passages:
        _add_numbers(examples, passage, finder)
        _add_prose(examples, passage)
    return examples


def _weight(passage: Passage) -> float:
    return _OF_GOLD if passage.is_gold else 1.0


def _add_numbers(examples: Examples, passage: Passage, finder: FigureFinder) -> None:
    gold = sorted((figure.start, figure.end, figure.label) for figure in passage.gold.values())
    doc = passage.doc
    numbers = finder.numbers_of(doc, others_of(doc), certain_among(doc.spans["percentages"]))

    def label(number: int, signs: Signs) -> str:
        match = numbers.matches[number]
        found = next((_NUMBER_LABEL[kind] for start, end, kind in gold if start < match.end and match.start < end), "none")
        examples.add(NUMBER_QUESTION, Example([whole(signs)], frozenset([NUMBER_LABELS.index(found)]), _weight(passage)))
        return found

    for _ in numbers.decide(label):
        pass


_NUMBER_LABEL = {"SEATS": "seats", "PERCENT": "share"}
_UNKNOWN = Candidate("unknown", "nowhere", ("?",))


def _add_prose(examples: Examples, passage: Passage) -> None:
    weight = _weight(passage)

    def answer(figure: Figure, before: Sequence[Decided]) -> tuple[str, Candidate]:
        gold, question = passage.gold[figure.number], LABEL_QUESTIONS[figure.label]
        falls = gold.kind == "change" and gold.low < 0 and may_fall(figure.mention)
        if gold.kind:
            label = LABELS[question].index(FALL if falls else gold.kind)
            examples.add(question, Example([whole(figure.label_signs(before))], frozenset([label]), weight))
        right = right_candidates(figure.candidates, passage, gold)
        if right:
            signs, shared = [*map(whole, figure.owner_signs(gold.kind, before))], whole(figure.shared_signs(gold.kind))
            examples.add(OWNER_QUESTION, Example(signs, frozenset(right), weight, shared))
        return gold.kind, figure.candidates[right[0]] if right else _UNKNOWN

    prose = Prose(passage.document, passage.sentences, passage.mentions)
    for numbers in paragraphs(prose, figures_in_place(passage.document, passage.mentions)):
        for _ in decide(prose, numbers, answer):
            pass


def right_candidates(candidates: Sequence[Candidate], passage: Passage, gold: GoldFigure) -> list[int]:
    """The places of the candidates that are the owners which gold has; none where it does not say."""
    if gold.owners is None:
        return []
    owners = [frozenset({-1}) if owner == INDEPENDENTS else passage.right.get(owner, frozenset()) for owner in gold.owners]
    return [place for place, candidate in enumerate(candidates) if _is_right(candidate, owners, gold.each)]


def _is_right(candidate: Candidate, owners: Sequence[frozenset[int]], each: bool) -> bool:
    if len(candidate.numbers) < 2:
        return len(owners) == len(candidate.numbers) and all(number in owners[0] for number in candidate.numbers)
    return (
        len(candidate.key) == len(owners)
        and candidate.each == each
        and all(any(number in owner for number in candidate.numbers) for owner in owners)
        and all(any(number in owner for owner in owners) for number in candidate.numbers)
    )

"""`python -m extract.training.votes --data FOLDER --gold FOLDER ... --output FOLDER`: the weights of names, from annotated text.

What a model has been trained on it knows too well; so the weights are learned from the parts that it has not seen, and of public
corpora from half of those only: the other half (every second text) is left to measure with.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extract.components import make_pipeline
from extract.errors import SourceError
from extract.recognise.names.finder import QUESTIONS, NameFinder, Reading
from extract.recognise.names.policy import ANSWERS, LABELS
from extract.recognise.scale import Scale
from extract.sources import find_sources, read_source, read_string
from extract.sources.document import Document
from extract.text.document import make_doc
from extract.text.languages import with_languages
from extract.training.corpus import OWN, SINCE, Annotated, Span, joined, part_of, unmark
from extract.training.learn import Example, learn
from extract.weigh import Weights
from extract.weigh.files import save_weights

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Part:
    """A corpus to learn from. `weight`: how much each of its texts counts. `halved`: every second text is left to measure with.

    `coarse`: it calls parties ORG, and does not part the kinds of places. `without`: labels that it does not annotate.
    `paged`: half of its texts are put together to pages. `posts`: its texts are posts, which are known as such.
    """

    name: str
    weight: float = 1.0
    halved: bool = True
    coarse: bool = False
    without: tuple[str, ...] = ()
    paged: bool = False
    posts: bool = False


_FEW = ("NORP", "EVENT", "LAW")

PARTS = (
    Part("crossner_politics.dev"),  # the fifth of it that no model is trained on
    Part("fewnerd.dev", paged=True),
    Part("gmb.dev", 1.2, coarse=True, paged=True),
    Part("docred.test", coarse=True, paged=True),
    Part("uner_ewt.test", 0.7, coarse=True, without=_FEW),
    Part("btc.dev", 0.3, coarse=True, without=_FEW, posts=True),
    Part("wnut17.dev", 0.5, coarse=True, without=_FEW, posts=True),
    Part("elsewhere", halved=False),  # the fourths of these that no model is trained on
    *(Part(name, 0.5, halved=False) for name in OWN),  # harder than text is
    # the model has been trained on these: they count less
    Part("crossner_politics.train", 0.5, halved=False),
    Part("crossner_science.train", 0.5, halved=False),
    Part("crossner_literature.train", 0.5, halved=False),
    *(Part(name, 0.6, halved=False) for name in SINCE),
    Part("crossner_music.train", 0.5, halved=False),
)
"""What is learned from, beside the gold documents. `crossner_ai` is left out whole, to measure with."""

SENTENCES = Path(__file__).with_name("sentences.txt")

_POLITICAL = re.compile(
    r"\b(?:part(?:y|ies)|elections?|vot(?:es?|ers?|ed|ing)|coalition|parliament\w*|opposition|rebels?)\b", re.IGNORECASE
)

PENALTY = 3.0
_PARAGRAPHS = 12  # of a page
_LEAST = 4  # examples that a sign must stand in
_SLIGHT = 0.05  # a row of weights that are all smaller is left out


@dataclass(frozen=True, slots=True)
class Text:
    """An annotated text: its names and what is unsure by source offsets; `part`: the corpus it is of, None for our own."""

    document: Document
    names: Mapping[tuple[int, int], str]
    unsure: Sequence[tuple[int, int]] = ()
    part: Part | None = None

    @property
    def political(self) -> bool:
        """Whether an ORG of it may be a party: of nothing else are parties spoken of where no word of theirs stands."""
        return _POLITICAL.search(self.document.text) is not None

    def right(self, start: int, end: int) -> frozenset[int] | None:
        """The indices of the right answers for a stretch; None where the annotation does not tell."""
        if any(start < last and first < end for first, last in self.unsure):
            return None
        label = self.names.get((start, end), "NONE")
        labels = {label if label in LABELS else "NONE"}
        if self.part is not None:
            if self.part.coarse and label == "ORG" and self.political:
                labels.add("PARTY")
            if self.part.coarse and label in ("GPE", "LOC", "FAC"):
                labels.update(("GPE", "LOC", "FAC"))
            if label == "NONE":
                labels.update(self.part.without)
        return frozenset(map(ANSWERS.index, labels))

    def habit(self, model: str) -> tuple[str, ...]:
        """Signs that stand for the habits of the corpus, so that they weigh on nothing else; `model`: what the model says.

        The habits of posts, which any post has that is met, are learned.
        """
        part = self.part
        return (f"corpus {part.name}", f"corpus {part.name} {model}") if part and part.coarse and not part.posts else ()


def corpus_texts(data: Sequence[Path], part: Part, measured: bool = False) -> Iterator[Text]:
    """The texts of a part to learn from, or those that are left to measure with."""
    items = part_of(data, part.name, held_out=True)
    items = items[int(measured) :: 2] if part.halved else [] if measured else items
    paged = len(items) // 2 if part.paged and not measured else len(items)
    for item in (*items[:paged], *_pages(items[paged:])):
        try:
            document = read_string(item.text, format="text")
        except SourceError:  # nothing to see in it
            continue
        yield Text(document, _by_place(item.spans), item.unsure, part)


def _pages(items: Sequence[Annotated]) -> Iterator[Annotated]:
    """Texts put together, a paragraph each: what a document of many matters looks like."""
    for first in range(0, len(items), _PARAGRAPHS):
        yield joined(items[first : first + _PARAGRAPHS])


def sentence_texts(measured: bool = False) -> Iterator[Text]:
    """The sentences of `sentences.txt` to learn from, or those that are left to measure with."""
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    for marked in lines[int(measured) :: 2]:
        item = unmark(marked)
        yield Text(read_string(item.text, format="text"), _by_place(item.spans))


def gold_texts(folder: Path, sources: Path | None = None) -> Iterator[Text]:
    """The gold documents of a folder, each beside its `.gold.jsonl`, or in the folder `sources`."""
    for gold in sorted(folder.glob("*.gold.jsonl")):
        stem = gold.name.removesuffix(".gold.jsonl")
        path = next(path for path in sorted((sources or folder).glob(f"{stem}.*")) if path.name.count(".") == 1)
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        names = _by_place((row["start"], row["end"], row["label"]) for row in rows if row["label"] in LABELS)
        for source in find_sources([path]):
            yield from (Text(document, names) for document in read_source(source) if isinstance(document, Document))


def _by_place(spans: Iterable[Span]) -> dict[tuple[int, int], str]:
    return {(start, end): label for start, end, label in spans}


def read_doc(nlp: Language, document: Document, aided: bool) -> Doc:
    """The Doc of a document as the finder of names meets it, with the model's names or without a model."""
    doc = make_doc(nlp, with_languages(document.plain()))
    for name in ("extract_sentences", "extract_model") if aided else ("extract_sentences",):
        doc = nlp.get_pipe(name)(doc)
    return doc


Read = tuple[Text, Reading]


def examples(read: Iterable[Read]) -> Iterator[Example]:
    """An example for each candidate whose right answer is known."""
    for text, reading in read:
        words, weight, all_groups = reading.reader.words, text.part.weight if text.part else 1.0, reading.reader.known.groups.all
        for (start, end), groups in zip(reading.stretches, reading.signs, strict=True):
            right = text.right(*text.document.to_source(words.start[start], words.end[end - 1]))
            if right is not None:
                signs = [sign for group in groups for sign in all_groups[group]]
                model = next((sign for sign in signs if sign.startswith("model same") and sign.count(" ") == 2), "")
                yield Example([[*signs, *text.habit(model)]], right, weight)


def train_votes(read: Sequence[Read], aided: bool) -> list[Weights]:
    """The weights of the first and the second look. The answers that the second sees come from weights of the other half."""
    first_question, second_question = QUESTIONS[aided]
    halves = [Scale(_learned(first_question, read[1 - number :: 2]), read[0][1].reader.known.groups) for number in (0, 1)]
    again = [
        (text, reading.again(halves[number % 2].probabilities(reading.signs))) for number, (text, reading) in enumerate(read)
    ]
    return [_learned(first_question, read), _learned(second_question, again)]


def _learned(question: str, read: Sequence[Read]) -> Weights:
    weights = learn(question, examples(read), ANSWERS, PENALTY, _LEAST)
    great = abs(weights.rows[1:]).max(axis=1) >= _SLIGHT
    kept = [place for place, sign in enumerate(weights.signs) if great[place] and not sign.startswith("corpus ")]
    signs = tuple([weights.signs[place] for place in kept])
    return Weights(question, weights.labels, signs, weights.rows[[0, *(place + 1 for place in kept)]])


def main() -> None:
    """Reads, learns, saves."""
    parser = argparse.ArgumentParser(prog="python -m extract.training.votes", description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="the folders with the corpora, NAME.jsonl.gz or .txt")
    parser.add_argument(
        "--gold", type=Path, nargs="+", required=True, help="folders of gold documents; FOLDER=SOURCES if they lie apart"
    )
    parser.add_argument("--output", type=Path, required=True, help="the folder that the weights go to")
    parser.add_argument("--model", default="default", help="the model whose names are weighed")
    wanted = parser.parse_args()
    texts = [*sentence_texts(), *(text for part in PARTS for text in corpus_texts(wanted.data, part))]
    for folder in wanted.gold:
        place, _, sources = str(folder).partition("=")
        texts += gold_texts(Path(place), Path(sources) if sources else None)
    nlp = make_pipeline(None, wanted.model)
    finder: NameFinder = nlp.get_pipe("extract_names")  # type: ignore[assignment]
    for aided in QUESTIONS:
        read = [(text, finder.read(read_doc(nlp, text.document, aided))) for text in texts]
        for weights in train_votes(read, aided):
            path = save_weights(weights, wanted.output)
            print(f"{path}: {len(weights.signs)} signs, {path.stat().st_size / 1000:.0f} kB", flush=True)


if __name__ == "__main__":
    main()

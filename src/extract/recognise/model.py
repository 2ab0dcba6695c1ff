"""The model slot: a spaCy model that finds names, the packaged one by default, any other by name or path, or none.

The model runs inside the component `ModelNames`, on words of ours (so that its entities cannot cross a sentence or a block), and
leaves its entities in `doc.ents`, each with the model's name and version as its id.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import IDX, IS_SPACE, ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span
from spacy.util import registry
from thinc.api import Model, NumpyOps

from extract.errors import ModelError
from extract.recognise.confidence import find_entities, keeps_scores
from extract.recognise.forward import Blas, filled, run_forward
from extract.text.document import Cache, document_of, foreign_text

DEFAULT = "default"
NONE = "none"
PACKAGED = Path(__file__).resolve().parent.parent / "model"

_NOT_FOR_NAMES = ("tagger", "parser", "senter", "sentencizer", "attribute_ruler", "lemmatizer", "morphologizer", "textcat")
_WORDS_AT_ONCE = 5_000
"""Longer documents go through the model in stretches of whole sentences, so that memory does not grow with them."""


def load_model(slot: str | Path = DEFAULT) -> ModelNames | None:
    """The component that runs the model of a slot: `default` for the packaged one, a spaCy model's name or path; None for `none`.

    Raises ModelError if there is no such model, if it does not load, or if nothing in it finds names.
    """
    if str(slot) == NONE:
        return None
    return ModelNames(str(PACKAGED if str(slot) == DEFAULT else slot))


def labels_of(model: ModelNames) -> frozenset[str]:
    """The labels that the parts of a model say they give."""
    return frozenset(label for _, part in model.nlp.pipeline for label in getattr(part, "labels", ()))


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a model is.

    `entities`: of each of its entities, by its words. `begins`: of words where it sees none, the likeliest label of a name that
    might begin there, with its probability.
    """

    entities: dict[tuple[int, int], float]
    begins: dict[int, tuple[str, float]]


_CERTAINTY = "extract.certainty"


def certainty_of(doc: Doc) -> Certainty | None:
    """How sure the model was that left its entities in `doc`; None for one whose scores cannot be read."""
    kept = doc.user_data.get(_CERTAINTY)
    return kept.content if kept else None


class ModelNames:
    """Runs a spaCy model over a Doc and leaves its entities in `doc.ents`. Pickled by its name: it loads where it arrives."""

    def __init__(self, slot: str) -> None:
        """Loads the model. Raises ModelError."""
        self.slot = slot
        self.nlp = _load(slot)
        self.rule = f"{self.nlp.meta.get('name', 'model')} {self.nlp.meta.get('version', '')}".strip()

    def __reduce__(self) -> tuple[type[ModelNames], tuple[str]]:
        return ModelNames, (self.slot,)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 0) -> Iterator[Doc]:
        """Runs over several Docs, short ones together, so that the model has its fill of words; the result is the same."""
        docs = list(docs)
        found: list[list[Span]] = [[] for _ in docs]
        certainties = [Certainty({}, {}) for _ in docs]
        stretches = [(number, positions) for number, doc in enumerate(docs) for positions in _stretches(doc)]
        for batch in filled(stretches, lambda stretch: len(stretch[1]), _WORDS_AT_ONCE):
            places = [(number, position) for number, positions in batch for position in positions]
            for start, end, label in self._entities(
                [self._seen(docs[number], positions) for number, positions in batch], places, certainties
            ):
                (number, first), (_, last) = places[start], places[end - 1]
                found[number].append(Span(docs[number], first, last + 1, label=label, span_id=self.rule))
        for doc, entities, certainty in zip(docs, found, certainties, strict=True):
            doc.set_ents(entities, default="outside")
            if any(keeps_scores(process) for _, process in self.nlp.pipeline):
                doc.user_data[_CERTAINTY] = Cache(certainty)
            yield doc

    def _entities(
        self, seen: list[Doc], places: Sequence[tuple[int, int]], certainties: Sequence[Certainty]
    ) -> Iterator[tuple[int, int, str]]:
        """The entities of a batch, by the number of their words in it; `places` are the Doc and the position of each word."""
        for _, process in self.nlp.pipeline:
            if keeps_scores(process):
                found, begins = find_entities(process, seen)
                for start, end, label, probability in found:
                    number, first = places[start]
                    certainties[number].entities[first, places[end - 1][1] + 1] = probability
                    yield start, end, label
                for at, might in begins.items():
                    number, position = places[at]
                    certainties[number].begins[position] = might
            else:
                seen = list(process.pipe(seen, batch_size=len(seen))) if hasattr(process, "pipe") else list(map(process, seen))
        offset = 0
        for doc in seen:
            yield from ((offset + ent.start, offset + ent.end, ent.label_) for ent in doc.ents)
            offset += len(doc)

    def _seen(self, doc: Doc, positions: Sequence[int]) -> Doc:
        """The words at these positions as a Doc of the model's."""
        words, spaces, starts = doc.to_array([ORTH, SPACY, SENT_START])[positions].T
        starts[0] = 1
        return Doc(
            self.nlp.vocab,
            words=[doc.vocab.strings[word] for word in words.tolist()],
            spaces=spaces.astype(bool).tolist(),
            sent_starts=(starts == 1).tolist(),
        )


def _stretches(doc: Doc) -> Iterator[list[int]]:
    """The words of a Doc in English without its white space, in stretches that begin with a sentence."""
    begins, spaces, offsets = doc.to_array([SENT_START, IS_SPACE, IDX]).T
    wanted = spaces == 0
    if document_of(doc).foreign:
        wanted &= ~np.fromiter(map(foreign_text(doc), offsets.tolist()), dtype=bool)
    positions = np.flatnonzero(wanted).tolist()
    while len(positions) > _WORDS_AT_ONCE:
        first, last = positions[_WORDS_AT_ONCE - 1] + 1, positions[: 2 * _WORDS_AT_ONCE][-1] + 1
        starts = np.flatnonzero(begins[first:last] == 1)
        cut = bisect_left(positions, first + starts[0] if len(starts) else last)
        yield positions[:cut]
        positions = positions[cut:]
    if positions:
        yield positions


def _load(slot: str) -> Language:
    try:
        nlp = _load_packaged() if slot == str(PACKAGED) else spacy.load(slot, exclude=list(_NOT_FOR_NAMES))
    except OSError as error:
        raise ModelError(f"no spaCy model `{slot}`: {_advice(slot)}") from error
    except Exception as error:  # whatever a broken or foreign model stumbles over
        raise ModelError(f"the model `{slot}` does not load: {type(error).__name__}: {error}. {_AGAIN}") from error
    if not any(name in nlp.pipe_names for name in ("ner", "entity_ruler", "span_ruler")) and not _assigns_entities(nlp):
        raise ModelError(
            f"the model `{slot}` finds no names: its parts are {', '.join(nlp.pipe_names) or 'none'}, and none sets doc.ents"
        )
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model) and isinstance(model.ops, NumpyOps):
            model._to_ops(Blas())
    return nlp


def _load_packaged() -> Language:
    """Without its tokeniser, which takes as long to load as the rest: the words are ours (others' rulers need theirs)."""
    nlp = spacy.load(PACKAGED, exclude=["tokenizer"], config={"nlp": {"tokenizer": {"@tokenizers": "extract_no_tokens.v1"}}})
    run_forward(nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0])  # type: ignore[attr-defined]
    return nlp


@registry.tokenizers("extract_no_tokens.v1")  # type: ignore[untyped-decorator]
def _no_tokens() -> Callable[[Language], Tokenizer]:
    return lambda nlp: Tokenizer(nlp.vocab)


_AGAIN = "Was it made for this version of spaCy?"


def _assigns_entities(nlp: Language) -> bool:
    return any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names)


def _advice(slot: str) -> str:
    if slot == str(PACKAGED):
        return "the packaged one is missing; give another with --model NAME|PATH, or --model none"
    return f"give the path of one, or the name of one that is installed (`pip install {slot}`), or `none`"

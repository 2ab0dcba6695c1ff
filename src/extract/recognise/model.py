"""The model slot: a spaCy model that finds names, the packaged one by default, any other by name or path, or none.

The model runs inside the component `ModelNames`, on words of ours (so that its entities cannot cross a sentence or a block), and
leaves its entities in `doc.ents`, each with the model's name and version as its id.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.errors import ModelError
from extract.text.document import foreign_text

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
        entities = [Span(doc, start, end, label=label, span_id=self.rule) for start, end, label in self._entities(doc)]
        doc.set_ents(entities, default="outside")
        return doc

    def _entities(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        for positions in _stretches(doc):
            words = [doc[at].text for at in positions]
            spaces = [bool(doc[at].whitespace_) for at in positions]
            starts: list[bool | int | None] = [bool(doc[at].is_sent_start) or at == positions[0] for at in positions]
            seen = Doc(self.nlp.vocab, words=words, spaces=spaces, sent_starts=starts)
            for _, process in self.nlp.pipeline:
                seen = process(seen)
            for ent in seen.ents:
                yield positions[ent.start], positions[ent.end - 1] + 1, ent.label_


def _stretches(doc: Doc) -> Iterator[list[int]]:
    """The words of a Doc in English without its white space, in stretches that begin with a sentence."""
    positions: list[int] = []
    foreign = foreign_text(doc)
    for token in doc:
        full = len(positions) >= _WORDS_AT_ONCE
        if full and (token.is_sent_start or len(positions) >= 2 * _WORDS_AT_ONCE):
            yield positions
            positions = []
        if not token.is_space and not foreign(token.idx):
            positions.append(token.i)
    if positions:
        yield positions


def _load(slot: str) -> Language:
    try:
        nlp = spacy.load(slot, exclude=list(_NOT_FOR_NAMES))
    except OSError as error:
        raise ModelError(f"no spaCy model `{slot}`: {_advice(slot)}") from error
    except Exception as error:  # whatever a broken or foreign model stumbles over
        raise ModelError(f"the model `{slot}` does not load: {type(error).__name__}: {error}. {_AGAIN}") from error
    if not any(name in nlp.pipe_names for name in ("ner", "entity_ruler", "span_ruler")) and not _assigns_entities(nlp):
        raise ModelError(
            f"the model `{slot}` finds no names: its parts are {', '.join(nlp.pipe_names) or 'none'}, and none sets doc.ents"
        )
    return nlp


_AGAIN = "Was it made for this version of spaCy?"


def _assigns_entities(nlp: Language) -> bool:
    return any("doc.ents" in nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names)


def _advice(slot: str) -> str:
    if slot == str(PACKAGED):
        return "the packaged one is missing; give another with --model NAME|PATH, or --model none"
    return f"give the path of one, or the name of one that is installed (`pip install {slot}`), or `none`"

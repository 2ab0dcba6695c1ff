"""From annotated texts to spaCy's examples, tokenised as the pipeline does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from extract.training.corpus import Annotated


def make_example(nlp: Language, parts: Sequence[Annotated]) -> Example:
    """One example of several texts, each beginning a sentence, without white space words: as the pipeline feeds the model."""
    docs = [annotate(nlp, part) for part in parts]
    words = [[token for token in doc if not token.is_space] for doc in docs]
    predicted = Doc(
        nlp.vocab,
        words=[token.text for tokens in words for token in tokens],
        spaces=[bool(token.whitespace_) for tokens in words for token in tokens],
        sent_starts=[number == 0 for tokens in words for number in range(len(tokens))],
    )
    return Example(predicted, _with_names(predicted.copy(), docs))


def _with_names(reference: Doc, docs: Iterable[Doc]) -> Doc:
    """Carries names and missing stretches over, by the number of the word."""
    spans, missing, shift = [], [], 0
    for doc in docs:
        places = _places(doc, shift)
        for ent in doc.ents:
            spans.append(reference[places[ent.start] : places[ent.end - 1] + 1])
            spans[-1].label_ = ent.label_
        missing += [
            reference[places[token.i] : places[token.i] + 1] for token in doc if token.ent_iob == 0 and not token.is_space
        ]
        shift += sum(not token.is_space for token in doc)
    reference.set_ents(spans, missing=missing)
    return reference


def _places(doc: Doc, shift: int) -> dict[int, int]:
    return {token.i: shift + number for number, token in enumerate(token for token in doc if not token.is_space)}


def annotate(nlp: Language, item: Annotated) -> Doc:
    """The Doc of a text. What is unsure, and a name that does not end where a word does, is missing, not outside."""
    doc = nlp.make_doc(item.text)
    taken: set[int] = set()
    names, unsure = [], list(item.unsure)
    for start, end, label in item.spans:
        span = doc.char_span(start, end, label=label)
        if span is None:
            unsure.append((start, end))
        elif not taken & set(range(span.start, span.end)):
            taken |= set(range(span.start, span.end))
            names.append(span)
    stretches = [doc.char_span(start, end, alignment_mode="expand") for start, end in unsure if end > start]
    missing = sorted({token.i for span in stretches if span is not None for token in span} - taken)
    doc.set_ents(names, missing=[doc[index : index + 1] for index in missing])
    return doc

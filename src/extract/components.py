"""The finders as spaCy components: registered factories, for our pipeline and for anyone's.

    import spacy
    nlp = spacy.blank("en")
    nlp.add_pipe("extract_sentences")
    nlp.add_pipe("extract_seats")
    doc = nlp("The party won 6 seats.")
    print(doc.spans["seats"])

Each takes `rules`, a folder of rule files (None: the packaged ones), and leaves its spans in `doc.spans` under its own key; what
they say is `span._.date`, `.percent`, `.seats` and `.entity` (`extensions.py`). Docs can be written with all that is on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

import extract.extensions
import extract.recognise.carried  # noqa: F401 - both register
from extract.errors import ModelError
from extract.recognise.dates import DateFinder, Profile
from extract.recognise.figures import FigureFinder
from extract.recognise.model import labels_of, load_model
from extract.recognise.names import DEFAULT_LABELS, NameFinder
from extract.recognise.rules import BUILT_IN_LABELS, RuleFinder
from extract.rules import load_rules
from extract.text.language import make_language
from extract.text.sentences import SentenceSplitter
from extract.weigh import load_weights

Component = Callable[[Doc], Doc]
_LABEL = re.compile("[A-Z][A-Z0-9_]*")


@Language.factory("extract_sentences", assigns=["token.is_sent_start"], default_config={"rules": None})
def make_sentence_splitter(nlp: Language, name: str, rules: str | None) -> Component:
    """Sentence starts; none crosses a block."""
    return SentenceSplitter(load_rules(_folder(rules)))


@Language.factory("extract_names", assigns=["doc.spans"], default_config={"rules": None, "labels": None, "weights": None})
def make_name_finder(
    nlp: Language, name: str, rules: str | None, labels: dict[str, str | None] | None, weights: str | None
) -> Component:
    """Names, in `doc.spans["names"]`, from `doc.ents`, rules and the document's own structure.

    `labels` adds to the mapping from a model's labels to ours (None: dropped); OntoNotes' and the shipped model's are in it.
    """
    return NameFinder(load_rules(_folder(rules)), {**DEFAULT_LABELS, **(labels or {})}, nlp.vocab, load_weights(_folder(weights)))


@Language.factory("extract_dates", assigns=["doc.spans"], default_config={"rules": None, "profile": "plain"})
def make_date_finder(nlp: Language, name: str, rules: str | None, profile: Profile) -> Component:
    """Time expressions, in `doc.spans["dates"]`; `profile`: `plain` as records have them, `vague` with vague ones, `timeml`.

    `span._.date` is the DateValue of each: edtf, timex3, type, mod, the days that bound it, and how it was resolved.

    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("extract_dates")
    >>> doc = nlp("They met on Monday; the vote of 9 June 2024 was over.")
    >>> doc._.published = "2024-06-12"
    >>> [(span.text, span._.date.edtf) for span in doc.spans["dates"]]
    [('Monday', '2024-06-10'), ('9 June 2024', '2024-06-09')]
    """
    return DateFinder(load_rules(_folder(rules)), nlp.vocab, profile)


@Language.factory("extract_percentages", assigns=["doc.spans"], default_config={"rules": None, "weights": None})
def make_percent_finder(nlp: Language, name: str, rules: str | None, weights: str | None) -> Component:
    """Percentages, in `doc.spans["percentages"]`."""
    return FigureFinder("percentages", load_rules(_folder(rules)), nlp.vocab, load_weights(_folder(weights)))


@Language.factory("extract_seats", assigns=["doc.spans"], default_config={"rules": None, "weights": None})
def make_seats_finder(nlp: Language, name: str, rules: str | None, weights: str | None) -> Component:
    """Seat counts, in `doc.spans["seats"]`; put it behind names, dates and percentages, if these are there."""
    return FigureFinder("seats", load_rules(_folder(rules)), nlp.vocab, load_weights(_folder(weights)))


@Language.factory("extract_rules", assigns=["doc.spans"], default_config={"rules": None, "labels": []})
def make_rule_finder(nlp: Language, name: str, rules: str | None, labels: list[str]) -> Component:
    """The labels that rule files add, and those `labels` of `doc.ents`, in `doc.spans["rules"]`."""
    return RuleFinder(load_rules(_folder(rules)), nlp.vocab, labels)


@Language.factory("extract_model", assigns=["doc.ents"], default_config={"model": "default"})
def make_model(nlp: Language, name: str, model: str) -> Component:
    """The names of a spaCy model, in `doc.ents`: the shipped one, or any by name or path."""
    return load_model(model) or (lambda doc: doc)


def _folder(rules: str | None) -> Path | None:
    return Path(rules) if rules else None


def make_pipeline(
    rules: Path | None, model: str, dates: Profile = "plain", weights: Path | None = None, labels: Sequence[str] = ()
) -> Language:
    """The pipeline of `extract`, in the order in which the finders build on each other.

    `labels`: further ones of the model's that become mentions. Raises ModelError for one that it does not have, or that is ours.
    """
    nlp = make_language()
    nlp.max_length = 1 << 40  # a reader's limit on the size of a file stands before this one
    own = {"rules": str(rules) if rules else None}
    nlp.add_pipe("extract_sentences", config=own)
    if model != "none":
        nlp.add_pipe("extract_model", config={"model": model})
    weighing = {**own, "weights": str(weights) if weights else None}
    nlp.add_pipe("extract_names", config=weighing)
    nlp.add_pipe("extract_dates", config={**own, "profile": dates})
    for factory in ("extract_percentages", "extract_seats"):
        nlp.add_pipe(factory, config=weighing)
    nlp.add_pipe("extract_rules", config={**own, "labels": [*labels]})
    known = labels_of(nlp.get_pipe("extract_model")) if labels and model != "none" else ()  # type: ignore[arg-type]
    for label in labels:
        if label not in known:
            raise ModelError(f"the model `{model}` has no label {label!r}; it has {', '.join(sorted(known)) or 'none'}")
        if label in BUILT_IN_LABELS or not _LABEL.fullmatch(label):
            raise ModelError(f"the label {label!r} cannot be a further one: it is ours, or not of capitals, digits and `_`")
    return nlp

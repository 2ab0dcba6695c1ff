"""What a finder found: a labelled stretch of a document, plain data from here up.

A finder is a spaCy component. It leaves its spans in `doc.spans[KEY]`, under one of the keys of `SPAN_KEYS`, with the
rule id in `span.id_` and what the words alone say of the value in `span._.reading`. `read_mentions` turns them into
mentions, so that no code above this floor needs spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Span

from extract.recognise.scale import Sheet
from extract.text.document import Cache, document_of
from extract.weigh import Told, Weights

SPAN_KEYS = ("names", "dates", "percentages", "seats", "rules")


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled stretch `text[start:end]` of a document (text offsets: code points, end exclusive).

    `component` is the finder's key in `doc.spans`, `rule` what made it there: `file.rule` for a rule, the model's name and
    version for a model. `reading` is what the words alone say of the value, as the label's normaliser gives it (a
    `DateReading`, a `PercentReading`, a `SeatsReading`, a `RuleValue`); None for names.
    """

    label: str
    start: int
    end: int
    text: str
    component: str
    rule: str
    reading: Any = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A candidate `text[start:end]` that became no mention, and why: `extract explain` shows it."""

    label: str
    start: int
    end: int
    text: str
    rule: str
    reason: str


_LOST = "extract.lost"


def note_lost(doc: Doc, lost: Lost) -> None:
    """Keeps a losing candidate on the Doc."""
    doc.user_data.setdefault(_LOST, []).append(lost)


def lost_candidates(doc: Doc) -> list[Lost]:
    """The candidates that lost, in the order of the text."""
    return sorted(doc.user_data.get(_LOST, ()), key=lambda lost: (lost.start, lost.end, lost.rule))


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a document's mentions were weighed: of each `text[start:end]` its label and its number among the candidates.

    `signs`: the numbers of each candidate's groups of signs.
    """

    mentions: Mapping[tuple[int, int], tuple[str, int]]
    signs: Sheet
    groups: Sequence[tuple[str, ...]]
    weights: Weights


_WEIGHED = "extract.weighed"


def note_weighed(doc: Doc, weighed: Weighed) -> None:
    """Keeps on the Doc how its mentions were weighed."""
    doc.user_data[_WEIGHED] = Cache(weighed)


def told_of(doc: Doc, start: int, end: int, most: int = 8) -> list[Told]:
    """The signs that spoke loudest for the label of a mention, or against it; nothing where its finder does not weigh."""
    kept = doc.user_data.get(_WEIGHED)
    if kept is None or (start, end) not in kept.content.mentions:
        return []
    label, candidate = kept.content.mentions[start, end]
    signs = [sign for group in kept.content.signs[candidate] for sign in kept.content.groups[group]]
    return kept.content.weights.told([("", signs)], label, most=most)  # type: ignore[no-any-return]


if not Span.has_extension("reading"):
    Span.set_extension("reading", default=None)


def set_spans(doc: Doc, key: str, spans: Iterable[Span]) -> None:
    """Leaves a finder's spans in `doc.spans[key]`, in the order of the text, longer before shorter."""
    doc.spans[key] = sorted(spans, key=lambda span: (span.start, -span.end, span.label_))


def read_mentions(doc: Doc, keys: Iterable[str] = SPAN_KEYS) -> list[Mention]:
    """The mentions that the finders left in `doc`, in the order of the text, longer before shorter.

    What begins or ends with a character that is not in the source is none: `03` of a date that the reader wrote out.
    """
    stands = document_of(doc).offsets.is_of_source
    found = [mention for key in keys for mention in _read_key(doc, key) if stands(mention.start) and stands(mention.end - 1)]
    return sorted(found, key=lambda mention: (mention.start, -mention.end, mention.label))


def _read_key(doc: Doc, key: str) -> Iterator[Mention]:
    text = document_of(doc).text
    for span in doc.spans.get(key, ()):
        start, end = span.start_char, span.end_char
        yield Mention(
            label=span.label_,
            start=start,
            end=end,
            text=text[start:end],
            component=key,
            rule=span.id_,
            reading=span._.reading if key != "names" else None,
        )

"""Which label a name has where its mentions disagree: most of them decide, in the document and over the corpus."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from extract.resolve.entities.comparing import KIND_OF_LABEL
from extract.resolve.entities.folding import clean, fold
from extract.resolve.entities.lexicon import load_lexicon
from extract.resolve.entities.names import DocumentNames

# How many times as often as all others a label must stand for a spelling, so that any other is a slip of its document.
_USUAL = 8
_USUAL_OF_WORDS = 4  # of a name in several words
_USUAL_OF_PLACES = 1.5  # of a place of the gazetteer that is called a body elsewhere: a country that acts is still the country


Spelled = Sequence[tuple[str, str, int]]
"""The spellings of a document, cleaned and without case, each with a label that its own votes have settled, and how often."""


def spelled(names: DocumentNames) -> Spelled:
    """How the names of a document are spelled."""
    settled = settle_labels(names)
    found: Counter[tuple[str, str]] = Counter()
    for (text, label), count in Counter(map(_WRITTEN, names.mentions)).items():
        found[clean(text).casefold(), settled.get((text, label), label)] += count
    return [(text, label, count) for (text, label), count in found.items()]


def usual_labels(documents: Iterable[Spelled]) -> dict[str, str]:
    """The label of those spellings that have one nearly everywhere in the corpus: any other is a slip of its document.

    People are called after places, so that no one-word place is told from people by its votes, nor a person by places' ones.
    """
    votes: dict[str, dict[str, int]] = {}
    for found in documents:
        for text, name, count in found:
            if known := votes.get(text):
                known[name] = known.get(name, 0) + count
            else:
                votes[text] = {name: count}
    return {text: label for text, counts in votes.items() if (label := _usual_label(text, counts))}


def _usual_label(text: str, counts: Mapping[str, int]) -> str | None:
    """The most frequent label of the most frequent kind, None where others are too many, or where there are no others."""
    kinds: Counter[str] = Counter()
    for label, count in counts.items():
        kinds[KIND_OF_LABEL[label]] += count
    is_place = load_lexicon().is_place(text)
    kind, most = min(kinds.items(), key=lambda item: (-item[1], is_place and item[0] != "place", item[0]))
    others = kinds.total() - most
    wanted: float = _USUAL_OF_WORDS if " " in text else _USUAL
    if kind == "place" and is_place and kinds.keys() == {"place", "body"}:
        wanted = _USUAL_OF_PLACES
    elif " " not in text and (kind == "place" or (kind == "person" and is_place)):
        return None
    if not others or most < wanted * others:
        return None
    return min((label for label in counts if KIND_OF_LABEL[label] == kind), key=lambda label: (-counts[label], label))


def settle_labels(names: DocumentNames, usual: Mapping[str, str] = {}) -> dict[tuple[str, str], str]:
    """The label of mentions, under text and label, unless it is sure to stay: where one spelling has several, most decide.

    A spelling that is short for a longer name with its own label keeps it (`Washington` beside `George Washington`); a people and
    its party (`the Communists`) are two things. `usual` goes before the document's votes.
    """
    written = Counter(map(_WRITTEN, names.mentions))
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for (text, label), count in written.items():
        votes[_spelling(text)][label] += count
    known = {text: usual.get(clean(text).casefold()) for text, _ in written}
    asked = [(text, label) for text, label in written if len(votes[_spelling(text)]) > 1 or known[text] not in (None, label)]
    longer = {(label, word) for text, label in (written if asked else ()) for word in _spelling(text).split()[1:]}
    return {(text, label): _settled(text, label, votes[_spelling(text)], longer, known[text]) for text, label in asked}


_WRITTEN = attrgetter("text", "label")


@lru_cache(maxsize=200_000)
def _spelling(text: str) -> str:
    """The name without case; one in another alphabet as it is romanised (`Нихас` votes with `Nykhas`)."""
    return " ".join(map(fold, clean(text).casefold().split()))


def _settled(text: str, own: str, votes: Mapping[str, int], longer: set[tuple[str, str]], usual: str | None) -> str:
    best, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    if usual:
        best, count = usual, sum(votes.values()) + 1
    if KIND_OF_LABEL[best] == KIND_OF_LABEL[own] or {best, own} == {"NORP", "PARTY"}:
        return own
    if count <= votes[own] or (own, _spelling(text)) in longer:
        return own
    return best

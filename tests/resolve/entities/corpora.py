"""Small corpora for the tests: documents written as lines of names."""

from __future__ import annotations

from extract.resolve.entities import DocumentNames, Entity, Linking, NameMention

_LABELS = {
    "per": "PERSON",
    "party": "PARTY",
    "org": "ORG",
    "gpe": "GPE",
    "loc": "LOC",
    "norp": "NORP",
    "event": "EVENT",
    "law": "LAW",
}


def document(name: str, *names: str, brackets: tuple[tuple[int, int], ...] = (), sure: bool = False) -> DocumentNames:
    """Names written `per:Mr. Alan Gagloev`; a title before a person's name is split off at a bar (`per:Mr|Gagloev`).

    `sure`: what stands in brackets stands in quotes there, too.
    """
    mentions = tuple(_mention(index, text) for index, text in enumerate(names))
    return DocumentNames(name, mentions, brackets, frozenset(brackets) if sure else frozenset())


def _mention(index: int, text: str) -> NameMention:
    label, _, words = text.partition(":")
    title, bar, rest = words.partition("|")
    return NameMention(index, _LABELS[label], rest if bar else words, index * 50, title if bar else None)


def entity(linking: Linking, document: str, index: int) -> Entity:
    """The entity of a mention."""
    wanted = linking.entity_of[document, index]
    return next(each for each in linking.entities if each.id == wanted)


def together(linking: Linking, *places: tuple[str, int]) -> bool:
    """Whether mentions are one entity."""
    return len({linking.entity_of[place] for place in places}) == 1

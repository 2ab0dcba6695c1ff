"""The names of a document and their clusters as JSON: each word stands once in a list, all else is numbers, in columns.

What linking reads of every document comes first and alone: how the names are spelled needs the words and one list, their clusters
another, and what only clustering them again asks for is a third.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from pydantic import ConfigDict, TypeAdapter

from extract.resolve.entities.comparing import Form
from extract.resolve.entities.documents import Cluster, DocumentClusters, Name, Sightings, people_of
from extract.resolve.entities.forest import Doubt, Edge
from extract.resolve.entities.labels import Spelled, spelled
from extract.resolve.entities.names import DocumentNames, Held, NameMention
from extract.resolve.entities.relation import Relation

Numbers = list[list[int]]
_LATE = ConfigDict(defer_build=True)
_WORDS = TypeAdapter(list[str], config=_LATE)
_NUMBERS = TypeAdapter(Numbers, config=_LATE)
_CLUSTERS = TypeAdapter(tuple[Numbers, Numbers, list[float], Numbers, list[float], Numbers], config=_LATE)
_ABSENT = -1  # the number of a word that is not there


class PackedNames(NamedTuple):
    """The four lists; all are empty where there is no document."""

    words: bytes = b""
    spelled: bytes = b""
    clusters: bytes = b""
    names: bytes = b""


class _Words(dict[str, int]):
    """Words in the order in which they came first."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def column(self, words: Iterable[str | None]) -> list[int]:
        """The numbers of words."""
        return [_ABSENT if word is None else self[word] for word in words]


def pack_names(names: DocumentNames, clusters: DocumentClusters) -> PackedNames:
    """The names of a document, and their clusters as they are where no alias file has a say."""
    words = _Words()
    packed = _clusters(words, names, clusters), _names(words, names)
    known = {word.casefold(): number for word, number in words.items()}
    texts, labels, counts = zip(*found, strict=True) if (found := spelled(names)) else ((), (), ())
    spellings = [known[text] if text in known else words[text] for text in texts], words.column(labels), counts
    return PackedNames(*map(_dump, ([*words], spellings, *packed)))


def pack_clusters(names: DocumentNames, clusters: DocumentClusters) -> tuple[bytes, bytes]:
    """The words and the clusters alone."""
    words = _Words()
    packed = _clusters(words, names, clusters)
    return _dump([*words]), _dump(packed)


def unpack_spelled(words: bytes, spellings: bytes) -> Spelled:
    """How the names are spelled. Raises ValueError or LookupError for anything else, as the other two do."""
    word = _WORDS.validate_json(words).__getitem__
    texts, labels, counts = _NUMBERS.validate_json(spellings)
    return [*zip(map(str.casefold, map(word, texts)), map(word, labels), counts, strict=True)]


def unpack_clusters(name: str, words: bytes, clusters: bytes) -> DocumentClusters:
    """The clusters of the document of that name."""
    word: Any = [*_WORDS.validate_json(words), None]  # the last one is absent
    columns, edges, scores, doubts, doubtful, (completed, countries, years, worlds) = _CLUSTERS.validate_json(clusters)
    distances, *written, form_of, kinds, texts, titles, sizes = columns
    forms = [*map(Form, *([word[each] for each in column] for column in (kinds, texts, titles)))]
    found: list[tuple[list[int], dict[tuple[int, ...], list[int]]]] = [([], {}) for _ in forms]
    for index, form, row in zip(accumulate(distances), form_of, zip(*written, strict=True), strict=True):
        indexes, rows = found[form]
        indexes.append(index)
        rows.setdefault(row, []).append(index)
    names = {row: Name(*[word[each] for each in row]) for _, rows in found for row in rows}
    sighted = [
        Sightings(
            tuple(indexes), tuple([(names[row], len(at)) for row, at in rows.items()]), tuple([at[0] for at in rows.values()])
        )
        for indexes, rows in found
    ]
    read = [
        Cluster(forms[first].kind, dict(zip(forms[first:end], sighted[first:end], strict=True)), completed=word[full])
        for (first, end), full in zip(pairwise(accumulate(sizes, initial=0)), completed, strict=True)
    ]
    cluster_of = [cluster for cluster, size in zip(read, sizes, strict=True) for _ in range(size)]
    for (a, b, verdict, link, reason, short, local, *signs), score in zip(edges, scores, strict=True):
        told = word[verdict], word[link], word[reason], tuple([word[sign] for sign in signs]), word[short], bool(local), score
        cluster_of[a].edges.append(Edge(forms[a], forms[b], Relation(*told)))
    open_ = [
        Doubt(forms[a], forms[b], word[reason], score, ((name, first), (name, second)))
        for (a, b, reason, first, second), score in zip(doubts, doubtful, strict=True)
    ]
    context = ({word[each]: count for each, count in _paired(counted)} for counted in (countries, worlds))
    named, known = context
    return DocumentClusters(name, read, open_, people_of(forms), named, tuple(years), known)


def unpack_names(name: str, words: bytes, clusters: bytes, names: bytes) -> DocumentNames:
    """The names of the document of that name."""
    word: Any = [*_WORDS.validate_json(words), None]
    columns, *_, (_, _, years, _) = _CLUSTERS.validate_json(clusters)
    starts, titles, aside, definitions, equations, held = _NUMBERS.validate_json(names)
    index, text, label, target, world, near = columns[:6]
    rows = zip(accumulate(index), label, text, accumulate(starts), titles, target, aside, world, near, strict=True)
    return DocumentNames(
        name,
        tuple(
            NameMention(at, word[label], word[text], start, word[title], word[target], bool(aside), word[world], word[near])
            for at, label, text, start, title, target, aside, world, near in rows
        ),
        tuple(_paired(definitions)),
        frozenset(_paired(equations)),
        tuple(years),
        Held(*[word[each] for each in held]) if held else None,
    )


def _clusters(words: _Words, names: DocumentNames, found: DocumentClusters) -> Any:
    """Each mention with what the corpus looks at and the number of its form; the forms; the clusters; edges; doubts; context."""
    forms = {form: number for number, form in enumerate(form for cluster in found.clusters for form in cluster.mentions)}
    form_of = {index: forms[form] for cluster in found.clusters for form, at in cluster.mentions.items() for index in at.indexes}
    indexes = [mention.index for mention in names.mentions]
    written = (words.column(getattr(mention, field) for mention in names.mentions) for field in Name._fields)
    edges = [edge for cluster in found.clusters for edge in cluster.edges]
    return (
        [
            steps(indexes),
            *written,
            [form_of[index] for index in indexes],
            *(words.column(column) for column in (zip(*forms, strict=True) if forms else ([], [], []))),
            [len(cluster.mentions) for cluster in found.clusters],
        ],
        [
            [forms[a], forms[b], *map(words.__getitem__, _said(told)), int(told.local), *words.column(told.signs)]
            for a, b, told in edges
        ],
        [edge.relation.score for edge in edges],
        [[forms[doubt.a], forms[doubt.b], words[doubt.reason], *(at for _, at in doubt.evidence)] for doubt in found.doubts],
        [doubt.score for doubt in found.doubts],
        [
            words.column(cluster.completed for cluster in found.clusters),
            _pairs(words, found.countries.items()),
            found.years,
            _pairs(words, found.worlds.items()),
        ],
    )


def _names(words: _Words, names: DocumentNames) -> Any:
    """What is left of the mentions, the pairs of them of which one explains the other, and the elections it begins with."""
    return (
        steps([mention.start for mention in names.mentions]),
        words.column(mention.title for mention in names.mentions),
        [int(mention.aside) for mention in names.mentions],
        [number for pair in names.definitions for number in pair],
        [number for pair in sorted(names.equations) for number in pair],
        words.column(names.held or ()),
    )


def _said(told: Relation) -> tuple[str, ...]:
    return told.verdict, told.link, told.reason, told.short


def _dump(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def steps(numbers: Iterable[int]) -> list[int]:
    """Numbers as steps from one to the next, from nought; `itertools.accumulate` takes them back."""
    return [number - before for before, number in pairwise([0, *numbers])]


def _pairs(words: _Words, counts: Iterable[tuple[str, int]]) -> list[int]:
    return [number for word, count in counts for number in (words[word], count)]


def _paired(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    return zip(numbers[::2], numbers[1::2], strict=True)

"""The names of a document and their clusters as JSON: each word stands once in a list, all else is numbers, in columns.

What linking reads of every document comes first and alone: how the names are spelled needs the words and one list, their clusters
another, and what only clustering them again asks for is a third.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple, TypeVar

from pydantic import ConfigDict, TypeAdapter

from extract.resolve.entities.comparing import Form
from extract.resolve.entities.documents import Cluster, DocumentClusters, Name, Sightings, name_of, people_of
from extract.resolve.entities.forest import Doubt, Edge
from extract.resolve.entities.labels import Spelled, spelled
from extract.resolve.entities.names import DocumentNames, Held, NameMention
from extract.resolve.entities.relation import Relation

Numbers = list[list[int]]
Row = TypeVar("Row", Form, Name)
Made = TypeVar("Made")
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
    distances, row_of, *written, kinds, texts, titles, spelled, sizes = columns
    names = _columned(word, written, Name)
    forms = _columned(word, (kinds, texts, titles), Form)
    rows: list[list[int]] = [[] for _ in names]
    for index, row in zip(accumulate(distances), row_of, strict=True):
        rows[row].append(index)
    named = [*zip(names, map(len, rows), strict=True)]
    sighted = [
        ((*rows[start],), (named[start],), (rows[start][0],))
        if end - start == 1
        else ((*sorted(chain(*rows[start:end])),), (*named[start:end],), tuple([at[0] for at in rows[start:end]]))
        for start, end in pairwise(accumulate(spelled, initial=0))
    ]
    seen = [*zip(forms, _made(Sightings, sighted), strict=True)]
    read = [
        Cluster(forms[start].kind, dict(seen[start:end]), completed=word[full])
        for (start, end), full in zip(pairwise(accumulate(sizes, initial=0)), completed, strict=True)
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
    counted, known = context
    return DocumentClusters(name, read, open_, people_of(forms), counted, tuple(years), known)


def unpack_names(name: str, words: bytes, clusters: bytes, names: bytes) -> DocumentNames:
    """The names of the document of that name."""
    word: Any = [*_WORDS.validate_json(words), None]
    columns, *_, (_, _, years, _) = _CLUSTERS.validate_json(clusters)
    starts, titles, aside, definitions, equations, held = _NUMBERS.validate_json(names)
    distances, row_of, *written = columns[:7]
    rows = _columned(word, written, Name)
    mentions = zip(accumulate(distances), row_of, accumulate(starts), titles, aside, strict=True)
    return DocumentNames(
        name,
        tuple(
            NameMention(at, each.label, each.text, start, word[title], each.target, bool(aside), each.world, each.near)
            for at, row, start, title, aside in mentions
            for each in (rows[row],)
        ),
        tuple(_paired(definitions)),
        frozenset(_paired(equations)),
        tuple(years),
        Held(*[word[each] for each in held]) if held else None,
    )


def _clusters(words: _Words, names: DocumentNames, found: DocumentClusters) -> Any:
    """Each mention with the number of its name; the names of each form; the forms; the clusters; edges; doubts; context."""
    seen = [each for cluster in found.clusters for each in cluster.mentions.items()]
    forms = {form: number for number, (form, _) in enumerate(seen)}
    form_of = {index: form for form, at in seen for index in at.indexes}
    rows = {(form, name): number for number, (form, name) in enumerate((form, name) for form, at in seen for name, _ in at.names)}
    edges = [edge for cluster in found.clusters for edge in cluster.edges]
    return (
        [
            steps([mention.index for mention in names.mentions]),
            [rows[form_of[mention.index], name_of(mention)] for mention in names.mentions],
            *_columns(words, Name, [name for _, name in rows]),
            *_columns(words, Form, forms),
            [len(at.names) for _, at in seen],
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


def _columns(words: _Words, kind: type[Row], rows: Collection[Row]) -> Iterable[list[int]]:
    return map(words.column, zip(*rows, strict=True) if rows else [[] for _ in kind._fields])


def _columned(word: Sequence[Any], columns: Iterable[Sequence[int]], kind: type[Row]) -> list[Row]:
    """Rows of words from their columns."""
    return list(_made(kind, zip(*([word[each] for each in column] for column in columns), strict=True)))


def _made(kind: type[Made], rows: Iterable[Any]) -> Iterator[Made]:
    """Named tuples of plain ones; the class itself takes three times as long."""
    make: Any = partial(tuple.__new__, kind)
    return map(make, rows)


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

"""What the state keeps of the names of a document is what they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.resolve.entities import (
    Aliases,
    DocumentNames,
    NameMention,
    cluster_document,
    pack_names,
    unpack_clusters,
    unpack_names,
    unpack_spelled,
)
from extract.resolve.entities.labels import spelled
from extract.resolve.entities.names import Held
from resolve.entities.corpora import document
from resolve.entities.test_properties import COMPARER, documents

words = st.none() | st.sampled_from(["Mr", "sport", "", 'Ünited \\ "Nations"', "ẞ"])
beginnings = st.none() | st.just(Held("Local ", "Leeds", "GPE"))
contexts = st.tuples(st.integers(1, 9), words, words, st.booleans(), words, words)


def dressed(names: DocumentNames, contexts: list[tuple], years: list[int], held: Held | None) -> DocumentNames:
    """The names with other numbers and with all that may stand beside them."""
    mentions, index = [], 0
    for mention, (step, title, target, aside, world, near) in zip(names.mentions, contexts, strict=False):
        index += step
        mentions.append(NameMention(index, mention.label, mention.text, mention.start, title, target, aside, world, near))
    pairs = tuple(zip([m.index for m in mentions], [m.index for m in mentions[1:]], strict=False))
    return DocumentNames(names.document, tuple(mentions), pairs, frozenset(pairs[::2]), tuple(years), held)


@given(documents, st.lists(contexts, min_size=12, max_size=12), st.lists(st.integers(1000, 2099)), beginnings)
def test_nothing_is_lost(texts, beside, years, held):
    names = dressed(document("d", *texts), beside, years, held)
    clusters = cluster_document(names, Aliases(), COMPARER)
    packed = pack_names(names, clusters)
    assert unpack_names("d", packed.words, packed.clusters, packed.names) == names
    assert unpack_spelled(packed.words, packed.spelled) == spelled(names)
    found = unpack_clusters("d", packed.words, packed.clusters)
    assert found == clusters
    assert [cluster.forms for cluster in found.clusters] == [cluster.forms for cluster in clusters.clusters]
    assert [*found.countries.items()] == [*clusters.countries.items()]


@pytest.mark.parametrize(
    "clusters",
    [
        b"",
        b"{}",
        b"[[],[],[],[],[],[[],[],[],[]]]",
        b"[[[0],[7],[0],[-1],[-1],[-1],[0],[0],[0],[0],[1]],[],[],[],[],[[-1],[],[],[]]]",
    ],
)
def test_what_is_damaged_is_told(clusters):
    with pytest.raises((ValueError, LookupError)):
        unpack_clusters("d", b'["a"]', clusters)

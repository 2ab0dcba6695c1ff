"""What the state keeps of a document is what the map stage made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from extract.pipeline import Pipeline
from extract.run.mapped import pack, unpack, unpack_ids
from extract.sources import Source, read_source, read_string
from extract.sources.find import find_sources
from strategies import hostile_text

TEXTS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def bare():
    return Pipeline(model="none")


def kept(mapped):
    packed = pack(mapped)
    head, (lines, labels) = unpack(packed.words, packed.ids, packed.rest)
    assert head == mapped.head
    assert lines == "\n".join(mapped.lines)
    assert [number for number, _ in labels] == list(mapped.numbers) == list(unpack_ids(packed.ids, mapped.numbers))
    return dict(labels)


def test_lines_come_back_as_they_were(bare):
    for source in find_sources([TEXTS]):
        for document in read_source(source):
            labels = kept(bare.map_document(document))
            assert {None, "DATE", "PERCENT", "SEATS"} >= set(labels.values()) and None in labels.values()


@settings(deadline=None, max_examples=60)
@given(hostile_text())
def test_lines_of_odd_text_come_back_as_they_were(bare, text):
    kept(bare.map_document(read_string(f"{text} The Blue “Party” won 7 seats on 9 June 2024 {text}")))


def test_a_document_without_records_and_a_failure(bare):
    assert kept(bare.map_document(read_string("nothing"))) == {}
    assert kept(bare.map_unit(Source("gone.txt", Path("gone.txt")))) == {}

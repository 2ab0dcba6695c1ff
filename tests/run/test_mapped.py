"""What the state keeps of a document is what the map stage made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from extract.pipeline import Pipeline
from extract.records.finish import Written, fill_lines
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
    names = [mention.index for mention in mapped.names.mentions] if mapped.names else []
    entities = {number: Written(f"L{number}", f'{{"name":"{number}"}}', f"R{number}") for number in names}
    head, (lines, labels) = unpack(packed.words, packed.ids, packed.rest, entities)
    assert head == mapped.head
    assert lines == fill_lines("\n".join(mapped.lines), entities)
    assert list(mapped.numbers) == list(unpack_ids(packed.ids, mapped.numbers))
    found = dict(zip(mapped.numbers, labels, strict=True))
    assert all(found[number] == entity.label for number, entity in entities.items())
    return {label for number, label in found.items() if number not in entities}


def test_lines_come_back_as_they_were(bare):
    for source in find_sources([TEXTS]):
        for document in read_source(source):
            assert kept(bare.map_document(document)) <= {"DATE", "PERCENT", "SEATS"}


@settings(deadline=None, max_examples=60)
@given(hostile_text())
def test_lines_of_odd_text_come_back_as_they_were(bare, text):
    kept(bare.map_document(read_string(f"{text} The Blue “Party” won 7 seats on 9 June 2024 {text}")))


def test_a_document_without_records_and_a_failure(bare):
    assert kept(bare.map_document(read_string("nothing"))) == set()
    assert kept(bare.map_unit(Source("gone.txt", Path("gone.txt")))) == set()

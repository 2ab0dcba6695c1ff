"""The readers alone against the gold: what a person marked must be visible where the file has it."""

import json
from pathlib import Path

import pytest

from extract.sources import Source, read_source

ROOT = Path(__file__).parents[2]
GOLD = sorted((ROOT / "tests/gold").glob("*/*.gold.jsonl"))


def read(gold):
    stem = gold.name.removesuffix(".gold.jsonl")
    folders = (gold.parent, ROOT / "seeds")
    path = next(path for folder in folders for path in folder.glob(f"{stem}.*") if path != gold)
    return next(iter(read_source(Source(path.name, path))))


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name)
def test_every_gold_mention_is_visible_at_its_place(gold):
    document = read(gold)
    for line in gold.read_text("utf-8").splitlines():
        mention = json.loads(line)
        span = document.offsets.to_text(mention["start"], mention["end"])
        assert span is not None, mention
        assert document.to_source(*span) == (mention["start"], mention["end"]), mention
        assert document.quote(*span) == mention["quote"]
        block = document.block_at(span[0])
        assert block is not None, mention
        assert block.end >= span[1], mention

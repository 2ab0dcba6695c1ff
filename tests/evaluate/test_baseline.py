"""The scores on the gold, which may only rise.

Where one falls for a good reason, say it in the commit and write the baseline anew: `python tests/evaluate/test_baseline.py`.
"""

from pathlib import Path

import pytest

from extract import Pipeline
from extract.evaluate import compare_to_baseline, evaluate, write_baseline

ROOT = Path(__file__).parents[2]
BASELINE = Path(__file__).with_name("baseline.json")
SECTIONS = {"seeds": ROOT / "seeds", **{name: ROOT / "tests/gold" / name for name in ("dev", "world", "apart")}}


def scores_of(pipeline, section):
    paths = [path for path in SECTIONS[section].iterdir() if not path.name.endswith((".gold.jsonl", ".toml"))]
    records = [record.as_json() for record in pipeline.extract(*paths).records()]
    return evaluate(records, ROOT / "tests/gold" / section)


@pytest.mark.parametrize("section", SECTIONS)
def test_no_score_falls(pipeline, section):
    falls = compare_to_baseline(scores_of(pipeline, section), BASELINE, section)
    assert not falls, "\n".join(map(str, falls))


if __name__ == "__main__":
    shipped = Pipeline()
    for name in SECTIONS:
        write_baseline(scores_of(shipped, name), BASELINE, name)

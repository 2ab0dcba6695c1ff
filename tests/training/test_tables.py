"""Annotated tables: what an annotation says, what is wrong with one, and how well tables are read that were kept apart."""

from collections import Counter
from pathlib import Path

import pytest

from extract.errors import RecordError
from extract.recognise.figures.grid import read_value
from extract.recognise.figures.lines import FIGURES
from extract.recognise.figures.readings import Reading
from extract.training.tables import read_tables

APART = Path(__file__).parent.parent / "data" / "tables" / "apart.txt"
TABLE = "=== x markdown\n| Party | Seats | % |\n|---|---|---|\n| Reds | 12 | 40.1 |\n| Total | 30 | 100 |\n"


def test_tables_that_were_kept_apart_are_read_right(pipeline):
    counts = Counter()
    for table in read_tables(pipeline, [APART]):
        reading = Reading(table.grid, table.said, pipeline.weights)
        counts["tables"] += 1
        counts["right ways"] += table.runs_as_annotated
        counts["right"] += sum(
            right == found for right, found in zip(table.gold.kinds, reading.kinds, strict=False) if right in FIGURES
        )
        counts["there"] += sum(kind in FIGURES for kind in table.gold.kinds)
        counts["found"] += sum(kind in FIGURES for kind in reading.kinds)
    assert counts["right ways"] >= 0.95 * counts["tables"]
    assert 2 * counts["right"] / (counts["there"] + counts["found"]) >= 0.8


def test_an_annotation_says_kinds_and_owners(pipeline, tmp_path):
    path = tmp_path / "tables.txt"
    path.write_text(TABLE + "--- kinds\nparty | won | vote@person\n")
    (table,) = read_tables(pipeline, [path])
    assert (table.gold.kinds, table.gold.owners) == (["party", "won", "vote"], [None, None, "person"])


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ("party | won", "2 kinds for 3 lines: Party | Seats | %"),
        ("party | won | share", "'share' is none of won, held"),
        ("party | won | vote!", "not a line of kinds"),
        ("2: party | won | vote", "kinds for table 2, but there are 1"),
    ],
)
def test_an_annotation_that_does_not_fit_says_where(pipeline, tmp_path, kinds, message):
    path = tmp_path / "tables.txt"
    path.write_text(f"{TABLE}--- kinds\n{kinds}\n")
    with pytest.raises(RecordError, match=r"tables\.txt: x") as error:
        list(read_tables(pipeline, [path]))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "shape", "shown", "second"),
    [
        ("1,204", "whole", "1,204", None),
        ("206.364", "whole", "206.364", None),
        ("30,80", "decimal", "30,80", None),
        ("−2.4 pp", "decimal", "−2.4", None),
        ("▲ 5", "whole", "5", None),
        ("48 (+2)", "pair", "48", "+2"),
        ("221,001 (26.27%)", "pair", "221,001", "26.27"),
        ("52–61", "range", "52", "61"),
        ("46 seats, 30.1%", "words", "46", None),
        ("2012", "year", "", None),
        ("—", "blank", "", None),
    ],
)
def test_the_shape_of_a_value(text, shape, shown, second):
    value = read_value(text)
    assert (value.shape, text[value.start : value.end]) == (shape, shown)
    assert (value.second and text[value.second.start : value.second.end]) == second

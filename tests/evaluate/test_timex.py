"""The scorer of time expressions: TempEval-3's figures, counted by hand."""

import json

import pytest

from extract.errors import RecordError
from extract.evaluate.timex import Timex, TimexDocument, read_timexes, score_timexes, tag

TEXT = "In May 1999 it rained for three days; two years later it did not."
MAY = Timex(3, 11, "DATE", "1999-05")
DAYS = Timex(26, 36, "DURATION", "P3D")
LATER = Timex(38, 53, "DATE", "2001")


def scores(*found):
    result = score_timexes([(TimexDocument("d", TEXT, None, (MAY, DAYS, LATER)), list(found))])
    return {name: round(count.f1, 4) for name, count in result.figures.items()}


def test_all_right():
    assert scores(MAY, DAYS, LATER) == {"strict": 1, "relaxed": 1, "type": 1, "value": 1}


def test_another_span_counts_as_relaxed_and_its_value_is_compared():
    assert scores(Timex(7, 11, "DATE", "1999"), DAYS, LATER) == {"strict": 0.6667, "relaxed": 1, "type": 1, "value": 0.6667}


def test_missing_and_spurious_ones_count():
    assert scores(MAY, Timex(60, 64, "DATE", "X")) == {"strict": 0.4, "relaxed": 0.4, "type": 0.4, "value": 0.4}


def test_one_expression_is_taken_once():
    whole = Timex(26, 53, "DURATION", "P3D")
    assert scores(MAY, whole)["relaxed"] == pytest.approx(2 * 2 / 5)


def test_mistakes_tell_both_sides():
    result = score_timexes([(TimexDocument("d", TEXT, None, (MAY, DAYS)), [Timex(3, 11, "DATE", "1998-05"), LATER])])
    told = [(mistake.gold, mistake.found) for mistake in result.mistakes]
    assert told == [(MAY, Timex(3, 11, "DATE", "1998-05")), (DAYS, None), (None, LATER)]


def test_a_corpus_is_read_and_a_bad_line_is_named(tmp_path):
    file = tmp_path / "corpus.jsonl"
    line = {"doc": "a", "dct": "2024-06-10", "text": TEXT, "timexes": [[3, 11, "DATE", "1999-05", None]]}
    file.write_text(json.dumps(line) + "\n" + json.dumps({**line, "timexes": [[3, 999, "DATE", "1999-05", None]]}) + "\n")
    documents = read_timexes(file)
    assert next(documents).timexes == (MAY,)
    with pytest.raises(RecordError, match=r"corpus\.jsonl:2: .*outside"):
        next(documents)
    file.write_text(json.dumps({"doc": "a"}) + "\n")
    with pytest.raises(RecordError, match=r"corpus\.jsonl:1: not a line"):
        list(read_timexes(file))


def test_a_document_is_tagged_from_its_own_day(bare):
    document = TimexDocument("news", "They met on Monday. In 1999 it was so.", "2024-06-12", ())
    assert tag(bare, document) == [Timex(12, 18, "DATE", "2024-06-10"), Timex(23, 27, "DATE", "1999")]

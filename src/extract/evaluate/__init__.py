"""Scores against gold: `evaluate(records, gold)` gives them, `tables` shows them, `compare_to_baseline` guards them."""

from extract.evaluate.annotation import Annotation, gold_records, read_gold, read_records
from extract.evaluate.baseline import compare_to_baseline, write_baseline
from extract.evaluate.given import evaluate_given
from extract.evaluate.scores import Scores, evaluate
from extract.evaluate.tables import entity_table, tables, timex_tables
from extract.evaluate.timex import read_timexes, score_timexes, tag

__all__ = [
    "Annotation",
    "Scores",
    "compare_to_baseline",
    "entity_table",
    "evaluate",
    "evaluate_given",
    "gold_records",
    "read_gold",
    "read_records",
    "read_timexes",
    "score_timexes",
    "tables",
    "tag",
    "timex_tables",
    "write_baseline",
]

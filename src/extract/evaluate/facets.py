"""What of a value is compared, by label: one row for each figure in the report.

A figure counts the mentions whose span and label are right and for which the test of its row holds, against all of gold and all
that was predicted. So `value` can never be better than the strict figure of its label.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from extract.evaluate.annotation import Annotation
from extract.evaluate.entities import EntityMap

Test = Callable[[Annotation, Annotation, EntityMap], bool]


def _same(*fields: str) -> Test:
    def test(gold: Annotation, record: Annotation, _: EntityMap) -> bool:
        return all(gold.value.get(field) == record.value.get(field) for field in fields)

    return test


def _same_date(gold: Annotation, record: Annotation, _: EntityMap) -> bool:
    """The type, and one of both notations: they say the same thing."""
    edtf = gold.value.get("edtf")
    same = (edtf is not None and edtf == record.value.get("edtf")) or gold.value.get("timex3") == record.value.get("timex3")
    return same and gold.value.get("type") == record.value.get("type")


def _same_owners(gold: Annotation, record: Annotation, entities: EntityMap) -> bool:
    wanted = frozenset(owner.entity or owner.name for owner in gold.value["owners"])
    return wanted == entities.gold_names(record)


def _all(*tests: Test) -> Test:
    return lambda gold, record, entities: all(test(gold, record, entities) for test in tests)


_NUMBER = _same("low", "high", "unit")
_VALUE = _all(_NUMBER, _same("comparator"))
_FULL = _all(_VALUE, _same("kind", "each"), _same_owners)

FACETS: Mapping[str, Mapping[str, Test]] = {
    "DATE": {
        "value": _same_date,
        "edtf": _same("edtf"),
        "timex3": _same("timex3"),
        "value+mod": _all(_same_date, _same("mod")),
    },
    "PERCENT": {
        "number": _NUMBER,
        "value": _VALUE,
        "subject": _same_owners,
        "measure": _same("kind"),
        "full": _FULL,
    },
    "SEATS": {
        "number": _NUMBER,
        "value": _VALUE,
        "party": _same_owners,
        "role": _same("kind"),
        "full": _FULL,
    },
}
"""By label: the name of a figure and its test. `number`: bounds and unit; `value`: with the comparator; `full`: everything."""

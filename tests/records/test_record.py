from decimal import Decimal

import pytest
from pydantic import ValidationError

from extract.normalise.values import DateValue, EntityRef, NameValue, PercentValue, RuleValue, SeatsValue
from extract.records.record import LINES, Origin, Provenance, Record, SentenceRef

SENTENCE = SentenceRef(index=0, start=10, end=40, text="Nykhaz won 6 seats in the vote.")


def provenance(**changes):
    fields = {
        "document": "a.txt",
        "sha256": "0" * 64,
        "start": 21,
        "end": 28,
        "quote": "6 seats",
        "line": 2,
        "sentence": SENTENCE,
    }
    return Provenance(**{**fields, **changes})


def record(label, value, **changes):
    origin = Origin(rule="seats.won", inferred_from=changes.pop("inferred_from", None))
    return Record(id="r_" + "0" * 16, label=label, text="6 seats", value=value, source=provenance(), origin=origin)


VALUES = [
    ("SEATS", SeatsValue(seats=6, role="won", party=(EntityRef(entity="e_" + "1" * 16, name="Nykhas"),))),
    ("PERCENT", PercentValue(percent=Decimal("31.75"), measure="vote_share")),
    ("DATE", DateValue(edtf="2024-06-09", timex3="2024-06-09", type="DATE")),
    ("PARTY", NameValue(entity="e_" + "1" * 16, name="Nykhas")),
    ("VOTES", RuleValue(number=Decimal(20033))),
]


@pytest.mark.parametrize(("label", "value"), VALUES)
def test_a_record_reads_back_as_itself(label, value):
    written = record(label, value)
    assert Record.model_validate(written.as_json()) == written


def test_a_percentage_is_written_as_the_number_it_is():
    assert record("PERCENT", PercentValue(percent=Decimal("31.75"))).as_json()["value"]["percent"] == 31.75
    assert record("PERCENT", PercentValue(percent=Decimal("5"))).as_json()["value"]["percent"] == 5


def test_origin_has_from_only_where_something_was_inferred():
    assert record(*VALUES[0]).as_json()["origin"] == {"rule": "seats.won"}
    inferred = record(*VALUES[0], inferred_from=("r_1",)).as_json()["origin"]
    assert inferred == {"rule": "seats.won", "from": ["r_1"]}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"end": 27}, "not as long as the quote"),
        ({"start": 5, "end": 12}, "does not hold"),
        ({"end": 45, "quote": "6 seats in the vote. xxx"}, "does not hold"),
        ({"start": 21, "end": 21, "quote": ""}, "at least 1 character"),
        ({"sha256": "abc"}, "pattern"),
        ({"page": 3}, "not permitted"),
    ],
)
def test_provenance_that_contradicts_itself_is_refused(changes, message):
    with pytest.raises(ValidationError, match=message):
        provenance(**changes)


@pytest.mark.parametrize(
    ("label", "value"),
    [("SEATS", VALUES[1][1]), ("DATE", VALUES[3][1]), ("PERSON", VALUES[3][1]), ("VOTES", VALUES[0][1])],
)
def test_a_value_of_another_label_is_refused(label, value):
    with pytest.raises(ValidationError):
        record(label, value)


@pytest.mark.parametrize("name", LINES)
def test_every_file_has_a_schema(name):
    schema = LINES[name].model_json_schema()
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(("end", "written"), [(15, False), (19, True)])
def test_a_sentence_has_an_end_where_it_is_longer_than_its_text(end, written):
    told = SentenceRef.model_validate({"index": 0, "start": 10, "end": end, "text": "Hello"})
    assert told.end == end
    assert ("end" in told.as_json()) == written
    assert SentenceRef.model_validate_json(told.as_line()) == told

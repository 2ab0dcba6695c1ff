"""Names linked to a register of the user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.batch import Batch
from extract.errors import RuleError
from extract.outputs.check import check_output
from extract.resolve.entities import AliasWarning, DocumentNames, Entity, link_corpus, load_register
from extract.settings import Settings
from resolve.entities.corpora import document, entity, together

ROWS = """\ufeffid,name,aliases,label,country,from,to
Q1,Labour Party,Labour,PARTY,United Kingdom,1900,
Q2,Labour Party,Labour; Irish Labour,PARTY,Ireland,,
Q3,Spanish Socialist Workers' Party,PSOE,PARTY,Spain,,
Q4,Volodymyr Zelensky,,PERSON,Ukraine,2019,
Q5,Luiz Inácio Lula da Silva,Lula,PERSON,Brazil,,
Q6,John Smith,,PERSON,United Kingdom,,1994
Q7,John Smith,,PERSON,United States,,
Q8,Maria Berg,,PERSON,,,
"""
BRITAIN, SPAIN = ("gpe:London", "gpe:United Kingdom"), ("gpe:Spain", "gpe:Madrid")

# Names of one document, and the entry that the first of them is.
MEANT = [
    (["party:Labour", *BRITAIN], "Q1"),
    (["party:Labour", "gpe:Ireland", "gpe:Dublin"], "Q2"),
    (["party:Labour Party"], None),
    (["party:PSOE", *SPAIN], "Q3"),
    (["party:PSOE", *BRITAIN], None),
    (["per:Vladimir Zelenskyi", "gpe:Ukraine"], "Q4"),
    (["per:Volodymyr Zelensky", *BRITAIN], None),
    (["per:Lula", "gpe:Brazil"], "Q5"),
    (["per:Lula", *SPAIN], None),
    (["per:John Smith", *BRITAIN], "Q6"),
    (["per:John Smith", "norp:American", "gpe:Texas"], "Q7"),
    (["per:John Smith"], None),
    (["per:Maria Berg", *SPAIN], "Q8"),
    (["org:Maria Berg"], None),
    (["per:Maria Berger"], None),
]


def _link(tmp_path: Path, *documents: DocumentNames) -> tuple[Entity, ...]:
    (tmp_path / "people.csv").write_text(ROWS, encoding="utf-8")
    linking = link_corpus(documents, None, load_register(tmp_path / "people.csv"))
    return tuple(entity(linking, each.document, 0) for each in documents)


@pytest.mark.parametrize(("names", "meant"), MEANT, ids=str)
def test_which_entry_a_name_means(names: list[str], meant: str | None, tmp_path: Path) -> None:
    (found,) = _link(tmp_path, document("d", *names))
    assert (found.registered and found.registered.id) == meant
    assert found.registered is None or (found.registered.reason and 0.5 <= found.registered.score <= 1)


def test_two_of_one_name_are_two_entities_and_one_of_two_names_is_one(tmp_path: Path) -> None:
    a, b = document("a", "per:John Smith", *BRITAIN), document("b", "per:John Smith", "norp:American", "gpe:Texas")
    c, d = document("c", "party:PSOE", *SPAIN), document("d", "party:Spanish Socialist Workers' Party")
    first, second, third, fourth = _link(tmp_path, a, b, c, d)
    assert first.id != second.id
    assert third.id == fourth.id


def test_the_years_of_a_document_count(tmp_path: Path) -> None:
    names = document("d", "per:John Smith", *BRITAIN)
    (found,) = _link(tmp_path, DocumentNames("d", names.mentions, years=(2012, 2014)))
    assert found.registered is None


def test_without_a_register_nothing_changes() -> None:
    linking = link_corpus([document("a", "per:John Smith"), document("b", "per:John Smith")])
    assert together(linking, ("a", 0), ("b", 0))
    assert entity(linking, "a", 0).registered is None


MISTAKES = [
    ("name,label\n", "1: there is no column 'id'"),
    ("id,name,label,alias\n", "1: 'alias' is no column"),
    ("id,name,label\na,,PERSON\n", "2: field name is empty"),
    ("id,name,label\na,A B,PERSON\nb,C D,HUMAN\n", "3: field label: 'HUMAN'"),
    ("id,name,label\na,A B,PERSON\n\na,C D,PERSON\n", "4: field id: 'a' is that of line 2"),
    ("id,name,label,from\na,A B,PERSON,soon\n", "2: field from: 'soon'"),
    ("id,name,label,from,to\na,A B,PERSON,2010,2005-01-02\n", "2: fields from and to: 2010"),
    ("id,name,label\na,A B\n", "2: 2 fields"),
    ("id,name,label\na,A B,HUMAN\n,C D,PERSON\n", "line 3, field id is empty"),
    ('id,name,label\na,"A B,PERSON\n', "not CSV"),
]


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_field(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_register(path)
    assert message in str(raised.value)


def test_other_encodings_and_unknown_countries_are_told(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("id,name,label\na,Ärla Ö,PERSON\n".encode("latin-1"))
    with pytest.raises(RuleError, match="save the register as UTF-8"):
        load_register(path)
    path.write_text("id,name,label,country\na,A B,PERSON,Q30\n", encoding="utf-8")
    with pytest.warns(AliasWarning, match="'Q30' is none"):
        load_register(path)


def test_a_run_carries_the_ids_and_a_changed_register_reads_nothing_anew(tmp_path: Path) -> None:
    source, register, output = tmp_path / "a.txt", tmp_path / "people.csv", tmp_path / "out"
    source.write_text("Maria Berg met Ole Holm in Madrid.", encoding="utf-8")
    register.write_text("id,name,label\nQ8,Maria Berg,PERSON\n", encoding="utf-8")
    batch = Batch([str(source)], output, Settings(model="none", register=register))
    assert batch.run().unchanged == 0
    records = [json.loads(line) for line in (output / "records.jsonl").read_text("utf-8").splitlines()]
    assert {record["text"]: record["value"].get("registered") for record in records}["Maria Berg"] == "Q8"
    assert "register" in json.loads((output / "manifest.json").read_text("utf-8"))["rule_files"]
    assert not check_output(output).problems
    register.write_text("id,name,label\nQ9,Maria Berg,PERSON\n", encoding="utf-8")
    assert batch.run().unchanged == 1
    assert '"registered":"Q9"' in (output / "records.jsonl").read_text("utf-8")

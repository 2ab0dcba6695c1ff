"""Each format read back by the tool it is for, or by its own rules: nothing is lost, nothing is moved."""

import csv
import json
import re
import sqlite3
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from spacy.tokens import DocBin

from extract.errors import RecordError, UsageError
from extract.outputs.export import FORMATS, default_target, export
from extract.outputs.reading import CodeUnits, Output
from extract.outputs.tables import TABLES
from extract.text.language import make_language


@pytest.fixture(scope="module")
def records(made):
    return [json.loads(line) for line in (made / "records.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def counts(made):
    return json.loads((made / "manifest.json").read_text("utf-8"))["counts"]


@pytest.fixture(scope="module")
def exported(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")

    def get(format):
        target = folder / default_target(made, format)
        return (target, export(Output(made), format, target))

    return get


def test_there_is_something_of_everything(records):
    assert {record["label"] for record in records} >= {"PERSON", "PARTY", "EVENT", "DATE", "PERCENT", "SEATS", "VOTES"}
    assert any(len(record["value"].get("party", ())) == 2 for record in records)


@pytest.mark.parametrize("format", FORMATS)
def test_counts_are_those_of_the_manifest(format, exported, counts):
    if format in ("parquet", "duckdb"):
        pytest.importorskip({"parquet": "pyarrow"}.get(format, format))
    _, written = exported(format)
    assert written["mentions"] == counts["records"]
    assert written["documents"] == counts["documents"]
    assert written.get("entities", counts["entities"]) == counts["entities"]


# -- tables: the same rows, whoever reads them ------------------------------------------------------------------------


def csv_rows(target, table):
    kinds = {column.name: column.kind for column in TABLES[table]}
    read = {"integer": int, "number": float, "boolean": lambda text: text == "True", "text": str, "json": str}
    with (target / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield {name: read[kinds[name]](cell) if cell else None for name, cell in row.items()}


def sqlite_rows(target, table):
    connection = sqlite3.connect(target)
    connection.row_factory = sqlite3.Row
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
        data = dict(row)
        yield {**data, "each": bool(data["each"])} if "each" in data else data


def parquet_rows(target, table):
    parquet = pytest.importorskip("pyarrow.parquet")
    yield from parquet.read_table(target / f"{table}.parquet").to_pylist()


def duckdb_rows(target, table):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(target), read_only=True) as connection:
        found = connection.execute(f"SELECT * FROM {table} ORDER BY rowid")
        names = [column[0] for column in found.description]
        yield from (dict(zip(names, row, strict=True)) for row in found.fetchall())


READERS = {"csv": csv_rows, "sqlite": sqlite_rows, "parquet": parquet_rows, "duckdb": duckdb_rows}


@pytest.mark.parametrize("format", READERS)
def test_a_table_has_the_columns_that_are_documented_and_every_record(format, exported, records):
    target, _ = exported(format)
    for table, columns in TABLES.items():
        assert {tuple(row) for row in READERS[format](target, table)} <= {tuple(column.name for column in columns)}
    mentions = {row["record"]: row for row in READERS[format](target, "mentions")}
    for record in records:
        row, source = mentions[record["id"]], record["source"]
        assert (row["label"], row["text"], row["document"]) == (record["label"], record["text"], source["document"])
        assert (row["start_char"], row["end_char"], row["quote"]) == (
            source["start"],
            source["end"],
            source["quote"],
        )
        assert json.loads(row["value"]) == record["value"]
        assert row["sentence"] == source["sentence"]["text"]


@pytest.mark.parametrize("format", READERS)
def test_seats_have_a_row_for_each_party_and_mentions_the_day_of_their_document(format, exported, records):
    target, _ = exported(format)
    owners = sum(max(1, len(record["value"]["party"])) for record in records if record["label"] == "SEATS")
    seats = list(READERS[format](target, "seats"))
    assert len(seats) == owners
    both = [row for row in seats if row["parties"] == 2]
    assert [(row["name"], row["low"], row["each"]) for row in both] == [
        ("Centre Party", 6.0, True),
        ("Progressive Party", 6.0, True),
    ]
    assert {row["published"] for row in READERS[format](target, "mentions") if row["document"] == "notes.md"} == {"2024-06-12"}
    days = [row["first_day"] for row in READERS[format](target, "dates") if row["text"] == "Monday"]
    assert days == ["2024-06-10"]


def test_the_docs_have_every_table_and_column_as_they_are():
    text = (Path(__file__).parents[2] / "docs/tables.md").read_text("utf-8")
    told = re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    rows = {name: re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", body, re.MULTILINE) for name, body in told}
    assert rows == {name: [(each.name, each.kind, each.says) for each in columns] for name, columns in TABLES.items()}


def test_sqlite_finds_words_by_its_index_and_explains_its_columns(exported):
    connection = sqlite3.connect(exported("sqlite")[0])
    found = connection.execute("SELECT text FROM mentions_fts WHERE mentions_fts MATCH 'turnout AND monday'").fetchall()
    assert ("54 per cent",) in found
    assert connection.execute("SELECT count(*) FROM columns").fetchone() == (sum(map(len, TABLES.values())),)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# -- annotations --------------------------------------------------------------------------------------------------------


def seen(records):
    """What every annotation tool must show: label and text of each mention, by document."""
    return Counter((record["source"]["document"], record["label"], record["text"]) for record in records)


def test_docbin_gives_docs_with_spans_and_values(exported, records):
    folder, _ = exported("docbin")
    vocab, found, values = make_language().vocab, Counter(), {}
    for path in sorted(folder.glob("*.spacy")):
        for doc in DocBin().from_disk(path).get_docs(vocab):
            told = doc.user_data["extract"]
            values |= told["values"]
            for group in doc.spans.values():
                found.update((told["document"], span.label_, span.text) for span in group)
                assert all(span.id_ in told["values"] for span in group)
    assert found == seen(records)
    assert json.loads(json.dumps(values)) == {record["id"]: record["value"] for record in records}


def test_conll_gives_every_mention_in_the_column_of_its_kind(exported, records):
    path, _ = exported("conll")
    lines = path.read_text("utf-8").splitlines()
    columns = lines[0].removeprefix("# global.columns = ").split()
    assert columns[:2] == ["ID", "FORM"]
    begun = Counter()
    for line in lines[1:]:
        if line and not line.startswith("#"):
            cells = line.split("\t")
            assert len(cells) == len(columns)
            begun.update(cell[2:] for cell in cells[4:] if cell.startswith("B-"))
    assert begun == Counter(record["label"] for record in records)


def test_webannotation_selects_the_quote_and_the_place(exported, records, made):
    path, _ = exported("webannotation")
    lines = path.read_text("utf-8").splitlines()
    for record, line in zip(records, map(json.loads, lines), strict=True):
        quote, position = line["target"]["selector"]
        assert line["id"].endswith(record["id"])
        assert unquote(line["target"]["source"]) == record["source"]["document"]
        assert quote["exact"] == record["text"]
        assert (position["start"], position["end"]) == (record["source"]["start"], record["source"]["end"])
        assert line["body"][0]["value"] == record["label"]


def test_label_studio_counts_code_points_and_has_the_values(exported, records):
    folder, _ = exported("labelstudio")
    found, values = Counter(), 0
    for task in json.loads((folder / "tasks.json").read_text("utf-8")):
        for region in task["predictions"][0]["result"]:
            place = region["value"]
            if region["type"] == "labels":
                assert task["data"]["text"][place["start"] : place["end"]] == place["text"]
                found[task["data"]["document"], place["labels"][0], place["text"]] += 1
            else:
                values += isinstance(json.loads(place["text"][0]), dict)
    assert found == seen(records)
    assert values == len(records)
    assert 'value="VOTES"' in (folder / "config.xml").read_text("utf-8")


def test_doccano_counts_utf_16(exported, records):
    path, _ = exported("doccano")
    found = Counter()
    for line in map(json.loads, path.read_text("utf-8").splitlines()):
        units = line["text"].encode("utf-16-le")
        found.update(
            (line["document"], label, units[2 * start : 2 * end].decode("utf-16-le")) for start, end, label in line["label"]
        )
    assert found == seen(records)


def test_brat_stands_off_from_its_text(exported, records):
    folder, _ = exported("brat")
    names, found = json.loads((folder / "documents.json").read_text("utf-8")), Counter()
    assert all(re.fullmatch(r"[\w][\w.-]*", name) for name in names)
    for name, document in names.items():
        text = (folder / f"{name}.txt").read_bytes().decode()
        for line in (folder / f"{name}.ann").read_text("utf-8").splitlines():
            head, middle, tail = line.split("\t")
            if head.startswith("T"):
                label, places = middle.split(" ", 1)
                pieces = [text[slice(*map(int, place.split()))] for place in places.split(";")]
                assert " ".join(pieces) == tail
                found[document, label, tail] += 1
            else:
                assert isinstance(json.loads(tail), dict)
    assert found == seen(records)


@pytest.mark.parametrize("text", ["", "a", "🗳️ a 👩‍👩‍👧 e\u0301 🎈"])
def test_code_units_lead_there_and_back(text):
    units = CodeUnits(text)
    for position in range(len(text) + 1):
        unit = len(text[:position].encode("utf-16-le")) // 2
        assert units.of(position) == unit
        assert units.back(unit) == position


# -- what stands in the way -----------------------------------------------------------------------------------------------


def test_sources_that_are_gone_are_shown_by_their_sentences(copied, tmp_path):
    for path in (copied.parent / "docs").iterdir():
        path.write_text("Something else altogether, and not much of it.", "utf-8")
    counts = export(Output(copied), "doccano", tmp_path / "gone.jsonl")
    assert counts["mentions"] == sum(1 for _ in Output(copied).records())
    assert "Something else" not in (tmp_path / "gone.jsonl").read_text("utf-8")


def test_an_export_replaces_its_own_and_nothing_else(made, tmp_path):
    target = tmp_path / "tables"
    export(Output(made), "csv", target)
    export(Output(made), "csv", target)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("dear")
    for where in (tmp_path / "mine", tmp_path / "mine/thesis.txt"):
        with pytest.raises(UsageError):
            export(Output(made), "csv", where)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "tables"]


def test_a_broken_line_is_named_and_leaves_no_half_export(copied, tmp_path):
    file = copied / "records.jsonl"
    file.write_text(file.read_text("utf-8").replace('"label":"SEATS"', '"label":"PERCENT"', 1), "utf-8")
    with pytest.raises(RecordError, match=r"records\.jsonl:\d+: .*seats"):
        export(Output(copied), "sqlite", tmp_path / "x.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["copied"]


def test_what_there_is_not_is_said(made, tmp_path):
    with pytest.raises(UsageError, match="there are csv, parquet"):
        export(Output(made), "xls", tmp_path / "x")
    with pytest.raises(RecordError, match="extract run"):
        Output(tmp_path)

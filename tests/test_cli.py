"""The commands as a user types them: output, exit codes, messages."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli import app

ROOT = Path(__file__).parents[1]
runner = CliRunner()


def extract(*arguments, stdin=None):
    return runner.invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """An output folder of two small documents, made without a model."""
    folder = tmp_path_factory.mktemp("run")
    sources = folder / "docs"
    sources.mkdir()
    (sources / "vote.txt").write_text("The vote\n\nThe Blue Party won 6 seats on 9 June 2024, with 31.5% of the vote.\n", "utf-8")
    (sources / "notes.md").write_text("# Notes\n\nPresident Anna Berg spoke on 10 June 2024.\n", "utf-8")
    result = extract("run", sources, "--output", folder / "out", "--model", "none")
    assert result.exit_code == 0, result.output
    return folder / "out"


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_run_writes_all_files_and_says_where(output):
    names = {path.name for path in output.iterdir() if not path.name.startswith(".")}
    assert names == {"records.jsonl", "entities.jsonl", "review.jsonl", "documents.jsonl", "failures.jsonl", "manifest.json"}
    assert {line["document"] for line in lines(output / "documents.jsonl")} == {"vote.txt", "notes.md"}


def test_run_to_stdout_gives_records_only(output):
    result = extract("run", output.parent / "docs/vote.txt", "--output", "-", "--model", "none")
    labels = [json.loads(line)["label"] for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert {"DATE", "SEATS", "PERCENT"} <= set(labels)


def test_run_reads_standard_input():
    result = extract("run", "-", "--output", "-", "--model", "none", stdin="It was held on 9 June 2024.")
    (record,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert record["value"]["edtf"] == "2024-06-09"
    assert record["source"]["document"] == "stdin"


def test_a_failing_document_costs_only_itself(tmp_path):
    (tmp_path / "good.txt").write_text("It was held on 9 June 2024.", "utf-8")
    (tmp_path / "latin.txt").write_bytes("très".encode("latin-1"))
    (tmp_path / "empty.txt").write_bytes(b"")
    result = extract("run", tmp_path, "--output", tmp_path / "out", "--model", "none")
    assert result.exit_code == 1
    failures = {line["document"]: line for line in lines(tmp_path / "out/failures.jsonl")}
    assert set(failures) == {"latin.txt", "empty.txt"}
    assert "offset 2" in failures["latin.txt"]["error"]
    assert "--encoding" in failures["latin.txt"]["hint"]
    assert len(lines(tmp_path / "out/records.jsonl")) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "no-such-folder", "--output", "x"), "no such file or folder"),
        (("run", "README.md", "--output", "x", "--model", "no-such-model"), "no spaCy model"),
        (("run", "README.md", "--output", "x", "--rules", "no-such-rules"), "no-such-rules"),
        (("run", "README.md", "--output", "x", "--format", "odt"), "unknown format 'odt'; there are text"),
        (("run", "README.md", "--output", "x", "--encoding", "utf-99"), "unknown encoding 'utf-99'"),
        (("run", "README.md", "--output", "Makefile"), "no folder that can be written"),
        (("run", "benchmarks", "--output", "x"), "no text files in this folder"),
        (("check", "no-such-output"), "extract run"),
        (("schema", "nothing.jsonl"), "no such output file"),
        (("eval", "x"), "give RECORDS and GOLD"),
    ],
)
def test_bad_usage_is_told_and_exits_with_2(arguments, message, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = extract(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_an_output_folder_inside_the_sources_is_not_read(tmp_path):
    (tmp_path / "a.txt").write_text("It was held on 9 June 2024.", "utf-8")
    for name in ("scan.jpg", "SCAN.JPG", "settings.json"):
        (tmp_path / name).write_bytes(b"{}")
    for _ in range(2):
        result = extract("run", tmp_path, "--output", tmp_path / "out", "--model", "none")
        assert result.exit_code == 0, result.output
        assert "passed over in folders: 1 .json (name a file to have it read)" in result.output
        assert "passed over in folders: 2 .jpg (kinds that are not read)" in result.output
        assert len(lines(tmp_path / "out/documents.jsonl")) == 1
    assert "1 sources have not changed" in result.output
    assert "have not changed" not in extract("run", tmp_path, "--output", tmp_path / "out", "--model", "none", "--fresh").output


def test_check_proves_every_record(output):
    result = extract("check", output)
    assert result.exit_code == 0
    assert "all proved" in result.output


def test_check_names_a_source_that_changed_by_one_character(output, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(output.parent, copy)
    source = copy / "docs/vote.txt"
    source.write_text(source.read_text("utf-8").replace("6 seats", "7 seats"), "utf-8")
    result = extract("check", copy / "out")
    assert result.exit_code == 1
    assert "vote.txt: the source has changed (its SHA-256 is another)" in result.stdout
    seats = next(record["id"] for record in lines(copy / "out/records.jsonl") if record["label"] == "SEATS")
    assert f"{seats}: the source has other words there" in result.stdout


def test_check_names_a_line_that_does_not_fit_the_schema(output, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(output.parent, copy)
    records = copy / "out/records.jsonl"
    records.write_text(records.read_text("utf-8").replace('"label":"SEATS"', '"label":"seats"', 1), "utf-8")
    result = extract("check", copy / "out")
    assert result.exit_code == 1
    assert "records.jsonl:" in result.stdout
    assert "r_" in result.stdout


@pytest.mark.parametrize("file", [None, "records.jsonl"])
def test_schema_is_json(file):
    result = extract("schema", *([file] if file else []))
    assert json.loads(result.stdout)


def test_explain_tells_rule_and_losers():
    result = extract("explain", "It was held on 9 June 2024.", "--model", "none")
    assert "dates.day_month_year (dates.yml:" in result.stdout
    assert "lost:" in result.stdout


def test_explain_gives_json():
    result = extract("explain", "It was held on 9 June 2024.", "--model", "none", "--json")
    (story,) = json.loads(result.stdout)
    assert story["records"][0]["record"]["value"]["edtf"] == "2024-06-09"


def test_entities_finds_a_spelling(output):
    result = extract("entities", output, "Anna Berg")
    assert result.exit_code == 0
    assert "Anna Berg" in result.stdout
    assert extract("entities", output, "Nobody Else").exit_code == 1
    assert "near are Anna Berg" in extract("entities", output, "Ana Borg").stderr


def test_eval_prints_tables_and_json(tmp_path):
    gold = ROOT / "tests/gold/dev/d4.gold.jsonl"
    extract("run", ROOT / "tests/gold/dev/d4.txt", "--output", tmp_path, "--model", "none")
    assert "PERSON" in extract("eval", tmp_path, gold).stdout
    assert "bcubed" in extract("eval", "--given", gold).stdout
    scores = json.loads(extract("eval", tmp_path, gold, "--json", "--errors", "3").stdout)
    assert scores["labels"]["DATE"]["strict"]["f1"] > 0.8
    assert len(scores["mistakes"]) == 3


def test_review_asks_on_the_terminal_and_writes_each_answer_at_once(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Oleg Khuzbezhty spoke.\n\nMinister Oleg Khubezov left. Minister Oleg Khuzbezhty came.", "utf-8"
    )
    extract("run", tmp_path / "a.txt", "--output", tmp_path / "out", "--model", "none")
    aliases = tmp_path / "aliases.yml"
    asked = runner.invoke(app, ["review", str(tmp_path / "out"), "--aliases", str(aliases)], input="perhaps\nd\n")
    assert asked.exit_code == 0, asked.output
    assert "Oleg Khuzbezhty spoke." in asked.output and "Minister Oleg Khubezov left." in asked.output
    assert "Khubezov" in aliases.read_text("utf-8")
    assert "0 open pairs" in extract("review", tmp_path / "out", "--aliases", aliases).output


def test_review_takes_answers_from_a_file_and_never_asks_again(tmp_path):
    text = "Oleg Khuzbezhty spoke.\n\nLater Oleg Khubezov spoke.\n\nMinister Oleg Khuzbezhty left. Minister Oleg Khubezov left."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    rules = tmp_path / "rules"
    rules.mkdir()
    extract("run", tmp_path / "a.txt", "--output", tmp_path / "out", "--model", "none")
    pairs = lines(tmp_path / "out/review.jsonl")
    if not pairs:
        pytest.skip("the pair was not proposed")
    answers = tmp_path / "answers.jsonl"
    answers.write_text(json.dumps({"key": pairs[0]["key"], "answer": "same"}) + "\n", "utf-8")
    result = extract("review", tmp_path / "out", "--aliases", rules / "aliases.yml", "--answers", answers)
    assert result.exit_code == 0, result.output
    again = extract("run", tmp_path / "a.txt", "--output", tmp_path / "out", "--model", "none", "--rules", rules)
    assert again.exit_code == 0, again.output
    assert pairs[0]["key"] not in {pair["key"] for pair in lines(tmp_path / "out/review.jsonl")}


VOTES = re.search(r"```yaml\n(.*?)```", (ROOT / "docs/rules.md").read_text("utf-8"), re.DOTALL)[1]


def test_a_label_of_ones_own_with_a_rule_file_alone(tmp_path):
    rules = tmp_path / "my-rules"
    rules.mkdir()
    (rules / "votes.yml").write_text(VOTES, "utf-8")
    (tmp_path / "a.txt").write_text("In all, 20,033 ballots were cast on 9 June 2024.", "utf-8")
    assert extract("rules", "lint", rules).exit_code == 0
    assert extract("rules", "test", rules).exit_code == 0
    result = extract("run", tmp_path / "a.txt", "--output", "-", "--model", "none", "--rules", rules)
    records = {record["label"]: record for record in map(json.loads, result.stdout.splitlines())}
    assert records["VOTES"]["value"] == {"number": 20033}
    assert records["VOTES"]["origin"] == {"rule": "votes.counted"}
    assert "DATE" in records


def test_lint_names_file_and_line(tmp_path):
    (tmp_path / "votes.yml").write_text(VOTES.replace("label: VOTES", "labell: VOTES"), "utf-8")
    result = extract("rules", "lint", tmp_path)
    assert result.exit_code == 2
    assert "votes.yml:2" in result.stdout


def test_an_example_that_does_not_hold_is_named(tmp_path):
    (tmp_path / "votes.yml").write_text(VOTES.replace("number: 20033", "number: 7"), "utf-8")
    result = extract("rules", "test", tmp_path)
    assert result.exit_code == 1
    assert "votes.counted" in result.stdout


def test_audit_writes_its_file(output):
    result = extract("audit", output)
    assert result.exit_code == 0
    assert (output / "audit.jsonl").exists()
    (output / "audit.jsonl").unlink()


@pytest.fixture
def project(output, tmp_path, monkeypatch):
    """A folder with two documents and a project file, where the command stands."""
    shutil.copytree(output.parent / "docs", tmp_path / "docs")
    (tmp_path / "extract.toml").write_text(
        'sources = ["docs/"]\noutput = "out"\nmodel = "none"\nexports = ["csv"]\npage = "page.html"\n', "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_project_file_says_it_all(project):
    assert extract("run").exit_code == 0
    assert len(lines(project / "out/documents.jsonl")) == 2
    assert (project / "out-csv").is_dir()
    assert (project / "page.html").is_file()


def test_the_command_line_goes_before_the_project_file(project, monkeypatch):
    monkeypatch.chdir("/")
    assert extract("run", project / "docs/vote.txt", "--project", project / "extract.toml", "-o", project / "one").exit_code == 0
    assert len(lines(project / "one/documents.jsonl")) == 1


WRONG_PROJECTS = [
    ('sources = ["docs"]\n', "extract.toml: the key 'output' is missing"),
    ('sources = ["docs"]\noutput = "out"\nworker = 2\n', "extract.toml: unknown key 'worker'"),
    ('sources = ["docs"]\noutput = "out"\nexports = ["xls"]\n', "exports: unknown format 'xls'"),
    ('sources = ["docs"]\noutput = "out"\nworkers = "many"\n', "extract.toml: workers: "),
    ('sources = ["docs"\noutput\n', "extract.toml: "),
]


@pytest.mark.parametrize(("text", "message"), WRONG_PROJECTS)
def test_a_project_file_that_is_wrong_is_told(project, text, message):
    (project / "extract.toml").write_text(text, "utf-8")
    result = extract("run")
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_a_run_tells(project):
    (project / "docs/latin.txt").write_bytes("très".encode("latin-1"))
    quiet = extract("run", "--quiet")
    assert quiet.exit_code == 1
    assert [line.split()[0] for line in quiet.stderr.splitlines()] == ["failed:"]
    logged = extract("run", "--fresh", "--log-json", "--json")
    events = [json.loads(line) for line in logged.stderr.splitlines()]
    assert [event["event"] for event in events] == ["failure", "summary"]
    assert json.loads(logged.stdout)["counts"] == events[1]["counts"] == {**events[1]["counts"], "documents": 2, "failures": 1}
    told = extract("run", "--fresh", "--verbose").stderr
    assert "3 of 3 read" in told
    assert "vote.txt" in told

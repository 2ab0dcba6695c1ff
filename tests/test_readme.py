"""What README and docs show works as it is printed: commands, Python, the rule file, the record on the first screen."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
BLOCKS = [block for page in PAGES for block in FENCED.findall(page.read_text("utf-8"))]
PYTHON = [code for language, code in BLOCKS if language == "python"]
(RULES,) = [code for language, code in FENCED.findall((ROOT / "docs/rules.md").read_text("utf-8")) if language == "yaml"]
(REGISTER,) = [code for language, code in BLOCKS if language == "csv"]
COMMANDS = [
    line.split("  #")[0].strip()
    for language, code in BLOCKS
    if language == "sh"
    for line in code.splitlines()
    if line.startswith("extract ")
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder as the README has it in mind."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "seeds", folder / "reports")
    shutil.copytree(ROOT / "tests/gold/seeds", folder / "gold")
    (folder / "corrections").mkdir()
    for path in [*(ROOT / "tests/gold/seeds").glob("001_*"), *(ROOT / "seeds").glob("001_*.txt")]:
        shutil.copy(path, folder / "corrections")
    for name, text in {
        "news/a.html": "<h1>Vote</h1><p>The bloc won 3 seats.</p>",
        "notes.md": "# Notes\n\nOn 9 June 2024.",
        "my-rules/votes.yml": RULES,
        "people.csv": REGISTER,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_there_is_something_to_try():
    assert len(COMMANDS) >= 10
    assert len(PYTHON) >= 4
    assert len(PAGES) >= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_work(command, desk, monkeypatch):
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(app, shlex.split(command)[1:], input="q\n")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("code", PYTHON)
def test_python_works(code, desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    for module in re.findall(r"^import (\w+)", code, re.MULTILINE):
        pytest.importorskip(module)
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    for line in re.findall(r"^# (\[.*\])$", code, re.MULTILINE):
        assert line in printed


def test_the_record_of_the_first_screen_is_one_of_the_output():
    shown = README.partition("```json\n")[2].partition("```")[0]
    start, end, line = (int(re.search(rf'"{key}": (\d+)', shown)[1]) for key in ("start", "end", "line"))
    records = map(json.loads, (ROOT / "output/records.jsonl").read_text("utf-8").splitlines())
    (record,) = [
        record
        for record in records
        if (record["source"]["start"], record["source"]["line"], record["label"]) == (start, line, "SEATS")
    ]
    assert record["source"]["end"] == end
    assert f'"text": "{record["text"]}"' in shown
    assert [owner["name"] for owner in record["value"]["party"]] == re.findall(r'"name": "([^"]+)"', shown)
    assert record["value"]["role"] == re.search(r'"role": "(\w+)"', shown)[1]

"""An output folder to export: emoji, combining characters, markup inside names, nesting, two owners, a label of one's own."""

import json
import shutil

import pytest

from extract.outputs.folder import RunInfo, write_output

RULES = """\
version: 1
label: VOTES
normaliser: number
lists:
  unit: [ballots, votes]
rules:
  - id: counted
    regex: '(?P<number>[0-9]{1,3}(?:,[0-9]{3})*){sp}{unit}'
    examples:
      - {text: "In all, 20,033 ballots were cast.", finds: "20,033 ballots", value: {number: 20033}}
"""
PAGE = (
    "<html><head><title>The &lt;script&gt; vote 🗳️</title></head><body><h1>The &lt;script&gt;alert(1)&lt;/script&gt; vote 🗳️</h1>"
    "<p>In the 2024 Icelandic parliamentary election 🗳️🗳️ both the Centre Party and the <b>Progressive</b> Party won 6 seats "
    "each on 9&nbsp;June 2024, with 31.5% of the vote; 20,033 ballots were cast.</p></body></html>"
)
NOTES = (
    "---\ntitle: Notes 🎈\npublished: 2024-06-12\n---\n\n# Notes 🎈\n\n"
    "Jose\u0301 Ibáñez 👩‍👩‍👧 of the Green Party said on Monday that turnout was 54 per cent.\n\n"
    "A second line with 🎈 and Jose\u0301\u00a0Ibáñez in it, who won three of 12 seats.\n"
)
ROWS = [
    {"id": "one", "title": "Row", "text": "Labour won 10 seats on 3 May 2021."},
    {"id": "two/../é", "text": "The Green Party won 12 seats."},
]


def make_output(pipeline, folder):
    """`docs` and `out` under `folder`; in `docs` an HTML page, a Markdown note, JSON Lines, and a file that fails."""
    docs = folder / "docs"
    docs.mkdir()
    (docs / "page.html").write_text(PAGE, "utf-8")
    (docs / "notes.md").write_text(NOTES, "utf-8")
    (docs / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    (docs / "empty.txt").write_text("", "utf-8")
    write_output(pipeline.extract(docs), folder / "out", RunInfo("test", "rules", "model", {}))
    return folder / "out"


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The output folder of `make_output`, read with a label of one's own; do not change it."""
    from extract import Pipeline

    rules = tmp_path_factory.mktemp("rules")
    (rules / "votes.yml").write_text(RULES, "utf-8")
    return make_output(Pipeline(model="none", rules=rules), tmp_path_factory.mktemp("made"))


@pytest.fixture
def copied(made, tmp_path):
    """The same, to be changed."""
    shutil.copytree(made.parent, tmp_path / "copied")
    return tmp_path / "copied" / "out"

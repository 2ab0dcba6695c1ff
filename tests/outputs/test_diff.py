"""Each cause alone, and the change is told with it; swapped, all is told the other way round."""

import json
import shutil

import pytest

from extract import Pipeline
from extract.outputs.diff import diff
from extract.outputs.folder import RunInfo, write_output
from extract.outputs.reading import Output
from extract.rules.load import rule_hashes

VOTE = "# The 2024 Freedonian election\n\nThe Green Party won 6 seats.\n\nLabour won 9 seats on 9 June 2024.\n"
NOTE = "# A note\n\nTurnout was 54 per cent. The Green Party won 6 seats.\n"
RULE = (
    'version: 1\nlabel: VOTES\nnormaliser: number\nrules:\n  - id: some\n    regex: "(?P<number>[0-9]+) {word}"\n'
    '    examples:\n      - {{text: "9 {word}", finds: "9 {word}"}}\n'
)
ALIASES = "version: 1\nentities:\n  - {label: PARTY, canonical: Green Party, aliases: [Labour]}\n"


def run(folder, documents, rules=None, version="1", model="none"):
    """An output folder made of these documents, and the rule files that are given as texts by name."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in documents.items():
        (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / name).write_text(text, "utf-8")
    own = None
    if rules:
        own = folder / "rules"
        own.mkdir()
        for name, text in rules.items():
            (own / name).write_text(text, "utf-8")
    pipeline = Pipeline(model="none", rules=own)
    info = RunInfo(version, pipeline.rules.fingerprint, model, {}, rule_hashes(own))
    write_output(pipeline.extract(folder / "docs"), folder / "out", info)
    return Output(folder / "out")


BASE = {"vote.md": VOTE, "note.md": NOTE}
EMPTY = {"votes.yml": RULE.format(word="nothings")}
CASES = {
    "new document": ({"documents": BASE}, {"documents": {**BASE, "new.md": NOTE}}, {("appeared", "new document")}),
    "edited source": (
        {"documents": BASE},
        {"documents": {**BASE, "vote.md": VOTE.replace("6 seats", "7 seats")}},
        {("changed", "source edited")},
    ),
    "line inserted": (
        {"documents": BASE},
        {"documents": {**BASE, "vote.md": VOTE.replace("\n\nLab", "\n\nMore.\n\nLab")}},
        set(),
    ),
    "document renamed": (
        {"documents": BASE},
        {"documents": {"moved/vote.md": VOTE, "note.md": NOTE}},
        {("moved", "document renamed")},
    ),
    "rule file": (
        {"documents": BASE, "rules": EMPTY},
        {"documents": BASE, "rules": {"votes.yml": RULE.format(word="June")}},
        {("appeared", "rule file")},
    ),
    "alias file": (
        {"documents": BASE, "rules": EMPTY},
        {"documents": BASE, "rules": {**EMPTY, "aliases.yml": ALIASES}},
        {("changed", "alias file")},
    ),
    "nothing": ({"documents": BASE}, {"documents": BASE, "version": "2", "model": "other"}, set()),
}


@pytest.mark.parametrize("case", CASES)
def test_a_cause_is_told_and_swapped_it_is_the_mirror_image(case, tmp_path):
    before, after, expected = CASES[case]
    old, new = run(tmp_path / "old", **before), run(tmp_path / "new", **after)
    found, mirrored = diff(old, new), diff(new, old)
    assert set(found.counts()) == expected
    other = {"appeared": "went", "went": "appeared", "changed": "changed", "moved": "moved"}
    assert sorted((other[each.kind], each.new, each.old, each.now, each.was) for each in found.changes) == sorted(
        (each.kind, each.old, each.new, each.was, each.now) for each in mirrored.changes
    ) or expected == {("moved", "document renamed")}
    assert found.share == mirrored.share


@pytest.mark.parametrize(("field", "value"), [("version", "9.9"), ("model", "another model"), ("options", {"dates": "vague"})])
def test_what_the_run_was_is_a_cause_where_nothing_nearer_is(field, value, tmp_path):
    old, new = run(tmp_path / "old", BASE), run(tmp_path / "new", BASE)
    for file, change in ((new.folder / "manifest.json", {field: value}),):
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **change}), "utf-8")
    records = new.folder / "records.jsonl"
    records.write_text(records.read_text("utf-8").replace('"role":"won"', '"role":"held"', 1), "utf-8")
    (change,) = diff(old, new).changes
    assert change.kind == "changed"
    assert change.cause.startswith(field)
    assert (change.was, change.now) == tuple(f"SEATS 6 seats ({role}: Green Party)" for role in ("won", "held"))


def test_an_edited_line_is_named(tmp_path):
    old, new = run(tmp_path / "old", BASE), run(tmp_path / "new", {**BASE, "vote.md": VOTE.replace("6 seats", "7 seats")})
    (change,) = diff(old, new).changes
    assert (change.cause, change.line, change.document) == ("source edited: line 3", 3, "vote.md")
    assert diff(old, new).share == pytest.approx(1 / sum(1 for _ in old.records()))

"""The ledger: who gives which figure, how it is worded, and which of them cannot both be true."""

import pytest

from extract.outputs.audit import audit_output
from extract.outputs.claims import ledger
from extract.outputs.folder import RunInfo, write_output
from extract.outputs.reading import Output

TITLE = "# 2024 Freedonian parliamentary election\n\n"


@pytest.fixture
def entries(bare, tmp_path):
    def get(*texts):
        (tmp_path / "docs").mkdir()
        for number, text in enumerate(texts):
            (tmp_path / f"docs/{number}.md").write_text(TITLE + text, "utf-8")
        write_output(bare.extract(tmp_path / "docs"), tmp_path / "out", RunInfo("test", "rules", "model", {}))
        audit_output(tmp_path / "out")
        return {(entry.party, entry.kind): entry for entry in ledger(Output(tmp_path / "out"))}

    return get


WORDINGS = [
    ("The Green Party won 31.2% of the vote.", "stated"),
    ("An exit poll gave the Green Party 31.2% of the vote.", "exit poll"),
    ("In an opinion poll the Green Party had 31.2% of the vote.", "poll"),
    ("According to preliminary results the Green Party won 31.2% of the vote.", "preliminary"),
    ("Official results gave the Green Party 31.2% of the vote.", "official"),
    ("The Green Party insisted that it won 31.2% of the vote.", "contested"),
    ("## Opinion polls\n\nThe Green Party had 31.2% of the vote.", "poll"),
]


@pytest.mark.parametrize(("text", "wording"), WORDINGS)
def test_a_figure_is_worded_as_the_words_before_it_say(entries, text, wording):
    (claim,) = entries(text)["Green Party", "share of the vote"].claims
    assert claim.wording == wording


def test_figures_of_several_documents_stand_side_by_side(entries):
    found = entries(
        "The Green Party won 31.2% of the vote.", "The Green Party won 35.9% of the vote.", "The Green Party won 31% of it."
    )
    entry = found["Green Party", "share of the vote"]
    assert entry.election == "2024 Freedonian parliamentary election"
    assert [(claim.shown, claim.document) for claim in entry.claims][:2] == [("31.2%", "0.md"), ("35.9%", "1.md")]
    assert entry.differ


def test_rounding_and_parts_of_a_result_do_not_differ(entries):
    found = entries(
        "The Green Party won 12 seats. In the constituencies the Green Party won 4 seats.", "The Green Party won about 12 seats."
    )
    entry = found["Green Party", "seats won"]
    assert [claim.wording for claim in entry.claims] == ["stated", "part", "stated"]
    assert not entry.differ


def test_seed_000_has_shares_reported_three_ways():
    from pathlib import Path

    entries = ledger(Output(Path(__file__).parents[2] / "output"))
    (entry,) = [entry for entry in entries if (entry.party, entry.kind) == ("Nykhas", "share of the vote")]
    told = {(claim.shown, claim.wording, claim.by) for claim in entry.claims}
    assert {("29.59%", "preliminary", "Central Election Commission"), ("31.17%", "contested", "Nykhas")} <= told
    assert entry.differ

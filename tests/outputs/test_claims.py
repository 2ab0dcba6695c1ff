"""The ledger: who gives which figure, how it is worded, and which of them cannot both be true."""

import pytest

from extract.errors import RuleError
from extract.outputs.audit import audit_output
from extract.outputs.claims import ledger
from extract.outputs.folder import RunInfo, write_output
from extract.outputs.reading import Output
from extract.records.wordings import load_wordings

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


def test_polls_that_differ_are_no_contradiction(entries):
    found = entries("An exit poll gave the Green Party 31.2% of the vote. In a new poll the Green Party had 35.9% of the vote.")
    assert not found["Green Party", "share of the vote"].differ


def test_words_of_a_file_of_the_users_count(entries, tmp_path):
    (tmp_path / "claims.yml").write_text("version: 1\nlists:\n  poll: [wire count]\n", "utf-8")
    entries("A wire count gave the Green Party 31.2% of the vote.")
    (entry,) = ledger(Output(tmp_path / "out"), load_wordings(tmp_path))
    assert entry.claims[0].wording == "poll"


def test_a_list_that_nothing_asks_for_is_told_with_its_line(tmp_path):
    (tmp_path / "claims.yml").write_text("version: 1\nlists:\n  pol: [wire count]\n", "utf-8")
    with pytest.raises(RuleError, match=r"claims\.yml:3: no list `pol`"):
        load_wordings(tmp_path)


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

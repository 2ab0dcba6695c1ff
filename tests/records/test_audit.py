"""Small texts of invented elections: what does not add up is found, and nothing else."""

from pathlib import Path

import pytest

from extract.records.audit import compare_document

ROOT = Path(__file__).parents[2]
TITLE = "= 2021 Ruritanian parliamentary election =\n\n"


def box(*lines, total=60):
    """The infobox of a wiki export."""
    head = ["Infobox", "- Country: Ruritania", "- Previous Election: 2017", "- Election Date: 4 May 2021"]
    if total:
        head.append(f"- Seats For Election: All {total} seats in the Assembly")
    return TITLE + "\n".join([*head, *lines]) + "\n\n"


def party(number, name, **values):
    keys = {"seats": "Seats", "share": "Percentage", "held": "Last Election", "change": "Seat Change"}
    return "\n".join([f"- Party{number}: {name}", *(f"- {keys[key]}{number}: {value}" for key, value in values.items())])


def wikitable(header, *rows):
    body = "".join("|-\n| " + " || ".join(row) + "\n" for row in rows)
    return '{| class="wikitable"\n! ' + " !! ".join(header) + "\n" + body + "|}\n"


def markdown(header, *rows):
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, ["---"] * len(header), *rows)) + "\n"


BLUE, GREEN, RED = "Blue Party", "Green Party", "Red Party"
FULL = box(
    party(1, BLUE, share=42.1, seats=28, held=20),
    party(2, GREEN, share=33.4, seats=21, held=25),
    party(3, RED, share=17.0, seats=11, held=15),
)
WIKI = "{{Infobox election\n| election_date = 4 May 2021\n| seats_for_election = All 60 seats in the Assembly\n"

INCONSISTENT = {
    "the infobox gives out more seats than there are": (
        box(party(1, BLUE, seats=30), party(2, GREEN, seats=21), party(3, RED, seats=11)),
        ["seats_sum: Infobox Seats: the parties' seats sum to 62, not 60."],
    ),
    "the infobox closes with the independents and is short of seats": (
        box(party(1, BLUE, seats=28), party(2, GREEN, seats=20), party(3, "Independents", seats=11)),
        ["seats_sum: Infobox Seats: the parties' seats sum to 59, not 60."],
    ),
    "the parties that have all the votes are short of seats": (
        box(party(1, BLUE, share=60.2, seats=36), party(2, GREEN, share=39.6, seats=23)),
        ["seats_sum: Infobox Seats: the parties' seats sum to 59, not 60."],
    ),
    "the seats of the last election are short of the total": (
        box(party(1, BLUE, seats=28, held=20), party(2, GREEN, seats=21, held=24), party(3, RED, seats=11, held=14)),
        ["seats_sum: Infobox Last Election: the parties' seats sum to 58, not 60."],
    ),
    "the table's last row is no sum of the others": (
        "== Results ==\n"
        + wikitable(["Party", "Seats"], [f"[[{BLUE}]]", "28"], [f"[[{GREEN}]]", "21"], [f"[[{RED}]]", "12"], ["Total", "60"]),
        ["seats_sum: Table 1, column Seats (Results): the parties' seats sum to 61, not 60."],
    ),
    "two small parties have by chance the seats of a third": (
        "== Results ==\n"
        + wikitable(
            ["Party", "Seats"],
            [f"[[{BLUE}]]", "28"],
            [f"[[{GREEN}]]", "5"],
            [f"[[{RED}]]", "3"],
            ["[[Old Party]]", "2"],
            ["Total", "40"],
        ),
        ["seats_sum: Table 1, column Seats (Results): the parties' seats sum to 38, not 40."],
    ),
    "a sentence gives out more seats than it says there are": (
        f"Of the 60 seats, the {BLUE} won 30, the {GREEN} 21 and the {RED} 11.\n",
        ["seats_sum: Line 1: the parties' seats sum to 62, not 60."],
    ),
    "half of the seats is no majority": (
        box("- Majority Seats: 30"),
        ["majority: Infobox Majority Seats: a majority is said to be 30, but of 60 seats (infobox Seats For Election) it is 31."],
    ),
    "the majority of the text is below half of its seats": (
        "# Assembly\n\nThe Assembly of Ruritania consists of 60 seats; 30 are needed for a majority.\n",
        ["majority: Line 3: a majority is said to be 30, but of 60 seats (line 3) it is 31."],
    ),
    "the shares of the infobox are more than all": (
        box(party(1, BLUE, share=52.1), party(2, GREEN, share=33.4), party(3, RED, share=17.0)),
        ["shares_sum: Infobox Percentage: the parties' shares sum to 102.5%, more than 100%."],
    ),
    "the shares of a table are more than all": (
        "# 2021 election\n\n## Results\n\n" + markdown(["Party", "%"], [BLUE, "52.1"], [GREEN, "33.4"], [RED, "17.0"]),
        ["shares_sum: Table 1, column % (Results): the parties' shares sum to 102.5%, more than 100%."],
    ),
    "the shares of a sentence are more than all": (
        f"The {BLUE} won 52.1% of the vote, the {GREEN} 38.4% and the {RED} 17%.\n",
        ["shares_sum: Line 1: the parties' shares sum to 107.5%, more than 100%."],
    ),
    "infobox and text give a party other seats": (
        FULL + f"The {BLUE} won 27 seats.\n",
        ["infobox_prose: Blue Party, seats: 28 seats in infobox Seats1, but 27 seats in line 21."],
    ),
    "infobox and text give a party another share": (
        FULL + f"The {GREEN} came second with 34.3% of the vote.\n",
        ["infobox_prose: Green Party, share of the vote: 33.4% in infobox Percentage2, but 34.3% in line 21."],
    ),
    "a share that is not over what it should be over": (
        FULL + f"The {BLUE} won over 45% of the vote.\n",
        ["infobox_prose: Blue Party, share of the vote: 42.1% in infobox Percentage1, but over 45% in line 21."],
    ),
    "the text gives the last election another result": (
        FULL + f"In 2017 the {BLUE} won 22 seats.\n",
        ["infobox_prose: Blue Party, seats before the election: 20 seats in infobox Last Election1, but 22 seats in line 21."],
    ),
    "table and text differ": (
        "# 2021 Ruritanian parliamentary election\n\n## Results\n\n"
        + markdown(["Party", "Seats"], [BLUE, "28"], [GREEN, "21"])
        + f"\nThe {GREEN} won 20 seats.\n",
        [
            "infobox_prose: Green Party, seats: 21 seats in table 1, row 3, column Seats (Results), "
            "but 20 seats in line 10 (Results)."
        ],
    ),
    "infobox and table differ": (
        WIKI
        + f"| party1 = [[{BLUE}]]\n| seats1 = 28\n}}}}\n== Results ==\n"
        + wikitable(["Party", "Seats"], [f"[[{BLUE}]]", "27"], [f"[[{GREEN}]]", "21"]),
        ["infobox_prose: Blue Party, seats: 28 seats in infobox seats1, but 27 seats in table 1, row 2, column Seats (Results)."],
    ),
    "the text gives a party two results": (
        TITLE + f"The {BLUE} won 28 seats.\n\n==Aftermath==\n\nThe {BLUE}, which won 27 seats, formed a government.\n",
        ["reported_twice: Blue Party, seats: 28 seats in line 3, but 27 seats in line 7 (Aftermath)."],
    ),
    "accounts of a share that differ from the infobox": (
        FULL + f"The commission changed its figures: the {BLUE} was reported to have won 44.2% of the vote.\n",
        ["infobox_prose: Blue Party, share of the vote: 42.1% in infobox Percentage1, but 44.2% in line 21."],
    ),
    "a change in the infobox that is no difference": (
        box(party(1, BLUE, seats=28, held=20, change=9), total=None),
        ["change: Infobox Seats, Blue Party: 28 seats after 20 seats is a change of +8, not +9."],
    ),
    "a change in a table that is no difference": (
        "== Results ==\n" + wikitable(["Party", "Seats", "Seats before", "Seat change"], [f"[[{BLUE}]]", "28", "20", "9"]),
        ["change: Table 1, row 2, column Seats (Results), Blue Party: 28 seats after 20 seats is a change of +8, not +9."],
    ),
}

CONSISTENT = {
    "a house renewed in part: seats won, and seats after the election": (
        box(f"- Party1: {BLUE}", "- Seats Won1: 12", "- Seats After1: 30", total=None)
        + f"The {BLUE} had 30 seats when the house met; it won 30 seats.\n"
    ),
    "seats of one kind, and a number of which some are of one kind": (
        FULL + f"==Results==\n\nThe {BLUE} won all 17 upland places and much else.\n- {GREEN}: 21, of which nine communal\n"
    ),
    "one short of something is no change": (TITLE + f"The {RED} went from 1 to 3 seats, one short of a group.\n"),
    "seats by district in a list, each led by its place": (
        FULL + "==Results==\n\nSeats by district, selected:\n"
        "- Zenda: Blue Party 5, Green Party 3, Red Party 2\n- Strelsau: Blue Party 9, Red Party 1\n"
    ),
    "a table at three times, its change from the first to the last": (
        "== Seats ==\n"
        + wikitable(
            ["Party", "Seats 2019", "Seats 2020", "Seats 2021", "Change"],
            [f"[[{BLUE}]]", "4", "3", "6", "+2"],
            [f"[[{GREEN}]]", "3", "4", "1", "−2"],
        )
    ),
    "all of it adds up": FULL + f"The {BLUE} won 28 seats with 42.1% of the vote, the {GREEN} 21 and the {RED} 11.\n",
    "an infobox may name the largest parties only": box(party(1, BLUE, seats=28), party(2, GREEN, seats=21)),
    "parties of the last chamber may be gone": box(
        party(1, BLUE, seats=34, held=20), party(2, GREEN, seats=26), "- Majority Seats: 31"
    ),
    "a chamber of another size had other seats": box(party(1, BLUE, seats=34, held=50), party(2, GREEN, seats=26, held=40)),
    "two thirds are a majority too": box("- Majority Seats: 40"),
    "rounding up is no hundred and one": box(party(1, BLUE, share=50.1), party(2, GREEN, share=33.5), party(3, RED, share=16.5)),
    "rounded, cut off, and in words": FULL
    + f"The {BLUE} won 42% of the vote. The {GREEN} had about 35 percent of the vote. The {RED} got over 15% of the vote.\n",
    "another election of the text": FULL + f"In 2013 the {BLUE} won 12 seats with 18% of the vote.\n",
    "what a clause before said of another year": FULL + f"The {BLUE} was founded in 2012. It won 7 seats.\n",
    "up from the last election": FULL + f"The {BLUE} won 28 seats, up from 20 in 2017. The {GREEN} won 21 seats, down from 25.\n",
    "polls and forecasts": FULL
    + f"An exit poll gave the {BLUE} 45% of the vote. The {GREEN} was expected to win 30 seats. A survey had the {RED} at 20%.\n",
    "preliminary results": FULL + f"Preliminary results gave the {BLUE} 44% of the vote and 30 seats.\n",
    "a section of polls": FULL + f"== Opinion polls ==\n\nThe {BLUE} has 38% of the vote.\n",
    "a section of the past": FULL + f"== Background ==\n\nThe {BLUE} won 15 seats.\n",
    "districts": FULL + f"In the Strelsau district the {BLUE} won 55% of the vote. In Zenda the {GREEN} got 50% of the vote.\n",
    "list and single-member seats": FULL
    + f"The {BLUE} won 18 seats on the national list and 10 seats in single-member constituencies.\n",
    "a part of the seats": FULL
    + f"The {BLUE} gained 8 seats. The {GREEN} won 5 additional seats later. Of its seats, 9 went to women.\n",
    "what a party has after defections": FULL + f"Three defectors joined the {BLUE}, which now has 31 seats.\n",
    "a poll months later": FULL + f"A poll in October had the {BLUE} on 47%.\n",
    "what two parties have together": FULL + f"The {BLUE} and the {GREEN} won 49 seats between them.\n",
    "seats lost after the election": FULL + f"On 2 June 2021 two deputies left the {GREEN}, leaving it with 19 seats.\n",
    "shares of two elections in one sentence": f"The {BLUE} won 62% of the vote, against 45% for the {RED} in 2017.\n",
    "shares of two places in one sentence": f"The {BLUE} won 62% of the vote in Strelsau and the {RED} 51% in Zenda.\n",
    "two infoboxes of two ballots": FULL
    + f"Infobox\n- Country: Ruritania\n- Election Date: 4 May 2021\n- Party1: {BLUE}\n- Percentage1: 55.1\n",
    "shares of something else": FULL + f"The {BLUE} spent 40% of its budget. The {BLUE} received 45% of state funding. "
    f"The {GREEN} won 51% of votes cast by post.\n",
    "seats of something else": FULL + f"The {BLUE} won all 14 seats of the coast. The {GREEN} won 12 seats in the east. "
    f"The {BLUE} won two of the three seats for minorities. The {GREEN} needs 31 seats for a majority.\n",
    "another ballot": FULL + f"In the presidential election the {BLUE} got 52% of the vote.\n",
    "from one result to another": FULL + f"The {BLUE} rose from 31.2 to 42.1% of the vote.\n",
    "a table with a coalition and its members": "== Results ==\n"
    + wikitable(
        ["Party", "Seats"],
        ["[[Spring Coalition]]", "39"],
        [f"[[{BLUE}]]", "28"],
        [f"[[{RED}]]", "11"],
        [f"[[{GREEN}]]", "21"],
        ["Total", "60"],
    ),
    "a table of list and district seats": "# 2021 Ruritanian parliamentary election\n\n## Results\n\n"
    + markdown(
        ["Party", "Party-list seats", "District seats", "Total seats"],
        [BLUE, "18", "10", "28"],
        [GREEN, "12", "9", "21"],
        ["Total", "30", "19", "49"],
    )
    + f"\nThe {BLUE} won 28 seats.\n",
    "a table of winners by year": "# Elections in Ruritania\n\n"
    + markdown(
        ["Year", "Winner", "%", "Seats"], ["2013", BLUE, "45.2", "29"], ["2017", GREEN, "41.0", "25"], ["2021", RED, "42.1", "28"]
    ),
    "two years in one list": f"# Elections in Ruritania\n\n- 2017: the {BLUE} won 20 seats\n- 2021: the {BLUE} won 28 seats\n",
    "a news report without a year": f"The {BLUE} won 28 of the 60 seats on Sunday. The {GREEN} won 21 seats.\n",
    "a majority of another chamber": FULL + "The Senate has 40 seats; 21 seats are needed for a majority.\n",
    "the signs of changes": "== Results ==\n"
    + wikitable(
        ["Party", "Seats", "Seats before", "Seat change"], [f"[[{BLUE}]]", "28", "20", "8"], [f"[[{GREEN}]]", "21", "25", "4"]
    ),
}


def audit_document(records):
    return [line for line in compare_document(records) if line]


def audit(pipeline, text):
    return audit_document(pipeline.extract_text(text, format=_format(text)))


def _format(text):
    return "wikitext" if "{|" in text else "markdown" if text.startswith("# ") else None


def told(lines):
    return [f"{line.check}: {line.message}" for line in lines]


@pytest.mark.parametrize(("text", "expected"), INCONSISTENT.values(), ids=INCONSISTENT.keys())
def test_what_does_not_add_up_is_told(text, expected, pipeline):
    assert told(audit(pipeline, text)) == expected


@pytest.mark.parametrize("text", CONSISTENT.values(), ids=CONSISTENT)
def test_nothing_is_told_of_what_may_be_right(text, pipeline):
    assert told(audit(pipeline, text)) == []


def test_a_line_has_the_records_and_sentences_of_both_sides(pipeline):
    sentence = f"The {BLUE} won 27 seats."
    records = pipeline.extract_text(FULL + sentence + "\n")
    (line,) = audit_document(records)
    assert [record.text for record in records if record.id in line.records] == ["28", "27 seats"]
    assert line.sentences == ("28", sentence)
    assert (line.expected, line.found) == (28, 27)


def test_the_contradictions_of_the_seeds_are_found_and_no_other(pipeline):
    expected = [
        "seats_sum: Infobox Last Election: the parties' seats sum to 31, not 34.",
        "infobox_prose: Nykhas, share of the vote: 30.59% in infobox Percentage1 and line 46, "
        "but 29.59%, 29.93% and 31.17% in line 98 (Aftermath).",
        "infobox_prose: United Ossetia, share of the vote: 31.75% in infobox Percentage2 and line 46, "
        "but 45.67% in line 98 (Aftermath).",
    ]
    assert told(_audit_folder(pipeline, ROOT / "seeds", ".txt")) == expected


@pytest.mark.parametrize("folder", ["dev", "world"])
def test_the_gold_documents_raise_no_alarm(folder, pipeline):
    assert told(_audit_folder(pipeline, ROOT / "tests/gold" / folder, ".txt", ".md", ".wiki", ".html")) == []


def _audit_folder(pipeline, folder, *endings):
    paths = sorted(path for path in folder.iterdir() if path.suffix in endings)
    records = list(pipeline.extract(*paths).records())
    names = dict.fromkeys(record.source.document for record in records)
    return [line for name in names for line in audit_document([record for record in records if record.source.document == name])]

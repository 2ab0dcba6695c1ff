"""Plain text of every shape: one paragraph a line, wrapped at a width, hyphenated, with headings, lists, "
"quotations, drawn tables."""

import pytest

from extract.sources import read_string
from showing import marks_of, showing

WRAPPED = """The general election was held on Sunday, 14 March 2021. The Liberty Party
won 52 seats in the Chamber of Deputies, which has 120 members, and the Peo-
ple's Union took 40.  Mr. J. R. Firefly, who led the list in Sylvania, said
that the vice-
chairman of the People's Union had lost.

    "We won because we worked," he added. "Nobody else did, and nobody
    else will."

The turnout was 61.4 per cent, down from
64.6 in 2017."""


def test_a_wrapped_text_has_its_paragraphs_back():
    assert showing(WRAPPED, "text") == [
        "paragraph: The general election was held on Sunday, 14 March 2021. The Liberty Party won 52 seats in the "
        "Chamber of Deputies, "
        "which has 120 members, and the People's Union took 40. Mr. J. R. Firefly, who led the list in Sylvania, said that the "
        "vice-chairman of the People's Union had lost.",
        'paragraph: "We won because we worked," he added. "Nobody else did, and nobody else will."',
        "paragraph: The turnout was 61.4 per cent, down from 64.6 in 2017.",
    ]


def test_a_word_broken_over_two_lines_leads_back_to_both():
    document = read_string(WRAPPED, format="text")
    start = document.text.index("People's")
    assert document.quote(start, start + 8) == "Peo-\nple's"


ONE_A_LINE = {
    "FREEDONIA VOTES\nBy Ann Lee\n\nThe party won 52 seats on Sunday.\nTurnout was 61 percent.": [
        "title: FREEDONIA VOTES", "paragraph: By Ann Lee", "paragraph: The party won 52 seats on Sunday.",
        "paragraph: Turnout was 61 percent."
    ],
    "The party won 5 seats.[1] It was founded in 1990.[note 3]\nNext sentence.[a]": [
        "paragraph: The party won 5 seats. It was founded in 1990.", "paragraph: Next sentence."
    ],
    "From: ann@example.org\nDate: Mon, 15 Mar 2021\n\nDear Bob,\n\n> On Sunday you wrote:\n> Nobody won.": [
        "paragraph: From: ann@example.org", "paragraph: Date: Mon, 15 Mar 2021", "paragraph: Dear Bob,",
        "quotation: On Sunday you wrote:", "quotation: Nobody won.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("source", ONE_A_LINE)
def test_a_text_that_was_not_wrapped_keeps_its_lines(source):
    assert showing(source, "text") == ONE_A_LINE[source]


def test_who_wrote_it_is_no_heading():
    document = read_string(
        "Ruling party keeps power\n\nBy Anna Berg\n\nThe Green Union won.\n\nBy region\n\nIt won most.", format="text"
    )
    assert [block.kind for block in document.blocks] == ["title", "paragraph", "paragraph", "heading", "paragraph"]


def test_headings_by_capitals_underline_number_or_standing_alone():
    source = """Report of the Commission

I. INTRODUCTION

It was held.

Methods
=======
It was counted.

2.1 Votes by party

They were many.

Thanks

We thank all observers."""
    document = read_string(source, format="text")
    headings = [
        (block.level, document.text[block.start : block.end]) for block in document.blocks if block.kind in ("title", "heading")
    ]
    assert headings == [
        (1, "Report of the Commission"),
        (2, "I. INTRODUCTION"),
        (2, "Methods"),
        (3, "2.1 Votes by party"),
        (3, "Thanks"),
    ]
    assert document.blocks[-1].section == ("Report of the Commission", "Methods", "Thanks")


def test_items_take_the_lines_that_belong_to_them():
    source = """1. The results are given below.
2. They were certified on 20 March by
   the Central Commission.
* a long bullet which goes over the end of the line and so
  has a second line
- one more
The end."""
    assert showing(source, "text") == [
        "list_item1: The results are given below.",
        "list_item1: They were certified on 20 March by the Central Commission.",
        "list_item1: a long bullet which goes over the end of the line and so has a second line",
        "list_item1: one more",
        "paragraph: The end.",
    ]


ROWS = ["Party", "Votes", "Seats", "Liberty Party", "812,345", "52"]
TABLES = {
    "Party                 Votes   Seats\n-----------------------------------\nLiberty Party       812,345      52\n"
    "Total             2,126,000     120": [*ROWS, "Total", "2,126,000", "120"],
    "| Party | Votes | Seats |\n|---|---|---|\n| Liberty Party | 812,345 | 52 |": ROWS,
    "Party\tVotes\tSeats\nLiberty Party\t812,345\t52": ROWS,
}  # fmt: skip


@pytest.mark.parametrize("source", TABLES)
def test_a_drawn_table_is_a_table(source):
    shown = showing(source, "text")
    assert [line.partition(": ")[2] for line in shown] == TABLES[source]
    assert "cell Seats < Liberty Party: 52" in shown


def test_dot_leaders_and_years_over_columns():
    assert showing("Alpha ......... 52\nBeta .......... 40", "text")[-1] == "cell Beta < Beta: 40"
    assert (
        showing("            1992    1996\nVotes        100     200\nSeats         10      20", "text")[-1]
        == "cell Seats < 1996: 20"
    )


def test_two_blanks_after_a_full_stop_make_no_table():
    source = "The vote was held.  It was fair in 3 of 4 towns.\nNobody complained.  It ended at 5.  The rest is known."
    assert all(line.startswith("paragraph") for line in showing(source, "text"))


def test_page_numbers_are_not_text_and_form_feeds_count_pages():
    document = read_string("The vote was held.\n\n- 1 -\n\fIt was fair.\n\n2\n\fIt ended.\n\nPage 3 of 3\n", format="text")
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        "The vote was held.",
        "It was fair.",
        "It ended.",
    ]
    assert marks_of(document) == [("1", "The vote w"), ("2", "It was fai"), ("3", "It ended.")]


def test_time_stamps_of_a_recording_are_marks():
    document = read_string("00:01:45 Ann: We won. [00:02:10]\n[00:03:00] Bob: They lost at 10:30.", format="text")
    assert document.text == "Ann: We won.\nBob: They lost at 10:30."
    assert [(mark.kind, mark.value) for mark in document.marks] == [
        ("timestamp", f"00:0{time}") for time in ("1:45", "2:10", "3:00")
    ]


def test_lines_of_keys_and_values_are_fields():
    text = "Country report\n\nPopulation: 61,000\nReligion: 62 % Anglican\nHead of State: Ann Oak\n\nIt is small.\n"
    document = read_string(text, format="text")
    fields = {block.field.key: document.text[block.start : block.end] for block in document.blocks if block.field}
    assert fields == {"Population": "61,000", "Religion": "62 % Anglican", "Head of State": "Ann Oak"}


def test_what_speakers_say_is_no_field():
    text = "Hearing\n\nMs Oak: I do not agree with that.\nMr Elm: We won 12 seats.\n\nThey left.\n"
    assert not any(block.field for block in read_string(text, format="text").blocks)


DIVIDED = {
    "Mol-\ndova": "Moldova",
    "Christian-\nDemocratic": "Christian-Democratic",
    "vice-\nchair": "vice-chair",
    "govern-\nment": "government",
    "Peo-\nple's": "People's",
    "party-\nbacked": "party-backed",
    "PARLIA-\nMENT": "PARLIAMENT",
    "twenty-\none": "twenty-one",
}


@pytest.mark.parametrize("written", DIVIDED)
def test_a_word_divided_at_the_end_of_a_line_is_joined_and_a_compound_keeps_its_hyphen(written):
    source = f"The report of the observers was read out that evening.\n\nThere it was told that this is by the {written} of old."
    assert f"by the {DIVIDED[written]} of old" in read_string(source, format="text").text


def test_the_rest_of_the_document_decides_first():
    rest = "\nThe seaport was calm, and the well-keeper slept in the house by the river for a while.\n"
    source = f"The report was read out that evening in a sea-\nport by the river, and the well-\nkeeper went home.{rest}"
    text = read_string(source, format="text").text
    assert "in a seaport by the river" in text
    assert "the well-keeper went home" in text


PAGES = """Annual report of the Selby council

The council met eleven times in the year, and its members were then
in the course of a long night asked by the
\f
Annual report of the Selby council                        2

clerk to vote on thirty-one papers.

The second part is about money.
\f
Annual report of the Selby council                        3

It was spent on the quay.
"""


def test_running_heads_are_no_text_and_a_sentence_goes_on_over_the_page():
    document = read_string(PAGES, format="text")
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        "Annual report of the Selby council",
        "The council met eleven times in the year, and its members were then in the course of a long night asked by the clerk to "
        "vote on thirty-one papers.",
        "The second part is about money.",
        "It was spent on the quay.",
    ]

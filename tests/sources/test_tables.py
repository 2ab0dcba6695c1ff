"""Tables and infoboxes as the readers place them: the headers of a cell, the name of its row, and what of a cell is text."""

import pytest

from extract.sources import read_string

CASES = [
    (
        "a row of totals in header cells names its figures",
        "wikitext",
        "{|\n! Party !! Seats\n|-\n| Reds || 12\n|-\n! Total !! 40\n|-\n| Turnout || 61\n|}",
        {"12": (("Seats",), "Reds"), "40": (("Seats",), "Total"), "61": (("Seats",), "Turnout")},
    ),
    (
        "a title across the table in its midst is no column header",
        "wikitext",
        "{|\n! Party !! Seats\n|-\n| Reds || 12\n|-\n! colspan=2 | Opposition\n|-\n| Blues || 7\n|}",
        {"12": (("Seats",), "Reds"), "7": (("Seats",), "Blues")},
    ),
    (
        "new headers in the midst of a table stand for the old ones",
        "html",
        "<table><tr><th>Party<th>Seats<tr><td>Reds<td>12<tr><th>Region<th>Turnout<tr><td>North<td>61</table>",
        {"12": (("Seats",), "Reds"), "61": (("Turnout",), "North")},
    ),
    (
        "the attributes of a cell whose template brings the bar are read and not shown",
        "wikitext",
        '{|\n! Party !! Votes !! % !! Seats\n|-\n| Reds || colspan="2" {{n/a}} || 12\n|}',
        {"12": (("Seats",), "Reds")},
    ),
    (
        "a table with a column for each party runs sideways",
        "markdown",
        "| | Reds | Blues |\n|---|---|---|\n| Votes | 310 | 290 |\n| Seats | 12 | 7 |\n",
        {"310": (("Votes",), "Reds"), "7": (("Seats",), "Blues")},
    ),
    (
        "so does an infobox under the places of its parties",
        "html",
        "<table><tr><th><th>First<th>Second<tr><th>Party<td>Reds<td>Blues<tr><th>Seats<td>12<td>7<tr><th>Change<td>3<td>9</table>",
        {"12": (("First", "Seats"), "Reds"), "9": (("Second", "Change"), "Blues")},
    ),
    (
        "years head columns, and a year names its row",
        "html",
        "<table><tr><td>Party<td>2015<td>2019<tr><td>Reds<td>31<td>12</table>",
        {"31": (("2015",), "Reds"), "12": (("2019",), "Reds")},
    ),
    (
        "a year names its row, whoever leads the party",
        "markdown",
        "| Election | Leader | Seats |\n|---|---|---|\n| 2011 | Ann Oak | 12 |\n",
        {"12": (("Seats",), "2011")},
    ),
    (
        "a raised letter or number behind a figure is a note",
        "html",
        "<table><tr><th>Party<th>Seats<sup>a</sup><tr><td>Reds<td>12<sup>2</sup></table>",
        {"12": (("Seats",), "Reds")},
    ),
    (
        "a bar of the composition shows a number of another",
        "wikitext",
        "{|\n! Year !! Seats\n|-\n| 2011 || {{Composition bar|12|120|hex=#abc}}\n|}",
        {"12 / 120": (("Seats",), "2011")},
    ),
    (
        "a rule of dashes over the columns makes a table, whose emphasis is not shown",
        "markdown",
        "  Source        Reds   Blues\n  ------------- ------ -------\n\n  _2015 poll_   31%    28%\n"
        "  Oak Polling   33%    30%\n",
        {"31%": (("Reds",), "2015 poll"), "30%": (("Blues",), "Oak Polling")},
    ),
    (
        "so it does in plain text, where figures stand right and headers in two lines",
        "text",
        "Results\n\n              Votes  Seats\nParty          cast    won\n------------ ------ ------\n"
        "Reds          1,200     12\n"
        "Blues and\n  Allies        900      7\n",
        {"12": (("Seats won",), "Reds"), "7": (("Seats won",), "Allies")},
    ),
    (
        "rows of several lines lie between two rules, parted by blank lines",
        "markdown",
        "  ------------------------\n  Party          Seats\n                 won\n"
        "  -------------- ---------\n  Reds of        12\n  the North\n\n"
        "  Blues          7\n  ------------------------\n\n  : What they won\n",
        {"12": (("Seats won",), "Reds of the North"), "7": (("Seats won",), "Blues")},
    ),
    (
        "a grid is a table; what its cells have left of markup is not shown",
        "markdown",
        "+-------------+----------------+\n| Poll source | Jim            |\n"
        "|             | Hood (D)       |\n+=============+================+\n"
        '| Oak         | align="c" |55% |\n+-------------+----------------+\n'
        "| Elm         | | 51%          |\n+-------------+----------------+\n",
        {"55%": (("Jim Hood (D)",), "Oak"), "51%": (("Jim Hood (D)",), "Elm")},
    ),
    (
        "a grid without its uppermost edge is the same table",
        "markdown",
        "| Party  | Seats |\n+========+=======+\n| Reds   | 12    |\n+--------+-------+\n"
        "| Blues  | 7     |\n+--------+-------+\n",
        {"12": (("Seats",), "Reds"), "7": (("Seats",), "Blues")},
    ),
    (
        "headers that reached over two columns before a converter took that away do so again",
        "markdown",
        "  District   Reds    Blues   Total\n  ---------- ------- ------- -------\n"
        "  Votes      %       Votes   %\n  North      1,200   55.3%   1,000\n",
        {"1,200": (("Reds", "Votes"), "North"), "55.3%": (("Reds", "%"), "North"), "1,000": (("Blues", "Votes"), "North")},
    ),
    (
        "so does one over a column of colours",
        "markdown",
        "  Party   Votes    Seats\n  ------- -------- -------\n          Reds     1,200\n          Blues    900\n",
        {"1,200": (("Votes",), "Reds"), "900": (("Votes",), "Blues")},
    ),
    (
        "and one over colours, names and members, of which a row may lack some",
        "markdown",
        "  Party   Votes    %                Seats\n"
        "  ------- -------- ---------------- ------- ------ -----\n"
        "          Reds     Ann Oak, Bo Elm  1,200   40.1   12\n"
        "          Blues    Cy Ash           1,100   36.7   10\n"
        "          Greens   700              23.2    7\n",
        {"1,200": (("Votes",), "Reds"), "12": (("Seats",), "Reds"), "23.2": (("%",), "Greens"), "7": (("Seats",), "Greens")},
    ),
    (
        "a row whose first cell stood in the row above moves back under its headers",
        "markdown",
        "  Region   Party   Votes   Seats\n  -------- ------- ------- -------\n"
        "  North    Reds    1,200   12\n  Blues    900     7\n",
        {"12": (("Seats",), "North"), "900": (("Votes",), "Blues"), "7": (("Seats",), "Blues")},
    ),
]


@pytest.mark.parametrize(("promise", "format", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_cells(promise, format, text, expected):
    document = read_string(text, format=format)
    cells = {document.text[block.start : block.end]: block.cell for block in document.blocks if block.cell}
    assert {shown: (cells[shown].headers, cells[shown].row_header) for shown in expected} == expected


def test_a_caption_below_a_table_is_shown_and_known():
    document = read_string(
        "  Party   Seats\n  ------- -------\n  Reds    12\n\n  : Seats in _2015_\n\nMore.\n", format="markdown"
    )
    assert [block.kind for block in document.blocks] == [*["cell"] * 4, "caption", "paragraph"]
    assert {block.cell.caption for block in document.blocks if block.cell} == {"Seats in 2015"}


def test_columns_under_one_rule_are_told_by_their_gaps():
    rows = (
        "  Party          Votes   Seats",
        "  ----------------------------",
        "  Reds           1,200      12",
        "  Blues            900       7",
    )
    text = "\n".join(("Results", "", *rows, ""))
    cells = [block.cell for block in read_string(text, format="text").blocks if block.cell]
    assert [(cell.row, cell.column) for cell in cells] == [(row, column) for row in range(3) for column in range(3)]


def test_dashes_in_prose_are_no_table():
    text = "The bridge -- it was old -- fell.\n\n-- --\n\nNobody was hurt, they said.\n--- ---\nAll were well on the day.\n"
    assert not [block for block in read_string(text, format="text").blocks if block.cell]


def test_fenced_code_is_no_text():
    text = "Before.\n\n```\n  Party   Seats\n  ------- -----\n  Reds    12\n```\n\nAfter.\n"
    document = read_string(text, format="markdown")
    assert [document.text[block.start : block.end] for block in document.blocks] == ["Before.", "After."]


def test_lines_of_a_list_and_below_it_are_values_of_their_own():
    groups = "'''Government (36)'''\n* [[Reds]] (36)\n'''Opposition (26)'''\n* Blues (26)"
    text = f"{{{{Infobox legislature\n| political_groups1 = {groups}\n}}}}"
    document = read_string(text, format="wikitext")
    assert [document.text[block.start : block.end] for block in document.blocks] == [
        "Government (36)",
        "Reds (36)",
        "Opposition (26)",
        "Blues (26)",
    ]


def test_a_picture_of_an_arrow_is_a_sign():
    document = read_string('<table><tr><th>Change<tr><td><img alt="Decrease" src="d.svg"> 3</table>', format="html")
    assert [(mark.kind, mark.value) for mark in document.marks] == [("sign", "-")]

"""Pages in columns, as PDF comes out as plain text: they are read column by column, and what is no column stays as it stands."""

import textwrap
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sources import Source, read_source
from extract.sources.columns import in_reading_order

BOARD = (
    "The harbour board met on Monday, 8 March 2021, and spoke for three hours about the new pier. Its chair, Helen Marsh, "
    "said that the money had been promised by the Ministry of Transport in the spring of 2019 and had never come.",
    "In the vote that followed, the Harbour List won 6 seats of the 11 on the board, two more than it had held before, while "
    "the Old Town Union kept 4. Turnout among the members was 61.5 per cent, and the count took until midnight.",
)
FERRY = (
    "Across the river the mood was different. The Ferry Company of Wexmoor, which had carried 340,000 people in 2018, now "
    "carries less than half of that number, and its director, Ian Prow, blames the bridge that the county opened in 2020.",
    "The company asked the county for help in September. A committee under Judith Vane looked at its books and proposed a "
    "loan, which the council refused by 19 votes to 14 on 3 November 2020.",
)
LIBRARY = (
    "The library opens again on 2 May 2021 after the works on its roof, which had cost more than the council had planned. "
    "Children may borrow six books at a time.",
)


def column(paragraphs, width=40, blank=True, indent=""):
    """The lines of paragraphs, wrapped; `blank`: with a blank line between them."""
    wrapped = [textwrap.wrap(each, width, initial_indent=indent) for each in paragraphs]
    return [line for lines in wrapped for line in [*lines, *[""] * blank]]


def beside(*columns, width=44):
    """Lines beside each other, as on a page."""
    rows = ("".join(cell.ljust(width) for cell in row).rstrip() for row in zip_longest(*columns, fillvalue=""))
    return "\n".join(rows).rstrip() + "\n"


def words(*paragraphs):
    return " ".join(" ".join(each) if isinstance(each, tuple) else each for each in paragraphs).split()


PAGES = {
    "two": (beside(column(BOARD), column(FERRY)), words(BOARD, FERRY)),
    "close to each other": (beside(column(BOARD), column(FERRY), width=42), words(BOARD, FERRY)),
    "without blank lines": (
        beside(column(BOARD, blank=False, indent="   "), column(FERRY, blank=False, indent="   ")),
        words(BOARD, FERRY),
    ),
    "three": (beside(column(BOARD, 28), column(FERRY, 28), column(LIBRARY, 28), width=31), words(BOARD, FERRY, LIBRARY)),
    "of uneven length": (beside(column((*BOARD, *FERRY)), column(LIBRARY * 2)), words(BOARD, FERRY, LIBRARY * 2)),
    "lines between each other's": (
        "\n".join(
            line
            for left, right in zip_longest(column(BOARD), column(FERRY), fillvalue="")
            for line in (left, f"{'':50}{right}".rstrip())
        ),
        words(BOARD, FERRY),
    ),
    "an abstract and a title across": (
        f"{'A title that stands in the middle':^84}\n\n"
        + "\n".join(textwrap.wrap("Abstract. " + " ".join(LIBRARY * 2), 84))
        + "\n\n"
        + beside(column(BOARD), column(FERRY)),
        words("A title that stands in the middle Abstract.", LIBRARY * 2, BOARD, FERRY),
    ),
    "a heading and a short stretch across": (
        beside(column(BOARD), column(FERRY))
        + f"\n{'What the library says: open from May':^84}\n\n"
        + beside(column(LIBRARY * 2)[:4], column(LIBRARY * 2)[4:]),
        words(BOARD, FERRY, "What the library says: open from May", LIBRARY * 2),
    ),
    "a table across": (
        beside(column(BOARD), column(FERRY))
        + "\nParty              Seats              Share\nHarbour List         6                  51.0\n"
        + "Old Town Union       4                  30.1\n\n"
        + beside(column(FERRY), column(BOARD)),
        words(BOARD, FERRY, "Party Seats Share Harbour List 6 51.0 Old Town Union 4 30.1", FERRY, BOARD),
    ),
    "a caption in one": (
        beside([*column(BOARD[:1]), "  Figure 2: The old pier", "", *column(BOARD[1:])], column(FERRY)),
        words(BOARD[:1], "Figure 2: The old pier", BOARD[1:], FERRY),
    ),
    "an issue above and a page number below": (
        f"{'Spring 2021':70}No. 14\n\n" + beside(column(BOARD), column(FERRY)) + f"\n{'':41}7\n",
        words("Spring 2021 No. 14", BOARD, FERRY, "7"),
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_columns_are_read_one_after_the_other(page):
    text, read = PAGES[page]
    assert (in_reading_order(text) or "").split() == read


def test_a_sentence_goes_on_over_columns_and_pages_and_running_heads_are_no_text():
    lines = column((*BOARD, *FERRY, *LIBRARY, *BOARD), 40)
    size = -(-len(lines) // 4)
    quarters = [lines[at : at + size] for at in range(0, len(lines), size)]
    pages = [
        f"{'Proceedings of the harbour board':80}{number}\n\n{beside(*quarters[2 * number - 2 : 2 * number])}\n{'':40}{number}\n"
        for number in (1, 2)
    ]
    (document,) = read_source(Source("a.txt", data="\f".join(pages).encode()))
    assert document.kept
    shown = [document.text[block.start : block.end] for block in document.blocks]
    assert shown == ["Proceedings of the harbour board 1", *BOARD, *FERRY, *LIBRARY, *BOARD]
    assert [mark.value for mark in document.marks] == ["1", "2"]


def test_a_word_that_is_divided_at_the_end_of_a_line_of_a_column_is_whole():
    left = column(BOARD)
    left[0:2] = ["The harbour board met on Monday, 8 Octo-", "ber 2021, and spoke for three hours about"]
    rows = b'{"id": "a", "text": %s}\n' % repr(beside(left, column(FERRY))).replace("'", '"').encode()
    for source in (Source("a.txt", data=beside(left, column(FERRY)).encode()), Source("a.jsonl", data=rows)):
        (document,) = read_source(source)
        assert "8 October 2021, and spoke" in document.text
        start = document.text.index("October")
        assert document.quote(start, start + 7) == "Octo-\nber"


VERSES = (
    "O sea that took the boats away",
    "And gave us nothing back again",
    "The grass is green upon the quay",
    "And so it falls",
)
NO_COLUMNS = {
    "cells of a table": "\n".join(
        beside(textwrap.wrap(left, 30), textwrap.wrap(right, 50), width=36)
        for left, right in zip(" ".join(BOARD).split(". "), " ".join(FERRY * 2).split(". "), strict=False)
    ),
    "cells under a rule": "Left                                        Right\n"
    + f"{'-' * 40}    {'-' * 40}\n"
    + beside(column(BOARD, blank=False), column(FERRY, blank=False)),
    "figures": "".join(f"{name:34}{number:6}   {3 * number:5}   sold by weight\n" for number in range(4) for name in VERSES),
    "verses": beside(VERSES * 3, VERSES * 3),
    "contents": "".join(f"  {number}  The {name} of the harbour{'':20}{7 * number}\n" for number, name in enumerate(VERSES * 3)),
    "keys": "".join(
        f"{key + ':':16}what is known of this and of that\n" for key in ["Country", "Capital", "Area", "Head", "Law"] * 3
    ),
    "speakers": "".join(beside(["MS MARSH:"], textwrap.wrap(each, 60), width=16) + "\n" for each in (*BOARD, *FERRY)),
    "options": "".join(beside(["  -b, --boats"], textwrap.wrap(each, 48), width=26) for each in (*BOARD, *FERRY)),
    "phrases": beside(["where is the pier", "the money is gone", "ask the board"] * 4, ["the boats are late"] * 12),
    "signatures": beside(["Signed for", "", "___________", "Helen Marsh", "Chair"], ["Signed for", "", "_________", "Ian Prow"]),
    "code": "".join(f"    if number == {number}: return{'':14}# what the number is for\n" for number in range(12)),
    "numbers of lines": "".join(f"{number:3}   {line}\n" for number, line in enumerate(column((*BOARD, *FERRY), 70))),
    "indented": textwrap.indent("\n".join(column((*BOARD, *FERRY), 60)), " " * 20),
    "spread words": "\n".join(
        line.replace(" ", "  ", 1 + number % 3) for number, line in enumerate(column((*BOARD, *FERRY), 70))
    ),
    "quotations set in": "\n".join(
        "\n".join(column((left,), 50) + [f"{'':56}{line}" for line in column((right,), 40)])
        for left, right in zip(BOARD * 2, FERRY * 2, strict=True)
    ),
}


@pytest.mark.parametrize("text", NO_COLUMNS)
def test_what_is_no_column_stays_as_it_stands(text):
    assert in_reading_order(NO_COLUMNS[text]) is None
    (document,) = read_source(Source("a.txt", data=NO_COLUMNS[text].encode()), format="text")
    assert not document.kept
    assert document.source_text == NO_COLUMNS[text]


_LINES = st.sampled_from(
    [
        *beside(column(BOARD), column(FERRY)).split("\n"),
        *NO_COLUMNS["figures"].split("\n")[:3],
        *column(FERRY, 84),
        "",
        "\f",
        "\t a",
    ]
)


@given(st.lists(_LINES, max_size=120))
def test_no_word_and_no_page_is_lost_or_made(lines):
    text = "\n".join(lines)
    read = in_reading_order(text)
    if read is not None:
        assert sorted(read.split()) == sorted(text.split())
        assert read.count("\f") == text.count("\f")


@pytest.mark.parametrize("blanks", [1, 2])
def test_a_line_too_long_for_its_column_pushes_that_of_the_next_and_is_cut(blanks):
    rows = beside(column(BOARD), column(FERRY)).split("\n")
    place = next(number for number, row in enumerate(rows) if "said" in row and len(row) > 50)
    rows[place] = rows[place][:44].rstrip().ljust(46, "x") + " " * blanks + rows[place][44:]
    read = in_reading_order("\n".join(rows))
    assert read.split()[-len(words(FERRY)) :] == words(FERRY)
    assert not any(line.startswith(" ") for line in read.split("\n"))

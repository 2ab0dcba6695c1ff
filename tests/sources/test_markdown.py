"""Markdown as people write it: notes of a recording, Obsidian, front matter of all kinds."""

import pytest

from extract.sources import read_string
from showing import showing, text_of

INLINE = {
    "*one* **two** `three` ~~four~~ <b>five</b><br/>six &ndash; \\*seven\\*": "one two three four five six – *seven*",
    "[link](http://x.org/2019 'title 2020') and [ref][r]\n\n[r]: http://y.org 'Title 2016'": "link and ref",
    "[[Target]] [[target | shown]] [[x|y]] ![[embed.png]] ![alt 7](i.png)": "Target shown y",
    "Kept %%a comment of 2015%% ==marked== a == b ^block-1": "Kept marked a == b",
    "It was so.[^1]\n\n[^1]: With 6 seats.": "It was so.|With 6 seats.",
    "- [x] done\n- open\n  1. inner\n\n> quoted\n> on": "done|open|inner|quoted on",
    "> [!note]- Title\n> Body.": "Title|Body.",
    "Term\n: Meaning": "Term|Meaning",
    "<div>\n<p>Block <em>html</em>.</p>\n<!-- 9 seats -->\n</div>": "Block html.",
    "Setext\n======\n\nText": "Setext|Text",
    "Said [00:01:45]. And so (1:02:03), [12:30 - 13:45] on [00:02:45](https://y.org?t=165).": "Said. And so, on.",
}

# names of pictures that conversion of a wiki page left
PICTURES = {
    "Ann_Hart_and_Bo_Lind,_2016_Harbour_Conference.jpg The HARBOUR PARTY met.": "The HARBOUR PARTY met.",
    "File:Ann Hart.jpg|Ann Hart File:Bo Lind 2016 (cropped).PNG|Bo Lind in Leeds": "Ann Hart|Bo Lind in Leeds",
    "Image:Dam250.jpg|The dam": "The dam",
    "Council_2018.svg\n\nIt met.": "It met.",
    "See http://x.org/a_b.png?x=1 and the .png format.": "See http://x.org/a_b.png?x=1 and the .png format.",
}


@pytest.mark.parametrize("source", INLINE | PICTURES)
def test_what_is_rendered_is_text(source):
    assert text_of(source, "markdown") == (INLINE | PICTURES)[source]


@pytest.mark.parametrize("format", ["markdown", "text"])
def test_the_categories_of_a_converted_page_are_no_text(format):
    source = "It is a bridge.\n\nCategory:Bridges in Lisbon Category:1890s\n\nCategory: sport"
    assert text_of(source, format) == "It is a bridge.|Category: sport"


def test_the_code_of_a_chart_is_no_text():
    chart = '{\n\n   "version": 2,\n   "values": [\n       {\n           "x": 2009,\n           "y": 24\n       }\n   ]\n\n}'
    assert text_of(f"Loans\n\n{chart} X = Year\n\nIt grew.", "markdown") == "Loans|X = Year|It grew."
    assert text_of('{\n"It grew": so they said.', "markdown") == '{ "It grew": so they said.'


def test_a_table_with_escaped_bars_and_without_outer_ones():
    source = "Party | Votes \\| share\n--- | ---:\n**Alpha** | [[b \\| 38%]]"
    assert showing(source, "markdown") == [
        "header: Party",
        "header: Votes | share",
        "cell Party: Alpha",
        "cell Votes | share < Alpha: 38%",
    ]


FRONT = {
    "---\ntitle: A\ndate: 2021-03-15\n---\nText": {"title": "A", "date": "2021-03-15", "published": "2021-03-15"},
    "---\r\ntitle: A\r\n---\r\nText": {"title": "A"},
    '+++\ntitle = "A"\n+++\nText': {"title": "A"},
    "---\ntitle: A\n...\nText": {"title": "A"},
}


@pytest.mark.parametrize("source", FRONT)
def test_front_matter_is_metadata(source):
    document = read_string(source, format="markdown")
    assert (dict(document.metadata), document.text, document.warnings) == (FRONT[source], "Text", ())


def test_front_matter_that_is_no_yaml_is_read_by_lines_and_said_so():
    document = read_string("---\ntitle: Notes: on votes\nbad: : x\n---\nText", format="markdown")
    assert (document.metadata["title"], document.text) == ("Notes: on votes", "Text")
    assert "no YAML" in document.warnings[0]


def test_front_matter_without_an_end_is_text():
    assert text_of("---\ntitle: x\n\n# Head\n\nText", "markdown") == "title: x|Head|Text"


def test_a_time_stamp_closes_what_stands_before_it_or_opens_its_paragraph():
    document = read_string("One won. [00:01:00] Two lost. [00:02:00]\n\n[00:03:00] Three left.", format="markdown")
    placed = [
        (mark.value, document.text[: mark.position].rpartition(" ")[2], document.text[mark.position :][:5])
        for mark in document.marks
    ]
    assert placed == [("00:01:00", "won.", " Two "), ("00:02:00", "lost.", "\nThre"), ("00:03:00", "lost.\n", "Three")]

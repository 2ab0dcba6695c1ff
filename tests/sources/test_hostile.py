"""Any text in any format: the map holds, the blocks are in order, nothing crashes."""

import contextlib
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.errors import SourceError
from extract.sources import FORMATS, Source, read_source, read_string
from extract.sources.document import OffsetMap
from made import MAILBOX, MINUTES, REPORT, epub, warc, xlsx, zipped

MARKUP = st.sampled_from(
    [
        *(
            "[[",
            "]]",
            "{{",
            "}}",
            "|",
            "{|",
            "|}",
            "|-",
            "!",
            "==",
            "= A =",
            "\n",
            "\n\n",
            "- ",
            "* ",
            "# ",
            "---\n",
            "'''",
            "<ref>",
        ),
        *(
            "</ref>",
            "<table>",
            "<td>",
            "</td>",
            "<tr>",
            "<p>",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "&nbsp;",
            "&amp;",
            "&#37;",
            "&bogus",
            "&amp;nbsp;",
            "&frac12;",
            "ﬁ",
            "’",
        ),
        *(
            "[1]",
            "[ka]",
            "[00:01:45]",
            "Infobox\n",
            "- Seats1: 10\n",
            "{{Infobox x\n| seats1 = 5\n}}",
            "{{nowrap|a b}}",
            "| a | b |\n",
        ),
        *(
            "| --- | --- |\n",
            "\u200b",
            "\u00a0",
            "\u2028",
            "\r\n",
            "\ufeff",
            "é",
            "e\u0301",
            "<br/>",
            "<script>",
            "</script>",
            "``",
            "~~~",
        ),
    ]
)
HOSTILE = st.lists(st.one_of(MARKUP, st.text(max_size=8), st.sampled_from(["won 6 seats", "9 June 2024", " "])), max_size=40).map(
    "".join
)
VIEWS = [name for name in FORMATS if name != "jsonl"]


@pytest.mark.parametrize("format", VIEWS)
@settings(max_examples=120, deadline=None)
@given(text=HOSTILE)
@example(text="{|\n|a\n|}")
@example(text="<table><tr><td>1</table>x")
@example(text="\u00a0x\u00a0\n\n y")
def test_the_map_holds(format, text):
    try:
        document = read_string(text, format=format)
    except SourceError:
        return
    check_map(document)
    check_blocks(document)


def check_map(document):
    offsets = document.offsets
    ends = (*offsets.text_starts[1:], offsets.length)
    assert offsets.length == len(document.text)
    for start, end, source, width in zip(offsets.text_starts, ends, offsets.source_starts, offsets.widths, strict=True):
        assert start < end
        if width == 0:
            assert document.source_text[source : source + end - start] == document.text[start:end]
            assert document.to_source(start, end) == (source, source + end - start)
            assert offsets.to_text(source, source + end - start) == (start, end)
        elif width > 0:
            assert document.to_source(start, start + 1) == (source, source + width)


def check_blocks(document):
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        assert not document.text[block.start].isspace()
        assert not document.text[block.end - 1].isspace()
        document.to_source(block.start, block.end)
        last = block.end


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200), format=st.sampled_from([None, *FORMATS]))
def test_any_bytes_give_documents_or_a_named_error(data, format):
    check_read(Source("x", data=data), "x", format=format)


def check_read(source, begins, **options):
    """What can be read has a map that holds; what cannot is told by its name (which `begins` so) and with a hint."""
    try:
        items = list(read_source(source, **options))
    except SourceError as error:
        items = [error]
    for item in items:
        if isinstance(item, SourceError):
            assert item.source.startswith(begins)
            assert item.hint
        else:
            check_map(item)


MADE = {
    "a.pdf": REPORT,
    "a.docx": MINUTES,
    "a.xlsx": xlsx(),
    "a.epub": epub(),
    "a.mbox": MAILBOX.encode(),
    "a.warc.gz": warc(),
    "a.zip": zipped({"a.txt": "Some text.", "b.jsonl": '{"text": "Some text."}'}),
}


@pytest.mark.parametrize("name", MADE)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_damaged_files_give_documents_or_a_named_error(name, data):
    whole = MADE[name]
    at = data.draw(st.integers(0, len(whole) - 1))
    harm = data.draw(st.binary(max_size=12))
    gone = data.draw(st.sampled_from([0, 1, 40, len(whole)]))
    check_read(Source(name, data=whole[:at] + harm + whole[at + gone :]), "a.")


ENDLESS = ["<div>", "<table><tr><td>", "<ul><li>x", "<h2>x", "[1]", "<sup>1</sup>x", "word word\n", "a   1   2\n", "- ", "%%"]


@pytest.mark.parametrize("format", [name for name in VIEWS if name != "wikitext"])  # mwparserfromhell is slow on broken tags
@pytest.mark.parametrize("part", ENDLESS)
def test_time_grows_with_the_length_only(format, part):
    before = time.process_time()
    with contextlib.suppress(SourceError):
        read_string(part * (30_000 // len(part)), format=format)
    assert time.process_time() - before < 5


def test_words_of_columns_side_by_side_are_found_again():
    """`ax` and `by` of the lines `ab` and `xy`."""
    offsets = OffsetMap((0, 1, 2, 3), (0, 3, 1, 4), (0, 0, 0, 0), 4)
    assert [offsets.to_text(*offsets.to_source(start, end)) for start, end in ((0, 2), (2, 4))] == [(0, 2), (2, 4)]


def test_a_reader_s_own_characters_are_not_of_the_source():
    offsets = OffsetMap((0, 1, 2), (0, 1, 1), (0, -1, 0), 3)
    assert [offsets.is_of_source(position) for position in range(3)] == [True, False, True]

"""Markup that is opened many times and never closed is text; markup that is closed, or cut off at the end, is left alone."""

import pytest
from hypothesis import given

from extract.sources.unclosed import without_unclosed
from showing import text_of
from strategies import hostile_text

WHOLE = "{{a|{{b}}}} [[c|d]] <b>e</b> <br> [http://f.org g]\n{|\n|-\n| h\n|}\n"
GOOD = "'''[[Bar Party|Bar]]''' won {{nowrap|12 seats}}. "


@pytest.mark.parametrize("source", [WHOLE * 30, "{{a|{{b|[[c|<ref>", "<li>" * 100, "{{a" * 50 + "}}" * 50])
def test_what_is_closed_or_cut_off_stays(source):
    assert without_unclosed(source) == source


@pytest.mark.parametrize(
    "opening", ["{{a|", "{{{a|", "{{a|x=1|\n", "[[a|", "<b>", "<ref ", '<div a="', "[http://a.b ", "{|\n| a\n"]
)
def test_what_stands_among_unclosed_markup_is_read(opening):
    assert "Bar won 12 seats." in text_of(f"{GOOD}\n\n" + opening * 500 + f"\n\n{GOOD}", "wikitext")


@given(hostile_text())
def test_offsets_stay(source):
    assert len(without_unclosed(source * 12)) == len(source) * 12

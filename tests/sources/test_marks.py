"""The marks of notes are no text, whatever a format makes of them; the figure before them stays."""

import pytest

from extract.sources import read_string

RAISED = {
    "23 seats¹ and 31.5%² in 2018³.": "23 seats and 31.5% in 2018.",
    "The list¹,² won 23⁴ seats.": "The list won 23 seats.",
    "It covers 9 km² and 10³ votes, x² in all.": "It covers 9 km² and 10³ votes, x² in all.",
    "It won 23 seats* and 31.5%† in the ‘north’‡.": "It won 23 seats and 31.5% in the ‘north’.",
    "It won 31.5 per cent7, then 40%8, as told.[^5]": "It won 31.5 per cent, then 40%, as told.",
    "It won 23 seats.[a] It lost.[note 3]": "It won 23 seats. It lost.",
}


@pytest.mark.parametrize("format", ["text", "html", "markdown", "wikitext"])
@pytest.mark.parametrize("written", RAISED)
def test_a_raised_mark_is_no_text(written, format):
    assert read_string(written, format=format).text == RAISED[written]


TAGGED = {
    "23 seats<sup>1</sup> in 2018<sup>[2]</sup>, 40%<sup>*</sup>": "23 seats in 2018, 40%",
    "9 km<sup>2</sup>, the 3<sup>rd</sup>, 10<sup>6</sup>, Berlin<sup>4</sup>": "9 km2, the 3rd, 106, Berlin",
}


@pytest.mark.parametrize("format", ["html", "markdown", "wikitext"])
@pytest.mark.parametrize("written", TAGGED)
def test_a_superscript_of_a_note_is_no_text(written, format):
    assert read_string(written, format=format).text == TAGGED[written]


def test_emphasis_that_is_left_over_is_no_mark():
    assert read_string("They *really* won.", format="text").text == "They *really* won."


WITH_NOTES = """The list was founded in 20186 and won twelve seats4 two years later. The G20 met with
them in 2019.

1 See the report of the clerk.
2 The same, page 8.
3 The same, page 9.
4 Of nineteen.
5 Letter to the council.
6 By its own account."""


def test_numbers_of_listed_notes_are_no_part_of_words_and_years():
    text = read_string(WITH_NOTES, format="text").text
    assert text.startswith("The list was founded in 2018 and won twelve seats two years later. The G20 met with them in 2019.")


def test_without_a_list_only_what_cannot_be_a_number_is_a_mark():
    assert read_string("They met in 20186, with 20186 members and mark7 engines.", format="text").text == (
        "They met in 2018, with 20186 members and mark7 engines."
    )

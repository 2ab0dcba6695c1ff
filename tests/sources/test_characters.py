"""Characters that readers do not tell apart: one plain form in the text, the raw ones in the quote."""

import pytest

from extract.sources import read_string
from extract.sources.characters import plain_characters

# What is written: what is visible.
PLAIN = {
    "20\u201122 seats and 20\u221222 seats": "20-22 seats and 20-22 seats",
    "New\u00a0Year\u2019s\u202fDay": "New Year's Day",
    "O\u2018zbek, d\u00b4Ivoire, Valentine\u02bcs": "O'zbek, d'Ivoire, Valentine's",
    "1\u202f234\u2009567 votes, in\u00a02016": "1\u00a0234\u00a0567 votes, in 2016",
    "co\u00adali\u200btion": "coalition",
    "３１.５％ and ٣١٫٥٪": "31.5% and 31.5%",
    "e\ufb03cient \ufb01gures": "efficient figures",
    "Foods&nbsp;slipped&nbsp;8%": "Foods slipped 8%",
    "Smith &amp;amp; Sons&amp;#8217;s": "Smith & Sons's",
    "Cafe\u0301s of Nove\u0301 Zamky": "Cafés of Nové Zamky",
    "𝗩𝗼𝘁𝗲 𝟰𝟱 now": "Vote 45 now",
    "3½ per cent of 20 m²": "3½ per cent of 20 m²",
    "the \u2018Third Way\u2019 \u2013 a \u201cbloc\u201d \u2014": "the \u2018Third Way' \u2013 a \u201cbloc\u201d \u2014",
    "AT&T, ?a=1&copy=2 and &nonsense;": "AT&T, ?a=1&copy=2 and &nonsense;",
}


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("written", [text for text in PLAIN if "&copy" not in text])
def test_a_text_shows_in_plain_characters(written, format):
    assert read_string(written, format=format).plain().text == PLAIN[written]


def test_an_address_keeps_its_parameters():
    assert read_string("AT&T, ?a=1&copy=2 and &nonsense;", format="text").text == PLAIN["AT&T, ?a=1&copy=2 and &nonsense;"]


@pytest.mark.parametrize(
    ("written", "shown", "quote"),
    [
        ("won 20\u201122 seats", "20-22", "20\u201122"),
        ("the \ufb01rst", "fi", "\ufb01"),
        ("a cafe\u0301 here", "café", "cafe\u0301"),
        ("by 3&frac12; points", "3½", "3&frac12;"),
        ("the co\u00adali\u00adtion won", "coalition", "co\u00adali\u00adtion"),
    ],
)
def test_the_quote_is_what_the_file_has(written, shown, quote):
    document = read_string(written, format="text").plain()
    start = document.text.index(shown)
    assert document.quote(start, start + len(shown)) == quote


@pytest.mark.parametrize("text", ["plain", "‘a’ O‘b −３ \u2009 ½ ﬁ é", "e\u0301"])
def test_folding_keeps_offsets(text):
    assert len(plain_characters(text)) == len(text)
    assert plain_characters(plain_characters(text)) == plain_characters(text)

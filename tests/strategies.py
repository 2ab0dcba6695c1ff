"""Hypothesis strategies for text as it comes: odd characters, odd breaks, and the marks that readers and finders look for.

from strategies import hostile_text, prose      # tests/ is on the path of pytest, see conftest.py
"""

from __future__ import annotations

from hypothesis import strategies as st

ODD_CHARACTERS = (
    "\u00a0\u202f\u2009\u200b\u200c\u200d\u2060\ufeff\u00ad"  # blanks and zero widths
    "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\r\t\x00\x7f"  # breaks and controls
    "e\u0301\u0130\u0131ßſﬁǅΣς"  # letters that change length or form when folded
    "😀👩\u200d👩\u200d👧🇪🇪\U0001d7d8²½Ⅳ٣"  # beyond the basic plane, digits that are none
    "אبत中ქ\u202e\u2066"  # other scripts, directions
    "“”„«»‘’‚–—−…‰％№§•"  # marks
)
MARKUP = (
    "[[",
    "]]",
    "[1]",
    "[citation needed]",
    "[00:01:45]",
    "{{",
    "}}",
    "{|",
    "|}",
    "|-",
    "||",
    "|",
    "==",
    "= T =",
    "'''",
    "<br/>",
    "<ref>",
    "</ref>",
    "<!--",
    "-->",
    "&nbsp;",
    "&ndash;",
    "&",
    "<",
    ">",
    "<td>",
    "</p>",
    "---\n",
    "# ",
    "- ",
    "* ",
    "\n",
    "\n\n",
    "\r\n",
    "\\",
    "`",
    "*",
    "_",
    "~",
)
WORDS = (
    "the",
    "The",
    "vote",
    "party",
    "No. 8",
    "U.S.",
    "e.g.",
    "p.m.",
    "Mr.",
    "J. R.",
    "O'Brien",
    "9 June 2024",
    "May",
    "may",
    "1992",
    "1990s",
    "31.75%",
    "5 per cent",
    "from 20.97 to 31.91%",
    "34 seats",
    "two seats",
    "a majority",
    "New Union",
    "Central Commission",
    "Tbilisi",
    "Ana Lopez",
    "(NU)",
    '"free"',
    "«Oui.»",
    "…",
    "?!",
    ".",
    ",",
    ";",
    ":",
    "-",
    "–",
    "(",
    ")",
    '"',
    "'",
)


def hostile_text(max_size: int = 120) -> st.SearchStrategy[str]:
    """Any characters but lone surrogates, mixed with markup, words and the characters that break programs."""
    piece = st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.sampled_from(ODD_CHARACTERS),
        st.sampled_from(MARKUP),
        st.sampled_from(WORDS),
        st.sampled_from([" ", "\n", "  "]),
    )
    return st.lists(piece, max_size=max_size).map("".join)


def prose(max_size: int = 40) -> st.SearchStrategy[str]:
    """Words, names, numbers and punctuation with blanks between them, as in English text."""
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=max_size).map(" ".join)


def hostile_bytes(max_size: int = 400) -> st.SearchStrategy[bytes]:
    """Bytes that are no text, and text in encodings that are not expected."""
    encoded = st.builds(
        lambda text, encoding: text.encode(encoding, errors="replace"),
        hostile_text(40),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1251"]),
    )
    return st.one_of(st.binary(max_size=max_size), encoded)

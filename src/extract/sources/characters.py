"""Characters that readers of English do not tell apart, in one form: the only place that knows of them.

Readers show what a person sees, with letters for ligatures and letters with their marks in one character; the finders
read `Document.plain`: `-` for every hyphen and minus sign, `'` for every apostrophe, a plain blank for every blank, ASCII digits.
What says more than its plain form stays: dashes (`–` and `—`), quotation marks that open or close, superscripts, fractions.

>>> plain_characters("Côte d’Ivoire’s 20‑22 seats, −３")
"Côte d'Ivoire's 20-22 seats, -3"
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5

GROUPING_BLANK = "\u00a0"
"""The blank between the digits of one number (`5 000`), however wide it was; a plain blank would part two numbers."""

BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that a typesetter chooses (a class of a regular expression)."""

# Zero-width characters, soft hyphens, direction marks, byte order marks inside the text.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f"
COMBINING = "\u0300-\u036f"

_ALIKE = {
    "-": "\u2010\u2011\u2212\u02d7\u058a\u2043\ufe63",
    "–": "\u2012",
    "—": "\u2015\ufe58",
    "'": "\u2019\u02bc",
    "/": "\u2044\u2215",
    ",": "\u066c",
    ".": "\u066b",
    "%": "\u066a",
}
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
"""Characters that stand for several; `plain_characters`, which keeps offsets, leaves them."""

# Between two letters these are apostrophes; elsewhere they open a quotation, count feet, or are letters of other scripts.
_INNER_APOSTROPHE = re.compile("(?<=[^\\W\\d_])[\u2018\u201b\u02bb\u02bd-\u02bf\u02b9\u2032`\u00b4](?=[^\\W\\d_])")
# Forms of a character, not another one: full width, mathematical bold and italic, Arabic letters joined up.
_FORMS = frozenset({"<wide>", "<narrow>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>"})


class _Plain(dict[int, str]):
    """The plain form of each character, by code point; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = self[code] = _plain_form(chr(code))
        return character


def _plain_form(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if unicodedata.decomposition(character).partition(" ")[0] in _FORMS:
        form = unicodedata.normalize("NFKC", character)
        return form if len(form) == 1 else character
    return GROUPING_BLANK if re.match(f"[{BLANKS}]", character) else character


_PLAIN = _Plain({ord(character): plain for plain, characters in _ALIKE.items() for character in characters})


def plain_characters(text: str) -> str:
    """The text in plain characters, each in the place of one: offsets stay."""
    return text if text.isascii() else _INNER_APOSTROPHE.sub("'", text.translate(_PLAIN))


_ENDLESS_REFERENCE = re.compile(r"&#([0-9]{8,})")
_PAST_ALL = 0x110000


def bounded_references(text: str) -> str:
    """The text with endless decimal references written in hexadecimal digits, in as many characters and of the same meaning.

    Python reads no decimal number of more than 4,300 digits; what is past the last character is so in either form.

    >>> bounded_references("&#000000065;"), bounded_references("&#99999999;")
    ('&#x00000041;', '&#x0110000;')
    """
    return _ENDLESS_REFERENCE.sub(_in_hexadecimal, text) if "&#" in text else text


def _in_hexadecimal(found: re.Match[str]) -> str:
    digits = found[1].lstrip("0")
    code = min(int(digits or 0), _PAST_ALL) if len(digits) < 8 else _PAST_ALL
    return f"&#x{code:0{len(found[1]) - 1}x}"


_ENTITY = re.compile(r"&(?:amp;)*(?P<entity>(?P<name>[A-Za-z]\w*;)|#[0-9]+;|#[xX][0-9A-Fa-f]+;)")


def decoded_entity(written: str) -> str | None:
    """The characters of an HTML entity, also of one that was written twice over (`&amp;nbsp;`); None if it is none.

    >>> decoded_entity("&frac12;"), decoded_entity("&amp;#8217;"), decoded_entity("&copyright;")
    ('½', '’', None)
    """
    match = _ENTITY.fullmatch(written)
    if match is None or (match["name"] and match["name"] not in html5):
        return None
    return html.unescape(f"&{match['entity']}")

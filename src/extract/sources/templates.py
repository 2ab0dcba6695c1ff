"""What a reader sees of a MediaWiki template: which of its parameters, in which order, with what between them.

The tables name the templates that articles really use; a template that is in none of them shows nothing (maintenance notices,
citations, navigation). Names are in lower case, as `template_name` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Key = int | str


@dataclass(frozen=True, slots=True)
class Shows:
    """The parameters that a template shows, with `joiner` between them.

    Each place is a parameter or the alternatives for it, the first that is there: a position from 1 (-1: the last), or a name.
    """

    places: tuple[tuple[Key, ...], ...]
    joiner: str = " "


def _all(names: str, *places: Key | tuple[Key, ...], joiner: str = " ") -> dict[str, Shows]:
    shows = Shows(tuple(place if isinstance(place, tuple) else (place,) for place in places), joiner)
    return dict.fromkeys(_names(names), shows)


def _names(names: str) -> Iterable[str]:
    return (name.strip() for name in names.split("|"))


QUOTATIONS = tuple(_names("quote|blockquote|cquote|rquote|quotation|centered pull quote|quote box|quotebox|pull quote|bq"))

PARAMETERS: Mapping[str, Shows] = {
    # form only
    **_all("nowrap|nobr|nobreak|small|smaller|big|larger|resize|nobold|noitalic|center|em|strong|sup|sub|sc|"
           "smallcaps|mvar|code", 1),
    **_all("underline|strikethrough|highlight|tq|xt|mono|longitem|normal|pre|left|right|stack|hidden text|no wrap|noprint", 1),
    **_all("font color|color|colour|colored link|coloured link|align|aligned|resize text|visible anchor|legend|"
           "legend0|legend2", -1),
    **_all("sort|sorttext|sort under|font", (2, 1, "text")),
    **_all("nts|formatnum|val|num|number|rnd|ordinal", 1),
    **_all("abbr|abbrlink|tooltip|abbreviation|title", 1),
    # languages
    **_all("lang|langx|langwithname|native name|native phrase|nativename|wikt-lang", 2),
    **_all("transl|transliteration|tlit", -1),
    **_all("nihongo|nihongo2|zh", 1),
    **_all("ill|interlanguage link|link-interwiki|illm", ("lt", 1)),
    # countries, parties, persons
    **_all("flag|flagu|flagcountry|flagdeco|flag+link|noflag|flaglist|flagg|flaglink|nflag|country|party name|party link", 1),
    **_all("party shortname|party shortname linked|fullpartyname|partyname|party|polparty|political party", 1),
    **_all("yes|no|won|lost|yes2|no2|partial|maybe|pending|free|eliminated|success|failure|active|inactive|some|n/a|"
           "na|tba|tbd", 1),
    **_all("sortname|hsortname", 1, 2),
    **_all("sortname short", 1),
    **_all("marriage|married", 1, 2, 3, joiner=", "),
    # measures and money
    **_all("convert|cvt|conv", 1, 2),
    **_all("usd|us$|gbp|eur|£|€|inr|a$|c$|jpy|cny|rub|uah|kes|ngn|zar|php|currency|inrconvert|usdconvert|price", 1),
    **_all("composition bar|infobox political party/seats|party composition bar|majority bar", 1, 2, joiner=" / "),
    **_all("circa|c.|ca.|floruit|fl.", 1, 2, joiner="–"),
    **_all("reign|r.", 1, 2, joiner="–"),
    **_all("oldstyledate|old style date", 1, 2),
    # quotations
    **_all("|".join(QUOTATIONS), ("text", "quote", 1), ("author", "sign", 2), ("source", 3)),
    **_all("not a typo|sic|as written|proper name|typo", 1),
}  # fmt: skip

# Lists: each positional parameter is an item, and so is each line with a bullet inside one.
LISTS = frozenset(
    _names(
        "plainlist|plain list|ubl|unbulleted list|ublist|hlist|flatlist|flat list|br separated entries|"
        "collapsible list|columns-list|"
        "div col list|bulleted list|ordered list|tree list|unordered list|indented plainlist|cslist|"
        "comma separated entries|pagelist"
    )
)

# Year, month and day in the first three positions; or a date in words in the first.
DATES = frozenset(
    _names(
        "start date|end date|date|start date and age|end date and age|birth date|birth date and age|bda|death date|"
        "death date and age|dts|"
        "film date|as of|birth year and age|death year and age|birth-date|birth-date and age|death-date|"
        "death-date and age|start-date|"
        "end-date|release date|launch date|date table sorting|dob"
    )
)

CHARACTERS: Mapping[str, str] = {
    **dict.fromkeys(_names("nbsp|spaces|space|nbs"), "\u00a0"),
    **dict.fromkeys(_names("ndash|snd|spnd|spaced ndash|spaced en dash|en dash|–"), "–"),
    **dict.fromkeys(_names("mdash|em dash|—"), "—"),
    **dict.fromkeys(_names("·|dot|middot|•|bull|bullet"), "·"),
    **dict.fromkeys(_names("half|1/2"), "½"),
    "!": "|",
    "=": "=",
    "'": "'",
    "pipe": "|",
}

PERCENTAGES = frozenset(_names("percentage|percent|pct"))

SIGNS: Mapping[str, str] = {
    **dict.fromkeys(_names("increase|increase2|gain|up|rise|profit|nochange up|increase neutral|increasenegative|"
    "increasepositive"), "+"),
    **dict.fromkeys(_names("decrease|decrease2|loss|down|fall|drop|decrease neutral|decreasenegative|decreasepositive"), "-"),
}  # fmt: skip

# Templates that stand for cells of a table row: a patch of colour, and most of them then the party's name in a cell of its own.
_NAMED_CELLS = re.compile(r".*name.*with.*colou?r|.*colou?r.*(?:with|link).*")
_COLOUR_CELL = re.compile(r".*part(?:y|ies).*colou?rs?.+|(?:canadian|australian|us|uk|politics).*part(?:y|ies).*colou?rs?")

# Names that a reader sees themselves: `{{circa|1990}}` shows `c. 1990`.
SHOWN_NAMES = frozenset({"circa", "c.", "ca.", "floruit", "fl.", "as of"})

INFOBOX = re.compile(r"infobox|taxobox|election box|election results|electiontable", re.IGNORECASE)

# Infobox parameters that set how it looks.
_SETTINGS = re.compile(
    r"(?:.*[_ ])?(?:colou?r|size|width|height|alt|upright|scale|embed|embedded|child|subbox|ongoing|nocat|decat|"
    r"class|bodyclass|style|"
    r"bodystyle|labelstyle|datastyle|abovestyle|headerstyle|autoformat|autoheaders|italic|border|dateformat|df|"
    r"noprint|flag[_ ]year)",
    re.IGNORECASE,
)


def template_name(written: str) -> str:
    """The name as MediaWiki compares it: `_` for a blank, no blanks at the edges, in lower case."""
    return re.sub(r"[\s_]+", " ", re.sub(r"<!--.*?-->", "", written, flags=re.DOTALL)).strip().lower().removeprefix("template:")


def shown_parameters(name: str) -> Shows | None:
    """Which parameters a template shows, None if it shows nothing."""
    if name.startswith("lang-"):
        return PARAMETERS["small"]
    return PARAMETERS.get(name)


def percentage(part: str, whole: str, digits: str) -> str | None:
    """What a template of percentages shows; None where its parameters are no numbers.

    >>> percentage("1,204", "3,612", "1"), percentage("31.5", "", "")
    ('33.3%', '31.5%')
    """
    numbers = [_number(text) for text in (part, whole or "100")]
    if None in numbers or not numbers[1]:
        return None
    shown = Decimal(100) * (numbers[0] or 0) / numbers[1]
    places = int(digits) if digits.isdecimal() and len(digits) == 1 else 0
    return f"{shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if whole else part.strip()}%"


def _number(text: str) -> Decimal | None:
    plain = text.replace(",", "").strip()
    return Decimal(plain) if re.fullmatch(r"\d{1,15}(?:\.\d{1,9})?", plain, re.ASCII) else None


def cells_of(name: str) -> Literal["colour", "colour and name"] | None:
    """Which cells of a table row a template stands for, None if it stands for none."""
    if _NAMED_CELLS.fullmatch(name):
        return "colour and name"
    return "colour" if _COLOUR_CELL.fullmatch(name) else None


def is_setting(name: str) -> bool:
    """Whether an infobox parameter (its number taken off) sets how the box looks and is not shown.

    >>> is_setting("color"), is_setting("map_size"), is_setting("seats")
    (True, True, False)
    """
    return bool(_SETTINGS.fullmatch(name))

"""What a wiki link leads to, and what of it a reader sees."""

from __future__ import annotations

import re
from typing import Literal

_FILE = re.compile(r"\s*(?:file|image|media|datei|fichier|archivo)\s*:", re.IGNORECASE)
_CATEGORY = re.compile(r"\s*(?:category|kategorie|catégorie|categoría)\s*:", re.IGNORECASE)
_OTHER_EDITION = re.compile(r"\s*(?!(?:wikt|doi|mw)\b)[a-z]{2,3}(?:-[a-z]+)?:(?!/)")
_PIPE_TRICK = re.compile(r"(?:\s*\([^()]*\)|,[^,]*)$")


def kind_of_link(title: str) -> Literal["picture", "hidden", "shown"]:
    """What a link leads to: a picture, something that is not shown where it stands (a category, another edition), or a page.

    >>> kind_of_link("File:A.jpg"), kind_of_link("Category:Votes"), kind_of_link("de:Wahl"), kind_of_link(":Category:Votes")
    ('picture', 'hidden', 'hidden', 'shown')
    """
    if _FILE.match(title):
        return "picture"
    return "hidden" if _CATEGORY.match(title) or _OTHER_EDITION.match(title) else "shown"


def begins_with_category(text: str) -> bool:
    """Whether a paragraph of converted wikitext lists the categories of its page, which a reader sees beside the text, not in it.

    >>> begins_with_category("Category:Bridges Category:1890s"), begins_with_category("Category: sports")
    (True, False)
    """
    match = _CATEGORY.match(text)
    return match is not None and not text[match.end() : match.end() + 1].isspace()


def without_bracket(title: str) -> str:
    """What `[[Liberty Party (Freedonia)|]]` shows."""
    return _PIPE_TRICK.sub("", title)

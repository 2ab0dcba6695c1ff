"""What of a wiki link a reader sees: its words, the caption of a picture with a frame, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from extract.sources.wikinodes import Piece, parse, split_at

_FILE = re.compile(r"\s*(?:file|image|media|datei|fichier|archivo)\s*:", re.IGNORECASE)
_CATEGORY = re.compile(r"\s*(?:category|kategorie|catégorie|categoría)\s*:", re.IGNORECASE)
_OTHER_EDITION = re.compile(r"\s*(?!(?:wikt|doi|mw)\b)[a-z]{2,3}(?:-[a-z]+)?:(?!/)")
_PIPE_TRICK = re.compile(r"(?:\s*\([^()]*\)|,[^,]*)$")
_FRAMED = frozenset({"thumb", "thumbnail", "frame", "framed", "mini", "miniatur", "vignette"})
_OPTION = re.compile(
    r"\s*(?:thumb(?:nail)?|framed?|frameless|mini|miniatur|vignette|border|left|right|center|centre|none|baseline|middle|sub|super|top|"
    r"bottom|text-top|text-bottom|upright|\d*x?\d+ ?px|(?:upright|alt|link|page|class|lang|thumb|thumbtime|start|end)\s*=.*)\s*",
    re.DOTALL | re.IGNORECASE,
)


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


def caption_of(node: Any, start: int, source: str) -> list[Piece] | None:
    """The caption of a picture whose options begin at `start`, None if it has no frame or no caption."""
    groups = split_at(node.text, start, "|") if node.text is not None else []
    is_framed = any(_written(group, source).strip().lower() in _FRAMED for group in groups)
    return _last_that_is_no_option(groups, source) if is_framed else None


def gallery_captions(contents: str, start: int, source: str) -> Iterator[list[Piece]]:
    """The captions in a gallery: `File:Name.jpg|caption`, a picture a line."""
    for line in contents.split("\n"):
        _, *groups = split_at(parse(line), start, "|")
        if caption := _last_that_is_no_option(groups, source):
            yield caption
        start += len(line) + 1


def _last_that_is_no_option(groups: list[list[Piece]], source: str) -> list[Piece] | None:
    captions = [group for group in groups if group and not _OPTION.fullmatch(_written(group, source))]
    return captions[-1] if captions else None


def _written(group: list[Piece], source: str) -> str:
    return source[group[0].start : group[-1].end] if group else ""

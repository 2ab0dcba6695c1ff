"""The captions of pictures in wikitext: of those with a frame, and in galleries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.sources.wikinodes import Piece, parse, split_at

_FRAMED = frozenset({"thumb", "thumbnail", "frame", "framed", "mini", "miniatur", "vignette"})
_OPTION = re.compile(
    r"\s*(?:thumb(?:nail)?|framed?|frameless|mini|miniatur|vignette|border|left|right|center|centre|none|baseline|middle|sub|super|top|"
    r"bottom|text-top|text-bottom|upright|\d*x?\d+ ?px|(?:upright|alt|link|page|class|lang|thumb|thumbtime|start|end)\s*=.*)\s*",
    re.DOTALL | re.IGNORECASE,
)


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

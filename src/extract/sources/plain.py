"""Plain text: paragraphs with blank lines between them, one a line or hard-wrapped; and sentences one a line."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from extract.sources.lines import Line, Sections, split_lines
from extract.sources.marks import show_with_marks
from extract.sources.view import View

# A text is hard-wrapped if no line is longer than a screen, and lines that others follow fill most of it.
_SCREEN = 100
_FULL = 0.7
_ITEM = re.compile(r"\s*(?:[-–—•·○▪*]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)")
_UNDERLINE = re.compile(r"\s*(?:=+|-+|~+|\*+|_+)\s*$")
_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’»)\]]*\s*$")
_TITLE_LENGTH = 160
_HEADING_LENGTH = 70


def read_plain(view: View, source: str) -> str | None:
    """Shows a plain text; gives its title: a first line that is no sentence."""
    lines = list(split_lines(source))
    wrap_width = _wrap_width(lines)
    sections = Sections()
    title: str | None = None
    first = True
    for blank, group in groupby(lines, key=lambda line: line.is_blank):
        if not blank:
            paragraphs = _paragraphs(list(group), wrap_width)
            for lines_of_one in paragraphs:
                if first and len(lines_of_one) == 1 and _is_title(lines_of_one[0]) and len(lines) > 1:
                    title = _show_title(view, source, sections, lines_of_one[0])
                elif len(paragraphs) == 1 and _is_heading(lines_of_one):
                    _show_heading(view, source, sections, lines_of_one[0])
                else:
                    _show_paragraph(view, source, sections, lines_of_one)
                first = False
    return title


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which the text was wrapped, None if it was not."""
    longest = max((len(line.text) for line in lines), default=0)
    inner = [len(line.text) for line, following in pairwise(lines) if not line.is_blank and not following.is_blank]
    full = [length for length in inner if length >= _FULL * longest]
    return longest if 40 <= longest <= _SCREEN and len(full) >= max(2, 0.6 * len(inner)) else None


def _paragraphs(group: list[Line], wrap_width: int | None) -> list[list[Line]]:
    """The paragraphs in a group of lines without a blank one between them."""
    paragraphs: list[list[Line]] = []
    for line in group:
        if _UNDERLINE.match(line.text):
            continue
        goes_on = paragraphs and wrap_width and len(paragraphs[-1][-1].text) >= 0.6 * wrap_width and not _ITEM.match(line.text)
        if goes_on:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _is_title(line: Line) -> bool:
    return len(line.text) <= _TITLE_LENGTH and not _SENTENCE_END.search(line.text) and not _ITEM.match(line.text)


def _is_heading(lines: list[Line]) -> bool:
    """A line of capitals on its own."""
    text = lines[0].text.strip()
    words = text.split()
    return (
        len(lines) == 1 and len(words) > 1 and len(text) <= _HEADING_LENGTH and text.isupper() and not _SENTENCE_END.search(text)
    )


def _show_title(view: View, source: str, sections: Sections, line: Line) -> str:
    view.open("title", (), 1)
    show_with_marks(view, source, line.start, line.end)
    view.close()
    title = line.text.strip()
    sections.enter(1, title)
    return title


def _show_heading(view: View, source: str, sections: Sections, line: Line) -> None:
    view.open("heading", sections.enter(2, line.text.strip()), 2)
    show_with_marks(view, source, line.start, line.end)
    view.close()


def _show_paragraph(view: View, source: str, sections: Sections, lines: list[Line]) -> None:
    item = _ITEM.match(lines[0].text)
    view.open("list_item" if item else "paragraph", sections.path, 1 if item else None)
    show_with_marks(view, source, lines[0].start + (item.end() if item else 0), lines[-1].end)
    view.close()

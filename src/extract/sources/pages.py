"""Text laid out in pages: without running heads and feet and page numbers, and whole where a page turned in mid sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extract.sources.lines import Line
from extract.sources.wrapping import is_finished

_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*|\s*[-–—]\s*\d{1,4}\s*[-–—]\s*", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\s*(?:\d{1,4}|[ivxl]{1,6})\s*")
_NUMBER = re.compile(r"\d+|\b[ivxl]+\b")
_EDGE = 2
"""So many lines at the head and foot of a page may run through all pages."""
_SHARE = 0.3
"""A running line stands on so many of the pages at least: those of left and right pages differ."""
_LONGEST = 120


def without_page_furniture(lines: Iterable[Line]) -> list[Line]:
    """The lines of a text without what stands on its pages for turning them; form feeds tell where pages begin.

    Blank lines where a sentence goes on over the page are left out too, so that it stays one.
    """
    return _joined([line for line, is_furniture in page if not is_furniture] for page in pages_of(lines))


def pages_of(lines: Iterable[Line]) -> list[list[tuple[Line, bool]]]:
    """The lines of each page, each with whether it stands there for turning pages."""
    pages = [[(line, bool(_PAGE_NUMBER.fullmatch(line.text))) for line in page] for page in _pages(lines)]
    texts = [[line for line, is_number in page if not is_number] for page in pages]
    title = next((line for line in texts[0] if not line.is_blank), None)
    running = _running_lines(texts) if len(pages) > 1 else [frozenset[Line]()]
    return [
        [(line, is_number or (line in leave and line is not title)) for line, is_number in page]
        for page, leave in zip(pages, running, strict=True)
    ]


def _pages(lines: Iterable[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        if "\f" in line.text and page:
            yield page
            page = []
        page.append(line)
    yield page


def _running_lines(pages: Sequence[Sequence[Line]]) -> list[frozenset[Line]]:
    """Of each page the lines at its edges that stand on other pages too, whatever the numbers in them, or are nothing but one."""
    edges = [_edges(page) for page in pages]
    counts = Counter(key for lines in edges for key in {_key(line) for line in lines})
    least = max(2, _SHARE * len(pages))
    return [
        frozenset(
            line for line in lines if counts[_key(line)] >= least or (line in (lines[:1] + lines[-1:]) and _is_number(line))
        )
        for lines in edges
    ]


def _edges(page: Sequence[Line]) -> list[Line]:
    seen = [line for line in page if not line.is_blank and len(line.text) <= _LONGEST]
    return seen if len(seen) <= 2 * _EDGE else [*seen[:_EDGE], *seen[-_EDGE:]]


def _key(line: Line) -> str:
    return " ".join(_NUMBER.sub("#", line.text.casefold()).split())


def _is_number(line: Line) -> bool:
    return bool(_BARE_NUMBER.fullmatch(line.text))


def _joined(pages: Iterable[Sequence[Line]]) -> list[Line]:
    """The lines of all pages, without the blank ones between a line that ends no sentence and one that begins none."""
    whole: list[Line] = []
    for page in pages:
        first = next((number for number, line in enumerate(page) if not line.is_blank), len(page))
        last = next((line for line in reversed(whole) if not line.is_blank), None)
        begins_none = first < len(page) and page[first].text.lstrip()[:1].islower()
        if last is not None and begins_none and not is_finished(last):
            while whole[-1].is_blank:
                whole.pop()
            whole += page[first:]
        else:
            whole += page
    return whole

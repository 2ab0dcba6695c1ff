"""Openings of wiki markup that nothing closes, taken away where there are many: a parser tries each to the end of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mwparserfromhell.definitions import is_single

_MOST = 10
"""So many openings of a kind may stay unclosed, as in a text that was cut off."""
_BRACKETS = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_OPENS = {"}}": "{{", "]]": "[["}
_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[A-Za-z][\w-]*)(?:[^<>]*(?P<end>>))?")
_LINK = re.compile(r"\[(?=[a-z]+:|//)[^\[\]\n]*+(?!\])")
_TABLE = re.compile(r"^[ \t:]*(?:(?P<opens>\{\|)|\|\})", re.MULTILINE)
_QUOTES = re.compile("(?<=''''')'+")


def without_unclosed(source: str) -> str:
    """The source, in as many characters, with blanks for the signs that open what nothing closes; nearly always as it was."""
    for find, width in _KINDS:
        places = list(find(source))
        if len(places) > _MOST:
            source = _blanked(source, places, width)
    return _QUOTES.sub(lambda found: " " * len(found[0]), source)


def _blanked(source: str, places: list[int], width: int) -> str:
    characters = list(source)
    for place in places:
        characters[place : place + width] = " " * width
    return "".join(characters)


def _brackets(source: str) -> Iterator[int]:
    """Where templates and links begin that do not end before what is around them ends."""
    stack: list[tuple[str, int]] = []
    count = {"{{": 0, "[[": 0}
    for found in _BRACKETS.finditer(source):
        sign = found[0]
        if sign in count:
            stack.append((sign, found.start()))
            count[sign] += 1
        elif count[_OPENS[sign]]:
            opened, place = stack.pop()
            count[opened] -= 1
            while opened != _OPENS[sign]:
                yield place
                opened, place = stack.pop()
                count[opened] -= 1
    yield from (place for _, place in stack)


def _tables(source: str) -> Iterator[int]:
    """Where tables begin that do not end."""
    opened: list[int] = []
    for found in _TABLE.finditer(source):
        if found["opens"]:
            opened.append(found.start("opens"))
        elif opened:
            opened.pop()
    yield from opened


def _tags(source: str) -> Iterator[int]:
    """Where elements begin that have no end tag, but need one."""
    opened: dict[str, list[int]] = {}
    for found in _TAG.finditer(source):
        name = found["name"].lower()
        if found["closes"]:
            if opened.get(name):
                opened[name].pop()
        elif found["end"] and source[found.end() - 2] != "/" and not is_single(name):
            opened.setdefault(name, []).append(found.start())
    yield from (place for places in opened.values() for place in places)


def _broken_tags(source: str) -> Iterator[int]:
    """Where tags begin that do not end before the next."""
    return (found.start() for found in _TAG.finditer(source) if not found["end"])


def _links(source: str) -> Iterator[int]:
    """Where links to other sites begin that do not end in their line."""
    return (found.start() for found in _LINK.finditer(source))


_KINDS: tuple[tuple[Callable[[str], Iterator[int]], int], ...] = (
    (_brackets, 2),
    (_tables, 2),
    (_tags, 1),
    (_broken_tags, 1),
    (_links, 1),
)

"""The elements of HTML as found in the wild, by the standard library's parser, which tells where each stands and never gives up.

What a page's writer left open is closed here, so that all who read the events see well-nested elements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any, Literal, NamedTuple

Attributes = dict[str, str | None]


def names(written: str) -> frozenset[str]:
    """The names of elements in a string."""
    return frozenset(written.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
HEAD = names("head title meta link base style script noscript template")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TABLE_PARTS = names("table caption thead tbody tfoot tr td th")
BLOCKS = TABLE_PARTS | names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 "
    "h6 header hgroup hr li main nav ol p pre section summary ul"
)

# An opening tag ends these elements, which its writer left open, up to the nearest of the others.
_ENDS = {
    "li": (names("li"), names("ul ol dl table td")),
    "dt": (names("dt dd"), names("ul ol dl table td")),
    "dd": (names("dt dd"), names("ul ol dl table td")),
    "tr": (names("tr td th caption"), names("table")),
    "td": (names("td th caption"), names("table")),
    "th": (names("td th caption"), names("table")),
    "thead": (names("tr td th caption"), names("table")),
    "tbody": (names("thead tbody tfoot tr td th caption"), names("table")),
    "tfoot": (names("thead tbody tr td th caption"), names("table")),
}
_P_ENDERS = BLOCKS - (TABLE_PARTS - {"table"}) - {"body"}
_NEAR = 200
"""So many open elements around a place say what ends; a page that nests deeper is broken."""


@dataclass(slots=True, eq=False)
class Element:
    """An element whose tag begins at `position` (source offset); `parent` is the one around it, None at the top."""

    tag: str
    values: Attributes
    position: int
    parent: Element | None


class Event(NamedTuple):
    """`open` and `close` of an element, a `void` one, `text` (`source[start:end]`), or an `end` tag with nothing to close."""

    kind: Literal["open", "close", "void", "text", "end"]
    element: Element
    start: int = 0
    end: int = 0


def is_template(element: Element) -> bool:
    """Whether a script is no script but markup that another shows."""
    return element.tag == "script" and (element.values.get("type") or "").lower() in (
        "text/template",
        "text/x-template",
        "text/html",
    )


class _Parser(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
        self._root = Element("", {}, 0, None)
        self._stack = [self._root]
        self._open: Counter[str] = Counter()
        self._is_template = False
        self.events: list[Event] = []

    def set_cdata_mode(self, *args: Any, **options: Any) -> None:
        """Scripts and styles are no markup; but a script that is a template is."""
        if not self._is_template:
            super().set_cdata_mode(*args, **options)

    @property
    def _position(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), self._position, self._stack[-1])
        self._is_template = is_template(element)
        if tag in VOID:
            self.events.append(Event("void", element))
            return
        self._close_implied(tag)
        element.parent = self._stack[-1]
        self._stack.append(element)
        self._open[tag] += 1
        self.events.append(Event("open", element))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._is_open(tag):
            while self._pop() != tag:
                pass
        elif tag in ("br", "p"):
            self.events.append(Event("end", Element(tag, {}, self._position, self._stack[-1])))

    def handle_data(self, data: str) -> None:
        self.events.append(Event("text", self._stack[-1], self._position, self._position + len(data)))

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def _entity(self, written: str) -> None:
        start = self._position
        end = start + len(written)
        self.events.append(Event("text", self._stack[-1], start, end + (self._source[end : end + 1] == ";")))

    def _is_open(self, tag: str) -> bool:
        """Whether there is an element for an end tag to close; one inside a table cell closes nothing outside of it."""
        if not self._open[tag]:
            return False
        walls = ("table",) if tag in TABLE_PARTS else ("td", "th", "caption", "table")
        for element in reversed(self._stack):
            if element.tag == tag:
                return True
            if element.tag in walls and tag not in ("table", "body", "html"):
                return False
        return False

    def _close_implied(self, tag: str) -> None:
        if tag not in HEAD and self._open["head"]:
            self._close_back_to(frozenset({"head"}), frozenset())
        if tag in _P_ENDERS:
            self._close_back_to(frozenset({"p"}), BLOCKS)
        if tag in _ENDS:
            while self._close_back_to(*_ENDS[tag]):
                pass

    def _close_back_to(self, tags: frozenset[str], stop: frozenset[str]) -> bool:
        """Closes the innermost open element of `tags`, unless one of `stop` stands between; True if it did."""
        for depth in range(len(self._stack) - 1, max(0, len(self._stack) - _NEAR), -1):
            name = self._stack[depth].tag
            if name in tags:
                while len(self._stack) > depth:
                    self._pop()
                return True
            if name in stop:
                return False
        return False

    def _pop(self) -> str:
        element = self._stack.pop()
        self._open[element.tag] -= 1
        self.events.append(Event("close", element))
        return element.tag

    def finish(self) -> list[Event]:
        self.close()
        while len(self._stack) > 1:
            self._pop()
        return self.events


def read_events(source: str) -> list[Event]:
    """The events of a page in the order of the source, well nested."""
    parser = _Parser(source)
    parser.feed(source)
    return parser.finish()


def around(element: Element) -> Iterator[Element]:
    """The element and those that it stands in, innermost first, as many as are near."""
    current: Element | None = element
    for _ in range(_NEAR):
        if current is None or current.parent is None:
            return
        yield current
        current = current.parent

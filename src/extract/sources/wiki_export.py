"""Wiki articles as plain text: `= Title =`, `Infobox` with `- Key: value` lines, `==Section==`, bullets, one paragraph a line."""

from __future__ import annotations

import re

from extract.sources.document import Field
from extract.sources.lines import Line, Sections, split_lines
from extract.sources.marks import show_with_marks
from extract.sources.view import View

HEADING = re.compile(r"\s*(?P<marks>={1,6})\s*(?P<title>[^=\s].*?)\s*(?P=marks)\s*$")
INFOBOX = re.compile(r"\s*(?:infobox|taxobox)\b[^.:]{0,60}$", re.IGNORECASE)
_FIELD = re.compile(r"\s*[-*•]\s*(?P<key>[^:\n]{1,60}?)\s*:(?!//)(?:\s*(?P<value>\S.*?))?\s*$")
_BULLET = re.compile(r"\s*(?P<marks>[-–—•·○▪*#]+|\d{1,3}[.)])\s+(?=\S)")
_FILE = re.compile(
    r"(?:file|image|datei|fichier|archivo)\s*:|[\w ().,%'-]+\.(?:svg|png|jpe?g|gif|webp|pdf|ogg)\s*$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?P<name>.*?\D)[ _]?(?P<group>\d{1,3})(?P<rest>_\d)?$")


def numbered_field(key: str, box: int) -> Field:
    """The key of an infobox line, its number taken off.

    >>> numbered_field("Last Election2", 0)
    Field(key='Last Election2', name='Last Election', group=2, box=0)

    In `votes3_2`, the votes of the third party in the second round, the first number is the group.
    """
    match = _NUMBERED.match(key)
    return Field(key, match["name"] + (match["rest"] or ""), int(match["group"]), box) if match else Field(key, key, None, box)


def is_file_name(value: str) -> bool:
    """Whether a value is the name of a picture or the like, which is not text."""
    return bool(_FILE.match(value))


class _Reader:
    def __init__(self, view: View, source: str) -> None:
        self._view, self._source = view, source
        self._sections = Sections()
        self._box, self._in_box = -1, False
        self.title: str | None = None

    def read(self) -> None:
        for line in split_lines(self._source):
            if not line.is_blank:
                self._read_line(line)
            elif self._in_box and self._view_has_fields:
                self._in_box = False

    def _read_line(self, line: Line) -> None:
        if match := HEADING.match(line.text):
            self._in_box = False
            self._heading(line, match)
        elif INFOBOX.match(line.text):
            self._box, self._in_box, self._view_has_fields = self._box + 1, True, False
        elif self._in_box and (match := _FIELD.match(line.text)):
            self._field(line, match)
        elif is_file_name(line.text.strip()):
            self._in_box = False
        elif match := _BULLET.match(line.text):
            self._show("list_item", line, match.end(), level=len(match["marks"]) if match["marks"][0] in "*#" else 1)
        else:
            self._in_box = False
            self._show("paragraph", line, 0)

    def _heading(self, line: Line, match: re.Match[str]) -> None:
        level = len(match["marks"])
        kind = "title" if level == 1 and self.title is None else "heading"
        above = self._sections.enter(level, match["title"])
        self._view.open(kind, above, level)  # type: ignore[arg-type]
        self._view.show(line.start + match.start("title"), line.start + match.end("title"))
        self._view.close()
        if kind == "title":
            self.title = match["title"]

    def _field(self, line: Line, match: re.Match[str]) -> None:
        self._view_has_fields = True
        if match["value"] and not is_file_name(match["value"]):
            self._view.open("field", self._sections.path, field=numbered_field(match["key"], self._box))
            show_with_marks(self._view, self._source, line.start + match.start("value"), line.start + match.end("value"))
            self._view.close()

    def _show(self, kind: str, line: Line, skip: int, level: int | None = None) -> None:
        self._view.open(kind, self._sections.path, level)  # type: ignore[arg-type]
        show_with_marks(self._view, self._source, line.start + skip, line.end)
        self._view.close()


def read_wiki_export(view: View, source: str) -> str | None:
    """Shows a wiki export; gives its title."""
    reader = _Reader(view, source)
    reader.read()
    return reader.title

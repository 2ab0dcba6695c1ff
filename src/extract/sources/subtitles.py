"""Subtitles, SRT (SubRip) and WebVTT: what is said, cues joined to whole sentences, with the time at which each cue begins.

Numbers, settings, notes, styles and tags are not shown, nor a line that a rolling caption shows twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.sources.lines import Line, split_lines
from extract.sources.view import View

_TIMES = re.compile(r"\s*(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{2}):(?P<seconds>\d{2})[.,]\d{1,3}\s*-->\s*[\d:]+[.,]\d")
STARTS = re.compile(r"WEBVTT(?:\s|$)|\s*\d+[ \t]*\r?\n\d{1,3}:\d{2}:\d{2},\d{1,3}[ \t]*-->")
_HIDDEN = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")
_SPEAKER = re.compile(r"\s*(?:<v[ .][^<>]*>|(?:<[^<>]{0,20}>)?\s*(?:[-–—]|>>+|&gt;&gt;)\s*)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")


def read_subtitles(view: View, source: str) -> None:
    """Shows the cues, each closed by its time; a block ends with a sentence, and where another speaks."""
    last = ""
    for time, lines in _cues(source):
        shown = [line for line in lines if _HIDDEN.sub("", line.text).strip() not in ("", last)]
        for line in shown:
            speaker = _SPEAKER.match(line.text)
            if speaker or not view.is_open:
                view.open("paragraph")
            _show(view, source, line.start + (speaker.end() if speaker else 0), line.end)
            view.space()
            last = _HIDDEN.sub("", line.text).strip()
            if not view.is_empty:
                view.mark("timestamp", time)
            if _SENTENCE_END.search(last):
                view.close()


def _cues(source: str) -> Iterator[tuple[str, list[Line]]]:
    """When each cue begins, as `00:07:22`, and its lines."""
    time, lines = None, list[Line]()
    for line in split_lines(source):
        if times := _TIMES.match(line.text):
            if time and lines:
                yield time, lines[:-1] if lines[-1].text.strip().isdecimal() else lines
            time = f"{int(times['hours'] or 0):02}:{times['minutes']}:{times['seconds']}"
            lines = []
        elif line.is_blank:
            if time and lines:
                yield time, lines
            time, lines = None if lines else time, []
        elif time:
            lines.append(line)
    if time and lines:
        yield time, lines


def _show(view: View, source: str, start: int, end: int) -> None:
    for tag in _HIDDEN.finditer(source, start, end):
        view.show(start, tag.start())
        start = tag.end()
    view.show(start, end)

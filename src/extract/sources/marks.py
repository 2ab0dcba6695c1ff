"""Marks in running text that are not text: those of notes and references, and time stamps of a recording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.sources.lines import Line
from extract.sources.view import View

# Language codes that link to another edition of an encyclopaedia (`Beka Davituliani [ka]`). Those that are English words
# as well (`[it]`, `[no]`) count only behind a capitalised word.
_CODES = (
    "ab|af|ar|arz|ast|av|az|ba|bar|bcl|bg|bn|br|bs|ca|ce|ceb|ckb|cs|cv|cy|da|de|el|eo|es|et|eu|fa|fi|fo|fr|fy|ga|gl|gu|hi|hr|hu|"
    ""
    "hy|id|ilo|io|ja|jv|ka|kk|kn|ko|krc|ku|ky|la|lb|lez|li|lmo|lt|lv|mai|mg|mk|ml|mn|mr|ms|mt|mzn|nds|ne|nl|nn|nv|oc|os|"
    "pa|pl|pnb|ps|pt|qu|ro|ru|rue|sa|sah|scn|sco|sh|si|sk|sl|sq|sr|sv|sw|ta|te|tg|th|tk|tl|tr|tt|ug|uk|ur|uz|vec|vi|vo|wa|war|"
    "wuu|yi|yo|yue|zh"
)
_NOTES = (
    "citation needed|clarification needed|page needed|better source needed|non-primary source needed|verification needed|"
    "failed verification|full citation needed|additional citation\\(s\\) needed|dubious(?: ?[–-] ?discuss)?|"
    "disputed(?: ?[–-] ?discuss)?|"
    "unreliable source\\??|original research\\??|according to whom\\?|by whom\\?|who\\?|when\\?|where\\?|which\\?|why\\?|how\\?|"
    "vague|needs update|update|edit|permanent dead link|dead link|third-party source needed|weasel words|"
    "self-published source\\??"
)
REFERENCE_MARK = re.compile(
    rf"\[(?:\d{{1,3}}|\^[\w-]{{1,20}}|[a-z]|[A-Z]{{1,2}}|"
    rf"(?:note|notes|nb|n|ref|fn|lower-alpha) ?\d{{1,3}}|{_CODES}|(?i:{_NOTES}))\]"
    r"|(?<=[^\W\d_])(?<!\b[a-z]) ?\[(?:it|no|he|is|so|be|to|an|as|am|my|or)\](?=\s*[,.;)]|\s+[A-Z(])"
)
_STAMP = r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?"
_LONG_STAMP = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?"
_SEVERAL = r"(?:\s*(?:[,;–-]|-->|to)\s*%s)*"
_NOTE_STAMP = re.compile(rf"[\[(](?P<stamps>{_STAMP}{_SEVERAL % _STAMP})[\])]")
_TEXT_STAMP = re.compile(rf"\[(?P<stamps>{_LONG_STAMP}{_SEVERAL % _LONG_STAMP})\]")
# Note marks that print sets higher: as characters of their own, as a sign behind a word or figure, and, where a file has lost
# the height, as a number that cannot belong to the unit before it (`31.5 per cent7`).
_RAISED = (
    r"(?P<raised>[⁰¹²³⁴-⁹](?<=\S.)[⁰¹²³⁴-⁹]*(?:[,⁻–-][⁰¹²³⁴-⁹]+)*|"
    r"[*†‡](?<=[\w%)\]”’\"'.].)[*†‡]{0,2}(?=[\s.,;:)\]|]|$))|"
    r"\d(?:(?<=[Pp]er cent.)|(?<=[Pp]ercent.)|(?<=\d%.))\d?(?=[\s.,;:)]|$)"
)
_EXPONENT_OF = re.compile(r"(?:(?<![\w.,])(?:[kcdm]?m|mi|ft|in|yd|[^\W\d_]|10|\d)|[(^×*])$")
_RAISED_MARK = re.compile(r"\s*\[?(?:\d{1,2}|[a-e]|\*{1,3}|[†‡]{1,3})\]?(?:\s*[,–-]\s*\d{1,2})*\s*")
_EMPHASIS = 80
"""A star so many characters behind another closes what that one opened."""

# One pattern for all: several searches for each mark would take quadratic time. What it can begin with is asked first, for speed.
_FIRST = r"(?=[ \[(\d⁰¹²³⁴-⁹*†‡])"
_NOTE_MARK = re.compile(rf"{_FIRST}(?:{REFERENCE_MARK.pattern}|{_NOTE_STAMP.pattern}|{_RAISED})")
_TEXT_MARK = re.compile(rf"{_FIRST}(?:{REFERENCE_MARK.pattern}|{_TEXT_STAMP.pattern}|{_RAISED})")
_LEADING_STAMP = re.compile(rf"\s*(?P<stamps>{_LONG_STAMP}{_SEVERAL % _LONG_STAMP})(?:\s*[-–—|:]\s+|\s+)(?=\S)")
_BARE_STAMP = re.compile(rf"\s*(?P<stamps>{_STAMP}{_SEVERAL % _STAMP})\s*")
_EACH_STAMP = re.compile(_STAMP)
_SPOKEN = ("paragraph", "list_item", "quotation")
_HUGS = re.compile(r"[\s,.;:!?)\]}’”\"']|$")


def show_with_marks(view: View, source: str, start: int, end: int, notes: bool = False) -> None:
    """Shows `source[start:end]` without its reference marks and time stamps; the latter become marks of the view.

    Time stamps are `[0:01:45]`, and `0:01:45` where a block begins; in `notes` of a recording also `[1:45]` and `(1:45)`.
    """
    position = start
    if view.is_empty and view.kind in _SPOKEN and (leading := _LEADING_STAMP.match(source, start, end)):
        note_stamps(view, leading["stamps"], source[leading.end()])
        position = leading.end()
    for match in (_NOTE_MARK if notes else _TEXT_MARK).finditer(source, position, end):
        if match["raised"] and not _is_raised(source, match.start("raised"), match["raised"]):
            continue
        view.show(position, match.start())
        note_stamps(view, match["stamps"] or "", source[match.end() : min(match.end() + 1, end)])
        position = match.end()
    view.show(position, end)


def is_raised_mark(text: str, before: str) -> bool:
    """Whether a superscript `text` is the mark of a note, and not the power of what stands `before` it (`km2`, `10^6`, `x^2`).

    >>> is_raised_mark("2", "in 2018"), is_raised_mark("2", "9 km"), is_raised_mark("rd", "the 3")
    (True, False, False)
    """
    return bool(_RAISED_MARK.fullmatch(text)) and before[-1:].strip() != "" and not _EXPONENT_OF.search(before)


def _is_raised(source: str, start: int, mark: str) -> bool:
    if mark[0] == "*":
        return "*" not in source[max(0, start - _EMPHASIS) : start]
    return mark[0] in "†‡" or not _EXPONENT_OF.search(source[max(0, start - 4) : start])


_NOTE_LINE = re.compile(r"\s*(?P<number>\d{1,2})[.)]?\s+\S")
_STRAY = re.compile(
    r"(?:(?<=[a-z][a-z][a-z])|(?<=[a-z][a-z][.,;])|(?<=\b19\d\d)|(?<=\b20\d\d))(?P<number>[1-9]\d?)(?=[\s.,;:)]|$)"
)
_NO_YEAR = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring)\s(?:19|20)\d\d(?P<number>[1-9])"
    r"(?=[.,;:)]|\s(?:and|but|when|the|to|by|as|after|before|while)\b|\s*$)",
    re.MULTILINE,
)


def stray_marks(source: str, lines: Iterable[Line]) -> list[tuple[int, int]]:
    """Where a plain text has the numbers of notes as ordinary digits (`in 20186`), in the order of the text.

    A number behind a word or year is one if the text has a list of notes with it, behind a year also if it cannot be a count.
    """
    numbered = (int(match["number"]) for line in lines if (match := _NOTE_LINE.match(line.text)))
    listed = set(_counted(numbered))
    found = {match.span("number") for match in _NO_YEAR.finditer(source)}
    if len(listed) > 1:
        found |= {match.span("number") for match in _STRAY.finditer(source) if int(match["number"]) in listed}
    return sorted(found)


def _counted(numbers: Iterable[int]) -> Iterator[int]:
    """1, 2, 3, as far as they follow each other."""
    expected = 1
    for number in numbers:
        if number == expected:
            yield number
            expected += 1


def without_marks(text: str) -> str:
    """The text without reference marks and time stamps."""
    return _TEXT_STAMP.sub("", REFERENCE_MARK.sub("", text))


def is_stamps(text: str) -> bool:
    """Whether a text is nothing but time stamps, as that of a link into a recording."""
    return bool(_BARE_STAMP.fullmatch(text))


def note_stamps(view: View, stamps: str, following: str) -> None:
    """Makes time stamps marks of the view; no blank is left before what follows, if that is a comma or the like."""
    for stamp in _EACH_STAMP.finditer(stamps):
        view.mark("timestamp", _full_stamp(stamp.group()))
    if _HUGS.match(following):
        view.drop_blank()


def _full_stamp(stamp: str) -> str:
    """`1:45` as `00:01:45`."""
    parts = stamp.split(":")
    return ":".join(part.zfill(2) for part in ["0"] * (3 - len(parts)) + parts)

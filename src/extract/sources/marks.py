"""Marks in running text that are not text: reference marks, and time stamps of a recording."""

from __future__ import annotations

import re

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
    rf"\[(?:\d{{1,3}}|[a-z]|[A-Z]{{1,2}}|(?:note|notes|nb|n|ref|fn|lower-alpha) ?\d{{1,3}}|{_CODES}|(?i:{_NOTES}))\]"
    r"|(?<=[^\W\d_])(?<!\b[a-z]) ?\[(?:it|no|he|is|so|be|to|an|as|am|my|or)\](?=\s*[,.;)]|\s+[A-Z(])"
)
_STAMP = r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?"
TIME_STAMP = re.compile(rf"[\[(](?P<stamps>{_STAMP}(?:\s*[,;–-]\s*{_STAMP})*)[\])]")
_EACH_STAMP = re.compile(_STAMP)
_HUGS = re.compile(r"[\s,.;:!?)\]}’”\"']|$")


def show_with_marks(view: View, source: str, start: int, end: int, stamps: bool = False) -> None:
    """Shows `source[start:end]` without its reference marks; with `stamps`, time stamps become marks of the view."""
    position = start
    while match := _next_mark(source, position, end, stamps):
        view.show(position, match.start())
        if match.re is TIME_STAMP:
            for stamp in _EACH_STAMP.finditer(match["stamps"]):
                view.mark("timestamp", _full_stamp(stamp.group()))
        if match.end() >= end or _HUGS.match(source, match.end(), end):
            view.drop_blank()
        position = match.end()
    view.show(position, end)


def _next_mark(source: str, start: int, end: int, stamps: bool) -> re.Match[str] | None:
    found = [REFERENCE_MARK.search(source, start, end), TIME_STAMP.search(source, start, end) if stamps else None]
    return min((match for match in found if match), key=lambda match: match.start(), default=None)


def _full_stamp(stamp: str) -> str:
    """`1:45` as `00:01:45`."""
    parts = stamp.split(":")
    return ":".join(part.zfill(2) for part in ["0"] * (3 - len(parts)) + parts)

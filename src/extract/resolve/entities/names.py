"""The names of one document, with just so much of their context that the corpus can be linked without its texts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Mention
from extract.sources.document import Document


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in a document. `index` is its number among all mentions of the document, `start` its text offset.

    `title` is the word before a person's name (`Mr`, `President`), None without one; `target` is where the document's own link on
    the name leads (`[[Hashim Thaçi|Thaci]]`), None without one.
    """

    index: int
    label: str
    text: str
    start: int
    title: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """All names of one document in the order of the text.

    `definitions` are pairs of mention numbers of which the second stands in brackets after the first: `Long Form (ABC)`.
    """

    document: str
    mentions: tuple[NameMention, ...]
    definitions: tuple[tuple[int, int], ...] = ()


def document_names(document: Document, mentions: Sequence[Mention]) -> DocumentNames:
    """The names among `mentions` (all mentions of the document, in the order of the text)."""
    names = [(index, mention) for index, mention in enumerate(mentions) if mention.label in NAME_LABELS]
    return DocumentNames(
        document.name,
        tuple(
            NameMention(index, mention.label, mention.text, mention.start, _title(document, mention), _target(document, mention))
            for index, mention in names
        ),
        tuple(_definitions(document.text, names)),
    )


_BEFORE = re.compile(r"(?:^|[^\w.])([^\W\d_]+\.?)[ \u00a0]$")


def _title(document: Document, mention: Mention) -> str | None:
    """The word right before a person's name."""
    if mention.label != "PERSON":
        return None
    found = _BEFORE.search(document.text, max(mention.start - 24, 0), mention.start)
    return found.group(1) if found else None


_LINK = re.compile(r"\[\[\s*([^\[\]|]{1,120}?)\s*\|\s*$")
_QUALIFIER = re.compile(r"\s*\([^()]*\)$")


def _target(document: Document, mention: Mention) -> str | None:
    """Where a wiki link on exactly this name leads, as words."""
    start, end = document.to_source(mention.start, mention.end)
    if not document.source_text.startswith("]]", end):
        return None
    found = _LINK.search(document.source_text[max(start - 130, 0) : start])
    if not found or ":" in found.group(1):
        return None
    return _QUALIFIER.sub("", found.group(1).partition("#")[0].replace("_", " ")).strip() or None


_OPENING = re.compile(r"[\"”»’']?\s*\(\s*(?P<cue>(?:[^\W\d_]+[:,]?\s+){0,4})[\"“«‘']?")
# `Long Form, known as ABC`; `Long Form or ABC` only where the second name is an acronym.
_NAMING = re.compile(
    r",?\s+(?:(?:also |better |formerly |popularly |commonly )?(?:known|called|named|abbreviated|referred to)"
    r"(?: as| by its initials| in short)?|(?P<weak>or)|aka|a\.k\.a\.|in short)\s+(?:the\s+)?[\"“«‘']?"
)
_CLOSING = re.compile(r"[\"”»’']?\s*(?P<end>[),;])")
_CUES = frozenset(
    [
        "or",
        "also",
        "known",
        "as",
        "formerly",
        "called",
        "in",
        "short",
        "abbreviated",
        "abbr",
        "acronym",
        "the",
        "officially",
        "now",
        "previously",
        "aka",
        "until",
        "earlier",
        "native",
        "local",
        "named",
        "hereinafter",
        "papers",
        "print",
        "some",
        "spelled",
        "spelt",
        "english",
        "translation",
        "literally",
        "meaning",
    ]
)
_LANGUAGE = re.compile(r"[^\W\d_]+:")


def _definitions(text: str, names: Sequence[tuple[int, Mention]]) -> Iterator[tuple[int, int]]:
    """Neighbouring names of which the second stands in brackets after the first."""
    for (first, outer), (second, inner) in itertools.pairwise(names):
        if _is_naming(text, outer, inner):
            yield first, second
            continue
        between = _OPENING.fullmatch(text, outer.end, inner.start) if inner.start - outer.end <= 48 else None
        closing = _CLOSING.match(text, inner.end)
        if between and closing and _is_cue(between.group("cue")) and (closing.group("end") == ")" or between.group("cue")):
            yield first, second


def _is_naming(text: str, outer: Mention, inner: Mention) -> bool:
    found = _NAMING.fullmatch(text, outer.end, inner.start) if inner.start - outer.end <= 48 else None
    return bool(found) and (not found["weak"] or (inner.text.isupper() and " " not in inner.text)) if found else False


def _is_cue(words: str) -> bool:
    return all(word.strip(",").lower() in _CUES or _LANGUAGE.fullmatch(word) for word in words.split())

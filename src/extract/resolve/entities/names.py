"""The names of one document, with just so much of their context that the corpus can be linked without its texts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from extract.normalise.values import NAME_LABELS
from extract.resolve.entities.lexicon import load_lexicon
from extract.sources.document import Document

if TYPE_CHECKING:
    from extract.recognise.mention import Mention


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in a document. `index` is its number among all mentions of the document, `start` its text offset.

    `title` is the word before a person's name (`Mr`, `President`), None without one; `target` is where the document's own link on
    the name leads (`[[Hashim Thaçi|Thaci]]`), None without one; `aside`: a namesake is named to tell the two apart (`not to be
    confused with Hans Kielsen`); `world`: in what the words beside a person's name say that he or she is known (`sport`);
    `near`: the place or people right before the name of a body (`Turkish Foreign Ministry`).
    """

    index: int
    label: str
    text: str
    start: int
    title: str | None = None
    target: str | None = None
    aside: bool = False
    world: str | None = None
    near: str | None = None


class Held(NamedTuple):
    """The elections that a document begins with (`Parliamentary elections were held in Bulgaria`).

    `kind`: the words before; `place`: where they were held, or the council that they were to, and its `label`.
    """

    kind: str
    place: str
    label: str


@dataclass(frozen=True, slots=True)
class DocumentNames:
    """All names of one document in the order of the text.

    `definitions` are pairs of mention numbers of which the second stands in brackets after the first: `Long Form (ABC)`.
    `equations` are those of them that the text's words or quotes leave no doubt about: `Long Form ("Other Form")`, `Long Form,
    formerly Other Form`. `years`: those that its dates name, and that of its own day. `held`: the elections that it begins with.
    """

    document: str
    mentions: tuple[NameMention, ...]
    definitions: tuple[tuple[int, int], ...] = ()
    equations: frozenset[tuple[int, int]] = frozenset()
    years: tuple[int, ...] = ()
    held: Held | None = None


def document_names(document: Document, mentions: Sequence[Mention]) -> DocumentNames:
    """The names among `mentions` (all mentions of the document, in the order of the text)."""
    names = [(index, mention) for index, mention in enumerate(mentions) if mention.label in NAME_LABELS]
    definitions = dict(_definitions(document.text, names))
    return DocumentNames(
        document.name,
        tuple(
            _name(document, index, mention, near)
            for (index, mention), near in zip(names, _neighbours(document, names), strict=True)
        ),
        tuple(definitions),
        frozenset(pair for pair, is_sure in definitions.items() if is_sure),
        _years(document, mentions),
        next(_held(document.text, names), None),
    )


_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")


def _years(document: Document, mentions: Sequence[Mention]) -> tuple[int, ...]:
    own = str(document.metadata.get("published", ""))
    texts = (own, *(mention.text for mention in mentions if mention.label == "DATE"))
    return tuple(sorted({int(year) for text in texts for year in _YEAR.findall(text)}))


_HELD = re.compile(
    r"(?P<kind>(?:[^\W\d_]+ )*)elections? (?:(?:(?:was|were|are|is|will be) held|took place) in|in|to|for) (?:the )?"
    r"(?:[^\W\d_]+ (?:state|province|region|territory) of )?",
    re.IGNORECASE,
)
_BEGINNING = 120  # characters of a document in which it says what it is about


def _held(text: str, names: Sequence[tuple[int, Mention]]) -> Iterator[Held]:
    found = [*_HELD.finditer(text[:_BEGINNING])]
    ends = {each.end(): each["kind"] for each in found}
    for _, mention in names if ends else ():
        is_council = mention.label == "ORG" and mention.text.lower().endswith(" council")
        if mention.start in ends and (is_council or mention.label in ("GPE", "LOC")):
            yield Held(ends[mention.start], mention.text, mention.label)


_JOINED = re.compile("(?:['’]s)? ?")


def _neighbours(document: Document, names: Sequence[tuple[int, Mention]]) -> Iterator[str | None]:
    """For each name the place or people that stands right before it, where it is a body."""
    before: Mention | None = None
    for _, mention in names:
        stands = before and mention.label in ("ORG", "PARTY") and before.label in ("GPE", "NORP", "LOC")
        joined = before and stands and _JOINED.fullmatch(document.text, before.end, mention.start)
        yield before.text if before and joined else None
        before = mention


def _name(document: Document, index: int, mention: Mention, near: str | None) -> NameMention:
    return NameMention(
        index,
        mention.label,
        mention.text,
        mention.start,
        _title(document, mention),
        _target(document, mention),
        _is_aside(document.text, mention),
        _world(document.text, mention) if mention.label == "PERSON" else None,
        near,
    )


_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOP = re.compile(r"[.;:!?()\n\"”“]")
_NEAR = 40  # characters before and behind a name that may say who it is


def _world(text: str, mention: Mention) -> str | None:
    """The world of the nearest word before the name that has one, else of those in apposition behind it."""
    worlds = load_lexicon().worlds
    before = _STOP.split(text[max(mention.start - _NEAR, 0) : mention.start])[-1].rpartition(",")[2]
    behind = text[mention.end : mention.end + _NEAR]
    behind = _STOP.split(behind[1:])[0].split(",")[0] if behind[:1] in (",", "(") else ""
    words = [*reversed(_WORDS.findall(before)[-2:]), *_WORDS.findall(behind)[:5]]
    return next((world for word in words if (world := worlds.get(word.lower()))), None)


_BEFORE = re.compile(r"(?:^|[^\w.])([^\W\d_]+\.?) $")


def _title(document: Document, mention: Mention) -> str | None:
    """The word right before a person's name."""
    if mention.label != "PERSON":
        return None
    found = _BEFORE.search(document.text, max(mention.start - 24, 0), mention.start)
    return found.group(1) if found else None


_LINK = re.compile(r"\[\[\s*([^\[\]|]{1,120}?)\s*\|\s*$")
_QUALIFIER = re.compile(r"\s*\((?![A-Z]\))[^()]*\)$")  # but a wing of a party is a part of its name (`(N)`)


def _target(document: Document, mention: Mention) -> str | None:
    """Where a wiki link on exactly this name leads, as words."""
    start, end = document.to_source(mention.start, mention.end)
    if not document.source_text.startswith("]]", end):
        return None
    found = _LINK.search(document.source_text[max(start - 130, 0) : start])
    if not found or ":" in found.group(1):
        return None
    return _QUALIFIER.sub("", found.group(1).partition("#")[0].replace("_", " ")).strip() or None


_ASIDE = re.compile(
    r"(?:confused (?:with|w/)|unrelated to|no relation (?:to|of)|not related to|(?:namesake|surname|name) (?:of|with)) (?:the )?$"
)


def _is_aside(text: str, mention: Mention) -> bool:
    return mention.label == "PERSON" and bool(_ASIDE.search(text[max(mention.start - 40, 0) : mention.start]))


_OPENING = re.compile(r"(?P<first>[\"”»'])?\s*\(\s*(?P<cue>(?:[^\W\d_]+[:,]?\s+){0,4})(?P<quote>[\"“«‘'])?")
# `Long Form, known as ABC`; `or` only in brackets behind an acronym, for else it stands between two (`the Congress or the BJP`).
_NAMING = re.compile(
    r"[\"”»']?,?[\"”»']?\s+"
    r"(?:(?:also |better |formerly |previously |popularly |commonly |then |now )?"
    r"(?:known|called|named|renamed|abbreviated|nicknamed|dubbed|styled|referred to)(?: as| by its initials| in short)?"
    r"|(?P<weak>or)|aka|a\.k\.a\.|in short|formerly|now|=|since \d{4}"
    r"|as (?:[^\W\d_]+ ){1,3}(?:calls?|called|dub|dubbed|knows?|knew|styled?|nicknamed?))"
    r"\s+(?:the\s+)?[\"“«‘']?"
)
# `Long Form (Other Form, ABC)` and `Long Form (ABC, or Other Form)` go on.
_CLOSING = re.compile(r"[\"”»']?\s*(?:(?P<end>\))|[,;](?P<more>\s+or\b|\s*[^\W\d_]{2,10}\s*\))?)")
_LANGUAGE = re.compile(r"[^\W\d_]+:")
_REACH = 60  # characters between two names of which one explains the other


def _definitions(text: str, names: Sequence[tuple[int, Mention]]) -> Iterator[tuple[tuple[int, int], bool]]:
    """Neighbouring names of which the second stands in brackets after the first, and whether words or quotes make it sure."""
    for (first, outer), (second, inner) in itertools.pairwise(names):
        if inner.start - outer.end > _REACH:
            continue
        if _is_naming(text, outer, inner):
            yield (first, second), True
            continue
        between = _OPENING.fullmatch(text, outer.end, inner.start)
        closing = _CLOSING.match(text, inner.end)
        if between and closing and _is_cue(between["cue"]) and (closing["end"] or closing["more"] or between["cue"]):
            yield (first, second), bool(between["cue"] or between["quote"])


def _is_naming(text: str, outer: Mention, inner: Mention) -> bool:
    found = _NAMING.fullmatch(text, outer.end, inner.start)
    if not found or not found["weak"]:
        return bool(found)
    return outer.text.isupper() and text[outer.start - 1 : outer.start] == "(" and text[inner.end : inner.end + 1] == ")"


def _is_cue(words: str) -> bool:
    cues = load_lexicon()["naming_cues"]
    return all(word.strip(",").lower() in cues or _LANGUAGE.fullmatch(word) for word in words.split())

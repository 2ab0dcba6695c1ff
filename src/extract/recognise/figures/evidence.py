"""What speaks for seats and against, where a bare number may be a seat count, and how much."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extract.recognise.figures.noun import WORD, lists
from extract.rules.words import same_spelling

ENOUGH = 2.5
"""The sum of evidence from which on a bare number is a seat count."""

_OPEN = frozenset("(“\"'*‘’+−–-")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number `text[start:end]` and what it is: seats, a share, something else, or `bare` while nobody knows."""

    start: int
    end: int
    kind: Literal["seats", "share", "other", "bare"]


@dataclass(frozen=True)
class Words:
    """The words of a stretch of text, alone and in pairs, as lists spell them; `small` are those without capitals."""

    held: frozenset[str]
    small: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Words:
        written = WORD.findall(text)
        words = [same_spelling(word).removesuffix("'s") for word in written]
        pairs = {f"{one} {other}" for one, other in pairwise(words)}
        return cls(frozenset(words) | pairs, frozenset(word for word in written if word.islower()))

    def say(self, name: str) -> bool:
        """Whether one of the words is in a list of `rules/counting.yml`."""
        return not self.held.isdisjoint(lists()[name])

    def say_small(self, name: str) -> bool:
        """The same without capitals: `union`, not `Christian Social Union`."""
        return not self.small.isdisjoint(lists()[name])


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen from a bare number: the words around, the figures beside it, the names it stands between.

    `governor` are the words that govern it (`governor_of`); `behind` and `next` are the labels of the names right before and
    behind it, empty for none; `last` and `following` the figures before and behind it in its sentence, `gap` the text from the
    last to it; `near` counts the seat counts of the sentences around, `certain` those of the document, `pairs` the pairs of a
    name and a number in its sentence; `row`: the sentence is a name and numbers, and no more; `weight`: what the rule says.
    """

    number: str
    before: str
    governor: list[str]
    after: str
    sentence: Words
    earlier: Words
    lead: Words
    behind: str
    next: str
    last: Figure | None
    gap: str
    following: Figure | None
    near: int
    certain: int
    pairs: int
    row: bool
    counted: bool
    party: bool
    listed: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign for (positive weight) or against seats, and how `extract explain` tells it."""

    weight: float
    told: str
    holds: Callable[[Sight], bool]


def speaks_of_seats(text: str) -> bool:
    """Whether anything in a text speaks of seats, a chamber or a majority: without it no bare number is looked at."""
    said = Words.of(text)
    return any(said.say(name) for name in ("seats", "chamber", "majority"))


def weigh(sight: Sight) -> tuple[float, list[str]]:
    """The sum of the evidence, and what it is made of."""
    held = [evidence for evidence in EVIDENCE if evidence.holds(sight)]
    told = [f"{evidence.told} ({evidence.weight:+g})" for evidence in held]
    if sight.weight:
        told.append(f"its rule ({sight.weight:+g})")
    return sum(evidence.weight for evidence in held) + sight.weight, told


# -- what stands before and behind ------------------------------------------------------------------------------------------


def governor_of(before: str) -> list[str]:
    """The words before a number up to a sign, without those that change nothing (`only`, `a total of`)."""
    words: list[str] = []
    for word in reversed(WORD.findall(before)):
        if not word[0].isalnum() and not (word in _OPEN and not words):
            break
        if word[0].isalnum():
            words.insert(0, same_spelling(word))
    lead = lists()["lead"]
    while words:
        size = next((size for size in (3, 2, 1) if len(words) >= size and " ".join(words[-size:]) in lead), 0)
        if not size:
            break
        del words[-size:]
    return words


def _ends_in(words: Sequence[str], name: str) -> bool:
    return any(" ".join(words[-size:]) in lists()[name] for size in (1, 2, 3) if len(words) >= size)


def _has_verb(sight: Sight) -> bool:
    return _ends_in(sight.governor, "have")


def _has_move(sight: Sight) -> bool:
    words = sight.governor
    if words and words[-1] in lists()["preposition"]:
        words = words[:-1]
    return _ends_in(words, "move") or any(word in lists()["move"] for word in words[-4:])


def _has_preposition(sight: Sight) -> bool:
    return bool(sight.governor) and sight.governor[-1] in lists()["preposition"]


def _after(form: str) -> Callable[[Sight], bool]:
    pattern = re.compile(rf"[ \u00a0](?:{form})\b", re.IGNORECASE)
    return lambda sight: bool(pattern.match(sight.after))


_CHOSEN = (
    r"(?:are |were |is |was |being |to be )?(?:(?:elected|filled|reserved|returned|chosen|appointed|nominated)|"
    r"(?:in)?directly|(?:\w+ ){0,2}(?:seats|members|mandates))"
)
_REST = re.compile(r"\b(?:the|its|their) (?:other|remaining|rest)[ \u00a0]$", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}[:,]?[ \u00a0](?:[–—-] )?")
_JOINED = re.compile(r"[\w'’ ,]{0,24}(?:to|against|and|,|or)[ \u00a0]")
_BESIDE_SHARE = re.compile(r"(?:,| and| \(|,? for|, with| with|;| =)?[ \u00a0]*")


def _kind(figure: Figure | None) -> str:
    return figure.kind if figure else ""


EVIDENCE: tuple[Evidence, ...] = (
    Evidence(2.0, "its sentence speaks of seats", lambda sight: sight.sentence.say("seats")),
    Evidence(1.0, "the sentence before speaks of seats", lambda sight: sight.earlier.say("seats")),
    Evidence(1.5, "the heading or the head of the list speaks of seats", lambda sight: sight.lead.say("seats")),
    Evidence(0.5, "a chamber is named", lambda sight: sight.sentence.say("chamber")),
    Evidence(1.0, "majorities or coalitions are spoken of", lambda sight: sight.sentence.say("majority")),
    Evidence(0.5, "seats are counted all over the document", lambda sight: sight.certain >= 8),
    Evidence(1.0, "a party is spoken of before it", lambda sight: sight.party),
    Evidence(1.0, "seats are counted all around", lambda sight: sight.near >= 2),
    Evidence(0.5, "seats are counted in the document", lambda sight: sight.certain >= 3),
    Evidence(1.5, "behind a verb of having, winning or losing", _has_verb),
    Evidence(1.0, "behind a verb of rising, falling or standing", _has_move),
    Evidence(0.5, "behind a preposition", _has_preposition),
    Evidence(2.0, "behind the name of a party", lambda sight: sight.behind == "PARTY"),
    Evidence(0.5, "behind another name", lambda sight: sight.behind not in ("", "PARTY")),
    Evidence(1.0, "before the name of a party", lambda sight: sight.next == "PARTY"),
    Evidence(1.5, "one of a row of names with numbers", lambda sight: sight.pairs >= 3),
    Evidence(1.5, "in a row that is a name and numbers", lambda sight: sight.row),
    Evidence(0.5, "the heading or the head of the list names a chamber", lambda sight: sight.lead.say("chamber")),
    Evidence(2.0, "behind a share", lambda sight: _kind(sight.last) == "share" and bool(_BESIDE_SHARE.fullmatch(sight.gap))),
    Evidence(1.0, "seats were counted last", lambda sight: _kind(sight.last) == "seats"),
    Evidence(-1.5, "something else was counted last", lambda sight: _kind(sight.last) == "other"),
    Evidence(
        -2.0,
        "it goes on a count of something else",
        lambda sight: _kind(sight.last) == "other" and bool(_JOINED.fullmatch(sight.gap)),
    ),
    Evidence(1.0, "out of a number", _after(r"(?:out )?of (?:the |its |their |all |these |those )?(?:\d|\w+ seats)")),
    Evidence(
        2.0,
        "seats are counted next",
        lambda sight: _kind(sight.following) == "seats" and bool(re.match(r" (?:out )?of\b", sight.after)),
    ),
    Evidence(
        1.0,
        "more, fewer, up, down, each",
        _after("(?:more|fewer|less|up|down|short|strong|away|above|below|each|apiece|vacant|needed|required)"),
    ),
    Evidence(1.0, "of them; elected, filled", _after("of (?:them|which|whom|these|those)|" + _CHOSEN)),
    Evidence(-2.0, "the house divides", lambda sight: sight.sentence.say_small("division")),
    Evidence(1.0, "what remains", lambda sight: bool(_REST.search(sight.before))),
    Evidence(2.5, "part of a sum", lambda sight: bool(re.search(r"[+=]\s$", sight.before) or re.match(r"\s[+=]\s", sight.after))),
    Evidence(0.5, "signed", lambda sight: sight.number[:1] in "+-−–"),
    Evidence(
        -1.5,
        "its sentence speaks of votes and not of seats",
        lambda sight: sight.sentence.say_small("votes") and not sight.sentence.say("seats"),
    ),
    Evidence(-2.0, "another body or other things are spoken of", lambda sight: sight.sentence.say_small("other_body")),
    Evidence(1.0, "in a list that counts seats", lambda sight: sight.listed and sight.near >= 1),
    Evidence(1.5, "behind the year that heads an item", lambda sight: sight.listed and bool(_YEAR.fullmatch(sight.before))),
    Evidence(1.5, "seats are counted in its sentence", lambda sight: sight.counted),
    Evidence(
        -3.0,
        "two or three of something",
        lambda sight: (
            sight.number.lower() in ("two", "three") and bool(re.search(r"\b(?:the|both|between)[ \u00a0]$", sight.before))
        ),
    ),
    Evidence(-1.0, "it says one", lambda sight: sight.number.lower() in ("one", "1")),
    Evidence(-1.0, "behind `the`", lambda sight: bool(re.search(r"\bthe[ \u00a0]$", sight.before, re.IGNORECASE))),
)
"""What is weighed, for and against."""

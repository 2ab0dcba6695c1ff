"""A mention with its value settled inside its document, before the corpus says which entities there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.normalise.values import DateValue, PercentValue, RuleValue, SeatsValue

if TYPE_CHECKING:
    from extract.recognise.mention import Mention

INDEPENDENTS = "Independents"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a figure: the name mention of that index in the document's mentions, or (None) a `name` that is no entity."""

    mention: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A mention and what is known of it.

    `value` is None for names (the corpus gives them their entity); the `party` or `subject` of a figure stays empty in it
    and stands in `owners`. `inferred_from` are the indexes of the mentions it was inferred from, `how` tells in a few words by
    which step the value, the role and the owner came about (for `extract explain`).
    """

    mention: Mention
    value: DateValue | PercentValue | SeatsValue | RuleValue | None = None
    owners: tuple[Owner, ...] = ()
    inferred_from: tuple[int, ...] = ()
    how: tuple[str, ...] = ()

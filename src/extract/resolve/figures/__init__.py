"""Whose a figure is, what it measures, and in which role.

One procedure for percentages and seats. In an infobox or table the key or header, and the group, row or column, decide. In
prose the clause does: first the forms that name the owner beside the number (`UBP 24`, `10 for Nykhaz`, `United Ossetia's 1`,
`the Liberals (13.1%)`), then the subject of the clause, then the subject of the clause before it. Each choice is told in
`Fact.how`. Where nothing decides there is no owner: none is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.mention import Mention
from extract.resolve.fact import Fact
from extract.resolve.figures.around import Around, look_around
from extract.resolve.figures.beside import (
    before_verb,
    beside,
    each_of,
    in_brackets,
    in_order,
    in_run,
    independents,
    latter,
    listed,
    none_of,
    versus,
)
from extract.resolve.figures.choice import NOBODY, Choice
from extract.resolve.figures.clause import ascribed_to_it, carried, spoken_of, subject, together
from extract.resolve.figures.facts import percent_fact, seats_fact
from extract.resolve.figures.measures import is_change_of_other, part_of, percent_measure, place_of_turnout
from extract.resolve.figures.page import Page
from extract.resolve.figures.passed_on import (
    ahead_of_subject,
    ascribed,
    is_compared,
    of_heading,
    party_of_leader,
    party_of_subject,
    ruling,
    the_alliance,
)
from extract.resolve.figures.placed import attribute_placed, is_placed
from extract.resolve.figures.roles import ROLE_OF_RULE, governing, is_loss, seats_role
from extract.resolve.figures.settled import is_of_chamber, is_of_earlier_election
from extract.resolve.figures.several import shared_out, side_by_side, the_many, the_two, with_partners
from extract.sources.document import Document
from extract.text.sentences import Sentence

Step = Callable[[Page, Mention, Around], Choice | None]


def as_before(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`61 seats, two more than last time`: whoever has the figure before has this one."""
    kind = SeatsReading if isinstance(mention.reading, SeatsReading) else PercentReading
    figures = page.figures_between(around.sentence.start, mention.start, kind)
    if not figures or not is_compared(page, figures[-1], mention):
        return None
    fact = _attribute(page, figures[-1])
    return Choice(fact.owners, getattr(fact.value, "each", False), "as the figure before") if fact.owners else None


STEPS: tuple[Step, ...] = (
    none_of,
    versus,
    in_order,
    each_of,
    latter,
    shared_out,
    beside,
    independents,
    in_brackets,
    the_two,
    the_many,
    side_by_side,
    ascribed,
    ascribed_to_it,
    as_before,
    listed,
    in_run,
    ahead_of_subject,
    party_of_leader,
    before_verb,
    ruling,
    the_alliance,
    subject,
    carried,
    party_of_subject,
    spoken_of,
    of_heading,
)
"""The steps by which an owner is looked for in prose, in this order; the first that says something decides."""


def attribute_figures(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> dict[int, Fact]:
    """The facts of all percentages and seat counts among `mentions`, under their numbers."""
    page = Page(document, sentences, mentions)
    return {
        number: _attribute(page, mention)
        for number, mention in enumerate(mentions)
        if isinstance(mention.reading, PercentReading | SeatsReading)
    }


def _attribute(page: Page, mention: Mention) -> Fact:
    block = page.block_at(mention.start)
    is_seats = isinstance(mention.reading, SeatsReading)
    if is_placed(block):
        return attribute_placed(page, mention, block)
    around = look_around(page, mention)
    return _seats(page, mention, around) if is_seats else _percent(page, mention, around)


def _owner(page: Page, mention: Mention, around: Around) -> Choice:
    choices = (step(page, mention, around) for step in STEPS)
    return next((choice for choice in choices if choice is not None), NOBODY)


# -- prose ---------------------------------------------------------------------------------------------------------------


def _with_parties(page: Page, choice: Choice) -> Choice:
    """Seats are a party's: that of the person who was found, where the document tells it."""
    parties = [page.party_of(page.people[owner.mention]) if owner.mention in page.people else None for owner in choice.owners]
    if not any(parties):
        return choice
    owners = tuple(party.owner if party else owner for owner, party in zip(choice.owners, parties, strict=True))
    return Choice(owners, choice.each, f"{choice.how}, by his party")


def _percent(page: Page, mention: Mention, around: Around) -> Fact:
    measure, why = percent_measure(page, mention, around)
    sign = -1 if measure == "change" and mention.reading.amount.low > 0 and _falls(page, mention, around) else 1
    if measure == "turnout":
        return percent_fact(mention, place_of_turnout(page, mention, around), measure, sign, why)
    if measure in ("threshold", "other"):
        return percent_fact(mention, part_of(page, mention, around) if measure == "other" else NOBODY, measure, sign, why)
    choice = _owner(page, mention, around)
    if measure == "change" and is_change_of_other(mention, around):
        choice = NOBODY
    if measure == "vote_share" and choice == NOBODY and not any(cue.list == "vote_word" for cue in around.cues):
        measure, why = "other", "other: nobody has it and nothing speaks of votes"
    if measure == "change" and mention.rule == "percentages.beside":  # `with 53.1%, up 9.4`
        mention = replace(mention, reading=replace(mention.reading, unit="percentage_point"))
    return percent_fact(mention, choice, measure, sign, why)


def _falls(page: Page, mention: Mention, around: Around) -> bool:
    """Whether the last verb of change before a percentage, or a word behind it, is one of loss."""
    if _DOWN.match(around.after):
        return True
    cues = around.cues_before(mention.start, "loss_cue", "gain_cue")
    return bool(cues and cues[-1].list == "loss_cue") or bool(_FALLING.search(around.before[-60:]))


_DOWN = re.compile(r"\s?(?:seats? |mandates? |points? )?(?:down|lower|less|fewer|short|behind|decrease|drop|decline|fall|loss)\b")
_FALLING = re.compile(
    r"\b(?:fell|fallen|falling|declin\w+|slump\w+|plung\w+|shrank|shrunk|lost|cut|cuts|cutting|lower\w*|reduc\w+|"
    r"eas\w+|weaken\w*|contracted|decreas\w+|slipp\w+|sank|sunk|slid|fall of|drop of)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)


def _is_won(page: Page, mention: Mention, around: Around) -> bool:
    """Whether a verb of winning governs a figure; `would have` is none."""
    cue = governing(page, mention, around)
    return cue is not None and cue.list == "won_cue" and not _WOULD.match(page.text, cue.start)


_WOULD = re.compile(r"(?:would|will) have\b")


def _seats(page: Page, mention: Mention, around: Around) -> Fact:
    joint = None if mention.rule in ROLE_OF_RULE else with_partners(page, mention, around) or together(page, mention, around)
    role, why = seats_role(page, mention, around)
    if joint and role not in ("majority", "change") and not (role == "won" and _is_won(page, mention, around)):
        role, why = "held", "held: a coalition has them together"
    if role in ("total", "majority"):
        return seats_fact(mention, Choice(how="the chamber's own figure"), role, 1, why)
    choice = _with_parties(page, joint or _owner(page, mention, around))
    if not choice.owners and is_of_chamber(page, mention, around, role):
        return seats_fact(mention, Choice(how="no owner, in a sentence about the chamber"), "total", 1, "total: nobody has them")
    if role == "won" and is_of_earlier_election(page, mention, around):
        role, why = "held", "held: the result of an earlier election"
    if role == "won" and len(choice.owners) > 1 and not choice.each and not _is_won(page, mention, around):
        role, why = "held", "held: several have them together"
    falls = role == "change" and not mention.reading.signed and is_loss(page, mention, around)
    return seats_fact(mention, choice, role, -1 if falls else 1, why)

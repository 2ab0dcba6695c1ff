"""Owners that have a figure together, or each: `A and B have 87 seats`, `61 for A and B`, `ten apiece to A and B`."""

from __future__ import annotations

import re

from extract.normalise.readings import SeatsReading
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.fact import Owner
from extract.resolve.figures.around import Around, leads_to
from extract.resolve.figures.beside import names_in_row, parties
from extract.resolve.figures.choice import Choice
from extract.resolve.figures.page import Name, Page, is_institution

_VERB = pattern(r"(?:\s\([^)\d]*\))?\s(?:{adverb}\s)*(?:(?:{modal}|{adverb})\s)*{own_verb}\s(?:{lead}\s)*")
# What may stand before the first of the names, so that they are the subject: `In 2013 the`, `Together the ruling`.
_OPENING = pattern(
    r"\W*(?:(?:[Ii]n|[Oo]n|[Aa]t|[Aa]fter|[Ss]ince|[Bb]y|[Uu]nder|[Bb]efore|[Dd]uring|[Ff]rom)\s[^,;:]{1,40},?\s|"
    r"(?:{adverb}|and|but|yet|so|if|had|both|together|yesterday|today),?\s)*(?:(?:the|{descriptor})\s)*"
)
_ENDS_WITH = pattern(r"(?:\s[^.;:]{0,60}[\s,])?\s?(?:{adverb}\s)*(?:{modal}\s)*{own_verb}\s(?:{lead}\s)*")
_PART = re.compile(r"[;:]\s|\s[–—-]\s|\b(?:while|whereas|but|although|though|because|that|if|as)\s")
_TO_THEM = pattern(
    r"\s(?:(?:seats?|mandates?|deputies|members|MPs)\s)?(?P<each>(?:each|apiece)\s)?(?:for|to|went to|go to|held by)\s"
    r"(?:the\s)?(?:(?:{descriptor})\s)*"
)
_ROW_ENDS = re.compile(r"\s?(?:\([^)\d]*\))?\s?(?:$|[,.;:)–—]|in\b|on\b|at\b|as\b|against\b)")
_TWO = re.compile(
    r"\b(?:the pair|(?:the two|both)(?: (?:big|main|major|other))?(?: (?:latter|parties|allies|partners|lists|groups|together))?|"
    r"the latter two)\b(?P<rest>[^.;]{0,60})$",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:the|all|these|those) (?P<count>three|four|five|six)(?: (?:parties|allies|partners|lists|groups|together))?"
    r"(?P<rest>[^.;]{0,40})$",
    re.IGNORECASE,
)
_COUNTS = {"three": 3, "four": 4, "five": 5, "six": 6}
_SUM = re.compile(r"^\W*(?:Together|Taken together|Between them|Combined),? (?:that|this|they|these)\b(?P<rest>[^.;\d]{0,40})$")
_LATTER = re.compile(r"\blatter\b", re.IGNORECASE)
_WITH = re.compile(r"(?:^|[;:,]\s)\W*(?:(?:But|And|Together)\s)?with\s(?:the\s)?$", re.IGNORECASE)
_HAVE = pattern(r"\s(?:{adverb} )*(?:{modal} )*{own_verb}\b")
_HIS_PARTY_HAS = pattern(
    r",\s(?:his|her) (?:own )?(?:party|bloc|list|camp|group)\s(?:(?:would|could|will|thus)\s)*"
    r"(?:have|has|had|commands?|commanded|counts? on|"
    r"holds?|held|controls?|reach|reaches|muster)\s(?:{lead}\s)*"
)
_HAS = pattern(
    r"[^.;:\d]{0,60}\s(?:have|has|had|commands?|commanded|counts? on|holds?|held|controls?|reach|reaches|muster)\s(?:{lead}\s)*"
)


def side_by_side(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the Centre and the Greens have 87 seats`: all names that are the subject of the verb; of `no seats` each has none."""
    if not isinstance(mention.reading, SeatsReading):
        return None
    row = names_in_row(page, around.sentence.start, mention.start)
    if not _are_contestants(page, row):
        return None
    verb = page.text[row[-1].mention.end : mention.start]
    is_none = mention.reading.amount.high == 0 and _ENDS_WITH.fullmatch(verb)
    if not (_VERB.fullmatch(verb) or is_none):
        return None
    if leads_to(page, row[0], around.sentence.start) or not _OPENING.fullmatch(_words_before(page, row[0], around)):
        return None
    return Choice(_owners(row), each=mention.reading.amount.high == 0, how="the subject is several parties")


def _are_contestants(page: Page, row: list[Name]) -> bool:
    """Whether several names are parties that stand, one of them surely; two joined by `, and` may be of two clauses."""
    if len(row) < 2 or any(name.mention.label not in ("PARTY", "ORG") or is_institution(name) for name in row):
        return False
    if len(row) == 2 and "," in page.text[row[0].mention.end : row[1].mention.start]:
        return False
    return any(name.mention.label == "PARTY" for name in row)


def _words_before(page: Page, name: Name, around: Around) -> str:
    """What stands before a name in its part of the sentence."""
    return _PART.split(page.text[around.sentence.start : name.mention.start])[-1]


def _owners(row: list[Name]) -> tuple[Owner, ...]:
    return tuple(name.owner for name in row)


def shared_out(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`61 seats for the Liberals and the Nationals`, `ten apiece to the Greens and the Left`."""
    row = names_in_row(page, mention.end, around.sentence.end, first=True)
    if not isinstance(mention.reading, SeatsReading) or not _are_contestants(page, row):
        return None
    given = _TO_THEM.fullmatch(page.text[mention.end : row[0].mention.start])
    if not given or not _ROW_ENDS.match(page.text[row[-1].mention.end : around.sentence.end]):
        return None
    return Choice(_owners(row), each=bool(given["each"]), how="named together behind it")


def the_two(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the pair would have had 40`, `Together that makes 218`: the two parties spoken of in the sentence or the one before."""
    spoken = _TWO.search(around.before) or _SUM.search(around.before)
    if not spoken or not isinstance(mention.reading, SeatsReading):
        return None
    start = around.sentence.start + spoken.start()
    if page.names_between(start, mention.start) or page.figures_between(
        around.sentence.start + spoken.start("rest"), mention.start
    ):
        return None
    named = parties(page, page.names_between(around.sentence.start, start))
    before = page.sentences[around.sentence.index - 1] if around.sentence.index else None
    if not named and before and before.start >= page.block_at(mention.start).start:
        named = parties(page, page.names_between(before.start, before.end))
    if len(named) == 2 or (len(named) > 2 and _LATTER.search(spoken[0])):
        return Choice(tuple(named[-2:]), how="the two parties spoken of")
    return None


def the_many(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`X's likeliest partners are Y and Z: the three would have 36`: so many parties, one of them perhaps named by its leader."""
    spoken = _MANY.search(around.before)
    if not spoken or not isinstance(mention.reading, SeatsReading) or not _HAVE.match(spoken["rest"]):
        return None
    count, start = _COUNTS[spoken["count"].lower()], around.sentence.start + spoken.start()
    if page.names_between(start, mention.start):
        return None
    block = page.block_at(mention.start)
    first = page.sentences[around.sentence.index - 1].start if around.sentence.index else around.sentence.start
    for begin in (around.sentence.start, max(block.start, first)):
        named = parties(page, page.names_between(begin, start))
        people = page.names_between(begin, start, ("PERSON",))
        led = page.party_of(people[0]) if people else None
        if led and len(named) == count - 1 and led.mention.text not in {owner.name for owner in named}:
            named = [led.owner, *named]
        if len(named) == count:
            return Choice(tuple(named), how=f"the {spoken['count']} parties spoken of")
    return None


def with_partners(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`With the Greens and the Left, Labour would command 33 seats`: those and the subject together."""
    if not isinstance(mention.reading, SeatsReading):
        return None
    named = page.names_between(around.sentence.start, mention.start, ("PARTY",))
    partners = names_in_row(page, around.sentence.start, named[-1].mention.start) if len(named) > 1 else []
    if not partners or any(name.mention.label not in ("PARTY", "ORG") for name in partners):
        return None
    if not _WITH.search(page.text[around.sentence.start : partners[0].mention.start]):
        return None
    has = page.text[named[-1].mention.end : mention.start]
    if party := _his_party(page, has, around):
        return Choice((*_owners([*partners, named[-1]]), party), how="with its partners it has them together")
    if not _HAS.fullmatch(has):
        return None
    return Choice((*_owners(partners), named[-1].owner), how="with its partners it has them together")


def _his_party(page: Page, words: str, around: Around) -> Owner | None:
    """`…, his party would command`: that of the last person spoken of whose party the document tells."""
    if not _HIS_PARTY_HAS.fullmatch(words):
        return None
    people = page.names_between(page.block_at(around.sentence.start).start, around.sentence.start, ("PERSON",))
    return next((party.owner for person in reversed(people) if (party := page.party_of(person))), None)

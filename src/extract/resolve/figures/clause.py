"""Owners by the clause: its subject, that of the clause or sentence before it, the party that a list is about."""

from __future__ import annotations

import re

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.words import pattern
from extract.recognise.mention import Mention
from extract.resolve.fact import Owner
from extract.resolve.figures.around import CLAUSE_BREAK, Around, leads_to
from extract.resolve.figures.beside import names_in_row, parties, preferred
from extract.resolve.figures.choice import NOBODY, Choice
from extract.resolve.figures.outside import OF_WHOLE
from extract.resolve.figures.page import Name, Page, is_institution
from extract.resolve.figures.passed_on import opens_sentence
from extract.sources.document import Block

_RELATIVE = re.compile(r"[\s,]*(?:which|who|whose|that)\b")
_RELATIVE_END = re.compile(r",\s(?:which|who|whose)\s?$")
_PRONOUN = pattern(r"\b{pronoun}\b")
_TOGETHER = pattern(
    r"\b(?:coalition|cabinet|government|pact|alliance|bloc|tie-up|partnership|majority)[”\"’]? (?:of|between|among|made up of) "
    r"[^.;]{3,120} (?:(?:would|could|will|thus) )*(?:commands?|commanded|holds?|held|has|have|had|controls?|controlled|"
    r"numbers|numbered|with) (?:only |just |a total of )?$|"
    r"^\W*between them\b[^.;]{3,110}$|"
    r"\bwith its (?:\w+ ){0,2}(?:partner|ally|allies)\b[^.;]{3,80}$|\band its (?:\w+ ){0,2}(?:partner|ally)\b[^.;]{3,80}$|"
    r"\bjoin(?:ed)? forces\b[^.;]{0,40}$|\b(?:together|jointly|combined)\b[^.;]{3,110}$|"
    r"\b(?:coalition|alliance|bloc|majority|government|cabinet)(?: \w+)? (?:of|at|with|holds?|has|had|commands?|numbers|"
    r"controls?) (?:only |just |a total of )?$|\bin all,? $|"
    r"\btogether (?:\w+ ){0,3}$|\bcombined (?:\w+ ){0,3}$|\bjointly (?:\w+ ){0,2}$"
)
_BETWEEN_THEM = re.compile(r"\s(?:seats |members |deputies |mandates )?(?:between them|together|put together|altogether)\b")
_PART_BETWEEN_THEM = re.compile(r"\s(?:out )?of (?:the |its )?\d+ (?:seats|members|deputies|mandates|places) between them\b")
_COALITION_OF = re.compile(
    r"\b(?:coalition|cabinet|government|pact|alliance|bloc|tie-up|partnership|majority)[”\"’]? (?:of|between|among|made up of)"
    r" ([^.;]*)$",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"\s(?:seats |members |deputies |mandates )?(?:in all|in total)\b")
_ALONE = re.compile(r"(?:\s\([^)\d]*\))?(?: alone)?,\s")
_HIS_PARTY = re.compile(
    r"\b(?:his|her) (?:own |\w+ )?(?:party|alliance|bloc|coalition|list|movement|group|camp)\b", re.IGNORECASE
)
_CONJUNCTION = re.compile(r"\b(?:after|before|since|as|until|when|because) (?:the )?$")
_SPLICE = re.compile(r",\s(?:the\s)?$")
_VERB = pattern(r"(?:\s\([^)\d]*\))?\s(?:{adverb}\s)*(?:{modal}\s)*{own_verb}\b")
_NEAR = 40
_THEY_BEHIND = re.compile(r"[^,;.\d]{0,40}(?:,\s(?:up|down)\s(?:from\s)?[\d.]+(?:\spoints)?)?,?\s(?:it|they|the party)\b")
_THEY_FIRST = pattern(r"^\W*(?:(?:they|their|its|the party)\b|it\s(?:{adverb}\s)*{own_verb}\b)")
_OF_NO_PARTY = re.compile(
    r"\b(?:the president|the opposition|the incumbent|the challenger|the candidate)\b[^,;.]{0,40}$", re.IGNORECASE
)
_THEY_OPEN = re.compile(r"\W*(?:It|They)\b")
_ASCRIBED_TO_IT = pattern(
    r"\b(?:has|have|had|puts?|sees?|saw)\s(?:it|them)\s(?:at|on)\s(?:{lead}\s)*"
    r"(?:[\d.,]+%?[^.;]{1,40}\s(?:at|on)\s(?:{lead}\s)*)*$"
)
_FRAGMENT = re.compile(
    r"^\W*(?:(?:That|This) (?:is|was|meant|means) |An? (?:fall|gain|loss|rise|drop|increase|decline) of )(?:\w+ ){0,2}$|"
    r"^\W*(?:(?:Just|Only|Down|Up|Today|Now|Then|And|But|Yes|Still)\b\W*)*$"
)


def together(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`the PSRM and ACUM formed a coalition of 61 deputies`, `a coalition of CTP, HP, TDP and DP, in all 27 members`."""
    row = names_in_row(page, around.sentence.start, mention.start)
    if len(row) > 1 and _IN_ALL.match(around.own) and _ALONE.fullmatch(page.text[row[-1].mention.end : mention.start]):
        return Choice(tuple(name.owner for name in row), how="a coalition has them together")
    if not (
        _TOGETHER.search(around.before) or _BETWEEN_THEM.match(around.own) or _PART_BETWEEN_THEM.match(around.after)
    ) or OF_WHOLE.search(around.before):
        return None
    named = parties(page, page.names_between(around.sentence.start, mention.start))
    listed = _COALITION_OF.search(around.before)
    if listed:
        row = names_in_row(page, around.sentence.start + listed.start(), mention.start)
        allies = [name.owner for name in row if name.mention.label in ("PARTY", "ORG") and not is_institution(name)]
        inside = allies or parties(page, page.names_between(around.sentence.start + listed.start(), mention.start))
        named = inside if len(inside) > 1 else named
    elif named and _THEY_OPEN.match(around.before):
        told = _head_before(page, mention, around, page.block_at(mention.start).start)
        named = [told, *named] if told and told.name not in {owner.name for owner in named} else named
    return Choice(tuple(named), how="a coalition has them together") if len(named) > 1 else None


def head(page: Page, start: int, end: int, mention: Mention) -> Owner | None:
    """The first party between two places that is the head of a phrase; else a body that can stand; of a share also a person."""
    names = page.names_between(start, end)
    named = [name for name in names if not page.is_gloss(name) and not is_institution(name)]
    labels = [label for label in preferred(mention) if label != "PERSON" or isinstance(mention.reading, PercentReading)]
    for label in labels:
        heads = [
            name for name in named if name.mention.label == label and (_does(page, name, end) or not leads_to(page, name, start))
        ]
        if heads:
            spliced = [name for name in heads[1:] if _SPLICE.search(page.text[start : name.mention.start])]
            return next((name for name in reversed(spliced) if _VERB.match(page.text[name.mention.end : end])), heads[0]).owner
    return None


def _does(page: Page, name: Name, end: int) -> bool:
    """Whether a name is the subject of a verb although a conjunction leads to it: `after Labour gained 11`."""
    return bool(_CONJUNCTION.search(page.text[: name.mention.start][-16:]) and _VERB.match(page.text[name.mention.end : end]))


def subject(page: Page, mention: Mention, around: Around) -> Choice | None:
    """The first name of the clause that is not inside another phrase."""
    found = head(page, around.clause_start, mention.start, mention)
    return Choice((found,), how="subject of the clause") if found else None


def carried(page: Page, mention: Mention, around: Around) -> Choice | None:
    """A clause without a name goes on with the subject of the one before it."""
    before = page.text[around.sentence.start : around.clause_start]
    if _RELATIVE.match(page.text[around.clause_start : around.clause_start + 8]) or _RELATIVE_END.search(before[-9:]):
        told = _told_more_of(page, mention, around)
        if told and len(page.text[told[-1].mention.end : around.clause_start].strip(" ,")) <= _NEAR:
            return Choice((told[-1].owner,), how="the clause tells more of it")
    # `, with X …` leads to X, who is no subject
    breaks = (match.start() if match[0] == ", with" else match.end() for match in CLAUSE_BREAK.finditer(before))
    starts = [around.sentence.start, *(around.sentence.start + place for place in breaks)]
    for start, end in reversed(list(zip(starts, [*starts[1:], around.clause_start], strict=False))):
        if found := head(page, start, end, mention):
            return Choice((found,), how="carried over from the clause before")
    named = parties(page, page.names_between(around.sentence.start, around.clause_start))
    if len(named) == 1 and _THEY_FIRST.match(around.clause):
        return Choice((named[0],), how="the only party that the clause before names")
    return None


def _told_more_of(page: Page, mention: Mention, around: Around) -> list[Name]:
    """The names that a relative clause may tell more of: for a share `who` is a person, if one stands right before his party."""
    told = page.names_between(around.sentence.start, around.clause_start, ("PARTY", "PERSON"))
    if told and told[-1].mention.label == "PERSON" and around.clause_start - told[-1].mention.end <= len(", who "):
        if isinstance(mention.reading, PercentReading):
            return told
        party = page.party_of(told[-1])
        return [party] if party else []
    who = page.text[around.clause_start - 5 : around.clause_start + 8]
    if isinstance(mention.reading, PercentReading) and "who" in who and len(told) > 1 and told[-2].mention.label == "PERSON":
        party = page.party_of(told[-2])
        if party and party.mention.text == told[-1].mention.text:
            return told[:-1]
    return [name for name in told if name.mention.label == "PARTY"]


def spoken_of(page: Page, mention: Mention, around: Around) -> Choice | None:
    """The party that the list's lead is about; for a pronoun or a fragment, the one that the sentence before is about."""
    block = page.block_at(mention.start)
    if block.kind == "list_item":
        told_of = _PRONOUN.search(page.text[around.sentence.start : mention.start])
        before = _head_before(page, mention, around, block.start) if told_of else None
        return Choice((before,), how="the party spoken of before") if before else _of_lead(page, mention, block)
    behind = opens_sentence(around) and bool(_THEY_BEHIND.match(around.after))
    if isinstance(mention.reading, SeatsReading) and _OF_NO_PARTY.search(around.clause[: mention.start - around.clause_start]):
        return None
    told = _PRONOUN.search(page.text[around.sentence.start : mention.end]) or _FRAGMENT.match(around.before)
    if not told and not behind:
        return None
    if own := _party_of_person(page, around):
        return own
    if found := _head_before(page, mention, around, block.start):
        return Choice((found,), how="the party spoken of before")
    if page.topic:
        return Choice((page.topic,), how="the party that the page is about")
    if behind or _THEY_FIRST.match(around.before):
        return _of_paragraph_before(page, mention, around, block)
    return None


def _head_before(page: Page, mention: Mention, around: Around, start: int) -> Owner | None:
    """Whom the nearest sentence before is about, back to a place of the document."""
    sentences = (sentence for sentence in reversed(page.sentences[: around.sentence.index]) if sentence.start >= start)
    heads = (head(page, sentence.start, sentence.end, mention) for sentence in sentences)
    return next((found for found in heads if found), None)


def _of_paragraph_before(page: Page, mention: Mention, around: Around, block: Block) -> Choice | None:
    """`At 39 percent they remain …` as the first words of a paragraph: whom the end of the paragraph before is about."""
    last = page.sentences[around.sentence.index - 1] if around.sentence.index else None
    before = page.block_at(last.start) if last else None
    if last is None or before is None or before.kind != "paragraph" or before.section != block.section:
        return None
    found = head(page, last.start, last.end, mention)
    return Choice((found,), how="the party that the paragraph before is about") if found else None


def ascribed_to_it(page: Page, mention: Mention, around: Around) -> Choice | None:
    """`Ipsos has them at 4.1, another firm at 2.5`: the party spoken of before, not the one who counts."""
    if not _ASCRIBED_TO_IT.search(around.before):
        return None
    found = _head_before(page, mention, around, page.block_at(mention.start).start) or page.topic
    return Choice((found,), how="a pollster sees the party spoken of there") if found else NOBODY


def _party_of_person(page: Page, around: Around) -> Choice | None:
    """`Her party gained 5 seats`: the party of the person spoken of before."""
    if not _HIS_PARTY.search(around.before):
        return None
    start = page.block_at(around.sentence.start).start
    for person in reversed(page.names_between(start, around.sentence.start + len(around.before), ("PERSON",))):
        if party := page.party_of(person):
            return Choice((party.owner,), how="the party of the person spoken of")
    return None


def _of_lead(page: Page, mention: Mention, block: Block) -> Choice | None:
    """The party that the lead above a list is about."""
    leads = [
        other
        for other in page.document.blocks
        if other.start < block.start and other.kind == "paragraph" and other.section == block.section
    ]
    found = head(page, leads[-1].start, leads[-1].end, mention) if leads else None
    return Choice((found,), how="the party that the list is about") if found else None

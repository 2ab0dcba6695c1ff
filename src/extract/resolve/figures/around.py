"""The words around a figure: its sentence, its clause, and what stands between it and the names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.recognise.figures.words import Cue, pattern
from extract.recognise.mention import Mention
from extract.resolve.figures.page import Name, Page
from extract.text.sentences import Sentence

CLAUSE_BREAK = re.compile(
    r";|:(?=\s)|\s[–—]\s|\b(?:while|whereas|but|although|though|yet)\b|\bbefore\b(?=\s\w+ing\b)|\bagainst\b(?=\s\d)|"
    r",\s(?:and|or|who|whose|which|where|with)\b|"
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bRev)(?<!\bGen)(?<!\bSen)(?<!\b[A-Z])[.?!]\s"
)
_OWN_END = re.compile(r"[,;]|\s(?:and|but|so)\s")
_LED_TO = pattern(
    r"(?:\b{lead_in}(?:\s(?:the|its|their|his|her|a|an))?"
    r"(?:\s(?:{descriptor}|{office}|(?:Mr|Mrs|Ms|Dr|Gen|Sir)\.?|\w+-\w+|\w+['’]s|(?-i:[a-z]+|[A-Z][a-z]+(?:an|ish|"
    r"ese|ic|ch|i))))?|\(|\b(?-i:{office}))\s$"
)
_SUPPORT = re.compile(r"\b(?:support|vote|votes|backing) (?:for|of) (?:the )?$", re.IGNORECASE)
_POSSESSOR = pattern(r"['’]s?\s(?!{own_noun}\b)")


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a figure.

    `before` and `after` are what its sentence has on both sides, `clause` is the clause in which it stands (the figure
    included), `own` are the words behind it that are its own: up to the next figure or the next part of the sentence.
    """

    sentence: Sentence
    before: str
    after: str
    clause_start: int
    clause_end: int
    clause: str
    own: str
    cues: tuple[Cue, ...]

    def cues_before(self, start: int, *lists: str) -> list[Cue]:
        """The words of these lists that stand before a place of the document, in the order of the text."""
        return [cue for cue in self.cues if cue.end <= start and cue.list in lists]


def look_around(page: Page, mention: Mention) -> Around:
    """The words around a figure."""
    sentence = page.sentence_at(mention.start)
    before, after = page.text[sentence.start : mention.start], page.text[mention.end : sentence.end]
    breaks = [match.end() for match in CLAUSE_BREAK.finditer(before)]
    start = sentence.start + (breaks[-1] if breaks else 0)
    following = CLAUSE_BREAK.search(after)
    end = mention.end + (following.start() if following else len(after))
    next_figures = [figure.start for figure in page.figures_between(mention.end, sentence.end, type(mention.reading))]
    own = _OWN_END.split(page.text[mention.end : min(next_figures, default=sentence.end)])[0]
    return Around(sentence, before, after, start, end, page.text[start:end], own, tuple(page.cues(sentence)))


def leads_to(page: Page, name: Name, start: int) -> bool:
    """Whether a phrase leads to the name (`leader of X`, `with X`), or it leads on to another (`X's leader`)."""
    before = page.text[start : name.mention.start]
    if _SUPPORT.search(before[-24:]):
        return False
    possessor = _POSSESSOR.match(page.text[name.mention.end : name.mention.end + 24])
    return bool(possessor) or bool(_LED_TO.search(before[-60:]))

"""A document as the attribution of figures sees it: its blocks, sentences, names and figures, quickly looked up."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from extract.normalise.readings import PercentReading, SeatsReading
from extract.recognise.figures.places import NameAt, Places
from extract.recognise.figures.words import Cue, figure_words, find_cues, pattern
from extract.recognise.mention import Mention
from extract.resolve.fact import Owner
from extract.sources.document import Block, Document
from extract.text.sentences import Sentence

OWNER_LABELS = ("PARTY", "ORG", "PERSON")
PLACE_LABELS = ("GPE", "LOC")
_MOST_WORDS = 12  # of a party's name
_NAME_LABELS = frozenset({*OWNER_LABELS, *PLACE_LABELS, "NORP", "FAC"})
_BLANKS = {0xA0: " ", 0x202F: " ", 0x2009: " "}
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_DATELINE = re.compile(r"\b\d{1,2}\b.{0,12}\b(?:1[89]|20)\d\d\b")
_BETWEEN_WORDS = re.compile(r"[\s–-]+")
_FIRST_BLOCKS = 6
_SHORT_LINE = 120
_TITLES = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Signor|President|Prime|Minister|Premier|Chancellor|[a-z-]+)\.?,?\s){0,6}"
_OFFICE = _TITLES.replace(",?", "")
_LEADER = (
    r"(?:leader|candidate|chairman|chairwoman|chair|chief|boss|head|president|founder|secretary|secretary-general|general\ssecretary|"
    r"deputy|MP|senator|spokesman|spokeswoman|mayor|councillor|group\sleader)"
)
_HIS_PARTY_BEFORE = re.compile(
    rf"(?:\)|\s\([^)]*\))?\s?"
    rf"(?:,?\s(?:of|(?:now )?led by|under|headed by|chaired by|founded by|launched by|created by|set up by)\s{_TITLES}|"
    rf",\sthe\s(?:[a-z-]+\s)?(?:party|list|movement|bloc|alliance|coalition|group)\s(?:of|behind|led by|founded by)\s"
    rf"{_TITLES}|[’']s?\s{_OFFICE}|,?\s(?:whose\s|interim\s)?{_LEADER},?\s)"
)
_HIS_PARTY_BEHIND = pattern(
    rf"[’']s\s(?:{{descriptor}}\s){{0,3}}|\s?[,–—]\s(?:the\s|a\s)?(?:[a-z-]+\s)?{_LEADER}\s(?:of|for)\s(?:the\s)?|"
    rf",?\s(?:of|from|who\s(?:leads|heads|chairs|led|founded|sat for|stood for|ran for|"
    rf"speaks for))\s(?:the\s)?(?:[a-z-]+\s){{0,2}}|"
    rf"\s\(|\s(?:leads|heads|chairs)\s(?:the\s)?|\sand\s(?:his|her)\s(?:{{descriptor}}\s){{0,2}}|"
    rf"(?:,\s[^,;.]{{1,30}})?,\swhose\s(?:party\s)?|[^,;.:]{{0,20}}:\s(?:his|her)\s|\s(?:was\selected|held\s\w+|stood|sat|ran)\sfor\s(?:the\s)?",
    ignore_case=False,
)
_RULING_BEFORE = re.compile(r"\b(?:ruling|governing|in power, the)\s(?:[a-z-]+\s){0,2}$", re.IGNORECASE)
_RULING_BEHIND = re.compile(
    r"(?:\s\([^)]*\))?,\s(?:(?:the|which is the) (?:ruling|governing) party|"
    r"(?:which|who) (?:has |have |had )?(?:governed|ruled|run|been in (?:power|office))\b(?![^,.]{0,30} until\b))"
)
_INDEPENDENT = re.compile(r"\bindependents?\b", re.IGNORECASE)


class Name(NamedTuple):
    """A name among the mentions of a document, with its number there."""

    number: int
    mention: Mention

    @property
    def owner(self) -> Owner:
        """The name as an owner."""
        return Owner(self.number, self.mention.text)


class Page:
    """The document with its sentences and mentions; everything is found by place (text offsets)."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> None:
        self.document, self.sentences = document, sentences
        self.text = document.text.translate(_BLANKS)
        self._sentence_starts = [sentence.start for sentence in sentences]
        self._block_starts = [block.start for block in document.blocks]
        self._names = [Name(number, mention) for number, mention in enumerate(mentions) if mention.label in _NAME_LABELS]
        self._name_starts = [name.mention.start for name in self._names]
        self._figures = [mention for mention in mentions if isinstance(mention.reading, PercentReading | SeatsReading)]
        self._figure_starts = [mention.start for mention in self._figures]
        self._cues: dict[int, list[Cue]] = {}

    # -- blocks and sentences ----------------------------------------------------------------------------------------

    def block_at(self, position: int) -> Block:
        """The block at a place, or the last one before it."""
        return self.document.blocks[max(0, bisect_right(self._block_starts, position) - 1)]

    def sentence_at(self, position: int) -> Sentence:
        """The sentence at a place, or the last one before it."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, position) - 1)]

    def cues(self, sentence: Sentence) -> list[Cue]:
        """The words of `rules/figures.yml` in a sentence that are no part of a name; their places count in the document."""
        if sentence.start not in self._cues:
            found = find_cues(self.text[sentence.start : sentence.end])
            cues = [Cue(cue.start + sentence.start, cue.end + sentence.start, cue.list) for cue in found]
            names = [name.mention for name in self.names_between(sentence.start, sentence.end, tuple(_NAME_LABELS))]
            free = [cue for cue in cues if not any(name.start <= cue.start < name.end for name in names)]
            self._cues[sentence.start] = [cue for cue in free if cue.start == sentence.start or not self._is_in_a_title(cue)]
        return self._cues[sentence.start]

    def _is_in_a_title(self, cue: Cue) -> bool:
        """Whether a word is capitalised inside a sentence, as in names (`I Have Honor`)."""
        return self.text[cue.start].isupper() and self.text[cue.start - 2 : cue.start - 1] not in tuple('.:;?!"“(-–—*')

    @cached_property
    def layout(self) -> Places:
        """What the places of figures in its tables and infoboxes say."""
        names = [NameAt(name.mention.start, name.mention.end, name.mention.label) for name in self._names]
        return Places(self.document, names)

    @cached_property
    def headings(self) -> list[Block]:
        """The headings, in order."""
        return [block for block in self.document.blocks if block.kind == "heading"]

    @cached_property
    def fields(self) -> list[Block]:
        """The lines of infoboxes."""
        return [block for block in self.document.blocks if block.field]

    @cached_property
    def lead(self) -> Block | None:
        """The first paragraph."""
        return next((block for block in self.document.blocks if block.kind == "paragraph"), None)

    @cached_property
    def box_lines(self) -> dict[tuple[int, int], list[Block]]:
        """The lines of an infobox whose keys end with one number."""
        keys = {block.start: (block.field.box, block.field.group) for block in self.document.blocks if block.field}
        return self._grouped(lambda block: keys.get(block.start) if block.field and block.field.group is not None else None)

    def _grouped(self, key) -> dict:  # type: ignore[no-untyped-def,type-arg]
        groups: dict[Any, list[Block]] = {}
        for block in self.document.blocks:
            if (place := key(block)) is not None:
                groups.setdefault(place, []).append(block)
        return groups

    @cached_property
    def year(self) -> int | None:
        """The year that the document is about: that in its title, else that of a news item's dateline."""
        if found := _YEAR.search(self.document.title or ""):
            return int(found[1])
        lines = (self.text[block.start : block.end] for block in self.document.blocks[:_FIRST_BLOCKS])
        dated = (_YEAR.search(line) for line in lines if len(line) < _SHORT_LINE and _DATELINE.search(line))
        return next((int(found[1]) for found in dated if found), None)

    # -- names and figures -------------------------------------------------------------------------------------------

    def names_between(self, start: int, end: int, labels: Sequence[str] = OWNER_LABELS) -> list[Name]:
        """The names of these labels that stand whole between two places."""
        first, last = bisect_left(self._name_starts, start), bisect_left(self._name_starts, end)
        return [name for name in self._names[first:last] if name.mention.label in labels and name.mention.end <= end]

    def figures_between(self, start: int, end: int, kind: type | None = None) -> list[Mention]:
        """The figures that stand between two places; of one kind of reading, if one is named."""
        first, last = bisect_left(self._figure_starts, start), bisect_left(self._figure_starts, end)
        return [figure for figure in self._figures[first:last] if kind is None or isinstance(figure.reading, kind)]

    def is_gloss(self, name: Name) -> bool:
        """Whether a name stands in brackets or quotation marks right behind another: `Liberal Party (PL)`."""
        mention = name.mention
        before = self.text[max(0, mention.start - 4) : mention.start].rstrip()
        if not before.endswith(("(", "“", '"', "‘")):
            return False
        return any(
            0 <= mention.start - other.mention.end <= 4 for other in self.names_between(mention.start - 200, mention.start)
        )

    def known_party(self, block: Block) -> Name | None:
        """The party that a block names: a mention in it, or words by which the document names a party elsewhere (`BJP 2014`)."""
        for label in ("PARTY", "PERSON"):
            if names := self.names_between(block.start, block.end, (label,)):
                return names[0]
        return self.party_named(self.text[block.start : block.end])

    def party_named(self, text: str) -> Name | None:
        """The party that a text begins with, by words by which the document names it elsewhere."""
        words = text.split()[:_MOST_WORDS]
        begins = (" ".join(words[:count]).rstrip(",;:.)") for count in range(len(words), 0, -1))
        return next((self._parties_by_text[text] for text in begins if text in self._parties_by_text), None)

    @cached_property
    def _parties_by_text(self) -> dict[str, Name]:
        """The parties of the document by their spelling."""
        stand = [name for name in self._names if name.mention.label in ("PARTY", "ORG") and not is_institution(name)]
        return {name.mention.text: name for name in reversed(stand)}

    @cached_property
    def topic(self) -> Owner | None:
        """The party that the page is about: its title is the party's name."""
        title = next((block for block in self.document.blocks if block.kind == "title"), None)
        return self.party_of_title(title) if title else None

    def party_of_title(self, title: Block) -> Owner | None:
        """The party whose name a title or heading is."""
        words = self.text[title.start : title.end].split("(")[0].strip()
        names = [name for name in self.names_between(title.start, title.end, ("PARTY", "ORG")) if not is_institution(name)]
        whole = names and names[0].mention.end - names[0].mention.start >= 0.65 * len(words)
        return names[0].owner if whole else None

    @cached_property
    def ruling(self) -> Name | None:
        """The party that the document calls the ruling one, if it is one only: `the ruling Democratic Party`."""
        found: dict[str, Name] = {}
        for name in self._names:
            before, behind = self.text[max(0, name.mention.start - 40) : name.mention.start], self.text[name.mention.end :][:50]
            if name.mention.label == "PARTY" and (_RULING_BEFORE.search(before) or _RULING_BEHIND.match(behind)):
                found.setdefault(name.mention.text, name)
        return next(iter(found.values())) if len(found) == 1 else None

    def named_so(self, word: str) -> Name | None:
        """The party that has a word such as `alliance` in its name, if it is one only."""
        found = [name for name in self._names if name.mention.label == "PARTY" and word in name.mention.text.lower().split()]
        return found[0] if len({name.mention.text for name in found}) == 1 else None

    def party_of(self, person: Name) -> Name | None:
        """The party of a person, as far as an infobox or the words beside the name tell it: `Labour leader Imran Okafor`."""
        return self._parties_of_people.get(_surname(person))

    @cached_property
    def _parties_of_people(self) -> dict[str, Name]:
        found: dict[str, Name] = {}
        for lines in self.box_lines.values():
            people = [name for line in lines for name in self.names_between(line.start, line.end, ("PERSON",))]
            parties = [name for line in lines for name in self.names_between(line.start, line.end, ("PARTY",))]
            if people and parties:
                found.setdefault(_surname(people[0]), parties[0])
        rows = self._grouped(lambda block: (block.cell.table, block.cell.row) if block.cell else None)
        for row in rows.values():
            people = [name for cell in row for name in self.names_between(cell.start, cell.end, ("PERSON",))]
            parties = [name for cell in row for name in self.names_between(cell.start, cell.end, ("PARTY",))]
            if len(people) == 1 and len({party.mention.text for party in parties}) == 1:
                found.setdefault(_surname(people[0]), parties[0])
        for left, right in pairwise(self._people_and_parties):
            between = self.text[left.mention.end : right.mention.start]
            if left.mention.label == "PARTY" and right.mention.label == "PERSON" and _HIS_PARTY_BEFORE.fullmatch(between):
                found.setdefault(_surname(right), left)
            if left.mention.label == "PERSON" and right.mention.label == "PARTY" and _HIS_PARTY_BEHIND.fullmatch(between):
                found.setdefault(_surname(left), right)
        return {**self._named_together, **found}

    @property
    def _named_together(self) -> dict[str, Name]:
        """The party of a person who is named alone with one party in a sentence, and so with no other anywhere."""
        together: dict[str, dict[str, Name]] = {}
        for sentence in self.sentences:
            people = {_surname(name) for name in self.names_between(sentence.start, sentence.end, ("PERSON",))}
            named = self.names_between(sentence.start, sentence.end, ("PARTY",))
            parties = {name.mention.text: name for name in named if not self.is_gloss(name)}
            if len(people) == 1 and len(parties) == 1:
                together.setdefault(people.pop(), {}).update(parties)
        return {person: next(iter(parties.values())) for person, parties in together.items() if len(parties) == 1}

    @cached_property
    def people(self) -> dict[int | None, Name]:
        """The persons named in the document, by the numbers of their mentions."""
        return {name.number: name for name in self._names if name.mention.label == "PERSON"}

    @cached_property
    def places(self) -> set[int | None]:
        """The numbers of the mentions of places."""
        return {name.number for name in self._names if name.mention.label in PLACE_LABELS}

    @property
    def _people_and_parties(self) -> list[Name]:
        return [name for name in self._names if name.mention.label in ("PARTY", "PERSON")]


def _surname(person: Name) -> str:
    """The last word of a name, without case and accents: `Frostadottir` is `Frostadóttir`."""
    plain = unicodedata.normalize("NFD", person.mention.text.split()[-1].lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def is_institution(name: Name) -> bool:
    """Whether a name is that of a body which stands for no election: a commission, a court, a chamber, a pollster."""
    if name.mention.label != "ORG":
        return False
    words = {word.strip(".,'’").lower() for word in _BETWEEN_WORDS.split(name.mention.text)}
    return not _institution_words().isdisjoint(words)


@cache
def _institution_words() -> frozenset[str]:
    return frozenset(word.lower() for word in figure_words().words("institution"))

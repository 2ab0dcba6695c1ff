"""What can be seen from the bare numbers of a document: the words, names and figures around each of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from extract.recognise.figures.evidence import Figure, Sight, Words, governor_of
from extract.recognise.figures.noun import WORD, lists
from extract.recognise.rules import Match
from extract.rules.words import same_spelling
from extract.sources.document import Block
from extract.text.document import document_of
from extract.text.sentences import Sentence, sentences_of

_PAIR = re.compile(r"[^\W\d_][\w’'.)–-]*[ \u00a0]?[:–—-]?[ \u00a0]\(?\d{1,3}(?![\w%.,]\d)(?=[ \u00a0]?(?:[;,.()]|$|and\b))")
_NAME_GLUE = re.compile(r"(?:['’]s?)?[)\"”*]*(?:[ \u00a0]?[:,–—-])?[ \u00a0]*[(\"“*]*")
_ONLY_NUMBERS = re.compile(r"[^\d;:]{1,60}[:;,–—-]?[ \u00a0]*[(\d+−–±][\d+−–±();,.\s%/-]*")
_TO_NAME = re.compile(r"[ \u00a0](?:(?:for|to|by|from|of)[ \u00a0](?:the[ \u00a0])?)?")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is looked for once in a sentence, whatever number of it is weighed."""

    party: int
    pairs: int
    is_row: bool


class Page:
    """A document in reach: its text, its sentences, its names, by their places."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.document = document_of(doc)
        self.text = self.document.text
        self.sentences = sentences_of(doc)
        self._starts = [sentence.start for sentence in self.sentences]
        names = doc.spans.get("names", ())
        self._ends: dict[int, str] = {span.end_char: span.label_ for span in names}
        self._begins: dict[int, str] = {span.start_char: span.label_ for span in names}
        self._parties = sorted(span.start_char for span in names if span.label_ == "PARTY")
        self._words: dict[tuple[int, int], Words] = {}
        self._seen: dict[int, _Seen] = {}

    def sentence_at(self, position: int) -> Sentence:
        """The sentence at a text offset."""
        return self.sentences[max(0, bisect_right(self._starts, position) - 1)]

    def said(self, start: int, end: int) -> Words:
        """The words of `text[start:end]`."""
        key = (start, end)
        if key not in self._words:
            self._words[key] = Words.of(self.text[start:end])
        return self._words[key]

    def name_before(self, start: int, first: int) -> str:
        """The label of the name right before a place, empty for none; brackets, a comma and the like may stand between."""
        for gap in range(8):
            label = self._ends.get(start - gap)
            if label is not None and start - gap >= first and _NAME_GLUE.fullmatch(self.text, start - gap, start):
                return label
        return ""

    def name_after(self, end: int) -> str:
        """The label of the name right behind a place, empty for none; `for the` and the like may stand between."""
        found = _TO_NAME.match(self.text, end)
        return self._begins.get(found.end(), "") if found else ""

    def first_party(self, sentence: Sentence) -> int:
        """Where a sentence first speaks of a party, by name or not; its end if it does not."""
        return self._of_sentence(sentence).party

    def pairs(self, sentence: Sentence) -> int:
        """How many pairs of a name and a number a sentence has."""
        return self._of_sentence(sentence).pairs

    def is_row(self, sentence: Sentence) -> bool:
        """Whether a sentence is a name and numbers, and no more."""
        return self._of_sentence(sentence).is_row

    def _of_sentence(self, sentence: Sentence) -> _Seen:
        if sentence.index not in self._seen:
            start, end = sentence.start, sentence.end
            self._seen[sentence.index] = _Seen(
                party=self._find_party(start, end),
                pairs=len(_PAIR.findall(self.text, start, end)),
                is_row=bool(_ONLY_NUMBERS.fullmatch(self.text, start, end)),
            )
        return self._seen[sentence.index]

    def _find_party(self, start: int, end: int) -> int:
        index = bisect_left(self._parties, start)
        named = self._parties[index] if index < len(self._parties) else end
        words = (found.start() for found in WORD.finditer(self.text, start, end) if same_spelling(found[0]) in lists()["party"])
        return min(named, next(words, end))


class Outlook:
    """The document seen from its bare numbers. Seat counts that are accepted on the way are told by `accept`."""

    def __init__(self, page: Page, certain: Iterable[Span], numbers: Iterable[tuple[Match, bool]]) -> None:
        """`certain` are the seat counts that are known; `numbers` the bare ones, each with whether it
        counts other things."""
        self._page, self._text = page, page.text
        shares = [Figure(span.start_char, span.end_char, "share") for span in page.doc.spans.get("percentages", ())]
        seats = [Figure(span.start_char, span.end_char, "seats") for span in certain]
        bare = [Figure(match.start, match.end, "other" if is_other else "bare") for match, is_other in numbers]
        self._figures = sorted([*shares, *seats, *bare], key=lambda figure: figure.start)
        self._figure_starts = [figure.start for figure in self._figures]
        self._seats = [figure.start for figure in self._figures if figure.kind == "seats"]
        self._certain = len(self._seats)
        self._leads: dict[int, Words] = {}

    def accept(self, start: int, end: int) -> None:
        """Takes note that the number `text[start:end]` is a seat count."""
        index = bisect_left(self._figure_starts, start)
        if index < len(self._figures) and self._figure_starts[index] == start:
            self._figures[index] = Figure(start, end, "seats")
        insort(self._seats, start)

    def sight(self, match: Match) -> Sight:
        """What can be seen from a bare number."""
        page, own = self._page, self._page.sentence_at(match.start)
        last, following = self._beside(match, own)
        return Sight(
            number=match.text,
            before=self._text[own.start : match.start],
            governor=governor_of(self._text[max(own.start, match.start - 80) : match.start]),
            after=self._text[match.end : own.end],
            sentence=page.said(own.start, own.end),
            earlier=self._earlier(own.index),
            lead=self._lead(own),
            behind=page.name_before(match.start, own.start),
            next=page.name_after(match.end),
            last=last,
            gap=self._text[last.end : match.start] if last else "",
            following=following,
            near=self._near(own.index),
            certain=self._certain,
            pairs=page.pairs(own),
            row=page.is_row(own),
            counted=bool(self._seats_between(own.start, own.end)),
            party=page.first_party(own) < match.start,
            listed=page.document.blocks[own.block].kind == "list_item",
            weight=float(match.rule.value.get("weight", 1 if "word" in match.captures else 0)),
        )

    def _earlier(self, number: int) -> Words:
        if number == 0:
            return Words(frozenset(), frozenset())
        before = self._page.sentences[number - 1]
        return self._page.said(before.start, before.end)

    def _lead(self, own: Sentence) -> Words:
        """The words of the heading above, and for an item of a list of the paragraph above the list."""
        if own.block not in self._leads:
            self._leads[own.block] = self._find_lead(own.block)
        return self._leads[own.block]

    def _find_lead(self, index: int) -> Words:
        block = self._page.document.blocks[index]
        said = Words.of(" ".join(block.section[-1:]))
        head = self._head_of_list(index) if block.kind == "list_item" else None
        return Words(said.held | self._page.said(head.start, head.end).held, said.small) if head else said

    def _head_of_list(self, index: int) -> Block | None:
        blocks = self._page.document.blocks
        while index >= 0 and blocks[index].kind == "list_item":
            index -= 1
        return blocks[index] if index >= 0 else None

    def _beside(self, match: Match, own: Sentence) -> tuple[Figure | None, Figure | None]:
        """The figures before and behind a number in its sentence."""
        index = bisect_left(self._figure_starts, match.start)
        last = self._figures[index - 1] if index and self._figures[index - 1].start >= own.start else None
        after = bisect_right(self._figure_starts, match.end - 1)
        following = self._figures[after] if after < len(self._figures) and self._figures[after].end <= own.end else None
        return last, following

    def _near(self, number: int) -> int:
        """How many seat counts stand in the sentences around."""
        sentences = self._page.sentences
        first = sentences[max(0, number - 2)].start
        last = sentences[min(len(sentences) - 1, number + 1)].end
        return self._seats_between(first, last)

    def _seats_between(self, start: int, end: int) -> int:
        return bisect_left(self._seats, end) - bisect_left(self._seats, start)

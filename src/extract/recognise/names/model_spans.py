"""A model's entities, brought to the house's span discipline: no articles, titles, possessives, quotation marks, brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc

from extract.recognise.names.candidate import Candidate, Vote
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.policy import WEIGHTS
from extract.recognise.names.words import APOSTROPHES, DASHES, Words

_EDGES = frozenset("\"'“”‘«»„()[]{}.,;:!?…*•·|/-–—")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our"})
_COMPASS = frozenset({"south", "north", "east", "west", "southern", "northern", "eastern", "western", "central"})
_CUTS = frozenset({"(", ")", "[", "]", "/", ";", ":", "|", "“", "”", '"'})
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)$")
_VOTES = frozenset({"election", "elections", "vote", "referendum", "referendums", "poll", "polls", "runoff", "campaign"})
_LINKS = frozenset({"of", "the", "and", "for", "in", "on", "to"})
_KEEP_LOWER = frozenset({"EVENT", "LAW"})
_UNNUMBERED = frozenset({"PERSON", "PARTY", "GPE", "ORG"})
_MEMBERS = frozenset({"PERSON", "GPE", "NORP", "LOC"})

Lose = Callable[[int, int, str, str, str], None]


@dataclass(frozen=True, slots=True)
class ModelSpans:
    """Reads `doc.ents`. `labels` leads from the model's labels to ours, None for those that are dropped."""

    words: Words
    lexicon: Lexicon
    labels: Mapping[str, str | None]
    known: Sequence[int]
    lose: Lose

    def read(self, doc: Doc) -> Iterator[Candidate]:
        """The candidates that the model found."""
        for ent in doc.ents:
            label = self.labels.get(ent.label_)
            rule = ent.ent_id_ or "model"
            if label is None:
                self.lose(ent.start, ent.end, ent.label_, rule, f"the label {ent.label_} is not one of ours")
                continue
            for start, end in self._members(ent.start, ent.end, label):
                first, last = self._trim(start, self._without_rest(start, end), label)
                if first >= last or not self._has_letter(first, last):
                    self.lose(start, end, label, rule, "nothing of it is a name: an article, a title, a sign")
                elif label == "EVENT" and not self._is_event(first, last):
                    self.lose(first, last, label, rule, "a year without an event, or an election without a year")
                else:
                    yield Candidate(first, last, "model", rule, [Vote(label, self._weight(first, last), "model")])

    def _weight(self, start: int, end: int) -> float:
        block = self.words.block[start]
        if self.words.in_title_case[block] or self.words.shouted[block]:
            return WEIGHTS["model_in_heading"]
        return WEIGHTS["model_bare_word" if end - start == 1 else "model"]

    def _members(self, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
        """An entity cut at brackets, blocks and possessives, and where two names of places or people are joined."""
        first = start
        for at in range(start, end):
            if at > first and self.words.block[at] != self.words.block[first]:
                yield first, at
                first = at
            if self._parts(at, first, end, label):
                yield first, at
                first = at + 1
        if first < end:
            yield first, end

    def _parts(self, at: int, start: int, end: int, label: str) -> bool:
        word = self.words.text[at]
        if self.words.block[at] < 0 or word in _CUTS:
            return True
        if word in APOSTROPHES and at + 1 < end and at > start:
            plural = label in ("ORG", "PARTY") and word == "'" and self.words.capital[at + 1]
            owner = self.words.text[at - 1] in self.lexicon["owner"]
            return not owner and (not plural or self.words.lower[at + 1] in self.lexicon.given_names)
        if word in DASHES and start < at < end - 1:
            return not self.words.glued[at] or self._joins_two(at, start, end)
        if word == "and" and label == "ORG" and start < at < end - 1:
            return self._has_head(start, at) and self._has_head(at + 1, end)
        return word in (",", "and") and label in _MEMBERS and start < at < end - 1 and self.known[start] <= at

    def _joins_two(self, at: int, start: int, end: int) -> bool:
        """A hyphen between two known names (`Georgian-Ossetian`), or between a name and a small word (`Russia-occupied`)."""
        known = self._ends_known(start, at)
        small = self.words.text[at + 1].islower() and (known or self.words.text[at + 1].endswith("ed"))
        return small or (known and self.known[at + 1] >= end)

    def _has_head(self, start: int, end: int) -> bool:
        return any(word in self.lexicon.heads for word in self.words.text[start:end])

    def _ends_known(self, start: int, at: int) -> bool:
        return any(self.known[position] == at for position in range(start, at))

    def _is_event(self, start: int, end: int) -> bool:
        """`2019 election`, `Rose Revolution`, `Woodstock`; not `2030 Ruritania`, nor `the October election`."""
        dated = any(word[0].isdigit() for word in self.words.text[start:end])
        small_vote = self.words.text[end - 1] in _VOTES
        eventful = any(word in self.lexicon["event_noun"] for word in self.words.lower[start:end])
        return (dated or not small_vote) and (eventful or not dated)

    def _without_rest(self, start: int, end: int) -> int:
        """The end before a party's verb (`The Greens hold Malmö`), or before a place that is no part of the name."""
        verb = next((at for at in range(start + 1, end) if self.words.text[at] in self.lexicon["party_verb"]), end)
        return self._without_place(start, verb)

    def _without_place(self, start: int, end: int) -> int:
        """The end before `of Great Britain` in `Lord Castlereagh of Great Britain`, before `of Kirsten Hardie` behind `ILP`."""
        if end - start > 2 and self._stands_alone(start):
            return start + 1
        behind = self._office_end(start, end)
        cut = next((at for at in range(behind + 1, end) if self.words.text[at] == "of"), end)
        return cut if start < behind < cut and not self._has_head(behind, cut) else end

    def _stands_alone(self, at: int) -> bool:
        """Whether a name of one word ends before `of` or `in`: an acronym, or a party (`Congress in Goa`)."""
        word, behind = self.words.text[at], self.words.text[at + 1]
        acronym = len(word) > 1 and word.isupper() and not self.words.shouted[self.words.block[at]]
        return (behind == "of" and acronym) or (behind == "in" and (acronym or word in self.lexicon["soft_head"]))

    def _has_letter(self, start: int, end: int) -> bool:
        return any(word[0].isalpha() for word in self.words.text[start:end])

    def _trim(self, start: int, end: int, label: str) -> tuple[int, int]:
        changed = True
        while changed and start < end:
            new_start, new_end = self._trim_start(start, end, label), self._trim_end(start, end, label)
            changed = (new_start, new_end) != (start, end)
            start, end = new_start, new_end
        return start, end

    def _trim_start(self, start: int, end: int, label: str) -> int:
        word, lower = self.words.text[start], self.words.lower[start]
        if word in _EDGES or word in APOSTROPHES or word.isspace():
            return start + 1
        if end - start > 1 and label not in _KEEP_LOWER and (_ORDINAL.match(lower) or (word.isdigit() and label in _UNNUMBERED)):
            return start + 1
        if lower in _ARTICLES and not (self.known[start] > start):
            return start + 1
        behind = self._office_end(start, end)
        if behind > start and (label != "ORG" or self._is_full_name(behind, end)):
            return behind
        if self._opens_sentence(start, end, label):
            return start + 1
        if self._is_people_before(start, end, label):
            return self.known[start]
        if label == "PERSON" and self.words.before(start) == "in":
            return self._behind_place(start, end)
        lowered = not self.words.capital[start] and word[0].isalpha() and label not in _KEEP_LOWER
        if lowered and not (lower in self.lexicon["particle"] or (label in ("LOC", "GPE") and lower in _COMPASS)):
            return start + 1
        return start

    def _behind_place(self, start: int, end: int) -> int:
        """The start of the name in `In Ilocos Norte Imee Marcos was unopposed`; `start` where no place stands before it."""
        stop = self.known[start]
        if stop <= start and self.lexicon.has_town(self.words.text[start]):
            stop = start + 1
        return stop if start < stop < end and self.words.capital[stop] and stop - start < end - start - 1 else start

    def _office_end(self, start: int, end: int) -> int:
        """Where the title that an entity begins with ends (`Deputy Prime Minister`); its start if there is none."""
        last = at = start
        while at < end - 1 and (self._is_title(at) or self.words.text[at] in self.lexicon["office_part"]):
            at += 1
            last = at if self._is_title(at - 1) else last
        return last

    def _is_title(self, at: int) -> bool:
        word, lower = self.words.text[at], self.words.lower[at]
        return word in self.lexicon["office"] or (lower in self.lexicon["title"] and lower not in self.lexicon.given_names)

    def _is_full_name(self, start: int, end: int) -> bool:
        """What follows a title that the model took into the name of an organisation: two words or more, and no body's head."""
        return end - start > 1 and all(self.words.capital[start:end]) and not self._has_head(start, end)

    def _opens_sentence(self, start: int, end: int, label: str) -> bool:
        """`Annexation` in `Annexation of Ruritania`, `Had` in `Had Kane`, at the beginning of a sentence."""
        opener = end - start > 1 and self.words.text[start] in self.lexicon["opener"] and self.words.is_first(start)
        small = opener and not self.words.capital[start + 1]
        plain = self.words.lower[start] in STOP_WORDS and self.words.lower[start] not in self.lexicon.given_names
        return small or (opener and plain and label == "PERSON")

    def _is_people_before(self, start: int, end: int, label: str) -> bool:
        """`Russian` in `Russian Vladimir Putin`, `Caucasian` in `Caucasian Republic of Ossetia`."""
        stop = self.known[start]
        if not start < stop < end or self.words.phrase(start, stop) not in self.lexicon.nationalities:
            return False
        if self.words.text[stop] in DASHES or self.words.lower[start] in self.lexicon.given_names:
            return False
        return (label == "PERSON" and end - stop > 1) or self.known[stop] == end

    def _trim_end(self, start: int, end: int, label: str) -> int:
        word = self.words.text[end - 1]
        if end - start == 1:
            return end
        if word in APOSTROPHES or (word in _EDGES and word != ".") or word.isspace() or word == ".":
            return end - 1
        if (word.isdigit() and label in _UNNUMBERED) or word in _LINKS:
            return end - 1
        lowered = not self.words.capital[end - 1] and word[0].isalpha() and label not in _KEEP_LOWER
        return end - 1 if (lowered and label != "PARTY") or (lowered and word in self.lexicon["party_after"]) else end

"""What a name is made of, and what stands beside it: each sign a vote for a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.recognise.names.candidate import Candidate, Vote, vote
from extract.recognise.names.counts import Counts
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.words import APOSTROPHES, DASHES, Words

_INITIAL = re.compile(r"^[^\W\d_]\.$")
_LIFE = re.compile(r"^(?:born|b\.|died|1[6-9]\d\d)$")
_LONGEST_ACRONYM = 8
_LONGEST_KEY = 9  # words before a colon
_SOON = 8  # words between a dateline's name and its dash

_BY = frozenset({"by", "for", "from", "of"})
_COMPASS = frozenset({"North", "South", "East", "West", "Central"})
_ALLIES = frozenset({"alliance", "movement"})
_STRONG = frozenset({"byline", "dateline", "title", "party_after", "party_before", "body_before", "list", "led_by"})
"""Signs that make a name of a run of capitals, even where nothing else found one."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Reads the signs in and around the names of one document."""

    words: Words
    lexicon: Lexicon
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", Counts(self.words, self.lexicon))

    def votes(self, found: Candidate) -> list[Vote]:
        """All that form and neighbourhood say of a candidate."""
        start, end = found.start, found.end
        before = list(self.before(start, end))
        placed = any(each.sign in ("place_preposition", "place_direction") for each in before)
        after = [each for each in self.after(start, end) if not (placed and each.sign == "who")]
        return [*self.form(start, end), *before, *after]

    def is_cued(self, votes: list[Vote]) -> bool:
        """Whether a sign beside a run of capitals is strong enough to make it a name."""
        return any(each.sign in _STRONG for each in votes)

    # -- form ------------------------------------------------------------------------------------------------------

    def form(self, start: int, end: int) -> Iterator[Vote]:
        """What the words of the name themselves say."""
        texts = self.words.text[start:end]
        if self._is_acronym(start, end):
            yield vote("ORG", "acronym")
            yield vote("PARTY", "acronym")
            yield Vote("PERSON", -2.0, "acronym")
            return
        if self._joins_acronyms(start, end):
            yield vote("PARTY", "joined_acronym")
            return
        if self.is_town(start, end):
            yield vote("GPE", "town")
        yield from self._personal(start, end)
        if len(texts) > 1 and (
            texts[0] in self.lexicon["party_opener"]
            or texts[-1] in self.lexicon["slogan_end"]
            or any(word in self.lexicon["slogan_word"] for word in texts)
        ):
            yield vote("PARTY", "slogan")
            yield Vote("PERSON", -1.0, "slogan")
        if texts[-1] in self.lexicon["faction_head"] and any(word in self.lexicon["org_word"] for word in texts):
            yield vote("ORG", "org_word")
        if self.words.phrase(start, end) in self.lexicon["party_plural"]:
            yield vote("PARTY", "party_plural")
        elif len(texts) > 1 and any(word in self.lexicon["party_word"] or word in self.lexicon["foreign_word"] for word in texts):
            yield vote("PARTY", "party_word")

    def is_town(self, start: int, end: int) -> bool:
        """Whether it is the name of a town or region, or a part of one: `Bristol Central`."""
        whole = end - (end - start > 1 and self.words.text[end - 1] in _COMPASS)
        return any(self.lexicon.has_town(self.words.phrase(start, stop)) for stop in {end, whole})

    def _is_acronym(self, start: int, end: int) -> bool:
        if self.words.shouted[self.words.block[start]]:
            return False
        plain = [word.replace(".", "") for word in self.words.text[start:end]]  # `P.L.P.` is one word
        letters = "".join(word for word in plain if word.isalpha())
        return (
            2 <= len(letters) <= _LONGEST_ACRONYM
            and sum(map(str.isupper, letters)) > len(letters) * 0.6
            and " " not in self.words.phrase(start, end)
        )

    def _joins_acronyms(self, start: int, end: int) -> bool:
        """`Fidesz–KDNP`: no white space, and capitals only beside the dash."""
        texts = self.words.text[start:end]
        shouted = any(len(word) > 1 and word.isupper() for word in texts)
        return shouted and any(word in DASHES for word in texts) and all(self.words.glued[start + 1 : end])

    def _personal(self, start: int, end: int) -> Iterator[Vote]:
        words, lexicon = self.words, self.lexicon
        count = sum(word[0].isalpha() for word in words.text[start:end])
        given = words.lower[start] in lexicon.given_names
        if given:
            yield vote("PERSON", "given_name" if count > 1 else "given_name_alone")
        if any(word.endswith(lexicon.abstract_endings) for word in words.lower[start:end]):
            yield Vote("PERSON", -1.0, "two_words")
        elif 2 <= count <= 4:
            yield vote("PERSON", "two_words")
        if count >= 3 and any(self._is_patronymic(word) for word in words.lower[start + 1 : end]):
            yield vote("PERSON", "patronymic")
        shouted = words.shouted[words.block[start]]
        if count >= 2 and not shouted and any(_INITIAL.match(word) for word in words.text[start : end - 1]):
            yield vote("PERSON", "initials")
        if self._has_syllable(start, end):
            yield vote("PERSON", "hyphenated_given")
        if any(word in lexicon["particle"] for word in words.text[start + 1 : end - 1]):
            yield vote("PERSON", "particle")
        if words.lower[end - 1].endswith(lexicon.surname_endings) and len(words.lower[end - 1]) > 4:
            yield vote("PERSON", "surname_ending")

    def _has_syllable(self, start: int, end: int) -> bool:
        """`Jae-in`: a small last word behind a hyphen."""
        return end - start >= 4 and self.words.text[end - 2] in DASHES and not self.words.capital[end - 1]

    def _is_patronymic(self, word: str) -> bool:
        return len(word) > 5 and word.endswith(self.lexicon.patronymic_endings)

    # -- before ----------------------------------------------------------------------------------------------------

    def before(self, start: int, end: int) -> Iterator[Vote]:
        """What stands before the name."""
        words, lexicon = self.words, self.lexicon
        word = words.before(start)
        yield from self.counts.before(start)
        if not word:
            if self._is_dateline(start, end):
                yield vote("GPE", "dateline")
            return
        if word in lexicon["title"] and self._is_title(start):
            yield vote("PERSON", "title" if words.capital[start - 1] else "title_lower")
        elif word == ":":
            yield from self._after_key(start - 1)
        elif word == "by" and words.before(start - 1) in (
            "led",
            "headed",
            "chaired",
            "founded",
            "succeeded",
            "replaced",
            "appointed",
        ):
            yield vote("PERSON", "led_by")
        elif word == "the":
            yield from self._after_article(start)
        elif word == "of":
            yield from self._after_of(start)
        elif word == "by" and self._fills_line(start - 1, end):
            yield vote("PERSON", "byline")
        elif word in lexicon["body_by_before"] or (word in _BY and words.before(start - 1) in lexicon["body_by_before"]):
            polled = word in ("by", "from") and words.before(start - 1) in lexicon["polled_before"]
            yield vote("ORG", "polled" if polled else "body_beside")
        elif word == "on":
            yield vote("LOC", "place_preposition")
        elif word in lexicon["place_before"]:
            yield vote("GPE", "place_preposition")
        elif word in lexicon["place_toward"]:
            yield vote("GPE", "place_direction")
        elif word in lexicon["party_before"] and not words.capital[start - 1] and not words.glued[start]:
            yield vote("PARTY", "party_before")
        elif word in lexicon["body_before"] and not words.capital[start - 1]:
            yield vote("ORG", "body_before")
        elif word == "," and words.before(start - 1) in lexicon["party_before"]:
            yield vote("PARTY", "party_before", 0.8)

    def _is_dateline(self, start: int, end: int) -> bool:
        """Capitals only, at the beginning of a paragraph, a comma or bracket behind it and a dash soon after."""
        words = self.words
        begins = words.first[start] and (start == 0 or words.block[start - 1] != words.block[start])
        shouted = all(word.isupper() or not word[0].isalpha() for word in words.text[start:end])
        if not begins or not shouted or words.blocks[words.block[start]].kind != "paragraph":
            return False
        soon = words.text[end : end + _SOON]
        if words.after(end) == "," and any(word in self.lexicon["calendar"] for word in words.text[end + 1 : end + 3]):
            return True
        return words.after(end) in (",", "(", "-", "–", "—") and any(word in DASHES for word in soon)

    def _after_key(self, colon: int) -> Iterator[Vote]:
        """`Minister of Finance: X`, `Party: X`, in a line that is no infobox's."""
        begin = colon
        while begin > 0 and not self.words.first[begin] and colon - begin < _LONGEST_KEY:
            begin -= 1
        label = self.lexicon.key.get(self.words.phrase(begin, colon).lower(), "NAME")
        if label != "NAME" and self.words.first[begin]:
            yield vote(label, "title")
        elif any(word in self.lexicon["office"] for word in self.words.text[begin:colon]):
            yield vote("PERSON", "title")

    def _fills_line(self, start: int, end: int) -> bool:
        """Whether the words are a block of their own: `By Ann Bell`."""
        words = self.words
        begins = words.first[start] and (start == 0 or words.block[start - 1] != words.block[start])
        return begins and (end == len(words) or words.block[end] != words.block[start])

    def _is_title(self, start: int) -> bool:
        """`president Gagloev`, but not `former president, Moscow`; a bare `son` or `chief` needs nothing more."""
        return not self.words.glued[start]

    def _after_article(self, start: int) -> Iterator[Vote]:
        yield Vote("PERSON", -1.5, "article")
        yield vote("PARTY", "article", 0.5)
        yield vote("ORG", "article", 0.5)
        if self.words.before(start - 1) == "of" and self.words.before(start - 2) in self.lexicon["party_of_before"]:
            yield vote("PARTY", "party_of")

    def _after_of(self, start: int) -> Iterator[Vote]:
        word = self.words.before(start - 1)
        if word in self.lexicon["place_of_before"]:
            yield vote("GPE", "place_word")
        elif word in self.lexicon["party_of_before"]:
            yield vote("PARTY", "party_of")
        elif word in self.lexicon["person_of_before"]:
            yield vote("PERSON", "of_person")

    # -- after -----------------------------------------------------------------------------------------------------

    def after(self, start: int, end: int) -> Iterator[Vote]:
        """What stands behind the name."""
        words, lexicon = self.words, self.lexicon
        word = words.after(end)
        if not word:
            return
        yield from self.counts.after(end)
        if word in APOSTROPHES:
            yield vote("PERSON", "possessive_of_person")
        elif word in lexicon["party_after"] and not words.capital[end] and not self._is_any(start):
            yield vote("PARTY", "party_after")
        elif word in lexicon["party_member_after"]:
            yield vote("PARTY", "party_member")
        elif word in lexicon["place_after"] and not words.capital[end]:
            yield vote("GPE", "place_word")
        elif word in lexicon["building_after"] and not words.capital[end]:
            yield vote("FAC", "place_word")
        elif word in lexicon["body_after"]:
            yield vote("ORG", "body_beside")
        elif word in lexicon["river_after"] and not words.capital[end]:
            yield vote("LOC", "place_word")
        elif (
            word in DASHES
            and words.glued[end]
            and words.after(end + 1) in ("led", "backed", "aligned", "controlled", "affiliated", "dominated")
        ):
            yield vote("PARTY", "led")
        elif word == "led" and words.after(end + 1) == "by":
            yield vote("PARTY", "led_by")
        elif word == "(" and _LIFE.match(words.after(end + 1)):
            yield vote("PERSON", "life_dates")
        elif word == ",":
            yield from self._apposition(end + 1)
        elif word in lexicon["person_only_after"]:
            yield vote("PERSON", "who")
        elif word in lexicon["speech_after"]:
            yield vote("PERSON", "speech")

    def _is_any(self, start: int) -> bool:
        """`a Europeanist list`, `an anti-Western party`: of a kind, not by name."""
        while start >= 2 and self.words.text[start - 1] in DASHES and self.words.glued[start]:
            start -= 2
        return self.words.before(start) in ("a", "an", "any", "no", "every", "another")

    def _apposition(self, at: int) -> Iterator[Vote]:
        word = self.words.after(at)
        if word in ("led", "headed") and self.words.after(at + 1) == "by":
            yield vote("PARTY", "led_by")
        elif word in ("who", "whose"):
            yield vote("PERSON", "who")
        elif word in ("which", "whose"):
            yield Vote("PERSON", -1.0, "who")
        elif word in ("leader", "chairman", "head", "president", "minister", "born", "aged"):
            yield vote("PERSON", "who")
        elif self._announces_party(at) or self._owned_party(at):
            yield vote("PARTY", "apposition")
        elif word in ("the", "a", "an") and self._announces(at + 1, self.lexicon["title"]):
            yield vote("PERSON", "who")

    def _announces_party(self, at: int) -> bool:
        """`, the ruling party`."""
        return self.words.after(at) in ("the", "a", "an") and self._announces(at + 1, self.lexicon["party_after"] | _ALLIES)

    def _owned_party(self, at: int) -> bool:
        """`, Castillo's former party`."""
        for position in range(at + 1, min(at + 5, len(self.words))):
            if self.words.first[position]:
                return False
            if self.words.text[position] in APOSTROPHES:
                return self.words.capital[at] and self._announces(position + 1, self.lexicon["party_after"] | _ALLIES)
        return False

    def _announces(self, at: int, kinds: frozenset[str]) -> bool:
        """Such a word within the next ones, before a comma: `, the Speaker of`, `, a former minister`, `, the ruling party`."""
        for position in range(at, min(at + 4, len(self.words))):
            if self.words.first[position] or not self.words.text[position][0].isalnum():
                return False
            if self.words.lower[position] in kinds:
                return True
        return False

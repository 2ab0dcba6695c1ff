"""The comparer: what any two names of a kind are to each other, and under which keys names that may be one meet.

Names are parsed and compared once; a pair that shares no block is never looked at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from extract.resolve.entities.arabic import consonants, solid
from extract.resolve.entities.folding import clean, deep_key, deep_keys, fold, skeleton
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.organisations import BodyName, parse_body
from extract.resolve.entities.person_relations import are_chancy, compare_persons, origin
from extract.resolve.entities.persons import PersonName, parse_person
from extract.resolve.entities.relation import Relation, likely, same
from extract.resolve.entities.spelling import shows_slavic
from extract.resolve.entities.thing_relations import compare_things, people_key
from extract.weigh import Weights, load_weights

QUESTION = "names"
"""The question whose weights score a relation."""
MERGE_ABOVE = 0.5
"""How sure it is at least that two names are one, where a user says nothing."""

# Names of different kinds are never one thing; labels of one kind may be.
KIND_OF_LABEL: Mapping[str, str] = {
    "PERSON": "person", "PARTY": "body", "ORG": "body", "GPE": "place", "LOC": "place", "FAC": "place", "NORP":
    "people", "EVENT": "event",
    "LAW": "law",
}  # fmt: skip


class Form(NamedTuple):
    """One spelling, cleaned.

    `title` is what else tells names apart: the sex of a person known by one word (`m`, `f`), `area` for a LOC, else "".
    """

    kind: str
    text: str
    title: str = ""


_SHARP = 3
ASKS, OFFERS = "<", ">"  # before the first letters of acronyms, and of names that may have one: only the two kinds meet
_WIDE = 6  # how many consonants a key between documents has


def signs_of(kind: str, relation: Relation, context: Iterable[str] = ()) -> list[str]:
    """The signs of a relation between two names of a kind, with those of their context."""
    return ["one thing", *(f"{kind}: {sign}" for sign in relation.signs), *(f"{kind}, {sign}" for sign in context)]


class NameComparer:
    """Compares names; remembers what it has parsed and compared."""

    def __init__(self, lexicon: Lexicon, weights: Weights | None = None, threshold: float = MERGE_ABOVE) -> None:
        self.lexicon = lexicon
        found = weights or load_weights()[QUESTION]
        self._weights = dict(zip(found.signs, found.rows[1:, 0].tolist(), strict=True))
        self.threshold = threshold
        self.person: Callable[[Form], PersonName] = cache(
            lambda form: parse_person(form.text, lexicon, {"m": "mr", "f": "mrs"}.get(form.title))
        )
        """The parts of a person's name."""
        self.body: Callable[[str], BodyName] = cache(lambda text: parse_body(text, lexicon))
        """The words of any other name."""
        self._relations: dict[tuple[Form, Form], Relation | None] = {}
        self._blocks: dict[tuple[Form, int], tuple[str, ...]] = {}
        self._complete: dict[Form, bool] = {}

    def form(self, label: str, text: str, title: str | None = None) -> Form:
        """The form of a mention."""
        kind, text = KIND_OF_LABEL[label], clean(text) or text
        if label == "LOC":
            return Form(kind, text, "area")
        if kind != "person" or not title:
            return Form(kind, text)
        return Form(kind, text, parse_person(text, self.lexicon, title).sex if " " not in text else "")

    def compare(self, a: Form, b: Form) -> Relation | None:
        """What two forms are to each other; None where they have nothing to do with each other, or are of two kinds."""
        if a.kind != b.kind:
            return None
        if b < a:
            relation = self.compare(b, a)
            return relation.turned() if relation else None
        if (a, b) not in self._relations:
            relation = self._compare(a, b)
            self._relations[a, b] = (
                self.weighed(a.kind, relation, (), (a, b)) if relation and relation.verdict != "apart" else relation
            )
        return self._relations[a, b]

    def weighed(
        self, kind: str, relation: Relation, context: Iterable[str] = (), pair: tuple[Form, Form] | None = None
    ) -> Relation:
        """The relation with the score of its signs and those of the context; `pair`: the names that are weighed."""
        odds = sum(self._weights.get(sign, 0.0) for sign in signs_of(kind, relation, context))
        return relation._replace(score=round(1 / (1 + math.exp(-odds)), 3))

    def _compare(self, a: Form, b: Form) -> Relation | None:
        if a.kind == "person":
            if a.text == b.text and not (a.title and b.title and a.title != b.title):
                return same("same", "same name", "same name")
            return compare_persons(self.person(a), self.person(b), self.lexicon)
        first, second = self.body(a.text), self.body(b.text)
        if first.text.casefold() == second.text.casefold():
            return same("same", "same name", "same name")
        relation = compare_things(a.kind, first, second, self.lexicon)
        if a.title != b.title and relation and relation.link == "short_form":
            return likely(f"{relation.reason}, but one is a state and one an area", "state and area")
        return relation

    def are_apart(self, a: Form, b: Form) -> bool:
        """Whether two forms can never be one thing."""
        relation = self.compare(a, b)
        return relation is not None and relation.verdict == "apart"

    def origin(self, a: Form, b: Form) -> str:
        """From which writing two names of people come, so far as they show it."""
        return origin(self.person(a), self.person(b), self.lexicon)

    def are_chancy(self, a: Form, b: Form, relation: Relation) -> bool:
        """Whether two names that may be one person's in a document may well be two people's in others."""
        return a.kind == "person" and are_chancy(self.person(a), self.person(b), relation, self.lexicon)

    def is_bare(self, form: Form) -> bool:
        """Whether it is a person's name without a full given name: it means somebody only inside its document."""
        return form.kind == "person" and not self.person(form).is_full

    def blocks(self, form: Form, more: int = 0) -> tuple[str, ...]:
        """The keys under which forms of one document meet, with so many consonants `more` than two or three."""
        if (form, more) not in self._blocks:
            self._blocks[form, more] = tuple(dict.fromkeys(self._block_keys(form, more)))
        return self._blocks[form, more]

    def _block_keys(self, form: Form, more: int) -> Iterator[str]:
        if form.kind == "person":
            name = self.person(form)
            given = set(re.split("[ -]", name.given or "")) if more and name.is_full else set()  # met by bare names only
            for part in (part for word in name.words for part in {word.split()[-1], *word.split("-")}):
                for spelled in (part, part.replace("j", "dzh")) if "j" in part else (part,):
                    key = skeleton(spelled, 2 + more)
                    yield OFFERS + key if part in given else key
                    if more and name.is_bare:
                        yield ASKS + key
        elif form.kind == "people":
            yield from people_key(self.body(form.text), self.lexicon)
        else:
            yield from self._body_keys(form, 3 + more)

    def _body_keys(self, form: Form, size: int) -> Iterator[str]:
        name = self.body(form.text)
        sharp = size > _SHARP  # among many names, common words are no key, and of initials it takes two
        for word in [word for word in name.words if self._is_weighty(word)] if sharp and not name.generic else name.words:
            yield "#" + word if word[0].isdigit() else skeleton(word, size)
        if form.kind == "place" and len(name.words) == 1:
            yield skeleton(name.words[0].removesuffix("s"), size)
        yield from self._place_keys(form, size)
        if name.acronym:
            yield ASKS + name.acronym[: 2 if sharp else 1].upper()
        elif len(name.raw) > 1:
            heads = [(fold(word)[:1].upper(), word[:1].upper()) for word in name.raw[:2]]
            letters = {a + b for a in heads[0] for b in heads[1]} if sharp else {letter for head in heads for letter in head}
            yield from (OFFERS + letter for letter in sorted(letters))
            yield from self._foreign_initials(name)

    def _foreign_initials(self, name: BodyName) -> Iterator[str]:
        """Under which letters an acronym of a body may stand that is named in another language."""
        words = [word.lower() for word in (name.raw[0], name.raw[-1])]
        if words[1] in self.lexicon.initials_abroad:
            words.append(words[1][:1])
        for word in words:
            yield from (
                OFFERS + letter.upper() for letter in self.lexicon.initials_abroad.get(word, word if len(word) == 1 else "")
            )

    def _place_keys(self, form: Form, size: int) -> Iterator[str]:
        text = form.text.lower()
        for usual in (self.lexicon.usual_place(text), self.lexicon.maps["body_names"].get(text, text)):
            for word in usual.split() if usual != text else ():
                yield skeleton(word, size)

    def wide_blocks(self, form: Form) -> tuple[str, ...]:
        """The keys under which complete forms of the corpus meet: sharper than `blocks`, so that blocks stay small."""
        if form.kind == "person":
            return tuple(dict.fromkeys(self._person_pairs(form)))
        words = self.body(form.text).words
        return tuple(dict.fromkeys((*self._word_pairs(form, words), *self._solid_keys(form))))

    def _person_pairs(self, form: Form) -> Iterator[str]:
        """Given and family name together: by consonants, by the list of given names, by the family name's whole key and stem."""
        name = self.person(form)
        yield "=" + skeleton(solid("".join(name.words)), _WIDE + 2)
        if name.family is None or name.given is None:
            return
        given, family = name.given.split()[-1], name.family.split()[-1]
        yield " ".join(sorted((skeleton(given, _WIDE), skeleton(family, _WIDE))))
        for group in sorted(self.lexicon.given_names(given)):
            yield f"{group} {skeleton(family, _WIDE)}"
            if "j" in family:
                yield f"{group} {skeleton(family.replace('j', 'dzh'), _WIDE)}"
        if self.lexicon.is_arabic(given):
            yield from (f"{group} {consonants(family)}" for group in sorted(self.lexicon.given_names(given)))
        for key in sorted(deep_keys(family)) if shows_slavic(family) or self.lexicon.is_slavic(given) else (deep_key(family),):
            yield f"{deep_key(given)[:1]} {key}"
            yield from (f"{group} {key}" for group in sorted(self.lexicon.given_names(given)))
        if " " in name.given:
            yield f"{skeleton(solid(name.given), _WIDE)} {skeleton(family, _WIDE)}"

    def _word_pairs(self, form: Form, words: tuple[str, ...]) -> Iterator[str]:
        """All words of a name by consonants; all but one, where a word says little or two of weight are left."""
        keys = [("#" + word if word[0].isdigit() else skeleton(word, _WIDE), self._is_weighty(word)) for word in words]
        yield form.kind + " " + " ".join(sorted(key for key, _ in keys))
        for index, (_, weighty) in enumerate(keys):
            rest = keys[:index] + keys[index + 1 :]
            if sum(weight for _, weight in rest) >= (2 if weighty else 1):
                yield form.kind + " " + " ".join(sorted(key for key, _ in rest))

    def _is_weighty(self, word: str) -> bool:
        """Whether a word tells one body from others."""
        return word not in self.lexicon.of_many

    def _solid_keys(self, form: Form) -> Iterator[str]:
        yield form.kind + ":" + skeleton(form.text.replace(" ", ""), _WIDE + 2) + fold(form.text)[-2:]
        if form.kind == "place" and " of " in form.text:
            yield from self._word_pairs(form, self.body(form.text.rpartition(" of ")[2]).words)
        text = form.text.lower()
        if usual := self.lexicon.maps["body_names"].get(text, self.lexicon.usual_place(text)):
            yield from self._word_pairs(form, self.body(usual).words)

    def is_complete(self, form: Form) -> bool:
        """Whether a form means the same in every document, so that it may lead from one to another."""
        if form not in self._complete:
            self._complete[form] = self._is_complete(form)
        return self._complete[form]

    def _is_complete(self, form: Form) -> bool:
        if form.kind == "person":
            name_of = self.person(form)
            several = bool(name_of.family) and len(re.findall(r"[^\W\d_]\.", name_of.given or "")) + len(name_of.middle) > 1
            return name_of.is_full or (several and not shows_slavic(name_of.family or ""))  # `P. G. Wodehouse`
        name = self.body(form.text)
        if form.kind in ("body", "law"):
            office = {*name.words[:1], *name.words[-1:]} & self.lexicon["state_offices"] and not name.regions
            rest = {*name.words} - name.places
            missions = bool(rest) and rest <= self.lexicon["missions"]
            return bool(name.words) and not (name.generic or name.acronym or office or missions or self._is_nickname(form))
        if form.kind == "event":
            return self._is_complete_event(name)
        return any(word not in self.lexicon["directions"] for word in name.words) or not name.words

    def _is_nickname(self, form: Form) -> bool:
        """Whether a name is short for one that many countries have (`Tories`)."""
        usual = self.lexicon.maps["body_names"].get(form.text.lower())
        return usual is not None and self.body(usual).generic

    def _is_complete_event(self, name: BodyName) -> bool:
        if any(word.rstrip("s") == "war" or word == "revolution" for word in name.words):
            return bool(name.numbers) or len(name.words) > 1
        rest = [word for word in name.words if word not in name.numbers and word not in self.lexicon["event_words"]]
        return any(word not in self.lexicon["generic"] for word in rest)

    def key(self, form: Form) -> str:
        """What the spellings of a name that differ in romanisation only have in common."""
        if form.kind == "people":
            return " ".join(people_key(self.body(form.text), self.lexicon))
        words = self.person(form).words if form.kind == "person" else form.text.lower().split()
        return " ".join(fold(word) for word in words)

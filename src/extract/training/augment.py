"""Training data as documents look: cases, quotes and diacritics changed, and lines made of templates.

Names in templates are made of the names of the training corpora and of the word lists in `templates.yml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from extract.training.corpus import Annotated, Span

_TEMPLATES = Path(__file__).with_name("templates.yml")
_FULL_NAME = re.compile(r"[^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]+){1,2}")
_PLACE = re.compile(r"([^{}]*)(?:\{(\w+)\})?")


Maker = Callable[[], str]

# -- copies -----------------------------------------------------------------------------------------------------------


def upper(text: str) -> str:
    """All capitals, as in a dateline."""
    return text.upper()


def title_case(text: str) -> str:
    """Capitals as in a headline."""
    return re.sub(r"\b[a-z]{4,}", lambda match: match.group().capitalize(), text)


def without_diacritics(text: str) -> str:
    """`Năstase` as `Nastase`."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def curly_quotes(text: str) -> str:
    """Typographic apostrophes and quotation marks."""
    return text.replace("'", "’").replace('"', "”")


def without_full_stop(text: str) -> str:
    """A line that is no sentence: the stop becomes a blank, so that the length stays."""
    return text[:-1] + " " if text.endswith(".") else text


# Each change with its share of the copies; a change that would move offsets is not made.
_CHANGES: tuple[tuple[float, Callable[[str], str]], ...] = (
    (0.06, upper),
    (0.03, title_case),
    (0.04, without_diacritics),
    (0.04, curly_quotes),
    (0.03, without_full_stop),
)


def vary(item: Annotated, random: Random) -> Annotated:
    """The item, or a changed copy of it with the same offsets."""
    chance = random.random()
    for share, change in _CHANGES:
        if chance < share:
            changed = change(item.text)
            return Annotated(changed, item.spans, item.unsure) if len(changed) == len(item.text) else item
        chance -= share
    return item


# -- templates --------------------------------------------------------------------------------------------------------


class Templates:
    """Makes lines of documents: candidate lists, results, infobox values, datelines, headings, political sentences."""

    def __init__(self, items: Iterable[Annotated], random: Random) -> None:
        """`items` give the names that are filled in."""
        self._random = random
        self._words: dict[str, list[str]] = YAML(typ="safe", pure=True).load(_TEMPLATES)
        names = _names_by_label(items)
        self._names = {
            label: [name for name in found if 2 < len(name) < 60 and not name.islower()] for label, found in names.items()
        }
        full = [name.split() for name in self._names["PERSON"] if _FULL_NAME.fullmatch(name)]
        self._given = [parts[0] for parts in full if len(parts[0]) > 2]
        self._family = [parts[-1] for parts in full if len(parts[-1]) > 2]
        self._persons = [" ".join(parts) for parts in full]
        self._makers: Mapping[str, tuple[str | None, Maker]] = {
            "P": ("PARTY", self._party),
            "N": ("PERSON", self._person),
            "S": ("PERSON", self._surname_first),
            "C": ("GPE", lambda: self._one("countries")),
            "G": ("GPE", self._place),
            "D": ("NORP", lambda: self._one("peoples")),
            "R": ("NORP", lambda: self._one("faiths")),
            "O": ("BODY", lambda: self._one("bodies")),
            "A": ("ACRONYM", self._acronym),
            "M": ("ORG", self._medium),
            "E": ("EVENT", self._election),
            "L": ("LAW", lambda: self._filled("laws")),
            "F": ("FAC", lambda: self._filled("buildings")),
            "K": ("LOC", lambda: self._filled("areas")),
            "B": ("ORG", lambda: self._filled("companies")),
            "T": ("ORG", lambda: self._filled("clubs")),
            "W": ("WORK", lambda: random.choice(self._names.get("WORK") or self._family)),
            "Y": ("PRODUCT", lambda: random.choice(self._names.get("PRODUCT") or self._family)),
            "off": (None, lambda: random.choice(("president", "prime minister", "mayor", "speaker", "chairman"))),
            "off0": (None, lambda: self._one("titles")),
            "off1": (None, lambda: self._one("offices")),
            "n": (None, lambda: str(random.randint(1, 140))),
            "x": (None, lambda: f"{random.uniform(0.1, 60):.{random.choice((1, 2))}f}"),
            "y": (None, lambda: str(random.randint(1900, 2026))),
            "d": (None, self._day),
        }

    def line(self) -> Annotated:
        """One filled template."""
        text, spans = "", list[Span]()
        for literal, key in _PLACE.findall(self._one("templates")):
            text += literal
            if key:
                label, value = self._make(key)
                if label:
                    spans.append((len(text), len(text) + len(value), label))
                text += value
        return Annotated(text, tuple(_joined(text, spans)))

    def _make(self, key: str) -> tuple[str | None, str]:
        capitals = key.endswith("U")
        label, make = self._makers[key.removesuffix("U")]
        value = re.sub(r"^[Tt]he ", "", make())
        return label, value.upper() if capitals else value

    def _one(self, words: str) -> str:
        return self._random.choice(self._words[words])

    def _filled(self, words: str) -> str:
        makers: dict[str, Maker] = {
            "{G}": self._place,
            "{C}": lambda: self._one("countries"),
            "{N}": lambda: self._random.choice(self._family),
        }
        value = self._one(words)
        for key, make in makers.items():
            value = value.replace(key, make())
        return value

    def _place(self) -> str:
        return self._random.choice(self._names["GPE"])

    def _person(self) -> str:
        given, family, chance = self._random.choice(self._given), self._random.choice(self._family), self._random.random()
        if chance < 0.35:
            return self._random.choice(self._persons)
        if chance < 0.8:
            return f"{given} {family}"
        return f"{given} {self._one('patronymics')} {family}" if chance < 0.9 else family

    def _surname_first(self) -> str:
        name = f"{self._random.choice(self._family)} {self._random.choice(self._given)}"
        return f"{name} {self._one('patronymics')}" if self._random.random() < 0.5 else name

    def _party(self) -> str:
        makers: tuple[tuple[float, Maker], ...] = (
            (0.22, lambda: self._random.choice(self._names["PARTY"])),
            (0.17, self._foreign_word),
            (0.05, lambda: f"{self._foreign_word()} {self._foreign_word()}"),
            (0.08, lambda: self._one("slogans")),
            (0.08, lambda: f"{self._one('party_adjectives')} {self._one(self._random.choice(('countries', 'peoples')))}"),
            (0.08, lambda: f"{self._one('party_adjectives')} {self._one('party_nouns')}"),
            (0.10, self._ideological),
            (0.05, lambda: f"{self._kind()} {self._random.choice(('of', 'for'))} {self._one(self._random.choice(_MEMBERS))}"),
            (0.05, lambda: f"{self._one('peoples')} {self._one('ideologies')} {self._kind()}"),
            (0.08, self._acronym),
            (0.04, self._alliance),
        )
        return self._random.choices([make for _, make in makers], [share for share, _ in makers])[0]()

    def _kind(self) -> str:
        return self._random.choice(("Party", "Party", "Union", "Movement", "Alliance", "Front", "Bloc", "League", "Coalition"))

    def _ideological(self) -> str:
        country = f" of {self._one('countries')}" if self._random.random() < 0.5 else ""
        return f"{self._one('ideologies')} {self._kind()}{country}"

    def _alliance(self) -> str:
        dash = self._random.choice("-–")
        makers = (self._acronym, self._acronym, self._foreign_word)
        return f"{self._random.choice(makers)()}{dash}{self._random.choice(makers)()}"

    def _foreign_word(self) -> str:
        syllables = (self._one("onsets") + self._one("vowels") for _ in range(self._random.choice((1, 2, 2, 2, 3))))
        return ("".join(syllables) + self._one("codas")).capitalize()

    def _acronym(self) -> str:
        return "".join(self._random.choice("ABCDEFGHIKLMNOPRSTUVZ") for _ in range(self._random.choice((2, 3, 3, 3, 4, 4))))

    def _medium(self) -> str:
        if self._random.random() < 0.5:
            return self._random.choice(self._names["ORG"])
        return f"{self._random.choice((self._place(), self._one('peoples'), self._one('countries')))} {self._one('media')}"

    def _election(self) -> str:
        year, where = self._random.randint(1950, 2026), self._one(self._random.choice(("peoples", "countries")))
        forms = (f"{year} {where} {self._one('elections')}", f"{year} {self._one('elections')}", f"{year} election")
        return self._random.choices(forms, (4, 2, 1))[0]

    def _day(self) -> str:
        day, month, year = self._random.randint(1, 28), self._one("months"), self._random.randint(1950, 2026)
        return self._random.choice((f"{day} {month} {year}", f"{month} {day}", "Monday", "Sunday", "Wednesday"))


_MEMBERS = ("party_nouns", "party_groups")


def _names_by_label(items: Iterable[Annotated]) -> dict[str, list[str]]:
    names: dict[str, dict[str, None]] = {}
    for item in items:
        for start, end, label in item.spans:
            names.setdefault(label, {})[item.text[start:end]] = None
    return {label: list(found) for label, found in names.items()}


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """`Constitutional Court` of `Latvia` as one name; an acronym behind a party is a party's."""
    joined: list[Span] = []
    for start, end, label in spans:
        last = joined[-1] if joined else None
        if label == "GPE" and last and last[2] == "BODY" and text[last[1] : start] in (" of ", " of the Republic of "):
            joined[-1] = (last[0], end, "BODY")
        elif label == "ACRONYM":
            joined.append((start, end, "PARTY" if last and last[2] == "PARTY" else "ORG"))
        else:
            joined.append((start, end, label))
    return [(start, end, "ORG" if label == "BODY" else label) for start, end, label in joined]

"""Keys under which the spellings of one name meet, whatever the alphabet and the scheme of romanisation.

A name is cleaned, then each of its words is folded: romanised, lower-cased, and rewritten so that the letters in which
romanisation schemes differ come out alike (`Gagloyev` and `Gagloev`, `Nykhas` and `Нихас`), as `rules/romanisation.yml` says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

from extract.rules.load import packaged

_APOSTROPHES = re.compile("[’‘ʼʻ`´ʹ′ʿʾ＇]")
_DASHES = re.compile("[‐‑‒–—―−]")
_QUOTES = re.compile('["“”„«»‹›]')
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACE = re.compile(r"\s+")
_LOOSE_POSSESSIVE = re.compile(r" 's(?![^\W\d_])")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def clean(text: str) -> str:
    """The name without what surrounds it: one kind of apostrophe and dash, no quotes, no possessive, no outer punctuation."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    text = _DASHES.sub("-", _APOSTROPHES.sub("'", text))
    text = _LOOSE_POSSESSIVE.sub("'s", _SPACE.sub(" ", _QUOTES.sub("", text)).strip(" ,;:"))
    return _POSSESSIVE.sub("", text).strip(" ,;:'")


@lru_cache(maxsize=16)
def rewritings(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The lines of a list of `rules/romanisation.yml`: patterns, each with what it becomes."""
    lines = (line.partition(">>") for line in packaged("romanisation").words(name))
    return tuple((re.compile(pattern.strip()), key.strip()) for pattern, _, key in lines)


def rewrite(word: str, name: str) -> str:
    """A word as the lines of a list leave it."""
    for pattern, key in rewritings(name):
        word = pattern.sub(key, word)
    return word


@lru_cache(maxsize=1)
def _marked() -> dict[int, str]:
    return str.maketrans(dict(packaged("romanisation").lists["marked_letters"]))


_NOT_LETTERS = re.compile("[^a-z0-9]")
_DOUBLED = re.compile(r"([a-zA-Z])\1+")


@lru_cache(maxsize=500_000)
def fold(word: str) -> str:
    """The key of one word, its marked letters read with their sound (`Șor`: `Sor`)."""
    return _rewrite(anyascii(word.lower().translate(_marked())))


@lru_cache(maxsize=500_000)
def keys(word: str) -> frozenset[str]:
    """All keys of one word: as `fold` reads it, with its marks dropped, and as German or Danish vowels (`ue` for `ü`)."""
    lower = word.lower()
    if lower.isascii():
        return frozenset((fold(word), *_without_digraphs(lower)))
    return frozenset((fold(word), _rewrite(anyascii(_unmarked(lower)))))


def _without_digraphs(word: str) -> Iterable[str]:
    """`Mueller` may stand for `Müller`, `Taasinge` for `Tåsinge`."""
    plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")
    return () if plain == word else (_rewrite(plain),)


def _unmarked(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _rewrite(ascii_word: str) -> str:
    return _DOUBLED.sub(r"\1", rewrite(_NOT_LETTERS.sub("", ascii_word.lower()), "schemes"))


_LANGUAGES = ("polish", "german", "french", "hungarian", "dutch", "italian_and_romanian", "baltic", "english", "croatian")


@lru_cache(maxsize=200_000)
def scheme_keys(word: str) -> frozenset[str]:
    """The keys of a word read as Polish, German, French, Hungarian, Dutch, Italian, Baltic and Croatian write it."""
    plain = anyascii(word).lower()
    return keys(word) | {_rewrite(rewrite(plain, language)) for language in _LANGUAGES}


_BELARUSIAN_TS = re.compile("^[Tt]s(?=[eiy])")


@lru_cache(maxsize=200_000)
def deep_key(word: str) -> str:
    """The key under which Russian, Ukrainian and Belarusian forms of one name meet (`Paulichenka`, `Pavlichenko`)."""
    return _deep(fold(_BELARUSIAN_TS.sub("t", word)))


def _deep(key: str) -> str:
    return _DOUBLED.sub(r"\1", rewrite(key, "east_slavic"))


@lru_cache(maxsize=100_000)
def deep_keys(word: str) -> frozenset[str]:
    """That key, and those of the word read as other languages spell it (`Loukachenka`)."""
    return frozenset((deep_key(word), *map(_deep, scheme_keys(word))))


_NO_VOWELS = str.maketrans(dict.fromkeys("aeiou", ""))
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("szSZcCQJ", "s"), **dict.fromkeys("dt", "t"), **dict.fromkeys("gkh", "k"), **dict.fromkeys("bp", "p"),
        **dict.fromkeys("vf", "v"), **dict.fromkeys("aeiou", ""),
    }
)  # fmt: skip


def skeleton(word: str, size: int = 4) -> str:
    """The consonants of a word, by class, no class twice running, at most `size`: near spellings share it.

    A word that begins with a vowel has an `a` before them.
    """
    vowel, classes = _skeleton(word)
    return vowel + classes[:size]


def consonants_of(word: str) -> str:
    """The deep key of a word without its vowels, but for an `a` where it begins with one: sharper than a skeleton."""
    key = deep_key(word)
    return ("a" if key[:1] in "aeiou" else "") + key.translate(_NO_VOWELS)


@lru_cache(maxsize=500_000)
def _skeleton(word: str) -> tuple[str, str]:
    key = deep_key(word)
    return "a" if key[:1] in "aeiou" else "", _DOUBLED.sub(r"\1", key.translate(_CLASSES))

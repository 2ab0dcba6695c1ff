"""Keys under which the spellings of one name meet, whatever the alphabet and the scheme of romanisation.

A name is cleaned, then each of its words is folded: romanised, lower-cased, and rewritten so that the letters in which
romanisation schemes differ come out alike (`Gagloyev` and `Gagloev`, `Nykhas` and `Нихас`). A capital in a key is one sound that
Latin script writes with several letters: S for sh, Z for zh, C for ch, J for dzh, Q for shch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

from extract.rules.load import load_rules

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


# What a letter with a mark stands for; the plain letter is always a second reading (`Thaçi`, `Thaci`; `Șor`, `Shor`).
_MARKED = str.maketrans(
    {
        "š": "sh", "ş": "sh", "ș": "sh", "ś": "s", "ŝ": "sh", "ž": "zh", "ż": "zh", "ź": "z", "č": "ch", "ć": "ch", "ç": "ch",
        "đ": "dj", "ð": "d", "þ": "th", "ț": "ts", "ţ": "ts", "ñ": "n", "ł": "l", "ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue",
        "å": "aa", "æ": "ae", "ø": "oe", "ə": "a", "ё": "yo", "ы": "y", "э": "e",
    }
)  # fmt: skip

# Rewritings in their order: letters without which a rule cannot apply (one of them must stand in the word), pattern, key.
_REWRITES = tuple(
    (triggers, re.compile(pattern), key)
    for triggers, pattern, key in (
        ("h", "shch|schtsch|stsch", "Q"),
        ("j", "sjtj", "Q"),
        ("d", "dzh|dsch|dj(?=[aeiouy])", "J"),
        ("s", "sch|sh|sj(?=[aeou])", "S"),
        ("z", "zh", "Z"),
        ("ct", "tsch|tch|tj(?=[aeou])|ch", "C"),
        ("c", "c(?=[aoulrnmtk])", "k"),
        ("h", "kh", "h"),
        ("h", "ph", "f"),
        ("h", "gh", "g"),
        ("h", "th", "t"),
        ("t", "ts|tz", "c"),
        ("cq", "ck|q", "k"),
        ("x", "x", "ks"),
        ("w", "w", "v"),
        ("f", "(?<=[oe])ff?$", "v"),
        ("u", "ou", "u"),
        ("yji", "(?<=[a-zA-Z])[yji]+(?=e)|^[yj](?=e)", ""),
        ("yj", "[yj]", "i"),
        ("i", "ii+", "i"),
    )
)
_NOT_LETTERS = re.compile("[^a-z0-9]")
_DOUBLED = re.compile(r"([a-zA-Z])\1+")


@lru_cache(maxsize=500_000)
def fold(word: str) -> str:
    """The key of one word, its marked letters read with their sound (`Șor`: `Sor`)."""
    return _rewrite(anyascii(word.lower().translate(_MARKED)))


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
    return _DOUBLED.sub(r"\1", _apply(_REWRITES, _NOT_LETTERS.sub("", ascii_word.lower())))


def _apply(rewritings: Iterable[tuple[str, re.Pattern[str], str]], key: str) -> str:
    for triggers, pattern, replacement in rewritings:
        for letter in triggers:
            if letter in key:
                key = pattern.sub(replacement, key)
                break
    return key


# How the spelling of one language is read in English letters, for names that came through another language.
_SCHEMES: tuple[tuple[tuple[str, str], ...], ...] = (
    # Polish
    (("cz", "\0"), ("ch", "kh"), ("\0", "ch"), ("sz", "sh"), ("rz", "zh"), ("w", "v"), ("c(?![hkz])", "ts"), ("j", "y")),
    # German
    (
        ("dsch", "dzh"), ("tsch", "\0"), ("sch", "sh"), ("ch", "kh"), ("\0", "ch"), ("(?<![a-z])s(?=[aeiou])", "z"), ("w", "v"),
        ("j", "y"), ("z", "ts"),
    ),
    (("tch", "ch"), ("(?<!s)ch", "sh"), ("dj", "dzh"), ("j", "zh"), ("ou", "u"), ("gu(?=[ei])", "g"), ("ine$", "in")),  # French
    (("gy", "d"), ("cs", "ch"), ("zs", "zh"), ("sz", "\0"), ("s", "sh"), ("\0", "s"), ("j", "y"), ("c", "ts")),  # Hungarian
    (("oe", "u"), ("sj", "sh"), ("tsj", "ch"), ("tj", "ch"), ("zj", "zh"), ("j", "y")),  # Dutch
    # Italian, Romanian
    (
        ("ch(?=[ei])", "k"), ("sc(?=[ei])", "sh"), ("c(?:[ei](?=[aou])|(?=[ei]))", "ch"), ("(?<=[aeiou])c$", "k"),
        ("g(?:[ei](?=[aou])|(?=[ei]))", "dzh"),
    ),
    (("(?<=[a-z]{3})(?:s|as|is|us|ys)$", ""), ("j", "y"), ("c(?!h)", "ts")),  # Baltic endings
    (("j", "dzh"),),  # English
    (("h", "kh"), ("c", "ts"), ("j", "y")),  # Croatian, Romanian: h for kh, c for ts
)  # fmt: skip
_SCHEME_PATTERNS = tuple(tuple((re.compile(old), new) for old, new in scheme) for scheme in _SCHEMES)


@lru_cache(maxsize=200_000)
def scheme_keys(word: str) -> frozenset[str]:
    """The keys of a word read as Polish, German, French, Hungarian, Dutch, Italian, Baltic and Croatian write it."""
    plain = anyascii(word).lower()
    return keys(word) | {_rewrite(_respell(plain, scheme)) for scheme in _SCHEME_PATTERNS}


def _respell(word: str, scheme: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, replacement in scheme:
        word = pattern.sub(replacement, word)
    return word


_BELARUSIAN_TS = re.compile("^[Tt]s(?=[eiy])")


@lru_cache(maxsize=1)
def _alternations() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The lines of `rules/romanisation.yml`."""
    lines = load_rules().file("romanisation").lists["east_slavic"]
    pairs = (line.partition(">>") for line in lines)
    return tuple((re.compile(pattern.strip()), key.strip()) for pattern, _, key in pairs)


@lru_cache(maxsize=200_000)
def deep_key(word: str) -> str:
    """The key under which Russian, Ukrainian and Belarusian forms of one name meet (`Paulichenka`, `Pavlichenko`)."""
    return _deep(fold(_BELARUSIAN_TS.sub("t", word)))


def _deep(key: str) -> str:
    for pattern, replacement in _alternations():
        key = pattern.sub(replacement, key)
    return _DOUBLED.sub(r"\1", key)


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

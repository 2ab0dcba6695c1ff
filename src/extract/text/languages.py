"""Which language a text is in, as far as English has to be told from others: by its script, and by its smallest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from extract.rules.load import packaged
from extract.sources.document import Block, Document

_WORD = re.compile(r"(?<![\w./@|=:&-])(?:[^\W\d_][^\W\d_]+(?:['’][^\W\d_]+)?|[^\W\d_A-Z](?!\.))(?![\w/@|=-])")
_FEWEST = 6
"""A text of fewer words says nothing of its language."""
_LEAST = 0.12
"""In running text so many words at least are among the smallest of its language."""
_AHEAD = 1.5
"""Another language must have so many times the words that English has."""
_DISTINCT = 2
"""More than so many different small words it must have: one alone is a name, an abbreviation, a word in an address."""
_SAMPLE = 20_000
_MUCH = 0.1


def language_of(text: str) -> str | None:
    """`en`, another ISO 639-1 code, or the name of a script in lower case (`cyrillic`); None where nothing tells.

    >>> language_of("The votes were counted in the hall until the morning."), language_of("Die Stimmen wurden im Saal gezählt.")
    ('en', 'de')
    >>> language_of("Ann Oak, 12, 13") is None
    True
    """
    words = [word.casefold() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < _FEWEST:
        return None
    if not text.isascii():
        script, most = Counter(_script_of(word[0]) for word in words).most_common(1)[0]
        if script != "LATIN" and most > 0.5 * len(words):
            return script.lower()
    return _by_small_words(words)


def _by_small_words(words: Sequence[str]) -> str | None:
    hits, distinct = Counter[str](), Counter[str]()
    for word, count in Counter(words).items():
        for code in _small_words().get(word, ()):
            hits[code] += count
            distinct[code] += 1
    if not hits:
        return None
    best = max(hits, key=lambda code: (hits[code], code == "en", code))
    if hits[best] < _LEAST * len(words) or distinct[best] < 2:
        return None
    if best == "en" or (hits[best] >= _AHEAD * hits["en"] and distinct[best] > _DISTINCT):
        return best
    return "en" if hits["en"] >= _LEAST * len(words) else None


@cache
def _small_words() -> Mapping[str, tuple[str, ...]]:
    """The languages of each small word."""
    file = packaged("languages")
    found: dict[str, tuple[str, ...]] = {}
    for code in map(str, file.lists):
        for word in file.words(code):
            found[word] = (*found.get(word, ()), code)
    return found


@cache
def _script_of(character: str) -> str:
    return unicodedata.name(character, "?").partition(" ")[0].partition("-")[0]


def with_languages(document: Document) -> Document:
    """The document with the numbers of its blocks that are not in English, and a warning where that is much of it."""
    own, foreign = foreign_blocks(document.text, document.blocks)
    if not foreign:
        return document
    size = sum(document.blocks[number].end - document.blocks[number].start for number in foreign)
    warning = (
        f"the text is not in English ({own}): no names are looked for"
        if own
        else f"{len(foreign)} of {len(document.blocks)} blocks are not in English: no names are looked for in them"
    )
    told = (warning,) if own or size > _MUCH * len(document.text) else ()
    return replace(document, foreign=foreign, warnings=(*document.warnings, *told))


def foreign_blocks(text: str, blocks: Sequence[Block]) -> tuple[str | None, frozenset[int]]:
    """The language of a document if it is not English, else None; and the numbers of its blocks that are not.

    A block that does not tell is in the language of the document.
    """
    found = [language_of(text[block.start : block.end]) for block in blocks]
    sizes = Counter[str]()
    for block, language in zip(blocks, found, strict=True):
        if language:
            sizes[language] += block.end - block.start
    whole = sizes.most_common(1)[0][0] if sizes else language_of(text)
    own = None if whole in (None, "en") else whole
    return own, frozenset(number for number, language in enumerate(found) if (language or own or "en") != "en")

"""Names of Arabic origin: compounds written apart and together, and the letters in which romanisations differ.

`Abd al-Rahman`, `Abdul Rahman` and `Abdurrahman` are one name; so are `Salah al-Din` and `Salahuddin`, `Qadhafi` and `Gaddafi`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from extract.resolve.entities.folding import rewrite

SERVANTS = frozenset(("abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdus"))  # `servant of`: never a name by itself

_SERVANT = re.compile(r"^abd(?:[aeiou]+l|[aeiou]([rsndtz])(?=\1))?(?=[a-z]{3})")
_RELIGION = re.compile(r"^(.{3,}?)(?:[aeu]l|[aeu]d?)d[ei]{1,2}ne?$")


@lru_cache(maxsize=200_000)
def solid(word: str) -> str:
    """A part of a name as one word without dashes, apostrophes and blanks, compounds with `abd` and `din` in one form."""
    joined = word.replace(" ", "").replace("-", "").replace("'", "")
    lower = joined.lower()
    if lower.startswith("abd") and len(lower) > 6:
        return _SERVANT.sub("abdul", lower)
    if "d" in lower[-5:] and lower.endswith(("n", "ne")):
        return _RELIGION.sub(r"\1uddin", lower) if _RELIGION.match(lower) else joined
    return joined


@lru_cache(maxsize=200_000)
def sounds(word: str) -> str:
    """The letters of a word of Arabic as most romanisations agree on them; `e` stands for `a` or `i`."""
    return rewrite(anyascii(solid(word)).lower(), "arabic")


@lru_cache(maxsize=200_000)
def consonants(word: str) -> str:
    """What is left of the sounds without vowels."""
    return re.sub("[aeiu]", "", sounds(word))


_EITHER = (frozenset("ea"), frozenset("ei"))


def sound_alike(a: str, b: str) -> bool:
    """Whether two words may be one word of Arabic, romanised differently (`Mursi`, `Morsi`; `Qadhafi`, `Gaddafi`)."""
    first, second = sounds(a), sounds(b)
    if len(first) != len(second) or len(first) < 4:
        return False
    return all(x == y or frozenset((x, y)) in _EITHER for x, y in zip(first, second, strict=True))

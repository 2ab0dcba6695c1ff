"""Names of people: their parts, and whether two are one person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anyascii import anyascii

from extract.resolve.entities.arabic import SERVANTS
from extract.resolve.entities.folding import clean, fold
from extract.resolve.entities.lexicon import Lexicon

_PATRONYMIC = re.compile(
    "(?:[oea](?:v|w)[iy]?(?:ch|tch|cz|ci|c|tsch|tsj)|[iye](?:ch|tch|tsch)|[oeay](?:v|w|u)na|[iy]vna|ichna|inichna|auna|[oe]glu|ogly|oghlu|kizi|kyzy|gizi)i?$"
)
_STEM_END = re.compile(
    "(?:(?:i|y|j)?(?:ov|ev|av|iv|yv|ou|au|eu|aw|ow|ew)?(?:i|y)?(?:ch|tch|cz|ci|c|tsch|tsj|na|chna)|inichna)i?$"
)
_INITIAL = re.compile(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*")
_NUMERAL = re.compile("(?=.)X{0,2}(?:IX|IV|V?I{0,3})")
_EAST_ASIAN_GIVEN = re.compile("[A-Z][a-z]{0,6}-[a-z]{1,6}")  # `Ching-te`, `Jong-un`
# One or two syllables of Chinese, Korean or Vietnamese, romanised; not what ends like a Scandinavian's name (`Kim Kielsen`).
_SYLLABLE = (
    "(?:[bcdfghjklmnpqrstvwxyz]|[ckgpst]h|hs|ng|nh|tr|ts|zh|kk)?[wyu]?(?:[aeiou]{1,3}|(?<=[htlmk])y)(?:ng|nh|ch|[nmlkptc])?h?"
)
_EAST_ASIAN = re.compile(f"(?!.{{3,}}s[eo]n$){_SYLLABLE}(?:[-']?{_SYLLABLE})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name taken apart. `words` are the tokens that count, in the order given, family, for a full name.

    `family` is None where the name is a single word (`given` too: nobody knows which it is). `sex` is what a title says of it:
    "m", "f" or "".
    """

    words: tuple[str, ...]
    given: str | None = None
    middle: tuple[str, ...] = ()
    patronymic: str | None = None
    family: str | None = None
    suffix: str | None = None
    sex: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it has a family name and a given name written out, or is a ruler's (`Elizabeth II`)."""
        if self.family is None:
            return self.numeral is not None
        return self.given is not None and not is_initial(self.given)

    @property
    def numeral(self) -> str | None:
        """The Roman numeral of a ruler, None without one."""
        return self.suffix if self.suffix and _NUMERAL.fullmatch(self.suffix.upper()) else None

    @property
    def is_bare(self) -> bool:
        """Whether it is one word."""
        return len(self.words) == 1


def is_initial(word: str) -> bool:
    """Whether a word is an initial (`E.`, `A`, `J.-P.`)."""
    return bool(_INITIAL.fullmatch(word)) and (len(word) == 1 or "." in word)


def parse_person(text: str, lexicon: Lexicon, title: str | None = None) -> PersonName:
    """The parts of a name, in whatever order they stand: East Slavic, Western, Hungarian, `Surname, Given`, Chinese."""
    words, sex = without_titles(clean(text), lexicon, title)
    words, suffix = _without_suffix(words, lexicon)
    comma = _after_comma(words)
    words = _glued([word.rstrip(",") for word in words if word.strip(",")], lexicon) or [text]  # a mention of marks alone
    if len(words) < 2:
        return PersonName(tuple(words), suffix=suffix, sex=sex)
    given, middle, patronymic, family = _parts([*words[comma:], *words[:comma]] if comma else words, lexicon, ordered=bool(comma))
    ordered = tuple(word for word in (given, *middle, patronymic, family) if word)
    return PersonName(ordered, given, tuple(middle), patronymic, family, suffix, sex)


def without_titles(text: str, lexicon: Lexicon, title: str | None = None) -> tuple[list[str], str]:
    """The words of a name behind its titles, and the sex that these (or the `title` before it in the text) tell, else ""."""
    words, titles = text.split(), [title.lower()] if title else []
    while len(words) > 1 and (found := _leading_title(words, lexicon)):
        titles.append(" ".join(words[:found]).lower())
        words = words[found:]
    if any(each in lexicon["female_titles"] for each in titles):
        return words, "f"
    return words, "m" if any(each in lexicon["male_titles"] for each in titles) else ""


def _leading_title(words: Sequence[str], lexicon: Lexicon) -> int:
    """How many leading words are a title, with what stands before it (`U.S. President`); 0: none. It is never the whole name."""
    titles = lexicon["titles"]
    for length in (3, 2, 1):
        if len(words) > length and (
            " ".join(words[:length]).lower() in titles or (words[0].lower().rstrip(".") in titles and length == 1)
        ):
            return length
    longest = min(len(words) - 2, 4)
    return next(
        (length for length in range(longest, 1, -1) if words[length - 1].lower() in titles and words[length - 1][0].isupper()), 0
    )


def _without_suffix(words: list[str], lexicon: Lexicon) -> tuple[list[str], str | None]:
    shouted = all(word.isupper() for word in words)
    while (
        len(words) > 2
        and words[-1].isupper()
        and 2 <= len(words[-1]) <= 4
        and not (shouted or is_initial(words[-1]))
        and words[-1].lower() not in lexicon["name_suffixes"]
    ):
        words = words[:-1]
    if len(words) > 1 and (words[-1].lower() in lexicon["name_suffixes"] or _is_numeral(words)):
        kept = words[: -2 if words[-2].lower() == "the" and len(words) > 2 else -1]
        kept[-1] = kept[-1].rstrip(",")
        return kept, words[-1].lower().strip(".")
    return words, None


def _is_numeral(words: Sequence[str]) -> bool:
    """Whether the last word is a ruler's numeral; `V` is one after one name only (`Charles V`), and `X` never."""
    last = words[-1]
    return bool(_NUMERAL.fullmatch(last)) and (len(last) > 1 or last == "I" or (len(words) == 2 and last != "X"))


def _after_comma(words: Sequence[str]) -> int:
    """The number of words before a comma (`Surname, Given`), 0 without one."""
    commas = [index for index, word in enumerate(words) if word.endswith(",")]
    return commas[0] + 1 if len(commas) == 1 and commas[0] + 1 < len(words) else 0


def _glued(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words with particles joined to what they belong to (`van der Bellen`, `Abdul Rahman`, `Ortega y Gasset`)."""
    glued: list[str] = []
    pending: list[str] = []
    words = _without_hyphened_particles(words, lexicon)
    for index, word in enumerate(words):
        if glued and not pending and word in _CONNECTORS and 1 < index < len(words) - 1:
            pending = [glued.pop(), word]
        elif index < len(words) - 1 and _is_particle(word, index, words, lexicon):
            pending.append(word)
        else:
            glued.append(" ".join([*pending, word]))
            pending = []
    return glued + pending


_CONNECTORS = frozenset(("y", "i", "e"))  # between two family names, Spanish, Catalan and Portuguese


def _is_particle(word: str, index: int, words: Sequence[str], lexicon: Lexicon) -> bool:
    lower = word.lower().strip("'.")
    if lower in SERVANTS:
        return len(words) > 2
    if lower not in lexicon["particles"] or is_initial(word):
        return False
    if not index and lexicon.given_names(word):
        return False
    leads = all(each.lower() in lexicon["particles"] for each in words[:-1]) and (len(words) > 2 or lower != "al")
    return bool(index) or word.islower() or leads


def _without_hyphened_particles(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """`al-Assad` and `al Assad` are one; a double-barrelled name stays whole."""
    split: list[str] = []
    for word in words:
        head, dash, tail = word.partition("-")
        is_particle = dash and head.lower() in lexicon["particles"] and len(head) <= 3 and tail
        split.extend([head.lower(), tail] if is_particle else [word])
    return split


Parts = tuple[str | None, list[str], str | None, str | None]


def _parts(words: Sequence[str], lexicon: Lexicon, ordered: bool) -> Parts:
    """Given name, middle names, patronymic, family name."""
    if len(words) == 3 and is_patronymic(words[0]) and lexicon.given_names(words[1]) and fathers(words[0], lexicon):
        words = [words[1], words[0], words[2]]  # `Mikhailovich Oleksiy Chaliy`, as lists have it
    if not ordered and _is_surname_given_patronymic(words, lexicon):
        return words[1], [], words[2], words[0]
    if not ordered and _is_east_asian(words, lexicon):
        return "-".join(words[1:]), [], None, words[0]
    if len(words) > 2 and _is_east_asian([words[-1], *words[:-1]], lexicon):
        return "-".join(words[:-1]), [], None, words[-1]
    if not ordered and _family_first(words, lexicon):
        words = [*words[1:], words[0]]
    given, *inner, family = words
    patronymic = next((word for word in inner if is_patronymic(word)), None)
    return given, [word for word in inner if word != patronymic], patronymic, family


def _is_surname_given_patronymic(words: Sequence[str], lexicon: Lexicon) -> bool:
    if len(words) != 3 or not is_patronymic(words[2]) or is_patronymic(words[1]):
        return False
    return bool(lexicon.given_names(words[1]) and not lexicon.given_names(words[0]) and fathers(words[2], lexicon))


def _is_east_asian(words: Sequence[str], lexicon: Lexicon) -> bool:
    """`Xi Jinping`, `Kim Jong-un`, `Nguyen Phu Trong`: the family name leads."""
    if any(is_initial(word) for word in words):
        return False
    if len(words) == 2 and _EAST_ASIAN_GIVEN.fullmatch(words[1]):
        return True
    rest = words[1:]
    return (
        plain(words[0]) in lexicon["leading_surnames"]
        and all(_EAST_ASIAN.fullmatch(plain(word)) for word in rest)
        and not any(lexicon.given_names(word) for word in rest)
    )


def _family_first(words: Sequence[str], lexicon: Lexicon) -> bool:
    """`Orbán Viktor`, `Gagloev Alan`: a family name by its look, or a Hungarian given name behind."""
    if len(words) != 2 or lexicon.given_names(words[0]) or _surname_shaped(words[1]):
        return False
    given = bool(lexicon.given_names(words[1]))
    return given and (_surname_shaped(words[0]) or words[1].lower() in lexicon["hungarian_given_names"])


def _surname_shaped(word: str) -> bool:
    return bool(re.search("(?:ov|ova|ev|eva|in|ina|ski|ska|skaia|enko|ian|vili|dze|C|son|sen)$", fold(word)))


def is_patronymic(word: str) -> bool:
    """Whether a word has the shape of a patronymic; whether it is one depends on where it stands."""
    return len(word) > 4 and bool(_PATRONYMIC.search(plain(word)))


def plain(word: str) -> str:
    return anyascii(word).lower().replace("'", "")


def patronymic_stem(word: str) -> str:
    """The father's name in a patronymic (`Sergeevich`: `serge`)."""
    return _STEM_END.sub("", plain(word))


def fathers(word: str, lexicon: Lexicon) -> frozenset[int]:
    """The given names that a patronymic may be made of."""
    stem = patronymic_stem(word)
    candidates = (*(stem + end for end in ("", "a", "y", "iy", "ey", "ai", "el", "r", "o")), stem[:-1] + "ya")
    return frozenset().union(*(lexicon.given_names(each) for each in candidates))

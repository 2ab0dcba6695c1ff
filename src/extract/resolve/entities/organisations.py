"""Names of parties, organisations and laws, taken apart into the words that count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.resolve.entities.acronyms import acronym_letters
from extract.resolve.entities.folding import clean
from extract.resolve.entities.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*\.?")
_JOINT = re.compile(r"\s-\s|\s/\s|[^\W\d_]{2,}\s?[/+]\s?[^\W\d_]{2,}")
_SHORT_FORMS = ("ao", "ue", "kb", "ab")  # known before a name however they are written
_PREPOSITIONS = ("in", "on", "at", "to")  # with which a name begins that is not the rest of it (`In Flames`)
_ROMAN = {"I": "1", "V": "5", "X": "10"}  # as the last word


@dataclass(frozen=True, eq=False)
class BodyName:
    """A name of a body taken apart.

    `raw` are its words as written, small words and all, without legal forms; `words` those that count, in one spelling, with
    `Georgian` as `georgia`; `places` those of them that are of places, `regions` the places; `acronym` its letters, if it is one,
    else "".
    `joint`: a coalition (`GERB–SDS`), another thing than its members.
    """

    text: str
    raw: tuple[str, ...]
    words: tuple[str, ...]
    places: frozenset[str]
    numbers: frozenset[str]
    acronym: str
    joint: bool
    generic: bool
    regions: frozenset[str]

    @cached_property
    def count(self) -> Counter[str]:
        """The words that count, with how often each stands."""
        return Counter(self.words)


def parse_body(text: str, lexicon: Lexicon) -> BodyName:
    """The words of a name that count, and what kind of name it is."""
    text = re.sub("^(?:the|The) ", "", clean(text))
    raw = _without_legal_forms(_WORD.findall(text), lexicon)
    words, regions = _content([*raw[:-1], _ROMAN.get(raw[-1].rstrip("."), raw[-1])] if len(raw) > 1 else raw, lexicon)
    numbers = frozenset(word for word in words if word[0].isdigit())
    generic = bool(words) and all(_is_common(word, lexicon) for word in words)
    places = frozenset(word for region in regions for word in region.split())
    acronym = acronym_letters(text)
    return BodyName(text, tuple(raw), tuple(words), places, numbers, acronym, _is_joint(text), generic, frozenset(regions))


def _is_common(word: str, lexicon: Lexicon) -> bool:
    return (
        word in lexicon["generic"]
        or word.removesuffix("s") in lexicon["generic"]
        or word in lexicon["directions"]
        or (len(word) == 1 and word.isalpha())
    )  # `Group G`


def _is_joint(text: str) -> bool:
    if not any(sign in text for sign in "-/+"):
        return False
    parts = text.split("-")
    acronyms = len(parts) > 1 and " " not in text and all(sum(map(str.isupper, part)) >= 2 for part in parts)
    return acronyms or bool(_JOINT.search(text))


def _without_legal_forms(words: list[str], lexicon: Lexicon) -> list[str]:
    """The words without `Ltd`, `OAO`, `Joint Stock Company` at either end, unless nothing else is left."""
    while len(words) > 1:
        lower = tuple(word.lower() for word in words)
        meant = (*lower[:-1], lexicon.translated(words[-1]) or lower[-1])
        if size := _legal_form_behind(lower, lexicon) or _legal_form_behind(meant, lexicon):
            words = words[:-size]
        elif size := _legal_form_before(lower, words[0].isupper(), lexicon):
            words = words[size:]
        else:
            return words
    return words


def _legal_form_behind(words: tuple[str, ...], lexicon: Lexicon) -> int:
    """How many words at the end are a legal form, 0 if none."""
    forms = lexicon.legal_forms_by_last_word.get(words[-1], ())
    return next((len(form) for form in forms if len(form) < len(words) and words[-len(form) :] == form), 0)


def _legal_form_before(words: tuple[str, ...], in_capitals: bool, lexicon: Lexicon) -> int:
    """How many words at the beginning are a legal form, 0 if none; a short one only in capitals (`AO`)."""
    forms = lexicon.legal_forms_by_first_word.get(words[0], ())
    fitting = (form for form in forms if len(form) > 1 or len(form[0]) > 2 or in_capitals or form[0] in _SHORT_FORMS)
    return next((len(form) for form in fitting if len(form) < len(words) and words[: len(form)] == form), 0)


def _content(raw: Sequence[str], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """The words that count, in one form each, and the places among them."""
    words: list[str] = []
    places: list[str] = []
    standard = list(_standard(_without_republic(_with_place_names([each.lower() for each in raw], lexicon)), lexicon))
    for index, word in enumerate(standard):
        tells = (not index and word in _PREPOSITIONS) or (len(word) == 1 and index == len(standard) - 1)
        if word in lexicon["stopwords"] and not (tells and len(standard) > 1):
            continue
        if place := lexicon.places_of_words.get(word):
            places.append(place)
            words.extend(place.split())
        else:
            words.append(lexicon.maps["numbers"].get(word, word))
    return words, places


def _standard(words: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """The words in one spelling each (`electoral`: `election`; `MFA`: three words)."""
    for word in words:
        word = lexicon.maps["same_words"].get(word) or word.removesuffix("'s").replace("'", "").rstrip(".")
        word = lexicon.translated(word) or word
        yield from word.split() if word not in lexicon.places_of_words else [word]


def _with_place_names(words: list[str], lexicon: Lexicon) -> list[str]:
    """`russian federation` becomes `russia`; the longest name wins."""
    result: list[str] = []
    index, usual = 0, lexicon.maps["place_names"]
    while index < len(words):
        for size in range(min(5, len(words) - index), 0, -1) if len(words) > 1 else ():
            phrase = " ".join(words[index : index + size])
            if name := usual.get(phrase) or (phrase if size > 1 and phrase in lexicon.places_of_words else ""):
                result.append(name)
                break
        else:
            size = 1
            result.append(words[index])
        index += size
    return [part for phrase in result for part in ([phrase] if phrase in lexicon.places_of_words else phrase.split())]


def _without_republic(words: list[str]) -> list[str]:
    """`of the Republic of Moldova` is `of Moldova`."""
    dropped = {
        index
        for index in range(1, len(words) - 2 if "republic" in words else 0)
        if words[index] == "republic" and words[index + 1] == "of" and words[index - 1] in ("of", "the", "in")
    }
    return [word for index, word in enumerate(words) if index not in dropped]

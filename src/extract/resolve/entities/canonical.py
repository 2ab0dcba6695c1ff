"""The spelling by which an entity is shown.

A person: given and family name without patronymic, if the corpus has that. A party or organisation: the name in full
that is used most.
A place: the spelling used most. A people: its adjective. Never an acronym where a name in full is known, and never a
slip: among spellings
of one shape the most frequent wins, then the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from anyascii import anyascii

from extract.resolve.entities.acronyms import is_acronym_of
from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.linking import Place
from extract.resolve.entities.organisations import BodyName
from extract.resolve.entities.persons import PersonName, is_initial, without_titles
from extract.resolve.entities.thing_relations import is_acronym_of_members

# How often a form stands in the corpus, and where first.
Counts = Mapping[Form, tuple[int, Place]]


def canonical_form(counts: Counts, comparer: NameComparer, pages: Set[str] = frozenset()) -> Form:
    """The form that stands for all of `counts`, which are spellings of one entity.

    `pages` are the names of the pages to which links on them lead: of two forms as frequent, such a one goes first,
    then the one that an acronym of theirs is made of, then one in English.
    """
    if len(counts) == 1:
        return next(iter(counts))
    kind = next(iter(counts)).kind
    rank = _RANKS.get(kind, _rank_name)
    acronyms = [letters for form in counts if kind == "body" and (letters := comparer.body(form.text).acronym)]

    def order(form: Form) -> tuple[object, ...]:
        count, first = counts[form]
        raw = comparer.body(form.text).raw if acronyms else ()
        explained = any(is_acronym_of(letters, raw, comparer.lexicon) for letters in acronyms)
        told = (form.text not in pages, not explained, not _is_english(form, comparer))
        return (*rank(form, counts, comparer), _is_loud(form, counts), -count, *told, first, form)

    return min(counts, key=order)


def is_shouted(form: Form) -> bool:
    """Whether a name is in capitals that are not an acronym's (`YEREVAN`, `KYRGYZ REPUBLIC`)."""
    if not form.text.isupper() or (form.kind != "event" and any(char.isdigit() for char in form.text)):
        return False
    return " " in form.text or (form.kind in ("place", "people") and bool(_SPOKEN_PLACE.search(form.text)))


def _is_loud(form: Form, counts: Counts) -> bool:
    """Whether a name is in capitals, or one of its words is that is not in another spelling (`SÃO Paulo`)."""
    letters, loud = anyascii(form.text), any(word.isupper() and len(word) > 2 for word in form.text.split())
    others = (anyascii(other.text) for other in counts if loud and other != form)
    return is_shouted(form) or any(other.istitle() and other.casefold() == letters.casefold() for other in others)


_LONG = 5  # letters of a word in capitals that is no acronym
_SPOKEN_PLACE = re.compile("^(?=.*[AEIOUY]).{4,}$")  # a word that can be spoken, and so no acronym


def _is_english(form: Form, comparer: NameComparer) -> bool:
    """Whether a body's name has a word of English that bodies are called by."""
    known = comparer.lexicon["generic"] | comparer.lexicon["institutions"]
    return form.kind == "body" and any(word in known for word in comparer.body(form.text).words)


def _rank_person(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    person, known = comparer.person(form), comparer.lexicon.given_names
    others = [comparer.person(other) for other in counts if other != form]
    if not person.is_full or any(_is_cut(person, other) for other in others):
        return (4 if person.is_bare else 3, 0)
    slip = not known(person.given or "") and any(other.is_full and known(other.given or "") for other in others)
    titled = len(form.text.split()) > len(without_titles(form.text, comparer.lexicon)[0])
    patronymic = any(not is_initial(word) for word in person.words[1:-1])
    return (2 if slip or _has_lost_accents(form, counts) else 1 if titled else 0, patronymic)


def _is_cut(person: PersonName, other: PersonName) -> bool:
    """Whether a name ends where another goes on, or begins after it (`Alan Sergeevich`; `Manini Ríos`, `Guido Manini Ríos`)."""
    words, rest = ("".join(part).replace("-", "") for part in (person.words, other.words[1:]))
    return other.words[:-1] == person.words or words == rest


def _has_lost_accents(form: Form, counts: Counts) -> bool:
    """Whether another spelling has the accents that this one lacks, in the same family name, and this is no more frequent."""
    family = form.text.split()[-1]
    richer = (other for other in counts if anyascii(last := other.text.split()[-1]) == family != last and " " in other.text)
    return form.text.isascii() and any(counts[other][0] >= counts[form][0] for other in richer)


def _rank_name(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    """Names in full before their short forms, those before acronyms."""
    name, others = comparer.body(form.text), [comparer.body(other.text) for other in counts]
    if name.acronym:
        return (3 if any(not other.acronym for other in others) else 0,)
    if any(is_acronym_of_members(other.acronym, name) for other in others):
        return (4,)
    nickname = form.text.lower() in comparer.lexicon.maps["body_names"] or len(form.text) == 1
    return (2 if nickname else 1 if any(_shortens(form, other, counts, comparer) for other in counts) else 0,)


_SCHOOLS = {"university", "college"}  # which are called by their towns
_OFTENER = 3  # times as often, and a name is the one in full, though another one says whose it is
_FAR = 5  # times as often, and a name of a river or a body is not lengthened


def _shortens(form: Form, other: Form, counts: Counts, comparer: NameComparer) -> bool:
    """Whether a form is short for another one of the entity, by more than a word like `Party`."""
    if form == other:
        return False
    short, full = comparer.body(form.text), comparer.body(other.text)
    if len(short.words) > 1 and counts[form][0] >= _OFTENER * counts[other][0] and _is_whole(short, full):
        return False
    if short.generic and {*map(_singular, short.words)} < {*map(_singular, full.words)}:
        return True
    relation = comparer.compare(form, other)
    if relation is None or relation.verdict == "apart" or relation.short != "a" or relation.link == "acronym":
        return False
    extra = set(full.count - short.count)
    return short.generic or not extra <= comparer.lexicon["type_words"] or bool(extra & _SCHOOLS)


def _is_whole(name: BodyName, other: BodyName) -> bool:
    """Whether a name is one in full, and another one with more words says besides whose or what it is."""
    return not name.generic or {*other.words} - {*name.words} <= other.places


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _rank_place(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    if not comparer.is_complete(form):
        return (3,)
    if comparer.body(form.text).acronym and any(not comparer.body(other.text).acronym for other in counts):
        return (2,)
    return (any(_is_longer_form(form, other, counts, comparer) for other in counts),)


def _is_longer_form(form: Form, other: Form, counts: Counts, comparer: NameComparer) -> bool:
    """Whether a form is the official name of another one and no more frequent, or short for the whole name of a river."""
    relation = comparer.compare(form, other)
    if relation is None or not comparer.is_complete(other):
        return False
    if {"without river or island", "a place and its river", "state and area"} & {*relation.signs}:
        return len(form.text) < len(other.text) and counts[form][0] < _FAR * counts[other][0]
    return relation.link == "short_form" and relation.short == "b" and counts[form][0] <= counts[other][0]


def _rank_people(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    return (form.text.lower().endswith("s") and not form.text.lower().endswith("ss"),)


_RANKS = {"person": _rank_person, "place": _rank_place, "people": _rank_people}


def shown_name(form: Form, text: str, comparer: NameComparer) -> str:
    """The canonical form as the documents write it (`text`); for a people its adjective, even if they have the plural only."""
    if is_shouted(form) and form.text.lower() not in comparer.lexicon.maps["place_names"]:
        text = " ".join(_spoken(word, form.kind, comparer) for word in text.split())
    if form.kind == "person":
        return text if "," in text else " ".join(without_titles(text, comparer.lexicon)[0])
    return _adjective(text, comparer) if form.kind == "people" else text


def _spoken(word: str, kind: str, comparer: NameComparer) -> str:
    """A word of a headline in capitals as running text has it; acronyms and particles of a letter or two are left to guess."""
    lexicon = comparer.lexicon
    lower = word.lower()
    common = lexicon["event_words"] | lexicon["election_kinds"] if kind == "event" else frozenset()
    if lower in lexicon["stopwords"] or lower.rpartition("-")[2] in common:
        return lower
    known = (
        (kind in ("place", "people", "event") and bool(_SPOKEN_PLACE.search(word)))
        or (kind == "person" and len(word) > 2)
        or lower in lexicon["generic"]
        or lower in lexicon["official_prefixes"]
        or lower in lexicon.places_of_words
    )
    is_acronym = "/" in word or lower in lexicon.maps["body_names"] or (len(word) < _LONG and not known)
    return word if is_acronym and not comparer.lexicon.given_names(word) else "-".join(map(str.capitalize, word.split("-")))


def _adjective(text: str, comparer: NameComparer) -> str:
    """`Ossetian` for `Ossetians`, `Turkish` for `Turks`."""
    if adjective := comparer.lexicon.adjectives.get(text.lower()):
        return adjective.capitalize()
    if not text.endswith("s") or text.endswith(("ss", "philes", "phobes")) or len(text) <= _LONG:
        return text
    return text[:-3] + "y" if text.endswith("ies") else text[:-1]

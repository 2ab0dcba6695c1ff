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
from extract.resolve.entities.persons import PersonName, without_titles
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

    explained = _explained(counts, comparer)

    def order(form: Form) -> tuple[object, ...]:
        count, first = counts[form]
        told = (form.text not in pages, form not in explained, not _is_english(form, comparer))
        return (*rank(form, counts, comparer), is_shouted(form) or _is_partly_shouted(form, counts), -count, *told, first, form)

    return min(counts, key=order)


def _explained(counts: Counts, comparer: NameComparer) -> Set[Form]:
    """The forms whose initials another form is (`Janatha Vimukthi Peramuna`: `JVP`)."""
    letters = {name.acronym for form in counts if form.kind == "body" and (name := comparer.body(form.text)).acronym}
    names = {form: comparer.body(form.text).raw for form in counts} if letters else {}
    return {form for form, raw in names.items() if any(is_acronym_of(each, raw, comparer.lexicon) for each in letters)}


def is_shouted(form: Form) -> bool:
    """Whether a name is in capitals that are not an acronym's (`YEREVAN`, `KYRGYZ REPUBLIC`)."""
    if not form.text.isupper() or (form.kind != "event" and any(char.isdigit() for char in form.text)):
        return False
    return " " in form.text or (form.kind in ("place", "people") and bool(_SPOKEN_PLACE.search(form.text)))


def _is_partly_shouted(form: Form, counts: Counts) -> bool:
    """Whether a word of a place or person is in capitals that another spelling does not have (`SÃO Paulo`)."""
    if form.kind not in ("place", "person") or not any(word.isupper() and len(word) > 2 for word in form.text.split()):
        return False
    letters = anyascii(form.text).casefold()
    regular = (other.text for other in counts if not any(word.isupper() and len(word) > 2 for word in other.text.split()))
    return any(anyascii(text).casefold() == letters for text in regular)


_LONG = 5  # letters of a word in capitals that is no acronym


_SPOKEN_PLACE = re.compile("^(?=.*[AEIOUY]).{4,}$")  # a word that can be spoken, and so no acronym


def _is_english(form: Form, comparer: NameComparer) -> bool:
    """Whether a body's name has a word of English that bodies are called by."""
    if form.kind != "body":
        return False
    words, lists = comparer.body(form.text).words, comparer.lexicon
    return any(word in lists["generic"] or word in lists["institutions"] for word in words)


def _rank_person(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    person = comparer.person(form)
    if not person.is_full or _lacks_family_name(person, counts, comparer):
        return (4 if person.is_bare else 3, 0)
    bare_of_accents = _has_lost_accents(form, counts)
    slip = not comparer.lexicon.given_names(person.given or "") and _has_known_given_name(counts, comparer)
    if _lacks_given_name(person, counts, comparer):
        return (3, 0)
    extra = len(person.words) - 2 - (1 if person.patronymic else 0)
    titled = len(form.text.split()) > len(without_titles(form.text, comparer.lexicon)[0])
    return (2 if bare_of_accents or slip else 1 if titled else 0, 0 if len(person.words) == 2 else 1 + max(extra, 0))


def _lacks_family_name(person: PersonName, counts: Counts, comparer: NameComparer) -> bool:
    """Whether another spelling goes on where this one ends (`Alan Sergeevich`, `Alan Sergeevich Tadtaev`)."""
    return any(comparer.person(other).words[:-1] == person.words for other in counts)


def _lacks_given_name(person: PersonName, counts: Counts, comparer: NameComparer) -> bool:
    """Whether another spelling begins before this one (`Manini Ríos`, `Guido Manini Ríos`)."""
    words = "".join(person.words).replace("-", "")
    return any("".join(comparer.person(other).words[1:]).replace("-", "") == words for other in counts)


def _has_known_given_name(counts: Counts, comparer: NameComparer) -> bool:
    people = [comparer.person(form) for form in counts]
    return any(person.is_full and comparer.lexicon.given_names(person.given or "") for person in people)


def _has_lost_accents(form: Form, counts: Counts) -> bool:
    """Whether another spelling has the accents that this one lacks, in the same family name, and this is no more frequent."""
    if not form.text.isascii():
        return False
    family = form.text.split()[-1]
    richer = [
        other for other in counts if (last := other.text.split()[-1]) != family and anyascii(last) == family and " " in other.text
    ]
    return any(counts[other][0] >= counts[form][0] for other in richer)


def _rank_name(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    """Names in full before their short forms, those before acronyms."""
    if comparer.body(form.text).acronym:
        return (3,) if any(not comparer.body(other.text).acronym for other in counts) else (0,)
    name = comparer.body(form.text)
    if len(form.text) == 1:
        return (3,)
    if any(is_acronym_of_members(comparer.body(other.text).acronym, name) for other in counts):
        return (4,)
    nickname = form.text.lower() in comparer.lexicon.body_names
    return (2 if nickname else 1 if any(_shortens(form, other, counts, comparer) for other in counts) else 0,)


def _shortens(form: Form, other: Form, counts: Counts, comparer: NameComparer) -> bool:
    """Whether a form is short for another one of the entity, by more than a word like `Party`."""
    if form == other:
        return False
    if _singular(form, comparer) < _singular(other, comparer) and comparer.body(form.text).generic:
        return True
    relation = comparer.compare(form, other)
    if relation is None or relation.verdict == "apart" or relation.short != "a" or relation.link == "acronym":
        return False
    extra = comparer.body(other.text).count - comparer.body(form.text).count
    return comparer.body(form.text).generic or not all(word in comparer.lexicon["type_words"] for word in extra)


def _singular(form: Form, comparer: NameComparer) -> set[str]:
    return {word.removesuffix("s") for word in comparer.body(form.text).words}


def _rank_place(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    full = any(not comparer.body(other.text).acronym for other in counts)
    if not comparer.is_complete(form):
        return (3,)
    longer = any(_is_longer_form(form, other, counts, comparer) for other in counts)
    return (2 if comparer.body(form.text).acronym and full else 1 if longer else 0,)


def _is_longer_form(form: Form, other: Form, counts: Counts, comparer: NameComparer) -> bool:
    """Whether a form is the official name of another one and no more frequent, or short for the whole name of a river."""
    relation = comparer.compare(form, other)
    if relation is None or relation.link != "short_form" or not comparer.is_complete(other):
        return False
    if "without river or island" in relation.signs:
        return relation.short == "a" and counts[form][0] < _FAR * counts[other][0]
    return relation.short == "b" and counts[form][0] <= counts[other][0]


_FAR = 5  # times as often, and a river is called by its short name


def _rank_people(form: Form, counts: Counts, comparer: NameComparer) -> tuple[int, ...]:
    word = form.text.lower()
    return (1 if word.endswith("s") and not word.endswith("ss") else 0,)


_RANKS = {"person": _rank_person, "place": _rank_place, "people": _rank_people}


def shown_name(form: Form, text: str, comparer: NameComparer) -> str:
    """The canonical form as the documents write it (`text`); for a people its adjective, even if they have the plural only."""
    if is_shouted(form) and form.text.lower() not in comparer.lexicon.place_names:
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
    is_acronym = "/" in word or lower in lexicon.body_names or (len(word) < _LONG and not known)
    return word if is_acronym and not comparer.lexicon.given_names(word) else "-".join(map(str.capitalize, word.split("-")))


def _adjective(text: str, comparer: NameComparer) -> str:
    """`Ossetian` for `Ossetians`, `Turkish` for `Turks`."""
    if adjective := comparer.lexicon.adjectives.get(text.lower()):
        return adjective.capitalize()
    if not text.endswith("s") or text.endswith(("ss", "philes", "phobes")) or len(text) <= _LONG:
        return text
    return text[:-3] + "y" if text.endswith("ies") else text[:-1]

"""Are two names of people one person? Short forms, patronymics, initials, particles, orders of words."""

from __future__ import annotations

import re

from extract.resolve.entities.arabic import SERVANTS, solid, sound_alike
from extract.resolve.entities.folding import fold, keys
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.persons import PersonName, fathers, is_initial, is_patronymic, patronymic_stem, plain
from extract.resolve.entities.relation import Link, Relation, Side, apart, likely, part, same
from extract.resolve.entities.spelling import SAME_WORD, WordMatch, differ_in_sex, edit_cost, match_words, shows_slavic

_GENERATIONS = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))


def compare_persons(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """What two names of people are to each other; None where they have nothing to do with each other."""
    if conflict := _outer_conflict(a, b):
        return conflict
    if not a.words or not b.words:
        return None
    if a.is_bare or b.is_bare:
        return _compare_bare(a, b, lexicon)
    return _compare_full(a, b, lexicon)


def _outer_conflict(a: PersonName, b: PersonName) -> Relation | None:
    if a.sex and b.sex and a.sex != b.sex:
        return apart("a man's title and a woman's")
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return apart(f"{a.suffix} and {b.suffix}")
    return None


def _compare_bare(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """One of the names is a single word: is it the family name, or the given name, of the other?"""
    if a.is_bare and b.is_bare:
        return _compare_rulers(a, b, lexicon) or _compare_two_bare(a.words[0], b.words[0], lexicon)
    if b.is_bare:
        relation = _compare_bare(b, a, lexicon)
        return relation.turned() if relation else None
    word, family, given = a.words[0], b.family or "", b.given or ""
    if a.suffix != b.suffix and (a.numeral or b.numeral):
        return None
    if differ_in_sex(word, family):
        return None
    if match := _match_family(word, family, 0.9, lexicon, origin(a, b, lexicon)):
        return part(_bare_link(match), _why(match, f"family name of {' '.join(b.words)}"), "family name", "a", match.cost)
    if ("-" in word or " " in word) and _is_tail(a, b):
        return part("short_form", f"the last names of {' '.join(b.words)}", "last names", "a")
    if " " in word and keys(solid(word)) & keys(solid("".join(b.words[:2]))):
        return part("short_form", f"the first names of {' '.join(b.words)}", "first names", "a", local=True)
    if match := match_words(word, given, lexicon, 0.5) or _match_last_given(word, given, lexicon):
        return part(
            _bare_link(match), _why(match, f"given name of {' '.join(b.words)}"), "given name", "a", match.cost, local=True
        )
    if any(keys(solid(word)) & keys(solid(other)) for other in b.middle):
        return part("short_form", f"one of the family names of {' '.join(b.words)}", "a middle name", "a", local=True)
    return None


def _match_last_given(word: str, given: str, lexicon: Lexicon) -> WordMatch | None:
    """`Trong` for `Nguyen Phu Trong`."""
    return match_words(word, given.split("-")[-1], lexicon, 0.5) if "-" in given else None


def _is_tail(short: PersonName, full: PersonName) -> bool:
    """Whether a name is what a longer one ends in, however it is divided (`Atta-Mills`, `John Atta Mills`)."""
    wanted = keys(solid("".join(short.words)))
    return any(wanted & keys(solid("".join(full.words[-count:]))) for count in range(1, len(full.words)))


def _compare_rulers(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """`Hassan` for `Hassan II`."""
    if bool(a.numeral) == bool(b.numeral) or not match_words(a.words[0], b.words[0], lexicon, 0.5):
        return None
    return part("short_form", f"without the numeral {a.suffix or b.suffix}", "without numeral", "b" if a.numeral else "a")


def _compare_two_bare(a: str, b: str, lexicon: Lexicon) -> Relation | None:
    if differ_in_sex(a, b):
        return apart("a man's and a woman's family name")
    match = _match_family(a, b, 0.9, lexicon)
    return same(match.how, _why(match, "same name"), "bare names", match.cost) if match else None


def _bare_link(match: WordMatch) -> Link:
    return "short_form" if match.how == "same" else match.how


def _why(match: WordMatch, otherwise: str) -> str:
    return otherwise if match is SAME_WORD else match.reason


def _match_family(a: str, b: str, slack: float, lexicon: Lexicon, writing: str = "") -> WordMatch | None:
    """Whether two family names are one; particles and a part of a double-barrelled name do not count.

    `writing`: what `origin` says of the whole names.
    """
    if _are_two_names(a, b, lexicon) or (not writing and lexicon.are_two_family_names(a, b)):
        return None
    slavic = writing == "slavic"
    if match := match_words(solid(a), solid(b), lexicon, slack, slavic):
        return match
    if {word.split()[0].lower() for word in (a, b)} & SERVANTS:
        return None
    tail, other = a.split()[-1], b.split()[-1]
    if {a, b} != {tail, other} and (match := match_words(tail, other, lexicon, slack * 0.5, slavic)):
        return WordMatch(0.1 + match.cost, match.how, f"{a} and {b} but for the particle")
    if _before_connector(a) != a or _before_connector(b) != b:
        return match_words(_before_connector(a), _before_connector(b), lexicon, slack * 0.5, slavic)
    if writing == "arabic" and sound_alike(tail, other):
        return WordMatch(0.3, "spelling", f"{a} and {b} are one Arabic name")
    return None


def origin(a: PersonName, b: PersonName, lexicon: Lexicon) -> str:
    """From which writing two names come, by their given names, particles, patronymics and endings: `arabic`, `slavic` or ""."""
    if _is_arabic(a, lexicon) or _is_arabic(b, lexicon):
        return "arabic"
    return "slavic" if _is_slavic(a, lexicon) or _is_slavic(b, lexicon) else ""


def _is_slavic(name: PersonName, lexicon: Lexicon) -> bool:
    """Whether a name has a patronymic, an East Slavic given name, or a family name that ends like theirs."""
    given, family = name.given or "", name.family or name.words[-1]
    return bool(name.patronymic) or lexicon.is_slavic(given) or shows_slavic(family)


def _are_two_names(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether two family names are given names too, and different ones (`Said`, `Saad`)."""
    first, second = lexicon.given_names(a), lexicon.given_names(b)
    return bool(first and second) and not first & second and not keys(a) & keys(b)


def _before_connector(name: str) -> str:
    """The first of two family names (`Puigdemont i Casamajó`)."""
    return re.split(" (?:i|y|e) ", name)[0]


def _match_given(a: str, b: str, lexicon: Lexicon, writing: str = "") -> WordMatch | None:
    """Whether two given names are one: by spelling, by the list of given names, or as an initial."""
    if is_initial(a) or is_initial(b):
        return WordMatch(0.3, "same", f"{a} and {b}: initial") if _same_initial(a, b, lexicon) else None
    if keys(solid(a)) & keys(solid(b)):
        return SAME_WORD if a.casefold() == b.casefold() else WordMatch(0.05, "spelling", f"{a} and {b} are written alike")
    first, second = lexicon.given_names(a), lexicon.given_names(b)
    if first & second:
        return WordMatch(0.1, "spelling", f"{a} and {b} are forms of one given name")
    if first and second:
        return None
    if writing == "arabic" and sound_alike(a, b):
        return WordMatch(0.3, "spelling", f"{a} and {b} are one Arabic name")
    if _sexes_differ(fold(solid(a)), fold(solid(b))):
        return None
    return match_words(solid(a), solid(b), lexicon, 0.7, writing == "slavic")


def _sexes_differ(a: str, b: str) -> bool:
    """Whether two given names are the man's and the woman's form (`Robert`, `Roberta`; `Mario`, `Maria`)."""
    short, long = sorted((a, b), key=len)
    return long == short + "a" or (a[:-1] == b[:-1] and {a[-1:], b[-1:]} == {"a", "o"})


def _same_initial(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether an initial may stand for a name, or for a patronymic: for any form of it (`G.`, `Hennadiyovych`)."""
    short, full = (a, b) if is_initial(a) else (b, a)
    letter = plain(short)[:1]
    if plain(full)[:1] == letter or is_initial(full):
        return plain(full)[:1] == letter
    names = lexicon.given_names(full) | (fathers(full, lexicon) if is_patronymic(full) else frozenset())
    return any(names & numbers for key, numbers in lexicon.given.items() if key[0].lower() == letter)


def _compare_full(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """Both names have at least two words."""
    if a.suffix == b.suffix and _divided_differently(a, b):
        return same("spelling", f"{' '.join(a.words)} and {' '.join(b.words)} differ in blanks and dashes", "divided differently")
    if part := _given_names_only(a, b) or _described(a, b, lexicon) or _family_names_only(a, b):
        return part
    straight = _aligned(a, b, lexicon)
    if straight and straight.verdict != "apart":
        return straight
    if turned := _turned(a, b, lexicon):
        return turned
    return straight


def _divided_differently(a: PersonName, b: PersonName) -> bool:
    """Whether two names are the same letters, with other blanks and dashes (`Jean Claude`, `Jean-Claude`)."""
    first, second = "".join(a.words), "".join(b.words)
    if len(a.words) == len(b.words) and "-" not in first + second:
        return False
    return bool(keys(solid(first)) & keys(solid(second)))


def _given_names_only(a: PersonName, b: PersonName) -> Relation | None:
    """`Pierre Charles`, `Alan Sergeevich`, `Pedro Sánchez`: all of a longer name but its last family name."""
    for short, full, side in _both_ways(a, b):
        if len(short.words) == len(full.words) - 1 and full.words[:-1] == short.words:
            return part("short_form", f"{' '.join(full.words)} without the family name", "without family name", side)
    return None


def _both_ways(a: PersonName, b: PersonName) -> tuple[tuple[PersonName, PersonName, Side], ...]:
    return (a, b, "a"), (b, a, "b")


def _family_names_only(a: PersonName, b: PersonName) -> Relation | None:
    """`Tayyip Erdogan`, `Lula da Silva`: what a longer name ends in; good enough inside a document, too little between two."""
    for short, full, side in _both_ways(a, b):
        if short.is_full and not full.patronymic and _is_tail(short, full):
            return part("short_form", f"{' '.join(full.words)} by the last names", "last names", side, local=True)
    return None


def _described(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """A full name that a finder caught with what the person is (`Washington State University Simon Ličen`)."""
    for short, full, side in _both_ways(a, b):
        extra = full.words[: -len(short.words)]
        words = [word.lower() for phrase in extra for word in phrase.split()]
        about = any(
            word in lexicon["institutions"] or word in lexicon["titles"] or word in lexicon.places_of_words for word in words
        )
        about = about or (len(extra) == 1 and not lexicon.given_names(extra[0]) and bool(lexicon.given_names(short.words[0])))
        if short.is_full and about and full.words[-len(short.words) :] == short.words:
            return part("short_form", f"{' '.join(full.words)} without {' '.join(extra)}", "described", side)
    return None


def _aligned(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    assert a.family and b.family and a.given and b.given
    in_sex = differ_in_sex(a.family, b.family)
    writing = origin(a, b, lexicon)
    family = None if in_sex else _match_family(a.family, b.family, 0.95, lexicon, writing)
    given = _match_given(a.given, b.given, lexicon, writing)
    if family and given:
        return _with_middle(a, b, family, given, lexicon)
    if family:
        return _near_given(a, b, family, lexicon) or apart(f"{a.given} and {b.given} are two given names")
    if given and given.cost < 0.3:
        return _near_family(a, b, in_sex, lexicon)
    return None if not given else apart(f"{a.family} and {b.family} are two family names")


def _is_arabic(name: PersonName, lexicon: Lexicon) -> bool:
    """Whether a name has an Arabic particle or given name."""
    words = [word.lower() for part in name.words for word in part.split()]
    return any(word in _ARABIC_PARTICLES or lexicon.is_arabic(word) for word in words)


_ARABIC_PARTICLES = SERVANTS | {"al", "el", "bin", "ibn", "bint", "abu"}


def _with_middle(a: PersonName, b: PersonName, family: WordMatch, given: WordMatch, lexicon: Lexicon) -> Relation:
    """Family and given name agree: do patronymics and middle names contradict?"""
    if {a.suffix, b.suffix} & _GENERATIONS and a.suffix != b.suffix:
        return likely(f"one is {a.suffix or b.suffix}", "a generation")
    if a.patronymic and b.patronymic and not _same_patronymic(a.patronymic, b.patronymic, lexicon):
        return apart(f"{a.patronymic} and {b.patronymic} are two patronymics")
    inner_a, inner_b = _inner(a), _inner(b)
    if _contradict(a, b, lexicon):
        return apart(f"{' '.join(inner_a)} and {' '.join(inner_b)} are two middle names")
    worst = max((family, given), key=lambda match: match.cost)
    if family.cost + given.cost > 1.5 or (family.how == given.how == "typo"):
        return likely(f"{family.reason}; {given.reason}", "two slips")
    if worst.how == "typo" and bool(inner_a) != bool(inner_b):
        return likely(f"{worst.reason}; one has a middle name", "a slip and a middle name")
    if bool(inner_a) == bool(inner_b) or worst.how != "same":
        two = worst.cost >= _MORE_THAN_ROMANISATION and bool(a.middle) != bool(b.middle)  # `Mohammad Arif`, `Mohammad Reza Aref`
        return same(worst.how, _why(worst, "same name"), "given and family name", worst.cost, local=two)
    longer = a if inner_a else b
    link: Link = "patronymic" if longer.patronymic else "short_form"
    what = "patronymic" if longer.patronymic else "middle name"
    reason = f"the same without the {what} {' '.join(_inner(longer))}"
    return part(link, reason, f"without {what}", "b" if inner_a else "a", worst.cost, local=len(longer.middle) > 1)


_MORE_THAN_ROMANISATION = 0.3


def _inner(name: PersonName) -> tuple[str, ...]:
    return tuple(word for word in (*name.middle, name.patronymic) if word)


def _contradict(a: PersonName, b: PersonName, lexicon: Lexicon) -> bool:
    """Whether each has a middle name that the other lacks (an initial stands for any name that begins with it)."""
    initials = a.middle and b.middle and (is_initial(a.middle[0]) or is_initial(b.middle[0]))
    if initials and not (a.patronymic or b.patronymic) and not _same_inner(a.middle[0], b.middle[0], lexicon):
        return True
    rest_a = [word for word in a.middle if not any(_same_inner(word, other, lexicon) for other in _inner(b))]
    rest_b = [word for word in b.middle if not any(_same_inner(word, other, lexicon) for other in _inner(a))]
    if a.patronymic and b.middle and not b.patronymic:
        return bool(rest_b)
    if b.patronymic and a.middle and not a.patronymic:
        return bool(rest_a)
    return bool(rest_a and rest_b)


def _same_inner(a: str, b: str, lexicon: Lexicon) -> bool:
    return _match_given(a, b, lexicon) is not None


def _same_patronymic(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether two patronymics name one father (`Valerievich`, `Valeryevich`; `Volodymyrovych`, `Vladimirovich`)."""
    first, second = patronymic_stem(a), patronymic_stem(b)
    if keys(first) & keys(second) or fathers(a, lexicon) & fathers(b, lexicon):
        return True
    if fathers(a, lexicon) and fathers(b, lexicon):
        return edit_cost(fold(first), fold(second)) <= _ONE_SOUND
    return match_words(first, second, lexicon, slavic=True) is not None


_ONE_SOUND = 0.5  # the edit of one letter into one that romanisations confuse with it (`Akhmadovich`, `Akhmatovich`)


def _near_given(a: PersonName, b: PersonName, family: WordMatch, lexicon: Lexicon) -> Relation | None:
    """Given names one slip apart, of which one is a known name and the other none, under one family name (`Bogdat`, `Bogdan`)."""
    assert a.given and b.given
    if is_initial(a.given) or is_initial(b.given):
        return None
    if _contradict(a, b, lexicon):
        return None
    known = bool(lexicon.given_names(a.given)) + bool(lexicon.given_names(b.given))
    first, second = fold(solid(a.given)), fold(solid(b.given))
    if known == 2 or min(len(first), len(second)) < 4 or edit_cost(first, second) > 1.0 or _sexes_differ(first, second):
        return None
    if known == 1 and family.cost <= 0.05 and len(first) == len(second) >= 5 and first[0] == second[0]:
        return same("typo", f"{a.given} and {b.given}: one slip, and only one of them is a name", "a slip in a given name", 1.0)
    return likely(f"{a.given} and {b.given} are one letter apart", "given names a letter apart")


def _near_family(a: PersonName, b: PersonName, in_sex: bool, lexicon: Lexicon) -> Relation:
    """The given name agrees and the family name does not: two people, or (near endings) a question."""
    assert a.family and b.family
    if in_sex:
        return apart(f"{a.family} and {b.family} are a man's and a woman's family name")
    reason = f"{a.family} and {b.family} are two family names"
    if a.patronymic and b.patronymic and not _same_patronymic(a.patronymic, b.patronymic, lexicon):
        return apart(reason)
    if _share_stem(fold(solid(a.family)), fold(solid(b.family))) and not _contradict(a, b, lexicon):
        return likely(f"{reason}, of one stem perhaps", "one stem")
    return apart(reason)


def _share_stem(a: str, b: str) -> bool:
    """Whether two family names begin and go on alike (`huzbeZti`, `hubezov`): a transliteration gone wrong, perhaps."""
    if a[:2] != b[:2] or min(len(a), len(b)) < 5:
        return False
    if edit_cost(a, b) <= 2.0:
        return True
    stems = [re.sub("(?:ti|te|ta|ov|ev|ova|eva)$", "", name.lower()) for name in (a, b)]
    return stems != [a.lower(), b.lower()] and edit_cost(*stems) <= 1.0


def _turned(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """The same words in another order (`Mustafa Isa`, `Isa Mustafa`)."""
    if len(a.words) != len(b.words) or not 2 <= len(a.words) <= 3:
        return None
    mine, other = [frozenset(keys(solid(word))) for word in a.words], [frozenset(keys(solid(word))) for word in b.words]
    if all(any(word & each for each in other) for word in mine) and all(any(word & each for each in mine) for word in other):
        two = all(lexicon.given_names(word) for word in a.words)  # in two documents they may be two people
        return same("spelling", "the same words in another order", "another order", local=two)
    return None

"""Are two names of people one person? Short forms, patronymics, initials, particles, orders of words."""

from __future__ import annotations

import re

from extract.resolve.entities.arabic import SERVANTS, solid, sound_alike
from extract.resolve.entities.folding import fold, keys
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.persons import PersonName, fathers, is_initial, is_patronymic, patronymic_stem, plain
from extract.resolve.entities.relation import Link, Relation, Side, apart, likely, part, same
from extract.resolve.entities.spelling import SAME_WORD, WordMatch, differ_in_sex, edit_cost, match_words, shows_slavic

_GENERATIONS = frozenset(("jr", "sr", "junior", "senior", "elder", "younger", "i", "ii", "iii", "iv"))


def compare_persons(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """What two names of people are to each other; None where they have nothing to do with each other."""
    if a.sex and b.sex and a.sex != b.sex:
        return apart("a man's title and a woman's")
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return apart(f"{a.suffix} and {b.suffix}")
    if a.is_bare and b.is_bare:
        return _two_bare(a, b, lexicon)
    for short, full, side in _both_ways(a, b):
        if short.is_bare:
            found = _bare(short, full, lexicon)
            return found._replace(short=side) if found else None
    return _cut(a, b) or _full(a, b, lexicon)


def _both_ways(a: PersonName, b: PersonName) -> tuple[tuple[PersonName, PersonName, Side], ...]:
    return (a, b, "a"), (b, a, "b")


def origin(a: PersonName, b: PersonName, lexicon: Lexicon) -> str:
    """From which writing two names come, by their given names, particles, patronymics and endings: `arabic`, `slavic` or ""."""
    if any(_is_arabic(name, lexicon) for name in (a, b)):
        return "arabic"
    return "slavic" if any(_is_slavic(name, lexicon) for name in (a, b)) else ""


_ARABIC_PARTICLES = SERVANTS | {"al", "el", "bin", "ibn", "bint", "abu"}


def _is_arabic(name: PersonName, lexicon: Lexicon) -> bool:
    words = (word.lower() for part in name.words for word in part.split())
    return any(word in _ARABIC_PARTICLES or lexicon.is_arabic(word) for word in words)


def _is_slavic(name: PersonName, lexicon: Lexicon) -> bool:
    return bool(name.patronymic) or lexicon.is_slavic(name.given or "") or shows_slavic(name.family or name.words[-1])


# A single word: whose family name, or given name, is it?


def _two_bare(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    word, other = a.words[0], b.words[0]
    if bool(a.numeral) != bool(b.numeral) and match_words(word, other, lexicon, 0.5):  # `Hassan`, `Hassan II`
        return part("short_form", f"without the numeral {a.suffix or b.suffix}", "without numeral", "b" if a.numeral else "a")
    if differ_in_sex(word, other):
        return apart("a man's and a woman's family name")
    match = _match_family(word, other, 0.9, lexicon)
    return same(match.how, _why(match, "same name"), "bare names", match.cost) if match else None


def _bare(short: PersonName, full: PersonName, lexicon: Lexicon) -> Relation | None:
    word, family, given = short.words[0], full.family or "", full.given or ""
    if (short.suffix != full.suffix and (short.numeral or full.numeral)) or differ_in_sex(word, family):
        return None
    name = " ".join(full.words)
    if match := _match_family(word, family, 0.9, lexicon, origin(short, full, lexicon)):
        return part(_bare_link(match), _why(match, f"family name of {name}"), "family name", "a", match.cost)
    if ("-" in word or " " in word) and _is_tail(short, full):
        return part("short_form", f"the last names of {name}", "last names", "a")
    if " " in word and keys(solid(word)) & keys(solid("".join(full.words[:2]))):
        return part("short_form", f"the first names of {name}", "first names", "a", local=True)
    last = given.split("-")[-1]  # `Trong` for `Nguyen Phu Trong`
    if match := match_words(word, given, lexicon, 0.5) or (last != given and match_words(word, last, lexicon, 0.5)) or None:
        return part(_bare_link(match), _why(match, f"given name of {name}"), "given name", "a", match.cost, local=True)
    if any(keys(solid(word)) & keys(solid(other)) for other in full.middle):
        return part("short_form", f"one of the family names of {name}", "a middle name", "a", local=True)
    return None


def are_chancy(a: PersonName, b: PersonName, relation: Relation, lexicon: Lexicon) -> bool:
    """Whether two names that are one person's in a document may be two people's elsewhere, whose family name many have.

    They are if one has a middle name (`John Adams`, `John Quincy Adams`), or the family names are written with other letters and
    nothing says that they are romanised (`Sam Shepard`, `Sam Sheppard`).
    """
    first, second = plain(a.family or ""), plain(b.family or "")
    in_letters = first != second and ((a.family or "") + (b.family or "")).isascii() and not origin(a, b, lexicon)
    return in_letters or ("without middle name" in relation.signs and bool({first, second} & lexicon.family_names))


def _is_tail(short: PersonName, full: PersonName) -> bool:
    """Whether a name is what a longer one ends in, however it is divided (`Atta-Mills`, `John Atta Mills`)."""
    wanted = keys(solid("".join(short.words)))
    return any(wanted & keys(solid("".join(full.words[-count:]))) for count in range(1, len(full.words)))


def _bare_link(match: WordMatch) -> Link:
    return "short_form" if match.how == "same" else match.how


def _why(match: WordMatch, otherwise: str) -> str:
    return otherwise if match is SAME_WORD else match.reason


# Family and given names.


def _match_family(a: str, b: str, slack: float, lexicon: Lexicon, writing: str = "") -> WordMatch | None:
    """Whether two family names are one; particles and a part of a double-barrelled name do not count.

    `writing`: what `origin` says of the whole names.
    """
    if not writing and lexicon.are_two_family_names(a, b):
        return None
    slavic = writing == "slavic"
    if match := match_words(solid(a), solid(b), lexicon, slack, slavic):
        return match
    if {word.split()[0].lower() for word in (a, b)} & SERVANTS:
        return None
    tail, other = a.split()[-1], b.split()[-1]
    if {a, b} != {tail, other} and (match := match_words(tail, other, lexicon, slack * 0.5, slavic)):
        return WordMatch(0.1 + match.cost, match.how, f"{a} and {b} but for the particle")
    first, second = (re.split(" (?:i|y|e) ", name)[0] for name in (a, b))  # `Puigdemont i Casamajó`
    if (first, second) != (a, b):
        return match_words(first, second, lexicon, slack * 0.5, slavic)
    if writing == "arabic" and sound_alike(tail, other):
        return WordMatch(0.3, "spelling", f"{a} and {b} are one Arabic name")
    return None


def _match_given(a: str, b: str, lexicon: Lexicon, writing: str = "") -> WordMatch | None:
    """Whether two given names are one: by spelling, by the list of given names, or as an initial."""
    if is_initial(a) or is_initial(b):
        return WordMatch(0.3, "same", f"{a} and {b}: initial") if _same_initial(a, b, lexicon) else None
    if "-" in a + b and {a[:1], b[:1]} == {"J", "Y"}:
        return None  # `Kim Jong-il`, `Kim Yong-il`
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


# Two names of several words.


def _cut(a: PersonName, b: PersonName) -> Relation | None:
    """One name is the other, divided differently, or what it begins with, or what it ends in.

    What a longer name begins with, or ends in, is good enough inside a document only (`Grover Cleveland Alexander`).
    """
    if a.suffix == b.suffix and _divided_differently(a, b):
        return same("spelling", f"{' '.join(a.words)} and {' '.join(b.words)} differ in blanks and dashes", "divided differently")
    for short, full, side in _both_ways(a, b):
        name, missing = " ".join(full.words), len(full.words) - len(short.words)
        if missing > 0 and [*map(str.casefold, full.words[:-missing])] == [*map(str.casefold, short.words)]:
            return part("short_form", f"{name} without the family name", "without family name", side, local=True)
        if short.is_full and not full.patronymic and _is_tail(short, full):
            return part("short_form", f"{name} by the last names", "last names", side, local=True)
    return None


def _divided_differently(a: PersonName, b: PersonName) -> bool:
    """Whether two names are the same letters, with other blanks and dashes (`Jean Claude`, `Jean-Claude`)."""
    first, second = "".join(a.words), "".join(b.words)
    letters = {plain(name).replace("-", "").replace(" ", "") for name in (first, second)}
    return (len(a.words) != len(b.words) or "-" in first + second) and len(letters) == 1


def _full(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    assert a.family and b.family and a.given and b.given
    in_sex = differ_in_sex(a.family, b.family)
    writing = origin(a, b, lexicon)
    family = None if in_sex else _match_family(a.family, b.family, 0.95, lexicon, writing)
    given = _match_given(a.given, b.given, lexicon, writing)
    straight: Relation | None = None
    if family and given:
        straight = _with_middle(a, b, family, given, lexicon)
    elif family:
        straight = _near_given(a, b, family, lexicon)
    elif given:
        straight = _near_family(a, b, in_sex, given, lexicon)
    return _turned(a, b, lexicon) or straight if straight is None or straight.verdict == "apart" else straight


def _with_middle(a: PersonName, b: PersonName, family: WordMatch, given: WordMatch, lexicon: Lexicon) -> Relation:
    """Family and given name agree: do patronymics and middle names contradict?"""
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
    if {a.suffix, b.suffix} & _GENERATIONS and a.suffix != b.suffix:
        reason = f"one is {a.suffix or b.suffix}"
        if (a.suffix or b.suffix) in ("sr", "senior", "elder"):  # said of a father beside whom the son is named
            return likely(reason, "a generation")
        return part("short_form", reason, "a generation", "a" if b.suffix else "b", worst.cost, local=True)
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

    def rest(name: PersonName, other: PersonName) -> bool:
        return any(not any(_match_given(word, each, lexicon) for each in _inner(other)) for word in name.middle)

    if a.middle and b.middle and not (a.patronymic or b.patronymic) and (is_initial(a.middle[0]) or is_initial(b.middle[0])):
        return not _match_given(a.middle[0], b.middle[0], lexicon) or (rest(a, b) and rest(b, a))
    for name, other in ((a, b), (b, a)):
        if name.patronymic and other.middle and not other.patronymic:
            return rest(other, name)
    return rest(a, b) and rest(b, a)


def _same_patronymic(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether two patronymics name one father (`Valerievich`, `Valeryevich`; `Volodymyrovych`, `Vladimirovich`)."""
    first, second = patronymic_stem(a), patronymic_stem(b)
    if keys(first) & keys(second) or fathers(a, lexicon) & fathers(b, lexicon):
        return True
    if fathers(a, lexicon) and fathers(b, lexicon):
        return edit_cost(fold(first), fold(second)) <= _ONE_SOUND
    return match_words(first, second, lexicon, slavic=True) is not None


_ONE_SOUND = 0.5  # the edit of one letter into one that romanisations confuse with it (`Akhmadovich`, `Akhmatovich`)


def _near_given(a: PersonName, b: PersonName, family: WordMatch, lexicon: Lexicon) -> Relation:
    """Given names one slip apart, of which one is a known name and the other none, under one family name (`Bogdat`, `Bogdan`)."""
    assert a.given and b.given
    known = bool(lexicon.given_names(a.given)) + bool(lexicon.given_names(b.given))
    first, second = fold(solid(a.given)), fold(solid(b.given))
    if (
        known == 2
        or min(len(first), len(second)) < 4
        or edit_cost(first, second) > 1.0
        or _sexes_differ(first, second)
        or is_initial(a.given)
        or is_initial(b.given)
        or _contradict(a, b, lexicon)
    ):
        return apart(f"{a.given} and {b.given} are two given names")
    if known == 1 and family.cost <= 0.05 and len(first) == len(second) >= 5 and first[0] == second[0]:
        return same("typo", f"{a.given} and {b.given}: one slip, and only one of them is a name", "a slip in a given name", 1.0)
    return likely(f"{a.given} and {b.given} are one letter apart", "given names a letter apart")


def _near_family(a: PersonName, b: PersonName, in_sex: bool, given: WordMatch, lexicon: Lexicon) -> Relation:
    """The given name agrees and the family name does not: two people, or (near endings) a question."""
    assert a.family and b.family
    reason = f"{a.family} and {b.family} are two family names"
    two = a.patronymic and b.patronymic and not _same_patronymic(a.patronymic, b.patronymic, lexicon)
    if in_sex or two or given.cost >= _MORE_THAN_ROMANISATION or _contradict(a, b, lexicon):
        return apart(reason)
    return (
        likely(f"{reason}, of one stem perhaps", "one stem")
        if _share_stem(*map(fold, map(solid, (a.family, b.family))))
        else (apart(reason))
    )


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
    mine, other = ([keys(solid(word)) for word in name.words] for name in (a, b))
    if len(mine) != len(other) or not 2 <= len(mine) <= 3:
        return None
    if not all(any(word & each for each in there) for here, there in ((mine, other), (other, mine)) for word in here):
        return None
    two = all(lexicon.given_names(word) for word in a.words)  # in two documents they may be two people
    return same("spelling", "the same words in another order", "another order", local=two)

"""Names of people: their parts, and whether two are one person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anyascii import anyascii

from extract.resolve.entities.folding import clean, fold, keys
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.relation import Link, Relation, apart, likely
from extract.resolve.entities.spelling import SAME_WORD, WordMatch, differ_in_sex, edit_cost, match_words

_PATRONYMIC = re.compile(
    "(?:[oea](?:v|w)[iy]?(?:ch|tch|cz|ci)|[iye](?:ch|tch)|[oeay](?:v|w|u)na|[iy]vna|ichna|inichna|auna|[oe]glu|ogly|oghlu|kizi|kyzy|gizi)i?$"
)
_STEM_END = re.compile("(?:(?:i|y|j)?(?:ov|ev|av|iv|yv|ou|au|eu|aw|ow|ew)?(?:i|y)?(?:ch|tch|cz|ci|na|chna)|inichna)i?$")
_INITIAL = re.compile(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
_EAST_ASIAN_GIVEN = re.compile("[A-Z][a-z]{0,6}-[a-z]{1,6}")  # `Ching-te`, `Jong-un`
_EAST_ASIAN = re.compile("[a-z]{1,8}(?:-[a-z]{1,6})?", re.IGNORECASE)

_GENERATIONS = frozenset(("jr", "sr", "junior", "senior", "ii", "iii", "iv"))


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
        """Whether it has a family name and a given name written out."""
        return self.given is not None and self.family is not None and not is_initial(self.given)

    @property
    def is_bare(self) -> bool:
        """Whether it is one word."""
        return len(self.words) == 1


def is_initial(word: str) -> bool:
    """Whether a word is an initial (`E.`, `A`, `J.-P.`)."""
    return bool(_INITIAL.fullmatch(word)) and (len(word) == 1 or "." in word)


def parse_person(text: str, lexicon: Lexicon, title: str | None = None) -> PersonName:
    """The parts of a name, in whatever order they stand: East Slavic, Western, Hungarian, `Surname, Given`, Chinese."""
    words, sex = _without_titles(clean(text), lexicon, title)
    words, suffix = _without_suffix(words, lexicon)
    comma = _after_comma(words)
    words = _glued([word.rstrip(",") for word in words], lexicon)
    if len(words) < 2:
        return PersonName(tuple(words), suffix=suffix, sex=sex)
    given, middle, patronymic, family = _parts([*words[comma:], *words[:comma]] if comma else words, lexicon, ordered=bool(comma))
    ordered = tuple(word for word in (given, *middle, patronymic, family) if word)
    return PersonName(ordered, given, tuple(middle), patronymic, family, suffix, sex)


def _without_titles(text: str, lexicon: Lexicon, title: str | None) -> tuple[list[str], str]:
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
        and not shouted
        and words[-1].lower() not in lexicon["name_suffixes"]
    ):
        words = words[:-1]
    if len(words) > 1 and words[-1].lower() in lexicon["name_suffixes"]:
        kept = words[:-1]
        kept[-1] = kept[-1].rstrip(",")
        return kept, words[-1].lower().strip(".")
    return words, None


def _after_comma(words: Sequence[str]) -> int:
    """The number of words before a comma (`Surname, Given`), 0 without one."""
    commas = [index for index, word in enumerate(words) if word.endswith(",")]
    return commas[0] + 1 if len(commas) == 1 and commas[0] + 1 < len(words) else 0


def _glued(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words with particles joined to what they belong to (`van der Bellen`, `bin Salman`)."""
    glued: list[str] = []
    pending: list[str] = []
    words = _without_hyphened_particles(words, lexicon)
    for index, word in enumerate(words):
        particle = word.lower().strip("'.") in lexicon["particles"] and not is_initial(word)
        if particle and index < len(words) - 1 and (index or word.islower() or (len(words) == 2 and word.lower() != "al")):
            pending.append(word)
        else:
            glued.append(" ".join([*pending, word]))
            pending = []
    return glued + pending


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
    if not ordered and _is_surname_given_patronymic(words, lexicon):
        return words[1], [], words[2], words[0]
    if not ordered and _family_first(words, lexicon):
        words = [*words[1:], words[0]]
    given, *inner, family = words
    patronymic = next((word for word in inner if is_patronymic(word)), None)
    return given, [word for word in inner if word != patronymic], patronymic, family


def _is_surname_given_patronymic(words: Sequence[str], lexicon: Lexicon) -> bool:
    if len(words) != 3 or not is_patronymic(words[2]) or is_patronymic(words[1]):
        return False
    known = bool(lexicon.given_names(words[1]))
    return known and not lexicon.given_names(words[0]) and _known_stem(words[2], lexicon)


def _family_first(words: Sequence[str], lexicon: Lexicon) -> bool:
    """`Orbán Viktor`, `Xi Jinping`, `Kim Jong-un`: the family name leads."""
    if any(is_initial(word) for word in words):
        return False
    if len(words) == 2 and _EAST_ASIAN_GIVEN.fullmatch(words[1]):
        return True
    if words[0].lower() in lexicon["leading_surnames"]:
        rest = words[1:]
        return all(_EAST_ASIAN.fullmatch(word) for word in rest) and not any(lexicon.given_names(word) for word in rest)
    return (
        len(words) == 2
        and bool(lexicon.given_names(words[1]))
        and not lexicon.given_names(words[0])
        and not _surname_shaped(words[1])
    )


def _surname_shaped(word: str) -> bool:
    return bool(re.search("(?:ov|ova|ev|eva|in|ina|ski|ska|skaia|enko|ian|vili|dze|C|son|sen)$", fold(word)))


def is_patronymic(word: str) -> bool:
    """Whether a word has the shape of a patronymic; whether it is one depends on where it stands."""
    return len(word) > 4 and bool(_PATRONYMIC.search(_plain(word)))


def _plain(word: str) -> str:
    return anyascii(word).lower().replace("'", "")


def patronymic_stem(word: str) -> str:
    """The father's name in a patronymic (`Sergeevich`: `serge`)."""
    return _STEM_END.sub("", _plain(word))


def _known_stem(word: str, lexicon: Lexicon) -> bool:
    return bool(_fathers(word, lexicon))


def _fathers(word: str, lexicon: Lexicon) -> frozenset[int]:
    """The given names that a patronymic may be made of."""
    stem = patronymic_stem(word)
    candidates = (
        stem,
        stem + "a",
        stem + "y",
        stem + "iy",
        stem + "ey",
        stem + "ai",
        stem + "el",
        stem + "r",
        stem + "o",
        stem[:-1] + "ya",
    )
    return frozenset().union(*(lexicon.given_names(each) for each in candidates))


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
        return _compare_two_bare(a.words[0], b.words[0])
    if b.is_bare:
        relation = _compare_bare(b, a, lexicon)
        return relation.turned() if relation else None
    word, family, given = a.words[0], b.family or "", b.given or ""
    if differ_in_sex(word, family):
        return None
    if match := _match_family(word, family, 0.9):
        return Relation("part", _bare_link(match), _why(match, f"family name of {' '.join(b.words)}"), _score(match, 0.9), "a")
    if match := match_words(word, given, 0.5):
        return Relation("part", _bare_link(match), _why(match, f"given name of {' '.join(b.words)}"), _score(match, 0.75), "a")
    return None


def _compare_two_bare(a: str, b: str) -> Relation | None:
    if differ_in_sex(a, b):
        return apart("a man's and a woman's family name")
    match = _match_family(a, b, 0.9)
    return Relation("same", match.how, _why(match, "same name"), _score(match, 0.95)) if match else None


def _bare_link(match: WordMatch) -> Link:
    return "short_form" if match.how == "same" else match.how


def _why(match: WordMatch, otherwise: str) -> str:
    return otherwise if match is SAME_WORD else match.reason


def _score(match: WordMatch, top: float) -> float:
    return round(max(top - match.cost * 0.15, 0.05), 2)


def _match_family(a: str, b: str, slack: float) -> WordMatch | None:
    """Whether two family names are one; particles and a part of a double-barrelled name do not count."""
    if match := match_words(_solid(a), _solid(b), slack):
        return match
    tails = [name.split()[-1] for name in (a, b)]
    if tails != [a, b] and (match := match_words(tails[0], tails[1], slack * 0.5)):
        return WordMatch(0.1 + match.cost, match.how, f"{a} and {b} but for the particle")
    return None


def _solid(word: str) -> str:
    return word.replace(" ", "").replace("-", "").replace("'", "")


def _match_given(a: str, b: str, lexicon: Lexicon) -> WordMatch | None:
    """Whether two given names are one: by spelling, by the list of given names, or as an initial."""
    if is_initial(a) or is_initial(b):
        return WordMatch(0.3, "same", f"{a} and {b}: initial") if _same_initial(a, b, lexicon) else None
    if keys(_solid(a)) & keys(_solid(b)):
        return SAME_WORD if a.casefold() == b.casefold() else WordMatch(0.05, "spelling", f"{a} and {b} are written alike")
    first, second = lexicon.given_names(a), lexicon.given_names(b)
    if first & second:
        return WordMatch(0.1, "spelling", f"{a} and {b} are forms of one given name")
    if first and second:
        return None
    return None if _sexes_differ(fold(_solid(a)), fold(_solid(b))) else match_words(_solid(a), _solid(b), 0.7)


def _sexes_differ(a: str, b: str) -> bool:
    """Whether two given names are the man's and the woman's form (`Robert`, `Roberta`; `Mario`, `Maria`)."""
    short, long = sorted((a, b), key=len)
    return long == short + "a" or (a[:-1] == b[:-1] and {a[-1:], b[-1:]} == {"a", "o"})


def _same_initial(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether an initial may stand for a name, or for a patronymic: for any form of it (`G.`, `Hennadiyovych`)."""
    short, full = (a, b) if is_initial(a) else (b, a)
    letter = _plain(short)[:1]
    if _plain(full)[:1] == letter or is_initial(full):
        return _plain(full)[:1] == letter
    names = lexicon.given_names(full) | (_fathers(full, lexicon) if is_patronymic(full) else frozenset())
    return any(names & numbers for key, numbers in lexicon.given.items() if key[0].lower() == letter)


def _compare_full(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """Both names have at least two words."""
    if part := _given_names_only(a, b) or _described(a, b, lexicon) or _by_middle_name(a, b):
        return part
    straight = _aligned(a, b, lexicon)
    if straight and straight.verdict != "apart":
        return straight
    if turned := _turned(a, b):
        return turned
    return straight


def _given_names_only(a: PersonName, b: PersonName) -> Relation | None:
    """`Pierre Charles`, `Alan Sergeevich`: all of a longer name but its family name."""
    for short, full, side in ((a, b, "a"), (b, a, "b")):
        if len(short.words) == len(full.words) - 1 and full.words[:-1] == short.words:
            return Relation(
                "part", "short_form", f"{' '.join(full.words)} without the family name", 0.82, "a" if side == "a" else "b"
            )
    return None


def _by_middle_name(a: PersonName, b: PersonName) -> Relation | None:
    """`Tayyip Erdogan` for `Recep Tayyip Erdoğan`: good enough inside a document, too little between two."""
    for short, full, side in ((a, b, "a"), (b, a, "b")):
        if len(short.words) == 2 and len(full.words) == 3 and full.middle and short.is_full:
            pairs = zip(short.words, full.words[1:], strict=True)
            if all(keys(_solid(x)) & keys(_solid(y)) for x, y in pairs):
                return Relation(
                    "part", "short_form", f"{' '.join(full.words)} by the middle name", 0.78, "a" if side == "a" else "b"
                )
    return None


def _described(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    """A full name that a finder caught with what the person is (`Washington State University Simon Ličen`)."""
    for short, full, side in ((a, b, "a"), (b, a, "b")):
        extra = full.words[: -len(short.words)]
        words = [word.lower() for phrase in extra for word in phrase.split()]
        about = any(
            word in lexicon["institutions"] or word in lexicon["titles"] or word in lexicon.places_of_words for word in words
        )
        about = about or (len(extra) == 1 and not lexicon.given_names(extra[0]) and bool(lexicon.given_names(short.words[0])))
        if short.is_full and about and full.words[-len(short.words) :] == short.words:
            return Relation(
                "part", "short_form", f"{' '.join(full.words)} without {' '.join(extra)}", 0.85, "a" if side == "a" else "b"
            )
    return None


def _aligned(a: PersonName, b: PersonName, lexicon: Lexicon) -> Relation | None:
    assert a.family and b.family and a.given and b.given
    in_sex = differ_in_sex(a.family, b.family)
    family = None if in_sex else _match_family(a.family, b.family, 0.95)
    given = _match_given(a.given, b.given, lexicon)
    if family and given:
        return _with_middle(a, b, family, given, lexicon)
    if family:
        return _near_given(a, b, family, lexicon) or apart(f"{a.given} and {b.given} are two given names")
    if given and given.cost < 0.3:
        return _near_family(a, b, in_sex, lexicon)
    return None if not given else apart(f"{a.family} and {b.family} are two family names")


def _with_middle(a: PersonName, b: PersonName, family: WordMatch, given: WordMatch, lexicon: Lexicon) -> Relation:
    """Family and given name agree: do patronymics and middle names contradict?"""
    if {a.suffix, b.suffix} & _GENERATIONS and a.suffix != b.suffix:
        return likely(f"one is {a.suffix or b.suffix}", 0.6)
    if a.patronymic and b.patronymic and not _same_patronymic(a.patronymic, b.patronymic, lexicon):
        return apart(f"{a.patronymic} and {b.patronymic} are two patronymics")
    inner_a, inner_b = _inner(a), _inner(b)
    if _contradict(a, b, lexicon):
        return apart(f"{' '.join(inner_a)} and {' '.join(inner_b)} are two middle names")
    worst = max((family, given), key=lambda match: match.cost)
    if family.cost + given.cost > 1.5 or (family.how == given.how == "typo"):
        return likely(f"{family.reason}; {given.reason}", 0.7)
    score = _score(worst, 1.0)
    if bool(inner_a) == bool(inner_b) or worst.how != "same":
        return Relation("same", worst.how, _why(worst, "same name"), score)
    longer = a if inner_a else b
    link: Link = "patronymic" if longer.patronymic else "short_form"
    what = "patronymic" if longer.patronymic else "middle name"
    return Relation(
        "part", link, f"the same without the {what} {' '.join(_inner(longer))}", round(score - 0.03, 2), "b" if inner_a else "a"
    )


def _inner(name: PersonName) -> tuple[str, ...]:
    return tuple(word for word in (*name.middle, name.patronymic) if word)


def _contradict(a: PersonName, b: PersonName, lexicon: Lexicon) -> bool:
    """Whether each has a middle name that the other lacks (an initial stands for any name that begins with it)."""
    if a.middle and b.middle and not (a.patronymic or b.patronymic) and not _same_inner(a.middle[0], b.middle[0], lexicon):
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
    if keys(first) & keys(second) or _fathers(a, lexicon) & _fathers(b, lexicon):
        return True
    known = _fathers(a, lexicon) and _fathers(b, lexicon)
    return not known and match_words(first, second) is not None


def _near_given(a: PersonName, b: PersonName, family: WordMatch, lexicon: Lexicon) -> Relation | None:
    """Given names one slip apart, of which one is a known name and the other none, under one family name (`Bogdat`, `Bogdan`)."""
    assert a.given and b.given
    if is_initial(a.given) or is_initial(b.given):
        return None
    known = bool(lexicon.given_names(a.given)) + bool(lexicon.given_names(b.given))
    first, second = fold(_solid(a.given)), fold(_solid(b.given))
    if known == 2 or min(len(first), len(second)) < 4 or edit_cost(first, second) > 1.0 or _sexes_differ(first, second):
        return None
    if known == 1 and family.cost <= 0.05 and len(first) == len(second) >= 5 and first[0] == second[0]:
        return Relation("same", "typo", f"{a.given} and {b.given}: one slip, and only one of them is a name", 0.8)
    return likely(f"{a.given} and {b.given} are one letter apart", 0.7)


def _near_family(a: PersonName, b: PersonName, in_sex: bool, lexicon: Lexicon) -> Relation:
    """The given name agrees and the family name does not: two people, or (near endings) a question."""
    assert a.family and b.family
    if in_sex:
        return apart(f"{a.family} and {b.family} are a man's and a woman's family name")
    reason = f"{a.family} and {b.family} are two family names"
    if a.patronymic and b.patronymic and not _same_patronymic(a.patronymic, b.patronymic, lexicon):
        return apart(reason)
    if _share_stem(fold(_solid(a.family)), fold(_solid(b.family))) and not _contradict(a, b, lexicon):
        return likely(f"{reason}, of one stem perhaps", 0.5)
    return apart(reason)


def _share_stem(a: str, b: str) -> bool:
    """Whether two family names begin and go on alike (`huzbeZti`, `hubezov`): a transliteration gone wrong, perhaps."""
    if a[:2] != b[:2] or min(len(a), len(b)) < 5:
        return False
    if edit_cost(a, b) <= 2.0:
        return True
    stems = [re.sub("(?:ti|te|ta|ov|ev|ova|eva)$", "", name.lower()) for name in (a, b)]
    return stems != [a.lower(), b.lower()] and edit_cost(*stems) <= 1.0


def _turned(a: PersonName, b: PersonName) -> Relation | None:
    """The same words in another order (`Mustafa Isa`, `Isa Mustafa`)."""
    if len(a.words) != len(b.words) or not 2 <= len(a.words) <= 3:
        return None
    mine, other = [frozenset(keys(_solid(word))) for word in a.words], [frozenset(keys(_solid(word))) for word in b.words]
    if all(any(word & each for each in other) for word in mine) and all(any(word & each for each in mine) for word in other):
        return Relation("same", "spelling", "the same words in another order", 0.8)
    return None

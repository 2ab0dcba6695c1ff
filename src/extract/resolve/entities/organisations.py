"""Names of parties, organisations and laws: their words, and whether two are one body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from anyascii import anyascii

from extract.resolve.entities.folding import clean, fold, keys
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.relation import Relation, Side, apart, likely
from extract.resolve.entities.spelling import SAME_WORD, WordMatch, match_words

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*\.?")
_JOINT = re.compile(r"\s-\s|\s/\s|[^\W\d_]{2,}\s?[/+]\s?[^\W\d_]{2,}")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_][^\W_.&-]{1,9}")
_OF = frozenset(("of", "in", "for", "at", "de", "du", "des", "da", "do", "del", "della", "pri"))
_AND = frozenset(("and", "und", "et", "i", "y", "e", "&"))


@dataclass(frozen=True, eq=False)
class BodyName:
    """A name of a body taken apart.

    `raw` are its words as written, small words and all, without legal forms; `words` those that count, in one form of
    spelling and
    with `Georgian` as `georgia`; `places` those of them that are places; `acronym` its letters, if it is one, else "".
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

    @cached_property
    def count(self) -> Counter[str]:
        """The words that count, with how often each stands."""
        return Counter(self.words)


def parse_body(text: str, lexicon: Lexicon) -> BodyName:
    """The words of a name that count, and what kind of name it is."""
    text = re.sub("^(?:the|The) ", "", clean(text))
    raw = _without_legal_forms(_WORD.findall(text), lexicon)
    words, places = _content(raw, lexicon)
    numbers = frozenset(word for word in words if word[0].isdigit())
    generic = bool(words) and all(word in lexicon["generic"] or word in lexicon["directions"] for word in words)
    return BodyName(text, tuple(raw), tuple(words), frozenset(places), numbers, acronym_letters(text), _is_joint(text), generic)


def _is_joint(text: str) -> bool:
    if _JOINT.search(text):
        return True
    parts = text.split("-")
    return len(parts) > 1 and all(len(part) > 1 and sum(map(str.isupper, part)) >= 2 for part in parts)


def acronym_letters(text: str) -> str:
    """The letters of an acronym (`C.E.C.`: `CEC`), dashes in it kept; "" for a name that is no acronym."""
    solid = text.replace(" - ", "-")
    parts = solid.split("-")
    if any(not _ACRONYM.fullmatch(part) for part in parts) or " " in solid:
        return ""
    letters = solid.replace(".", "")
    capitals = sum(map(str.isupper, letters))
    return letters if capitals >= 2 and capitals * 2 >= len(letters.replace("-", "")) else ""


def _without_legal_forms(words: list[str], lexicon: Lexicon) -> list[str]:
    """The words without `Ltd`, `OAO`, `Joint Stock Company` at either end, unless nothing else is left."""
    while len(words) > 1:
        lower = [word.lower() for word in words]
        for form in lexicon.legal_forms:
            size = len(form)
            if size < len(words) and tuple(lower[-size:]) == form:
                words = words[:-size]
                break
            if size < len(words) and tuple(lower[:size]) == form and (size > 1 or len(form[0]) > 2 or words[0].isupper()):
                words = words[size:]
                break
        else:
            return words
    return words


def _content(raw: Sequence[str], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """The words that count, and those that are places, in one form each."""
    words: list[str] = []
    places: list[str] = []
    for word in _standard(_without_republic(_with_place_names([each.lower() for each in raw], lexicon)), lexicon):
        place = lexicon.places_of_words.get(word) or _place_of_adjective(word)
        if word in lexicon["stopwords"]:
            continue
        if place:
            places.extend(place.split())
            words.extend(place.split())
        else:
            words.append(lexicon.numbers.get(word, word))
    return words, places


def _standard(words: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """The words in one spelling each (`electoral`: `election`; `MFA`: three words)."""
    for word in words:
        word = lexicon.same_words.get(word) or word.removesuffix("'s").replace("'", "").rstrip(".")
        yield from word.split() if word not in lexicon.places_of_words else [word]


def _with_place_names(words: list[str], lexicon: Lexicon) -> list[str]:
    """`russian federation` becomes `russia`; the longest name wins."""
    result: list[str] = []
    index = 0
    while index < len(words):
        for size in (5, 4, 3, 2, 1):
            phrase = " ".join(words[index : index + size])
            if index + size <= len(words) and phrase in lexicon.place_names and (size > 1 or len(words) > 1):
                result.append(lexicon.place_names[phrase])
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
        for index in range(1, len(words) - 2)
        if words[index] == "republic" and words[index + 1] == "of" and words[index - 1] in ("of", "the", "in")
    }
    return [word for index, word in enumerate(words) if index not in dropped]


def _place_of_adjective(word: str) -> str | None:
    """`kabardian` as `kabardia`: an adjective that the list of places lacks."""
    return word[:-1] if len(word) > 6 and word.endswith("ian") else None


def is_acronym_of(letters: str, raw: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether `letters` are the initials of the words: small words may have a letter or none, `Peds` may stand for one word."""
    letters = letters.replace("-", "")
    split = [part for word in raw for part in re.split("[-/]", word) if part]
    if len(split) < 2 or len(letters) < 2:
        return False
    words = [_plain(word) for word in split]
    return _spells(letters, words, lexicon) or (letters[-1] == "s" and _spells(letters[:-1], words, lexicon))


def _plain(word: str) -> str:
    return anyascii(word).lower()


def _spells(letters: str, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the words can be abbreviated to the letters, each word of weight giving at least its first letter."""
    if not words:
        return not letters
    word, rest = words[0], words[1:]
    if word in lexicon["stopwords"] and _spells(letters, rest, lexicon):
        return True
    size = 1
    while size <= len(letters) and word.startswith(letters[:size].lower()):
        if _spells(letters[size:], rest, lexicon):
            return True
        if size < len(letters) and not letters[size].islower():
            return False
        size += 1
    return False


def compare_bodies(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """What two names of bodies are to each other; None where they have nothing to do with each other."""
    if a.text.casefold() == b.text.casefold():
        return Relation("same", "same", "same name", 1.0)
    if a.joint != b.joint and not (a.acronym and b.acronym == ""):
        joint, single = (a, b) if a.joint else (b, a)
        return _coalition(joint, single)
    if a.joint and b.joint and a.acronym != b.acronym and keys(a.raw[0]) & keys(b.raw[0]):
        return likely(f"two coalitions of {a.raw[0]}", 0.6)
    if a.acronym and b.acronym:
        return _two_acronyms(a, b)
    if a.acronym or b.acronym:
        return _acronym(a, b, lexicon)
    return _two_full(a, b, lexicon)


def _coalition(joint: BodyName, single: BodyName) -> Relation | None:
    return apart(f"{joint.text} is a coalition") if set(single.words) & set(joint.words) else None


def _two_acronyms(a: BodyName, b: BodyName) -> Relation:
    if _letters(a.acronym) == _letters(b.acronym):
        return Relation("same", "same" if a.acronym == b.acronym else "spelling", "same letters", 0.98)
    short, long = sorted((_letters(a.acronym), _letters(b.acronym)), key=len)
    if len(short) >= 3 and long[:-1] == short:
        return likely(f"{a.acronym} and {b.acronym} differ in a last letter", 0.4)
    return apart(f"{a.acronym} and {b.acronym} are two acronyms")


def _letters(acronym: str) -> str:
    return anyascii(acronym).upper().replace("-", "")


def _acronym(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """One name is an acronym: of the other?"""
    short, full = (a, b) if a.acronym else (b, a)
    side: Side = "a" if a.acronym else "b"
    known = lexicon.body_names.get(short.text.lower()) or lexicon.place_names.get(short.text.lower())
    if known and parse_body(known, lexicon).count == full.count:
        return Relation("part", "acronym", f"{short.text} is known for {full.text}", 0.95, side)
    if is_acronym_of(short.acronym, full.raw, lexicon):
        return Relation("part", "acronym", f"initials of {full.text}", 0.9 if len(short.acronym) > 2 else 0.85, side)
    if len(full.words) == 1 and (keys(short.text) & keys(full.text)):
        return Relation("same", "spelling", "same letters, in capitals", 0.9)
    reverse = lexicon.body_names.get(full.text.lower())
    return Relation("same", "acronym", f"{full.text} is known as {short.text}", 0.95) if reverse == short.text.lower() else None


def _two_full(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    if not a.words or not b.words:
        return None
    if _known(a, lexicon) == _known(b, lexicon):
        return Relation("same", "same", "the same words", 0.97) if a.words == b.words else _same_words(a, b)
    if a.numbers != b.numbers and (a.numbers or b.numbers) and a.count.keys() & b.count.keys():
        return apart("the numbers differ")
    if _is_clipped(a, b) or _is_clipped(b, a):
        return Relation(
            "part", "short_form", "each word is the beginning of its counterpart", 0.85, "a" if _is_clipped(a, b) else "b"
        )
    if near := _near_words(a, b, lexicon):
        return near
    return _shorter(a, b, lexicon)


def _known(name: BodyName, lexicon: Lexicon) -> Counter[str]:
    """The words of the name, those of its usual name if it has another (`United Nations Organization`)."""
    usual = lexicon.body_names.get(name.text.lower())
    return parse_body(usual, lexicon).count if usual else name.count


def _same_words(a: BodyName, b: BodyName) -> Relation:
    """The same words in another order: one body if only a place has moved, or there are many."""
    if "europe" in a.places and a.words != b.words:
        return likely("the same words, but Europe's bodies differ in no more than that", 0.5)
    without_places = [[word for word in name.words if word not in name.places] for name in (a, b)]
    if without_places[0] == without_places[1] or len(a.words) >= 3 or a.count != b.count:
        return Relation("same", "inflection", "the same words, differently put together", 0.95)
    return likely("the same words in another order", 0.7)


def _is_clipped(short: BodyName, full: BodyName) -> bool:
    """Whether each word of a name is cut short in the other (`Lib Dems`, `Liberal Democrats`)."""
    if len(short.raw) != len(full.raw) or len(short.raw) < 2:
        return False
    pairs = [(x.lower().rstrip(".").removesuffix("s"), y.lower()) for x, y in zip(short.raw, full.raw, strict=True)]
    return all(y.startswith(x) and 3 <= len(x) <= len(y) - 3 for x, y in pairs)


def _near_words(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """The same number of words, each of which is its counterpart, one of them perhaps with a slip."""
    if len(a.words) != len(b.words):
        return _one_word_or_two(a, b)
    known = lexicon.places_of_words
    slack = 0.95 if len(a.words) > 1 else 0.8
    matches = [
        _match(first, second, first in known and second in known, slack) for first, second in zip(a.words, b.words, strict=True)
    ]
    if any(match is None for match in matches):
        return None
    found = [match for match in matches if match]
    worst = max(found, key=lambda match: match.cost)
    if sum(match.how == "typo" for match in found) > 1:
        return likely(worst.reason, 0.6)
    return Relation("same", worst.how, worst.reason, round(0.97 - worst.cost * 0.15, 2))


def _match(a: str, b: str, place: bool, slack: float) -> WordMatch | None:
    """How two words are one; two places that are both known are not."""
    if a == b:
        return SAME_WORD
    return None if place else match_words(a, b, slack)


def _one_word_or_two(a: BodyName, b: BodyName) -> Relation | None:
    """`Rebirth Party` and `Re-Birth Party`: the same letters, otherwise divided."""
    solid_a, solid_b = fold("".join(a.words)), fold("".join(b.words))
    if len(solid_a) >= 6 and solid_a == solid_b:
        return Relation("same", "spelling", "the same letters, divided differently", 0.93)
    return None


def _shorter(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """One name has all words of the other, and more: a short form, or another body?"""
    if a.count <= b.count:
        short, full, side = a, b, "a"
    elif b.count <= a.count:
        short, full, side = b, a, "b"
    else:
        return _members(a, b, lexicon) or _disjoint(a, b)
    extra = list((full.count - short.count).elements())
    found = _extension(short, full, extra, lexicon)
    if found and side == "b":
        return Relation(found.verdict, found.link, found.reason, found.score, "b" if found.verdict == "part" else "")
    return found


def _extension(short: BodyName, full: BodyName, extra: Sequence[str], lexicon: Lexicon) -> Relation:
    """What the words `extra` of the full name make of the short one."""
    more = " ".join(extra)
    if all(word in lexicon["type_words"] for word in extra) and (
        len(short.words) > 1 or not {short.words[0]} & (lexicon["institutions"] | short.places)
    ):
        return Relation("part", "short_form", f"{full.text} without {more}", 0.9, "a")
    if len(extra) == 1 and len(short.words) > 1 and is_acronym_of(extra[0].upper(), short.raw, lexicon):
        return Relation("same", "acronym", f"{extra[0].upper()} is the acronym of the rest", 0.93)
    if len(short.words) == 1 and short.words[0] in lexicon["institutions"] and short.words[0] in (full.words[0], full.words[-1]):
        return Relation("part", "short_form", f"{full.text}, by what it is", 0.7, "a")
    if any(word in lexicon["directions"] for word in extra) and not set(extra) & full.places:
        return apart(f"{more}: another direction")
    if _joined_by_and(short, full):
        return apart(f"{full.text} goes on with and")
    if _is_tail(short, full, extra, lexicon):
        return Relation("part", "short_form", f"{full.text} without {more}", 0.88 if len(short.words) > 1 else 0.75, "a")
    if any(word in lexicon["sub_units"] for word in extra):
        return apart(f"{more}: a part of it, or another body")
    if _is_named_head(short, full, lexicon):
        return Relation("part", "short_form", f"{full.text} by its last words", 0.7, "a")
    if members := _members(short, full, lexicon):
        return members
    if len(short.words) == 1 and not short.generic and not short.places and short.words[0] in (full.words[0], full.words[-1]):
        return likely(f"{full.text} by one of its words", 0.5)
    return apart(f"{more} makes another name")


def _joined_by_and(short: BodyName, full: BodyName) -> bool:
    """Whether the full name begins with the short one and goes on with `and`."""
    size = len(short.raw)
    begins = [word.lower() for word in full.raw[:size]] == [word.lower() for word in short.raw]
    return begins and len(full.raw) > size and full.raw[size].lower() in _AND


def _is_tail(short: BodyName, full: BodyName, extra: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the full name is the short one with a place before it or `of ...` after it."""
    lower = [word.lower() for word in full.raw]
    start = next((i for i in range(len(lower)) if _begins(short, full, i, lexicon)), None)
    if start is None:
        return False
    before = parse_body(" ".join((*full.raw[:start], "x")), lexicon).words[:-1] if start else ()
    after = lower[start + len(short.raw) :]
    if any(word not in full.places and word not in lexicon["directions"] for word in before):
        return False
    if after and after[0] not in _OF:
        return False
    if len(short.words) > 1:
        return True
    known = short.words[0] in lexicon["institutions"] or not (short.generic or short.places or before)
    return known and set(extra) <= full.places | lexicon["directions"]


def _begins(short: BodyName, full: BodyName, start: int, lexicon: Lexicon) -> bool:
    part = full.raw[start : start + len(short.raw)]
    return len(part) == len(short.raw) and all(_same(x, y, lexicon) for x, y in zip(part, short.raw, strict=True))


def _same(a: str, b: str, lexicon: Lexicon) -> bool:
    first, second = a.lower(), b.lower()
    return first == second or lexicon.same_words.get(first, first) == lexicon.same_words.get(second, second)


def _is_named_head(short: BodyName, full: BodyName, lexicon: Lexicon) -> bool:
    """Whether the full name is an institution `of` the short one (`Church of Scientology`, `Scientology`)."""
    lower = [word.lower() for word in full.raw]
    tail = [word.lower() for word in short.raw]
    fits = len(lower) == len(tail) + 2 and lower[2:] == tail and lower[1] == "of" and lower[0] in lexicon["institutions"]
    return fits and not short.generic and not short.places


_MEMBERS = re.compile("(?:s|ists|rats|als|ives|ens|ans)$")
_MEMBER_FORMS = {
    "democrat": "democratic",
    "social democrat": "social democratic",
    "conservative": "conservative",
    "liberal": "liberal",
}


def _members(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """`the Communists` for the Communist Party, `the Socialists` for the Party of Socialists."""
    for short, full, side in ((a, b, "a"), (b, a, "b")):
        if len(short.words) > 2 or not short.words[-1].endswith("s") or len(full.words) <= len(short.words):
            continue
        if not set(full.words) & (lexicon["type_words"] | lexicon["institutions"]):
            continue
        one = (*short.words[:-1], short.words[-1][:-1])
        wanted = (short.words, one, (*one[:-1], _MEMBER_FORMS.get(one[-1], one[-1])))
        if any(_runs(form, full.words) for form in wanted):
            return Relation("part", "short_form", f"the members of {full.text}", 0.8, "a" if side == "a" else "b")
    return None


def _runs(part: Sequence[str], words: Sequence[str]) -> bool:
    return any(tuple(words[i : i + len(part)]) == tuple(part) for i in range(len(words)))


def _disjoint(a: BodyName, b: BodyName) -> Relation | None:
    """Two names of which each has a word that the other lacks: two bodies, if they share any."""
    shared = a.count & b.count
    if not shared:
        return None
    only_a, only_b = a.count - b.count, b.count - a.count
    return apart(f"{' '.join(only_a.elements())} and {' '.join(only_b.elements())}")

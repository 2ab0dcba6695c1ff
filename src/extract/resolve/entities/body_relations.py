"""Are two names of parties, organisations or laws one body? Acronyms, short forms, spellings; a coalition or part is another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from anyascii import anyascii

from extract.resolve.entities.acronyms import is_acronym_of, is_foreign_acronym_of, is_partly_abbreviated
from extract.resolve.entities.folding import fold, keys
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.organisations import BodyName, parse_body
from extract.resolve.entities.relation import Relation, Side, apart, likely
from extract.resolve.entities.spelling import SAME_WORD, WordMatch, match_words

_OF = frozenset(("of", "in", "for", "at", "de", "du", "des", "da", "do", "del", "della", "pri"))
_AND = frozenset(("and", "und", "et", "i", "y", "e", "&"))


def compare_bodies(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """What two names of bodies are to each other; None where they have nothing to do with each other."""
    if a.text.casefold() == b.text.casefold():
        return Relation("same", "same", "same name", 1.0)
    if a.joint != b.joint and not (a.acronym and b.acronym == ""):
        joint, single = (a, b) if a.joint else (b, a)
        return _coalition(joint, single)
    slip = a.acronym and b.acronym and _is_swap(a.acronym, b.acronym)
    if a.joint and b.joint and not slip and a.acronym != b.acronym and keys(a.raw[0]) & keys(b.raw[0]):
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
    if _is_swap(short, long):
        return Relation("same", "typo", "two letters swapped", 0.85)
    if len(short) >= 3 and long[:-1] == short:
        return likely(f"{a.acronym} and {b.acronym} differ in a last letter", 0.4)
    return apart(f"{a.acronym} and {b.acronym} are two acronyms")


def _is_swap(a: str, b: str) -> bool:
    """Whether two neighbouring letters of a long acronym have changed places (`VMRO-DMPNE`)."""
    if len(a) != len(b) or len(a) < 5:
        return False
    differing = [index for index, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(differing) == 2 and differing[1] == differing[0] + 1 and sorted(a) == sorted(b)


def _letters(acronym: str) -> str:
    return anyascii(acronym).upper().replace("-", "")


def _acronym(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """One name is an acronym: of the other?"""
    short, full = (a, b) if a.acronym else (b, a)
    side: Side = "a" if a.acronym else "b"
    known = lexicon.body_names.get(short.text.lower()) or lexicon.place_names.get(short.text.lower())
    if known and parse_body(known, lexicon).count == full.count:
        return Relation("part", "acronym", f"{short.text} is known for {full.text}", 0.95, side)
    if is_acronym_of(short.acronym, full.raw, lexicon) and not full.raw[0].isupper():
        return Relation("part", "acronym", f"initials of {full.text}", 0.9 if len(short.acronym) > 2 else 0.85, side)
    if full.raw[0] == short.text and all(word in lexicon["type_words"] for word in full.words[1:]):
        return Relation("part", "short_form", f"{full.text} without {' '.join(full.raw[1:])}", 0.9, side)
    if is_acronym_of_members(short.acronym, full):
        return Relation("part", "acronym", f"initials of the party of {full.text}", 0.74, side)
    if len(full.words) == 1 and (keys(short.text) & keys(full.text)):
        return Relation("same", "spelling", "same letters, in capitals", 0.9)
    if is_foreign_acronym_of(short.acronym, full.raw, lexicon):
        return Relation("part", "acronym", f"initials of {full.text} in another language", 0.76, side)
    reverse = lexicon.body_names.get(full.text.lower())
    return Relation("same", "acronym", f"{full.text} is known as {short.text}", 0.95) if reverse == short.text.lower() else None


def is_acronym_of_members(letters: str, members: BodyName) -> bool:
    """Whether an acronym is the initials of people and a letter for their party (`CDU`: Christian Democrats)."""
    initials = "".join(word[0] for word in members.words).upper()
    if len(initials) < 2 or len(letters) != len(initials) + 1 or not _MEMBERS.search(members.words[-1]):
        return False
    return any(letters[:i] + letters[i + 1 :] == initials and letters[i] in _PARTIES for i in range(len(letters)))


_PARTIES = frozenset("PUSA")  # Party, Union, Stranka, Alliance


def _two_full(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    if not a.words or not b.words:
        return None
    if _known(a, lexicon) == _known(b, lexicon):
        return Relation("same", "same", "the same words", 0.97) if a.words == b.words else _same_words(a, b)
    if a.numbers != b.numbers and (a.numbers or b.numbers) and a.count.keys() & b.count.keys():
        return apart("the numbers differ")
    if is_partly_abbreviated(a.raw, b.raw, lexicon) or is_partly_abbreviated(b.raw, a.raw, lexicon):
        return Relation("part", "acronym", "some of the words abbreviated", 0.88, "a" if len(a.raw) < len(b.raw) else "b")
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
    if without_places[0] == without_places[1] or a.count != b.count or _is_turned(a, b) or _is_turned(b, a):
        return Relation("same", "inflection", "the same words, differently put together", 0.95)
    return likely("the same words in another order", 0.7)


def _is_turned(a: BodyName, b: BodyName) -> bool:
    """Whether one is `Ministry of the Interior` and the other `Interior Ministry`: what stands before `of` has moved behind."""
    lower = [word.lower() for word in a.raw]
    small = next((index for index, word in enumerate(lower) if word in _OF), 0)
    head = [word for word in b.words if word not in b.places][-small:]
    return 0 < small <= len(head) and len(a.words) > small and list(a.words[:small]) == head


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
    slack = 0.95 if len(a.words) > 1 else 0.8
    matches = [_match(first, second, lexicon, slack) for first, second in zip(a.words, b.words, strict=True)]
    if any(match is None for match in matches):
        return None
    found = [match for match in matches if match]
    worst = max(found, key=lambda match: match.cost)
    if sum(match.how == "typo" for match in found) > 1:
        return likely(worst.reason, 0.6)
    return Relation("same", worst.how, worst.reason, round(0.97 - worst.cost * 0.15, 2))


def _match(a: str, b: str, lexicon: Lexicon, slack: float) -> WordMatch | None:
    """How two words are one; two places that are both known are not."""
    if a == b:
        return SAME_WORD
    if lexicon.is_place(a) and lexicon.is_place(b):
        return None
    short, long = sorted((a, b), key=len)
    if (long == short + "s" and len(short) > 2) or (long == short + "n" and short.endswith("a")):
        return WordMatch(0.05, "spelling", f"{a} and {b} are forms of one word")
    return match_words(a, b, lexicon, slack)


def _one_word_or_two(a: BodyName, b: BodyName) -> Relation | None:
    """`Rebirth Party` and `Re-Birth Party`: the same letters, otherwise divided."""
    solid_a, solid_b = fold("".join(a.words)), fold("".join(b.words))
    if len(solid_a) >= 6 and solid_a == solid_b:
        return Relation("same", "spelling", "the same letters, divided differently", 0.93)
    return None


def _shorter(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """One name has all words of the other, and more: a short form, or another body?"""
    if not (a.count <= b.count or b.count <= a.count):
        return _members(a, b, lexicon) or _disjoint(a, b)
    side: Side = "a" if a.count <= b.count else "b"
    short, full = (a, b) if side == "a" else (b, a)
    extra = list((full.count - short.count).elements())
    found = _extension(short, full, extra, lexicon)
    return replace(found, short=side) if found.short else found


def _extension(short: BodyName, full: BodyName, extra: Sequence[str], lexicon: Lexicon) -> Relation:
    """What the words `extra` of the full name make of the short one."""
    more = " ".join(extra)
    if all(word in lexicon["type_words"] for word in extra) and (
        len(short.words) > 1 or not {short.words[0]} & (lexicon["institutions"] | short.places)
    ):
        return Relation("part", "short_form", f"{full.text} without {more}", 0.9, "a")
    if short.places == set(short.words) and len(extra) == 1 and extra[0] in lexicon["type_words"]:
        return Relation("part", "short_form", f"{full.text} without {more}, in the name of a body", 0.74, "a")
    if len(extra) == 1 and len(short.words) > 1 and is_acronym_of(extra[0].upper(), short.raw, lexicon):
        return Relation("same", "acronym", f"{extra[0].upper()} is the acronym of the rest", 0.93)
    if len(short.words) == 1 and short.words[0] in lexicon["institutions"] and short.words[0] in (full.words[0], full.words[-1]):
        return Relation("part", "short_form", f"{full.text}, by what it is", 0.7, "a")
    if short.numbers == set(short.words) and len(extra) == 1 and extra[0] in lexicon["institutions"]:
        return Relation("part", "short_form", f"{full.text} by its number", 0.74, "a")
    if any(word in lexicon["directions"] for word in extra) and not set(extra) & full.places:
        return apart(f"{more}: another direction")
    if _joined_by_and(short, full):
        return apart(f"{full.text} goes on with and")
    if _is_tail(short, full, extra, lexicon):
        return Relation("part", "short_form", f"{full.text} without {more}", 0.88 if len(short.words) > 1 else 0.75, "a")
    if any(word in lexicon["sub_units"] for word in extra):
        return apart(f"{more}: a part of it, or another body")
    if _leaves_unknown(short, full, extra, lexicon):
        return Relation("likely", "short_form", f"{full.text} without {more}", 0.6, "a")
    if _is_named_head(short, full, lexicon):
        return Relation("part", "short_form", f"{full.text} by its last words", 0.7, "a")
    if members := _members(short, full, lexicon):
        return members
    if _is_telling_word(short):
        return Relation("likely", "short_form", f"{full.text} by one of its words", 0.5, "a")
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
    if _is_telling_word(short) and len(lower) == 2 and start == 1:
        return lower[0] == "national" or set(extra) <= full.places  # `German Bundestag`
    before = parse_body(" ".join((*full.raw[:start], "x")), lexicon).words[:-1] if start else ()
    after = lower[start + len(short.raw) :]
    if any(word not in full.places and word not in lexicon["directions"] for word in before):
        return False
    if after and after[0] not in _OF and not (short.generic and after[0] in lexicon["type_words"]):
        return False
    if len(short.words) > 1 or (short.generic and (_are_members(short) or set(after[:1]) & lexicon["type_words"])):
        return True
    known = short.words[0] in lexicon["institutions"] or not (short.generic or short.places or before)
    return known and set(extra) <= full.places | lexicon["directions"] | lexicon["official_prefixes"]


def _are_members(name: BodyName) -> bool:
    """Whether a party is called by its people (`the Greens`)."""
    return name.raw[-1].endswith("s")


def _is_telling_word(name: BodyName) -> bool:
    """Whether a name is one word that no other body is called by."""
    return len(name.words) == 1 and not name.generic and not name.places


def _leaves_unknown(short: BodyName, full: BodyName, extra: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a name lacks but a word before, or `of ...` behind, that may be a place no list has (`Manitoba Liberals`)."""
    lists = (lexicon["generic"], lexicon["type_words"], lexicon["directions"])
    if short.places or any(word in words for words in lists for word in extra):
        return False
    lower, tail = [word.lower() for word in full.raw], [word.lower() for word in short.raw]
    return lower[len(lower) - len(tail) :] == tail or (lower[: len(tail)] == tail and lower[len(tail)] in _OF)


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

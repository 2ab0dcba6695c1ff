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
from extract.resolve.entities.relation import Relation, Side, apart, likely, part, same
from extract.resolve.entities.spelling import SAME_WORD, WordMatch, match_words

_OF = frozenset(("of", "in", "for", "at", "de", "du", "des", "da", "do", "del", "della", "pri"))
_AND = frozenset(("and", "und", "et", "i", "y", "e", "&"))


def compare_bodies(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """What two names of bodies are to each other; None where they have nothing to do with each other."""
    if a.joint != b.joint and not (a.acronym and b.acronym == ""):
        joint, single = (a, b) if a.joint else (b, a)
        return _coalition(joint, single)
    slip = a.acronym and b.acronym and _is_swap(a.acronym, b.acronym)
    if a.joint and b.joint and not slip and a.acronym != b.acronym and keys(a.raw[0]) & keys(b.raw[0]):
        return likely(f"two coalitions of {a.raw[0]}", "two coalitions")
    if a.acronym and b.acronym:
        return _two_acronyms(a, b)
    if a.acronym or b.acronym:
        return _acronym(a, b, lexicon)
    return _two_full(a, b, lexicon)


def _coalition(joint: BodyName, single: BodyName) -> Relation | None:
    return apart(f"{joint.text} is a coalition") if set(single.words) & set(joint.words) else None


def _two_acronyms(a: BodyName, b: BodyName) -> Relation:
    if _letters(a.acronym) == _letters(b.acronym):
        return same("same" if a.acronym == b.acronym else "spelling", "same letters", "same letters")
    short, long = sorted((_letters(a.acronym), _letters(b.acronym)), key=len)
    if _is_swap(short, long):
        return same("typo", "two letters swapped", "letters swapped")
    if len(short) >= 3 and long[:-1] == short:
        return likely(f"{a.acronym} and {b.acronym} differ in a last letter", "a last letter")
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
        return part("acronym", f"{short.text} is known for {full.text}", "known", side)
    if is_acronym_of(short.acronym, full.raw, lexicon) and not full.raw[0].isupper():
        return part("acronym", f"initials of {full.text}", "initials" if len(short.acronym) > 2 else "two initials", side)
    if full.raw[0] == short.text and all(word in lexicon["type_words"] for word in full.words[1:]):
        return part("short_form", f"{full.text} without {' '.join(full.raw[1:])}", "without type word", side)
    if is_acronym_of_members(short.acronym, full):
        return part("acronym", f"initials of the party of {full.text}", "initials of members", side, local=True)
    if len(full.words) == 1 and (keys(short.text) & keys(full.text)):
        return same("spelling", "same letters, in capitals", "capitals")
    if is_foreign_acronym_of(short.acronym, full.raw, lexicon):
        return part("acronym", f"initials of {full.text} in another language", "initials abroad", side, local=True)
    reverse = lexicon.body_names.get(full.text.lower())
    return same("acronym", f"{full.text} is known as {short.text}", "known") if reverse == short.text.lower() else None


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
        return same("same", "the same words", "same words") if a.words == b.words else _same_words(a, b)
    if a.numbers != b.numbers and (a.numbers or b.numbers) and a.count.keys() & b.count.keys():
        return apart("the numbers differ")
    if is_partly_abbreviated(a.raw, b.raw, lexicon) or is_partly_abbreviated(b.raw, a.raw, lexicon):
        return part("acronym", "some of the words abbreviated", "partly abbreviated", "a" if len(a.raw) < len(b.raw) else "b")
    if _is_clipped(a, b) or _is_clipped(b, a):
        reason = "each word is the beginning of its counterpart"
        return part("short_form", reason, "clipped", "a" if _is_clipped(a, b) else "b")
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
        return likely("the same words, but Europe's bodies differ in no more than that", "bodies of Europe")
    without_places = [[word for word in name.words if word not in name.places] for name in (a, b)]
    if without_places[0] == without_places[1] or a.count != b.count or _is_turned(a, b) or _is_turned(b, a):
        return same("inflection", "the same words, differently put together", "turned")
    return likely("the same words in another order", "another order")


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
        return likely(worst.reason, "two slips")
    return same(worst.how, worst.reason, "word by word", worst.cost)


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
        return same("spelling", "the same letters, divided differently", "divided differently")
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
    """What the words `extra` of the full name make of the short one: its signs, unless one of them makes it another body."""
    more = " ".join(extra)
    if len(extra) == 1 and len(short.words) > 1 and is_acronym_of(extra[0].upper(), short.raw, lexicon):
        return same("acronym", f"{extra[0].upper()} is the acronym of the rest", "with its acronym")
    if any(word in lexicon["directions"] for word in extra) and not set(extra) & full.places:
        return apart(f"{more}: another direction")
    if _joined_by_and(short, full):
        return apart(f"{full.text} goes on with and")
    kinds = {_kind(word, full, lexicon) for word in extra}
    where = _where(short, full, lexicon)
    if not where and not set(extra) <= _PARTY_WORDS:
        return _members(short, full, lexicon) or apart(f"{more} stands inside the name, and makes another one")
    if "sub unit" in kinds and where != "before of":
        return apart(f"{more}: a part of it, or another body")
    what = _what(short, lexicon)
    is_party = bool(set(short.words) & lexicon["type_words"]) or (len(short.words) == 1 and where == "before of")
    if short.generic and is_party and kinds & {"generic word", "word"} and what not in ("generic members", "an institution"):
        return apart(f"{more} tells it from others of its kind")
    if where == "last" and f"-{short.text}".casefold() in full.text.casefold():
        return apart(f"{full.text} has a compound")
    if where == "first" and "(" in full.text[len(short.text) :]:
        return apart(f"{more} in brackets tells it from others of its name")
    signs = (*(f"drops {kind}" for kind in sorted(kinds)), f"keeps {what}, {where or 'inside'}", f"keeps {what}")
    is_party_word = not set(extra) & (lexicon["institutions"] | lexicon["local_bodies"])
    travels = (kinds == {"type word"} and what in _TELLING and (is_party_word or len(short.words) > 1)) or (
        kinds <= _SMALL and len(short.words) > 1
    )
    return Relation("part", "short_form", f"{full.text} without {more}", signs, "a", local=not travels)


_PARTY_WORDS = frozenset(("party", "movement", "alliance", "coalition", "bloc", "front", "league", "group"))
_TELLING = frozenset(("words", "a word", "members"))
_SMALL = frozenset(("place", "type word", "number"))


def _kind(word: str, full: BodyName, lexicon: Lexicon) -> str:
    """What a word of a body's name is: the first of these lists that has it."""
    if word in full.places:
        return "place"
    if word in full.numbers:
        return "number"
    lists = (("type_words", "type word"), ("directions", "direction"), ("sub_units", "sub unit"), ("institutions", "institution"))
    generic = "generic word" if word in lexicon["generic"] | lexicon["official_prefixes"] else "word"
    return next((kind for name, kind in lists if word in lexicon[name]), generic)


def _what(short: BodyName, lexicon: Lexicon) -> str:
    """What a short form is made of, so far as it may be shared by other bodies."""
    if len(short.words) == 1 and short.words[0] in lexicon["institutions"]:
        return "an institution"
    if short.numbers or set(short.words) <= short.places:
        return "a place or number"
    if short.generic:
        return "generic members" if short.raw[-1].endswith("s") else "generic words" if len(short.words) > 1 else "a generic word"
    if len(short.words) > 1:
        return "words"
    return "members" if short.raw[-1].endswith("s") else "a word"


def _where(short: BodyName, full: BodyName, lexicon: Lexicon) -> str:
    """Where a short form stands in the full name: `first`, `before of`, `last` or `middle`; "" if its words are not together."""
    size = len(short.raw)
    start = next((start for start in range(len(full.raw) - size + 1) if _begins(short, full, start, lexicon)), None)
    if start is None:
        return ""
    if start + size == len(full.raw):
        return "last"
    if full.raw[start + size].lower() in _OF:
        return "before of"
    return "middle" if start else "first"


def _joined_by_and(short: BodyName, full: BodyName) -> bool:
    """Whether the full name begins with the short one and goes on with `and`."""
    size = len(short.raw)
    begins = [word.lower() for word in full.raw[:size]] == [word.lower() for word in short.raw]
    return begins and len(full.raw) > size and full.raw[size].lower() in _AND


def _begins(short: BodyName, full: BodyName, start: int, lexicon: Lexicon) -> bool:
    part = full.raw[start : start + len(short.raw)]
    return len(part) == len(short.raw) and all(_same(x, y, lexicon) for x, y in zip(part, short.raw, strict=True))


def _same(a: str, b: str, lexicon: Lexicon) -> bool:
    first, second = a.lower(), b.lower()
    return first == second or lexicon.same_words.get(first, first) == lexicon.same_words.get(second, second)


_MEMBERS = re.compile("(?:s|ists|rats|als|ives|ens|ans)$")
_MEMBER_FORMS = {"democrat": "democratic"}


def _members(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """`the Communists` for the Communist Party, `the Socialists` for the Party of Socialists."""
    ways: tuple[tuple[BodyName, BodyName, Side], ...] = ((a, b, "a"), (b, a, "b"))
    for short, full, side in ways:
        if len(short.words) > 2 or not short.words[-1].endswith("s") or len(full.words) <= len(short.words):
            continue
        if not set(full.words) & (lexicon["type_words"] | lexicon["institutions"]):
            continue
        one = (*short.words[:-1], short.words[-1][:-1])
        wanted = (short.words, one, (*one[:-1], _MEMBER_FORMS.get(one[-1], one[-1])))
        if any(_runs(form, full.words) for form in wanted):
            return part("short_form", f"the members of {full.text}", "members", side)
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

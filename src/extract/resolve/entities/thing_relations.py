"""Are two names one body, law, place, people or event? For each kind the steps that are taken, until one of them knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from anyascii import anyascii

from extract.resolve.entities.acronyms import is_acronym_of, is_foreign_acronym_of, is_partly_abbreviated
from extract.resolve.entities.folding import fold, keys
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.organisations import BodyName, parse_body
from extract.resolve.entities.relation import Relation, Side, apart, likely, part, same
from extract.resolve.entities.spelling import SAME_WORD, WordMatch, match_words

Step = Callable[[BodyName, BodyName, Lexicon], Relation | None]
_parsed = lru_cache(maxsize=4096)(parse_body)


def compare_things(kind: str, a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """What two names of a kind are to each other; None where they have nothing to do with each other."""
    steps = (step(a, b, lexicon) for step in _STEPS[kind])
    found = next((found for found in steps if found), None)
    return None if found is _NOTHING else found


def _both_ways(a: BodyName, b: BodyName) -> tuple[tuple[BodyName, BodyName, Side], ...]:
    return (a, b, "a"), (b, a, "b")


# Acronyms.


def _acronyms(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """What acronyms are to each other, or to the name in full; nothing where there are none, and no step after this one else."""
    if not (a.acronym or b.acronym):
        return None
    if a.acronym and b.acronym:
        return _two_acronyms(_letters(a.acronym), _letters(b.acronym))
    return next((found for way in _both_ways(a, b) if way[0].acronym and (found := _acronym(*way, lexicon))), None)


def _two_acronyms(a: str, b: str) -> Relation:
    if a == b:
        return same("spelling", "same letters", "same letters")
    if sorted(a) == sorted(b) and len(a) >= 5:  # `VMRO-DMPNE`
        return same("typo", "two letters swapped", "letters swapped")
    return apart(f"{a} and {b} are two acronyms")


def _letters(acronym: str) -> str:
    return anyascii(acronym).upper().replace("-", "")


def _acronym(short: BodyName, full: BodyName, side: Side, lexicon: Lexicon) -> Relation | None:
    known = lexicon.maps["body_names"].get(short.text.lower()) or lexicon.maps["place_names"].get(short.text.lower())
    if known and _parsed(known, lexicon).count == full.count:
        return part("acronym", f"{short.text} is known for {full.text}", "known", side)
    in_capitals = full.raw[0].isupper()  # `UK Unionist Party` is no UUP
    if not in_capitals and is_acronym_of(short.acronym, full.raw, lexicon):
        return part("acronym", f"initials of {full.text}", "initials" if len(short.acronym) > 2 else "two initials", side)
    if full.raw[0] == short.text and all(word in lexicon["type_words"] for word in full.words[1:]):
        return part("short_form", f"{full.text} without {' '.join(full.raw[1:])}", "without type word", side)
    if is_acronym_of_members(short.acronym, full):
        return part("acronym", f"initials of the party of {full.text}", "initials of members", side, local=True)
    if len(full.words) == 1 and keys(short.text) & keys(full.text):
        return same("spelling", "same letters, in capitals", "capitals")
    if not in_capitals and is_foreign_acronym_of(short.acronym, full.raw, lexicon):
        return part("acronym", f"initials of {full.text} in another language", "initials abroad", side, local=True)
    is_known = lexicon.maps["body_names"].get(full.text.lower()) == short.text.lower()
    return same("acronym", f"{full.text} is known as {short.text}", "known") if is_known else None


def is_acronym_of_members(letters: str, members: BodyName) -> bool:
    """Whether an acronym is the initials of people and a letter for their party (`CDU`: Christian Democrats)."""
    initials = "".join(word[0] for word in members.words).upper()
    if len(initials) < 2 or len(letters) != len(initials) + 1 or not _MEMBERS.search(members.words[-1]):
        return False
    return any(letters[:i] + letters[i + 1 :] == initials and letters[i] in _PARTIES for i in range(len(letters)))


_MEMBERS = re.compile("(?:s|ists|rats|als|ives|ens|ans)$")
_PARTIES = frozenset("PUSA")  # Party, Union, Stranka, Alliance


def _no_acronym(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """Stops here what has to do with an acronym, or has no word that counts."""
    return _NOTHING if a.acronym or b.acronym or not a.words or not b.words else None


_NOTHING = apart("")


# The same words, and one word for another.


def _same_words(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """The same words in another order: one body if only a place has moved, or one is put together with `of`."""
    if _usual(a, lexicon) != _usual(b, lexicon):
        return None
    if a.words == b.words:
        return same("same", "the same words", "same words")
    if "europe" in a.places:
        return likely("the same words, but Europe's bodies differ in no more than that", "bodies of Europe")
    here, there = ([word for word in name.words if word not in name.places] for name in (a, b))
    translated = any(map(lexicon.translated, (*a.raw, *b.raw)))  # Russian puts what is English last first
    has_of = any(word.lower() in _OF for word in (*a.raw, *b.raw))
    if here == there or a.count != b.count or translated or _is_turned(here, there, has_of, lexicon):
        return same("inflection", "the same words, differently put together", "turned")
    return likely("the same words in another order", "another order")


def _usual(name: BodyName, lexicon: Lexicon) -> Counter[str]:
    """The words of the name, those of its usual name if it has another (`United Nations Organization`)."""
    usual = lexicon.maps["body_names"].get(name.text.lower())
    return parse_body(usual, lexicon).count if usual else name.count


_OF = frozenset(("of", "in", "for", "at", "de", "du", "des", "da", "do", "del", "della", "pri"))


def _is_turned(a: Sequence[str], b: Sequence[str], has_of: bool, lexicon: Lexicon) -> bool:
    """Whether words are others from a later one on: `Ministry of the Interior`, `Interior Ministry`; `Bank Rossiya`."""
    moved = [a[:start] for start in range(1, len(a)) if [*a[start:], *a[:start]] == [*b]]
    kinds = lexicon["type_words"] | lexicon["enterprises"]
    return bool(moved) and (has_of or any(part[0] in kinds and len(part) == 1 for part in (moved[0], a[len(moved[0]) :])))


def _other_numbers(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    return apart("the numbers differ") if a.numbers != b.numbers and a.count.keys() & b.count.keys() else None


def _partly_abbreviated(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    for short, full, side in _both_ways(a, b):
        if is_partly_abbreviated(short.raw, full.raw, lexicon):
            return part("acronym", "some of the words abbreviated", "partly abbreviated", side)
    return None


def _word_by_word(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """The same number of words, each of which is its counterpart, one of them perhaps with a slip."""
    if len(a.words) != len(b.words):
        return None
    slack = 0.95 if len(a.words) > 1 else 0.8
    matches = [_form_of(x, y) or match_words(x, y, lexicon, slack) for x, y in zip(a.words, b.words, strict=True)]
    return _by_worst(matches) if all(matches) else None


def _form_of(a: str, b: str) -> WordMatch | None:
    """A word and its plural, a place and its adjective."""
    short, long = sorted((a, b), key=len)
    if (long == short + "s" and len(short) > 2) or (long == short + "n" and short.endswith("a")):
        return WordMatch(0.05, "spelling", f"{a} and {b} are forms of one word")
    return None


def _by_worst(matches: Iterable[WordMatch | None]) -> Relation:
    worst = max((match for match in matches if match), key=lambda match: match.cost, default=SAME_WORD)
    return same(worst.how, worst.reason, "word by word", worst.cost)


def _divided(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """`Rebirth Party` and `Re-Birth Party`: the same letters, otherwise divided."""
    if len(a.words) == len(b.words) or len(solid := fold("".join(a.words))) < 6 or solid != fold("".join(b.words)):
        return None
    return same("spelling", "the same letters, divided differently", "divided differently")


# Bodies: a name, and another one that has all of its words and more.


def _coalition(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    if a.joint == b.joint:
        return None
    return apart(f"{(a if a.joint else b).text} is a coalition") if set(a.words) & set(b.words) else _NOTHING


def _shorter_body(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    for short, full, side in _both_ways(a, b):
        if short.count <= full.count:
            found = _extension(short, full, list((full.count - short.count).elements()), lexicon)
            return found._replace(short=side) if found.short else found
    return None


def _extension(short: BodyName, full: BodyName, extra: Sequence[str], lexicon: Lexicon) -> Relation:
    """What the words `extra` of the full name make of the short one: its signs, unless one of them makes it another body."""
    more = " ".join(extra)
    if len(extra) == 1 and len(short.words) > 1 and is_acronym_of(extra[0].upper(), short.raw, lexicon):
        return same("acronym", f"{extra[0].upper()} is the acronym of the rest", "with its acronym")
    where, what = _where(short, full, lexicon), _what(short, lexicon)
    kinds = {_kind(word, full, lexicon) for word in extra}
    if not where and not set(extra) <= _PARTY_WORDS:
        return _members(short, full, lexicon) or apart(f"{more} stands inside the name, and makes another one")
    if reason := _another(short, full, extra, kinds, where, what, lexicon):
        return apart(reason)
    signs = (*(f"drops {kind}" for kind in sorted(kinds)), f"keeps {what}, {where or 'inside'}", f"keeps {what}")
    is_party_word = not set(extra) & (lexicon["institutions"] | lexicon["local_bodies"])
    travels = (
        (kinds == {"type word"} and what in _TELLING and (is_party_word or len(short.words) > 1))
        or (kinds <= _SMALL and len(short.words) > 1)
        or (kinds <= _KIND_OF_BODY and where == "last" and what == "a word" and len(short.text) >= _TELLS_ALONE)
    )
    return Relation("part", "short_form", f"{full.text} without {more}", signs, "a", local=not travels)


_PARTY_WORDS = frozenset(("party", "movement", "alliance", "coalition", "bloc", "front", "league", "group"))
_TELLING = frozenset(("words", "a word", "members"))
_SMALL = frozenset(("place", "type word", "number"))
_KIND_OF_BODY = frozenset(("type word", "institution", "generic word"))  # `Research and Production Corporation Uralvagonzavod`
_TELLS_ALONE = 8  # letters of a word that is hardly two bodies' name
_AND = frozenset(("and", "und", "et", "i", "y", "e", "&"))


def _another(
    short: BodyName, full: BodyName, extra: Sequence[str], kinds: set[str], where: str, what: str, lexicon: Lexicon
) -> str:
    """Why the words `extra` make the full name another body's, "" where they do not."""
    more, rest = " ".join(extra), full.text[len(short.text) :]
    is_party = bool(set(short.words) & lexicon["type_words"]) or (len(short.words) == 1 and where == "before of")
    if any(word in lexicon["directions"] for word in extra) and not set(extra) & full.places:
        return f"{more}: another direction"
    if where == "first" and full.raw[len(short.raw)].lower() in _AND:
        return f"{full.text} goes on with and"
    if where == "first" and "word" in kinds and short.text.lower() in lexicon["companies"]:
        return f"{short.text} is a company that other things are called after"
    papers = lexicon["newspapers"]
    if where == "first" and extra[-1] in papers and (lexicon.is_place(short.text) or short.words[-1] in papers):
        return f"{more} makes it a newspaper"
    if "sub unit" in kinds and where != "before of":
        return f"{more}: a part of it, or another body"
    if short.generic and is_party and kinds & {"generic word", "word"} and what not in ("generic members", "an institution"):
        return f"{more} tells it from others of its kind"
    if where == "last" and f"-{short.text}".casefold() in full.text.casefold():
        return f"{full.text} has a compound"
    return f"{more} in brackets tells it from others of its name" if where == "first" and "(" in rest else ""


_KINDS = (("type_words", "type word"), ("directions", "direction"), ("sub_units", "sub unit"), ("institutions", "institution"),
          ("generic", "generic word"), ("official_prefixes", "generic word"))  # fmt: skip


def _kind(word: str, full: BodyName, lexicon: Lexicon) -> str:
    """What a word of a body's name is: the first of these lists that has it."""
    if word in full.places:
        return "place"
    return "number" if word in full.numbers else next((kind for name, kind in _KINDS if word in lexicon[name]), "word")


def _what(short: BodyName, lexicon: Lexicon) -> str:
    """What a short form is made of, so far as it may be shared by other bodies."""
    if len(short.words) == 1 and short.words[0] in lexicon["institutions"]:
        return "an institution"
    if short.numbers or set(short.words) <= short.places:
        return "a place or number"
    several, members = len(short.words) > 1, short.raw[-1].endswith("s")
    if short.generic:
        return "generic members" if members else "generic words" if several else "a generic word"
    return "words" if several else "members" if members else "a word"


def _where(short: BodyName, full: BodyName, lexicon: Lexicon) -> str:
    """Where a short form stands in the full name: `first`, `before of`, `last` or `middle`; "" if its words are not together."""
    size = len(short.raw)
    wanted = [_standard(word, lexicon) for word in short.raw]
    raw = [_standard(word, lexicon) for word in full.raw]
    start = next((start for start in range(len(raw) - size + 1) if raw[start : start + size] == wanted), None)
    if start is None:
        return ""
    if start + size == len(raw):
        return "last"
    return "before of" if full.raw[start + size].lower() in _OF else "middle" if start else "first"


def _standard(word: str, lexicon: Lexicon) -> str:
    return lexicon.maps["same_words"].get(word.lower(), word.lower())


def _members_of(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    for short, full, side in _both_ways(a, b):
        if found := _members(short, full, lexicon):
            return found._replace(short=side)
    return None


def _members(short: BodyName, full: BodyName, lexicon: Lexicon) -> Relation | None:
    """`the Communists` for the Communist Party, `the Socialists` for the Party of Socialists."""
    *before, last = short.words
    if len(before) > 1 or not last.endswith("s") or len(full.words) <= len(short.words) or last in short.places:
        return None
    if not set(full.words) & (lexicon["type_words"] | lexicon["institutions"]):
        return None
    wanted = [(*before, word) for word in (last, last[:-1], "democratic" if last == "democrats" else last)]
    spans = [full.words[start : start + len(short.words)] for start in range(len(full.words))]
    return part("short_form", f"the members of {full.text}", "members", "a") if any(each in spans for each in wanted) else None


def _disjoint(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """Two names of which each has a word that the other lacks: two bodies, if they share any."""
    only = [" ".join((here.count - there.count).elements()) for here, there in ((a, b), (b, a))]
    return apart(" and ".join(only)) if a.count & b.count else None


# Places.


def _known_places(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """Two of the gazetteer: one place if they have one usual name, or differ in accents and dashes only."""
    first, second = lexicon.usual_place(a.text), lexicon.usual_place(b.text)
    if first == second:
        short = bool(a.acronym) != bool(b.acronym)
        return same("acronym" if short else "same", f"{a.text} and {b.text} are known for one place", "known")
    if a.acronym or b.acronym or not (lexicon.is_place(first) and lexicon.is_place(second)):
        return None
    return _accents([(first, second)]) or apart(f"{a.text} and {b.text} are two places")


def _accents(pairs: Sequence[tuple[str, str]]) -> Relation | None:
    """One place, if words differ in accents, dashes and doubled letters, or in the letters that stand for accented ones."""
    for a, b in pairs:
        if _bare(a) != _bare(b) and ((a + b).isascii() or not keys(a) & keys(b)):
            return None
    return same(
        "spelling", f"{' '.join(a for a, _ in pairs)}: other accents, dashes or doubled letters at most", "word by word", 0.05
    )


def _bare(text: str) -> str:
    return _TWICE.sub(r"\1", anyascii(text).lower())


_TWICE = re.compile(r"([^aeiou])\1|[^a-z]")


def _place_words(name: BodyName, lexicon: Lexicon) -> list[str]:
    words = [part.rstrip(".") for word in name.raw for part in word.lower().split("-") if part and part != "the"]
    return [lexicon.maps["same_words"].get(word, word) for word in words]


def _near_places(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """As many words here as there: spellings of one, or two places that share a word."""
    words_a, words_b = _place_words(a, lexicon), _place_words(b, lexicon)
    if len(words_a) != len(words_b):
        return None
    differing = [(x, y) for x, y in zip(words_a, words_b, strict=True) if x != y]
    if found := _accents(differing):
        return found
    matches = [match_words(x, y, lexicon, 0.8) for x, y in differing]
    if all(matches) and not any(_is_no_slip(x, y, lexicon) for x, y in differing):
        return _by_worst(matches)
    known = lexicon["directions"] | lexicon.places_of_words.keys()
    told = all(matches) or len(differing) < len(words_a) or any({x, y} & known for x, y in differing)
    return apart(f"{a.text} and {b.text} are two places") if told else _NOTHING


_ENDINGS = frozenset(("s", "n", "i", "an", "ian"))
_LONG = 8  # letters of a country's name in which one may be wrong
_SHORT = 5  # letters of a place in which one makes another place (`Tire`, `Tyre`)


def _is_no_slip(a: str, b: str, lexicon: Lexicon) -> bool:
    """Whether two words of places, however near, are two: directions, one and several, a place and its people, short ones."""
    short, long = sorted((a, b), key=len)
    return (
        bool({a, b} & lexicon["directions"])
        or long.removeprefix(short) in _ENDINGS
        or len(short) < (_LONG if {a, b} & lexicon.places_of_words.keys() else _SHORT)
    )


def _longer_place(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """One name has more words: an official form (`Republic of X`), a river's or island's kind, or another place."""
    ((head, short, side), (tail, full, _)) = sorted(
        ((_place_words(a, lexicon), a, "a"), (_place_words(b, lexicon), b, "b")), key=lambda each: len(each[0])
    )
    mark: Side = "a" if side == "a" else "b"
    if "".join(head) == "".join(tail):
        return same("spelling", "the same letters, divided differently", "divided differently")
    if len(head) == 1 and head[0] in lexicon["directions"]:
        fits = head[0] == tail[0] and len(tail) == 2
        return part("short_form", f"{full.text}, by its direction", "direction alone", mark, local=True) if fits else None
    if _is_official(head, tail, lexicon):
        return part("short_form", f"{full.text} is the official name of {short.text}", "official name", mark)
    if tail[:-1] == head and tail[-1] == "city" and short.text.lower() not in lexicon.places_of_words:
        return part("short_form", f"{full.text} without City", "without City", mark, local=True)
    if len(head) == 1 and len(tail) == 2 and head[0] == tail[0] + "s":
        return part("short_form", f"{full.text} by its plural", "by its plural", mark)
    if tail[:-1] == head and tail[-1] in lexicon["natural_features"]:
        if lexicon.is_place(short.text) and not tail[-1].startswith("island"):
            return likely(f"{full.text} may be called {short.text}, and so is another place", "a place and its river")
        return part("short_form", f"{full.text} without {tail[-1]}", "without river or island", mark)
    return apart(f"{full.text} is another place than {short.text}") if set(head) & set(tail) else None


_REPUBLICS = frozenset(("republic", "federation", "kingdom", "confederation", "state"))


def _is_official(head: list[str], tail: list[str], lexicon: Lexicon) -> bool:
    """`[Adjective] Republic of X`, `Russian Federation` against `X`."""
    prefix = [word for word in tail[: -len(head)] if word != "the"]
    if tail[-len(head) :] == head and len(prefix) > 1:
        known = lexicon["official_prefixes"] | lexicon["official_adjectives"] | lexicon.places_of_words.keys()
        is_state = prefix[-1] == "of" and prefix[-2] in lexicon["official_prefixes"] and prefix[-3:-1] != ["islamic", "state"]
        return is_state and known.issuperset(prefix[:-1])
    place = lexicon.places_of_words.get(tail[0])
    return len(tail) == 2 and tail[1] in _REPUBLICS and place not in (None, tail[0]) and [place] == head


# Peoples.

_PHILES = re.compile("(?:philics?|philes?|phobics?|phobes?)$")


def _peoples(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """An adjective and its noun (`Georgian`, `Georgians`)."""
    first, second = people_key(a, lexicon), people_key(b, lexicon)
    if first == second:
        return same("inflection", "forms of one word", "forms of one word")
    return apart("two peoples") if set(first) & set(second) else None


def people_key(name: BodyName, lexicon: Lexicon) -> tuple[str, ...]:
    """What the forms of one people's name share: its place, or its singular."""
    return tuple(_people_word(word.lower(), lexicon) for word in name.raw)


def _people_word(word: str, lexicon: Lexicon) -> str:
    if word in lexicon.places_of_words:
        return lexicon.places_of_words[word]
    if philes := _PHILES.search(word):
        return word[: philes.start()] + philes.group()[:4]
    one = _singular(word) if len(word) > 3 else word
    return lexicon.maps["same_peoples"].get(one, one)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


# Events.

_YEAR = re.compile(r"\d{4}")


def _events(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """`2024 election` is short for a longer name with the same year."""
    words_a, words_b = list(_event_words(a, lexicon)), list(_event_words(b, lexicon))
    shared = set(words_a) & set(words_b)
    if sorted(words_a) == sorted(words_b):
        return same("inflection", "the same words", "same words")
    years_a, years_b = _years(a), _years(b)
    if (years_a and years_b and years_a != years_b) or a.numbers - years_a != b.numbers - years_b:
        return apart("the years or numbers differ") if shared else None
    if not shared:
        return None
    if len(shared) not in (len(words_a), len(words_b)):
        return apart("each has a word that the other lacks") if bool(years_a) == bool(years_b) else None
    short, full, side = min(_both_ways(a, b), key=lambda way: len(way[0].words))
    if (
        _years(full)
        and not _years(short)
        and len(shared) > 1
        and set(list(_event_words(full, lexicon))[-len(shared) :]) == shared
    ):
        return part("short_form", f"{full.text}, without its year", "without year", side)
    if not years_a or not shared & lexicon["event_words"]:
        return apart("two names of events")
    return part("short_form", f"{full.text}, by its year", "by its year", side)


def _event_words(name: BodyName, lexicon: Lexicon) -> Iterator[str]:
    return (lexicon.maps["same_event_words"].get(word, word) for word in map(_singular, name.words))


def _years(name: BodyName) -> frozenset[str]:
    return frozenset(word for word in name.numbers if _YEAR.fullmatch(word))


_BODY: tuple[Step, ...] = (
    _coalition, _acronyms, _no_acronym, _same_words, _other_numbers, _partly_abbreviated, _word_by_word, _divided, _shorter_body,
    _members_of, _disjoint,
)  # fmt: skip
_STEPS: Mapping[str, tuple[Step, ...]] = {
    "body": _BODY,
    "law": _BODY,
    "place": (_known_places, _acronyms, _no_acronym, _other_numbers, _near_places, _longer_place),
    "people": (_peoples,),
    "event": (_events,),
}

"""Names of places, peoples and events: their words, and whether two are one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii

from extract.resolve.entities.acronyms import is_acronym_of
from extract.resolve.entities.folding import keys
from extract.resolve.entities.lexicon import Lexicon
from extract.resolve.entities.organisations import BodyName
from extract.resolve.entities.relation import Relation, Side, apart, likely, part, same
from extract.resolve.entities.spelling import match_words

_REPUBLICS = frozenset(("republic", "federation", "kingdom", "confederation", "state"))
_YEAR = re.compile(r"\d{4}")
_PHILES = re.compile("(?:philics?|philes?|phobics?|phobes?)$")


def compare_places(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """What two names of places are to each other; None where they have nothing to do with each other."""
    first, second = lexicon.usual_place(a.text), lexicon.usual_place(b.text)
    if first == second:
        short = bool(a.acronym) != bool(b.acronym)
        return same("acronym" if short else "same", f"{a.text} and {b.text} are known for one place", "known")
    if bool(a.acronym) != bool(b.acronym):
        return _acronym(a, b, lexicon)
    if (a.acronym and b.acronym) or a.numbers != b.numbers:
        return apart("two acronyms" if a.acronym else "the numbers differ")
    if lexicon.is_place(first) and lexicon.is_place(second):
        return _both_known(first, second) or apart(f"{a.text} and {b.text} are two places")
    return _compare_words(a, b, lexicon)


def _both_known(a: str, b: str) -> Relation | None:
    """Two of the gazetteer: one place, if written with and without accents or dashes; None for two."""
    if not keys(a.replace(" ", "")) & keys(b.replace(" ", "")):
        return None
    if _TWICE.sub(r"\1", anyascii(a)) == _TWICE.sub(r"\1", anyascii(b)) or not (a + b).isascii():
        return same("spelling", f"{a} and {b} differ in accents and dashes only", "word by word", 0.05)
    return likely(f"{a} and {b} are two places of the gazetteer, or one that is spelled in two ways", "two known places")


_TWICE = re.compile(r"([^aeiou])\1|[^a-z]")


def _acronym(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    short, full = (a, b) if a.acronym else (b, a)
    if is_acronym_of(short.acronym, full.raw, lexicon):
        return part("acronym", f"initials of {full.text}", "initials", "a" if a.acronym else "b")
    if len(full.words) == 1 and keys(short.text) & keys(full.text):
        return same("spelling", "same letters, in capitals", "capitals")
    return None


def _compare_words(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    words_a, words_b = _plain_words(a, lexicon), _plain_words(b, lexicon)
    if len(words_a) == len(words_b):
        return _near(a, b, words_a, words_b, lexicon)
    if len(words_a) < len(words_b):
        return _longer(a, b, "a", lexicon)
    return _longer(b, a, "b", lexicon)


def _plain_words(name: BodyName, lexicon: Lexicon) -> list[str]:
    words = [part.rstrip(".") for word in name.raw for part in word.lower().split("-") if part and part != "the"]
    return [lexicon.same_words.get(word, word) for word in words]


def _near(a: BodyName, b: BodyName, words_a: list[str], words_b: list[str], lexicon: Lexicon) -> Relation | None:
    """As many words here as there: spellings of one, or two places that share a word."""
    differing = [(x, y) for x, y in zip(words_a, words_b, strict=True) if x != y]
    if any(x in lexicon["directions"] or y in lexicon["directions"] for x, y in differing):
        return apart(f"{a.text} and {b.text}: another direction")
    if any(long.removeprefix(short) in _ENDINGS for x, y in differing for short, long in [sorted((x, y), key=len)]):
        return apart(f"{a.text} and {b.text}: one and several, or a place and its people")
    if any(min(len(x), len(y)) < _LONG and {x, y} & lexicon.places_of_words.keys() for x, y in differing):
        return _but_for_accents(a, b, differing) or apart(f"{a.text} and {b.text} are two places")
    matches = [match_words(x, y, lexicon, 0.8) for x, y in differing]
    if all(matches):
        worst = max((match for match in matches if match), key=lambda match: match.cost, default=None)
        if worst is None:
            return same("same", "same name", "same name")
        if any(min(len(x), len(y)) < _SHORT for x, y in differing):
            accents = _but_for_accents(a, b, differing)
            return accents or likely(f"{a.text} and {b.text} are short, and a letter apart", "short places")
        return same(worst.how, worst.reason, "word by word", worst.cost)
    return apart(f"{a.text} and {b.text} are two places") if len(differing) < len(words_a) else None


_ENDINGS = frozenset(("s", "n", "i", "an", "ian"))
_LONG = 8  # letters of a country's name in which one may be wrong
_SHORT = 5  # letters of a place in which one makes another place (`Tire`, `Tyre`)


def _but_for_accents(a: BodyName, b: BodyName, differing: Iterable[tuple[str, str]]) -> Relation | None:
    """One place, if words differ in accents, or in the plain letters that stand for them, and in nothing else."""
    if any(anyascii(x) != anyascii(y) and not (keys(x) & keys(y) and not (x + y).isascii()) for x, y in differing):
        return None
    return same("spelling", f"{a.text} and {b.text} differ in accents only", "word by word", 0.05)


def _longer(short: BodyName, full: BodyName, mark: Side, lexicon: Lexicon) -> Relation | None:
    """One name has more words: an official form (`Republic of X`), a river's or island's kind, or another place."""
    head, tail = _plain_words(short, lexicon), _plain_words(full, lexicon)
    if len(head) == 1 and head[0] in lexicon["directions"]:
        fits = head[0] == tail[0] and len(tail) == 2
        return part("short_form", f"{full.text}, by its direction", "direction alone", mark, local=True) if fits else None
    if "".join(head) == "".join(tail):
        return same("spelling", "the same letters, divided differently", "divided differently")
    if _is_official(head, tail, lexicon):
        return part("short_form", f"{full.text} is the official name of {short.text}", "official name", mark)
    if tail[:-1] == head and tail[-1] == "city" and short.text.lower() not in lexicon.places_of_words:
        return part("short_form", f"{full.text} without City", "without City", mark, local=True)
    if len(head) == 1 and head[0] == tail[0] + "s" and len(tail) == 2:
        return part("short_form", f"{full.text} by its plural", "by its plural", mark)
    if tail[:-1] == head and tail[-1] in lexicon["natural_features"]:
        if lexicon.is_place(short.text) and not tail[-1].startswith("island"):
            return likely(f"{full.text} may be called {short.text}, and so is another place", "a place and its river")
        return part("short_form", f"{full.text} without {tail[-1]}", "without river or island", mark)
    return apart(f"{full.text} is another place than {short.text}") if set(head) & set(tail) else None


def _is_official(head: list[str], tail: list[str], lexicon: Lexicon) -> bool:
    """`[Adjective] Republic of X`, `Russian Federation` against `X`."""
    size = len(head)
    if tail[-size:] == head and len(tail) > size + 1:
        prefix = [word for word in tail[:-size] if word != "the"]
        known = lexicon["official_prefixes"] | lexicon["official_adjectives"] | lexicon.places_of_words.keys()
        return (
            prefix[-1] == "of"
            and prefix[-3:-1] != ["islamic", "state"]
            and all(word in known for word in prefix[:-1])
            and prefix[-2] in lexicon["official_prefixes"]
        )
    place = lexicon.places_of_words.get(tail[0])
    return len(tail) == 2 and tail[1] in _REPUBLICS and place is not None and place != tail[0] and [place] == head


def compare_peoples(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """An adjective and its noun (`Georgian`, `Georgians`); spellings otherwise only where nothing but the accents differs."""
    if people_key(a, lexicon) == people_key(b, lexicon):
        return same("inflection", "forms of one word", "forms of one word")
    words = list(zip(a.raw, b.raw, strict=False))
    if len(a.raw) == len(b.raw) and all(keys(x) & keys(y) for x, y in words):
        return same("spelling", f"{a.text} and {b.text} differ in romanisation only", "word by word", 0.05)
    return apart("two peoples") if set(people_key(a, lexicon)) & set(people_key(b, lexicon)) else None


def people_key(name: BodyName, lexicon: Lexicon) -> tuple[str, ...]:
    """What the forms of one people's name share: its place, or its singular."""
    return tuple(_people_word(word.lower(), lexicon) for word in name.raw)


def _people_word(word: str, lexicon: Lexicon) -> str:
    if word in lexicon.places_of_words:
        return lexicon.places_of_words[word]
    if philes := _PHILES.search(word):
        return word[: philes.start()] + philes.group()[:4]
    one = word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
    return lexicon.same_peoples.get(one, one)


def compare_events(a: BodyName, b: BodyName, lexicon: Lexicon) -> Relation | None:
    """What two names of events are to each other: `2024 election` is short for a longer name with the same year."""
    words_a, words_b = _event_words(a, lexicon), _event_words(b, lexicon)
    if sorted(words_a) == sorted(words_b):
        return same("inflection", "the same words", "same words")
    if _years(a) and _years(b) and _years(a) != _years(b) and (a.count.keys() & b.count.keys()):
        return apart("the years differ")
    if a.numbers - _years(a) != b.numbers - _years(b):
        return apart("the numbers differ") if a.count.keys() & b.count.keys() else None
    if len(words_a) == len(words_b) and all(match_words(x, y, lexicon, 0.6) for x, y in zip(words_a, words_b, strict=True)):
        return same("spelling", f"{a.text} and {b.text} are written alike", "word by word", 0.3)
    return _shorter_event(a, b, set(words_a), set(words_b), lexicon)


def _event_words(name: BodyName, lexicon: Lexicon) -> list[str]:
    words = [_event_word(word) for word in name.words]
    return [lexicon.same_event_words.get(word, word) for word in words]


def _event_word(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _years(name: BodyName) -> frozenset[str]:
    return frozenset(word for word in name.numbers if _YEAR.fullmatch(word))


def _shorter_event(a: BodyName, b: BodyName, words_a: set[str], words_b: set[str], lexicon: Lexicon) -> Relation | None:
    if not words_a & words_b:
        return None
    small, side, full = (words_a, "a", b) if words_a < words_b else (words_b, "b", a)
    if not (words_a < words_b or words_b < words_a):
        return apart("each has a word that the other lacks") if bool(_years(a)) == bool(_years(b)) else None
    if _years(full) and not _years(a if side == "a" else b) and len(small) > 1:
        tail = _event_words(full, lexicon)[-len(small) :]
        if set(tail) == small and any(word in lexicon["event_words"] for word in tail):
            return part("short_form", f"{full.text}, without its year", "without year", "a" if side == "a" else "b")
    if not _years(a) or not any(_event_word(word) in lexicon["event_words"] for word in small):
        return apart("two names of events")
    return part("short_form", f"{full.text}, by its year", "by its year", "a" if side == "a" else "b")

"""Who may have a figure of prose: the names of its sentence, of those before it, of the headings above; several; nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.recognise.figures.tape import INDEPENDENT, Item
from extract.resolve.fact import INDEPENDENTS, Owner
from extract.resolve.figures.prose import Prose

Shape = tuple[str, str]

_BACK = 4
"""Names are looked for in so many sentences before that of the figure."""
_NAMES_HERE, _NAMES_BEFORE, _NAMES_ABOVE = 8, 6, 4
_BLOCKS_BACK = 200
_GROUPS = 6
_MOST_TOGETHER = 6
_JOINS = frozenset([",", "and", "or", "&", "the", "(", ")", "its", "their", "both", "with", "alongside", "along", "together",
                    "plus", "as", "well", "also", "then", "nor", "to", "joined", "by", "of", "from", "for", "in", "ally",
                    "allies", "partner", "partners", "coalition", "'s", '"'])  # fmt: skip


class Candidate(NamedTuple):
    """One possible owner of a figure.

    A name, independents, a group of names, or nobody: `numbers` are those of the mentions (-1: independents), `key` says what
    they name, `label` is that of the name. It stands in sentence number `sentence` at `[first, last)` of its tape, `where` says
    how that lies to the figure. `each`: each of a group has the number.
    """

    label: str
    where: str
    key: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    sentence: int = -1
    first: int = -1
    last: int = -1
    each: bool = False

    @property
    def owner(self) -> tuple[tuple[str, ...], bool]:
        """Whom it stands for: several candidates may be one owner."""
        return self.key, self.each

    @property
    def is_here(self) -> bool:
        """Whether it stands in the sentence of the figure."""
        return self.where in ("left", "right")

    @property
    def far(self) -> str:
        """Where it stands, all sentences before alike."""
        return self.where.split()[0]

    @property
    def shape(self) -> Shape:
        """What it is and where, for signs that ask no more."""
        return (f"{self.label}, {'each' if self.each else 'together'}" if len(self.numbers) > 1 else self.label), self.where

    def owners(self, prose: Prose) -> tuple[Owner, ...]:
        """The names, each thing once."""
        by_key: dict[str, Owner] = {}
        for number in self.numbers:
            owner = Owner(None, INDEPENDENTS) if number < 0 else Owner(number, prose.mentions[number].text)
            by_key.setdefault(key_of(prose, number), owner)
        return tuple(by_key.values())


NOBODY = Candidate("nobody", "nowhere")


def key_of(prose: Prose, number: int) -> str:
    """What a mention names."""
    return INDEPENDENT if number < 0 else prose.keys[number]


def find_candidates(prose: Prose, sentence: int, tape: Sequence[Item], place: int, groups: bool) -> list[Candidate]:
    """The candidates for a figure at a place of a tape of its sentence; `groups`: several may have it."""
    found = [NOBODY, *_names(prose, sentence, tape, place, _NAMES_HERE)]
    if "independent" in prose.text[tape[place].start : tape[place].end].lower():
        found.append(Candidate(INDEPENDENT, "inside", (INDEPENDENT,), (-1,), sentence, place, place + 1))
    seen = {candidate.key for candidate in found}
    if groups:
        found += _groups(prose, sentence, tape, place)
    elsewhere = prose.elsewhere.get(sentence)
    if elsewhere is None:  # each thing once, where it stands nearest
        elsewhere = prose.elsewhere[sentence] = {}
        for some in _elsewhere(prose, sentence):
            elsewhere |= {candidate.key: candidate for candidate in some if candidate.key not in elsewhere}
    return found + [candidate for key, candidate in elsewhere.items() if key not in seen]


def _elsewhere(prose: Prose, sentence: int) -> Iterator[list[Candidate]]:
    """The candidates of other sentences, sentence by sentence: before, above, what the document names most."""
    for where, other in _sentences_before(prose, sentence):
        end = prose.tapes.end_of(other)
        most = _NAMES_BEFORE if where.startswith("back") else _NAMES_ABOVE
        yield _names(prose, other, end, None, most, where)[::-1]
    for number in prose.topics:
        other = prose.sentence_at(prose.mentions[number].start)
        end = prose.tapes.end_of(other) if other != sentence else []
        yield [_candidate(prose, other, end, (place,), "topic") for place, item in enumerate(end) if item.number == number]


def _names(prose: Prose, sentence: int, tape: Sequence[Item], place: int | None, most: int, where: str = "") -> list[Candidate]:
    """The names of a sentence that are nearest to a place, or to its end."""
    places = [index for index, item in enumerate(tape) if item.kind == "name"]
    near = sorted(places, key=lambda index: abs(index - (len(tape) if place is None else place)))[:most]
    return [_candidate(prose, sentence, tape, (index,), _side(index, place, where)) for index in near]


def _side(index: int, place: int | None, where: str) -> str:
    return where if place is None else "left" if index < place else "right"


def _candidate(
    prose: Prose, sentence: int, tape: Sequence[Item], places: Sequence[int], where: str, each: bool = False
) -> Candidate:
    first, last = places[0], places[-1] + 1
    if len(places) == 1:
        item = tape[first]
        return Candidate(item.form, where, (key_of(prose, item.number),), (item.number,), sentence, first, last)
    numbers = tuple(tape[place].number for place in places)
    keys = tuple(sorted({key_of(prose, number) for number in numbers}))
    return Candidate("group", where, keys, numbers, sentence, first, last, each)


def _groups(prose: Prose, sentence: int, tape: Sequence[Item], place: int) -> Iterator[Candidate]:
    """The names of a sentence that are joined (`A, B and C`), each group once for `each` and once for `together`."""
    seen: set[tuple[str, ...]] = set()
    runs = list(_joined(tape))
    parties = [index for index, item in enumerate(tape[:place]) if item.form == "PARTY"]
    runs += [tuple(parties)] if parties else []
    for run in sorted(runs, key=lambda run: abs(run[-1] - place))[:_GROUPS]:
        candidate = _candidate(prose, sentence, tape, run, _side(run[0], place, ""))
        if 1 < len(candidate.key) <= _MOST_TOGETHER and candidate.key not in seen:
            seen.add(candidate.key)
            yield candidate
            yield candidate._replace(each=True)


def _joined(tape: Sequence[Item]) -> Iterator[tuple[int, ...]]:
    """The places of names between which there are only words that join; of three or more also the last two."""
    run: list[int] = []
    for index, item in enumerate(tape):
        if item.kind == "name":
            run.append(index)
            if len(run) > 1:
                yield tuple(run)
            if len(run) > 2:
                yield tuple(run[-2:])
        elif item.kind != "word" or (item.form not in _JOINS and (not run or index - run[-1] > 3 or item.form in ".;:")):
            run = []


def _sentences_before(prose: Prose, sentence: int) -> Iterator[tuple[str, int]]:
    """The sentences whose names may be meant, each with where it stands: before in the section, headings above, title."""
    block = prose.block_of(sentence)
    for back in range(1, min(_BACK, sentence) + 1):
        other = prose.block_of(sentence - back)
        if other.in_table or other.kind in ("heading", "title") or other.section != block.section:
            break
        yield f"back {back}", sentence - back
    first = prose.sentences[sentence].block
    for number in range(first - 1, max(-1, first - 1 - _BLOCKS_BACK), -1):
        other = prose.document.blocks[number]
        if other.kind == "title" or (other.kind == "heading" and prose.text[other.start : other.end] in block.section):
            yield other.kind, prose.sentence_at(other.start)
        if other.kind == "title":
            break

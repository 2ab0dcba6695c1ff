"""Who may have a figure of prose: the names of its sentence, of those before it, of the headings above; several; nobody."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.recognise.figures.tape import INDEPENDENT, Tape
from extract.resolve.fact import INDEPENDENTS, Owner
from extract.resolve.figures.prose import Prose

_BACK = 3
"""Names are looked for in so many sentences before that of the figure."""
_NAMES = 6
"""So many of a sentence are candidates, those nearest."""
_BLOCKS_BACK = 200
_GROUPS = 6
_MOST_TOGETHER = 6
_JOINS = frozenset([",", "and", "or", "&", "the", "(", ")", "its", "their", "both", "with", "alongside", "along", "together",
                    "plus", "as", "well", "also", "then", "nor", "to", "joined", "by", "of", "from", "for", "in", "ally",
                    "allies", "partner", "partners", "coalition", "'s", '"'])  # fmt: skip


class Candidate(NamedTuple):
    """One possible owner of a figure.

    A name, independents, a group of names, or nobody: `numbers` are those of the mentions (-1: independents), `key` says what
    they name, `label` is that of the name. It stands at `[first, last)` of a tape between the words `around`, two before and two
    behind; `where` says how that lies to the figure. `each`: each of a group has the number.
    """

    label: str
    where: str
    key: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    around: tuple[str, ...] = ()
    first: int = -1
    last: int = -1
    each: bool = False

    def owners(self, prose: Prose) -> tuple[Owner, ...]:
        """The names, each thing once."""
        by_key = {prose.keys.get(number, INDEPENDENT): number for number in reversed(self.numbers)}
        first = sorted(by_key.values(), key=self.numbers.index)
        return tuple(Owner(None, INDEPENDENTS) if one < 0 else Owner(one, prose.mentions[one].text) for one in first)


NOBODY = Candidate("nobody", "nowhere")


def find_candidates(prose: Prose, sentence: int, tape: Tape, place: int, groups: bool) -> list[Candidate]:
    """The candidates for a figure at a place of a tape of its sentence; `groups`: several may have it."""
    near = sorted(tape.names, key=lambda at: abs(at - place))[:_NAMES]
    found = [NOBODY, *[_candidate(prose, tape, (at,), "left" if at < place else "right") for at in near]]
    if "independent" in prose.mentions[tape.numbers[place]].text.lower():
        found.append(Candidate(INDEPENDENT, "inside", (INDEPENDENT,), (-1,), tape.beside(place, place + 1)))
    seen = {candidate.key for candidate in found}
    if groups:
        found += _groups(prose, tape, place)
    if sentence not in prose.elsewhere:
        prose.elsewhere[sentence] = _elsewhere(prose, sentence)
    return found + [candidate for key, candidate in prose.elsewhere[sentence].items() if key not in seen]


def _elsewhere(prose: Prose, sentence: int) -> dict[tuple[str, ...], Candidate]:
    """The candidates of other sentences by what they name, where it stands nearest; then what the document names most."""
    found: dict[tuple[str, ...], Candidate] = {}
    for where, other in _sentences_before(prose, sentence):
        tape, _ = prose.tapes.around(other, prose.sentences[other].end)
        for at in reversed(tape.names[-_NAMES:]):
            found.setdefault((one := _candidate(prose, tape, (at,), where)).key, one)
    for number in prose.topics:
        start = prose.mentions[number].start
        if (other := prose.sentence_at(start)) != sentence:
            tape, at = prose.tapes.around(other, start)
            found.setdefault((one := _candidate(prose, tape, (at,), "topic")).key, one)
    return found


def _candidate(prose: Prose, tape: Tape, places: Sequence[int], where: str) -> Candidate:
    numbers = tuple([tape.numbers[place] for place in places])
    keys = {prose.keys.get(number, INDEPENDENT) for number in numbers}
    label, first, last = tape.forms[places[0]] if len(places) == 1 else "group", places[0], places[-1] + 1
    return Candidate(label, where, tuple(sorted(keys)), numbers, tape.beside(first, last), first, last)


def _groups(prose: Prose, tape: Tape, place: int) -> Iterator[Candidate]:
    """The names of a sentence that are joined (`A, B and C`), each group once for `each` and once for `together`."""
    seen: set[tuple[str, ...]] = set()
    runs = [*_joined(tape), tuple(at for at in tape.names if at < place and tape.forms[at] == "PARTY")]
    for run in sorted(filter(None, runs), key=lambda run: abs(run[-1] - place))[:_GROUPS]:
        candidate = _candidate(prose, tape, run, "left" if run[0] < place else "right")
        if 1 < len(candidate.key) <= _MOST_TOGETHER and candidate.key not in seen:
            seen.add(candidate.key)
            yield from (candidate, candidate._replace(each=True))


def _joined(tape: Tape) -> Iterator[tuple[int, ...]]:
    """The places of names between which there are only words that join."""
    run: list[int] = []
    for index, (form, kind) in enumerate(zip(tape.forms, tape.kinds, strict=True)):
        if kind == "name":
            run.append(index)
            yield tuple(run)
        elif kind != "word" or (form not in _JOINS and (not run or index - run[-1] > 3 or form in ".;:")):
            run = []


def _sentences_before(prose: Prose, sentence: int) -> Iterator[tuple[str, int]]:
    """The sentences whose names may be meant, each with where it stands: before in the section, headings above, title."""
    section, first = prose.block_of(sentence).section, prose.sentences[sentence].block
    for back in range(1, min(_BACK, sentence) + 1):
        other = prose.block_of(sentence - back)
        if other.in_table or other.kind in ("heading", "title") or other.section != section:
            break
        yield f"back {back}", sentence - back
    above = prose.above[bisect_left(prose.above, first - _BLOCKS_BACK) : bisect_left(prose.above, first)]
    for other in map(prose.document.blocks.__getitem__, reversed(above)):
        if other.kind == "title" or prose.text[other.start : other.end] in section:
            yield other.kind, prose.sentence_at(other.start)
        if other.kind == "title":
            break

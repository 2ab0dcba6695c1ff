"""Names by their form: runs of capitalised words, taken apart into offices, bodies and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.recognise.names.candidate import Candidate, Vote, vote
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.runs import Runs, Stretch
from extract.recognise.names.words import APOSTROPHES, DASHES, Words

_LONGEST = 14  # words of one name
_MOST_FIELDS = 5  # of a ministry, between commas
_IN_HEADING = 0.3  # what is left of a head's weight where every word has a capital
_PREPOSITIONS = frozenset({"of", "for", "on", "against"})
_WITH_PORTFOLIO = frozenset(
    {"minister", "ministers", "secretary", "secretaries", "undersecretary", "commissioner", "portfolio", "vice-minister"}
)
_OF_A_LEADER = frozenset({"Alliance", "Bloc", "Coalition", "List"})
_UNIONS = frozenset({"Union", "Unions", "Federation", "Association", "Confederation"})
_SIDES = frozenset({"Right", "Left", "Centre"})
_FOR_A_CAUSE = frozenset({"Congress", "Union", "Forum", "Convention", "Initiative", "Platform"})
_MISSIONS = frozenset({"Embassy", "Mission", "Delegation", "Consulate", "Office", "Congress", "Council"})


@dataclass(frozen=True, slots=True)
class Forms:
    """Reads the capitalised stretches of one document. `known`: as in `Runs`."""

    words: Words
    lexicon: Lexicon
    known: Sequence[int]
    runs: Runs = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "runs", Runs(self.words, self.lexicon, self.known))

    # -- a run taken apart -----------------------------------------------------------------------------------------

    def read(self) -> Iterator[Candidate]:
        """The candidates of all runs: bodies by their head, and what is left between offices and known names."""
        behind = 0
        for start, end in self.runs.all():
            if start >= behind:
                found = list(self._read_run(start, end))
            elif end > behind:
                found = list(self._read_run(behind, end))
            else:
                continue
            behind = max((each.end for each in found), default=end)
            yield from found

    def _read_run(self, start: int, end: int) -> Iterator[Candidate]:
        left = start
        for office_start, office_end in self._offices(start, end):
            yield from self._read_piece(left, office_start, end)
            left = office_end
        yield from self._read_piece(left, end, end)

    def _offices(self, start: int, end: int) -> Iterator[Stretch]:
        """`Deputy Prime Minister`: the offices in a run; not the `General` of an assembly, nor Billie Jean King's last name."""
        at = start
        while at < end:
            stop = self._office_end(at, end)
            if stop is None:
                at += 1
                continue
            if not self._is_family_name(start, at, stop, end):
                yield at, stop
            at = stop

    def _office_end(self, at: int, end: int) -> int | None:
        """Where the office that begins at `at` ends: parts of offices, then an office, and no head of a body after it."""
        position = at
        last = None
        while position < end:
            word = self.words.text[position]
            if word in self.lexicon["office"]:
                last = position + 1
            elif word not in self.lexicon["office_part"]:
                break
            position += 1
        if last is None or (last < end and (self._is_head(last) or self.words.text[last] in self.lexicon["calling"])):
            return None
        return last

    def _is_family_name(self, start: int, at: int, stop: int, end: int) -> bool:
        alone = stop == end and stop - at == 1 and at > start
        return alone and self.words.lower[at - 1] in self.lexicon.given_names

    def _is_head(self, at: int) -> bool:
        return self.words.text[at] in self.lexicon.heads

    def portfolios(self) -> frozenset[int]:
        """The words that name an office's field: `Foreign Affairs` in `Minister of Foreign Affairs of Georgia`."""
        found: set[int] = set()
        for at in range(len(self.words) - 2):
            if self.words.lower[at] in _WITH_PORTFOLIO and self.words.after(at + 1) in ("of", "for"):
                found.update(range(at + 2, self._portfolio_end(at + 2)))
        return frozenset(found)

    def _portfolio_end(self, at: int) -> int:
        start = at
        while self.runs.inside(at) and at - start < _LONGEST:
            word = self.words.text[at]
            goes_on = (self.words.capital[at] and self.known[at] <= at) or word in ("and", ",", "the", "&", "-", "–")
            if not goes_on or (word == "," and not self._list_goes_on(at)):
                break
            at += 1
        return at

    # -- bodies ----------------------------------------------------------------------------------------------------

    def _read_piece(self, start: int, end: int, run_end: int) -> Iterator[Candidate]:
        """A piece of a run between offices: the body in it, and what is behind that."""
        if start >= end:
            return
        head = self._last_head(start, end)
        if head is None:
            yield from self._left_over(start, end)
            return
        stop = head + 1
        if stop == end == run_end:
            stop = self._tail(start, head)
        begin = head if stop > head + 1 and self.known[head] == stop else self._with_owner_before(start, head)
        begin = self._with_parent_before(begin)
        if stop - begin > 1 and self._is_whole(begin, head, stop):
            yield from self._left_over(start, begin)
            yield self._body(begin, head, stop)
        elif not self._generic(begin, stop):
            yield from self._left_over(begin, stop)
        if stop < end:
            yield from self._left_over(stop, end)

    def _with_parent_before(self, begin: int) -> int:
        """The start with `OSCE/` before `ODIHR Mission`."""
        words = self.words
        slashed = begin > 1 and words.text[begin - 1] == "/" and words.glued[begin] and words.glued[begin - 1]
        return begin - 2 if slashed and words.text[begin].isupper() and words.text[begin - 2].isupper() else begin

    def _is_whole(self, begin: int, head: int, stop: int) -> bool:
        """Whether the name has what its head needs: an election or a summit is named for a country, not `First Elections`."""
        loose = self.words.text[head] in self.lexicon["loose_head"] and self.words.text[begin] not in self.lexicon["calendar"]
        return not loose or stop > head + 1 or self._holds_known(begin, stop)

    def _holds_known(self, begin: int, stop: int) -> bool:
        return any(self.known[at] > at for at in range(begin, stop))

    def _last_head(self, start: int, end: int) -> int | None:
        """The head of the body; `Party` stands for it wherever it is (`Party of Action`), others at the end of the piece."""
        first = start if end - start == 1 else start + 1  # `Port Vell`, `Daily Nation`: a head at the beginning is none
        heads = [at for at in range(first, end) if self._is_head(at) or self._is_of_head(at, end)]
        if not heads and self._is_soft(start, end):
            return end - 1
        return heads[-1] if heads else None

    def _is_soft(self, start: int, end: int) -> bool:
        """`Georgian Dream`, `Democratic Choice`, `Voice of Libya`: it heads a name beside a country or a creed."""
        if self.words.text[end - 1] not in self.lexicon["soft_head"]:
            return False
        if self._soft_tail(end - 1) > end:
            return True
        if end - start < 2:
            return False
        word = self.words.text[start]
        return self.known[start] > start or word in self.lexicon["party_word"] or word in self.lexicon["party_opener"]

    def _is_of_head(self, at: int, end: int) -> bool:
        return at == end - 1 and self.words.text[at] in self.lexicon.of_head

    def _tail(self, start: int, head: int) -> int:
        """The end of a body's name with `of the Republic of X`, `for the Future of X`, `on Defence and Security`."""
        words = self.words
        if words.text[head] not in self.lexicon.of_head:
            return self._soft_tail(head)
        many = words.text[head] in self.lexicon["many_fields"] or self.lexicon.of_head.get(words.text[head]) == "PARTY"
        end = head + 1
        while end - start < _LONGEST:
            following = self._field(end, many or words.text[head] in _MISSIONS, end > head + 1)
            if following is None or self._is_members_name(start, head, end, following):
                break
            end = following
        return end

    def _is_members_name(self, start: int, head: int, at: int, end: int) -> bool:
        """`Reformist Movement of Bart Peeters`, `Green Alliance of Peeters`: behind a party's whole name, no known place."""
        whole = start < head and at == head + 1 and self.lexicon.of_head.get(self.words.text[head]) == "PARTY"
        if self._is_of_parties(head, at):
            return True
        bare = self.words.text[at] == "of" and self.words.text[at + 1] != "the" and self.known[at + 1] <= at + 1
        one = self.words.text[head] in _OF_A_LEADER and not self.words.text[at + 1].endswith("s")
        return whole and bare and (one or end - at > 2)

    def _is_of_parties(self, head: int, at: int) -> bool:
        """`Justice Coalition of the MPRP and the MNDP`: its members' acronyms, and no part of its name."""
        first = at + 1 + (self.words.text[at + 1] == "the")
        acronym = self.runs.capital(first) and len(self.words.text[first]) > 1 and self.words.text[first].isupper()
        return self.words.text[head] in _OF_A_LEADER and at == head + 1 and self.words.text[at] == "of" and acronym

    def _soft_tail(self, head: int) -> int:
        """`Alternative for Germany`, `Democratic Choice of Russia`: a soft head goes on to a known place."""
        at = head + 1
        if (
            self.words.text[head] not in self.lexicon["soft_head"]
            or not self.runs.inside(at)
            or self.words.text[at] not in ("of", "for")
        ):
            return at
        at += 1 + (self.runs.inside(at + 1) and self.words.text[at + 1] == "the")
        return self.known[at] if self.runs.inside(at) and self.known[at] > at else head + 1

    def _field(self, at: int, wide: bool, begun: bool) -> int | None:
        """The end of `of (the) X` or, in bodies that have them, `for X`, `in X`, and once begun `and Y`, `, Y and Z`."""
        if not self.runs.inside(at):
            return None
        word = self.words.text[at]
        topical = word == "for" or (word in ("on", "against") and not self._is_party(at))
        if word == "of" or (wide and word in _PREPOSITIONS and topical) or (wide and word == "in" and self._is_mission(at)):
            return self._capitals(at + 1 + (self.runs.inside(at + 1) and self.words.text[at + 1] == "the"))
        begun = begun and not self._ends_place(at)
        if wide and begun and word in ("and", "&", "with") and not self._is_another(at + 1):
            return self._capitals(at + 1)
        if wide and begun and word == "," and self._list_goes_on(at):
            return self._capitals(at + 1)
        return None

    def _ends_place(self, at: int) -> bool:
        """Whether a country or another known place ends before a word."""
        return any(
            self.known[start] == at and self.words.phrase(start, at) not in self.lexicon.nationalities
            for start in range(max(0, at - 4), at)
        )

    def _is_party(self, at: int) -> bool:
        return self.words.text[at - 1] in self.lexicon["party_head"]

    def _is_mission(self, at: int) -> bool:
        near = self.words.text[max(0, at - 6) : at]
        return any(word in _MISSIONS and word not in self.lexicon["soft_head"] for word in near)

    def _is_another(self, at: int) -> bool:
        """Behind `and`: another body, a country, a person, an acronym, and not one more field of this one."""
        if not self.runs.capital(at):
            return True
        word = self.words.text[at]
        acronym = len(word) > 1 and word.isupper()
        slogan = word in self.lexicon["slogan_word"]
        return (
            slogan
            or acronym
            or self.known[at] > at
            or word in self.lexicon["office"]
            or self.words.lower[at] in self.lexicon.given_names
            or self._heads_a_body(at)
        )

    def _heads_a_body(self, at: int) -> bool:
        end = self.runs.end_of(at)
        return any(self._is_head(position) for position in range(at, end)) and (
            end - at > 1 or (self.runs.inside(end) and self.words.text[end] == "of")
        )

    def _list_goes_on(self, at: int) -> bool:
        """`Labour, Health and Social Affairs`: behind the comma at `at` a few more fields, and `and` before the last."""
        for _ in range(_MOST_FIELDS):
            if self._is_another(at + 1):
                return False
            end = self._capitals(at + 1)
            if end is None or not self.runs.inside(end) or self.words.text[end] not in (",", "and"):
                return False
            if self.words.text[end] == "and":
                return True
            at = end
        return False

    def _capitals(self, at: int) -> int | None:
        """The end of the capitalised words from `at` on; None if there is none, or if they are someone's office."""
        if not self.runs.capital(at) or self.words.text[at] in ("The", "A", "An"):
            return None
        if self.runs.is_date(at) or self._is_person(at):
            return None
        end = self.runs.end_of(at)
        if self.known[at] > at and self.words.phrase(at, self.known[at]) not in self.lexicon.nationalities:
            return self.known[at]
        office = next(self._offices(at + 1, end), None)
        return office[0] if office is not None else end

    def _is_person(self, at: int) -> bool:
        """A given name before another capital."""
        given = self.words.lower[at] in self.lexicon.given_names and self.known[at] <= at
        dashed = self.runs.inside(at + 1) and self.words.text[at + 1] in DASHES
        return given and (dashed or (self.runs.capital(at + 1) and not self._is_head(at + 1)))

    def _with_owner_before(self, start: int, head: int) -> int:
        """The start with `Justice and` before `Development Party`, if an article or a beginning stands before it."""
        words = self.words
        wide = words.text[head] in self.lexicon["party_head"] or words.text[head] in self.lexicon["many_fields"]
        if not wide or start < 2 or words.first[start] or words.text[start - 1] not in ("and", "&") or start == head:
            return start
        first = start - 2
        while first > 0 and not words.first[first] and words.capital[first - 1] and self.known[first - 1] <= first - 1:
            first -= 1  # `Union Solidarity` before `and Development Party`
        plain = words.capital[start - 2] and self.known[start - 2] <= start - 2 and not words.text[start - 2].isupper()
        announced = words.first[first] or words.before(first) in ("the", "of", "“", '"', "‘", *APOSTROPHES)
        return first if plain and announced and not self._is_head(start - 2) else start

    def _body(self, start: int, head: int, stop: int) -> Candidate:
        name = self.words.text[head]
        votes = [vote(label, sign) for label, sign in self.lexicon.heads.get(name, ())]
        if not votes and name in self.lexicon["soft_head"]:
            votes = [vote("PARTY", "faction_head")]
        if not votes or (stop > head + 1 and start == head):
            either = (name in self.lexicon["faction_head"] or name in self.lexicon["soft_head"]) and self.lexicon.of_head.get(
                name
            ) != "PARTY"
            votes = [vote(self.lexicon.of_head.get(name, "PARTY"), "of_either_head" if either else "of_head"), *votes]
        votes = self._what_for(start, head, stop) or votes
        label = max(votes, key=lambda each: each.weight).label
        rule = f"names.{label.lower()}_body"
        if self.words.in_title_case[self.words.block[start]] and not self._holds_known(start, stop):
            return Candidate(start, stop, "run", rule, [Vote(each.label, each.weight * _IN_HEADING, each.sign) for each in votes])
        return Candidate(start, stop, "body", rule, votes)

    def _what_for(self, start: int, head: int, stop: int) -> list[Vote]:
        """`Union of Teachers`, `Trade Union`: people of a calling; `Congress for the Republic`, `Union of the Left`: a party."""
        words, calling = self.words, self.lexicon["calling"]
        if words.text[head] in _UNIONS and any(word in calling for word in words.text[start:stop]):
            return [vote("ORG", "calling")]
        causes = words.text[head] in _FOR_A_CAUSE and stop > head + 1 and words.text[head + 1] == "for"
        side = words.text[head] in _UNIONS and any(word in _SIDES for word in words.text[head + 1 : stop])
        return [vote("PARTY", "cause")] if causes or side else []

    def _generic(self, start: int, end: int) -> bool:
        phrase = self.words.phrase(start, end)
        may_be_party = phrase in self.lexicon["soft_head"] or phrase in self.lexicon["faction_head"]
        return phrase in self.lexicon["generic"] and not may_be_party

    # -- the rest --------------------------------------------------------------------------------------------------

    def _left_over(self, start: int, end: int) -> Iterator[Candidate]:
        """What is no office and no body, without the countries and peoples that stand beside it."""
        at = start
        while at < end and self._stands_apart(at, start, end):
            at = self.known[at]
        while end > at and self._last_apart(at, end):
            end = self._cut_end(at, end)
        at = self._behind_creed(at, end)
        yield from self._opened(start, at, end)
        if end > at and not self._generic(at, end):
            yield Candidate(at, end, "run", "names.capitals", [])

    def _behind_creed(self, at: int, end: int) -> int:
        """Where a person's name begins behind `Conservative` or `Social Democrat`; `at` if nothing of the kind stands there."""
        name = at
        while name < end and self.words.text[name] in self.lexicon["party_word"]:
            name += 1
        return name if end - name >= 2 and self.words.lower[name] in self.lexicon.given_names else at

    def _stands_apart(self, at: int, start: int, end: int) -> bool:
        """A known name at the beginning that is no given name or doubtful word: `Russian` in `Russian Vladimir Putin`."""
        stop = self.known[at]
        if stop <= at or stop > end:
            return False
        word = self.words.text[at]
        alone = stop - at == 1 and (word in self.lexicon["doubtful"] or word.lower() in self.lexicon.given_names)
        glued = stop < end and self.words.text[stop] in DASHES
        return not glued and not (alone and stop < end)

    def _last_apart(self, at: int, end: int) -> bool:
        return self._cut_end(at, end) < end

    def _cut_end(self, at: int, end: int) -> int:
        """Where a known name of at least two words, or a people, begins that ends the piece; `end` if there is none."""
        for position in range(at + 1, end):
            phrase = self.words.phrase(position, end)
            people = phrase in self.lexicon.nationalities and (phrase.endswith("s") or self._before_noun(end))
            if self.known[position] == end and (end - position > 1 or people):
                return position
        return end

    def _before_noun(self, end: int) -> bool:
        """`Nykhas Ossetian deputies`, but not `Ersin Tatar was`."""
        word = self.words.after(end)
        return (
            word.isalpha()
            and word not in self.lexicon["party_after"]
            and word not in self.lexicon["speech_after"]
            and word not in ("and", "of", "in", "to", "as", "by", "on", "for", "with", "at", "from", "is", "took", "won", "lost")
        )

    def _opened(self, start: int, at: int, end: int) -> Iterator[Candidate]:
        """`United Russia`, `Our Ukraine`: a word that opens names of parties before a country."""
        if at == start and end == at and self.words.text[start] not in self.lexicon["party_opener"]:
            return
        opener = at - 1 if at > start else start
        if (
            self.words.text[opener] in self.lexicon["party_opener"]
            and opener + 1 < end
            and self.known[opener + 1] == end
            and self.known[opener] != end
        ):
            yield Candidate(opener, end, "body", "names.party_opener", [vote("PARTY", "faction_head", 1.5)])


def known_stretches(length: int, found: Sequence[Stretch]) -> list[int]:
    """For each word the end of the longest known name that begins there; its own position if there is none."""
    ends = list(range(length))
    for start, end in found:
        ends[start] = max(ends[start], end)
    return ends

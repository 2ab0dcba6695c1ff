"""Where rules match in a Doc: regular expressions, token patterns and phrases, one matcher for all three.

A match never crosses a block, and the mention always begins and ends between words. Where two matches of one matcher overlap,
the rule of higher priority wins, then the longer mention, then the one that begins first, then the earlier rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.errors import RuleError
from extract.normalise.readings import Amount
from extract.normalise.table import NORMALISERS
from extract.normalise.values import NAME_LABELS, RuleValue
from extract.recognise.mention import Lost, note_lost, set_spans
from extract.recognise.phrases import PhraseIndex
from extract.rules.model import Rule, RuleSet
from extract.rules.patterns import PatternError, Spotter, compile_regex
from extract.rules.words import at_edges
from extract.text.document import document_of

Stretch = tuple[int, int]
"""Text offsets, end exclusive."""


class Match(NamedTuple):
    """The mention `text[start:end]` that a rule matched (offsets in code points, end exclusive).

    `captures` are the texts of the named groups that took part, `offsets` where they stand; for a phrase, `phrase` is the phrase
    as the rule file writes it. `constants` are the rule's own, and for a phrase with a value in its list, that under `value`.
    """

    rule: Rule
    start: int
    end: int
    text: str
    captures: Mapping[str, str] = MappingProxyType({})
    offsets: Mapping[str, Stretch] = MappingProxyType({})
    constants: Mapping[str, Any] = MappingProxyType({})

    def span(self, doc: Doc) -> Span | None:
        """The Span of the mention, with label and rule id; None (and noted as lost) if it cuts a token in two."""
        span = doc.char_span(self.start, self.end, label=self.rule.label, span_id=self.rule.id)
        if span is None:
            note_lost(doc, self.lost("it cuts a token in two"))
        return span

    def lost(self, reason: str) -> Lost:
        """This match as a candidate that became no mention."""
        return Lost(self.rule.label, self.start, self.end, self.text, self.rule.id, reason)


class Candidate(NamedTuple):
    """A match before it is known whether it wins: first what ranks it (smaller wins), then what its captures are read from.

    `evidence`: of a phrase, as its rule file writes it; or groups.
    """

    less_priority: int
    less_length: int
    start: int
    order: int
    end: int
    rule: Rule
    evidence: str | _Groups | None = None

    def lost(self, text: str, reason: str) -> Lost:
        """This match in a text as a candidate that became no mention."""
        return Lost(self.rule.label, self.start, self.end, text[self.start : self.end], self.rule.id, reason)


class RuleMatcher:
    """Finds the matches of some rules. Built once for a vocabulary, used on any number of Docs; can be pickled."""

    def __init__(self, rules: Sequence[Rule], vocab: Vocab) -> None:
        """Compiles the rules. Raises RuleError for a token pattern that spaCy's Matcher does not take."""
        self.rules, self.vocab = tuple(rules), vocab
        self._compile()

    def _compile(self) -> None:
        self._rank = {rule.id: (-rule.priority, number) for number, rule in enumerate(self.rules)}
        self._regexes = [_RegexRule.of(rule) for rule in self.rules if rule.regex]
        self._phrases = PhraseIndex([rule for rule in self.rules if rule.phrases])
        self._by_id = {rule.id: rule for rule in self.rules if rule.tokens}
        self._matcher = token_matcher(self._by_id.values(), self.vocab)
        self._triggers = _Triggers([rule for rule in self.rules if not rule.phrases])

    def __reduce__(self) -> tuple[Any, ...]:
        return RuleMatcher, (self.rules, self.vocab)

    def find(
        self,
        doc: Doc,
        start: int = 0,
        end: int | None = None,
        among: Sequence[Stretch] | None = None,
    ) -> list[Match]:
        """The matches of `won` with their captures."""
        text = document_of(doc).text
        return [_match(winner, text) for winner in self.won(doc, start, end, among)]

    def won(self, doc: Doc, start: int = 0, end: int | None = None, among: Sequence[Stretch] | None = None) -> list[Candidate]:
        """The winning matches in `doc.text[start:end]`, in the order of the text; the losers are noted in the Doc.

        `among`: the stretches in which they may stand; the blocks, if not said.
        """
        document = document_of(doc)
        text = document.text  # spaCy would join its own anew each time
        blocks = [(block.start, block.end) for block in document.blocks]
        stretches = _inside(blocks if among is None else among, start, len(text) if end is None else end)
        wanted = self._triggers.met(text)
        found = [*self._in_text(text, stretches, wanted), *self._in_tokens(doc, text, stretches, wanted)]
        return winners(found, lambda loser, reason: note_lost(doc, loser.lost(text, reason)))

    def find_text(self, text: str) -> list[Match]:
        """The winning matches of regex and phrase rules in a string, taken as one block."""
        stretches = [(0, len(text))] if text else []
        return [_match(winner, text) for winner in winners(self._in_text(text, stretches, self._triggers.met(text)))]

    def _candidate(self, rule: Rule, start: int, end: int, evidence: str | _Groups | None = None) -> Candidate:
        less_priority, order = self._rank[rule.id]
        return Candidate(less_priority, start - end, start, order, end, rule, evidence)

    def _in_text(self, text: str, stretches: Sequence[Stretch], wanted: Set[str]) -> Iterator[Candidate]:
        regexes = [regex for regex in self._regexes if regex.rule.id in wanted]
        if regexes and stretches:
            view = _Bytes(text, stretches)
            for regex in regexes:
                for start, end, captured in regex.matches(text, view):
                    yield self._candidate(regex.rule, start, end, captured)
        for rule, phrase, start, end in self._phrases.find(text, stretches):
            yield self._candidate(rule, start, end, phrase)

    def _in_tokens(self, doc: Doc, text: str, stretches: Sequence[Stretch], wanted: Set[str]) -> Iterator[Candidate]:
        if wanted.isdisjoint(self._by_id):
            return
        for start, end in stretches:
            block = doc.char_span(start, end, alignment_mode="contract")
            if block is not None:
                yield from self._in_block(block, text)

    def _in_block(self, block: Span, text: str) -> Iterator[Candidate]:
        for key, first, last in _longest(self._matcher(block)):
            rule, span = self._by_id[self.vocab.strings[key]], block[first:last]
            if at_edges(text, span.start_char, span.end_char):
                yield self._candidate(rule, span.start_char, span.end_char)


def _match(winner: Candidate, text: str) -> Match:
    _, _, start, _, end, rule, evidence = winner
    if isinstance(evidence, str):
        value = rule.phrases[evidence]
        constants = rule.value if value == evidence else {"value": value, **rule.value}
        return Match(rule, start, end, text[start:end], {"phrase": evidence}, {"phrase": (start, end)}, constants)
    captures, known = evidence.read(text) if evidence else ({}, {})
    return Match(rule, start, end, text[start:end], captures, known, rule.value)


def token_matcher(rules: Iterable[Rule], vocab: Vocab) -> Matcher:
    """spaCy's Matcher of the token patterns. Raises RuleError with the place of the rule that it does not take."""
    matcher = Matcher(vocab, validate=True)
    for rule in rules:
        try:
            matcher.add(rule.id, [list(map(dict, pattern)) for pattern in rule.tokens])
        except Exception as error:  # spaCy raises its MatchPatternError, ValueError or TypeError
            raise RuleError(
                rule.path, rule.line, f"`{rule.id}`: no token pattern of spaCy's Matcher: {_on_one_line(error)}"
            ) from error
    return matcher


def _on_one_line(error: Exception) -> str:
    return "; ".join(line.strip(" -") for line in str(error).splitlines() if line.strip())


class _Triggers:
    """The triggers of some rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._without = frozenset(rule.id for rule in rules if not rule.triggers)
        self._spotters = [
            (spelt, [rule.id for rule in some], Spotter([map(spelt, rule.triggers) for rule in some]))
            for spelt, ignore_case in ((str, False), (str.casefold, True))
            if (some := [rule for rule in rules if rule.triggers and rule.ignore_case == ignore_case])
        ]

    def met(self, text: str) -> Set[str]:
        """The ids of the rules that name no trigger, and of those of which a text has one."""
        return self._without.union(ids[number] for spelt, ids, spotter in self._spotters for number in spotter.spot(spelt(text)))


def _longest(found: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """For each rule the longest matches that do not overlap, from left to right."""
    ends: dict[int, int] = {}
    for key, first, last in sorted(found, key=lambda item: (item[1], -item[2], item[0])):
        if first >= ends.get(key, 0) and last > first:
            ends[key] = last
            yield key, first, last


def _inside(stretches: Iterable[Stretch], start: int, end: int) -> list[Stretch]:
    cut = ((max(first, start), min(last, end)) for first, last in stretches)
    return [(first, last) for first, last in cut if first < last]


# -- regular expressions --------------------------------------------------------------------------------------------

# RE2 knows no look-around, and its \b only ASCII. So a pattern takes in the character before and after the mention, where that
# is no part of a word, or stands at an ASCII word boundary; the latter is checked again. `strict` is without it: it finds what
# stood behind a match that failed the check. A rule that names its mention by `span` has its own context, and only the check.
# So that a pattern is compiled in a hundredth of the time, `loose` knows only letters of the great scripts, in whole ranges.
_APART = r"[^\pL\pN\pM]"
_LETTERS = (
    r"0-9A-Za-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2C1}\x{300}-\x{373}\x{388}-\x{38A}\x{38E}-\x{3A1}\x{3A3}-\x{3F5}\x{3F7}-\x{481}"
    r"\x{483}-\x{52F}\x{5D0}-\x{5EA}\x{620}-\x{669}\x{1E00}-\x{1F15}\x{4E00}-\x{9FFC}\x{AC00}-\x{D7A3}"
)
_LOOSE = rf"(?m)(?:[^{_LETTERS}]|\b)(?P<extract_mention>%s)(?:[^{_LETTERS}]|\b)"
_STRICT = rf"(?m){_APART}(?P<extract_mention>%s){_APART}"
_OWN_CONTEXT = "(?m)%s"
_FENCE = b"\n\xff\n"  # no UTF-8 text has the byte, and no pattern matches it; ^ and $ hold at the line breaks
_SIGNS = frozenset(bytes([sign]) for sign in b"!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~")
_PATIENCE = 8  # how many times the length of the text a pattern may look at again before it gives up finding overlapping matches


def _compiled(form: str, rule: Rule) -> Any:
    try:
        return compile_regex(form.replace("%s", rule.regex), rule.ignore_case)
    except PatternError as error:
        raise RuleError(rule.path, rule.line, f"`{rule.id}`: {error}") from error


@dataclass(frozen=True, slots=True)
class _RegexRule:
    """A rule's patterns over bytes. `groups` leads from the names of its groups to their numbers; `mention` is one of these."""

    rule: Rule
    pattern: Any
    groups: Mapping[str, int]
    mention: int

    @classmethod
    def of(cls, rule: Rule) -> _RegexRule:
        pattern = _compiled(_OWN_CONTEXT if rule.span else _LOOSE, rule)
        groups = {name.decode(): number for name, number in pattern.groupindex.items()}
        mention = groups[rule.span] if rule.span else groups.pop("extract_mention")
        return cls(rule, pattern, dict(sorted(groups.items())), mention)

    def matches(self, text: str, view: _Bytes) -> Iterator[tuple[int, int, _Groups]]:
        """The mentions in the text (text offsets), each with its groups; those that both patterns find come twice."""
        doubtful = False
        for first, last, groups in self._scan(self.pattern, text, view):
            if groups is None:
                doubtful = True
            else:
                yield first, last, groups
        if doubtful and not self.rule.span:
            strict = _compiled(_STRICT, self.rule)  # few texts need it
            yield from ((first, last, groups) for first, last, groups in self._scan(strict, text, view) if groups)

    def _scan(self, pattern: Any, text: str, view: _Bytes) -> Iterator[tuple[int, int, _Groups | None]]:
        """The mentions that a pattern finds, from left to right; no groups for one that begins or ends inside a word.

        The next is looked for behind the mention, or one character on after a wrong one, not behind the match, so that one
        comma can part two mentions; but for no longer than patience lasts, so that time stays linear.
        """
        position, done, patience = 0, 0, _PATIENCE * len(view.data)
        while found := pattern.search(view.data, position):
            first, last = found.span(self.mention)
            mention = view.to_text(first, last) if done <= first < last else None
            good = mention is not None and at_edges(text, *mention)
            if mention is not None:
                yield *mention, _Groups(self, view, found) if good else None
            done = last if good else done
            position = max(position + 1, view.before(last)) if good else max(position, first) + 1
            patience -= max(found.end() - position, 0)
            if patience < 0:
                position = max(position, found.end())


class _Groups(NamedTuple):
    """The named groups of a match, read only if it wins."""

    regex: _RegexRule
    view: _Bytes
    found: Any

    def read(self, text: str) -> tuple[dict[str, str], dict[str, Stretch]]:
        """Their texts, and where these stand."""
        spans = ((name, self.found.span(number)) for name, number in self.regex.groups.items())
        known = {name: at for name, span in spans if span[0] >= 0 and (at := self.view.to_text(*span))}
        return {name: text[start:end] for name, (start, end) in known.items()}, known


class _Bytes:
    """The stretches of a text as UTF-8, fenced, and the way back: `at` is where they begin in the bytes, `starts` in the text."""

    def __init__(self, text: str, stretches: Sequence[Stretch]) -> None:
        at, pieces, position = [], [b"\n"], 1
        for start, end in stretches:
            piece = text[start:end].encode("utf-8", "surrogatepass")
            at.append(position)
            pieces += [piece, _FENCE]
            position += len(piece) + len(_FENCE)
        self.data, self.at, self._is_ascii = b"".join(pieces), at, text.isascii()
        self.starts, self.ends = [start for start, _ in stretches], [end for _, end in stretches]

    @cached_property
    def counts(self) -> Any:
        """The number of characters before each byte; None where each byte is one."""
        if self._is_ascii:
            return None
        begins = (np.frombuffer(self.data, dtype=np.uint8) & 0xC0) != 0x80
        return np.concatenate(([0], np.cumsum(begins, dtype=np.int64)))

    def before(self, last: int) -> int:
        """Where to look on behind a mention that ends at `last`: a sign at its end may be what the next one stands behind."""
        return last - 1 if self.data[last - 1 : last] in _SIGNS else last

    def to_text(self, first: int, last: int) -> Stretch | None:
        """The text offsets of bytes inside one stretch; None if they touch the fence."""
        index = bisect_right(self.at, first) - 1
        if index < 0:
            return None
        begin = self.starts[index] + self._count(self.at[index], first)
        end = begin + self._count(first, last)
        return (begin, end) if end <= self.ends[index] else None

    def _count(self, first: int, last: int) -> int:
        return last - first if self.counts is None else int(self.counts[last] - self.counts[first])


# -- overlaps -------------------------------------------------------------------------------------------------------


def winners(found: Iterable[Candidate], lose: Callable[[Candidate, str], None] = lambda loser, reason: None) -> list[Candidate]:
    """The candidates that overlap none of a better rank, in the order of the text; `lose` is told of each other one, and why."""
    ranked = sorted(found, key=itemgetter(0, 1, 2, 3))
    length = max((candidate.end for candidate in ranked), default=0)
    held, begun, kept = bytearray(length), bytearray(length), dict[int, Candidate]()
    for candidate in ranked:
        start, end = candidate.start, candidate.end
        taken = held.find(1, start, end)
        if taken < 0:
            held[start:end], begun[start], kept[start] = b"\1" * (end - start), 1, candidate
            continue
        rival = kept[begun.rfind(1, 0, taken + 1)]
        if (rival.rule.id, rival.start, rival.end) != (candidate.rule.id, start, end):
            lose(candidate, f"overlaps {rival.rule.id}")
    return [kept[start] for start in sorted(kept)]


# -- the component --------------------------------------------------------------------------------------------------

BUILT_IN_LABELS = frozenset({"DATE", "PERCENT", "SEATS", *NAME_LABELS})


class RuleFinder:
    """The component for labels that a rule file or a model adds: leaves them in `doc.spans["rules"]`, each with its reading."""

    def __init__(self, rules: RuleSet, vocab: Vocab, labels: Iterable[str] = ()) -> None:
        """Compiles the rules of all labels that no finder of their own has. `labels`: of `doc.ents` these are kept as they are.

        Raises RuleError for an unknown normaliser.
        """
        self.labels = frozenset(labels)
        self.rules = tuple(rule for rule in rules if rule.label not in BUILT_IN_LABELS)
        for rule in self.rules:
            check_normaliser(rule)
        self.matcher = RuleMatcher(self.rules, vocab)

    def __call__(self, doc: Doc) -> Doc:
        found = [(match, match.span(doc), as_rule_value(read_match(match), match.text)) for match in self.matcher.find(doc)]
        for match, _, reading in found:
            if reading is None:
                note_lost(doc, match.lost(f"the normaliser `{match.rule.normaliser}` makes nothing of it"))
        kept = [(span, reading) for _, span, reading in found if span is not None and reading is not None]
        kept += [
            (Span(doc, ent.start, ent.end, ent.label, span_id=ent.ent_id_ or "model"), RuleValue(text=ent.text))
            for ent in (doc.ents if self.labels else ())
            if ent.label_ in self.labels
        ]
        for span, reading in kept:
            span._.reading = reading
        set_spans(doc, "rules", [span for span, _ in kept])
        return doc


def read_match(match: Match) -> Any:
    """What the rule's normaliser (`text`, if it names none) makes of a match; None if it is no mention after all."""
    return NORMALISERS[match.rule.normaliser or "text"](match.text, match.captures, match.constants)


def as_rule_value(reading: Any, text: str) -> RuleValue | None:
    """A reading as the value of a label of one's own: a normaliser made for dates or shares leaves the number, else the words."""
    if reading is None or isinstance(reading, RuleValue):
        return reading
    amount = getattr(reading, "amount", None)
    if isinstance(amount, Amount) and amount.low == amount.high:
        return RuleValue(number=amount.low)
    return RuleValue(text=text)


def check_normaliser(rule: Rule) -> None:
    """Raises RuleError if the rule names a normaliser that is not in the table."""
    if (rule.normaliser or "text") not in NORMALISERS:
        known = ", ".join(sorted(NORMALISERS))
        raise RuleError(rule.path, rule.line, f"`{rule.id}`: no normaliser `{rule.normaliser}`; there are {known}")

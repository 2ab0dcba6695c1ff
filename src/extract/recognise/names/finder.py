"""The finder of names: candidates from rules, layout, forms and model; one choice among them; one label for each name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Lost, note_lost, note_signs, set_spans
from extract.recognise.names.agreement import Agreement
from extract.recognise.names.brackets import Brackets
from extract.recognise.names.candidate import Candidate, Vote, settle, tally, vote
from extract.recognise.names.cues import Cues
from extract.recognise.names.echoes import Echoes
from extract.recognise.names.forms import Forms, known_stretches
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.model_spans import ModelSpans
from extract.recognise.names.policy import DEFAULT_LABELS, ENOUGH, ENOUGH_FOR_CAPITALS, WEIGHTS
from extract.recognise.names.quotes import Quotes
from extract.recognise.names.structure import Layout
from extract.recognise.names.words import DASHES, Words
from extract.recognise.rules import Match, RuleMatcher
from extract.rules.model import RuleSet
from extract.text.document import document_of, foreign_text

_OUR_FILES = frozenset({"names", "countries", "peoples", "organisations", "places", "parties"})
_ACRONYMS = frozenset({"parties.acronym", "organisations.media", "organisations.electoral"})
"""Rules whose phrases, where they are mostly capitals, stand for other things as well."""

KEY = "names"
_NUMERAL = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})\.?$")
_PASSAGE = re.compile(r"(?:Article|Section|Chapter|Paragraph|Clause|Part|Annex|Title)s? (?:\d|[IVX]+$)")


class NameFinder:
    """The component of names: leaves them in `doc.spans["names"]`. Takes a model's entities from `doc.ents`, if there are any."""

    def __init__(
        self,
        rules: RuleSet,
        labels: Mapping[str, str | None] = DEFAULT_LABELS,
        vocab: Vocab | None = None,
        agreement: bool = True,
    ) -> None:
        """Compiles the rules. `labels` leads from the labels of the model to ours (None: dropped). Raises RuleError.

        `agreement`: False leaves each mention the label of its own signs, and looks for no name again (to measure what it adds).
        """
        self.labels = dict(labels)
        self.agreement = agreement
        self.lexicon = Lexicon.of(rules)
        self.matcher = RuleMatcher([rule for rule in rules if rule.label in NAME_LABELS], vocab or Vocab())

    def __call__(self, doc: Doc) -> Doc:
        set_spans(doc, KEY, _Reading(doc, self).spans())
        return doc


class _Reading:
    """The names of one document in the making."""

    def __init__(self, doc: Doc, finder: NameFinder) -> None:
        self.doc, self.finder, self.lexicon = doc, finder, finder.lexicon
        self.text = document_of(doc).text  # spaCy would join its own anew each time
        self.words = Words.of(doc)
        self.cues = Cues(self.words, self.lexicon)
        self.has_model = bool(doc.ents)
        self.portfolios: frozenset[int] = frozenset()

    def spans(self) -> Iterator[Span]:
        """The names, as Spans with label and rule id."""
        names = self._choose(self._candidates())
        for name in names:
            name.votes += [] if name.kind == "gazetteer" else self.cues.votes(name)
        for name, label in self._agreed(names) if self.finder.agreement else self._apart(names):
            yield Span(self.doc, name.start, name.end, label=label, span_id=name.rule)

    def _agreed(self, names: Sequence[Candidate]) -> Iterable[tuple[Candidate, str]]:
        agreement = Agreement.of(self.words, self.lexicon, names)
        agreement.settle()
        return Echoes(self.words, self.lexicon, agreement, self.lose).all(self._accepted(names, agreement))

    def _apart(self, names: Sequence[Candidate]) -> Iterator[tuple[Candidate, str]]:
        for name in names:
            label, weight = settle(tally(name.votes))
            if weight >= self._enough(name):
                yield name, label

    def _accepted(self, names: Iterable[Candidate], agreement: Agreement) -> Iterator[tuple[Candidate, str]]:
        for name in names:
            group = agreement.group_of(name)
            if group.weight >= self._enough(name):
                yield name, group.label
                note_signs(self.doc, self.words.start[name.start], self.words.end[name.end - 1], tuple(group.votes))
            else:
                self.lose(name.start, name.end, group.label, name.rule, f"too little speaks for it ({group.weight:.1f})")

    def _enough(self, name: Candidate) -> float:
        block = self.words.block[name.start]
        if self.words.in_title_case[block] or self.words.shouted[block]:
            return ENOUGH_FOR_CAPITALS if name.kind in ("run", "model") else ENOUGH
        if name.kind in ("run", "model") and self._fills_block(name):
            return ENOUGH_FOR_CAPITALS
        if any(each.sign == "place_preposition" for each in name.votes):
            return ENOUGH
        acronym = any(each.sign == "acronym" for each in name.votes)
        return ENOUGH_FOR_CAPITALS if name.kind == "run" and self.has_model and not acronym else ENOUGH

    def _fills_block(self, name: Candidate) -> bool:
        """Whether it is a line by itself: a heading perhaps, that the format does not mark."""
        block = self.words.blocks[self.words.block[name.start]]
        return block.kind == "paragraph" and (self.words.start[name.start], self.words.end[name.end - 1]) == (
            block.start,
            block.end,
        )

    def lose(self, start: int, end: int, label: str, rule: str, reason: str) -> None:
        """Notes a losing candidate, given by its words."""
        first, last = self.words.start[start], self.words.end[end - 1]
        note_lost(self.doc, Lost(label, first, last, self.text[first:last], rule, reason))

    # -- candidates ------------------------------------------------------------------------------------------------

    def _candidates(self) -> list[Candidate]:
        ruled = list(self._from_rules(self.finder.matcher.find(self.doc)))
        known = known_stretches(len(self.words), [(each.start, each.end) for each in ruled if each.kind in ("gazetteer", "user")])
        forms = Forms(self.words, self.lexicon, known)
        self.portfolios = forms.portfolios()
        formed = [self._cued(each) for each in forms.read()]
        laid_out = list(Layout(self.words, self.lexicon).read())
        bracketed = [each for pair in Brackets(self.words, self.lexicon).read() for each in pair if each is not None]
        quoted = list(Quotes(self.words, self.lexicon).read())
        modelled = list(ModelSpans(self.words, self.lexicon, self.finder.labels, known, self.lose).read(self.doc))
        _lengthen(formed, modelled)
        return self._in_english([*ruled, *formed, *laid_out, *bracketed, *quoted, *modelled])

    def _in_english(self, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates in English text; in other languages what the user lists is a name, and no more."""
        foreign = foreign_text(self.doc)
        return [each for each in candidates if each.kind == "user" or not foreign(self.words.start[each.start])]

    def _from_rules(self, matches: Iterable[Match]) -> Iterator[Candidate]:
        begins = {begin: at for at, begin in enumerate(self.words.start)}
        ends = {end: at + 1 for at, end in enumerate(self.words.end)}
        for match in matches:
            if match.start not in begins or match.end not in ends:
                note_lost(self.doc, match.lost("it cuts a word in two"))
                continue
            start, end = self._whole(match, begins[match.start], ends[match.end])
            yield self._of_rule(match, start, end)

    def _whole(self, match: Match, start: int, end: int) -> tuple[int, int]:
        """The words of a match; without `of July` behind a law, with `–Emgek` behind a party."""
        words = self.words
        if match.rule.label == "LAW" and words.text[end - 1] in self.lexicon["calendar"] and end - start > 2:
            return start, end - 2
        if match.rule.label == "LAW" and words.text[start] in self.lexicon["opener"] and words.after(start + 1) == "the":
            return start + 2, end
        if match.rule.path.stem != "parties":
            return start, end
        while end + 1 < len(words) and words.text[end] in DASHES and words.glued[end] and words.glued[end + 1]:
            if not words.capital[end + 1]:
                break
            end += 2
        return start, end

    def _of_rule(self, match: Match, start: int, end: int) -> Candidate:
        rule = match.rule
        if rule.path.stem not in _OUR_FILES:
            return Candidate(start, end, "user", rule.id, [vote(rule.label, "user")])
        if not rule.phrases:
            kind = "gazetteer" if rule.label == "NORP" else "pattern"
            return Candidate(start, end, kind, rule.id, [vote(rule.label, "pattern")])
        if rule.id in _ACRONYMS and 2 * sum(map(str.isupper, match.text)) > len(match.text):
            return Candidate(start, end, "cue", rule.id, [vote(rule.label, "known_acronym")])
        doubtful = match.text in self.lexicon["doubtful"]
        return Candidate(
            start, end, "run" if doubtful else "gazetteer", rule.id, [vote(rule.label, "doubtful" if doubtful else "gazetteer")]
        )

    def _cued(self, found: Candidate) -> Candidate:
        """A run of capitals becomes a candidate of its own right beside a sign that announces a name, or after a given name."""
        if found.kind != "run" or self.words.shouted[self.words.block[found.start]]:
            return found
        around = [*self.cues.before(found.start, found.end), *self.cues.after(found.start, found.end)]
        if found.end - found.start > 1 and self.cues.is_town(found.start, found.end):
            return Candidate(found.start, found.end, "cue", "names.town", [])
        if self._is_surname_like_people(found.start, found.end):
            return Candidate(found.start, found.end, "cue", "names.surname_like_people", [vote("PERSON", "surname_like_people")])
        full_name = (
            sum(each.weight for each in self.cues.form(found.start, found.end) if each.label == "PERSON") >= WEIGHTS["given_name"]
        )
        if self.cues.is_cued(around) or self._is_counted_head(found, around) or (full_name and found.end - found.start > 1):
            return Candidate(found.start, found.end, "cue", _rule_of(around) or "names.given_name", [])
        return found

    def _is_counted_head(self, found: Candidate, around: Sequence[Vote]) -> bool:
        """`Congress 31`, `Left (12)`: a word that heads names of parties, with seats beside it."""
        phrase = self.words.phrase(found.start, found.end)
        heads = phrase in self.lexicon["soft_head"] or phrase in self.lexicon["faction_head"]
        return heads and any(each.sign == "seats" for each in around)

    def _is_surname_like_people(self, start: int, end: int) -> bool:
        people = self.lexicon.nationalities
        first = self.words.text[start]
        party = first in self.lexicon["party_head"] or first in self.lexicon["foreign_word"]
        plural = self.words.text[end - 1].endswith("s")
        return end - start == 2 and self.words.text[end - 1] in people and first not in people and not party and not plural

    # -- choice ----------------------------------------------------------------------------------------------------

    def _choose(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates that overlap none of a better rank, in the order of the text; equal stretches pool their votes."""
        taken: list[Candidate | None] = [None] * len(self.words)
        chosen = []
        for each in sorted(candidates, key=lambda one: (one.rank, one.rule)):
            reason = self._no_name(each)
            if reason:
                self.lose(each.start, each.end, each.label, each.rule, reason)
                continue
            rival = next((other for other in taken[each.start : each.end] if other is not None), None)
            if rival is None:
                taken[each.start : each.end] = [each] * (each.end - each.start)
                chosen.append(each)
            elif (rival.start, rival.end) == (each.start, each.end):
                rival.votes += [] if (rival.kind, each.kind) == ("gazetteer", "body") else each.votes
            else:
                self._yield_to(each, rival)
        return sorted(chosen, key=lambda one: one.start)

    def _yield_to(self, loser: Candidate, winner: Candidate) -> None:
        """Notes the loser. A model's span that is most of the winner still votes, by half; the head of a longer form in full."""
        shared = min(loser.end, winner.end) - max(loser.start, winner.start)
        union = max(loser.end, winner.end) - min(loser.start, winner.start)
        if loser.kind == "model" and 2 * shared >= union:
            winner.votes += [Vote(each.label, each.weight / 2, each.sign) for each in loser.votes]
        if loser.kind == winner.kind == "body" and (loser.start == winner.start or loser.end == winner.end):
            winner.votes += loser.votes
        if loser.kind != "run":
            phrase = self.words.phrase(winner.start, winner.end)
            self.lose(loser.start, loser.end, loser.label, loser.rule, f"overlaps {winner.rule}: {phrase}")

    def _no_name(self, each: Candidate) -> str:
        """Why a candidate cannot be a name whatever speaks for it; empty if it can."""
        if each.kind in ("user", "structure", "gazetteer", "pattern"):
            return ""
        phrase = self.words.phrase(each.start, each.end)
        party = each.kind == "cue" and (phrase in self.lexicon["soft_head"] or phrase in self.lexicon["faction_head"])
        if (phrase in self.lexicon["generic"] and not party) or (
            each.end - each.start == 1 and phrase.istitle() and phrase.lower() in STOP_WORDS
        ):
            return "a generic word, no name"
        if self._is_header(each, phrase):
            return "a column header"
        if phrase in ("Q", "A") and self.words.first[each.start] and self.words.after(each.end) in (":", ".", "("):
            return "a question or an answer"
        if each.start in self.portfolios:
            return "the field of an office"
        if _NUMERAL.match(phrase) or _PASSAGE.match(phrase):
            return "a number, no name"
        return ""

    def _is_header(self, each: Candidate, phrase: str) -> bool:
        cell = self.words.blocks[self.words.block[each.start]].cell
        lists = ("party_headers", "person_headers", "no_value")
        plain = phrase.lower() in self.lexicon.key or any(phrase.lower() in self.lexicon[name] for name in lists)
        return cell is not None and cell.is_header and plain


_LONGEST_PERSON = 5  # words


def _lengthen(formed: Iterable[Candidate], modelled: Iterable[Candidate]) -> None:
    """A run of capitals that ends with a person of the model's takes the model's place: it has lost the given name."""
    persons = {each.end: each for each in modelled if each.label == "PERSON"}
    for run in formed:
        person = persons.get(run.end)
        if run.kind == "run" and person is not None and run.start < person.start and run.end - run.start <= _LONGEST_PERSON:
            run.kind, run.rule = "model", person.rule
            run.votes += person.votes


def _rule_of(votes: Sequence[Vote]) -> str | None:
    strongest = max(votes, key=lambda each: each.weight, default=None)
    return f"names.{strongest.sign}" if strongest else None

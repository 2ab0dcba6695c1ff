"""The finder of names: stretches from capitals, rules, layout and model; two looks at their signs; the best set of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Lost, Weighed, note_lost, note_weighed, set_spans
from extract.recognise.model import certainty_of
from extract.recognise.names.choice import choose, overlapping
from extract.recognise.names.kin import Kin
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.minutes import Minutes
from extract.recognise.names.policy import ANSWERS, DEFAULT_LABELS, ELSEWHERE, LEAST, PARTIES_ELSEWHERE, likeliest
from extract.recognise.names.signs import Signs, Vocabulary
from extract.recognise.names.stretches import Stretches, trimmed
from extract.recognise.names.structure import Layout
from extract.recognise.names.words import Stretch, Words, fold
from extract.recognise.rules import RuleMatcher
from extract.rules.model import RuleSet
from extract.text.document import document_of, foreign_text
from extract.weigh import WeightSet, load_weights
from extract.weigh.scale import Numbers, Scale, Sheet

KEY = "names"
QUESTIONS = {True: ("names.first", "names.again"), False: ("names.unaided.first", "names.unaided.again")}
"""The questions of the first and the second look, with a model and without."""

_OUR_FILES = frozenset({"names", "countries", "peoples", "organisations", "places", "parties"})
_WORTH_TELLING = 0.1  # the probability from which on a stretch that lost is told of


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to know of a document's names before it is weighed: the candidates, and the groups of their signs.

    `keys`: by which the same words are known wherever they stand. `certain`: the labels that are not weighed. `models`: the id of
    each of the model's names.
    """

    reader: Signs
    stretches: Sequence[Stretch]
    keys: Sequence[str]
    signs: Sheet
    proposed: Mapping[Stretch, Sequence[tuple[str, str]]]
    certain: Mapping[Stretch, str]
    models: Mapping[Stretch, str]

    def again(self, likely: Numbers) -> Reading:
        """The candidates worth a second look, with the signs of it; `likely`: the first answers."""
        kept = [
            number
            for number, (stretch, none) in enumerate(zip(self.stretches, likely[:, 0].tolist(), strict=True))
            if none < 1 - LEAST or stretch in self.certain
        ]
        stretches, keys = [self.stretches[number] for number in kept], [self.keys[number] for number in kept]
        kin = Kin(self.reader.words, self.reader.known, stretches, keys, likely[kept])
        return replace(self, stretches=stretches, keys=keys, signs=self.signs.only(kept) + kin.sheet())


class NameFinder:
    """The component of names: leaves them in `doc.spans["names"]`. Takes a model's entities from `doc.ents`, if there are any."""

    def __init__(
        self,
        rules: RuleSet,
        labels: Mapping[str, str | None] = DEFAULT_LABELS,
        vocab: Vocab | None = None,
        weights: WeightSet | None = None,
    ) -> None:
        """Compiles the rules. `labels`: from those of the model to ours (None: dropped); `weights`: None for the packaged.

        Raises RuleError, and when it is called ModelError where there are no weights.
        """
        self.labels = dict(labels)
        self.lexicon = Lexicon.of(rules)
        of_names = [rule for rule in rules if rule.label in NAME_LABELS]
        self.matcher = RuleMatcher(of_names, vocab or Vocab())
        self._ids = {rule.id: rule.id if rule.path.stem in _OUR_FILES else f"{_USER}{rule.id}" for rule in of_names}
        """What the rules are called as proposers: those of the user's are marked."""
        self.weights = weights or load_weights()
        self.known = Vocabulary(self.lexicon)
        self._scales: dict[str, Scale] = {}

    def __call__(self, doc: Doc) -> Doc:
        if len(self.known.groups) > _MOST_GROUPS:
            self.known = Vocabulary(self.lexicon)
            self._scales.clear()
        reading = self.read(doc)
        first, second = QUESTIONS[reading.reader.aided]
        reading = reading.again(self.scale(first).probabilities(reading.signs))
        likely = self.scale(second).probabilities(reading.signs)
        if reading.reader.about[:2] in ELSEWHERE:
            likely[:, ANSWERS.index("PARTY")] *= PARTIES_ELSEWHERE
            likely /= likely.sum(axis=1, keepdims=True)
        set_spans(doc, KEY, self._spans(doc, reading, self.scale(second), likely))
        return doc

    def scale(self, question: str) -> Scale:
        """The scale of a question, made once."""
        if question not in self._scales:
            self._scales[question] = Scale(self.weights[question], self.known.groups)
        return self._scales[question]

    # -- candidates ------------------------------------------------------------------------------------------------

    def read(self, doc: Doc) -> Reading:
        """The candidates of a document with their signs of the first look."""
        words = Words.of(doc)
        minutes = Minutes(words, self.lexicon)
        proposed = self._proposed(doc, words)
        for stretch in minutes.read():
            proposed.setdefault(stretch, []).append((_FAMILY_FIRST, "PERSON"))
        ents = [(ent.start, ent.end, ent.label_, ent.id_) for ent in doc.ents]
        seen = [(start, end, label) for start, end, given, _ in ents if (label := self.labels.get(given))]
        modelled = {trimmed(words, *minutes.without_title(start, end)) for start, end, _ in seen}
        others = {
            (start, end)
            for start, end in modelled | set(proposed)
            if start < end and words.block[start] == words.block[end - 1] >= 0
        }
        starts, ends = frozenset(start for start, _ in others), frozenset(end for _, end in others)
        signs = Signs.of(words, self.known, seen, certainty_of(doc), doc.has_annotation("ENT_IOB"))
        of_capitals = np.array(Stretches(words, self.lexicon, starts, ends).all())
        worth = of_capitals[:, signs.are_worth_it(*of_capitals)].tolist()
        stretches = sorted(others.union(zip(*worth, strict=True)))
        if minutes.is_there or document_of(doc).foreign:
            foreign = foreign_text(doc)
            stretches = [
                each
                for each in stretches
                if not (foreign(words.start[each[0]]) or minutes.refuses(*each)) or _of_user(proposed.get(each, ()))
            ]
        models = {(start, end): rule or "model" for start, end, _, rule in ents}
        phrases = [words.text[start] if end - start == 1 else words.phrase(start, end) for start, end in stretches]
        sheet = signs.of_stretches(stretches, phrases, proposed)
        certain = {stretch: label for stretch, by in proposed.items() if (label := _certain(by))}
        return Reading(signs, stretches, [*map(fold, phrases)], sheet, proposed, certain, models)

    def _proposed(self, doc: Doc, words: Words) -> dict[Stretch, list[tuple[str, str]]]:
        """The stretches that rules and layout propose, with rule and label of each."""
        found: dict[Stretch, list[tuple[str, str]]] = {}
        for match in self.matcher.find(doc):
            start, end = words.at(match.start, match.end)
            if start < end:
                found.setdefault((start, end), []).append((self._ids[match.rule.id], match.rule.label))
            else:
                note_lost(doc, match.lost("it cuts a word in two"))
        for start, end, rule, label in Layout(words, self.lexicon).read():
            found.setdefault((start, end), []).append((rule, label))
        return found

    # -- choice ----------------------------------------------------------------------------------------------------

    def _spans(self, doc: Doc, reading: Reading, scale: Scale, likely: Numbers) -> Iterator[Span]:
        """The names, as Spans with label and rule id."""
        labels = likeliest(likely)
        chances = (1 - likely[:, 0]).tolist()
        for number, stretch in enumerate(reading.stretches):
            if stretch in reading.certain:
                labels[number], chances[number] = reading.certain[stretch], _CERTAIN
        chosen = choose(reading.stretches, chances)
        _agree(reading, chosen, likely, labels)
        weighed, words = {}, reading.reader.words
        for number in chosen:
            label, (start, end) = labels[number], reading.stretches[number]
            weighed[words.start[start], words.end[end - 1]] = label, number
            made_by = _made_by(reading.proposed.get((start, end), ()), label, reading.models.get((start, end)))
            yield Span(doc, start, end, label=label, span_id=made_by)
        note_weighed(doc, Weighed(weighed, reading.signs, reading.reader.known.groups.all, scale.weights))
        self._tell_losers(doc, reading, labels, chances, chosen)

    def _tell_losers(
        self, doc: Doc, reading: Reading, labels: Sequence[str], chances: Sequence[float], chosen: Sequence[int]
    ) -> None:
        """Notes what was not unlikely and became no name."""
        words, text = reading.reader.words, document_of(doc).text
        names = [reading.stretches[number] for number in chosen]
        losers = {number for number, chance in enumerate(chances) if chance >= _WORTH_TELLING}.difference(chosen)
        for number in sorted(losers):
            start, end = reading.stretches[number]
            rivals = names[overlapping(names, start, end)]
            first, last = words.start[start], words.end[end - 1]
            reason = f"overlaps {words.phrase(*rivals[0])}" if rivals else f"too little speaks for it ({chances[number]:.2f})"
            rule = _made_by(reading.proposed.get((start, end), ()), labels[number], None)
            note_lost(doc, Lost(labels[number], first, last, text[first:last], rule, reason))


_MOST_GROUPS = 300_000


def _agree(reading: Reading, chosen: Sequence[int], likely: Numbers, labels: list[str]) -> None:
    """Gives the chosen mentions of the same words one label: the likeliest of all together."""
    mentions: dict[str, list[int]] = {}
    for number in chosen:
        mentions.setdefault(reading.keys[number], []).append(number)
    for numbers in mentions.values():
        if len({labels[number] for number in numbers}) > 1:
            label = likeliest(likely[numbers].sum(axis=0, keepdims=True))[0]
            for number in numbers:
                labels[number] = label


_FAMILY_FIRST = "names.family_first"
_USER = "user "
_CERTAIN = 10.0
"""More than any set of the names that a user's own may stand in the way of."""


def _of_user(proposed: Sequence[tuple[str, str]]) -> str | None:
    """The label that a rule of the user's gives; None if there is none."""
    return next((label for rule, label in proposed if rule.startswith(_USER)), None)


def _certain(proposed: Sequence[tuple[str, str]]) -> str | None:
    """The label that is not weighed: a user's, or that of a form which only laws or minutes have; None if there is none.

    Of laws, which hardly any corpus annotates, the weights know too little.
    """
    formal = (label for rule, label in proposed if rule == _FAMILY_FIRST or label == "LAW")
    return _of_user(proposed) or next(formal, None)


def _made_by(proposed: Sequence[tuple[str, str]], label: str, model: str | None) -> str:
    """The rule that found a name with its label, else the model, else the weights alone."""
    for rule, given in proposed:
        if given == label:
            return rule.removeprefix(_USER)
    return model or "names.weighed"

"""The finder of names: stretches from capitals, rules, layout and model; two looks at their signs; the best set of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import compress

import numpy as np
from spacy.attrs import ENT_ID, ENT_IOB, ENT_TYPE
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.normalise.values import NAME_LABELS
from extract.recognise.mention import Lost, Weighed, note_lost, note_weighed
from extract.recognise.model import certainty_of
from extract.recognise.names.choice import choose
from extract.recognise.names.kin import Kin
from extract.recognise.names.lexicon import Lexicon
from extract.recognise.names.minutes import Minutes
from extract.recognise.names.policy import ANSWERS, DEFAULT_LABELS, ELSEWHERE, LEAST, PARTIES_ELSEWHERE, likeliest
from extract.recognise.names.signs import Seen, Signs, Vocabulary
from extract.recognise.names.stretches import Stretches, trimmed
from extract.recognise.names.structure import Layout
from extract.recognise.names.words import ALNUM, ARTICLE, TITLE, Stretch, Words, fold
from extract.recognise.rules import RuleMatcher
from extract.recognise.scale import Numbers, Scale, Sheet, Wholes, are_fresh, two_rows
from extract.rules.model import RuleSet
from extract.text.document import document_of, foreign_text
from extract.weigh import WeightSet, load_weights

KEY = "names"
QUESTIONS = {True: ("names.first", "names.again"), False: ("names.unaided.first", "names.unaided.again")}
"""The questions of the first and the second look, with a model and without."""

_OUR_FILES = frozenset({"names", "countries", "peoples", "organisations", "places", "parties"})
_WORTH_TELLING = 0.1  # the probability from which on a stretch that lost is told of


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to know of a document's names before it is weighed: the candidates, and the groups of their signs.

    They are the words from `starts` to `ends`, in the order of the text. `keys`: by which the same words are known wherever they
    stand. `certain`: the labels that are not weighed. `models`: the id of each of the model's names.
    """

    reader: Signs
    starts: Wholes
    ends: Wholes
    keys: Sequence[str]
    signs: Sheet
    proposed: Mapping[Stretch, Sequence[tuple[str, str]]]
    certain: Mapping[Stretch, str]
    models: Mapping[Stretch, str]

    @property
    def stretches(self) -> list[Stretch]:
        """The words of each candidate."""
        return [*zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def again(self, likely: Numbers) -> Reading:
        """The candidates worth a second look, with the signs of it; `likely`: the first answers."""
        worth = likely[:, 0] < 1 - LEAST
        if self.certain:
            worth |= np.fromiter(map(self.certain.__contains__, self.stretches), bool, len(worth))
        kept = np.flatnonzero(worth)
        starts, ends, keys = self.starts[kept], self.ends[kept], [*compress(self.keys, worth.tolist())]
        kin = Kin(self.reader.words, self.reader.known, starts, ends, keys, likely[kept])
        return replace(self, starts=starts, ends=ends, keys=keys, signs=self.signs.only(kept) + kin.sheet())


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
        self._proposers = {
            rule.id: (rule.id if rule.path.stem in _OUR_FILES else f"{_USER}{rule.id}", rule.label) for rule in of_names
        }
        """What the rules are called as proposers, and their labels: those of the user's are marked."""
        self._certain = {each for each in (*self._proposers.values(), _OF_MINUTES) if _certain([each])}
        self.weights = weights or load_weights()
        self.known = Vocabulary(self.lexicon)
        self._scales: dict[str, Scale] = {}

    def __call__(self, doc: Doc) -> Doc:
        if len(self.known.groups) > _MOST_GROUPS or len(self.known.kinds) > _MOST_KINDS:
            self.known = Vocabulary(self.lexicon)
            self._scales.clear()
        reading = self.read(doc)
        if not reading.keys:
            doc.spans[KEY] = []
            return doc
        first, second = QUESTIONS[reading.reader.aided]
        reading = reading.again(self.scale(first).probabilities(reading.signs))
        likely = self.scale(second).probabilities(reading.signs)
        if reading.reader.about[:2] in ELSEWHERE:
            likely[:, ANSWERS.index("PARTY")] *= PARTIES_ELSEWHERE
            likely /= likely.sum(axis=1, keepdims=True)
        doc.spans[KEY] = self._spans(doc, reading, self.scale(second), likely)
        return doc

    def scale(self, question: str) -> Scale:
        """The scale of a question, made once."""
        if question not in self._scales:
            self._scales[question] = Scale(self.weights[question], self.known.groups)
        return self._scales[question]

    # -- candidates ------------------------------------------------------------------------------------------------

    def read(self, doc: Doc) -> Reading:
        """The candidates of a document with their signs of the first look."""
        words = Words.of(doc, self.known.kinds)
        minutes = Minutes(words)
        proposed = self._proposed(doc, words)
        for stretch in minutes.read():
            proposed.setdefault(stretch, []).append(_OF_MINUTES)
        firm = [stretch for stretch, by in proposed.items() if not self._certain.isdisjoint(by)]
        seen, models = self._seen(doc)
        starts, ends, block = *seen[:2], words.block
        edges = words.told[starts] | words.told[ends - 1]
        is_rough = (edges & (ARTICLE | TITLE) > 0) | (words.told[starts] & words.told[ends - 1] & ALNUM == 0)
        modelled = {
            trimmed(words, *minutes.without_title(start, end)) if rough else (start, end)
            for start, end, rough in zip(starts.tolist(), ends.tolist(), is_rough.tolist(), strict=True)
        }
        starts, ends = two_rows(modelled.union(proposed))
        others = np.array((starts, ends))[:, starts < ends]
        others = others[:, (block[others[0]] == block[others[1] - 1]) & (block[others[0]] >= 0)]
        signs = Signs.of(words, self.known, seen, certainty_of(doc), doc.has_annotation("ENT_IOB"))
        of_capitals = Stretches(words, *(frozenset(each.tolist()) for each in others)).all()
        worth = of_capitals[:, signs.are_worth_it(*of_capitals)]
        starts, ends = np.concatenate((others, worth), axis=1)
        order = np.sort(starts * (len(words) + 1) + ends)
        starts, ends = np.divmod(order[are_fresh(order)], len(words) + 1)
        refused = minutes.refuse(starts, ends) if minutes.is_there else np.zeros(len(starts), dtype=bool)
        if document_of(doc).foreign:
            refused |= np.fromiter(map(foreign_text(doc), words.start[starts].tolist()), bool, len(starts))
        if refused.any():
            of_user = {stretch for stretch in firm if _of_user(proposed[stretch])}
            stretches = zip(starts.tolist(), ends.tolist(), strict=True)
            kept = ~refused | np.fromiter(map(of_user.__contains__, stretches), bool, len(starts)) if of_user else ~refused
            starts, ends = starts[kept], ends[kept]
        phrases = [words.written[start:end] for start, end in words.places(starts, ends)]
        keys = [*map(fold, phrases)]
        sheet = signs.of_stretches(starts, ends, phrases, keys, proposed)
        certain = {stretch: label for stretch in firm if (label := _certain(proposed[stretch]))}
        return Reading(signs, starts, ends, keys, sheet, proposed, certain, models)

    def _seen(self, doc: Doc) -> tuple[Seen, dict[Stretch, str]]:
        """The names that the model sees, and the ids of all its entities: what `doc.ents` has, without Spans, which are dear."""
        told, strings = doc.to_array([ENT_IOB, ENT_TYPE, ENT_ID]), doc.vocab.strings
        starts = np.flatnonzero((told[:, 0] == _BEGINS) & (told[:, 1] > 0))
        stops = np.concatenate((np.flatnonzero(told[:, 0] != _GOES_ON), (len(doc),)))
        ends = stops[stops.searchsorted(starts, side="right")]
        kinds, ids = told[starts, 1:].T.tolist()
        ours, named = ({each: strings[each] for each in {*some}} for some in (kinds, ids))
        labels = [self.labels.get(ours[kind]) for kind in kinds]
        stretches = zip(starts.tolist(), ends.tolist(), strict=True)
        models = {stretch: named[number] or "model" for stretch, number in zip(stretches, ids, strict=True)}
        known = [*map(bool, labels)]
        return (starts[known], ends[known], [label for label in labels if label]), models

    def _proposed(self, doc: Doc, words: Words) -> dict[Stretch, list[tuple[str, str]]]:
        """The stretches that rules and layout propose, with rule and label of each."""
        found: dict[Stretch, list[tuple[str, str]]] = {}
        matches = self.matcher.won(doc)
        for match, stretch in zip(matches, words.at([(match.start, match.end) for match in matches]), strict=True):
            if stretch[0] < stretch[1]:
                found.setdefault(stretch, []).append(self._proposers[match.rule.id])
            else:
                note_lost(doc, match.lost(document_of(doc).text, "it cuts a word in two"))
        for start, end, rule, label in Layout(words, self.lexicon).read():
            found.setdefault((start, end), []).append((rule, label))
        return found

    # -- choice ----------------------------------------------------------------------------------------------------

    def _spans(self, doc: Doc, reading: Reading, scale: Scale, likely: Numbers) -> list[Span]:
        """The names, as Spans with label and rule id, in the order of the text."""
        words, starts, ends = reading.reader.words, reading.starts, reading.ends
        stretches, labels, chances = reading.stretches, likeliest(likely), 1 - likely[:, 0]
        for number, stretch in enumerate(stretches if reading.certain else ()):
            if stretch in reading.certain:
                labels[number], chances[number] = reading.certain[stretch], _CERTAIN
        chosen = choose(starts, ends, chances)
        _agree(reading, chosen.tolist(), likely, labels)
        spans, weighed, add = list[Span](), dict[Stretch, tuple[str, int]](), cache(doc.vocab.strings.add)
        places = words.places(starts, ends)
        for number in chosen.tolist():
            label, (start, end) = labels[number], stretches[number]
            made_by = _made_by(reading.proposed.get((start, end), ()), label, reading.models.get((start, end)))
            spans.append(Span(doc, start, end, label=add(label), span_id=add(made_by)))
            weighed[places[number]] = label, number
        note_weighed(doc, Weighed(weighed, reading.signs, reading.reader.known.groups.all, scale.weights))
        worth = chances >= _WORTH_TELLING
        worth[chosen] = False
        losers = np.flatnonzero(worth)
        rivals = ends[chosen].searchsorted(starts[losers], side="right")
        overlaps = rivals < starts[chosen].searchsorted(ends[losers])
        for number, rival, is_overlap in zip(losers.tolist(), rivals.tolist(), overlaps.tolist(), strict=True):
            other = words.written[slice(*places[chosen[rival]])] if is_overlap else ""
            reason = f"overlaps {other}" if other else f"too little speaks for it ({chances[number]:.2f})"
            rule = _made_by(reading.proposed.get(stretches[number], ()), labels[number], None)
            start, end = places[number]
            note_lost(doc, Lost(labels[number], start, end, words.written[start:end], rule, reason))
        return spans


_BEGINS, _GOES_ON = 3, 1  # of spaCy's ENT_IOB
_MOST_GROUPS = 300_000
_MOST_KINDS = 100_000


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


_OF_MINUTES = "names.family_first", "PERSON"
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
    formal = (each[1] for each in proposed if each == _OF_MINUTES or each[1] == "LAW")
    return _of_user(proposed) or next(formal, None)


def _made_by(proposed: Sequence[tuple[str, str]], label: str, model: str | None) -> str:
    """The rule that found a name with its label, else the model, else the weights alone."""
    for rule, given in proposed:
        if given == label:
            return rule.removeprefix(_USER)
    return model or "names.weighed"

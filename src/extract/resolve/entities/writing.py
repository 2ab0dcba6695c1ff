"""From groups of clusters to entities with ids, names, variants and reasons, and from doubts to open pairs."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.resolve.entities.aliases import AliasEntity, Aliases, pair_of
from extract.resolve.entities.canonical import canonical_form, shown_name
from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.folding import clean
from extract.resolve.entities.forest import Doubt, Tie
from extract.resolve.entities.groups import Group, Owner
from extract.resolve.entities.linking import Entity, Linking, Place, Registered, ReviewPair, ReviewSide, Variant
from extract.resolve.entities.names import NameMention
from extract.resolve.entities.register import Entry
from extract.resolve.entities.relation import Relation

_ASKED = 24  # questions in a corpus, and for each thousand documents of a larger one: what a person has the patience for


class Writer:
    """Turns groups of clusters into entities with ids, variants and reasons."""

    def __init__(self, groups: Sequence[Group], ties: Sequence[Tie], aliases: Aliases, comparer: NameComparer) -> None:
        self._groups = groups
        self._aliases = aliases
        self._comparer = comparer
        self._ties: dict[Form, list[Tie]] = defaultdict(list)
        for tie in ties:
            self._ties[tie.a].append(tie)

    def write(self, doubts: Sequence[Doubt]) -> Linking:
        drafts = sorted(map(self._draft, self._groups), key=lambda draft: draft.order)
        entities = [self._entity(draft, entity_id) for draft, entity_id in zip(drafts, _ids(drafts), strict=True)]
        entity_of: dict[Place, str] = {}
        for draft, entity in zip(drafts, entities, strict=True):
            for place in (place for places in draft.places.values() for place, _ in places):
                entity_of[place] = entity.id
        entities.sort(key=lambda entity: (entity.label, entity.name, entity.id))
        mentions = {entity.id: entity.mentions for entity in entities}
        pairs = _review_pairs(doubts, entity_of, {entity.id: entity.label for entity in entities}, mentions)
        most = max(_ASKED, len({document for document, _ in entity_of}) * _ASKED // 1000)
        asked = tuple(replace(pair, asked=number < most) for number, pair in enumerate(pairs))
        return Linking(tuple(entities), entity_of, asked)

    def _draft(self, group: Group) -> _Draft:
        places: dict[Form, list[tuple[Place, NameMention]]] = defaultdict(list)
        for document, cluster in group.clusters:
            for form, mentions in cluster.mentions.items():
                places[form].extend(((document, mention.index), mention) for mention in mentions)
        alias = self._aliases.entities[group.owner.alias] if group.owner.alias >= 0 else None
        pages = {clean(mention.target) for found in places.values() for _, mention in found if mention.target}
        counts = {form: (len(found), min(place for place, _ in found)) for form, found in places.items()}
        form = canonical_form(counts, self._comparer, pages)
        name = shown_name(form, _as_written(form, [mention.text for _, mention in places[form]]), self._comparer)
        completed = {cluster.completed or "" for _, cluster in group.clusters}
        if "" not in completed:
            name, form = min(completed), Form("event", min(completed))
        if alias and not alias.answered:
            name = alias.canonical
        return _Draft(group, places, counts, form, name, alias, self._comparer.key(form))

    def _entity(self, draft: _Draft, entity_id: str) -> Entity:
        person = self._comparer.person(Form("person", draft.name)) if draft.owner.kind == "person" else None
        patronymics: Counter[str] = Counter()
        for form, (count, _) in draft.counts.items():
            if person and (patronymic := self._comparer.person(form).patronymic):
                patronymics[patronymic] += count
        return Entity(
            id=entity_id,
            label=draft.label(self._comparer),
            name=draft.name,
            variants=tuple(self._variants(draft)),
            mentions=sum(count for count, _ in draft.counts.values()),
            documents=len({document for document, _ in draft.group.clusters}),
            given=person.given if person else None,
            patronymic=min(patronymics, key=lambda word: (-patronymics[word], word), default=None),
            family=person.family if person else None,
            registered=self._registered(draft, draft.group.entry) if draft.group.entry else None,
        )

    def _registered(self, draft: _Draft, entry: Entry) -> Registered:
        """The entry of an entity, and which of its spellings is how like which of the entry's names."""
        names = [self._comparer.form(entry.label, name) for name in entry.names]
        found = [(0.5, "joined by another spelling")]
        for form in sorted(draft.counts, key=lambda form: (form != draft.form, form)):
            for name in names:
                if self._comparer.key(form) == self._comparer.key(name):
                    found.append((1.0, f"{form.text} is a name of the register"))
                elif (relation := self._comparer.compare(form, name)) and relation.joins:
                    found.append((relation.score, f"{form.text} and {name.text}: {relation.reason}"))
        score, reason = max(found, key=lambda each: each[0])
        if entry.country and draft.group.agrees:
            reason += f"; documents speak of {entry.country.title()}"
        elif entry.country:
            score = round(score * 0.9, 3)
        return Registered(entry.id, entry.names[0], score, reason)

    def _variants(self, draft: _Draft) -> Iterator[Variant]:
        """The spellings as they stand in the texts, the canonical one first, then by frequency."""
        ties = [tie for _, cluster in draft.group.clusters for tie in cluster.edges]
        ties += [tie for form in sorted(draft.counts) for tie in self._ties[form] if tie.b in draft.counts]
        by_text: dict[str, list[tuple[Place, Form]]] = defaultdict(list)
        for form, places in draft.places.items():
            for place, mention in places:
                by_text[mention.text].append((place, form))
        order = sorted(by_text, key=lambda text: (text != draft.name, -len(by_text[text]), min(by_text[text]), text))
        for text, found in ((text, by_text[text]) for text in order):
            relation = self._why(found[-1][1], draft, ties)
            yield Variant(text, len(found), relation.link, relation.reason, relation.score, min(found)[0])

    def _why(self, form: Form, draft: _Draft, ties: Sequence[Tie]) -> Relation:
        """Why a spelling belongs: as the canonical one itself, by the alias file, by its likeness to it, or by what joined it."""
        if draft.form not in draft.counts and form.kind == "event":
            reason = f"completed to {draft.name} from the election that its document is about"
            return Relation("part", "short_form", reason, score=0.8)
        if form == draft.form and len(form.text) == len(draft.name):
            return Relation("same", "same", "the name itself")
        if draft.alias and any(len(pair_of(form.text, name)) == 1 for name in draft.alias.names):
            return Relation("same", "alias", f"the alias file, line {draft.alias.line}")
        if form == draft.form:
            return Relation("same", "inflection", f"{draft.name} is its adjective")
        own = [tie for tie in ties if form in (tie.a, tie.b)]
        scores = [tie.relation.score for tie in own if draft.form in (tie.a, tie.b)]
        direct = self._comparer.compare(form, draft.form)
        if direct and direct.joins and max(scores, default=0.0) <= direct.score:
            return replace(direct, score=min([direct.score, *scores]))
        best = max(own, key=lambda tie: (tie.relation.score, tie.a, tie.b), default=None)
        return best.relation if best else Relation("same", "same", f"{form.text} and {draft.name} are one name", score=0.9)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before it has its id: where each form stands, the form and the name that it is called by, its folded name."""

    group: Group
    places: Mapping[Form, Sequence[tuple[Place, NameMention]]]
    counts: Mapping[Form, tuple[int, Place]]
    form: Form
    name: str
    alias: AliasEntity | None
    key: str

    @property
    def owner(self) -> Owner:
        return self.group.owner

    @property
    def order(self) -> tuple[object, ...]:
        first = min(first for _, first in self.counts.values())
        return (self.owner.kind, self.key, self.owner.document, self.owner.sense, self.name, first)

    def label(self, comparer: NameComparer) -> str:
        """The label that most mentions have, of those that fit the kind."""
        if self.alias:
            return self.alias.label
        labels = Counter(mention.label for found in self.places.values() for _, mention in found)
        fitting = [label for label in labels if comparer.form(label, "x").kind == self.owner.kind]
        return min(fitting or _USUAL_LABEL[self.owner.kind], key=lambda label: (-labels[label], label))


_USUAL_LABEL: Mapping[str, tuple[str, ...]] = {
    "person": ("PERSON",), "body": ("ORG",), "place": ("GPE",), "people": ("NORP",), "event": ("EVENT",), "law": ("LAW",),
}  # fmt: skip


def _as_written(form: Form, texts: Iterable[str]) -> str:
    """The form as the documents write it most often: their own dashes and apostrophes, plain blanks, nothing around it."""
    whole = Counter(spaced for text in texts if len(spaced := " ".join(text.split())) == len(form.text))
    return min(whole, key=lambda text: (-whole[text], text), default=form.text)


def _ids(drafts: Sequence[_Draft]) -> list[str]:
    """Ids made of kind, folded name and (for what stays in its document) the document; equals are numbered."""
    seen: Counter[tuple[str, str, str]] = Counter()
    ids = []
    for draft in drafts:
        parts = (draft.owner.kind, draft.key, draft.owner.document or draft.owner.sense)
        text = "\n".join((*parts, str(seen[parts]) if seen[parts] else ""))
        seen[parts] += 1
        ids.append("e_" + hashlib.sha256(text.encode()).hexdigest()[:16])
    return ids


def _review_pairs(
    doubts: Sequence[Doubt],
    entity_of: Mapping[Place, str],
    labels: Mapping[str, str],
    mentions: Mapping[str, int],
) -> tuple[ReviewPair, ...]:
    """The open pairs whose two sides are still two entities: one line for each pair of spellings, the most worth asking first.

    An answer is worth the mentions that it moves, the more so the less sure the score is.
    """
    asked: dict[str, list[tuple[Doubt, ReviewSide, ReviewSide]]] = defaultdict(list)
    for doubt in sorted(doubts):
        if all(place in entity_of for place in doubt.evidence):
            sides = sorted(zip((doubt.a, doubt.b), doubt.evidence, strict=True))
            a, b = (ReviewSide(form.text, entity_of[place], place) for form, place in sides)
            if a.entity != b.entity:
                asked[review_key(doubt.a.kind, a.text, b.text)].append((doubt, a, b))
    found = []
    for key, asking in asked.items():
        doubt, a, b = max(asking, key=lambda each: each[0].score)
        others = {side.entity: side for _, *both in asking for side in both if side.entity not in (a.entity, b.entity)}
        more = tuple(others[entity] for entity in sorted(others))
        counts = [mentions[side.entity] for side in (a, b, *more)]
        worth = round((sum(counts) - max(counts)) * (1 - abs(2 * doubt.score - 1) / 2), 2)
        found.append(ReviewPair(key, labels[a.entity], a, b, round(doubt.score, 2), worth, (doubt.reason,), more))
    return tuple(sorted(found, key=lambda pair: (-pair.worth, pair.label, pair.a.text, pair.b.text)))


def review_key(kind: str, a: str, b: str) -> str:
    """The key of a pair of names, the same in every run and for either order."""
    return "p_" + hashlib.sha256("\n".join((kind, *sorted(pair_of(a, b)))).encode()).hexdigest()[:16]

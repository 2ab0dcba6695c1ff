"""From groups of clusters to entities with ids, names, variants and reasons, and from doubts to open pairs."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.resolve.entities.aliases import AliasEntity, Aliases, pair_of
from extract.resolve.entities.canonical import canonical_form, shown_name
from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.documents import Cluster
from extract.resolve.entities.forest import Doubt, Tie
from extract.resolve.entities.folding import clean
from extract.resolve.entities.groups import Group, Owner
from extract.resolve.entities.linking import Edge, Entity, Linking, Place, Registered, ReviewPair, ReviewSide, Variant
from extract.resolve.entities.register import Entry
from extract.resolve.entities.relation import Relation


class Writer:
    """Turns groups of clusters into entities with ids, variants and reasons."""

    def __init__(self, groups: Sequence[Group], ties: Sequence[Tie], aliases: Aliases, comparer: NameComparer) -> None:
        self._groups = groups
        self._aliases = aliases
        self._comparer = comparer
        self._ties: dict[Form, list[Tie]] = defaultdict(list)
        for tie in ties:
            self._ties[tie.a].append(tie)
            self._ties[tie.b].append(tie)

    def write(self, doubts: Sequence[Doubt]) -> Linking:
        drafts = sorted((self._draft(group) for group in self._groups), key=lambda draft: draft.order)
        ids = _ids(drafts)
        entities, entity_of, label_of = [], {}, {}
        for draft, entity_id in zip(drafts, ids, strict=True):
            entity = self._entity(draft, entity_id)
            entities.append(entity)
            for document, cluster in draft.clusters:
                for mention in (mention for mentions in cluster.mentions.values() for mention in mentions):
                    entity_of[document, mention.index] = entity_id
                    label_of[document, mention.index] = entity.label
        entities.sort(key=lambda entity: (entity.label, entity.name, entity.id))
        return Linking(
            tuple(entities),
            entity_of,
            label_of,
            _review_pairs(doubts, entity_of, label_of, {entity.id: entity for entity in entities}),
        )

    def _draft(self, group: Group) -> _Draft:
        counts: dict[Form, tuple[int, Place]] = {}
        labels: Counter[str] = Counter()
        for document, cluster in group.clusters:
            for form, mentions in cluster.mentions.items():
                count, first = counts.get(form, (0, (document, mentions[0].index)))
                counts[form] = (count + len(mentions), min(first, (document, mentions[0].index)))
                labels.update(mention.label for mention in mentions)
        alias = self._aliases.entities[group.owner.alias] if group.owner.alias >= 0 else None
        mentions = [each for _, cluster in group.clusters for found in cluster.mentions.values() for each in found]
        pages = {clean(mention.target) for mention in mentions if mention.target}
        form = canonical_form(counts, self._comparer, pages)
        name = (
            alias.canonical
            if alias and not alias.answered
            else shown_name(form, _as_written(form, group.clusters), self._comparer)
        )
        completed = sorted({cluster.completed for _, cluster in group.clusters if cluster.completed})
        if completed and all(cluster.completed for _, cluster in group.clusters):
            name, form = completed[0], Form("event", completed[0])
        key = self._comparer.key(form)
        return _Draft(group.owner, group.clusters, counts, labels, form, name, alias, key, group.entry, group.agrees)

    def _entity(self, draft: _Draft, entity_id: str) -> Entity:
        person = self._comparer.person(Form("person", draft.name)) if draft.owner.kind == "person" else None
        edges = tuple(self._edges(draft))
        return Entity(
            id=entity_id,
            label=draft.label(self._comparer),
            name=draft.name,
            variants=tuple(self._variants(draft, edges)),
            mentions=sum(count for count, _ in draft.counts.values()),
            documents=len({document for document, _ in draft.clusters}),
            edges=edges,
            given=person.given if person else None,
            patronymic=self._patronymic(draft) if person else None,
            family=person.family if person else None,
            document=draft.owner.document or None,
            registered=self._registered(draft, edges) if draft.entry else None,
        )

    def _registered(self, draft: _Draft, edges: Sequence[Edge]) -> Registered:
        """The entry of an entity, and which of its spellings is how like which of the entry's names."""
        assert draft.entry
        names = [self._comparer.form(draft.entry.label, name) for name in draft.entry.names]
        best: tuple[float, str] = (0.5, "joined by another spelling")
        for form in sorted(draft.counts, key=lambda form: (form != draft.form, form)):
            for name in names:
                if self._comparer.key(form) == self._comparer.key(name):
                    found = (1.0, f"{form.text} is a name of the register")
                elif (relation := self._comparer.compare(form, name)) and relation.joins:
                    found = (relation.score, f"{form.text} and {name.text}: {relation.reason}")
                else:
                    continue
                best = max(best, found, key=lambda each: each[0])
        score, reason = best
        country = draft.entry.country
        where = f"; documents speak of {country.title()}" if country and draft.agrees else ""
        return Registered(
            draft.entry.id, draft.entry.names[0], score if where or not country else round(score * 0.9, 3), reason + where
        )

    def _patronymic(self, draft: _Draft) -> str | None:
        """The patronymic that any spelling of a person has, the most frequent one."""
        found: Counter[str] = Counter()
        for form, (count, _) in draft.counts.items():
            if patronymic := self._comparer.person(form).patronymic:
                found[patronymic] += count
        return min(found, key=lambda word: (-found[word], word)) if found else None

    def _edges(self, draft: _Draft) -> Iterator[Edge]:
        """What joined the spellings of an entity: inside documents, then between them; one edge for each pair of spellings."""
        seen: set[frozenset[str]] = set()
        inside = [edge for _, cluster in draft.clusters for edge in cluster.edges]
        ties = {
            id(tie): tie
            for form in sorted(draft.counts)
            for tie in self._ties.get(form, ())
            if {tie.a, tie.b} <= draft.counts.keys()
        }
        for tie in (*inside, *sorted(ties.values(), key=lambda tie: (tie.a, tie.b))):
            if (pair := frozenset((tie.a.text, tie.b.text))) not in seen:
                seen.add(pair)
                yield Edge(tie.a.text, tie.b.text, tie.relation.link, tie.relation.reason, tie.relation.score, tie.evidence)

    def _variants(self, draft: _Draft, edges: Sequence[Edge]) -> Iterator[Variant]:
        """The spellings as they stand in the texts, the canonical one first, then by frequency."""
        by_text: dict[str, tuple[int, Place, Form]] = {}
        for document, cluster in draft.clusters:
            for form, mentions in cluster.mentions.items():
                for mention in mentions:
                    place = (document, mention.index)
                    count, first, _ = by_text.get(mention.text, (0, place, form))
                    by_text[mention.text] = (count + 1, min(first, place), form)
        order = sorted(by_text.items(), key=lambda item: (item[0] != draft.name, -item[1][0], item[1][1], item[0]))
        for text, (count, first, form) in order:
            relation = self._why(form, draft, edges)
            yield Variant(text, count, relation.link, relation.reason, relation.score, first)

    def _why(self, form: Form, draft: _Draft, edges: Sequence[Edge]) -> Relation:
        """Why a spelling belongs: as the canonical one itself, by the alias file, by its likeness to it, or by what joined it."""
        if draft.form not in draft.counts and form.kind == "event":
            return Relation(
                "part", "short_form", f"completed to {draft.name} from the election that its document is about", score=0.8
            )
        if form == draft.form and len(form.text) == len(draft.name):
            return Relation("same", "same", "the name itself")
        if draft.alias and any(len(pair_of(form.text, name)) == 1 for name in draft.alias.names):
            return Relation("same", "alias", f"the alias file, line {draft.alias.line}")
        if form == draft.form:
            return Relation("same", "inflection", f"{draft.name} is its adjective")
        own = [edge for edge in edges if form.text in (edge.a, edge.b)]
        direct = self._comparer.compare(form, draft.form)
        if direct and direct.joins and not any(edge.score > direct.score and draft.form.text in (edge.a, edge.b) for edge in own):
            limits = [edge.score for edge in own if draft.form.text in (edge.a, edge.b)]
            score = min([direct.score, *limits])
            return Relation(direct.verdict, direct.link, direct.reason, score=score)
        if own:
            best = max(own, key=lambda edge: (edge.score, edge.a, edge.b))
            return Relation("same", best.link, best.reason, score=best.score)
        return Relation("same", "same", f"{form.text} and {draft.name} are one name", score=0.9)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before it has its id."""

    owner: Owner
    clusters: list[tuple[str, Cluster]]
    counts: Mapping[Form, tuple[int, Place]]
    labels: Counter[str]
    form: Form
    name: str
    alias: AliasEntity | None
    key: str
    entry: Entry | None
    agrees: bool

    @property
    def order(self) -> tuple[str, ...]:
        first = min(first for _, first in self.counts.values())
        return (self.owner.kind, self.key, self.owner.document, self.owner.sense, self.name, first[0], f"{first[1]:09}")

    def label(self, comparer: NameComparer) -> str:
        """The label that most mentions have, of those that fit the kind."""
        if self.alias:
            return self.alias.label
        fitting = {label: count for label, count in self.labels.items() if comparer.form(label, "x").kind == self.owner.kind}
        return min(fitting or _USUAL_LABEL[self.owner.kind], key=lambda label: (-fitting.get(label, 0), label))


_USUAL_LABEL: Mapping[str, tuple[str, ...]] = {
    "person": ("PERSON",), "body": ("ORG",), "place": ("GPE",), "people": ("NORP",), "event": ("EVENT",), "law": ("LAW",),
}  # fmt: skip


def _as_written(form: Form, clusters: Sequence[tuple[str, Cluster]]) -> str:
    """The form as the documents write it most often: their own dashes and apostrophes, plain blanks, nothing around it."""
    texts = Counter(" ".join(mention.text.split()) for _, cluster in clusters for mention in cluster.mentions.get(form, ()))
    whole = {text: count for text, count in texts.items() if len(text) == len(form.text)}
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
    label_of: Mapping[Place, str],
    entities: Mapping[str, Entity],
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
        found.append(ReviewPair(key, label_of[a.mention], a, b, round(doubt.score, 2), (doubt.reason,), more))

    def worth(pair: ReviewPair) -> float:
        counts = [entities[side.entity].mentions for side in (pair.a, pair.b, *pair.more)]
        return round((sum(counts) - max(counts)) * (1 - abs(2 * pair.score - 1) / 2), 3)

    return tuple(sorted(found, key=lambda pair: (-worth(pair), pair.label, pair.a.text, pair.b.text)))


def review_key(kind: str, a: str, b: str) -> str:
    """The key of a pair of names, the same in every run and for either order."""
    return "p_" + hashlib.sha256("\n".join((kind, *sorted(pair_of(a, b)))).encode()).hexdigest()[:16]

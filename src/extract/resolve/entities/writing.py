"""From groups of clusters to entities with ids, names, variants and reasons, and from doubts to open pairs."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extract.resolve.entities.aliases import AliasEntity, Aliases, pair_of
from extract.resolve.entities.canonical import canonical_form, shown_name
from extract.resolve.entities.comparing import KIND_OF_LABEL, Form, NameComparer
from extract.resolve.entities.folding import clean
from extract.resolve.entities.forest import Doubt, Edge
from extract.resolve.entities.groups import Group, Groups, Owner
from extract.resolve.entities.linking import Entity, Linked, Place, Registered, ReviewPair, ReviewSide, Variant
from extract.resolve.entities.register import Entry
from extract.resolve.entities.relation import Relation

_ASKED = 24  # questions in a corpus, and for each thousand documents of a larger one: what a person has the patience for


class Writer:
    """Turns groups of clusters into entities with ids, variants and reasons."""

    def __init__(self, groups: Groups, edges: Sequence[Edge], aliases: Aliases, comparer: NameComparer) -> None:
        self._groups = groups
        self._aliases = aliases
        self._comparer = comparer
        self._edges: dict[Form, list[Edge]] = defaultdict(list)
        for edge in edges:
            self._edges[edge.a].append(edge)

    def write(self) -> Linked:
        groups = self._groups
        drafts = sorted((self._draft(group) for _, found in groups.of_owners() for group in found), key=lambda draft: draft.order)
        numbered = [
            (self._entity(draft, entity_id), draft.group.number) for draft, entity_id in zip(drafts, _ids(drafts), strict=True)
        ]
        numbered.sort(key=lambda found: (found[0].label, found[0].name, found[0].id))
        entities = {number: entity for entity, number in numbered}
        pairs = _review_pairs(groups.doubts, {place: entities[number] for place, number in groups.group_of.items()})
        most = max(_ASKED, groups.documents * _ASKED // 1000)
        asked = tuple(replace(pair, asked=number < most) for number, pair in enumerate(pairs))
        order = {number: place for place, number in enumerate(entities)}

        def documents() -> Iterator[tuple[str, dict[int, int]]]:
            return ((name, {mention: order[group] for mention, group in found.items()}) for name, found in groups.places)

        return Linked(tuple(entities.values()), asked, documents)

    def _draft(self, group: Group) -> _Draft:
        alias = self._aliases.entities[group.owner.alias] if group.owner.alias >= 0 else None
        pages = {clean(name.target) for name, _ in group.names() if name.target}
        counts = {
            form: (sum(count for count, _ in names.values()), min(place for _, place in names.values()))
            for form, names in group.mentions.items()
        }
        form = canonical_form(counts | self._linked(counts, pages), self._comparer, pages)
        written = ((name.text, count) for name, (count, _) in group.mentions.get(form, {}).items())
        name = shown_name(form, _as_written(form, written), self._comparer)
        if "" not in group.completed:
            name, form = min(group.completed), Form("event", min(group.completed))
        if alias and not alias.answered:
            name = alias.canonical
        return _Draft(group, counts, form, name, alias, self._comparer.key(form))

    def _linked(self, counts: Mapping[Form, tuple[int, Place]], pages: Iterable[str]) -> dict[Form, tuple[int, Place]]:
        """Where all spellings are short, the names of the pages that links on them lead to (`[[Awami National Party|ANP]]`)."""
        if any(not self._is_short(form) for form in counts):
            return {}
        kind, first = next(iter(counts)).kind, min(place for _, place in counts.values())
        forms = [Form(kind, page) for page in sorted(pages) if not self._is_short(Form(kind, page))]
        return {form: (0, first) for form in forms if any(self._joins(each, form) for each in counts)}

    def _is_short(self, form: Form) -> bool:
        """Whether it is a person's name without the given one, or an acronym of a body."""
        is_acronym = form.kind == "body" and bool(self._comparer.body(form.text).acronym)
        return is_acronym or (form.kind == "person" and not self._comparer.person(form).is_full)

    def _joins(self, a: Form, b: Form) -> bool:
        relation = self._comparer.compare(a, b)
        return relation is not None and relation.joins

    def _entity(self, draft: _Draft, entity_id: str) -> Entity:
        person = self._comparer.person(Form("person", draft.name)) if draft.owner.kind == "person" else None
        patronymics: Counter[str] = Counter()
        for form, (count, _) in draft.counts.items() if person else ():
            if patronymic := self._comparer.person(form).patronymic:
                patronymics[patronymic] += count
        return Entity(
            id=entity_id,
            label=draft.label,
            name=draft.name,
            variants=tuple(self._variants(draft)),
            mentions=sum(count for count, _ in draft.counts.values()),
            documents=draft.group.documents,
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
        edges = [*draft.group.edges]
        edges += [edge for form in sorted(draft.counts) for edge in self._edges.get(form, ()) if edge.b in draft.counts]
        by_text: dict[str, tuple[int, Place, Form]] = {}
        for form, names in draft.group.mentions.items():
            for name, (count, place) in names.items():
                before, first, _ = by_text.get(name.text, (0, place, form))
                by_text[name.text] = before + count, min(first, place), form
        order = sorted(by_text, key=lambda text: (text != draft.name, -by_text[text][0], by_text[text][1]))
        for text, (count, first, form) in ((text, by_text[text]) for text in order):
            relation = self._why(form, draft, edges)
            yield Variant(text, count, relation.link, relation.reason, relation.score, first)

    def _why(self, form: Form, draft: _Draft, edges: Sequence[Edge]) -> Relation:
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
        own = [edge for edge in edges if form in (edge.a, edge.b)]
        scores = [edge.relation.score for edge in own if draft.form in (edge.a, edge.b)]
        direct = self._comparer.compare(form, draft.form)
        if direct and direct.joins and max(scores, default=0.0) <= direct.score:
            return direct._replace(score=min([direct.score, *scores]))
        best = max(own, key=lambda edge: (edge.relation.score, edge.a, edge.b), default=None)
        return best.relation if best else Relation("same", "same", f"{form.text} and {draft.name} are one name", score=0.9)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before it has its id: how often each form stands and where first, form and name that it is called by, its key."""

    group: Group
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

    @property
    def label(self) -> str:
        """The label that most mentions have, of those that fit the kind."""
        if self.alias:
            return self.alias.label
        labels: Counter[str] = Counter()
        for name, count in self.group.names():
            labels[name.label] += count
        fitting = [label for label in labels if KIND_OF_LABEL[label] == self.owner.kind]
        return min(fitting or _USUAL_LABEL[self.owner.kind], key=lambda label: (-labels[label], label))


_USUAL_LABEL: Mapping[str, tuple[str, ...]] = {
    "person": ("PERSON",), "body": ("ORG",), "place": ("GPE",), "people": ("NORP",), "event": ("EVENT",), "law": ("LAW",),
}  # fmt: skip


def _as_written(form: Form, texts: Iterable[tuple[str, int]]) -> str:
    """The form as the documents write it most often: their own dashes and apostrophes, plain blanks, nothing around it."""
    whole: Counter[str] = Counter()
    for text, count in texts:
        if len(spaced := " ".join(text.split())) == len(form.text):
            whole[spaced] += count
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


def _review_pairs(doubts: Sequence[Doubt], entity_of: Mapping[Place, Entity]) -> tuple[ReviewPair, ...]:
    """The open pairs whose two sides are still two entities: one line for each pair of spellings, the most worth asking first.

    An answer is worth the mentions that it moves, the more so the less sure the score is.
    """
    asked: dict[str, list[tuple[Doubt, ReviewSide, ReviewSide]]] = defaultdict(list)
    for doubt in sorted(doubts):
        if all(place in entity_of for place in doubt.evidence):
            sides = sorted(zip((doubt.a, doubt.b), doubt.evidence, strict=True))
            a, b = (ReviewSide(form.text, entity_of[place].id, place) for form, place in sides)
            if a.entity != b.entity:
                asked[review_key(doubt.a.kind, a.text, b.text)].append((doubt, a, b))
    found = []
    for key, asking in asked.items():
        doubt, a, b = max(asking, key=lambda each: each[0].score)
        others = {side.entity: side for _, *both in asking for side in both if side.entity not in (a.entity, b.entity)}
        more = tuple(others[entity] for entity in sorted(others))
        counts = [entity_of[side.mention].mentions for side in (a, b, *more)]
        worth = round((sum(counts) - max(counts)) * (1 - abs(2 * doubt.score - 1) / 2), 2)
        found.append(ReviewPair(key, entity_of[a.mention].label, a, b, round(doubt.score, 2), worth, (doubt.reason,), more))
    return tuple(sorted(found, key=lambda pair: (-pair.worth, pair.label, pair.a.text, pair.b.text)))


def review_key(kind: str, a: str, b: str) -> str:
    """The key of a pair of names, the same in every run and for either order."""
    return "p_" + hashlib.sha256("\n".join((kind, *sorted(pair_of(a, b)))).encode()).hexdigest()[:16]

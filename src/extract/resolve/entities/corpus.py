"""The corpus: complete names meet across documents, and entities come out.

Only what means the same everywhere travels: a person's given and family name, a body's name that not every country
has, places. The
nodes are distinct complete forms, so that the cost follows the number of distinct names and not of documents; forms are compared
only within blocks. A bare surname, an initial, `People's Party` or `Central Election Commission` stays in its
document unless a longer form there
leads out.
"""

from __future__ import annotations

import gc
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from extract.resolve.entities.aliases import AliasEntity, Aliases, pair_of
from extract.resolve.entities.canonical import canonical_form, shown_name
from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.documents import Cluster, DocumentClusters, OpenPair, cluster_document, usual_labels
from extract.resolve.entities.folding import clean
from extract.resolve.entities.lexicon import load_lexicon
from extract.resolve.entities.linking import Edge, Entity, Linking, Place, ReviewPair, ReviewSide, Variant
from extract.resolve.entities.names import DocumentNames, NameMention
from extract.resolve.entities.relation import Relation

_BLOCK_LIMIT = 60  # a block of more forms is compared in a window of so many neighbours in alphabetical order
_REVIEW_HOSTS = 3  # a bare name with more candidates in the corpus is not worth a question


def link_corpus(documents: Iterable[DocumentNames], aliases: Aliases | None = None) -> Linking:
    """The entities of all documents; the result does not depend on the order in which they come."""
    aliases = aliases or Aliases()
    comparer = NameComparer(load_lexicon(aliases.given_names))
    with _without_collector():
        ordered = sorted(documents, key=lambda names: names.document)
        usual = usual_labels(ordered)
        clustered = [cluster_document(names, aliases, comparer, usual) for names in ordered]
        return _Corpus(clustered, aliases, comparer).link()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Runs without the garbage collector: linking makes no cycles, and it would walk all names again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a cluster belongs to: an alias entry, a complete name of the corpus, or (with `document`) itself alone."""

    kind: str
    name: str
    document: str = ""
    alias: int = -1


@dataclass(slots=True)
class _Group:
    """The clusters of one entity."""

    owner: _Owner
    clusters: list[tuple[str, Cluster]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Tie:
    """Two complete forms that may be one, with mentions that show them."""

    a: Form
    b: Form
    relation: Relation
    evidence: tuple[Place, Place]


class _Corpus:
    """Complete forms, a forest over them, and the clusters that hang on its trees."""

    def __init__(self, documents: Sequence[DocumentClusters], aliases: Aliases, comparer: NameComparer) -> None:
        self._documents = documents
        self._aliases = aliases
        self._comparer = comparer
        self._first: dict[Form, Place] = {}
        self._count: Counter[Form] = Counter()
        self._parent: dict[Form, Form] = {}
        self._members: dict[Form, list[Form]] = {}
        self._ties: list[_Tie] = []
        self._joined: list[_Tie] = []
        self._open: dict[tuple[Form, Form], tuple[str, float, tuple[Place, Place]]] = {}

    def link(self) -> Linking:
        self._collect()
        self._block()
        self._join()
        groups = self._groups()
        return _Writer(groups, self._joined, self._aliases, self._comparer).write(self._reviews())

    def _complete(self, cluster: Cluster) -> list[Form]:
        """The complete forms of a cluster, the one that says most first."""
        if cluster.alias:
            return []
        if cluster.completed:
            return [Form("event", cluster.completed)]
        complete = [_untitled(form) for form in cluster.forms if self._comparer.is_complete(form)]
        return sorted(set(complete), key=lambda form: (-len(form.text.split()), form))

    def _collect(self) -> None:
        """The complete forms of all documents, and ties between those of one cluster."""
        for document in self._documents:
            for cluster in document.clusters:
                forms = self._complete(cluster)
                for form in forms:
                    mentions = _mentions_of(form, cluster)
                    self._first.setdefault(form, (document.document, mentions[0].index))
                    self._count[form] += len(mentions)
                for form in forms[1:]:
                    self._tie_within(document.document, cluster, forms[0], form)

    def _tie_within(self, document: str, cluster: Cluster, a: Form, b: Form) -> None:
        relation = self._comparer.compare(a, b)
        if relation is None or not relation.joins:
            edges = [edge for edge in cluster.edges if {edge.a, edge.b} & {a, b}]
            best = max(edges, key=lambda edge: (edge.relation.score, edge.a, edge.b), default=None)
            relation = best.relation if best else Relation("same", "same", "one thing in a document", 0.9)
        places = tuple((document, cluster.mentions[form][0].index) for form in (a, b) if form in cluster.mentions)
        if len(places) == 2:
            self._ties.append(_Tie(a, b, relation, (places[0], places[1])))

    def _block(self) -> None:
        """Ties between complete forms that share a block."""
        blocks: dict[str, list[Form]] = defaultdict(list)
        for form in sorted(self._first):
            self._parent[form], self._members[form] = form, [form]
            for key in self._comparer.wide_blocks(form):
                blocks[key].append(form)
        seen: set[tuple[Form, Form]] = set()
        for forms in blocks.values():
            for index, a in enumerate(forms):
                seen.update((a, b) for b in forms[index + 1 : index + _BLOCK_LIMIT])
        for a, b in sorted(seen):
            self._consider(a, b)

    def _consider(self, a: Form, b: Form) -> None:
        relation = self._comparer.compare(a, b)
        if relation is None or relation.verdict == "apart":
            return
        evidence = (self._first[a], self._first[b])
        if relation.joins and relation.score >= 0.8 and not (relation.verdict == "part" and a.kind == "event"):
            self._ties.append(_Tie(a, b, relation, evidence))
        elif relation.verdict == "likely":
            self._leave_open(a, b, relation.reason, relation.score, evidence)

    def _leave_open(self, a: Form, b: Form, reason: str, score: float, evidence: tuple[Place, Place]) -> None:
        if a.text != b.text and not self._aliases.is_settled(a.text, b.text):
            self._open.setdefault((a, b), (reason, score, evidence))

    def _join(self) -> None:
        """Unites forms, the surest ties first; a form that fits two who are not one joins neither."""
        ambiguous = self._ambiguous()
        for tie in sorted(self._ties, key=lambda tie: (-tie.relation.score, tie.a, tie.b, tie.evidence)):
            if (tie.a, tie.b) in ambiguous:
                self._leave_open(tie.a, tie.b, f"{tie.relation.reason}; but it fits several", 0.5, tie.evidence)
            else:
                self._unite(tie)

    def _ambiguous(self) -> set[tuple[Form, Form]]:
        """The ties of a short form to full ones of which two contradict each other."""
        hosts: dict[Form, set[Form]] = defaultdict(set)
        for tie in self._ties:
            if tie.relation.verdict == "part":
                short, full = (tie.a, tie.b) if tie.relation.short == "a" else (tie.b, tie.a)
                hosts[short].add(full)
        found: set[tuple[Form, Form]] = set()
        for short, fulls in hosts.items():
            ordered = sorted(fulls)[:_BLOCK_LIMIT]
            for index, first in enumerate(ordered):
                for second in ordered[index + 1 :]:
                    if self._contradict(first, second):
                        found.update(((short, first), (first, short), (short, second), (second, short)))
        return found

    def _contradict(self, a: Form, b: Form) -> bool:
        return self._aliases.are_different(a.text, b.text) or self._comparer.are_apart(a, b)

    def _root(self, form: Form) -> Form:
        while self._parent[form] != form:
            form = self._parent[form]
        return form

    def _unite(self, tie: _Tie) -> None:
        first, second = self._root(tie.a), self._root(tie.b)
        if first == second:
            return
        for a in self._members[first]:
            for b in self._members[second]:
                if self._contradict(a, b) and {a, b} != {tie.a, tie.b}:
                    self._leave_open(tie.a, tie.b, f"{tie.relation.reason}; refused: {a.text} / {b.text}", 0.5, tie.evidence)
                    return
        if self._aliases.are_different(tie.a.text, tie.b.text):
            return
        keep, drop = min(first, second), max(first, second)
        self._parent[drop] = keep
        self._members[keep] += self._members.pop(drop)
        self._joined.append(tie)

    # From forms back to clusters.

    def _groups(self) -> list[_Group]:
        groups: dict[_Owner, _Group] = {}
        acronyms = self._acronyms()
        for document in self._documents:
            for number, cluster in enumerate(document.clusters):
                owner = self._owner(document.document, number, cluster, acronyms)
                groups.setdefault(owner, _Group(owner)).clusters.append((document.document, cluster))
        return list(groups.values())

    def _owner(self, document: str, number: int, cluster: Cluster, acronyms: Mapping[Form, _Owner | None]) -> _Owner:
        if cluster.alias:
            return _Owner(cluster.kind, cluster.alias.canonical, alias=self._aliases.entities.index(cluster.alias))
        if complete := self._complete(cluster):
            root = self._best_root(cluster, complete)
            return _Owner(cluster.kind, root.text)
        letters = [form for form in cluster.forms if self._is_acronym(form)]
        if letters and len(letters) == len(cluster.forms) and (owner := acronyms.get(_letters(letters[0]))):
            return owner
        return _Owner(cluster.kind, f"{cluster.forms[0].text}#{number}", document=document)

    def _best_root(self, cluster: Cluster, complete: Sequence[Form]) -> Form:
        """The tree on which most of the cluster's mentions hang; the form that says most where they are equal."""
        weight: Counter[Form] = Counter()
        for form in complete:
            weight[self._root(form)] += (
                1 + len(self._comparer.person(form).words) if form.kind == "person" else len(cluster.mentions.get(form, ()))
            )
        return min(weight, key=lambda root: (-weight[root], root))

    def _is_acronym(self, form: Form) -> bool:
        return form.kind in ("body", "law") and bool(self._comparer.body(form.text).acronym)

    def _acronyms(self) -> dict[Form, _Owner | None]:
        """What an acronym stands for where its document does not say: the one body that the corpus knows by it, or itself.

        None: it stands for several, or for a body that every country has (`CEC`), so that it stays in its document.
        """
        meant: dict[Form, set[_Owner | None]] = defaultdict(set)
        alone: set[Form] = set()
        for document in self._documents:
            for cluster in document.clusters:
                for form in (form for form in cluster.forms if self._is_acronym(form)):
                    if cluster.alias or all(self._is_acronym(other) for other in cluster.forms):
                        alone.add(_letters(form))
                    else:
                        meant[_letters(form)].add(self._expansion(cluster))
        known = {form: next(iter(owners)) if len(owners) == 1 else None for form, owners in meant.items()}
        return {form: known[form] if form in known else self._itself(form) for form in alone | known.keys()}

    def _expansion(self, cluster: Cluster) -> _Owner | None:
        """The body that an acronym is explained by, None if it is known in its document or country only."""
        complete = self._complete(cluster)
        if not complete or cluster.alias or self._is_generic_but_for_place(complete[0]):
            return None
        return _Owner(cluster.kind, self._best_root(cluster, complete).text)

    def _is_generic_but_for_place(self, form: Form) -> bool:
        name = self._comparer.body(form.text)
        generic = self._comparer.lexicon["generic"] | self._comparer.lexicon["directions"]
        return bool(name.places) and all(word in name.places or word in generic for word in name.words)

    def _itself(self, form: Form) -> _Owner | None:
        return _Owner(form.kind, form.text) if len(form.text) >= 3 else None

    # What is left open.

    def _reviews(self) -> list[tuple[Form, Form, str, float, tuple[Place, Place]]]:
        found = [(a, b, *rest) for (a, b), rest in self._open.items()]
        for document in self._documents:
            found.extend(self._from_document(document.document, pair) for pair in document.open_pairs)
            found.extend(self._bare_elsewhere(document))
        return found

    @staticmethod
    def _from_document(document: str, pair: OpenPair) -> tuple[Form, Form, str, float, tuple[Place, Place]]:
        places = ((document, pair.evidence[0]), (document, pair.evidence[1]))
        return pair.a, pair.b, pair.reason, pair.score, places

    def _bare_elsewhere(self, document: DocumentClusters) -> Iterator[tuple[Form, Form, str, float, tuple[Place, Place]]]:
        """A surname that its document never completes, and the few people of other documents who have it."""
        for cluster in document.clusters:
            if cluster.kind != "person" or cluster.alias or self._complete(cluster):
                continue
            form = cluster.forms[0]
            hosts = [
                host
                for host in self._families.get(self._comparer.person(form).words[-1].casefold(), ())
                if self._fits(form, host)
            ]
            roots = sorted({self._root(host) for host in hosts})
            for root in roots if len(roots) <= _REVIEW_HOSTS else ():
                host = min((host for host in hosts if self._root(host) == root), key=lambda each: (-self._count[each], each))
                evidence = ((document.document, cluster.mentions[form][0].index), self._first[host])
                if not self._aliases.is_settled(form.text, host.text):
                    yield (
                        form,
                        host,
                        f"{form.text} may be {host.text} of another document",
                        0.6 if len(roots) == 1 else 0.4,
                        evidence,
                    )

    def _fits(self, form: Form, host: Form) -> bool:
        relation = self._comparer.compare(form, host)
        return relation is not None and relation.joins

    @property
    def _families(self) -> Mapping[str, list[Form]]:
        if not hasattr(self, "_family_index"):
            index: dict[str, list[Form]] = defaultdict(list)
            for form in sorted(self._first):
                if form.kind == "person" and (family := self._comparer.person(form).family):
                    index[family.casefold()].append(form)
            self._family_index = index
        return self._family_index


def _mentions_of(form: Form, cluster: Cluster) -> list[NameMention]:
    """The mentions of a complete form in a cluster; of a completed one, those that it was completed from."""
    found = cluster.mentions.get(form) or [
        m for each, ms in sorted(cluster.mentions.items()) if each.text == form.text for m in ms
    ]
    return found or cluster.mentions[cluster.forms[0]]


def _untitled(form: Form) -> Form:
    """A full name of a person needs no title to be told from others."""
    return Form(form.kind, form.text) if form.kind == "person" else form


def _letters(form: Form) -> Form:
    return Form(form.kind, form.text.replace(".", "").upper())


class _Writer:
    """Turns groups of clusters into entities with ids, variants and reasons."""

    def __init__(self, groups: Sequence[_Group], ties: Sequence[_Tie], aliases: Aliases, comparer: NameComparer) -> None:
        self._groups = groups
        self._aliases = aliases
        self._comparer = comparer
        self._ties: dict[Form, list[_Tie]] = defaultdict(list)
        for tie in ties:
            self._ties[tie.a].append(tie)
            self._ties[tie.b].append(tie)

    def write(self, reviews: Sequence[tuple[Form, Form, str, float, tuple[Place, Place]]]) -> Linking:
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
        return Linking(tuple(entities), entity_of, label_of, _review_pairs(reviews, entity_of, label_of, self._comparer))

    def _draft(self, group: _Group) -> _Draft:
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
        name = alias.canonical if alias else shown_name(form, _as_written(form, group.clusters), self._comparer)
        completed = sorted({cluster.completed for _, cluster in group.clusters if cluster.completed})
        if completed and all(cluster.completed for _, cluster in group.clusters):
            name, form = completed[0], Form("event", completed[0])
        return _Draft(group.owner, group.clusters, counts, labels, form, name, alias, self._comparer.key(form))

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
        for document, cluster in draft.clusters:
            for edge in cluster.edges:
                pair = frozenset((edge.a.text, edge.b.text))
                if pair not in seen:
                    seen.add(pair)
                    evidence = ((document, edge.evidence[0]), (document, edge.evidence[1]))
                    relation = edge.relation
                    yield Edge(edge.a.text, edge.b.text, relation.link, relation.reason, relation.score, evidence)
        ties = {id(tie): tie for form in sorted(draft.counts) for tie in self._ties.get(form, ())}
        for tie in sorted(ties.values(), key=lambda tie: (tie.a, tie.b)):
            if (pair := frozenset((tie.a.text, tie.b.text))) not in seen and tie.a in draft.counts and tie.b in draft.counts:
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
            return Relation("part", "short_form", f"completed to {draft.name} from the election that its document is about", 0.8)
        if form == draft.form and len(form.text) == len(draft.name):
            return Relation("same", "same", "the name itself", 1.0)
        if draft.alias and any(len(pair_of(form.text, name)) == 1 for name in draft.alias.names):
            return Relation("same", "alias", f"the alias file, line {draft.alias.line}", 1.0)
        if form == draft.form:
            return Relation("same", "inflection", f"{draft.name} is its adjective", 1.0)
        own = [edge for edge in edges if form.text in (edge.a, edge.b)]
        direct = self._comparer.compare(form, draft.form)
        if direct and direct.joins and not any(edge.score > direct.score and draft.form.text in (edge.a, edge.b) for edge in own):
            limits = [edge.score for edge in own if draft.form.text in (edge.a, edge.b)]
            score = min([direct.score, *limits])
            return Relation(direct.verdict, direct.link, direct.reason, score)
        if own:
            best = max(own, key=lambda edge: (edge.score, edge.a, edge.b))
            return Relation("same", best.link, best.reason, best.score)
        return Relation("same", "same", f"{form.text} and {draft.name} are one name", 0.9)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before it has its id."""

    owner: _Owner
    clusters: list[tuple[str, Cluster]]
    counts: Mapping[Form, tuple[int, Place]]
    labels: Counter[str]
    form: Form
    name: str
    alias: AliasEntity | None
    key: str

    @property
    def order(self) -> tuple[str, ...]:
        first = min(first for _, first in self.counts.values())
        return (self.owner.kind, self.key, self.owner.document, self.name, first[0], f"{first[1]:09}")

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
        parts = (draft.owner.kind, draft.key, draft.owner.document)
        text = "\n".join((*parts, str(seen[parts]) if seen[parts] else ""))
        seen[parts] += 1
        ids.append("e_" + hashlib.sha256(text.encode()).hexdigest()[:16])
    return ids


def _review_pairs(
    reviews: Sequence[tuple[Form, Form, str, float, tuple[Place, Place]]],
    entity_of: Mapping[Place, str],
    label_of: Mapping[Place, str],
    comparer: NameComparer,
) -> tuple[ReviewPair, ...]:
    """The open pairs whose two sides are still two entities: one line for each pair of spellings, the likeliest first."""
    found: dict[str, ReviewPair] = {}
    for a, b, reason, score, (place_a, place_b) in sorted(reviews):
        if a > b:
            a, b, place_a, place_b = b, a, place_b, place_a
        if entity_of[place_a] == entity_of[place_b]:
            continue
        key = review_key(a.kind, a.text, b.text)
        sides = ReviewSide(a.text, entity_of[place_a], place_a), ReviewSide(b.text, entity_of[place_b], place_b)
        known = found.get(key)
        if known is None or known.score < score:
            found[key] = ReviewPair(key, label_of[place_a], *sides, round(score, 2), (reason,))
    return tuple(sorted(found.values(), key=lambda pair: (-pair.score, pair.label, pair.a.text, pair.b.text)))


def review_key(kind: str, a: str, b: str) -> str:
    """The key of a pair of names, the same in every run and for either order."""
    return "p_" + hashlib.sha256("\n".join((kind, *sorted(pair_of(a, b)))).encode()).hexdigest()[:16]

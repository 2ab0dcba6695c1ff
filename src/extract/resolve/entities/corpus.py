"""The corpus: complete names meet across documents, and entities come out.

Only what means the same everywhere travels: a person's given and family name, a body's name that not every country has, places.
The nodes are distinct complete forms, so that the cost follows the number of distinct names and not of documents; forms are
compared only within blocks. A bare surname, an initial, `People's Party` or `Central Election Commission` stays in its document
unless a longer form there leads out.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from extract.resolve.entities.aliases import AliasEntity, Aliases
from extract.resolve.entities.blocking import LIMIT, pairs
from extract.resolve.entities.comparing import MERGE_ABOVE, Form, NameComparer
from extract.resolve.entities.corpusfile import ClusterFile
from extract.resolve.entities.documents import Cluster, DocumentClusters, MappedNames, Name, Sightings, cluster_document
from extract.resolve.entities.folding import clean
from extract.resolve.entities.forest import Doubt, Edge, Forest, Tie
from extract.resolve.entities.groups import Group, Groups, Owner
from extract.resolve.entities.labels import usual_labels
from extract.resolve.entities.lexicon import load_lexicon
from extract.resolve.entities.linking import Linked, Linking, Place
from extract.resolve.entities.meant import MeantBodies
from extract.resolve.entities.names import DocumentNames
from extract.resolve.entities.namesakes import Senses, world_of
from extract.resolve.entities.register import Entry, Register
from extract.resolve.entities.relation import UNSURE, Relation
from extract.resolve.entities.writing import Writer

_FAR_MORE = 3  # times as often, and a name is not the short form of another one, whatever a document makes of it
_ALONE = 2  # documents that call a body so and no longer, so that a longer name in another is another body's
_FIRST = 5  # documents that tell in what company a name stands
_REVIEW_HOSTS = 3  # a bare name with more candidates in the corpus is not worth a question


def link_corpus(
    documents: Iterable[DocumentNames],
    aliases: Aliases | None = None,
    register: Register | None = None,
    merge_above: float = MERGE_ABOVE,
) -> Linking:
    """The entities of all documents; the result does not depend on the order in which they come.

    Names are linked to the `register`; two of them are one only where the score of that is `merge_above` at least.
    """
    found = [MappedNames.of(names) for names in sorted(documents, key=lambda names: names.document)]
    linked = link_documents(found, aliases, register, merge_above)
    ids = [entity.id for entity in linked.entities]
    entity_of = {(name, mention): ids[number] for name, found in linked.documents() for mention, number in found.items()}
    return Linking(linked.entities, entity_of, linked.review)


def link_documents(
    documents: Iterable[MappedNames],
    aliases: Aliases | None = None,
    register: Register | None = None,
    merge_above: float = MERGE_ABOVE,
) -> Linked:
    """The same of documents that come in the order of their names, twice if they are asked for twice; they are not kept."""
    aliases = aliases or Aliases()
    comparer = NameComparer(load_lexicon(aliases.given_names), threshold=merge_above)
    is_collecting = gc.isenabled()
    gc.disable()  # linking makes no cycles, and the collector would walk all names again and again
    try:
        usual = usual_labels(document.spelled for document in documents)
        corpus = _Corpus(aliases, comparer)
        for document in documents:
            corpus.add(_clusters_of(document, aliases, comparer, usual))
        return corpus.link(register or Register())
    finally:
        (gc.enable if is_collecting else gc.disable)()


def _clusters_of(document: MappedNames, aliases: Aliases, comparer: NameComparer, usual: Mapping[str, str]) -> DocumentClusters:
    """The clusters of a document: those that are kept, if the alias file has no say in them."""
    are_kept = comparer.threshold == MERGE_ABOVE and not aliases.given_names
    said = [(text, label) for text, label, _ in document.spelled if text in usual]
    labels = {text: usual[text] for text, _ in said} if any(usual[text] != label for text, label in said) else {}
    kept = document.clusters(labels) if are_kept else None
    if kept and not _has_say(aliases, kept):
        return kept
    names = document.names()
    made = cluster_document(names, aliases, comparer, usual)
    if are_kept and not kept and not _has_say(aliases, made):
        document.keep(labels, names, made)
    return made


def _has_say(aliases: Aliases, document: DocumentClusters) -> bool:
    return aliases.speak_of(form.text for cluster in document.clusters for form in cluster.mentions)


def _rows(forms: Iterable[Form], register: Register, comparer: NameComparer) -> Iterator[DocumentClusters]:
    """The entries of the register that names of the documents may mean, each as a document that uses all its names."""
    for entry in register.may_mean((form.kind, form.text) for form in forms):
        found = {
            comparer.form(entry.label, name): Sightings((-1,), ((Name(name, entry.label), 1),), (-1,)) for name in entry.names
        }
        countries = {entry.country: len(found) + 1} if entry.country else {}
        cluster = Cluster(entry.kind, dict(sorted(found.items())), entry=entry)
        yield DocumentClusters(f"\0{entry.line}", [cluster], countries=countries)


class _Corpus:
    """Complete forms, a forest over them, and the clusters that hang on its trees."""

    def __init__(self, aliases: Aliases, comparer: NameComparer) -> None:
        self._file = ClusterFile()
        self._of_register: list[DocumentClusters] = []
        self._aliases = aliases
        self._comparer = comparer
        self._completes: dict[tuple[Form, ...], tuple[Form, ...]] = {}
        self._roots: dict[tuple[Form, ...], Form] = {}
        self._known_as: dict[Form, Owner] = {}
        self._named: Counter[Form] = Counter()  # how often a body is called so in full
        self._first: dict[Form, Place] = {}
        self._count: Counter[Form] = Counter()
        self._forest = Forest(aliases, comparer)
        self._ties: dict[Edge, tuple[Place, Place]] = {}
        self._countries: list[tuple[str, ...]] = []  # which each document names
        self._within: dict[Form, list[int]] = defaultdict(list)  # the numbers of the documents with a body's form
        self._spoken: dict[Form, Counter[str]] = {}
        self._beside: dict[Form, list[tuple[Form, ...]]] = defaultdict(list)  # who is named in the first documents with a form
        # For the complete names of people how often documents know one in which world, and are about which.
        self._worlds: dict[tuple[Form, ...], Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(self, document: DocumentClusters) -> None:
        """Adds a document to the file; they come in the order of their names."""
        self._file.write(document)
        self._collect(document)

    def link(self, register: Register) -> Linked:
        self._of_register += _rows([*self._beside], register, self._comparer)
        for document in self._of_register:
            self._collect(document)
        self._forest.plant(sorted(self._first))
        for cluster in (cluster for document in self._of_register for cluster in document.clusters):
            for form in self._complete(cluster):
                self._forest.mark(form, cluster.entry)
        self._block()
        self._join()

        def owner(cluster: Cluster) -> Owner | None:
            root = None if cluster.alias else self._root(cluster)
            return Owner(cluster.kind, root.text) if root else None

        self._meant = MeantBodies(self._comparer, owner)
        return Writer(self._grouped(), self._forest.joined, self._aliases, self._comparer).write()

    def _in_text(self, *kinds: str) -> Iterator[DocumentClusters]:
        """The documents, without what a name that others have for a body (`Lok Sabha`) is short for in one (its Secretariat)."""
        for document in self._file.read(*kinds):
            document.clusters[:] = [part for cluster in document.clusters for part in self._parts(cluster)]
            yield document

    def _complete(self, cluster: Cluster) -> tuple[Form, ...]:
        """The complete forms of a cluster, the one that says most first."""
        if cluster.alias and cluster.alias.documents:
            return ()
        if cluster.completed:
            return (Form("event", cluster.completed),)
        forms = tuple(cluster.mentions)
        if forms not in self._completes:
            complete = {_untitled(form) for form in forms if self._comparer.is_complete(form)}
            self._completes[forms] = tuple(sorted(complete, key=lambda form: (-len(form.text.split()), form)))
        return self._completes[forms]

    def _parts(self, cluster: Cluster) -> Sequence[Cluster]:
        if cluster.kind != "body" or len(cluster.mentions) == 1 or cluster.alias:
            return (cluster,)
        complete = self._complete(cluster)
        free = [form for form in complete[1:] if self._named[form] >= _ALONE and self._is_local(form, complete[0])]
        parts = [Cluster(cluster.kind, {form: cluster.mentions.pop(form)}) for form in free]
        cluster.edges = [edge for edge in cluster.edges if {edge.a, edge.b} <= cluster.mentions.keys()]
        return (*parts, cluster)

    def _is_local(self, form: Form, full: Form) -> bool:
        """Whether a body's name is short for another one inside a document only."""
        relation = self._comparer.compare(form, full)
        return relation is not None and relation.local and relation.link == "short_form"

    def _collect(self, document: DocumentClusters) -> None:
        """The complete forms of a document, and ties between those of one cluster."""
        number = len(self._countries)
        self._countries.append(tuple(document.countries))
        company = tuple(form for cluster in document.clusters if cluster.kind in ("person", "body") for form in cluster.mentions)
        for cluster in document.clusters:
            forms = self._complete(cluster)
            for form in forms:
                mentions = _mentions_of(form, cluster)
                self._first.setdefault(form, (document.document, mentions[0]))
                if not cluster.entry:
                    self._count[form] += len(mentions)
            for form in forms[1:] if not cluster.alias else ():
                self._tie_within(document.document, cluster, forms[0], form)
            if cluster.kind == "body" and forms:
                self._named[forms[0]] += 1
            if cluster.kind == "person" and forms and not (cluster.entry or cluster.alias):
                self._worlds[forms][world_of(cluster), document.about] += 1
            for form in cluster.mentions if not cluster.entry else ():
                if len(beside := self._beside[form]) < _FIRST:
                    beside.append(company)
                if cluster.kind == "body":
                    self._within[form].append(number)

    def _tie_within(self, document: str, cluster: Cluster, a: Form, b: Form) -> None:
        relation = self._comparer.compare(a, b)
        if cluster.entry:
            relation = Relation("same", "alias", f"the register, line {cluster.entry.line}")
        elif relation and relation.local and a.kind in ("body", "place"):
            return  # `Judaism` in a text on the Society for Humanistic Judaism
        if relation is None or not relation.joins:
            edges = [edge for edge in cluster.edges if {edge.a, edge.b} & {a, b}]
            best = max(edges, key=lambda edge: (edge.relation.score, edge.a, edge.b), default=None)
            relation = best.relation if best else Relation("same", "same", "one thing in a document", score=0.9)
        if a in cluster.mentions and b in cluster.mentions:
            places = (document, cluster.mentions[a].indexes[0]), (document, cluster.mentions[b].indexes[0])
            self._tie(Edge(a, b, relation), places)

    def _tie(self, edge: Edge, evidence: tuple[Place, Place]) -> None:
        """Keeps a tie once, with the first mentions that show it."""
        self._ties[edge] = min(evidence, self._ties.get(edge, evidence))

    def _block(self) -> None:
        """Ties between complete forms that share a block."""
        for a, b in pairs(self._first, [self._comparer.wide_blocks]):
            self._consider(a, b)

    def _consider(self, a: Form, b: Form) -> None:
        relation = self._comparer.compare(a, b)
        if relation is None or relation.verdict == "apart":
            return
        if "drops place" in relation.signs and not self._is_of_its_country(*((a, b) if relation.short == "a" else (b, a))):
            return
        tie = Tie(a, b, relation, (self._first[a], self._first[b]))
        if relation.joins and not relation.local and not (relation.verdict == "part" and a.kind == "event"):
            if relation.score < self._comparer.threshold:
                self._forest.leave_open(tie)
            elif not self._is_sure(a, b, relation):
                self._forest.leave_open(tie, "nothing else says that they are one")
            else:
                self._tie(Edge(a, b, relation), tie.evidence)
        elif relation.verdict == "likely" and a.kind != "place":
            self._forest.leave_open(tie)

    def _is_sure(self, a: Form, b: Form, relation: Relation) -> bool:
        """Whether spellings differ in romanisation at most, or more than they say that the two are one.

        That is an origin in other letters, a patronymic, or other names that both stand with.
        """
        chancy = self._comparer.are_chancy(a, b, relation)
        if relation.link != "typo" and not set(relation.signs) & UNSURE and not chancy:
            return True
        if (
            a.kind == "person"
            and not chancy
            and self._comparer.origin(a, b)
            and (relation.link != "typo" or self._have_patronymics(a, b))
        ):
            return True
        return bool((self._company(a) & self._company(b)) - {a, b})

    def _is_of_its_country(self, short: Form, full: Form) -> bool:
        """Whether most documents with a body's short form name the country that its full one has."""
        regions = map(self._comparer.lexicon.country_of, self._comparer.body(full.text).regions)
        found = [self._spoken_of(short)[country] for country in regions if country]
        return 2 * max(found, default=0) >= len(self._within[short])

    def _spoken_of(self, form: Form) -> Counter[str]:
        """How many documents with a body's form name each country."""
        if form not in self._spoken:
            self._spoken[form] = Counter(country for number in self._within[form] for country in self._countries[number])
        return self._spoken[form]

    def _have_patronymics(self, a: Form, b: Form) -> bool:
        return bool(self._comparer.person(a).patronymic and self._comparer.person(b).patronymic)

    def _company(self, form: Form) -> set[Form]:
        """The other people and bodies that stand in the first documents of a complete form."""
        return {
            each
            for found in self._beside[form]
            for each in sorted(found_here for found_here in found if found_here in self._first)[:LIMIT]
        }

    def _join(self) -> None:
        """Unites forms, the surest ties first; a form that fits two who are not one joins neither."""
        ambiguous = self._ambiguous()
        ties = [Tie(*edge, evidence) for edge, evidence in self._ties.items()]
        for tie in sorted(ties, key=lambda tie: (-tie.relation.score, tie.a, tie.b, tie.evidence)):
            if (tie.a, tie.b) in ambiguous:
                self._forest.leave_open(tie, "but it fits several", 0.5)
            else:  # what a document has joined is joined, whatever the spelling
                self._forest.join(tie, sure=tie.relation.link == "alias" or self._contradict(tie.a, tie.b))

    def _ambiguous(self) -> set[tuple[Form, Form]]:
        """The ties of a short form to full ones of which two contradict each other."""
        hosts: dict[Form, set[Form]] = defaultdict(set)
        for tie in self._ties:
            if tie.relation.verdict == "part":
                short, full = (tie.a, tie.b) if tie.relation.short == "a" else (tie.b, tie.a)
                hosts[short].add(full)
        found: set[tuple[Form, Form]] = set()
        for short, fulls in hosts.items():
            ordered = sorted(fulls)[:LIMIT]
            for index, first in enumerate(ordered):
                for second in ordered[index + 1 :]:
                    if self._contradict(first, second):
                        found.update(((short, first), (first, short), (short, second), (second, short)))
        return found

    def _contradict(self, a: Form, b: Form) -> bool:
        return self._aliases.are_different(a.text, b.text) or self._comparer.are_apart(a, b)

    # From forms back to clusters.

    def _grouped(self) -> Groups:
        """All documents once more, each cluster added to its group."""
        senses, shown = self._senses(), (place for doubt in self._forest.open.values() for place in doubt.evidence)
        groups = Groups([*self._first.values(), *shown])
        for document in self._in_text():
            mine = [
                (groups.add(owner, *senses.of(owner, document, cluster), document, cluster), cluster)
                for owner, cluster in self._owned(document)
            ]
            groups.close(document.document, mine, chain(document.doubts, self._bare_elsewhere(document)))
        for owner, (first, *others) in groups.of_owners():
            for other in others if owner not in senses.entries else ():
                self._ask(groups, first, other, f"{owner.name} is known in two worlds, and nobody else is named in both", 0.3)
        self._ask_of_bodies(groups)
        groups.doubts += self._forest.open.values()
        groups.settle()
        return groups

    def _owned(self, document: DocumentClusters) -> Iterator[tuple[Owner, Cluster]]:
        """The clusters of a document with what each belongs to."""
        for number, cluster in enumerate(document.clusters):
            yield self._owner(document, number, cluster), cluster

    def _senses(self) -> Senses:
        """What tells several things of one name apart, when it is known what bodies are meant."""
        senses = Senses()
        for document in chain(self._in_text("body"), self._of_register):
            self._meant.learn(document)
        for document in self._of_register:
            for owner, cluster in self._owned(document):
                senses.add(owner, cluster.entry)
        for document in self._in_text() if self._of_register else ():
            senses.see(document, self._owned(document))
        for complete, worlds in self._worlds.items():
            senses.see_worlds(self._known("person", self._best_root(complete, {})), worlds)
        for document in self._in_text("person") if senses.have_namesakes() else ():
            senses.see_company(document, self._owned(document))
        return senses

    def _ask_of_bodies(self, groups: Groups) -> None:
        """Asks once for all bodies of one name that their document alone knows: parties, acronyms, what others call in full."""
        by_name: dict[str, list[Group]] = defaultdict(list)
        by_owner = {group.owner: group for _, found in groups.of_owners() for group in found}
        for group in by_owner.values():
            form = group.cluster.forms[0]
            acronym = self._comparer.body(form.text).acronym and not self._comparer.lexicon.is_place(form.text)
            name = form.text.upper() if acronym else self._comparer.key(form)
            if group.owner.kind != "body" or group.owner.alias >= 0:
                continue
            if acronym or any(name.label == "PARTY" for name, _ in group.names()):
                by_name[name].append(group)
            elif (
                group.owner.document and (host := by_owner.get(self._meant.likeliest(group.cluster) or group.owner)) is not group
            ):
                by_name[name] += [group, host] if host else []
        for named in by_name.values():
            local = [group for group in named if group.owner.document]
            first = max(named, key=lambda group: (not group.owner.document, group.clusters, group.document))
            for other in (group for group in local if group is not first):
                self._ask(
                    groups, first, other, f"not said what it is in {len(local)} of the documents that call something so", 0.5
                )

    def _ask(self, groups: Groups, first: Group, other: Group, reason: str, score: float) -> None:
        """Leaves it to a person whether two groups are one."""
        forms = [next(iter(self._complete(group.cluster)), group.cluster.forms[0]) for group in (first, other)]
        if not self._aliases.is_settled(forms[0].text, forms[1].text):
            here, there = (
                (group.document, _mentions_of(form, group.cluster)[0]) for form, group in zip(forms, (first, other), strict=True)
            )
            groups.group_of.update({here: first.number, there: other.number})
            groups.doubts.append(Doubt(forms[0], forms[1], reason, score, (here, there)))

    def _owner(self, document: DocumentClusters, number: int, cluster: Cluster) -> Owner:
        if cluster.alias:
            return self._alias_owner(cluster.alias)
        if root := self._root(cluster):
            return self._known(cluster.kind, root)
        if cluster.kind == "body" and (owner := self._meant.owner(document, cluster)):
            return owner
        if not cluster.entry and (owner := self._registered(document, cluster)):
            return owner
        return Owner(cluster.kind, f"{cluster.forms[0].text}#{number}", document=document.document)

    def _known(self, kind: str, root: Form) -> Owner:
        """What the clusters that hang on a tree belong to."""
        if root not in self._known_as:
            self._known_as[root] = self._alias_owners.get(root) or Owner(kind, root.text)
        return self._known_as[root]

    def _registered(self, document: DocumentClusters, cluster: Cluster) -> Owner | None:
        """What an entry is known as that has just this name and is of a country that the document names."""
        found = {
            owner
            for form in cluster.forms
            for owner, entry in self._rows.get(_untitled(form), ())
            if document.countries.get(entry.country) and entry.covers(document.years)
        }
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _rows(self) -> Mapping[Form, list[tuple[Owner, Entry]]]:
        """The entries of the register under their names, with what each is known as."""
        rows: dict[Form, list[tuple[Owner, Entry]]] = defaultdict(list)
        for document in self._of_register:
            for cluster in document.clusters:
                if entry := cluster.entry:
                    for form in cluster.forms:
                        rows[form].append((self._owner(document, 0, cluster), entry))
        return rows

    def _alias_owner(self, entity: AliasEntity) -> Owner:
        return Owner(entity.kind, entity.canonical, alias=self._aliases.entities.index(entity))

    @cached_property
    def _alias_owners(self) -> Mapping[Form, Owner]:
        """The trees that belong to one entry of the alias file: by any of its names; by its canonical one, if it has a scope."""
        found: dict[Form, set[Owner]] = defaultdict(set)
        for entity in self._aliases.entities:
            for name in (entity.canonical,) if entity.documents else entity.names:
                form = Form(entity.kind, clean(name))
                if form in self._first:
                    found[self._forest.root(form)].add(self._alias_owner(entity))
        return {root: next(iter(owners)) for root, owners in found.items() if len(owners) == 1}

    def _root(self, cluster: Cluster) -> Form | None:
        """The tree that a cluster of no alias hangs on, when all are grown; None where no name of it is complete."""
        forms = tuple(cluster.mentions)
        if not cluster.completed and (known := self._roots.get(forms)):
            return known
        if not (complete := self._complete(cluster)):
            return None
        root = self._best_root(complete, cluster.mentions)
        if len(complete) == 1 and not cluster.completed:
            self._roots[forms] = root
        return root

    def _best_root(self, complete: Sequence[Form], mentions: Mapping[Form, Sightings]) -> Form:
        """The tree on which most mentions of a cluster hang, of a person the words; the first where they are equal."""
        if len(complete) == 1:
            return self._forest.root(complete[0])
        weight: Counter[Form] = Counter()
        for form in complete:
            relation = self._comparer.compare(form, complete[0]) if form.kind == "body" else None
            if relation and relation.local and self._count[form] < _FAR_MORE * self._count[complete[0]]:
                continue  # it stands for the longer one in this document only
            weight[self._forest.root(form)] += (
                1 + len(self._comparer.person(form).words)
                if form.kind == "person"
                else len(mentions[form].indexes if form in mentions else ())
            )
        return min(weight, key=lambda root: (-weight[root], root))

    def _bare_elsewhere(self, document: DocumentClusters) -> Iterator[Doubt]:
        """A surname that its document never completes, and who has it in other documents: the one named most of a few."""
        for cluster in document.clusters:
            if cluster.kind != "person" or cluster.alias or self._complete(cluster):
                continue
            form = cluster.forms[0]
            family = self._comparer.person(form).words[-1].casefold()
            if self._comparer.lexicon.given_names(family):
                continue  # `Peter` alone is nobody's family name
            hosts = [
                host for host in self._families.get(family, ()) if (found := self._comparer.compare(form, host)) and found.joins
            ]
            roots = {self._forest.root(host) for host in hosts}
            host = min(hosts, key=lambda each: (-self._count[each], each), default=None)
            if host and len(roots) <= _REVIEW_HOSTS and not self._aliases.is_settled(form.text, host.text):
                reason = f"{form.text} may be {host.text} of another document"
                evidence = (document.document, cluster.mentions[form].indexes[0]), self._first[host]
                yield Doubt(form, host, reason, 0.6 if len(roots) == 1 else 0.4, evidence)

    @cached_property
    def _families(self) -> Mapping[str, list[Form]]:
        """The full names of people under their family names."""
        index: dict[str, list[Form]] = defaultdict(list)
        for form in sorted(self._first):
            if form.kind == "person" and (family := self._comparer.person(form).family):
                index[family.casefold()].append(form)
        return index


def _mentions_of(form: Form, cluster: Cluster) -> Sequence[int]:
    """The mentions of a complete form in a cluster; of a completed one, those that it was completed from."""
    if form in cluster.mentions:
        return cluster.mentions[form].indexes
    same = [index for each, found in sorted(cluster.mentions.items()) if each.text == form.text for index in found.indexes]
    return same or cluster.mentions[cluster.forms[0]].indexes


def _untitled(form: Form) -> Form:
    """A full name of a person needs no title to be told from others."""
    return Form(form.kind, form.text) if form.kind == "person" else form

"""The names of one document, clustered: short forms, acronyms, patronymics, slips, before other documents are looked at.

Steps, the surest first: the alias file; what the document states; spellings of one name; short forms of one full name; bare
names of people. Before every union all members of both sides are compared, and one contradiction refuses it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple, Self

from extract.resolve.entities.aliases import AliasEntity, Aliases
from extract.resolve.entities.blocking import pairs
from extract.resolve.entities.canonical import shown_name
from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.countries import clearly_first, countries
from extract.resolve.entities.events import Election, complete_election, election_in, is_short_election, main_election
from extract.resolve.entities.forest import Doubt, Edge, Forest, Tie
from extract.resolve.entities.labels import Spelled, settle_labels, spelled
from extract.resolve.entities.linking import Place
from extract.resolve.entities.names import DocumentNames, NameMention
from extract.resolve.entities.register import Entry
from extract.resolve.entities.relation import Relation
from extract.resolve.entities.statements import statements

_CLEAR = 2  # people of a world that a document names, so that it is about that world


class Name(NamedTuple):
    """What mentions in many documents have in common, and the corpus looks at (see NameMention)."""

    text: str
    label: str
    target: str | None = None
    world: str | None = None
    near: str | None = None


def name_of(mention: NameMention) -> Name:
    """That of a mention."""
    return Name(mention.text, mention.label, mention.target, mention.world, mention.near)


class Sightings(NamedTuple):
    """Where a form stands in a document: the numbers of its mentions; its names, and how often and in which first each stands."""

    indexes: tuple[int, ...]
    names: tuple[tuple[Name, int], ...]
    first: tuple[int, ...]

    @classmethod
    def of(cls, mentions: Sequence[NameMention]) -> Self:
        """Those of mentions, which are in order."""
        found: dict[Name, list[int]] = {}  # in the order of the text
        for each in mentions:
            found.setdefault(name_of(each), []).append(each.index)
        names = tuple([(name, len(indexes)) for name, indexes in found.items()])
        return cls(tuple([each.index for each in mentions]), names, tuple([indexes[0] for indexes in found.values()]))


@dataclass(slots=True)
class Cluster:
    """The mentions of one thing in one document by form, in the forms' order, and the edges that made it.

    `completed` is the full name of an event that the document calls by a short one only. `entry` is set where it stands in no
    document, but in the register.
    """

    kind: str
    mentions: dict[Form, Sightings]
    edges: list[Edge] = field(default_factory=list)
    alias: AliasEntity | None = None
    completed: str | None = None
    entry: Entry | None = None

    @property
    def forms(self) -> list[Form]:
        """The spellings, in their order."""
        return [*self.mentions]

    @property
    def names(self) -> Iterator[tuple[Name, int]]:
        """How its mentions are written, and how often."""
        return chain.from_iterable(found.names for found in self.mentions.values())


@dataclass(frozen=True)
class DocumentClusters:
    """What a document gives to the corpus, or a row of the register, which is read like one.

    `people`: whom it names by more than one word; `countries`: how often it names each; `worlds`: how many of its people are
    known in each.
    """

    document: str
    clusters: list[Cluster]
    doubts: Sequence[Doubt] = ()
    people: frozenset[str] = frozenset()
    countries: Mapping[str, int] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    worlds: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def country(self) -> str | None:
        """The country that it speaks of, if it is clearly one."""
        return clearly_first(self.countries)

    @cached_property
    def about(self) -> str:
        """The world that it is about, "" if it is not clearly one."""
        return clearly_first(self.worlds, _CLEAR, 2) or ""


def people_of(forms: Iterable[Form]) -> frozenset[str]:
    """The people among forms who are named by more than one word."""
    return frozenset([form.text for form in forms if form.kind == "person" and " " in form.text])


@dataclass(frozen=True, slots=True)
class MappedNames:
    """What the corpus asks of a document, one thing after the other: how its names are `spelled`, its clusters, its names.

    `clusters` are those that no alias file has a say in, where the corpus settles these labels of spellings; None where nobody
    has made them. Who makes them gives them to `keep`, with the names.
    """

    spelled: Spelled
    names: Callable[[], DocumentNames]
    clusters: Callable[[Mapping[str, str]], DocumentClusters | None] = lambda labels: None
    keep: Callable[[Mapping[str, str], DocumentNames, DocumentClusters], None] = lambda labels, names, clusters: None

    @classmethod
    def of(cls, names: DocumentNames) -> Self:
        """Those of a document that is at hand."""
        return cls(spelled(names), lambda: names)


def cluster_document(
    names: DocumentNames, aliases: Aliases, comparer: NameComparer, usual: Mapping[str, str] = {}
) -> DocumentClusters:
    """The names of a document, clustered. `usual`: what `usual_labels` says of the corpus."""
    return _Clustering(names, aliases, comparer, usual).run()


class _Clustering:
    """One document at work: forms, a forest of clusters over them, edges and refusals."""

    def __init__(self, names: DocumentNames, aliases: Aliases, comparer: NameComparer, usual: Mapping[str, str]) -> None:
        self._document = names.document
        self._names = names
        self._aliases = aliases
        self._comparer = comparer
        self._mentions: dict[Form, list[NameMention]] = defaultdict(list)
        self._form_of: dict[int, Form] = {}
        self._forest = Forest(aliases, comparer)
        self._edges = self._forest.joined
        labels = settle_labels(names, usual)
        for mention in names.mentions:
            form = comparer.form(labels.get((mention.text, mention.label), mention.label), mention.text, mention.title)
            self._form_of[mention.index] = form
            self._mentions[form].append(mention)

    def run(self) -> DocumentClusters:
        self._forest.plant(sorted(self._mentions))
        self._join_aliases()
        self._join_statements()
        relations = self._relations()
        self._join_same(relations)
        self._join_parts(relations, bare=False)
        self._join_bare(relations)
        self._propose(relations)
        doubts = [doubt for _, doubt in sorted(self._forest.open.items())]
        worlds = Counter(mention.world for mention in self._names.mentions if mention.world)
        context = self._countries, self._names.years, worlds
        return DocumentClusters(self._document, [*self._clusters()], doubts, people_of(self._mentions), *context)

    def _tie(self, a: Form, b: Form, relation: Relation) -> Tie:
        return Tie(a, b, relation, (self._first(a), self._first(b)))

    def _unite_or_ask(self, a: Form, b: Form, relation: Relation) -> None:
        if relation.score >= self._comparer.threshold:
            self._forest.join(self._tie(a, b, relation))
        elif self._forest.root(a) != self._forest.root(b):
            self._forest.leave_open(self._tie(a, b, relation))

    def _first(self, form: Form) -> Place:
        return self._document, self._mentions[form][0].index

    # The steps.

    def _join_aliases(self) -> None:
        entries: dict[AliasEntity, list[Form]] = defaultdict(list)
        for form in sorted(self._mentions) if self._aliases.entities else ():
            if entity := self._aliases.entity_of(form.kind, form.text, self._document):
                self._forest.mark(form, entity)
                entries[entity].append(form)
        for entity, (first, *forms) in entries.items():
            for form in forms:
                self._forest.join(
                    self._tie(first, form, Relation("same", "alias", f"the alias file, line {entity.line}")), forced=True
                )

    def _join_statements(self) -> None:
        for found in statements(self._names, self._form_of, self._comparer):
            self._forest.join(self._tie(found.a, found.b, found.relation), sure=found.sure)

    def _relations(self) -> dict[tuple[Form, Form], Relation]:
        """The relations of all pairs of forms that share a block."""
        levels = [partial(self._comparer.blocks, more=more) for more in (0, 2, 4)]
        compared = ((pair, self._comparer.compare(*pair)) for pair in pairs(self._mentions, levels))
        return {pair: relation for pair, relation in compared if relation and relation.verdict != "apart"}

    def _join_same(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        same = [(pair, relation) for pair, relation in relations.items() if relation.verdict == "same"]
        bare = self._comparer.is_bare
        for (a, b), relation in sorted(same, key=lambda item: (-item[1].score, item[0])):
            if not bare(a) and not bare(b):
                self._unite_or_ask(a, b, relation)

    def _join_parts(self, relations: Mapping[tuple[Form, Form], Relation], bare: bool) -> None:
        """Short forms (bare names of people or not) go to the one full name that they fit; the surest first."""
        hosts = self._hosts(relations, bare)
        for form in sorted(hosts, key=lambda each: (-max(relation.score for _, relation in hosts[each]), each)):
            best = max(_odds(relation) for _, relation in hosts[form])
            self._join_to_host(form, [found for found in hosts[form] if _odds(found[1]) * _FAR_LESS >= best])

    def _weighed(self, short: Form, hosts: Sequence[tuple[Form, Relation]]) -> list[tuple[Form, Relation]]:
        """The hosts with their relations, as sure as the document makes them."""
        several = len({self._forest.root(full) for full, _ in hosts}) > 1
        first, labels = self._mentions[short][0].start, {mention.label for mention in self._mentions[short]}
        weighed = []
        for full, relation in hosts:
            context = [
                "several may be meant" if several else "only one may be meant",
                "named in full before" if self._mentions[full][0].start < first else "named in full after",
            ]
            if labels & {"PARTY"} and any(mention.label == "PARTY" for mention in self._mentions[full]):
                context.append("both are parties")
            if short.kind == "body" and {*full.text.lower().split()} - {*short.text.lower().split()} <= self._place_words:
                context.append("the rest is a place of the document")
            if relation.local:
                context.append(f"local, {context[0]}, {context[1]}")
            weighed.append((full, self._comparer.weighed(short.kind, relation, context, (short, full))))
        return weighed

    @cached_property
    def _place_words(self) -> set[str]:
        """The words of all places that the document names."""
        return {word for form in self._mentions if form.kind == "place" for word in form.text.lower().split()}

    def _join_bare(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        """Bare names of people: to those who have them, then to one another."""
        self._join_parts(relations, bare=True)
        for (a, b), relation in sorted(relations.items(), key=lambda item: (-item[1].score, item[0])):
            bare = self._comparer.is_bare(a) or self._comparer.is_bare(b)
            if relation.verdict == "same" and bare:
                self._unite_or_ask(a, b, relation)

    def _hosts(self, relations: Mapping[tuple[Form, Form], Relation], bare: bool) -> dict[Form, list[tuple[Form, Relation]]]:
        """For each short form (bare names of people or not) the longer ones it may stand for."""
        hosts: dict[Form, list[tuple[Form, Relation]]] = defaultdict(list)
        for (a, b), relation in relations.items():
            if relation.verdict == "part":
                short, full = (a, b) if relation.short == "a" else (b, a)
                if self._comparer.is_bare(short) == bare and not (
                    bare and self._comparer.is_bare(full) and self._comparer.person(full).is_bare
                ):
                    hosts[short].append((full, relation))
        return hosts if bare else {short: self._weighed(short, found) for short, found in hosts.items()}

    def _join_to_host(self, form: Form, hosts: Sequence[tuple[Form, Relation]]) -> None:
        """Joins a short form to its host; of several people to the one named in full first, anything else stays open."""
        possible: dict[Form, tuple[Form, Relation]] = {}
        for host, relation in sorted(hosts, key=lambda item: (-item[1].score, item[0])):
            root = self._forest.root(host)
            if root == self._forest.root(form):
                return
            if relation.score < self._comparer.threshold:
                self._forest.leave_open(self._tie(form, host, relation))
            elif not self._forest.contradiction(self._forest.root(form), root):
                possible.setdefault(root, (host, relation))
            else:
                self._forest.join(self._tie(form, host, relation))  # which leaves it open
        if possible and form.kind == "event":
            first = min(possible.values(), key=lambda found: (self._mentions[found[0]][0].start, found[0]))
            self._forest.join(self._tie(form, *first))
        elif len(possible) == 1:
            self._forest.join(self._tie(form, *next(iter(possible.values()))))
        elif possible and form.kind == "person" and self._is_alone(form):
            first, other, *_ = (possible[root] for root in sorted(possible, key=self._named_first))
            reason = f"{first[1].reason}, the first of {len(possible)} named in full"
            self._forest.join(self._tie(form, first[0], first[1]._replace(reason=reason, score=0.6)))
            if self._mentions[form][0].start < self._mentions[first[0]][0].start:
                self._forest.leave_open(self._tie(form, *other), f"but it fits {len(possible)} people here", 0.5)
        else:
            for host, relation in possible.values():
                self._forest.leave_open(self._tie(form, host, relation), "but it fits several", 0.5)

    def _is_alone(self, form: Form) -> bool:
        root = self._forest.root(form)
        return len(self._forest.members(root)) == 1 and not self._forest.marks(root)

    def _named_first(self, root: Form) -> tuple[bool, int]:
        """Where the cluster is named in full first; one who is named only to be told from somebody else comes last."""
        full = [m for form in self._forest.members(root) if not self._comparer.is_bare(form) for m in self._mentions[form]]
        return all(mention.aside for mention in full), min((mention.start for mention in full), default=0)

    def _propose(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        for (a, b), relation in relations.items():
            if relation.verdict == "likely" and a.kind != "place" and self._forest.root(a) != self._forest.root(b):
                self._forest.leave_open(self._tie(a, b, relation))

    def _clusters(self) -> Iterable[Cluster]:
        found: dict[Form, Cluster] = {}
        for form, mentions in sorted(self._mentions.items()):
            root = self._forest.root(form)
            if root not in found:
                found[root] = Cluster(form.kind, {}, alias=self._forest.alias(root))
            found[root].mentions[form] = Sightings.of(mentions)
        for edge in self._edges:
            found[self._forest.root(edge.a)].edges.append(edge)
        self._complete_events(found.values())
        return found.values()

    def _complete_events(self, clusters: Iterable[Cluster]) -> None:
        lexicon, clusters = self._comparer.lexicon, [cluster for cluster in clusters if cluster.kind == "event"]
        if not clusters:
            return
        events = [mention.text for mention in self._names.mentions if self._form_of[mention.index].kind == "event"]
        main = main_election([self._shown("EVENT", text) for text in events], lexicon, self._place_words) or self._election()
        for cluster in clusters:
            shorts = cluster.forms if main else ()
            names = {complete_election(form.text, main, lexicon) for form in shorts if main} - {None}
            if len(names) == 1 and all(is_short_election(form.text) for form in shorts):
                cluster.completed = names.pop()

    def _election(self) -> Election | None:
        """What elections the document speaks of without their name: those that it begins with, else any in its country."""
        lexicon, country = self._comparer.lexicon, clearly_first(self._countries, often=3, lead=2)
        if held := self._names.held:
            kinds = [word for word in held.kind.lower().split() if word in lexicon["election_kinds"]]
            return election_in(self._shown(held.label, held.place), lexicon, " ".join(kinds))
        return election_in(lexicon.capitalised(country), lexicon) if country else None

    def _shown(self, label: str, text: str) -> str:
        return shown_name(self._comparer.form(label, text), text, self._comparer)

    @cached_property
    def _countries(self) -> Counter[str]:
        return countries(((form, len(mentions)) for form, mentions in self._mentions.items()), self._comparer)


_FAR_LESS = 2.7  # times as likely as another host the best one is, and the other is out of the question


def _odds(relation: Relation) -> float:
    return relation.score / (1.001 - relation.score)

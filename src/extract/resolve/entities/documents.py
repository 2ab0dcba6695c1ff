"""The names of one document, clustered: short forms, acronyms, patronymics, slips, before other documents are looked at.

Steps, the surest first: the alias file; brackets and the document's own links; spellings of one name; short forms of
one full name;
bare names of people. Before every union all members of both sides are compared, and one contradiction refuses it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extract.resolve.entities.aliases import AliasEntity, Aliases
from extract.resolve.entities.comparing import KIND_OF_LABEL, Form, NameComparer
from extract.resolve.entities.events import complete_election, main_election
from extract.resolve.entities.folding import clean
from extract.resolve.entities.names import DocumentNames, NameMention
from extract.resolve.entities.relation import Relation

_BRACKETS = 0.96
_LINKED = 0.95
_SECOND_NAMES = 4  # of places in one document; more are towns with their regions


@dataclass(frozen=True, slots=True)
class FormEdge:
    """Two forms that something joined, with the numbers of a mention of each."""

    a: Form
    b: Form
    relation: Relation
    evidence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two forms of a document that may be one thing, or that were refused: with a mention of each."""

    a: Form
    b: Form
    reason: str
    score: float
    evidence: tuple[int, int]


@dataclass
class Cluster:
    """The mentions of one thing in one document: their numbers by form, and the edges that made it.

    `completed` is the full name of an event that the document calls by a short one only.
    """

    kind: str
    mentions: dict[Form, list[NameMention]]
    edges: list[FormEdge] = field(default_factory=list)
    alias: AliasEntity | None = None
    completed: str | None = None

    @property
    def forms(self) -> list[Form]:
        """The spellings, in a fixed order."""
        return sorted(self.mentions)


@dataclass(frozen=True)
class DocumentClusters:
    """What a document gives to the corpus."""

    document: str
    clusters: tuple[Cluster, ...]
    open_pairs: tuple[OpenPair, ...]


def cluster_document(
    names: DocumentNames, aliases: Aliases, comparer: NameComparer, usual: Mapping[str, str] | None = None
) -> DocumentClusters:
    """The names of a document, clustered. `usual`: what `usual_labels` says of the corpus."""
    return _Clustering(names, aliases, comparer, usual or {}).run()


def usual_labels(documents: Iterable[DocumentNames]) -> dict[str, str]:
    """The label of those spellings (case folded) that are a party or organisation nearly everywhere in the corpus.

    Where a document takes one for something else, it is a slip. Of places that cannot be said: people are called after them.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for names in documents:
        labels = settle_labels(names.mentions)
        for mention in names.mentions:
            votes[clean(mention.text).casefold()][labels[mention.index]] += 1
    found = {}
    for text, counts in votes.items():
        bodies = sum(count for label, count in counts.items() if KIND_OF_LABEL[label] == "body")
        others = sum(counts.values()) - bodies
        if others and bodies >= _USUAL * others:
            found[text] = min(
                (label for label in counts if KIND_OF_LABEL[label] == "body"), key=lambda label: (-counts[label], label)
            )
    return found


_USUAL = 8  # times as often a party or organisation as anything else


def settle_labels(mentions: Sequence[NameMention], usual: Mapping[str, str] | None = None) -> dict[int, str]:
    """The label of each mention, by its number: where one spelling has labels of several kinds, most mentions decide.

    A spelling that is short for a longer name with its own label keeps it (`Washington` beside `George Washington`); a people and
    its party (`the Communists`) are two things. `usual` goes before the document's votes.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        votes[clean(mention.text).casefold()][mention.label] += 1
    longer = {
        (mention.label, word.casefold())
        for mention in mentions
        for word in clean(mention.text).split()[1:]
        if " " in mention.text
    }
    return {
        mention.index: _settled(
            mention, votes[clean(mention.text).casefold()], longer, (usual or {}).get(clean(mention.text).casefold())
        )
        for mention in mentions
    }


def _settled(mention: NameMention, votes: Counter[str], longer: set[tuple[str, str]], usual: str | None) -> str:
    best, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    if usual:
        best, count = usual, sum(votes.values()) + 1
    if KIND_OF_LABEL[best] == KIND_OF_LABEL[mention.label] or {best, mention.label} == {"NORP", "PARTY"}:
        return mention.label
    if count <= votes[mention.label] or (mention.label, clean(mention.text).casefold()) in longer:
        return mention.label
    return best


class _Clustering:
    """One document at work: forms, a forest of clusters over them, edges and refusals."""

    def __init__(self, names: DocumentNames, aliases: Aliases, comparer: NameComparer, usual: Mapping[str, str]) -> None:
        self._document = names.document
        self._names = names
        self._aliases = aliases
        self._comparer = comparer
        self._mentions: dict[Form, list[NameMention]] = defaultdict(list)
        self._form_of: dict[int, Form] = {}
        self._parent: dict[Form, Form] = {}
        self._members: dict[Form, list[Form]] = {}
        self._alias_of: dict[Form, AliasEntity] = {}
        self._edges: list[FormEdge] = []
        self._open: dict[tuple[Form, Form], OpenPair] = {}
        self._split: dict[Form, dict[int, Form]] = {}
        labels = settle_labels(names.mentions, usual)
        for mention in names.mentions:
            form = comparer.form(labels[mention.index], mention.text, mention.title)
            self._form_of[mention.index] = form
            self._mentions[form].append(mention)

    def run(self) -> DocumentClusters:
        for form in sorted(self._mentions):
            self._parent[form], self._members[form] = form, [form]
        self._join_aliases()
        self._join_definitions()
        self._join_targets()
        relations = self._relations()
        self._join_same(relations)
        self._join_parts(relations)
        self._join_single_words(relations)
        self._join_bare(relations)
        self._propose(relations)
        return DocumentClusters(self._document, tuple(self._clusters()), tuple(self._open[key] for key in sorted(self._open)))

    # The forest.

    def _root(self, form: Form) -> Form:
        while self._parent[form] != form:
            form = self._parent[form]
        return form

    def _unite(self, a: Form, b: Form, relation: Relation, forced: bool = False, stated: bool = False) -> bool:
        """Joins the clusters of two forms unless members contradict each other; notes the edge, or the refusal.

        `forced`: whatever the members say. `stated`: unless the alias file does, for the document says that these two are one.
        """
        first, second = self._root(a), self._root(b)
        if first == second:
            return True
        if not forced and (reason := self._contradiction(first, second, stated)):
            self._leave_open(a, b, f"{relation.reason}; refused: {reason}", min(relation.score, 0.6))
            return False
        keep, drop = min(first, second), max(first, second)
        self._parent[drop] = keep
        self._members[keep] += self._members.pop(drop)
        alias = self._alias_of.pop(drop, None)
        if alias and keep not in self._alias_of:
            self._alias_of[keep] = alias
        self._edges.append(FormEdge(a, b, relation, (self._mentions[a][0].index, self._mentions[b][0].index)))
        return True

    def _contradiction(self, first: Form, second: Form, stated: bool = False) -> str | None:
        """Why two clusters cannot be one, None if they can; where the document states it, only the alias file counts."""
        aliases = self._alias_of.get(first), self._alias_of.get(second)
        if aliases[0] and aliases[1] and aliases[0] is not aliases[1]:
            return "the alias file says otherwise"
        for a in self._members[first]:
            for b in self._members[second]:
                if self._aliases.are_different(a.text, b.text):
                    return "the alias file says that they differ"
                if not (stated or (aliases[0] and aliases[1])) and self._comparer.are_apart(a, b):
                    relation = self._comparer.compare(a, b)
                    return f"{a.text} / {b.text}: {relation.reason if relation else ''}"
        return None

    def _leave_open(self, a: Form, b: Form, reason: str, score: float) -> None:
        first, second = min(a, b), max(a, b)
        known = self._open.get((first, second))
        if a.text != b.text and not self._aliases.is_settled(a.text, b.text) and (known is None or known.score < score):
            evidence = (self._mentions[first][0].index, self._mentions[second][0].index)
            self._open[first, second] = OpenPair(first, second, reason, score, evidence)

    # The steps.

    def _join_aliases(self) -> None:
        entries: dict[int, list[Form]] = defaultdict(list)
        for form in sorted(self._mentions):
            if entity := self._aliases.entity_of(form.kind, form.text, self._document):
                self._alias_of[form] = entity
                entries[self._aliases.entities.index(entity)].append(form)
        for number, forms in entries.items():
            entity = self._aliases.entities[number]
            for form in forms[1:]:
                self._unite(forms[0], form, Relation("same", "alias", f"the alias file, line {entity.line}", 1.0), forced=True)

    def _join_definitions(self) -> None:
        for first, second in self._names.definitions:
            outer, inner = self._form_of.get(first), self._form_of.get(second)
            sure = (first, second) in self._names.equations
            if outer and inner and outer != inner and (relation := self._definition(outer, inner, sure)):
                self._unite(outer, inner, relation, stated=sure or self._is_foreign(inner))

    def _definition(self, outer: Form, inner: Form, sure: bool) -> Relation | None:
        """What brackets say of two neighbouring names; None where a name in brackets does not mean another name."""
        relation = self._comparer.compare(outer, inner)
        if relation and relation.joins:
            return relation
        if outer.kind != inner.kind or outer.kind in ("people", "event"):
            return None
        if relation and relation.verdict == "apart" and not (outer.kind == "body" and (sure or self._is_foreign(inner))):
            return None
        if outer.kind == "person" and not (relation or self._comparer.is_bare(inner)):
            return None
        if outer.kind == "place" and not (sure or self._is_second_name(outer, inner)):
            return None
        acronym = outer.kind != "place" and (self._comparer.body(inner.text).acronym or self._comparer.body(outer.text).acronym)
        reason = f"in brackets in the text: {outer.text} ({inner.text})"
        return Relation("same", "acronym" if acronym else "same", reason, _BRACKETS)

    def _is_second_name(self, outer: Form, inner: Form) -> bool:
        """Whether a place in brackets is the other name of the one before (`Vlissingen (Flushing)`), not where that lies.

        A region is named elsewhere too, or many towns are followed by theirs.
        """
        places = [pair for pair in self._names.definitions if all(self._form_of[index].kind == "place" for index in pair)]
        known = inner.text.lower() in self._comparer.lexicon.places_of_words.values()
        return len(self._mentions[inner]) == 1 and len(places) <= _SECOND_NAMES and not known

    def _is_foreign(self, form: Form) -> bool:
        """Whether a name has no word of English that bodies are called by (`Palamene o Tuvalu`)."""
        name, lists = self._comparer.body(form.text), self._comparer.lexicon
        known = lists["generic"] | lists["type_words"] | lists["institutions"] | lists["sub_units"]
        return form.kind == "body" and len(name.raw) > 1 and not known & {word.lower() for word in name.raw}

    def _join_targets(self) -> None:
        """Names whose links lead to one page, or to a page that has another name of the document."""
        pages: dict[tuple[str, str], list[Form]] = defaultdict(list)
        for mention in self._names.mentions:
            if mention.target:
                form = self._form_of[mention.index]
                pages[form.kind, clean(mention.target).casefold()].append(form)
        for form in sorted(self._mentions):
            if (form.kind, form.text.casefold()) in pages:
                pages[form.kind, form.text.casefold()].insert(0, form)
        for (_, page), forms in sorted(pages.items()):
            for form in sorted(set(forms) - {forms[0]}):
                stated = form.kind == "person" and forms[0].text.casefold() == page and self._share_family(forms[0], form)
                self._unite(forms[0], form, Relation("same", "same", f"both link to {page}", _LINKED), stated=stated)

    def _share_family(self, a: Form, b: Form) -> bool:
        """Whether two people have one family name, so that a link may tell a nickname (`[[Augustus Tanoh|Goosie Tanoh]]`)."""
        first, second = self._comparer.person(a).family, self._comparer.person(b).family
        return first is not None and first == second

    def _relations(self) -> dict[tuple[Form, Form], Relation]:
        """The relations of all pairs of forms that share a block."""
        blocks: dict[tuple[str, str], list[Form]] = defaultdict(list)
        for form in sorted(self._mentions):
            for key in self._comparer.blocks(form):
                blocks[form.kind, key].append(form)
        pairs = sorted({(a, b) for forms in blocks.values() for i, a in enumerate(forms) for b in forms[i + 1 :]})
        relations = {pair: self._comparer.compare(*pair) for pair in pairs}
        return {pair: relation for pair, relation in relations.items() if relation and relation.verdict != "apart"}

    def _join_same(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        same = [(pair, relation) for pair, relation in relations.items() if relation.verdict == "same"]
        bare = self._comparer.is_bare
        for (a, b), relation in sorted(same, key=lambda item: (-item[1].score, item[0])):
            if not bare(a) and not bare(b):
                self._unite(a, b, relation)

    def _join_parts(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        """Short forms go to the one full name that they fit; the surest first."""
        hosts = self._hosts(relations, bare=False)
        for form in sorted(hosts, key=lambda each: (-max(relation.score for _, relation in hosts[each]), each)):
            self._join_to_host(form, self._best(hosts[form]))

    def _join_single_words(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        """One telling word of a body's name, after the name in full (`Cabildo` for `Cabildo Abierto`, `the Tigers`)."""
        hosts: dict[Form, list[tuple[Form, Relation]]] = defaultdict(list)
        for (a, b), relation in relations.items():
            if relation.verdict == "likely" and relation.link == "short_form":
                short, full = (a, b) if relation.short == "a" else (b, a)
                if self._names_it_for_short(short, full):
                    hosts[short].append((full, replace(relation, verdict="part", score=0.72)))
        for form in sorted(hosts):
            if len({self._root(full) for full, _ in hosts[form]}) == 1:
                self._unite(form, *hosts[form][0])

    def _names_it_for_short(self, short: Form, full: Form) -> bool:
        """Whether a word is always behind the full name, and a party's first or last one, or a plural at a body's end."""
        if self._mentions[short][0].start < self._mentions[full][0].start:
            return False
        if set(self._words(full)) - set(self._words(short)) <= self._place_words:
            return True
        first, last = self._comparer.body(full.text).raw[0], self._comparer.body(full.text).raw[-1]
        parties = all(mention.label == "PARTY" for form in (short, full) for mention in self._mentions[form])
        ends = {last.casefold(), first.casefold()} if parties else {last.casefold()} if last.endswith("s") else set()
        return short.text.casefold() in ends

    def _words(self, form: Form) -> Iterable[str]:
        """The words of a body's name without small ones, as written but for case."""
        lower = (word.lower() for word in self._comparer.body(form.text).raw)
        return (word for word in lower if word not in self._comparer.lexicon["stopwords"])

    @cached_property
    def _place_words(self) -> frozenset[str]:
        """The words of all places that the document names."""
        return frozenset(word for form in self._mentions if form.kind == "place" for word in self._words(form))

    def _join_bare(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        """Bare names of people: to the people who have that family name, else to those who have that given name."""
        hosts = self._hosts(relations, bare=True)
        for form in sorted(hosts, key=lambda each: (-max(relation.score for _, relation in hosts[each]), each)):
            exact = max(relation.score for _, relation in hosts[form])
            self._join_to_host(form, [(host, relation) for host, relation in hosts[form] if relation.score >= exact - 0.12])
        for (a, b), relation in sorted(relations.items(), key=lambda item: (-item[1].score, item[0])):
            if (
                relation.verdict == "same"
                and (self._comparer.is_bare(a) or self._comparer.is_bare(b))
                and not {a, b} & self._split.keys()
            ):
                self._unite(a, b, relation)

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
        return hosts

    @staticmethod
    def _best(hosts: Sequence[tuple[Form, Relation]]) -> list[tuple[Form, Relation]]:
        """Acronyms and exact short forms before vaguer ones."""
        top = max(relation.score for _, relation in hosts)
        return [(host, relation) for host, relation in hosts if relation.score >= top - 0.08]

    def _join_to_host(self, form: Form, hosts: Sequence[tuple[Form, Relation]]) -> None:
        """Joins a short form to its host; of several people each mention goes to the nearest, anything else stays open."""
        possible: dict[Form, tuple[Form, Relation]] = {}
        for host, relation in sorted(hosts, key=lambda item: (-item[1].score, item[0])):
            root = self._root(host)
            if root == self._root(form):
                return
            if not self._contradiction(self._root(form), root):
                possible.setdefault(root, (host, relation))
            else:
                self._unite(form, host, relation)
        if possible and form.kind == "event":
            first = min(possible.values(), key=lambda found: (self._mentions[found[0]][0].start, found[0]))
            self._unite(form, *first)
        elif len(possible) == 1:
            self._unite(form, *next(iter(possible.values())))
        elif possible and form.kind == "person" and self._is_alone(form):
            self._share_out(form, possible)
        else:
            for host, relation in possible.values():
                self._leave_open(form, host, f"{relation.reason}; but it fits several", 0.5)

    def _is_alone(self, form: Form) -> bool:
        return len(self._members[self._root(form)]) == 1 and self._root(form) not in self._alias_of

    def _share_out(self, form: Form, possible: Mapping[Form, tuple[Form, Relation]]) -> None:
        """Each mention of an ambiguous name goes to the person named in full nearest before it, else first after it."""
        for mention in self._mentions[form]:
            root = min(possible, key=lambda each: (self._distance(each, mention.start), each))
            self._split.setdefault(form, {})[mention.index] = root
            host, relation = possible[root]
            ambiguous = Relation(
                "part", relation.link, f"{relation.reason}, the nearest before it of {len(possible)}", 0.6, relation.short
            )
            self._edges.append(FormEdge(form, host, ambiguous, (mention.index, self._mentions[host][0].index)))
        for host, relation in possible.values():
            self._leave_open(form, host, f"{relation.reason}; but it fits {len(possible)} people here", 0.5)

    def _distance(self, root: Form, position: int) -> tuple[int, int]:
        """How far before a position the cluster is named in full (0, distance); where only after it (1, distance).

        One who is named in full only to be told from somebody else comes last (2, 0).
        """
        full = [mention for form in self._members[root] if not self._comparer.is_bare(form) for mention in self._mentions[form]]
        if all(mention.aside for mention in full):
            return 2, 0
        starts = [mention.start for mention in full]
        before = [position - start for start in starts if start <= position]
        return (0, min(before)) if before else (1, min((start - position for start in starts), default=0))

    def _propose(self, relations: Mapping[tuple[Form, Form], Relation]) -> None:
        for (a, b), relation in relations.items():
            if relation.verdict == "likely" and self._root(a) != self._root(b):
                self._leave_open(a, b, relation.reason, relation.score)

    def _clusters(self) -> Iterable[Cluster]:
        """The clusters, with shared-out mentions where they went."""
        found: dict[Form, Cluster] = {}
        for form, mentions in sorted(self._mentions.items()):
            for mention in mentions:
                root = self._root(self._split.get(form, {}).get(mention.index, form))
                cluster = found.setdefault(root, Cluster(form.kind, {}, alias=self._alias_of.get(root)))
                cluster.mentions.setdefault(form, []).append(mention)
        for edge in self._edges:
            root = self._root(self._split.get(edge.a, {}).get(edge.evidence[0], edge.a))
            found[root].edges.append(edge)
        self._complete_events(found.values())
        return found.values()

    def _complete_events(self, clusters: Iterable[Cluster]) -> None:
        lexicon = self._comparer.lexicon
        events = [mention.text for mention in self._names.mentions if self._form_of[mention.index].kind == "event"]
        main = main_election(events, lexicon)
        for cluster in clusters if main else ():
            names = (
                {complete_election(form.text, main, lexicon) for form in cluster.forms}
                if main and cluster.kind == "event"
                else set()
            )
            if len(names) == 1:
                cluster.completed = names.pop()

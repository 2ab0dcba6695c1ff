"""What a document itself says of its names: brackets, `formerly` and `=`, links. Nothing else joins so surely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from extract.resolve.entities.comparing import Form, NameComparer
from extract.resolve.entities.folding import clean
from extract.resolve.entities.names import DocumentNames
from extract.resolve.entities.relation import Relation

_BRACKETS = 0.96
_LINKED = 0.95
_SECOND_BODIES = 3  # bodies with two full names that have no word in common; more are a list of something else
_SECOND_NAMES = 4  # of places in one document; more are towns with their regions


@dataclass(frozen=True, slots=True)
class Statement:
    """Two forms that a document calls one thing. `sure`: so plainly that their spelling may not contradict it."""

    a: Form
    b: Form
    relation: Relation
    sure: bool


def statements(names: DocumentNames, form_of: Mapping[int, Form], comparer: NameComparer) -> Iterator[Statement]:
    """What the document states of its forms (`form_of`: by number of mention): names in brackets, then links."""
    reader = _Brackets(names, form_of, comparer)
    for pair in names.definitions:
        if all(index in form_of for index in pair) and (found := reader.read(*pair)):
            yield found
    yield from _links(names, form_of, comparer)


class _Brackets:
    """What names in brackets, or behind a word like `formerly`, are to the names before them."""

    def __init__(self, names: DocumentNames, form_of: Mapping[int, Form], comparer: NameComparer) -> None:
        self._names = names
        self._form_of = form_of
        self._comparer = comparer
        self._count = Counter(form_of.values())

    def read(self, first: int, second: int) -> Statement | None:
        """What is stated of two mentions, None where the name in brackets does not mean the one before."""
        outer, inner = self._form_of[first], self._form_of[second]
        sure = (first, second) in self._names.equations or self._is_foreign(inner)
        if outer == inner or outer.kind != inner.kind or (outer.kind == "body" and self._is_country(inner)):
            return None
        relation = self._comparer.compare(outer, inner)
        if not (relation and relation.joins):
            relation = self._by_place(outer, inner, relation, sure)
        return Statement(outer, inner, relation, sure and outer.kind == "body") if relation else None

    def _by_place(self, outer: Form, inner: Form, relation: Relation | None, sure: bool) -> Relation | None:
        """What brackets make of names that by their spelling are not one."""
        if not self._may_be_one(outer, inner, relation, sure):
            return None
        body = self._comparer.body
        acronym = outer.kind != "place" and (body(inner.text).acronym or body(outer.text).acronym)
        return Relation("same", "acronym" if acronym else "same", f"in the text: {outer.text} ({inner.text})", score=_BRACKETS)

    def _may_be_one(self, outer: Form, inner: Form, relation: Relation | None, sure: bool) -> bool:
        if relation and relation.verdict == "apart":
            return sure and outer.kind == "body"
        if outer.kind == "body" and not sure and self._is_list:
            return bool(self._comparer.body(inner.text).acronym or self._comparer.body(outer.text).acronym)
        if outer.kind == "person":
            return relation is not None or self._comparer.is_bare(inner)
        if outer.kind == "place":
            return sure or self._is_second_name(inner)
        return outer.kind in ("body", "law")

    def _is_second_name(self, inner: Form) -> bool:
        """Whether a place in brackets is the other name of the one before (`Vlissingen (Flushing)`), not where that lies.

        A region is named elsewhere too, or many towns are followed by theirs.
        """
        pairs = [pair for pair in self._names.definitions if all(self._form_of[index].kind == "place" for index in pair)]
        return self._count[inner] == 1 and len(pairs) <= _SECOND_NAMES and not self._is_country(inner)

    def _is_country(self, form: Form) -> bool:
        """Whether it is a country: behind another name that says where it is (`Republican Party (United States)`)."""
        return form.text.lower() in self._comparer.lexicon.adjective_of

    @cached_property
    def _is_list(self) -> bool:
        """Whether many bodies are followed by another one's full name in brackets: whose they are, or where they play."""
        pairs = [(self._form_of[first], self._form_of[second]) for first, second in self._names.definitions]
        full = [
            pair for pair in pairs if all(form.kind == "body" and not self._comparer.body(form.text).acronym for form in pair)
        ]
        return sum(self._comparer.compare(*pair) is None for pair in full) > _SECOND_BODIES

    def _is_foreign(self, form: Form) -> bool:
        """Whether a body's name has no word of English that bodies are called by (`Palamene o Tuvalu`)."""
        if form.kind != "body":
            return False
        name, lists = self._comparer.body(form.text), self._comparer.lexicon
        known = lists["generic"] | lists["type_words"] | lists["institutions"] | lists["sub_units"]
        return len(name.raw) > 1 and not known & {word.lower() for word in name.raw}


def _links(names: DocumentNames, form_of: Mapping[int, Form], comparer: NameComparer) -> Iterator[Statement]:
    """Names whose links lead to one page, or to a page that has another name of the document."""
    pages: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for mention in names.mentions:
        if mention.target:
            form = form_of[mention.index]
            pages[form.kind, clean(mention.target).casefold()].append(form)
    for form in sorted(set(form_of.values())):
        if (form.kind, form.text.casefold()) in pages:
            pages[form.kind, form.text.casefold()].insert(0, form)
    for (_, page), forms in sorted(pages.items()):
        for form in sorted(set(forms) - {forms[0]}):
            families = {comparer.person(each).family for each in (forms[0], form)} if form.kind == "person" else {None}
            nickname = forms[0].text.casefold() == page and len(families) == 1 and None not in families  # `Goosie Tanoh`
            yield Statement(forms[0], form, Relation("same", "same", f"both link to {page}", score=_LINKED), sure=nickname)

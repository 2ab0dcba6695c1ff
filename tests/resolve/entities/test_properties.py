"""What holds for any corpus: no order matters, nothing is lost, vetoes hold, the alias file is obeyed."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.resolve.entities import Aliases, DocumentNames, Linking, link_corpus
from extract.resolve.entities.aliases import AliasEntity
from extract.resolve.entities.comparing import NameComparer
from extract.resolve.entities.lexicon import load_lexicon
from resolve.entities.corpora import document

GIVEN = ["Alan", "Anatoly", "Sergei", "Sergey", "Serhiy", "Zita", "Harry", "Garri", "Ruslan", "A."]
MIDDLE = ["", "", "Sergeevich", "Akhsarovich", "Taimurazovich"]
FAMILY = ["Bibilov", "Tibilov", "Gagloev", "Gagloyev", "Pliev", "Plieva", "Kharebov", "Kharebaty"]
OTHER = [
    "party:Nykhas", "party:Nykhaz", "party:Unity", "party:Unity of the People", "party:GERB", "party:GERB–SDS",
    "party:Communists", "party:Communist Party", "party:Communist Party of South Ossetia",
    "org:Central Election Commission", "org:CEC", "org:NATO",
    "org:Central Election Commission of Georgia", "org:Parliament of Georgia", "org:Georgian Parliament", "gpe:South Ossetia",
    "gpe:North Ossetia", "gpe:Republic of South Ossetia", "gpe:Georgia", "loc:Caucasus", "norp:Georgian", "norp:Georgians",
    "event:2024 election", "event:2024 South Ossetian parliamentary election", "event:2019 election", "law:Minsk II",
    "per:Nykhas",
]  # fmt: skip

people = st.tuples(
    st.sampled_from(["", "", "Mr|", "Mrs|"]), st.sampled_from(["", *GIVEN]), st.sampled_from(MIDDLE), st.sampled_from(FAMILY)
).map(lambda parts: "per:" + parts[0] + " ".join(part for part in parts[1:] if part))
documents = st.lists(st.one_of(people, people, st.sampled_from(OTHER)), min_size=1, max_size=12)
corpora = st.lists(documents, min_size=1, max_size=5).map(
    lambda lists: [document(f"d{number}", *names) for number, names in enumerate(lists)]
)
COMPARER = NameComparer(load_lexicon())


def _partition(linking: Linking) -> dict[tuple[str, int], str]:
    return dict(linking.entity_of)


@given(corpora, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_documents_does_not_matter(corpus: list[DocumentNames], random: object) -> None:
    shuffled = list(corpus)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert link_corpus(shuffled) == link_corpus(corpus)


@given(corpora)
@settings(max_examples=60)
def test_every_mention_has_one_entity_and_counts_add_up(corpus: list[DocumentNames]) -> None:
    linking = link_corpus(corpus)
    places = {(each.document, mention.index) for each in corpus for mention in each.mentions}
    assert linking.entity_of.keys() == places == linking.label_of.keys()
    assert len({entity.id for entity in linking.entities}) == len(linking.entities)
    assert sum(entity.mentions for entity in linking.entities) == len(places)
    for entity in linking.entities:
        assert sum(variant.count for variant in entity.variants) == entity.mentions
        assert all(variant.reason for variant in entity.variants)


@given(corpora)
@settings(max_examples=40)
def test_the_same_again_changes_nothing(corpus: list[DocumentNames]) -> None:
    assert link_corpus(corpus) == link_corpus(corpus)


@given(corpora)
@settings(max_examples=40)
def test_documents_that_come_twice_join_their_complete_names_only(corpus: list[DocumentNames]) -> None:
    """A copy of every document moves no mention of the originals from one entity to another."""
    copies = [DocumentNames(each.document + "x", each.mentions, each.definitions) for each in corpus]
    alone, twice = link_corpus(corpus), link_corpus([*corpus, *copies])
    for first, second in combinations(alone.entity_of, 2):
        together = alone.entity_of[first] == alone.entity_of[second]
        assert together == (twice.entity_of[first] == twice.entity_of[second])


@given(corpora)
@settings(max_examples=60)
def test_names_that_contradict_each_other_are_never_one(corpus: list[DocumentNames]) -> None:
    linking = link_corpus(corpus)
    spellings: dict[str, set[tuple[str, str]]] = {}
    for each in corpus:
        for mention in each.mentions:
            place = (each.document, mention.index)
            spellings.setdefault(linking.entity_of[place], set()).add((linking.label_of[place], mention.text))
    for names in spellings.values():
        forms = [COMPARER.form(label, text) for label, text in sorted(names)]
        assert not any(COMPARER.are_apart(a, b) for a, b in combinations(forms, 2))


@given(corpora, people, people)
@settings(max_examples=60)
def test_the_alias_file_is_obeyed(corpus: list[DocumentNames], first: str, second: str) -> None:
    a, b = first.rpartition("|")[2].removeprefix("per:"), second.rpartition("|")[2].removeprefix("per:")
    corpus = [*corpus, document("e", f"per:{a}", f"per:{b}")]
    same = link_corpus(corpus, Aliases(entities=(AliasEntity("Somebody", "PERSON", ("Somebody", a, b)),)))
    assert {entity.name for entity in same.entities if entity.id in (same.entity_of["e", 0], same.entity_of["e", 1])} == {
        "Somebody"
    }
    if a != b:
        apart = link_corpus(corpus, Aliases(different=frozenset({frozenset((a.casefold(), b.casefold()))})))
        if a.casefold() != b.casefold():
            assert apart.entity_of["e", 0] != apart.entity_of["e", 1]


names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(
    st.lists(st.tuples(st.sampled_from(["per", "party", "org", "gpe", "norp", "event", "law"]), names), min_size=1, max_size=6)
)
@settings(max_examples=150)
def test_any_text_may_be_a_name(pairs: list[tuple[str, str]]) -> None:
    corpus = [document("d", *(f"{label}:{text.replace('|', '')}x" for label, text in pairs))]
    assert len(link_corpus(corpus).entity_of) == len(pairs)


def test_the_hash_seed_does_not_matter() -> None:
    names = [*OTHER, *(f"per:{given} {family}" for given in GIVEN for family in FAMILY)]
    script = (
        "from resolve.entities.corpora import document; from extract.resolve.entities import link_corpus\n"
        f"print(link_corpus([document(name, *{names!r}[number::3]) for number, name in enumerate('abc')]))"
    )
    runs = [_run(script, seed) for seed in ("1", "2")]
    assert runs[0] == runs[1] != ""


def _run(script: str, seed: str) -> str:
    paths = os.pathsep.join((str(Path(__file__).parents[2]), *sys.path))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True).stdout


PIECES = [
    "Ann",
    "ann",
    "Y",
    "YZ",
    "Poe",
    "Poe's",
    ",",
    "'",
    '"YZ"',
    "-",
    ".",
    "Jr.",
    "III",
    "al-",
    "de",
    "Mr",
    "(",
    ")",
    "&",
    "of",
    "李",
    "Ó",
    "1st",
    "/",
]
ragged = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join)


@given(
    st.lists(st.tuples(st.sampled_from(["per", "party", "org", "gpe", "norp", "event", "law"]), ragged), min_size=2, max_size=8)
)
@settings(max_examples=300)
def test_no_name_is_too_ragged_to_be_compared(names: list[tuple[str, str]]) -> None:
    each = [f"{label}:{text}" for label, text in names]
    link_corpus([document("d0", *each), document("d1", *each[::2])])

"""What a reader of `entities.jsonl` may count on, case by case."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from extract.resolve.entities import Aliases, DocumentNames, MappedNames, link_corpus, link_documents
from extract.resolve.entities.aliases import AliasEntity
from resolve.entities.corpora import document, entity, together

# Names of one document: numbers of mentions that are one thing, and the name to be shown for the first.
ONE_DOCUMENT = [
    (["per:Alan Gagloev", "per:Gagloyev", "per:Gagloev"], [[0, 1, 2]], "Alan Gagloev"),
    (["per:Alan Sergeevich Tadtaev", "per:Alan Tadtaev", "per:Tadtaev"], [[0, 1, 2]], "Alan Tadtaev"),
    (["per:Alan Sergeevich Tadtaev", "per:Alan Sergeevich"], [[0, 1]], "Alan Sergeevich Tadtaev"),
    (["per:Harry Muldarov", "per:Garri Muldarov"], [[0, 1]], "Harry Muldarov"),
    (["per:Bogdat Țîrdea", "per:Bogdan Țîrdea"], [[0, 1]], "Bogdan Țîrdea"),
    (["per:Ramush Haradinaj", "per:Haradinaj", "per:Daut Haradinaj", "per:Haradinaj"], [[0, 1, 3], [2]], "Ramush Haradinaj"),
    (["per:Anatoly Bibilov", "per:Atsamaz Akhsarovich Bibilov", "per:Anatoly Bibilov"], [[0, 2], [1]], "Anatoly Bibilov"),
    (["per:Mustafa Isa", "per:Isa Mustafa", "per:Isa Mustafa"], [[0, 1, 2]], "Isa Mustafa"),
    (["per:U.S. President Donald Trump", "per:Donald Trump", "per:Trump"], [[0, 1, 2]], "Donald Trump"),
    (["per:Nikolai Petrov", "per:Nadia Petrova", "per:Petrova"], [[0], [1, 2]], "Nikolai Petrov"),
    (["per:Mr|Ivanov", "per:Mrs|Ivanov"], [[0], [1]], "Ivanov"),
    (["per:GAGLOEV ALAN", "per:Alan Gagloev"], [[0, 1]], "Alan Gagloev"),
    (["party:Nykhas", "party:Nykhaz", "party:Nykhas", "party:Нихас"], [[0, 1, 2, 3]], "Nykhas"),
    (["party:United Ossetia", "party:United Ossetia", "party:United Osstia"], [[0, 1, 2]], "United Ossetia"),
    (
        ["party:Communist Party of South Ossetia", "party:Communist Party", "party:Communists"],
        [[0, 1, 2]],
        "Communist Party of South Ossetia",
    ),
    (["party:Unity of the People", "party:Unity"], [[0], [1]], "Unity of the People"),
    (["party:GERB", "party:GERB–SDS", "party:GERB"], [[0, 2], [1]], "GERB"),
    (["party:Democrat Party", "party:DP", "party:DP"], [[0, 1, 2]], "Democrat Party"),
    (["party:Ira Farn", "party:Ira Farn Party", "party:Ira Farn"], [[0, 1, 2]], "Ira Farn"),
    (["org:Central Election Commission", "org:CEC", "org:CEC"], [[0, 1, 2]], "Central Election Commission"),
    (["org:MFA of Estonia", "org:Ministry of Foreign Affairs of Estonia", "org:MFA of Latvia"], [[0, 1], [2]], "MFA of Estonia"),
    (["org:National Assembly", "org:National Assembly of Bulgaria"], [[0, 1]], "National Assembly of Bulgaria"),
    (
        ["org:Supreme Court of Georgia", "org:Supreme Court of Latvia", "org:Supreme Court"],
        [[0], [1], [2]],
        "Supreme Court of Georgia",
    ),
    (["gpe:South Ossetia", "gpe:Republic of South Ossetia", "gpe:North Ossetia"], [[0, 1], [2]], "South Ossetia"),
    (["gpe:Turkish Republic of Northern Cyprus", "gpe:TRNC", "gpe:Northern Cyprus"], [[0, 1, 2]], "Northern Cyprus"),
    (["gpe:Republic of Cyprus", "loc:Cyprus"], [[0], [1]], "Republic of Cyprus"),
    (["gpe:North Ossetia", "gpe:North"], [[0, 1]], "North Ossetia"),
    (["norp:Ossetians"], [[0]], "Ossetian"),
    (["norp:Turks"], [[0]], "Turkish"),
    (["per:Recep Tayyip Erdoğan", "per:Tayyip Erdogan", "per:Erdogan"], [[0, 1, 2]], "Recep Tayyip Erdoğan"),
    (["norp:Georgians", "norp:Georgian", "gpe:Georgia"], [[0, 1], [2]], "Georgian"),
    (["event:2024 Georgian parliamentary election", "event:2024 election"], [[0, 1]], "2024 Georgian parliamentary election"),
    (["party:Cabildo Abierto", "party:Cabildo"], [[0, 1]], "Cabildo Abierto"),
    (["party:Cabildo", "party:Cabildo Abierto"], [[0], [1]], "Cabildo"),
    (["gpe:Manitoba", "party:Manitoba Liberals", "party:Liberals"], [[0], [1, 2]], "Manitoba"),
    (["party:Manitoba Liberals", "party:Liberals"], [[0, 1]], "Manitoba Liberals"),
    (["party:Social Democrats", "party:SPD", "party:SPD"], [[0, 1, 2]], "SPD"),
    (["party:People's Convention Party", "party:Convention People's Party"], [[0], [1]], "People's Convention Party"),
    (["party:Labour", "party:Labour", "party:Labour Party"], [[0, 1, 2]], "Labour Party"),
    (["org:OSCE PA", "org:OSCE Parliamentary Assembly"], [[0, 1]], "OSCE Parliamentary Assembly"),
    (["org:German Bundestag", "org:Bundestag", "org:Bundestag"], [[0, 1, 2]], "German Bundestag"),
    (["per:Hassan II", "per:Hassan I", "per:Hassan II"], [[0, 2], [1]], "Hassan II"),
    (["per:Guido Manini Ríos", "per:Manini Ríos", "per:Manini Ríos", "per:Manini"], [[0, 1, 2, 3]], "Guido Manini Ríos"),
    (["per:Kim Jong Un", "per:Kim Jong-un", "per:Kim Jong Il"], [[0, 1], [2]], "Kim Jong Un"),
    (["per:Ben Chan", "per:Tanya Chan"], [[0], [1]], "Ben Chan"),
    (["gpe:YEREVAN", "org:CENTRAL ELECTION COMMISSION"], [[0], [1]], "Yerevan"),
    (["norp:Tamils"], [[0]], "Tamil"),
    (["norp:Shiites", "norp:Shia"], [[0, 1]], "Shia"),
    (["event:2015 Polish presidential vote", "event:2015 Polish presidential election"], [[0, 1]], None),
    (["event:2019 election", "event:2024 Georgian parliamentary election"], [[0], [1]], "2019 Georgian parliamentary election"),
    (["per:Amelia Hart", "per:Amelia J. Hart", "per:Amelia J. Hart"], [[0, 1, 2]], "Amelia J. Hart"),
    (["per:Amelia J. Hart", "per:Amelia Hart", "per:Hart"], [[0, 1, 2]], "Amelia J. Hart"),
    (["org:National Assembly of Bulgaria", *["org:National Assembly"] * 3], [[0, 1, 2, 3]], "National Assembly"),
    (["party:Tern & Gull Harbour Alliance", *["party:Harbour Alliance"] * 3], [[0, 1, 2, 3]], "Harbour Alliance"),
    (["event:2019 local elections", "event:2024 Albanian parliamentary election"], [[0], [1]], "2019 Albanian local elections"),
    (["event:2014 election", "gpe:Leeds", "event:2016 Leeds mayoral election"], [[0], [1], [2]], "2014 election"),
    (["event:2012 general election", "event:2016 Leeds mayoral election", "gpe:Leeds"], [[0], [1], [2]], "2012 general election"),
    (["per:Ap Gwynn", "per:Ellen ap Gwynn"], [[0, 1]], "Ellen ap Gwynn"),
    (["party:UK Harbour Party", "party:British Harbour Party"], [[0, 1]], "UK Harbour Party"),
    (["event:2012 election", "event:2019 Senate parliamentary election"], [[0], [1]], "2012 election"),
]


@pytest.mark.parametrize(("names", "groups", "shown"), ONE_DOCUMENT, ids=lambda case: str(case)[:60])
def test_names_of_a_document(names: list[str], groups: list[list[int]], shown: str | None) -> None:
    linking = link_corpus([document("d", *names)])
    found: dict[str, list[int]] = {}
    for index in range(len(names)):
        found.setdefault(linking.entity_of["d", index], []).append(index)
    assert sorted(found.values()) == groups
    assert shown in (None, entity(linking, "d", 0).name)


def test_brackets_join_what_no_spelling_would() -> None:
    linking = link_corpus([document("d", "party:National Unity Party", "party:UBP", "party:UBP", brackets=((0, 1),))])
    assert together(linking, ("d", 0), ("d", 1), ("d", 2))
    assert entity(linking, "d", 0).name == "National Unity Party"


def test_quotes_and_words_join_what_spelling_contradicts() -> None:
    names = ("party:Democratic Party of Kosovo", "party:Democratic League of Kosovo")
    assert not together(link_corpus([document("d", *names, brackets=((0, 1),))]), ("d", 0), ("d", 1))
    assert together(link_corpus([document("d", *names, brackets=((0, 1),), sure=True)]), ("d", 0), ("d", 1))
    foreign = document("d", "org:Parliament of Tuvalu", "org:Palamene o Tuvalu", brackets=((0, 1),))
    assert together(link_corpus([foreign]), ("d", 0), ("d", 1))


def test_a_place_in_brackets_is_another_name_unless_it_is_named_elsewhere() -> None:
    names = ("gpe:Vlissingen", "gpe:Flushing")
    assert together(link_corpus([document("d", *names, brackets=((0, 1),))]), ("d", 0), ("d", 1))
    assert not together(link_corpus([document("d", *names, names[1], brackets=((0, 1),))]), ("d", 0), ("d", 1))


def test_another_alphabet_votes_on_the_label() -> None:
    linking = link_corpus([document("d", "party:Nykhas", "gpe:Нихас", "party:Nykhas")])
    assert together(linking, ("d", 0), ("d", 1))
    assert linking.label_of["d", 1] == "PARTY"


def test_a_country_in_brackets_is_no_other_name() -> None:
    linking = link_corpus([document("d", "gpe:Gori", "gpe:Georgia", brackets=((0, 1),))])
    assert not together(linking, ("d", 0), ("d", 1))


def test_complete_names_meet_across_documents() -> None:
    linking = link_corpus([document("a", "per:Alan Gagloev"), document("b", "per:Alan Gagloyev", "per:Gagloyev")])
    assert together(linking, ("a", 0), ("b", 0), ("b", 1))


def test_a_bare_surname_never_travels_and_is_put_up_for_review() -> None:
    linking = link_corpus([document("a", "per:Anatoly Bibilov"), document("b", "per:Bibilov"), document("c", "per:Bibilov")])
    assert len({linking.entity_of[place] for place in (("a", 0), ("b", 0), ("c", 0))}) == 3
    assert ("Anatoly Bibilov", "Bibilov") in [(pair.a.text, pair.b.text) for pair in linking.review]


def test_members_of_a_party_that_many_countries_have_stay_in_their_document() -> None:
    linking = link_corpus(
        [document("a", "party:Progressives", "party:Progressive Civic Front"), document("b", "party:Progressives")]
    )
    assert together(linking, ("a", 0), ("a", 1)) and not together(linking, ("a", 0), ("b", 0))


def test_bodies_that_every_country_has_stay_in_their_document() -> None:
    documents = [document(name, "org:Central Election Commission", "org:CEC") for name in ("a", "b")]
    linking = link_corpus(documents)
    assert not together(linking, ("a", 0), ("b", 0))
    assert together(linking, ("a", 0), ("a", 1))


BRITAIN, NORWAY = ("gpe:London", "gpe:United Kingdom"), ("gpe:Norway", "norp:Norwegians")

# Names of three documents, and which of the first of each are one thing.
ACROSS = [
    (["party:Labour", *BRITAIN], ["party:Labour", *BRITAIN], ["party:Labour", *NORWAY], "aab"),
    (["org:Ministry of Trade", *NORWAY], ["org:Norwegian Ministry of Trade"], ["org:Ministry of Trade", *BRITAIN], "aab"),
    (["org:U.S. State Office", "gpe:United States"], ["org:State Office", "gpe:United States"], ["org:State Office"], "aab"),
    (["org:Red Shield", *BRITAIN], ["org:Norwegian Red Shield", *NORWAY], ["org:Red Shield", *BRITAIN], "aba"),
    (["org:Berg Mobile", "org:Berg", "org:Berg"], ["org:Berg"], ["org:Berg Mobile"], "aba"),
    (["per:Frank Martin"], ["per:Martin Frank"], ["per:Frank Martin"], "aba"),
    (["party:Labour"], ["party:Labour Party", *BRITAIN], ["party:Labour"], "abc"),
    (["party:Labour", "per:Ann Lee"], ["party:British Labour Party", "per:Ann Lee"], ["party:Labour"], "aab"),
    (["party:Scottish Labour Party"], ["party:Labour", *BRITAIN], ["party:Labour Party", *BRITAIN], "abb"),
    (["party:Conservatives", *BRITAIN], ["party:Conservative Party", *BRITAIN], ["party:Conservative Alliance", *BRITAIN], "aab"),
    (["org:Defense Department", "gpe:Norway"], ["org:Norwegian Department of Defense"], ["org:U.S. Defense Department"], "aab"),
    (["org:Norwegian Embassy"], ["org:Norwegian Embassy"], ["org:Group G"], "abc"),
    (["org:Microsoft", "org:Microsoft Visual Studio"], ["org:Microsoft"], ["org:Microsoft Visual Studio"], "aac"),
    (["per:John Adams"], ["per:John Quincy Adams"], ["per:John Adams"], "aba"),
    (["gpe:Congo"], ["gpe:Democratic Republic of Congo"], ["gpe:Republic of Congo"], "abc"),
]


@pytest.mark.parametrize("case", ACROSS, ids=str)
def test_names_of_several_documents(case: tuple[list[str], list[str], list[str], str]) -> None:
    *documents, groups = case
    linking = link_corpus([document(name, *names) for name, names in zip("xyz", documents, strict=True)])
    found = [linking.entity_of[name, 0] for name in "xyz"]
    assert [found.index(each) for each in found] == [groups.index(each) for each in groups]


def test_people_of_two_worlds_are_two_and_asked_and_of_one_company_one() -> None:
    def of(name: str, world: str, *others: str) -> DocumentNames:
        names = document(name, "per:Paul Tyler", *others)
        return replace(names, mentions=(replace(names.mentions[0], world=world), *names.mentions[1:]))

    linking = link_corpus([of("a", "politics"), of("b", "sport", "per:Ann Lee"), of("c", "politics"), of("d", "", "per:Ann Lee")])
    assert together(linking, ("a", 0), ("c", 0))
    assert together(linking, ("b", 0), ("d", 0))
    assert not together(linking, ("a", 0), ("b", 0))
    assert [(pair.a.text, pair.b.text) for pair in linking.review] == [("Paul Tyler", "Paul Tyler")]
    told = link_corpus([of("a", "politics"), of("b", "sport")], Aliases((AliasEntity("Paul Tyler", "PERSON", ("Paul Tyler",)),)))
    assert together(told, ("a", 0), ("b", 0))
    shared = link_corpus([of("a", "politics", "per:Ann Lee"), of("b", "sport", "per:Ann Lee")])
    assert together(shared, ("a", 0), ("b", 0))


@pytest.mark.parametrize("names", [("party:Progress Party",) * 4, ("org:U.S. Foreign Office", *("org:Foreign Office",) * 3)])
def test_what_many_documents_call_a_body_is_one_question(names: tuple[str, ...]) -> None:
    linking = link_corpus([document(name, found) for name, found in zip("abcd", names, strict=True)])
    (pair,) = linking.review
    assert len({pair.a.entity, pair.b.entity, *(side.entity for side in pair.more)}) == 4


def test_few_of_many_questions_are_asked_and_those_are_worth_most() -> None:
    surnames = [f"{a}{b}{c}ov" for a in "Bd" for b in ("ar", "ol", "im") for c in "tgkzn"]
    full = [document(f"a{name}", f"per:Ivan {name}") for name in surnames]
    linking = link_corpus([*full, *(document(f"b{name}", *[f"per:{name}"] * 2) for name in surnames)])
    worth = [pair.worth for pair in linking.review]
    assert worth == sorted(worth, reverse=True) and len(worth) == 30
    assert [pair.asked for pair in linking.review] == [True] * 24 + [False] * 6


def test_an_acronym_without_its_name_means_the_body_that_the_corpus_knows_by_it() -> None:
    linking = link_corpus(
        [
            document("a", "party:Alliance for the Future of Kosovo", "party:AAK"),
            document("b", "party:AAK"),
            document("c", "org:NATO"),
        ]
    )
    assert entity(linking, "c", 0).name == "NATO"
    linking = link_corpus([document("a", "org:Caucasian Knot Institute", "org:CKI"), document("b", "org:CKI")])
    assert together(linking, ("a", 0), ("b", 0))


def test_a_name_that_fits_two_people_joins_neither() -> None:
    documents = [
        document("a", "per:Ivan Ivanovich Petrov"),
        document("b", "per:Ivan Sergeevich Petrov"),
        document("c", "per:Ivan Petrov"),
    ]
    linking = link_corpus(documents)
    assert len(set(linking.entity_of.values())) == 3
    assert len([pair for pair in linking.review if "Ivan Petrov" in (pair.a.text, pair.b.text)]) == 2


def test_what_is_likely_is_asked_and_not_joined() -> None:
    linking = link_corpus([document("a", "per:Ruslan Dzhemalovich Khuzbezhty", "per:Ruslan Khubezov")])
    assert not together(linking, ("a", 0), ("a", 1))
    assert [(pair.a.text, pair.b.text) for pair in linking.review] == [("Ruslan Dzhemalovich Khuzbezhty", "Ruslan Khubezov")]


def test_the_label_is_settled_by_all_mentions() -> None:
    linking = link_corpus([document("d", "party:Nykhas", "per:Nykhas", "party:Nykhas", "org:Nykhas")])
    assert {linking.label_of["d", index] for index in range(4)} == {"PARTY"}


def test_a_label_that_one_document_alone_gives_is_a_slip() -> None:
    corpus = [document(name, "party:Nykhas", "party:Nykhas", "party:Nykhas") for name in "abc"] + [document("d", "per:Nykhas")]
    linking = link_corpus(corpus)
    assert linking.label_of["d", 0] == "PARTY"
    assert together(linking, ("a", 0), ("d", 0))


def test_a_namesake_with_a_fuller_name_keeps_its_label() -> None:
    linking = link_corpus([document("d", "per:George Washington", "per:Washington", "gpe:Washington", "gpe:Washington")])
    assert together(linking, ("d", 0), ("d", 1))
    assert linking.label_of["d", 2] == "GPE"


def test_what_is_in_the_text_in_words_joins() -> None:
    corpus = [
        document("d", "party:Voice of the People", "party:GLAS", "party:GLAS", brackets=((0, 1),)),
        document("e", "party:GLAS"),
    ]
    assert together(link_corpus(corpus), ("d", 0), ("d", 2), ("e", 0))


def test_the_name_is_shown_with_the_dashes_of_the_text_and_plain_blanks() -> None:
    linking = link_corpus([document("d", "party:GERB–SDS", "org:Caucasian\u00a0Knot", "party:“Nykhas”")])
    assert [entity(linking, "d", index).name for index in range(3)] == ["GERB–SDS", "Caucasian Knot", "Nykhas"]


PARTS = [
    ("per:Alan Sergeevich Tadtaev", "Alan", "Sergeevich", "Tadtaev"),
    ("per:Tadtaev Alan Sergeevich", "Alan", "Sergeevich", "Tadtaev"),
    ("per:Putin, Vladimir", "Vladimir", None, "Putin"),
    ("per:Orbán Viktor", "Viktor", None, "Orbán"),
    ("per:Xi Jinping", "Jinping", None, "Xi"),
    ("per:Alexander Lukashevich", "Alexander", None, "Lukashevich"),
    ("per:Ursula von der Leyen", "Ursula", None, "von der Leyen"),
    ("per:Kim Jong Un", "Jong-Un", None, "Kim"),
    ("per:Nguyễn Phú Trọng", "Phú-Trọng", None, "Nguyễn"),
    ("per:Kim Kielsen", "Kim", None, "Kielsen"),
    ("per:Goodluck Jonathan", "Goodluck", None, "Jonathan"),
    ("per:José Ortega y Gasset", "José", None, "Ortega y Gasset"),
    ("per:Carles Puigdemont i Casamajó", "Carles", None, "Puigdemont i Casamajó"),
    ("per:Mohammed bin Salman", "Mohammed", None, "bin Salman"),
    ("per:Elizabeth II", None, None, None),
    ("per:Bibilov", None, None, None),
]


@pytest.mark.parametrize(("name", "given", "patronymic", "family"), PARTS)
def test_parts_of_a_persons_name(name: str, given: str | None, patronymic: str | None, family: str | None) -> None:
    found = link_corpus([document("d", name)]).entities[0]
    assert (found.given, found.patronymic, found.family) == (given, patronymic, family)


def test_every_variant_says_why_it_belongs_and_the_name_stands_first() -> None:
    names = [
        "per:Alan Gagloev",
        "per:Gagloyev",
        "org:Central Election Commission",
        "org:CEC",
        "norp:Ossetians",
        "event:2019 election",
    ]
    linking = link_corpus([document("d", *names, "event:2024 Georgian parliamentary election")])
    for each in linking.entities:
        assert all(variant.reason and 0 < variant.score <= 1 for variant in each.variants)
        assert sum(variant.count for variant in each.variants) == each.mentions
    assert entity(linking, "d", 1).variants[0].text == "Alan Gagloev"
    assert {variant.link for variant in entity(linking, "d", 3).variants} == {"same", "acronym"}


def test_ids_stay_when_documents_are_added() -> None:
    first = document("a", "per:Alan Gagloev", "party:Nykhas", "per:Bibilov", "org:Central Election Commission")
    alone = link_corpus([first])
    more = link_corpus(
        [
            first,
            document("b", "per:Alan Gagloyev", "party:Nykhas", "per:Bibilov", "gpe:Georgia", "org:Central Election Commission"),
        ]
    )
    assert all(more.entity_of[place] == found for place, found in alone.entity_of.items())


@pytest.mark.parametrize(("places", "one"), [(["gpe:Kenya"], True), (["gpe:Kenya"] * 3, True), (["gpe:Ghana"], False)])
def test_an_acronym_means_what_a_document_that_names_the_same_country_explains(places: list[str], one: bool) -> None:
    explained = document("a", "gpe:Kenya", "party:Orange Democratic Movement", "party:ODM", brackets=((1, 2),))
    linking = link_corpus([explained, document("b", *places, "party:ODM")])
    assert together(linking, ("a", 1), ("b", len(places))) is one


def test_a_place_is_not_called_by_a_spelling_with_one_word_in_capitals() -> None:
    linking = link_corpus([document("a", "gpe:SÃO Paulo", "gpe:SÃO Paulo", "gpe:São Paulo")])
    assert entity(linking, "a", 0).name == "São Paulo"


class _Many:
    """So many documents with the same names, made whenever they are asked for."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __iter__(self) -> Iterator[MappedNames]:
        names = ["per:Alan Gagloev", "per:Gagloev", "party:Nykhas", "gpe:Georgia", "org:Caucasian Knot"] * 4
        return (MappedNames.of(document(f"{number:05}", *names)) for number in range(self._count))


def test_memory_grows_with_the_names_not_with_the_documents():
    peaks = []
    for count in (50, 100, 400):
        tracemalloc.start()
        link_documents(_Many(count))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 300_000  # twice what is at hand before there is a file

"""Questions out of output lines, answers in bulk, entities in words, names out of documents."""

from __future__ import annotations

from typing import Any

import pytest

from extract.errors import RecordError
from extract.recognise.mention import Mention
from extract.resolve.entities import (
    Aliases,
    describe_entity,
    document_names,
    find_entities,
    link_corpus,
    open_questions,
    read_answers,
    sightings,
)
from extract.resolve.entities.aliases import pair_of
from extract.sources import read_string


def _record(document: str, sentence: str) -> dict[str, Any]:
    return {"source": {"document": document, "line": 3, "sentence": {"text": sentence}}}


RECORDS = {"r_1": _record("a.txt", "Bibilov lost."), "r_2": _record("b.txt", "Anatoly Bibilov won.")}
REVIEW = [
    {
        "key": "p_1",
        "label": "PERSON",
        "a": {"text": "Anatoly Bibilov", "entity": "e_2", "record": "r_2"},
        "b": {"text": "Bibilov", "entity": "e_1", "record": "r_1"},
        "score": 0.6,
        "reasons": ["a surname"],
    }
]


def test_a_question_shows_both_sentences() -> None:
    question = next(open_questions(REVIEW, RECORDS, Aliases()))
    assert [side.sentence for side in question.sides] == ["Anatoly Bibilov won.", "Bibilov lost."]


def test_what_is_answered_is_not_asked() -> None:
    answered = Aliases(different=frozenset({pair_of("bibilov", "Anatoly Bibilov")}))
    assert list(open_questions(REVIEW, RECORDS, answered)) == []


def test_a_bare_name_is_settled_for_its_own_document() -> None:
    question = next(open_questions(REVIEW, RECORDS, Aliases()))
    assert question.answer("same") == {
        "a": "Anatoly Bibilov",
        "b": "Bibilov",
        "label": "PERSON",
        "answer": "same",
        "documents": ["a.txt"],
    }
    assert question.answer("different")["answer"] == "different"
    with pytest.raises(RecordError):
        question.answer("perhaps")


def test_answers_in_bulk() -> None:
    questions = list(open_questions(REVIEW, RECORDS, Aliases()))
    by_names = {"a": "Kyiv", "b": "Kiev", "label": "GPE", "answer": "same"}
    assert read_answers([(1, {"key": "p_1", "answer": "different"}), (2, by_names)], questions) == [
        questions[0].answer("different"),
        by_names,
    ]
    with pytest.raises(RecordError, match="line 3 of the answers: no open pair"):
        read_answers([(3, {"key": "p_9", "answer": "same"})], questions)
    with pytest.raises(RecordError, match="line 1 of the answers: 'maybe'"):
        read_answers([(1, {"key": "p_1", "answer": "maybe"})], questions)


ENTITIES = [
    {
        "id": "e_1",
        "label": "PARTY",
        "name": "Nykhas",
        "mentions": 3,
        "documents": 1,
        "variants": [
            {"text": "Nykhas", "count": 2, "link": "same", "reason": "the name itself", "score": 1.0, "first": "r_1"},
            {"text": "Nykhaz", "count": 1, "link": "spelling", "reason": "z~s in 6 letters", "score": 0.9, "first": "r_2"},
        ],
    },
    {"id": "e_2", "label": "GPE", "name": "Georgia", "mentions": 9, "documents": 2, "variants": []},
]


@pytest.mark.parametrize(
    ("name", "ids"), [("nykhaz", ["e_1"]), ("Нихас", ["e_1"]), ("georg", ["e_2"]), ("x", []), (None, ["e_2", "e_1"])]
)
def test_an_entity_is_found_by_any_spelling(name: str | None, ids: list[str]) -> None:
    assert [entity["id"] for entity in find_entities(ENTITIES, name)] == ids


def test_an_entity_in_words() -> None:
    name = {"text": "Nykhaz", "value": {"entity": "e_1"}}
    seen = sightings({**name, "source": {"document": document, "line": line}} for document, line in [("b.txt", 3), ("a.txt", 9)])
    assert list(describe_entity(ENTITIES[0], seen)) == [
        "Nykhas (PARTY, e_1): 3 mentions in 1 document",
        "  Nykhas x2: same, the name itself (1.00)",
        "  Nykhaz x1: spelling, z~s in 6 letters (0.90)",
        "    a.txt, line 9",
        "    b.txt, line 3",
    ]


def _names(text: str, *found: tuple[str, str], format: str = "text") -> Any:
    document = read_string(text, name="x", format=format)
    mentions, position = [], 0
    for label, words in found:
        start = document.text.index(words, position)
        position = start + len(words)
        mentions.append(Mention(label, start, position, words, "names", "test"))
    return document_names(document, mentions)


BRACKETS = [
    ("The National Unity Party (UBP) won.", True),
    ('The National Unity Party ("UBP") won.', True),
    ("The National Unity Party (in short: UBP) won.", True),
    ("The National Unity Party (Turkish: UBP, founded later) won.", True),
    ("The National Unity Party and UBP won.", False),
    ("The National Unity Party (which beat UBP) won.", False),
    ("The National Unity Party (UBP and others) won.", False),
]


@pytest.mark.parametrize(("text", "defined"), BRACKETS)
def test_brackets_between_names(text: str, defined: bool) -> None:
    names = _names(text, ("PARTY", "National Unity Party"), ("PARTY", "UBP"))
    assert names.definitions == (((0, 1),) if defined else ())


EQUATIONS = [
    ('The Broad Front ("Frente Amplio") won.', "Broad Front", "Frente Amplio", True),
    ("The Broad Front (formerly Frente Amplio) won.", "Broad Front", "Frente Amplio", True),
    ("The Broad Front, now Frente Amplio, won.", "Broad Front", "Frente Amplio", True),
    ("FA = Broad Front", "FA", "Broad Front", True),
    ('The "Reds", as newspapers called the Broad Front, won.', "Reds", "Broad Front", True),
    ("The Broad Front (Frente Amplio, FA) won.", "Broad Front", "Frente Amplio", False),
    ("The Broad Front (FA, or Frente Amplio) won.", "FA", "Frente Amplio", True),
    ("The Broad Front (Frente Amplio) won.", "Broad Front", "Frente Amplio", False),
    ("The Broad Front, Frente Amplio and others", "Broad Front", "Frente Amplio", None),
    ("The Broad Front or Frente Amplio will win.", "Broad Front", "Frente Amplio", None),
]


@pytest.mark.parametrize(("text", "first", "second", "sure"), EQUATIONS)
def test_what_a_text_says_of_two_names(text: str, first: str, second: str, sure: bool | None) -> None:
    names = _names(text, ("PARTY", first), ("PARTY", second))
    assert names.definitions == (() if sure is None else ((0, 1),))
    assert (names.equations == {(0, 1)}) == bool(sure)


def test_a_namesake_who_is_told_apart_is_not_meant_by_the_surname() -> None:
    text = "Kim Kielsen came. (Not to be confused with Hans Kielsen.) Then Kielsen spoke."
    names = _names(text, ("PERSON", "Kim Kielsen"), ("PERSON", "Hans Kielsen"), ("PERSON", "Kielsen"))
    assert [mention.aside for mention in names.mentions] == [False, True, False]
    linking = link_corpus([names])
    assert linking.entity_of["x", 2] == linking.entity_of["x", 0]


def test_the_title_before_a_person_and_other_mentions_are_told_apart() -> None:
    names = _names("In 2024 Mrs Besayeva met President Gagloev.", ("DATE", "2024"), ("PERSON", "Besayeva"), ("PERSON", "Gagloev"))
    assert [(mention.index, mention.title) for mention in names.mentions] == [(1, "Mrs"), (2, "President")]


def test_where_a_link_leads() -> None:
    names = _names("Vote for [[Hashim Thaçi (politician)|Thaci]] now.", ("PERSON", "Thaci"), format="wikitext")
    assert names.mentions[0].target == "Hashim Thaçi"


LINKED = [
    ("PARTY", "[[Reform and Labour Party|RLP]]", "RLP", "Reform and Labour Party"),
    ("PARTY", "[[United Harbour League (N)|UHL-N]]", "UHL-N", "United Harbour League (N)"),
    ("PARTY", "[[United Harbour League (Malta)|UHL]]", "UHL", "United Harbour League"),
    ("PARTY", "[[Progressive Harbour Party of Malta|Progressive Harbour]]", "Progressive Harbour", "Progressive Harbour"),
    ("PARTY", "[[Government of Malta|RLP]]", "RLP", "RLP"),
    ("PERSON", "[[Joseph Borg|J. Borg]]", "J. Borg", "Joseph Borg"),
    ("PERSON", "[[Minister of Finance|J. Borg]]", "J. Borg", "J. Borg"),
]


@pytest.mark.parametrize(("label", "link", "text", "shown"), LINKED)
def test_the_page_of_a_link_names_what_the_text_calls_by_a_short_form_only(label: str, link: str, text: str, shown: str) -> None:
    linking = link_corpus([_names(f"They chose {link} then.", (label, text), format="wikitext")])
    assert linking.entities[0].name == shown
    assert [variant.text for variant in linking.entities[0].variants] == [text]


BEGINNINGS = [
    ("Parliamentary elections were held in Malta on 3 June.", ("GPE", "Malta"), "2019 Maltese parliamentary election"),
    ("Local elections took place in Malta in June.", ("GPE", "Malta"), "2019 Maltese local elections"),
    ("AN ELECTION TO LEEDS CITY COUNCIL was held.", ("ORG", "LEEDS CITY COUNCIL"), "2019 Leeds City Council election"),
    ("Elections were held in Malta.", ("GPE", "Malta"), "2019 election"),
    ("Parliamentary elections to the Duma are rare.", ("ORG", "Duma"), "2019 election"),
]


@pytest.mark.parametrize(("text", "name", "shown"), BEGINNINGS)
def test_elections_that_a_document_begins_with_complete_its_short_names(text: str, name: tuple[str, str], shown: str) -> None:
    names = _names(f"{text} The 2019 election was close.", name, ("EVENT", "2019 election"))
    linking = link_corpus([names])
    assert next(each.name for each in linking.entities if each.label == "EVENT") == shown

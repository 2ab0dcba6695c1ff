"""The alias file: it beats every rule, tells its mistakes with their lines, and takes answers without losing its comments."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from extract.errors import RuleError
from extract.resolve.entities import Aliases, AliasWarning, append_answers, link_corpus, load_aliases, undo_answers
from extract.rules import packaged_folder
from resolve.entities.corpora import document, entity, together


def _load(folder: Path, text: str) -> Aliases:
    path = folder / "aliases.yml"
    path.write_text(text, encoding="utf-8")
    return load_aliases(path)


def test_the_packaged_file_loads_and_is_empty() -> None:
    assert load_aliases(packaged_folder() / "aliases.yml") == Aliases()


SAME = """version: 1
entities:
  - canonical: Ruslan Khubezov
    label: PERSON
    aliases: [Ruslan Dzhemalovich Khuzbezhty]
  - canonical: Anatoly Bibilov
    label: PERSON
    aliases: [Bibilov]
    documents: ["b*"]
different:
  - [Alan Pliev, Alan Gennadievich Pliev]
given_names:
  - [tamik, tamerlan]
"""


def test_it_beats_the_rules(tmp_path: Path) -> None:
    aliases = _load(tmp_path, SAME)
    corpus = [
        document(
            "a", "per:Ruslan Dzhemalovich Khuzbezhty", "per:Anatoly Bibilov", "per:Alan Pliev", "per:Alan Gennadievich Pliev"
        ),
        document("b", "per:Ruslan Khubezov", "per:Bibilov", "per:Tamik Gabaraev", "per:Tamerlan Gabaraev"),
        document("c", "per:Bibilov"),
    ]
    linking = link_corpus(corpus, aliases)
    assert together(linking, ("a", 0), ("b", 0))
    assert entity(linking, "a", 0).name == "Ruslan Khubezov"
    assert {variant.link for variant in entity(linking, "a", 0).variants} == {"same", "alias"}
    assert entity(linking, "b", 1).name == "Anatoly Bibilov"
    assert together(linking, ("b", 1), ("a", 1))
    assert not together(linking, ("b", 1), ("c", 0))
    assert not together(linking, ("a", 2), ("a", 3))
    assert together(linking, ("b", 2), ("b", 3))


def test_spellings_that_the_file_does_not_list_meet_its_entities_too(tmp_path: Path) -> None:
    text = "version: 1\nentities:\n  - {canonical: Ruslan Khubezov, label: PERSON, aliases: [Ruslan Khuzbezhty]}\n"
    corpus = [document("a", "per:Ruslan Khuzbezhty"), document("b", "per:Ruslan Khubezof"), document("c", "per:Ruslan Khubezov")]
    linking = link_corpus(corpus, _load(tmp_path, text))
    assert together(linking, ("a", 0), ("b", 0), ("c", 0))
    assert entity(linking, "b", 0).name == "Ruslan Khubezov"


def test_a_scope_holds_in_its_documents_only(tmp_path: Path) -> None:
    entry = 'canonical: Ivan Petrov senior, label: PERSON, aliases: [Ivan Petrov], documents: ["a*"]'
    corpus = [document("a", "per:Ivan Petrov"), document("b", "per:Ivan Petrov")]
    linking = link_corpus(corpus, _load(tmp_path, f"version: 1\nentities:\n  - {{{entry}}}\n"))
    assert [entity(linking, name, 0).name for name in "ab"] == ["Ivan Petrov senior", "Ivan Petrov"]


def test_a_pair_that_is_answered_never_comes_back(tmp_path: Path) -> None:
    corpus = [document("a", "per:Ruslan Dzhemalovich Khuzbezhty", "per:Ruslan Khubezov")]
    assert len(link_corpus(corpus).review) == 1
    for answer in ("same", "different", "undecided"):
        path = tmp_path / f"{answer}.yml"
        pair = {"a": "Ruslan Dzhemalovich Khuzbezhty", "b": "Ruslan Khubezov", "label": "PERSON", "answer": answer}
        assert append_answers(path, [pair]) == 1
        assert append_answers(path, [pair]) == 0
        assert link_corpus(corpus, load_aliases(path)).review == ()


ONE = "version: 1\nentities:\n  - {canonical: A B, label: ORG, aliases: [C D, E]}\n"
WRONG = [
    ("version: 2\n", 1, "version: Input should be 1"),
    ("version: 1\nentitys: []\n", 2, "entitys: this key is not known"),
    ("version: 1\nentities:\n  - {canonical: A B, label: HUMAN}\n", 3, "'HUMAN' is no label"),
    ("version: 1\nentities:\n  - {canonical: A B, label: PERSON, scope: x}\n", 3, "scope: this key is not known"),
    ("version: 1\nentities:\n  - {label: PERSON}\n", 3, "canonical: Field required"),
    (f"{ONE}  - {{canonical: E F, label: PARTY, aliases: [c d]}}\n", 4, "'c d' is 'E F' here and 'A B' in line 3"),
    (f"{ONE}  - {{canonical: C D, label: ORG, aliases: [A B]}}\n", 4, "a cycle"),
    (f"{ONE}different:\n  - [X, Y]\n  - [E, C D]\n", 6, "one entity in line 3"),
    ("version: 1\ndifferent:\n  - [A]\n", 3, "at least 2 items"),
    ("version: 1\ndifferent:\n  - [A b, a B]\n", 3, "are one name"),
    ("version: 1\nentities: [\n", 3, "no YAML"),
    ("- 1\n", 1, "is a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), WRONG, ids=[case[2] for case in WRONG])
def test_a_mistake_is_told_with_its_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        _load(tmp_path, text)
    assert caught.value.line == line
    assert message in caught.value.message


def test_a_bare_surname_for_all_documents_is_warned_of(tmp_path: Path) -> None:
    with pytest.warns(AliasWarning, match="'Bibilov' alone"):
        _load(tmp_path, "version: 1\nentities:\n  - {canonical: Anatoly Bibilov, label: PERSON, aliases: [Bibilov]}\n")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _load(tmp_path, 'version: 1\nentities:\n  - {canonical: A B, label: PERSON, aliases: [B], documents: ["x*"]}\n')


def test_answers_are_added_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yml"
    path.write_text(
        "# ours\nversion: 1\nentities:\n  - canonical: Kyiv  # not Kiev\n    label: GPE\n    aliases: [Kiev]\n", encoding="utf-8"
    )
    answers = [
        {"a": "Kyiv", "b": "Kyjiw", "label": "GPE", "answer": "same"},
        {"a": "Ivan Petrov", "b": "Ivan Petkov", "label": "PERSON", "answer": "different"},
        {
            "a": "Petrov",
            "b": "Ivan Petrov",
            "label": "PERSON",
            "answer": "same",
            "canonical": "Ivan Petrov",
            "documents": ["a.txt"],
        },
    ]
    assert append_answers(path, answers) == 3
    text = path.read_text(encoding="utf-8")
    assert "# ours" in text and "# not Kiev" in text
    aliases = load_aliases(path)
    assert aliases.entities[0].names == ("Kyiv", "Kiev", "Kyjiw")
    assert aliases.are_different("ivan petkov", "Ivan Petrov")
    assert aliases.entities[1].documents == ("a.txt",)


def test_the_last_answer_holds_and_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yml"
    pair = {"a": "Alan Pliev", "b": "Alan Gennadievich Pliev", "label": "PERSON"}
    corpus = [document("a", "per:Alan Pliev"), document("b", "per:Alan Gennadievich Pliev"), document("c", "per:Alan Pliev")]
    append_answers(path, [{**pair, "answer": "different"}], by="me", at="2026-11-29")
    assert len(link_corpus(corpus, load_aliases(path)).entities) == 2
    append_answers(path, [{**pair, "answer": "same"}])
    assert len(link_corpus(corpus, load_aliases(path)).entities) == 1
    append_answers(path, [{**pair, "answer": "different"}])
    assert len(link_corpus(corpus, load_aliases(path)).entities) == 2
    assert undo_answers(path)[0]["answer"] == "different"
    (entity,) = link_corpus(corpus, load_aliases(path)).entities
    assert entity.name == "Alan Pliev"


def test_an_answer_that_is_none_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "aliases.yml"
    path.write_text(SAME, encoding="utf-8")
    with pytest.raises(RuleError, match="no label"):
        append_answers(path, [{"a": "Alan Pliev", "b": "Alan Gennadievich Pliev", "label": "HUMAN", "answer": "same"}])
    assert path.read_text(encoding="utf-8") == SAME
    assert list(tmp_path.iterdir()) == [path]

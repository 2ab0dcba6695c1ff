"""Reading corpora: span discipline, the format of a line, and what is held out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.training.corpus import HELD_OUT, LABELS, Annotated, paragraphs, part_of, read_corpus, trim_span


@pytest.mark.parametrize(
    ("name", "label", "wanted"),
    [
        ("the Labour Party", "PARTY", "Labour Party"),
        ("The Hague", "GPE", "Hague"),
        ("An Alliance for All", "PARTY", "Alliance for All"),
        ("The Trial", "WORK", "The Trial"),
        ("Thea Garrett", "PERSON", "Thea Garrett"),
        ("President Mary Robinson", "PERSON", "Mary Robinson"),
        ("the Deputy Prime Minister Eamon Gilmore", "PERSON", "Eamon Gilmore"),
        ("Mr. Haughey", "PERSON", "Haughey"),
        ("Mr Haughey", "PERSON", "Haughey"),
        ("Dr Noël Browne", "PERSON", "Noël Browne"),
        ("General Electric", "ORG", "General Electric"),
        ("Nepal's", "GPE", "Nepal"),
        ("Nepal’s", "GPE", "Nepal"),
        ("the Dáil's", "ORG", "Dáil"),
        ("“Free Citizens”", "PARTY", "Free Citizens"),
        ('"Free Citizens",', "PARTY", "Free Citizens"),
        ("District of Columbia", "GPE", "District of Columbia"),
        ("Republic of Cyprus", "GPE", "Republic of Cyprus"),
    ],
)
def test_a_span_is_the_name_alone(name: str, label: str, wanted: str) -> None:
    text = f"So {name} it was."
    start, end, kept = trim_span(text, 3, 3 + len(name), label)
    assert (text[start:end], kept) == (wanted, label)


@given(text=st.text(alphabet="the TheMr.'s’“” \"aAB,", max_size=30), label=st.sampled_from(LABELS))
def test_trimming_stays_inside_and_trims_once_for_all(text: str, label: str) -> None:
    start, end, _ = once = trim_span(text, 0, len(text), label)
    assert 0 <= start <= end <= len(text)
    assert trim_span(text, *once) == once


def test_a_corpus_file_is_read_with_its_unsure_stretches(tmp_path: Path) -> None:
    path = tmp_path / "some.train.jsonl.gz"
    _write(
        path, {"text": "The Senate met Mr. Kane.", "ents": [[0, 10, "ORG", "org"], [15, 23, "PERSON", "per"]], "miss": [[11, 14]]}
    )
    assert list(read_corpus(path)) == [
        Annotated("The Senate met Mr. Kane.", ((4, 10, "ORG"), (19, 23, "PERSON")), ((11, 14),)),
    ]


def test_text_with_marks_is_a_corpus_of_documents_and_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("[PERSON Ann Poe] spoke.\n\nAt [ORG Congress (I)] too [1].\n### next\nNobody.\n", encoding="utf-8")
    first, second = read_corpus(path)
    assert first == Annotated("Ann Poe spoke.\n\nAt Congress (I) too [1].", ((0, 7, "PERSON"), (19, 31, "ORG")))
    assert second == Annotated("Nobody.", ())
    assert list(paragraphs(first)) == [
        Annotated("Ann Poe spoke.", ((0, 7, "PERSON"),)),
        Annotated("At Congress (I) too [1].", ((3, 15, "ORG"),)),
    ]


def test_other_peoples_texts_are_looked_up_where_they_stand(tmp_path: Path) -> None:
    _write(tmp_path / "some.train.jsonl.gz", {"text": "Nobody."}, {"text": "Ann Poe spoke."})
    (tmp_path / "Poe.md").write_text("# Poe\n\nSo **Ann** [Poe](x.md) of Varna.\n\nMore.\n", encoding="utf-8")
    rows = (
        {"document": "a", "source": {"file": "some.train.jsonl.gz", "line": 2}, "names": [[0, 7, "PERSON"]]},
        {"document": "a", "source": {"file": "Poe.md", "start": 7, "end": 39}, "names": [[12, 22, "PERSON"], [33, 38, "GPE"]]},
        {"document": "b", "source": {"file": "some.train.jsonl.gz", "line": 1}, "names": []},
    )
    path = tmp_path / "elsewhere.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert list(read_corpus(path, [tmp_path])) == [
        Annotated("Ann Poe spoke.\n\nSo Ann Poe of Varna.", ((0, 7, "PERSON"), (19, 26, "PERSON"), (30, 35, "GPE"))),
        Annotated("Nobody.", ()),
    ]
    with pytest.raises(FileNotFoundError, match=r"some\.train"):
        list(read_corpus(path, [tmp_path / "elsewhere"]))


def test_a_span_of_which_nothing_is_left_is_no_name(tmp_path: Path) -> None:
    path = tmp_path / "some.train.jsonl.gz"
    _write(path, {"text": 'a "" b', "ents": [[2, 4, "ORG", "org"]]})
    assert [item.spans for item in read_corpus(path)] == [()]


def test_what_is_measured_on_is_not_trained_on(tmp_path: Path) -> None:
    name, every = next(iter(HELD_OUT.items()))
    _write(tmp_path / f"{name}.jsonl.gz", *({"text": f"Text {number}.", "ents": []} for number in range(3 * every)))
    trained = {item.text for item in part_of([tmp_path], name, held_out=False)}
    measured = {item.text for item in part_of([tmp_path], name, held_out=True)}
    assert len(measured) == 3
    assert not trained & measured
    assert len(trained | measured) == 3 * every


def _write(path: Path, *lines: dict[str, object]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in lines)

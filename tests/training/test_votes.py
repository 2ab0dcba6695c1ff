"""Learning what the signs of names weigh: what is right for a candidate, and pages out of texts."""

from extract.recognise.names.policy import ANSWERS
from extract.sources import read_string
from extract.training.corpus import Annotated
from extract.training.votes import PARTS, Part, Text, _pages, sentence_texts


def answers(text: Text, start: int, end: int) -> set[str]:
    return {ANSWERS[index] for index in text.right(start, end) or ()}


def test_a_name_is_right_with_its_label_and_any_other_stretch_is_none() -> None:
    text = Text(read_string("Ana Kos won.", format="text"), {(0, 7): "PERSON"})
    assert answers(text, 0, 7) == {"PERSON"}
    assert answers(text, 0, 3) == {"NONE"}


def test_a_coarse_corpus_leaves_open_what_it_does_not_tell() -> None:
    part = Part("some", coarse=True, without=("NORP",))
    about = Text(read_string("The Zora party won in Kora.", format="text"), {(4, 8): "ORG", (22, 26): "GPE"}, part=part)
    assert answers(about, 4, 8) == {"ORG", "PARTY"}
    assert answers(about, 22, 26) == {"GPE", "LOC", "FAC"}
    assert answers(about, 0, 3) == {"NONE", "NORP"}
    assert answers(Text(read_string("Zora sells milk.", format="text"), {(0, 4): "ORG"}, part=part), 0, 4) == {"ORG"}


def test_the_habits_of_a_corpus_are_kept_apart_and_those_of_posts_are_learned() -> None:
    document = read_string("omg Zora!", format="text")
    assert Text(document, {}, part=Part("news", coarse=True)).habit("ORG") == ("corpus news", "corpus news ORG")
    assert Text(document, {}, part=Part("tweets", coarse=True, posts=True)).habit("ORG") == ()


def test_what_is_unsure_teaches_nothing() -> None:
    assert Text(read_string("Ana Kos won.", format="text"), {}, unsure=[(0, 3)]).right(0, 7) is None


def test_a_page_keeps_names_at_their_places() -> None:
    (page,) = _pages([Annotated("Ana won.", ((0, 3, "PERSON"),)), Annotated("In Rome.", ((3, 7, "GPE"),))])
    assert [page.text[start:end] for start, end, _ in page.spans] == ["Ana", "Rome"]


def test_no_text_is_both_learned_from_and_measured_with() -> None:
    learned = {text.document.text for text in sentence_texts()}
    assert learned.isdisjoint(text.document.text for text in sentence_texts(measured=True))
    assert all(part.name != "crossner_ai.dev" for part in PARTS)

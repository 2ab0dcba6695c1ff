"""Docs of our factories go to bytes, into a DocBin and to other processes, and lose nothing; spans say what they mean."""

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

from extract.components import make_pipeline
from extract.extensions import DISPLACY
from extract.recognise.mention import lost_candidates, read_mentions
from extract.sources import read_string
from extract.text.document import document_of, make_doc

TEXT = (
    "# The 2024 Freedonian election 🗳️\n\n| Party | Seats |\n| --- | --- |\n| Green Party | 6 |\n\n"
    "The Green Party won about 6 seats with 31.5% of the vote on 9 June 2024; five days later Labour, which had 9 seats, left.\n"
)
PLAIN = "The Green Party won 6 seats with 31.5% of the vote on 9 June 2024. They met on Monday."


@pytest.fixture(scope="module")
def nlp():
    return make_pipeline(None, "none")


@pytest.fixture(scope="module")
def doc(nlp):
    found = make_doc(nlp, read_string(TEXT, format="markdown"))
    for _, component in nlp.pipeline:
        found = component(found)
    return found


def from_bytes(doc):
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def from_docbin(doc):
    data = DocBin(docs=[doc], store_user_data=True).to_bytes()
    return next(iter(DocBin().from_bytes(data).get_docs(doc.vocab)))


def said(doc):
    spans = [span for key in ("names", "dates", "percentages", "seats") for span in doc.spans[key]]
    return [(span.text, span._.date, span._.percent, span._.seats, span._.entity) for span in spans]


@pytest.mark.parametrize("travel", [from_bytes, from_docbin])
@pytest.mark.parametrize("asked_before", [False, True])
def test_nothing_is_lost_on_the_way(travel, asked_before, doc):
    if asked_before:
        said(doc)
    there = travel(doc)
    assert read_mentions(there) == read_mentions(doc)
    assert document_of(there) == document_of(doc)
    assert lost_candidates(there) == lost_candidates(doc)
    assert said(there) == said(doc)


def test_several_processes_give_what_one_gives(nlp):
    texts = [PLAIN, PLAIN.replace("6", "7"), ""]
    one, two = list(nlp.pipe(texts)), list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [said(doc) for doc in one] == [said(doc) for doc in two]


def test_spans_say_what_records_say(nlp):
    doc = nlp(PLAIN)
    doc._.published = "2024-06-12"
    (seats,), (percent,) = doc.spans["seats"], doc.spans["percentages"]
    party = next(span for span in doc.spans["names"] if span.label_ == "PARTY")
    assert (seats._.seats.seats, seats._.seats.role, [owner.name for owner in seats._.seats.party]) == (6, "won", ["Green Party"])
    assert (float(percent._.percent.percent), percent._.percent.measure) == (31.5, "vote_share")
    assert party._.entity.name == "Green Party"
    assert seats._.seats.party[0].entity == party._.entity.entity
    assert [span._.date.edtf for span in doc.spans["dates"]] == ["2024-06-09", "2024-06-10"]
    assert seats._.date is seats._.percent is seats._.entity is doc[0:2]._.seats is None


def test_bytes_of_others_stay_as_they_are():
    doc = spacy.blank("en")("One two.")
    doc.user_data["mine"] = {"extract.class": "os.system", "of": ["true"]}
    assert from_bytes(doc).user_data["mine"] == {"extract.class": "os.system", "of": ["true"]}


def test_displacy_knows_our_labels(nlp):
    html = displacy.render(nlp(PLAIN), style="span", options={**DISPLACY, "spans_key": "seats"}, jupyter=False)
    assert DISPLACY["colors"]["SEATS"] in html

"""Minutes of a house: who is called on and what is put to the vote is no name, those present are persons."""

import pytest

HEAD = "COUNCIL OF SELBY\nMinutes of the sitting of 14 March 2019\n\nSPEAKER: I call the Hon. Member for the north. Order!\n"
LINES = {
    "HON. MEMBER: Thank you, Mr Speaker.": [],
    "FLOOR: Hear, hear!": [],
    "Motion Agreed to. Bill read a first time.": [],
    "The House divided: Ayes 21, Noes 12.": [],
    "PRESENT: WALKER, Clancy (Green Party); OAK-ELM, Ann": [
        ("PERSON", "WALKER, Clancy"),
        ("PARTY", "Green Party"),
        ("PERSON", "OAK-ELM, Ann"),
    ],
    "I thank the Hon. Semi Tavola.": [("PERSON", "Semi Tavola")],
}


@pytest.mark.parametrize("line", LINES)
def test_names_in_minutes(pipeline, line):
    records = pipeline.extract_text(f"{HEAD}HON. MEMBER: I do.\n\n{line}\n")
    start = len(HEAD) + len("HON. MEMBER: I do.\n\n")
    found = [(record.label, record.text) for record in records if record.source.start >= start and record.label != "DATE"]
    assert found == LINES[line]


def test_elsewhere_such_words_may_be_names(pipeline):
    records = pipeline.extract_text("Bill Floor won the vote in Selby, and Ann Speaker came second.")
    assert ("PERSON", "Bill Floor") in [(record.label, record.text) for record in records]


def test_the_day_at_the_heads_of_pages_is_that_of_the_document(pipeline):
    page = (
        "The house was told that the budget would be read tomorrow, and that nothing more could be said.\n\n3 December 1997\n\n"
    )
    text = f"Suspension of orders\n\n{page}{page}The members met again.\n"
    values = [record.value.edtf for record in pipeline.extract_text(text) if record.text == "tomorrow"]
    assert values == ["1997-12-04", "1997-12-04"]

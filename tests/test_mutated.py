"""Documents with letters lost, doubled and swapped, and pieces of others in them: nothing stumbles, and all is proved."""

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from extract.errors import SourceError
from extract.outputs.check import Prover
from extract.pipeline import Pipeline
from extract.sources import read_string
from strategies import MARKUP, ODD_CHARACTERS, WORDS, hostile_text

# The format and the text of documents that are read well.
DOCUMENTS = (
    (
        "text",
        "PORT VILA, 3 May 2018 (TP) -- The Green Alliance of Anna Berg won 12 of the 40 seats with 8.4 per cent of the vote.\n\n"
        "Mr Berg's party (GA) had lost two seats in 2014, from 20.97 to 18%. On Monday he met the National Commission; two days "
        "later, at 5 p.m., they left. Turnout was 45%, up 3 points since the 1990s.\n",
    ),
    ("text", "Party: Bar Party\nSeats1: 10\nDate: 9 June 2024\n\n| Party | Seats | % |\n|---|---|---|\n| Bar | 5 | 31.75% |\n"),
    (
        "wiki-export",
        "= T 2021 =\n\nInfobox\n- Election date: 14 March 2021\n- Party1: Bar Party\n- Seats1: 10\n- Votes: 5%\n\nText.\n",
    ),
    (
        "wikitext",
        "{{Infobox election|election_name=2021 vote|party1=[[Bar Party|Bar]]|seats1=12|percentage1=31.5%}}\n'''Bar''' won "
        '{{nowrap|12 seats}} on {{start date|2021|3|14}}.<ref>x</ref>\n\n{| class="wikitable"\n'
        '! Party !! Seats !! colspan="2" | %\n'
        "|-\n| [[Bar Party]] || 12 || 31.5 || +2.5\n|}\n* May 13: Oleg Kob resigned.\n",
    ),
    (
        "markdown",
        "---\ntitle: The vote\ndate: 2021-03-14\n---\n# The vote\n\nThe *Bar Party* won **12 seats** last week, [Oleg](x) says.\n"
        "\n\n"
        "| Party | Seats |\n|---|--:|\n| Bar Party | 12 |\n\n1. In June, about 5 per cent\n   - one hundred and twenty seats\n",
    ),
    (
        "html",
        '<title>A vote</title><meta name="date" content="2021-03-14"><h1>The vote</h1><p>The <b>Bar Party</b> won 12&nbsp;seats '
        "&ndash; 31.5% &#8211; on <i>13</i> May.<table><tr><th rowspan=2>Party<th colspan=2>Result<tr><th>Seats<th>%<tr><td>Bar"
        "<td>12<td>31.5</table><ul><li>Anna Berg (Bar), 3,412 votes</ul>",
    ),
)
PIECES = (
    *MARKUP,
    *WORDS,
    *ODD_CHARACTERS,
    "9" * 400,
    "&#" + "9" * 4400 + ";",
    'rowspan="100000"',
    "{{a|" * 20,
    "<b>" * 20,
    "9 June to ",
)


@st.composite
def mutated(draw):
    """The format and the text of a document, changed in up to a dozen places."""
    kind, text = draw(st.sampled_from(DOCUMENTS))
    for _ in range(draw(st.integers(1, 12))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 2, 5, 20, 100))))
        other = draw(st.sampled_from(DOCUMENTS))[1]
        first = draw(st.integers(0, len(other)))
        piece = draw(
            st.one_of(st.sampled_from(PIECES), hostile_text(3), st.just(text[start:end] * 2), st.just(other[first : first + 80]))
        )
        text = text[:start] + piece + text[end:]
    return draw(st.sampled_from((kind, kind, kind, *(kind for kind, _ in DOCUMENTS)))), text


@pytest.fixture(scope="module")
def pipeline():
    return Pipeline(model="none")


@seed(20240609)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(document=mutated())
def test_nothing_stumbles_and_all_is_proved(pipeline, document):
    kind, text = document
    if not text.strip():
        return
    try:
        read = read_string(text, format=kind)
    except SourceError:  # an end tag that was cut leaves nothing to see
        return
    mapped = pipeline.map_document(read)
    assert [failure.error for failure in mapped.head.failures] == []
    prover = Prover(read.plain())
    for record in pipeline.extract_text(text, format=kind):
        assert list(prover.faults(record)) == []

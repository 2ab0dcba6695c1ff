"""HTML as found in the wild: broken nesting, pages arranged by tables, and all that surrounds the text."""

import pytest

from extract.sources import Source, read_source, read_string
from showing import showing, text_of

INLINE = {
    "<P>One<p>Two<UL><LI>Three<LI>Four</UL>": "One|Two|Three|Four",
    "<p>un<wbr>break, soft&shy;hyphen, 52&nbsp;seats, caf&eacute; &bogus; AT&T &#37;</p>": (
        "unbreak, softhyphen, 52 seats, café &bogus; AT&T %"
    ),
    "<p>The <b>Li</b>berty <i>nested <b>x</i> y</b> z.</p>": "The Liberty nested x y z.",
    "<p>One line<br>and the next.<br><br>A new paragraph.": "One line and the next.|A new paragraph.",
    "<p>By Ann Bell<br>Our Paper<br>BONN, 3 May": "By Ann Bell|Our Paper|BONN, 3 May",
    "<p>ND 39.85%,<br>Syriza 20.07%": "ND 39.85%, Syriza 20.07%",
    "<p>Results:<br><b>ND</b> 39.85%<br>Syriza 20.07%": "Results:|ND 39.85%|Syriza 20.07%",
    "<p>A line that was broken when the page was full of words by then and<br>Bell went on.</p>": (
        "A line that was broken when the page was full of words by then and Bell went on."
    ),
    "<div>Loose <span>text</span><div>inner</div>tail</div>": "Loose text|inner|tail",
    "Text</p>more": "Text|more",
    "<p>It won.<sup class='reference'><a href='#x'>[1]</a></sup> It lost.<sup><a href='#fn2'>2</a></sup></p>": "It won. It lost.",
    "<p>It won 5 seats<sup>3</sup> over 9 km<sup>2</sup> in the 3<sup>rd</sup>.</p>": "It won 5 seats over 9 km2 in the 3rd.",
    "<!-- 8 seats --><![CDATA[ 9 ]]><script>if (a < b) '<p>7</p>'</script><style>p > a {}</style><p>x": "x",
    "<p style='display: none'>a</p><p hidden>b</p><noscript>c</noscript><p aria-hidden=true>d</p><p>e": "e",
    "<html><head><title>T</title><body><p>No end of head.": "No end of head.",
    "<body class='page has-menu cookie-ok'><main class='social'><p>All of it.</p></main>": "All of it.",
    "<div class='hatnote navigation-not-searchable'>See also X.</div><div class='main-nav'>Home</div>": "See also X.",
    "<div id=toc>1 Results</div><div class='breadcrumb'>Home</div><div role=navigation>x</div><p>Text": "Text",
    "<blockquote>We won.<footer>Ann Lee</footer></blockquote><footer>Imprint 2021</footer>": "We won.|Ann Lee",
    "<figure><img alt='9 seats'><figcaption>Voters on 14 March.</figcaption></figure>": "Voters on 14 March.",
    "<dl><dt>Seats<dd>120<dt>Voters<dd>5</dl>": "Seats|120|Voters|5",
    "<frameset><frame src=a><noframes>No frames</noframes></frameset>": "No frames",
}  # fmt: skip


@pytest.mark.parametrize("source", INLINE)
def test_what_the_page_shows_is_text_and_nothing_else(source):
    assert text_of(source, "html") == INLINE[source]


def test_a_table_without_closing_tags_keeps_rows_and_headers():
    source = """<table border=1><caption>Provisional</caption>
    <thead><tr><th rowspan=2>Party<th colspan=2>Votes<tr><th>No.<th>%</thead>
    <tbody><tr><th scope=row>Alpha<td>812<td>38.2</tbody><tfoot><tr><th>Total<td>900<td>100</table>"""
    assert showing(source, "html") == [
        "caption: Provisional",
        *(f"header: {text}" for text in ("Party", "Votes", "No.", "%")),
        "cell Party: Alpha",
        "cell Votes / No. < Alpha: 812",
        "cell Votes / % < Alpha: 38.2",
        "cell Party: Total",
        "cell Votes / No. < Total: 900",
        "cell Votes / % < Total: 100",
    ]


def test_an_infobox_table_runs_sideways():
    source = """<table class=infobox><tr><th colspan=3>2021 election</th></tr><tr><th>Party</th><td>Alpha</td><td>Beta</td></tr>
    <tr><th>Seats</th><td>52</td><td>40</td></tr></table><table><tr><th>Turnout</th><td>61%</td></tr></table>"""
    assert showing(source, "html")[2:] == [
        "cell 2021 election / Party: Alpha",
        "cell 2021 election / Party: Beta",
        "cell 2021 election: Seats",
        "cell 2021 election / Seats < Alpha: 52",
        "cell 2021 election / Seats < Beta: 40",
        "cell -: Turnout",
        "cell Turnout < Turnout: 61%",
    ]


def test_a_table_that_arranges_the_page_is_none():
    source = """<table width=100%><tr><td><a href=/>Home</a><td><h2>Results</h2><p>First.<p>Second.
    <table><tr><td>Party<td>Seats<tr><td>Alpha<td>5</table></table>"""
    assert showing(source, "html") == [
        "paragraph: Home",
        "heading2: Results",
        "paragraph: First.",
        "paragraph: Second.",
        "header: Party",
        "header: Seats",
        "cell Party: Alpha",
        "cell Seats < Alpha: 5",
    ]


def test_a_table_inside_a_cell_is_a_table():
    source = "<table><tr><th>Result<td>Before <table><tr><th>Party<th>Seats<tr><td>Alpha<td>5</table> after</table>"
    assert showing(source, "html")[-2:] == ["cell Seats < Alpha: 5", "cell Result < Result: after"]


def test_a_stray_end_tag_in_a_cell_does_not_end_the_table():
    assert showing("<div><table><tr><th>A<th>B<tr><td>x</div><td>5</table></div>", "html")[-1] == "cell B < x: 5"


def test_formatted_text_is_read_as_plain_text():
    source = "<pre>\nThe vote was held in May and the\ncount was over in June.\n\nParty    Seats\nAlpha       10\n</pre>"
    assert showing(source, "html") == [
        "paragraph: The vote was held in May and the count was over in June.",
        "header: Party",
        "header: Seats",
        "cell Party: Alpha",
        "cell Seats < Alpha: 10",
    ]
    assert showing("<pre>One &amp; two\n<b>Three</b>\n</pre>", "html") == ["paragraph: One & two", "paragraph: Three"]


PUBLISHED = [
    '<meta property="article:published_time" content="2021-03-15T08:00:00Z">',
    '<META NAME="DC.date" CONTENT="2021-03-15T08:00:00Z">',
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-03-15T08:00:00Z"}</script>',
    '<body><time datetime="2021-03-15T08:00:00Z">Monday</time>',
]


@pytest.mark.parametrize("head", PUBLISHED)
def test_the_day_of_publication_is_metadata(head):
    assert read_string(f"{head}<p>Text.</p>", format="html").metadata["published"] == "2021-03-15T08:00:00Z"


def test_a_page_in_the_encoding_it_declares():
    data = '<meta charset="windows-1251"><p>Явка 5%</p>'.encode("cp1251")
    (document,) = read_source(Source("a.html", data=data))
    assert (document.text, document.encoding) == ("Явка 5%", "cp1251")
    both = '<meta charset="iso-8859-1"><p>Café</p>'
    assert [next(iter(read_source(Source("a.html", data=both.encode(name))))).text for name in ("utf-8", "cp1252")] == [
        "Café"
    ] * 2


def test_two_times_side_by_side_are_two():
    document = read_string("<p>Posted <time>6:03 pm</time><time>8 May 2023</time>, then <i>x</i><b>y</b>.</p>", format="html")
    assert document.text.replace("\n", " ") == "Posted 6:03 pm 8 May 2023, then xy."

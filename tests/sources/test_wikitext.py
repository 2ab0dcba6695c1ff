"""Wikitext as articles have it: what a reader of the page sees is shown, with its place; what the writer alone sees is not."""

import pytest

from extract.sources import read_string
from showing import showing, text_of

INLINE = {
    "[[Foo]] and [[Bar|bars]]s": "Foo and barss",
    "[[Liberty Party (Freedonia)|]] won": "Liberty Party won",
    "[[:Category:Votes]] [[Category:Hidden]] [[de:Wahl]] end": "Category:Votes end",
    "[http://x.org/2019 the ''report''] http://y.org": "the report",
    "It fell.<ref name=\"a\">{{cite web|title=T|date=3 May 2021}}</ref><ref name=b /> It rose.": "It fell. It rose.",
    "It fell.<ref>open to the end": "It fell.open to the end",
    "A<!-- 99 seats --> B": "A B",
    "<nowiki>[[no link]]</nowiki> x": "[[no link]] x",
    "A&nbsp;B &ndash; C &#8212; D": "A B – C — D",
    "{{nowrap|{{small|(10%)}}}}, {{lang|fr|Parti libéral}}, {{lang-fr|Mouvement}}": "(10%), Parti libéral, Mouvement",
    "{{convert|10|km|mi}} of {{USD|5 million}}, {{formatnum:812345}} votes": "10 km of 5 million, 812345 votes",
    "since {{circa|1990}}": "since circa 1990",
    "on {{Start date|2021|3|14|df=y}}": "on 2021-03-14",
    "on {{dts|14 March 2021}}": "on 14 March 2021",
    "{{flag|France}} {{flagicon|DEU}}{{cn}}{{sfn|Smith|2001|p=5}}": "France",
    "{{Party shortname|Greens}} 5{{efn|With allies.}}": "Greens 5",
    "{{unknown|1=5 seats|x=y}} rest": "rest",
    "'''''Bold''''' <u>under</u> <s>struck</s> <i>stray": "Bold under struck stray",
    '<span style="display:none">key</span>shown': "shown",
    "__NOTOC__ text {{DEFAULTSORT:X}}": "text",
}  # fmt: skip


@pytest.mark.parametrize("source", INLINE)
def test_inline_markup_shows_what_the_page_shows(source):
    assert text_of(source, "wikitext") == INLINE[source]


def test_captions_of_pictures_are_text_and_their_options_are_not():
    source = "[[File:A.jpg|thumb|left|upright=1.2|alt=Hall|The hall in ''2020'', after [[fire|the fire]].]]\n"
    source += "[[File:I.png|20px|tip]] End."
    assert showing(source, "wikitext") == ["caption: The hall in 2020, after the fire.", "paragraph: End."]
    gallery = "<gallery mode=packed>\nFile:A.jpg|Voters in [[Ulm|the city]]\nB.jpg|alt=x\n</gallery>"
    assert showing(gallery, "wikitext") == ["caption: Voters in the city"]


def test_lists_items_stand_alone_also_out_of_templates():
    source = "* Alpha\n** Beta\n# Gamma\n: Delta\n{{plainlist|\n* One won 3 seats\n* Two won 2\n}}\n{{ubl|Three|Four}}"
    assert showing(source, "wikitext") == [
        "list_item1: Alpha",
        "list_item2: Beta",
        "list_item1: Gamma",
        "list_item1: Delta",
        "list_item1: One won 3 seats",
        "list_item1: Two won 2",
        "list_item1: Three",
        "list_item1: Four",
    ]


def test_quotations_out_of_tags_and_templates():
    source = "<blockquote>We won.</blockquote>\n{{blockquote|text=They lost.|author=Ann Lee}}\n{{quote|So it is.}}"
    assert showing(source, "wikitext") == ["quotation: We won.", "quotation: They lost. Ann Lee", "quotation: So it is."]


def test_an_infobox_shows_its_values_and_not_its_settings():
    source = """{{Infobox election
| election_name = 2021 vote | ongoing = no | color1 = FF0000 | map_size = 300px | image1 = Firefly.jpg
| turnout = 61.4% ({{decrease}}3.2[[percentage point|pp]])
| leader1 = [[Ann Lee]]<br />& Bob Ray
| seats1 = '''52'''{{efn|With allies.}} | votes1_2 = 5
| leaders = {{plainlist|
* Cy Ho
* Di Fu
}}
| module = {{Infobox legislative election | embed = yes | party3 = Greens }}
| after = x
}}"""
    assert showing(source, "wikitext") == [
        "field election_name: 2021 vote",
        "field turnout: 61.4% (3.2pp)",
        "field leader1: Ann Lee",
        "field leader1: & Bob Ray",
        "field seats1: 52",
        "field votes1_2: 5",
        "field leaders: Cy Ho",
        "field leaders: Di Fu",
        "field party3: Greens",
        "field after: x",
    ]
    document = read_string(source, format="wikitext")
    assert document.title == "2021 vote"
    assert [(block.field.name, block.field.group) for block in document.blocks if block.field.key == "votes1_2"] == [
        ("votes_2", 1)
    ]
    assert [mark.value for mark in document.marks] == ["-"]


TABLE = """{| class="wikitable sortable" style="text-align:right"
|+ style="x" | Seats of 14 March 2021<ref>c</ref>
|- style="background:#eee"
! rowspan="2" colspan="2" scope="col" | Party
! colspan=2 | Votes
! rowspan=2 | Seats
|-
! No. !! data-sort-type="number" | %
|-
| style="background:red" | || align=left | [[Liberty Party (F)|Liberty]] || 812,345 || 38.2 || 52
|-
{{party name with color|Greens}} || 200,000 || 9.4 || 9
|-
{{Party color cell|Independent}}
| align=left|Independents
| 90,000||4.2||{{increase}} 3
|- class="sortbottom"
! colspan=2 | Total
! 2,126,000 !! 100 !! 120
|}"""


def test_a_table_keeps_rows_headers_and_caption():
    assert showing(TABLE, "wikitext") == [
        "caption: Seats of 14 March 2021",
        *(f"header: {text}" for text in ("Party", "Votes", "Seats", "No.", "%")),
        "cell Party: Liberty",
        "cell Votes / No. < Liberty: 812,345",
        "cell Votes / % < Liberty: 38.2",
        "cell Seats < Liberty: 52",
        "cell Party: Greens",
        "cell Votes / No. < Greens: 200,000",
        "cell Votes / % < Greens: 9.4",
        "cell Seats < Greens: 9",
        "cell Party: Independents",
        "cell Votes / No. < Independents: 90,000",
        "cell Votes / % < Independents: 4.2",
        "cell Seats < Independents: 3",
        "cell Party: Total",
        "cell Votes / No. < Total: 2,126,000",
        "cell Votes / % < Total: 100",
        "cell Seats < Total: 120",
    ]


def test_a_table_cut_off_before_its_end_is_a_table():
    assert showing("{|\n! Party !! Seats\n|-\n| Alpha || 5", "wikitext")[-1] == "cell Seats < Alpha: 5"


def test_a_table_that_holds_tables_only_arranges_them():
    source = "{|\n| valign=top |\n{| class=wikitable\n! Party !! Seats\n|-\n| Alpha || 5\n|}\n| Text beside it.\n|}"
    assert showing(source, "wikitext")[-2:] == ["cell Seats < Alpha: 5", "paragraph: Text beside it."]


def test_a_list_of_election_results_keeps_its_groups():
    source = "{{Election results|party1=[[Liberty]]|seats1=52|sc1=+7|party2=Union|seats2=40|total_seats=120}}"
    document = read_string(source, format="wikitext")
    groups = [(block.field.name, block.field.group) for block in document.blocks]
    assert groups == [("party", 1), ("seats", 1), ("sc", 1), ("party", 2), ("seats", 2), ("total_seats", None)]


def test_headings_make_sections():
    document = read_string("= Vote =\nText.\n== Results ==\n=== By [[City|town]] ===\nMore.", format="wikitext")
    assert document.title == "Vote"
    assert document.blocks[-1].section == ("Vote", "Results", "By town")


def test_what_a_dump_has_escaped_is_read_as_markup():
    text = "The Oaks have 12 seats.&lt;ref name=&quot;a&quot;&gt;Elm.&lt;/ref&gt; R&amp;amp;D fell.&lt;ref name=x /&gt;"
    document = read_string(text, format="wikitext")
    assert document.text == "The Oaks have 12 seats. R&D fell."
    start = document.text.index("R&D")
    assert text[slice(*document.to_source(start, start + 3))] == "R&amp;amp;D"


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{percentage|1204|3,612|1}}", "33.3%"),
        ("{{Pct|1|8}}", "13%"),
        ("{{percent|31.5}}", "31.5%"),
        ("{{formatnum:12004}}", "12004"),
        ("{{lang-fr|Les Chênes}}", "Les Chênes"),
    ],
)
def test_what_a_template_shows(template, shown):
    document = read_string(f"They won {template} of it.", format="wikitext")
    assert document.text == f"They won {shown} of it."
    start = document.text.index(shown)
    source = document.source_text[slice(*document.to_source(start, start + len(shown)))]
    assert template in source or source in template

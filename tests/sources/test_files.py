"""Formats told apart, encodings, JSON Lines: what stands between a file and its text."""

import codecs
import gzip
import json
import sys

import pytest
import zstandard

from extract.errors import SourceError
from extract.sources import Source, find_sources, read_source, read_string
from extract.sources.recognise import recognise_format
from made import ENCRYPTED, MAILBOX, MINUTES, REPORT, epub, lines, pdf, warc, xlsx, zipped
from showing import text_of

FORMATS = {
    ("a.md", "plain"): "markdown",
    ("a.txt", "Just a sentence. And another."): "text",
    (
        "a.txt",
        "= Title =\n\nInfobox election\n- Party1: Alpha\n\n'''Bold''' {{nowrap|x}} and [[a|b]].",
    ): "wiki-export",
    ("a.txt", "'''Bold''' is a [[link|shown]] text.<ref>x</ref>\n\n{{Infobox x\n|a=b}}"): "wikitext",
    ("a.txt", "# Head\n\nSome **bold** text with [a](b)."): "markdown",
    ("a.txt", "---\ntitle: x\n---\ntext"): "markdown",
    ("a.txt", "<section><p>Some text.</p></section>"): "html",
    ("a.txt", "Intro <p>one</p><p>two</p><div>three</div>"): "html",
    ("a.txt", "REPORT\n======\n\n1. one\n2. two\n\n- x\n- y"): "text",
    ("a", '{"id": 1, "text": "x"}\n'): "jsonl",
}


@pytest.mark.parametrize(("name", "text"), FORMATS)
def test_the_format_is_told_from_name_and_content(name, text):
    assert recognise_format(name, text) == FORMATS[name, text]


TEXT = "Ünion won 5 seats.\u2028It rose.\r\nEnd\u00a0\u200bhere: e\u0301."
ENCODED = [
    (TEXT.encode(), None, "utf-8"),
    (codecs.BOM_UTF8 + TEXT.encode(), None, "utf-8"),
    (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, "utf-16-le"),
    (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None, "utf-16-be"),
    (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", "utf-8"),
    (TEXT.encode("utf-16-le"), "utf-16-le", "utf-16-le"),
]


@pytest.mark.parametrize(("data", "wanted", "used"), ENCODED)
def test_offsets_count_the_same_in_every_encoding(data, wanted, used):
    (document,) = read_source(Source("a.txt", data=data), encoding=wanted)
    assert (document.source_text, document.encoding) == (TEXT, used)
    start = document.text.index("End")
    assert document.to_source(start, len(document.text)) == (TEXT.index("End"), len(TEXT))


BAD = {
    b"": "the file is empty",
    b" \n": "the file is empty",
    b"caf\xe9": "byte 0xe9 at offset 3 is not utf-8. Give the encoding with --encoding",
    b"\x89PNG\0\0": "binary data (a zero byte at offset 4). Convert it to text first.",
    "Wahl in Genf".encode("utf-16-le"): "It may be utf-16-le without a byte order mark: give --encoding utf-16-le.",
    b"\xff\xfeW\0\0": "is not utf-16-le",
}


@pytest.mark.parametrize("data", BAD)
def test_what_cannot_be_read_says_why_and_what_to_do(data):
    with pytest.raises(SourceError) as caught:
        list(read_source(Source("a.txt", data=data)))
    assert BAD[data] in str(caught.value)


UNREAD = {
    ("a.txt", b"%PDF-1.7\n..."): "a.txt: the PDF is damaged",
    ("a.txt", pdf([(50, 700, 10, "x")], extra=ENCRYPTED)): "the PDF is encrypted. Save it without its password",
    ("a.txt", pdf([])): "the PDF has no text, only pictures of pages. Recognise it first",
    ("a", b"PK\x03\x04..[Content_Types].xml..word/document.xml"): "the ZIP file is damaged",
    ("a", zipped({"word/document.xml": "<broken"})): "the docx cannot be read",
    ("a", zipped({"xl/workbook.xml": "<broken"})): "the xlsx cannot be read",
    ("a", zipped({"word/document.xml": b" " * (70 << 20)})): "it unpacks to 73400320 bytes, 200 times its size",
    ("a", zipped({"mimetype": "application/epub+zip"})): "META-INF/container.xml is not in it",
    ("a", epub(**{"META-INF/encryption_xml": '<x><CipherReference URI="OEBPS/text/one.xhtml"/></x>'})): "the book is encrypted",
    ("a", b"WARC/1.0\r\nWARC-Type: response"): "no record of a web archive begins at byte 0",
    ("a.eml", b"Just words."): "it has no headers of a message",
    ("a", zipped({"ppt/presentation.xml": ""})): "it is a PowerPoint presentation, which is not read. Save it as PDF",
    ("a", zipped({"mimetype": "application/vnd.oasis.opendocument.text"})): "it is an OpenDocument file, which is not read.",
    ("a.zip", zipped({"a.py": "print(1)", ".b.txt": "Some text."})): "nothing in the archive is of a kind that is read",
    (
        "a",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ): "it is encrypted, which is not read. Save it",
    ("a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"): "it is an old Office document",
    ("a", b"{\\rtf1 Some text}"): "it is a Rich Text document",
    ("a.txt", b"\x89PNG\r\n\x1a\n"): "it is an image, which is not read",
    ("a.jpg", b"\xff\xd8\xff\xe0"): "it is an image, which is not read",
    ("a", b"a.txt" + bytes(252) + b"ustar\0"): "it is an archive, which is not read. Unpack it",
    ("a.doc", b"Some text."): "an office document by its name, which is not read",
    ("a.pdf", b"Some text."): "it is no pdf in spite of its name",
    ("a.py", b"print('Labour won 5 seats')"): "it is program code by its name, which is not read. Leave it out.",
    ("a.xml", b"<feed><entry>Labour won 5 seats</entry></feed>"): "XML by its name",
}


@pytest.mark.parametrize(("name", "data"), UNREAD)
def test_a_kind_that_is_not_read_is_never_read_as_prose(name, data):
    with pytest.raises(SourceError) as caught:
        list(read_source(Source(name, data=data)))
    assert UNREAD[name, data] in str(caught.value)


@pytest.mark.parametrize("text", ["The new WAVE of votes.", "ID3 is a party.", "PAR1 and PAR2 were held.", "RIFF won."])
def test_prose_that_begins_like_something_else_is_read(text):
    assert next(read_source(Source("a.txt", data=text.encode()))).text == text


def test_a_name_forbids_nothing_where_the_content_or_the_user_says_what_it_is():
    assert next(read_source(Source("a.doc", data=b"<html><p>Some text.</p></html>"))).format == "html"
    assert next(read_source(Source("a.py", data=b"Some text."), format="text")).text == "Some text."


PACKERS = {".gz": gzip.compress, ".zst": lambda data: zstandard.ZstdCompressor().compress(data)}


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_file_is_read_as_what_is_in_it(ending, tmp_path):
    pack = PACKERS[ending]
    path = tmp_path / f"rows.jsonl{ending}"
    path.write_bytes(pack(b'{"text": "One."}\n') + pack(b'{"text": "Two."}\n'))
    documents = list(read_source(Source(path.name, path)))
    assert [(document.name, document.text) for document in documents] == [(f"{path.name}#1", "One."), (f"{path.name}#2", "Two.")]
    (document,) = read_source(Source(f"a.md{ending}", data=pack(b"Some *text*.")))
    assert (document.format, document.source_text, document.size) == ("markdown", "Some *text*.", 12)
    (tmp_path / f"picture.png{ending}").write_bytes(b"")
    assert [source.name for source in find_sources([tmp_path])] == [path.name]


BAD_PACKED = {
    ("a.txt.gz", gzip.compress(b"Some text.")[:-4]): "the packed data is damaged",
    ("a.txt.zst", b"\x28\xb5\x2f\xfdnothing"): "the packed data is damaged",
    ("a.txt.gz", gzip.compress(b" ".join(b"%d" % n for n in range(200_000)))): "more than 1000000 bytes. Raise the limit",
    ("a.jsonl.gz", gzip.compress(b'{"text": "x"}' + b" " * 9_000_000)): "it unpacks to more than 200 times its size",
    ("a.tar.gz", gzip.compress(b"a.txt" + bytes(252) + b"ustar\0")): "it is an archive, which is not read",
    ("a.py.gz", gzip.compress(b"print(1)")): "it is program code by its name",
    ("a.zip.gz", gzip.compress(zipped({"a.txt": "Some text."}))): "an archive in an archive",
    ("a.txt.gz.gz", gzip.compress(gzip.compress(b"Some text."))): "it is gzip, which is not read. Unpack it",
}


@pytest.mark.parametrize(("name", "data"), BAD_PACKED)
def test_packed_files_that_are_damaged_or_bombs_or_hold_no_text_are_failures(name, data, tmp_path):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError) as caught:
        list(read_source(Source(name, tmp_path / name), max_bytes=1_000_000))
    assert BAD_PACKED[name, data] in str(caught.value)


LINES = [
    {"id": 7, "text": "One.", "tag": "x"},
    {"id": 7, "body": "Two."},
    {"uid": "u", "meta": {"body": "Three.\nFour.\u2028Five."}, "text": "no"},
    {"id": True, "text": "Six."},
    {"id": 3.5, "content": "<p>Seven</p><p>Eight</p>"},
]


def read_lines(lines, **options):
    data = "\r\n".join(json.dumps(line, ensure_ascii=False) if not isinstance(line, str) else line for line in lines).encode()
    return list(read_source(Source("a.jsonl", data=data), **options))


def test_json_lines_are_named_by_their_ids():
    documents = read_lines(LINES)
    assert [document.name for document in documents] == ["a.jsonl#7", "a.jsonl#7~2", "a.jsonl#u", "a.jsonl#4", "a.jsonl#3.5"]
    assert documents[0].metadata == {"tag": "x", "record": "7"}
    assert documents[1].warnings == ("the id '7' is given to 2 records or more",)
    assert documents[4].text == "Seven\nEight"


def test_the_fields_of_json_lines_can_be_named_also_inside_others():
    documents = read_lines([LINES[2]], text_field="meta.body", id_field="uid")
    assert [(document.name, document.text) for document in documents] == [("a.jsonl#u", "Three.\nFour.\nFive.")]


def test_a_bad_line_is_named_and_the_rest_goes_on():
    items = read_lines(["no json", "[1]", {"id": 1}, {"id": 2, "text": ""}, {"id": 3, "text": "Good."}])
    assert [item.message[:8] if isinstance(item, SourceError) else item.text for item in items] == [
        "line 1: ",
        "line 2: ",
        "line 3: ",
        "line 4: ",
        "Good.",
    ]
    assert "there are: id" in items[2].message


def table(text):
    document = read_string(text, format="text")
    return [document.text[block.start : block.end] for block in document.blocks if block.cell]


def test_cells_of_several_lines_and_spread_words_of_a_pdf_are_whole():
    rows = [
        *lines(50, 700, 10, "Party", "", "Social Democratic", "Party of Elm", "", "Green Party", "", "Centre"),
        *((250, 700 - 13 * at, 10, word) for at, word in ((0, "Seats"), (2, "12"), (5, "9"), (6.5, "7"))),
        (50, 615.5, 10, "Party"),
        *lines(50, 580, 10, "The words of this line are what makes the column so wide, it seems,", "and"),
        *((left, 567, 10, word) for left, word in ((110, "these"), (200, "are"), (270, "few"), (350, "seats"))),
        *lines(50, 554, 10, "which goes on in a third line that nearly fills the whole of the way", "and ends here."),
    ]
    (document,) = read_source(Source("a.pdf", data=pdf(rows)))
    assert "Social Democratic Party of Elm" in table(document.source_text)
    assert "it seems, and these are few seats which goes on" in " ".join(document.text.split())


def test_a_sheet_with_a_column_of_texts_has_documents_for_rows_and_hidden_sheets_are_told():
    rows = list(read_source(Source("a.xlsx", data=xlsx()), text_field="body"))
    assert [(row.name, row.text, row.metadata) for row in rows] == [
        ("a.xlsx#7", "Labour won 6 seats.", {"date": "2024-05-04", "published": "2024-05-04", "record": "7"}),
        ("a.xlsx#8", "Labour lost 5 seats.", {"record": "8"}),
    ]
    (document,) = read_source(Source("a.xlsx", data=xlsx()))
    assert document.warnings == ("the sheet 'Draft' is hidden and was not read",)
    assert "99" not in document.text


def test_a_message_is_its_subject_and_its_own_words_and_tells_what_was_left_out():
    first, second = read_source(Source("box", data=MAILBOX.encode()))
    assert first.name == "box#one@example.org"
    assert first.title == "Count in Elmsford – final"
    assert first.text == (
        "Count in Elmsford – final\n"
        "The Green Party won 15 seats yesterday, it was told in the café, and the Blue Party 16 seats.\nTurnout was 64%."
    )
    assert first.metadata["published"] == "2024-05-03T21:15:00+01:00"
    assert first.metadata["from"] == "José Lee <jose@example.org>"
    assert first.warnings == (
        "2 lines quoted of other messages were left out",
        "table.pdf (application/pdf) was not read: save it, and name it",
    )
    assert second.text == "Re: Count\nThe Blue Party lost 17 seats.\nParty\nSeats\nBlue Party\n18"


OUTLOOK = "Agreed.\n\n-----Original Message-----\nFrom: Ann\nSent: Friday\n\nLabour won 5 seats.\n"
FORWARDED = "See below.\n\n---------- Forwarded message ---------\nFrom: Ann\nDate: Friday\n\nLabour won 5 seats.\n"


@pytest.mark.parametrize(("text", "seen"), [(OUTLOOK, False), (FORWARDED, True)])
def test_what_is_answered_is_no_new_statement_and_what_is_forwarded_is(text, seen):
    (document,) = read_source(Source("a.eml", data=f"Subject: Vote\n\n{text}".encode()))
    assert ("5 seats" in document.text) is seen


LIBRARIES = {
    "a.pdf": ("pypdfium2", REPORT),
    "a.docx": ("mammoth", MINUTES),
    "a.xlsx": ("openpyxl", xlsx()),
    "a.warc": ("warcio.archiveiterator", warc()),
}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_that_is_missing_is_named_with_its_extra(name, monkeypatch):
    module, data = LIBRARIES[name]
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SourceError) as caught:
        list(read_source(Source(name, data=data)))
    assert f"{module} is not installed. Install it: pip install 'extract[office]'." in str(caught.value)


JSON = {
    '[{"text": "One."}, {"id": "x", "text": "Two."}]': ["1 One.", "x Two."],
    '{\n "text": "One.", "tags": [{"a": 1}, {"b": 2}]\n}\n': ["1 One."],
    '{\n"total": 2, "tags": [{}], "articles": [{"title": "A", "body": "One."}, {"title": "B", "body": "Two."}]}': [
        "1 One.",
        "2 Two.",
    ],
    '[{"text": "One."},\n7]': ["1 One.", "line 2: a JSON int, not an object"],
    '[\n{"text": "One."}\n': ["line 1: no JSON (Expecting value: line 1 column 2 (char 1))", "2 One."],
}


@pytest.mark.parametrize("source", JSON)
def test_one_json_value_over_many_lines_is_read_as_its_records(source):
    items = list(read_source(Source("a.json", data=source.encode())))
    assert [
        item.message if isinstance(item, SourceError) else f"{item.name.partition('#')[2]} {item.text}" for item in items
    ] == JSON[source]


ARCHIVE = {
    "docs/a.md": "# One\n\nLabour *won* 5 seats.",
    "rows.jsonl": '{"id": "x", "text": "Two."}\n{"id": "y", "text": "Three."}\n',
    "b.txt.gz": gzip.compress(b"Four."),
    "inner.zip": zipped({"a.txt": "Five."}),
    "bad.txt": b"\xff",
    "__MACOSX/c.txt": "Six.",
    "picture.png": b"\x89PNG",
}


@pytest.mark.parametrize("is_file", [True, False])
def test_the_files_of_an_archive_are_sources_of_their_own(is_file, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(ARCHIVE))
    items = list(read_source(Source("a.zip", path) if is_file else Source("a.zip", data=path.read_bytes())))
    assert {item.name: item.text for item in items if not isinstance(item, SourceError)} == {
        "a.zip#docs/a.md": "One\nLabour won 5 seats.",
        "a.zip#rows.jsonl#x": "Two.",
        "a.zip#rows.jsonl#y": "Three.",
        "a.zip#b.txt.gz": "Four.",
    }
    assert {item.source: item.message for item in items if isinstance(item, SourceError)} == {
        "a.zip#bad.txt": "byte 0xff at offset 0 is not utf-8",
        "a.zip#inner.zip": "an archive in an archive",
    }


def test_lines_of_an_export_that_are_no_text():
    source = "= T =\n\nInfobox\n- Seats1:10\n- Image: File:X.png\n- Site: http://x.org\n\nText.\nFile:Map.svg\n"
    assert text_of(source, "wiki-export") == "T|10|http://x.org|Text."


def test_a_string_may_carry_metadata():
    assert read_string("Text.", metadata={"published": "2021-03-15"}).metadata == {"published": "2021-03-15"}


DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="en">
  <siteinfo><sitename>Wiki</sitename></siteinfo>
  <page><title>Oak &amp; Elm</title><ns>0</ns><id>7</id>
    <revision><id>9</id><timestamp>2019-03-01T10:00:00Z</timestamp><format>text/x-wiki</format>
      <text xml:space="preserve">The '''Oaks''' have 12 seats.&lt;ref&gt;Elm&lt;/ref&gt; They &quot;grew&quot;.</text>
    </revision></page>
  <page><title>Oaks</title><ns>0</ns><id>8</id><redirect title="Oak" /><revision><text>#REDIRECT [[Oak]]</text></revision></page>
  <page><title>Template:Oak</title><ns>10</ns><id>11</id><revision><text>{{{1}}}</text></revision></page>
  <page><title>Ash</title><ns>0</ns><id>12</id><revision><text>An ash is a tree.</text></revision></page>
  <page><title>Cut"""


def test_pages_of_an_export_are_documents_and_what_holds_no_text_is_none():
    documents = list(read_source(Source("wiki.xml", data=DUMP.encode())))
    assert [(document.name, document.text) for document in documents] == [
        ("wiki.xml#Oak & Elm", 'The Oaks have 12 seats. They "grew".'),
        ("wiki.xml#Ash", "An ash is a tree."),
    ]
    assert documents[0].title == "Oak & Elm"
    assert documents[0].metadata["timestamp"] == "2019-03-01T10:00:00Z"
    assert documents[0].source_text[slice(*documents[0].to_source(4, 8))] == "Oaks"


def test_a_page_that_is_too_long_is_named_and_the_rest_goes_on():
    first, second = read_source(Source("wiki.xml", data=DUMP.encode()), max_bytes=160)
    assert "page 1" in str(first)
    assert second.name == "wiki.xml#Ash"

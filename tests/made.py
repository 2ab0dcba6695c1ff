"""Small files of office formats, written here byte by byte or with the libraries of their formats, to be read in tests."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

Placed = tuple[float, float, float, str]
"""Left and baseline in points from the lower left corner, size, words."""


def pdf(*pages: list[Placed], extra: str = "", info: str = "") -> bytes:
    """A PDF of pages on which words stand, in Helvetica. `extra` goes into the trailer."""
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        drawn = "".join(f"BT /F {size} Tf {left} {base} Td ({_escaped(words)}) Tj ET\n" for left, base, size, words in page)
        bodies.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}endstream")
        uses = f"/Resources << /Font << /F 3 0 R >> >> /Contents {len(bodies)} 0 R"
        bodies.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {uses} >>")
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    bodies.append(f"<< {info} >>")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info {len(bodies)} 0 R {extra} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def lines(left: float, top: float, size: float, *words: str) -> list[Placed]:
    """Lines below each other."""
    return [(left, top - 1.3 * size * number, size, line) for number, line in enumerate(words)]


ENCRYPTED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"

LEFT = (
    "The count went on until the early hours and",
    "when it ended the Green Party had won 12 seats,",
    "three more than in the vote before. The lead-",
    "er of the party, Ann Lee, spoke of a night to",
    "remember and thanked all who had come out.",
)
RIGHT = (
    "In the north the mood was another one. There",
    "the Blue Party lost 7 seats and with them the",
    "majority that it had held for twenty years. Its",
    "chair did not wish to say what would come next",
    "but promised an answer on 9 June 2024.",
)
COLUMNS = "".join(f"{left:52}{right}\n" for left, right in zip((*LEFT, "", *RIGHT), (*RIGHT, *LEFT, ""), strict=True))
REPORT = pdf(
    [
        *lines(50, 750, 8, "Votes and Counts 2024"),
        *lines(50, 710, 18, "A long night"),
        *lines(50, 670, 10, *LEFT),
        *lines(320, 670, 10, *RIGHT),
        *lines(
            50,
            560,
            10,
            "Both parties will meet in the new chamber, which is to open on 1 July 2024 in the old town hall of Elmsford,",
        ),
        *lines(300, 40, 8, "1"),
    ],
    [
        *lines(50, 750, 8, "Votes and Counts 2024"),
        *lines(50, 700, 10, "for the first time.", "", "Party", "Green Party", "Blue Party"),
        *lines(250, 674, 10, "Seats", "12", "30"),
        *lines(350, 674, 10, "Share", "18.5%", "41.0%"),
        *lines(50, 600, 10, "Turnout was 61 per cent"),
        (155, 604, 6, "2"),
        (159, 600, 10, ", the office said."),
        *lines(300, 40, 8, "2"),
    ],
    [
        *lines(50, 750, 8, "Votes and Counts 2024"),
        *lines(50, 700, 10, "The seats were shared out on 3 May 2024."),
        *lines(300, 40, 8, "3"),
    ],
    info="/Title (Votes) /CreationDate (D:20240610120000Z)",
)


def zipped(files: dict[str, bytes | str]) -> bytes:
    """A ZIP file of files by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(**targets: str) -> str:
    told = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_RELATED}">{"".join(told)}</Relationships>'


def docx(body: str, notes: dict[int, str] | None = None) -> bytes:
    """A Word document: its paragraphs and tables as WordprocessingML, and its footnotes by number."""
    footnotes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
        for number, note in (notes or {}).items()
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "heading 1")
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/></Types>',
            "_rels/.rels": _relations(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": _relations(footnotes="footnotes.xml", styles="styles.xml"),
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/footnotes.xml": f"<w:footnotes {_W}>{footnotes}</w:footnotes>",
            "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:creator>Ann Lee</dc:creator>'
            "<dcterms:created>2024-05-03T09:00:00Z</dcterms:created></cp:coreProperties>",
        }
    )


def _p(words: str, style: str = "") -> str:
    """A paragraph; `^1` is the mark of a footnote, `|` a place where a page begins."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "".join(
        f'<w:r><w:footnoteReference w:id="{piece[1:]}"/></w:r>'
        if piece.startswith("^")
        else "<w:r><w:lastRenderedPageBreak/></w:r>"
        if piece == "|"
        else f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in re.split(r"(\^\d|\|)", words)
    )
    return f"<w:p>{styled}{runs}</w:p>"


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{_p(cell)}</w:tc>' for cell in cells)}</w:tr>"


MINUTES = docx(
    _p("Minutes of the council", "Title")
    + _p("The vote", "heading1")
    + _p("The Green Party won 14 seats^1 on 3 May 2024, and the Blue Party, which had |held the town since 1999, won 8 seats.")
    + f"<w:tbl>{_row('Party', 'Seats')}{_row('Green Party', '14')}{_row('Blue Party', '8')}</w:tbl>"
    + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    + _p("|Turnout was 63%."),
    {1: "Of 30 seats."},
)


def xlsx() -> bytes:
    """A workbook with a title, a table with merged cells, a note, a second sheet, and one that is hidden."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Results 2024"
    rows = [["Votes in Elmsford, 3 May 2024"], [], [None, "Party", "Won", None], [None, None, "Seats", "Share"]]
    rows += [[None, "Green Party", 14, 0.385], [None, "Blue Party", 1009, 0.2], [None, "Source: town hall"]]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("B3:B4")
    for cell in ("D5", "D6"):
        sheet[cell].number_format = "0.0%"
    sheet["C6"].number_format = "#,##0"
    news = book.create_sheet("News")
    news.append(["id", "date", "body"])
    news.append([7, datetime.datetime(2024, 5, 4), "Labour won 6 seats."])
    news.append([8, None, "Labour lost 5 seats."])
    book.create_sheet("Draft").append(["Labour won 99 seats."])
    book["Draft"].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


MESSAGE = """\
From: =?utf-8?q?Jos=C3=A9_Lee?= <jose@example.org>
To: desk@example.org
Date: Fri, 3 May 2024 21:15:00 +0100
Message-ID: <one@example.org>
Subject: =?utf-8?q?Count_in_Elmsford_=E2=80=93_final?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The Green Party won 15 seats yesterday, it was told in the caf=E9, and the Bl=
ue Party 16 seats.

On Thu, 2 May 2024 at 10:00, Desk <desk@example.org>
wrote:

> We heard that Labour won 77 seats.
>> And 78 seats in the north.

Turnout was 64%.
--b2
Content-Type: text/html; charset=utf-8

<p>The Green Party won 15 seats.</p>
--b2--
--b1
Content-Type: application/pdf; name="table.pdf"
Content-Disposition: attachment; filename="table.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b1--
"""
HTML_MESSAGE = """\
From: ann@example.org
Date: Sat, 4 May 2024 08:00:00 +0000
Message-ID: <two@example.org>
Subject: Re: Count
Content-Type: text/html; charset=utf-8

<html><body><p>The Blue Party lost 17 seats.</p>
<table><tr><th>Party</th><th>Seats</th></tr><tr><td>Blue Party</td><td>18</td></tr></table>
<div class="gmail_quote"><div class="gmail_attr">On Friday Ann wrote:</div>
<blockquote><p>Labour won 79 seats.</p></blockquote></div>
</body></html>
"""
MAILBOX = f"From jose Fri May  3 21:15:00 2024\n{MESSAGE}\nFrom ann Sat May  4 08:00:00 2024\n{HTML_MESSAGE}"


def epub(**more: str) -> bytes:
    """A book of two chapters, the second of which goes on over a page; `more` files by their names, `_` for a dot."""
    ns = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    kind = 'media-type="application/xhtml+xml"'
    listed = (
        f'<item id="nav" href="nav.xhtml" properties="nav" {kind}/><item id="c2" href="text/two%20.xhtml" {kind}/>'
        f'<item id="c1" href="text/one.xhtml" {kind}/>'
    )
    order = '<itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>The count</dc:title><dc:creator>Ann Lee</dc:creator><dc:date>2024-06-01</dc:date></metadata>"
            f"<manifest>{listed}</manifest><spine>{order}</spine></package>",
            "OEBPS/text/one.xhtml": f'<?xml version="1.0" encoding="utf-8"?><html {ns}><head><title/></head><body>'
            '<h1>The night</h1><p>The Green Party won 23 seats on <a id="x"/>3 May 2024.</p></body></html>',
            "OEBPS/text/two .xhtml": f"<html {ns}><body><h1>The day after</h1><p>The Blue Party lost "
            '<span epub:type="pagebreak" title="8"/>24 seats.</p><p>Turnout was 65%.</p></body></html>',
            "OEBPS/nav.xhtml": f"<html {ns}><body><p>80 seats</p></body></html>",
            **{name.replace("_", "."): content for name, content in more.items()},
        }
    )


def warc() -> bytes:
    """A web archive: a page in another encoding, sent in chunks, a picture, a page that was not found, a text."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import BufferWARCWriter

    writer = BufferWARCWriter(gzip=True)
    page = "<html><head><title>Vote</title></head><body><p>The Green Party won 25 seats in the caf\xe9.</p></body></html>".encode(
        "cp1252"
    )
    chunked = b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (20, page[:20], len(page) - 20, page[20:])
    for address, status, kind, body in (
        ("http://example.org/vote", "200 OK", "text/html; charset=windows-1252", chunked),
        ("http://example.org/a.png", "200 OK", "image/png", b"81 seats"),
        ("http://example.org/gone", "404 Not Found", "text/html", b"<p>82 seats</p>"),
        ("http://example.org/note", "200 OK", "text/plain", b"Turnout was 66%."),
    ):
        headers = [("Content-Type", kind), *([("Transfer-Encoding", "chunked")] if body is chunked else [])]
        told = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=told))
    return writer.get_contents()

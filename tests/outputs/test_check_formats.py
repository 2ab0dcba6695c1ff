"""One file of each format that is not plain text: what is seen in it, where, and that the check proves it from the file."""

import gzip
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import fsspec
import pytest

from extract.errors import SourceError
from extract.outputs.check import check_output
from extract.outputs.files import each_line
from extract.outputs.folder import RunInfo, write_output
from extract.outputs.reading import Output, visible_spans
from extract.records.record import Record
from extract.sources import find_sources
from made import COLUMNS, MAILBOX, MESSAGE, MINUTES, REPORT, epub, warc, xlsx, zipped

FILES = {
    "count.eml": MESSAGE.encode(),
    "count.mbox.gz": gzip.compress(MAILBOX.encode()),
    "count.epub": epub(),
    "crawl.warc.gz": warc(),
    "crawl.warc": gzip.decompress(warc()),
    "report.pdf": REPORT,
    "columns.txt": f"{COLUMNS}\n\fTurnout was 67%.\n".encode("utf-16"),
    "minutes.docx": MINUTES,
    "results.xlsx": xlsx(),
    "news.zip": zipped(
        {"a.txt": "Labour won 21 seats.", "rows.jsonl": '[{"id": "r", "text": "Labour won 22 seats."}]', "b.pdf": REPORT}
    ),
    "vote.md.gz": gzip.compress(b"# The vote\n\nThe Green Party won 4 seats.\n"),
    "rows.jsonl.gz": gzip.compress(b'{"id": "a", "text": "Labour won 10 seats."}\n{"id": "b", "text": "Labour won 11 seats."}\n'),
    "votes.csv": b'Party,Seats,Share\r\n"Green ""New"" Party",4,12.5%\r\nLabour,"1,200",31%\r\n',
    "votes.tsv": "\ufeffParty\tSeats\nBlue Party\t7\n".encode("utf-16-le"),
    "night.srt": b"1\r\n00:00:01,500 --> 00:00:03,000\r\n<i>Labour</i> won 5\r\n\r\n"
    b"2\r\n00:00:03,000 --> 00:00:05,000\r\nseats.\r\n\r\n"
    b"3\r\n01:02:03,000 --> 01:02:04,000\r\n- Turnout was 61%.\r\n- Really?\r\n",
    "night.vtt": b"WEBVTT\n\nNOTE 9 seats\n\nSTYLE\n::cue {}\n\n00:10.000 --> 00:12.000 align:start\n"
    b"<v Ann>The Green Party won 8 seats\n\n"
    b"00:12.000 --> 00:14.000\nThe Green Party won 8 seats\non 3 May 2021.\n",
}
# document, label, quote, locator
SEEN = {
    ("vote.md.gz", "SEATS", "4 seats", None),
    ("rows.jsonl.gz#a", "SEATS", "10 seats", (("record", "a"),)),
    ("rows.jsonl.gz#b", "SEATS", "11 seats", (("record", "b"),)),
    ("votes.csv", "SEATS", "4", (("table", 1), ("row", 2), ("column", "Seats"))),
    ("votes.csv", "SEATS", "1,200", (("table", 1), ("row", 3), ("column", "Seats"))),
    ("votes.csv", "PERCENT", "12.5%", (("table", 1), ("row", 2), ("column", "Share"))),
    ("votes.csv", "PARTY", 'Green ""New"" Party', (("table", 1), ("row", 2), ("column", "Party"))),
    ("night.srt", "SEATS", "5\r\n\r\n2\r\n00:00:03,000 --> 00:00:05,000\r\nseats", (("timestamp", "00:00:03"),)),
    ("night.srt", "PERCENT", "61%", (("timestamp", "01:02:03"),)),
    ("night.vtt", "SEATS", "8 seats", (("timestamp", "00:00:10"),)),
    ("night.vtt", "DATE", "3 May 2021", (("timestamp", "00:00:12"),)),
    ("votes.tsv", "SEATS", "7", (("table", 1), ("row", 2), ("column", "Seats"))),
    ("report.pdf", "SEATS", "12 seats", (("page", 1),)),
    ("report.pdf", "DATE", "1 July 2024", (("page", 1),)),
    ("report.pdf", "SEATS", "30", (("table", 1), ("row", 3), ("column", "Seats"), ("page", 2))),
    ("report.pdf", "PERCENT", "61 per cent", (("page", 2),)),
    ("report.pdf", "DATE", "3 May 2024", (("page", 3),)),
    ("columns.txt", "SEATS", "12 seats", (("page", 1),)),
    ("columns.txt", "SEATS", "7 seats", (("page", 1),)),
    ("columns.txt", "PERCENT", "67%", (("page", 2),)),
    ("minutes.docx", "SEATS", "14 seats", (("page", 1),)),
    ("minutes.docx", "SEATS", "14", (("table", 1), ("row", 2), ("column", "Seats"), ("page", 2))),
    ("minutes.docx", "SEATS", "8 seats", (("page", 2),)),
    ("minutes.docx", "PERCENT", "63%", (("page", 3),)),
    ("results.xlsx", "SEATS", "1,009", (("table", 1), ("row", 4), ("column", "Won / Seats"), ("cell", "C6"))),
    ("results.xlsx", "PERCENT", "38.5%", (("table", 1), ("row", 3), ("column", "Won / Share"), ("cell", "D5"))),
    ("results.xlsx", "DATE", "3 May 2024", (("cell", "A1"),)),
    ("results.xlsx", "SEATS", "6 seats", (("table", 2), ("row", 2), ("column", "body"), ("cell", "C2"))),
    ("count.eml", "SEATS", "15 seats", None),
    ("count.eml", "SEATS", "16 seats", None),
    ("count.eml", "DATE", "yesterday", None),
    ("count.eml", "PERCENT", "64%", None),
    ("count.mbox.gz#one@example.org", "SEATS", "16 seats", (("record", "one@example.org"),)),
    ("count.mbox.gz#two@example.org", "SEATS", "17 seats", (("record", "two@example.org"),)),
    (
        "count.mbox.gz#two@example.org",
        "SEATS",
        "18",
        (("record", "two@example.org"), ("table", 1), ("row", 2), ("column", "Seats")),
    ),
    ("count.epub", "SEATS", "23 seats", (("part", "OEBPS/text/one.xhtml"),)),
    ("count.epub", "DATE", "3 May 2024", (("part", "OEBPS/text/one.xhtml"),)),
    ("count.epub", "SEATS", "24 seats", (("part", "OEBPS/text/two .xhtml"), ("page", 8))),
    ("count.epub", "PERCENT", "65%", (("part", "OEBPS/text/two .xhtml"), ("page", 8))),
    ("crawl.warc.gz#http://example.org/vote", "SEATS", "25 seats", (("record", "http://example.org/vote"),)),
    ("crawl.warc#http://example.org/note", "PERCENT", "66%", (("record", "http://example.org/note"),)),
    ("news.zip#a.txt", "SEATS", "21 seats", None),
    ("news.zip#rows.jsonl#r", "SEATS", "22 seats", (("record", "rows.jsonl#r"),)),
    ("news.zip#b.pdf", "DATE", "3 May 2024", (("page", 3),)),
}


@pytest.fixture(scope="module")
def run(bare, tmp_path_factory):
    """A folder with the files, `docs`, and the output made of them, `out`."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "docs").mkdir()
    for name, data in FILES.items():
        (folder / "docs" / name).write_bytes(data)
    write_output(bare.extract(folder / "docs"), folder / "out", RunInfo("test", "rules", "model", {}))
    return folder


def test_every_format_gives_what_stands_in_it(run):
    records = [Record.model_validate(line) for _, line in each_line(run / "out/records.jsonl")]
    seen = {
        (each.source.document, each.label, each.source.quote, tuple(each.source.locator.items()) if each.source.locator else None)
        for each in records
    }
    assert seen >= SEEN, seen
    assert not any(unseen in quote for _, _, quote, _ in seen for unseen in ("9 seats", "77", "78", "79", "80", "81", "82"))


def test_every_record_of_every_format_is_proved(run):
    assert [problem.message for problem in check_output(run / "out").problems] == []
    assert not (run / "out/failures.jsonl").read_text()


def test_every_document_is_there_to_be_shown_with_its_records(run):
    for told in Output(run / "out").told():
        shown = [told.source.text[slice(*span)] for span in visible_spans(told.source, told.records)]
        assert shown == [record.text for record in told.records]


def test_a_converted_file_is_proved_by_its_kept_text_and_its_hash(run, tmp_path):
    shutil.copytree(run, tmp_path / "run")
    (tmp_path / "run/docs/report.pdf").write_bytes(REPORT + b"\n")
    texts = tmp_path / "run/out/texts.jsonl"
    texts.write_text(texts.read_text().replace("Elmsford", "Elmsfurt", 1))
    problems = [problem.message for problem in check_output(tmp_path / "run/out").problems]
    for told in ("the file is not as the run wrote it", "cannot be opened: the text that is kept of it is another (texts.jsonl)"):
        assert any(told in problem for problem in problems)
    texts.write_bytes((run / "out/texts.jsonl").read_bytes())
    (problem,) = check_output(tmp_path / "run/out").problems
    assert "the source has changed (its SHA-256 is another)" in problem.message
    (tmp_path / "run/docs/report.pdf").unlink()
    told = [told for told in Output(tmp_path / "run/out").told() if told.line.document == "report.pdf"]
    assert "Green Party" in told[0].source.text  # what is made of a folder needs the text alone


PAGES = {
    "/report.pdf": REPORT,
    "/news": b"<html><body><h1>Vote</h1><p>Labour won 26 seats.</p></body></html>",
    "/rows.jsonl": b'{"id": "a", "text": "Labour won 27 seats."}\n',
}


@pytest.fixture(scope="module")
def server():
    """The address of a server of PAGES, and what was asked of it."""

    class Handler(BaseHTTPRequestHandler):
        asked: ClassVar[list[str]] = []

        def do_GET(self):
            Handler.asked.append(self.path)
            data = PAGES.get(self.path.partition("?")[0])
            self.send_response(200 if data else 404)
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", Handler.asked
    server.shutdown()


def test_what_is_named_by_address_is_fetched_once_and_its_text_is_kept(bare, server, tmp_path):
    address, asked = server
    fsspec.filesystem("memory").pipe({"/papers/a/one.txt": b"Labour won 28 seats.", "/papers/a.png": b"x"})
    paths = [*(f"{address}{page}" for page in ("/report.pdf", "/news?id=3", "/rows.jsonl", "/gone.txt")), "memory://papers"]
    write_output(bare.extract(*paths), tmp_path / "out", RunInfo("test", "rules", "model", {}))
    lines = {line["document"]: line for _, line in each_line(tmp_path / "out/documents.jsonl")}
    assert {name: line["path"] for name, line in lines.items()} == {
        "a/one.txt": "memory:///papers/a/one.txt",
        "news?id=3": f"{address}/news?id=3",
        "report.pdf": f"{address}/report.pdf",
        "rows.jsonl#a": f"{address}/rows.jsonl",
    }
    quotes = {line["text"] for _, line in each_line(tmp_path / "out/records.jsonl")}
    assert {"12 seats", "26 seats", "27 seats", "28 seats"} <= quotes
    (failure,) = [line for _, line in each_line(tmp_path / "out/failures.jsonl")]
    assert failure["document"] == "gone.txt"
    assert "cannot be fetched (FileNotFoundError" in failure["error"]
    assert len(set(asked)) == 4
    asked.clear()
    proof = check_output(tmp_path / "out")
    assert not proof.problems
    assert proof.texts_only == sorted(lines)
    assert not asked


def test_an_address_at_which_nothing_is_or_that_nobody_can_open_is_told(tmp_path):
    with pytest.raises(SourceError, match="there is nothing at this address"):
        find_sources(["memory://nothing/*.txt"])
    with pytest.raises(SourceError, match="cannot be fetched"):
        find_sources(["nowhere://x/y"])


def test_rows_with_a_column_of_texts_are_documents_and_proved(bare, tmp_path):
    (tmp_path / "docs").mkdir()
    rows = 'id;date;body\nx;2024-05-03;"Labour won ""only"" 5 seats;\nit is sad."\ny;;\n'
    (tmp_path / "docs/news.csv").write_text(rows, "cp1252")
    (tmp_path / "docs/other.csv").write_text("Party,Seats\nLabour,5\n")
    pipeline = type(bare)(model="none", text_field="body", encoding="cp1252")
    info = RunInfo("test", "rules", "model", pipeline.settings.options())
    write_output(pipeline.extract(tmp_path / "docs"), tmp_path / "out", info)
    (document,) = [line for _, line in each_line(tmp_path / "out/documents.jsonl")]
    assert (document["document"], document["format"], document["metadata"]["published"]) == (
        "news.csv#x",
        "csv-rows",
        "2024-05-03",
    )
    assert "5 seats" in [line["text"] for _, line in each_line(tmp_path / "out/records.jsonl")]
    failures = {line["document"]: line["error"] for _, line in each_line(tmp_path / "out/failures.jsonl")}
    assert failures["news.csv#3"] == "line 3: no text in field 'body'"
    assert failures["other.csv"] == "no column 'body' (there are: Party, Seats)"
    assert [problem.message for problem in check_output(tmp_path / "out").problems] == []

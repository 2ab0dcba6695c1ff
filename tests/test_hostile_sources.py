"""A hundred hostile documents in one folder: each costs at most itself, and is named; the others are read, and all is proved."""

import json
import os
import socket
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli import app

runner = CliRunner()
GOOD = "The Blue Party won 6 seats on 9 June 2024."


def extract(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def bomb():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * (10 << 20))
    return packed.getvalue()


DIGITS = "9" * 100_000
# The bytes of a file by its name: text that breaks readers, finders, writers or terminals.
FILES = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "zeros.txt": b"\0" * 5000,
    "one-zero.txt": f"{GOOD}\0".encode(),
    "latin.txt": "Été à Genève".encode("latin-1"),
    "cp1251.txt": "Выборы прошли".encode("cp1251"),
    "utf-16-no-mark.txt": GOOD.encode("utf-16-le"),
    "utf-16-half.txt": b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x3d\xd8",
    "utf-16-odd.txt": b"\xff\xfeW\0\0",
    "utf-32.txt": GOOD.encode("utf-32"),
    "surrogates.txt": b"\xed\xa0\x80\xed\xb0\x80",
    "overlong.txt": b"\xc0\xaf\xe0\x80\xaf",
    "cut-off.txt": GOOD.encode() + "é".encode()[:1],
    "two-marks.txt": b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD.encode(),
    "zip.txt": bomb(),
    "deflated.txt": zlib.compress(b"0" * (10 << 20)),
    "png.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "digits.txt": f"{GOOD} {DIGITS} seats. It won {DIGITS} seats and {DIGITS}.{DIGITS} per cent.",
    "exponents.txt": f"{GOOD} 1e999999999 seats, 1E{DIGITS} per cent, -1e-99999999%.",
    "fractions.txt": f"{GOOD} 1/0 of the seats, 0/0 per cent, {DIGITS}/{DIGITS} of the vote.",
    "years.txt": f"{GOOD} On 9 June {DIGITS}, in the year {DIGITS}, 0 January 0000, 31 February 2021, 99/99/9999.",
    "ordinals.txt": f"{GOOD} The {DIGITS}th of May; the {DIGITS}th century; {DIGITS} days ago; in {DIGITS} years.",
    "reference.html": f"<p>{GOOD} &#{'9' * 4400}; &#x{'f' * 5000};</p>",
    "reference.wiki": f"{GOOD} &#{'9' * 4400}; [[Red &#{'9' * 4400};|&#{'9' * 4400};]] &#{'0' * 5000}65;",
    "references.md": f"{GOOD} &#{'9' * 4400}; [Red](&#{'9' * 4400};)",
    "reference-in-head.html": f"<title>A &#{'9' * 4400};</title><p title='&#{'9' * 4400};'>{GOOD}<br>&#{'9' * 4400};</p>",
    "spans.wiki": f"{GOOD}\n{{|\n! rowspan={DIGITS} colspan=100000 | A !! B\n|-\n| colspan={DIGITS} | 1 || 2\n|}}",
    "parameter.wiki": f"{GOOD} {{{{Infobox x|seats{DIGITS}=12}}}} {{{{nowrap|{DIGITS}=3}}}} {{{{start date|{DIGITS}|1|1}}}}",
    "references.html": f"<p>{GOOD} &#0; &#xD800; &#x110000; &#-1; &#; &{'a' * 50_000};</p>",
    "open-tags.html": f"<p>{GOOD}" + "<b><i><div>" * 3000,
    "closed-tags.html": f"<p>{GOOD}</p>" + "</div></b>" * 3000,
    "tables.html": f"<p>{GOOD}</p>" + "<table><tr><td>" * 1000,
    "spans.html": f"<p>{GOOD}</p><table><tr><td colspan=999999999 rowspan={DIGITS}>1<td colspan=-1>2<td colspan=x>3</table>",
    "attributes.html": f"<p {'a=1 ' * 20_000}>{GOOD}</p>",
    "comments.html": f"<!--{'<!-- ' * 5000}--><p>{GOOD}</p><!-- never closed",
    "script.html": f"<p>{GOOD}</p><script>{'<p>' * 5000}",
    "meta.html": f'<meta charset="no-such"><meta name=date content="{DIGITS}"><time datetime="{DIGITS}"></time><p>{GOOD}</p>',
    "charset.html": b'<meta charset="unicode_escape"><p>\xe9</p>',
    "doctype.html": f"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><p>{GOOD} &b;</p>",
    "templates.wiki": f"{GOOD}\n" + "{{" * 3000,
    "template-flood.wiki": f"{GOOD}\n" + "{{a|{{b|" * 800 + "}}" * 1600,
    "parameters.wiki": f"{GOOD}\n{{{{Infobox x\n" + "|a=1\n" * 3000 + "}}",
    "links.wiki": f"{GOOD}\n" + "[[" * 3000 + "a|" * 3000 + "]]" * 10,
    "tables.wiki": f"{GOOD}\n" + "{|\n" * 500 + "|a\n" + "|}\n" * 3,
    "quotes.wiki": f"{GOOD}\n" + "'" * 20_000,
    "references.wiki": f"{GOOD}\n" + "<ref>" * 2000,
    "headings.wiki": f"{GOOD}\n" + "=" * 5000 + " x " + "=" * 5000,
    "nowiki.wiki": f"{GOOD}\n" + "<nowiki>" * 1000,
    "lists.md": f"{GOOD}\n\n" + "".join("  " * depth + "- a\n" for depth in range(300)),
    "dashes.md": f"{GOOD}\n\n" + "- " * 3000 + "x",
    "quotations.md": f"{GOOD}\n\n" + ">" * 3000 + " x",
    "emphasis.md": f"{GOOD}\n\n" + "*a **b " * 3000,
    "brackets.md": f"{GOOD}\n\n" + "[" * 3000 + "]" * 3000 + "(" * 3000,
    "links.md": f"{GOOD}\n\n" + "[a](" * 3000,
    "fences.md": f"{GOOD}\n\n" + "```\n" * 3001,
    "tables.md": f"{GOOD}\n\n|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n|" + "1|" * 2000,
    "matter.md": f"---\na: &a [x]\nb: *a\nc: {DIGITS}\nd: .nan\ne: !!python/object:os.system x\n---\n{GOOD}",
    "matter-date.md": f"---\ndate: 9999-99-99\npublished: {{a: [1, 2]}}\ntitle: [1, 2]\n---\n{GOOD}",
    "aliases.md": "---\na0: &a0 [x, x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    + f"---\n{GOOD}",
    "merges.md": "---\na0: &a0 {x: 1}\n"
    + "".join(f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    + f"---\n{GOOD}",
    "matter-open.md": f"---\n{'a: 1' + chr(10)}" * 500 + GOOD,
    "matter-deep.md": f"---\na: {'[' * 3000}\n---\n{GOOD}",
    "long-line.txt": (GOOD + " ") * 2000,
    "long-word.txt": f"{GOOD} {'x' * 200_000}",
    "long-sentence.txt": GOOD[:-1] + ", and" * 5000,
    "words.txt": f"{GOOD} " + "Dawn and " * 2000,
    "dates.txt": f"{GOOD} " + "9 June to " * 1000,
    "figures.txt": f"{GOOD} " + "won 12 seats with 8 per cent " * 150,
    "brackets.txt": f"{GOOD} " + "(" * 5000 + "[" * 5000,
    "marks.txt": f"{GOOD} " + "[1]" * 5000,
    "stops.txt": f"{GOOD} " + "." * 50_000,
    "quotes.txt": f"{GOOD} " + '"' * 20_000,
    "hyphens.txt": f"{GOOD} " + "a-" * 20_000,
    "initials.txt": f"{GOOD} " + "J. R. " * 3000,
    "numbers.txt": f"{GOOD} " + "one hundred and " * 2000,
    "percent.txt": f"{GOOD} " + "%" * 20_000 + "5%" * 5000,
    "underlines.txt": f"{GOOD}\n" + "=" * 50_000,
    "lines.txt": f"{GOOD}\n" + "\n" * 50_000,
    "returns.txt": GOOD.replace(" ", "\r") + "\r" * 5000,
    "bars.txt": f"{GOOD}\n" + "a | b | c\n" * 1500,
    "feeds.txt": f"{GOOD}" + "\f" * 5000,
    "separators.txt": f"{GOOD}\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e",
    "controls.txt": f"{GOOD} \x1b[31mred\x1b]0;title\x07 \x9b31m \x08\x08 President Anna \x1b[2JBerg spoke.",
    "bidirectional.txt": f"{GOOD} \u202eThe Red Party won 7 seats.\u202c \u2066x\u2069",
    "zero-width.txt": "\u200b\u200c\u200d\ufeff\u2060".join(GOOD) + "\u200b" * 5000,
    "only-marks.txt": "\u0301" * 5000,
    "combining.txt": f"{GOOD} e" + "\u0301" * 20_000,
    "soft-hyphens.txt": "\u00ad".join(GOOD),
    "private.txt": f"{GOOD} \ue000\uf8ff\U000f0000\U0010fffd\ufffe\uffff",
    "emoji.txt": f"{GOOD} " + "👩\u200d👩\u200d👧" * 2000,
    "scripts.txt": f"{GOOD} " + "Выборы انتخابات 選挙 ქალაქი " * 300,
    "digits-elsewhere.txt": f"{GOOD} ٦ seats, 六 seats, ⅵ seats, ６ seats, \U0001d7d8 seats, ²³ per cent.",
    "folding.txt": f"{GOOD} İstanbul ıİ ßẞ ﬁ Σς ŉ ǰ" * 100,
    "infobox.txt": "= T =\n\nInfobox\n" + "- Seats1: 10\n" * 1500 + f"\n{GOOD}",
    "rows.jsonl": "\n".join(
        [
            json.dumps({"id": 1, "text": GOOD}),
            '{"id": 2, "text": "NaN", "x": NaN}',
            '{"id": 3, "text": "Infinite.", "x": -Infinity}',
            '{"id": 4, "text": "Too large.", "x": 1e999}',
            f'{{"id": 5, "text": "Digits.", "x": {DIGITS}}}',
            f'{{"id": {DIGITS}, "text": "Digits."}}',
            '{"id": "\\ud800", "text": "Half an id."}',
            '{"id": 8, "text": "Half \\udc00 a character."}',
            '{"id": 9, "text": "Half a field.", "\\ud800": 1}',
            '{"id": 10, "text": ' + "[" * 100_000,
            '{"id": 11, "text": "Deep.", "x": ' + "[" * 900 + "]" * 900 + "}",
            json.dumps({"id": "x" * 5000, "text": "A long name."}),
            json.dumps({"id": "\x1b[31m\n\u202e", "text": GOOD}),
            json.dumps({"id": "a#b~2", "text": GOOD, "date": "9" * 5000, "title": "\x00"}),
            json.dumps({"id": 1, "text": GOOD}),
            json.dumps({"id": "1~2", "text": GOOD}),
            '{"id": 1, "id": 17, "text": "Twice.", "text": ""}',
            "null",
            "[]",
            '"text"',
            "{}",
            '{"text": 5}',
            "\x00",
        ]
    ).encode()
    + b'\n{"id": 99, "text": "caf\xe9"}\n'
    + json.dumps({"id": "last", "text": GOOD}).encode(),
    "array.jsonl": b"[" + b'{"text": "x"},\n' * 3 + b"{}]",
    "nothing.jsonl": b"\n\n\n",
    "utf-16.jsonl": json.dumps({"id": "é", "text": GOOD}, ensure_ascii=False).encode("utf-16"),
    "huge.jsonl": b'{"id": 1, "text": "' + b"x" * (3 << 20) + b'"}\n' + json.dumps({"id": 2, "text": GOOD}).encode(),
    "rows.txt#1": GOOD.encode(),
}
EXPECTED = {
    "empty.txt": "empty",
    "zeros.txt": "binary",
    "latin.txt": "not utf-8",
    "surrogates.txt": "not utf-8",
    "utf-16-half.txt": "not utf-16",
    "zip.txt#a.txt": "it unpacks to more than 200 times its size",
    "array.jsonl#4": "no text field",
    "huge.txt": "more than 2000000 bytes",
    "rows.jsonl#2": "NaN is no number of JSON",
    "rows.jsonl#4": "a value that is none",
    "rows.jsonl#5": "no JSON",
    "rows.jsonl#7": "half a character",
    "rows.jsonl#8": "half a character",
    "rows.jsonl#10": "no JSON",
    "rows.jsonl#24": "no utf-8",
    "huge.jsonl#1": "more than 2000000 bytes",
    "pipe.txt": "it is a pipe, not a file",
    "socket.txt": "cannot be read",
    "device.txt": "it is a device, not a file",
    "circle.txt": "symbolic links",
    "nowhere.txt": "No such file",
    "caf\\xe9.txt": "its name is no UTF-8",
}


def on_disk(docs):
    for name, content in FILES.items():
        (docs / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (docs / "huge.txt").write_bytes(b"x" * 2_000_001)
    os.mkfifo(docs / "pipe.txt")
    socket.socket(socket.AF_UNIX).bind(str(docs / "socket.txt"))
    (docs / "device.txt").symlink_to("/dev/zero")
    (docs / "circle.txt").symlink_to("circle.txt")
    (docs / "circle").symlink_to(".")
    (docs / "nowhere.txt").symlink_to("nowhere")
    (docs / "a\x1b[31m\nb.txt").write_text(GOOD)
    Path(os.fsdecode(os.fsencode(docs) + b"/caf\xe9.txt")).write_text(GOOD)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    here, before = tmp_path_factory.mktemp("h"), Path.cwd()
    (here / "docs").mkdir()
    os.chdir(here)  # the name of a socket is short
    try:
        on_disk(Path("docs"))
    finally:
        os.chdir(before)
    arguments = ["--output", here / "out", "--model", "none", "--max-bytes", "2000000", "--workers", 2, "--timeout", 120]
    return here, extract("run", here / "docs", *arguments)


STEERING = ("\x1b", "\x9b", "\u202e", "\u2066", "\x07", "\x08")


def steers(text):
    return any(mark in text for mark in STEERING)


def test_the_run_ends_and_tells(result):
    _, run = result
    assert run.exit_code == 1, run.output[-2000:]
    assert "Traceback" not in run.output
    assert not steers(run.output)


@pytest.mark.parametrize("document", EXPECTED)
def test_what_cannot_be_read_is_named_with_the_reason(result, document):
    failures = {line["document"]: line["error"] for line in lines(result[0] / "out/failures.jsonl")}
    assert EXPECTED[document] in failures[document]


def test_every_other_document_is_read_and_no_finder_stumbled(result):
    here, _ = result
    failures = lines(here / "out/failures.jsonl")
    assert not {line["document"] for line in failures if line["stage"] == "extract" or "stumbled" in line["error"]}
    read = {line["document"]: line for line in lines(here / "out/documents.jsonl")}
    assert not {name for name, content in FILES.items() if not isinstance(content, bytes)} - read.keys()
    assert {
        "rows.jsonl#1",
        "rows.jsonl#1~2",
        "rows.jsonl#1~2~2",
        "rows.jsonl#last",
        "utf-16.jsonl#é",
        "huge.jsonl#2",
    } <= read.keys()


def test_all_that_was_read_is_proved(result):
    here, _ = result
    check = extract("check", here / "out")
    assert check.exit_code == 0, check.output[-2000:]
    for command in (["audit"], ["entities"], ["review", "--answers", here / "out/failures.jsonl"]):
        told = extract(command[0], here / "out", *command[1:])
        assert (told.exit_code in (0, 1, 2) and told.exception is None) or isinstance(told.exception, SystemExit)
        assert not steers(told.output)


@pytest.mark.parametrize("name", ["pipe.txt", "device.txt", "socket.txt", "circle.txt"])
def test_what_is_no_file_is_refused_also_when_it_is_named(result, tmp_path, name):
    told = extract("run", result[0] / "docs" / name, "--output", tmp_path / "out", "--model", "none")
    assert told.exit_code == 1
    assert EXPECTED[name] in told.output


def test_a_folder_that_cannot_be_searched_is_told(tmp_path, monkeypatch):
    (tmp_path / "docs/closed").mkdir(parents=True)
    (tmp_path / "docs/a.txt").write_text(GOOD)
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    told = extract("run", tmp_path / "docs", "--output", tmp_path / "out", "--model", "none")
    assert told.exit_code == 1
    assert [line["document"] for line in lines(tmp_path / "out/failures.jsonl")] == ["closed"]


def test_circles_of_links_do_not_hang_a_glob(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "one").symlink_to(".")
    (tmp_path / "two").symlink_to(".")
    told = extract("run", f"{tmp_path}/**/*.txt", "--output", tmp_path / "out", "--model", "none")
    assert told.exit_code == 0, told.output
    assert [line["document"] for line in lines(tmp_path / "out/documents.jsonl")] == ["a.txt"]


# What a stranger may have put into an output folder: a file, its text, and what is told of it.
STRANGE = {
    "no object": ("[1]", "valid dictionary"),
    "no JSON": ("{", "not a line of JSON"),
    "another shape": ('{"a": {}}', "Field required"),
    "deep": ("[" * 100_000, "not a line of JSON"),
    "digits": (DIGITS, "not a line of JSON"),
    "bytes": ("\udcff", "not a line of JSON"),
    "controls": ('{"\\u001b[31m": "\\u009b"}', "Field required"),
}


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("command", ["check", "entities", "audit", "review"])
def test_commands_trust_nothing_in_a_folder(result, tmp_path, command, strange):
    text, told = STRANGE[strange]
    for path in (result[0] / "out").glob("*.json*"):
        (tmp_path / path.name).write_text(f"{text}\n", "utf-8", errors="surrogateescape")
    run = extract(command, tmp_path)
    assert run.exit_code in (1, 2), run.output
    assert told in run.output
    assert "Traceback" not in run.output and not steers(run.output)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../../../../../../../etc/passwd", "../elsewhere.txt", "inside.txt", "../docs/../elsewhere.txt"]
)
def test_check_opens_only_what_the_sources_of_the_run_cover(tmp_path, path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.txt").write_text(GOOD)
    (tmp_path / "elsewhere.txt").write_text(GOOD)
    extract("run", tmp_path / "docs", "--output", tmp_path / "out", "--model", "none")
    (tmp_path / "out/inside.txt").symlink_to("/etc/passwd")
    document = tmp_path / "out/documents.jsonl"
    document.write_text(document.read_text("utf-8").replace("../docs/a.txt", path), "utf-8")
    told = extract("check", tmp_path / "out")
    assert "it is not under the sources of the run" in told.output
    assert "it is not under the sources of the run" in extract("check", tmp_path / "out", tmp_path / "docs").output
    if path == "../elsewhere.txt":
        assert "it is not under" not in extract("check", tmp_path / "out", tmp_path).output

"""One file of each format that is not plain text: what is seen in it, where, and that the check proves it from the file."""

import gzip

import pytest

from extract.outputs.check import check_output
from extract.outputs.files import each_line
from extract.outputs.folder import RunInfo, write_output

FILES = {
    "vote.md.gz": gzip.compress(b"# The vote\n\nThe Green Party won 4 seats.\n"),
    "rows.jsonl.gz": gzip.compress(b'{"id": "a", "text": "Labour won 10 seats."}\n{"id": "b", "text": "Labour won 11 seats."}\n'),
}
# document, label, quote, locator
SEEN = {
    ("vote.md.gz", "SEATS", "4 seats", None),
    ("rows.jsonl.gz#a", "SEATS", "10 seats", (("record", "a"),)),
    ("rows.jsonl.gz#b", "SEATS", "11 seats", (("record", "b"),)),
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
    places = [(line["source"], line["label"]) for _, line in each_line(run / "out/records.jsonl")]
    seen = {
        (place["document"], label, place["quote"], tuple(place["locator"].items()) if place["locator"] else None)
        for place, label in places
    }
    assert seen >= SEEN, seen


def test_every_record_of_every_format_is_proved(run):
    assert [problem.message for problem in check_output(run / "out").problems] == []
    assert not (run / "out/failures.jsonl").read_text()

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import RecordError
from extract.outputs.files import dump_line, read_lines, whole_file, write_json, write_lines

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON)
def test_a_line_is_one_line_for_every_reader_and_reads_back(data):
    line = dump_line(data)
    assert len(line.splitlines()) <= 1
    assert json.loads(line) == data


def test_nan_is_never_written():
    with pytest.raises(ValueError, match="JSON"):
        dump_line({"percent": float("nan")})


def test_the_hash_is_that_of_the_file(tmp_path):
    import hashlib

    path = tmp_path / "lines.jsonl"
    sha256 = write_lines(path, [{"text": "Țîrdea"}, {"text": "a\u2028b"}])
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    assert [data for _, data in read_lines(path)] == [{"text": "Țîrdea"}, {"text": "a\u2028b"}]


def test_a_failing_writer_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "lines.jsonl"
    write_lines(path, [{"old": True}])

    def lines():
        yield {"new": True}
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        write_lines(path, lines())
    assert path.read_text() == '{"old": true}\n'
    assert [file.name for file in tmp_path.iterdir()] == ["lines.jsonl"]


def test_json_is_indented_and_ends_with_a_line_break(tmp_path):
    write_json(tmp_path / "manifest.json", {"a": 1})
    assert (tmp_path / "manifest.json").read_text() == '{\n  "a": 1\n}\n'


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text('{"a": 1}\n{"a": \n')
    with pytest.raises(RecordError, match=r"lines\.jsonl:2: not a line of JSON"):
        list(read_lines(path))


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(RecordError, match="extract run"):
        list(read_lines(tmp_path / "lines.jsonl"))


def test_whole_file_survives_nothing_half(tmp_path):
    with pytest.raises(KeyError), whole_file(tmp_path / "x") as stream:
        stream.write("half")
        raise KeyError
    assert list(tmp_path.iterdir()) == []

"""Packaged rule files at hand as JSON say what their YAML says, and nothing else."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace

import pytest

from extract.rules.load import Library, library_of, packaged_folder, rule_paths
from extract.rules.ready import read_ready, write_ready
from extract.rules.yaml import read_yaml


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the packaged files, nothing at hand yet."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    shutil.copytree(packaged_folder(), tmp_path / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "rules"


def library(folder) -> Library:
    paths = {name: folder / path.name for name, path in rule_paths(None).items()}
    return replace(library_of(paths), trusted=folder)


def test_they_say_what_the_yaml_says(folder):
    from_yaml = {name: library(folder).file(name) for name in library(folder).paths}
    assert {path.stem for path in (folder / "__pycache__").iterdir()} == from_yaml.keys()
    for name, file in from_yaml.items():
        ready = read_ready(folder / f"{name}.yml")
        assert ready and repr(ready.data) == repr(read_yaml(folder / f"{name}.yml").data)
        assert library(folder).file(name) == file


def harm(path, of, to):
    data = path.read_text("utf-8")
    assert of in data
    path.write_text(data.replace(of, to, 1), "utf-8")


HARM = {
    "the YAML was changed": lambda yaml, ready: harm(yaml, "one", "wun"),
    "a word was changed": lambda yaml, ready: harm(ready, "one", "wun"),
    "it was cut off": lambda yaml, ready: ready.write_bytes(ready.read_bytes()[:100]),
    "it is empty": lambda yaml, ready: ready.write_bytes(b""),
    "it is no text": lambda yaml, ready: ready.write_bytes(b"\xff\n\xff"),
    "it is a link": lambda yaml, ready: (ready.rename(ready.with_name("x")), ready.symlink_to(ready.with_name("x"))),
}


@pytest.mark.parametrize("told", HARM)
def test_what_is_not_of_these_bytes_is_not_read(folder, told):
    path = folder / "numbers.yml"
    write_ready(read_yaml(path))
    assert read_ready(path)
    HARM[told](path, folder / "__pycache__/numbers.json")
    assert read_ready(path) is None
    assert library(folder).file("numbers").lists


def test_nothing_is_written_where_python_writes_nothing(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    library(folder).file("numbers")
    assert not (folder / "__pycache__").exists()


def test_a_folder_that_cannot_be_written_is_no_trouble(folder):
    (folder / "__pycache__").write_bytes(b"")
    assert library(folder).file("numbers").lists


def test_a_file_that_is_wrong_is_not_kept(folder):
    harm(folder / "numbers.yml", "version: 1", "version: one")
    with pytest.raises(Exception, match="version"):
        library(folder).file("numbers")
    assert not (folder / "__pycache__").exists()

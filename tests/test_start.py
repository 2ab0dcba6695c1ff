"""A command imports what it needs, and starts soon."""

import re
import subprocess
import sys

import pytest

TEXT = "The Blue Party won 7 seats on 3 May 2012, the Reds 12.5% of the votes.\n"
# The command line, and what no text without markup needs.
UNNEEDED = {
    "--help": {"numpy", "pydantic", "re2", "spacy", "sqlite3"},
    "run": {"mwparserfromhell", "numpy.ma", "openpyxl", "pypdfium2", "spacy.cli", "xml.etree.ElementTree"},
}


@pytest.mark.parametrize("command", UNNEEDED)
def test_a_command_imports_nothing_that_it_does_not_need(command, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    given = [command] if command != "run" else [command, "a.txt", "--output", "output", "--model", "none"]
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "extract", *given], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    imported = set(re.findall(r"^import time:.*\| +(\S+)$", told.stderr, re.MULTILINE))
    assert "extract.cli" in imported
    assert not imported & UNNEEDED[command]

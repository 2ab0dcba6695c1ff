"""Rule files load, or say where they are wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import RuleError
from extract.resolve.entities import load_aliases
from extract.rules import RuleSet, load, load_rules
from extract.rules.located import MOST_BYTES
from extract.rules.yaml import parse_yaml

HEAD = "version: 1\nlabel: VOTES\n"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for rule files, with no packaged rules behind it."""
    packaged = tmp_path / "packaged"
    packaged.mkdir()
    monkeypatch.setattr(load, "packaged_folder", lambda: packaged)
    own = tmp_path / "own"
    own.mkdir()
    return own


def rules_of(folder: Path, text: str, name: str = "votes.yml") -> RuleSet:
    (folder / name).write_text(text, encoding="utf-8")
    return load_rules(folder)


def test_the_packaged_rules_load() -> None:
    assert isinstance(load_rules(), RuleSet)


def test_a_rule_takes_the_defaults_of_its_file_and_its_own_word_before_them(write: Path) -> None:
    defaults = HEAD + "normaliser: number\nignore_case: true\n"
    text = defaults + "rules:\n  - {id: a, phrases: [x]}\n  - {id: b, phrases: [y], ignore_case: false, label: B}\n"
    first, second = rules_of(write, text).file("votes").rules
    assert (first.id, first.label, first.normaliser, first.ignore_case) == ("votes.a", "VOTES", "number", True)
    assert (second.label, second.normaliser, second.ignore_case, second.line) == ("B", "number", False, 7)


def test_lists_give_the_value_of_a_word(write: Path) -> None:
    text = HEAD + "lists:\n  month: {January: 1, no: 2}\n  place: [Côte d'Ivoire]\n  body: |\n    House of Lords\n    Senate\n"
    file = rules_of(write, text).file("votes")
    assert file.lists["month"] == {"January": 1, "no": 2}
    assert file.lists["place"] == {"Côte d'Ivoire": "Côte d'Ivoire"}
    assert file.words("body") == ("House of Lords", "Senate")


def test_yaml_words_stay_words(write: Path) -> None:
    text = HEAD + "lists: {yes_no: [no, yes, on, off, 1:30, 2024-06-09, '1']}\n"
    assert rules_of(write, text).file("votes").words("yes_no") == ("no", "yes", "on", "off", "1:30", "2024-06-09", "1")


def test_parts_may_use_lists_and_earlier_parts(write: Path) -> None:
    parts = 'lists: {unit: [vote, votes]}\nparts: {n: "[0-9]{1,3}", sum: "{n}{sp}{unit}"}\n'
    text = HEAD + parts + 'rules: [{id: a, regex: "{sum}\\\\pL{2}"}]\n'
    assert rules_of(write, text).file("votes").rules[0].regex == r"(?:(?:[0-9]{1,3})(?:[\s\x0B\pZ]+)(?:votes|vote))\pL{2}"


def test_a_file_has_the_lists_and_parts_of_those_it_includes(write: Path) -> None:
    (write / "numbers.yml").write_text('version: 1\nlists: {word: {one: 1}}\nparts: {digits: "[0-9]+"}\n')
    file = rules_of(write, HEAD + 'include: [numbers]\nrules: [{id: a, regex: "(?:{digits}|{word}) votes"}]\n').file("votes")
    assert file.lists["word"] == {"one": 1}
    assert file.rules[0].regex == "(?:(?:[0-9]+)|(?:one)) votes"


def test_a_users_file_replaces_the_packaged_one_of_its_name_and_others_add(write: Path) -> None:
    for name in ("votes", "dates"):
        (load.packaged_folder() / f"{name}.yml").write_text(HEAD + "rules: [{id: packaged, phrases: [x]}]\n")
    (write / "crimes.yml").write_text("version: 1\nlabel: CRIME\nrules: [{id: theft, phrases: [theft]}]\n")
    rules = rules_of(write, HEAD + "rules: [{id: mine, phrases: [x]}]\n")
    assert [rule.id for rule in rules] == ["crimes.theft", "dates.packaged", "votes.mine"]


def test_alias_files_are_left_alone(write: Path) -> None:
    (write / "aliases.yml").write_text("anything: [goes]\n")
    assert set(rules_of(write, HEAD).files) == {"votes"}


def test_the_fingerprint_is_of_content_wherever_it_stands(write: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "votes.yml").write_bytes(HEAD.replace("\n", "\r\n").encode())
    first = rules_of(write, HEAD).fingerprint
    assert load_rules(other).fingerprint == first
    assert rules_of(write, HEAD + "# a remark\n").fingerprint != first
    assert rules_of(write, HEAD, "ballots.yml").fingerprint != first


RULE = HEAD + "rules:\n  - id: a\n"

WRONG = [  # what the file says, then place and words of the message
    ("version: 1\nlabel: [\n", "3", "no YAML"),
    ("- a\n", "1:1", "a rule file is a mapping"),
    ("", "1:1", "a rule file is a mapping"),
    ("label: VOTES\n", "1:1", "`version` is missing"),
    ("version: 2\n", "1:1", "`version: 2`: expected `version: 1`"),
    (HEAD + "rulez: []\n", "3:1", "unknown key `rulez`; did you mean `rules`?"),
    (RULE + "    regexp: x\n", "5:5", "unknown key `regexp`"),
    (RULE, "4:5", "a rule has one of `regex`, `tokens` and `phrases`; this has none"),
    (RULE + "    regex: x\n    phrases: [x]\n", "4:5", "this has regex and phrases"),
    (RULE + "    regex: x\n    regex: y\n", "6:5", "`regex` stands twice"),
    (RULE + "    regex: x\n  - id: a\n    regex: y\n", "6:5", "the id `a` stands in line 4 already"),
    (RULE + "    regex: 'x{month}'\n", "5:5", "`{month}` is neither a list nor a part"),
    (RULE + "    regex: '(?=x)y'\n", "5:5", "RE2 has no look-around"),
    (RULE + "    regex: '(x'\n", "5:5", "missing )"),
    (RULE + r"    regex: '\C'" + "\n", "5:5", "half a character"),
    (RULE + "    regex: '(x)?'\n", "5:5", "matches the empty text"),
    (RULE + "    regex: x\n    span: date\n", "6:5", "no group `(?P<date>…)`"),
    (RULE + "    phrases: [x]\n    span: date\n", "4:5", "`span` names a group"),
    (RULE + "    phrases: countries\n", "5:5", "`phrases: [countries]`"),
    (RULE + "    phrases: []\n", "5:5", "no phrases"),
    (RULE + "    phrases: ['  ']\n", "5:15", "a blank word"),
    (RULE + "    phrases: [no, 1]\n", "5:19", "`1` is no word to YAML: put it in quotes"),
    (RULE + "    tokens: []\n", "5:5", "an empty token pattern"),
    (RULE + "    tokens: [[]]\n", "5:5", "an empty token pattern"),
    (RULE + "    tokens: [{TEXT: {REGEX: '(a+)+b'}}]\n", "5:5", "exponential time"),
    (RULE + "    tokens: [{LOWER: {IN: '{month}'}}]\n", "5:5", "`{month}` is not a list"),
    (RULE + "    regex: x\n    priority: 200\n", "6:5", "`priority: 200`: expected a whole number from 0 to 100"),
    (RULE + "    regex: x\n    priority: high\n", "6:5", "`priority: high`: expected a whole number"),
    (RULE + "    regex: x\n    label: votes\n", "6:5", "`label: votes`: expected capitals"),
    (RULE + "    regex: x\n    examples:\n      - {text: a x, finds: y}\n", "7:9", "does not stand in the text"),
    (RULE + "    regex: x\n    examples:\n      - {txt: a x}\n", "7:10", "unknown key `txt`; did you mean `text`?"),
    (RULE + "    regex: x\n    examples: [a x]\n", "6:16", "expected a list of `{text: …, finds: …, value: {…}}`"),
    (RULE + "    regex: x\n    pattern: x\n", "6:5", "unknown key `pattern`; there are id, regex"),
    (RULE + "    regex: x\n\ttriggers: [x]\n", "6", "no YAML"),
    (HEAD + "lists:\n  unit:\n", "4:3", "`unit`: expected a list of words"),
    ("version: 1\nrules:\n  - id: a\n    regex: x\n", "3:5", "no label"),
    (HEAD + "lists: {a: []}\n" + "rules: [{id: b, regex: 'x{a}'}]\n", "4:17", "the list `a` is empty"),
    (HEAD + "parts: {a: '(x'}\n", "3:9", "missing )"),
    (HEAD + "include: [numbers]\n", "3:11", "no rule file `numbers.yml`"),
    (HEAD + "include: [votes]\n", "3:11", "includes this file: votes > votes"),
    (HEAD + "lists: {a: &x [b], c: *x}\n", "3:12", "anchors"),
]


@pytest.mark.parametrize(("text", "place", "message"), WRONG, ids=[message for _, _, message in WRONG])
def test_what_is_wrong_is_told_with_its_place(write: Path, text: str, place: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        rules_of(write, text)
    assert str(caught.value).startswith(f"{write / 'votes.yml'}:{place}")
    assert message in str(caught.value)


def test_small_files_do_not_grow_large_or_deep(write: Path) -> None:
    doubled = "".join(f'  p{number + 1}: "{{p{number}}}{{p{number}}}"\n' for number in range(40))
    with pytest.raises(RuleError, match="characters, at most"):
        rules_of(write, HEAD + 'parts:\n  p0: "[a-z]"\n' + doubled)
    with pytest.raises(RuleError, match="no YAML"):
        rules_of(write, "[" * 20_000)


def test_a_folder_that_is_not_there_and_a_file_that_is_not_utf8(write: Path) -> None:
    with pytest.raises(RuleError, match="no such folder"):
        load_rules(write / "nowhere")
    (write / "votes.yml").write_bytes(b"version: 1\n# \xff\n")
    with pytest.raises(RuleError, match="byte 13 is not UTF-8"):
        load_rules(write)


@pytest.mark.parametrize(("names", "message"), [(("Votes.yml",), "name begins its rule ids"), (("a.yml", "a.yaml"), "keep one")])
def test_names_of_rule_files(write: Path, names: tuple[str, ...], message: str) -> None:
    for name in names:
        (write / name).write_text(HEAD)
    with pytest.raises(RuleError, match=message):
        load_rules(write)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.text("-:[]{}&*!|>'\"#%@,? ab\n\t1", max_size=60)))
def test_no_text_makes_the_reader_of_yaml_crash(text: str) -> None:
    try:
        parse_yaml(text, Path("any.yml"))
    except RuleError as error:
        assert error.message


TOO_MANY = [
    "[{OP: '*'}, {OP: '*'}, {OP: '*'}, {OP: '*'}, {OP: '*'}]",
    "[{LOWER: a, OP: '+'}, {LOWER: b, OP: '*'}]",
    "[{LOWER: a, OP: '{0,9}'}]",
    "[{LOWER: a, OP: '{3,}'}]",
    "[{LOWER: a, OP: '{999999}'}]",
    "[" + ", ".join(["{OP: '?'}"] * 9) + "]",
]


@pytest.mark.parametrize("pattern", TOO_MANY)
def test_a_token_pattern_that_could_hang_a_run_is_refused(tmp_path, pattern):
    (tmp_path / "votes.yml").write_text(f"version: 1\nlabel: VOTES\nrules:\n  - id: a\n    tokens: [{pattern}]\n", "utf-8")
    with pytest.raises(RuleError, match="may have 8 words that may be missing"):
        load_rules(tmp_path)


def test_repeats_of_a_token_pattern_have_an_end(tmp_path):
    rule = "version: 1\nlabel: VOTES\nrules:\n  - id: a\n    tokens: [[{LOWER: a, OP: '*'}, {LOWER: b}]]\n"
    (tmp_path / "votes.yml").write_text(rule, "utf-8")
    (rule,) = load_rules(tmp_path).file("votes").rules
    assert rule.tokens == (({"LOWER": "a", "OP": "{0,8}"}, {"LOWER": "b"}),)


NO_RULE_FILES = {
    "a pipe": lambda path: os.mkfifo(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": lambda path: path.mkdir(),
    "a circle of links": lambda path: path.symlink_to(path.name),
    "too large": lambda path: path.write_bytes(b"#" * (MOST_BYTES + 1)),
    "nested too deep": lambda path: path.write_text("[" * 1_000_000),
    "nested too deep in blocks": lambda path: path.write_text("- " * 1_000_000),
    "no UTF-8": lambda path: path.write_bytes(b"\xff\xfe"),
    "a zero": lambda path: path.write_bytes(b"a: \x00"),
    "a laugh": lambda path: path.write_text("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"),
}


@pytest.mark.parametrize("harm", NO_RULE_FILES)
@pytest.mark.parametrize("name", ["votes.yml", "aliases.yml"])
def test_a_rule_file_that_is_none_is_told_at_once(tmp_path, harm, name):
    NO_RULE_FILES[harm](tmp_path / name)
    if (harm, name) == ("a laugh", "aliases.yml"):
        return  # a key that it does not know
    with pytest.raises(RuleError, match=name):
        load_rules(tmp_path)
        load_aliases(tmp_path / "aliases.yml")

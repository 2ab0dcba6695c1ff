"""The page: nothing of a source is ever markup, no request leaves, and in a real browser everything is where it should be."""

import json
import re
import shutil
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.outputs.audit import audit_output
from extract.outputs.page import Explained, write_page
from extract.outputs.page import build as building
from extract.outputs.reading import Output
from extract.sources.characters import plain_characters

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def records_of(folder):
    return [json.loads(line) for line in (folder / "records.jsonl").read_text("utf-8").splitlines()]


def test_nothing_of_a_source_is_markup(made, tmp_path):
    write_page(Output(made), tmp_path / "page.html", one_file=True)
    html = (tmp_path / "page.html").read_text("utf-8")
    assert "alert(1)" in html
    assert "<script>alert" not in html
    assert len(re.findall("</script", html)) == len(re.findall("<script", html))
    assert not re.search(r"""(?:src|href)=["']?https?:|url\(|@import|fetch\(|XMLHttpRequest|WebSocket|eval\(""", html)


def test_a_small_page_is_one_file_and_a_large_one_has_shards(made, tmp_path, monkeypatch):
    write_page(Output(made), tmp_path / "small")
    assert {path.name for path in (tmp_path / "small").iterdir()} == {".extract-made", "index.html"}
    monkeypatch.setattr(building, "ONE_FILE", 100)
    monkeypatch.setattr(building, "_SHARD", 100)
    write_page(Output(made), tmp_path / "large")
    names = {path.relative_to(tmp_path / "large").as_posix() for path in (tmp_path / "large").rglob("*.*")}
    assert {
        "index.html",
        "page.js",
        "page.css",
        "data/index.js",
        "data/claims.js",
        "data/d0.js",
        "data/d2.js",
        "data/e0.js",
    } <= names
    assert len((tmp_path / "large/index.html").read_text("utf-8")) < 5000


def test_the_same_folder_gives_the_same_bytes(made, tmp_path):
    for name in ("a.html", "b.html"):
        write_page(Output(made), tmp_path / name, one_file=True)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_page_takes_the_place_of_nothing_else(made, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.txt").write_text("dear")
    with pytest.raises(UsageError):
        write_page(Output(made), tmp_path / "thesis")
    assert (tmp_path / "thesis/chapter.txt").read_text() == "dear"


# -- in a browser -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("no Chromium here")
    with sync_api.sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens the page of a folder; fails if it asks for anything that is not beside it, or complains."""
    trouble, pages = [], []

    def open_page(folder, sharded=False, explain=None, **options):
        target = tmp_path / "page"
        write_page(Output(folder), target, explain=explain)
        context = browser.new_context(**options)
        pages.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (trouble.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        beside = target.resolve().as_uri()
        page.on("request", lambda request: trouble.append(request.url) if not request.url.startswith((beside, "blob:")) else None)
        page.goto((target / "index.html").resolve().as_uri())
        page.wait_for_selector("#document > h2")
        return page

    yield open_page
    for context in pages:
        context.close()
    assert trouble == []


def until(page, condition):
    """Waits for a condition; the page's own policy forbids playwright's way, which evaluates strings."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never: {condition}")


SPANS = """() => {
    const found = {};
    for (const mark of document.querySelectorAll('#document mark'))
        for (const row of mark.dataset.rows.split(' ')) found[row] = (found[row] || '') + mark.textContent;
    return found;
}"""


def test_what_is_highlighted_is_what_the_records_say(opened):
    """For every record of the seeds, in the text as read and raw."""
    page, records = opened(ROOT / "output"), records_of(ROOT / "output")
    row = 0
    documents = list(dict.fromkeys(record["source"]["document"] for record in records))
    for number, name in enumerate(documents):
        own = [record for record in records if record["source"]["document"] == name]
        page.evaluate(f"location.hash = 'd{number}'")
        page.wait_for_selector(f"#document mark[data-row='{row}'], #document mark[data-rows~='{row}']")
        read = page.evaluate(SPANS)
        page.keyboard.press("r")
        page.wait_for_selector("#document pre.raw")
        raw = page.evaluate(SPANS)
        page.keyboard.press("r")
        page.wait_for_selector("#document .read")
        for record in own:
            assert plain_characters(read[str(row)]) == record["text"]
            assert raw[str(row)] == record["source"]["quote"]
            row += 1
    assert row == len(records)


@pytest.mark.parametrize("one_file", [True, False])
def test_a_script_in_a_source_stays_dead_and_emoji_move_nothing(opened, made, one_file, monkeypatch):
    if not one_file:
        monkeypatch.setattr(building, "ONE_FILE", 100)
        monkeypatch.setattr(building, "_SHARD", 100)
    page, records = opened(made), records_of(made)
    for record in records:
        page.evaluate(f"location.hash = '{record['id']}'")
        until(page, f"document.querySelector('#record h2 + p')?.textContent === '{record['id']}'")
        current = page.evaluate("[...document.querySelectorAll('mark.current')].map((mark) => mark.textContent).join('')")
        assert plain_characters(current) == record["text"]
    page.evaluate("location.hash = 'd1'")
    until(page, "document.querySelector('#document h2').textContent.includes('<script>')")


def test_search_facets_and_keys_find_their_way(opened, made):
    page = opened(made)
    page.keyboard.press("/")
    page.keyboard.type("NOTES 12 SEATS")
    until(page, "document.querySelector('#count').textContent.startsWith('1 mention ')")
    page.fill("#search", "ibanez")
    until(page, "document.querySelector('#results').textContent.startsWith('PERSONJos')")
    page.fill("#search", "notes")
    until(page, "document.querySelectorAll('#results li').length > 3")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.wait_for_selector("#record dl")
    first = page.evaluate("location.hash")
    page.keyboard.press("j")
    until(page, f"location.hash !== '{first}'")
    page.keyboard.press("k")
    until(page, f"location.hash === '{first}'")
    page.fill("#search", "")
    page.click("#facets label:has-text('SEATS')")
    seats = sum(record["label"] == "SEATS" for record in records_of(made))
    until(page, f"document.querySelector('#count').textContent.startsWith('{seats} mentions')")


def test_the_summary_tells_of_figures_failures_and_audits(opened, copied):
    audit_output(copied)
    text = opened(copied).inner_text("#document")
    assert "1 document failed" in text
    assert "empty.txt" in text
    assert "Centre Party" in text
    assert "seats won" in text.lower()


def test_marks_come_home_as_answers(opened, made):
    page = opened(made)
    page.keyboard.press("j")
    page.wait_for_selector("#marks")
    page.keyboard.press("o")
    page.keyboard.press("j")
    until(page, "document.querySelectorAll('#results a')[1].getAttribute('aria-current') === 'true'")
    page.wait_for_timeout(50)
    page.keyboard.press("e")
    page.fill(".editor textarea", '{"entity": "Somebody else"}')
    page.click(".editor button")
    page.wait_for_selector("[data-mark=edit][aria-pressed=true]")
    with page.expect_download() as download:
        page.click("#save")
    lines = [json.loads(line) for line in Path(download.value.path()).read_text("utf-8").splitlines()]
    assert [line["mark"] for line in lines] == ["ok", "edit"]
    records = {record["id"]: record for record in records_of(made)}
    assert all(records[line["record"]]["source"]["start"] == line["start"] for line in lines)
    assert lines[1]["value"] == {"entity": "Somebody else"}


def test_reasons_are_told_where_they_were_asked_for(opened, made):
    page = opened(made, explain=lambda document: Explained({}, ((0, 10**6, "ORG", "Lost1", "names.some", "it lost"),)))
    first = records_of(made)[0]
    page.evaluate(f"location.hash = '{first['id']}'")
    page.wait_for_selector("#record dl")
    assert "Lost" in page.inner_text("#record")


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": {"width": 380, "height": 700}}])
def test_it_can_be_read_in_the_dark_and_on_a_phone(opened, made, options):
    page = opened(made, **options)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if "viewport" in options:
        page.click("[data-show=list]")
        page.click("#results a")
        page.click("[data-show=record]")
        page.wait_for_selector("#record dl")
        assert not page.is_visible("#document")
    else:
        ink, paper = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
        assert sum(map(int, re.findall(r"\d+", ink)[:3])) > sum(map(int, re.findall(r"\d+", paper)[:3])) + 300

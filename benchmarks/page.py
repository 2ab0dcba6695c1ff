"""How long a page of a million mentions takes to open and to be searched, against an empty page: `python benchmarks/page.py`.

Needs playwright and a Chromium (`apt-get install chromium`, or CHROMIUM=path).
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession, sync_playwright

from extract.outputs.page.build import _Store, _write_shell
from extract.outputs.page.index import Columns

MENTIONS, DOCUMENTS, STRINGS = 1_000_000, 5_000, 200_000


def make_page(folder: Path) -> Path:
    """A page with an index and no documents behind it."""
    chance, columns = random.Random(7), Columns()
    for number in range(STRINGS):
        columns.strings(f"Name {number} of Somewhere {number % 977}")
    for label in ("PERSON", "PARTY", "ORG", "GPE", "DATE", "SEATS", "PERCENT"):
        columns.labels(label)
    columns.kinds("won"), columns.rules("names.some")
    for name, most in (("label", 7), ("text", STRINGS), ("normal", STRINGS), ("rule", 1), ("kind", 1), ("flags", 15)):
        columns._columns[name].extend(chance.randint(0, most) for _ in range(MENTIONS))
    columns._columns["high"].extend(range(MENTIONS))
    columns._columns["low"].extend(range(MENTIONS))
    names = [f"document-{number}.txt" for number in range(DOCUMENTS)]
    share = [MENTIONS // DOCUMENTS] * DOCUMENTS
    index = {
        **columns.as_json(),
        "documents": {"name": names, "title": names, "published": names, "mentions": share, "shard": [0] * DOCUMENTS},
        "entities": [],
        "failures": [],
        "manifest": {"version": "0", "model": "none", "counts": {}},
        "explained": False,
    }
    store = _Store(folder)
    store.add("claims", [])
    store.add("index", index)
    _write_shell(folder / "index.html", store)
    return folder / "index.html"


def busy(console: CDPSession) -> float:
    """The processor seconds of the page's thread up to now, whatever else the machine does."""
    return float(
        next(each["value"] for each in console.send("Performance.getMetrics")["metrics"] if each["name"] == "TaskDuration")
    )


def main() -> None:
    """Prints the times and their ratio."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        page_file = make_page(Path(name))
        empty = Path(name) / "empty.html"
        empty.write_text("<!doctype html><title>empty</title><p id=document><b>x</b>", "utf-8")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        times = {}
        for what, path in (("empty", empty), ("million", page_file)):
            page = browser.new_page()
            console = page.context.new_cdp_session(page)
            console.send("Performance.enable", {"timeDomain": "threadTicks"})
            page.goto(path.as_uri())
            page.wait_for_selector("#document > *")
            times[what] = busy(console)
        scans = {}
        for query in ("", "somewhere 12", "name 19 somewhere", "nothing like it"):
            page.evaluate("(query) => E.filter(query)", query)
            before = busy(console)
            page.evaluate("(query) => { for (let i = 0; i < 5; i++) E.filter(query); }", query)
            scans[query] = round((busy(console) - before) * 200)
        browser.close()
    print(f"empty {times['empty']:.2f} s, a million mentions {times['million']:.2f} s of processor time")
    print(f"a scan, by query: {scans} ms")


if __name__ == "__main__":
    main()

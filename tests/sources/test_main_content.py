"""Of a saved page the article is read: its headline, byline, text, captions and tables; the furniture around it is counted."""

import pytest

from extract.sources import Source, read_source, read_string

PROSE = [
    "The harbour town of Port Selby voted on Sunday, and the count went on until the small hours of Monday.",
    "The Lighthouse List took eleven of the nineteen seats, four more than it had, and will name the mayor again.",
    "Its leader, Odette Marlow, thanked the helpers at the quay and said that the budget would be the first thing to mend.",
    "Turnout was 58.3 per cent, which the clerk of the town called a fair figure for a day of heavy rain and wind.",
]
ARTICLE = "".join(f"<p>{text}</p>" for text in PROSE)
MENU = "".join(f"<li><a href=/{word}>{word} news</a></li>" for word in ("World", "Sport", "Money", "Arts", "Travel", "Weather"))
STORIES = "".join(f"<li><a href=/{n}>Another story, number {n}, with a long headline</a></li>" for n in range(6))


def page(body, title="Lighthouse List holds Port Selby - The Selby Echo"):
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


# The page around the article, with `@` where the article stands: what is shown beside the article's paragraphs.
PAGES = {
    "a named element": (f"<ul class=x>{MENU}</ul><div class='entry-content'>@</div><div class=rail>{STORIES}</div>", []),
    "an article element with its headline, byline and time": (
        f"<header><ul>{MENU}</ul></header><article><h1>Lighthouse List holds Port Selby</h1><p class=byline>By Ann Orr</p>"
        f"<time>9 May 2021, 06:10</time>@</article><div>{STORIES}</div>",
        ["Lighthouse List holds Port Selby", "By Ann Orr", "9 May 2021, 06:10"],
    ),
    "a headline as long as a sentence, with byline and time below it": (
        f"<ul>{MENU}</ul><article><h1>Lighthouse List holds Port Selby after a long night, with four seats more than before"
        f"</h1><div class=meta><p class=byline>By Ann Orr</p><div>Published: 9 May 2021, 06:10</div></div>@</article>",
        [
            "Lighthouse List holds Port Selby after a long night, with four seats more than before",
            "By Ann Orr",
            "Published: 9 May 2021, 06:10",
        ],
    ),
    "a headline outside the element": (
        f"<div><ul>{MENU}</ul></div><div class=top><h1>Lighthouse List holds Port Selby</h1><p>Four more seats</p></div>"
        "<div class='article-body'>@</div>",
        ["Lighthouse List holds Port Selby", "Four more seats"],
    ),
    "a day and byline above the headline": (
        f"<ul>{MENU}</ul><article><div class=meta><span>Sunday, 9 May 2021</span> <span>By Ann Orr</span></div>"
        f"<h1>Lighthouse List holds Port Selby</h1>@</article>",
        ["Sunday, 9 May 2021 By Ann Orr", "Lighthouse List holds Port Selby"],
    ),
    "names that say nothing": (f"<div><div><ul>{MENU}</ul></div><div><div>@</div></div><div><ul>{STORIES}</ul></div></div>", []),
    "lists of links and share bars in the article": (
        f"<article>@<h3>More from the coast</h3><ul>{STORIES}</ul><div class='share-bar'>Share Tweet Mail</div>"
        "<p>Subscribe to our morning letter</p></article>",
        [],
    ),
    "comments and the author's box": (
        "<article>@<div class=author-box><p>Ann Orr has written for the Echo since 2004.</p></div></article>"
        "<section id=comments><p>I was there on the quay and never saw so many people vote in such a storm.</p></section>",
        [],
    ),
    "cookies, sign-up, footer": (
        "<div class='cookie-notice'><p>We use cookies to give you the best experience that we can on all days.</p></div>"
        "<main><div>@</div><form class=newsletter><p>Enter your address and the town will write to you.</p></form></main>"
        "<footer>The Selby Echo</footer>",
        [],
    ),
    "a caption and a table": (
        "<article>@<figure><img src=a><figcaption>Ballots on the quay</figcaption></figure>"
        "<table><tr><th>List<th>Seats<tr><td>Lighthouse<td>11<tr><td>Harbour<td>8</table></article>",
        ["Ballots on the quay", "List", "Seats", "Lighthouse", "11", "Harbour", "8"],
    ),
    "a part that a script opens": (
        f"<article>@<div style='display: none'><p>{PROSE[0].replace('Sunday', 'Saturday')}</p></div>"
        "<div style='display: none'>Menu</div></article>",
        [PROSE[0].replace("Sunday", "Saturday")],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_its_article(name):
    body, beside = PAGES[name]
    document = read_string(page(body.replace("@", ARTICLE)), format="html")
    shown = [document.text[block.start : block.end] for block in document.blocks]
    assert [text for text in shown if text not in PROSE] == beside
    assert [text for text in shown if text in PROSE] == PROSE


@pytest.mark.parametrize("name", PAGES)
def test_a_whole_page_shows_everything(name):
    body, _ = PAGES[name]
    text = read_string(page(body.replace("@", ARTICLE)), format="html-whole").text
    assert all(paragraph in text for paragraph in PROSE)
    assert "Menu" not in text
    assert ("World news" in text) == ("World" in body)


WRAPPED = {
    "a page that a script shows": f"<div id=app style='display:none'><div>{ARTICLE}</div></div>",
    "a template": f"<div class=post-body><script type='text/template'>{ARTICLE}</script></div><p>Posted on Monday.</p>",
}


@pytest.mark.parametrize("body", WRAPPED.values(), ids=WRAPPED.keys())
def test_what_a_script_is_to_show_is_read(body):
    assert all(text in read_string(page(body), format="html").text for text in PROSE)


def test_what_is_left_out_is_counted():
    hidden = "<div style='display:none'>x</div>"
    body = f"<ul class=menu-top>{MENU}</ul><p>About</p><article>{ARTICLE}<ul>{STORIES}</ul>{hidden}</article>"
    assert read_string(page(body), format="html").metadata["left_out"] == {
        "hidden": {"blocks": 1, "characters": 1},
        "links": {"blocks": 6, "characters": 270},
        "outside": {"blocks": 7, "characters": 67},
    }


NO_ARTICLES = {
    "a fragment": "<p>By Ann Orr</p><ul><li><a href=/>Home</a></li></ul>" + ARTICLE,
    "a page of a table": page("<p>Results</p><table><tr><td>Lighthouse<td>11<tr><td>Harbour<td>8</table><p>Home</p>"),
    "a list of links": page(f"<p>Index</p><ul>{STORIES}</ul>"),
}


@pytest.mark.parametrize("source", NO_ARTICLES.values(), ids=NO_ARTICLES.keys())
def test_what_has_no_article_is_shown_whole(source):
    whole = read_string(source, format="html-whole")
    assert read_string(source, format="html").text == whole.text


def test_the_whole_page_is_an_option():
    data = page(PAGES["a named element"][0].replace("@", ARTICLE)).encode()
    whole, article = (next(iter(read_source(Source("a.html", data=data), html=part))) for part in ("whole", "article"))
    assert ("World news" in whole.text, "World news" in article.text) == (True, False)
    assert (whole.format, article.format) == ("html-whole", "html")

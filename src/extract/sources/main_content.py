"""What of a saved page is the article: headline, byline, text, captions and tables, without the furniture around them.

The names that a page's maker gives to elements say most: which one holds the article, which are menus, share bars, comments (the
lists are trafilatura's in the main, Apache-2.0). Where no name says it, the element with the densest prose is the article, as in
Readability. Inside it what is nearly all links goes, and what a script shows is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extract.sources.html_parts import is_hidden, is_veiled
from extract.sources.html_tree import BLOCKS, HEADINGS, Element, Event, around, names

# What the element of an article is called, the surer first. Asked of class, id and ` <tag`.
_ARTICLES = [
    re.compile(
        r"(?:^|\s)(?:post|entry|articleContent)(?:\s|$)|(?:entry|article|art|page|text)-content|article__(?:content|container)|"
        r"article(?:-|__)?body|articleBody|ArticleContent|body-text|post[-_]text|post-body|post-?entry|post[-_]?[cC]ontent|"
        r"post_inner_wrapper|article-?[tT]ext"
    ),
    re.compile(r"<article"),
    re.compile(
        r"(?:^|\s)(?:article|story|postarea|art-postcontent|text|cell)(?:\s|$)|(?:^|\s)primary|story-?body|[Ff]ulltext|post-bodycopy|"
        r"story-?content|(?:theme|blog|section|single)-content|single-post|main-column|wpb_text_column|field-body"
    ),
    re.compile(
        r"(?:^|\s)content(?:\s|$)|content[-_]main|content(?:-|__)?[bB]ody|[Mm]ain-[Cc]ontent|[Cc]ontent-[Mm]ain|[Pp]age-[Cc]ontent"
    ),
    re.compile(r"<main|(?:^|\s)main"),
]
_FURNITURE = re.compile(
    r"(?:^|\s)shar|[sS]hare|social|sociable|viral|newsletter|syndication|cookie|consent|permission|modal-content|overlay|tags|tag-list|"
    r"sidebar|banner|bread-?crumb|button|copyright|[fF]ooter|(?:^|[\s_-])[nN]av|avigation|menu|bar(?:\s|$)|[rR]elated|"
    r"next-|-stories|most-popular|more-on|[tT]easer|slide|infinite-?scroll|suggest-links|(?:^|\s|-)ads?(?:-|\s|$)|dfp[Aa]d|outbrain|"
    r"taboola|criteo|paid-?content|premium|widget|embed|rating|attachment|-icon|"
    r"message-container|viewport|options|expand|obfuscated|blurred|(?:^|[\s_-])[Cc]omment(?!ary)|comol|disqus|dsq-|reply-|akismet|"
    r"hide-|noprint|notloaded|hero-|jp-|[sS]ubscri|sign-?up|login|donat"
)
# Above the text these are a part of the article, behind it the box about its author.
_BYLINE = re.compile(r"author|[bB]yline|meta|timestamp|user-info|user-profile|article-infos")
_NAMEABLE = names("div section article main aside ul ol dl p span table td form header")
_HOLDERS = names("article div main section td")

# Lines of furniture that stand in an article's own element, unnamed.
_SAYS_FURNITURE = re.compile(
    r"share (?:this|on|via|with)\b|(?:share|tweet|print|email|advertisement|sponsored|log ?in|sign ?in|register|reply|comments?|"
    r"trending|recommended|related(?: (?:stories|articles|posts|news|content|topics|links))?|copy link|watch live)\W*$|"
    r"read (?:more|next|also)\b|also read\b|you (?:may|might) (?:also )?like|most (?:read|popular|viewed)\b|recommended for you|"
    r"(?:more|latest) (?:from|stories|news)\b|sign up (?:for|to|now)\b|subscribe (?:to|now|today)\b|follow (?:us|me)\b|"
    r"leave a (?:reply|comment)|(?:no|\d+) comments?\W*$|(?:post|add) a comment|be the first to comment|"
    r"©|\(c\) \d|copyright (?:©|\d)|all rights reserved|(?:filed under|posted in|tags?|topics?|categories|labels):|"
    r"click here to|(?:download|get) (?:the|our) |by (?:continuing|using) (?:to|this)|(?:this (?:web)?site uses|we use) cookies|"
    r"continue reading|(?:view|load|show|see) (?:all|more)\b|back to top|skip to\b|support (?:us|our)\b|join our\b|report an? ",
    re.IGNORECASE,
)
_SHORT_LINE = 120
_PROSE = 80
"""A block of so many characters, most of them no links, is a paragraph of an article."""
_LEAST_ARTICLE = 250
"""An article has at least so many characters of prose; a page with less has none, and is shown whole."""
_LEAST_SHARE = 0.1
"""An article is so much at least of what is no link on its page."""
_LONGEST_LEAD = 8
"""So many blocks at most stand between a headline and its article."""
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


@dataclass(slots=True, eq=False)
class _Text:
    """A stretch of text that no block element divides, a table as a whole; `veil` is the outermost element that hides it, if any.

    `places` are the source offsets of its pieces, `linked` counts the characters that are links, `links` the links.
    """

    element: Element
    veil: Element | None
    places: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    text: str = ""

    def add(self, place: int, piece: str, is_link: bool) -> None:
        self.places.append(place)
        self.pieces.append(piece)
        if is_link and piece.strip():
            self.linked += len(piece.strip())
            self.links += 1

    @property
    def is_prose(self) -> bool:
        return len(self.text) >= _PROSE and self.linked < 0.5 * len(self.text)


def _texts(events: Sequence[Event], source: str, layout: set[int]) -> Iterator[_Text]:
    """The text of a page, block by block, without what is not for reading; `layout` are the tables that hold no data."""
    opened: Counter[str] = Counter()
    hiding = veil = table = None
    current: _Text | None = None
    after_break = False
    for kind, element, start, end in events:
        tag = element.tag
        if kind == "text":
            if hiding is None:
                current = current or _Text(_block_of(element), veil)
                current.add(start, source[start:end], bool(opened["a"]))
                after_break = after_break and source[start:end].isspace()
            continue
        breaks = (table is None and tag in BLOCKS) or tag in ("hr", "table") or (tag == "br" and after_break)
        after_break = tag == "br"
        if kind == "open":
            if hiding is None and is_hidden(element, source, opened):
                hiding = element
            if veil is None and is_veiled(element):
                veil, breaks = element, True
            if table is None and tag == "table" and element.position not in layout:
                table = element
            opened[tag] += 1
        elif kind == "close":
            opened[tag] -= 1
            hiding = None if hiding is element else hiding
            veil = None if veil is element else veil
            table = None if table is element else table
        if current is not None and (breaks or tag in BLOCKS or tag == "br"):
            current.pieces.append(" ")
        if current is not None and breaks:
            yield from _finished(current)
            current = None
    if current is not None:
        yield from _finished(current)


def _finished(text: _Text) -> Iterator[_Text]:
    text.text = _BLANKS.sub(" ", "".join(text.pieces)).strip()
    if text.text:
        yield text


def _block_of(element: Element) -> Element:
    return next((outer for outer in around(element) if outer.tag in BLOCKS), element)


@dataclass(slots=True)
class _Sums:
    """What stands in an element: characters of text, of links, of prose that no furniture holds; links; its worth as article."""

    text: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0
    worth: float = 0.0


class _Page:
    def __init__(self, texts: Sequence[_Text], title: frozenset[str]) -> None:
        self._title = title
        shown = [text for text in texts if text.veil is None]
        if 2 * sum(len(text.text) for text in shown if text.is_prose) < sum(len(text.text) for text in texts if text.is_prose):
            shown = list(texts)  # a script is to show the page
        self._texts = texts
        self._shown = {id(text) for text in shown}
        self._sums: dict[Element, _Sums] = {}
        for text in texts:
            self._count(text, counts=id(text) in self._shown)
        self._unlinked = sum(len(text.text) - text.linked for text in shown)
        self._reasons: dict[Element, str | None] = {}
        self._prose = 0
        for text in shown:
            line = list(around(text.element))
            if text.is_prose and not any(self._reason(element) for element in line):
                self._prose += len(text.text)
                for element in line:
                    self._sums[element].prose += len(text.text)
        self._opened = {text.veil for text in texts if text.veil and text.is_prose}
        self.article = self._article()

    def _count(self, text: _Text, counts: bool) -> None:
        worth = 0.0
        if len(text.text) >= 25 and text.element.tag not in HEADINGS:  # as Readability scores paragraphs
            worth = (1 + text.text.count(",") + min(len(text.text) / 100, 3)) * (1 - min(1, text.linked / len(text.text)))
        for level, element in enumerate(around(text.element)):
            sums = self._sums.setdefault(element, _Sums())
            if counts:
                sums.text += len(text.text)
                sums.linked += text.linked
                sums.links += text.links
                if 1 <= level <= 4:
                    sums.worth += worth / (level if level < 3 else 2 * level)

    def _article(self) -> Element | None:
        """The element that holds the article, None where there is none."""
        if self._prose < _LEAST_ARTICLE or not self._sums:
            return None
        holders = sorted((element for element in self._sums if element.tag in _HOLDERS), key=lambda element: element.position)
        least = max(_LEAST_ARTICLE, 0.05 * self._prose)
        enough = [element for element in holders if self._sums[element].prose > least]
        named = (element for called in _ARTICLES for element in enough if called.search(_names_of(element)))
        densest = max(self._sums, key=lambda element: (self._sums[element].worth, -element.position))
        found = next(named, densest)
        return next((element for element in around(found) if 3 * self._sums[element].prose >= self._prose), found)

    def _reason(self, element: Element) -> str | None:
        """Why an element is no part of an article, as far as itself tells."""
        if element not in self._reasons:
            self._reasons[element] = self._reason_of(element)
        return self._reasons[element]

    def _reason_of(self, element: Element) -> str | None:
        sums = self._sums[element]
        if element.tag not in _NAMEABLE:
            return None
        called = _names_of(element)
        if sums.text - sums.linked < 0.4 * self._unlinked:
            if _FURNITURE.search(called):
                return "furniture"
            if _BYLINE.search(called):
                return "byline"
        is_short = sums.text < 300 and sums.linked > 0.8 * sums.text
        is_list = sums.links > 4 and 0.75 * sums.text < sums.linked < 100 * sums.links
        return "links" if is_short or is_list else None

    def reasons(self, whole: bool) -> list[str | None]:
        """Why each text is left out, None for those of the article; of the `whole` page nothing is but what is hidden."""
        if whole or self.article is None:
            return [None if id(text) in self._shown else "hidden" for text in self._texts]
        found = [self._why_out(text) for text in self._texts]
        inside = (
            number
            for number, (text, reason) in enumerate(zip(self._texts, found, strict=True))
            if not reason and text.is_prose and text.element.tag not in HEADINGS
        )
        first = next(inside, 0)
        head = self._head(first)
        while head and found[head - 1] == "byline":  # the day and the author may stand above the headline
            head -= 1
        for number in range(head, first):
            if found[number] in ("outside", "byline") or self._is_title(self._texts[number]):
                found[number] = None
        for number, (text, following) in enumerate(zip(self._texts, [*found[1:], None], strict=True)):
            if number > first and following and text.element.tag in HEADINGS and not found[number]:
                found[number] = "furniture"  # the heading of a list that is left out
        kept = sum(len(text.text) - text.linked for text, reason in zip(self._texts, found, strict=True) if reason is None)
        if kept < _LEAST_SHARE * self._unlinked:
            return self.reasons(whole=True)  # what was taken for the article is a notice on a page of another kind
        return ["furniture" if reason == "byline" else reason for reason in found]

    def _why_out(self, text: _Text) -> str | None:
        line = list(around(text.element))
        if self.article is None or self.article not in line:
            return "outside"
        inside = line[: line.index(self.article)]
        if id(text) not in self._shown and not (text.veil in inside and text.veil in self._opened):
            return "hidden"  # but what a script opens in the midst of an article is a part of it
        if reason := next((reason for element in inside if (reason := self._reason(element))), None):
            return reason
        is_line = len(text.text) < _SHORT_LINE and _SAYS_FURNITURE.match(text.text)
        return "furniture" if is_line else None

    def _head(self, first: int) -> int:
        """Where the article begins: at its headline, from which standfirst, byline and caption lead to the first paragraph."""
        heads = [number for number, text in enumerate(self._texts[:first]) if text.element.tag == "h1" or self._is_title(text)]
        if not heads:
            return first
        between = [t for t in self._texts[heads[-1] : first] if not any(self._reason(element) for element in around(t.element))]
        return heads[-1] if len(between) <= _LONGEST_LEAD else first

    def _is_title(self, text: _Text) -> bool:
        words = set(_WORD.findall(text.text.lower()))
        return text.element.tag in HEADINGS and len(text.text) > 12 and len(words & self._title) >= 0.6 * len(words)


def _names_of(element: Element) -> str:
    values = element.values
    role = values.get("role") or ""
    more = ("articleBody " if values.get("itemprop") == "articleBody" else "") + (
        f"{role} " if role in ("main", "article") else ""
    )
    return f"{values.get('class') or ''} {values.get('id') or ''} {more}<{element.tag}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a page is not read: the source offsets of its pieces of text, and by reason how many blocks and characters.

    The reasons: `outside` the article, `furniture` by its name or wording, `links` in the main, `hidden` and opened by no script.
    """

    places: frozenset[int]
    tally: Mapping[str, Mapping[str, int]]


def left_out(events: Sequence[Event], source: str, layout: set[int], whole: bool = False) -> LeftOut:
    """What is left out of a page, or of the `whole` page. `layout`: where the tables begin that hold no data."""
    texts = list(_texts(events, source, layout))
    whole = whole or not any(event.element.tag in ("html", "head", "body") for event in events)
    reasons = _Page(texts, _title_words(events, source)).reasons(whole)
    told = [(text, reason) for text, reason in zip(texts, reasons, strict=True) if reason]
    tally = {
        reason: {"blocks": len(of_it), "characters": sum(len(text.text) for text in of_it)}
        for reason in sorted({reason for _, reason in told})
        if (of_it := [text for text, other in told if other == reason])
    }
    return LeftOut(frozenset(place for text, _ in told for place in text.places), tally)


def _title_words(events: Sequence[Event], source: str) -> frozenset[str]:
    inside = (event for event in events if event.kind == "text" and event.element.tag == "title")
    return frozenset(word for event in inside for word in _WORD.findall(source[event.start : event.end].lower()))

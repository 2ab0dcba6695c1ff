"""Mail: a message (EML, RFC 5322 and MIME) as its subject and its own words, decoded; and mailboxes of messages (MBOX).

What is quoted of other messages is no new statement and is left out, which a warning tells; what was forwarded stays.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from extract.errors import SourceError
from extract.sources.converted import Converted
from extract.sources.decode import decode
from extract.sources.find import Row, Source
from extract.sources.formats import MAILBOX
from extract.sources.html_tree import Element, read_events

_BEGINS = re.compile(rb"From \S.*\d\d:\d\d")
_FACTS = {"from": "From", "to": "To", "message_id": "Message-ID"}
_QUOTED = re.compile(r"\s{0,3}>")
# How programs of mail introduce what they quote; the first two lines may be one that was wrapped.
_INTRODUCES = re.compile(
    r"\s*(?:On|Am|Le|El|Op|Il)\b.{4,300}\b(?:wrote|schrieb|a écrit|escribió|schreef|ha scritto)\s*:\s*$", re.DOTALL
)
_REST_QUOTED = re.compile(r"\s*-{2,}\s*Original Message\s*-{2,}\s*$|_{20,}\s*$", re.IGNORECASE)
_HEADER = re.compile(r"\s*\*?(?:From|Sent|To|Date|Subject):\*?\s")
_REPLY_IDS = ("appendonsend", "divRplyFwdMsg")


def convert_mail(name: str, data: bytes, max_bytes: int) -> Converted:
    """The own words of a message, under its subject. Raises SourceError for what is no message."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    if not message.keys():
        raise SourceError(name, "read", "it has no headers of a message", "Save it from the mail program anew, as EML.")
    subject = " ".join(_header(message, "Subject").split())
    body = message.get_body(("plain", "html"))
    text = _content(name, body) if body else ""
    is_html = body is not None and body.get_content_subtype() == "html"
    own, quoted = own_html(text) if is_html else own_lines(text)
    shown = f"<h1>{html.escape(subject)}</h1>\n{own}" if is_html else f"{subject}\n\n{own}"
    facts = {key: told for key, header in _FACTS.items() if (told := _header(message, header))}
    with suppress(ValueError, TypeError):
        facts["published"] = parsedate_to_datetime(_header(message, "Date")).isoformat()
    warnings = [f"{quoted} lines quoted of other messages were left out"] if quoted else []
    for part in message.walk():
        named = part.get_filename()
        if named or (part is not body and part.get_content_type() == "text/plain"):
            told = f"{named or 'a part without a name'} ({part.get_content_type()})"
            warnings.append(f"{told} was not read: save it, and name it")
    return Converted(shown, "html-whole" if is_html else "text", subject or None, facts, tuple(warnings))


def _header(message: EmailMessage, name: str) -> str:
    """A header, decoded; empty where there is none, or one that breaks all rules."""
    with suppress(Exception):  # the parsers of addresses and ids have errors of their own
        return str(message[name] or "")
    return ""


def _content(name: str, part: MIMEPart) -> str:
    """The text of a part, in the character set that it names, else in UTF-8 or as its HTML says; what fits none is replaced."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    text = data.decode("ascii", "replace")
    for charset in (None, part.get_content_charset()):  # the last that fits counts
        with suppress(SourceError):
            text, _ = decode(name, data, charset)
    if part.get_param("format") == "flowed":  # RFC 3676: a blank at the end of a line says that it goes on
        text = re.sub(r"(?m)(?<!^--) \r?\n(?=[^\s>])", " ", text)
    return text.replace("\r\n", "\n")


def own_lines(text: str) -> tuple[str, int]:
    """A plain text without the lines that it quotes of other messages, and how many those are."""
    lines = text.split("\n")
    own: list[str] = []
    quoted = 0
    for number, line in enumerate(lines):
        if _QUOTED.match(line):
            _drop_introduction(own)
            quoted += 1
        elif _REST_QUOTED.match(line) and _is_rest(lines[number:]):
            return "\n".join(own), quoted + sum(bool(rest.strip()) for rest in lines[number:])
        else:
            own.append(line)
    return "\n".join(own), quoted


def _is_rest(lines: list[str]) -> bool:
    """Whether a drawn line begins the message that is answered: headers of one follow."""
    return sum(bool(_HEADER.match(line)) for line in lines[1:6]) >= 2


def _drop_introduction(own: list[str]) -> None:
    """Takes `On Monday, Ann wrote:` off the end of what stands before a quotation."""
    while own and not own[-1].strip():
        own.pop()
    for length in (1, 2, 3):
        if len(own) >= length and _INTRODUCES.match("\n".join(own[-length:])):
            del own[-length:]
            return
    own.append("")


def own_html(source: str) -> tuple[str, int]:
    """HTML without what it quotes of other messages, and how many stretches of text that is."""
    own, position, quoted = list[str](), 0, 0
    within: Element | None = None
    for kind, element, start, end in read_events(source):
        if within is None and kind == "open" and _quotes(element):
            own.append(source[position : element.position])
            within = element
        elif within is not None and kind == "text":
            quoted += bool(source[start:end].strip())
            position = end
        elif within is element and kind == "close" and element.values.get("id") not in _REPLY_IDS:  # behind those all is quoted
            within = None
    return "".join(own) + (source[position:] if within is None else ""), quoted


def _quotes(element: Element) -> bool:
    values = element.values
    is_cited = element.tag == "blockquote" and (values.get("type") == "cite" or "cite" in values)
    classes = (values.get("class") or "").split()
    return is_cited or not {"gmail_quote", "gmail_attr"}.isdisjoint(classes) or values.get("id") in _REPLY_IDS


# -- mailboxes ------------------------------------------------------------------------------------------------------


def split_mailbox(source: Source, stream: BinaryIO, max_bytes: int) -> Iterator[Source | SourceError]:
    """The messages of a mailbox, each a source of its own: `FILE#MESSAGE-ID`. One of too many bytes comes as a SourceError."""
    seen: Counter[str] = Counter()
    for number, (start, data) in enumerate(_messages(stream, max_bytes), 1):
        if len(data) > max_bytes:
            told = f"message {number}: more than {max_bytes} bytes"
            yield SourceError(f"{source.name}#{number}", "read", told, "Raise the limit with --max-bytes.")
            continue
        found = re.search(rb"^Message-ID:\s*<?([^\s>]{1,300})", data.partition(b"\n\n")[0], re.IGNORECASE | re.MULTILINE)
        identity = found[1].decode("ascii", "backslashreplace") if found else str(number)
        row = Row(number, "utf-8", identity, seen[identity], start, len(data), MAILBOX)
        seen[identity] += 1
        yield replace(source, name=f"{source.name}#{row.own_id}", data=data, row=row)


def _messages(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes]]:
    """The bytes of each message without its `From ` line, and where they begin; of a longer one than `most` not much more."""
    place, start, parts, size, is_blank = 0, 0, list[bytes](), 0, True
    for line in iter(lambda: stream.readline(1 << 20), b""):
        place += len(line)
        if is_blank and _BEGINS.match(line):
            if size:
                yield start, b"".join(parts)
            start, parts, size = place, [], 0
        elif size <= most:
            parts.append(line)
            size += len(line)
        is_blank = not line.strip()
    if size:
        yield start, b"".join(parts)

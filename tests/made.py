"""Small files of office formats, written here byte by byte or with the libraries of their formats, to be read in tests."""

from __future__ import annotations

import io
import zipfile

Placed = tuple[float, float, float, str]
"""Left and baseline in points from the lower left corner, size, words."""


def pdf(*pages: list[Placed], extra: str = "", info: str = "") -> bytes:
    """A PDF of pages on which words stand, in Helvetica. `extra` goes into the trailer."""
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        drawn = "".join(f"BT /F {size} Tf {left} {base} Td ({_escaped(words)}) Tj ET\n" for left, base, size, words in page)
        bodies.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}endstream")
        uses = f"/Resources << /Font << /F 3 0 R >> >> /Contents {len(bodies)} 0 R"
        bodies.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {uses} >>")
        kids.append(f"{len(bodies)} 0 R")
    bodies[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    bodies.append(f"<< {info} >>")
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info {len(bodies)} 0 R {extra} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def lines(left: float, top: float, size: float, *words: str) -> list[Placed]:
    """Lines below each other."""
    return [(left, top - 1.3 * size * number, size, line) for number, line in enumerate(words)]


ENCRYPTED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"

LEFT = (
    "The count went on until the early hours and",
    "when it ended the Green Party had won 12 seats,",
    "three more than in the vote before. The lead-",
    "er of the party, Ann Lee, spoke of a night to",
    "remember and thanked all who had come out.",
)
RIGHT = (
    "In the north the mood was another one. There",
    "the Blue Party lost 7 seats and with them the",
    "majority that it had held for twenty years. Its",
    "chair did not wish to say what would come next",
    "but promised an answer on 9 June 2024.",
)
REPORT = pdf(
    [
        *lines(50, 750, 8, "Votes and Counts 2024"),
        *lines(50, 710, 18, "A long night"),
        *lines(50, 670, 10, *LEFT),
        *lines(320, 670, 10, *RIGHT),
        *lines(
            50,
            560,
            10,
            "Both parties will meet in the new chamber, which is to open on 1 July 2024 in the old town hall of Elmsford,",
        ),
        *lines(300, 40, 8, "1"),
    ],
    [
        *lines(50, 750, 8, "Votes and Counts 2024"),
        *lines(50, 700, 10, "for the first time.", "", "Party", "Green Party", "Blue Party"),
        *lines(250, 674, 10, "Seats", "12", "30"),
        *lines(350, 674, 10, "Share", "18.5%", "41.0%"),
        *lines(50, 600, 10, "Turnout was 61 per cent"),
        (155, 604, 6, "2"),
        (159, 600, 10, ", the office said."),
        *lines(300, 40, 8, "2"),
    ],
    [
        *lines(50, 750, 8, "Votes and Counts 2024"),
        *lines(50, 700, 10, "The seats were shared out on 3 May 2024."),
        *lines(300, 40, 8, "3"),
    ],
    info="/Title (Votes) /CreationDate (D:20240610120000Z)",
)


def zipped(files: dict[str, bytes | str]) -> bytes:
    """A ZIP file of files by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()

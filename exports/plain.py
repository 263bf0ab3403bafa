"""Plain texts, one file per release, with what they name beside them in the standoff format of brat.

The text file holds the title, an empty line and the text. Offsets count Unicode characters of that file.
"""

import csv
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

from exports.delimited import safe
from exports.documents import Document, Mentioned

GAP = "\n\n"
TITLES = [f.name for f in fields(Document) if f.name != "text"]
KINDS = {
    "minister": "Minister",
    "person_in_office": "PersonInOffice",
    "district": "District",
    "municipality": "Municipality",
    "amount": "Amount",
    "date": "Date",
}


def write_texts(folder: Path, documents: Iterable[tuple[Document, list[Mentioned]]]) -> int:
    """The texts of a source, with metadata.csv; how many there are."""
    folder.mkdir()
    count = 0
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(TITLES)
        told = attrgetter(*TITLES)
        for document, mentions in documents:
            table.writerow([safe(value) for value in told(document)])
            text = f"{document.title}{GAP}{document.text}\n"
            _put(folder / f"{document.id}.txt", text)
            _put(folder / f"{document.id}.ann", _standoff(document, mentions))
            count += 1
    return count


def _put(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def _standoff(document: Document, mentions: list[Mentioned]) -> str:
    shift = {"title": 0, "text": len(document.title) + len(GAP)}
    lines = []
    for number, m in enumerate(mentions, 1):
        start, end = m.start + shift[m.field], m.end + shift[m.field]
        surface = m.surface.replace("\n", " ")
        lines.append(f"T{number}\t{KINDS[m.kind]} {start} {end}\t{surface}\n")
        said = f"{m.ref} {m.value or ''}".strip() if m.ref else m.value
        if said:
            lines.append(f"#{number}\tAnnotatorNotes T{number}\t{said}\n")
    return "".join(lines)

"""Reads the annotated releases of this folder into the form in which they are scored.

    python -m tests.gold.read > gold.jsonl

The markup is described at the head of each .txt file.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
HEADER = re.compile(
    r"== (?P<id>\S+) \| (?P<published>\d{4}-\d\d-\d\d) \| (?P<jurisdiction>DE(?:-[A-Z]{2})?)$"
)
MENTION = re.compile(
    r"\{\{(?P<ignore>-?)(?P<kind>minister|district|municipality|amount|date)"
    r"(?::(?P<value>[^|{}]*))?\|(?P<surface>[^|{}]+)\}\}"
)
FIELD = {"minister": "name", "district": "ags", "municipality": "name", "date": "value"}


class Release(NamedTuple):
    """An annotated release: the text as an extractor gets it, and the mentions it holds."""

    id: str
    published: str
    jurisdiction: str
    text: str
    mentions: list[dict[str, Any]]


def releases(folder: Path = HERE) -> Iterator[Release]:
    """Every release of the folder's .txt files, in the order of files and lines."""
    for path in sorted(folder.glob("*.txt")):
        yield from blocks(path.read_text(encoding="utf-8"))


def blocks(source: str) -> Iterator[Release]:
    """The releases of one file; what stands above the first header is a note to the reader."""
    lines = source.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("== ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        header = HEADER.match(lines[start])
        if header is None:
            raise ValueError(f"not a header: {lines[start]!r}")
        text, mentions = plain("\n".join(lines[start + 1 : end]).strip())
        yield Release(header["id"], header["published"], header["jurisdiction"], text, mentions)


def plain(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its markup, and the mentions with their place in that text."""
    text, last, mentions = "", 0, []
    for found in MENTION.finditer(marked):
        text += marked[last : found.start()]
        last = found.end()
        mentions.append(mention(found, len(text)))
        text += found["surface"]
    text += marked[last:]
    if "{{" in text or "}}" in text:
        raise ValueError(f"markup that is not understood: {text[max(0, text.find('{{')) :][:80]!r}")
    return text, mentions


def mention(found: re.Match[str], start: int) -> dict[str, Any]:
    surface, value = found["surface"], found["value"] or found["surface"]
    row: dict[str, Any] = {
        "kind": found["kind"],
        "start": start,
        "end": start + len(surface),
        "surface": surface,
    }
    row |= amount(value) if found["kind"] == "amount" else {FIELD[found["kind"]]: value}
    return row | {"ignore": True} if found["ignore"] else row


def amount(value: str) -> dict[str, Any]:
    """`16000000`, `2000000..3000000` or `260000 DEM` as the least and the greatest sum and a currency."""
    numbers, _, currency = value.partition(" ")
    least, _, greatest = numbers.partition("..")
    return {
        "value_min": float(least),
        "value_max": float(greatest or least),
        "currency": currency or "EUR",
    }


if __name__ == "__main__":
    for release in releases():
        print(json.dumps(release._asdict(), ensure_ascii=False))  # noqa: T201

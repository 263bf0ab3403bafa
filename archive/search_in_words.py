"""The filters of a search in words, for the page that shows it and for whoever is told of its hits."""

import sqlite3
from collections.abc import Iterator

from archive.filters import FLAGS
from archive.german import KINDS, LANDS, money, short
from archive.selection import Asked

TITLES = {
    "land": "Land",
    "herausgeber": "Herausgeber",
    "art": "Art der Mitteilung",
    "kreis": "Genannter Kreis",
    "gemeinde": "Genannte Gemeinde",
    "person": "Genannte Person",
    "amt": "Genanntes Amt",
    "jahr": "Jahr",
    "quelle": "Quelle",
    "von": "Erschienen ab",
    "bis": "Erschienen bis",
    "betrag_von": "Nennt einen Betrag ab",
    "betrag_bis": "Nennt einen Betrag bis",
}
FLAG_TITLES = {
    "foerderung": "nennt eine Förderung",
    "anhang": "mit Anhang",
    "geaendert": "nachträglich geändert",
    "verschwunden": "vom Portal verschwunden",
}
LABELS = {"land": LANDS, "art": KINDS}
NAMES = {
    "kreis": "SELECT name FROM districts WHERE ags = ?",
    "gemeinde": "SELECT name FROM municipalities WHERE ags = ?",
    "person": "SELECT name FROM ministers WHERE id = ?",
    "herausgeber": "SELECT name FROM publishers WHERE id = ?",
    "quelle": "SELECT title FROM sources WHERE key = ?",
}


def filters(connection: sqlite3.Connection, what: Asked) -> Iterator[tuple[str, str]]:
    """The name of each filter that is set, and what it says."""
    for name, value in what.set():
        yield (
            name,
            FLAG_TITLES[name] if name in FLAGS else f"{TITLES[name]}: {label(connection, name, value)}",
        )


def label(connection: sqlite3.Connection, name: str, value: str) -> str:
    """The value of a filter as it reads."""
    if name in NAMES:
        named = connection.execute(NAMES[name], (value,)).fetchone()
        return str(named[0]) if named else value
    if name in ("von", "bis"):
        return short(value)
    return money(float(value)) if name.startswith("betrag") else LABELS.get(name, {}).get(value, value)


def in_words(connection: sqlite3.Connection, what: Asked) -> str:
    """The whole search on one line."""
    parts = ([f"„{what.q}“"] if what.q else []) + [said for _, said in filters(connection, what)]
    return " · ".join(parts) or "alle Mitteilungen"

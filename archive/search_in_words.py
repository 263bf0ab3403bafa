"""The filters of a search in words, for the page that shows it and for whoever is told of its hits."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language says what a search looks for."""

    word: Callable[[str], str]  # of the German word
    day: Callable[[str], str]
    money: Callable[[float], str]
    quoted: str


GERMAN = Wording(str, short, money, "„{}“")


def in_words(connection: sqlite3.Connection, what: Asked, wording: Wording = GERMAN) -> str:
    """The whole search on one line."""
    parts = [wording.quoted.format(what.q)] if what.q else []
    parts += [one_filter(connection, name, value, wording) for name, value in what.set()]
    return " · ".join(parts) or wording.word("Alle Mitteilungen")


def label(connection: sqlite3.Connection, name: str, value: str) -> str:
    """The value of a filter as it reads."""
    if name in NAMES:
        named = connection.execute(NAMES[name], (value,)).fetchone()
        return str(named[0]) if named else value
    return LABELS.get(name, {}).get(value, value)


def one_filter(connection: sqlite3.Connection, name: str, value: str, wording: Wording) -> str:
    """The name of a filter and what it says."""
    if name in FLAGS:
        return wording.word(FLAG_TITLES[name])
    if name in ("von", "bis"):
        said = wording.day(value)
    elif name.startswith("betrag"):
        said = wording.money(float(value))
    else:
        said = label(connection, name, value)
        said = wording.word(said) if name in LABELS else said
    title = wording.word(TITLES[name])
    return f"{title[:1].upper()}{title[1:]}: {said}"

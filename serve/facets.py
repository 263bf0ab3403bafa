"""The filters beside the hits: which values there are, how many hits each has, and which are set."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.search_in_words import FLAG_TITLES, LABELS, TITLES, filters
from archive.selection import Asked
from serve.narrow import Narrowed, narrow

FACET_LENGTH = 12
LOOKED_AT = 2000  # hits of which the mentions are counted; further ones are taken to be alike
OF_RELEASE = ("land", "herausgeber", "art")
_NAMED = """
SELECT mentioned.value, {table}.name AS label, count(*) AS n FROM (
    SELECT DISTINCT sought.value AS id, mentions.{key} AS value
    FROM json_each(:ids) AS sought CROSS JOIN {mentions} AS mentions ON mentions.release_id = sought.value
    WHERE mentions.{key} IS NOT NULL
) AS mentioned JOIN {table} ON {table}.{id} = mentioned.value
GROUP BY 1 ORDER BY n DESC, 2 LIMIT {length}
"""
_OFFICES = """
SELECT value, value AS label, count(*) AS n FROM (
    SELECT sought.value AS id, office AS value FROM json_each(:ids) AS sought
        CROSS JOIN minister_mentions ON release_id = sought.value
    UNION SELECT sought.value, office FROM json_each(:ids) AS sought
        CROSS JOIN person_mentions ON release_id = sought.value)
WHERE value IS NOT NULL GROUP BY 1 ORDER BY n DESC, 2 LIMIT {length}
"""
_COUNTS = {
    "kreis": _NAMED.format(
        table="districts", mentions="district_mentions", key="district_ags", id="ags", length=FACET_LENGTH
    ),
    "gemeinde": _NAMED.format(
        table="municipalities",
        mentions="municipality_mentions",
        key="municipality_ags",
        id="ags",
        length=FACET_LENGTH,
    ),
    "person": _NAMED.format(
        table="ministers", mentions="minister_mentions", key="minister_id", id="id", length=FACET_LENGTH
    ),
    "amt": _OFFICES.format(length=FACET_LENGTH),
}
_FLAGGED = {
    "foerderung": "EXISTS (SELECT 1 FROM grants WHERE release_id = sought.value)",
    "anhang": "EXISTS (SELECT 1 FROM attachments WHERE release_id = sought.value)",
    "verschwunden": """EXISTS (
        SELECT 1 FROM presence WHERE release_id = sought.value AND state IN ('missing', 'gone'))""",
}

Counted = list[tuple[str, str, int]]  # value, how it reads, hits among the documents looked at


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, how many hits it has and where choosing it leads."""

    label: str
    count: int
    address: str
    chosen: bool
    share: int  # per cent of the largest, for a bar


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values; `estimated` where not all hits were counted."""

    title: str
    choices: list[Choice]
    estimated: bool


def facets(connection: sqlite3.Connection, what: Asked, found: Narrowed) -> list[Facet]:
    """The hits of every value of every filter.

    A filter that is set is counted as if it were not, so that its other values can be chosen.
    """
    chosen = {name for name, _ in what.set()}
    made = []
    for name in (*OF_RELEASE, *_COUNTS):
        among = narrow(connection, what, name) if name in chosen else found
        made.append(_facet(connection, what, name, among))
    return [*made, _flags(connection, what, found)]


def chips(connection: sqlite3.Connection, what: Asked) -> Iterator[tuple[str, str]]:
    """Each filter that is set, in words, with the address of the search without it."""
    for name, word in filters(connection, what):
        yield word, what.address(**{name: ""})


def _facet(connection: sqlite3.Connection, what: Asked, name: str, among: Narrowed) -> Facet:
    if name in OF_RELEASE:
        values = Counter(getattr(document, name) for document in among.documents)
        ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))[:FACET_LENGTH]
        counted: Counted = [(value, LABELS.get(name, {}).get(value, value), n) for value, n in ordered]
        return _made(what, name, counted, among.scale)
    ids, scale = _looked_at(among)
    return _made(what, name, connection.execute(_COUNTS[name], {"ids": ids}), scale)


def _looked_at(among: Narrowed) -> tuple[str, float]:
    """Ids as JSON, spread over all hits, and how many hits each stands for."""
    every = -(-len(among.documents) // LOOKED_AT) or 1
    ids = [document.id for document in among.documents[::every]]
    return json.dumps(ids), among.scale * len(among.documents) / max(1, len(ids))


def _made(what: Asked, name: str, counted: Iterable[tuple[str, str, int]], scale: float) -> Facet:
    rows = list(counted)
    most = max((n for _, _, n in rows), default=1)
    choices = [
        Choice(
            str(label),
            rough(n * scale) if scale > 1 else n,
            what.address(**{name: "" if getattr(what, name) == value else value}),
            getattr(what, name) == value,
            max(1, round(100 * n / most)),
        )
        for value, label, n in rows
    ]
    return Facet(TITLES[name], choices, scale > 1)


def _flags(connection: sqlite3.Connection, what: Asked, found: Narrowed) -> Facet:
    ids, scale = _looked_at(found)
    asked_for = ", ".join(f"sum({condition})" for condition in _FLAGGED.values())
    row = connection.execute(f"SELECT {asked_for} FROM json_each(?) AS sought", (ids,)).fetchone()
    counts = {name: (n or 0) * scale for name, n in zip(_FLAGGED, row, strict=True)}
    counts["geaendert"] = sum(document.geaendert for document in found.documents) * found.scale
    most = max(1.0, *counts.values())
    choices = [
        Choice(
            title,
            rough(counts[name]) if scale > 1 else int(counts[name]),
            what.address(**{name: "" if getattr(what, name) else "1"}),
            bool(getattr(what, name)),
            max(1, round(100 * counts[name] / most)),
        )
        for name, title in FLAG_TITLES.items()
        if counts[name] or getattr(what, name)
    ]
    return Facet("Merkmale", choices, scale > 1)


def rough(count: float) -> int:
    """An estimate with two digits that mean something.

    >>> rough(12345.6), rough(87)
    (12000, 87)
    """
    whole = round(count)
    return round(whole, 2 - len(str(whole))) if whole > 99 else whole

"""Which releases have what: the sets that filters and counts of a search are put together from.

A set holds documents, the row numbers by which the full text index knows releases, as a roaring bitmap: a
million of them are counted in less than a thousandth of a second.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from math import floor, log10

from pyroaring import BitMap

Key = tuple[str, str]  # kind and key, as in the table `release_sets`
BLOCK_BITS = 16  # a block is one container of a roaring bitmap, 8 kB at most
_SOUGHT = "FROM json_each(:documents) CROSS JOIN releases ON releases.rowid = value"
_RELEASES = f"""
SELECT releases.rowid, coalesce(published_on, ''), jurisdiction, publisher_id, source_key, kind,
    versions > 1, amount_max IS NOT NULL,
    EXISTS (SELECT 1 FROM attachments WHERE release_id = releases.id),
    EXISTS (SELECT 1 FROM grants WHERE release_id = releases.id),
    EXISTS (SELECT 1 FROM presence WHERE release_id = releases.id AND state IN ('missing', 'gone'))
{_SOUGHT}
"""
OF_RELEASE = ("day", "jurisdiction", "publisher", "source", "kind")
FLAGS = ("geaendert", "betrag", "anhang", "foerderung", "verschwunden")
_MENTIONED = (
    ("district", "district_mentions", "district_ags"),
    ("district", "municipality_mentions", "district_ags"),
    ("municipality", "municipality_mentions", "municipality_ags"),
    ("minister", "minister_mentions", "minister_id"),
    ("office", "minister_mentions", "office"),
    ("office", "person_mentions", "office"),
)
# The sign keeps SQLite from reading all sums in euros for each release.
_AMOUNTS = f"""
SELECT releases.rowid, coalesce(value_min, value_max), coalesce(value_max, value_min) {_SOUGHT}
    CROSS JOIN amounts ON release_id = releases.id
WHERE +currency = 'EUR' AND coalesce(value_max, value_min) IS NOT NULL
"""


def memberships(connection: sqlite3.Connection, documents: Sequence[int]) -> dict[Key, BitMap]:
    """The sets that these documents belong to, as far as they do; documents that went are in none."""
    found: defaultdict[Key, list[int]] = defaultdict(list)
    sought = {"documents": json.dumps(documents)}
    for document, *told in connection.execute(_RELEASES, sought):
        for kind, key in zip(OF_RELEASE, told, strict=False):
            found[kind, key].append(document)
        for flag, is_set in zip(FLAGS, told[len(OF_RELEASE) :], strict=True):
            if is_set:
                found["flag", flag].append(document)
    for kind, table, column in _MENTIONED:
        named = f"""SELECT releases.rowid, {column} {_SOUGHT}
            CROSS JOIN {table} ON release_id = releases.id WHERE {column} IS NOT NULL"""
        for document, key in connection.execute(named, sought):
            found[kind, key].append(document)
    for document, low, high in connection.execute(_AMOUNTS, sought):
        for key in steps(low, high):
            found["amount", key].append(document)
    return {key: BitMap(some) for key, some in found.items()}


def step(value: float) -> str:
    """The step of a sum: its first two digits, and a plus where it is more than these.

    >>> step(1_250_000), step(1_200_000), step(7.5)
    ('1200000+', '1200000', '7+')
    """
    whole = floor(value)
    unit = _unit(whole)
    low = whole // unit * unit
    return str(low) if value == low else f"{low}+"


@lru_cache(maxsize=10_000)
def steps(low: float, high: float) -> tuple[str, ...]:
    """The steps that a sum between two others may stand on.

    >>> steps(1_950_000, 2_000_000)
    ('1900000+', '2000000')
    """
    found, last = [step(max(0.0, low))], step(max(0.0, high))
    while found[-1] != last and bounds(found[-1])[1] <= high:
        found.append(_next(found[-1]))
    return tuple(found)


def bounds(key: str) -> tuple[float, float]:
    """The least sum of a step, and the least above it; the same where it holds that one sum alone.

    >>> bounds("1200000+"), bounds("1200000")
    ((1200000.0, 1300000.0), (1200000.0, 1200000.0))
    """
    low = int(key.removesuffix("+"))
    return float(low), float(low + _unit(low) * key.endswith("+"))


def _unit(whole: int) -> int:
    return int(10 ** max(0, floor(log10(whole)) - 1)) if whole else 1


def _next(key: str) -> str:
    return str(int(bounds(key)[1])) if key.endswith("+") else f"{key}+"

"""Filters and fields of a search as sets of releases.

They are the same releases that `archive/filters.py` and `archive/search_fields.py` find by SQL, put together
from what is known of each.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from pyroaring import BitMap

from archive.filters import BETWEEN, FILTERS, FLAGS, day
from archive.german import KINDS, LANDS
from archive.release_sets import bounds
from archive.search_fields import FIELDS, Field, codes, flag, name_key, sums, years
from archive.selection import Asked
from serve.sets import Sets
from serve.words import looked_into

EVER, NEVER = "0000", "9999-12-31"
OF_SUMS = ("betrag_von", "betrag_bis")
OF_KIND = {
    "land": "jurisdiction",
    "quelle": "source",
    "art": "kind",
    "kreis": "district",
    "gemeinde": "municipality",
    "person": "minister",
    "amt": "office",
}
PUBLISHERS = """
SELECT id FROM publishers WHERE id = :name OR name = :name
UNION SELECT publisher_id FROM publisher_names WHERE name = :name
"""
_PUBLISHERS_NAMED = """
SELECT id FROM publishers WHERE instr(name_key(name), :name)
UNION SELECT publisher_id FROM publisher_names
WHERE instr(name_key(name || ' ' || coalesce(short_name, '')), :name)
"""
_NAMED = {
    "district": "SELECT ags FROM districts WHERE instr(name_key(name), :name)",
    "municipality": "SELECT ags FROM municipalities WHERE instr(name_key(name), :name)",
    "minister": "SELECT id FROM ministers WHERE instr(name_key(name), :name)",
    "publisher": _PUBLISHERS_NAMED,
}
_TOWNS_THAT_ARE_DISTRICTS = "SELECT ags FROM districts WHERE name_key(name) = :name"
_AMONG = """
SELECT releases.rowid FROM json_each(:documents) CROSS JOIN releases ON releases.rowid = value WHERE {where}
"""


def filtered(connection: sqlite3.Connection, sets: Sets, what: Asked, without: str = "") -> Iterator[BitMap]:
    """A set for each filter that is set and is no sum."""
    for name, value in what.set():
        if name != without and name not in OF_SUMS:
            yield chosen(connection, sets, name, value)


def with_sums(
    connection: sqlite3.Connection, sets: Sets, what: Asked, among: BitMap, until: float
) -> tuple[BitMap, int]:
    """What the filters for sums leave among some releases, and down to which document that was looked up."""
    values: dict[str, object] = {name: value for name, value in what.set() if name in OF_SUMS}
    if not values:
        return among, 0
    asked_for = "..", what.betrag_von or "0", what.betrag_bis or "inf"
    condition = BETWEEN if len(values) == len(OF_SUMS) else FILTERS[next(iter(values))]
    return _sums(connection, sets, asked_for, (condition, values), among, until)


def chosen(connection: sqlite3.Connection, sets: Sets, name: str, value: str) -> BitMap:
    """What a filter leaves that is no sum."""
    if name in OF_KIND:
        return sets.of(OF_KIND[name], [value])
    if name in FLAGS:
        return sets.of("flag", [name])
    if name == "herausgeber":
        return sets.of("publisher", _column(connection, PUBLISHERS, value))
    if name == "jahr":
        return sets.between(f"{value}-01-01", f"{value}-12-31")
    return sets.between(value, NEVER) if name == "von" else sets.between(EVER, value)


def of_field(
    connection: sqlite3.Connection, sets: Sets, read: Field, among: BitMap, until: float
) -> tuple[BitMap, int]:
    """What a field of a query asks for among some releases, and down to which document that was looked up.

    Nothing where its value says nothing.
    """
    if read.name == "betrag":
        return _sum(connection, sets, read.value, among, until)
    return _FIELDS[read.name](connection, sets, read.value), 0


_Read = Callable[[sqlite3.Connection, Sets, str], BitMap]


def _named(kind: str, connection: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    if kind in ("district", "municipality") and value.isascii() and value.isdigit():
        return sets.of(kind, [value])
    wanted = name_key(value)
    if not wanted.strip():
        return BitMap()
    found = sets.of(kind, _column(connection, _NAMED[kind], wanted))
    if kind == "municipality":
        found |= sets.of("district", _column(connection, _TOWNS_THAT_ARE_DISTRICTS, wanted))
    return found


def _office(_: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    wanted = name_key(value).rstrip()
    return sets.of("office", (o for o in sets.kinds.get("office", ()) if wanted and wanted in name_key(o)))


def _day(sign: str, _: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    on = day(value, last=sign == "<=")
    if not on:
        return BitMap()
    return sets.between(EVER, on) if sign == "<=" else sets.between(on, NEVER)


def _from(connection: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    return _day(">=", connection, sets, value) if day(value) else _named("publisher", connection, sets, value)


def _year(_: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    between = years(value)
    return sets.between(*between) if between else BitMap()


def _labelled(kind: str, labels: dict[str, str], _: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    return sets.of(kind, codes(value, labels))


def _flag(_: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    found = flag(value)
    return sets.of("flag", [found] if found else ())


def _source(_: sqlite3.Connection, sets: Sets, value: str) -> BitMap:
    return sets.of("source", [value.lower()])


def _sum(
    connection: sqlite3.Connection, sets: Sets, value: str, among: BitMap, until: float
) -> tuple[BitMap, int]:
    asked_for, condition = sums(value), FIELDS["betrag"](value, "sum")
    if not asked_for or not condition:
        return BitMap(), 0
    return _sums(connection, sets, asked_for, condition, among, until)


def _sums(
    connection: sqlite3.Connection,
    sets: Sets,
    asked_for: tuple[str, str, str],
    condition: tuple[str, Mapping[str, object]],
    among: BitMap,
    until: float,
) -> tuple[BitMap, int]:
    """What names such a sum: steps within are certain, those at the ends are looked into."""
    sign = asked_for[0]
    low = float("-inf") if "<" in sign else float(asked_for[1])
    high = float("inf") if ">" in sign else float(asked_for[2])
    certain: list[BitMap] = []
    doubtful: list[BitMap] = []
    for key, documents in sets.kinds.get("amount", {}).items():
        first, above = bounds(key)
        exact = first == above
        if (first > high or first < low) if exact else (first >= high or above <= low):
            continue
        if sign in "<>" and exact and first in (low, high):
            continue  # a sum beyond stands on another step, too
        within = low <= first and above <= high and sign != "="
        (certain if within else doubtful).append(documents)
    sure = BitMap().union(*certain)
    rest = (BitMap().union(*doubtful) & among) - sure
    where, values = condition
    more, down_to = looked_into(connection, sets, (_AMONG.format(where=where), values), rest, until)
    return among & (sure | more), down_to


def _column(connection: sqlite3.Connection, sql: str, name: str) -> list[str]:
    return [row[0] for row in connection.execute(sql, {"name": name})]


_FIELDS: dict[str, _Read] = {
    **dict.fromkeys(("kreis", "landkreis"), partial(_named, "district")),
    **dict.fromkeys(("gemeinde", "ort", "stadt"), partial(_named, "municipality")),
    **dict.fromkeys(("minister", "ministerin", "person"), partial(_named, "minister")),
    "amt": _office,
    **dict.fromkeys(("herausgeber", "ministerium"), partial(_named, "publisher")),
    "quelle": _source,
    "land": partial(_labelled, "jurisdiction", LANDS),
    "art": partial(_labelled, "kind", KINDS),
    "jahr": _year,
    "von": _from,
    **dict.fromkeys(("seit", "ab"), partial(_day, ">=")),
    "bis": partial(_day, "<="),
    **dict.fromkeys(("hat", "ist"), _flag),
}

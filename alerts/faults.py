"""What is wrong with a search that is watched: it can no longer find what its owner had in mind."""

import sqlite3
from collections.abc import Iterator

from archive.search_in_words import LABELS, NAMES
from archive.selection import Asked, nothing_sought


def faults(connection: sqlite3.Connection, what: Asked) -> list[str]:
    """The parts of a search that mean nothing, as they stand in it; none where all is well."""
    return list(_faults(connection, what))


def _faults(connection: sqlite3.Connection, what: Asked) -> Iterator[str]:
    yield from what.query.unclear
    if nothing_sought(what):
        yield what.q
    for name, value in what.set():
        unknown = name in LABELS and value not in LABELS[name]
        if name in NAMES:
            unknown = connection.execute(NAMES[name], (value,)).fetchone() is None
        if unknown:
            yield f"{name}={value}"

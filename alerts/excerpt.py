"""The releases of some events as a small archive of their own, of which every search can be asked at once.

Temporary tables with the names of the archive's stand before them: what `archive.selection` asks of an
archive is asked, unchanged, of the few texts that matter. A text that was replaced is there beside the one
that replaced it; mentions are those of the present text.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from alerts.events import Event
from archive.search_terms import compound_parts, index_terms
from archive.selection import Asked, conditions

OF_RELEASE = (
    "district_mentions municipality_mentions minister_mentions person_mentions amounts grants "
    "presence attachments"
).split()
INDEX = """
CREATE VIRTUAL TABLE temp.{table} USING fts5(title, text, parts, tokenize="unicode61 remove_diacritics 0")
"""
MADE = (
    "CREATE TEMP TABLE releases AS SELECT 0 AS event_id, * FROM main.releases LIMIT 0",
    "CREATE INDEX temp.releases_by_id ON releases (id)",
    INDEX.format(table="releases_fts"),
    INDEX.format(table="attachment_pages_fts"),
)
TABLES = ("releases", "releases_fts", "attachment_pages_fts", "attachment_pages", *OF_RELEASE)
# A release may go by another id by now.
RELEASE = """
SELECT id FROM main.releases WHERE id = :id
UNION ALL SELECT release_id FROM release_addresses WHERE id = :id LIMIT 1
"""
VERSION = """
SELECT versions.id, versions.release_id, versions.number, versions.title, versions.text
FROM captures JOIN version_captures AS shown ON shown.capture_id = captures.id
    JOIN versions ON versions.id = shown.version_id
WHERE captures.record_id = ? LIMIT 1
"""
BEFORE = """
SELECT id, release_id, number, title, text FROM versions WHERE release_id = ? AND number = ? - 1
"""
PRESENT = """
SELECT versions.id, versions.release_id, versions.number, versions.title, versions.text
FROM main.releases JOIN versions ON versions.id = releases.version_id WHERE releases.id = ?
"""
COPY = "INSERT INTO temp.releases SELECT ?, * FROM main.releases WHERE id = ?"
TURN = "UPDATE temp.releases SET title = ?, version_id = ? WHERE rowid = ?"
PUT = "INSERT INTO temp.{table} (rowid, title, text, parts) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Text:
    """One version of a release."""

    version_id: str
    release_id: str
    number: int
    title: str
    text: str


def text_of(connection: sqlite3.Connection, event: Event) -> Text | None:
    """The text that an event is about: the new one, or the last one of what is gone."""
    if event.kind != "removed":
        row = connection.execute(VERSION, (event.mark,)).fetchone()
    elif found := connection.execute(RELEASE, {"id": event.release_id}).fetchone():
        row = connection.execute(PRESENT, found).fetchone()
    else:
        row = None
    return Text(*row) if row else None


def text_before(connection: sqlite3.Connection, text: Text) -> Text | None:
    """The version before one."""
    row = connection.execute(BEFORE, (text.release_id, text.number)).fetchone()
    return Text(*row) if row else None


def take(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Make the excerpt of these events, in place of the one before."""
    leave(connection)
    for statement in MADE:
        connection.execute(statement)
    for event in events:
        if text := text_of(connection, event):
            _put(connection, event, text)
            if event.kind == "changed" and (before := text_before(connection, text)):
                _put(connection, event, before)
    for table in OF_RELEASE:
        connection.execute(
            f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} "
            "WHERE release_id IN (SELECT id FROM temp.releases)"
        )
        connection.execute(f"CREATE INDEX temp.{table}_of ON {table} (release_id)")
    connection.execute(
        "CREATE TEMP TABLE attachment_pages AS SELECT * FROM main.attachment_pages "
        "WHERE payload_digest IN (SELECT payload_digest FROM temp.attachments)"
    )
    pages = connection.execute("SELECT id, text FROM temp.attachment_pages").fetchall()
    rows = ((key, "", index_terms(text), compound_parts(text)) for key, text in pages)
    connection.executemany(PUT.format(table="attachment_pages_fts"), rows)


def matching(connection: sqlite3.Connection, what: Asked) -> set[int]:
    """The ids of the events in the excerpt that a search finds."""
    where, values = conditions(what)
    sql = f"SELECT DISTINCT releases.event_id FROM releases WHERE {where}"
    return {event for (event,) in connection.execute(sql, values)}


def leave(connection: sqlite3.Connection) -> None:
    """Throw the excerpt away; the names are those of the archive again."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _put(connection: sqlite3.Connection, event: Event, text: Text) -> None:
    at = connection.execute(COPY, (event.id, text.release_id)).lastrowid
    connection.execute(TURN, (text.title, text.version_id, at))
    terms = (at, index_terms(text.title), index_terms(text.text))
    parts = compound_parts(f"{text.title}\n{text.text}")
    connection.execute(PUT.format(table="releases_fts"), (*terms, parts))

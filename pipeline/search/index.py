"""The full text index follows the releases: taken out before they change, put in again after.

Both belong into the transaction of the change. The index keeps no text of its own, so taking a release out
means telling SQLite the very terms that were put in; rules that changed since are met by indexing all again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from sqlite_utils import Database

from archive import lemmas
from archive.search_terms import release_terms

Row = tuple[int, str, str, str]
Terms = tuple[str, str, str]  # of title and text, and the parts of their compounds
_PUT = "INSERT INTO releases_fts (rowid, title, text, parts) VALUES (?, ?, ?, ?)"
_TAKE = "INSERT INTO releases_fts (releases_fts, rowid, title, text, parts) VALUES ('delete', ?, ?, ?, ?)"
_DOCUMENTS = "SELECT rowid, id FROM releases WHERE id IN (SELECT value FROM json_each(?)) ORDER BY 1"
_BATCH = 500
ROOM = 32 << 20  # bytes of terms in memory before SQLite writes a segment, with which others are merged
_ROOM = "SELECT v FROM releases_fts_config WHERE k = 'hashsize'"
SAMPLE = 200
WINDOW = 20  # terms in a row that are looked up to prove that index and text agree


def give_room(db: Database) -> None:
    """Memory for the terms of a whole transaction, as segments that are few cost less to merge."""
    if db.execute(_ROOM).fetchone() != (ROOM,):
        db.execute("INSERT INTO releases_fts (releases_fts, rank) VALUES ('hashsize', ?)", [ROOM])


def add(db: Database, release_ids: Iterable[str]) -> None:
    """Index the current texts of these releases. They must not be in the index."""
    follow_rules(db)
    db.conn.executemany(_PUT, _terms(db, release_ids))


def terms(title: str, text: str) -> Terms:
    """What the index holds of a release."""
    return release_terms(title, text)


def put(db: Database, found: Mapping[str, Terms]) -> None:
    """Index releases, given by id, whose terms are known. They must not be in the index."""
    held = db.execute(_DOCUMENTS, (json.dumps(list(found)),)).fetchall()
    db.conn.executemany(_PUT, [(document, *found[key]) for document, key in held])


def remove(db: Database, release_ids: Iterable[str]) -> None:
    """Take these releases out of the index, while their indexed texts are still the current ones."""
    follow_rules(db)
    db.conn.executemany(_TAKE, _terms(db, release_ids))


def reindex(db: Database) -> int:
    """Index all releases anew; returns how many there are. Call it within a transaction."""
    db.execute("INSERT INTO releases_fts (releases_fts) VALUES ('delete-all')")
    db.execute("INSERT OR REPLACE INTO archive_state VALUES ('search_rules', ?)", [lemmas.rules()])
    total = 0
    last = -1
    while rows := _page(db, last):
        db.conn.executemany(_PUT, map(_indexed, rows))
        total, last = total + len(rows), rows[-1][0]
    return total


def check(db: Database, sample: int = SAMPLE) -> list[str]:
    """What is wrong with the index, a line for each; empty where it agrees with the texts.

    Every release must be in it and nothing else. Of a sample spread over the archive the index must hold as
    many terms as the text has, with the same words in a row at beginning, middle and end.
    """
    if _rules(db) not in (None, lemmas.rules()):
        return ["the search index was made by older rules; `pressearchiv build` makes it anew"]
    indexed = {row[0] for row in db.execute("SELECT id FROM releases_fts_docsize")}
    held = {row[0] for row in db.execute("SELECT document FROM release_texts")}
    wrong = [f"release {_name(db, n)} is not in the search index" for n in sorted(held - indexed)]
    wrong += [f"the search index holds a text of no release (document {n})" for n in sorted(indexed - held)]
    common = sorted(held & indexed)
    for document in common[:: max(1, len(common) // sample)]:
        if not _agrees(db, document):
            wrong.append(f"the search index of release {_name(db, document)} does not agree with its text")
    return wrong


def _agrees(db: Database, document: int) -> bool:
    row = db.execute(
        "SELECT document, title, text FROM release_texts WHERE document = ?", [document]
    ).fetchone()
    columns = dict(zip(("title", "text", "parts"), _indexed(row)[1:], strict=True))
    size = db.execute("SELECT sz FROM releases_fts_docsize WHERE id = ?", [document]).fetchone()[0]
    if _varints(size) != [len(terms.split()) for terms in columns.values()]:
        return False
    phrases = " AND ".join(
        f'{column} : "{phrase}"' for column, terms in columns.items() for phrase in _windows(terms.split())
    )
    query = "SELECT 1 FROM releases_fts WHERE releases_fts MATCH ? AND rowid = ?"
    return not phrases or db.execute(query, [phrases, document]).fetchone() is not None


def _windows(terms: list[str]) -> set[str]:
    """Beginning, middle and end of a row of terms; a phrase of the whole would take ten times as long."""
    middle = max(0, (len(terms) - WINDOW) // 2)
    return {" ".join(window) for n in (0, middle, -WINDOW) if (window := terms[n:][:WINDOW])}


def _varints(blob: bytes) -> list[int]:
    """SQLite's variable-length integers: seven bits a byte, high bits first."""
    found, value = [], 0
    for byte in blob:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            found.append(value)
            value = 0
    return found


def _terms(db: Database, release_ids: Iterable[str]) -> Iterator[Row]:
    ids = iter(release_ids)
    while batch := list(islice(ids, _BATCH)):
        marks = ",".join("?" * len(batch))
        query = f"SELECT document, title, text FROM release_texts WHERE release_id IN ({marks})"
        yield from [_indexed(row) for row in db.execute(query, batch)]


def _page(db: Database, last: int) -> list[tuple[int, str, str]]:
    query = "SELECT document, title, text FROM release_texts WHERE document > ? ORDER BY document LIMIT ?"
    return db.execute(query, [last, _BATCH]).fetchall()


def _indexed(row: tuple[int, str, str]) -> Row:
    document, title, text = row
    return document, *terms(title, text)


def follow_rules(db: Database) -> None:
    """Index everything anew where the rules of the terms have changed since."""
    rules = _rules(db)
    if rules is None:
        db.execute("INSERT INTO archive_state VALUES ('search_rules', ?)", [lemmas.rules()])
    elif rules != lemmas.rules():
        reindex(db)


def _rules(db: Database) -> str | None:
    row = db.execute("SELECT value FROM archive_state WHERE key = 'search_rules'").fetchone()
    return row[0] if row else None


def _name(db: Database, document: int) -> str:
    row = db.execute("SELECT id FROM releases WHERE rowid = ?", [document]).fetchone()
    return str(row[0]) if row else str(document)

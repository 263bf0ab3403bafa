"""The best twenty hits of German searches, against a bare FTS5 table of the same texts."""

import tempfile
from pathlib import Path

from sqlite_utils import Database

from archive.search_terms import query_terms
from benchmarks import site
from benchmarks.timing import pair
from benchmarks.write import empty, fill, read

QUERIES = (
    "Fördermittel",
    "Feuerwehr Gerätehaus",
    "Kita",
    "Bescheid Landkreis",
    "Radweg",
    '"rund 1,2 Millionen Euro"',
    "Hochwasserschutz",
    "Schule Sanierung",
    "Krankenhaus",
    "Breitband",
)


def run(count: int = 3000) -> dict[str, float]:
    """Milliseconds per search by rank, and times that of bare FTS5 with the words as typed."""
    where = site.source("https://bench.example")
    with tempfile.TemporaryDirectory() as name:
        db = empty(Path(name) / "search.db", count)
        fill(db, where, read(count, where))
        db.execute("CREATE VIRTUAL TABLE bare USING fts5(title, text, tokenize='unicode61')")
        db.execute("INSERT INTO bare (rowid, title, text) SELECT document, title, text FROM release_texts")
        timed = pair(lambda: _ours(db), lambda: _bare(db), rounds=9)
        db.close()
    return {
        "releases": count,
        "ms_per_search": round(timed.ours / len(QUERIES) * 1e3, 2),
        "ms_per_search_bare_fts5": round(timed.theirs / len(QUERIES) * 1e3, 2),
        "times_bare_fts5": round(1 / timed.ratio, 2),
    }


def _ours(db: Database) -> list[object]:
    sql = "SELECT rowid FROM releases_fts WHERE releases_fts MATCH ? ORDER BY rank LIMIT 20"
    return [db.execute(sql, (query_terms(query),)).fetchall() for query in QUERIES]


def _bare(db: Database) -> list[object]:
    sql = "SELECT rowid FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT 20"
    words = (
        query if query.startswith('"') else " ".join(f'"{w}"' for w in query.split()) for query in QUERIES
    )
    return [db.execute(sql, (query,)).fetchall() for query in words]

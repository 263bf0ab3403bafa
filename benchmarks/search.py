"""The best twenty hits of German searches, against FTS5 by itself: over the same terms, and over plain texts.

Over the same terms FTS5 finds the same: what we add is the reading of what was typed. Over plain texts with
the words as typed it finds less; how much is told beside it. `python -m benchmarks.search ARCHIVE` asks an
archive that is there.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from archive.search_terms import compound_parts, index_terms, query_terms, register
from benchmarks import portal
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
CACHE_KIB = 2 << 20  # more than the index of a million releases has
BEST = "SELECT rowid, rank FROM {0} WHERE {0} MATCH ? ORDER BY rank LIMIT 20"
HITS = "SELECT count(*) FROM {0} WHERE {0} MATCH ?"
RAW = "CREATE VIRTUAL TABLE raw.{} USING fts5({}, content='', tokenize='unicode61 remove_diacritics {}')"
Searches = Callable[[], Sequence[list[tuple[int, float]]]]


def run(count: int = 3000) -> dict[str, float]:
    """Milliseconds per search by rank, and times those of FTS5, over generated releases."""
    where = portal.source("https://bench.example")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "search.db"
        db = empty(path, count)
        fill(db, where, read(count, where))
        db.close()
        return {"releases": count} | measure(path)


def measure(archive: Path, rounds: int = 9) -> dict[str, float]:
    """The same over an archive. Processor time, in turns; all of it is in memory."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True)) as db,
    ):
        register(db)
        db.execute("ATTACH ? AS raw", (f"{folder}/raw.db",))
        for file in ("main", "raw"):  # without a name it would hold for the archive alone
            db.execute(f"PRAGMA {file}.cache_size = -{CACHE_KIB}")
        _fill(db)
        typed = [query if query.startswith('"') else _quoted(query) for query in QUERIES]
        terms = [query_terms(query) for query in QUERIES]
        ours = _searches(db, "releases_fts", lambda: [query_terms(query) for query in QUERIES])
        same = _searches(db, "same", lambda: terms)
        plain = _searches(db, "plain", lambda: typed)
        assert _weights(ours) == _weights(same)  # which of equal ones comes first may differ
        beside_same = pair(ours, same, rounds, time.process_time)
        beside_plain = pair(ours, plain, rounds, time.process_time)
        hits = {
            table: sum(int(db.execute(HITS.format(table), (asked,)).fetchone()[0]) for asked in queries)
            for table, queries in (("releases_fts", terms), ("plain", typed))
        }
    return {
        "ms_per_search": round(beside_same.ours / len(QUERIES) * 1e3, 2),
        "ms_per_search_fts5_same_terms": round(beside_same.theirs / len(QUERIES) * 1e3, 2),
        "times_fts5_same_terms": round(1 / beside_same.ratio, 2),
        "ms_per_search_fts5_plain_texts": round(beside_plain.theirs / len(QUERIES) * 1e3, 2),
        "times_fts5_plain_texts": round(1 / beside_plain.ratio, 2),
        "hits": hits["releases_fts"],
        "hits_fts5_plain_texts": hits["plain"],
    }


def _fill(db: sqlite3.Connection) -> None:
    db.create_function("index_terms", 1, index_terms, deterministic=True)
    db.create_function("compound_parts", 1, compound_parts, deterministic=True)
    db.execute(RAW.format("same", "title, text, parts", 0))
    db.execute(RAW.format("plain", "title, text", 1))
    db.execute(
        """INSERT INTO raw.same (rowid, title, text, parts)
        SELECT document, index_terms(title), index_terms(text), compound_parts(title || char(10) || text)
        FROM release_texts"""
    )
    db.execute("INSERT INTO raw.plain (rowid, title, text) SELECT document, title, text FROM release_texts")
    for table, weights in (("same", "10.0, 1.0, 0.5"), ("plain", "10.0, 1.0")):
        db.execute(f"INSERT INTO raw.{table} ({table}) VALUES ('optimize')")
        db.execute(f"INSERT INTO raw.{table} ({table}, rank) VALUES ('rank', 'bm25({weights})')")
    db.commit()


def _searches(db: sqlite3.Connection, table: str, expressions: Callable[[], Sequence[str]]) -> Searches:
    sql = BEST.format(table)
    return lambda: [db.execute(sql, (asked,)).fetchall() for asked in expressions()]


def _weights(search: Searches) -> list[list[float]]:
    return [[weight for _, weight in found] for found in search()]


def _quoted(query: str) -> str:
    return " ".join(f'"{word}"' for word in query.split())


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), indent=2))

"""Writing releases with their mentions and full text, against executemany of the same rows."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from archive.records import Place
from archive.schema import migrate
from archive.search_terms import compound_parts, index_terms
from archive.source import Source
from archive.store import open_archive, writing
from benchmarks import site
from benchmarks.timing import seconds
from demo.release import DemoRelease
from pipeline import reference_rows
from pipeline.extract import grants
from pipeline.extract.mentions import Context
from pipeline.extract.release import extract
from pipeline.parse.page import parse
from pipeline.prepared import Prepared, prepared
from pipeline.read import GAP, Job, Reading
from pipeline.run import BATCH
from pipeline.write import Built, write

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
TABLES = (
    "releases versions version_captures release_addresses parsed_captures minister_mentions person_mentions "
    "district_mentions municipality_mentions amounts dates grants"
).split()


def run(count: int = 2000) -> dict[str, float]:
    """Releases per second of the writer, of executemany with the same indexes and terms, and their ratio."""
    where = site.source("https://bench.example")
    readings = read(count, where)
    with tempfile.TemporaryDirectory() as name:
        ours_db = empty(Path(name) / "ours.db", count)
        ours = seconds(lambda: fill(ours_db, where, readings))
        rows = {table: ours_db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        terms = [
            (document, index_terms(title), index_terms(text), compound_parts(f"{title} {text}"))
            for document, title, text in ours_db.execute("SELECT document, title, text FROM release_texts")
        ]
        raw_db = empty(Path(name) / "raw.db", count)
        raw = seconds(lambda: _raw(raw_db, rows, terms))
        size = (Path(name) / "ours.db").stat().st_size
        mentions = sum(len(one.reading.mentions) for one in readings)
        ours_db.close()
        raw_db.close()
    return {
        "releases": count,
        "mentions_per_release": round(mentions / count, 1),
        "releases_per_second": round(count / ours),
        "releases_per_second_executemany": round(count / raw),
        "ratio_to_executemany": round(raw / ours, 2),
        "bytes_per_release": round(size / count),
    }


def read(count: int, where: Source) -> list[Prepared]:
    """Generated releases as if their pages had been read."""
    return [
        prepared(where, _reading(n, where, release)) for n, (_, release) in enumerate(site.releases(count))
    ]


def _reading(number: int, where: Source, release: DemoRelease) -> Reading:
    url = f"https://bench.example/release/{number}"
    page = parse(site.page(release, 0).replace("</main>", f"<p>{number}</p></main>"), url, None, where)
    whole = f"{page.title}{GAP}{page.text}"
    mentions = extract(whole, Context(release.published.date(), "DE-TH"))
    job = Job(number + 1, Place("bench/x", number, 1), url, url, "2026-03-01T08:00:00Z", 200, None, "bench")
    day = release.published.date().isoformat()
    found = tuple(grants.find(whole, mentions))
    return Reading(job, "release", page, day, "time", tuple(mentions), found)


def empty(path: Path, count: int) -> Database:
    """An archive with captures for so many releases, and no release."""
    db = open_archive(path)
    migrate(db, str(path))
    with writing(db):
        reference_rows.sync(db)
        db.execute("INSERT INTO publishers VALUES ('bench', 'Bench', 'DE-TH')")
        db.execute(
            "INSERT INTO sources (key, title, publisher_id, jurisdiction, family, status, home) "
            "VALUES ('bench', 'Bench', 'bench', 'DE-TH', 'generic', 'demo', 'https://bench.example/')"
        )
        db.conn.executemany(
            "INSERT INTO captures (id, source_key, role, url, requested_url, captured_at, status, "
            "payload_digest, payload_bytes, record_id, record_type, warc_file, warc_offset, warc_length) "
            "VALUES (?, 'bench', 'detail', ?, ?, '2026-03-01T08:00:00Z', 200, 'sha1:X', 1, ?, 'response', "
            "'bench/x', ?, 1)",
            [(n, f"u{n}", f"u{n}", f"r{n}", n) for n in range(1, count + 1)],
        )
    return db


def fill(db: Database, where: Source, readings: list[Prepared]) -> None:
    """Write the releases as the build does."""
    for start in range(0, len(readings), BATCH):
        with writing(db):
            write(db, {"bench": where}, readings[start : start + BATCH], Built(), NOW)


def _raw(
    db: Database, rows: Mapping[str, Sequence[tuple[object, ...]]], terms: Sequence[tuple[object, ...]]
) -> None:
    # A release at a time would need the children sorted by release; tables in turn is the faster way.
    for table, some in rows.items():
        for start in range(0, len(some), BATCH * 10):
            with writing(db):
                marks = ", ".join("?" * len(some[0]))
                db.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", some[start : start + BATCH * 10])
    for start in range(0, len(terms), BATCH):
        with writing(db):
            db.conn.executemany(
                "INSERT INTO releases_fts (rowid, title, text, parts) VALUES (?, ?, ?, ?)",
                terms[start : start + BATCH],
            )

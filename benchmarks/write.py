"""Writing releases with their mentions and full text, against executemany of the same rows."""

import pickle
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from archive.records import Place
from archive.schema import migrate
from archive.search_terms import compound_parts, index_terms
from archive.source import Source
from archive.store import give_room, open_archive, writing
from benchmarks import portal, site
from demo.release import DemoRelease
from pipeline import reference_rows
from pipeline.extract import grants
from pipeline.extract.mentions import Context
from pipeline.extract.release import extract
from pipeline.parse.page import parse
from pipeline.prepared import Prepared, prepared, slim
from pipeline.read import GAP, Job, Reading
from pipeline.run import BATCH
from pipeline.write import Built, write

SENT = 64  # readings that come from a worker at once
NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
TABLES = (
    "releases versions version_captures release_addresses parsed_captures minister_mentions person_mentions "
    "district_mentions municipality_mentions amounts dates grants"
).split()


def run(count: int = 2000, rounds: int = 5) -> dict[str, float]:
    """Releases per second of the writer, of executemany with the same indexes and terms, and their ratio.

    Both sides in turns, each time into a new archive, by processor time; medians. The readings come as the
    workers hand them over, and the bytes of the way from process to process are read by the writer, too.
    """
    where = portal.source("https://bench.example")
    readings = read(count, where)
    sent = [pickle.dumps([slim(one) for one in readings[at : at + SENT]]) for at in range(0, count, SENT)]
    with tempfile.TemporaryDirectory() as name:
        model = empty(Path(name) / "model.db", count)
        fill(model, where, readings)
        rows = {table: model.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        terms = [
            (document, index_terms(title), index_terms(text), compound_parts(f"{title} {text}"))
            for document, title, text in model.execute("SELECT document, title, text FROM release_texts")
        ]
        model.close()
        size = (Path(name) / "model.db").stat().st_size
        ours, raw, received = [], [], []
        for number in range(rounds):
            ours.append(_timed(Path(name) / f"ours-{number}.db", count, lambda db: fill(db, where, readings)))
            raw.append(_timed(Path(name) / f"raw-{number}.db", count, lambda db: _raw(db, rows, terms)))
            began = time.process_time()
            _received(sent)
            received.append(time.process_time() - began)
    whole = [one + more for one, more in zip(ours, received, strict=True)]
    mentions = sum(len(one.reading.mentions) for one in readings)
    return {
        "releases": count,
        "mentions_per_release": round(mentions / count, 1),
        "releases_per_cpu_second": round(count / statistics.median(whole)),
        "releases_per_cpu_second_executemany": round(count / statistics.median(raw)),
        "ratio_to_executemany": round(statistics.median(b / a for a, b in zip(whole, raw, strict=True)), 2),
        "ratio_without_receiving": round(statistics.median(b / a for a, b in zip(ours, raw, strict=True)), 2),
        "bytes_per_release": round(size / count),
    }


def _timed(path: Path, count: int, work: Callable[[Database], None]) -> float:
    """Processor seconds of some writing into a new archive, until all is in the file."""
    db = empty(path, count)
    give_room(db)
    began = time.process_time()
    work(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    taken = time.process_time() - began
    db.close()
    return taken


def _received(sent: Sequence[bytes]) -> int:
    return sum(len(pickle.loads(some)) for some in sent)


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

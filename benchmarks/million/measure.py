"""What a build of a generated archive costs: processor time, memory and room, by number of releases.

    python -m benchmarks.million.evidence FOLDER/100000 100000
    python -m benchmarks.million.measure FOLDER/100000
    python -m benchmarks.million.plot

The archive holds captures and no releases; its figures go into results.json beside this file.
"""

import json
import os
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from archive.interpreter import spare, with_room
from archive.store import open_archive
from benchmarks.million import evidence
from pipeline.run import build

RESULTS = Path(__file__).with_name("results.json")
NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
WORKERS = 2
MENTIONS = "minister_mentions person_mentions district_mentions municipality_mentions amounts dates".split()
SIZES = """
SELECT sum(pgsize), sum(pgsize) FILTER (WHERE name LIKE 'releases_fts%'),
    sum(pgsize) FILTER (WHERE name IN (SELECT name FROM sqlite_master WHERE type = 'index'))
FROM dbstat
"""


def measured(folder: Path) -> dict[str, float]:
    """Build the archive in a folder, with its figures. Times of the processor are of all processes."""
    began, before = time.monotonic(), os.times()
    built = build(
        folder / "archive.db", folder / "warc", evidence.sources(), NOW, workers=WORKERS, rebuild=True
    )
    wall, after = time.monotonic() - began, os.times()
    db = open_archive(folder / "archive.db")
    found = {
        "releases": built.new,
        "captures": built.captures + built.unchanged,
        "mentions": sum(_count(db, table) for table in MENTIONS),
        "grants": _count(db, "grants"),
        "wall_seconds": round(wall),
        "cpu_seconds_writer": round(after.user + after.system - before.user - before.system),
        "cpu_seconds_workers": round(
            after.children_user + after.children_system - before.children_user - before.children_system
        ),
        "peak_mb_writer": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        "peak_mb_worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10,
        "warc_bytes": sum(path.stat().st_size for path in (folder / "warc").rglob("*.warc.gz")),
        **_sizes(db),
    }
    db.close()
    return found


def _sizes(db: Database) -> dict[str, float]:
    whole, search, indexes = db.execute(SIZES).fetchone()
    return {"db_bytes": whole, "search_index_bytes": search, "other_index_bytes": indexes}


def _count(db: Database, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def note(found: dict[str, float]) -> None:
    """Keep the figures in the place of those of the same size."""
    held = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    held = [one for one in held if one["releases"] != found["releases"]] + [found]
    RESULTS.write_text(json.dumps(sorted(held, key=lambda one: one["releases"]), indent=2) + "\n")


if __name__ == "__main__":
    spare()  # as the command line does
    figures = with_room(measured)(Path(sys.argv[1]))
    note(figures)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")

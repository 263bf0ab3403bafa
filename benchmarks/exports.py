"""Exporting: rows per second and peak memory of every format, each in a process of its own; a snapshot."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import get_args

from sqlite_utils import Database

from archive.store import writing
from benchmarks import scaled
from exports.run import Format

MEASURED = [form for form in get_args(Format) if form != "wacz"]  # that copies records, which are not here
WORK = """
import json, sys, time
from pathlib import Path
from archive.store import read_archive
from exports.run import Wanted, export
from exports.snapshots.run import take

form, archive, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
db = read_archive(archive)
start = time.perf_counter()
if form == "snapshot":
    take(db, out)
    rows = 0
else:
    rows = export(db, Path("warc"), Wanted(form), out).rows
seconds = time.perf_counter() - start
# getrusage would count the memory of the process that started this one.
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0])
print(json.dumps({"rows": rows, "seconds": seconds, "megabytes": peak / 1024}))
"""


def run(count: int = 100_000) -> dict[str, float]:
    """Seconds, rows per second, peak memory and size of what is written, for generated releases."""
    figures: dict[str, float] = {"releases": count}
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name) / "archive.db"
        db = scaled.fill(archive, count)
        _evidence(db)
        db.close()
        rows = 0
        for form in (*MEASURED, "snapshot"):
            out = Path(name) / f"out-{form}"
            command = [sys.executable, "-c", WORK, form, str(archive), str(out)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            told = json.loads(done.stdout)
            rows = told["rows"] if form == "csv" else rows
            written = rows if form == "snapshot" else told["rows"]
            figures[f"{form}_seconds"] = round(told["seconds"], 1)
            figures[f"{form}_rows"] = written
            figures[f"{form}_rows_per_second"] = round(written / told["seconds"])
            figures[f"{form}_peak_megabytes"] = round(told["megabytes"])
            figures[f"{form}_megabytes"] = round(_size(out) / 1e6)
    return figures


def _evidence(db: Database) -> None:
    """A capture for every version: the generated archive has none."""
    with writing(db):
        db.execute(
            """INSERT INTO captures (id, source_key, role, url, requested_url, captured_at, status,
            payload_digest, payload_bytes, record_id, record_type, warc_file, warc_offset, warc_length)
            SELECT v.rowid, r.source_key, 'detail', r.url, r.url, v.first_seen_at, 200,
            'sha1:' || hex(v.rowid), 0, '<urn:uuid:' || hex(v.rowid) || '>', 'response', r.source_key,
            v.rowid, 0
            FROM versions v JOIN releases r ON r.id = v.release_id"""
        )
        db.execute("UPDATE versions SET capture_id = rowid")
        db.execute("INSERT INTO version_captures SELECT id, capture_id FROM versions")


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file() and not p.is_symlink())

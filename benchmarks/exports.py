"""Exporting: processor time, peak memory and size of every format, each in a process of its own; snapshots.

`python -m benchmarks.exports ARCHIVE [FORMAT ...]` exports an archive that is there, all of it and a part
(`--until DAY`), and with `--killed` each format once more: killed half-way, and run again.
"""

import hashlib
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, get_args

import click
from sqlite_utils import Database

from archive.store import writing
from benchmarks import scaled
from exports.run import Format

# The generated archive has no records that a web archive could copy.
MEASURED = (*(form for form in get_args(Format) if form != "wacz"), "snapshot")
WORK = """
import json, os, sys, time
from pathlib import Path
begun = time.monotonic()
from archive.selection import asked
from archive.store import read_archive
from exports.run import Wanted, export
from exports.snapshots.change import apply
from exports.snapshots.manifest import read
from exports.snapshots.run import take

form, archive, out, until = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
db = read_archive(archive) if form != "apply" else None
if form.startswith("snapshot"):
    taken = take(db, out, "without-texts" if form.endswith("texts") else "full")
    tables = read(taken.folder)["tables"]
    releases, rows = tables["releases"]["rows"], sum(table["rows"] for table in tables.values())
elif form == "apply":
    [difference] = (archive / "differences").iterdir()
    apply(difference, archive / "snapshots" / difference.name.partition("..")[0], out)
    releases = rows = 0
else:
    wanted = Wanted(form, asked({"bis": until}) if until else None)
    done = export(db, archive.parent / "warc", wanted, out)
    releases, rows = done.releases, done.rows
# getrusage would count the memory of the process that started this one.
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0])
used = os.times()
print(json.dumps({
    "releases": releases, "rows": rows, "seconds": round(time.monotonic() - begun),
    "cpu_seconds": round(used.user + used.system, 1),
    "peak_megabytes": round(peak / 1024),
}))
"""


def run(count: int = 100_000) -> dict[str, float]:
    """Every format of generated releases, figure by figure."""
    figures: dict[str, float] = {"releases": count}
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name) / "archive.db"
        db = scaled.fill(archive, count)
        _evidence(db)
        db.close()
        for form in MEASURED:
            told = exported(archive, form, Path(name) / f"out-{form}")
            figures |= {f"{form}_{figure}": value for figure, value in told.items() if figure != "releases"}
    return figures


def exported(archive: Path, form: str, out: Path, until: str = "") -> dict[str, Any]:
    """What one export took, in a process of its own."""
    done = subprocess.run(_command(archive, form, out, until), stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told | {"megabytes": round(_size(out) / 1e6, 1)}


def killed(archive: Path, form: str, out: Path, after: float) -> dict[str, Any]:
    """The same export, killed after so many seconds of processor time, and run again; what that took."""
    process = subprocess.Popen(_command(archive, form, out, ""), stdout=subprocess.DEVNULL)
    while process.poll() is None and _used(process.pid) < after:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if out.exists():
        raise click.ClickException(f"{form} was done before it could be killed")
    return exported(archive, form, out)


def digest(path: Path) -> str:
    """One hash of a file, or of all files of a folder with their names."""
    found = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
        found.update(file.relative_to(path.parent if path.is_file() else path).as_posix().encode())
        with file.open("rb") as content:
            found.update(hashlib.file_digest(content, "sha256").digest())
    return found.hexdigest()


def _command(archive: Path, form: str, out: Path, until: str) -> list[str]:
    return [sys.executable, "-c", WORK, form, str(archive), str(out), until]


def _used(process: int) -> float:
    """Seconds of processor time of a process."""
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / 100


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


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("formats", nargs=-1, type=click.Choice((*get_args(Format), "snapshot")))
@click.option("--until", default="", help="Also the releases until this day.")
@click.option("--killed", "kill", is_flag=True, help="Also killed half-way and run again.")
@click.option("--room", type=click.Path(path_type=Path, file_okay=False), help="Where exports go and vanish.")
def main(archive: Path, formats: tuple[str, ...], until: str, kill: bool, room: Path | None) -> None:
    """Export ARCHIVE in FORMATS, all where none is given."""
    for form in formats or (*get_args(Format), "snapshot"):
        with tempfile.TemporaryDirectory(dir=room) as name:
            if form == "snapshot":
                _snapshots(archive, Path(name))
                continue
            out = Path(name) / "out"
            told = exported(archive, form, out)
            _say(form, "all", told)
            if kill:
                whole = digest(out)
                shutil.rmtree(out) if out.is_dir() else out.unlink()
                again = killed(archive, form, out, told["cpu_seconds"] / 2)
                _say(form, "killed half-way, run again", again | {"same": digest(out) == whole})
            if until:
                _say(form, f"until {until}", exported(archive, form, Path(name) / "part", until))


def _snapshots(archive: Path, room: Path) -> None:
    """Twice of the same archive; once more with other titles, beside the first; the difference applied."""
    first, second = room / "first", room / "second"
    for out in (first, second):
        _say("snapshot", "all", exported(archive, "snapshot", out) | {"digest": digest(out)})
    _say("snapshot", "without texts", exported(archive, "snapshot-without-texts", room / "third"))
    shutil.rmtree(room / "third")
    changed = room / "changed.db"
    shutil.copyfile(archive, changed)
    db = sqlite3.connect(changed)
    with db:
        db.execute("UPDATE releases SET title = title || ' (neu)' WHERE rowid % 100 = 0")
    db.close()
    told = exported(changed, "snapshot", first)
    changed.unlink()
    _say("snapshot", "every hundredth title changed, with the difference", told)
    [difference] = (first / "differences").iterdir()
    new = difference.name.partition("..")[2]
    told = exported(first, "apply", second / "snapshots")
    same = digest(first / "snapshots" / new) == digest(second / "snapshots" / new)
    told |= {"megabytes": round(_size(difference) / 1e6, 1), "same": same}
    _say("snapshot", "the difference, applied to the first", told)


def _say(form: str, what: str, told: dict[str, Any]) -> None:
    print(json.dumps({"format": form, "what": what} | told), flush=True)


if __name__ == "__main__":
    main()

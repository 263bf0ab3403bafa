"""A merge, killed at every one of its writes and run again, must leave what an undisturbed one leaves.

`python -m benchmarks.merges [--every N] [--statements]`. Two archives share a day and went on apart; what is
redacted on one stands on the other. Each merge is a fork of this process, which costs far less than a new
one; benchmarks/dying counts the writes and kills.
"""

import hashlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import click
from sqlite_utils import Database

from archive.evidence import record_type, whole_members
from archive.store import open_archive
from benchmarks.stories import DYING, writes
from pipeline.merging.home import Home
from tests.merging.machines import TEXTS, Machine, Visit, crawled

NAME = "Erna Beispiel"
SAYS = f"Die Bürgerinitiative um {NAME} hatte gefragt. Die Straße in Weimar kostet 2,3 Millionen Euro."
# Numbers of rows and places in files depend on what was written first; that they fit, `verify` says.
OF_PLACE = "id run_id capture_id first_capture_id last_capture_id refers_to warc_file warc_offset".split()
OF_MOMENT = ("_sqlite_migrations", "sqlite_sequence", "archive_state")
LINKS = """
SELECT c.record_id, c.warc_length, t.record_id, r.started_at FROM captures c
    LEFT JOIN captures t ON t.id = c.refers_to LEFT JOIN runs r ON r.id = c.run_id ORDER BY c.record_id
"""


@dataclass(frozen=True)
class End:
    """What stands after a merge: rows by table, records by the hash of their bytes, and what is wrong."""

    tables: dict[str, list[str]]
    records: tuple[str, ...]
    faults: tuple[str, ...]
    others: tuple[str, ...]


def begin(folder: Path) -> None:
    """Two archives below a folder; `two` is to be merged into `one`."""
    one = crawled(folder / "one", Visit(1, 1, SAYS), Visit(2, 2, TEXTS[1]))
    two = one.copy("two")
    one.crawl(Visit(3, 1, SAYS), Visit(5, 3, TEXTS[2]))
    two.crawl(Visit(4, 1, SAYS), Visit(6, 2, None), Visit(7, 4, SAYS))
    two.build()
    two.redact(kind="name", phrases=(NAME,))
    one.build()


def end(folder: Path) -> End:
    """What is held now."""
    one = Machine(Home(folder / "one"))
    with closing(open_archive(one.home.archive)) as db:
        tables = {
            table.name: _rows(db, table.name)
            for table in db.tables
            if "_fts" not in table.name and table.name not in OF_MOMENT
        }
        tables["links"] = list(map(repr, db.execute(LINKS).fetchall()))
    return End(tables, tuple(sorted(_records(one.home.warc))), tuple(one.faults()), _files(folder / "two"))


def _rows(db: Database, table: str) -> list[str]:
    columns = [column.name for column in db[table].columns]
    kept = [name for name in columns if name not in OF_PLACE or table == "releases"]
    names = ", ".join(f'"{name}"' for name in kept) or "count(*)"
    return sorted(map(repr, db.execute(f'SELECT {names} FROM "{table}"').fetchall()))


def _records(warc: Path) -> Iterator[str]:
    for path in sorted(warc.glob("*/*.warc.gz")):
        for offset, length in whole_members(path)[0]:
            if record_type(path, offset) != "warcinfo":
                yield hashlib.sha256(path.read_bytes()[offset : offset + length]).hexdigest()


def _files(folder: Path) -> tuple[str, ...]:
    """Name and hash of the files of an archive that is only read."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    kept = (path for path in files if not path.name.endswith(("lock", "-shm", "-wal")))
    return tuple(
        f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in kept
    )


def merge(folder: Path, at: int = 0, *, statements: bool = False) -> tuple[bool, list[str]]:
    """Merge in a process of its own, which is killed at a write; whether it was, and the writes."""
    log = folder.with_name(f"{folder.name}.log")
    log.unlink(missing_ok=True)
    told = {"FOLDER": str(folder / "one"), "LOG": str(log), "AT": str(at), "ALONE": "1"}
    told["EACH"] = "1" if statements else ""

    def work() -> None:
        os.environ.update({f"DIE_{name}": value for name, value in told.items()})
        spec = spec_from_file_location("dying", DYING / "sitecustomize.py")
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module(module_from_spec(spec))
        one, two = (Machine(Home(folder / name)) for name in ("one", "two"))
        one.take(two)

    status = _forked(work)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not killed and status:
        raise AssertionError(f"the merge ended with {os.waitstatus_to_exitcode(status)} at {at}")
    return killed, writes(log)


def _forked(work: Callable[[], None]) -> int:
    """Do something in a copy of this process; how it ended."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def differences(found: End, reference: End) -> Iterator[str]:
    """In which way what stands is not what should."""
    for name in sorted({*found.tables, *reference.tables}):
        here, there = (set(each.tables.get(name, ())) for each in (found, reference))
        if found.tables.get(name) != reference.tables.get(name):
            yield f"{name}: {sorted(here - there)[:1]} instead of {sorted(there - here)[:1]}"
    if found.records != reference.records:
        yield f"records: {len(found.records)} instead of {len(reference.records)}"
    if found.others != reference.others:
        yield "the other archive has changed"
    yield from found.faults


@click.command()
@click.option("--every", type=click.IntRange(1), default=1, help="Kill at each N-th write only.")
@click.option("--first", type=click.IntRange(1), default=1, help="Begin with this write.")
@click.option("--statements", is_flag=True, help="Kill at statements inside of transactions, too.")
def main(every: int, first: int, statements: bool) -> None:
    """Kill a merge at every write, run it again, and say what came of it."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name) / "base"
        base.mkdir()
        begin(base)
        undisturbed = Path(shutil.copytree(base, base.with_name("undisturbed")))
        _, points = merge(undisturbed, statements=statements)
        reference = end(undisturbed)
        wrong = [f"undisturbed: {fault}" for fault in reference.faults]
        died = 0
        for at in range(first, len(points) + 1, every):
            folder = Path(shutil.copytree(base, base.with_name(f"killed-{at}")))
            killed, _ = merge(folder, at, statements=statements)
            died += killed
            merge(folder)
            said = "; ".join(differences(end(folder), reference))
            wrong += [f"at {at} ({points[at - 1]}): {said}"] if said else []
            shutil.rmtree(folder)
    click.echo(f"merge: {len(points)} writes, killed {died} times, {len(wrong)} times not the same")
    for line in wrong:
        click.echo(f"    {line}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

"""Commands that write, on small archives, and what must be the same however often they were killed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from archive import stamps
from archive.store import open_archive
from demo.server import PORT_BASE, PORTALS, DemoServer

DYING = Path(__file__).parent / "dying"
SECONDS = 120  # after which a command hangs
LINE = 96  # bytes of the log for each write
SINCE = "2026-04-01"  # three releases
SIGNED = ("--reason", "Versuch", "--author", "E. Muster")
OF_THE_MOMENT = {  # what tells when and how often somebody tried, and not what is held
    "runs": None,
    "run_lists": None,
    "_sqlite_migrations": None,
    "archive_state": ("value",),
    "issues": ("id", "first_seen_at", "last_seen_at", "times", "closed_at", "message", "capture_id"),
    "imports": ("imported_at", "id"),
    "redactions": (),
    "release_sets": None,  # an index: by numbers that releases get in the order in which they came
    "release_set_blocks": None,
}
OF_THE_CRAWL = (  # what depends on how often and in which order pages were fetched
    "id run_id capture_id first_capture_id last_capture_id refers_to record_id record_type warc_file "
    "warc_offset warc_length captured_at first_seen_at last_seen_at last_changed_at observed_at etag "
    "payload_bytes last_modified last_checked_at attachment_id amount_id"
).split()


Command = tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """A command, the commands that led to the archive it begins with, and those that follow in any case.

    {release}, {amount} and {word} stand for what the archive holds then, {evidence} for its WARC file,
    {other} for where it was put.
    """

    name: str
    command: Command
    before: tuple[Command, ...] = ()
    after: tuple[Command, ...] = (("build", "--workers", "1"),)
    refetches: bool = False  # a second run asks the portal again, or writes records elsewhere
    afresh: bool = False  # the archive is put away to {other} before, a copy of its WARC file to {evidence}


@dataclass(frozen=True)
class Ground:
    """The portals, their source files, and the folder in which archives are made."""

    sources: Path

    def start(self, folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        ours = {"PRESSEARCHIV_SOURCES": str(self.sources), "COLUMNS": "200", **environment}
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "cli", *arguments],
            cwd=folder, env={**os.environ, **ours}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip

    def run(self, folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
        """Exit code and output; code -9 where it was killed."""
        process = self.start(folder, *arguments, **environment)
        out, _ = process.communicate(timeout=SECONDS)
        return process.returncode, out

    def die(
        self, folder: Path, at: int, command: tuple[str, ...], *, alone: bool = False
    ) -> tuple[bool, str]:
        """Kill a command at a write; whether it died, and its last write. At 0 it only counts."""
        log = folder.with_name(f"{folder.name}.log")
        log.unlink(missing_ok=True)
        code, out = self.run(
            folder, *command, PYTHONPATH=f"{DYING}:{Path.cwd()}", DIE_FOLDER=str(folder),
            DIE_LOG=str(log), DIE_AT=str(at), DIE_ALONE="1" if alone else "",
        )  # fmt: skip
        points = writes(log)
        died = code == -signal.SIGKILL or (alone and len(points) >= at > 0)
        if not died and code not in (0, 1):
            raise AssertionError(f"{command} ended with {code}: {out}")
        return died, points[at - 1] if died else ""


def writes(log: Path) -> list[str]:
    """The writes that were counted."""
    return [line.rstrip() for line in log.read_text("ascii").splitlines()] if log.exists() else []


def stories() -> list[Story]:
    """Every command that writes."""
    crawl = ("crawl", "demo-bund", "--since", SINCE)
    build = ("build", "--workers", "1")
    redact = ("redact", "{what}", "{of}", *SIGNED, "--yes")
    text = tuple(part.format(what="text", of="{word}") for part in redact)
    release = tuple(part.format(what="release", of="{release}") for part in redact)
    first = ("redact", "text", "Wort das nirgends steht", *SIGNED, "--yes")  # it sets the salt
    reject = ("correct", "reject", "{release}", "{amount}", *SIGNED)
    return [
        Story("crawl", crawl, refetches=True),
        Story("crawl again", crawl, before=(crawl,), refetches=True),
        Story("build", build, before=((*crawl, "--no-build"),)),
        Story("rebuild", (*build, "--rebuild"), before=(crawl,)),
        Story("redact a text", text, before=(crawl, first)),
        Story("redact a release", release, before=(crawl, first)),
        Story(
            "import", ("import", "{evidence}", "--workers", "1"), before=(crawl,), refetches=True, afresh=True
        ),
        Story("merge", ("merge", "{other}", "--workers", "1"), before=(crawl,), refetches=True, afresh=True),
        Story("correct", reject, before=(crawl,)),
    ]


def begin(ground: "Ground", story: Story, folder: Path) -> Command:
    """Make the archive that a story begins with; its command, with what the archive holds put in."""
    folder.mkdir()
    for command in story.before:
        code, out = ground.run(folder, *command)
        assert code in (0, 1), (command, out)
    held = _held(folder / "archive.db") if story.before else {}
    if story.afresh:
        evidence = folder.with_name("evidence.warc.gz")
        shutil.copyfile(next((folder / "warc").glob("*/*.warc.gz")), evidence)
        other = folder.rename(folder.with_name(f"{folder.name}-other"))
        folder.mkdir()
        held |= {"evidence": str(evidence), "other": str(other)}
    return tuple(part.format(**held) if "{" in part else part for part in story.command)


def _held(archive: Path) -> dict[str, str]:
    amount = """
        SELECT r.id, r.title, 'amount@' || a."start" FROM releases r JOIN amounts a ON a.release_id = r.id
        WHERE a.field = 'text' ORDER BY r.id, a."start" LIMIT 1
    """
    with closing(open_archive(archive).conn) as connection:
        row = connection.execute(amount).fetchone()
    return (
        dict(zip(("release", "word", "amount"), (row[0], " ".join(row[1].split()[:3]), row[2]), strict=True))
        if row
        else {}
    )


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """The invented portals on free ports, and files that say so."""
    sources = folder / "sources"
    sources.mkdir()
    with DemoServer() as server:
        for at, key in enumerate(PORTALS):
            text = (files("demo") / "sources" / f"{key}.toml").read_text("utf-8")
            moved = text.replace(f"http://127.0.0.1:{PORT_BASE + at}", server.base(key))
            (sources / f"{key}.toml").write_text(moved, "utf-8")
        yield Ground(sources)


Dump = dict[str, list[str]]


def dump(archive: Path, *, refetches: bool) -> Dump:
    """Every table, without what depends on the moment; indexes are compared by `verify`."""
    with closing(open_archive(archive).conn) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
            )
            if "_fts" not in name
            and not name.startswith("sqlite_")
            and OF_THE_MOMENT.get(name, ()) is not None
        ]
        return {name: _rows(connection, name, refetches) for name in names}


def _rows(connection: object, name: str, refetches: bool) -> list[str]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]  # type: ignore[attr-defined]
    left_out = {*(OF_THE_MOMENT.get(name) or ()), *(OF_THE_CRAWL if refetches else ())}
    kept = ", ".join(f'"{column}"' for column in columns if column not in left_out)
    where = " WHERE role <> 'robots' AND status = 200" if refetches and name == "captures" else ""
    where = f" WHERE key NOT LIKE '{stamps.KEY}%'" if name == "archive_state" else where
    where = (
        " WHERE closed_at IS NULL AND kind NOT IN ('torn_record', 'overdue')" if name == "issues" else where
    )
    if not kept:
        return []
    rows = connection.execute(f'SELECT {"DISTINCT" if refetches else ""} {kept} FROM "{name}"{where}')  # type: ignore[attr-defined]
    return sorted(map(repr, rows))

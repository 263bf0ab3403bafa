"""Every command that writes, killed at every one of its writes and run again, must leave the same archive.

`python -m benchmarks.crashes [STORY…] [--every N]`; a story is a command on an archive that stands. The
reference is the same command, undisturbed.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from archive.store import open_archive
from benchmarks.stories import Command, Dump, Ground, Story, begin, dump, ground, stories, writes
from pipeline.verify import verify

LEFT_ASIDE = (".torn-", "-wal", "-shm", "lock")  # what a killed run may leave beside the archive


@dataclass(frozen=True)
class End:
    """What stands when all is done."""

    tables: Dump
    faults: tuple[str, ...]
    files: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """One killed run."""

    story: str
    at: int
    write: str
    died: bool
    differences: tuple[str, ...]


def differences(end: End, reference: End) -> Iterator[str]:
    """In which way an archive is not the one it should be."""
    for name in sorted({*end.tables, *reference.tables}):
        here, there = (set(which.tables.get(name, ())) for which in (end, reference))
        if here != there or len(end.tables[name]) != len(reference.tables[name]):
            more, less = ("".join(sorted(rows)[:1])[-200:] for rows in (here - there, there - here))
            yield f"{name}: {len(here - there)} more …{more}, {len(there - here)} less …{less}"
    yield from end.faults
    if end.files != reference.files:
        yield f"files: {sorted(end.files ^ reference.files)}"


def undisturbed(ground: Ground, story: Story, base: Path, command: Command) -> tuple[End, list[str]]:
    """The archive as it should be, and the writes that lead there."""
    folder = _copy(base, "reference")
    ground.die(folder, 0, command)
    return _finish(ground, story, folder), writes(folder.with_name(f"{folder.name}.log"))


def killed(
    ground: Ground,
    story: Story,
    base: Path,
    command: Command,
    at: int,
    reference: End,
    *,
    alone: bool = False,
) -> Outcome:
    """Kill the command at a write, run it again, and compare."""
    folder = _copy(base, f"killed-{at}{'-alone' * alone}")
    died, write = ground.die(folder, at, command, alone=alone)
    if died:
        code, out = ground.run(folder, *command)
        assert code in (0, 1), (command, at, write, out)
    end = _finish(ground, story, folder)
    shutil.rmtree(folder)
    return Outcome(story.name, at, write, died, tuple(differences(end, reference)))


def _copy(base: Path, name: str) -> Path:
    return Path(shutil.copytree(base, base.with_name(f"{base.name}-{name}")))


def _finish(ground: Ground, story: Story, folder: Path) -> End:
    for command in story.after:
        code, out = ground.run(folder, *command)
        assert code in (0, 1), (command, out)
    archive, warc = folder / "archive.db", folder / "warc"
    tables = dump(archive, refetches=story.refetches)
    db = open_archive(archive)
    with closing(db.conn):
        faults = tuple(f"{f.part}: {f.subject}: {f.message}" for f in verify(db, warc))
    names = (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    kept = frozenset(name for name in names if not any(part in name for part in LEFT_ASIDE))
    return End(tables, (*faults, *_invalid(warc)), kept)


def _invalid(warc: Path) -> Iterator[str]:
    """What another tool finds wrong with the WARC files."""
    files = sorted(map(str, warc.glob("*/*.warc.gz")))
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True
    )
    if done.returncode:
        yield f"warcio check: {done.stdout}{done.stderr}"


@click.command()
@click.argument("names", nargs=-1)
@click.option("--every", type=click.IntRange(1), default=1, help="Kill at each N-th write only.")
@click.option("--side-by-side", type=click.IntRange(1), default=2, help="Runs at a time.")
def main(names: tuple[str, ...], every: int, side_by_side: int) -> None:
    """Kill NAMES (all stories where none is given) at every write, and say what came of it."""
    told = [story for story in stories() if not names or story.name in names]
    bad = 0
    with tempfile.TemporaryDirectory() as place, ground(Path(place)) as portals:
        for story in told:
            base = Path(place) / story.name.replace(" ", "-")
            command = begin(portals, story, base)
            reference, points = undisturbed(portals, story, base, command)
            with ThreadPoolExecutor(side_by_side) as pool:
                runs = [
                    pool.submit(killed, portals, story, base, command, at, reference)
                    for at in range(1, len(points) + 1, every)
                ]
                outcomes = [run.result() for run in runs]
            wrong = [outcome for outcome in outcomes if outcome.differences]
            bad += len(wrong)
            died = sum(outcome.died for outcome in outcomes)
            equal = len(outcomes) - len(wrong)
            click.echo(f"{story.name:20} {len(points):4} writes, killed {died:4} times, equal {equal:4}")
            for outcome in wrong:
                click.echo(f"    at {outcome.at} ({outcome.write}): {'; '.join(outcome.differences)[:600]}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()

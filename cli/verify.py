"""`pressearchiv verify`: proof that evidence, facts and search index agree."""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
from sqlite_utils import Database

from archive import corrections, issues, lost
from archive.clock import stamp, utc_now
from archive.corrections import Corrections
from archive.german import counted
from archive.german import number as german
from archive.records import Issue
from archive.source import Source
from archive.store import is_writable, read_archive, writing
from cli.options import archive_option, corrections_option, sources_option, warc_option, workers_option
from cli.progress import bar
from cli.shown import plain
from demo.standing import standing_sources
from pipeline import deep as rereading
from pipeline.deep import Asked
from pipeline.verify import Finding
from pipeline.verify import verify as find_faults

MOST = 50  # findings printed; the count says how many there are


@click.command()
@archive_option
@warc_option
@sources_option
@workers_option
@corrections_option
@click.option("--deep", is_flag=True, help="Also read releases again from their bytes, and compare.")
@click.option("--sample", type=click.IntRange(1), default=100, show_default=True, help="How many of them.")
@click.option("--all", "all_of_them", is_flag=True, help="All of them.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed samples other releases.")
def verify(
    archive: Path,
    warc: Path,
    sources: dict[str, Source],
    workers: int,
    corrections_file: Path,
    deep: bool,
    sample: int,
    all_of_them: bool,
    seed: int,
) -> None:
    """Prove that WARC files, captures, releases, offsets and the search index agree.

    Reads every byte of the evidence. What is missing or damaged becomes an issue, what came back closes its
    own. Exits with 0 when all agrees, with 1 and a line per finding otherwise.

    \b
    pressearchiv verify --deep                      100 releases read again from their bytes
    pressearchiv verify --deep --sample 500 --seed 7
    pressearchiv verify --deep --all
    """
    db = read_archive(archive)
    count = 0
    damaged: dict[str, Finding] = {}
    found = find_faults(db, warc, lambda part: click.echo(f"checking {part} …", err=True))
    if deep or all_of_them:
        known = standing_sources() | sources
        asked = rereading.sample(db, None if all_of_them else sample, seed)
        decided = corrections.read(corrections_file)
        found = chain(found, _read_again(db, warc, known, asked, decided, workers))
    for finding in found:
        count += 1
        if finding.file:
            damaged.setdefault(finding.file, finding)
        if count <= MOST:
            click.echo(plain(f"{finding.part}: {finding.subject}: {finding.message}"))
    captures, releases = (
        db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("captures", "releases")
    )
    if is_writable(archive):
        _note(db, warc, damaged)
    db.close()
    if count > MOST:
        click.echo(f"… and {german(count - MOST)} more")
    click.echo(
        f"{german(captures)} captures and {german(releases)} releases checked, "
        + (f"{german(count)} fault{'s' * (count != 1)}" if count else "all agree")
    )
    sys.exit(1 if count else 0)


def _read_again(
    db: Database,
    warc: Path,
    sources: dict[str, Source],
    asked: list[Asked],
    decided: Corrections,
    workers: int,
) -> Iterator[Finding]:
    click.echo(f"reading {counted(len(asked), 'release', 'releases')} again …", err=True)
    with bar("reading again") as advance:
        yield from rereading.verify(db, warc, sources, asked, decided, workers, advance)


def _note(db: Database, warc: Path, damaged: dict[str, Finding]) -> None:
    """Open an issue for each file with damage, for `status`; close those about evidence that is back."""
    at = stamp(utc_now())
    with writing(db):
        for (key,) in db.execute("SELECT key FROM sources").fetchall():
            lost.close_restored(db, warc, key, at)
        found = (
            Issue(lost.KIND, file, f"{file}: {f.subject}: {f.message}", lost.MEND, f.source_key, f.capture_id)
            for file, f in damaged.items()
        )
        issues.note(db, found, at)

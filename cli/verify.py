"""`pressearchiv verify`: proof that evidence, facts and search index agree."""

import sys
from pathlib import Path

import click
from sqlite_utils import Database

from archive import issues, lost
from archive.clock import stamp, utc_now
from archive.german import number as german
from archive.records import Issue
from archive.store import is_writable, read_archive, writing
from cli.options import archive_option, warc_option
from pipeline.verify import Finding
from pipeline.verify import verify as find_faults

MOST = 50  # findings printed; the count says how many there are


@click.command()
@archive_option
@warc_option
def verify(archive: Path, warc: Path) -> None:
    """Prove that WARC files, captures, releases, offsets and the search index agree.

    Reads every byte of the evidence. What is missing or damaged becomes an issue, what came back closes its
    own. Exits with 0 when all agrees, with 1 and a line per finding otherwise.
    """
    db = read_archive(archive)
    count = 0
    damaged: dict[str, Finding] = {}
    for finding in find_faults(db, warc, lambda part: click.echo(f"checking {part} …", err=True)):
        count += 1
        if finding.file:
            damaged.setdefault(finding.file, finding)
        if count <= MOST:
            click.echo(f"{finding.part}: {finding.subject}: {finding.message}")
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

"""`pressearchiv verify`: proof that evidence, facts and search index agree."""

import sys
from pathlib import Path

import click

from archive.german import number as german
from archive.store import read_archive
from cli.options import archive_option, warc_option
from pipeline.verify import verify as find_faults

MOST = 50  # findings printed; the count says how many there are


@click.command()
@archive_option
@warc_option
def verify(archive: Path, warc: Path) -> None:
    """Prove that WARC files, captures, releases, offsets and the search index agree.

    Reads every byte of the evidence. Exits with 0 when all agrees, with 1 and a line per finding otherwise.
    """
    db = read_archive(archive)
    count = 0
    for finding in find_faults(db, warc, lambda part: click.echo(f"checking {part} …", err=True)):
        count += 1
        if count <= MOST:
            click.echo(f"{finding.part}: {finding.subject}: {finding.message}")
    captures, releases = (
        db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("captures", "releases")
    )
    db.close()
    if count > MOST:
        click.echo(f"… and {german(count - MOST)} more")
    click.echo(
        f"{german(captures)} captures and {german(releases)} releases checked, "
        + (f"{german(count)} fault{'s' * (count != 1)}" if count else "all agree")
    )
    sys.exit(1 if count else 0)

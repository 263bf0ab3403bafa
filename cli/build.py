"""`pressearchiv build`: captures to facts."""

from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from archive.clock import utc_now
from archive.source import Source
from cli.options import archive_option, sources_option, warc_option, workers_option
from cli.progress import bar
from pipeline.run import Built
from pipeline.run import build as build_archive


@click.command()
@archive_option
@warc_option
@sources_option
@workers_option
@click.option("--rebuild", is_flag=True, help="Read every capture again, with the rules of today.")
def build(archive: Path, warc: Path, sources: dict[str, Source], workers: int, rebuild: bool) -> None:
    """Read what was captured and write what it says.

    Only captures that were not read yet are read; a build that was stopped goes on where it stopped.
    """
    report(run(archive, warc, sources, workers, utc_now(), rebuild=rebuild), Console())


def run(
    archive: Path,
    warc: Path,
    sources: dict[str, Source],
    workers: int,
    now: datetime,
    *,
    rebuild: bool = False,
) -> Built:
    """Build with a progress bar."""
    with bar("reading captures") as advance:
        return build_archive(archive, warc, sources, now, rebuild=rebuild, workers=workers, progress=advance)


def report(built: Built, console: Console) -> None:
    """One line that says what came of it."""
    if not built.captures:
        console.print("Nothing new to read.")
        return
    refused = ", ".join(f"{count} {outcome}" for outcome, count in sorted(built.refused.items()))
    console.print(
        f"Read {built.captures} captures: {built.new} new releases, {built.changed} changed, "
        f"{built.unchanged} unchanged" + (f"; no release: {refused}" if refused else "") + "."
    )

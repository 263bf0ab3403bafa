"""`pressearchiv build`: captures to facts."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from archive import corrections
from archive.clock import utc_now
from archive.corrections import Corrections
from archive.errors import ArchiveError
from archive.german import number as german
from archive.recovery import has_unknown, source_keys
from archive.source import Source
from archive.store import open_archive
from cli.crew import crew, dask_option
from cli.options import archive_option, corrections_option, sources_option, warc_option, workers_option
from cli.progress import bar
from demo.standing import standing_sources
from pipeline.run import build as build_archive
from pipeline.workers import Crew, Workers
from pipeline.write import Built

HERE = "local"


@click.command()
@archive_option
@warc_option
@sources_option
@workers_option
@corrections_option
@click.option("--rebuild", is_flag=True, help="Read every capture again, with the rules of today.")
@dask_option
def build(
    archive: Path,
    warc: Path,
    sources: dict[str, Source],
    workers: int,
    corrections_file: Path,
    rebuild: bool,
    dask: str | None,
) -> None:
    """Read what was captured and write what it says.

    Only captures that were not read yet are read; a build that was stopped goes on where it stopped. Where
    the database is gone and the WARC files are there, it is made again from them.

    Exits with 1 when something could not be read; `pressearchiv status` and the table issues say what.

    \b
    pressearchiv build --rebuild                              everything again, on all cores
    pressearchiv build --rebuild --dask tcp://head:8786       the same on many machines (docs/scale.md)
    """
    if not archive.exists() and not source_keys(warc):
        raise ArchiveError(
            f"neither {archive} nor evidence in {warc} is there; run `pressearchiv crawl` or "
            "`pressearchiv demo` first, or name them with --archive and --warc"
        )
    decided = corrections.read(corrections_file)
    with crew(dask, workers, warc.resolve()) as hired:
        built = run(archive, warc, sources, workers, decided, utc_now(), rebuild=rebuild, crew=hired)
    report(built, Console())
    sys.exit(1 if built.strangers or "unreadable" in built.refused else 0)


def run(
    archive: Path,
    warc: Path,
    sources: Mapping[str, Source],
    workers: Workers,
    decided: Corrections,
    now: datetime,
    *,
    rebuild: bool = False,
    crew: Crew | None = None,
    begun: Built | None = None,
) -> Built:
    """Recover what the database lacks, then build, with a progress bar; `begun` is what a crawl had read."""
    known = standing_sources() | dict(sources)
    _recover(archive, warc, known, now)
    with bar("reading captures") as advance:
        return build_archive(
            archive,
            warc,
            known,
            now,
            rebuild=rebuild,
            workers=workers,
            crew=crew,
            corrections=decided,
            clock=utc_now,
            begun=begun,
            progress=advance,
        )


def _recover(archive: Path, warc: Path, sources: Mapping[str, Source], now: datetime) -> None:
    db = open_archive(archive)
    lost = [key for key in source_keys(warc) if has_unknown(db, warc, key)]
    db.close()
    if not lost:
        return
    from crawler.recovery import recover_lost  # brings Scrapy along, which a build does not need

    for key, count in recover_lost(archive, warc, sources, now).items():
        if count:
            click.echo(f"{key}: {german(count)} captures recovered from {warc}", err=True)
    for key in lost:
        if key not in sources:
            click.echo(
                f"{key}: there is evidence in {warc / key}, but no source file describes it; name its folder "
                "with --sources",
                err=True,
            )


def report(built: Built, console: Console) -> None:
    """One line that says what came of it."""
    if built.captures:
        refused = ", ".join(f"{german(count)} {outcome}" for outcome, count in sorted(built.refused.items()))
        console.print(
            f"Read {german(built.captures)} captures: {german(built.new)} new releases, "
            f"{german(built.changed)} changed, {german(built.unchanged)} unchanged"
            + (f"; no release: {refused}" if refused else "")
            + ".",
            highlight=False,
        )
    else:
        console.print("Nothing new to read.")
    if built.strangers:
        names = ", ".join(built.strangers)
        console.print(f"Not read, because no source file describes them: {names}. Name it with --sources.")

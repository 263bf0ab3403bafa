"""`pressearchiv crawl`: collect, keep the evidence, build what is new."""

import sys
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive import corrections, rhythm
from archive.clock import BERLIN, utc_now
from archive.german import number as german
from archive.source import Source
from archive.status import HEALTHY
from archive.store import open_archive
from cli import build as build_verb
from cli.day import Day
from cli.options import (
    archive_option,
    chosen,
    contact_option,
    corrections_option,
    sources_option,
    warc_option,
    workers_option,
)
from cli.progress import counting
from crawler.ledger import RunResult
from crawler.run import crawl as crawl_sources


@click.command()
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@archive_option
@warc_option
@sources_option
@workers_option
@click.option("--due", is_flag=True, help="Leave out the sources whose rhythm does not ask for a run yet.")
@click.option("--full", is_flag=True, help="Follow the pagination to its end, not only to what is known.")
@click.option("--since", type=Day(), help="Leave out what was published before this day.")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="Fetch at most so many releases per source."
)
@contact_option
@corrections_option
@click.option("--no-build", is_flag=True, help="Collect only; `pressearchiv build` reads it later.")
def crawl(
    keys: tuple[str, ...],
    archive: Path,
    warc: Path,
    sources: dict[str, Source],
    workers: int,
    due: bool,
    full: bool,
    since: date | None,
    limit: int | None,
    contact: str | None,
    corrections_file: Path,
    no_build: bool,
) -> None:
    """Collect the releases of SOURCEs (all active ones where none is named), archive every response, build.

    Exits with 1 when a source could not be read as it should.

    Safe to stop and run again: it goes on where it stopped. Two crawls of different sources go side by side.

    \b
    pressearchiv crawl th-tmil --contact redaktion@example.org --limit 20
    pressearchiv crawl                      every active source, only what is new
    pressearchiv crawl --due                those whose rhythm (`every` in the source file) asks for it now
    pressearchiv crawl th-tsk --full        the whole archive of a portal
    """
    wanted, decided = chosen(keys, sources), corrections.read(corrections_file)
    if due and not (wanted := _due(wanted, archive, utc_now())):
        return
    results = collect(wanted, archive, warc, contact, full=full, since=since, limit=limit)
    report(results, Console())
    if not no_build:
        build_verb.report(build_verb.run(archive, warc, sources, workers, decided, utc_now()), Console())
    # A portal that is silent for long is read well; `status` tells of it.
    well = HEALTHY | {"overdue"} | ({"partial"} if limit or since else set())
    sys.exit(0 if {r.verdict for r in results} <= well else 1)


def _due(wanted: list[Source], archive: Path, now: datetime) -> list[Source]:
    """Those that are due; where there are none, say when the next one is."""
    last: dict[str, datetime] = {}
    if archive.exists():
        db = open_archive(archive)
        last = rhythm.last_runs(db)
        db.close()
    due = [source for source in wanted if rhythm.is_due(source, last.get(source.key), now)]
    if not due:
        at, key = min((rhythm.due_at(s, last[s.key]), s.key) for s in wanted)
        click.echo(f"Nothing is due; {key} is next, from {at.astimezone(BERLIN):%Y-%m-%d %H:%M}.")
    return due


def collect(
    sources: list[Source],
    archive: Path,
    warc: Path,
    contact: str | None,
    *,
    full: bool = False,
    since: date | None = None,
    limit: int | None = None,
) -> list[RunResult]:
    """Crawl, and say meanwhile how far it is."""
    by_key = {source.key: source for source in sources}
    with counting("collecting") as say:
        seen: dict[str, RunResult] = {}

        def progress(result: RunResult) -> None:
            seen[result.source_key] = result
            requests, new = (
                sum(getattr(r, name) for r in seen.values()) for name in ("requests", "new_captures")
            )
            say(f"{len(seen)} of {len(by_key)} sources, {requests} requests, {new} new captures")

        return crawl_sources(
            by_key,
            archive,
            warc,
            full=full,
            since=since,
            limit=limit,
            contact=contact,
            sources=by_key,
            progress=progress,
        )


def report(results: list[RunResult], console: Console) -> None:
    """A line per source."""
    table = Table(header_style="bold", box=None, pad_edge=False)
    for column in ("source", "verdict", "requests", "new", "entries", "why"):
        right = column in ("requests", "new", "entries")
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    for r in results:
        numbers = (german(r.requests), german(r.new_captures), german(r.new_entries))
        table.add_row(r.source_key, r.verdict, *numbers, r.reason or "")
    console.print(table)

"""`pressearchiv crawl`: collect, keep the evidence, and build what is new on the way."""

import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click
from rich.console import Console
from rich.table import Table

from archive import corrections, rhythm
from archive.clock import BERLIN, utc_now
from archive.corrections import Corrections
from archive.german import number as german
from archive.source import Source
from archive.status import HEALTHY
from archive.store import log_kept_short, open_archive
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
from crawler.result import RunResult
from crawler.run import GoesOn
from crawler.run import crawl as crawl_sources
from demo.standing import standing_sources
from pipeline.workers import Processes

if TYPE_CHECKING:
    from pipeline.write import Built

BEHIND = 10  # by how much the reading stands back: what is captured can be read later, the portals answer now


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

    What was captured is read while the crawl goes on; the build ends shortly after it.

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
    with Reading(archive, warc, sources, workers, decided) as reading:
        along = None if no_build else reading
        results = collect(wanted, archive, warc, contact, along, full=full, since=since, limit=limit)
        report(results, Console())
        if along:
            from cli import build as build_verb  # loaded by then

            build_verb.report(along.finish(), Console())
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


class Reading:
    """The build of a crawl: it begins while the crawl goes on, and ends after it, with the same processes."""

    def __init__(
        self,
        archive: Path,
        warc: Path,
        sources: Mapping[str, Source],
        workers: int,
        decided: Corrections,
    ) -> None:
        self._archive, self._warc, self._sources = archive, warc, sources
        self._crew, self._decided = Processes(workers, BEHIND), decided
        self._begun: Built | None = None
        self._held = ExitStack()
        self._shorten_log: Callable[[], None] = lambda: None

    def __enter__(self) -> Self:
        self._shorten_log = self._held.enter_context(log_kept_short(self._archive))
        self._held.enter_context(self._crew)
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def go_along(self, goes_on: GoesOn, progress: Callable[[int], None]) -> None:
        """Read what is captured while the crawl goes on."""
        from pipeline.meanwhile import read_meanwhile  # while the crawl process loads, which takes as long

        self._begun = read_meanwhile(
            self._archive,
            self._warc,
            standing_sources() | dict(self._sources),
            utc_now(),
            goes_on,
            workers=self._crew,
            corrections=self._decided,
            progress=progress,
        )

    def finish(self) -> "Built":
        """Read what is left, and conclude from all of it."""
        from cli import build as build_verb  # brings the pipeline along, as above

        self._shorten_log()  # in its thread, while little else is to do
        return build_verb.run(
            self._archive,
            self._warc,
            self._sources,
            self._crew,
            self._decided,
            utc_now(),
            begun=self._begun,
        )


def collect(
    sources: list[Source],
    archive: Path,
    warc: Path,
    contact: str | None,
    reading: Reading | None = None,
    *,
    full: bool = False,
    since: date | None = None,
    limit: int | None = None,
) -> list[RunResult]:
    """Crawl, begin to read what comes, and say meanwhile how far it is."""
    by_key = {source.key: source for source in sources}
    with counting("collecting") as say:
        told = _Told(len(by_key), say)
        return crawl_sources(
            by_key,
            archive,
            warc,
            full=full,
            since=since,
            limit=limit,
            contact=contact,
            sources=by_key,
            progress=told.result,
            meanwhile=partial(reading.go_along, progress=told.read) if reading else None,
        )


class _Told:
    """What is said of a crawl under way, in one line."""

    def __init__(self, sources: int, say: Callable[[str], None]) -> None:
        self._sources, self._say = sources, say
        self._seen: dict[str, RunResult] = {}
        self._read = 0

    def result(self, result: RunResult) -> None:
        self._seen[result.source_key] = result
        self._tell()

    def read(self, captures: int) -> None:
        self._read = captures
        self._tell()

    def _tell(self) -> None:
        results = list(self._seen.values())
        requests, new = (sum(getattr(r, name) for r in results) for name in ("requests", "new_captures"))
        read = f", {self._read} read" if self._read else ""
        self._say(f"{len(results)} of {self._sources} sources, {requests} requests, {new} new captures{read}")


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

"""`pressearchiv demo`: the whole main job against invented portals, without internet."""

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from archive import corrections
from archive.errors import ArchiveError
from archive.german import number as german
from archive.store import open_archive
from cli import crawl, serve
from cli.options import archive_option, host_option, port_option, warc_option, workers_option
from demo.registry import demo_sources
from demo.server import DemoServer, standing_ports
from pipeline.mention_rows import TABLES
from pipeline.write import Built

NAMES = {
    "minister_mentions": "ministers",
    "person_mentions": "other office holders",
    "district_mentions": "districts",
    "municipality_mentions": "municipalities",
    "amounts": "amounts",
    "dates": "dates",
}


@click.command()
@archive_option
@warc_option
@workers_option
@click.option(
    "--serve/--no-serve", "serving", default=True, show_default=True, help="Serve the archive at the end."
)
@host_option
@port_option
@click.option(
    "--free-ports", is_flag=True, help="Let the portals take any ports; a second run knows nothing then."
)
def demo(
    archive: Path, warc: Path, workers: int, serving: bool, host: str, port: int, free_ports: bool
) -> None:
    """Crawl invented ministry portals on loopback, archive, extract, and serve the result.

    The releases are invented; places, offices and terms of office are real. A second run finds nothing new.

    \b
    pressearchiv demo                 crawl, build, serve
    pressearchiv demo --no-serve      end after the build
    """
    console = Console()
    _refuse_real(archive)
    with DemoServer(None if free_ports else standing_ports()) as portals:
        sources = demo_sources(portals)
        console.print(f"{len(sources)} invented portals answer on loopback.")
        decided = corrections.read(archive.with_name("corrections.toml"))
        with crawl.Reading(archive, warc, sources, workers, decided) as reading:
            results = crawl.collect(list(sources.values()), archive, warc, None, reading)
            crawl.report(results, console)
            built = reading.finish()
    db = open_archive(archive)
    console.print(found(db, built))
    db.close()
    if serving:
        serve.run(archive, host, port, warc, open_browser=False)


def _refuse_real(archive: Path) -> None:
    if not archive.exists():
        return
    db = open_archive(archive)
    real = [row[0] for row in db.execute("SELECT key FROM sources WHERE status <> 'demo'").fetchall()]
    db.close()
    if real:
        raise ArchiveError(
            f"{archive} holds real sources ({', '.join(real[:3])} …), which invented releases must not join; "
            "run `pressearchiv demo --archive demo.db --warc demo-warc`"
        )


def found(db: Database, built: Built) -> Table:
    """What the archive holds, and what this run added."""
    new = built.new + built.changed
    table = Table(title="" if new else "nothing new", header_style="bold", title_justify="left")
    table.add_column("in the archive")
    table.add_column("number", justify="right")
    tables = {"sources": "sources", "captures": "captures", "releases": "releases", "versions": "versions"}
    for table_name in (*tables, *(name for name, _ in TABLES.values()), "grants"):
        count = db.execute(f"SELECT count(*) FROM {table_name}").fetchone()[0]
        table.add_row(NAMES.get(table_name, table_name), german(count))
    warnings = db.execute(
        "SELECT kind, count(*) FROM issues WHERE closed_at IS NULL GROUP BY kind"
    ).fetchall()
    table.add_section()
    for kind, count in warnings:
        table.add_row(f"warning: {kind}", german(count))
    if not warnings:
        table.add_row("warnings", "none")
    return table

"""`pressearchiv import`: captures from WARC files that others made."""

import getpass
import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive import corrections
from archive.clock import utc_now
from archive.german import number as german
from archive.source import Source
from cli import build as build_verb
from cli.options import archive_option, corrections_option, sources_option, warc_option, workers_option
from cli.progress import bar
from crawler.importing.run import Imported, import_files
from crawler.importing.tally import reason
from crawler.importing.whose import Owners
from crawler.importing.writer import Writer

MOST_HOSTS = 20


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@archive_option
@warc_option
@sources_option
@workers_option
@corrections_option
@click.option(
    "--source",
    "key",
    metavar="KEY",
    help="Take pages of this source alone, and those too that only their "
    "text can tell from other pages, where nothing says what addresses of its releases look like.",
)
@click.option(
    "--by", default=getpass.getuser, show_default="the user", help="Who imports; noted as provenance."
)
@click.option("--dry-run", is_flag=True, help="Say what would be taken, write nothing.")
@click.option("--no-build", is_flag=True, help="Take only; `pressearchiv build` reads it later.")
def import_(
    files: tuple[Path, ...],
    archive: Path,
    warc: Path,
    sources: dict[str, Source],
    workers: int,
    corrections_file: Path,
    key: str | None,
    by: str,
    dry_run: bool,
    no_build: bool,
) -> None:
    """Take from WARC FILEs that others made what belongs to our sources, with the day of its capture; build.

    Common Crawl, web archives of institutions, wget: .warc or .warc.gz. Each record of a list or release of a
    known source is copied byte for byte into warc/ with the file it came from. What is held already is left
    out, so it is safe to stop, to run again, and to import files that overlap.

    \b
    pressearchiv import thueringen-2018.warc.gz --dry-run
    pressearchiv import crawl/*.warc.gz --by "Archiv der Universität"
    pressearchiv import portal.warc --source th-tmasgff

    How to come by such files (an index query, then the records themselves) is told in docs/backfill.md.

    Exits with 1 where something in a file was damaged; the rest of it is taken.
    """
    if key is not None and key not in sources:
        raise click.UsageError(f"unknown source {key}; `pressearchiv sources list` shows all")
    owners = Owners([sources[key]] if key else sources.values(), any_page=key is not None)
    decided, now = corrections.read(corrections_file), utc_now()
    with Writer(archive, warc, now, dry=dry_run) as writer, bar("reading files") as advance:
        found = import_files(list(dict.fromkeys(files)), writer, owners, now, by, advance)
    report(found, Console(), dry=dry_run)
    if not dry_run and not no_build and any(one.tally.captures for one in found):
        build_verb.report(build_verb.run(archive, warc, sources, workers, decided, now), Console())
    sys.exit(0 if all(one.tally.is_sound for one in found) else 1)


def report(found: list[Imported], console: Console, *, dry: bool = False) -> None:
    """What was taken, by source; what was not, by reason and by host."""
    for one in found:
        tally = one.tally
        span = f", captured {tally.days[0]} to {tally.days[-1]}" if tally.days else ""
        done = "would be taken" if dry else "taken"
        console.print(
            f"{one.path.name}: {german(tally.seen)} records, {german(tally.captures)} {done}{span}",
            highlight=False,
            soft_wrap=True,
        )
        for (key, role), count in sorted(tally.taken.items()):
            console.print(f"  {german(count)} × {role} of {key}", highlight=False)
    refused: Counter[str] = sum((one.tally.refused for one in found), Counter())
    by_host: Counter[tuple[str, str]] = sum((one.tally.by_host for one in found), Counter())
    if not refused:
        return
    table = Table(header_style="bold", box=None, pad_edge=False)
    table.add_column("left out", justify="right")
    table.add_column("why", overflow="fold")
    table.add_column("hosts of ours", overflow="fold")
    for name, count in refused.most_common():
        hosts = [(host, n) for (host, why), n in by_host.most_common() if why == name]
        named = ", ".join(f"{host} ({german(n)})" for host, n in hosts[:MOST_HOSTS])
        table.add_row(german(count), reason(name), named + (" …" if len(hosts) > MOST_HOSTS else ""))
    console.print(table)

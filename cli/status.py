"""`pressearchiv status`: which portal broke, and why, on one screen."""

import json
import sys
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlite_utils import Database

from archive.clock import utc_now
from archive.german import number as german
from archive.locks import is_held
from archive.lost import lost_files
from archive.status import SourceStatus
from archive.status import status as read_status
from archive.store import read_archive
from cli.options import archive_option, warc_option
from cli.shown import plain, shown

LINES_EACH = 4  # of a source with a finding: its row, and why it is there
FRAME = 6  # lines of title, head and what stands below
COLOURS = dict.fromkeys(("ok", "unchanged", "quiet"), "green") | {"postponed": "cyan", "running": "cyan"}


WIDE = 76  # columns of a terminal that the whole table needs


@click.command()
@archive_option
@warc_option
@click.option("--issues", "with_issues", is_flag=True, help="Also list every open issue, with what to do.")
@click.option(
    "--all", "everything", is_flag=True, help="Also the sources that are well, where a screen is short."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per source.")
def status(archive: Path, warc: Path, with_issues: bool, everything: bool, as_json: bool) -> None:
    """One line per source: verdict, since when, cause, what to do.

    On a terminal that is too short for all of them, those that are well are only counted.

    Exits with 0 when every source is well and its evidence whole, and with 1 when somebody must look, for use
    in monitoring. It looks whether the WARC files are there; `pressearchiv verify` reads them.
    """
    db = read_archive(archive)
    lost = lost_files(db, warc) if warc.is_dir() else {}
    lines = read_status(db, utc_now(), lambda key: is_held(warc / key / ".lock"), lost)
    console = Console(highlight=False)
    if as_json:
        for line in lines:
            click.echo(json.dumps(line.as_json(), ensure_ascii=False))
    elif not lines:
        click.echo("No source yet; run `pressearchiv crawl KEY`, or `pressearchiv demo`.")
    else:
        everything = everything or not console.is_terminal
        shown = lines if everything else fitting(lines, console.height)
        console.print(_table(lines, shown, console.width))
        _causes(lines, console)
        if len(shown) < len(lines):
            well = german(len(lines) - len(shown))
            console.print(f"{well} are well; `pressearchiv status --all` lists them.")
    if with_issues and not as_json:
        _issues(db, console)
    db.close()
    sys.exit(0 if all(line.healthy for line in lines) else 1)


def fitting(lines: list[SourceStatus], height: int) -> list[SourceStatus]:
    """All sources where a screen of that height has room for them, else those to look at."""
    ill = [line for line in lines if not line.healthy]
    return lines if len(lines) + (LINES_EACH - 1) * len(ill) + FRAME <= height else ill


def _table(lines: list[SourceStatus], listed: list[SourceStatus], width: int) -> Table:
    ill = sum(not line.healthy for line in lines)
    title = f"{len(lines)} source{'s' * (len(lines) != 1)}, {german(ill) if ill else 'none'} to look at"
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    columns = ("source", "verdict", "since", "newest", "releases", "issues")
    shown = (columns if width >= WIDE else ("source", "verdict")) if listed else ()
    for column in shown:
        right = column in ("releases", "issues")
        table.add_column(column, overflow="fold", justify="right" if right else "left")
    for line in listed:
        verdict = Text(line.verdict.replace("_", " "), COLOURS.get(line.verdict, "bold red"))
        days = ((line.since or "")[:10], line.newest_on or "")
        numbers = (german(line.releases), german(line.open_issues) if line.open_issues else "")
        table.add_row(*(line.key, verdict, *days, *numbers)[: len(shown)])
    return table


def _causes(lines: list[SourceStatus], console: Console) -> None:
    """Why those that are ill are, and what to do; no column is wide enough for it."""
    for line in lines:
        if not line.healthy:
            told = " ".join(
                part if part[-1] in ".!?" else f"{part}." for part in (line.cause, line.mend) if part
            )
            console.print(Text.assemble((line.key, "bold"), f": {plain(told)}"))
    known = sum(line.open_issues for line in lines)
    if known:
        console.print(f"{german(known)} open issues; `pressearchiv status --issues` lists them.")


def _issues(db: Database, console: Console) -> None:
    sql = """
        SELECT kind, subject, message, mend, times, first_seen_at FROM issues WHERE closed_at IS NULL
        ORDER BY kind, first_seen_at, id
    """
    for kind, subject, message, mend, times, first in db.execute(sql).fetchall():
        console.print()
        often = f", {german(times)} times" if times > 1 else ""
        console.print(
            Text.assemble((kind.replace("_", " "), "bold"), f" since {first[:10]}{often}: {plain(subject)}")
        )
        console.print(shown(f"{message} {mend or ''}".rstrip()))

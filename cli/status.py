"""`pressearchiv status`: which portal broke, and why, on one screen."""

import json
import sys
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.status import SourceStatus
from archive.status import status as read_status
from archive.store import open_archive
from cli.options import archive_option

COLOURS = {"ok": "green", "unchanged": "green", "quiet": "green", "never": "dim", "running": "cyan"}


@click.command()
@archive_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object per source.")
def status(archive: Path, as_json: bool) -> None:
    """One line per source: verdict, since when, cause, what to do.

    Exits with 0 when every source is well and with 1 when somebody must look, for use in monitoring.
    """
    db = open_archive(archive, create=False)
    lines = read_status(db)
    if as_json:
        for line in lines:
            click.echo(json.dumps(line.as_json(), ensure_ascii=False))
    elif not lines:
        click.echo("No source yet; run `pressearchiv crawl KEY`, or `pressearchiv demo`.")
    else:
        Console().print(_table(lines))
    db.close()
    sys.exit(0 if all(line.healthy for line in lines) else 1)


def _table(lines: list[SourceStatus]) -> Table:
    ill = sum(not line.healthy for line in lines)
    title = f"{len(lines)} sources, {ill or 'none'} to look at"
    table = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    for column in ("source", "verdict", "since", "releases", "newest", "issues"):
        right = column in ("releases", "issues")
        table.add_column(column, no_wrap=True, justify="right" if right else "left")
    table.add_column("cause and what to do", overflow="fold", ratio=1)
    for line in lines:
        cause = " ".join(part for part in (line.cause, line.mend) if part)
        table.add_row(
            *(line.key, Text(line.verdict, COLOURS.get(line.verdict, "bold red")), (line.since or "")[:10]),
            *(str(line.releases), line.newest_on or "", str(line.open_issues or ""), Text(cause)),
        )
    return table

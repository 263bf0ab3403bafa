"""`pressearchiv parse`: what one saved page says, as one JSON object."""

import json
from datetime import date
from pathlib import Path

import click

from archive.source import Source
from cli.day import Day
from cli.options import sources_option
from pipeline.parse.page import parse as parse_page


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", metavar="ADDRESS", required=True, help="Address that the page was saved from.")
@click.option("--captured", type=Day(), help="Day it was saved; layouts are dated.")
@click.option(
    "--source", "key", metavar="KEY", help="Source whose layouts apply; otherwise found by the host."
)
@sources_option
def parse(file: Path, url: str, captured: date | None, key: str | None, sources: dict[str, Source]) -> None:
    """Read one saved HTML page: title, number, kind, date, text, attachments.

    Works for any page, of a known source or not; unknown fields are null. published_rule and text_rule say
    which rule spoke.

    \b
    pressearchiv parse page.html --url https://www.bmas.de/DE/… --captured 2022-01-26
    """
    source = sources.get(key) if key else None
    if key and source is None:
        raise click.UsageError(f"source {key!r} is unknown; `pressearchiv sources list` shows them all")
    page = parse_page(file.read_bytes(), url, captured, source)
    click.echo(json.dumps(page.as_json(), ensure_ascii=False))

"""`pressearchiv sources`: the registry of portals."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive.source import Source
from cli.options import contact_option, sources_option

WIDE = 76  # columns of a terminal that the whole table needs


@click.group()
def sources() -> None:
    """The registry: whom we follow, and how sure we are of each."""


@sources.command("list")
@sources_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object per source.")
def list_sources(sources: dict[str, Source], as_json: bool) -> None:
    """All sources with family, state and evidence.

    active: seen live by this installation's maintainers. unconfirmed: known from saved pages and public
    scrapers, not seen live yet. retired: the portal is gone. demo: invented.
    """
    if as_json:
        for source in sources.values():
            click.echo(json.dumps(_row(source), ensure_ascii=False))
        return
    table = Table(header_style="bold", box=None, pad_edge=False)
    console = Console(highlight=False)
    columns = (
        ("key", "state", "family", "evidence", "publisher") if console.width >= WIDE else ("key", "state")
    )
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "key")
    for source in sources.values():
        evidence = f"{source.evidence.years}, {source.evidence.confidence}"
        table.add_row(*(source.key, source.status, source.family, evidence, source.title)[: len(columns)])
    console.print(table)


@sources.command()
@click.argument("key", metavar="SOURCE")
@sources_option
@contact_option
@click.option(
    "--limit",
    type=click.IntRange(1, 20),
    metavar="N",
    default=3,
    show_default=True,
    help="Releases to fetch.",
)
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the evidence in this folder."
)
def check(key: str, sources: dict[str, Source], contact: str | None, limit: int, keep: Path | None) -> None:
    """Look at a SOURCE live: robots.txt, listing and some releases, field by field, with the rule that spoke.

    Run this before the first crawl of a source, and when `status` says that its layout changed. Nothing goes
    into the archive. Exits with 1 when something is to mend.

    \b
    pressearchiv sources check th-tmil --contact you@example.org
    """
    from cli.check import check as look_at  # brings Scrapy along, which `sources list` does not need

    if key not in sources:
        raise click.UsageError(f"unknown source {key}; `pressearchiv sources list` shows all")
    sys.exit(0 if look_at(sources[key], contact, limit, keep, Console()) else 1)


def _row(source: Source) -> dict[str, object]:
    return {
        "key": source.key,
        "title": source.title,
        "jurisdiction": source.jurisdiction,
        "family": source.family,
        "status": source.status,
        "seeds": [seed.url for seed in source.seeds],
        "evidence": source.evidence.years,
        "confidence": source.evidence.confidence,
    }

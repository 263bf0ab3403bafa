"""`pressearchiv sources`: the registry of portals."""

import json

import click
from rich.console import Console
from rich.table import Table

from archive.source import Source
from cli.options import sources_option


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
    table = Table(header_style="bold")
    for column in ("key", "publisher", "family", "state", "evidence"):
        table.add_column(column, overflow="fold")
    for source in sources.values():
        evidence = f"{source.evidence.years} ({source.evidence.confidence})"
        table.add_row(source.key, source.title, source.family, source.status, evidence)
    Console().print(table)


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

"""`pressearchiv sources`: the registry of portals."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from archive.clock import berlin_day, utc_now
from archive.source import Source, read_sources
from archive.source_check import KEY
from archive.urls import canonical
from cli.options import contact_option, sources_option

WIDE = 76  # columns of a terminal that the whole table needs
Check = Callable[[click.Context, click.Parameter, str | None], str | None]


def _fitting(pattern: re.Pattern[str], mend: str) -> Check:
    """A check of an option that becomes part of a path."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is not None and not pattern.fullmatch(value):
            raise click.BadParameter(f"{value!r} will not do; {mend}", ctx, param)
        return value

    return check


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


@sources.command()
@click.argument("url")
@click.option(
    "--key",
    callback=_fitting(KEY, "write small letters, digits and hyphens, such as th-tmil"),
    help="The source's key, which names its file; otherwise made of jurisdiction and host.",
)
@click.option(
    "--jurisdiction",
    callback=_fitting(re.compile("DE(-[A-Z]{2})?"), "write DE-TH, or DE for the federation"),
    metavar="DE-TH",
    help="Where it belongs, by ISO 3166-2; otherwise told by the portal.",
)
@click.option("--publisher", metavar="NAME", help="The institution's name; otherwise told by the portal.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("my-sources"),
    show_default=True,
    help="The folder for source files of your own.",
)
@sources_option
@contact_option
def add(
    url: str,
    key: str | None,
    jurisdiction: str | None,
    publisher: str | None,
    folder: Path,
    sources: dict[str, Source],
    contact: str | None,
) -> None:
    """Draft the source file of a portal from the URL of any of its pages: front page, list, release or feed.

    Fetches some twenty pages politely, recognises the family, finds list, feed and sitemap, reads some
    releases, and writes source file, saved page and what comes out of it. No file is overwritten. Exits
    with 1 where no release could be read.

    \b
    pressearchiv sources add https://www.example.org/presse --jurisdiction DE-TH --contact you@example.org
    """
    from cli.add import add as explore  # brings Scrapy along, which `sources list` does not need

    if key in sources:
        raise click.UsageError(f"the key {key} is taken; `pressearchiv sources list` shows all")
    try:
        address = canonical(url)
    except ValueError as error:
        raise click.UsageError(f"{error}; it begins with https:// and a host") from error
    known = sources | (read_sources(folder) if folder.exists() else {})
    named = {"key": key, "jurisdiction": jurisdiction, "publisher": publisher}
    draft = explore(address, named, folder, contact, known, berlin_day(utc_now()), Console())
    sys.exit(0 if draft.best else 1)


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

"""`pressearchiv merge`: what several machines archived comes into one archive."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from sqlite_utils import Database

from archive import corrections, recovery
from archive.clock import utc_now
from archive.german import number as german
from archive.records import Capture
from archive.redaction import decisions
from archive.redaction.decisions import Withheld
from archive.source import Source
from archive.sources_table import sync
from cli import build as build_verb
from cli.options import sources_option, workers_option
from cli.progress import bar
from demo.standing import standing_sources
from pipeline import redacted_rows
from pipeline.merging.home import Home
from pipeline.merging.other import Lists, Merged
from pipeline.merging.run import merge as merge_archives

PATIENCE = 600  # seconds for which a build, or another merge, is waited for


@click.command()
@click.argument(
    "others",
    nargs=-1,
    required=True,
    metavar="OTHER...",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@click.option(
    "--into",
    metavar="DIR",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the archive that takes them; the current one if not said, a new one if not there.",
)
@click.option("--source", "keys", multiple=True, metavar="KEY", help="Take this source alone, or these.")
@sources_option
@workers_option
@click.option("--dry-run", is_flag=True, help="Say what would be taken, write nothing.")
@click.option("--no-build", is_flag=True, help="Take only; `pressearchiv build` reads it later.")
def merge(
    others: tuple[Path, ...],
    into: Path,
    keys: tuple[str, ...],
    sources: dict[str, Source],
    workers: int,
    dry_run: bool,
    no_build: bool,
) -> None:
    """Take into one archive what OTHERs hold: folders with archive.db and warc/ as crawls on other machines
    or copies leave them; then build.

    Records come byte for byte, each once, by its id; runs, lists, entries, corrections and redactions come
    along. It may be stopped and run again, in any order, and overlap; the facts are those of one machine that
    had crawled it all. What was redacted in any of them is taken out here and does not come in. The others
    are only read. A source that is crawled at the moment is left to the next merge, and so is an OTHER
    that is damaged, missing or built.

    \b
    pressearchiv merge /mnt/node1 /mnt/node2 --into /srv/pressearchiv
    pressearchiv merge ~/copy-of-march --dry-run
    pressearchiv merge /srv/pressearchiv --into /srv/node2 --source th-tmil --no-build

    Exits with 1 where something had to stay behind: a damaged record, a source that is crawled, an OTHER
    that cannot be read; with 2 where that is so of each of them.
    """
    known, now, home = standing_sources() | sources, utc_now(), Home(into)
    with bar("merging captures") as advance:
        found = merge_archives(
            [Home(other) for other in others],
            home,
            Reading(known, now),
            only=keys,
            clock=utc_now,
            dry=dry_run,
            patience=PATIENCE,
            progress=advance,
        )
    for one in found:
        if one.refused:
            click.echo(f"pressearchiv: {one.refused}. The others were taken.", err=True)
    report(found, Console(), dry=dry_run)
    if not dry_run and not no_build:
        decided = corrections.read(home.corrections)
        built = build_verb.run(home.archive, home.warc, sources, workers, decided, now)
        build_verb.report(built, Console())
    if not dry_run and any(one.redactions for one in found):
        redacted_rows.compact(home.archive)
    sys.exit(0 if all(one.is_whole for one in found) else 1)


class Reading(Lists):
    """Reads lists again by the files of their sources; of sources without one, only the records are noted."""

    def __init__(self, sources: Mapping[str, Source], now: datetime) -> None:
        self._sources, self._now = sources, now

    def recover(self, db: Database, warc: Path, key: str) -> None:
        if key in self._sources:
            from crawler.recovery import recover  # brings Scrapy along

            sync(db, [self._sources[key]])
            recover(db, warc, self._sources[key], self._now)
        else:
            recovery.recover(db, warc, key, self._now)

    def relist(self, db: Database, warc: Path, key: str, capture: Capture) -> None:
        if key in self._sources:
            from crawler.recovery import relist

            withheld = Withheld(decisions.read(warc), key)
            relist(db, warc, self._sources[key], capture, withheld)


def report(found: list[Merged], console: Console, *, dry: bool = False) -> None:
    """What was taken from each, and what had to stay."""
    done = "would be taken" if dry else "taken"
    for one in (one for one in found if not one.refused):
        held = sum(tally.held for tally in one.tallies.values())
        console.print(
            f"{one.home.folder}: {german(one.taken)} captures {done}, {german(held)} held already; "
            f"{german(one.entries)} new entries, {german(one.runs)} runs, "
            f"{german(one.corrections)} corrections, {german(one.redactions)} redactions",
            highlight=False,
            soft_wrap=True,
        )
        for key, tally in one.tallies.items():
            said = [
                f"{german(count)} {text}" for name, text in TOLD.items() if (count := getattr(tally, name))
            ]
            if said:
                console.print(f"  {key}: {', '.join(said)}", highlight=False, soft_wrap=True)
        if one.busy:
            console.print(f"  Left out, because they are crawled: {', '.join(one.busy)}. Merge again later.")


TOLD = {
    "cleaned": "without what was redacted",
    "unnoted": "that its database had no row of",
    "damaged": "damaged or missing: build or verify there first",
    "belied": "by what the records say, as its database says otherwise",
    "orphans": "unchanged since a capture that is missing there",
}

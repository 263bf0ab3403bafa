"""`pressearchiv correct`: decisions about single values, written to a file that every build reads."""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from archive import corrections
from archive.corrections import Action, Correction
from archive.errors import ArchiveError
from archive.store import read_archive
from cli.day import Day
from cli.decisions import about_mention, decide, decide_mention, mentions, release_id, signed, value
from cli.options import archive_option, corrections_option
from cli.proposals import proposals
from cli.review import review
from cli.shown import shown


@click.group()
def correct() -> None:
    """Decide about single values: reject a mention, set a value, fix a date, merge or split persons.

    Decisions are kept in corrections.toml, with author, reason and day. Keep that file under version
    control: every build reads it, a rebuild too. A decision about a mention holds for the text that was
    looked at; when the text changes, it waits, and an issue says so.

    \b
    export PRESSEARCHIV_AUTHOR="E. Muster"      # or --author with each
    pressearchiv correct show th-tmasgff-0123456789ab
    pressearchiv correct reject th-tmasgff-0123456789ab amount@120 --reason "number of a paragraph"
    pressearchiv correct set th-tmasgff-0123456789ab amount@98 value_max=2300000 --reason "misread scale"
    pressearchiv correct date th-tmasgff-0123456789ab 2018-03-28 --reason "the page shows the day of upload"
    pressearchiv build

    A mention goes by its kind and where it starts: amount@120 in the text, amount@title:12 in the title.
    The grant of an amount goes by grant@ and the place of the amount.
    """


@correct.command()
@click.argument("release")
@archive_option
def show(release: str, archive: Path) -> None:
    """The mentions of a release, each with the name by which it is corrected."""
    table = Table(box=SIMPLE_HEAD)
    for column in ("mention", "surface", "means", "rule"):
        table.add_column(column, overflow="fold")
    with closing(read_archive(archive)) as db:
        key = release_id(db, release)
        for name, surface, means, rule in mentions(db, key):
            table.add_row(name, shown(surface), shown(means), rule)
    Console().print(table if table.row_count else f"{key} names nothing")


@correct.command()
@about_mention
def reject(**said: Any) -> None:
    """A mention is wrong: it goes, and the grant of a rejected amount with it."""
    _about_mention("reject", **said)


@correct.command()
@about_mention
def confirm(**said: Any) -> None:
    """A mention is right. Confirmed and rejected ones together say how precise a rule is."""
    _about_mention("confirm", **said)


@correct.command(name="set")
@about_mention
@click.argument("values", metavar="NAME=VALUE", nargs=-1, required=True)
def set_(values: tuple[str, ...], **said: Any) -> None:
    """A mention means something else.

    \b
    amount        value_min, value_max, currency, qualifier
    date          timex, timex_type, first_on, last_on
    minister      person_id, role (minister, head_of_government, deputy, former, state_secretary)
    person_in_office  name, office
    district      ags
    municipality  ags

    An empty value says that there is none: an open bound, no known key. Office, names and districts follow
    from the key.
    """
    kind = said["mention"].partition("@")[0]
    _about_mention("set", **said, value=dict(value(kind, pair) for pair in values))


@correct.command(name="date")
@click.argument("release")
@click.argument("day", type=Day(), metavar="YYYY-MM-DD")
@archive_option
@signed
def date_(release: str, day: date, archive: Path, **said: Any) -> None:
    """A release was published on another day; offices and relative dates follow from it."""
    with closing(read_archive(archive)) as db:
        key = release_id(db, release)
    decide("date", **said, release=key, value={"published_on": day.isoformat()})


@correct.command()
@click.argument("person")
@click.argument("into")
@signed
def merge(**said: Any) -> None:
    """Two persons are one: all mentions of PERSON become mentions of INTO."""
    decide("merge", **said)


@correct.command()
@click.argument("person")
@click.argument("into")
@click.option("--source", metavar="KEY", help="Only mentions in releases of this source.")
@click.option("--since", type=Day(), help="Only in releases published from this day on.")
@click.option("--until", type=Day(), help="Only in releases published up to this day.")
@signed
def split(**said: Any) -> None:
    """Some mentions of PERSON mean somebody else: those become mentions of INTO."""
    decide("split", **said)


@correct.command()
@click.argument("correction", metavar="ID")
@corrections_option
def withdraw(correction: str, corrections_file: Path) -> None:
    """Take a decision back. The next build reads its release anew."""

    def without(known: tuple[Correction, ...]) -> list[Correction]:
        left = [c for c in known if c.id != correction]
        if len(left) == len(known):
            raise ArchiveError(f"no correction {correction!r}; `pressearchiv correct list` shows all")
        return left

    corrections.change(corrections_file, without)
    click.echo(f"withdrawn {correction}; `pressearchiv build` applies it")


@correct.command(name="list")
@archive_option
@corrections_option
def list_(archive: Path, corrections_file: Path) -> None:
    """All decisions, and what the last build made of them."""
    states = {}
    if archive.exists():
        with closing(read_archive(archive)) as db:
            states = dict(db.execute("SELECT id, state FROM corrections").fetchall())
    table = Table(box=SIMPLE_HEAD)
    for column in ("id", "day", "action", "about", "author", "reason", "state"):
        table.add_column(column, overflow="fold")
    for c in corrections.read(corrections_file).all:
        about = f"{c.person} → {c.into}" if c.person else c.release or ""
        if c.mention:
            about += f" {c.mention.kind} „{c.mention.surface}“"
        state = states.get(c.id, "not built yet")
        told = map(shown, (about, c.author, c.reason, state))
        table.add_row(c.id, c.decided_on.isoformat(), c.action, *told)
    Console().print(table if table.row_count else f"{corrections_file} holds no corrections yet")


def _about_mention(action: Action, release: str, mention: str, archive: Path, **said: Any) -> None:
    with closing(read_archive(archive)) as db:
        decide_mention(action, db, release, mention, **said)


for verb in (proposals, review):
    correct.add_command(verb)

"""`pressearchiv correct review`: one proposal of readers after the other is shown and decided."""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.text import Text
from sqlite_utils import Database

from archive import corrections
from archive.errors import ArchiveError
from archive.proposals import DAY
from archive.store import read_archive
from cli.day import Day
from cli.decisions import author_option, decide, decide_mention, value
from cli.options import archive_option, corrections_option
from cli.proposals import Case, cases_of, file_argument, read, sayings
from cli.shown import plain, shown

AROUND = 160  # characters of the text to either side of a mention
Way = Literal["date", "reject", "confirm", "set", "later", "quit"]
ABOUT_DAY: tuple[Way, ...] = ("date", "later", "quit")
ABOUT_MENTION: tuple[Way, ...] = ("reject", "confirm", "set", "later", "quit")


@click.command()
@file_argument
@archive_option
@author_option
@corrections_option
def review(file: Path, archive: Path, author: str, corrections_file: Path) -> None:
    """Decide about the open proposals in FILE, one after the other.

    Each decision is written at once, so that you can stop at any time. Confirming a mention settles a
    proposal that is wrong.
    """
    with closing(read_archive(archive)) as db:
        cases = cases_of(db, read(file), corrections.read(corrections_file).all)
        waiting = [case for case in cases if case.state == "open"]
        for number, case in enumerate(waiting, start=1):
            _show(db, case, f"{number} of {len(waiting)}")
            while (way := _way(case)) not in ("later", "quit"):
                try:
                    _decide(db, case, way, author, corrections_file)
                except (ArchiveError, click.BadParameter) as error:
                    click.echo(f"not noted: {error}", err=True)
                else:
                    break
            if way == "quit":
                return
    if not waiting:
        click.echo(f"{file}: nothing is open")


def _show(db: Database, case: Case, place: str) -> None:
    """The case as somebody needs to see it who decides: the words, their meaning, what readers say."""
    console, mention = Console(highlight=False), case.first.mention
    [(title, text, day)] = db.execute(
        "SELECT v.title, v.text, r.published_on FROM releases r JOIN versions v ON v.id = r.version_id "
        "WHERE r.id = ?",
        (case.release,),
    ).fetchall()
    console.rule(f"{place} · {case.release}")
    console.print(Text.assemble((plain(title), "bold"), f", {day or 'no day'}"))
    if mention != DAY:
        kind, _, at = mention.partition("@")
        console.print(_words(title if at.startswith("title:") else text, at, case.first.surface or ""))
        console.print(shown(f"{kind}: {case.means} ({case.rule})"))
    for saying in sayings(case):
        console.print(shown(f"  reader: {saying}"))


def _words(field: str, at: str, surface: str) -> Text:
    start = int(at.removeprefix("title:"))
    end = start + len(surface)
    before, after = field[max(0, start - AROUND) : start], field[end : end + AROUND]
    return Text.assemble("… ", plain(before), (plain(field[start:end]), "reverse"), plain(after), " …")


def _way(case: Case) -> Way:
    ways = ABOUT_DAY if case.first.mention == DAY else ABOUT_MENTION
    way: Way = click.prompt("decide", type=click.Choice(ways), default="later")
    return way


def _decide(db: Database, case: Case, way: Way, author: str, file: Path) -> None:
    """Note what the reviewer says. Raises ArchiveError or BadParameter where it makes no sense."""
    release, mention = case.release, case.first.mention
    match way:
        case "date":
            day: date = click.prompt("published on (YYYY-MM-DD)", type=Day())
            said = {"published_on": day.isoformat()}
            decide("date", release=release, value=said, reason=_why(), author=author, corrections_file=file)
        case "set":
            pairs = click.prompt("NAME=VALUE, several with a space between").split()
            values = dict(value(mention.partition("@")[0], pair) for pair in pairs)
            decide_mention(
                "set", db, release, mention, value=values, reason=_why(), author=author, corrections_file=file
            )
        case "reject" | "confirm":
            decide_mention(way, db, release, mention, reason=_why(), author=author, corrections_file=file)


def _why() -> str:
    return str(click.prompt("why (readers see it)"))

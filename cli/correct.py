"""`pressearchiv correct`: decisions about single values, written to a file that every build reads."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from archive import corrections
from archive.clock import berlin_day, utc_now
from archive.corrections import SETTABLE, Action, Correction, Target
from archive.errors import ArchiveError
from archive.store import read_archive
from cli.day import Day
from cli.options import archive_option, corrections_option
from cli.shown import shown

TABLES = {
    "minister": ("minister_mentions", "coalesce(name, '?') || coalesce(', ' || office, '')"),
    "person_in_office": ("person_mentions", "coalesce(name, '?') || ', ' || office"),
    "district": ("district_mentions", "name || coalesce(' ' || district_ags, '')"),
    "municipality": ("municipality_mentions", "name || coalesce(' ' || municipality_ags, '')"),
    "amount": ("amounts", "coalesce(value_min, '') || ' … ' || coalesce(value_max, '') || ' ' || currency"),
    "date": ("dates", "timex || ' ' || coalesce(first_on, '')"),
}
F = TypeVar("F", bound=Callable[..., None])


def signed(verb: F) -> F:
    """The options of every decision: who, why, and in which file."""
    author = click.option(
        "--author",
        metavar="NAME",
        envvar="PRESSEARCHIV_AUTHOR",
        required=True,
        help="Who decides; or set PRESSEARCHIV_AUTHOR.",
    )
    reason = click.option("--reason", metavar="TEXT", required=True, help="Why; readers see it.")
    return reason(author(corrections_option(verb)))


def about_mention(verb: F) -> F:
    """The arguments of a decision about a mention."""
    release, mention = click.argument("release"), click.argument("mention")
    return release(mention(archive_option(signed(verb))))


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
    db = read_archive(archive)
    key = _release(db, release)
    table = Table(box=SIMPLE_HEAD)
    for column in ("mention", "surface", "means", "rule"):
        table.add_column(column, overflow="fold")
    for name, surface, means, rule in _mentions(db, key):
        table.add_row(name, shown(surface), shown(means), rule)
    db.close()
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
    _about_mention("set", **said, value=dict(_value(kind, pair) for pair in values))


@correct.command(name="date")
@click.argument("release")
@click.argument("day", type=Day(), metavar="YYYY-MM-DD")
@archive_option
@signed
def date_(release: str, day: date, archive: Path, **said: Any) -> None:
    """A release was published on another day; offices and relative dates follow from it."""
    db = read_archive(archive)
    key = _release(db, release)
    db.close()
    _decide("date", **said, release=key, value={"published_on": day.isoformat()})


@correct.command()
@click.argument("person")
@click.argument("into")
@signed
def merge(**said: Any) -> None:
    """Two persons are one: all mentions of PERSON become mentions of INTO."""
    _decide("merge", **said)


@correct.command()
@click.argument("person")
@click.argument("into")
@click.option("--source", metavar="KEY", help="Only mentions in releases of this source.")
@click.option("--since", type=Day(), help="Only in releases published from this day on.")
@click.option("--until", type=Day(), help="Only in releases published up to this day.")
@signed
def split(**said: Any) -> None:
    """Some mentions of PERSON mean somebody else: those become mentions of INTO."""
    _decide("split", **said)


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
        db = read_archive(archive)
        states = dict(db.execute("SELECT id, state FROM corrections").fetchall())
        db.close()
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
    db = read_archive(archive)
    key = _release(db, release)
    target = _target(db, key, mention)
    [(text_hash,)] = db.execute(
        "SELECT v.text_hash FROM releases r JOIN versions v ON v.id = r.version_id WHERE r.id = ?", (key,)
    ).fetchall()
    db.close()
    _decide(action, release=key, text_hash=text_hash, mention=target, **said)


def _decide(action: Action, *, corrections_file: Path, author: str, reason: str, **said: Any) -> None:
    decision = corrections.decided(action, author, reason, berlin_day(utc_now()), **said)

    def with_it(known: tuple[Correction, ...]) -> list[Correction]:
        return [*(c for c in known if not _same(c, decision)), decision]

    corrections.change(corrections_file, with_it)
    click.echo(f"noted {decision.id} in {corrections_file}; `pressearchiv build` applies it")


def _same(one: Correction, other: Correction) -> bool:
    """Whether two decisions are about the same thing, so that the later one replaces the earlier."""
    fields = ("release", "text_hash", "mention", "person", "source", "since", "until")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _release(db: Database, asked: str) -> str:
    row = db.execute("SELECT release_id FROM release_addresses WHERE id = ?", (asked,)).fetchone()
    if row is None:
        raise ArchiveError(
            f"no release goes by {asked!r}; its id stands in the address of its page, after /m/"
        )
    return str(row[0])


def _mentions(db: Database, release: str) -> Iterator[tuple[str, str, str, str]]:
    for kind, (table, means) in TABLES.items():
        sql = f"""SELECT field, "start", surface, {means}, rule FROM {table} WHERE release_id = ?
            ORDER BY field DESC, "start" """
        for field, start, surface, said, rule in db.execute(sql, (release,)).fetchall():
            yield f"{kind}@{'title:' * (field == 'title')}{start}", surface, said, rule
    grants = """SELECT a.field, a."start", a.surface, g.status || coalesce(', ' || g.recipient, ''), g.rule
        FROM grants g JOIN amounts a ON a.id = g.amount_id WHERE g.release_id = ? ORDER BY a."start" """
    for field, start, surface, said, rule in db.execute(grants, (release,)).fetchall():
        yield f"grant@{'title:' * (field == 'title')}{start}", surface, said, rule


def _target(db: Database, release: str, mention: str) -> Target:
    kind, _, place = mention.partition("@")
    field, _, start = place.rpartition(":")
    of = "amount" if kind == "grant" else kind
    if of in TABLES and start.isdigit() and field in ("", "text", "title"):
        where = 'release_id = ? AND field = ? AND "start" = ?'
        sql = f'SELECT field, "start", "end", surface FROM {TABLES[of][0]} WHERE {where}'
        row = db.execute(sql, (release, field or "text", int(start))).fetchone()
        if row:
            return Target(kind, *row)
    raise ArchiveError(
        f"{release} has no mention {mention!r}; `pressearchiv correct show {release}` lists them"
    )


def _value(kind: str, pair: str) -> tuple[str, str | float]:
    name, sign, said = pair.partition("=")
    if not sign:
        raise click.BadParameter(f"{pair!r} is not NAME=VALUE")
    if SETTABLE.get(kind, {}).get(name) is float and said:
        try:
            return name, float(said)
        except ValueError as error:
            raise click.BadParameter(f"{said!r} is no number; write 477970 or 1200000.50") from error
    return name, said

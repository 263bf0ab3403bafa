"""What every decision about a mention needs: who and why, which release, which mention, what it says now."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlite_utils import Database

from archive import corrections
from archive.clock import berlin_day, utc_now
from archive.corrections import SETTABLE, Action, Correction, Target
from archive.errors import ArchiveError
from cli.options import archive_option, corrections_option

TABLES = {
    "minister": ("minister_mentions", "coalesce(name, '?') || coalesce(', ' || office, '')"),
    "person_in_office": ("person_mentions", "coalesce(name, '?') || ', ' || office"),
    "district": ("district_mentions", "name || coalesce(' ' || district_ags, '')"),
    "municipality": ("municipality_mentions", "name || coalesce(' ' || municipality_ags, '')"),
    "amount": ("amounts", "coalesce(value_min, '') || ' … ' || coalesce(value_max, '') || ' ' || currency"),
    "date": ("dates", "timex || ' ' || coalesce(first_on, '')"),
}
author_option = click.option(
    "--author",
    metavar="NAME",
    envvar="PRESSEARCHIV_AUTHOR",
    required=True,
    help="Who decides; or set PRESSEARCHIV_AUTHOR.",
)
F = TypeVar("F", bound=Callable[..., None])


def signed(verb: F) -> F:
    """The options of every decision: who, why, and in which file."""
    reason = click.option("--reason", metavar="TEXT", required=True, help="Why; readers see it.")
    return reason(author_option(corrections_option(verb)))


def about_mention(verb: F) -> F:
    """The arguments of a decision about a mention."""
    release, mention = click.argument("release"), click.argument("mention")
    return release(mention(archive_option(signed(verb))))


def decide(action: Action, *, corrections_file: Path, author: str, reason: str, **said: Any) -> None:
    """Note a decision; one about the same thing that was there is replaced."""
    decision = corrections.decided(action, author, reason, berlin_day(utc_now()), **said)

    def with_it(known: tuple[Correction, ...]) -> list[Correction]:
        return [*(c for c in known if not _same(c, decision)), decision]

    corrections.change(corrections_file, with_it)
    click.echo(f"noted {decision.id} in {corrections_file}; `pressearchiv build` applies it")


def decide_mention(action: Action, db: Database, release: str, mention: str, **said: Any) -> None:
    """Note a decision about a mention of the text as it is now. Raises ArchiveError where there is none."""
    key = release_id(db, release)
    decide(action, release=key, text_hash=text_hash(db, key), mention=target(db, key, mention), **said)


def _same(one: Correction, other: Correction) -> bool:
    """Whether two decisions are about the same thing, so that the later one replaces the earlier."""
    fields = ("release", "text_hash", "mention", "person", "source", "since", "until")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def release_id(db: Database, asked: str) -> str:
    """The release that goes by an id, also by one that it had. Raises ArchiveError where none does."""
    row = db.execute("SELECT release_id FROM release_addresses WHERE id = ?", (asked,)).fetchone()
    if row is None:
        raise ArchiveError(
            f"no release goes by {asked!r}; its id stands in the address of its page, after /m/"
        )
    return str(row[0])


def text_hash(db: Database, release: str) -> str:
    """The hash of the text that a release has now."""
    sql = "SELECT v.text_hash FROM releases r JOIN versions v ON v.id = r.version_id WHERE r.id = ?"
    [(found,)] = db.execute(sql, (release,)).fetchall()
    return str(found)


def mentions(db: Database, release: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, surface, meaning and rule of each mention of a release, grants at the end."""
    for kind, (table, means) in TABLES.items():
        sql = f"""SELECT field, "start", surface, {means}, rule FROM {table} WHERE release_id = ?
            ORDER BY field DESC, "start" """
        for field, start, surface, said, rule in db.execute(sql, (release,)).fetchall():
            yield f"{kind}@{'title:' * (field == 'title')}{start}", surface, said, rule
    grants = """SELECT a.field, a."start", a.surface, g.status || coalesce(', ' || g.recipient, ''), g.rule
        FROM grants g JOIN amounts a ON a.id = g.amount_id WHERE g.release_id = ? ORDER BY a."start" """
    for field, start, surface, said, rule in db.execute(grants, (release,)).fetchall():
        yield f"grant@{'title:' * (field == 'title')}{start}", surface, said, rule


def target(db: Database, release: str, mention: str) -> Target:
    """The mention of a name like amount@120 or date@title:4. Raises ArchiveError where there is none."""
    kind, _, place = mention.partition("@")
    field, _, start = place.rpartition(":")
    of = "amount" if kind == "grant" else kind
    if of in TABLES and start.isdecimal() and len(start) < 12 and field in ("", "text", "title"):
        where = 'release_id = ? AND field = ? AND "start" = ?'
        sql = f'SELECT field, "start", "end", surface FROM {TABLES[of][0]} WHERE {where}'
        row = db.execute(sql, (release, field or "text", int(start))).fetchone()
        if row:
            return Target(kind, *row)
    raise ArchiveError(
        f"{release} has no mention {mention!r}; `pressearchiv correct show {release}` lists them"
    )


def value(kind: str, pair: str) -> tuple[str, str | float]:
    """Name and value of NAME=VALUE, as `correct set` takes them. Raises click.BadParameter."""
    name, sign, said = pair.partition("=")
    if not sign:
        raise click.BadParameter(f"{pair!r} is not NAME=VALUE")
    if SETTABLE.get(kind, {}).get(name) is float and said:
        try:
            return name, float(said)
        except ValueError as error:
            raise click.BadParameter(f"{said!r} is no number; write 477970 or 1200000.50") from error
    return name, said

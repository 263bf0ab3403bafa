"""`pressearchiv redact`: take a text, a name or a whole release out of everything, for good."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from archive import corrections
from archive.clock import utc_now
from archive.errors import ArchiveError
from archive.german import day
from archive.german import number as german
from archive.redaction import decisions
from archive.redaction.proof import remains
from archive.redaction.words import sought
from archive.source import Source
from archive.store import read_archive
from cli.options import archive_option, corrections_option, sources_option, warc_option, workers_option
from cli.progress import counting
from cli.shown import plain, shown
from demo.standing import standing_sources
from pipeline import redact as redaction
from pipeline.redacted_rows import functions

F = TypeVar("F", bound=Callable[..., None])


def decided(verb: F) -> F:
    """The options that every removal takes."""
    for option in (
        click.option("--reason", metavar="TEXT", required=True, help="Why; the tombstone says it."),
        click.option(
            "--author",
            metavar="NAME",
            envvar="PRESSEARCHIV_AUTHOR",
            required=True,
            help="Who decides; or set PRESSEARCHIV_AUTHOR.",
        ),
        click.option("--yes", is_flag=True, help="Do not ask whether this is meant."),
        archive_option,
        warc_option,
        corrections_option,
        sources_option,
        workers_option,
    ):
        verb = option(verb)
    return verb


@click.group()
def redact() -> None:
    """Take a text, a name or a whole release out of evidence, tables and search index, for good.

    WARC files are rewritten (and stay valid), rows and indexes are built anew without it, a tombstone keeps
    reason and date, permalinks keep answering. What was taken out is known by salted hashes when a portal
    shows it again, and is taken out before it is written. There is no way back: keep in mind that backups
    hold it still.

    \b
    pressearchiv redact name "Erna Beispiel" "Frau Beispiel" --reason "auf Wunsch" --author "E. Muster"
    pressearchiv redact text - < passage.txt --reason "auf Wunsch" --author "E. Muster" --yes
    pressearchiv redact release th-tmasgff-0123456789ab --reason "auf Wunsch" --author "E. Muster"
    pressearchiv redact prove "Erna Beispiel"

    A word counts in every spelling: in capitals, with entities or soft hyphens, in an address, in the
    genitive. A minus sign reads the words from standard input, a line each, so that no shell remembers them.
    """


@redact.command()
@click.argument("phrases", nargs=-1, required=True)
@click.option("--source", metavar="KEY", help="Only in captures of this source.")
@decided
def name(phrases: tuple[str, ...], source: str | None, **said: Any) -> None:
    """Take names out wherever they stand; the texts around them stay."""
    _redact("name", source=source, phrases=_phrases(phrases), **said)


@redact.command()
@click.argument("phrases", nargs=-1, required=True)
@click.option("--source", metavar="KEY", help="Only in captures of this source.")
@decided
def text(phrases: tuple[str, ...], source: str | None, **said: Any) -> None:
    """Take passages out wherever they stand word for word."""
    _redact("text", source=source, phrases=_phrases(phrases), **said)


@redact.command(name="release")
@click.argument("release")
@decided
def release_(release: str, **said: Any) -> None:
    """Take a release out as a whole, with the files that only it links; its page says that it was there."""
    _redact("release", release=release, **said)


@redact.command()
@click.argument("phrases", nargs=-1, required=True)
@archive_option
@warc_option
@corrections_option
def prove(phrases: tuple[str, ...], archive: Path, warc: Path, corrections_file: Path) -> None:
    """Search every byte on disk for words. Exits with 1 where they stand anywhere, and says where."""
    found, what = 0, sought(_phrases(phrases))
    if not what.plain:
        raise ArchiveError("there is no word in it; say which text or name is looked for")
    beside = [corrections_file] if corrections_file.exists() else []
    with counting("searching every byte") as shown:
        for at, place in enumerate(remains(archive, warc, what, lambda path: shown(path.name), beside), 1):
            click.echo(plain(place))
            found = at
    click.echo(f"{german(found)} place{'s' * (found != 1)} left" if found else "nothing is left")
    sys.exit(1 if found else 0)


@redact.command(name="list")
@warc_option
def list_(warc: Path) -> None:
    """What was taken out, when and why; never the words."""
    table = Table(box=SIMPLE_HEAD)
    for column in ("id", "day", "kind", "releases", "author", "reason"):
        table.add_column(column, overflow="fold")
    for r in decisions.read(warc):
        touched = german(len(r.releases))
        table.add_row(r.id, r.redacted_on.isoformat(), r.kind, touched, shown(r.author), shown(r.reason))
    Console().print(table if table.row_count else "Nothing was redacted.")


def _phrases(given: tuple[str, ...]) -> tuple[str, ...]:
    lines = [line.strip() for line in sys.stdin] if "-" in given else []
    return tuple(phrase for phrase in (*given, *lines) if phrase and phrase != "-")


def _redact(
    kind: decisions.Kind,
    *,
    reason: str,
    author: str,
    yes: bool,
    archive: Path,
    warc: Path,
    corrections_file: Path,
    sources: dict[str, Source],
    workers: int,
    **which: Any,
) -> None:
    asked = redaction.Asked(kind, reason, author, **which)
    corrections.read(corrections_file)  # what is wrong with it is said before anything is rewritten
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("nobody is there to ask; --yes says that it is meant")
        _confirm(archive, asked)
    with counting("rewriting evidence") as shown:
        done = redaction.redact(
            archive,
            warc,
            standing_sources() | sources,
            asked,
            utc_now(),
            corrections=corrections_file,
            workers=workers,
            progress=lambda file, size: shown(file),
        )
    click.echo(
        f"{done.redaction.id}: {german(done.records)} records in {german(done.files)} files rewritten, "
        f"{german(len(done.releases))} release{'s' * (len(done.releases) != 1)} touched"
    )
    click.echo("`pressearchiv redact prove` searches every byte; delete or redact your backups too")


def _confirm(archive: Path, asked: redaction.Asked) -> None:
    db = read_archive(archive)
    if asked.kind == "release":
        sql = """SELECT r.title, r.published_on FROM release_addresses a
            JOIN releases r ON r.id = a.release_id WHERE a.id = ?"""
        row = db.execute(sql, (asked.release,)).fetchone()
        # A crash may have come after its rows went; whether it ever was there, `redact` knows.
        what = f"„{row[0]}“ ({day(row[1])})" if row else f"what is left of {asked.release}"
    else:
        functions(db, sought(asked.phrases), "")
        sql = "SELECT count(DISTINCT release_id) FROM versions WHERE says(title) OR says(text)"
        [(count,)] = db.execute(sql).fetchall()
        what = f"these words; {german(count)} release{'s' * (count != 1)} say them"
    db.close()
    click.confirm(f"Take out for good: {what}. Go on?", abort=True, err=True)

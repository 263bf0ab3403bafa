"""`pressearchiv notify`: new problems once, and once that they are over."""

import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click
from sqlite_utils import Database

from alerts.delivery import DeliveryError, MailServer, checked
from archive import notices
from archive.clock import stamp, utc_now
from archive.german import at, counted
from archive.locks import lock
from archive.notices import Key, Notice, Trouble
from archive.source import Source
from archive.store import open_archive, writing
from cli.channels import Channel, Mail, Ntfy, Webhook
from cli.mailing import smtp_option, smtp_password_option, smtp_user_option
from cli.options import archive_option, sources_option
from serve import causes, mends

Present = Mapping[Key, Trouble]


def _url(_ctx: click.Context, _param: click.Parameter, url: str | None) -> str | None:
    try:
        return checked(url) if url else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@archive_option
@sources_option
@click.option("--mail", envvar="PRESSEARCHIV_MAIL", metavar="ADDRESS", help="Send a mail to this address.")
@smtp_option
@click.option("--sender", envvar="PRESSEARCHIV_SENDER", help="From whom; the address of --mail if not said.")
@smtp_user_option
@smtp_password_option
@click.option(
    "--webhook", envvar="PRESSEARCHIV_WEBHOOK", metavar="URL", callback=_url, help="Post JSON here."
)
@click.option(
    "--ntfy", envvar="PRESSEARCHIV_NTFY", metavar="URL", callback=_url, help="Post to this topic of ntfy."
)
@click.option("--dry-run", is_flag=True, help="Show what would be sent by each way, and remember nothing.")
def notify(
    archive: Path,
    sources: dict[str, Source],
    mail: str | None,
    smtp: tuple[str, int],
    sender: str | None,
    smtp_user: str | None,
    smtp_password: str | None,
    webhook: str | None,
    ntfy: str | None,
    dry_run: bool,
) -> None:
    """Tell what turned ill since last time and what is well again, each once, in German.

    A problem is a source whose last run did not go well, a kind of open issues that a source did not have, or
    an active source that was not crawled for two of its rhythms. All news of one call go in one message.
    Where it is not taken, it is sent again with the next call, under the same Message-ID; exits with 1 then.

    \b
    pressearchiv notify --mail oncall@example.org --smtp mail.example.org:587
    pressearchiv notify --ntfy https://ntfy.example.org/pressearchiv
    """
    channels: list[Channel] = []
    if mail:
        channels.append(Mail(mail, MailServer(*smtp, smtp_user, smtp_password), sender or mail))
    channels += [Webhook(webhook)] if webhook else []
    channels += [Ntfy(ntfy)] if ntfy else []
    if not channels:
        raise click.UsageError("say whom to tell: --mail, --webhook or --ntfy")
    with lock(archive.with_name(f"{archive.name}.notify.lock"), "notifying", seconds=60):
        db = open_archive(archive, create=False)
        try:
            now = utc_now()
            present = notices.troubles(db, sources.values(), now)
            done = [_shown(db, c, present) if dry_run else _told(db, c, present, now) for c in channels]
        finally:
            db.close()
    sys.exit(0 if all(done) else 1)


def _told(db: Database, channel: Channel, present: Present, now: datetime) -> bool:
    """Whether everything that a channel was to be told has arrived."""
    with writing(db):
        if found := _news(db, channel, present):
            notices.add(db, channel.name, found, stamp(now), uuid.uuid4().hex)
    for message in notices.unsent(db, channel.name):
        try:
            channel.send(message, subject(message.notices), text(message.notices))
        except DeliveryError as error:
            click.echo(f"pressearchiv: {error}", err=True)
            return False
        notices.mark(db, message.id, stamp(now))
        click.echo(f"{channel.name}: {subject(message.notices)}")
    return True


def _shown(db: Database, channel: Channel, present: Present) -> bool:
    waiting = [notice for message in notices.unsent(db, channel.name) for notice in message.notices]
    found = [*waiting, *_news(db, channel, present)]
    click.echo(f"{subject(found)}\n\n{text(found)}" if found else "Nothing to tell.")
    return True


def _news(db: Database, channel: Channel, present: Present) -> list[Notice]:
    new, over = notices.news(db, channel.name, present)
    titles = notices.titles(db)
    recovered = (Notice(*key, "recovered", _over(key, titles)) for key in over)
    return [*(Notice(t.source_key, t.matter, "trouble", _new(t)) for t in new), *recovered]


def subject(found: Sequence[Notice]) -> str:
    """How many are new and how many are over."""
    new = sum(notice.state == "trouble" for notice in found)
    parts = [counted(new, "neuer Befund", "neue Befunde")] if new else []
    parts += [f"{len(found) - new} behoben"] if new < len(found) else []
    return f"Pressearchiv: {', '.join(parts)}"


def text(found: Sequence[Notice]) -> str:
    """All notices of a message, those of one source together."""
    ordered = sorted(found, key=lambda n: (n.state == "recovered", n.source_key or "", n.matter))
    return "\n\n".join(notice.message for notice in ordered)


def _new(trouble: Trouble) -> str:
    return "\n".join(_lines(trouble))


def _lines(trouble: Trouble) -> Iterator[str]:
    yield _head(trouble.source_key, trouble.title)
    many = f" ({counted(trouble.issues, 'offener Punkt', 'offene Punkte')})" if trouble.issues else ""
    yield f"Befund: {mends.name(trouble.matter)}{many}, seit {at(trouble.since)}"
    if cause := causes.cause(trouble.cause):
        yield f"Ursache: {cause}"
    if to_do := mends.mend(trouble.matter, trouble.source_key or ""):
        yield f"Zu tun: {to_do}"


def _over(key: Key, titles: dict[str, str]) -> str:
    source_key, matter = key
    return f"{_head(source_key, titles.get(source_key or ''))}\nBehoben: {mends.name(matter)}"


def _head(source_key: str | None, title: str | None) -> str:
    return " · ".join(part for part in (source_key, title) if part) or "Archiv"

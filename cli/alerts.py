"""`pressearchiv alerts`: who watches which search, and telling them what happened in it."""

import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import click
from sqlite_utils import Database

from alerts import invitation, outbox, subscription, trial, webhook
from alerts.delivery import checked
from alerts.faults import faults
from alerts.mail import Mailing
from alerts.send import Done, Files
from alerts.send import send as send_all
from alerts.store import open_subscriptions
from alerts.subscription import KINDS, RHYTHMS, Kind, Rhythm, Subscription, is_address, kinds_of
from archive import search_terms
from archive.clock import utc_now
from archive.errors import ArchiveError
from archive.search_in_words import in_words
from archive.selection import Asked, asked
from archive.store import read_archive, writing
from cli.mailing import beside, subscriptions_option, with_mailing
from cli.options import archive_option, warc_option

EVERY = 50  # messages between two lines about how far it is
MOST_TROUBLES = 10


@click.group()
def alerts() -> None:
    """Searches that somebody watches: mail to readers who confirmed it, webhooks for programs.

    Readers subscribe on the site (`pressearchiv serve` with --sender and --site). Webhooks are added here
    only: a server that posts to any address a stranger names attacks others, or its own network, for them.

    \b
    pressearchiv alerts add 'q=Hochwasser&land=DE-TH' --webhook https://newsroom.example.org/hook
    pressearchiv alerts send                      after each build; `pressearchiv schedule --alerts` plans it
    pressearchiv alerts list
    """


@alerts.command("list")
@archive_option
@subscriptions_option
@click.option("--addresses", is_flag=True, help="Show mail addresses and webhooks in full.")
def list_(archive: Path, subscriptions: Path | None, addresses: bool) -> None:
    """Show who watches what, and how many events wait for each. Addresses are shortened, also for logs."""
    private = open_subscriptions(beside(archive, subscriptions))
    waiting = dict(outbox.waiting(private))
    for one in (everybody := subscription.every(private)):
        target = one.target if addresses else _shortened(one.target)
        kinds = "+".join(one.kinds)
        line = (one.id, target, kinds, one.rhythm, _state(one), f"{waiting.get(one.id, 0)} waiting")
        click.echo("  ".join((*line, one.search or "everything")))
    private.close()
    if not everybody:
        click.echo("Nobody watches anything yet.")


@alerts.command()
@click.argument("search")
@archive_option
@subscriptions_option
@click.option("--webhook", "url", metavar="URL", help="Post JSON there, signed.")
@click.option(
    "--mail", "address", metavar="ADDRESS", help="Send mail there, once its owner has confirmed it."
)
@click.option("--confirmed", is_flag=True, help="The owner of the address has agreed; do not ask by mail.")
@click.option("--rhythm", type=click.Choice(RHYTHMS), default="at_once", show_default=True, help="How often.")
@click.option(
    "--only", multiple=True, type=click.Choice(KINDS), help="Only events of this kind; may be repeated."
)
@click.option(
    "--language", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Of messages."
)
def add(
    search: str,
    archive: Path,
    subscriptions: Path | None,
    url: str | None,
    address: str | None,
    confirmed: bool,
    rhythm: Rhythm,
    only: tuple[str, ...],
    language: str,
) -> None:
    """Watch SEARCH: the address of a search page, or what stands in it behind the question mark.

    \b
    pressearchiv alerts add 'https://archiv.example.org/suche?q=Hochwasser' --webhook https://example.org/hook
    pressearchiv alerts add 'q=Kita&kreis=16065' --mail me@example.org --confirmed --rhythm daily
    """
    if (url is None) == (address is None):
        raise click.UsageError("say whom to tell: --webhook or --mail")
    what = _asked(archive, search)
    kinds = kinds_of(only or KINDS)
    private = open_subscriptions(beside(archive, subscriptions))
    if url is not None:
        _add_webhook(private, url, what, kinds, rhythm, language)
    elif address is not None:
        _add_mail(private, address, what, kinds, rhythm, language, confirmed=confirmed)
    private.close()


@alerts.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@archive_option
@subscriptions_option
def remove(ids: tuple[str, ...], archive: Path, subscriptions: Path | None) -> None:
    """Forget subscriptions: address, search and all that waits for them. `alerts list` shows the ids."""
    private = open_subscriptions(beside(archive, subscriptions), create=False)
    unknown = [key for key in ids if not subscription.remove(private, key)]
    private.close()
    if unknown:
        raise click.UsageError(f"no subscription {', '.join(unknown)}; `pressearchiv alerts list` shows all")
    click.echo(f"Removed {len(ids)}.")


@alerts.command()
@archive_option
@warc_option
@subscriptions_option
@with_mailing
def send(
    archive: Path, warc: Path, subscriptions: Path | None, site: str | None, mailing: Mailing | None
) -> None:
    """Find what is new, changed and removed since the last call, and tell whoever watches it.

    Stop it at any time and call it again: what was not taken waits, with growing pauses, and goes out under
    the same id. While a build or a redaction goes on, nothing is read from the archive. Exits with 1 where
    something waits for the next call because of a trouble.

    \b
    pressearchiv alerts send --site https://archiv.example.org \\
        --sender 'Pressearchiv <archiv@example.org>' --smtp mail.example.org:587
    """
    files = Files(archive, beside(archive, subscriptions), warc)
    done = send_all(files, mailing, _needed(site), utc_now(), progress=_progress)
    _report(done, mailing)
    sys.exit(1 if done.troubles else 0)


@alerts.command()
@click.argument("key", metavar="ID")
@archive_option
@warc_option
@subscriptions_option
@with_mailing
def test(
    key: str,
    archive: Path,
    warc: Path,
    subscriptions: Path | None,
    site: str | None,
    mailing: Mailing | None,
) -> None:
    """Send the newest hits of a subscription as a test, which counts as no event.

    \b
    pressearchiv alerts test 3f9c2a7d51e8b604 --site https://archiv.example.org --sender archiv@example.org
    """
    files = Files(archive, beside(archive, subscriptions), warc)
    click.echo(trial.send(files, key, mailing, _needed(site), utc_now()))


def _asked(archive: Path, search: str) -> Asked:
    """What a search says; refused where it means nothing."""
    query = urlsplit(search).query if "://" in search or search.startswith("/") else search.lstrip("?")
    what = asked(dict(parse_qsl(query)))
    if query and not subscription.search_of(what):
        raise click.UsageError(f"{search} is no search; write it like 'q=Hochwasser&land=DE-TH'")
    db = read_archive(archive)
    search_terms.register(db.conn)
    wrong = faults(db.conn, what)
    if not wrong:
        click.echo(f"Watching: {in_words(db.conn, what)}")
    db.close()
    if wrong:
        raise click.UsageError(f"nobody understands {', '.join(wrong)}; try the search on the site first")
    return what


def _add_webhook(
    private: Database, url: str, what: Asked, kinds: tuple[Kind, ...], rhythm: Rhythm, language: str
) -> None:
    try:
        checked(url)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    with writing(private):
        made = subscription.add(private, "webhook", url, what, kinds, rhythm, language, utc_now())
        subscription.begin(private, made.id, utc_now())
    click.echo(f"Added {made.id}. Its messages are signed with this secret:\n{webhook.shown(made.secret)}")


def _add_mail(
    private: Database,
    address: str,
    what: Asked,
    kinds: tuple[Kind, ...],
    rhythm: Rhythm,
    language: str,
    *,
    confirmed: bool,
) -> None:
    if not is_address(address):
        raise click.UsageError("this is no mail address; write it like anna@example.org")
    try:
        made = invitation.ask(private, address, what, kinds, rhythm, language, utc_now())
    except invitation.TooManyError as error:
        raise ArchiveError("too many invitations were asked for lately; try again tomorrow") from error
    if confirmed:
        invitation.confirm(private, made, utc_now())
        click.echo(f"Added {made.id}.")
    else:
        click.echo(f"Added {made.id}; the next `pressearchiv alerts send` asks the owner to confirm.")


def _needed(site: str | None) -> str:
    if site is None:
        raise click.UsageError("say where readers reach the archive: --site https://archiv.example.org")
    return site


def _progress(channel: str, done: int, to_do: int) -> None:
    if to_do > EVERY and (done % EVERY == 0 or done == to_do):
        click.echo(f"{channel}: {done} of {to_do}")


def _report(done: Done, mailing: Mailing | None) -> None:
    click.echo(f"{done.events} events, {done.sent} messages, {done.invited} invitations sent.")
    if mailing is None:
        click.echo("No mail: say --sender, or set PRESSEARCHIV_SENDER.")
    for trouble in done.troubles[:MOST_TROUBLES]:
        click.echo(f"pressearchiv: {trouble}", err=True)
    if len(done.troubles) > MOST_TROUBLES:
        click.echo(f"pressearchiv: and {len(done.troubles) - MOST_TROUBLES} more", err=True)


def _state(one: Subscription) -> str:
    if one.began_at is None:
        return "not confirmed"
    if one.stopped_at:
        return f"stopped after {one.tries} tries"
    if one.fault:
        return "search not understood"
    return f"not taken {one.tries} times" if one.tries else "ok"


def _shortened(target: str) -> str:
    """Enough of an address to know one's own."""
    if "://" in target:
        return f"{urlsplit(target).hostname}/…"
    return f"{target[:1]}…@{target.rpartition('@')[2]}"

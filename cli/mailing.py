"""Options of verbs that send mail: by which server, from whom, and where the links in it lead."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from alerts.delivery import MailServer
from alerts.mail import Mailing
from alerts.subscription import is_address

Command = Callable[..., Any]


def _server(_ctx: click.Context, _param: click.Parameter, text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdigit():
        raise click.BadParameter(f"{text} is no server; write it like mail.example.org:587")
    return host.strip("[]"), int(port)


def _site(_ctx: click.Context, _param: click.Parameter, url: str | None) -> str | None:
    if url and not url.startswith(("http://", "https://")):
        raise click.BadParameter(f"{url} is no address; write it like https://archiv.example.org")
    return url.rstrip("/") if url else None


def _sender(_ctx: click.Context, _param: click.Parameter, sender: str | None) -> str | None:
    address = sender.rpartition("<")[2].rstrip("> ") if sender else None
    if address is not None and not is_address(address):
        raise click.BadParameter(f"{sender} is no sender; write it like 'Pressearchiv <archiv@example.org>'")
    return sender


smtp_option = click.option(
    "--smtp",
    envvar="PRESSEARCHIV_SMTP",
    metavar="HOST:PORT",
    default="localhost:25",
    show_default=True,
    callback=_server,
    help="The server that takes the mail; encrypted where it offers STARTTLS.",
)
smtp_user_option = click.option(
    "--smtp-user",
    envvar="PRESSEARCHIV_SMTP_USER",
    help="Its password is read from PRESSEARCHIV_SMTP_PASSWORD.",
)
smtp_password_option = click.option("--smtp-password", envvar="PRESSEARCHIV_SMTP_PASSWORD", hidden=True)
sender_option = click.option(
    "--sender",
    envvar="PRESSEARCHIV_SENDER",
    metavar="ADDRESS",
    callback=_sender,
    help="From whom mail to readers comes. Or set PRESSEARCHIV_SENDER.",
)
site_option = click.option(
    "--site",
    envvar="PRESSEARCHIV_SITE",
    metavar="URL",
    callback=_site,
    help="Where readers reach the archive; links in messages lead there. Or set PRESSEARCHIV_SITE.",
)
subscriptions_option = click.option(
    "--subscriptions",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="PRESSEARCHIV_SUBSCRIPTIONS",
    help="The private file of who watches what; subscriptions.db beside the archive if not said.",
)


def with_mailing(command: Command) -> Command:
    """Give a command `site`, and `mailing`: how mail goes out, None where sender or site were not said."""

    @sender_option
    @smtp_option
    @smtp_user_option
    @smtp_password_option
    @site_option
    @wraps(command)
    def called(
        *,
        sender: str | None,
        smtp: tuple[str, int],
        smtp_user: str | None,
        smtp_password: str | None,
        site: str | None,
        **others: object,
    ) -> object:
        server = MailServer(*smtp, smtp_user, smtp_password)
        mailing = Mailing(server, sender, site) if sender and site else None
        return command(site=site, mailing=mailing, **others)

    return called


def beside(archive: Path, subscriptions: Path | None) -> Path:
    """The file of subscriptions of an archive."""
    return subscriptions or archive.with_name("subscriptions.db")

"""Handing mail and JSON over to other machines: plain standard library, encrypted where it can be."""

import smtplib
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from http.client import HTTPException
from urllib.parse import urlsplit

from archive.errors import ArchiveError

SECONDS = 20.0
GOING_AWAY = 421  # the server closes the connection
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class DeliveryError(ArchiveError):
    """The other side did not take a message; it is sent again later."""


class UnreachableError(DeliveryError):
    """There is no connection, or it broke off: nothing else can be sent there now."""


class RefusedError(DeliveryError):
    """The other side said that it will never take a message for this receiver."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server; encrypted where it offers that and is not this machine."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None

    @contextmanager
    def connected(self) -> Iterator["Connection"]:
        """A connection for any number of mails. Raises UnreachableError where there is none."""
        try:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        except OSError as error:  # smtplib's own errors are of this kind too
            raise UnreachableError(self.not_taken(error)) from error
        with closing(server):
            try:
                self._greet(server)
            except OSError as error:
                raise UnreachableError(self.not_taken(error)) from error
            yield Connection(self, server)
            with suppress(OSError):  # what was taken over stays so; a bad farewell must not send it twice
                server.quit()

    def _greet(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        away = self.host not in LOOPBACK
        if away and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        elif away and self.user:
            raise smtplib.SMTPNotSupportedError("no STARTTLS, and a password is not sent in the clear")
        if self.user:
            server.login(self.user, self.password or "")

    def not_taken(self, why: object) -> str:
        """What a person reads when a mail was not taken."""
        where = f"{self.host}:{self.port}"
        return f"{where} did not take the mail ({why}); check --smtp, password and addresses"


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection to a mail server."""

    to: MailServer
    server: smtplib.SMTP

    def send(self, mail: EmailMessage) -> None:
        """Hand one mail over. Raises RefusedError where its receiver is refused for good, UnreachableError
        where the connection broke off, DeliveryError where this one mail was not taken.

        What the server says may repeat the address, and errors go to logs: only its code is told.
        """
        try:
            self.server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            code = min(code for code, _ in error.recipients.values())
            said = f"{self.to.host}:{self.to.port} refuses the receiver (code {code})"
            raise (RefusedError if code >= 500 else DeliveryError)(said) from None
        except smtplib.SMTPResponseException as error:
            # A server that refuses the sender refuses every mail.
            broke_off = error.smtp_code == GOING_AWAY or isinstance(error, smtplib.SMTPSenderRefused)
            said = self.to.not_taken(f"code {error.smtp_code}")
            raise (UnreachableError if broke_off else DeliveryError)(said) from None
        except OSError as error:
            raise UnreachableError(self.to.not_taken(error)) from error


def checked(url: str) -> str:
    """An address that may be posted to. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is no http or https address")
    return url


def post(url: str, body: bytes, headers: dict[str, str]) -> None:
    """Post to an address. Raises DeliveryError where the answer is not 2xx."""
    host = urlsplit(url).hostname  # the rest of the address may be a secret
    request = urllib.request.Request(checked(url), body, headers, method="POST")  # noqa: S310 - checked
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS):
            return
    except (OSError, HTTPException) as error:
        raise DeliveryError(f"{host} did not take the message ({error}); check the address") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET, and the message would be lost without a word."""

    def redirect_request(self, *_: object) -> None:
        return None

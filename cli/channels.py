"""Ways to reach the people on call: mail, a webhook, ntfy. Plain standard library, https or http, in time."""

import hashlib
import json
import smtplib
import ssl
import urllib.request
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from http.client import HTTPException
from urllib.parse import urlsplit

from archive.clock import moment
from archive.errors import ArchiveError
from archive.notices import Message

SECONDS = 20.0
MOST_NTFY_BYTES = 3_900  # more becomes an attachment there
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class DeliveryError(ArchiveError):
    """The other side did not take a message; it is sent again with the next run."""


@dataclass(frozen=True, slots=True)
class Mail:
    """An SMTP server and whom to reach by it; encrypted where it offers that and is not this machine."""

    address: str
    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None

    @property
    def name(self) -> str:
        return _name("mail", self.address)

    def send(self, message: Message, subject: str, text: str) -> None:
        """Raises DeliveryError where the server cannot be reached or refuses."""
        try:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
            with closing(server):
                self._hand_over(server, self._mail(message, subject, text))
                with suppress(OSError):  # it was taken over; a bad farewell must not send it twice
                    server.quit()
        except OSError as error:  # smtplib's own errors are of this kind too
            where = f"{self.host}:{self.port}"
            raise DeliveryError(
                f"{where} did not take the mail ({error}); check --smtp, --mail and the password"
            ) from error

    def _hand_over(self, server: smtplib.SMTP, mail: EmailMessage) -> None:
        server.ehlo()
        away = self.host not in LOOPBACK
        if away and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        elif away and self.user:
            raise smtplib.SMTPNotSupportedError("no STARTTLS, and a password is not sent in the clear")
        if self.user:
            server.login(self.user, self.password or "")
        server.send_message(mail)

    def _mail(self, message: Message, subject: str, text: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.sender, self.address, subject
        mail["Date"] = format_datetime(moment(message.noted_at))
        mail["Message-ID"] = f"<{message.id}@pressearchiv>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        return mail


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that takes JSON. `text` is what chat programs show, `notices` is for machines."""

    url: str

    @property
    def name(self) -> str:
        return _name("webhook", self.url)

    def send(self, message: Message, subject: str, text: str) -> None:
        """Raises DeliveryError where the answer is not 2xx."""
        notices = [{"source": n.source_key, "matter": n.matter, "state": n.state} for n in message.notices]
        said = {"id": message.id, "subject": subject, "text": f"{subject}\n\n{text}", "notices": notices}
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
        _post(self.url, json.dumps(said, ensure_ascii=False).encode(), headers)


@dataclass(frozen=True, slots=True)
class Ntfy:
    """A topic of ntfy or of something that speaks like it: text in the body, the rest in headers."""

    url: str

    @property
    def name(self) -> str:
        return _name("ntfy", self.url)

    def send(self, message: Message, subject: str, text: str) -> None:
        """Raises DeliveryError where the answer is not 2xx."""
        trouble = any(notice.state == "trouble" for notice in message.notices)
        look = {"Tags": "warning", "Priority": "high"} if trouble else {"Tags": "white_check_mark"}
        headers = {"Title": subject, "Content-Type": "text/plain; charset=utf-8", "X-Message-Id": message.id}
        _post(self.url, _shortened(text).encode(), headers | look)


Channel = Mail | Webhook | Ntfy


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET, and the message would be lost without a word."""

    def redirect_request(self, *_: object) -> None:
        return None


def checked(url: str) -> str:
    """An address that may be posted to. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is no http or https address")
    return url


def _post(url: str, body: bytes, headers: dict[str, str]) -> None:
    host = urlsplit(url).hostname  # the rest of the address may be a secret
    request = urllib.request.Request(checked(url), body, headers, method="POST")  # noqa: S310 - checked
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS):
            return
    except (OSError, HTTPException) as error:
        raise DeliveryError(f"{host} did not take the message ({error}); check the address") from error


def _shortened(text: str) -> str:
    """As many whole notices as fit, and how many do not."""
    parts = text.split("\n\n")
    while len("\n\n".join(parts).encode()) > MOST_NTFY_BYTES and len(parts) > 1:
        parts.pop()
    left = text.count("\n\n") + 1 - len(parts)
    end = f"\n\n… und {left} weitere; `pressearchiv status` zeigt alle." if left else ""
    return "\n\n".join(parts).encode()[:MOST_NTFY_BYTES].decode("utf-8", "ignore") + end


def _name(kind: str, target: str) -> str:
    """What the archive calls a channel: it may be published, an address may not."""
    return f"{kind}-{hashlib.sha256(target.encode()).hexdigest()[:8]}"

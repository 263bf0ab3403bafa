"""Ways to reach the people on call: mail, a webhook, ntfy."""

import hashlib
import json
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime

from alerts.delivery import MailServer, post
from archive.clock import moment
from archive.notices import Message

MOST_NTFY_BYTES = 3_900  # more becomes an attachment there


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server and whom to reach by it."""

    address: str
    server: MailServer
    sender: str

    @property
    def name(self) -> str:
        return _name("mail", self.address)

    def send(self, message: Message, subject: str, text: str) -> None:
        """Raises DeliveryError where the server cannot be reached or refuses."""
        with self.server.connected() as connection:
            connection.send(self._mail(message, subject, text))

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
        post(self.url, json.dumps(said, ensure_ascii=False).encode(), headers)


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
        post(self.url, _shortened(text).encode(), headers | look)


Channel = Mail | Webhook | Ntfy


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

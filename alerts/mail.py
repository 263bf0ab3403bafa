"""Letters as mail: text and HTML, with the headers by which mail programs thread, sort and leave lists."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from alerts import hypertext, plain
from alerts.delivery import MailServer
from alerts.letter import Letter
from alerts.outbox import Message
from archive.clock import moment
from archive.words import squeezed

_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Mailing:
    """By which server mail goes out, from whom, and where its links lead."""

    server: MailServer
    sender: str
    site: str


def mail(letter: Letter, message: Message, sender: str) -> EmailMessage:
    """The mail for a letter; its id is that of the message, however often it has to be sent."""
    subscription, links = letter.subscription, letter.links
    made = _addressed(sender, subscription.target, letter.subject, message.id, message.made_at)
    made["List-Id"] = f"{letter.phrases['list']} <{subscription.id}.{domain(sender)}>"
    made["List-Unsubscribe"] = f"<{links.leave(subscription)}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    _fill(made, plain.text(letter), hypertext.html(letter))
    return made


def invitation(letter: Letter, confirm: str, sender: str, key: str, at: str) -> EmailMessage:
    """The mail that asks whether the owner of an address wants to be told."""
    said = letter.phrases
    made = _addressed(sender, letter.subscription.target, letter.subject, key, at)
    lines = [said["search"].format(search=letter.search), said["invite"], confirm, said["not_you"]]
    made.set_content(_clean("\n\n".join(lines)) + "\n", cte="quoted-printable")
    return made


def domain(sender: str) -> str:
    """The domain of whoever sends.

    >>> domain("Pressearchiv <archiv@example.org>")
    'example.org'
    """
    return sender.rpartition("@")[2].rstrip("> ") or "pressearchiv.invalid"


def header(text: str) -> str:
    """A text that can stand in a header: on one line, with nothing that a mail server would take for its own.

    >>> header("Titel\\r\\nBcc: a@b.de")
    'Titel Bcc: a@b.de'
    """
    return squeezed(_NO_TEXT.sub(" ", text))


def _addressed(sender: str, receiver: str, subject: str, key: str, at: str) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, receiver, header(subject)
    made["Date"] = format_datetime(moment(at))
    made["Message-ID"] = f"<{key}@{domain(sender)}>"
    made["Auto-Submitted"] = "auto-generated"
    return made


def _fill(made: EmailMessage, text: str, html: str) -> None:
    # Encoded, so that no line is too long, whatever a portal wrote.
    made.set_content(_clean(text), cte="quoted-printable")
    made.add_alternative(_clean(html), subtype="html", cte="quoted-printable")


def _clean(text: str) -> str:
    return "\n".join(_NO_TEXT.sub(" ", line) for line in text.split("\n"))

"""A message with the newest hits of a search, to see that it arrives and how it looks; no event."""

import sqlite3
import uuid
from datetime import datetime

from alerts import broken, letter, mail, subscription, webhook
from alerts.events import Event
from alerts.links import Links, links
from alerts.mail import Mailing
from alerts.outbox import Message
from alerts.send import Files, opened, settled
from alerts.told import Told, told
from archive.clock import stamp
from archive.errors import ArchiveError
from archive.selection import Asked, conditions

NEWEST = """
SELECT releases.id, captures.record_id, releases.first_seen_at
FROM releases JOIN versions ON versions.id = releases.version_id
    JOIN captures ON captures.id = versions.capture_id
WHERE {where} ORDER BY releases.published_on DESC, releases.first_seen_at DESC LIMIT 3
"""


def send(files: Files, subscription_id: str, mailing: Mailing | None, site: str, now: datetime) -> str:
    """Send it; what was done, in words. Raises ArchiveError where it cannot be, or is not taken."""
    with opened(files) as (db, private):
        whom = subscription.by_id(private, subscription_id)
        if whom is None or whom.began_at is None:
            raise ArchiveError(
                f"no confirmed subscription {subscription_id}; `pressearchiv alerts list` shows all"
            )
        ours = links(private, site)
        with settled(files, db):
            found = _newest(db.conn, whom.what, ours)
            ill = broken.among(db.conn, whom.what, broken.every(db.conn, now))
            made = letter.of_test(db.conn, whom, ours, found, ill)
        message = Message(uuid.uuid4().hex, whom.id, "events", stamp(now))
        if whom.channel == "webhook":
            webhook.send(made, message, now)
        elif mailing is None:
            raise ArchiveError("no mail can be sent; say --sender, or set PRESSEARCHIV_SENDER")
        else:
            with mailing.server.connected() as connection:
                connection.send(mail.mail(made, message, mailing.sender))
    return f"Sent a test with {len(found)} hits."


def _newest(connection: sqlite3.Connection, what: Asked, ours: Links) -> list[Told]:
    where, values = conditions(what)
    rows = connection.execute(NEWEST.format(where=where), values).fetchall()
    events = [Event(n, "new", *row) for n, row in enumerate(rows)]
    return [said for event in events if (said := told(connection, what, event, ours))]

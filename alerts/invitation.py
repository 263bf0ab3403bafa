"""Double opt-in: whoever asks for mail to an address must have that address, and confirm it from there."""

import re
import secrets
import sqlite3
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlite_utils import Database

from alerts import links, mail, subscription
from alerts.delivery import Connection, DeliveryError
from alerts.english import wording
from alerts.letter import Letter
from alerts.links import Links, address_hash, hashed
from alerts.mail import Mailing
from alerts.phrases import phrases
from alerts.subscription import Kind, Rhythm, Subscription
from archive.clock import stamp
from archive.search_in_words import in_words
from archive.selection import Asked
from archive.store import writing
from archive.words import squeezed

VALID = timedelta(days=2)
PER_ADDRESS, PER_HOUR = 3, 60  # invitations to one address in a day, and to all in an hour
AT_IT = timedelta(minutes=5)  # so long another process is taken to be sending one
LONGEST = 100  # characters of a search that are shown to somebody who may not have asked
_PLACE = re.compile(r"\S*[^\s.,/]+(?:[./][^\s.,/]+)+\S*|\S*[:/]{2}\S*")
_COUNT = "SELECT count(*) FROM requests WHERE asked_at > ?"
_DUE = f"""
{subscription.SELECT} WHERE channel = 'mail' AND began_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM invitations WHERE subscription_id = subscriptions.id
    AND (sent_at IS NOT NULL OR made_at > ?)) AND asked_at > ?
ORDER BY asked_at
"""
_INVITED = """
SELECT subscription_id FROM invitations JOIN subscriptions ON id = subscription_id
WHERE token_hash = ? AND subscriptions.asked_at > ?
"""


class TooManyError(Exception):
    """So many invitations were asked for lately that no more are sent."""


def ask(
    private: Database,
    address: str,
    what: Asked,
    kinds: Iterable[Kind],
    rhythm: Rhythm,
    language: str,
    now: datetime,
) -> Subscription:
    """Write down that somebody wants mail there. Raises TooManyError; what is sent is `send`'s."""
    with writing(private):
        private.execute("DELETE FROM requests WHERE asked_at < ?", (stamp(now - timedelta(days=1)),))
        who = address_hash(private, address)
        lately = private.execute(_COUNT, (stamp(now - timedelta(hours=1)),)).fetchone()[0]
        its_own = private.execute("SELECT count(*) FROM requests WHERE address_hash = ?", (who,)).fetchone()[
            0
        ]
        if lately >= PER_HOUR or its_own >= PER_ADDRESS:
            raise TooManyError
        private.execute("INSERT INTO requests (address_hash, asked_at) VALUES (?, ?)", (who, stamp(now)))
        return subscription.add(private, "mail", address, what, kinds, rhythm, language, now)


def due(private: Database, now: datetime) -> list[Subscription]:
    """Those that were not invited yet, and that nobody is inviting at the moment."""
    ids = private.execute(_DUE, (stamp(now - AT_IT), stamp(now - VALID))).fetchall()
    found = (subscription.by_id(private, row[0]) for row in ids)
    return [one for one in found if one is not None]


def send(
    connection: Connection,
    archive: sqlite3.Connection,
    private: Database,
    whom: Subscription,
    mailing: Mailing,
    now: datetime,
) -> None:
    """Send the mail that asks to confirm. Raises DeliveryError; then it is still due."""
    token = secrets.token_urlsafe(32)
    private.execute(
        "INSERT INTO invitations (token_hash, subscription_id, made_at) VALUES (?, ?, ?)",
        (hashed(token), whom.id, stamp(now)),
    )
    ours = links.links(private, mailing.site)
    letter = _letter(archive, whom, ours)
    key = uuid.uuid4().hex
    try:
        connection.send(mail.invitation(letter, ours.confirm(token), mailing.sender, key, stamp(now)))
    except DeliveryError:
        private.execute("DELETE FROM invitations WHERE token_hash = ?", (hashed(token),))
        raise
    private.execute("UPDATE invitations SET sent_at = ? WHERE token_hash = ?", (stamp(now), hashed(token)))


def invited(private: Database, token: str, now: datetime) -> Subscription | None:
    """The subscription that the link of an invitation is for; None where it is unknown or too old."""
    row = private.execute(_INVITED, (hashed(token), stamp(now - VALID))).fetchone()
    return subscription.by_id(private, row[0]) if row else None


def confirm(private: Database, whom: Subscription, now: datetime) -> Subscription:
    """Begin; where the same search is watched from that address already, that one is changed instead."""
    with writing(private):
        for other in subscription.of_target(private, whom.target):
            if other.search == whom.search and other.id != whom.id:
                subscription.change(private, other.id, whom.kinds, whom.rhythm)
                subscription.remove(private, whom.id)
                return replace(other, kinds=whom.kinds, rhythm=whom.rhythm)
        subscription.begin(private, whom.id, now)
    return whom


def expire(private: Database, now: datetime) -> None:
    """Forget whoever did not confirm."""
    private.execute(
        "DELETE FROM subscriptions WHERE began_at IS NULL AND asked_at <= ?", (stamp(now - VALID),)
    )


def harmless(search: str) -> str:
    """A search as it is shown to somebody who may not have made it: no address to click, and not long.

    >>> harmless("„Gewinn auf evil.example.com/x“ jetzt")
    '„Gewinn auf … jetzt'
    """
    shown = squeezed(_PLACE.sub("…", search))
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


def _letter(archive: sqlite3.Connection, whom: Subscription, ours: Links) -> Letter:
    said = phrases(whom.language)
    search = harmless(in_words(archive, whom.what, wording(whom.language)))
    return Letter(whom, ours, search, said["invite_subject"], (), ())

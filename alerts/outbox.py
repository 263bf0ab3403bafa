"""What is to be told to whom: written down before it is sent, marked after it, so that nothing is lost.

A message goes out under its id until the other side has taken it. Where the program dies after that and
before it could mark it, the same message goes out again under the same id; nothing else can go out twice.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from sqlite_utils import Database

from alerts.events import Event
from alerts.subscription import Rhythm, Subscription
from archive.clock import BERLIN, moment, stamp

MOST = 100  # events in a message; more become several
DIGEST_AT = time(7)  # in Germany; weekly ones on Mondays
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=5), timedelta(days=1)
REFUSED_RETRY = timedelta(days=1)
MOST_REFUSED, MOST_TRIES = 5, 25  # some five days, and three weeks
KEPT = timedelta(days=30)  # so long it stays known what was sent
ADD = """
INSERT OR IGNORE INTO outbox (subscription_id, event_id, noted_at)
SELECT id, :event, :at FROM subscriptions WHERE id = :subscription
"""
WAITING = """
SELECT subscription_id, event_id, noted_at FROM outbox WHERE message_id IS NULL
ORDER BY subscription_id, event_id
"""
UNSENT = """
SELECT messages.id, subscription_id, matter, made_at FROM messages
    JOIN subscriptions ON subscriptions.id = subscription_id
WHERE sent_at IS NULL AND stopped_at IS NULL AND channel = ? AND (retry_at IS NULL OR retry_at <= ?)
ORDER BY made_at, (SELECT min(event_id) FROM outbox WHERE message_id = messages.id)
"""
EVENTS = """
SELECT id, kind, release_id, mark, observed_at FROM outbox JOIN events ON events.id = event_id
WHERE message_id = ? ORDER BY id
"""

FORGET = """
DELETE FROM events WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE event_id = events.id) AND id <= coalesce(
    (SELECT min(last_event) FROM subscriptions WHERE began_at IS NOT NULL AND stopped_at IS NULL), id)
"""
LEFT = """
SELECT outbox.subscription_id, count(*) FROM outbox LEFT JOIN messages ON messages.id = message_id
WHERE messages.sent_at IS NULL GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to send to one subscription."""

    id: str
    subscription_id: str
    matter: Literal["events", "fault"]
    made_at: str


def add(private: Database, found: Iterable[tuple[str, int]], now: datetime) -> None:
    """Write down pairs of subscription and event; one that stands there already stays."""
    rows = [{"subscription": who, "event": event, "at": stamp(now)} for who, event in found]
    private.conn.executemany(ADD, rows)


def make(private: Database, going_on: Iterable[Subscription], now: datetime) -> int:
    """Put what is waiting into messages, where a message is due; how many that are."""
    subscriptions = {subscription.id: subscription for subscription in going_on}
    waiting: dict[str, list[int]] = {}
    since: dict[str, str] = {}
    for key, event, noted_at in private.execute(WAITING).fetchall():
        waiting.setdefault(key, []).append(event)
        since[key] = min(noted_at, since.get(key, noted_at))
    made = 0
    for key, events in waiting.items():
        if key in subscriptions and is_due(subscriptions[key].rhythm, moment(since[key]), now):
            for at in range(0, len(events), MOST):
                _message(private, key, "events", now, events[at : at + MOST])
                made += 1
    return made


def tell_fault(private: Database, subscription_id: str, fault: str, now: datetime) -> None:
    """Tell an owner once that the search means nothing any more."""
    private.execute("UPDATE subscriptions SET fault = ? WHERE id = ?", (fault, subscription_id))
    _message(private, subscription_id, "fault", now, ())


def is_due(rhythm: Rhythm, since: datetime, now: datetime) -> bool:
    """Whether what waits since a moment goes out now: digests do at their hour, not as soon as they can."""
    return rhythm == "at_once" or since < last_digest(rhythm, now)


def last_digest(rhythm: Rhythm, now: datetime) -> datetime:
    """The last moment at which digests were due.

    >>> last_digest("weekly", moment("2026-03-11T12:00:00Z")).isoformat()
    '2026-03-09T07:00:00+01:00'
    """
    here = now.astimezone(BERLIN)
    on = here.date()
    if rhythm == "weekly":
        on -= timedelta(days=on.weekday())
    found = datetime.combine(on, DIGEST_AT, BERLIN)
    if found > here:
        found = datetime.combine(on - timedelta(days=7 if rhythm == "weekly" else 1), DIGEST_AT, BERLIN)
    return found


def unsent(private: Database, channel: str, now: datetime) -> list[Message]:
    """The messages of a channel that are to go out now, the oldest first."""
    return [Message(*row) for row in private.execute(UNSENT, (channel, stamp(now))).fetchall()]


def events_of(private: Database, message: Message) -> list[Event]:
    """What a message tells."""
    return [Event(*row) for row in private.execute(EVENTS, (message.id,)).fetchall()]


def mark(private: Database, message: Message, now: datetime) -> None:
    """A message was taken over by the other side."""
    private.execute("UPDATE messages SET sent_at = ? WHERE id = ?", (stamp(now), message.id))
    private.execute(
        "UPDATE subscriptions SET tries = 0, retry_at = NULL WHERE id = ?", (message.subscription_id,)
    )


def withdraw(private: Database, message: Message, events: Collection[Event]) -> None:
    """These events are no longer there to be told: what they are about was taken out, or never was."""
    rows = [(message.id, event.id) for event in events]
    private.conn.executemany("DELETE FROM outbox WHERE message_id = ? AND event_id = ?", rows)


def drop(private: Database, message: Message) -> None:
    """A message of which nothing is left."""
    private.execute("DELETE FROM messages WHERE id = ?", (message.id,))


def put_off(private: Database, subscription: Subscription, now: datetime, *, refused: bool) -> bool:
    """After a message was not taken: when it goes out again. False where that was the last time."""
    tries = subscription.tries + 1
    wait = REFUSED_RETRY if refused else backoff(tries)
    stopped = tries >= (MOST_REFUSED if refused else MOST_TRIES)
    private.execute(
        "UPDATE subscriptions SET tries = ?, retry_at = ?, stopped_at = ? WHERE id = ?",
        (tries, stamp(now + wait), stamp(now) if stopped else None, subscription.id),
    )
    return not stopped


def backoff(tries: int) -> timedelta:
    """How long to wait after so many tries.

    >>> [str(backoff(n)) for n in (1, 2, 5, 50)]
    ['0:05:00', '0:10:00', '1:20:00', '1 day, 0:00:00']
    """
    return min(FIRST_RETRY * (1 << min(tries - 1, 20)), LONGEST_RETRY)


def tidy(private: Database, now: datetime) -> None:
    """Forget what was sent long ago, and events that nobody waits for."""
    before = stamp(now - KEPT)
    sent = "SELECT id FROM messages WHERE sent_at < ?"
    private.execute(f"DELETE FROM outbox WHERE message_id IN ({sent})", (before,))
    private.execute("DELETE FROM messages WHERE sent_at < ?", (before,))
    private.execute(FORGET)


def _message(
    private: Database, subscription_id: str, matter: str, now: datetime, events: Iterable[int]
) -> None:
    key = uuid.uuid4().hex
    private.execute(
        "INSERT INTO messages VALUES (?, ?, ?, ?, NULL)", (key, subscription_id, matter, stamp(now))
    )
    rows = [(key, subscription_id, event) for event in events]
    sql = "UPDATE outbox SET message_id = ? WHERE subscription_id = ? AND event_id = ?"
    private.conn.executemany(sql, rows)


def waiting(private: Database) -> Iterator[tuple[str, int]]:
    """How many events wait for each subscription."""
    yield from private.execute(LEFT).fetchall()

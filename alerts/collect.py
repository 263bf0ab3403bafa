"""From what happened to whom it concerns: events are found, and put to every search that is watched."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from alerts import events, excerpt, outbox
from alerts.events import Event
from alerts.faults import faults
from alerts.subscription import Subscription, going_on
from archive.clock import moment, stamp
from archive.selection import Asked
from archive.store import writing

SOME = 500  # events in an excerpt
# What was captured before a subscription began, and came into sight after it, is news for some days; later
# than that it came by an import.
BELATED = timedelta(days=2)


def collect(db: Database, private: Database, now: datetime) -> int:
    """Find what happened, and write down what is to be told to whom; how many events were found.

    `db` is the archive with the file of `private` attached as `private`; nothing may write to it meanwhile.
    """
    with writing(private):
        found = events.note(db, private, now)
    subscriptions = going_on(private)
    by_search: dict[str, list[Subscription]] = defaultdict(list)
    for subscription in subscriptions:
        by_search[subscription.search].append(subscription)
    first = min((subscription.last_event for subscription in subscriptions), default=0)
    asked = {search: some[0].what for search, some in by_search.items()}
    while subscriptions and (some := events.after(private, first, SOME)):
        pairs = list(_pairs(db, asked, by_search, some))
        first = some[-1].id
        with writing(private):
            outbox.add(private, pairs, now)
            rows = [(first, subscription.id) for subscription in subscriptions]
            sql = "UPDATE subscriptions SET last_event = max(last_event, ?) WHERE id = ?"
            private.conn.executemany(sql, rows)
    _tell_faults(db, private, asked, by_search, now)
    return found


def _pairs(
    db: Database, asked: dict[str, Asked], by_search: dict[str, list[Subscription]], some: list[Event]
) -> Iterator[tuple[str, int]]:
    by_id = {event.id: event for event in some}
    excerpt.take(db.conn, some)
    for search, subscriptions in by_search.items():
        found = [by_id[key] for key in sorted(excerpt.matching(db.conn, asked[search]))]
        for subscription in subscriptions:
            yield from ((subscription.id, event.id) for event in found if _concerns(subscription, event))
    excerpt.leave(db.conn)


def _concerns(subscription: Subscription, event: Event) -> bool:
    assert subscription.began_at is not None
    return (
        event.kind in subscription.kinds
        and event.id > subscription.last_event
        and event.observed_at >= stamp(moment(subscription.began_at) - BELATED)
    )


def _tell_faults(
    db: Database,
    private: Database,
    asked: dict[str, Asked],
    by_search: dict[str, list[Subscription]],
    now: datetime,
) -> None:
    for search, subscriptions in by_search.items():
        found = ", ".join(faults(db.conn, asked[search]))
        for subscription in subscriptions:
            if found and subscription.fault is None:
                with writing(private):
                    outbox.tell_fault(private, subscription.id, found, now)
            elif not found and subscription.fault is not None:
                private.execute("UPDATE subscriptions SET fault = NULL WHERE id = ?", (subscription.id,))


def attach(db: Database, path: Path) -> None:
    """Let the archive's connection see the file of subscriptions, as `private`."""
    db.execute("ATTACH DATABASE ? AS private", (str(path),))

"""A subscription: a search, who is told of what happens in it, of what, and how often."""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qsl

from sqlite_utils import Database

from archive.clock import stamp
from archive.selection import Asked, asked

Kind = Literal["new", "changed", "removed"]
KINDS: tuple[Kind, ...] = ("new", "changed", "removed")
Rhythm = Literal["at_once", "daily", "weekly"]
RHYTHMS: tuple[Rhythm, ...] = ("at_once", "daily", "weekly")
Channel = Literal["mail", "webhook"]
# Stricter than the standard: quoted names and addresses by number are nobody's, and open doors.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_COLUMNS = "id, channel, target, search, kinds, rhythm, language, secret, asked_at, began_at, "
SELECT = f"SELECT {_COLUMNS} last_event, fault, tries, retry_at, stopped_at FROM subscriptions"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A row of `subscriptions`."""

    id: str
    channel: Channel
    target: str  # a mail address, or the address of a webhook
    search: str  # as in the address of the search page, behind the question mark
    kinds: tuple[Kind, ...]
    rhythm: Rhythm
    language: str
    secret: str  # signs what a webhook gets
    asked_at: str
    began_at: str | None  # when it was confirmed
    last_event: int  # the last that was looked at
    fault: str | None  # what is wrong with the search, once it was told
    tries: int  # without success since the last one
    retry_at: str | None
    stopped_at: str | None  # nothing goes there any more

    @property
    def what(self) -> Asked:
        return asked(dict(parse_qsl(self.search)))


def search_of(what: Asked) -> str:
    """What a subscription keeps of a search: what it asks for, and not how its page is ordered."""
    return replace(what, sort="", zeit="", seite=1).address("").removeprefix("?")


def is_address(text: str) -> bool:
    """Whether mail may be sent there.

    >>> is_address("anna@example.org"), is_address("a@b.de\\nBcc: c@d.de"), is_address("a@b.de,c@d.de")
    (True, False, False)
    """
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def kinds_of(chosen: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds among these words, in their order."""
    named = set(chosen)
    return tuple(kind for kind in KINDS if kind in named)


def add(
    db: Database,
    channel: Channel,
    target: str,
    what: Asked,
    kinds: Iterable[Kind],
    rhythm: Rhythm,
    language: str,
    now: datetime,
) -> Subscription:
    """Write down a subscription that has not begun."""
    key = secrets.token_hex(8)
    row = (key, channel, target, search_of(what), " ".join(kinds), rhythm, language)
    db.execute(
        "INSERT INTO subscriptions (id, channel, target, search, kinds, rhythm, language, secret, asked_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, secrets.token_hex(32), stamp(now)),
    )
    made = by_id(db, key)
    assert made is not None
    return made


def begin(db: Database, subscription_id: str, now: datetime) -> None:
    """From now on it is told what happens; events that are known already are past."""
    db.execute(
        "UPDATE subscriptions SET began_at = ?, last_event = coalesce((SELECT max(id) FROM events), 0) "
        "WHERE id = ? AND began_at IS NULL",
        (stamp(now), subscription_id),
    )


def change(db: Database, subscription_id: str, kinds: Iterable[Kind], rhythm: Rhythm) -> None:
    """Other events, or another rhythm; where messages were not taken for long, they are sent again."""
    db.execute(
        "UPDATE subscriptions SET kinds = ?, rhythm = ?, tries = 0, retry_at = NULL, stopped_at = NULL "
        "WHERE id = ?",
        (" ".join(kinds), rhythm, subscription_id),
    )


def remove(db: Database, subscription_id: str) -> bool:
    """Forget a subscription and all that is waiting for it; whether there was one."""
    return bool(db.execute("DELETE FROM subscriptions WHERE id = ?", (subscription_id,)).rowcount)


def by_id(db: Database, subscription_id: str) -> Subscription | None:
    """One subscription."""
    return next(_read(db, f"{SELECT} WHERE id = :id", {"id": subscription_id}), None)


def of_target(db: Database, target: str) -> list[Subscription]:
    """Those of one receiver that have begun, the oldest first."""
    sql = f"{SELECT} WHERE target = :target AND began_at IS NOT NULL ORDER BY asked_at, id"
    return list(_read(db, sql, {"target": target}))


def every(db: Database) -> list[Subscription]:
    """All of them, begun or not."""
    return list(_read(db, f"{SELECT} ORDER BY asked_at, id", {}))


def going_on(db: Database) -> list[Subscription]:
    """Those that are told something."""
    sql = f"{SELECT} WHERE began_at IS NOT NULL AND stopped_at IS NULL ORDER BY id"
    return list(_read(db, sql, {}))


def _read(db: Database, sql: str, values: Mapping[str, str]) -> Iterator[Subscription]:
    for row in db.execute(sql, dict(values)).fetchall():
        told = dict(zip(Subscription.__slots__, row, strict=True))
        yield Subscription(**told | {"kinds": kinds_of(str(told["kinds"]).split())})

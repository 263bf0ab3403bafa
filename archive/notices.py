"""What is to be told to the people on call: what went wrong and what is well again, each once per channel.

A notice is written down before it is sent and marked after it. A crash in between loses none: the next run
sends what is not marked, in the same message under the same id, by which the other side knows it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from archive import rhythm
from archive.clock import stamp
from archive.source import Source
from archive.status import HEALTHY

State = Literal["trouble", "recovered"]
VERDICTS = """
SELECT r.source_key, r.verdict, s.title, r.reason, r.ended_at, 0
FROM runs r JOIN sources s ON s.key = r.source_key
WHERE r.id IN (SELECT max(id) FROM runs WHERE kind = 'crawl' AND verdict IS NOT NULL GROUP BY source_key)
"""
ISSUES = """
SELECT i.source_key, i.kind, s.title, max(i.message), min(i.first_seen_at), count(*)
FROM issues i LEFT JOIN sources s ON s.key = i.source_key
WHERE i.closed_at IS NULL GROUP BY i.source_key, i.kind
"""
TOLD = """
SELECT source_key, matter, state FROM notices
WHERE id IN (SELECT max(id) FROM notices WHERE channel = ? GROUP BY source_key, matter)
"""
TITLES = "SELECT key, title FROM sources"
ADD = """
INSERT INTO notices (channel, source_key, matter, state, message, noted_at, message_id)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
UNSENT = """
SELECT message_id, source_key, matter, state, message, noted_at FROM notices
WHERE channel = ? AND sent_at IS NULL ORDER BY id
"""
NO_LIST = ("layout_changed", "blocked", "unreachable", "failed")  # verdicts of runs that read no list
ECHOES = ("list", "certificate", "timeout", "given_up", "robots")  # kinds of issues that are why
Key = tuple[str | None, str]  # source and matter


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong: the verdict of a source's last run, a kind of open issues, or runs that stay out."""

    source_key: str | None
    matter: str
    title: str | None
    cause: str | None
    since: str
    issues: int  # open ones of this kind; 0 for a verdict


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell, in words."""

    source_key: str | None
    matter: str
    state: State
    message: str


@dataclass(frozen=True, slots=True)
class Message:
    """Notices that go out together."""

    id: str
    noted_at: str
    notices: tuple[Notice, ...]


def troubles(db: Database, sources: Iterable[Source], now: datetime) -> dict[Key, Trouble]:
    """What is wrong now. A verdict that is an issue row too is one trouble, in the words of the run."""
    found = [Trouble(*row) for row in db.execute(ISSUES).fetchall()]
    verdicts = (Trouble(*row) for row in db.execute(VERDICTS).fetchall())
    found += [trouble for trouble in verdicts if trouble.matter not in HEALTHY]
    last = rhythm.last_runs(db)
    for source in rhythm.missed(sources, last, now):
        found.append(Trouble(source.key, "not_run", source.title, None, stamp(last[source.key]), 0))
    return {(trouble.source_key, trouble.matter): trouble for trouble in found}


def news(db: Database, channel: str, now: Mapping[Key, Trouble]) -> tuple[list[Trouble], list[Key]]:
    """What a channel was not told yet: troubles that are new, and those told that are over.

    A list that answers 503 is an issue and makes the run unreachable; somebody on call hears of it once.
    """
    told = {(key, matter): state for key, matter, state in db.execute(TOLD, (channel,)).fetchall()}
    ill = {source_key for source_key, matter in now if matter in NO_LIST}
    echoes = {(source_key, matter) for source_key in ill for matter in ECHOES}
    new = [trouble for key, trouble in now.items() if told.get(key) != "trouble" and key not in echoes]
    over = [key for key, state in told.items() if state == "trouble" and key not in now]
    return new, over


def titles(db: Database) -> dict[str, str]:
    """The sources' titles by key."""
    return dict(db.execute(TITLES).fetchall())


def add(db: Database, channel: str, notices: Iterable[Notice], at: str, message_id: str) -> None:
    """Write down what is to be sent, as one message."""
    rows = [(channel, n.source_key, n.matter, n.state, n.message, at, message_id) for n in notices]
    db.conn.executemany(ADD, rows)


def unsent(db: Database, channel: str) -> list[Message]:
    """The messages that are written down and not marked as sent, oldest first."""
    found: dict[str, Message] = {}
    for message_id, source_key, matter, state, text, noted_at in db.execute(UNSENT, (channel,)).fetchall():
        before = found.get(message_id, Message(message_id, noted_at, ()))
        notices = (*before.notices, Notice(source_key, matter, state, text))
        found[message_id] = Message(message_id, noted_at, notices)
    return list(found.values())


def mark(db: Database, message_id: str, at: str) -> None:
    """A message was taken over by the other side."""
    db.execute("UPDATE notices SET sent_at = ? WHERE message_id = ?", (at, message_id))

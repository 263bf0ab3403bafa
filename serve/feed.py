"""A search as an Atom feed: what is new in it, what was changed and what is gone, each an entry of its own.

Entries keep their ids whatever else happens, so that a reading program shows each once. Sources of the search
that are broken have an entry too: silence must not look like nothing to say.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response
from pyroaring import BitMap

from alerts import broken
from alerts.broken import Broken
from alerts.events import Event
from alerts.links import Links
from alerts.phrases import verdict
from alerts.told import Told, told
from archive.clock import stamp, utc_now
from archive.search_in_words import in_words
from archive.selection import Asked, asked
from serve.facets import wording
from serve.headers import STRICT
from serve.language import language, same_language
from serve.narrow import narrow, newest
from serve.pages import the_archive

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

LENGTH = 50
SPAN = timedelta(days=90)  # in which changes and removals are looked for
TYPE = "application/atom+xml; charset=utf-8"
EMPTY = "1970-01-01T00:00:00Z"  # a feed must say when it changed, also where nothing ever happened
_NEW = """
SELECT releases.id, captures.record_id, releases.first_seen_at
FROM releases JOIN versions ON versions.id = releases.version_id
    JOIN captures ON captures.id = versions.capture_id
WHERE releases.rowid = ?
"""
_CHANGED = """
SELECT releases.rowid, releases.id, captures.record_id, changes.observed_at
FROM changes JOIN releases ON releases.id = changes.release_id
    JOIN versions ON versions.release_id = changes.release_id AND versions.number = changes.to_number
    JOIN captures ON captures.id = versions.capture_id
WHERE changes.is_step AND changes.observed_at >= ? ORDER BY changes.observed_at DESC
"""
_REMOVED = """
SELECT releases.rowid, releases.id, presence.first_missing_at, presence.last_missing_at
FROM presence JOIN releases ON releases.id = presence.release_id
WHERE presence.state IN ('missing', 'gone') AND presence.last_missing_at >= ?
ORDER BY presence.last_missing_at DESC
"""
_PLACES = {"new": "", "changed": "#fassung-{at}", "removed": "#entfernt-{at}"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What the feed says of one event."""

    id: str
    updated: str
    said: Told


@dataclass(frozen=True, slots=True)
class Feed:
    """A search as a feed."""

    words: str
    entries: list[Entry]
    broken: list[Broken]

    @property
    def updated(self) -> str:
        moments = [entry.updated for entry in self.entries] + [source.since for source in self.broken]
        return max(moments, default=EMPTY)


async def page(datasette: Datasette, request: Request) -> Response:
    """The feed of the search in the address; nothing but a nod where the reader has this very feed."""
    what, now = asked(request.args), utc_now()
    origin = datasette.absolute_url(request, "/").rstrip("/")

    def look(connection: sqlite3.Connection) -> Feed:
        return feed(connection, what, Links(origin, ""), now)

    made = await the_archive(datasette).execute_fn(same_language(look))
    said = {"asked": what, "feed": made, "origin": origin, "verdict": _verdict}
    body = await datasette.render_template("feed.xml", said, request=request)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Content-Security-Policy": STRICT}
    if _has(request.headers.get("if-none-match") or "", tag):
        return Response("", status=304, headers=headers, content_type=TYPE)
    return Response(body, content_type=TYPE, headers=headers)


def feed(connection: sqlite3.Connection, what: Asked, links: Links, now: datetime) -> Feed:
    """What a search has to tell, the latest first."""
    ill = broken.among(connection, what, broken.every(connection, now))
    found = narrow(connection, what)
    rows = (
        connection.execute(_NEW, (document,)).fetchone() for document in newest(connection, found, LENGTH)
    )
    events = [Event(0, "new", *row) for row in rows if row]  # a build may have taken it away since
    since = stamp(now - SPAN)
    events += _among(connection, _CHANGED, "changed", since, found.documents)
    events += _among(connection, _REMOVED, "removed", since, found.documents)
    events.sort(key=lambda event: (event.observed_at, event.release_id, event.kind), reverse=True)
    entries = [
        Entry(_id(links, event), event.observed_at, said)
        for event in events[:LENGTH]
        if (said := told(connection, what, event, links))
    ]
    return Feed(in_words(connection, what, wording()), entries, ill)


def _among(
    connection: sqlite3.Connection, sql: str, kind: str, since: str, documents: BitMap
) -> Iterator[Event]:
    left = LENGTH
    for document, release, mark, observed_at in connection.execute(sql, (since,)):
        if document in documents and left:
            left -= 1
            yield Event(0, "changed" if kind == "changed" else "removed", release, mark, observed_at)


def _id(links: Links, event: Event) -> str:
    at = event.mark if event.kind == "removed" else event.observed_at
    return links.release(event.release_id) + _PLACES[event.kind].format(at=at)


def _verdict(source: Broken) -> str:
    return verdict(source.verdict, language())


def _has(header: str, tag: str) -> bool:
    """Whether a reader named this tag; proxies that compress mark it as weak."""
    return tag in {held.strip().removeprefix("W/") for held in header.split(",")}

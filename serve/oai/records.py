"""The records that harvesters take: releases by id with the moment of their last change, and those that went.

The stamp of a release is when readers could first see it as it is now: by its captures, a move to another
address, something taken out of it, or a day that a person set. What was read by better rules is no change
here; after a rebuild everything has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from sqlite_utils import Database

from archive.clock import stamp
from archive.german import LANDS
from archive.stamps import Marks, marks, removed_since
from serve.oai.asked import PREFIX, Asked

CHUNK = 500
# Of a removal only the day is known: nobody who asks that day may miss it. What others decided came later.
END_OF_DAY = "T23:59:59Z"
LIVE = """
SELECT r.id, r.jurisdiction, r.publisher_id,
    (SELECT max(v.capture_id) FROM versions v WHERE v.release_id = r.id),
    (SELECT m.observed_at FROM moves m WHERE m.source_key = r.source_key AND m.url = r.url),
    (SELECT max(d.redacted_on) FROM redacted_releases t JOIN redactions d ON d.id = t.redaction_id
        WHERE t.release_id = r.id),
    EXISTS (SELECT 1 FROM corrections c
        WHERE c.release_id = r.id AND c.action = 'date' AND c.state = 'applied')
FROM releases r WHERE r.id > :after AND {where} ORDER BY r.id LIMIT :most
"""
# What readers may have seen for the first time since a mark; the moments decide.
SINCE = """r.id IN (
    SELECT v.release_id FROM version_captures vc JOIN versions v ON v.id = vc.version_id
        AND v.capture_id = vc.capture_id WHERE vc.capture_id > :seen
    UNION SELECT a.release_id FROM moves m
        JOIN release_addresses a ON a.source_key = m.source_key AND a.url = m.url
    UNION SELECT release_id FROM redacted_releases
    UNION SELECT release_id FROM corrections WHERE action = 'date')"""
GONE = """
SELECT t.release_id, max(d.redacted_on) FROM redacted_releases t JOIN redactions d ON d.id = t.redaction_id
WHERE t.release_id > :after AND NOT EXISTS (SELECT 1 FROM releases r WHERE r.id = t.release_id)
GROUP BY t.release_id ORDER BY t.release_id
"""
SETS = """
SELECT DISTINCT s.jurisdiction, s.publisher_id, p.name
FROM sources s JOIN publishers p ON p.id = s.publisher_id ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True, order=True)
class Header:
    """What is known of every record."""

    id: str
    stamp: str
    sets: tuple[str, ...]
    is_deleted: bool


def headers(db: Database, asked: Asked, now: datetime) -> Iterator[Header]:
    """The records that were asked for, by id."""
    known = marks(db)
    found = merge(_live(db, asked, known, now), _gone(db, asked))
    last = asked.until or "9"
    return (h for h in found if asked.since <= h.stamp <= last and (not asked.set or asked.set in h.sets))


def header(db: Database, release_id: str, now: datetime) -> Header | None:
    """One record; None where there never was one of that id, as far as is known."""
    asked = Asked("GetRecord", identifier=f"{PREFIX}{release_id}", after=release_id[:-1])
    return next((h for h in headers(db, asked, now) if h.id == release_id), None)


def earliest(db: Database, now: datetime) -> str:
    """The moment before which nothing changed."""
    moments = [*marks(db).moments[:1], stamp(now)]
    removed: str | None = db.execute("SELECT min(redacted_on) FROM redactions").fetchone()[0]
    return min([*moments, *([removed + END_OF_DAY] if removed else [])])


def sets(db: Database) -> list[tuple[str, str]]:
    """The sets with their names: Länder, and in each the publishers."""
    found: dict[str, str] = {}
    for land, publisher, name in db.execute(SETS).fetchall():
        found.setdefault(land, LANDS.get(land, land))
        found[f"{land}:{publisher}"] = name
    return list(found.items())


def _live(db: Database, asked: Asked, known: Marks, now: datetime) -> Iterator[Header]:
    land, _, publisher = asked.set.partition(":")
    seen = known.read_before(asked.since) if asked.since else 0
    where = [SINCE] if seen else []
    where += ["r.jurisdiction = :land"] if land else []
    where += ["r.publisher_id = :publisher"] if publisher else []
    where += ["r.id = :id"] if asked.identifier else []
    sql = LIVE.format(where=" AND ".join(where) or "1")
    values = {"seen": seen, "land": land, "publisher": publisher, "most": CHUNK}
    values |= {"id": asked.release_id} if asked.identifier else {}
    after, merged = asked.after, removed_since(db)
    while rows := db.execute(sql, {**values, "after": after}).fetchall():
        for release, of_land, of_publisher, capture, moved, removed, set_by_hand in rows:
            moments = [known.seen_since(capture) or stamp(now)]
            moments += [known.built_after(moved) or stamp(now)] if moved else []
            moments += [max(removed, merged) + END_OF_DAY] if removed else []
            moments += list(known.moments[-1:]) if set_by_hand else []
            yield Header(release, max(moments), _sets(of_land, of_publisher), is_deleted=False)
        after = rows[-1][0]


def _gone(db: Database, asked: Asked) -> Iterator[Header]:
    """Those that went, in the sets that they were in: an id begins with the key of its source."""
    sql = "SELECT key, jurisdiction, publisher_id FROM sources"
    known = {key: _sets(land, publisher) for key, land, publisher in db.execute(sql).fetchall()}
    merged = removed_since(db)
    for release, removed in db.execute(GONE, {"after": asked.after}).fetchall():
        of = known.get(release.rpartition("-")[0], ())
        yield Header(release, max(removed, merged) + END_OF_DAY, of, is_deleted=True)


def _sets(land: str, publisher: str) -> tuple[str, ...]:
    return (land, f"{land}:{publisher}") if land else ()


def page(db: Database, asked: Asked, now: datetime, size: int) -> tuple[list[Header], bool]:
    """Some records, and whether there are more."""
    found = list(islice(headers(db, asked, now), size + 1))
    return found[:size], len(found) > size

"""The tables sources, publishers and publisher_names, filled from the source files."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from archive.source import Name, Source

PUBLISHER = """
INSERT INTO publishers (id, name, jurisdiction) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, jurisdiction = excluded.jurisdiction
"""
NAME = """
INSERT INTO publisher_names (publisher_id, name, short_name, from_on, to_on) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (publisher_id, name) DO UPDATE SET
    short_name = excluded.short_name, from_on = excluded.from_on, to_on = excluded.to_on
"""
SOURCE = """
INSERT INTO sources (
    key, title, publisher_id, jurisdiction, family, status, home, confidence, evidence, mining, mining_reason
)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
    title = excluded.title, publisher_id = excluded.publisher_id, jurisdiction = excluded.jurisdiction,
    family = excluded.family, status = excluded.status, home = excluded.home,
    confidence = excluded.confidence, evidence = excluded.evidence, mining = excluded.mining,
    mining_reason = excluded.mining_reason
"""


def sync(db: Database, sources: Iterable[Source]) -> None:
    """Bring the tables to what the source files say; nothing is deleted, captures may point to it."""
    names: dict[str, dict[str, Name]] = defaultdict(dict)
    known = list(sources)
    for source in known:
        names[source.publisher] |= {name.name: name for name in source.names}
    for source in known:
        newest = max(names[source.publisher].values(), key=lambda n: n.since or date.min)
        db.execute(PUBLISHER, (source.publisher, newest.name, source.jurisdiction))
        db.execute(SOURCE, _row(source))
    for publisher, by_name in names.items():
        for name in by_name.values():
            db.execute(NAME, (publisher, name.name, name.short, _day(name.since), _day(name.until)))


def _row(source: Source) -> tuple[str | None, ...]:
    evidence = ": ".join(part for part in (source.evidence.years, source.evidence.note) if part)
    return (
        source.key,
        source.title,
        source.publisher,
        source.jurisdiction,
        source.family,
        source.status,
        source.home,
        source.evidence.confidence,
        evidence,
        source.rights.mining,
        source.rights.reason,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

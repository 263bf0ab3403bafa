"""Indexes that a large build makes at its end: sorting once is a fraction of keeping them on the way.

On the way each release would change some thirty pages here and there, and each page goes to the disk twice.
Which indexes lack stands in the archive, so that whoever builds after a kill makes them.
"""

import json

from sqlite_utils import Database

from archive.store import writing

KEY = "late_indexes"  # in archive_state: the statements that make what lacks
MANY = 10_000  # captures to read; more than there are releases, or it is no large build
# Each release has rows in these; what finds them by their release or amount is needed on the way.
PRESENT = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND sql NOT LIKE '%(release_id%'
    AND sql NOT LIKE '%(amount_id%'
    AND tbl_name IN ('releases', 'grants', 'minister_mentions', 'person_mentions', 'district_mentions',
        'municipality_mentions', 'amounts', 'dates')
ORDER BY name
"""


def drop(db: Database, captures: int) -> None:
    """Do without the indexes if so many captures make it a large build; the caller holds no transaction."""
    if captures < MANY or captures < db.execute("SELECT count(*) FROM releases").fetchone()[0]:
        return
    with writing(db):
        found = dict(db.execute(PRESENT).fetchall())
        _note(db, [*_lacking(db), *found.values()])
        for name in found:
            db.execute(f"DROP INDEX {name}")


def make(db: Database) -> None:
    """Make the indexes that lack, each in a transaction of its own."""
    lacking = _lacking(db)
    while lacking:
        sql, *lacking = lacking
        with writing(db):
            db.execute(sql)
            _note(db, lacking)


def _lacking(db: Database) -> list[str]:
    row = db.execute("SELECT value FROM archive_state WHERE key = ?", (KEY,)).fetchone()
    return [str(sql) for sql in json.loads(row[0])] if row else []


def _note(db: Database, lacking: list[str]) -> None:
    db.execute("DELETE FROM archive_state WHERE key = ?", (KEY,))
    if lacking:
        db.execute("INSERT INTO archive_state VALUES (?, ?)", (KEY, json.dumps(lacking)))

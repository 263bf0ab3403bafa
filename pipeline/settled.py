"""What stands as a build left it: the next one looks at what is new alone, and comes to the same.

What is new is noted where it happens, by triggers: releases in uncounted_releases, captures in
unsettled_captures, what else there is in unsettled_sources. A build that ends looked at all of it. Where its
rules were others, or rows were changed by other means, nothing counts as settled.
"""

from sqlite_utils import Database

KEY = "settled"  # in archive_state: the rules by which the last build that ended made what it made
NEWS = "SELECT release_id FROM uncounted_releases"
READ = "SELECT capture_id FROM unsettled_captures WHERE seen = 0"
OPEN = "SELECT json_group_array(id) FROM runs WHERE kind = 'crawl' AND ended_at IS NULL"
# Pages of crawls that go on stay new: the verdict decides what a 404 proves.
OVER = """
capture_id NOT IN (SELECT id FROM captures
    WHERE id = capture_id AND run_id IN (SELECT value FROM json_each(:open)))
"""
DONE = """
DELETE FROM unsettled_captures
WHERE EXISTS (SELECT 1 FROM parsed_captures p WHERE p.capture_id = unsettled_captures.capture_id)
"""
SEEN = "UPDATE unsettled_captures SET seen = 1 WHERE seen = 0"


def begin(db: Database, rules: str) -> None:
    """A build by these rules begins; the caller holds the transaction."""
    db.execute("DELETE FROM archive_state WHERE key = ? AND value <> ?", (KEY, rules))


def is_settled(db: Database) -> bool:
    """Whether all that is not noted as new stands as the rules of today make it."""
    return db.execute("SELECT 1 FROM archive_state WHERE key = ?", (KEY,)).fetchone() is not None


def end(db: Database, rules: str) -> None:
    """All that was new is looked at; the caller holds the transaction and has counted the releases."""
    [going_on] = db.execute(OPEN).fetchone()
    over = f" AND {OVER}" if going_on != "[]" else ""
    db.execute(DONE + over, {"open": going_on})
    db.execute(SEEN + over, {"open": going_on})
    db.execute("DELETE FROM unsettled_sources")
    db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (KEY, rules))


def forget(db: Database) -> None:
    """Rows were changed in a way that nobody noted: the next build looks at everything."""
    db.execute("DELETE FROM archive_state WHERE key = ?", (KEY,))


def has_news(db: Database, *tables: str) -> bool:
    """Whether something is noted in one of these tables, or nothing is settled."""
    return not is_settled(db) or any(
        db.execute(f"SELECT 1 FROM ({sql}) LIMIT 1").fetchone() for sql in tables
    )


def among_news(db: Database, column: str) -> str:
    """A condition that leaves out the releases which are settled, to be put behind another."""
    return f"AND {column} IN ({NEWS})" if is_settled(db) else ""

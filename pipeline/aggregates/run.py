"""The part of a build that keeps the figures: what changed is taken away as it was and added as it is.

What a release contributed is remembered, so a build costs what is new, and a rebuild comes to the same.
"""

from collections import Counter

from sqlite_utils import Database

from pipeline.aggregates import grants, mentions
from pipeline.settled import NEWS, has_news

DERIVED = "grant_months grant_stories grant_tellings co_mentions mention_months counted_releases".split()
UNCOUNTED = "SELECT release_id FROM uncounted_releases WHERE counted = 0 ORDER BY 1"
CHUNK = 500  # releases
ALOFT = 300_000  # figures in memory before they are written


def write(db: Database) -> None:
    """Bring the figures up to the releases and the groups of texts; the caller holds the transaction."""
    tellings = _count(db)
    if has_news(db, NEWS):  # groups follow the releases
        grants.regroup(db, tellings)
    grants.tell(db, tellings)
    db.execute("DELETE FROM uncounted_releases")


def write_along(db: Database) -> None:
    """Count what came since, while more is coming; the caller holds the transaction.

    The groups of texts, and what else follows from the whole, are left to `write`, to which all of it is new.
    """
    grants.tell(db, _count(db))
    db.execute("UPDATE uncounted_releases SET counted = 1 WHERE counted = 0")


def _count(db: Database) -> grants.Changes:
    ids = [release for (release,) in db.execute(UNCOUNTED).fetchall()]
    changes, tellings = mentions.Changes(Counter(), Counter()), grants.Changes()
    for at in range(0, len(ids), CHUNK):
        some = ids[at : at + CHUNK]
        for release, counted in mentions.count(db, some, changes).items():
            tellings.name(release, counted.entities)
        grants.retell(db, some, tellings)
        if len(changes.pairs) + len(changes.months) > ALOFT:
            mentions.write(db, changes)
            changes = mentions.Changes(Counter(), Counter())
    mentions.write(db, changes)
    return tellings


def forget(db: Database) -> None:
    """Forget all figures, as a rebuild does before it reads everything anew."""
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")

"""The part of a build that keeps the figures: what changed is taken away as it was and added as it is.

What a release contributed is remembered, so a build costs what is new, and a rebuild comes to the same.
"""

from collections import Counter

from sqlite_utils import Database

from pipeline.aggregates import grants, mentions
from pipeline.settled import is_settled

DERIVED = "grant_months grant_stories grant_tellings co_mentions mention_months counted_releases".split()
CHUNK = 500  # releases
ALOFT = 300_000  # figures in memory before they are written


def write(db: Database) -> None:
    """Bring the figures up to the releases; the caller holds the transaction."""
    ids = [row[0] for row in db.execute("SELECT release_id FROM uncounted_releases ORDER BY 1").fetchall()]
    changes, tellings = mentions.Changes(Counter(), Counter()), grants.Changes()
    for at in range(0, len(ids), CHUNK):
        some = ids[at : at + CHUNK]
        mentions.count(db, some, changes)
        grants.retell(db, some, tellings)
        if len(changes.pairs) + len(changes.months) > ALOFT:
            mentions.write(db, changes)
            changes = mentions.Changes(Counter(), Counter())
    mentions.write(db, changes)
    if ids or not is_settled(db):  # groups follow the releases
        grants.regroup(db, tellings)
    grants.tell(db, tellings)
    db.execute("DELETE FROM uncounted_releases")


def forget(db: Database) -> None:
    """Forget all figures, as a rebuild does before it reads everything anew."""
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")

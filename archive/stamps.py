"""When releases came into the archive or changed in it, for those who harvest what is new since a moment.

The time of a capture does not say: an import brings pages of years ago today, and between a crawl and the end
of the next build nobody sees them. So each build leaves a mark: the last capture that was there when it
began, and the moment when it ended. What a capture showed is seen since the first mark that reaches it.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

KEY = "read_until "  # in archive_state, with the moment behind it
REMOVED = "removed_on"
LAST = "SELECT coalesce(max(id), 0) FROM captures"
MARKS = f"""
SELECT substr(key, {len(KEY) + 1}), CAST(value AS INTEGER) FROM archive_state
WHERE key > '{KEY}' AND key < '{KEY}~'
"""


def last_capture(db: Database) -> int:
    """The capture that came last."""
    return int(db.execute(LAST).fetchone()[0])


def mark(db: Database, until: int, at: str, *, anew: bool = False) -> None:
    """A build has ended that began with this capture as the last; `anew` where it made everything again."""
    if anew:
        db.execute("DELETE FROM archive_state WHERE key > ? AND key < ?", (KEY, f"{KEY}~"))
    if anew or until > marks(db).reach:
        db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (f"{KEY}{at}", str(until)))


def mark_removal(db: Database, now: datetime) -> None:
    """What others decided to take out was taken out here, perhaps long after the day of the decision."""
    db.execute("INSERT OR REPLACE INTO archive_state VALUES (?, ?)", (REMOVED, f"{now.astimezone(UTC):%F}"))


def removed_since(db: Database) -> str:
    """The day when decisions of others were last carried out here; empty where none was."""
    row = db.execute("SELECT value FROM archive_state WHERE key = ?", (REMOVED,)).fetchone()
    return str(row[0]) if row else ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks in the order of time, which is that of captures."""

    moments: tuple[str, ...]
    captures: tuple[int, ...]

    @property
    def reach(self) -> int:
        return self.captures[-1] if self.captures else 0

    def seen_since(self, capture: int) -> str | None:
        """Since when readers see what a capture showed; None where no build that ended has read it.

        >>> marks = Marks(("2018-03-28T04:00:00Z", "2018-03-29T04:00:00Z"), (10, 20))
        >>> marks.seen_since(10), marks.seen_since(11), marks.seen_since(21)
        ('2018-03-28T04:00:00Z', '2018-03-29T04:00:00Z', None)
        """
        at = bisect_left(self.captures, capture)
        return self.moments[at] if at < len(self.moments) else None

    def built_after(self, moment: str) -> str | None:
        """The first mark at or after a moment."""
        at = bisect_left(self.moments, moment)
        return self.moments[at] if at < len(self.moments) else None

    def read_before(self, moment: str) -> int:
        """The last capture that readers saw before a moment."""
        at = bisect_left(self.moments, moment)
        return self.captures[at - 1] if at else 0


def marks(db: Database) -> Marks:
    found = sorted((str(at), int(until)) for at, until in db.execute(MARKS).fetchall())
    return Marks(tuple(at for at, _ in found), tuple(until for _, until in found))

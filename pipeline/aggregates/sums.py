"""What stories of grants come to: by month, and by whom and what they name."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.aggregates.mentions import Entity

_COLUMNS = ("kind", "key", "month", "currency", "status", "qualifier")
_ADD = """
INSERT INTO grant_months VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET stories = stories + excluded.stories, tellings = tellings + excluded.tellings,
    low = low + excluded.low, high = high + excluded.high
"""
_GONE = f"DELETE FROM grant_months WHERE {' AND '.join(f'{c} = ?' for c in _COLUMNS)} AND stories = 0"
ALOFT = 100_000  # sums in memory before they are written
Place = tuple[str, str, str, str, str, str]  # kind, key, month, currency, status, qualifier


class Written(NamedTuple):
    """A story as it is written."""

    id: str
    amount: str
    value_min: float | None
    value_max: float | None
    currency: str
    qualifier: str
    status: str
    recipient: str | None
    district_ags: str | None
    municipality_ags: str | None
    first_on: str | None
    last_on: str | None
    tellings: int
    releases: int
    entities: str


class Sums:
    """What is added to the sums of stories, below zero where it is taken away.

    In whole units of the currency, so that sums do not depend on their order.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._changes: dict[Place, tuple[int, int, int, int]] = {}  # stories, tellings, low, high

    def change(self, story: Written, entities: Iterable[Entity], sign: int) -> None:
        """Add a story, or take it away."""
        low, high = story.value_min, story.value_max
        least = sign * round(low) if low is not None else 0
        most = sign * round(high) if high is not None else least
        tellings, changes = sign * story.tellings, self._changes
        rest = ((story.first_on or "")[:7], story.currency, story.status, story.qualifier)
        for entity in entities:
            a, b, c, d = changes.get(place := (*entity, *rest), (0, 0, 0, 0))
            changes[place] = (a + sign, b + tellings, c + least, d + most)

    def write(self, aloft: int = 0) -> None:
        """Write what changed if it is more than is held in memory; what came down to nothing goes."""
        if len(self._changes) <= aloft:
            return
        rows = [(*place, *by) for place, by in sorted(self._changes.items()) if any(by)]
        self._db.conn.executemany(_ADD, rows)
        self._db.conn.executemany(_GONE, [place for place, by in self._changes.items() if by[0] < 0])
        self._changes.clear()

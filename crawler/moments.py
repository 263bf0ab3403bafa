"""The moment of a capture: never before the last one of its source, whatever the clock of the machine says.

Versions follow the moments of captures. A clock that went back between two runs would put the newer text
before the older one.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import issues
from archive.clock import moment, stamp
from archive.records import Issue
from archive.store import open_archive, writing

ISSUE = "clock"
TOLERATED = timedelta(minutes=5)  # machines set their clocks by so much at times
LAST = """
SELECT max(captured_at) FROM captures c WHERE source_key = ?
    AND NOT EXISTS (SELECT 1 FROM imported_captures i WHERE i.capture_id = c.id)
"""

OPEN = "SELECT 1 FROM issues WHERE kind = ? AND subject = ? AND closed_at IS NULL"


class Moments:
    """The clock of one run of one source."""

    def __init__(self, archive: Path, source_key: str, now: Callable[[], datetime]) -> None:
        self._now = now
        db = open_archive(archive)
        with closing(db.conn):
            (last,) = db.execute(LAST, (source_key,)).fetchone()
            self._floor = moment(last) if last else datetime.min.replace(tzinfo=UTC)
            if self._floor - now() > TOLERATED:
                with writing(db):
                    issues.note(db, [_issue(source_key, now(), self._floor)], stamp(now()))
            elif db.execute(OPEN, (ISSUE, source_key)).fetchone():
                with writing(db):
                    issues.close(db, ISSUE, [source_key], stamp(now()))

    def __call__(self) -> datetime:
        return max(self._now(), self._floor)


def _issue(key: str, now: datetime, floor: datetime) -> Issue:
    message = (
        f"the clock says {stamp(now)}, and {key} was captured at {stamp(floor)} already; captures of this "
        "run bear that moment, so that their order is right"
    )
    return Issue(ISSUE, key, message, "Set the clock of the machine.", key)

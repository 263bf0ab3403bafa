"""What came since a build ended, as far as it may tell where a page moved."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.settled import NEWS, READ

RELEASES = f"""
SELECT u.release_id, r.source_key, EXISTS (SELECT 1 FROM counted_releases c WHERE c.release_id = u.release_id)
FROM ({NEWS}) u LEFT JOIN releases r ON r.id = u.release_id
"""
ASKED = f"""
SELECT a.release_id, c.captured_at FROM ({READ}) u
    CROSS JOIN captures c ON c.id = u.capture_id
    JOIN release_addresses a ON a.source_key = c.source_key AND a.url = c.requested_url
"""


@dataclass(frozen=True, slots=True)
class News:
    """What is new of releases."""

    changed: frozenset[str]  # sources with releases that changed, or are no more
    came: Mapping[str, Sequence[str]]  # by source, releases that were not known before
    asked: Mapping[str, Sequence[str]]  # by release, when one of its pages was asked for

    def __bool__(self) -> bool:
        return bool(self.changed or self.came or self.asked)


def gathered(db: Database) -> News:
    """All that is not settled."""
    changed: set[str] = set()
    came: defaultdict[str, list[str]] = defaultdict(list)
    for release, source_key, is_known in db.execute(RELEASES).fetchall():
        if source_key is None or is_known:
            changed.add(source_key or release.rpartition("-")[0])  # an id begins with its source
        else:
            came[source_key].append(release)
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for release, at in db.execute(ASKED).fetchall():
        asked[release].append(at)
    return News(frozenset(changed), came, asked)


def span(others: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Between which moments new answers may change whether a page was there: up to the answers around them.

    >>> span(["2018", "2020", "2024"], ["2021", "2022"]), span([], ["2021"])
    (('2020', '2024'), ('', '~'))
    """
    first, last = min(new), max(new)
    since = max((at for at in others if at < first), default="")
    return since, min((at for at in others if at > last), default="~")

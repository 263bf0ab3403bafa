"""Whether the page of a release is still there, as an observation with tolerance.

Nothing counts as removed for an outage, a block, a page that only says that it is none, or a failed parse;
nor for a 404 while the portal was ill, or while many of its pages went at once, as in a relaunch. What is
left must have been asked for often enough and for long enough.
"""

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from itertools import islice

from sqlite_utils import Database

from archive.clock import stamp
from archive.history import CLEAN
from pipeline.compare.checks import Check, troubled
from pipeline.settled import READ, is_settled

# Of 404: days on which it was asked for, and time between the first and the last of them.
MISSING = (3, timedelta(days=7))
GONE = (6, timedelta(days=30))
WITHDRAWN = (2, timedelta(days=1))  # of 410, by which a server says that it took the page away
ILL = ("blocked", "unreachable", "failed", "layout_changed")  # verdicts of runs that prove nothing
ALIVE = timedelta(days=7)  # around a check whose run says nothing, within which another release was shown
AT_ONCE = timedelta(days=14)
MANY, MANY_SHARE = 5, 0.3  # pages that went at once, and their share of those asked for
ALL, ALL_SHARE = 2, 0.8  # the same where next to nothing else was there

MOVES = """
INSERT OR IGNORE INTO moves
SELECT source_key, url, first_url, CASE state WHEN 'redirected' THEN 'redirect' ELSE 'canonical' END, NULL,
    last_seen_at
FROM presence WHERE state IN ('moved', 'redirected') AND source_key IN (SELECT value FROM json_each(?))
"""
RULES_VERSION = "1"  # raised when a change of rules changes what is said of a page
TOUCHED = f"SELECT DISTINCT source_key FROM captures WHERE id IN ({READ}) ORDER BY 1"
SOURCES = "SELECT id, source_key FROM releases WHERE id IN (SELECT value FROM json_each(?))"
EVERY = "SELECT key FROM sources"
Trust = Callable[[Check], bool]
REQUESTS = """
SELECT c.captured_at, p.release_id FROM captures c JOIN parsed_captures p ON p.capture_id = c.id
WHERE c.source_key = ? AND c.role = 'detail' AND p.outcome = 'release' ORDER BY c.captured_at
"""


@dataclass(frozen=True, slots=True)
class Presence:
    """What was observed of the page of a release; a row of `presence`."""

    state: str  # present, missing, gone, moved, redirected, unknown
    reason: str | None
    url: str
    first_url: str
    last_seen_at: str
    last_checked_at: str
    last_outcome: str
    first_missing_at: str | None
    last_missing_at: str | None
    missing_checks: int
    returned_at: str | None


class Shown:
    """When the releases of a source were shown; read only where somebody must know."""

    def __init__(self, db: Database, source_key: str) -> None:
        self._rows = [tuple(row) for row in db.execute(REQUESTS, (source_key,)).fetchall()]
        self._times = [str(at) for at, _ in self._rows]
        self._first: dict[str, str] = {}
        for at, release in self._rows:
            self._first.setdefault(str(release), str(at))

    def within(self, since: datetime, until: datetime, besides: str | None = None) -> bool:
        """Whether any release was shown, other than one."""
        return any(release != besides for _, release in self._between(since, until))

    def again(self, since: datetime, until: datetime) -> int:
        """How many releases were shown that had been seen before."""
        return len({key for at, key in self._between(since, until) if self._first[str(key)] < str(at)})

    def _between(self, since: datetime, until: datetime) -> Sequence[tuple[object, ...]]:
        first = bisect_left(self._times, stamp(since))
        return self._rows[first : bisect_right(self._times, stamp(until))]


def write(db: Database) -> None:
    """Make the rows of presence anew, and the moves that they tell, of each source of which pages were read;
    the caller holds the transaction."""
    touched = [key for (key,) in db.execute(TOUCHED if is_settled(db) else EVERY).fetchall()]
    asked = (json.dumps(touched),)
    among = "source_key IN (SELECT value FROM json_each(?))"
    db.execute(f"DELETE FROM presence WHERE {among}", asked)
    db.execute(f"DELETE FROM moves WHERE rule IN ('redirect', 'canonical') AND {among}", asked)
    by_source: defaultdict[str, dict[str, list[Check]]] = defaultdict(dict)
    found = troubled(db, touched)
    of = dict(db.execute(SOURCES, (json.dumps(list(found)),)).fetchall())
    for release, checks in found.items():
        if any(check.shows for check in checks):
            by_source[of[release]][release] = checks
    for source_key, releases in sorted(by_source.items()):
        rows = [
            (release, source_key, *(getattr(row, name) for name in Presence.__slots__))
            for release, row in _of_source(db, source_key, releases)
        ]
        db.conn.executemany(f"INSERT INTO presence VALUES ({', '.join('?' * 13)})", rows)
    db.execute(MOVES, asked)


def forget_release(db: Database, release_id: str) -> None:
    """Take the row of one release out, before the release goes."""
    db.execute("DELETE FROM presence WHERE release_id = ?", (release_id,))


def _of_source(
    db: Database, source_key: str, releases: Mapping[str, Sequence[Check]]
) -> Iterator[tuple[str, Presence]]:
    seen = cache(lambda: Shown(db, source_key))
    onsets = sorted(at for checks in releases.values() for at in _departures(checks))
    for release, checks in releases.items():
        trusted, at_once = partial(_is_trusted, release, seen), partial(_is_mass, onsets, seen)
        observed = judged(checks, trusted, at_once)
        if observed.state != "present" or observed.last_outcome != "release" or observed.returned_at:
            yield release, observed


def judged(checks: Sequence[Check], trusted: Trust, at_once: Callable[[datetime], bool]) -> Presence:
    """The presence that checks amount to, in the order of time; one of them at least shows the release.

    `trusted` says whether a 404 proves anything, `at_once` whether many pages went around a moment.
    """
    shown = [check for check in checks if check.shows]
    first, last = shown[0], shown[-1]
    streaks = list(_streaks(checks))
    returned = [
        end.captured_at
        for streak, end in zip(streaks, _returns(checks), strict=False)
        if _state(streak, trusted, at_once)[0] in ("missing", "gone")
    ]
    state, reason, counted = _state(streaks[-1], trusted, at_once)
    if state == "present" and first.url != last.url and not _both_answer(shown, first.url, last.url):
        led = any(c.requested_url == first.url and c.url == last.url for c in shown)
        state = "redirected" if led else "moved"
    return Presence(
        state=state,
        reason=reason,
        url=last.url,
        first_url=first.url,
        last_seen_at=last.captured_at,
        last_checked_at=checks[-1].captured_at,
        last_outcome=(streaks[-1] or [last])[-1].outcome,
        first_missing_at=counted[0].captured_at if counted else None,
        last_missing_at=counted[-1].captured_at if counted else None,
        missing_checks=len(counted),
        returned_at=returned[-1] if returned else None,
    )


def _streaks(checks: Sequence[Check]) -> Iterator[list[Check]]:
    """What was answered for the present address after each time the release was shown, until it was again."""
    streak: list[Check] | None = None
    addresses: set[str] = set()
    for check in checks:
        if check.shows:
            if streak is not None:
                yield streak
            streak, addresses = [], {check.url, check.requested_url}
        elif streak is not None and (check.requested_url in addresses or check.url in addresses):
            streak.append(check)
    yield streak or []


def _returns(checks: Sequence[Check]) -> Iterator[Check]:
    """The checks that end the streaks but the last."""
    shown = [check for check in checks if check.shows]
    yield from shown[1:]


def _state(
    streak: Sequence[Check], trusted: Trust, at_once: Callable[[datetime], bool]
) -> tuple[str, str | None, list[Check]]:
    """State, its reason, and the checks that count, of the answers since a release was last shown."""
    if not streak:
        return "present", None, []
    counted = [check for check in streak if check.absent and trusted(check)]
    if not counted:
        ill = next((c.verdict for c in reversed(streak) if c.absent and c.verdict in ILL), None)
        return "unknown", ill or ("portal_silent" if streak[-1].absent else streak[-1].outcome), []
    if at_once(counted[0].at):
        return "unknown", "many_at_once", counted
    if counted[-1].outcome == "status_410" and _enough(counted, WITHDRAWN):
        return "gone", "status_410", counted
    for state, least in (("gone", GONE), ("missing", MISSING)):
        if _enough(counted, least):
            return state, counted[-1].outcome, counted
    return "unknown", "few_checks", counted


def _enough(counted: Sequence[Check], least: tuple[int, timedelta]) -> bool:
    days = {check.captured_at[:10] for check in counted}
    return len(days) >= least[0] and counted[-1].at - counted[0].at >= least[1]


def _departures(checks: Sequence[Check]) -> Iterator[datetime]:
    """When a page left its address: the first 404 after it was shown, the first sight of another address."""
    for streak in _streaks(checks):
        yield from islice((check.at for check in streak if check.absent), 1)
    known: set[str] = set()
    for check in checks:
        if check.shows and check.url not in known:
            yield from [check.at] if known else []
            known.add(check.url)


def _both_answer(shown: Sequence[Check], first: str, last: str) -> bool:
    """Whether the first address went on showing the release itself after the last one did."""
    since = next(check.captured_at for check in shown if check.url == last)
    return any(check.url == first and check.captured_at > since for check in shown)


def _is_trusted(release: str, seen: Callable[[], Shown], check: Check) -> bool:
    if check.verdict in CLEAN:
        return True
    return check.verdict not in ILL and seen().within(check.at - ALIVE, check.at + ALIVE, release)


def _is_mass(onsets: Sequence[datetime], seen: Callable[[], Shown], at: datetime) -> bool:
    """Whether so many pages of a source went around a moment that the portal is the likelier cause."""
    since, until = at - AT_ONCE, at + AT_ONCE
    went = bisect_right(onsets, until) - bisect_left(onsets, since)
    if went < min(MANY, ALL):
        return False
    share = went / (went + seen().again(since, until))
    return (went >= MANY and share >= MANY_SHARE) or (went >= ALL and share >= ALL_SHARE)

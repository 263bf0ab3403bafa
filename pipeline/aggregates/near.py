"""Tellings of the amounts that changed; of a usual sum those alone that hang together with what came or went.

Tellings may be of one story if they share a trait and lie within weeks. What cannot be joined to anything new
by steps like that stays as it was told.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.aggregates.stories import WINDOW_DAYS, Telling, traits

_TELLINGS = """
SELECT t.amount, t.story_id, t.key, t.release_id, t.field, r.published_on, g.value_min, g.value_max,
    g.currency, g.qualifier, g.status, g.recipient, g.district_ags, g.municipality_ags, t.text_group
FROM grant_tellings t JOIN releases r ON r.id = t.release_id
    JOIN amounts a ON a.release_id = t.release_id AND a.field = t.field AND a."start" = t."start"
    JOIN grants g ON g.release_id = t.release_id AND g.amount_id = a.id
WHERE t.{} IN (SELECT value FROM json_each(?))
"""
_COUNT = """
SELECT amount, count(*) FROM grant_tellings WHERE amount IN (SELECT value FROM json_each(?)) GROUP BY 1
"""
_SPANS = "SELECT id, first_on, last_on FROM grant_stories WHERE amount = ?"
USUAL = 20  # tellings of an amount: fewer are read as quickly as looked through
SHARE = 10  # of the tellings of a usual sum: where more of them changed, all are told anew


class Touched(NamedTuple):
    """What changed of an amount."""

    came: set[str]  # keys of tellings
    gone: set[str]  # stories that lost tellings


class Known(NamedTuple):
    """A telling, and the story it belonged to so far."""

    story: str
    telling: Telling


def told(db: Database, touched: Mapping[str, Touched]) -> dict[str, list[Known]]:
    """The tellings to make stories of, by amount; all of a story or none."""
    found: defaultdict[str, list[Known]] = defaultdict(list)
    counts = db.execute(_COUNT, (json.dumps(list(touched)),)).fetchall()
    usual = {amount for amount, count in counts if count > max(USUAL, SHARE * len(touched[amount].came))}
    for amount, known in _read(db, "amount", touched.keys() - usual):
        found[amount].append(known)
    for amount in usual:
        found[amount] = list(_near(db, amount, touched[amount]))
    return found


def _read(db: Database, column: str, sought: Iterable[str]) -> Iterator[tuple[str, Known]]:
    rows = db.execute(_TELLINGS.format(column), (json.dumps(sorted(sought)),)).fetchall()
    return ((amount, Known(story, Telling(*row))) for amount, story, *row in rows)


def _near(db: Database, amount: str, touched: Touched) -> Iterator[Known]:
    """What hangs together with what came, and with what lies around that which went."""
    spans = _Spans(db, amount)
    new = [known for _, known in _read(db, "key", touched.came)]
    yield from new
    held: dict[str, list[Known]] = {}
    reached = spans.around(bucket for story in touched.gone for bucket in spans.of.get(story, ()))
    wave = [known.telling for known in new]
    while wave or reached:
        wanted = reached | spans.around(_bucket(telling.published_on) for telling in wave)
        for _, known in _read(db, "story_id", wanted - held.keys()):
            if known.telling.key not in touched.came:
                held.setdefault(known.story, []).append(known)
        traces = _traces(wave)
        reached |= {story for story, some in held.items() if any(_joins(one.telling, traces) for one in some)}
        come = [known for story in reached for known in held.pop(story, ())]
        spans.leave(reached)
        yield from come
        wave, reached = [known.telling for known in come], set()


class _Spans:
    """Stories of an amount by the time in which they were told."""

    def __init__(self, db: Database, amount: str) -> None:
        self.of: dict[str, range] = {}
        self._at: defaultdict[int, set[str]] = defaultdict(set)
        for story, first, last in db.execute(_SPANS, (amount,)).fetchall():
            self.of[story] = range(_bucket(first), _bucket(last) + 1)
            for bucket in self.of[story]:
                self._at[bucket].add(story)

    def around(self, buckets: Iterable[int]) -> set[str]:
        """The stories told within weeks of these times, and some more."""
        near = {bucket + by for bucket in buckets for by in (-1, 0, 1)}
        return {story for bucket in near for story in self._at.get(bucket, ())}

    def leave(self, stories: Iterable[str]) -> None:
        """Name these no more."""
        for story in stories:
            for bucket in self.of.pop(story, ()):
                self._at[bucket].discard(story)


def _traces(wave: Iterable[Telling]) -> dict[str, list[int]]:
    """On which days something with a trait was told."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for telling in wave:
        for trait in set(traits(telling)):
            found[trait].append(_day(telling.published_on))
    return found


def _joins(telling: Telling, traces: Mapping[str, list[int]]) -> bool:
    day = _day(telling.published_on)
    return any(
        abs(day - other) <= WINDOW_DAYS for trait in traits(telling) for other in traces.get(trait, ())
    )


def _day(iso: str | None) -> int:
    """The number of a day; what has none is far from all others."""
    return date.fromisoformat(iso).toordinal() if iso else 0


def _bucket(iso: str | None) -> int:
    return _day(iso) // WINDOW_DAYS

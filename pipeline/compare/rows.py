"""The tables changes and fact_changes: what is missing or was made of other versions is compared anew."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from sqlite_utils import Database

from archive.store import writing
from pipeline.compare.change import Change, Wording, compared
from pipeline.compare.facts import Fact
from pipeline.compare.significance import WORD
from pipeline.extract.mentions import Context
from pipeline.extract.release import RULES_VERSION as EXTRACTION
from pipeline.read import GAP
from pipeline.settled import among_news
from pipeline.workers import Workers, ordered

RULES_VERSION = f"1 {EXTRACTION}"  # raised when a change of rules changes what is said of two versions
ALL_PAIRS = 6  # versions up to which any two are compared; of more, neighbours and the first with each
BATCH = 50  # comparisons per transaction
DERIVED = ("fact_changes", "changes")  # children before parents


class Pair(NamedTuple):
    """Two versions of a release to compare."""

    release_id: str
    numbers: tuple[int, int]
    old: Wording
    new: Wording
    context: Context
    observed_at: str
    compared: str  # what the row is made of: where it differs, the row is made anew


# A row is stale that was made of other texts, another day or by other rules, or of a version that is no more.
WANTED = f"""
SELECT o.release_id, o.number AS a, n.number AS b,
    o.text_hash || ' ' || n.text_hash || ' ' || coalesce(r.published_on, '') || ' ' || :rules AS compared
FROM releases r
    JOIN versions o ON o.release_id = r.id
    JOIN versions n ON n.release_id = r.id AND n.number > o.number
WHERE r.versions > 1 AND (n.number = o.number + 1 OR o.number = 1 OR r.versions <= {ALL_PAIRS})
    AND o.text_hash <> n.text_hash %(news)s
"""
STALE = f"""
SELECT id FROM changes c WHERE NOT EXISTS (
    SELECT 1 FROM ({WANTED}) w
    WHERE w.release_id = c.release_id AND w.a = c.from_number AND w.b = c.to_number
        AND w.compared = c.compared) %(changed)s
"""
LACKING = f"""
SELECT w.release_id, w.a, w.b, o.title, o.text, n.title, n.text, r.published_on, r.jurisdiction,
    n.first_seen_at, w.compared
FROM ({WANTED}) w
    JOIN releases r ON r.id = w.release_id
    JOIN versions o ON o.release_id = w.release_id AND o.number = w.a
    JOIN versions n ON n.release_id = w.release_id AND n.number = w.b
WHERE NOT EXISTS (SELECT 1 FROM changes c
    WHERE c.release_id = w.release_id AND c.from_number = w.a AND c.to_number = w.b)
    AND (w.release_id, w.a, w.b) > (:release, :a, :b)
ORDER BY 1, 2, 3 LIMIT 200
"""


def compare_new(db: Database, workers: Workers) -> int:
    """Bring both tables to the present versions; returns how many comparisons that took."""
    rules = {"rules": RULES_VERSION}
    with writing(db):
        stale = [key for (key,) in db.execute(STALE % _news(db), rules).fetchall()]
        _drop(db, stale)
    changes = ordered(compare_all, _lacking(db), workers, batch=8)
    done = 0
    while some := list(islice(changes, BATCH)):
        with writing(db):
            for pair, change in some:
                _write(db, pair, change)
        done += len(some)
    return done


def compare_all(pairs: list[Pair]) -> list[tuple[Pair, Change]]:
    """The changes of some pairs, in order; runs in worker processes."""
    return [(pair, compared(pair.old, pair.new, pair.context)) for pair in pairs]


def forget(db: Database) -> None:
    """Empty both tables; what they say is compared again."""
    for table in DERIVED:
        db.execute(f"DELETE FROM {table}")


def forget_release(db: Database, release_id: str) -> None:
    """Take the changes of one release out, before its versions go."""
    for table in DERIVED:
        db.execute(f"DELETE FROM {table} WHERE release_id = ?", (release_id,))


def _drop(db: Database, keys: Sequence[str]) -> None:
    ids = [(key,) for key in keys]
    db.conn.executemany("DELETE FROM fact_changes WHERE change_id = ?", ids)
    db.conn.executemany("DELETE FROM changes WHERE id = ?", ids)


def _lacking(db: Database) -> Iterator[Pair]:
    # In slices: an open cursor would hold the write-ahead log for as long as the comparisons take.
    last: dict[str, object] = {"release": "", "a": 0, "b": 0, "rules": RULES_VERSION}
    lacking = LACKING % _news(db)
    while rows := db.execute(lacking, last).fetchall():
        for key, a, b, old_title, old, new_title, new, published, jurisdiction, at, made_of in rows:
            context = Context(date.fromisoformat(published) if published else None, jurisdiction)
            yield Pair(key, (a, b), Wording(old_title, old), Wording(new_title, new), context, at, made_of)
        last |= {"release": rows[-1][0], "a": rows[-1][1], "b": rows[-1][2]}


def _news(db: Database) -> dict[str, str]:
    """Conditions that leave out the releases whose versions were all compared."""
    return {"news": among_news(db, "r.id"), "changed": among_news(db, "c.release_id")}


def _write(db: Database, pair: Pair, change: Change) -> None:
    a, b = pair.numbers
    key = f"{pair.release_id}.{a}-{b}"
    edits = (*change.title, *change.text)
    gone = sum(len(WORD.findall(edit.gone)) for edit in edits)
    new = sum(len(WORD.findall(edit.new)) for edit in edits)
    reasons = [
        {"rule": r.rule, "weight": r.weight, "old": r.old, "new": r.new} for r in change.significance.reasons
    ]
    db.execute(
        f"INSERT INTO changes VALUES ({', '.join('?' * 15)})",
        (
            *(key, pair.release_id, a, b, b == a + 1, pair.observed_at, change.kind),
            *(change.significance.value, _json(reasons), len(change.facts), gone, new),
            *(_json(change.title), _json(change.text), pair.compared),
        ),
    )
    titles = len(pair.old.title), len(pair.new.title)
    rows = [
        (
            *(key, number, pair.release_id, fact.kind, fact.action),
            *(fact.old and fact.old.value, fact.new and fact.new.value),
            *(fact.old and fact.old.surface, fact.new and fact.new.surface),
            *_where(fact.old, titles[0]),
            *_where(fact.new, titles[1]),
        )
        for number, fact in enumerate(change.facts, 1)
    ]
    db.conn.executemany(f"INSERT INTO fact_changes VALUES ({', '.join('?' * 15)})", rows)


def _where(fact: Fact | None, title: int) -> tuple[str | None, int | None, int | None]:
    if fact is None:
        return (None, None, None)
    shift = title + len(GAP)
    if fact.start >= shift:
        return ("text", fact.start - shift, fact.end - shift)
    return ("title", fact.start, min(fact.end, title))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""What a run of `alerts send` costs: `python -m benchmarks.alerts --subscriptions 10000`."""

import random
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlite_utils import Database

from alerts import collect, events, outbox, subscription
from alerts.send import Files, opened
from alerts.store import open_subscriptions
from archive.clock import stamp
from archive.selection import asked
from archive.store import writing
from archive.territory import districts
from benchmarks import scaled

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CAPTURES = """
INSERT INTO captures (id, source_key, role, url, requested_url, captured_at, status, payload_digest,
    payload_bytes, record_id, record_type, warc_file, warc_offset, warc_length)
SELECT rowid, source_key, 'detail', url, url, first_seen_at, 200, id, 1,
    printf('<urn:uuid:%08x-0000-4000-8000-%012x>', (rowid * 2654435761) % 4294967296, rowid), 'response', 'x',
    rowid, 1 FROM releases
"""
SHOWN = "INSERT INTO version_captures SELECT version_id, rowid FROM releases"
POINTED = "UPDATE versions SET capture_id = (SELECT rowid FROM releases WHERE id = release_id)"
RECENT = "UPDATE releases SET published_on = '2026-03-01' WHERE rowid > (SELECT max(rowid) - ? FROM releases)"
FORGET = """
DELETE FROM seen_records WHERE record_id IN (SELECT record_id FROM a.captures ORDER BY id DESC LIMIT ?)
"""
WAITING = "SELECT count(*), count(DISTINCT subscription_id) FROM outbox"


@click.command()
@click.option("--releases", default=20_000, help="In the archive.")
@click.option("--subscriptions", default=10_000, help="Searches watched, each another one.")
@click.option("--new", default=200, help="Releases that came since the last run.")
def main(releases: int, subscriptions: int, new: int) -> None:
    """Time of the processor for each step of a run, in seconds."""
    with TemporaryDirectory() as folder:
        files = Files(Path(folder) / "archive.db", Path(folder) / "subscriptions.db", Path(folder) / "warc")
        with closing(scaled.fill(files.archive, releases)) as db, writing(db):
            for statement in (CAPTURES, SHOWN, POINTED):
                db.execute(statement)
            db.execute(RECENT, (new,))
            _built(db, 0)
        with opened(files) as (db, private):
            _timed("first look", lambda: collect.collect(db, private, NOW))
            _watch(private, subscriptions)
        with closing(open_subscriptions(files.subscriptions)) as private:
            private.execute("ATTACH DATABASE ? AS a", (str(files.archive),))
            private.execute(FORGET, (new,))
        with closing(Database(str(files.archive))) as db:
            _built(db, 1)
        with opened(files) as (db, private):
            with writing(private):
                _timed("look for events", lambda: events.note(db, private, NOW))
            _timed("match with searches", lambda: collect.collect(db, private, NOW))
            with writing(private):
                _timed("make messages", lambda: outbox.make(private, subscription.going_on(private), NOW))
            waiting = private.execute(
                "SELECT count(*), count(DISTINCT subscription_id) FROM outbox"
            ).fetchone()
            click.echo(f"{waiting[0]} events for {waiting[1]} of {subscriptions} subscriptions")
            _timed("a run without news", lambda: collect.collect(db, private, NOW))
        size = files.subscriptions.stat().st_size / 1e6
        click.echo(
            f"subscriptions.db has {size:.1f} MB, archive.db {files.archive.stat().st_size / 1e6:.0f} MB"
        )


def _built(db: Database, minute: int) -> None:
    at = stamp(NOW.replace(minute=minute))
    db.execute("INSERT INTO runs (kind, started_at, ended_at) VALUES ('build', ?, ?)", (at, at))


def _watch(private: Database, count: int) -> None:
    """Searches as people make them: a word or two, mostly with a filter; some are watched by many."""
    dice = random.Random(3)
    words, weights = scaled.vocabulary()
    keys = [district.ags for district in districts()]
    with writing(private):
        for number in range(count):
            search = {"q": " ".join(dice.choices(words, cum_weights=weights, k=dice.choice((1, 1, 2))))}
            search |= {"kreis": dice.choice(keys)} if number % 3 == 0 else {}
            search |= {"betrag_von": str(dice.randint(1, 50) * 10_000)} if number % 5 == 0 else {}
            what = asked(search)
            target = f"reader{number}@example.org"
            made = subscription.add(private, "mail", target, what, subscription.KINDS, "at_once", "de", NOW)
            subscription.begin(private, made.id, NOW)


def _timed(step: str, work: Callable[[], object]) -> None:
    start, wall = time.process_time(), time.perf_counter()
    work()
    spent = time.process_time() - start
    click.echo(f"{step:24} {spent:8.2f} s processor {time.perf_counter() - wall:8.2f} s clock")


if __name__ == "__main__":
    main()

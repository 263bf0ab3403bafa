"""The part of a build that says how complete the archive is, by source and year.

All of it follows from releases, entries and captures, read once in their order; where none of them changed
since a build, what it said stands.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlite_utils import Database

from pipeline.coverage import months, series
from pipeline.coverage.counting import Run
from pipeline.coverage.lists import Lacking, Year, lacking, promised
from pipeline.coverage.months import Few
from pipeline.coverage.series import Told
from pipeline.coverage.statement import Counted, Listed, Low, numbers, statement
from pipeline.settled import NEWS, has_news

RELEASES = """
SELECT source_key, publisher_id, jurisdiction, number, published_on, kind, kicker, id FROM releases
"""
OWNERS = "SELECT key, publisher_id, jurisdiction FROM sources"
LAST_SEEN = """
SELECT source_key, max(last_seen_at) FROM (
    SELECT source_key, last_seen_at FROM releases UNION ALL SELECT source_key, last_seen_at FROM entries
) GROUP BY source_key
"""
COVERAGE = f"INSERT INTO coverage VALUES ({', '.join('?' * 14)})"
GAPS = """
INSERT INTO coverage_gaps (source_key, year, kind, subject, missing, after_on, before_on, reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
RULES_VERSION = "1"  # raised when other rules or holidays change what is said of a source and year
# What pages were that are no releases decides what became of a list's rows.
REFUSED = """
SELECT 1 FROM unsettled_captures u LEFT JOIN parsed_captures p ON p.capture_id = u.capture_id
WHERE u.seen = 0 AND p.release_id IS NULL
"""
Gap = tuple[str, Year, str, str, float, str | None, str | None, str | None]


@dataclass
class _Year:
    """What is known of one source and year."""

    releases: int = 0
    numbered: int = 0
    counts: list[Counted] = field(default_factory=list)
    held: int = 0  # numbers of this source
    missing: list[Run] = field(default_factory=list)  # ascribed to this source
    lacking: list[Lacking] = field(default_factory=list)
    low: list[Few] = field(default_factory=list)
    profiled: bool = False


Years = defaultdict[tuple[str, Year], _Year]


def write(db: Database) -> None:
    """Make the tables anew where there is news; the caller holds the transaction."""
    if not has_news(db, NEWS, REFUSED, "SELECT 1 FROM unsettled_sources"):
        return
    years: Years = defaultdict(_Year)
    told = list(_releases(db, years))
    for row in lacking(db):
        years[row.source, row.year].lacking.append(row)
    rows = promised(db)
    for key in rows:
        years[key].releases += 0
    owners = {key: owner for key, *owner in db.execute(OWNERS).fetchall()}
    _note_numbers(years, [*told, *_promised(years, owners)])
    _note_months(db, years, {key: land for key, (_, land) in owners.items()})
    db.execute("DELETE FROM coverage")
    db.execute("DELETE FROM coverage_gaps")
    ordered = sorted(years.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    db.conn.executemany(COVERAGE, (_row(key, year, known, rows) for (key, year), known in ordered))
    db.conn.executemany(GAPS, (gap for (key, year), known in ordered for gap in _gaps(key, year, known)))


def _releases(db: Database, years: Years) -> Iterator[Told]:
    """The numbers of all releases; counts releases on the way."""
    for source, publisher, land, number, published, kind, kicker, release in db.execute(RELEASES):
        known = years[source, int(published[:4]) if published else None]
        known.releases += 1
        if number:
            known.numbered += 1
            if published:
                day = date.fromisoformat(published)
                yield Told(source, publisher, land, number, day, kind, kicker or "", release)


def _promised(years: Years, owners: dict[str, list[str]]) -> Iterator[Told]:
    """The numbers that lists state and no release has."""
    for row in (row for known in years.values() for row in known.lacking):
        if row.number and row.listed_on:
            publisher, land = owners[row.source]
            day = date.fromisoformat(row.listed_on[:10])
            yield Told(row.source, publisher, land, row.number, day, "press_release", row.kicker or "", None)


def _note_numbers(years: Years, told: Iterable[Told]) -> None:
    for found in series.find(told):
        held = Counter({(p.source, p.year, p.value): 1 for p in found.points if p.release})
        own = Counter((source, year) for source, year, _ in held)
        for year, count in sorted(found.counts.items()):
            for source in found.sources:
                missing = [run for run in count.missing if run.source == source]
                if not own[source, year] and not missing:
                    continue
                others = [key for key in found.sources if key != source and own[key, year]]
                known = years[source, year]
                known.counts.append(Counted(found.name, count.first, count.last, count.missing, others))
                known.held += own[source, year]
                known.missing += missing


def _note_months(db: Database, years: Years, lands: dict[str, str]) -> None:
    held: defaultdict[str, Counter[int]] = defaultdict(Counter)
    by_month = "SELECT source_key, substr(published_on, 1, 7), count(*) FROM releases GROUP BY 1, 2"
    for source, month, count in db.execute(by_month).fetchall():
        if month:
            held[source][_month(month)] += count
    seen = dict(db.execute(LAST_SEEN).fetchall())
    profiles = {k: months.profile(lands[k], some, _month(seen[k]) - 1) for k, some in sorted(held.items())}
    for source, profile in profiles.items():
        for month, _ in profile.months():
            years[source, month // 12].profiled = True
    for few in months.suspicious(profiles):
        years[few.source, few.month // 12].low.append(few)


def _month(iso: str) -> int:
    return 12 * int(iso[:4]) + int(iso[5:7]) - 1


def _row(source: str, year: Year, known: _Year, rows: Counter[tuple[str, Year]]) -> tuple[object, ...]:
    without_capture = sum(row.outcome is None for row in known.lacking)
    listed = Listed(rows[source, year], without_capture, len(known.lacking) - without_capture)
    missing = sum(map(len, known.missing))
    expected = known.held + missing if known.counts else None
    low = [Low(few.month % 12 + 1, few.held, few.expected) for few in known.low]
    how, share = _how(known, listed, expected)
    said = statement(known.counts, bool(known.numbered), listed, low, known.profiled)
    return (
        *(source, year, known.releases, known.numbered, expected, missing if expected is not None else None),
        *(numbers(known.missing) or None, *listed, ", ".join(few.iso for few in known.low) or None),
        *(share, how, said),
    )


def _how(known: _Year, listed: Listed, expected: int | None) -> tuple[str, float | None]:
    """By what completeness was judged, and the share held."""
    if expected:
        return "numbers", round(known.held / expected, 4)
    if listed.rows:
        return "lists", round(1 - len(known.lacking) / listed.rows, 4)
    return ("months" if known.profiled else "nothing"), None


def _gaps(source: str, year: Year, known: _Year) -> Iterator[Gap]:
    for run in known.missing:
        after, before = (day.isoformat() if day else None for day in (run.after, run.before))
        yield source, year, "numbers", numbers([run]), len(run), after, before, None
    for row in known.lacking:
        kind = "no_release" if row.outcome else "not_captured"
        yield source, year, kind, row.url, 1, row.listed_on, row.listed_on, row.outcome
    for few in known.low:
        reason = f"{few.held} of about {few.expected:.0f}, chance {few.chance:.1g}"
        yield source, year, "month", few.iso, round(few.expected - few.held), None, None, reason

"""The course of the archive: releases by month for each Land or source, with gaps shown as gaps.

A month in which a source was broken says nothing of how much its ministry published. It is hatched, and no
line of zeros is drawn through it.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from datasette.database import Database

from serve.archive_rows import Row, rows
from serve.language import gettext
from serve.overview import told_years
from serve.spoken import day, number
from serve.spoken import land as name_of

YEARS_SHOWN = 6
TALL, PITCH, WIDTH = 40, 6, 5
_SOURCES = "SELECT key, title, jurisdiction, status FROM sources ORDER BY jurisdiction, title"
_MONTHS = """
SELECT key, month, releases FROM mention_months
WHERE kind = 'source' AND month >= :first AND month < :last || ':'
"""  # the colon comes after the digits
_RUNS = """
SELECT source_key, substr(started_at, 1, 7) AS month,
    sum(verdict IN ('ok', 'unchanged', 'quiet')) AS well FROM runs
WHERE kind = 'crawl' AND source_key IS NOT NULL AND ended_at IS NOT NULL GROUP BY 1, 2
"""
_LOW = "SELECT source_key, subject AS month FROM coverage_gaps WHERE kind = 'month'"
_SHARES = (
    "SELECT source_key, year, share, how_found FROM coverage WHERE share IS NOT NULL AND year IS NOT NULL"
)
LEAST_KNOWN = 0.05  # a year of which less is held is not raised further
LEAST_SHARE = 0.9  # below that a year is raised to what it would hold if it were whole


@dataclass(frozen=True, slots=True)
class Line:
    """One Land or source: paths of its bars, of what is estimated above them, and of its gaps."""

    name: str
    address: str | None
    total: int
    held: str
    missing: str
    gaps: str
    most: int
    broken: str  # gaps in words
    years: tuple[str, ...]  # releases of each year, for the table


class Month(NamedTuple):
    """What is known of one month."""

    held: int
    whole: float  # as if nothing were missing
    gap: bool


Course = dict[int, Month]  # by months since the year 0


async def page(db: Database, args: Mapping[str, str], today: date) -> dict[str, object]:
    """Everything the page says."""
    years = await told_years(db) or [str(today.year)]
    wanted = args.get("bis", "") if args.get("bis", "") in years else years[-1]
    shown = [str(year) for year in range(int(wanted) - YEARS_SHOWN + 1, int(wanted) + 1)]
    span = {"first": shown[0], "last": shown[-1]}
    sources, months, runs, low, shares = await asyncio.gather(
        *(rows(db, sql, span) for sql in (_SOURCES, _MONTHS, _RUNS, _LOW, _SHARES))
    )
    lands = {str(s["key"]): str(s["jurisdiction"]) for s in sources}
    land = args.get("land", "") if args.get("land", "") in lands.values() else ""
    courses = _courses(months, runs, low, shares, shown, today)
    if land:
        own = [s for s in sources if s["jurisdiction"] == land]
        lines = [_line(s["title"], None, courses[s["key"]], shown) for s in own]
    else:
        codes = sorted(set(lands.values()), key=lambda code: (code != "DE", name_of(code)))
        lines = [_land_line(code, wanted, _of_land(courses, lands, code), shown) for code in codes]
    return {
        "lines": lines,
        "years": years[::-1],
        "until": wanted,
        "shown": shown,
        "width": 12 * YEARS_SHOWN * PITCH,
        "land": land,
        "land_name": name_of(land),
        "lands": sorted({(code, name_of(code)) for code in lands.values()}, key=lambda x: x[1]),
        "shared": bool(shares),
    }


def together(courses: list[Course]) -> Course:
    """Several sources as one; a month has a gap where one of them has."""
    found: Course = {}
    for at in courses[0] if courses else ():
        held, whole, gaps = zip(*(course[at] for course in courses), strict=True)
        found[at] = Month(sum(held), sum(whole), any(gaps))
    return found


def _courses(
    months: list[Row], runs: list[Row], low: list[Row], shares: list[Row], shown: list[str], today: date
) -> defaultdict[str, Course]:
    """The course of each source over the years shown."""
    span = range(12 * int(shown[0]), 12 * int(shown[-1]) + 12)
    held: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row in months:
        held[row["key"]][_at(row["month"])] = row["releases"]
    share = {(row["source_key"], row["year"]): row["share"] for row in shares if row["share"]}
    gaps = _gaps(runs, low, 12 * today.year + today.month - 1)
    keys = {row["key"] for row in months} | gaps.keys()
    courses: defaultdict[str, Course] = defaultdict(lambda: dict.fromkeys(span, Month(0, 0, False)))
    for key in keys:
        counts, broken = held[key], gaps[key]
        raised = {y: 1 / max(share.get((key, y), 1), LEAST_KNOWN) for y in map(int, shown)}
        courses[key] = {at: Month(counts[at], counts[at] * raised[at // 12], at in broken) for at in span}
    return courses


def _gaps(runs: list[Row], low: list[Row], now: int) -> defaultdict[str, set[int]]:
    """Months of which a source tells nothing: no run went well in them, or they hold far too little."""
    gaps: defaultdict[str, set[int]] = defaultdict(set)
    well: defaultdict[str, dict[int, bool]] = defaultdict(dict)
    for row in runs:
        well[row["source_key"]][_at(row["month"])] = bool(row["well"])
    for key, known in well.items():
        gaps[key] |= {at for at in range(min(known), now + 1) if not known.get(at, False)}
    for row in low:
        gaps[row["source_key"]].add(_at(row["month"]))
    return gaps


def _of_land(courses: defaultdict[str, Course], lands: Mapping[str, str], code: str) -> list[Course]:
    return [courses[key] for key, land in lands.items() if land == code]


def _land_line(code: str, until: str, courses: list[Course], shown: list[str]) -> Line:
    address = f"/verlauf?land={code}&bis={until}"
    return _line(name_of(code), address, together(courses), shown)


def _line(name: str, address: str | None, course: Course, shown: list[str]) -> Line:
    most = max((month.whole for month in course.values()), default=0) or 1
    held, missing, gaps, broken = [], [], [], []
    for place, (at, month) in enumerate(sorted(course.items())):
        left, tall = place * PITCH, -(-TALL * month.held // most)
        whole = -(-TALL * month.whole // most)
        if month.gap:
            gaps.append(f"M{left} 0h{PITCH}v{TALL}h-{PITCH}z")
            broken.append(day(f"{at // 12:04}-{at % 12 + 1:02}"))
        if month.held:
            held.append(f"M{left} {TALL - tall:.0f}h{WIDTH}v{tall:.0f}h-{WIDTH}z")
        if month.held and month.held < LEAST_SHARE * month.whole:
            missing.append(f"M{left} {TALL - whole:.0f}h{WIDTH}v{whole - tall:.0f}h-{WIDTH}z")
    by_year = tuple(_year(course, int(year)) for year in shown)
    total = sum(month.held for month in course.values())
    paths = "".join(held), "".join(missing), "".join(gaps)
    return Line(name, address, total, *paths, round(most), _said(broken), by_year)


def _year(course: Course, year: int) -> str:
    months = [course[at] for at in range(12 * year, 12 * year + 12) if at in course]
    held, whole = sum(m.held for m in months), sum(m.whole for m in months)
    gaps = sum(m.gap for m in months)
    if not held and gaps:
        return gettext("keine Angabe")
    said = number(held)
    if held < LEAST_SHARE * whole:
        said += f", {gettext('geschätzt %(n)s', n=number(round(whole)))}"
    return f"{said} ({gettext('Lücken: %(gaps)s', gaps=gaps)})" if gaps else said


def _said(broken: list[str]) -> str:
    if not broken:
        return ""
    if len(broken) == 1:
        return broken[0]
    ends = {"first": broken[0], "last": broken[-1]}
    return gettext("%(n)s Monate, %(first)s bis %(last)s", n=len(broken), **ends)


def _at(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7]) - 1

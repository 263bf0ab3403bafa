"""The page on the sources: one line each, those with a finding first, and their runs of the last days."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from datasette.database import Database

from archive.clock import berlin_day, moment, utc_now
from archive.status import HEALTHY, STATUS, SourceStatus, in_order
from serve import causes, mends
from serve.archive_rows import Row, rows
from serve.language import gettext
from serve.spoken import counted, number
from serve.spoken import land as name_of

DAYS = 30
PITCH, WIDTH = 4, 3  # of a day and its bar
BASE, TALLEST = 12, 10  # bars of runs without a finding stand on the line, those with one hang from it
_PLACES = "SELECT key, jurisdiction FROM sources"
_RUNS = """
SELECT source_key, started_at, verdict FROM runs
WHERE kind = 'crawl' AND started_at >= :first AND source_key IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Spark:
    """The runs of the last days as the paths of a small picture, and in words."""

    well: str
    ill: str
    words: str
    width: int = DAYS * PITCH
    height: int = 2 * BASE


@dataclass(frozen=True, slots=True)
class Line:
    """One source."""

    status: SourceStatus
    land: str
    verdict: str
    cause: str
    mend: tuple[str, ...]  # every second part is a command
    spark: Spark


@dataclass(slots=True)
class Day:
    """How many runs of a day ended without and with a finding."""

    well: int = 0
    ill: int = 0


History = Mapping[int, Day]  # by the number of days before today


async def page(db: Database, today: date) -> dict[str, object]:
    """Everything the page says."""
    first = (today - timedelta(days=DAYS)).isoformat()
    result, places, runs = await asyncio.gather(
        db.execute(STATUS), rows(db, _PLACES), rows(db, _RUNS, {"first": first})
    )
    states = in_order((tuple(row) for row in result.rows), utc_now())
    lands = {str(row["key"]): str(row["jurisdiction"]) for row in places}
    history = _by_source(runs, today)
    lines = [_line(state, lands[state.key], history.get(state.key, {})) for state in states]
    return {"lines": lines, "summary": summary(states), "days": DAYS}


def summary(states: Iterable[SourceStatus]) -> str:
    """How many sources there are, and how many of each finding."""
    found = Counter(state.verdict for state in states)
    well = sum(found.pop(name, 0) for name in HEALTHY)
    ill = [f"{number(count)} {mends.name(name)}" for name, count in found.most_common()]
    total = counted(well + found.total(), "Quelle", "Quellen")
    said = gettext("%(sources)s, %(well)s ohne Befund", sources=total, well=number(well))
    return f"{said}{'; ' + ', '.join(ill) if ill else ''}."


def spark(days: History) -> Spark:
    """The picture of the runs; a day without one is a gap."""
    most = max((max(day.well, day.ill) for day in days.values()), default=1)
    well, ill = [], []
    for before, day in sorted(days.items(), reverse=True):
        left = (DAYS - 1 - before) * PITCH
        well.append(_bar(left, BASE - _height(day.well, most), _height(day.well, most)))
        ill.append(_bar(left, BASE, _height(day.ill, most)))
    return Spark("".join(well), "".join(ill), _words(days))


def _by_source(runs: Iterable[Row], today: date) -> dict[str, dict[int, Day]]:
    found: dict[str, dict[int, Day]] = defaultdict(lambda: defaultdict(Day))
    for run in runs:
        before = (today - berlin_day(moment(str(run["started_at"])))).days
        if 0 <= before < DAYS:
            day = found[str(run["source_key"])][before]
            if run["verdict"] is None or run["verdict"] in HEALTHY:  # one that goes on has no finding yet
                day.well += 1
            else:
                day.ill += 1
    return found


def _line(state: SourceStatus, land: str, history: History) -> Line:
    return Line(
        status=state,
        land=name_of(land),
        verdict=mends.name(state.verdict),
        cause=causes.cause(state.cause),
        mend=tuple(mends.mend(_matter(state), state.key).split("`")),
        spark=spark(history),
    )


def _matter(state: SourceStatus) -> str:
    return "damaged" if state.damaged and state.verdict in HEALTHY else state.verdict


def _height(runs: int, most: int) -> int:
    return -(-TALLEST * runs // most)


def _bar(left: int, top: int, height: int) -> str:
    return f"M{left} {top}h{WIDTH}v{height}h-{WIDTH}z" if height else ""


def _words(days: History) -> str:
    ill = sum(day.ill > 0 for day in days.values())
    return gettext(
        "%(all)s Tage: an %(ran)s Läufe, an %(ill)s davon mit Befund, %(without)s ohne Lauf",
        all=DAYS,
        ran=len(days),
        ill=ill,
        without=counted(DAYS - len(days), "Tag", "Tage"),
    )

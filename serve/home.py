"""The first page: what is new, what is named, how the sources are."""

import asyncio
from datetime import date

from datasette.database import Database

from serve.archive_rows import Row, row, rows, rows_in_time
from serve.language import gettext
from serve.meanings import sum_of
from serve.spoken import at, counted, land, number, verdict
from serve.versions import CHANGE_WORDS, fact_words

NEWEST = 12
WINDOW_DAYS = 7
WELL = frozenset({"ok", "unchanged", "quiet"})
LEAD = 220

# By day through the index of the releases: a week is a few hundred of them, however large the archive is.
_WEEK = "releases.published_on > date(:last_on, :window) AND releases.published_on <= :last_on"
_NEWEST = """
SELECT releases.*, substr(versions.text, 1, 600) AS text,
       (SELECT group_concat(name, '|') FROM (
            SELECT name FROM district_mentions WHERE release_id = releases.id AND district_ags IS NOT NULL
            UNION SELECT name FROM municipality_mentions
            WHERE release_id = releases.id AND municipality_ags IS NOT NULL LIMIT 4)) AS places
FROM releases JOIN versions ON versions.id = releases.version_id
ORDER BY releases.published_on DESC, releases.first_seen_at DESC LIMIT :limit
"""
_COUNTS = """
SELECT (SELECT count(*) FROM releases) AS releases,
       (SELECT count(*) FROM publishers
        WHERE EXISTS (SELECT 1 FROM releases WHERE publisher_id = publishers.id)) AS publishers,
       (SELECT min(published_on) FROM releases) AS first_on,
       (SELECT max(published_on) FROM releases WHERE published_on <= :today) AS last_on,
       (SELECT count(*) FROM releases WHERE published_on = :today) AS today
"""
_VERDICTS = """
SELECT runs.verdict, count(*) AS n, max(runs.ended_at) AS ended_at FROM sources
JOIN runs ON runs.id = (SELECT max(last.id) FROM runs AS last
    WHERE last.source_key = sources.key AND last.kind = 'crawl' AND last.ended_at IS NOT NULL)
GROUP BY runs.verdict ORDER BY n DESC
"""
_DISTRICTS = f"""
SELECT districts.ags, districts.name, count(DISTINCT releases.id) AS n FROM releases
CROSS JOIN district_mentions AS m ON m.release_id = releases.id
JOIN districts ON districts.ags = m.district_ags
WHERE {_WEEK} GROUP BY districts.ags ORDER BY n DESC, districts.name LIMIT 8
"""
_MINISTERS = f"""
SELECT ministers.id, ministers.name, max(m.office) AS office, count(DISTINCT releases.id) AS n FROM releases
CROSS JOIN minister_mentions AS m ON m.release_id = releases.id
JOIN ministers ON ministers.id = m.minister_id
WHERE {_WEEK} GROUP BY ministers.id ORDER BY n DESC, ministers.name LIMIT 8
"""
_GRANTS = f"""
SELECT grants.value_min, grants.value_max, grants.currency, grants.qualifier, grants.recipient,
       districts.name AS district, releases.id AS release_id, releases.title
FROM releases CROSS JOIN grants ON grants.release_id = releases.id
LEFT JOIN districts ON districts.ags = grants.district_ags
WHERE {_WEEK} AND grants.currency = 'EUR'
ORDER BY grants.value_max DESC LIMIT 5
"""
_CHANGED = """
SELECT changes.*, releases.title, releases.publisher_name, fact.kind AS fact, fact.action,
       fact.old_surface, fact.new_surface
FROM changes JOIN releases ON releases.id = changes.release_id
LEFT JOIN fact_changes AS fact ON fact.change_id = changes.id AND fact.number = (
    SELECT min(number) FROM fact_changes WHERE change_id = changes.id)
WHERE changes.is_step AND changes.kind <> 'cosmetic'
ORDER BY changes.observed_at DESC LIMIT 5
"""
_VANISHED = """
SELECT presence.*, releases.title, releases.publisher_name FROM presence
JOIN releases ON releases.id = presence.release_id
WHERE presence.state IN ('missing', 'gone')
ORDER BY presence.first_missing_at DESC LIMIT 5
"""
_COVERAGE = """
SELECT count(DISTINCT source_key) AS sources,
       count(DISTINCT CASE WHEN how_found IN ('numbers', 'lists') THEN source_key END) AS told,
       sum(numbers_expected) AS numbers, sum(numbers_missing) AS numbers_missing,
       sum(entries) AS entries, sum(entries_without_capture) AS entries_missing
FROM coverage
"""


async def page(db: Database, today: date) -> dict[str, object]:
    """Everything the first page says."""
    counts = await row(db, _COUNTS, {"today": today.isoformat()}) or {}
    window = {"last_on": counts["last_on"] or "", "window": f"-{WINDOW_DAYS} days"}
    newest, verdicts, changed, vanished, coverage = await asyncio.gather(
        rows(db, _NEWEST, {"limit": NEWEST}),
        rows(db, _VERDICTS),
        rows(db, _CHANGED),
        rows(db, _VANISHED),
        row(db, _COVERAGE),
    )
    districts, ministers, grants = await asyncio.gather(
        *(rows_in_time(db, sql, window) for sql in (_DISTRICTS, _MINISTERS, _GRANTS))
    )
    return {
        "today": today.isoformat(),
        "newest": [_with_lead(release) for release in newest],
        "counts": counts,
        "state": state_line(verdicts),
        "unwell": sum(v["n"] for v in verdicts if v["verdict"] not in WELL),
        "districts": districts or [],
        "ministers": ministers or [],
        "grants": [grant | {"amount": sum_of(grant)} for grant in grants or []],
        "changed": [change | {"what": _what_changed(change)} for change in changed],
        "vanished": vanished,
        "complete": complete(coverage) if coverage else "",
    }


def state_line(verdicts: list[Row]) -> str:
    """How the sources are, in one honest line."""
    if not verdicts:
        return gettext("Noch keine Quelle abgerufen.")
    well = sum(v["n"] for v in verdicts if v["verdict"] in WELL)
    total = sum(v["n"] for v in verdicts)
    ill = [f"{number(v['n'])} {verdict(str(v['verdict']))}" for v in verdicts if v["verdict"] not in WELL]
    said = gettext(
        "%(sources)s abgerufen, %(well)s davon ohne Befund",
        sources=counted(total, "Quelle", "Quellen"),
        well=number(well),
    )
    last = gettext("Letzter Abruf: %(at)s.", at=at(max(v["ended_at"] for v in verdicts)))
    return f"{said}{'; ' + ', '.join(ill) if ill else ''}. {last}"


def complete(coverage: Row) -> str:
    """How complete the archive is, as far as anything tells.

    >>> complete({"sources": 3, "told": 2, "numbers": 1200, "numbers_missing": 3, "entries": 0,
    ...     "entries_missing": 0})
    'Von 1.200 fortlaufenden Nummern fehlen 3. Bei 1 von 3 Quellen lässt sich nicht sagen, was fehlt.'
    """
    said = []
    if coverage["numbers"]:
        missing = coverage["numbers_missing"] or 0
        among = number(coverage["numbers"])
        said.append(
            gettext("Von %(all)s fortlaufenden Nummern fehlen %(n)s.", all=among, n=number(missing))
            if missing
            else gettext("Von %(all)s fortlaufenden Nummern fehlt keine.", all=among)
        )
    if coverage["entries"]:
        missing = coverage["entries_missing"] or 0
        among = counted(coverage["entries"], "Listeneintrag", "Listeneinträgen")
        said.append(
            gettext("Von %(entries)s sind %(n)s nicht abgerufen.", entries=among, n=number(missing))
            if missing
            else gettext("Von %(entries)s sind alle abgerufen.", entries=among)
        )
    if untold := coverage["sources"] - coverage["told"]:
        of = counted(coverage["sources"], "Quelle", "Quellen")
        said.append(
            gettext(
                "Bei %(n)s von %(sources)s lässt sich nicht sagen, was fehlt.", n=number(untold), sources=of
            )
        )
    return " ".join(said)


def _what_changed(change: Row) -> str:
    if not change["fact"]:
        kind = change["kind"]
        return gettext(CHANGE_WORDS[kind])
    return fact_words(change["fact"], change["action"])


def _with_lead(release: Row) -> Row:
    text = " ".join(str(release["text"]).split())
    lead = text if len(text) <= LEAD else text[: text.rfind(" ", 0, LEAD)] + "\u00a0…"
    places = str(release["places"]).split("|") if release["places"] else []
    return release | {"lead": lead, "places": places, "land": land(str(release["jurisdiction"]))}

"""The first page: what is new, what is named, how the sources are."""

import asyncio

from datasette.database import Database

from archive.german import LANDS, VERDICTS, at, counted
from serve.archive_rows import Row, row, rows, rows_in_time

NEWEST = 12
WINDOW_DAYS = 30
WELL = frozenset({"ok", "unchanged", "quiet"})
LEAD = 220

_NEWEST = """
SELECT releases.*, substr(versions.text, 1, 600) AS text,
       (SELECT group_concat(name, '|') FROM (SELECT DISTINCT name FROM district_mentions
        WHERE release_id = releases.id AND district_ags IS NOT NULL LIMIT 3)) AS places
FROM releases JOIN versions ON versions.id = releases.version_id
ORDER BY releases.published_on DESC, releases.first_seen_at DESC LIMIT :limit
"""
_COUNTS = """
SELECT (SELECT count(*) FROM releases) AS releases, (SELECT count(*) FROM sources) AS sources,
       (SELECT count(DISTINCT publisher_id) FROM releases) AS publishers,
       (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM amounts) AS amounts,
       (SELECT count(*) FROM releases WHERE versions > 1) AS changed,
       (SELECT min(published_on) FROM releases) AS first_on,
       (SELECT max(published_on) FROM releases) AS last_on
"""
_VERDICTS = """
SELECT verdict, count(*) AS n FROM (
    SELECT source_key, verdict, max(id) FROM runs
    WHERE kind = 'crawl' AND ended_at IS NOT NULL GROUP BY source_key)
GROUP BY verdict ORDER BY n DESC
"""
_DISTRICTS = """
SELECT districts.ags, districts.name, count(DISTINCT release_id) AS n
FROM district_mentions JOIN districts ON districts.ags = district_mentions.district_ags
WHERE district_mentions.published_on > date(:last_on, :window) AND district_mentions.published_on <= :last_on
GROUP BY districts.ags ORDER BY n DESC, districts.name LIMIT 8
"""
_MINISTERS = """
SELECT minister_mentions.minister_id AS id, ministers.name, max(minister_mentions.office) AS office,
       count(DISTINCT release_id) AS n
FROM minister_mentions JOIN ministers ON ministers.id = minister_mentions.minister_id
WHERE minister_mentions.published_on > date(:last_on, :window) AND minister_mentions.published_on <= :last_on
GROUP BY ministers.id ORDER BY n DESC, ministers.name LIMIT 8
"""
_GRANTS = """
SELECT grants.value_min, grants.value_max, grants.currency, grants.qualifier, grants.recipient,
       grants.purpose, districts.name AS district, releases.id AS release_id,
       releases.title, releases.published_on
FROM grants JOIN releases ON releases.id = grants.release_id
LEFT JOIN districts ON districts.ags = grants.district_ags
WHERE grants.currency = 'EUR' AND releases.published_on > date(:last_on, :window)
ORDER BY grants.value_max DESC LIMIT 5
"""
_CHANGED = """
SELECT id, title, last_changed_at, versions FROM releases WHERE versions > 1
ORDER BY last_changed_at DESC LIMIT 5
"""


async def page(db: Database) -> dict[str, object]:
    """Everything the first page says."""
    counts = await row(db, _COUNTS) or {}
    window = {"last_on": counts["last_on"] or "", "window": f"-{WINDOW_DAYS} days"}
    newest, verdicts, changed = await asyncio.gather(
        rows(db, _NEWEST, {"limit": NEWEST}), rows(db, _VERDICTS), rows(db, _CHANGED)
    )
    districts, ministers, grants = await asyncio.gather(
        *(rows_in_time(db, sql, window) for sql in (_DISTRICTS, _MINISTERS, _GRANTS))
    )
    last = await row(db, "SELECT max(ended_at) AS ended_at FROM runs WHERE kind = 'crawl'")
    return {
        "newest": [_with_lead(release) for release in newest],
        "counts": counts,
        "state": state_line(verdicts, last["ended_at"] if last else None),
        "unwell": sum(v["n"] for v in verdicts if v["verdict"] not in WELL),
        "districts": districts or [],
        "ministers": ministers or [],
        "grants": grants or [],
        "changed": changed,
        "window_days": WINDOW_DAYS,
    }


def state_line(verdicts: list[Row], last: str | None) -> str:
    """How the sources are, in one honest line."""
    if not verdicts:
        return "Noch keine Quelle abgerufen."
    well = sum(v["n"] for v in verdicts if v["verdict"] in WELL)
    total = sum(v["n"] for v in verdicts)
    ill = [
        f"{v['n']} {VERDICTS.get(str(v['verdict']), v['verdict'])}"
        for v in verdicts
        if v["verdict"] not in WELL
    ]
    said = f"{counted(total, 'Quelle', 'Quellen')} abgerufen, {well} davon ohne Befund"
    return f"{said}{'; ' + ', '.join(ill) if ill else ''}. Letzter Abruf: {at(last)}."


def _with_lead(release: Row) -> Row:
    text = " ".join(str(release["text"]).split())
    lead = text if len(text) <= LEAD else text[: text.rfind(" ", 0, LEAD)] + "\u00a0…"
    places = str(release["places"]).split("|") if release["places"] else []
    land = LANDS.get(str(release["jurisdiction"]), release["jurisdiction"])
    return release | {"lead": lead, "places": places, "land": land}

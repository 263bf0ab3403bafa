"""The page on the completeness of one source: what is held of each year, what is missing, how it is known."""

from datasette.database import Database

from serve.archive_rows import Row, row, rows
from serve.language import gettext
from serve.spoken import day, number, percent
from serve.statements import statement

MOST = 200  # gaps shown; the table has them all
SOURCE = "SELECT key, title, home FROM sources WHERE key = :key"
YEARS = "SELECT * FROM coverage WHERE source_key = :key ORDER BY year IS NULL, year DESC"
GAPS = f"""
SELECT * FROM coverage_gaps WHERE source_key = :key
ORDER BY year IS NULL, year DESC, kind = 'no_release', kind, id LIMIT {MOST}
"""
COUNT = "SELECT count(*) AS gaps FROM coverage_gaps WHERE source_key = :key"


async def page(db: Database, key: str) -> dict[str, object] | None:
    """Everything the page says; None for a source that nobody follows."""
    asked = {"key": key}
    source = await row(db, SOURCE, asked)
    if source is None:
        return None
    count = await row(db, COUNT, asked)
    years = [
        {**told, "percent": _percent(told["share"]), "statement": statement(told["statement"])}
        for told in await rows(db, YEARS, asked)
    ]
    gaps = [{**told, "words": _words(told)} for told in await rows(db, GAPS, asked)]
    return {"source": source, "years": years, "gaps": gaps, "count": count["gaps"] if count else 0}


def _percent(share: float | None) -> str:
    """A share in percent; all but a little is not all.

    >>> _percent(1.0), _percent(0.9999), _percent(None)
    ('100 %', '99,9 %', '')
    """
    if share is None:
        return ""
    return percent(100.0 if share == 1 else round(100 * min(share, 0.999), 1))


def _words(gap: Row) -> str:
    """What is missing, and where."""
    subject, reason = str(gap["subject"]), gap["reason"]
    match gap["kind"]:
        case "numbers":
            between = [day(gap[name]) for name in ("after_on", "before_on") if gap[name]]
            which = gettext("Nummern %(span)s") if gap["missing"] > 1 else gettext("Nummer %(span)s")
            when = gettext("zwischen %(first)s und %(last)s") if len(between) == 2 else "%(first)s"
            ends = {"first": between[0], "last": between[-1]} if between else {}
            return ", ".join([which % {"span": subject}, *([when % ends] if ends else [])])
        case "month":
            return gettext(
                "%(month)s: etwa %(n)s weniger als üblich",
                month=day(subject),
                n=number(round(gap["missing"])),
            )
        case "not_captured":
            return gettext("Listeneintrag ohne Abruf")
        case _:
            return gettext("Abgerufen, doch keine Mitteilung (%(reason)s)", reason=reason)

"""Mentions as rows: one table per kind, because that is what people facet and export."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.extract.mentions import (
    Amount,
    Date,
    District,
    Mention,
    Minister,
    Municipality,
    PersonInOffice,
)
from pipeline.read import GAP, Reading

Row = tuple[object, ...]
HEAD = 'release_id, field, "start", "end", surface, published_on, confidence, rule'
ID = len(HEAD.split(","))  # where the id of an amount stands in its row
TABLES: dict[str, tuple[str, str]] = {
    "minister": (
        "minister_mentions",
        "minister_id, name, role, office, ministry, jurisdiction, party, candidates",
    ),
    "person_in_office": ("person_mentions", "name, office"),
    "district": ("district_mentions", "district_ags, name, form, candidates"),
    "municipality": ("municipality_mentions", "municipality_ags, name, district_ags, candidates"),
    "amount": ("amounts", "id, value_min, value_max, currency, qualifier"),
    "date": ("dates", "timex, timex_type, first_on, last_on"),
}
GRANT = (
    "release_id, amount_id, value_min, value_max, currency, qualifier, giver, recipient, purpose, "
    "district_ags, municipality_ags, granted_on, status, published_on, "
    'field, "start", "end", sentence, confidence, rule'
)


def clear(db: Database, release_ids: Iterable[str]) -> None:
    """Take all mentions of some releases out."""
    ids = [(release_id,) for release_id in release_ids]
    for table in ("grants", *(table for table, _ in TABLES.values())):
        db.conn.executemany(f"DELETE FROM {table} WHERE release_id = ?", ids)


class Rows(NamedTuple):
    """What a release names, as rows by kind. Each lacks the release's id, and amounts are numbered from 0."""

    mentions: Mapping[str, Sequence[Row]]
    grants: Sequence[Row]


def rows(reading: Reading) -> Rows:
    """The rows of one reading."""
    found: dict[str, list[Row]] = {}
    published = reading.published[:10] if reading.published else None
    title = len(reading.page.title or "") if reading.page else 0
    amounts: dict[int, int] = {}
    for index, mention in enumerate(reading.mentions):
        if mention.kind == "amount":
            amounts[index] = len(amounts)
        head = (*_where(mention.start, mention.end, title), mention.surface, published)
        values = _values(mention, amounts.get(index))
        found.setdefault(mention.kind, []).append((*head, mention.confidence, mention.rule, *values))
    return Rows(found, list(_grant_rows(reading, published, title, amounts)))


def amount_max(reading: Reading) -> float | None:
    """The largest sum in euros that a release names."""
    values = [mention.value for mention in reading.mentions if mention.kind == "amount"]
    sums = [
        v.value_max
        for v in values
        if isinstance(v, Amount) and v.currency == "EUR" and v.value_max is not None
    ]
    return max(sums, default=None)


def add(db: Database, releases: Iterable[tuple[str, Rows]]) -> None:
    """Write the mentions and grants of some releases, given by id, each to the table of its kind."""
    found: dict[str, list[Row]] = {kind: [] for kind in TABLES}
    grants: list[Row] = []
    first = int(db.execute("SELECT coalesce(max(id), 0) FROM amounts").fetchone()[0]) + 1
    for release_id, told in releases:
        for kind, some in told.mentions.items():
            found[kind] += [(release_id, *row) for row in some]
        grants += [(release_id, first + int(str(row[0])), *row[1:]) for row in told.grants]
        amounts = len(told.mentions.get("amount", ()))
        if amounts:
            numbered = enumerate(found["amount"][-amounts:], first)
            found["amount"][-amounts:] = [(*row[:ID], at, *row[ID + 1 :]) for at, row in numbered]
        first += amounts
    for kind, (table, columns) in TABLES.items():
        _insert(db, table, f"{HEAD}, {columns}", found[kind])
    _insert(db, "grants", GRANT, grants)


def _grant_rows(
    reading: Reading, published: str | None, title: int, amounts: Mapping[int, int]
) -> Iterable[Row]:
    for grant in reading.grants:
        amount = reading.mentions[grant.amount_index].value
        assert isinstance(amount, Amount)
        yield (
            *(amounts[grant.amount_index], *amount),
            *(grant.giver, grant.recipient, grant.purpose, grant.district, grant.municipality, grant.on),
            *(grant.status, published, *_where(grant.start, grant.end, title)),
            *(grant.sentence, grant.confidence, grant.rule),
        )


def _insert(db: Database, table: str, columns: str, rows: list[Row]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _where(start: int, end: int, title: int) -> tuple[str, int, int]:
    shift = title + len(GAP)
    return ("text", start - shift, end - shift) if start >= shift else ("title", start, min(end, title))


def _values(mention: Mention, amount_id: int | None) -> Row:
    match mention.value:
        case Minister() as m:
            office = (m.office, m.ministry, m.jurisdiction, m.party)
            return (m.person_id, m.name, m.role, *office, " ".join(m.candidates) or None)
        case PersonInOffice() as p:
            return (p.name, p.office)
        case District() as d:
            return (d.ags, d.name, d.form, " ".join(d.candidates) or None)
        case Municipality() as m:
            return (m.ags, m.name, m.district, " ".join(m.candidates) or None)
        case Amount() as a:
            return (amount_id, *a)
        case Date() as d:
            return tuple(d)

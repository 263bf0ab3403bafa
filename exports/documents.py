"""Releases one by one, each with its present text and all that it names, for corpora and entities."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from exports.tables import Wording

STEP = 500
BY_SOURCE = """
CREATE TEMP TABLE IF NOT EXISTS chosen_by_source
    (source_key TEXT, key TEXT, PRIMARY KEY (source_key, key)) WITHOUT ROWID
"""
FILL = """
INSERT OR IGNORE INTO chosen_by_source SELECT r.source_key, r.id FROM chosen_release c
    JOIN releases r ON r.id = c.key WHERE :reserved OR c.key NOT IN (SELECT key FROM reserved_releases)
"""
RELEASES = """
SELECT r.id, r.source_key, r.kind, r.number, r.published_on, r.publisher_id, r.publisher_name,
    r.jurisdiction, r.url, r.language, v.id AS version_id, v.title, v.text, c.record_id, c.captured_at
FROM chosen_by_source k JOIN releases r ON r.id = k.key JOIN versions v ON v.id = r.version_id
    JOIN captures c ON c.id = v.capture_id
WHERE k.source_key = :source AND k.key > :after ORDER BY k.key LIMIT :step
"""
# Of a release: what stands where, to whom it leads, and how it is to be read.
MENTIONS = """
SELECT 'minister' AS kind, field, "start", "end", surface, minister_id AS ref, name AS value
    FROM minister_mentions WHERE release_id = :id
UNION ALL SELECT 'person_in_office', field, "start", "end", surface, NULL,
    CASE WHEN name IS NULL THEN office ELSE office || ' ' || name END
    FROM person_mentions WHERE release_id = :id
UNION ALL SELECT 'district', field, "start", "end", surface, district_ags, name
    FROM district_mentions WHERE release_id = :id
UNION ALL SELECT 'municipality', field, "start", "end", surface, municipality_ags, name
    FROM municipality_mentions WHERE release_id = :id
UNION ALL SELECT 'amount', field, "start", "end", surface, NULL,
    qualifier || ' ' || coalesce(value_min, '') || '..' || coalesce(value_max, '') || ' ' || currency
    FROM amounts WHERE release_id = :id
UNION ALL SELECT 'date', field, "start", "end", surface, NULL, timex FROM dates WHERE release_id = :id
ORDER BY field DESC, "start", "end", kind, ref, value
"""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A span of a release and what it means."""

    kind: str
    field: str  # title or text
    start: int
    end: int
    surface: str
    ref: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A release in its present version."""

    id: str
    source_key: str
    kind: str
    number: str | None
    published_on: str | None
    publisher_id: str
    publisher_name: str
    jurisdiction: str
    url: str
    language: str | None
    version_id: str
    title: str
    text: str
    capture_record: str
    captured_at: str


def sources(db: Database, wording: Wording) -> dict[str, int]:
    """The sources of what was chosen, with the number of their releases; those reserved are left out."""
    db.execute("DROP TABLE IF EXISTS temp.chosen_by_source")
    db.execute(BY_SOURCE)
    db.execute(FILL, {"reserved": wording == "all"})
    counts = "SELECT source_key, count(*) FROM chosen_by_source GROUP BY source_key ORDER BY source_key"
    return dict(db.execute(counts).fetchall())


def documents(
    db: Database, source: str, advance: Callable[[int], None] = lambda count: None
) -> Iterator[Document]:
    """The chosen releases of a source, by id. Call `sources` before."""
    after = ""
    while found := db.execute(RELEASES, {"source": source, "after": after, "step": STEP}).fetchall():
        yield from (Document(*row) for row in found)
        after = found[-1][0]
        advance(len(found))


def mentions(db: Database, release: str) -> list[Mentioned]:
    """What a release names, in the order of its text, the title first."""
    return [Mentioned(*row) for row in db.execute(MENTIONS, {"id": release})]

"""Readings become releases: one per canonical address, a version for each text it had."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz
from sqlite_utils import Database

from archive.source import Source
from archive.urls import canonical
from archive.words import alike
from pipeline import moves
from pipeline.compare.normal import RULES_VERSION as NORMAL_RULES
from pipeline.compare.same import UNRELATED, likeness
from pipeline.identity import ids as ids_of
from pipeline.identity import release_id, text_hash
from pipeline.parse.page import Page
from pipeline.prepared import Prepared
from pipeline.read import Reading

ALIKE_TITLE = 60.0  # of 100
PRESENT = """
SELECT v.title, v.text FROM releases r JOIN versions v ON v.id = r.version_id WHERE r.id = ?
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a reading: its release, and whether its text is new."""

    release_id: str
    version_id: str
    is_new: bool  # the release was not known before
    changed: bool  # a version was added, so mentions and search index must follow


def follow_rules(db: Database) -> None:
    """Hash the texts anew where it was done by other rules; the caller holds the transaction."""
    state = db.execute("SELECT value FROM archive_state WHERE key = 'text_rules'").fetchone()
    if state is None or state[0] != NORMAL_RULES:
        held = db.execute("SELECT id, title, text FROM versions")
        hashed = [(text_hash(title, text), key) for key, title, text in held]
        db.conn.executemany("UPDATE versions SET text_hash = ? WHERE id = ?", hashed)
        db.execute("INSERT OR REPLACE INTO archive_state VALUES ('text_rules', ?)", (NORMAL_RULES,))


def doubted(db: Database, one: Prepared) -> Prepared:
    """A reading; `other_page` instead where it has nothing to do with the release of its address.

    A portal that answers for what it no longer has shows its home page, a notice, or another release.
    """
    reading = one.reading
    if reading.page is None:
        return one
    key = moves.named(db, reading.job.source_key, one.addresses)
    if key is None or not _is_another(db, key, reading.page):
        return one
    return Prepared(replace(reading, outcome="other_page", page=None, mentions=(), grants=()))


def _known(db: Database, source_key: str, one: Prepared) -> str | None:
    """The release that a reading shows; none where a redirect once led here from something else."""
    if key := moves.named(db, source_key, one.addresses):
        return key
    key, page = moves.led(db, source_key, one.addresses), one.reading.page
    return None if key is None or (page and _is_unlike(db, key, page)) else key


def _is_another(db: Database, key: str, page: Page) -> bool:
    """Whether a page has neither day nor title nor words of a release."""
    published = db.execute("SELECT published_on FROM releases WHERE id = ?", (key,)).fetchone()[0]
    return published not in (None, page.published) and _is_unlike(db, key, page)


def _is_unlike(db: Database, key: str, page: Page) -> bool:
    """Whether a page has neither title nor words of a release."""
    title, text = db.execute(PRESENT, (key,)).fetchone()
    alike_title = fuzz.ratio(alike(title), alike(page.title or "")) >= ALIKE_TITLE
    return not alike_title and likeness(text, page.text or "") < UNRELATED


VERSION = f"INSERT INTO versions VALUES ({', '.join('?' * 9)})"
SHOWN = "INSERT OR IGNORE INTO version_captures VALUES (?, ?)"
ADDRESS = "INSERT OR IGNORE INTO release_addresses VALUES (?, ?, ?, ?)"


def keep(db: Database, source: Source, one: Prepared, unindex: Callable[[str], None]) -> Kept:
    """Write one reading of a release: its row, and a version where the text is not the present one.

    `unindex` is called with the id of a release whose text is about to be replaced.
    """
    address = one.addresses[0]
    key = _known(db, source.key, one) or moves.kept(db, source.key, address) or one.key
    present = db.execute(
        "SELECT v.id, v.number, v.text_hash FROM releases r JOIN versions v ON v.id = r.version_id "
        "WHERE r.id = ?",
        (key,),
    ).fetchone()
    changed = present is None or present[2] != one.text_hash
    number = 1 if present is None else present[1] + changed
    kept = Kept(key, f"{key}.{number}", present is None, changed)
    if changed:
        if present is not None:
            unindex(key)
        db.execute(UPSERT, _release(source, one, kept, number))
        db.execute(VERSION, _version(one, kept, number))
    else:
        db.execute("UPDATE releases SET url = ? WHERE id = ? AND url <> ?", (address, key, address))
    db.conn.executemany(ADDRESS, _addresses(source, one, key))
    seen(db, kept.version_id, one.reading.job.capture_id, one.reading.job.captured_at)
    _write_attachments(db, key, one.reading)
    return kept


def keep_new(db: Database, sources: Mapping[str, Source], some: Sequence[Prepared]) -> list[Kept]:
    """Write readings of releases that nobody knew, table by table: in half the time that `keep` takes."""
    told = [
        (sources[one.reading.job.source_key], one, Kept(one.key, f"{one.key}.1", True, True)) for one in some
    ]
    db.conn.executemany(UPSERT, [_release(*each, 1) for each in told])
    db.conn.executemany(VERSION, [_version(one, kept, 1) for _, one, kept in told])
    db.conn.executemany(ADDRESS, [row for source, one, _ in told for row in _addresses(source, one, one.key)])
    db.conn.executemany(SHOWN, [(kept.version_id, one.reading.job.capture_id) for _, one, kept in told])
    for one in some:
        _write_attachments(db, one.key, one.reading)
    return [kept for *_, kept in told]


def _addresses(source: Source, one: Prepared, key: str) -> list[tuple[str, str, str, str]]:
    return [(url, source.key, key, release_id(source.key, url)) for url in sorted(set(one.addresses))]


def _version(one: Prepared, kept: Kept, number: int) -> tuple[object, ...]:
    page, job = one.reading.page, one.reading.job
    assert page is not None
    told = (kept.version_id, kept.release_id, number, page.title, page.text, one.text_hash)
    return (*told, job.captured_at, job.captured_at, job.capture_id)


def ids(db: Database, source: Source, one: Prepared) -> set[str]:
    """Every id by which the release of a reading goes or has gone."""
    found = moves.known(db, source.key, one.addresses)
    return ids_of(source, one.addresses) | ({found} if found else set())


def seen(db: Database, version: str, capture_id: int, captured_at: str) -> None:
    """Note that a capture showed a version."""
    db.execute(SHOWN, (version, capture_id))
    for table, key in (("versions", version), ("releases", version.rpartition(".")[0])):
        sql = f"UPDATE {table} SET last_seen_at = max(last_seen_at, ?) WHERE id = ?"
        db.execute(sql, (captured_at, key))


UPSERT = """
INSERT INTO releases (
    id, title, kind, published_on, source_key, publisher_id, publisher_name, jurisdiction, number, kicker,
    subtitle, author, url, language, published_at, published_precision, published_rule, updated_on,
    first_seen_at, last_seen_at, last_changed_at, version_id, versions, characters, title_rule, text_rule,
    amount_max
) VALUES (
    :id, :title, :kind, :published_on, :source_key, :publisher_id, :publisher_name, :jurisdiction, :number,
    :kicker, :subtitle, :author, :url, :language, :published_at, :published_precision, :published_rule,
    :updated_on, :at, :at, :at, :version_id, :versions, :characters, :title_rule, :text_rule, :amount_max
)
ON CONFLICT (id) DO UPDATE SET
    title = excluded.title, kind = excluded.kind,
    published_on = coalesce(excluded.published_on, published_on),
    publisher_name = excluded.publisher_name, number = coalesce(excluded.number, number),
    kicker = excluded.kicker, subtitle = excluded.subtitle, author = excluded.author, url = excluded.url,
    language = excluded.language, published_at = coalesce(excluded.published_at, published_at),
    published_precision = coalesce(excluded.published_precision, published_precision),
    published_rule = coalesce(excluded.published_rule, published_rule), updated_on = excluded.updated_on,
    version_id = excluded.version_id, versions = excluded.versions, characters = excluded.characters,
    title_rule = excluded.title_rule, text_rule = excluded.text_rule, amount_max = excluded.amount_max,
    last_changed_at = excluded.last_changed_at
"""


def _release(source: Source, one: Prepared, kept: Kept, number: int) -> dict[str, object]:
    """What a reading says of its release, by the names of the columns."""
    reading = one.reading
    page, job = reading.page, reading.job
    assert page is not None
    published = reading.published[:10] if reading.published else None
    return {
        "id": kept.release_id,
        "title": page.title,
        "kind": page.kind,
        "published_on": published,
        "source_key": source.key,
        "publisher_id": source.publisher,
        "publisher_name": source.name_on(date.fromisoformat(published) if published else None),
        "jurisdiction": source.jurisdiction,
        "number": page.number or job.number,
        "kicker": page.kicker,
        "subtitle": page.subtitle,
        "author": page.author,
        "url": one.addresses[0],
        "language": page.language,
        "published_at": page.published_at,
        "published_precision": page.published_precision or (published and "day"),
        "published_rule": reading.published_rule,
        "updated_on": page.updated,
        "at": job.captured_at,
        "version_id": kept.version_id,
        "versions": number,
        "characters": len(page.text or ""),
        "title_rule": page.title_rule,
        "text_rule": page.text_rule,
        "amount_max": one.amount_max,
    }


def _write_attachments(db: Database, release: str, reading: Reading) -> None:
    for attachment in reading.page.attachments if reading.page else ():
        row = db.execute(
            "SELECT id FROM captures WHERE url = ? AND source_key = ? AND status = 200 "
            "ORDER BY id DESC LIMIT 1",
            (canonical(attachment.url), reading.job.source_key),
        ).fetchone()
        db.execute(
            "INSERT INTO attachments (release_id, url, title, media_type, capture_id) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (release_id, url) DO UPDATE SET title = excluded.title, "
            "capture_id = coalesce(excluded.capture_id, capture_id)",
            (release, attachment.url, attachment.title, attachment.media_type, row[0] if row else None),
        )

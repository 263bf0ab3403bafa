"""Readings become releases: one per canonical address, a version for each text it had."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz
from sqlite_utils import Database

from archive.source import Source
from archive.urls import canonical, host
from archive.words import alike
from pipeline import moves
from pipeline.compare.normal import RULES_VERSION as NORMAL_RULES
from pipeline.compare.normal import normal
from pipeline.compare.same import UNRELATED, likeness
from pipeline.extract.mentions import Amount
from pipeline.parse.page import Page
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


def release_id(source_key: str, url: str) -> str:
    """The id that a release keeps for good: made of source and canonical address.

    >>> release_id("th-tmasgff", "https://www.tmasgff.de/a")
    'th-tmasgff-XXXX'
    """
    return f"{source_key}-{hashlib.sha256(f'{source_key} {url}'.encode()).hexdigest()[:12]}"


def text_hash(title: str, text: str) -> str:
    """The hash by which texts are compared: of their words, and of nothing that only their page adds."""
    return hashlib.sha256(normal(title, text).encode("utf-8", "surrogatepass")).hexdigest()


def follow_rules(db: Database) -> None:
    """Hash the texts anew where it was done by other rules; the caller holds the transaction."""
    state = db.execute("SELECT value FROM archive_state WHERE key = 'text_rules'").fetchone()
    if state is None or state[0] != NORMAL_RULES:
        held = db.execute("SELECT id, title, text FROM versions")
        hashed = [(text_hash(title, text), key) for key, title, text in held]
        db.conn.executemany("UPDATE versions SET text_hash = ? WHERE id = ?", hashed)
        db.execute("INSERT OR REPLACE INTO archive_state VALUES ('text_rules', ?)", (NORMAL_RULES,))


def doubted(db: Database, reading: Reading) -> Reading:
    """A reading; `other_page` instead where it has nothing to do with the release of its address.

    A portal that answers for what it no longer has shows its home page, a notice, or another release.
    """
    if reading.page is None:
        return reading
    key = moves.named(db, reading.job.source_key, _addresses(reading))
    if key is None or not _is_another(db, key, reading):
        return reading
    return replace(reading, outcome="other_page", page=None, mentions=(), grants=())


def _known(db: Database, source_key: str, reading: Reading) -> str | None:
    """The release that a reading shows; none where a redirect once led here from something else."""
    addresses = _addresses(reading)
    if key := moves.named(db, source_key, addresses):
        return key
    key = moves.led(db, source_key, addresses)
    return None if key is None or (reading.page and _is_unlike(db, key, reading.page)) else key


def _is_another(db: Database, key: str, reading: Reading) -> bool:
    """Whether a page has neither day nor title nor words of a release."""
    assert reading.page is not None
    published = db.execute("SELECT published_on FROM releases WHERE id = ?", (key,)).fetchone()[0]
    return published not in (None, reading.page.published) and _is_unlike(db, key, reading.page)


def _is_unlike(db: Database, key: str, page: Page) -> bool:
    """Whether a page has neither title nor words of a release."""
    title, text = db.execute(PRESENT, (key,)).fetchone()
    alike_title = fuzz.ratio(alike(title), alike(page.title or "")) >= ALIKE_TITLE
    return not alike_title and likeness(text, page.text or "") < UNRELATED


def keep(db: Database, source: Source, reading: Reading, unindex: Callable[[str], None]) -> Kept:
    """Write one reading of a release: its row, and a version where the text is not the present one.

    `unindex` is called with the id of a release whose text is about to be replaced.
    """
    page, job = reading.page, reading.job
    assert page is not None
    addresses = _addresses(reading)
    address = addresses[0]
    key = _known(db, source.key, reading) or moves.kept(db, source.key, address)
    key = key or release_id(source.key, source.standing(address))
    present = db.execute(
        "SELECT v.id, v.number, v.text_hash FROM releases r JOIN versions v ON v.id = r.version_id "
        "WHERE r.id = ?",
        (key,),
    ).fetchone()
    hashed = text_hash(page.title or "", page.text or "")
    changed = present is None or present[2] != hashed
    number = 1 if present is None else present[1] + changed
    version = f"{key}.{number}"
    if changed:
        if present is not None:
            unindex(key)
        _write_release(db, source, reading, address, key, version, number)
        row = (version, key, number, page.title, page.text, hashed, job.captured_at, job.captured_at)
        db.execute(f"INSERT INTO versions VALUES ({', '.join('?' * 9)})", (*row, job.capture_id))
    else:
        db.execute("UPDATE releases SET url = ? WHERE id = ? AND url <> ?", (address, key, address))
    for url in sorted(set(addresses)):
        address_row = (url, source.key, key, release_id(source.key, url))
        db.execute("INSERT OR IGNORE INTO release_addresses VALUES (?, ?, ?, ?)", address_row)
    seen(db, version, job.capture_id, job.captured_at)
    _write_attachments(db, key, source.key, page)
    return Kept(key, version, present is None, changed)


def ids(db: Database, source: Source, reading: Reading) -> set[str]:
    """Every id by which the release of a reading goes or has gone."""
    addresses = _addresses(reading)
    found = moves.known(db, source.key, addresses)
    known = {*addresses, *(source.standing(url) for url in addresses)}
    return {release_id(source.key, url) for url in known} | ({found} if found else set())


def _addresses(reading: Reading) -> tuple[str, str, str]:
    """The addresses of a reading: that of the release first, then the capture's, then what was asked for."""
    assert reading.page is not None
    job = reading.job
    return address_of(reading.page, job.url), canonical(job.url), canonical(job.requested_url)


def seen(db: Database, version: str, capture_id: int, captured_at: str) -> None:
    """Note that a capture showed a version."""
    db.execute("INSERT OR IGNORE INTO version_captures VALUES (?, ?)", (version, capture_id))
    for table, key in (("versions", version), ("releases", version.rpartition(".")[0])):
        sql = f"UPDATE {table} SET last_seen_at = max(last_seen_at, ?) WHERE id = ?"
        db.execute(sql, (captured_at, key))


def address_of(page: Page, url: str) -> str:
    """The canonical address: the page's own where it names a page of the same host, else the capture's."""
    try:
        own = canonical(page.canonical, url) if page.canonical else ""
    except ValueError:
        own = ""
    return own if own and host(own) == host(url) and own.split("/", 3)[3] else canonical(url)


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


def _write_release(
    db: Database,
    source: Source,
    reading: Reading,
    address: str,
    key: str,
    version: str,
    number: int,
) -> None:
    page, job = reading.page, reading.job
    assert page is not None
    published = reading.published[:10] if reading.published else None
    db.execute(
        UPSERT,
        {
            "id": key,
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
            "url": address,
            "language": page.language,
            "published_at": page.published_at,
            "published_precision": page.published_precision or (published and "day"),
            "published_rule": reading.published_rule,
            "updated_on": page.updated,
            "at": job.captured_at,
            "version_id": version,
            "versions": number,
            "characters": len(page.text or ""),
            "title_rule": page.title_rule,
            "text_rule": page.text_rule,
            "amount_max": max(euros(reading), default=None),
        },
    )


def euros(reading: Reading) -> Iterator[float]:
    """The sums in euros that a release names."""
    for mention in reading.mentions:
        match mention.value:
            case Amount(value_max=float(value), currency="EUR"):
                yield value


def _write_attachments(db: Database, release: str, source_key: str, page: Page) -> None:
    for attachment in page.attachments:
        row = db.execute(
            "SELECT id FROM captures WHERE url = ? AND source_key = ? AND status = 200 "
            "ORDER BY id DESC LIMIT 1",
            (canonical(attachment.url), source_key),
        ).fetchone()
        db.execute(
            "INSERT INTO attachments (release_id, url, title, media_type, capture_id) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (release_id, url) DO UPDATE SET title = excluded.title, "
            "capture_id = coalesce(excluded.capture_id, capture_id)",
            (release, attachment.url, attachment.title, attachment.media_type, row[0] if row else None),
        )

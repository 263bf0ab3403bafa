"""Rows of `captures`: added after the WARC record is on disk, looked up to see what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TypeAlias

from sqlite_utils import Database

from archive import imports
from archive.clock import stamp
from archive.evidence import Record, read_record
from archive.records import Capture, Exchange, Place
from archive.rights import Rights, from_field, stated
from archive.warc import ASKED, REDACTED, REMOVED, RIGHTS, ROLE, Written

COLUMNS = (
    "id, run_id, source_key, role, url, requested_url, captured_at, status, content_type, etag, "
    "last_modified, payload_digest, payload_bytes, record_id, record_type, refers_to, truncated, "
    "tdm_reservation, tdm_policy, tdm_origin, robots_tag, crawl_delay, visit_time, "
    "warc_file, warc_offset, warc_length"
)
Row: TypeAlias = dict[str, object]  # by column, in their order
OF_RIGHTS = tuple(field.name for field in fields(Rights))
INSERT = f"INSERT INTO captures ({COLUMNS}) VALUES ({', '.join(':' + c for c in COLUMNS.split(', '))})"
MANY = f"INSERT INTO captures ({COLUMNS}) VALUES ({', '.join('?' for _ in COLUMNS.split(', '))})"


def add(
    db: Database, run_id: int | None, exchange: Exchange, written: Written, before: Capture | None
) -> Capture:
    """Note a written exchange. `before` is the capture that a revisit refers to."""
    values = row(run_id, exchange, written, before)
    values["id"] = db.execute(INSERT, values).lastrowid
    return _capture(tuple(values.values()))


def add_all(db: Database, rows: Iterable[Row]) -> None:
    """Note many at once, in a transaction of the caller."""
    db.conn.executemany(MANY, (tuple(row.values()) for row in rows))


def without_id(values: Row) -> Capture:
    """A capture whose row is not written yet; its id is 0, which no row has."""
    return _capture((0, *tuple(values.values())[1:]))


def row(run_id: int | None, exchange: Exchange, written: Written, before: Capture | None) -> Row:
    """The row of a written exchange, which gets its id when it is written. `before` as for `add`."""
    revisit = written.record_type == "revisit" and before is not None
    same = before if exchange.status == 304 else None
    said = {name.lower(): value for name, value in exchange.response_headers}
    return {
        "id": None,
        "run_id": run_id,
        "source_key": exchange.source_key,
        "role": exchange.role,
        "url": exchange.url,
        "requested_url": exchange.requested_url,
        "captured_at": stamp(exchange.captured_at),
        "status": exchange.status,
        "content_type": said.get("content-type") or (same and same.content_type),
        "etag": said.get("etag") or (same and same.etag),
        "last_modified": said.get("last-modified") or (same and same.last_modified),
        "payload_digest": written.payload_digest,
        "payload_bytes": before.payload_bytes if before and exchange.status == 304 else len(exchange.body),
        "record_id": written.record_id,
        "record_type": written.record_type,
        "refers_to": (before.refers_to or before.id) if before and revisit else None,
        "truncated": exchange.truncated,
        **_told(exchange.rights),
        "warc_file": written.place.file,
        "warc_offset": written.place.offset,
        "warc_length": written.place.length,
    }


def adopt(db: Database, folder: Path, source_key: str, place: Place) -> Capture:
    """Note a record that has no row; its own headers say what it is."""
    record = read_record(folder, place)
    head = record.headers
    target = get_by_record(db, head.get("warc-refers-to", ""))
    same = target if record.status == 304 else None
    row = {
        "id": None,
        "run_id": None,
        "source_key": source_key,
        "role": head.get(ROLE.lower(), "detail"),
        "url": head["warc-target-uri"],
        "requested_url": head.get(ASKED.lower(), head["warc-target-uri"]),
        "captured_at": head["warc-date"][:19] + "Z",
        "status": record.status,
        "content_type": record.http_headers.get("content-type") or (same and same.content_type),
        "etag": record.http_headers.get("etag") or (same and same.etag),
        "last_modified": record.http_headers.get("last-modified") or (same and same.last_modified),
        "payload_digest": head.get("warc-payload-digest", record.raw_digest),
        "payload_bytes": target.payload_bytes if target else record.raw_bytes,
        "record_id": head["warc-record-id"],
        "record_type": head["warc-type"],
        "refers_to": (target.refers_to or target.id) if target else None,
        "truncated": _truncated(head),
        **_told(_adopted(record, target)),
        "warc_file": place.file,
        "warc_offset": place.offset,
        "warc_length": place.length,
    }
    row["id"] = capture_id = db.execute(INSERT, row).lastrowid
    imports.note_capture(db, capture_id or 0, head)
    return _capture(tuple(row.values()))


def _told(rights: Rights) -> dict[str, object]:
    return {name: getattr(rights, name) for name in OF_RIGHTS}


def _truncated(head: Mapping[str, str]) -> str | None:
    said = head.get("warc-truncated")
    return REMOVED if said == "unspecified" and REDACTED.lower() in head else said


def _adopted(record: Record, target: Capture | None) -> Rights:
    """What record and page say themselves; a revisit has no page of its own, but that of its target."""
    said = stated(record.http_headers.items(), record.payload)
    if target:
        said = said.over(target.rights.of_answer())
    return said.over(from_field(record.headers.get(RIGHTS.lower(), "")))


def latest(db: Database, source_key: str, url: str, *, posted: bool = False) -> Capture | None:
    """The last capture of an address that has a payload (status 200); None where there is none.

    What was asked for by POST is known by the address with all that was sent.
    """
    name, index = ("requested_url", "captures_requested") if posted else ("url", "captures_url")
    order = "captured_at DESC, id DESC"
    where = f"{name} = ? AND source_key = ? AND status IN (200, 304) ORDER BY {order} LIMIT 1"
    # Named, because without statistics SQLite reads all captures of the source, for each request.
    row = db.execute(f"SELECT {COLUMNS} FROM captures INDEXED BY {index} WHERE {where}", (url, source_key))
    return next(map(_capture, row.fetchall()), None)


def get(db: Database, capture_id: int) -> Capture | None:
    """One capture by its id."""
    return _one(db, "id = ?", (capture_id,))


def get_by_record(db: Database, record_id: str) -> Capture | None:
    """One capture by the id of its WARC record."""
    return _one(db, "record_id = ?", (record_id,))


def known_end(db: Database, file: str) -> int:
    """Where the last response known of a WARC file ends; 0 where none is known."""
    end = """SELECT warc_offset + warc_length FROM captures
        WHERE warc_file = ? ORDER BY warc_offset DESC LIMIT 1"""
    row = db.execute(end, (file,)).fetchone()
    return int(row[0]) if row else 0


def newest_file(db: Database, source_key: str) -> str | None:
    """The newest WARC file that captures of a source point to, relative to the WARC folder."""
    row = db.execute("SELECT max(warc_file) FROM captures WHERE source_key = ?", (source_key,)).fetchone()
    return row[0]  # type: ignore[no-any-return]


def payload(db: Database, folder: Path, capture: Capture, *, decode: bool = True) -> Record:
    """The record that holds a capture's payload: its own, or for a revisit the one it refers to.

    Raises WarcError where the evidence is missing or damaged.
    """
    if capture.refers_to is not None and (target := get(db, capture.refers_to)):
        capture = target
    return read_record(folder, capture.place, decode=decode, expected=capture.payload_digest)


def _one(db: Database, where: str, values: tuple[object, ...]) -> Capture | None:
    row = db.execute(f"SELECT {COLUMNS} FROM captures WHERE {where}", values).fetchone()
    return _capture(row) if row else None


def _capture(row: tuple[object, ...]) -> Capture:
    return Capture(*row[:-9], Rights(*row[-9:-3]), Place(*row[-3:]))  # type: ignore[arg-type, call-arg]  # typed by the schema

"""The archived copy of a version: the page as it was captured, shown so that it can do nothing.

Scripts, forms and everything from elsewhere stay dead: the copy is sent with a policy that puts it into an
origin of its own and lets nothing load but styles within the page and images within the address.
"""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from datasette.database import Database
from datasette.utils.asgi import Response
from w3lib.encoding import html_to_unicode

from archive.errors import WarcError
from archive.evidence import Record, read_record
from archive.records import Place
from archive.warc import REDACTED, REMOVED
from serve.archive_rows import Row, row
from serve.language import N_

LARGEST = 8 << 20  # bytes of a page that are shown; pages of portals have a hundredth of it
POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex",
}
TOO_LARGE = N_("Diese Aufzeichnung ist zu groß, um sie hier zu zeigen.")
PAGES = ("text/html", "application/xhtml+xml")
TEXTS = (*PAGES, "application/json", "application/xml", "application/ld+json")
_VERSION = """
SELECT versions.*, captures.url AS captured_url, captures.captured_at, captures.content_type,
    captures.truncated, captures.payload_digest, captures.payload_bytes, captures.warc_file,
    captures.warc_offset, captures.warc_length, captures.status, captures.refers_to
FROM versions JOIN captures ON captures.id = versions.capture_id
WHERE versions.release_id = :id AND versions.number = :number
"""
_TARGET = "SELECT * FROM captures WHERE id = :id"
# A policy cannot keep a browser from connecting beforehand to a host that a page names in a <link>.
_LINK = re.compile(r"<link(?=[\s/>])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Copy:
    """What is held of a version, or why nothing can be shown of it."""

    version: Row
    record: Record | None
    why_not: str | None = None

    @property
    def media_type(self) -> str:
        return str(self.version["content_type"] or "").partition(";")[0].strip().lower()

    @property
    def is_page(self) -> bool:
        return self.record is not None and self.media_type in PAGES

    @property
    def is_text(self) -> bool:
        return self.record is not None and (self.media_type in TEXTS or self.media_type.startswith("text/"))

    @property
    def redacted(self) -> bool:
        """Whether something was taken out of the record."""
        return self.record is not None and REDACTED.lower() in self.record.headers


async def held(db: Database, warc: Path, release_id: str, number: int, *, decode: bool = True) -> Copy | None:
    """The copy of a version; None where there is no such version."""
    version = await row(db, _VERSION, {"id": release_id, "number": number})
    if version is None:
        return None
    bearer = version
    if version["refers_to"]:  # a revisit holds no payload of its own
        bearer = await row(db, _TARGET, {"id": version["refers_to"]}) or version
    if bearer["truncated"] == REMOVED:
        return Copy(version, None, N_("Diese Aufzeichnung wurde auf Antrag entfernt."))
    if bearer["payload_bytes"] > LARGEST:
        return Copy(version, None, TOO_LARGE)
    if not (warc / bearer["warc_file"]).is_file():
        return Copy(version, None, N_("Die WARC-Datei liegt auf diesem Server nicht vor."))
    place = Place(bearer["warc_file"], bearer["warc_offset"], bearer["warc_length"])
    try:
        record = await asyncio.to_thread(
            read_record, warc, place, decode=decode, expected=bearer["payload_digest"]
        )
    except WarcError:
        why_not = N_("Die WARC-Datei ist an dieser Stelle beschädigt; die Prüfsumme stimmt nicht.")
        return Copy(version, None, why_not)
    if len(record.payload) > LARGEST:
        return Copy(version, None, TOO_LARGE)
    return Copy(version, record)


def shown(copy: Copy) -> Response:
    """The page as it was captured."""
    return Response(_LINK.sub("<meta", _text(copy)), headers=HEADERS, content_type="text/html; charset=utf-8")


def source(copy: Copy) -> Response:
    """What was sent, as plain text."""
    return Response(_text(copy), headers=HEADERS, content_type="text/plain; charset=utf-8")


def payload(copy: Copy, name: str) -> Response:
    """The bytes by which the digest is counted, to take along."""
    assert copy.record is not None
    safe = re.sub(r"[^A-Za-z0-9_.-]", "_", name)
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{safe}.bin"'}
    return Response(copy.record.payload, headers=headers, content_type="application/octet-stream")


def _text(copy: Copy) -> str:
    assert copy.record is not None
    return html_to_unicode(str(copy.version["content_type"] or ""), copy.record.payload)[1]

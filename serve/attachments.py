"""Attached files on our pages: what became of each, which page answers a search, the text of a page."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

from datasette.database import Database

from archive.search_query import Query, parse
from archive.snippets import Piece, snippet
from serve.archive_rows import Row, row, rows
from serve.language import N_, gettext
from serve.marks import Mark, paragraphs
from serve.meanings import MEANINGS
from serve.spoken import counted, number

MOST_HITS = 10  # pages that the page of a release names for a search
_HITS = """
SELECT a.release_id, a.id, a.title, a.url, p.page, p.text, t.pages,
    (SELECT count(*) FROM attachments b WHERE b.release_id = a.release_id AND b.id <= a.id) AS number
FROM attachment_pages_fts f
    JOIN attachment_pages p ON p.id = f.rowid
    JOIN attachments a ON a.payload_digest = p.payload_digest
    JOIN attachment_texts t ON t.payload_digest = p.payload_digest
WHERE attachment_pages_fts MATCH :match AND +f.rowid IN (
        SELECT p.id FROM attachments a JOIN attachment_pages p ON p.payload_digest = a.payload_digest
        WHERE a.release_id IN (SELECT value FROM json_each(:ids)))
    AND a.release_id IN (SELECT value FROM json_each(:ids))
ORDER BY a.id, p.page
"""
_ATTACHMENTS = """
SELECT a.*, t.outcome, t.pages, t.characters, t.reason, f.payload_bytes, f.first_seen_at, f.last_seen_at,
    row_number() OVER (ORDER BY a.id) AS number
FROM attachments a
    LEFT JOIN attachment_texts t ON t.payload_digest = a.payload_digest
    LEFT JOIN attachment_files f ON f.attachment_id = a.id AND f.number = a.files
WHERE a.release_id = :id ORDER BY a.id
"""
_NAMED = """
SELECT * FROM (
    SELECT attachment_id, kind, coalesce(name, surface) AS name, min(page) AS page,
        row_number() OVER (PARTITION BY attachment_id, kind ORDER BY count(*) DESC, min(page)) AS place
    FROM attachment_mentions
    WHERE release_id = :id AND kind IN ('minister', 'district', 'municipality', 'amount')
    GROUP BY attachment_id, kind, coalesce(name, surface)
) WHERE place <= 5
ORDER BY attachment_id, instr('minister district municipality amount', kind), place
"""
STATES = {
    "text": N_("gelesen"),
    "cut": N_("nur der Anfang gelesen"),
    "no_text": N_("ohne lesbaren Text, etwa ein Scan"),
    "encrypted": N_("mit einem Passwort geschützt"),
    "damaged": N_("beschädigt"),
    "too_slow": N_("nicht gelesen: das Lesen dauerte zu lange"),
    "too_large": N_("nicht gelesen: zu groß"),
    "crashed": N_("nicht gelesen: das Leseprogramm brach ab"),
    "no_document": N_("statt der Datei kam eine Webseite"),
    "unsupported": N_("aufbewahrt, Dateien dieser Art werden nicht gelesen"),
    "unreadable": N_("die Aufzeichnung ist beschädigt"),
}


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of an attached file that answers a search."""

    release_id: str
    number: int  # of the attachment, as its release lists them
    title: str
    page: int | None  # None where the format knows no pages
    passage: list[Piece]

    @property
    def address(self) -> str:
        return f"/anhang/{self.number}?seite={self.page or 1}"


async def page_hits(db: Database, query: Query, releases: Sequence[str]) -> dict[str, list[PageHit]]:
    """The pages that answer a search, by release, in the order of the attachments."""
    values = {"match": query.expression(), "ids": json.dumps(list(releases))}
    found: dict[str, list[PageHit]] = {}
    for hit in await rows(db, _HITS, values):
        of_release = found.setdefault(hit["release_id"], [])
        if len(of_release) < MOST_HITS:
            page = hit["page"] if hit["pages"] else None
            passage = snippet(hit["text"], query)
            title = str(hit["title"] or hit["url"].rpartition("/")[2])
            of_release.append(PageHit(hit["release_id"], hit["number"], title, page, passage))
    return found


async def hits_of(db: Database, release_id: str, sought: str) -> list[PageHit]:
    """The pages of one release's attachments that answer what somebody typed."""
    return (await page_hits(db, parse(sought), [release_id])).get(release_id, []) if sought else []


async def of_release(db: Database, release_id: str) -> list[Row]:
    """The attachments of a release, each with its state in words and what it names."""
    found, named = await asyncio.gather(
        rows(db, _ATTACHMENTS, {"id": release_id}), rows(db, _NAMED, {"id": release_id})
    )
    return [
        attachment
        | {
            "state": _state(attachment),
            "named": [n for n in named if n["attachment_id"] == attachment["id"]],
        }
        for attachment in found
    ]


def _state(attachment: Row) -> str:
    said = []
    if attachment["payload_bytes"]:
        said.append(size(attachment["payload_bytes"]))
    if attachment["pages"]:
        said.append(counted(attachment["pages"], "Seite", "Seiten"))
    if outcome := attachment["outcome"]:
        said.append(gettext(STATES[outcome]))
    elif attachment["files"]:
        said.append(gettext("im Archiv, noch nicht gelesen"))
    else:
        said.append(
            gettext("nur teilweise im Archiv") if attachment["capture_id"] else gettext("nicht im Archiv")
        )
    return " · ".join(said)


def size(count: int) -> str:
    """Bytes as a person says them.

    >>> size(1536000)
    '1,5 MB'
    """
    if count < 1000:
        return gettext("%(n)s Byte", n=count)
    return f"{number(round(count / 1000))} KB" if count < 1_000_000 else f"{number(round(count / 1e6, 1))} MB"


_PAGE = "SELECT page, text FROM attachment_pages WHERE payload_digest = :digest AND page = :page"
_AROUND = """
SELECT max(page) FILTER (WHERE page < :page) AS before, min(page) FILTER (WHERE page > :page) AS after,
    min(page) AS first, count(*) AS pages FROM attachment_pages WHERE payload_digest = :digest
"""
_MENTIONS = """
SELECT m.*, NULL AS party, districts.name AS district FROM attachment_mentions m
    LEFT JOIN districts ON districts.ags = m.district_ags
WHERE attachment_id = :attachment AND page = :page ORDER BY start
"""
_FILES = """
SELECT f.*, c.warc_file, c.warc_offset FROM attachment_files f JOIN captures c ON c.id = f.capture_id
WHERE attachment_id = :attachment ORDER BY f.number DESC
"""


async def page(db: Database, release_id: str, at: int, wanted: int | None) -> Row | None:
    """One page of an attachment, given by its number at the release; None where there is none."""
    attachment = next((a for a in await of_release(db, release_id) if a["number"] == at), None)
    if attachment is None:
        return None
    where = {"digest": attachment["payload_digest"], "attachment": attachment["id"], "page": wanted or 1}
    first = await row(db, _AROUND, where)
    where["page"] = wanted or (first and first["first"]) or 1
    around, text, mentions, files = await asyncio.gather(
        row(db, _AROUND, where), row(db, _PAGE, where), rows(db, _MENTIONS, where), rows(db, _FILES, where)
    )
    marks = [_mark(mention) for mention in mentions]
    return {
        "attachment": attachment,
        "page": where["page"],
        "around": around,
        "paragraphs": paragraphs(text["text"], marks) if text else None,
        "files": files,
    }


def _mark(mention: Row) -> Mark:
    kind = "person" if mention["kind"] == "person_in_office" else str(mention["kind"])
    meaning, link = MEANINGS[kind](mention)
    return Mark(kind, mention["start"], mention["end"], str(mention["surface"]), str(meaning), link)

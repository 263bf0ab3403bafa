"""All hits of a search as CSV, Excel or JSON, sent while they are read."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sqlite3
import tempfile
from array import array
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import xlsxwriter
from datasette.database import Database
from datasette.utils.asgi import AsgiFileDownload, AsgiStream, BadRequest, NotFound, Request, Response

from archive.german import KINDS, LANDS
from archive.parameters import ParameterError, strictly
from archive.selection import Asked, asked, conditions
from exports.delimited import safe
from exports.workbook import ROWS, sheet_of
from serve.api.problems import problem
from serve.archive_rows import Row, archive_of
from serve.language import gettext
from serve.spoken import number

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

BATCH = 500
MOST_FOR_STRANGERS = 20_000  # hits: a workbook of more takes the processor for seconds
OF_PAGES = ("sort", "zeit", "seite")  # how the search page shows hits, not which
COLUMNS = (
    *("id", "datum", "titel", "herausgeber", "land", "art", "quelle", "adresse", "archiv"),
    *("betrag_bis_euro", "kreise", "personen", "fassungen", "zuletzt_geaendert"),
)
NUMBERS = ("betrag_bis_euro", "fassungen")
LISTS = ("kreise", "personen")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENTS = """
SELECT releases.rowid FROM releases WHERE {where}
ORDER BY published_on DESC, first_seen_at DESC, id
"""
_ROWS = """
SELECT sought.value AS document, releases.id, published_on AS datum, title AS titel,
    publisher_name AS herausgeber, releases.jurisdiction AS land, kind AS art, source_key AS quelle,
    url AS adresse, amount_max AS betrag_bis_euro, versions AS fassungen,
    last_changed_at AS zuletzt_geaendert,
    (SELECT json_group_array(DISTINCT name) FROM district_mentions
        WHERE release_id = releases.id AND district_ags IS NOT NULL) AS kreise,
    (SELECT json_group_array(DISTINCT name) FROM minister_mentions
        WHERE release_id = releases.id AND minister_id IS NOT NULL) AS personen
FROM json_each(:documents) AS sought CROSS JOIN releases ON releases.rowid = sought.value
ORDER BY sought.key
"""


async def download(datasette: Datasette, request: Request) -> Response | AsgiStream | AsgiFileDownload:
    """The answer to /suche.csv, /suche.xlsx and /suche.json: every hit, the newest first."""
    db = archive_of(datasette)
    if db is None:
        raise NotFound("Hier ist kein Archiv.")
    form = request.url_vars["form"]
    if form == "json" and (misread := _misread(request.query_string)):
        return problem(400, misread)
    what, origin = asked(request.args), datasette.absolute_url(request, "/").rstrip("/")
    documents = await db.for_programs(lambda connection: _documents(connection, what))
    if len(documents) > MOST_FOR_STRANGERS and not datasette.setting("allow_csv_stream"):
        raise BadRequest(
            gettext(
                "Das sind mehr als %(most)s Treffer, so viele gibt es hier nicht auf einmal. Mit einem Filter"
                " oder einer kürzeren Zeitspanne werden es weniger; alle gibt die Schnittstelle, Seite für"
                " Seite.",
                most=number(MOST_FOR_STRANGERS),
            )
        )
    rows = _rows(db, documents, origin)
    headers = {"Content-Disposition": f'attachment; filename="pressearchiv-suche.{form}"'}
    if form == "xlsx":
        return await _workbook(rows)
    if form == "csv":
        return AsgiStream(lambda to: _csv(to, rows), headers=headers, content_type="text/csv; charset=utf-8")
    search = origin + what.address()
    return AsgiStream(
        lambda to: _json(to, rows, search), headers=headers, content_type="application/json; charset=utf-8"
    )


def _misread(query: str) -> str | None:
    """What programs would wonder about: a parameter that means nothing, which pages leave out."""
    said = [(name, value) for name, value in parse_qsl(query) if name not in OF_PAGES]
    try:
        for name, value in said:
            strictly({name: value})
    except ParameterError as error:
        return str(error)
    return None


def _documents(connection: sqlite3.Connection, what: Asked) -> array[int]:
    """The hits, the newest first."""
    where, values = conditions(what)
    return array("q", (row[0] for row in connection.execute(_DOCUMENTS.format(where=where), values)))


async def _rows(db: Database, documents: array[int], origin: str) -> AsyncIterator[Row]:
    for start in range(0, len(documents), BATCH):
        some = documents[start : start + BATCH].tolist()
        for row in await db.for_programs(lambda connection, some=some: list(_read(connection, some))):
            yield row | {"archiv": f"{origin}/m/{row['id']}"}


def _read(connection: sqlite3.Connection, documents: list[int]) -> Iterator[Row]:
    cursor = connection.execute(_ROWS, {"documents": json.dumps(documents)})
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        row |= {name: json.loads(row[name]) for name in LISTS}
        row["land"] = LANDS.get(row["land"], row["land"])
        row["art"] = KINDS.get(row["art"], row["art"])
        yield row


def _cells(row: Row) -> list[Any]:
    return [", ".join(row[name]) if name in LISTS else row[name] for name in COLUMNS]


async def _csv(to: Any, rows: AsyncIterator[Row]) -> None:
    page = io.StringIO()
    table = csv.writer(page)
    table.writerow(COLUMNS)
    async for row in rows:
        table.writerow([safe(cell) for cell in _cells(row)])
        if page.tell() > 2**16:
            await to.write(page.getvalue())
            page.seek(0)
            page.truncate()
    await to.write(page.getvalue())


async def _json(to: Any, rows: AsyncIterator[Row], search: str) -> None:
    await to.write(f'{{"suche": {json.dumps(search)}, "treffer": [')
    between = "\n"
    async for row in rows:
        told = json.dumps({name: row[name] for name in COLUMNS}, ensure_ascii=False)
        # Half a character, as broken pages have them, cannot be sent.
        await to.write(between + told.encode("utf-8", "replace").decode())
        between = ",\n"
    await to.write("\n]}\n")


async def _workbook(rows: AsyncIterator[Row]) -> AsgiFileDownload:
    """A workbook is a ZIP file and has to be whole before it is sent; memory stays small all the same."""
    folder = tempfile.TemporaryDirectory(prefix="pressearchiv-")
    path = Path(folder.name) / "suche.xlsx"
    options = {"constant_memory": True, "strings_to_urls": False, "tmpdir": folder.name}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = sheet_of(book, "Treffer", COLUMNS, [name not in NUMBERS for name in COLUMNS])
    at = 0
    async for row in rows:
        if at == ROWS:
            break
        at += 1
        sheet.write_cells(at, tuple(None if value == "" else value for value in _cells(row)))
    await asyncio.to_thread(book.close)  # packs it all, while others wait for their pages
    return _Once(folder, path)


class _Once(AsgiFileDownload):  # type: ignore[misc]
    """A file that is sent once and then thrown away."""

    def __init__(self, folder: tempfile.TemporaryDirectory[str], path: Path) -> None:
        super().__init__(str(path), "pressearchiv-suche.xlsx", XLSX)
        self.folder = folder

    async def asgi_send(self, send: Any) -> None:
        try:
            await super().asgi_send(send)
        finally:
            self.folder.cleanup()

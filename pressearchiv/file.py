"""An archive that is a file on this machine."""

from collections.abc import Mapping
from pathlib import Path

from archive import search_terms
from archive.errors import ArchiveError
from archive.parameters import strictly
from archive.store import read_archive
from exports.citation import CITED, Format, citation, written
from exports.columns import Column
from exports.hits import hits
from exports.pages import READABLE, Page, page
from exports.tables import Table, shape
from pressearchiv.reader import SEARCH, UnknownReleaseError

VERSION = "SELECT id FROM versions WHERE release_id = ? AND number = ?"


class File:
    """Reads `archive.db`. Raises ArchiveError where it is missing or no archive."""

    def __init__(self, path: Path) -> None:
        self._db = read_archive(path)
        search_terms.register(self._db.conn)

    def columns(self, table: str) -> tuple[Column, ...]:
        return shape(self._db, _table(table)).columns

    def page(self, table: str, asked: Mapping[str, str], after: str) -> Page:
        filters = dict(asked)
        named = filters.pop("release", "")
        what = strictly(filters)
        if table == SEARCH:
            return hits(self._db, what, after)
        return page(self._db, _table(table), what, after, named=named)

    def cite(self, release_id: str, number: int, form: Format) -> str:
        found = self._db.execute(VERSION, (release_id, number)).fetchone()
        if found is None:
            raise UnknownReleaseError(f"{release_id} has no version {number}")
        cursor = self._db.execute(CITED, {"version": found[0]})
        names = [column[0] for column in cursor.description]
        return written(citation(dict(zip(names, cursor.fetchone(), strict=True))), form)

    def close(self) -> None:
        self._db.close()


def _table(name: str) -> Table:
    if name == SEARCH:
        return READABLE["releases"]
    if name not in READABLE:
        raise ArchiveError(f"there is no table {name!r}; known are {', '.join(READABLE)}")
    return READABLE[name]

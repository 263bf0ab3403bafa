"""What the client needs of an archive, wherever it lies."""

from collections.abc import Mapping
from typing import Protocol

from archive.errors import ArchiveError
from exports.citation import Format
from exports.columns import Column
from exports.pages import Page

SEARCH = "search"  # read like a table: the releases that answer, the newest first


class UnknownReleaseError(ArchiveError):
    """The archive holds no such release, or does no longer; the message says which."""


class Reader(Protocol):
    """A file or an address. All raise ArchiveError where it cannot be read."""

    def columns(self, table: str) -> tuple[Column, ...]:
        """The columns of a table. Raises ArchiveError where there is no such table."""

    def page(self, table: str, asked: Mapping[str, str], after: str) -> Page:
        """A page of rows, asked for by the names that parameters have in addresses."""

    def cite(self, release_id: str, number: int, form: Format) -> str:
        """The citation of a version. Raises UnknownReleaseError where there is none."""

    def close(self) -> None: ...

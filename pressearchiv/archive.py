"""The archive as an object to ask: data frames, or row after row where there are more than memory holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack

from exports.citation import Format
from exports.columns import Column
from exports.pages import every
from pressearchiv.address import Address
from pressearchiv.asking import Filters, parameters
from pressearchiv.frames import frame
from pressearchiv.reader import SEARCH, Reader, UnknownReleaseError

if TYPE_CHECKING:  # whoever reads rows needs no pandas
    import pandas as pd

Kind = Literal["minister", "person_in_office", "district", "municipality", "amount", "date"]
MENTIONS: Mapping[Kind, str] = {
    "minister": "minister_mentions",
    "person_in_office": "person_mentions",
    "district": "district_mentions",
    "municipality": "municipality_mentions",
    "amount": "amounts",
    "date": "dates",
}
OF_TEXT = ("title", "text")
OF_RELEASE = (
    "id",
    "published_on",
    "jurisdiction",
    "publisher_id",
    "publisher_name",
    "kind",
    "language",
    "url",
)


class Archive:
    """An archive: the path of its file, or the address where it is served. Both give the same frames.

        archive = Archive("https://presse.example.org", contact="you@example.org")
        money = archive.grants(jurisdiction="DE-TH", since="2018-01-01")

    All that find releases take the filters of the search as keywords (`Filters`). `timeout` (seconds),
    `retries` and `contact` are for addresses. With `progress` the rows read are told on standard error.
    Raises ArchiveError where nothing can be read there, ParameterError where a filter means nothing.
    """

    def __init__(
        self,
        place: str | Path,
        *,
        timeout: float = 60,
        retries: int = 5,
        contact: str = "",
        progress: bool = False,
    ) -> None:
        self._reader = _reader(place, timeout, retries, contact)
        self._progress = progress

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._reader.close()

    def search(
        self, words: str = "", /, *, limit: int | None = None, **filters: Unpack[Filters]
    ) -> pd.DataFrame:
        """The releases that answer, the newest first: at most `limit`."""
        asked = parameters(({"query": words} if words else {}) | dict(filters))
        return frame(islice(self._rows(SEARCH, asked), limit), self._reader.columns(SEARCH))

    def releases(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The releases in their present version, without their texts, by id."""
        return self.table("releases", **filters)

    def mentions(self, what: Kind, /, **filters: Unpack[Filters]) -> pd.DataFrame:
        """What releases name, of one kind; a row per place in title or text (`field`, `start`, `end`)."""
        return self.table(MENTIONS[what], **filters)

    def amounts(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The sums of money that releases name."""
        return self.table("amounts", **filters)

    def grants(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Money given, promised or planned, each time a release tells of it."""
        return self.table("grants", **filters)

    def grant_stories(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """The same, each once however many releases tell of it: what sums are made of."""
        return self.table("grant_stories", **filters)

    def districts(self) -> pd.DataFrame:
        """All districts, also those of the past, with their official keys."""
        return self.table("districts")

    def ministers(self) -> pd.DataFrame:
        """All ministers; their offices, with days and parties, stand in the table `terms`."""
        return self.table("ministers")

    def table(self, name: str, /, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Any table of an export that hangs on releases or is a reference table."""
        return frame(self.rows(name, **filters), self._reader.columns(name))

    def rows(self, name: str, /, **filters: Unpack[Filters]) -> Iterator[dict[str, object]]:
        """The rows of a table one by one, days and moments as text; memory holds a page of them."""
        return self._rows(name, parameters(filters))

    def release(self, release_id: str) -> pd.Series:
        """One release, also by an id that it had before it moved. Raises UnknownReleaseError."""
        found = self._one(release_id)
        return frame([found], self._reader.columns("releases")).iloc[0]

    def versions(self, release_id: str) -> pd.DataFrame:
        """All texts that a release had. Raises UnknownReleaseError."""
        asked = {"release": str(self._one(release_id)["id"])}
        return frame(self._rows("versions", asked), self._reader.columns("versions"))

    def text(self, release_id: str, version: int | None = None) -> str | None:
        """The text of a release, in its present version or another; None where rights forbid it.

        Raises UnknownReleaseError where there is no such release or version.
        """
        release = self._one(release_id)
        for row in self._rows("versions", {"release": str(release["id"])}):
            if (version is None and row["id"] == release["version_id"]) or row["number"] == version:
                return None if row["text"] is None else str(row["text"])
        raise UnknownReleaseError(f"{release_id} has no version {version}")

    def cite(self, release_id: str, form: Format = "text", version: int | None = None) -> str:
        """A citation of the present version or another; forms: text, bibtex, ris, csl-json."""
        release = self._one(release_id)
        number = int(str(release["version_id"]).rpartition(".")[2]) if version is None else version
        return self._reader.cite(str(release["id"]), number, form)

    def corpus(self, **filters: Unpack[Filters]) -> pd.DataFrame:
        """Releases with title and text of their present version, one row each; reserved texts are missing."""
        return frame(self.documents(**filters), self._corpus_columns())

    def documents(self, **filters: Unpack[Filters]) -> Iterator[dict[str, object]]:
        """The rows of `corpus` one by one; memory holds a page of them."""
        asked = parameters(filters)
        versions = self._rows("versions", asked)
        version = next(versions, None)
        for release in every(lambda after: self._reader.page("releases", asked, after)):
            key = str(release["id"])
            while version is not None and str(version["release_id"]) < key:
                version = next(versions, None)
            texts: dict[str, object] = dict.fromkeys(OF_TEXT)
            while version is not None and version["release_id"] == key:
                if version["id"] == release["version_id"]:
                    texts = {name: version[name] for name in OF_TEXT}
                version = next(versions, None)
            yield {name: release[name] for name in OF_RELEASE} | texts

    def _corpus_columns(self) -> list[Column]:
        wanted = chain(
            ((OF_RELEASE, column) for column in self._reader.columns("releases")),
            ((OF_TEXT, column) for column in self._reader.columns("versions")),
        )
        by_name = {column.name: column for names, column in wanted if column.name in names}
        return [by_name[name] for name in (*OF_RELEASE, *OF_TEXT)]

    def _one(self, release_id: str) -> dict[str, object]:
        found = self._reader.page("releases", {"release": release_id}, "").rows
        if not found:
            raise UnknownReleaseError(f"the archive holds no release {release_id!r}")
        return found[0]

    def _rows(self, name: str, asked: Mapping[str, str]) -> Iterator[dict[str, object]]:
        found = every(lambda after: self._reader.page(name, asked, after))
        return _told(found, name) if self._progress else found


def _reader(place: str | Path, timeout: float, retries: int, contact: str) -> Reader:
    if isinstance(place, str) and "://" in place:
        return Address(place, timeout=timeout, retries=retries, contact=contact)
    from pressearchiv.file import File  # what reads the file takes a second to load

    return File(Path(place))


def _told(rows: Iterator[dict[str, object]], name: str) -> Iterator[dict[str, object]]:
    count = 0
    for count, row in enumerate(rows, 1):
        if count % 1000 == 0:
            sys.stderr.write(f"\r{name}: {count:,} rows")
        yield row
    sys.stderr.write(f"\r{name}: {count:,} rows\n")

"""An archive that is served somewhere: its JSON interface, read politely."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException
from importlib.metadata import version
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

import msgspec

from archive.errors import ArchiveError
from archive.parameters import ParameterError
from exports.citation import Format
from exports.columns import Column
from exports.pages import Page
from pressearchiv.reader import SEARCH, UnknownReleaseError

API = "/api/v1"
BUSY = (429, 502, 503, 504)  # what another try may mend
REFUSALS = {400: ParameterError, 404: UnknownReleaseError, 410: UnknownReleaseError}
LARGEST = 1 << 28  # bytes of an answer; a page of long texts has some ten million
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
SUFFIXES: dict[Format, str] = {"text": "txt", "bibtex": "bib", "ris": "ris", "csl-json": "json"}


class Address:
    """Reads an archive over HTTP.

    A server that is busy or does not answer is asked again `retries` times, after pauses that double and are
    never shorter than it asks for. `pause` waits so many seconds.
    """

    def __init__(
        self,
        address: str,
        *,
        timeout: float = 60,
        retries: int = 5,
        contact: str = "",
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(address).scheme not in ("http", "https"):
            raise ArchiveError(
                f"{address} is no address of a website; it has to begin with https:// or http://"
            )
        self._address = address.rstrip("/")
        self._timeout, self._retries, self._pause = timeout, retries, pause
        python = ".".join(map(str, sys.version_info[:2]))
        about = f"; {contact}" if contact else ""
        self._agent = f"pressearchiv/{version('pressearchiv')} (Python {python}{about})"
        self._tables: dict[str, tuple[Column, ...]] = {}

    def columns(self, table: str) -> tuple[Column, ...]:
        if not self._tables:
            told = self._json(f"{API}/tables").get("tables", [])
            try:
                self._tables = {t["name"]: msgspec.convert(t["columns"], tuple[Column, ...]) for t in told}
            except (msgspec.ValidationError, TypeError, KeyError) as error:
                raise ArchiveError(
                    f"{self._address} is of a newer version ({error}); update this one"
                ) from error
        name = "releases" if table == SEARCH else table
        if name not in self._tables:
            raise ArchiveError(f"there is no table {name!r}; known are {', '.join(self._tables)}")
        return self._tables[name]

    def page(self, table: str, asked: Mapping[str, str], after: str) -> Page:
        where = dict(asked) | ({"after": after} if after else {})
        said = self._json(f"{API}/{quote(table, safe='')}?{urlencode(where)}".rstrip("?"))
        found, last = said.get("rows"), said.get("after")
        if not isinstance(found, list) or not isinstance(last, str | None) or last == (after or "\0"):
            raise ArchiveError(f"{self._address} does not answer as an archive does; is one served there?")
        return Page(found, last)

    def cite(self, release_id: str, number: int, form: Format) -> str:
        return self._read(f"/m/{quote(release_id, safe='')}/zitat/{number}.{SUFFIXES[form]}").decode()

    def close(self) -> None:
        """Nothing stays open."""

    def _json(self, path: str) -> dict[str, Any]:  # as the server wrote it
        body = self._read(path)
        try:
            said = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ArchiveError(f"{self._address}{path} is no JSON; is an archive served there?") from error
        if not isinstance(said, dict):
            raise ArchiveError(f"{self._address}{path} is no answer of an archive; is one served there?")
        return said

    def _read(self, path: str) -> bytes:
        pause = FIRST_PAUSE
        for left in range(self._retries, -1, -1):
            try:
                return self._ask(path)
            except _BusyError as busy:
                if not left:
                    raise ArchiveError(f"{self._address}{path} does not answer ({busy}); try later") from busy
                self._pause(max(pause, busy.wait))
                pause = min(2 * pause, LONGEST_PAUSE)
        raise AssertionError("the last try returns or raises")

    def _ask(self, path: str) -> bytes:
        request = Request(f"{self._address}{path}", headers={"User-Agent": self._agent})  # noqa: S310  # checked above
        try:
            with urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                body = bytes(answer.read(LARGEST + 1))
        except HTTPError as error:
            with error:
                raise _refused(error, f"{self._address}{path}") from error
        except (URLError, HTTPException, OSError) as error:
            raise _BusyError(str(error)) from error
        if len(body) > LARGEST:
            raise ArchiveError(f"{self._address}{path} is larger than any answer of an archive")
        return body


class _BusyError(Exception):
    """The server may answer when it is asked again; caught in `Address._read`."""

    def __init__(self, why: str, wait: float = 0) -> None:
        super().__init__(why)
        self.wait = min(wait, LONGEST_PAUSE)


def _refused(error: HTTPError, address: str) -> Exception:
    if error.code in BUSY:
        wait = error.headers.get("Retry-After", "")
        return _BusyError(f"status {error.code}", float(wait) if wait.isdecimal() else 0)
    try:
        said = json.loads(error.read())
        detail = str(said.get("detail") or said.get("error") or error.reason)
    except (ValueError, AttributeError):
        detail = str(error.reason)
    return REFUSALS.get(error.code, ArchiveError)(f"{address}: {detail}")

"""Where a served archive has its evidence, and where goes what readers propose and watch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from alerts.mail import Mailing
from serve.archive_rows import archive_of

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette


@dataclass(frozen=True, slots=True)
class Watching:
    """Where it is kept who watches what, and how readers get mail."""

    file: Path
    mailing: Mailing


@dataclass(frozen=True, slots=True)
class Folders:
    """Not part of Datasette's metadata, which everybody can read."""

    warc: Path
    proposals: Path | None = None  # None: readers propose nothing
    watching: Watching | None = None  # None: no search is watched by mail


_SET: WeakKeyDictionary[Datasette, Folders] = WeakKeyDictionary()


def put(datasette: Datasette, folders: Folders) -> None:
    """Name the folders of a server."""
    _SET[datasette] = folders


def of(datasette: Datasette) -> Folders:
    """The folders of a server; the evidence lies beside the archive where nothing else was said."""
    if datasette in _SET:
        return _SET[datasette]
    archive = archive_of(datasette)
    assert archive is not None, "asked only where an archive is served"
    return Folders(Path(archive.path).with_name("warc"))

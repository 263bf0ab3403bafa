"""Where an archive lives that is merged: its files, its database, and who may not touch it meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from archive.locks import lock
from archive.store import is_writable


@dataclass(frozen=True, slots=True)
class Home:
    """A folder with archive.db, warc/ and corrections.toml, as far as they are there."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def warc(self) -> Path:
        return self.folder / "warc"

    @property
    def corrections(self) -> Path:
        return self.folder / "corrections.toml"

    def is_same(self, other: "Home") -> bool:
        """Whether both share evidence or database, under whatever names."""
        pairs = ((self.warc, other.warc), (self.archive, other.archive))
        return any(one.exists() and two.exists() and one.samefile(two) for one, two in pairs)


@contextmanager
def unbuilt(home: Home, seconds: float) -> Iterator[None]:
    """Nobody builds or redacts an archive meanwhile; on a medium that cannot be written nobody could."""
    guard = home.archive.with_name(f"{home.archive.name}.build.lock")
    with lock(guard, f"a build of {home.archive}", seconds) if can_lock(guard) else nullcontext():
        yield


def can_lock(path: Path) -> bool:
    """Whether a lock file can be held at a path; nobody can crawl or build where it cannot."""
    return is_writable(path) if path.exists() else os.access(path.parent, os.W_OK)

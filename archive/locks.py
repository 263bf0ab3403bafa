"""Locks between processes: one crawl per source, one build per archive. They end with the process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from archive.errors import BusyError


@contextmanager
def lock(path: Path, what: str, seconds: float = 0) -> Iterator[None]:
    """Hold the lock at `path`. Raises BusyError after waiting so many seconds for another process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    guard = FileLock(path)
    try:
        guard.acquire(timeout=seconds)
    except Timeout as error:
        raise BusyError(f"{what} is already going on in another process; wait for it to end") from error
    try:
        yield
    finally:
        guard.release()


def is_held(path: Path) -> bool | None:
    """Whether a process holds the lock at `path`; None where nobody ever did here, or it cannot be told."""
    if not path.exists():
        return None
    guard = FileLock(path)
    try:
        guard.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:  # a folder that cannot be written
        return None
    guard.release()
    return False

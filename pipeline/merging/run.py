"""The merge: what other machines archived comes into one archive, each thing once, in whatever order."""

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from archive.errors import ArchiveError
from archive.recovery import source_keys
from archive.redaction import rewriting
from archive.store import open_archive
from pipeline.merging import theirs
from pipeline.merging.home import Home, unbuilt
from pipeline.merging.other import Lists, Merged, Other

Progress = Callable[[int, int], None]


def merge(
    others: Sequence[Home],
    into: Home,
    lists: Lists,
    *,
    only: Collection[str] = (),
    clock: Callable[[], datetime],
    dry: bool = False,
    patience: float = 0,
    progress: Progress = lambda done, total: None,
) -> list[Merged]:
    """Take from other archives what is not held, of these sources where some are named; `dry`, only look.

    Raises BusyError where a build works here or there for over `patience` seconds, ArchiveError where one
    of the others is no archive.
    """
    _check(others, into)
    if not dry:
        into.warc.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if not dry:
            for home in (into, *others):
                stack.enter_context(unbuilt(home, patience))
        read = [stack.enter_context(theirs.reading(other.archive)) for other in others]
        if dry:
            db = stack.enter_context(theirs.reading(into.archive))
        else:
            db = open_archive(into.archive)
            stack.callback(db.close)
            rewriting.finish(db, into.warc)
        total = sum(theirs.captures(one) for one in read)
        count = _Count(total, progress)
        return [
            Other(db, into, one, other, lists, frozenset(only), dry, clock, count.add).run()
            for one, other in zip(read, others, strict=True)
        ]


def _check(others: Sequence[Home], into: Home) -> None:
    """Raises ArchiveError where a folder is no archive, or the same as another: no lock is had twice."""
    met = [into]
    for other in others:
        if not source_keys(other.warc):
            raise ArchiveError(f"{other.folder} holds no warc/ with evidence; name a folder that does")
        for known in met:
            if other.is_same(known):
                what = "itself" if known is into else f"{into.folder} twice, as {known.folder} too"
                raise ArchiveError(f"{other.folder} cannot be merged into {what}; name each archive once")
        met.append(other)


@dataclass
class _Count:
    total: int
    progress: Progress
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.total)

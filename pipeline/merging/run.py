"""The merge: what other machines archived comes into one archive, each thing once, in whatever order."""

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from archive.errors import ArchiveError
from archive.recovery import source_keys
from archive.redaction import rewriting
from pipeline.merging.home import Home, opened, unbuilt
from pipeline.merging.other import Lists, Merged, Other

Progress = Callable[[int, int], None]


def merge(
    others: Sequence[Home],
    into: Home,
    lists: Lists,
    *,
    only: Collection[str] = (),
    dry: bool = False,
    patience: float = 0,
    progress: Progress = lambda done, total: None,
) -> list[Merged]:
    """Take from other archives what is not held, of these sources where some are named; `dry`, only look.

    Raises BusyError where a build works here or there for over `patience` seconds, ArchiveError where one
    of the others is no archive.
    """
    for other in others:
        if not source_keys(other.warc):
            raise ArchiveError(f"{other.folder} holds no warc/ with evidence; name a folder that does")
        if other.folder.resolve() == into.folder.resolve():
            raise ArchiveError(f"{other.folder} cannot be merged into itself")
    if not dry:
        into.warc.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if not dry:
            for home in (into, *others):
                stack.enter_context(unbuilt(home, patience))
        db = opened(into, dry=dry)
        stack.callback(db.close)
        if not dry:
            rewriting.finish(db, into.warc)
        theirs = [opened(other, dry=True) for other in others]
        for one in theirs:
            stack.callback(one.close)
        total = sum(int(one.execute("SELECT count(*) FROM captures").fetchone()[0]) for one in theirs)
        count = _Count(total, progress)
        return [
            Other(db, into, one, other, lists, frozenset(only), dry, count.add).run()
            for one, other in zip(theirs, others, strict=True)
        ]


@dataclass
class _Count:
    total: int
    progress: Progress
    done: int = 0

    def add(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.total)

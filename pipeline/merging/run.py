"""The merge: what other machines archived comes into one archive, each thing once, in whatever order."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial

from sqlite_utils import Database

from archive.errors import ArchiveError, BusyError
from archive.progress import Advance, Progress, unseen
from archive.recovery import source_keys
from archive.redaction import rewriting
from archive.store import open_archive
from pipeline.merging import theirs
from pipeline.merging.home import Home, unbuilt
from pipeline.merging.other import Lists, Merged, Other
from pipeline.merging.theirs import OtherError


def merge(
    others: Sequence[Home],
    into: Home,
    lists: Lists,
    *,
    only: Collection[str] = (),
    clock: Callable[[], datetime],
    dry: bool = False,
    patience: float = 0,
    progress: Progress = unseen,
) -> list[Merged]:
    """Take from other archives what is not held, of these sources where some are named; `dry`, only look.

    What is wrong with one of them does not keep the rest: it stands in what came of that one. Raises
    BusyError where a build works here for over `patience` seconds, ArchiveError where two are the same, where
    ours cannot be written, and where none of the others could be merged.
    """
    found = [Merged(other) for other in others]
    _check(found, into)
    _end_if_none_is_left(found)
    if not dry:
        into.warc.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if not dry:
            _still(stack, found, into, patience)
        read = [(one, other, size) for one in found for other, size in _opened(stack, one)]
        if dry:
            db = stack.enter_context(theirs.reading(into.archive))
        elif read:
            db = open_archive(into.archive)
            stack.callback(db.close)
            rewriting.finish(db, into.warc)
        count = Advance(progress, sum(size for *_, size in read))
        ways = [
            (one, Other(db, into, other, one.home, lists, frozenset(only), dry, clock, count))
            for one, other, _ in read
        ]
        for one, way in ways:
            _attempt(one, partial(way.honour, one))
        for one, way in ways:
            _attempt(one, partial(way.take, one))
    _end_if_none_is_left(found)
    return found


def _end_if_none_is_left(found: Sequence[Merged]) -> None:
    if found and all(one.refused for one in found):
        raise OtherError("\n".join(str(one.refused) for one in found))


def _check(found: Sequence[Merged], into: Home) -> None:
    """Refuse what is no archive. Raises ArchiveError where two are the same: no lock is had twice."""
    met = [into]
    for one in found:
        other = one.home
        if not source_keys(other.warc):
            one.refused = f"{other.folder} holds no warc/ with evidence; name a folder that does, or mount it"
        for known in met:
            if other.is_same(known):
                what = "itself" if known is into else f"{into.folder} twice, as {known.folder} too"
                raise ArchiveError(f"{other.folder} cannot be merged into {what}; name each archive once")
        met.append(other)


def _still(stack: ExitStack, found: Sequence[Merged], into: Home, patience: float) -> None:
    """Nobody builds any of them meanwhile. Raises BusyError where ours is built.

    Locked by their names, so that two merges which name each other's archive do not wait for one another.
    """
    named = {one.home: one for one in found}
    for home in sorted((into, *named), key=lambda home: home.folder.resolve()):
        quiet = partial(stack.enter_context, unbuilt(home, patience))
        if home is into:
            quiet()
        else:
            _attempt(named[home], quiet)


def _opened(stack: ExitStack, one: Merged) -> Iterator[tuple[Database, int]]:
    """The database of another archive and how many captures it has; nothing where it cannot be read."""
    read: list[tuple[Database, int]] = []

    def opened() -> None:
        other = stack.enter_context(theirs.reading(one.home.archive))
        read.append((other, theirs.captures(other)))

    _attempt(one, opened)
    yield from read


def _attempt(one: Merged, work: Callable[[], object]) -> None:
    """Do something with another archive, unless something was wrong with it before."""
    if not one.refused:
        try:
            work()
        except (OtherError, BusyError) as error:
            one.refused = str(error)

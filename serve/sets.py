"""The sets of the archive in memory: read once, and block by block again as builds change them."""

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from pyroaring import BitMap

from archive.release_sets import BLOCK_BITS, memberships
from serve.bounded import unhurried

MOST_KEPT = 64  # sets that searches found, 130 kB each at a million releases
_UNSORTED = "SELECT count(*), max(document), total(document) FROM unsorted_releases"
_BLOCK = "SELECT kind, key, documents FROM release_sets WHERE block = ?"
Kinds = dict[str, dict[str, BitMap]]
Blocks = dict[int, str]


@dataclass(frozen=True, slots=True)
class Sets:
    """Every set by kind and key, the largest of a kind first; nobody may change them."""

    state: object
    kinds: Mapping[str, Mapping[str, BitMap]]
    everything: BitMap
    months: Mapping[str, BitMap]  # "2018-03"; "" holds what has no date
    days: Mapping[str, list[str]]  # the days of each month, the last one first
    _found: OrderedDict[object, Any] = field(default_factory=OrderedDict)

    def of(self, kind: str, keys: Iterable[str]) -> BitMap:
        """What belongs to any of these keys."""
        by = self.kinds.get(kind, {})
        return BitMap().union(*(by[key] for key in keys if key in by))

    def between(self, first: str, last: str) -> BitMap:
        """What came out from one day to another."""
        whole = [m for m in self.months if first[:7] < m < last[:7] and m]
        edges = {m for m in (first[:7], last[:7]) if m in self.months}
        days = [on for month in edges for on in self.days[month] if first <= on <= last and on]
        return BitMap().union(*(self.months[m] for m in whole)) | self.of("day", days)

    def known(self, what: object) -> Any:
        """What a search found before; None where nothing is known. It holds as long as these sets."""
        with _lock:
            if what in self._found:
                self._found.move_to_end(what)
            return self._found.get(what)

    def keep(self, what: object, found: Any) -> None:
        """Keep what a search found for the next one."""
        with _lock:
            self._found[what] = found
            if len(self._found) > MOST_KEPT:
                self._found.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Read:
    """Sets as they are stored, with the digests of their blocks."""

    blocks: Blocks
    kinds: Kinds


_lock = Lock()
_reading = Lock()  # one thread reads, the others wait for what it reads
_read: dict[str, _Read] = {}
_known: dict[str, Sets] = {}


def sets_of(connection: sqlite3.Connection) -> Sets:
    """The sets of an archive as they are now."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    blocks: Blocks = dict(connection.execute("SELECT block, digest FROM release_set_blocks").fetchall())
    state = (blocks, connection.execute(_UNSORTED).fetchone())
    with _reading:
        known = _known.get(path)
        if known is None or known.state != state:
            with unhurried():
                stored = _read[path] = _stored(connection, blocks, _read.get(path, _Read({}, {})))
                known = _known[path] = _made(state, _with_unsorted(connection, stored.kinds))
        return known


def _stored(connection: sqlite3.Connection, blocks: Blocks, known: _Read) -> _Read:
    changed = [b for b in sorted(blocks.keys() | known.blocks.keys()) if blocks.get(b) != known.blocks.get(b)]
    kinds: Kinds = {kind: dict(by) for kind, by in known.kinds.items()}
    for block in changed:
        if block in known.blocks:
            _take_out(kinds, BitMap(range(block << BLOCK_BITS, (block + 1) << BLOCK_BITS)))
        for kind, key, documents in connection.execute(_BLOCK, (block,)):
            _put(kinds, kind, key, BitMap.deserialize(documents))
    return _Read(blocks, kinds)


def _with_unsorted(connection: sqlite3.Connection, stored: Kinds) -> Kinds:
    """The sets with what no build has sorted yet, because it is under way or the archive just migrated."""
    documents = [row[0] for row in connection.execute("SELECT document FROM unsorted_releases")]
    if not documents:
        return stored
    kinds = {kind: dict(by) for kind, by in stored.items()}
    _take_out(kinds, BitMap(documents))
    for (kind, key), some in memberships(connection, documents).items():
        _put(kinds, kind, key, some)
    return kinds


def _take_out(kinds: Kinds, documents: BitMap) -> None:
    for by in kinds.values():
        by.update({key: held - documents for key, held in by.items() if held.intersect(documents)})


def _put(kinds: Kinds, kind: str, key: str, documents: BitMap) -> None:
    by = kinds.setdefault(kind, {})
    by[key] = by[key] | documents if key in by else documents


def _made(state: object, kinds: Kinds) -> Sets:
    largest_first = {kind: dict(_by_size(by)) for kind, by in kinds.items()}
    days: defaultdict[str, list[str]] = defaultdict(list)
    by_day = largest_first.get("day", {})
    for on in sorted(by_day, reverse=True):
        days[on[:7]].append(on)
    months = {month: BitMap().union(*(by_day[on] for on in some)) for month, some in days.items()}
    return Sets(state, largest_first, BitMap().union(*months.values()), months, dict(days))


def _by_size(by: dict[str, BitMap]) -> Iterator[tuple[str, BitMap]]:
    """The largest sets first, and none that are empty."""
    held = [(len(documents), key) for key, documents in by.items()]
    return ((key, by[key]) for size, key in sorted(held, key=lambda one: (-one[0], one[1])) if size)

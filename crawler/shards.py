"""Which node crawls what: sources of one host together, and each host on one node."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive import rhythm
from archive.source import Source
from archive.urls import host
from crawler.job import by_host


@dataclass(frozen=True, slots=True)
class Shard:
    """Sources that share a host, and the node that asks it."""

    node: str
    sources: tuple[Source, ...]


def node_of(name: str, nodes: Sequence[str]) -> str:
    """The node for a name, by rendezvous hashing: one node less moves only what it had.

    >>> before = {n: node_of(str(n), ["a", "b", "c"]) for n in range(100)}
    >>> after = {n: node_of(str(n), ["a", "b"]) for n in range(100)}
    >>> {before[n] for n in before if before[n] != after[n]}
    {'c'}
    """
    return max(nodes, key=lambda node: hashlib.sha256(f"{node} {name}".encode()).digest())


def shards(sources: Iterable[Source], nodes: Sequence[str]) -> list[Shard]:
    """All sources, spread over the nodes. Ask with all sources, also those that are not wanted now: two that
    share a host with a third must meet on one node.
    """
    return [Shard(node_of(min(host(s.home) for s in group), nodes), group) for group in by_host(sources)]


def sendable(
    shards: Iterable[Shard], wanted: Collection[str], busy: Collection[str], last: Mapping[str, datetime]
) -> list[tuple[str, Source]]:
    """What may be sent now, with its node: of each host the source that waits longest, if none is at work."""
    found = []
    for shard in shards:
        asked = [source for source in shard.sources if source.key in wanted]
        if asked and not any(source.key in busy for source in shard.sources):
            found.append(
                (shard.node, min(asked, key=lambda s: last[s.key].timestamp() if s.key in last else 0.0))
            )
    return found


def due(sources: Iterable[Source], last: Mapping[str, datetime], now: datetime) -> list[Source]:
    """Those whose rhythm asks for a run."""
    return [source for source in sources if rhythm.is_due(source, last.get(source.key), now)]

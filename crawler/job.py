"""What goes to the crawl process and what comes back: one JSON object per line, both ways."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

import msgspec

from archive.source import Source
from archive.urls import host
from crawler.result import RunResult


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One crawl of several sources, in one process."""

    archive: str
    warc: str
    sources: tuple[Source, ...]
    full: bool = False
    since: date | None = None
    limit: int | None = None
    contact: str = ""
    start: str = ""
    settings: dict[str, int | float | str | bool] = {}


class Report(msgspec.Struct, frozen=True):
    """How far a source is; `ended` is set in the last report of each."""

    result: RunResult
    ended: bool = False


def by_host(sources: Iterable[Source]) -> Iterator[tuple[Source, ...]]:
    """Groups of sources that share a host: one after another, so that a host meets one of us at a time."""
    groups: list[tuple[set[str], tuple[Source, ...]]] = []
    for source in sources:
        hosts = {seed.url.split("/")[2] for seed in source.seeds} | {host(source.home)}
        touching = [group for group in groups if group[0] & hosts]
        groups = [group for group in groups if not group[0] & hosts]
        members = tuple(chain.from_iterable(group[1] for group in touching))
        groups.append((hosts.union(*(group[0] for group in touching)), (*members, source)))
    return (members for _, members in groups)

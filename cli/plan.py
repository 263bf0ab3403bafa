"""When the sources are crawled: due runs spread over the allowed hours of a day, the same way every time."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta

from archive.rhythm import rhythm
from archive.source import Source
from archive.urls import host

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """The part of a day in which portals are asked; over midnight where it ends before it begins."""

    first: time
    last: time

    @property
    def start(self) -> int:
        """Minutes after midnight."""
        return _minutes(self.first)

    @property
    def minutes(self) -> int:
        """How long they are; a whole day where both ends are the same."""
        return (_minutes(self.last) - self.start) % DAY or DAY

    def hours(self) -> tuple[int, ...]:
        """The hours of the clock in which they lie.

        >>> Hours(time(22), time(1, 30)).hours()
        (0, 1, 22, 23)
        """
        return tuple(sorted({(self.start + m) // 60 % 24 for m in range(self.minutes)}))


@dataclass(frozen=True, slots=True)
class Slot:
    """The moments of a day at which one source is crawled."""

    key: str
    times: tuple[time, ...]


def plan(sources: Iterable[Source], hours: Hours) -> list[Slot]:
    """A slot for each source. A new source moves only those that share its host.

    Hosts begin where their name says; the sources of one host are as far from each other as can be, so that
    it meets one of us at a time although each is a process of its own.
    """
    by_host: dict[str, list[Source]] = defaultdict(list)
    for source in sorted(sources, key=lambda source: source.key):
        by_host[host(source.seeds[0].url if source.seeds else source.home)].append(source)
    slots = [
        Slot(source.key, times(name, rank / len(group), rhythm(source), hours))
        for name, group in by_host.items()
        for rank, source in enumerate(group)
    ]
    return sorted(slots, key=lambda slot: slot.key)


def times(name: str, part: float, every: timedelta, hours: Hours) -> tuple[time, ...]:
    """As many moments, so far apart, as the rhythm asks for and the hours leave room for.

    The first is where a name says, and a part (0 to 1) of the room for it further. A rhythm of more than a
    day has one moment each day; whether the day is its own, `crawl --due` decides.
    """
    step = min(DAY, int(every.total_seconds() // 60))
    runs = -(-hours.minutes // step)
    room = min(step, hours.minutes - (runs - 1) * step)
    place = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    offset = (place + int(part * room)) % room
    return tuple(_time(hours.start + offset + run * step) for run in range(runs))


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _time(minutes: int) -> time:
    return time(minutes % DAY // 60, minutes % 60)

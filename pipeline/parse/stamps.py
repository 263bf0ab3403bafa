"""Dates as portals print them in heads, labels and attributes, not as sentences mention them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from archive.clock import BERLIN, stamp

SHORT = "jan feb mär apr mai jun jul aug sep okt nov dez".split()
MONTH = (
    "januar|jänner|februar|feber|märz|maerz|april|mai|juni|juli|august|september|oktober|november|dezember"
    r"|(?:jan|feb|mär|mrz|apr|jun|jul|aug|sept?|okt|nov|dez)\.?"
)
CLOCK = r"(?:,?\s*(?:um\s+)?(?P<hour>[012]?\d)[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?:\s*Uhr)?)?"
ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d|UTC)?)?"
)
GERMAN = re.compile(
    rf"(?<![\d.,])(?P<day>[0-3]?\d)\.\s*(?:(?P<month>[01]?\d)\.\s*|(?P<name>{MONTH})\s+)"
    rf"(?P<year>(?:19|20)\d\d|\d\d(?=\b))(?!\d){CLOCK}",
    re.IGNORECASE,
)
NOT_BEFORE = date(1990, 1, 1)  # no ministry had a web site


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stated day, with its moment (UTC, ISO 8601) where the page gives a time."""

    on: date
    at: str | None = None

    @property
    def precision(self) -> Literal["day", "minute"]:
        """How exactly the page states it."""
        return "minute" if self.at else "day"


def read_stamp(text: str) -> Stamp | None:
    """The first date in a short text, in ISO or German form; None where there is none.

    >>> read_stamp("Erscheinungstag: 10.06.2025")
    Stamp(on=datetime.date(2025, 6, 10), at=None)
    >>> read_stamp("2022-01-21T16:30:34+01:00")
    Stamp(on=datetime.date(2022, 1, 21), at='2022-01-21T15:30:34Z')
    """
    found = ISO.search(text) or GERMAN.search(text)
    return as_stamp(found) if found else None


def as_stamp(found: re.Match[str]) -> Stamp | None:
    """The stamp of a match of ISO or GERMAN; None where the calendar has no such day."""
    group = found.groupdict()
    year = int(group["year"])
    try:
        on = date(year + 2000 if year < 100 else year, _month(group), int(group["day"]))
    except ValueError:
        return None
    if on < NOT_BEFORE:
        return None
    if not group.get("hour"):
        return Stamp(on)
    return _with_time(on, group)


def _month(group: dict[str, str | None]) -> int:
    if number := group.get("month"):
        return int(number)
    name = (group.get("name") or "").lower().replace("maerz", "märz").replace("mrz", "mär")
    return SHORT.index(name[:3].replace("jän", "jan")) + 1


def _with_time(on: date, group: dict[str, str | None]) -> Stamp | None:
    """A time at midnight is a content management system's way to say that there is none."""
    hour, minute, second = (int(group.get(part) or 0) for part in ("hour", "minute", "second"))
    if hour > 23:
        return Stamp(on)
    zone = group.get("zone")
    moment = datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=UTC if zone else BERLIN)
    if zone and zone not in ("Z", "UTC"):
        moment = datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{zone}")
    local = moment.astimezone(BERLIN)
    if (hour, minute, second) == (0, 0, 0):
        # 00:00Z stands for the day as written; other zones are told in German time.
        return Stamp(on if zone in ("Z", "UTC", None) else local.date())
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return Stamp(local.date())
    return Stamp(local.date(), stamp(moment))

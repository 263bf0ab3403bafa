"""Moments and days: UTC timestamps as the archive stores them, days as Germany counts them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def utc_now() -> datetime:
    """The present moment; called at the outermost layer only, everything below takes it as an argument."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the archive stores it.

    >>> stamp(datetime(2018, 3, 28, 16, 30, tzinfo=BERLIN))
    '2018-03-28T14:30:00Z'
    """
    return moment.astimezone(UTC).isoformat()[:19] + "Z"


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote.

    >>> moment("2018-03-28T14:30:00Z").hour
    14
    """
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def berlin_day(moment: datetime) -> date:
    """The calendar day in Germany at this moment.

    >>> berlin_day(datetime(2018, 6, 30, 22, 30, tzinfo=UTC))
    datetime.date(2018, 7, 1)
    """
    return moment.astimezone(BERLIN).date()

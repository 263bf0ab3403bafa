"""What a spider needs before its first request: who we are, and an open ledger."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from scrapy.settings import BaseSettings

from archive.clock import utc_now
from archive.source import Source
from crawler.agent import user_agent
from crawler.ledger import Ledger


def open_ledger(settings: BaseSettings, source: Source) -> Ledger:
    """The ledger of a run of this source.

    Raises BusyError where another process crawls it, ArchiveError where a contact is missing.
    """
    agent = user_agent(source, settings.get("PRESSEARCHIV_CONTACT") or "")
    archive, warc = Path(settings["PRESSEARCHIV_ARCHIVE"]), Path(settings["PRESSEARCHIV_WARC"])
    return Ledger(archive, warc, source, agent, clock(settings["PRESSEARCHIV_START"]))


def clock(start: str) -> Callable[[], datetime]:
    """The present moment, or one that goes on from `start` (ISO 8601)."""
    if not start:
        return utc_now
    first, began = datetime.fromisoformat(start).astimezone(UTC), monotonic()
    return lambda: first + timedelta(seconds=monotonic() - began)

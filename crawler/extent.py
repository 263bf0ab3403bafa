"""How far a crawl goes: to the end, back to a day, or for so many pages."""

import re
from dataclasses import dataclass
from datetime import date

from crawler.entries import Listed


@dataclass(frozen=True, slots=True)
class Extent:
    """By default a crawl ends its paging where the last clean one left off."""

    full: bool = False  # page to the end
    since: date | None = None
    limit: int | None = None  # details

    def before(self, row: Listed) -> bool:
        """Whether a row is older than what is asked for; one without day or numbered year is not."""
        entry = row.entry
        if self.since is None:
            return False
        if entry.listed_on:
            return entry.listed_on < self.since.isoformat()
        year = re.search(r"\d{4}$", entry.number or "")
        return year is not None and int(year[0]) < self.since.year


def extent(full: str = "", since: str = "", limit: str = "") -> Extent:
    """From arguments as Scrapy's command line gives them (`-a since=2024-01-01`)."""
    return Extent(bool(full), date.fromisoformat(since) if since else None, int(limit) if limit else None)

"""How a run of a source ended, for whoever started it, who need not know of Scrapy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run of one source ended; the row in `runs`, for whoever started it."""

    source_key: str
    verdict: str
    reason: str | None = None
    run_id: int | None = None
    requests: int = 0
    captures: int = 0
    new_captures: int = 0
    listing_rows: int = 0
    new_entries: int = 0
    newest_listed_on: str | None = None
    errors: int = 0

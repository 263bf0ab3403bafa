"""What a run amounts to: its verdict, from what was observed at the level of listings."""

from dataclasses import dataclass
from datetime import date, timedelta

CLEAN = ("ok", "unchanged", "quiet", "overdue")  # listings were read as far as they had to be
LARGE_PAGE = 2_000  # bytes; below it a page without rows is an empty answer rather than a changed layout
LOST_SHARE = 0.2  # of the details asked for


@dataclass(frozen=True, slots=True)
class Observed:
    """What one run saw."""

    listings: int = 0  # listing, feed and sitemap pages read
    unchanged_listings: int = 0
    rows: int = 0
    first_rows: int = 0  # on the first pages
    largest_empty_page: int = 0  # bytes of the largest first page without rows
    expected_rows: int = 1
    new_entries: int = 0
    newest_listed_on: str | None = None
    details: int = 0
    details_failed: int = 0
    details_changed: int = 0  # new ones included
    blocked: str | None = None
    unreachable: str | None = None
    listing_trouble: str | None = None  # a listing that could not be read
    cut_short: str | None = None  # a limit or an interruption
    failed: str | None = None  # a full disk, an error in our code


def verdict(seen: Observed, today: date, overdue_days: int | None) -> tuple[str, str | None]:
    """The verdict of a run and its reason, the gravest first."""
    if seen.failed:
        return "failed", seen.failed
    if seen.blocked and not seen.rows:
        return "blocked", seen.blocked
    if seen.unreachable and not seen.listings:
        return "unreachable", seen.unreachable
    if seen.largest_empty_page >= LARGE_PAGE and seen.first_rows < max(1, seen.expected_rows):
        return "layout_changed", f"no rows on a listing of {seen.largest_empty_page} bytes"
    if not seen.rows and not seen.cut_short:
        return "failed", seen.listing_trouble or "the listing is empty"
    if seen.first_rows < seen.expected_rows and not seen.cut_short:
        return "layout_changed", f"{seen.first_rows} rows on the first page, expected {seen.expected_rows}"
    if reason := _partial(seen):
        return "partial", reason
    return _clean(seen, today, overdue_days)


def _partial(seen: Observed) -> str | None:
    if reason := seen.cut_short or seen.listing_trouble or seen.blocked or seen.unreachable:
        return reason
    if seen.details_failed > LOST_SHARE * max(1, seen.details):
        return f"{seen.details_failed} of {seen.details} pages could not be fetched"
    return None


def _clean(seen: Observed, today: date, overdue_days: int | None) -> tuple[str, str | None]:
    if seen.new_entries or seen.details_changed:
        return "ok", None
    newest = seen.newest_listed_on
    if overdue_days and newest and date.fromisoformat(newest) < today - timedelta(days=overdue_days):
        return "overdue", f"newest entry is of {newest}, something new was expected every {overdue_days} days"
    if seen.unchanged_listings == seen.listings:
        return "unchanged", None
    return "quiet", None

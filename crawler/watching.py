"""What lists show besides their rows, as far as it tells a quiet portal from a broken one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse, Response

from archive.source import Source
from archive.urls import canonical
from crawler.entries import Listed
from crawler.monitors import Observed
from crawler.spiders.anchors import anchors
from crawler.spiders.page import Page

AHEAD = timedelta(days=7)  # embargoes and announced releases are not that far off
SAYS_EMPTY = re.compile(
    rb"\b(?:keine|0) (?:\w+ )?(?:Treffer|Eintr.{1,8}ge|Ergebnisse|Meldungen|Mitteilungen|Pressemitteilungen|"
    rb"Artikel|Nachrichten|Beitr.{1,8}ge)\b|no (?:results|entries|news) (?:were )?(?:found|available)",
    re.IGNORECASE,
)


def rows_seen(seen: Observed, listed: Sequence[Listed], today: date) -> Observed:
    """With what the rows of a page say about themselves and about what was known of them."""
    days = [row.entry.listed_on for row in listed if row.entry.listed_on]
    soon = (today + AHEAD).isoformat()
    newest = max([day for day in days if day <= today.isoformat()], default="")
    new = sum(row.new for row in listed)
    return replace(
        seen,
        rows=seen.rows + len(listed),
        new_entries=seen.new_entries + new,
        known_rows=seen.known_rows + len(listed) - new,
        # A sitemap gives no day and no title: what changed there is the page.
        moved_rows=seen.moved_rows + sum(row.changed and bool(row.entry.title) for row in listed),
        dated_rows=seen.dated_rows + len(days),
        future_rows=seen.future_rows + sum(day > soon for day in days),
        newest_listed_on=max(newest, seen.newest_listed_on or "") or None,
    )


def first_page_seen(seen: Observed, response: Response, page: Page) -> Observed:
    """With size and rows of the first page of a list; its further lists count where it has no rows."""
    empty = not page.entries and not page.more
    size = len(response.body)
    return replace(
        seen,
        first_rows=seen.first_rows + len(page.entries or page.more),
        first_bytes=seen.first_bytes + size,
        empty_pages=seen.empty_pages + empty,
        largest_empty_page=max(seen.largest_empty_page, size * empty),
        says_empty=seen.says_empty or bool(empty and SAYS_EMPTY.search(response.body)),
    )


def missed_links(response: Response, page: Page, known: Callable[[Sequence[str]], int]) -> int:
    """Links of a page to releases that `known` counts, and that are no row of it."""
    if not isinstance(response, HtmlResponse):
        return 0
    rows = {entry.url for entry in page.entries}
    return known(sorted({url for a in anchors(response) if (url := _address(a.url)) and url not in rows}))


def oldest_day(page: Page) -> str | None:
    """The day from which on a list should show everything; a pinned row or two may be older."""
    days = sorted(entry.listed_on for entry in page.entries if entry.listed_on)
    return days[len(days) // 5] if days else None


def landed_at_home(response: Response, asked: str, source: Source) -> str | None:
    """The home page, where a list that lies elsewhere redirected to it."""
    homes = ("/", urlsplit(canonical(source.home)).path)
    went, came = urlsplit(canonical(response.url)), urlsplit(canonical(asked))
    at_home = (went.path or "/") in homes and not went.query and (came.path, came.query) != (went.path, "")
    return response.url if at_home and response.meta.get("hops") else None


def _address(url: str) -> str | None:
    try:
        return canonical(url)
    except ValueError:
        return None  # mailto:, javascript: and the like

"""What lists show besides their rows, as far as it tells a quiet portal from a broken one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse, Response

from archive.source import Source
from archive.urls import canonical
from crawler.before import Before
from crawler.entries import Listed
from crawler.monitors import FEW, FirstPage, Observed
from crawler.spiders.anchors import anchors
from crawler.spiders.page import Page
from crawler.spiders.select import clean
from crawler.spiders.step import Step

AHEAD = timedelta(days=7)  # embargoes and announced releases are not that far off
SAYS_EMPTY = re.compile(
    rb"\b(?:keine|0) (?:\w+ )?(?:Treffer|Eintr.{1,8}ge|Ergebnisse|Meldungen|Mitteilungen|Pressemitteilungen|"
    rb"Artikel|Nachrichten|Beitr.{1,8}ge)\b|no (?:results|entries|news) (?:were )?(?:found|available)",
    re.IGNORECASE,
)


def rows_seen(seen: Observed, page: Page, listed: Sequence[Listed], today: date, began: str) -> Observed:
    """With what the rows of a page say about themselves and about what was known when the run began.

    A row that must not come in was known, and its day is as good as that of any other.
    """
    days = [row.entry.listed_on for row in listed if row.entry.listed_on]
    soon = (today + AHEAD).isoformat()
    newest = max([day for day in days if day <= today.isoformat()], default="")
    new = sum(row.new for row in listed)
    return replace(
        seen,
        rows=seen.rows + page.rows,
        new_entries=seen.new_entries + new,
        known_rows=seen.known_rows + len(page.withheld) + sum(row.first_seen_at < began for row in listed),
        # A sitemap gives no day and no title: what changed there is the page.
        moved_rows=seen.moved_rows + sum(row.changed and bool(row.entry.title) for row in listed),
        dated_rows=seen.dated_rows + len(days) + len(page.withheld),
        future_rows=seen.future_rows + sum(day > soon for day in days),
        newest_listed_on=max(newest, seen.newest_listed_on or "") or None,
    )


def first_page(
    response: Response, page: Page, step: Step, usual_rows: float, known: bool, before: Before
) -> FirstPage:
    """What the first page of a list shows; of a sitemap without rows its further sitemaps count.

    `known` says whether any of its rows was known when the run began.
    """
    days = sorted(entry.listed_on for entry in page.entries if entry.listed_on)
    rows = page.rows or len(page.more) * (step.role == "sitemap")
    seen = FirstPage(step.asked, step.role, rows, len(response.body), next(reversed(days), None))
    urls = [entry.url for entry in page.entries]
    if urls and rows >= usual_rows and known:
        return seen
    since = days[len(days) // 5] if days else None  # a pinned row or two may be older
    holes = before.holes(step.asked, since, urls) if since else 0
    return replace(seen, missed_links=_missed_links(response, set(urls), before), holes=holes)


def first_page_seen(seen: Observed, shown: FirstPage, response: Response, before: Before) -> Observed:
    """With the first page of one more list."""
    empty = not shown.rows
    at_new_addresses = empty and shown.missed_links < FEW
    return replace(
        seen,
        lists=(*seen.lists, shown),
        first_rows=seen.first_rows + shown.rows,
        first_bytes=seen.first_bytes + shown.size,
        empty_pages=seen.empty_pages + empty,
        largest_empty_page=max(seen.largest_empty_page, shown.size * empty),
        says_empty=seen.says_empty or bool(empty and SAYS_EMPTY.search(response.body)),
        missed_links=seen.missed_links + shown.missed_links,
        holes=seen.holes + shown.holes,
        known_titles=seen.known_titles + (_known_titles(response, before) if at_new_addresses else 0),
    )


def _missed_links(response: Response, rows: set[str], before: Before) -> int:
    """Links of a page to known releases that are no row of it."""
    if not isinstance(response, HtmlResponse):
        return 0
    found = {url for a in anchors(response) if (url := _address(a.url)) and url not in rows}
    return before.known(sorted(found))


def _known_titles(response: Response, before: Before) -> int:
    """How many titles of known releases stand anywhere on a page."""
    if not isinstance(response, HtmlResponse):
        return 0
    text = clean(" ".join(response.xpath("//body//text()[not(parent::script)]").getall()))
    return sum(title in text for title in before.titles())


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

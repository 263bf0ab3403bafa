"""Watching the first page of a list: what it shows besides its rows, for this run and later ones."""

from collections.abc import Sequence

from scrapy.http import Response

from archive.source import Source
from crawler import watching
from crawler.entries import Listed
from crawler.ledger import Ledger
from crawler.spiders.page import Page
from crawler.spiders.step import Step


def watch(
    ledger: Ledger, source: Source, response: Response, page: Page, step: Step, rows: Sequence[Listed]
) -> None:
    """Observe, and write down which rows stood there; those that are new may be old ones that moved."""
    if home := watching.landed_at_home(response, step.asked, source):
        ledger.observe(landed=home)
    before = ledger.before
    unknown = [row.entry for row in rows if row.first_seen_at >= before.began]
    usual, known = ledger.past.usual_rows(step.asked), len(unknown) < len(rows)
    shown = watching.first_page(response, page, step, usual, known, before)
    ledger.seen = watching.first_page_seen(ledger.seen, shown, response, before)
    ledger.observe(twins=ledger.seen.twins + before.twins(unknown))
    before.stood(step.asked, [entry.url for entry in page.entries])

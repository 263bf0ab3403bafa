"""One page of a list, read; what is no list is noted and observed."""

from scrapy.http import Response, TextResponse

from archive.records import Capture, Issue
from archive.source import Family, Listing
from crawler.bases import FLAG
from crawler.blocked import REFUSALS, block_reason
from crawler.ledger import Ledger
from crawler.spiders.page import Page
from crawler.spiders.readers import READERS, best_role
from crawler.spiders.step import Step
from crawler.withheld import kept

GONE = (404, 410)


def read(ledger: Ledger, family: Family, rules: Listing, response: Response, step: Step) -> Page | None:
    """A list as its reader sees it, but for what is withheld; None, with the trouble noted, if it is none."""
    if response.status == 404 and step.number > 1:
        return None
    if response.status in REFUSALS:
        ledger.observe(blocked=f"{response.url} answers {response.status}")
    elif response.status in GONE and step.role != best_role(ledger.source, family):
        _note_list(ledger, response, f"status {response.status}")  # a better list tells the rest
    elif response.status != 200:
        _trouble(ledger, response, f"status {response.status}")
        if response.status >= 500:
            ledger.observe(unreachable=f"{response.url} answers {response.status}")
    elif step.role == "listing" and not isinstance(response, TextResponse):
        _trouble(ledger, response, "no text")
    else:
        return _read(ledger, rules, response, step)
    return None


def note_base(ledger: Ledger, response: Response) -> None:
    """Say that a page names no address as its base."""
    if FLAG in response.flags:
        told = f"{response.url} names as its base what is no address; it is passed over"
        _note(ledger, "base", response, told, "nothing to do; the mistake is the portal's")


def _read(ledger: Ledger, rules: Listing, response: Response, step: Step) -> Page | None:
    page = READERS[step.role](response, ledger.source, rules, step.number)
    if page.entries or page.more:
        return kept(page, ledger.withheld, ledger.source)
    if reason := block_reason(response):
        ledger.observe(blocked=reason)
        return None
    if page.problem:
        _trouble(ledger, response, page.problem)
        ledger.observe(misread=f"{response.url} is no list of releases: {page.problem}")
        return None
    return page


def _trouble(ledger: Ledger, response: Response, problem: str) -> None:
    ledger.observe(listing_trouble=f"{response.url} is no list of releases: {problem}")
    _note_list(ledger, response, problem)


def _note_list(ledger: Ledger, response: Response, problem: str) -> None:
    told = f"{response.url} is no list of releases: {problem}"
    _note(ledger, "list", response, told, "check the seed in the source file")


def _note(ledger: Ledger, kind: str, response: Response, message: str, mend: str) -> None:
    capture: Capture = response.meta["capture"]
    ledger.note([Issue(kind, response.url, message, mend, ledger.source.key, capture.id)])

"""By what a release is known: its addresses, its id, and the hash of its text."""

import hashlib
from collections.abc import Iterable

from archive.source import Source
from archive.urls import canonical, host
from pipeline.compare.normal import normal
from pipeline.parse.page import Page
from pipeline.read import Job


def release_id(source_key: str, url: str) -> str:
    """The id that a release keeps for good: made of source and canonical address.

    >>> release_id("th-tmasgff", "https://www.tmasgff.de/a")
    'th-tmasgff-627e1b1cd436'
    """
    return f"{source_key}-{hashlib.sha256(f'{source_key} {url}'.encode()).hexdigest()[:12]}"


def ids(source: Source, addresses: Iterable[str]) -> set[str]:
    """The ids that addresses give."""
    return {release_id(source.key, url) for own in addresses for url in (own, source.standing(own))}


def text_hash(title: str, text: str) -> str:
    """The hash by which texts are compared: of their words, and of nothing that only their page adds."""
    return hashlib.sha256(normal(title, text).encode("utf-8", "surrogatepass")).hexdigest()


def addresses(page: Page, job: Job) -> tuple[str, str, str]:
    """The addresses of a page: that of the release first, then the capture's, then what was asked for."""
    own = canonical(job.url)
    asked = own if job.requested_url == job.url else canonical(job.requested_url)
    return address_of(page, job.url) if page.canonical else own, own, asked


def address_of(page: Page, url: str) -> str:
    """The canonical address: the page's own where it names a page of the same host, else the capture's."""
    try:
        own = canonical(page.canonical, url) if page.canonical else ""
    except ValueError:
        own = ""
    return own if own and host(own) == host(url) and own.split("/", 3)[3] else canonical(url)

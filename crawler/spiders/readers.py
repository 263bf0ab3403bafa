"""Which reader reads which list of a source, and which of its lists decides."""

from collections.abc import Callable
from typing import Any

from archive.records import Role
from archive.source import Family, Listing, Seed, Source
from crawler.spiders import feed, listing, sitemap
from crawler.spiders.page import Page

Reader = Callable[[Any, Source, Listing, int], Page]  # the response: what Scrapy makes of it
READERS: dict[str, Reader] = {"listing": listing.read, "feed": feed.read, "sitemap": sitemap.read}
ROLES: tuple[Role, ...] = ("listing", "feed", "sitemap")  # the first that a source has decides


def seed_role(seed: Seed, family: Family) -> Role:
    """What a seed is; the family says it where its source does not."""
    return seed.role if seed.role != "listing" else family.spider


def best_role(source: Source, family: Family) -> Role:
    """The role of the lists whose titles and days count; others only fill gaps."""
    return min((seed_role(seed, family) for seed in source.seeds), key=ROLES.index)

"""Whose page an address is: the source, and what the page is to it; or why nobody's."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import unquote, urlsplit

from archive.records import Role
from archive.source import Listing, Source, families
from archive.urls import host
from crawler.spiders.anchors import target
from crawler.spiders.listing import rules
from crawler.spiders.readers import seed_role

Refusal = Literal["other_host", "other_page", "robots", "several_sources", "no_pattern"]


@dataclass(frozen=True, slots=True)
class Owned:
    """A page of a source."""

    source: Source
    role: Role


@dataclass(frozen=True, slots=True)
class _Known:
    source: Source
    listing: Listing
    lists: Mapping[str, Role]  # by path and query
    begin: str  # the path that all addresses of the source begin with


class Owners:
    """Sources by their hosts, those of former days too."""

    def __init__(self, sources: Iterable[Source], *, any_page: bool = False) -> None:
        """With `any_page`, pages of sources without a pattern for releases are taken as releases."""
        self._by_host: dict[str, list[_Known]] = defaultdict(list)
        self._any_page = any_page
        for source in sources:
            known = _known(source)
            names = {host(source.home), *(h.removeprefix("www.") for h in source.hosts)}
            for name in names | {address.host for address in source.addresses}:
                self._by_host[name].append(known)

    def knows(self, url: str) -> bool:
        """Whether an address lies on a host of any source."""
        return host(url) in self._by_host

    def at(self, url: str, day: date) -> list[Source]:
        """The sources to which this part of a host belonged on a day."""
        return [known.source for known in self._by_host.get(host(url), ()) if _owns(known, url, day)]

    def of(self, url: str, day: date) -> Owned | Refusal:
        """The source that a page belonged to on a day, and its role."""
        if not self.knows(url):
            return "other_host"
        there = [known for known in self._by_host[host(url)] if _owns(known, url, day)]
        path = target(url)
        if path == "/robots.txt":
            return "robots"
        found = [(known, role) for known in there if (role := self._role(known, path))]
        if not found:
            unsure = any(known.listing.detail_pattern is None for known in there)
            return "no_pattern" if unsure else "other_page"
        nearest = max(_nearness(known, url) for known, _ in found)
        best = [(known, role) for known, role in found if _nearness(known, url) == nearest]
        return Owned(best[0][0].source, best[0][1]) if len(best) == 1 else "several_sources"

    def _role(self, known: _Known, path: str) -> Role | None:
        listing = known.listing
        if role := known.lists.get(_bare(path)):
            return role
        if listing.next_pattern and re.search(listing.next_pattern.replace("{page}", r"\d+"), path):
            return "listing" if any(_under(path, one) for one in known.lists) else None
        if listing.detail_pattern is None:
            return "detail" if self._any_page and path.strip("/") else None
        return "detail" if re.search(listing.detail_pattern, path) else None


def _known(source: Source) -> _Known:
    family = families()[source.family]
    lists = {_bare(target(seed.url)): seed_role(seed, family) for seed in source.seeds if not seed.body}
    return _Known(source, rules(source, family), lists, urlsplit(source.home).path.rstrip("/"))


def _nearness(known: _Known, url: str) -> tuple[bool, int]:
    """A source's own host counts before one that it shares, a narrower part of a host before a wider."""
    named = {host(known.source.home), *(address.host for address in known.source.addresses)}
    return host(url) in named, len(known.begin)


def _owns(known: _Known, url: str, day: date) -> bool:
    path = urlsplit(url).path
    stated = [address for address in known.source.addresses if address.host == host(url)]
    for address in stated:
        in_time = (address.since or date.min) <= day <= (address.until or date.max)
        if in_time and re.search(address.path or "", path):
            return True
    if stated:
        return False
    return not known.begin or f"{path}/".startswith(f"{known.begin}/") or _bare(target(url)) in known.lists


def _bare(path: str) -> str:
    """A path as lists are told by: portals answer with and without the last slash, and with index pages.

    >>> _bare("/th7/tmasgff/aktuell/presse/index.aspx"), _bare("/presse/?page=2")
    ('/th7/tmasgff/aktuell/presse', '/presse?page=2')
    """
    before, mark, query = unquote(path).partition("?")
    return re.sub(r"/(?:index\.\w+)?$", "", before) + mark + query


def _under(path: str, seed: str) -> bool:
    return path.startswith(seed.partition("?")[0].rstrip("/"))

"""A portal explored from any of its pages: its family, its lists, how they go on, and some releases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from archive.errors import ArchiveError
from archive.urls import canonical
from crawler import leads
from crawler.lists import Found, feed_found, list_found, sitemap_found
from crawler.signs import Recognised, recognised
from crawler.visited import Visit, Visited

ROUNDS = 3  # from a release to the front page, to the press office, to its list
A_ROUND = 12  # addresses asked for at a time
EXAMPLES = 3
PRESS, FEEDS = 4, 2  # links followed from one page


@dataclass(frozen=True)
class Survey:
    """What was found on a portal."""

    start: Visited
    families: tuple[Recognised, ...]  # the likeliest first; empty where none was recognised
    listing: Found | None
    feed: Found | None
    sitemap: Found | None
    second: Found | None  # the second page of the listing
    examples: tuple[Visited, ...]  # pages of releases
    imprint: Visited | None
    home: Visited | None
    missing: tuple[str, ...]  # addresses that gave no answer or none that is of use

    @property
    def family(self) -> str:
        """The family to be written down."""
        if self.families:
            return self.families[0].family
        if self.listing is None and self.feed is not None:
            return "feed"
        return "sitemap" if self.listing is None and self.sitemap is not None else "generic"


def survey(url: str, visit: Visit) -> Survey:
    """Explore a portal. Raises ArchiveError where the page itself does not come."""
    walk = _Walk(visit)
    walk.go([url])
    start = walk.page(url)
    if start is None or start.status != 200:
        told = (start and start.trouble) or f"it answers {start.status if start else 'nothing'}"
        raise ArchiveError(f"{url} did not come ({told}); open it in a browser and give another page")
    walk.go([_home(start.url), *leads.parents(url)[:1], *_from(start), *walk.named_sitemaps()])
    families = recognised(walk.pages())
    for _ in range(ROUNDS):
        if (best := list_found(walk.pages(), _likeliest(families), start)) and best.promising:
            break
        walk.go(walk.leads())
        families = recognised(walk.pages())
    return _concluded(walk, start)


@dataclass
class _Walk:
    """What was asked for and what came, in the order of asking."""

    visit: Visit
    asked: dict[str, Visited | None] = field(default_factory=dict)
    robots: list[Visited] = field(default_factory=list)

    def go(self, urls: Iterable[str]) -> None:
        new = [url for url in dict.fromkeys(map(canonical, urls)) if url not in self.asked][:A_ROUND]
        if not new:
            return
        self.asked |= dict.fromkeys(new)
        for answer in self.visit(new):
            if answer.asked.endswith("/robots.txt"):
                self.robots.append(answer)
            else:
                self.asked[canonical(answer.asked)] = answer

    def page(self, url: str) -> Visited | None:
        return self.asked.get(canonical(url))

    def pages(self) -> list[Visited]:
        """What came well, each once however often it was reached."""
        return list({page.url: page for page in self.asked.values() if page and page.status == 200}.values())

    def leads(self) -> list[str]:
        """Where the pages so far lead, the most promising first."""
        found = [lead for page in self.pages() for lead in leads.press(page)]
        feeds = [url for page in self.pages() for url in leads.feeds(page)[:FEEDS]]
        press = [lead.url for lead in sorted(found, key=lambda lead: -lead.promise)]
        new = [url for url in dict.fromkeys(press) if url not in self.asked]
        return [*new[:PRESS], *feeds]

    def named_sitemaps(self) -> list[str]:
        named = [url for answer in self.robots if answer.status == 200 for url in leads.sitemaps(answer.body)]
        return named[:2] or [f"{_home(page.url)}sitemap.xml" for page in self.pages()[:1]]


def _from(page: Visited) -> list[str]:
    press = [lead.url for lead in leads.press(page)[:PRESS]]
    imprint = leads.imprint(page)
    return [*leads.feeds(page)[:FEEDS], *([imprint] if imprint else []), *press]


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _likeliest(families: Sequence[Recognised]) -> str:
    return families[0].family if families else "generic"


def _concluded(walk: _Walk, start: Visited) -> Survey:
    """The lists are known; now for releases, for a second page, and for what these say of the family."""
    families = recognised(walk.pages())
    listing = list_found(walk.pages(), _likeliest(families), start)
    if feed_found(walk.pages()) is None:
        walk.go(url for page in walk.pages() for url in leads.feeds(page)[:FEEDS])
    feed = feed_found(walk.pages())
    named = [entry.url for found in (listing, feed) if found for entry in found.entries]
    walk.go([*_spread(named), *([listing.more] if listing and listing.more else [])])
    examples = [page for url in _spread(named) if (page := walk.page(url)) and page.is_page]
    families = recognised(walk.pages())
    listing = list_found(walk.pages(), _likeliest(families), start, {page.url for page in examples})
    sitemap = _sitemap(walk, listing, feed)
    second = None
    if listing and listing.more:
        walk.go([listing.more])
        page = walk.page(listing.more)
        second = list_found([page], _likeliest(families), None, rules=listing.rules) if page else None
    if not examples and sitemap:
        walk.go(_spread([entry.url for entry in sitemap.entries]))
        examples = [p for e in sitemap.entries if (p := walk.page(e.url)) and p.is_page]
        families = recognised(walk.pages())
    if not examples and start.is_page and not (listing and listing.page.url == start.url):
        examples = [start]
    missing = tuple(url for url, page in walk.asked.items() if page is None or page.status != 200)
    imprint = leads.imprint(start)
    return Survey(
        start,
        tuple(families),
        listing,
        feed,
        sitemap,
        second,
        tuple(examples),
        walk.page(imprint) if imprint else None,
        walk.page(_home(start.url)),
        missing,
    )


def _sitemap(walk: _Walk, listing: Found | None, feed: Found | None) -> Found | None:
    """The sitemap; of an index, the part that speaks of the press, else the first."""
    entries = [*(listing.entries if listing else ()), *(feed.entries if feed else ())]
    found = sitemap_found(walk.pages(), entries)
    if found is None or found.entries or not found.parts:
        return found
    part = max(found.parts, key=lambda url: (leads.promise_of(url, ""), url))
    walk.go([part])
    page = walk.page(part)
    inner = sitemap_found([page], entries) if page else None
    return inner and Found(found.page, "sitemap", inner.entries, inner.rules, parts=found.parts)


def _spread(urls: Sequence[str]) -> list[str]:
    """Some of the addresses: the first, the last, one between."""
    places = dict.fromkeys((0, len(urls) // 2, len(urls) - 1)) if urls else ()
    return list(dict.fromkeys(urls[place] for place in places))[:EXAMPLES]

"""Where a page may lead to lists of releases: feeds, sitemaps, and links that speak of the press."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import Tag

from archive.urls import canonical
from crawler.signs import site
from crawler.spiders.anchors import target
from crawler.spiders.select import clean
from crawler.visited import Visited, addresses

# What a link says or where it leads, and how likely a list of releases is there.
PRESS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:presse|medien)[- ]?(?:mitteilung|information|meldung)en", re.IGNORECASE), 6),
    (re.compile(r"(?:presse|medien)(?:mitteilung|information|meldung|service)|newsroom", re.IGNORECASE), 4),
    (re.compile(r"presse(?:\b|stelle|portal|bereich|raum|archiv)|^presse", re.IGNORECASE), 3),
    (re.compile(r"\b(?:medien|aktuelle?s?|meldungen|nachrichten|news)\b", re.IGNORECASE), 2),
)
NOT_PRESS = re.compile(
    r"kontakt|verteiler|newsletter|\babo|bild|foto|video|mediathek|akkredit|anmeld|termin|\brss\b|intern\b"
    r"|sozial|social|facebook|login|datenschutz|barriere|leichte|gebaerden|english|/en/|kampagne",
    re.IGNORECASE,
)
FILE = re.compile(r"\.(?:pdf|jpe?g|png|gif|svg|zip|docx?|xlsx?|mp[34]|ics|css|js)$", re.IGNORECASE)
FEED = re.compile(r"\brss|rss\b|\bfeed|\batom\b|newsfeed", re.IGNORECASE)
NO_FEED = re.compile(r"comment|kommentar|podcast|video|termin|event|kalender", re.IGNORECASE)
FEEDS = "link[rel~=alternate][type*=rss], link[rel~=alternate][type*=atom], link[type*='rss+xml']"
PARENTS = 3
IMPRINT = re.compile(r"impressum", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """An address worth a look, and how likely what is looked for lies there."""

    url: str
    promise: int


def press(page: Visited) -> list[Lead]:
    """Links to lists of releases, the likeliest first; folders above a page count when their names speak."""
    best: dict[str, int] = {}
    for url, text in links(page):
        promise = promise_of(url, text)
        if promise > 0:
            best[url] = max(promise, best.get(url, 0))
    for url in parents(page.url):
        if promise := promise_of(url, ""):
            best[url] = max(promise + 1, best.get(url, 0))
    best.pop(canonical(page.url), None)
    return sorted((Lead(*item) for item in best.items()), key=lambda lead: (-lead.promise, len(lead.url)))


def promise_of(url: str, text: str) -> int:
    """How much address and text of a link speak of a list of releases; 0 where nothing does.

    >>> promise_of("https://example.org/presse/pressemitteilungen/", "Pressemitteilungen")
    12
    >>> promise_of("https://example.org/presse/kontakt", "Kontakt")
    0
    """
    path = urlsplit(url).path.replace("_", " ").replace("-", " ")
    if NOT_PRESS.search(text) or NOT_PRESS.search(path) or FILE.search(path):
        return 0
    last = path.rstrip("/").rpartition("/")[2]
    told = [max((worth for word, worth in PRESS if word.search(part)), default=0) for part in (text, last)]
    above = max((worth for word, worth in PRESS if word.search(path)), default=0)
    return sum(told) or (above and 1)


def feeds(page: Visited) -> list[str]:
    """Feeds that the head of a page names, then those that it links."""
    stated = [str(node.get("href") or "") for node in page.soup.select(FEEDS)]
    linked = [url for url, text in links(page) if FEED.search(f"{target(url)} {text}")]
    own = [url for url in addresses([*stated, *linked], page.base) if site(url) == site(page.url)]
    wanted = [url for url in own if not NO_FEED.search(target(url))]
    return sorted(wanted, key=lambda url: -sum(w for p, w in PRESS if p.search(url.replace("_", " "))))


def imprint(page: Visited) -> str | None:
    """The page that says who publishes all this."""
    return next((url for url, text in links(page) if IMPRINT.search(text) or IMPRINT.search(url)), None)


def sitemaps(robots: bytes) -> list[str]:
    """Those that a robots.txt names."""
    lines = robots.decode("utf-8", "replace").splitlines()
    return list(addresses(line[8:].strip() for line in lines if line.lower().startswith("sitemap:")))


def parents(url: str) -> list[str]:
    """The folders above a page, the nearest first, and the page without its query.

    >>> parents("https://example.org/a/b/c.html")
    ['https://example.org/a/b', 'https://example.org/a/b/', 'https://example.org/a', 'https://example.org/a/']
    """
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    found = [f"{root}{parts.path}"] if parts.query else []
    path = parts.path.rstrip("/")
    for _ in range(PARENTS):
        path = path.rpartition("/")[0]
        if path:
            found += [root + path, f"{root}{path}/"]
    return found


def links(page: Visited) -> Iterator[tuple[str, str]]:
    """Address and text of each link that stays with the same operator."""
    own = site(page.url)
    return ((url, said(node)) for url, node in page.anchors if site(url) == own)


def said(node: Tag) -> str:
    """What a link says, by its text or by its label."""
    return clean(node.get_text(" ")) or clean(str(node.get("title") or node.get("aria-label") or ""))

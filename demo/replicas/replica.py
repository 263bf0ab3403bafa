"""What all replicas share: which releases they show, the pages of a list, and answers for the rest."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from demo.collection import written
from demo.exchange import Request, Response
from demo.newsroom import NOTICE
from demo.portals.markup import escape, http_date, validated
from demo.release import DemoRelease

COUNT = 24  # releases that the first crawl finds; the second finds one more
PER_PAGE = 6
CHANGED = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Shown:
    """One page of a list; pages count from 1."""

    request: Request
    number: int
    last: int
    total: int
    releases: Sequence[DemoRelease]


@dataclass(frozen=True)
class Replica:
    """One portal, told by its lists and pages; addresses are path and query as the portal links them."""

    newsroom: str  # whose invented releases it shows
    path: str  # of the list, a regular expression
    number: Callable[[Request], int]  # of a page of the list, from what is asked
    listing: Callable[[Shown], Response]
    address: Callable[[DemoRelease], str]
    detail: Callable[[DemoRelease], Response]
    others: Callable[[Request], Response | None] = lambda _: None  # whatever else it answers
    per_page: int = PER_PAGE
    listed: Literal["address", "title", "day"] = "day"  # what rows of its list tell, each with those before
    dated: bool = True  # whether its pages state their day, or leave that to the list
    labelled: bool = True  # whether its pages say what kind of document they are
    opening: str = ""  # what stands before the first word of each text

    def __call__(self, request: Request) -> Response:
        """Answer one request."""
        if request.path == "/robots.txt":
            return Response(200, b"User-agent: *\nDisallow: /intern/\n", "text/plain; charset=utf-8")
        if response := self.others(request):
            return response
        for release in shown(self.newsroom, request.epoch):
            path, _, query = self.address(release).partition("?")
            if path == request.path and (not query or query in _query(request)):
                return validated(request, self.detail(release), CHANGED)
        if re.fullmatch(self.path, request.path):
            return self._listing(request)
        return document("Seite nicht gefunden", "<main><h1>Fehler 404</h1></main>", status=404)

    def _listing(self, request: Request) -> Response:
        releases, number = shown(self.newsroom, request.epoch), self.number(request)
        last = -(-len(releases) // self.per_page)
        page = releases[(number - 1) * self.per_page : number * self.per_page]
        return validated(request, self.listing(Shown(request, number, last, len(releases), page)), CHANGED)


def shown(newsroom: str, epoch: int) -> tuple[DemoRelease, ...]:
    """The releases of a replica, newest first."""
    return written(newsroom)[1 - epoch : COUNT + 1]


def document(title: str, body: str, head: str = "", status: int = 200) -> Response:
    """A whole page; it says at its foot what it is."""
    html = (
        f'<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}'
        f'</head><body><nav><ul><li><a href="/">Startseite</a></li><li><a href="/intern/">Intern</a></li>'
        f"</ul></nav>{body}<footer><p>Impressum Datenschutz Barrierefreiheit</p><p>{NOTICE}</p></footer>"
        f"</body></html>\n"
    )
    return Response(status, html.encode())


def numbered(name: str, first: int = 0, step: int = 1) -> Callable[[Request], int]:
    """The number of a page by a parameter that counts from `first` in steps."""
    return lambda request: (int(request.query.get(name) or first) - first) // step + 1


def spelt(release: DemoRelease) -> str:
    """The day of a release as "5. Oktober 2021"."""
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    day = release.published
    return f"{day.day}. {months[day.month - 1]} {day.year}"


def rss(request: Request, site: str, address: Callable[[DemoRelease], str], newsroom: str) -> Response:
    """A feed of the newest releases, each with its institution as category."""
    items = "".join(
        f"<item><title>{escape(r.title)}</title><link>{request.base}{address(r)}</link>"
        f"<category>{r.author}</category><pubDate>{http_date(r.published)}</pubDate>"
        f"<description>{escape(r.lead)}</description></item>"
        for r in shown(newsroom, request.epoch)[:10]
    )
    channel = f"<channel><title>{site}</title>{items}</channel>"
    xml = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'
    return validated(request, Response(200, xml.encode(), "application/rss+xml"), CHANGED)


def identity(release: DemoRelease) -> int:
    """A number as content management systems give to their pages."""
    return (release.published.replace(tzinfo=UTC) - datetime(2000, 1, 1, tzinfo=UTC)) // timedelta(
        minutes=1
    ) % 900_000 + 100_000


def _query(request: Request) -> str:
    return "&".join(f"{name}={value}" for name, value in request.query.items())

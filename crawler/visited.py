"""A few pages of a portal that no source file describes yet, fetched by the crawler and read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from scrapy.http import Headers, HtmlResponse, Response
from scrapy.responsetypes import responsetypes
from sqlite_utils import Database

from archive import captures
from archive.source import Evidence, Name, Seed, Source
from archive.store import open_archive
from archive.urls import canonical
from crawler.bases import readable
from crawler.run import crawl

KEY = "visit"
MOST_BYTES = 3 << 20  # of a page that is looked at; menus of real portals weigh a tenth of it
XML_ROOTS = (b"<rss", b"<feed", b"<rdf:", b"<urlset", b"<sitemapindex")


@dataclass(frozen=True)
class Visited:
    """One answer: `asked` is the address asked for, `url` the one that answered in the end."""

    asked: str
    url: str
    status: int
    content_type: str | None
    body: bytes
    trouble: str | None = None  # why nothing came; the status is 0 then

    @cached_property
    def response(self) -> Response:
        """As the readers of lists take it."""
        headers = Headers({"Content-Type": self.content_type or "text/html"})
        kind = responsetypes.from_args(headers=headers, url=self.url, body=self.body)
        return readable(kind(self.url, headers=headers, body=self.body))

    @cached_property
    def is_page(self) -> bool:
        """Whether it is a page of HTML that came well."""
        return self.status == 200 and isinstance(self.response, HtmlResponse) and not self.is_xml

    @cached_property
    def is_xml(self) -> bool:
        """Whether it looks like a feed or a sitemap, whatever it is called; sitemaps may be packed."""
        packed = self.body.startswith(b"\x1f\x8b")
        return self.status == 200 and (packed or any(r in self.body[:1_000].lower() for r in XML_ROOTS))

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree; without anything in it where it is no page."""
        return BeautifulSoup(self.body[:MOST_BYTES] if self.is_page else b"", "lxml")

    @cached_property
    def anchors(self) -> list[tuple[str, Tag]]:
        """Its links, with the addresses to which they lead."""
        found = self.soup.find_all("a", href=True)
        return [(url, node) for node in found for url in addresses([str(node["href"])], self.base)]

    @cached_property
    def base(self) -> str:
        """What relative links of the page are joined to."""
        stated = str(self.soup.base.get("href") or "") if self.soup.base else ""
        return next(addresses([stated], self.url), self.url) if stated else self.url


Visit = Callable[[Sequence[str]], list[Visited]]


def visitor(folder: Path, contact: str | None) -> Visit:
    """A way to fetch addresses by a crawl that follows no links; its evidence goes to `folder`.

    robots.txt of each host comes along. Raises ArchiveError where a live portal would not learn whom to
    write to.
    """
    archive, warc = folder / "visit.db", folder / "warc"

    def visit(urls: Sequence[str]) -> list[Visited]:
        source = _source(urls)
        mark = _last(archive)
        [run] = crawl([KEY], archive, warc, contact=contact, limit=0, sources={KEY: source})
        db = open_archive(archive)
        try:
            answers = list(_answers(db, warc, mark))
            came = {answer.asked for answer in answers}
            told = dict(db.execute("SELECT subject, message FROM issues ORDER BY id").fetchall())
            why = run.reason or "no answer"
            lost = [Visited(u, u, 0, None, b"", told.get(u, why)) for u in urls if u not in came]
            return [*answers, *lost]
        finally:
            db.close()

    return visit


def addresses(urls: Iterable[str], base: str | None = None) -> Iterator[str]:
    """The addresses that can be asked for, in their canonical form, each once."""
    told = (_address(url, base) for url in urls)
    return (url for url in dict.fromkeys(told) if url)


def _address(url: str, base: str | None) -> str:
    """Empty for mailto:, javascript: and what is no address at all."""
    try:
        return canonical(url, base)
    except ValueError:
        return ""


def _source(urls: Sequence[str]) -> Source:
    return Source(
        key=KEY,
        title="a portal that is looked at",
        publisher=KEY,
        jurisdiction="DE",
        family="generic",
        status="unconfirmed",
        home=urls[0],
        names=(Name(name="not known yet"),),
        seeds=tuple(Seed(url=url) for url in urls),
        evidence=Evidence(years="", confidence="low"),
    )


def _last(archive: Path) -> int:
    if not archive.exists():
        return 0
    db = open_archive(archive)
    (last,) = db.execute("SELECT max(id) FROM captures").fetchone()
    db.close()
    return int(last or 0)


def _answers(db: Database, warc: Path, mark: int) -> Iterator[Visited]:
    rows = db.execute("SELECT id FROM captures WHERE id > ? AND status NOT BETWEEN 300 AND 399", (mark,))
    for (capture_id,) in rows.fetchall():
        capture = captures.get(db, capture_id)
        assert capture is not None
        body = captures.payload(db, warc, capture).payload
        yield Visited(capture.requested_url, capture.url, capture.status, capture.content_type, body)

"""Writes what list and newest release of each replica come out as: `python -m tests.families.goldens`."""

import json
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from scrapy.http import HtmlResponse

from archive.source import Source, families
from crawler.spiders import listing
from crawler.spiders.page import Page
from demo.release import DemoRelease
from demo.replicas.registry import CRAWLED, REPLICAS, replica_sources
from demo.replicas.replica import shown
from demo.server import DemoServer
from pipeline.parse.page import Page as ReadPage
from pipeline.parse.page import parse

FOLDER = Path(__file__).parent / "goldens"


def facts(server: DemoServer, key: str) -> dict[str, object]:
    """The rows of a list's first page and all fields of the newest release, without the server's port."""
    page = detail(server, key, shown(REPLICAS[key].newsroom, 1)[0])
    rows = _rows(replica_sources(server)[key])
    found = {"listing": rows, "detail": {**page.as_json(), "rules": dict(page.rules)}}
    return json.loads(json.dumps(found).replace(server.base(key), ""))  # type: ignore[no-any-return]


def detail(server: DemoServer, key: str, release: DemoRelease) -> ReadPage:
    """A release of a replica, parsed as a page of the real source."""
    url = server.base(key) + REPLICAS[key].address(release)
    return parse(_fetch(url), url, date(2026, 7, 1), replica_sources(server)[key])


def first_page(source: Source) -> Page:
    """The first page of the list that decides, read as a crawl reads it."""
    seed = next(s for s in sorted(source.seeds, key=lambda s: s.count is None) if s.role == "listing")
    return read_page(source, seed.url, seed.body)


def read_page(source: Source, url: str, body: str | None = None, number: int = 1) -> Page:
    """A page of a list as a crawl reads it."""
    response = HtmlResponse(url, body=_fetch(url, body), encoding="utf-8")
    return listing.read(response, source, listing.rules(source, families()[source.family]), number)


def _rows(source: Source) -> list[dict[str, str]]:
    entries = first_page(source).entries
    fields = ("url", "title", "kicker", "number", "listed_on", "lead")
    return [{name: value for name in fields if (value := getattr(entry, name))} for entry in entries]


def _fetch(url: str, body: str | None = None) -> bytes:
    request = Request(url.replace(" ", "%20"), data=body.encode() if body else None)
    try:
        with urlopen(request) as answer:
            return answer.read()  # type: ignore[no-any-return]
    except HTTPError as error:
        if error.code != 429:
            raise
        return _fetch(url, body)


def main() -> None:
    """Write all goldens anew; read the diff before a commit."""
    FOLDER.mkdir(exist_ok=True)
    with DemoServer(epoch=1, portals=REPLICAS) as server:
        for key in CRAWLED:
            text = json.dumps(facts(server, key), ensure_ascii=False, indent=2, sort_keys=True)
            (FOLDER / f"{key}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()

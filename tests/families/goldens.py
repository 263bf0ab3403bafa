"""Writes what list and newest release of each replica come out as: `python -m tests.families.goldens`."""

import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from scrapy.http import HtmlResponse

from archive.source import Source, families, registry
from crawler.spiders import listing
from crawler.spiders.page import Page
from demo.exchange import Request
from demo.release import DemoRelease
from demo.replicas.registry import CRAWLED, REPLICAS, moved
from demo.replicas.replica import shown
from pipeline.parse.page import Page as ReadPage
from pipeline.parse.page import parse

BASE = "http://127.0.0.1"
FOLDER = Path(__file__).parent / "goldens"


def facts(key: str) -> dict[str, object]:
    """The rows of a list's first page and all fields of the newest release, by addresses without the host."""
    page = detail(key, shown(REPLICAS[key].newsroom, 1)[0])
    rows = _rows(standing(key))
    found = {"listing": rows, "detail": {**page.as_json(), "rules": dict(page.rules)}}
    return json.loads(json.dumps(found).replace(BASE, ""))  # type: ignore[no-any-return]


def standing(key: str) -> Source:
    """A real source as it is at its replica."""
    return moved(registry()[key], BASE)


def detail(key: str, release: DemoRelease) -> ReadPage:
    """A release of a replica, parsed as a page of the real source."""
    url = BASE + REPLICAS[key].address(release)
    return parse(_fetch(key, url), url, date(2026, 7, 1), standing(key))


def first_page(source: Source) -> Page:
    """The first page of the list that decides, read as a crawl reads it."""
    seed = next(s for s in sorted(source.seeds, key=lambda s: s.count is None) if s.role == "listing")
    return read_page(source, seed.url, seed.body)


def read_page(source: Source, url: str, body: str | None = None, number: int = 1) -> Page:
    """A page of a list as a crawl reads it."""
    response = HtmlResponse(url, body=_fetch(source.key, url, body), encoding="utf-8")
    return listing.read(response, source, listing.rules(source, families()[source.family]), number)


def _rows(source: Source) -> list[dict[str, str]]:
    entries = first_page(source).entries
    fields = ("url", "title", "kicker", "number", "listed_on", "lead")
    return [{name: value for name in fields if (value := getattr(entry, name))} for entry in entries]


def _fetch(key: str, url: str, body: str | None = None) -> bytes:
    """What a replica answers, on its second visit, after the new release."""
    parts = urlsplit(url)
    query, sent = dict(parse_qsl(parts.query, keep_blank_values=True)), (body or "").encode()
    request = Request(unquote(parts.path), BASE, query, epoch=1, visits=1, body=sent)
    response = REPLICAS[key](request)
    assert response.status == 200, url
    assert isinstance(response.body, bytes)
    return response.body


def main() -> None:
    """Write all goldens anew; read the diff before a commit."""
    FOLDER.mkdir(exist_ok=True)
    for key in CRAWLED:
        text = json.dumps(facts(key), ensure_ascii=False, indent=2, sort_keys=True)
        (FOLDER / f"{key}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()

"""Writes what list and newest release of each replica come out as: `python -m tests.families.goldens`."""

import json
from pathlib import Path
from urllib.request import Request, urlopen

from scrapy.http import HtmlResponse

from archive.source import Source, families
from crawler.spiders import listing
from demo.replicas.registry import CRAWLED, REPLICAS, replica_sources
from demo.replicas.replica import shown
from demo.server import DemoServer
from pipeline.parse.page import parse

FOLDER = Path(__file__).parent / "goldens"


def facts(server: DemoServer, key: str) -> dict[str, object]:
    """The rows of a list's first page and all fields of the newest release, without the server's port."""
    source, base = replica_sources(server)[key], server.base(key)
    address = REPLICAS[key].address(shown(REPLICAS[key].newsroom, 1)[0])
    page = parse(_fetch(f"{base}{address}"), f"{base}{address}", source=source)
    found = {"listing": _rows(source), "detail": {**page.as_json(), "rules": dict(page.rules)}}
    return json.loads(json.dumps(found).replace(base, ""))  # type: ignore[no-any-return]


def _rows(source: Source) -> list[dict[str, str]]:
    """The rows of the list that decides, read as a crawl reads them."""
    seed = next(s for s in sorted(source.seeds, key=lambda s: s.count is None) if s.role == "listing")
    response = HtmlResponse(seed.url, body=_fetch(seed.url, seed.body), encoding="utf-8")
    rules = listing.rules(source, families()[source.family])
    entries = listing.read(response, source, rules, 1).entries
    fields = ("url", "title", "kicker", "number", "listed_on", "lead")
    return [{name: value for name in fields if (value := getattr(entry, name))} for entry in entries]


def _fetch(url: str, body: str | None = None) -> bytes:
    request = Request(url.replace(" ", "%20"), data=body.encode() if body else None)
    with urlopen(request) as answer:
        return answer.read()  # type: ignore[no-any-return]


def main() -> None:
    """Write all goldens anew; read the diff before a commit."""
    FOLDER.mkdir(exist_ok=True)
    with DemoServer(epoch=1, portals=REPLICAS) as server:
        for key in CRAWLED:
            text = json.dumps(facts(server, key), ensure_ascii=False, indent=2, sort_keys=True)
            (FOLDER / f"{key}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()

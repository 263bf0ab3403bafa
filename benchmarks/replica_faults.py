"""Faults injected into replicas of real portals, which are then crawled: the verdict that each gets."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from rich.table import Table

from archive.history import CLEAN
from archive.source import Source, registry
from crawler.result import RunResult
from crawler.run import crawl
from demo.exchange import Request, Response, redirect
from demo.portals.markup import escape
from demo.release import DemoRelease
from demo.replicas.registry import REPLICAS, moved
from demo.replicas.replica import Replica, Shown, document, shown
from demo.server import DemoServer

START = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
CAPTCHA = b"<html><title>Are you human?</title><body><div class='g-recaptcha'></div></body></html>"
CLASS = re.compile(rb"""\bclass=(["'])([^"']*)\1""")
Releases = tuple[DemoRelease, ...]


@dataclass
class Portal:
    """A replica that breaks when it is told to."""

    key: str
    fault: str | None = None

    def __call__(self, request: Request) -> Response:
        replica = REPLICAS[self.key]
        if self.fault:
            request = replace(request, headers={})  # what is broken is sent in full
        if self.fault == RELAUNCH:
            return relaunched(replica, request)
        if self.fault in LISTS:
            return relisted(replica, LISTS[self.fault])(request)
        lists = {urlsplit(seed.url).path or "/" for seed in registry()[self.key].seeds}
        if self.fault is None or request.path not in lists:
            home = document("Startseite", "<main><h1>Willkommen im Ministerium</h1></main>")
            return home if self.fault and request.path == "/" else replica(request)
        return ANSWERS[self.fault](replica(request))


def relisted(replica: Replica, change: Callable[[Releases], Releases]) -> Replica:
    """A replica whose list shows other releases than it has."""

    def listing(shown: Shown) -> Response:
        releases = change(tuple(shown.releases))
        return replica.listing(replace(shown, releases=releases, last=shown.last if releases else 1))

    return replace(replica, listing=listing)


def relaunched(replica: Replica, request: Request) -> Response:
    """The portal made anew: other classes, every release at another address, the old ones gone."""
    places = [replica.address(release) for release in shown(replica.newsroom, request.epoch)]
    asked = urlencode(request.query)
    if any(p.partition("?")[0] == request.path and p.partition("?")[2] in asked for p in places):
        return document("Seite nicht gefunden", "<main><h1>Fehler 404</h1></main>", status=404)
    if request.path.startswith(MOVED):
        return _renamed(replica(replace(request, path=request.path.removeprefix(MOVED))))
    response = _renamed(replica(request))
    body = bytes(response.body) if isinstance(response.body, bytes) else b""
    for place in places:
        for told in {place, escape(place), place.replace("/", "\\/")}:
            body = re.sub(rf"{re.escape(told)}(?=[\"'<?;])".encode(), f"{MOVED}{told}".encode(), body)
        short = place.removeprefix("/")  # pages with a base address link without the slash
        body = re.sub(rf"(?<=[\"'])(?={re.escape(short)}[\"';])".encode(), f"{MOVED[1:]}/".encode(), body)
    return replace(response, body=body)


def _renamed(response: Response) -> Response:
    body = response.body if isinstance(response.body, bytes) else b""
    return replace(response, body=CLASS.sub(rb"class=\1x-neu\1", body), headers={})


LISTS: dict[str, Callable[[Releases], Releases]] = {
    "empty list": lambda releases: (),
    "half the rows missing": lambda releases: releases[::2],
    "all dates a year ahead": lambda releases: tuple(
        replace(one, published=one.published + timedelta(days=3650)) for one in releases
    ),
    "all titles the same": lambda releases: tuple(replace(one, title="Presse") for one in releases),
}
RELAUNCH = "relaunch, new addresses"
MOVED = "/neu"  # stands before each address of a release then
DATED = ("all dates a year ahead",)
RIGHT = {  # another list of the source may still speak
    "empty list": ("failed", "partial"),
    "half the rows missing": ("partial",),
    "all dates a year ahead": ("layout_changed",),
    "all titles the same": ("layout_changed",),
    "renamed class": ("layout_changed",),
    RELAUNCH: ("layout_changed",),
    "captcha page": ("blocked",),
    "redirect to home": ("unreachable",),
    "503 storm": ("unreachable",),
    "list or feed turned into another page": ("layout_changed",),
}
ANSWERS: dict[str, Callable[[Response], Response]] = {
    "renamed class": _renamed,
    "captcha page": lambda _: Response(200, CAPTCHA),
    "redirect to home": lambda _: redirect("/", 302),
    "503 storm": lambda _: Response(503, b"later"),
    "list or feed turned into another page": lambda _: document("Presse", "<main>" + "<p>Neu</p>" * 400),
}


def run(keys: tuple[str, ...] = tuple(REPLICAS)) -> dict[str, dict[str, RunResult]]:
    """Results of all replicas for each fault, after three nights without one."""
    portals = {key: Portal(key) for key in keys}
    found = {}
    with tempfile.TemporaryDirectory() as name, DemoServer(portals=portals) as server:
        sources = {key: moved(registry()[key], server.base(key)) for key in keys}
        calm = Path(name) / "calm"
        calm.mkdir()
        for night in range(3):
            _night(calm, sources, night)
        for number, fault in enumerate((*LISTS, *ANSWERS, RELAUNCH)):
            for portal in portals.values():
                portal.fault = fault
            folder = Path(name) / str(number)
            shutil.copytree(calm, folder)
            found[fault] = _night(folder, sources, 3)
    return found


def _night(folder: Path, sources: dict[str, Source], night: int) -> dict[str, RunResult]:
    at = START + night * timedelta(days=1)
    results = crawl(sources, folder / "archive.db", folder / "warc", sources=sources, now=at)
    return {result.source_key: result for result in results}


def replica_table(found: dict[str, dict[str, RunResult]]) -> Table:
    """Each fault with the verdicts that it got."""
    table = Table(title="Replicas of real portals, crawled")
    for head in ("fault", "replicas", "named in the next run", "no row lost", "verdicts"):
        table.add_column(head)
    for fault, results in found.items():
        hit = [result for key, result in results.items() if applies(fault, key)]
        named = sum(result.verdict in RIGHT[fault] for result in hit)
        unhurt = sum(r.verdict in CLEAN and fault == "renamed class" for r in hit)
        verdicts = Counter(result.verdict for result in hit).most_common()
        said = ", ".join(f"{name} {count}" for name, count in verdicts)
        table.add_row(fault, str(len(hit)), str(named), str(unhurt or ""), said)
    return table


def applies(fault: str, key: str) -> bool:
    """Whether a source has what a fault breaks: a list besides feeds, days on it, a home page beside it."""
    replica, paths = REPLICAS[key], [urlsplit(seed.url).path or "/" for seed in registry()[key].seeds]
    if fault == "redirect to home":
        return "/" not in paths
    listed = fault not in LISTS or any(re.fullmatch(replica.path, path) for path in paths)
    told = {**dict.fromkeys(DATED, ("day",)), "all titles the same": ("title", "day")}
    return listed and (fault not in told or replica.listed in told[fault])

"""What 150 sources are asked in a first, an unchanged and a changed run, and a day later.

All replicas of real portals by the files of the real sources, and 25 of them a second time under another key.
`python -m benchmarks.requests` prints the table and writes docs/requests.md.
"""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import click
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from archive.source import Source, registry
from crawler.run import crawl
from demo.replicas.registry import REPLICAS, moved
from demo.server import DemoServer, Logged

SOURCES = 150
START = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
KINDS = ("robots.txt", "tdmrep.json", "lists", "releases", "files")
PAGE = Path(__file__).parents[1] / "docs" / "requests.md"


@dataclass(frozen=True)
class Run:
    """One crawl of all sources and what it asked for."""

    name: str
    seconds: float
    verdicts: Counter[str]
    log: tuple[tuple[str, Logged], ...]  # kind and request, in the order of answers

    def count(self, kind: str, *statuses: int) -> int:
        return sum(k == kind and r.status in statuses for k, r in self.log)

    def by_source(self) -> dict[str, Counter[tuple[str, int]]]:
        found: dict[str, Counter[tuple[str, int]]] = {}
        for kind, request in self.log:
            found.setdefault(request.portal, Counter())[kind, request.status] += 1
        return found


@dataclass
class Portals:
    """The served replicas and their sources."""

    server: DemoServer
    sources: dict[str, Source]
    folder: Path
    lists: dict[str, set[str]] = field(default_factory=dict)

    def run(self, name: str, epoch: int, at: timedelta) -> Run:
        self.server.epoch, mark, began = epoch, len(self.server.requests), perf_counter()
        place = (self.folder / "archive.db", self.folder / "warc")
        results = crawl(self.sources, *place, sources=self.sources, now=START + at)
        log = [(self._kind(r), r) for r in self.server.requests[mark:]]
        seconds = perf_counter() - began
        return Run(name, seconds, Counter(r.verdict for r in results), tuple(log))

    def _kind(self, request: Logged) -> str:
        path = request.target.partition("?")[0]
        if path == "/robots.txt":
            return "robots.txt"
        if path.endswith("tdmrep.json"):
            return "tdmrep.json"
        if path.endswith((".pdf", ".docx")):
            return "files"
        releases = self.lists[request.portal]
        return "releases" if request.target in releases or path in releases else "lists"


def run(sources: int = SOURCES) -> list[Run]:
    """The four runs, in order."""
    keys = [key for key in REPLICAS if registry()[key].status != "retired"] + [
        key for key in REPLICAS if registry()[key].status == "retired"
    ]
    names = {key: key for key in keys} | {f"{key}-2": key for key in keys}
    chosen = dict(list(names.items())[:sources])
    with (
        tempfile.TemporaryDirectory() as folder,
        DemoServer(portals={name: REPLICAS[key] for name, key in chosen.items()}) as server,
    ):
        at = {
            name: replace(moved(registry()[key], server.base(name)), key=name) for name, key in chosen.items()
        }
        portals = Portals(server, at, Path(folder))
        portals.lists = {name: _releases(key) for name, key in chosen.items()}
        return [
            portals.run("first", 0, timedelta()),
            portals.run("unchanged, an hour later", 0, timedelta(hours=1)),
            portals.run("changed: one new release each", 1, timedelta(hours=2)),
            portals.run("unchanged, a day later", 1, timedelta(hours=27)),
        ]


def _releases(key: str) -> set[str]:
    """The addresses of a replica's releases."""
    from demo.replicas.replica import shown

    replica = REPLICAS[key]
    return {replica.address(release) for epoch in (0, 1) for release in shown(replica.newsroom, epoch)}


def over(runs: list[Run], seeds: dict[str, int]) -> list[str]:
    """Sources that cost an unchanged run more than a request per seed."""
    counts = runs[1].by_source()
    return [key for key, most in seeds.items() if sum(counts.get(key, Counter()).values()) > most]


def table(runs: list[Run]) -> list[tuple[str, ...]]:
    """A row per run: requests by kind as "200 / 304 / else", their sum, seconds."""
    rows = []
    for one in runs:
        cells = []
        for kind in KINDS:
            counts = Counter(request.status for k, request in one.log if k == kind)
            other = counts.total() - counts[200] - counts[304]
            cells.append(f"{counts[200]} / {counts[304]} / {other}" if counts else "–")
        rows.append((one.name, *cells, str(len(one.log)), f"{one.seconds:.1f}"))
    return rows


HEAD = ("run", *KINDS, "requests", "seconds")
INTRO = """# Requests
<!-- written by python -m benchmarks.requests -->

{count} sources on loopback: every replica of a real portal by the file of the real source, some of them
twice, with {seeds} seeds in all. Each replica has 24 releases on some four pages, a changed one has one more.
Requests by kind, as status 200 / 304 / other: the replicas have no tdmrep.json, some claimed feeds are not
there, and some pagers offer a page too many. What it means is said in [politeness](politeness.md).

"""


def page(runs: list[Run], sources: int, seeds: int) -> str:
    """The page with the table, the counts per source and the log of the unchanged run."""
    lines = [INTRO.format(count=sources, seeds=seeds), _row(HEAD), _row(["---"] * len(HEAD))]
    lines += [_row(row) for row in table(runs)]
    lines += [
        "",
        "## By source",
        "",
        "Requests and their statuses, lists / releases, without robots.txt.",
        "",
    ]
    lines += [_row(("source", *(one.name for one in runs))), _row(["---"] * (len(runs) + 1))]
    counted = [one.by_source() for one in runs]
    for key in sorted(counted[0]):
        lines.append(_row((f"`{key}`", *(_told(counts.get(key, Counter())) for counts in counted))))
    lines += ["", "## The log of the unchanged run", "", "```"]
    for _, request in sorted(runs[1].log, key=lambda pair: pair[1].portal):
        asked = "if changed" if {"if-none-match", "if-modified-since"} & set(request.headers) else "whole"
        lines.append(
            f"{request.portal:22} {request.method:4} {request.status} {asked:10} {request.target[:60]}"
        )
    return "\n".join([*lines, "```", ""]).replace("\n\n\n", "\n\n")


def _told(counts: Counter[tuple[str, int]]) -> str:
    def part(kind: str) -> str:
        found = sorted((status, n) for (k, status), n in counts.items() if k == kind)
        return ", ".join(f"{n}×{status}" for status, n in found) or "–"

    return f"{part('lists')} / {part('releases')}"


def _row(cells: "list[str] | tuple[str, ...]") -> str:
    return f"| {' | '.join(cells)} |"


@click.command()
@click.option("--sources", default=SOURCES, show_default=True, help="How many sources.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=PAGE, show_default=True)
def main(sources: int, out: Path) -> None:
    """Crawl the replicas four times and write down what they were asked."""
    runs, console = run(sources), Console(width=160)
    printed = Table(*HEAD)
    for row in table(runs):
        printed.add_row(*row)
    console.print(printed)
    for one in runs:
        console.print(f"{one.name}: {dict(one.verdicts)}")
    seeds = {name: len(registry()[name.removesuffix("-2")].seeds) for name in runs[0].by_source()}
    console.print(f"over one request per seed: {over(runs, seeds) or 'none'}")
    out.write_text(page(runs, len(seeds), sum(seeds.values())), "utf-8")


if __name__ == "__main__":
    main()

"""Other tools that read news from pages, on the same pages: how fast, and how much of a release they find.

`python -m benchmarks.peers PYTHON` takes the interpreter of an environment with trafilatura, news-please
and fundus; what is missing there is said and left out. Each peer first fetches every page with its own
means: counted is the processor time after its start, per page. Then each crawls by itself, start-up
included, as ours: the crawl with archive, and the build with mentions and index.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.table import Table

from archive.store import open_archive
from archive.words import alike
from benchmarks import crawl, peer_crawlers, site
from benchmarks.parse import word_f1
from demo.release import DemoRelease

PEERS = {
    "trafilatura": """
import trafilatura
def read(url):
    found = trafilatura.bare_extraction(trafilatura.fetch_url(url), url=url, with_metadata=True)
    return found.title, found.date, found.text
""",
    "news-please": """
from newsplease import NewsPlease
def read(url):
    found = NewsPlease.from_url(url, fetch_images=False)
    return found.title, str(found.date_publish or "")[:10], found.maintext
""",
    "fundus, with a parser for this portal": peer_crawlers.FUNDUS_PARSER
    + """
import requests
from datetime import datetime
session, portal = requests.Session(), Parser()
def read(url):
    found = portal(datetime.now()).parse(session.get(url).text, "raise")
    return found["title"], str(found["publishing_date"])[:10], str(found["body"])
""",
}
LOOP = """
import json, sys, time
urls = open(sys.argv[1]).read().split()
read(urls[0])
processor, elapsed = time.process_time(), time.perf_counter()
found = [read(url) for url in urls]
spent = time.process_time() - processor, time.perf_counter() - elapsed
json.dump({"spent": spent, "found": found}, open(sys.argv[2], "w"))
"""


@dataclass(frozen=True)
class Score:
    """One tool: time per page in milliseconds, and shares of what it found."""

    name: str
    processor: float
    elapsed: float
    title: float
    day: float
    text: float  # word F1


Found = tuple[str | None, str | None, str | None]
NOTHING: Found = (None, None, None)


def scores(python: Path, pages: int) -> Iterator[Score | str]:
    """The score of each tool, as a reader and as a crawler, ours last; or why there is none."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = site.write(folder / "site", pages)
        truth = [release for _, release in site.releases(pages)]
        with site.served(folder / "site", partial(peer_crawlers.add, folder / "site", paths)) as base:
            urls = [base + path for path in paths]
            (folder / "urls.txt").write_text("\n".join(urls))
            for peer, code in PEERS.items():
                yield _peer(python, peer, code, folder, truth)
            for number, (peer, code) in enumerate(peer_crawlers.CRAWLERS.items()):
                yield _crawler(python, peer, code, folder / f"crawl-{number}", urls, truth)
            yield from _ours(folder, base, urls, truth)


def _peer(python: Path, name: str, code: str, folder: Path, truth: list[DemoRelease]) -> Score | str:
    out = folder / "found.json"
    command = [str(python), "-c", code + LOOP, str(folder / "urls.txt"), str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return _left_out(name, done.stderr)
    told = json.loads(out.read_text())
    return _score(name, crawl.Spent(*told["spent"]), told["found"], truth)


def _crawler(
    python: Path, name: str, code: str, folder: Path, urls: list[str], truth: list[DemoRelease]
) -> Score | str:
    folder.mkdir()
    base = urls[0].removesuffix(urlsplit(urls[0]).path)
    command = [str(python), "-c", peer_crawlers.WRITE + code, base, str(folder), str(len(urls))]
    said: list[str] = []

    def run() -> None:
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            said.append(_left_out(name, done.stderr))

    took = crawl.spent(run)
    if said:
        return said[0]
    told = json.loads((folder / "found.json").read_text())
    found = [tuple(told.get(urlsplit(url).path, NOTHING)) for url in urls]
    return _score(f"{name}: {len(told)} found", took, found, truth)


def _left_out(name: str, said: str) -> str:
    lines = said.strip().splitlines()
    return f"{name}: left out ({lines[-1] if lines else 'it says nothing'})"


def _ours(folder: Path, base: str, urls: list[str], truth: list[DemoRelease]) -> Iterator[Score]:
    crawled = crawl.spent(lambda: crawl.collect(folder, base))
    yield _score("ours, fetched and archived", crawled, [NOTHING] * len(urls), truth)
    built = crawl.spent(lambda: crawl.read(folder, base))
    db = open_archive(folder / "archive.db")
    rows = db.execute(
        "SELECT url, r.title, published_on, text FROM releases r JOIN versions v ON v.id = version_id"
    )
    by_url = {url: found for url, *found in rows.fetchall()}
    db.close()
    whole = crawl.Spent(crawled.processor + built.processor, crawled.elapsed + built.elapsed)
    yield _score("ours, whole", whole, [by_url.get(url, NOTHING) for url in urls], truth)


def _score(name: str, spent: crawl.Spent, found: list[Found], truth: list[DemoRelease]) -> Score:
    count = len(truth)
    pairs = list(zip(found, truth, strict=True))
    return Score(
        name,
        spent.processor / count * 1000,
        spent.elapsed / count * 1000,
        sum(alike(told[0] or "") == alike(release.title) for told, release in pairs) / count,
        sum(told[1] == f"{release.published:%Y-%m-%d}" for told, release in pairs) / count,
        word_f1([told[2] or "" for told in found], [release.text for release in truth]),
    )


@click.command()
@click.argument("python", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--pages", type=click.IntRange(min=1), default=300)
def main(python: Path, pages: int) -> None:
    """Compare with the tools that the interpreter PYTHON can import."""
    console = Console()
    table = Table("", "CPU ms/page", "pages/CPU s", "ms/page", "title", "day", "text F1")
    for score in scores(python, pages):
        if isinstance(score, str):
            console.print(score)
        else:
            read = (score.title, score.day, score.text)
            shares = (f"{share:.3f}" if any(read) else "-" for share in read)
            paces = f"{score.processor:.1f}", f"{1000 / score.processor:.0f}", f"{score.elapsed:.1f}"
            table.add_row(score.name, *paces, *shares)
    console.print(table)


if __name__ == "__main__":
    main()

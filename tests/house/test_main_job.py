"""The main job end to end on the invented portals: crawl, archive, extract, change, crawl again."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.source import Source
from archive.store import open_archive
from crawler.result import RunResult
from crawler.run import crawl
from demo.collection import edition
from demo.registry import demo_sources
from demo.release import DemoRelease
from demo.server import PORTALS, DemoServer
from pipeline.run import build
from pipeline.verify import verify
from pipeline.write import Built

NOW = datetime(2026, 6, 27, 6, 0, tzinfo=UTC)
LATER = timedelta(days=40)  # after which every page is due for a look


@dataclass
class Job:
    """The archive after a first crawl, an unchanged one, and one after the portals changed."""

    folder: Path
    db: Database
    sources: dict[str, Source]
    runs: list[dict[str, RunResult]]
    built: list[Built]
    requests: list[int]

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return list(self.db.execute(sql, values).fetchall())


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    folder = tmp_path_factory.mktemp("job")
    archive, warc = folder / "archive.db", folder / "warc"
    with DemoServer() as portals:
        sources = demo_sources(portals)
        done = Job(folder, open_archive(archive), sources, [], [], [])
        for step, epoch in enumerate((0, 0, 1, 1, 1)):  # old pages come up again in portions, one a day
            portals.epoch = epoch
            now = NOW + (LATER + timedelta(days=step) if epoch else timedelta(hours=step))
            before = len(portals.requests)
            results = crawl(sources, archive, warc, sources=sources, now=now)
            done.requests.append(len(portals.requests) - before)
            done.runs.append({r.source_key: r for r in results})
            done.built.append(build(archive, warc, sources, now, workers=2))
    yield done
    done.db.close()


def releases(portal: str, epoch: int = 0) -> dict[str, DemoRelease]:
    return {release.slug: release for release in edition(portal, epoch).releases}


def test_every_source_is_crawled_well(job: Job) -> None:
    assert {r.verdict for r in job.runs[0].values()} <= {"ok"}


def test_nearly_every_release_is_held_with_its_title_and_day(job: Job) -> None:
    wanted = [
        (portal, release.title, release.published.date().isoformat())
        for portal in PORTALS
        for release in releases(portal).values()
    ]
    held = set(
        job.rows(
            "SELECT source_key, v.title, published_on FROM releases r JOIN versions v "
            "ON v.release_id = r.id AND v.number = 1"
        )
    )
    missing = [row for row in wanted if row not in held]
    assert len(missing) <= len(wanted) // 50, missing


def test_nothing_is_held_that_was_never_released(job: Job) -> None:
    titles = {r.title for portal in PORTALS for epoch in (0, 1) for r in releases(portal, epoch).values()}
    held = {str(row[0]) for row in job.rows("SELECT title FROM versions")}
    assert len(held - titles) <= len(titles) // 50, sorted(held - titles)


def test_a_second_run_asks_little_and_finds_nothing_new(job: Job) -> None:
    assert {r.verdict for r in job.runs[1].values()} == {"unchanged"}
    assert job.requests[1] <= 10 * len(PORTALS)
    assert (job.built[1].captures, job.built[1].new, job.built[1].changed) == (0, 0, 0)


def test_a_corrected_sum_is_a_second_version(job: Job) -> None:
    changes = sum(built.changed for built in job.built)
    assert changes >= 2 * len(PORTALS)
    assert job.rows("SELECT count(*) FROM releases WHERE versions = 2") == [(changes,)]


def test_a_moved_release_keeps_its_id(job: Job) -> None:
    for portal in PORTALS:
        for slug in edition(portal, 1).moved.values():
            [(title,)] = [(r.title,) for r in edition(portal, 1).releases if r.slug == slug]
            ids = job.rows(
                "SELECT DISTINCT release_id FROM versions WHERE title = ? AND release_id LIKE ?",
                title,
                f"{portal}-%",
            )
            assert len(ids) == 1, (portal, slug)


def test_a_vanished_page_leaves_its_release_untouched(job: Job) -> None:
    for portal in PORTALS:
        for slug in edition(portal, 1).gone:
            title = releases(portal)[slug].title
            assert job.rows("SELECT versions FROM releases WHERE title = ? AND source_key = ?", title, portal)


def test_evidence_passes_the_check_of_its_standard(job: Job) -> None:
    files = sorted(map(str, (job.folder / "warc").rglob("*.warc.gz")))
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_everything_agrees(job: Job) -> None:
    assert list(verify(job.db, job.folder / "warc")) == []


def test_a_rebuild_comes_out_the_same(job: Job) -> None:
    tables = {
        "releases": "SELECT id, title, published_on, versions, first_seen_at, last_seen_at FROM releases",
        "versions": "SELECT id, text_hash, capture_id FROM versions",
        "amounts": 'SELECT release_id, field, "start", surface, value_max FROM amounts',
        "districts": "SELECT release_id, surface, district_ags, rule FROM district_mentions",
        "grants": "SELECT release_id, recipient, value_max, sentence FROM grants",
    }
    before = {name: sorted(job.rows(sql), key=repr) for name, sql in tables.items()}
    build(job.folder / "archive.db", job.folder / "warc", job.sources, NOW + LATER, rebuild=True, workers=2)
    assert {name: sorted(job.rows(sql), key=repr) for name, sql in tables.items()} == before

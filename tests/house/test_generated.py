"""The generated archive by which builds are measured: the same each time, and read as what it is."""

from pathlib import Path

import pytest

from archive.source import Source
from archive.store import read_archive
from benchmarks.million import evidence, texts
from benchmarks.million.plot import drawn, slope
from pipeline.parse.page import parse

SOURCES = evidence.sources()


def test_there_are_150_sources_that_share_all_releases() -> None:
    shares = evidence.shares(10_000)
    assert len(SOURCES) == len(shares) == evidence.SOURCES
    assert sum(share.releases for share in shares) == 10_000


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_page_is_read_as_what_it_was_made_of(source: Source) -> None:
    told = texts.release(source.key, source.jurisdiction, 3, 40, "seed")
    page = parse(evidence.page(source.key, told, 3), f"{source.home}presse/3", told.published.date(), source)
    assert page.title is not None
    assert told.title in page.title
    assert page.text is not None
    assert all(block.text in page.text for block in told.body)


def test_the_same_evidence_comes_out_each_time(tmp_path: Path) -> None:
    payloads = []
    for name in ("one", "other"):
        evidence.fill(tmp_path / name, 150, workers=1)
        db = read_archive(tmp_path / name / "archive.db")
        rows = db.execute("SELECT id, url, captured_at, payload_digest FROM captures ORDER BY id").fetchall()
        payloads.append(rows)
        db.close()
    assert payloads[0] == payloads[1]
    assert len(payloads[0]) >= 150


def test_growth_is_the_slope_of_the_logarithms() -> None:
    found = [
        {"releases": n, "cpu_seconds_writer": n / 500, "cpu_seconds_workers": n / 200} for n in (10**4, 10**5)
    ]
    assert slope([(one["releases"], one["cpu_seconds_workers"]) for one in found]) == pytest.approx(1)
    assert "power of 1.00" in drawn(found)

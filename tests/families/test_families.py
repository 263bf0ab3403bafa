"""Each family crawls to the end and comes out right by data alone: the files of source and family."""

import json
from pathlib import Path

import pytest

from archive.records import Entry
from archive.source import Source, registry
from crawler.spiders.page import Page
from demo.release import DemoRelease
from demo.replicas.registry import CRAWLED, REPLICAS
from demo.replicas.replica import COUNT, shown
from pipeline.parse.page import Page as ReadPage
from tests.families.conftest import Crawled
from tests.families.goldens import BASE, FOLDER, detail, facts, first_page, read_page, standing

WITHOUT = {"bb-land"}  # paths of its releases are not known


@pytest.mark.parametrize("key", CRAWLED)
def test_a_first_crawl_finds_every_release_to_the_last_page(crawled: Crawled, key: str) -> None:
    result = crawled.results[0][key]
    assert (result.verdict, result.reason, result.errors) == ("ok", None, 0)
    assert result.new_entries == COUNT


@pytest.mark.parametrize("key", CRAWLED)
def test_a_second_crawl_fetches_the_new_release_alone(crawled: Crawled, key: str) -> None:
    assert (crawled.results[1][key].verdict, crawled.results[1][key].new_entries) == ("ok", 1)
    asked = [entry for entry in crawled.requests[1] if entry.portal == key]
    new = crawled.url(key, shown(REPLICAS[key].newsroom, 1)[0]).removeprefix(crawled.bases[key])
    seeds = len(crawled.sources[key].seeds)
    assert [entry.target for entry in asked].count(new) == 1
    assert len(asked) <= 1 + 3 * seeds, "three pages of each list at most"


@pytest.mark.parametrize("key", CRAWLED)
def test_a_third_crawl_asks_once_for_each_list(crawled: Crawled, key: str) -> None:
    result = crawled.results[2][key]
    assert (result.verdict, result.new_captures) == ("unchanged", 0)
    assert result.requests == len(crawled.sources[key].seeds)


@pytest.mark.parametrize("key", CRAWLED)
def test_lists_give_title_and_day_of_every_release(crawled: Crawled, key: str) -> None:
    listed, found = REPLICAS[key].listed, crawled.entries(key)
    releases = shown(REPLICAS[key].newsroom, 1)
    assert set(found) == {crawled.url(key, release) for release in releases}
    for release in releases if listed != "address" else ():
        title, day = found[crawled.url(key, release)]
        assert title == release.title
        assert day == (release.published.date().isoformat() if listed == "day" else None)


@pytest.mark.parametrize("key", CRAWLED)
def test_every_release_comes_out_with_title_day_kind_and_text(crawled: Crawled, key: str) -> None:
    for release in shown(REPLICAS[key].newsroom, 1):
        _comes_out(key, release, crawled.page(key, release))


def _comes_out(key: str, release: DemoRelease, page: ReadPage) -> None:
    replica = REPLICAS[key]
    assert page.title == release.title
    assert page.text == (replica.opening + release.text).replace("\xa0", " ")
    assert page.published == (release.published.date().isoformat() if replica.dated else None)
    if replica.labelled:
        assert page.kind == release.kind


@pytest.mark.parametrize("key", CRAWLED)
def test_list_and_page_come_out_as_their_golden_says(key: str) -> None:
    assert facts(key) == json.loads((FOLDER / f"{key}.json").read_text("utf-8"))


@pytest.mark.parametrize("key", REPLICAS)
def test_the_list_of_every_real_source_is_read_by_its_own_file(key: str) -> None:
    replica, source = REPLICAS[key], standing(key)
    page, size = first_page(source), replica.per_page
    for start, rows in ((0, page.entries), (size, _second(source, page))):
        releases = shown(replica.newsroom, 1)[start : start + len(rows)]
        assert [row.url for row in rows] == [BASE + replica.address(release) for release in releases]
        for row, release in zip(rows, releases, strict=True) if replica.listed != "address" else ():
            day = release.published.date().isoformat() if replica.listed == "day" else None
            assert (row.title, row.listed_on) == (release.title, day)
    assert len(page.entries) == size


def _second(source: Source, page: Page) -> tuple[Entry, ...]:
    """The rows of the page to which the first one leads."""
    return read_page(source, page.more[0], number=2).entries if page.more else ()


@pytest.mark.parametrize("key", [key for key in REPLICAS if key not in CRAWLED])
def test_the_newest_releases_of_every_other_source_come_out_right(key: str) -> None:
    for release in shown(REPLICAS[key].newsroom, 1)[:6]:
        _comes_out(key, release, detail(key, release))


def test_every_source_of_the_registry_has_a_replica_or_no_list_that_is_known() -> None:
    assert set(registry()) - set(REPLICAS) == WITHOUT


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in Path(FOLDER).glob("*.json")} == set(CRAWLED)

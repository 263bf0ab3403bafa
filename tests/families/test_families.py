"""Each family crawls to the end and comes out right by data alone: the files of source and family."""

import json
from pathlib import Path

import pytest

from demo.replicas.registry import CRAWLED, REPLICAS
from demo.replicas.replica import COUNT, shown
from demo.server import DemoServer
from tests.families.conftest import Crawled
from tests.families.goldens import FOLDER, facts


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
    replica = REPLICAS[key]
    for release in shown(replica.newsroom, 1):
        page = crawled.page(key, release)
        assert page.title == release.title
        assert page.text == (replica.opening + release.text).replace("\xa0", " ")
        assert page.published == (release.published.date().isoformat() if replica.dated else None)
        if replica.labelled:
            assert page.kind == release.kind


@pytest.mark.parametrize("key", CRAWLED)
def test_list_and_page_come_out_as_their_golden_says(portals: DemoServer, key: str) -> None:
    portals.epoch = 1
    assert facts(portals, key) == json.loads((FOLDER / f"{key}.json").read_text("utf-8"))


@pytest.mark.parametrize("key", REPLICAS)
def test_the_listing_of_every_real_source_is_read_by_its_own_file(portals: DemoServer, key: str) -> None:
    portals.epoch = 1
    rows = facts(portals, key)["listing"]
    releases = shown(REPLICAS[key].newsroom, 1)[: REPLICAS[key].per_page]
    assert [row["url"] for row in rows] == [REPLICAS[key].address(release) for release in releases]
    if REPLICAS[key].listed != "address":
        assert [row["title"] for row in rows] == [release.title for release in releases]


def test_no_golden_is_left_over() -> None:
    assert {path.stem for path in Path(FOLDER).glob("*.json")} == set(CRAWLED)

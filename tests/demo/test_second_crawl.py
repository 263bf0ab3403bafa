"""What a crawler meets when it comes back: things moved, gone, changed, and things that only seem so."""

import re

import pytest

from demo.collection import edition
from demo.portals import bund, feed
from demo.server import DemoServer
from tests.demo.asking import PORTAL, get, read, words


def test_throttling_and_outage_pass_at_the_second_try(later: DemoServer) -> None:
    oldest_first = edition("demo-bund", 1).releases[::-1]
    for at, status in ((bund.THROTTLED, 429), (bund.UNAVAILABLE, 503)):
        path = bund.address(oldest_first[at])
        first, second = (get(later.base("demo-bund"), path) for _ in range(2))
        assert (first.status, first.headers["Retry-After"], second.status) == (status, "1", 200)


@pytest.mark.parametrize(
    ("portal", "moved", "gone"), [("demo-thueringen", 301, 404), ("demo-feed", 308, 410)]
)
def test_at_the_second_crawl_one_release_has_moved_and_one_is_gone(
    later: DemoServer, portal: str, moved: int, gone: int
) -> None:
    before = {release.slug: release for release in edition(portal, 0).releases}
    after = edition(portal, 1)
    former = PORTAL[portal].address(before[next(iter(after.moved))])
    missing = PORTAL[portal].address(before[next(iter(after.gone))])
    answer = get(later.base(portal), former)
    assert answer.status == moved
    assert get(later.base(portal), answer.headers["Location"]).status == 200
    assert get(later.base(portal), missing).status == gone


def test_time_can_pass_while_the_server_runs() -> None:
    with DemoServer() as running:
        before = get(running.base("demo-feed"), feed.RSS).body
        running.epoch = 1
        after = get(running.base("demo-feed"), feed.RSS).text
    assert after.encode() != before
    assert edition("demo-feed", 1).releases[0].title in after


def test_a_counter_that_rises_changes_the_page_but_not_the_text(
    server: DemoServer, later: DemoServer
) -> None:
    oldest = edition("demo-bund", 0).releases[-1]
    then, now = (words(read(running, "demo-bund", oldest)) for running in (server, later))
    assert then != now
    assert re.sub(r"\d+-mal geteilt", "", then) == re.sub(r"\d+-mal geteilt", "", now)

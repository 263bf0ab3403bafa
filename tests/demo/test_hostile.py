"""Hostile answers come only where a test asks for them, and never without bound for the server."""

import gzip
import http.client
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from demo.portals import thueringen
from demo.portals.hostile import ANSWERS
from demo.server import PORTALS, DemoServer


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


def opened(server: DemoServer, target: str, portal: str = "demo-thueringen") -> http.client.HTTPConnection:
    parts = urlsplit(server.base(portal))
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    connection.request("GET", target)
    return connection


def fetched(
    server: DemoServer, target: str, portal: str = "demo-thueringen"
) -> tuple[int, bytes, str | None]:
    connection = opened(server, target, portal)
    try:
        response = connection.getresponse()
        return response.status, response.read(), response.getheader("Location")
    finally:
        connection.close()


def test_an_endless_page_ends_when_the_client_hangs_up(server: DemoServer) -> None:
    connection = opened(server, "/test/endless")
    assert len(connection.getresponse().read(3_000_000)) == 3_000_000
    connection.close()
    assert fetched(server, "/robots.txt")[0] == 200


def test_a_large_page_has_the_size_that_was_asked_for(server: DemoServer) -> None:
    assert len(fetched(server, "/test/large/3")[1]) == 3 * 1024 * 1024


def test_a_gzip_bomb_is_small_on_the_wire(server: DemoServer) -> None:
    body = fetched(server, "/test/gzip-bomb/5")[1]
    assert len(body) < 10_000
    assert len(gzip.decompress(body)) == 5 * 1024 * 1024


def test_redirects_go_round_or_come_to_an_end(server: DemoServer) -> None:
    assert fetched(server, "/test/loop/a")[2] == "/test/loop/b"
    assert fetched(server, "/test/loop/b")[2] == "/test/loop/a"
    target, steps = "/test/redirects/4", 0
    while location := fetched(server, target)[2]:
        target, steps = location, steps + 1
    assert steps == 4


def test_a_truncated_answer_breaks_off(server: DemoServer) -> None:
    connection = opened(server, "/test/truncated")
    with pytest.raises(http.client.IncompleteRead):
        connection.getresponse().read()
    connection.close()


def test_a_slow_page_takes_its_time(server: DemoServer) -> None:
    started = time.monotonic()
    assert fetched(server, "/test/slow/0.3")[0] == 200
    assert 0.25 < time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("target", "statuses"),
    [
        ("/test/throttled", [429, 200]),
        ("/test/unavailable", [503, 503]),
        ("/test/captcha", [200, 200]),
        ("/test/forbidden", [403, 403]),
        ("/test/empty", [200, 200]),
        ("/test/unheard-of", [404, 404]),
    ],
)
def test_refusals_have_their_status(server: DemoServer, target: str, statuses: list[int]) -> None:
    assert [fetched(server, target)[0] for _ in statuses] == statuses


def test_a_portal_can_be_turned_and_mended(server: DemoServer) -> None:
    normal = fetched(server, thueringen.LIST)
    server.turn("demo-thueringen", "down")
    assert fetched(server, thueringen.LIST)[0] == 503
    server.turn("demo-thueringen", "blocked")
    assert b"captcha" in fetched(server, thueringen.LIST)[1]
    server.turn("demo-thueringen", "empty-listing")
    assert b"<li><h3>" not in fetched(server, thueringen.LIST)[1]
    server.turn("demo-thueringen")
    assert fetched(server, thueringen.LIST) == normal


@pytest.mark.parametrize("portal", PORTALS)
def test_every_portal_serves_hostile_answers_and_links_none(server: DemoServer, portal: str) -> None:
    assert fetched(server, "/test/captcha", portal)[0] == 200
    body = fetched(server, "/" if portal == "demo-feed" else thueringen.LIST, portal)[1]
    assert b"/test/" not in body


def test_all_hostile_answers_are_known_here() -> None:
    met = {"slow", "endless", "large", "gzip-bomb", "loop", "redirects", "truncated", "throttled"}
    assert set(ANSWERS) == met | {"unavailable", "captcha", "forbidden", "empty"}

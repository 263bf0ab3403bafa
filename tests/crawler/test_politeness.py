"""What a portal asks of machines is recorded with each capture, and kept to."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from conftest import House
from portal import LIST, Answer, Portal, publish

from archive.captures import get
from archive.rhythm import is_due, last_runs
from archive.rights import Rights
from archive.source import Source, Terms
from archive.store import open_archive
from crawler.robots import parsed
from pipeline.run import build

MakeSource = Callable[..., Source]
REP = "/.well-known/tdmrep.json"
PERMITTED = Terms(mining="permitted", reason="§ 60d UrhG, research of the University of Musterstadt")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def robots(portal: Portal, *lines: str) -> None:
    text = "\n".join(("User-agent: *", *lines)).encode()
    portal.pages["/robots.txt"] = Answer(text, headers={"Content-Type": "text/plain"})


def reserve(portal: Portal, path: str, policy: str = "https://portal.example/terms") -> None:
    rules = [{"location": path, "tdm-reservation": 1, "tdm-policy": policy}]
    portal.pages[REP] = Answer(json.dumps(rules).encode(), headers={"Content-Type": "application/json"})


def outcomes(house: House, source: Source) -> dict[str, int]:
    build(house.folder / "archive.db", house.folder / "warc", {source.key: source}, NOON)
    return dict(house.rows("SELECT outcome, count(*) FROM parsed_captures GROUP BY outcome"))


@pytest.mark.parametrize(
    ("hours", "now", "open_now"),
    [
        ("0600-0845", "05:59", False),
        ("0600-0845", "06:00", True),
        ("0600-0845", "08:45", True),
        ("0600-0845", "08:46", False),
        ("2200-0500", "23:10", True),
        ("2200-0500", "04:59", True),
        ("2200-0500", "12:00", False),
    ],
)
def test_hours_are_those_of_the_world_clock_and_may_pass_midnight(
    hours: str, now: str, open_now: bool
) -> None:
    rules = parsed(200, f"User-agent: *\nVisit-time: {hours}\n".encode())
    assert rules.said.visit_time == hours
    assert rules.open_at(datetime.fromisoformat(f"2026-03-02T{now}:30+00:00")) is open_now


@pytest.mark.parametrize(
    ("lines", "delay"),
    [
        ("", None),
        ("Crawl-delay: 5", 5.0),
        ("Request-rate: 1/10", 10.0),
        ("Request-rate: 30/1m", 2.0),
        ("Crawl-delay: 5\nRequest-rate: 1/10s 0900-1800", 10.0),
    ],
)
def test_the_longer_of_the_pauses_asked_for_counts(lines: str, delay: float | None) -> None:
    assert parsed(200, f"User-agent: *\n{lines}\n".encode()).delay == delay


def test_outside_its_hours_a_portal_is_left_alone_and_the_run_postponed(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3)
    robots(portal, "Visit-time: 0600-0845")
    source = make_source()
    result = house.one(source, now=NOON)
    assert result.verdict == "postponed"
    assert "06:00 to 08:45 UTC only; plan its crawls for 07:00 to 09:45 German time" in (result.reason or "")
    assert portal.paths() == ["/robots.txt"]
    assert house.rows("SELECT * FROM issues") == []
    morning = NOON + timedelta(hours=18, minutes=30)
    db = open_archive(house.folder / "archive.db")
    assert is_due(source, last_runs(db)[source.key], NOON + timedelta(days=1))
    db.close()
    assert house.one(source, now=morning).verdict == "ok"
    told = "SELECT DISTINCT visit_time FROM captures WHERE role = 'detail'"
    assert house.column(told) == ["0600-0845"]


def test_pauses_and_words_for_robots_are_recorded_with_each_capture(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 2)
    robots(portal, "Crawl-delay: 0.05")
    page = portal.pages[f"{LIST}/detailseite/2"]
    assert isinstance(page, Answer)
    page.headers["X-Robots-Tag"] = "noarchive"
    house.one(make_source())
    rows = house.rows("SELECT url, crawl_delay, robots_tag FROM captures WHERE role = 'detail' ORDER BY url")
    assert [row[1:] for row in rows] == [(0.05, None), (0.05, "noarchive")]


@pytest.mark.parametrize("place", ["header", "page", "noai"])
def test_a_page_that_reserves_mining_is_kept_and_not_read(
    portal: Portal, house: House, make_source: MakeSource, place: str
) -> None:
    publish(portal, 3)
    page = portal.pages[f"{LIST}/detailseite/2"]
    assert isinstance(page, Answer)
    assert isinstance(page.body, bytes)
    page.body = page.body.replace(b"</main>", b"<a href='/presse/plan.pdf'>Plan</a></main>")
    if place == "header":
        page.headers |= {"tdm-reservation": "1", "tdm-policy": "https://portal.example/terms"}
    elif place == "page":
        page.body = page.body.replace(
            b"<html>", b"<html><head><meta name='tdm-reservation' content='1'></head>"
        )
    else:
        page.headers["X-Robots-Tag"] = "noai"
    source = make_source()
    assert house.one(source).verdict == "ok"
    assert "/presse/plan.pdf" not in portal.paths()
    said = house.rows("SELECT tdm_reservation, tdm_origin FROM captures WHERE tdm_reservation IS NOT NULL")
    assert said == [(1, place)]
    assert outcomes(house, source) == {"release": 2, "reserved": 1}
    [(subject, message)] = house.rows("SELECT subject, message FROM issues WHERE closed_at IS NULL")
    assert (subject, message[:37]) == (source.key, "1 page reserves text and data mining ")
    # Unchanged, and asked again: the answer without a body means the same.
    house.one(source, now=NOON + timedelta(days=40))
    assert outcomes(house, source) == {"release": 4, "reserved": 2}
    allowed = make_source(rights=PERMITTED)
    assert outcomes(house, allowed) == {"release": 6}
    assert house.column("SELECT mining_reason FROM sources") == [PERMITTED.reason]
    assert house.column("SELECT closed_at FROM issues") != [None]


def test_a_reservation_that_is_lifted_lets_the_page_be_read(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 1, validator=False)
    page = portal.pages[f"{LIST}/detailseite/1"]
    assert isinstance(page, Answer)
    page.headers["tdm-reservation"] = "1"
    house.one(make_source())
    assert outcomes(house, make_source()) == {"reserved": 1}
    del page.headers["tdm-reservation"]
    house.one(make_source(), now=NOON + timedelta(days=40))
    assert outcomes(house, make_source()) == {"reserved": 1, "release": 1}


def test_what_the_hosts_file_reserves_is_not_asked_for(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 12)
    reserve(portal, f"{LIST}/detailseite/1*")
    source = make_source()
    for _ in range(2):
        assert house.one(source).verdict in ("ok", "unchanged")
    asked = {path.rpartition("/")[2] for path in portal.paths() if "detailseite" in path}
    assert asked == set("23456789")
    assert portal.paths().count(REP) == 1
    [(subject, message, open_)] = house.rows("SELECT subject, message, closed_at IS NULL FROM issues")
    assert (subject, open_) == (portal.base + REP, 1)
    assert message.endswith("its terms: https://portal.example/terms")
    house.one(make_source(rights=PERMITTED), now=NOON + timedelta(days=3))
    origins = "SELECT count(*) FROM captures WHERE tdm_origin = 'host' AND role = 'detail'"
    assert house.column(origins) == [4]
    assert house.column("SELECT kind FROM issues WHERE closed_at IS NULL") == []


def test_a_file_that_is_none_reserves_nothing_and_is_said(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 2)
    portal.pages[REP] = Answer(b'[{"location": "/", "tdm-reservation": "on"}]')
    assert house.one(make_source()).verdict == "ok"
    assert house.column("SELECT kind FROM issues") == ["tdmrep"]


def test_a_lost_database_learns_again_what_was_said(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3)
    robots(portal, "Crawl-delay: 0.05")
    reserve(portal, f"{LIST}/detailseite/1")
    page = portal.pages[f"{LIST}/detailseite/2"]
    assert isinstance(page, Answer)
    page.headers |= {"tdm-reservation": "0", "X-Robots-Tag": "noindex"}
    source = make_source(rights=PERMITTED)
    house.one(source)
    house.one(source, now=NOON + timedelta(days=40))
    columns = "url, status, tdm_reservation, tdm_policy, tdm_origin, robots_tag, crawl_delay, visit_time"
    sql = f"SELECT {columns} FROM captures WHERE role <> 'robots' ORDER BY id"
    before = house.rows(sql)
    assert {row[2] for row in before} == {None, 0, 1}
    (house.folder / "archive.db").unlink()
    house.one(source, now=NOON + timedelta(days=40, hours=1))
    assert house.rows(sql)[: len(before)] == before


def test_sources_that_share_a_host_share_its_robots_txt(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 2)
    robots(portal, "Disallow: /intern")
    house.crawl(make_source(key="xx-one"), make_source(key="xx-two"))
    assert portal.paths().count("/robots.txt") == portal.paths().count(REP) == 1


def test_a_capture_carries_what_was_said(portal: Portal, house: House, make_source: MakeSource) -> None:
    publish(portal, 1)
    reserve(portal, "/")
    house.one(make_source(rights=PERMITTED))
    db = open_archive(house.folder / "archive.db")
    [(capture_id,)] = db.execute("SELECT id FROM captures WHERE role = 'detail'").fetchall()
    capture = get(db, capture_id)
    db.close()
    assert capture is not None
    assert capture.rights == Rights(1, "https://portal.example/terms", "host")

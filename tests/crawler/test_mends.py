"""Portals with small faults of their own: what a crawl makes of them, and how it goes on afterwards."""

import datetime as dt
from collections.abc import Callable

import pytest
from conftest import START, House
from portal import LIST, Answer, Portal, publish, release

from archive.source import Seed, Source
from pipeline.run import build

MakeSource = Callable[..., Source]
DETAIL = f"{LIST}/detailseite/"
CAPTCHA = (
    b"<html><head><title>Are you human?</title></head><body><div class='g-recaptcha'></div></body></html>"
)


@pytest.mark.parametrize("base", ["http://[", "//[x]/", "http://a:b:c/"])
def test_a_broken_base_is_passed_over_and_noted(
    portal: Portal, house: House, make_source: MakeSource, base: str
) -> None:
    publish(portal, 12)
    for path in [LIST, f"{LIST}/seite-2", f"{DETAIL}3"]:
        page = portal.pages[path]
        assert isinstance(page, Answer)
        assert isinstance(page.body, bytes)
        attached = b"<main><a href='/plan.pdf'>Plan</a>" if path == f"{DETAIL}3" else b"<main>"
        head = f'<html><head><base href="{base}"></head>'.encode()
        page.body = page.body.replace(b"<html>", head).replace(b"<main>", attached)
    portal.pages["/plan.pdf"] = Answer(b"%PDF-1.4", headers={"Content-Type": "application/pdf"})
    result = house.one(make_source())
    assert (result.verdict, result.new_entries) == ("ok", 12)
    assert "/plan.pdf" in portal.paths()
    assert house.rows("SELECT kind, subject FROM issues") == [("base", portal.base + LIST)]
    publish(portal, 12)
    house.one(make_source())
    assert house.column("SELECT closed_at FROM issues") != [None]


def test_a_block_page_with_status_200_is_not_held_and_asked_for_again(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3)
    portal.pages[f"{DETAIL}2"] = Answer(CAPTCHA)
    source = make_source()

    def run(hours: float) -> str:
        verdict = house.one(source, now=START + dt.timedelta(hours=hours)).verdict
        build(house.folder / "archive.db", house.folder / "warc", {source.key: source}, START)
        return verdict

    assert run(0) == "partial"
    assert "block page" in house.column("SELECT reason FROM runs WHERE kind = 'crawl'")[0]
    assert run(1) == "partial"
    assert portal.paths().count(f"{DETAIL}2") == 2
    publish(portal, 3)
    assert run(14) == "ok"
    assert house.column("SELECT count(*) FROM releases") == [3]
    asked = portal.paths().count(f"{DETAIL}2")
    run(15)
    assert portal.paths().count(f"{DETAIL}2") == asked


def test_a_portal_that_shows_nothing_but_block_pages_is_left_alone(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 60)
    for path in [p for p in portal.pages if p.startswith(DETAIL)]:
        portal.pages[path] = Answer(CAPTCHA)
    assert house.one(make_source()).verdict == "partial"
    assert len([p for p in portal.paths() if p.startswith(DETAIL)]) < 40


def test_a_form_with_a_captcha_makes_no_block_page_of_a_release(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3)
    page = portal.pages[f"{DETAIL}2"]
    assert isinstance(page, Answer)
    assert isinstance(page.body, bytes)
    page.body = page.body.replace(b"</main>", b"<form class='g-recaptcha'></form></main>")
    assert house.one(make_source()).verdict == "ok"


def test_a_lesser_list_that_is_gone_costs_no_reading_of_all_pages(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 60)
    seeds = (Seed(url=f"{portal.base}/feed.xml", role="feed"), Seed(url=portal.base + LIST))
    source = make_source(seeds=seeds)
    assert house.one(source).verdict == "ok"
    assert house.rows("SELECT kind, subject FROM issues") == [("list", f"{portal.base}/feed.xml")]
    mark = len(portal.log)
    assert house.one(source).verdict == "unchanged"
    assert sorted(portal.paths()[mark:]) == ["/feed.xml", LIST]


def by_month(portal: Portal, months: dict[tuple[int, int], list[int]]) -> None:
    """A list that shows one month at a time; months without releases are empty pages."""
    portal.pages = {}
    publish(portal, 40)
    for year in range(2020, 2027):
        for month in range(1, 13):
            shown = [release(n) for n in months.get((year, month), [])]
            rows = "".join(
                f"<li><h3>{r['title']}</h3><a href='{r['href']}'>zur Detailseite</a></li>" for r in shown
            )
            portal.pages[f"/ajax?y={year}&m={month}"] = Answer(f"<ul>{rows}</ul>".encode(), validator=True)


def test_a_list_by_months_is_read_to_its_beginning_and_then_only_its_end(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    months = {(2026, 3): [9, 8], (2026, 2): [7], (2025, 11): [6, 5], (2025, 4): [4], (2022, 1): [3]}
    by_month(portal, months)
    seed = Seed(url=portal.base + "/ajax?y={year}&m={month}", months_since=dt.date(2021, 6, 1))
    source = make_source(seeds=(seed,))
    assert house.one(source).new_entries == 6  # what stands behind a year without anything is not looked for
    lists = [path for path in portal.paths() if path.startswith("/ajax")]
    assert (lists[0], lists[-1]) == ("/ajax?y=2026&m=3", "/ajax?y=2024&m=3")
    mark = len(portal.log)
    again = house.one(source)
    assert (again.verdict, again.reason) == ("unchanged", None)
    assert portal.paths()[mark:] == ["/ajax?y=2026&m=3"]
    by_month(portal, months | {(2026, 3): [10, 9, 8]})
    mark = len(portal.log)
    assert house.one(source).verdict == "ok"
    lists = [path for path in portal.paths()[mark:] if path.startswith("/ajax")]
    assert lists == ["/ajax?y=2026&m=3", "/ajax?y=2026&m=2", "/ajax?y=2026&m=1"]

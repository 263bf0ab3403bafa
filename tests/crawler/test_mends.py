"""Portals with small faults of their own: what a crawl makes of them, and how it goes on afterwards."""

import datetime as dt
from collections.abc import Callable

import pytest
from conftest import START, House
from portal import LIST, Answer, Portal, publish, release

from archive.source import Access, Seed, Source
from crawler.patience import retry_after
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

    assert run(0) == "ok"  # a single page is an issue, not a verdict
    assert house.column("SELECT count(*) FROM issues WHERE kind = 'block_page'") == [1]
    assert run(1) == "unchanged"
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


def test_a_block_page_counts_as_one_before_any_build(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3)
    portal.pages[f"{DETAIL}2"] = Answer(CAPTCHA)
    source = make_source()
    runs = [house.one(source, now=START + dt.timedelta(hours=hours)).verdict for hours in (0, 14)]
    assert runs == ["ok", "unchanged"]
    publish(portal, 3)
    assert house.one(source, now=START + dt.timedelta(hours=28)).verdict == "ok"
    assert portal.paths().count(f"{DETAIL}2") == 3
    assert house.rows("SELECT kind, closed_at IS NULL FROM issues WHERE kind = 'block_page'") == [
        ("block_page", 0)
    ]


def test_where_one_main_list_is_gone_the_others_are_not_read_to_their_end(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 60)
    source = make_source(seeds=(Seed(url=portal.base + "/gone"), Seed(url=portal.base + LIST)))
    assert house.one(source).verdict == "partial"
    publish(portal, 61)
    mark = len(portal.log)
    assert house.one(source).verdict == "partial"
    asked = [path for path in portal.paths()[mark:] if path.startswith(LIST)]
    assert sorted(asked) == [LIST, f"{DETAIL}61", f"{LIST}/seite-2", f"{LIST}/seite-3"]
    mark = len(portal.log)
    assert house.one(source).verdict == "partial"
    assert sorted(portal.paths()[mark:]) == ["/gone", LIST]


def test_what_a_run_did_not_come_to_is_read_by_the_next_though_the_first_page_is_unchanged(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 30)
    source = make_source()
    assert house.one(source).verdict == "ok"
    publish(portal, 60)
    second = portal.pages[f"{LIST}/seite-2"]
    portal.pages[f"{LIST}/seite-2"] = Answer(b"<h1>Wartung</h1>", 404 + 99)
    assert house.one(source).verdict == "partial"
    portal.pages[f"{LIST}/seite-2"] = second
    assert house.one(source).new_entries == 20


def test_pages_looked_at_again_are_counted_by_day(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 12)
    house.one(make_source())
    later = START + dt.timedelta(days=31)
    budgets = [(0, 5, None), (6, 5, None), (7, 5, 7), (24, 5, None)]  # hours, setting, of the source
    asked = []
    for hours, setting, own in budgets:
        mark = len(portal.log)
        source = make_source(access=Access(rechecks=own))
        house.one(source, now=later + dt.timedelta(hours=hours), settings={"PRESSEARCHIV_RECHECKS": setting})
        asked.append(sum(path.startswith(DETAIL) for path in portal.paths()[mark:]))
    assert asked == [5, 0, 2, 5]


def feed(portal: Portal, numbers: range) -> None:
    items = "".join(
        f"<item><title>{release(n)['title']}</title><link>{portal.base}{release(n)['href']}</link></item>"
        for n in numbers
    )
    body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    portal.pages["/feed.xml"] = Answer(body, headers={"Content-Type": "application/rss+xml"})


def test_feed_and_listing_fill_each_others_gaps_and_an_issue_says_when_one_falls_behind(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    seeds = (Seed(url=portal.base + LIST), Seed(url=f"{portal.base}/feed.xml", role="feed"))
    source = make_source(seeds=seeds)
    listing = {0: 20, 2: 26, 45: 30, 60: 31}
    said = []
    for day, count in listing.items():
        publish(portal, count)
        feed(portal, range(17, 27 if day else 21))
        if day == 2:  # the listing leaves one out, the feed has it
            page = portal.pages[LIST]
            assert isinstance(page, Answer)
            assert isinstance(page.body, bytes)
            page.body = page.body.replace(release(26)["href"].encode(), release(25)["href"].encode())
        house.one(source, now=START + dt.timedelta(days=day))
        said.append(house.rows("SELECT subject, message FROM issues WHERE kind = 'lists_disagree'"))
        if day:
            assert house.column("SELECT url FROM captures WHERE url = ?", f"{portal.base}{DETAIL}26")
    assert said[:3] == [[], [], []]
    [(subject, message)] = said[3]
    assert subject == f"{portal.base}/feed.xml"
    assert message.startswith("4 of 4 releases that ")
    assert message.endswith("6 of 6 did before")
    feed(portal, range(22, 33))
    publish(portal, 32)
    house.one(source, now=START + dt.timedelta(days=61))
    assert house.column("SELECT closed_at IS NULL FROM issues WHERE kind = 'lists_disagree'") == [0]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("Sun, 01 Mar 2026 08:02:00 GMT", 120.0),
        ("Sunday, 01-Mar-26 08:02:00 GMT", 120.0),
        ("Sun, 01 Mar 2026 09:02:00 +0100", 120.0),
        ("Sun, 01 Mar 2026 07:00:00 GMT", 0.0),
        ("9" * 400, float("inf")),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 251_629_948_799.0),
        ("Fri, 31 Dec 99999 23:59:59 GMT", None),
        ("Sun, 01 Mar 2026 08:02:00", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_in_both_forms_and_nonsense_is_none(header: str, seconds: float | None) -> None:
    assert retry_after(header, START) == seconds

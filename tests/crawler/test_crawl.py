"""A crawl archives all that a portal lists; the next one asks only for what changed."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from conftest import START, House, source
from portal import LIST, Answer, Asked, Portal, publish, release

from archive import captures
from archive.errors import ArchiveError
from archive.source import Access, Listing, Seed, Source
from crawler.job import by_host
from crawler.result import RunResult
from crawler.run import crawl

MakeSource = Callable[..., Source]


def since(portal: Portal, mark: int) -> list[Asked]:
    return portal.log[mark:]


@dataclass
class Calm:
    """A portal crawled twice, nothing new in between."""

    portal: Portal
    house: House
    results: list[RunResult]
    mark: int  # requests of the first crawl


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calm]:
    with Portal() as portal:
        publish(portal, 25)
        house = House(tmp_path_factory.mktemp("calm"))
        first = house.one(source(portal.base))
        mark = len(portal.log)
        yield Calm(portal, house, [first, house.one(source(portal.base))], mark)


def test_a_first_crawl_archives_every_release(calm: Calm) -> None:
    result = calm.results[0]
    assert (result.verdict, result.new_entries, result.listing_rows) == ("ok", 25, 25)
    assert result.requests == result.captures == calm.mark == 2 + 3 + 25
    held = "SELECT url FROM captures WHERE role = 'detail' AND status = 200 ORDER BY url"
    assert calm.house.column("SELECT url FROM entries ORDER BY url") == calm.house.column(held)


def test_a_second_crawl_asks_once(calm: Calm) -> None:
    assert (calm.results[1].verdict, calm.results[1].new_captures) == ("unchanged", 0)
    asked = since(calm.portal, calm.mark)
    assert [(a.path, a.status) for a in asked] == [(LIST, 304)]
    assert "if-none-match" in asked[0].headers
    assert calm.house.column("SELECT record_type FROM captures ORDER BY id DESC LIMIT 1") == ["revisit"]


def test_what_a_crawl_writes_passes_the_check_of_others(calm: Calm) -> None:
    calm.house.check()


def test_an_entry_says_what_the_listing_said(calm: Calm) -> None:
    sql = "SELECT title, listed_on, first_seen_at < last_seen_at FROM entries WHERE url = ?"
    (row,) = calm.house.rows(sql, calm.portal.base + release(25)["href"])
    assert row == (release(25)["title"], "2025-01-26", 1)


def test_every_payload_reads_back_as_it_was_sent(calm: Calm) -> None:
    db = calm.house.db
    for number, url in calm.house.rows("SELECT id, url FROM captures WHERE status = 200"):
        capture = captures.get(db, number)
        assert capture is not None
        page = calm.portal.pages[url.removeprefix(calm.portal.base)]
        assert isinstance(page, Answer)
        assert captures.payload(db, calm.house.folder / "warc", capture).payload == page.body
    db.close()


def test_a_portal_without_validators_gives_revisit_records(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3, validator=False)
    house.one(make_source())
    again = house.one(make_source())
    assert (again.verdict, again.new_captures) == ("unchanged", 0)


def test_a_new_release_is_found_and_paging_ends_after_two_known_pages(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 60)
    house.one(make_source())
    publish(portal, 61)
    mark = len(portal.log)
    result = house.one(make_source())
    assert (result.verdict, result.new_entries) == ("ok", 1)
    paths = [asked.path for asked in since(portal, mark)]
    assert sorted(paths) == [LIST, f"{LIST}/detailseite/61", f"{LIST}/seite-2", f"{LIST}/seite-3"]


def test_a_back_dated_release_behind_known_ones_is_found(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 30)
    house.one(make_source())
    page = portal.pages[f"{LIST}/seite-2"]
    assert isinstance(page, Answer)
    assert isinstance(page.body, bytes)
    late = b"<li><h3>Nachgereicht</h3><a href='/presse/detailseite/late'>zur Detailseite</a></li></ul>"
    page.body = page.body.replace(b"</ul>", late)
    portal.pages[f"{LIST}/detailseite/late"] = Answer(b"<p>late</p>")
    publish_first = portal.pages[LIST]
    assert isinstance(publish_first, Answer)
    publish_first.body = bytes(publish_first.body) + b"<!-- changed -->"
    assert house.one(make_source()).new_entries == 1
    assert f"{LIST}/detailseite/late" in portal.paths()


def test_a_changed_title_in_the_listing_fetches_the_release_again(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 5)
    house.one(make_source())
    page = portal.pages[LIST]
    assert isinstance(page, Answer)
    page.body = bytes(page.body).replace(b"Nummer 3<", b"Nummer 3 (korrigiert)<")
    mark = len(portal.log)
    house.one(make_source())
    assert [a.path for a in since(portal, mark)] == [LIST, f"{LIST}/detailseite/3"]


def test_old_pages_come_up_again_within_their_budget(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 12)
    house.one(make_source())
    mark = len(portal.log)
    house.one(make_source(), now=START + timedelta(days=31), settings={"PRESSEARCHIV_RECHECKS": 5})
    asked = since(portal, mark)
    details = [a for a in asked if "detailseite" in a.path]
    assert len(details) == 5
    assert {a.status for a in details} == {304}
    assert "/robots.txt" in [a.path for a in asked]  # kept for a day only


def test_full_pages_to_the_end_and_limits_cut_short(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 60)
    limited = house.one(make_source(), limit=7)
    assert (limited.verdict, limited.reason) == ("partial", "limited to 7 pages")
    assert len([p for p in portal.paths() if "detailseite" in p]) == 7
    assert house.one(make_source()).verdict == "ok"
    assert house.column("SELECT count(*) FROM entries") == [60]
    mark = len(portal.log)
    house.one(make_source(), full=True)
    assert len(since(portal, mark)) == 6


def test_since_pages_back_to_a_day(portal: Portal, house: House, make_source: MakeSource) -> None:
    publish(portal, 60)
    house.one(make_source(), since=date(2025, 2, 10))
    days = house.column("SELECT listed_on FROM entries WHERE url IN (SELECT url FROM captures)")
    assert days
    assert min(days) >= "2025-02-10"


def test_feeds_sitemaps_and_attachments_are_followed(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 2)
    portal.pages["/feed.xml"] = Answer(
        f"<rss><channel><item><title>Aus dem Feed</title><link>{portal.base}/f/1</link>"
        "<pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate></item></channel></rss>".encode(),
        headers={"Content-Type": "application/rss+xml"},
    )
    portal.pages["/sitemap.xml"] = Answer(
        f"<sitemapindex><sitemap><loc>{portal.base}/s1.xml</loc></sitemap></sitemapindex>".encode()
    )
    portal.pages["/s1.xml"] = Answer(f"<urlset><url><loc>{portal.base}/s/1</loc></url></urlset>".encode())
    portal.pages["/f/1"] = Answer(
        b"<main><a href='/plan.pdf'>Plan</a><a href='http://else.where/x.pdf'></a></main>"
    )
    portal.pages["/s/1"] = Answer(b"<main><a href='/plan.pdf'>Plan</a></main>")
    portal.pages["/plan.pdf"] = Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    base = portal.base
    seeds = (
        Seed(url=base + LIST),
        Seed(url=base + "/feed.xml", role="feed"),
        Seed(url=base + "/sitemap.xml", role="sitemap"),
    )
    result = house.one(make_source(seeds=seeds))
    assert (result.verdict, result.new_entries) == ("ok", 4)
    assert portal.paths().count("/plan.pdf") == 1
    assert house.column("SELECT role FROM captures WHERE url LIKE '%plan.pdf'") == ["attachment"]


def test_a_compressed_page_is_kept_as_it_was_sent_and_reads_back(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 1)
    page = b"<main><h1>Mitteilung</h1><p>Text</p></main>"
    sent = Answer(gzip.compress(page), headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})
    portal.pages[f"{LIST}/detailseite/1"] = sent
    house.one(make_source())
    db = house.db
    [key] = house.column("SELECT id FROM captures WHERE role = 'detail'")
    capture = captures.get(db, key)
    assert capture is not None
    record = captures.payload(db, house.folder / "warc", capture)
    assert (record.payload, record.http_headers["content-encoding"]) == (page, "gzip")
    db.close()


def test_robots_txt_is_archived_and_obeyed(portal: Portal, house: House, make_source: MakeSource) -> None:
    publish(portal, 6)
    rules = b"User-agent: *\nDisallow: /presse/detailseite/3\nCrawl-delay: 0.05\n"
    portal.pages["/robots.txt"] = Answer(rules, headers={"Content-Type": "text/plain"})
    house.one(make_source())
    house.one(make_source())
    assert f"{LIST}/detailseite/3" not in portal.paths()
    assert portal.paths().count("/robots.txt") == 1
    robots = "SELECT status FROM captures WHERE role = 'robots' AND url LIKE '%/robots.txt'"
    assert house.column(robots) == [200]
    assert house.column("SELECT kind FROM issues") == ["robots"]


def test_the_wait_between_requests_is_kept(portal: Portal, house: House, make_source: MakeSource) -> None:
    publish(portal, 4)
    house.one(make_source(access=Access(delay=0.2)))
    times = [asked.at for asked in portal.log]
    assert len(times) == 7
    assert times[-1] - times[0] > 6 * 0.16  # a fifth less or more, so that runs do not beat in step


def test_a_live_portal_needs_a_contact(house: House, make_source: MakeSource) -> None:
    live = make_source(home="https://example.org/", seeds=(Seed(url="https://example.org/presse"),))
    with pytest.raises(ArchiveError, match="PRESSEARCHIV_CONTACT"):
        house.one(live)


def test_an_unknown_key_is_refused(house: House) -> None:
    with pytest.raises(ArchiveError, match="sources list"):
        crawl(["nobody"], house.folder / "archive.db", house.folder, sources={})


def test_sources_on_one_host_wait_for_each_other() -> None:
    hosts = ["http://127.0.0.1:1", "http://127.0.0.2:1", "http://127.0.0.1:1"]
    groups = by_host(source(base, f"k{n}") for n, base in enumerate(hosts))
    assert sorted([s.key for s in group] for group in groups) == [["k0", "k2"], ["k1"]]


def test_general_rules_need_no_selectors(portal: Portal, house: House, make_source: MakeSource) -> None:
    publish(portal, 12)
    result = house.one(make_source(listing=Listing(detail_pattern="/detailseite/")))
    assert result.new_entries == 10  # the pager's "2" is no word for "next"

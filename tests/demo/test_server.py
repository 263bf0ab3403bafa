"""The portals over HTTP: everything a crawler meets on the real ones, on loopback."""

import gzip
import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
from lxml import etree, html

from archive.errors import ArchiveError
from demo.collection import edition
from demo.portals import bund, feed, thueringen
from demo.registry import demo_sources
from demo.server import PORTALS, DemoServer
from tests.demo.asking import get, read, words


@pytest.mark.parametrize("portal", PORTALS)
def test_every_release_is_served_with_its_title_and_all_its_paragraphs(
    server: DemoServer, portal: str
) -> None:
    blocked = 0
    for release in edition(portal, 0).releases:
        answer = read(server, portal, release)
        assert answer.status == 200
        shown = words(answer)
        if "captcha" in shown:
            blocked += 1
            continue
        assert release.title in shown
        assert all(block.text in shown for block in release.body), release.slug
        assert "Erfundener Text zu Testzwecken" in shown
    assert blocked == (1 if portal == "demo-bund" else 0)


def test_the_thuringian_list_names_every_release_page_by_page(server: DemoServer) -> None:
    base, path, found = server.base("demo-thueringen"), thueringen.LIST, []
    for number in range(1, 14):
        page = get(base, path if number == 1 else f"{path}/seite-{number}")
        if page.status == 404:
            break
        found += re.findall(r'href="([^"]+/(?:medieninformation|detailseite)/[^"]+)"', page.text)
        assert "<time" not in page.text, "lists carry no dates"
    wanted = {thueringen.address(release) for release in edition("demo-thueringen", 0).releases}
    assert set(found) == wanted | {thueringen.LOST_ADDRESS}
    assert len(found) > len(set(found)), "one entry is pinned and one doubled"


def test_the_federal_list_is_walked_by_links_relative_to_its_base(server: DemoServer) -> None:
    base, target, found, pages = server.base("demo-bund"), bund.PRESS, [], 0
    while target:
        tree = html.fromstring(get(base, target).body)
        root = tree.xpath("string(//base/@href)")
        assert tree.xpath("//h1")[0].text == "Navigation und Service"
        hrefs = tree.xpath("//h2/a/@href")
        assert not [href for href in hrefs if href.startswith("/") or ";jsessionid=" not in href]
        found += [urlsplit(urljoin(root, href)).path.partition(";")[0] for href in hrefs]
        onward = tree.xpath("string(//a[@class='forward button']/@href)")
        target = urljoin(root, onward).removeprefix(base) if onward else ""
        pages += 1
    wanted = [bund.address(release) for release in edition("demo-bund", 0).releases]
    wanted[bund.CHAINED] = bund.SHORT
    assert (found, pages) == (wanted, -(-len(wanted) // bund.PER_PAGE))


def test_a_short_address_leads_over_two_redirects_to_a_release(server: DemoServer) -> None:
    base = server.base("demo-bund")
    first = get(base, bund.SHORT)
    second = get(base, first.headers["Location"])
    assert (first.status, second.status) == (302, 301)
    assert get(base, second.headers["Location"]).status == 200


@pytest.mark.parametrize(
    ("portal", "target", "newest"),
    [("demo-bund", bund.FEED, 20), ("demo-feed", feed.RSS, 15), ("demo-feed", feed.ATOM, 15)],
)
def test_feeds_parse_and_name_the_newest_releases(
    server: DemoServer, portal: str, target: str, newest: int
) -> None:
    tree = etree.fromstring(get(server.base(portal), target).body)
    titles = [node.text for node in tree.iter("{*}title")][1:]
    assert titles == [release.title for release in edition(portal, 0).releases[:newest]]


def test_sitemaps_packed_and_plain_name_every_release(server: DemoServer) -> None:
    base, found = server.base("demo-feed"), []
    for location in etree.fromstring(get(base, feed.SITEMAP).body).iter("{*}loc"):
        raw = get(base, (location.text or "").removeprefix(base)).raw
        body = gzip.decompress(raw) if (location.text or "").endswith(".gz") else raw
        found += [node.text for node in etree.fromstring(body).iter("{*}loc")]
    wanted = {base + quote(feed.address(release)) for release in edition("demo-feed", 0).releases}
    assert wanted < set(found)
    assert any("%C3%BC" in address for address in wanted), "umlauts stand in addresses"


@pytest.mark.parametrize(
    ("portal", "rule"),
    [
        ("demo-thueringen", "Crawl-delay: 0.02"),
        ("demo-bund", "Disallow: /intern/"),
        ("demo-feed", "/sitemap.xml"),
    ],
)
def test_every_portal_has_a_robots_txt(server: DemoServer, portal: str, rule: str) -> None:
    assert rule in get(server.base(portal), "/robots.txt").text


@pytest.mark.parametrize("portal", PORTALS)
def test_what_robots_txt_forbids_is_linked_all_the_same(server: DemoServer, portal: str) -> None:
    start = {"demo-thueringen": thueringen.LIST, "demo-bund": bund.PRESS, "demo-feed": "/"}[portal]
    assert "intern/" in get(server.base(portal), start).text


def test_an_old_address_redirects_to_the_list(server: DemoServer) -> None:
    answer = get(server.base("demo-thueringen"), thueringen.OLD_ADDRESS)
    assert (answer.status, answer.headers["Location"]) == (301, thueringen.LIST)


def test_soft_and_real_errors_are_told_apart_by_status_alone(server: DemoServer) -> None:
    base = server.base("demo-thueringen")
    soft, real = get(base, thueringen.LOST_ADDRESS), get(base, f"{thueringen.LIST}/detailseite/gibt-es-nicht")
    assert (soft.status, real.status) == (200, 404)
    assert "nicht mehr verfügbar" in soft.text


def test_guessed_feeds_on_the_federal_portal_get_heavy_error_pages(server: DemoServer) -> None:
    base = server.base("demo-bund")
    honest, soft = get(base, "/SiteGlobals/Functions/RSSFeed/DE/RSS.xml"), get(base, "/rss/news.xml")
    assert (honest.status, soft.status) == (404, 200)
    assert min(len(honest.body), len(soft.body)) > 150_000


def test_unchanged_pages_are_not_sent_twice(server: DemoServer) -> None:
    base, path = server.base("demo-bund"), bund.address(edition("demo-bund", 0).releases[3])
    first = get(base, path)
    by_tag = get(base, path, If_None_Match=first.headers["ETag"])
    by_date = get(base, path, If_Modified_Since=first.headers["Last-Modified"])
    assert [a.status for a in (first, by_tag, by_date)] == [200, 304, 304]
    assert get(base, path, If_None_Match='"other"').status == 200


def test_one_portal_has_no_etag_and_packs_its_pages(server: DemoServer) -> None:
    answer = get(server.base("demo-thueringen"), thueringen.LIST, Accept_Encoding="gzip")
    assert "ETag" not in answer.headers
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.body == get(server.base("demo-thueringen"), thueringen.LIST).body


@pytest.mark.parametrize(
    ("year", "header", "meta"),
    [(2019, "iso-8859-1", False), (2020, None, True), (2022, "utf-8", True)],
)
def test_old_pages_name_their_encoding_in_header_or_meta(
    server: DemoServer, year: int, header: str | None, meta: bool
) -> None:
    release = next(r for r in edition("demo-feed", 0).releases if r.published.year == year)
    answer = read(server, "demo-feed", release)
    assert answer.headers.get_content_charset() == header
    assert (b"<meta charset=" in answer.body) is meta
    assert release.lead in words(answer)


def test_one_portal_speaks_of_text_and_data_mining(server: DemoServer) -> None:
    assert get(server.base("demo-bund"), "/robots.txt").headers["tdm-reservation"] == "0"


def test_attachments_are_small_pdf_files(server: DemoServer) -> None:
    release = next(r for r in edition("demo-bund", 0).releases if r.attachments)
    tree = html.fromstring(read(server, "demo-bund", release).body)
    href = tree.xpath("string(//a[@class='downloadLink']/@href)")
    answer = get(server.base("demo-bund"), f"/{href}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.body.startswith(b"%PDF-1.4")
    assert answer.body.endswith(b"%%EOF\n")
    start = int(answer.body.split(b"startxref\n")[1].split()[0])
    assert answer.body[start : start + 4] == b"xref"


@pytest.mark.parametrize("portal", PORTALS)
def test_answers_do_not_depend_on_the_run(portal: str) -> None:
    bodies = []
    for _ in range(2):
        with DemoServer() as fresh:
            release = edition(portal, 0).releases[7]
            bodies.append(read(fresh, portal, release).body.replace(fresh.base(portal).encode(), b""))
    assert bodies[0] == bodies[1]


def test_the_log_knows_who_asked_for_what() -> None:
    with DemoServer() as fresh:
        get(fresh.base("demo-feed"), "/robots.txt", User_Agent="somebody")
        (entry,) = fresh.requests
    assert (entry.portal, entry.method, entry.target, entry.status) == (
        "demo-feed",
        "GET",
        "/robots.txt",
        200,
    )
    assert entry.headers["user-agent"] == "somebody"


def test_a_taken_port_is_named_with_the_mend() -> None:
    with DemoServer() as first:
        taken = int(first.base("demo-thueringen").rpartition(":")[2])
        with pytest.raises(ArchiveError, match=f"port {taken} .* perhaps another demo"):
            DemoServer([taken, 0, 0])


def test_sources_follow_the_ports_of_the_running_server(server: DemoServer) -> None:
    sources = demo_sources(server)
    assert set(sources) == set(PORTALS)
    for key, source in sources.items():
        assert source.status == "demo"
        assert all(seed.url.startswith(server.base(key)) for seed in source.seeds)
        for seed in source.seeds:
            assert get(server.base(key), seed.url.removeprefix(server.base(key))).status == 200

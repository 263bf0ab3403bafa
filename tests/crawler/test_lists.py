"""Listings, feeds and sitemaps are read as they stand on real portals, with and without selectors."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from conftest import source
from scrapy.http import HtmlResponse, Response

from archive.records import Entry
from archive.source import Family, Listing, families, registry
from crawler.spiders import attached, feed, listing, sitemap

BASE = "http://127.0.0.1"
SOURCE = source(BASE, "k")


def html(body: str, url: str = BASE + "/presse/liste.html") -> HtmlResponse:
    return HtmlResponse(url, body=f"<html><body>{body}</body></html>".encode(), encoding="utf-8")


def entries(body: str, rules: Listing, url: str = BASE + "/presse/liste.html") -> tuple[Entry, ...]:
    return listing.read(html(body, url), SOURCE, rules, 1).entries


STATE = Listing(link_text="zur Detailseite", detail_pattern="/(?:medieninformation|detailseite)/[^/]+/?$")


@pytest.mark.parametrize(
    ("row", "title", "number", "day"),
    [
        (
            "<li>76/2022<h3>Ministerin eröffnet Brücke</h3><p>Erstellt von Staatskanzlei</p>"
            "<p>Am 3.5.2022 wird …</p><a href='/m/medieninformation/a'>zur Detailseite</a></li>",
            "Ministerin eröffnet Brücke",
            "76/2022",
            None,
        ),
        (
            "<li><h3>MedieninformationHaushalt 2025/2026 steht</h3><a href='/m/detailseite/a'>mehr</a></li>",
            "Haushalt 2025/2026 steht",
            None,
            None,
        ),
        (
            "<li><a href='/m/detailseite/a'>Förderung für Schu\u00adlen im Kreis</a>"
            "<span>28.03.2018 - Thüringer Ministerium für Arbeit, Soziales und Gesundheit</span></li>",
            "Förderung für Schulen im Kreis",
            None,
            "2018-03-28",
        ),
        (
            "<article><time datetime='2026-01-05T10:00:00+01:00'>gestern</time><h2>Titel</h2>"
            "<p>Medieninformation 154/2017Ministerpräsident</p><a href='/m/x'>zur Detailseite</a></article>",
            "Titel",
            "154/2017",
            "2026-01-05",
        ),
    ],
)
def test_rows_without_selectors(row: str, title: str, number: str | None, day: str | None) -> None:
    other = "<li><h3>Andere</h3><a href='/m/detailseite/andere'>zur Detailseite</a></li>"
    found = entries(f"<ul>{row}{other}</ul>", STATE)
    assert (found[0].title, found[0].number, found[0].listed_on) == (title, number, day)
    assert [e.title for e in found[1:]] == ["Andere"]


def test_rows_with_selectors() -> None:
    rules = Listing(
        rows=(".none", ".hit"),
        link=("h2 a",),
        title=("h2",),
        day=("time@datetime",),
        lead=("p",),
        detail_pattern="/SharedDocs/",
    )
    body = (
        "<base href='http://127.0.0.1/DE/'>"
        "<div class=hit><h2><a href='SharedDocs/eins.html;jsessionid=1?nn=2'>Eins</a></h2>"
        "<time datetime='2026-02-01'></time><p>Lead</p></div>"
        "<div class=hit><h2><a href='Service/Kontakt.html'>Kontakt</a></h2></div>"
    )
    (entry,) = entries(body, rules)
    assert entry == Entry("k", BASE + "/DE/SharedDocs/eins.html", "Eins", listed_on="2026-02-01",
                          listed_raw="2026-02-01", lead="Lead")  # fmt: skip


def test_any_portal_is_read_by_the_titles_below_its_list() -> None:
    body = (
        "<nav><a href='/presse/archiv'>Archiv</a></nav>"
        "<div><a href='/presse/brueckenbau-2026'>Land fördert den Bau der Brücke</a></div>"
        "<div><a href='/presse/schulen-2026'>Neue Schulen für den Landkreis</a></div>"
    )
    found = entries(body, Listing(link_text="mehr"), BASE + "/presse/")
    assert [e.title for e in found] == ["Land fördert den Bau der Brücke", "Neue Schulen für den Landkreis"]


def test_links_that_all_lead_elsewhere_are_named() -> None:
    page = listing.read(html("<a href='https://new.example/detailseite/1'>x</a>"), SOURCE, STATE, 1)
    assert page.problem is not None
    assert "new.example" in page.problem


PAGER = Listing(detail_pattern="^/d/", next_pattern="/seite[-/]{page}/?$")
SKIP = Listing(next_pattern=r"[?&]skip={page}\b")
ZERO = Listing(detail_pattern="^/d/", next_pattern="[?&]page={page}$")


@pytest.mark.parametrize(
    ("rules", "number", "here", "links", "expected"),
    [
        (PAGER, 1, "/liste", {"/liste/seite-2": "2", "/liste/seite-9": "9"}, "/liste/seite-2"),
        (PAGER, 1, "/liste", {"/liste/seite-1": "1", "/liste/seite-2": "2"}, "/liste/seite-2"),
        (PAGER, 2, "/liste/seite/2/", {"/liste/seite/1/": "1", "/liste/seite/3/": "›"}, "/liste/seite/3/"),
        (PAGER, 9, "/liste/seite-9", {"/liste/seite-8": "8"}, None),
        (ZERO, 1, "/liste", {"/l?page=0": "1", "/l?page=1": "2", "/l?page=5": "6"}, "/l?page=1"),
        (ZERO, 2, "/liste?page=1", {"/liste?page=0": "1", "/liste?page=2": "weiter"}, "/liste?page=2"),
        (Listing(next=(".on",)), 1, "/liste", {"/a": "x"}, None),
        (Listing(), 1, "/liste", {"/a": "x", "/b": "nächste Seite"}, "/b"),
        (Listing(), 1, "/liste", {"/a": "weiterlesen"}, None),
        (SKIP, 2, "/l?skip=20", {"/l?skip=0": "1", "/l?skip=40": "3"}, "/l?skip=40"),
    ],
)  # fmt: skip
def test_the_next_page(
    rules: Listing, number: int, here: str, links: dict[str, str], expected: str | None
) -> None:
    body = "".join(f"<a href='{href}'>{text}</a>" for href, text in links.items())
    page = listing.read(html(body, BASE + here), SOURCE, rules, number)
    assert page.more == ((BASE + expected,) if expected else ())


RSS = """<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<item><title>Eins</title><link>{b}/d/1</link><pubDate>Mon, 02 Mar 2026 23:30:00 GMT</pubDate>
<description>Lead</description></item>
<item><title>Zwei</title><guid>{b}/d/2</guid><dc:date>2026-03-01</dc:date></item>
<item><title>Fremd</title><link>https://else.example/3</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Eins</title>
<link rel="self" href="{b}/x"/><link href="/d/1"/><updated>2026-03-03T00:10:00+01:00</updated>
</entry></feed>"""


def raw(text: str | bytes) -> Any:
    body = text if isinstance(text, bytes) else text.replace("{b}", BASE).encode()
    return Response(BASE + "/feed", body=body)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RSS, [("/d/1", "Eins", "2026-03-03"), ("/d/2", "Zwei", "2026-03-01")]),
        (ATOM, [("/d/1", "Eins", "2026-03-03")]),
    ],
)
def test_feeds(text: str, expected: list[tuple[str, str, str]]) -> None:
    page = feed.read(raw(text), SOURCE, Listing(), 1)
    assert [(e.url.removeprefix(BASE), e.title, e.listed_on) for e in page.entries] == expected


@pytest.mark.parametrize(
    "text", ["<html><body><br></body></html>", "<rss><channel></channel></rss>", "", "kein XML", "<html/>"]
)
def test_what_is_no_feed_is_refused(text: str) -> None:
    assert feed.read(raw(text), SOURCE, Listing(), 1).problem


def test_entities_in_a_feed_are_not_expanded() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY f SYSTEM "file:///etc/passwd">]>' + RSS.replace(
        "Eins", "&f;&a;"
    )
    page = feed.read(raw(bomb), SOURCE, Listing(), 1)
    assert "root:" not in str(page)


SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{b}/d/1</loc><lastmod>2026-03-01</lastmod></url><url><loc>{b}/kontakt</loc></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_sitemaps(packed: bool) -> None:
    body = SITEMAP.replace("{b}", BASE).encode()
    page = sitemap.read(
        raw(gzip.compress(body) if packed else body), SOURCE, Listing(detail_pattern="^/d/"), 1
    )
    assert page.entries == (Entry("k", BASE + "/d/1", listed_raw="2026-03-01"),)


def test_a_sitemap_index_names_further_ones() -> None:
    text = "<sitemapindex><sitemap><loc>{b}/a.xml</loc><lastmod>2026-01-02</lastmod></sitemap></sitemapindex>"
    page = sitemap.read(raw(text), SOURCE, Listing(), 1)
    assert (page.more, page.changed) == ((BASE + "/a.xml",), {BASE + "/a.xml": "2026-01-02"})
    assert sitemap.read(raw("<html/>"), SOURCE, Listing(), 1).problem


def test_attachments_are_documents_on_the_same_hosts() -> None:
    body = (
        "<header><a href='/nav.pdf'>x</a></header>"
        "<main><a href='/a.PDF;jsessionid=1?__blob=publicationFile'>a</a>"
        "<a href='b.docx'>b</a><a href='/c.html'>c</a><a href='https://else.example/d.pdf'>d</a></main>"
    )
    found = attached.links(html(body), SOURCE, Family(title="t"))
    assert found == [BASE + "/a.PDF?__blob=publicationFile", BASE + "/presse/b.docx"]


@pytest.mark.parametrize("key", sorted(registry()))
def test_the_rules_of_every_source_are_valid(key: str) -> None:
    one = registry()[key]
    rules = listing.rules(one, families()[one.family])
    page = html("<li><h3><a href='/x'>y</a></h3></li><a href='/seite-2'>2</a>", one.home)
    listing.read(page, one, rules, 1)


def test_a_saved_feed_of_berlin_comes_out_right() -> None:
    saved = Path(__file__).parents[1] / "pages" / "be-feed-2021.xml"
    url = "https://www.berlin.de/presse/pressemitteilungen/index/feed"
    berlin = next(s for s in registry().values() if s.speaks_at(url))
    page = feed.read(Response(url, body=saved.read_bytes()), berlin, Listing(), 1)
    assert [(e.title, e.listed_on, e.url.rsplit("/", 1)[1]) for e in page.entries] == [
        (
            "Stromnetz Berlin ist wieder im Eigentum des Landes Berlin",
            "2021-07-01",
            "pressemitteilung.1102315.php",
        ),
        ("Gehweg- und Fahrbahnsanierungen an der Suarezstraße", "2021-07-01", "pressemitteilung.1102306.php"),
    ]


def test_a_day_at_the_end_of_a_title_is_not_the_day_of_the_row() -> None:
    title = "Öffentlichkeitstermine der Hausleitung bis 07.03.2025"
    row = (
        "<li><h3><span>Terminhinweis</span>{title}</h3><p>{day}</p><a href='{href}'>zur Detailseite</a></li>"
    )
    body = "".join(
        row.format(title=title, day=day, href=f"/medieninformation/{n}")
        for n, day in enumerate(("", "28.02.2025"))
    )
    assert [entry.listed_on for entry in entries(f"<ul>{body}</ul>", STATE)] == [None, "2025-02-28"]


def test_a_link_that_says_more_is_told_from_a_title_that_begins_with_it() -> None:
    body = (
        "<li>5. Mai 2024 <a href='/presse/a'>Mehr Raum für das Wasser an der Saale</a></li>"
        "<li><h3>Neue Brücke</h3><a href='/presse/b'>mehr</a></li><li><a href='/mwst'>Mehrwertsteuer</a></li>"
    )
    found = entries(f"<ul>{body}</ul>", Listing(link_text="mehr"), BASE + "/presse/")
    assert [entry.title for entry in found] == ["Mehr Raum für das Wasser an der Saale", "Neue Brücke"]

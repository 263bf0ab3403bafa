"""What a portal shows of itself: signs of its family, leads to its lists, rows that nobody described."""

import re
from collections.abc import Sequence

import pytest
import soupsieve

from archive.errors import ArchiveError
from archive.source import Family, Listing, families
from crawler.clusters import rules_for
from crawler.leads import feeds, press, sitemaps
from crawler.patterns import numbering, onward, pattern_of
from crawler.signs import ENOUGH, recognised
from crawler.survey import survey
from crawler.visited import Visited

BASE = "https://ministerium.example"


def page(body: str, path: str = "/presse", head: str = "") -> Visited:
    html = f"<html><head><title>Presse</title>{head}</head><body>{body}</body></html>"
    return Visited(BASE + path, BASE + path, 200, "text/html; charset=utf-8", html.encode())


@pytest.mark.parametrize("family", families().values(), ids=families().keys())
def test_every_sign_of_a_family_can_be_looked_for(family: Family) -> None:
    for sign in family.signs:
        assert (sign.selector is None) != (sign.address is None), sign
        assert 1 <= sign.weight <= 5
        soupsieve.compile(sign.selector or "p")
        re.compile(sign.address or "")


@pytest.mark.parametrize(
    ("head", "family"),
    [
        ("<meta name=generator content='Government Site Builder'>", "gsb"),
        ("<meta name='Generator' content='Drupal 11 (https://www.drupal.org)'>", "drupal"),
        ("<link rel=stylesheet href='/wp-content/themes/x/style.css'>", "wordpress"),
        ("<meta name=generator content='imperia9/14/1177'>", "imperia"),
        ("<meta name=generator content='Joomla!'>", None),
        ("<link rel=stylesheet href='https://other.example2/wp-content/x.css'>", None),
    ],
)
def test_a_family_is_told_by_its_signs(head: str, family: str | None) -> None:
    found = recognised([page("", head=head)])
    assert [r.family for r in found] == ([family] if family else [])
    assert all(r.weight >= ENOUGH and r.signs for r in found)


ROWS = [
    f"<a href='/aktuell/{n}-meldung.html'>Minister übergibt den Bescheid Nummer {n}</a>" for n in range(8)
]
MENU = (
    "<nav>"
    + "".join(f"<a href='/thema/{n}'>Ein langer Menüpunkt mit der Nummer {n}</a>" for n in range(30))
    + "</nav>"
)
LISTS = {
    "items": "<ul>" + "".join(f"<li>0{n + 1}.05.2026 {row}</li>" for n, row in enumerate(ROWS)) + "</ul>",
    "cards": "".join(f"<div class='card'><h3>{row}</h3><p>Text</p></div>" for row in ROWS),
    "a table": "<table>"
    + "".join(f"<tr><td>1. Mai 2026</td><td>{row}</td></tr>" for row in ROWS)
    + "</table>",
}


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS.keys())
def test_rows_are_links_that_look_alike_and_carry_titles(body: str) -> None:
    rules = rules_for(page(MENU + body))
    assert rules is not None
    assert rules.detail_pattern is not None
    assert all(re.search(rules.detail_pattern, f"/aktuell/{n}-meldung.html") for n in (3, 99))
    assert not re.search(rules.detail_pattern, "/thema/3")


@pytest.mark.parametrize(
    "body",
    [
        MENU,
        "".join(f"<a href='/{n}'>{n}</a>" for n in range(20)),
        f"<p>{'Ein Satz der Meldung. ' * 30}{' und '.join(ROWS[:4])}</p>",
        "".join(
            f"<a href='https://elsewhere.example2/{n}'>Eine Seite ganz anderswo im Netz {n}</a>"
            for n in range(9)
        ),
    ],
    ids=["a menu", "numbers", "a text", "links to others"],
)
def test_menus_texts_and_links_to_others_are_no_rows(body: str) -> None:
    assert rules_for(page(body)) is None


@pytest.mark.parametrize(
    ("paths", "pattern"),
    [
        (("/pm/2024/05/eins", "/pm/2024/06/zwei"), "^/pm/[0-9]{4}/[0-9]{2}/[^/?]+(?:$|[?;])"),
        (("/a/pm.17.php", "/a/pm.4.php"), r"^/a/pm\.[0-9]+\.php(?:$|[?;])"),
        (("/presse/eins-123456", "/presse/zwei-99887"), "^/presse/[^/?]+-[0-9]+(?:$|[?;])"),
        (("/presse/eins", "/presse/archiv/zwei"), "^/presse/.+"),
        (("/Aktuell/?id=12&typ=pm", "/Aktuell/?id=9&typ=pm"), r"^/Aktuell/\?(?:.*&)?id=[0-9]+"),
        (("/eins", "/zwei"), None),
    ],
)
def test_addresses_of_releases_become_a_pattern(paths: Sequence[str], pattern: str | None) -> None:
    found = pattern_of([BASE + path for path in paths])
    assert found == pattern
    for path in paths:
        assert found is None or re.search(found, path)


@pytest.mark.parametrize(
    ("numbered", "pattern"),
    [
        (("?page=1", "?page=2"), r"[?&]page={page}\b"),
        (("/presse/seite-2", "/presse/seite-3"), "/seite-{page}/?$"),
        (("?skip=10", "?skip=20"), r"[?&]skip={page}\b"),
        (("?x=a", "?x=b"), None),
    ],
)
def test_numbered_links_tell_how_pages_are_counted(numbered: tuple[str, str], pattern: str | None) -> None:
    body = "".join(f"<a href='{link}'>{n}</a>" for n, link in enumerate(numbered, 2))
    assert numbering(page(body)) == pattern


def test_a_link_that_says_so_leads_on() -> None:
    assert onward(page("<li class='pager-next'><a href='?x'>weiter</a></li>")) == "li.pager-next > a"
    assert onward(page("<a rel=next href='?x'>2</a>")) == "a[rel~=next]"
    assert onward(page("<a class='more' href='?x'>mehr</a>")) is None


def test_leads_are_sorted_by_what_they_promise() -> None:
    texts = {"/kontakt": "Pressekontakt", "/presse": "Presse", "/pm": "Pressemitteilungen", "/haus": "Haus"}
    body = "".join(f"<a href='{path}'>{text}</a>" for path, text in texts.items())
    found = [lead.url.removeprefix(BASE) for lead in press(page(body, "/"))]
    assert found == ["/pm", "/presse"]
    head = "<link rel=alternate type='application/rss+xml' href='/a.xml'>"
    body = "<a href='/b/rss.xml'>RSS</a><a href='/termine/rss.xml'>RSS</a>"
    assert feeds(page(body, head=head)) == [f"{BASE}/a.xml", f"{BASE}/b/rss.xml"]
    assert sitemaps(b"User-agent: *\nSitemap: https://a.example/s.xml\nsitemap: x") == [
        "https://a.example/s.xml"
    ]


HOSTILE = {
    "nothing": b"",
    "no page": b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
    "broken links": b"<base href='http://['><a href='http://['>Presse</a><link rel=canonical href='http://['>",
    "nesting": b"<main>" + b"<div><a href='/presse/1'>Presse</a>" * 600,
    "a bomb": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><rss>&a;</rss>",
    "half a sitemap": b"<urlset><url><loc>https://ministerium.example/presse/1</loc>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_page_however_broken_ends_a_survey(body: bytes) -> None:
    asked: list[str] = []

    def visit(urls: Sequence[str]) -> list[Visited]:
        asked.extend(urls)
        return [Visited(url, url, 200, "text/html", body) for url in urls]

    found = survey(f"{BASE}/presse", visit)
    assert len(asked) == len(set(asked)) <= 40
    assert found.listing is None or found.listing.rules != Listing()


def test_a_page_that_does_not_come_ends_it_with_the_reason() -> None:
    with pytest.raises(ArchiveError, match="asleep"):
        survey(BASE, lambda urls: [Visited(url, url, 0, None, b"", "asleep") for url in urls])

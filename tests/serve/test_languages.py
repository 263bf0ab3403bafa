"""The site in two languages: how one is chosen, that it stays, and that no page mixes them."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from babel.messages.pofile import read_po
from lxml import html

from serve.headers import Message, Receive, Scope, Send
from serve.language import CATALOGUES, gettext
from serve.language_choice import with_language
from tests.serve.invented import DISTRICTS, GONE, SOURCES

ENGLISH = {"cookie": "lang=en"}
PAGES = ("/", "/suche?q=wald", "/m/th-arbeit-1", "/karte", "/quellen", "/archive/releases", "/nirgends")
EXPORTS = (
    "/suche.csv?q=muster",
    "/suche.json?q=muster",
    "/archive/releases.json?_shape=array&_size=3",
    "/archive/releases.csv?_size=3",
    "/m/th-arbeit-1/zitat/1.bib",
    "/m/th-arbeit-1/zitat/1.txt",
)
STARTS = (
    *(
        "/",
        "/suche?q=muster",
        "/suche?q=%22muster",
        "/suche?q=kreis:Nirgendwo",
        "/suche?art=speech&von=2018-01-01",
    ),
    *(
        "/suche?q=xyzzy",
        "/m/th-arbeit-1/fassungen",
        "/karte?zeige=summe",
        "/quellen/th-bau",
        "/nirgends",
        f"/m/{GONE}",
    ),
    *(
        "/api",
        "/suche/beobachten?q=muster",
        "/archive",
        "/archive/releases?_search=muster",
        "/m/th-arbeit-1/melden?stelle=date",
        "/person/niemand",
    ),
)
NAMES = re.compile("|".join([*DISTRICTS.values(), *(publisher for *_, publisher in SOURCES.values())]))
MOST = 90  # pages that the walk looks at
LEFT_OUT = re.compile(r"\.(json|csv|xlsx|atom|db|bib|ris|txt)$|/kopie/\d+/|^/-/|^/daten/")
SHORTEST = 4  # letters of a word that betrays German
SILENT = ("script", "style", "title", "code")  # the words of the query language are German
READ = ("title", "aria-label", "placeholder", "alt", "data-name", "value")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_german_until_another_language_is_asked_for(site: httpx.Client, path: str) -> None:
    page = get(site, path, headers={"accept-language": "en-GB,en;q=0.9"})
    assert page.headers["content-language"] == "de"
    assert '<html lang="de">' in page.text
    assert "set-cookie" not in page.headers or "lang=" not in page.headers["set-cookie"]


@pytest.mark.parametrize("path", PAGES)
def test_an_address_can_name_the_language_and_a_cookie_remembers_it(site: httpx.Client, path: str) -> None:
    named = f"{path}{'&' if '?' in path else '?'}lang=en"
    by_address, by_cookie = get(site, named), get(site, path, headers=ENGLISH)
    for page in (by_address, by_cookie):
        assert page.headers["content-language"] == "en"
        assert '<html lang="en">' in page.text
        assert "cookie" in page.headers["vary"].lower()
    kept = by_address.headers["set-cookie"]
    assert {"lang=en", "SameSite=Lax", "HttpOnly", "Path=/"} <= set(kept.split("; "))
    assert "Secure" not in kept


def test_german_takes_the_cookie_away_and_the_unknown_changes_nothing(site: httpx.Client) -> None:
    german = get(site, "/?lang=de", headers=ENGLISH)
    assert german.headers["content-language"] == "de"
    assert "Max-Age=0" in german.headers["set-cookie"]
    for odd in ("/?lang=xx", "/?lang=", "/?lang=en%00", "/?lang[]=en"):
        assert get(site, odd).headers["content-language"] == "de"
    garbled = {"cookie": 'a="; lang=en; \\x00=;;==; lang'}
    assert get(site, "/", headers=garbled).headers["content-language"] == "en"


def test_each_page_links_to_itself_in_the_other_language(site: httpx.Client) -> None:
    page = html.fromstring(get(site, "/suche?q=wald&art=speech").text)
    [link] = page.xpath('//*[@role="banner"]//a[@hreflang="en"]')
    assert (link.text, link.get("lang")) == ("English", "en")
    there = get(site, link.get("href"))
    assert there.headers["content-language"] == "en"
    back = html.fromstring(there.text)
    assert back.xpath('//*[@role="banner"]//a[@hreflang="de"]/@href') == ["/suche?q=wald&art=speech&lang=de"]
    assert back.xpath('//input[@name="q"]/@value') == ["wald"]
    assert {e.get("hreflang") for e in back.xpath('//link[@rel="alternate"][@hreflang]')} == {"de", "en"}


def test_the_language_never_narrows_a_table(site: httpx.Client) -> None:
    english, german = (
        get(site, "/archive/releases?kind=speech&lang=en"),
        get(site, "/archive/releases?kind=speech"),
    )
    rows = [len(html.fromstring(page.text).xpath("//tbody/tr")) for page in (english, german)]
    assert rows[0] == rows[1] == 1


def test_a_kept_page_is_kept_for_each_language(site: httpx.Client) -> None:
    german, english = get(site, "/karte"), get(site, "/karte", headers=ENGLISH)
    tags = [page.headers["etag"] for page in (german, english)]
    assert tags[0] != tags[1]
    again = get(site, "/karte", headers=ENGLISH | {"if-none-match": tags[1]})
    assert again.status_code == 304
    assert "cookie" in again.headers["vary"].lower()
    assert get(site, "/karte", headers=ENGLISH | {"if-none-match": tags[0]}).status_code == 200


@pytest.mark.parametrize("path", EXPORTS)
def test_exports_are_the_same_in_every_language(site: httpx.Client, path: str) -> None:
    named = f"{path}{'&' if '?' in path else '?'}lang=en"
    plain, english = get(site, path), get(site, named, headers=ENGLISH)
    assert english.content == plain.content
    assert not {"content-language", "set-cookie"} & english.headers.keys()


def test_a_feed_words_its_search_in_the_language_of_its_address(site: httpx.Client) -> None:
    said = {code: site.get(f"/suche.atom?q=wald&land=DE-TH&lang={code}").text for code in ("de", "en")}
    assert "„wald“ · Land: Thüringen" in said["de"]
    assert "“wald” · State: Thuringia" in said["en"]


def test_readers_of_two_languages_at_once_each_read_their_own(site: httpx.Client) -> None:
    def read(at: int) -> tuple[bool, bool]:
        english = at % 2 == 1
        page = get(site, f"/suche?art=speech&q=zug{at}", headers=ENGLISH if english else {}).text
        return english, "Speech" in page and "Rede" not in page

    with ThreadPoolExecutor(8) as readers:
        assert all(asked == got for asked, got in readers.map(read, range(40)))


def test_the_cookie_stays_on_encrypted_ways_where_the_site_is_encrypted() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {"type": "http.response.start", "status": 200}
        await send(start | {"headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": gettext("Nicht gefunden").encode()})

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(with_language(app))  # type: ignore[arg-type]  # httpx wants narrower
        async with httpx.AsyncClient(transport=transport, base_url="https://archive.example.org") as client:
            return await client.get("/?lang=en")

    page = asyncio.run(ask())
    assert page.text == "Not found"
    assert page.headers["set-cookie"].endswith("; Secure")


def test_english_pages_show_no_german_word_of_ours(site: httpx.Client) -> None:
    """Whatever is German on an English page is a name or the text of a release, and says so."""
    betraying = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, german_words()))})(?!\w)")
    found = {}
    for address, page in walk(site):
        said = [f"{where}: {match[0]}" for where, text in spoken(page) if (match := betraying.search(text))]
        if said:
            found[address] = said
    assert found == {}


def get(site: httpx.Client, path: str, **how: Any) -> httpx.Response:
    """An answer to a reader without a past; the client of the tests would keep the cookie for all of them."""
    return httpx.get(site.base_url.join(path), timeout=60, **how)


def walk(site: httpx.Client) -> Iterator[tuple[str, html.HtmlElement]]:
    """English pages, those of each kind first that were not seen before."""
    waiting, seen, kinds = list(STARTS), set(STARTS), set()
    walked = 0
    while waiting and walked < MOST:
        address = waiting.pop(0)
        answer = get(site, address, headers=ENGLISH, follow_redirects=True)
        if "html" not in answer.headers["content-type"]:
            continue
        walked += 1
        page = html.fromstring(answer.text)
        yield address, page
        for href in page.xpath("//a/@href"):
            there = urlsplit(urljoin(str(answer.url), href))
            kind = re.sub(r"\d+|=[^&]*", "", f"{there.path}?{there.query}")
            path = f"{there.path}{'?' if there.query else ''}{there.query}"
            ours = there.netloc == urlsplit(str(site.base_url)).netloc and "lang=" not in there.query
            if ours and path not in seen and kind not in kinds and not LEFT_OUT.search(there.path):
                kinds.add(kind)
                seen.add(path)
                waiting.append(path)


def spoken(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """What a page says in English, each piece with the element it stands in."""
    for element in page.iter(html.etree.Element):
        if element.xpath('ancestor-or-self::*[@lang="de"]') or element.tag in SILENT:
            continue
        said = [element.text, *(child.tail for child in element)]
        buttons = element.tag in ("input", "button") and element.get("type") in (None, "submit", "button")
        said += [element.get(name) for name in READ if name != "value" or buttons]
        text = " | ".join(" ".join(piece.split()) for piece in said if piece)
        yield element.tag, NAMES.sub("", text)


def german_words() -> set[str]:
    """Pieces of German messages that no English message has."""
    with (CATALOGUES / "en/LC_MESSAGES/messages.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    english = " | ".join(
        form for m in messages for form in ([m.string] if isinstance(m.string, str) else m.string)
    )
    german = (form for m in messages for form in ([m.id] if isinstance(m.id, str) else m.id))
    pieces = {
        piece.strip(" .,:;()–") for form in german for piece in re.split(r"%\(\w+\)s|%%|\{\d\}|<[^>]*>", form)
    }
    known = re.compile(r"\w")
    return {
        piece
        for piece in pieces
        if len(piece) >= SHORTEST
        and known.search(piece)
        and not re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", english)
    }

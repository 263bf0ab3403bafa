"""An archive full of attack strings does nothing in a browser: no dialog, no error, no outside host."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.tab import Tab
from tests.serve.invented import GONE, HOSTILE

PAGES = [
    "/",
    "/suche?q=angriff",
    '/suche?q="><script>alert(1)</script>&kreis=<b>&sort=<i onmouseover=alert(1)>',
    "/suche?q='-alert(1)-'&herausgeber=<svg/onload=alert(1)>",
    '/suche/beobachten?q="><script>alert(1)</script>&herausgeber=<svg/onload=alert(1)>',
    f"/m/{HOSTILE}",
    f"/m/{HOSTILE}?q=<img src=x onerror=alert(1)>",
    f"/m/{HOSTILE}/fassungen",
    f"/m/{HOSTILE}/beleg",
    f"/m/{HOSTILE}/kopie/1",
    f"/m/{HOSTILE}/kopie/1/quelltext",
    f"/m/{HOSTILE}/anhang/1",
    f"/m/{HOSTILE}/melden?stelle=municipality@77",
    f"/m/th-bau-3/vergleich/{HOSTILE}",
    "/m/th-bau-1",
    "/gemeinde/16065002",
    "/kreis/16065",
    "/quellen",
    "/archive",
    "/archive/releases?_facet=title",
    f"/archive/releases/{HOSTILE}",
    "/archive/attachments",
    "/archive/captures",
    "/archive/offene_punkte",
    "/archive/redactions",
]

MADE_BY_ATTACKS = '[onerror], [onload], [onmouseover], a[href^="javascript:"], main img'


@pytest.fixture(scope="module")
def window(browser: Browser, site: httpx.Client) -> Iterator[Tab]:
    opened = Tab(browser, str(site.base_url))
    yield opened
    opened.close()
    assert opened.troubles == []


# What is about the release as JSON-LD is data: no browser runs it, and it cannot end its element.
RUNS_AN_ATTACK = """[...document.scripts].some(
    s => s.type !== 'application/ld+json' && s.textContent.includes('alert('))"""


@pytest.mark.parametrize("path", PAGES)
def test_hostile_words_stay_words(window: Tab, path: str) -> None:
    answer = window.page.goto(path)
    assert answer is not None
    assert answer.status == 200
    window.page.mouse.move(300, 300)
    assert window.page.locator(MADE_BY_ATTACKS).count() == 0
    assert not window.page.evaluate(RUNS_AN_ATTACK)


@pytest.mark.parametrize(
    "path", [f"/m/{GONE}", f"/m/{HOSTILE}/<script>alert(1)</script>", "/<img src=x onerror=alert(1)>"]
)
def test_pages_of_error_show_hostile_words_as_words(tab: Tab, path: str) -> None:
    answer = tab.page.goto(path)
    assert answer is not None
    assert answer.status in (404, 410)
    tab.troubles[:] = [trouble for trouble in tab.troubles if "status of 4" not in trouble]
    assert tab.page.locator("main script, main img").count() == 0


def test_a_hostile_page_is_dead_in_its_archived_copy(tab: Tab) -> None:
    tab.page.goto(f"/m/{HOSTILE}/kopie/1")
    with tab.page.context.expect_page() as opening:
        tab.page.get_by_role("link", name="Seite ansehen").click()
    copy = opening.value
    copy.wait_for_timeout(500)  # a refresh to another address would have come by then
    expect(copy.get_by_role("heading", level=1)).to_have_text("Angriff")
    assert copy.url.endswith("/kopie/1/seite")
    assert copy.evaluate("window.origin") == "null"
    assert copy.evaluate("document.referrer") == ""
    copy.get_by_text("klick").click()
    copy.locator("input").press("Enter")
    copy.wait_for_timeout(200)
    assert copy.url.endswith("/kopie/1/seite")

"""The switch of languages, by key and by click, and what English pages are to a screen reader and a phone."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.tab import Tab
from tests.browser.test_accessibility import AXE, RUN, TAGS

PAGES = (
    *(
        "/",
        "/suche?q=bescheid&von=2018-01-01",
        "/suche/hilfe",
        "/quellen",
        "/m/th-arbeit-1",
        "/m/th-bau-2/fassungen",
    ),
    *("/m/th-arbeit-1/beleg", "/kreis/16065", "/karte", "/verlauf", "/archive", "/archive/releases"),
)
WIDTHS = (390, 1024, 1600)


@pytest.fixture(scope="module")
def english(browser: Browser, site: httpx.Client) -> Iterator[Tab]:
    tab = Tab(browser, str(site.base_url))
    tab.page.add_init_script(AXE)
    tab.page.goto("/?lang=en")
    yield tab
    tab.close()
    assert tab.troubles == []


def language(page: Page) -> str | None:
    return page.locator("html").get_attribute("lang")


def test_the_switch_is_reached_by_key_and_stays_through_clicks_and_searches(tab: Tab) -> None:
    page = tab.page
    page.goto("/quellen")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hreflang") == "en":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("State of the sources")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Germany")
    page.get_by_role("searchbox", name="Search the archive").fill("bescheid")
    page.keyboard.press("Enter")
    expect(page).to_have_title("bescheid – Search – Pressearchiv")
    assert "lang=" not in page.url
    page.get_by_role("link", name="Deutsch").click()
    expect(page).to_have_title("bescheid – Suche – Pressearchiv")
    page.goto("/karte")
    assert language(page) == "de"


def test_the_switch_works_without_script_and_an_address_without_cookies(
    browser: Browser, site: httpx.Client
) -> None:
    tab = Tab(browser, str(site.base_url), script=False)
    tab.page.goto("/m/th-arbeit-1")
    tab.page.get_by_role("link", name="English").click()
    assert language(tab.page) == "en"
    tab.page.context.clear_cookies()
    tab.page.reload()
    assert language(tab.page) == "en"
    tab.close()
    assert tab.troubles == []


def test_what_an_english_reader_typed_is_understood_again(english: Tab) -> None:
    page = english.page
    page.set_viewport_size({"width": 1024, "height": 900})
    page.goto("/suche?q=muster&betrag_von=50,000&von=3%20March%202018")
    hits = page.locator("ol.releases > li").count()
    page.get_by_role("button", name="Apply").click()
    assert page.locator("ol.releases > li").count() == hits == 1


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_breaks_no_rule_of_accessibility_and_fits_the_screen(english: Tab, path: str) -> None:
    page, found = english.page, []
    page.goto(path)
    assert language(page) == "en"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{width}: wider than the screen")
    assert found + page.evaluate(RUN, [TAGS, None]) == []

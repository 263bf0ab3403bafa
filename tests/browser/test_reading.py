"""What readers do: real clicks and keys, with and without scripts."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.tab import Tab

ONE = "/m/th-arbeit-1"


def pressed_until(page: Page, wanted: Locator, key: str = "Tab", most: int = 60) -> None:
    """Press a key until the wanted element has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{key} never leads to {wanted}")


def test_a_search_from_the_home_page_leads_to_the_release(tab: Tab) -> None:
    tab.page.goto("/")
    tab.page.get_by_role("searchbox", name="Suchwörter").fill("bescheid")
    tab.page.get_by_role("button", name="Suchen").click()
    expect(tab.page.locator("mark").first).to_have_text(re.compile("bescheid", re.IGNORECASE))
    tab.page.get_by_role("link", name="Erna Muster übergibt").first.click()
    expect(tab.page).to_have_url(re.compile(ONE))
    expect(tab.page.get_by_role("heading", level=1)).to_contain_text("Fördermittelbescheide")


def test_a_filter_narrows_the_hits_and_can_be_taken_back(tab: Tab) -> None:
    tab.page.goto("/suche?q=weimar")
    hits = tab.page.locator("main h3 a")
    before = hits.count()
    tab.page.get_by_role("link", name=re.compile("Medieneinladung")).first.click()
    expect(tab.page).to_have_url(re.compile("art=media_invitation"))
    assert 0 < hits.count() < before
    tab.page.go_back()
    expect(hits).to_have_count(before)


def test_marks_are_switched_off_by_kind_and_nothing_else_changes(tab: Tab) -> None:
    tab.page.goto(ONE)
    amount, place = (tab.page.locator(f".text .m-{kind}").first for kind in ("amount", "district"))
    text = tab.page.locator(".text").inner_text()
    expect(amount).to_have_css("text-decoration-line", "underline")
    tab.page.get_by_role("checkbox", name="Beträge").click()
    expect(amount).to_have_css("text-decoration-line", "none")
    expect(place).to_have_css("text-decoration-line", "underline")
    assert tab.page.locator(".text").inner_text() == text


def test_kinds_of_marks_are_told_apart_without_colour(tab: Tab) -> None:
    tab.page.goto(ONE)
    looks = {
        kind: tab.page.locator(f".text .m-{kind}").first.evaluate(
            "e => ['Style', 'Thickness'].map(n => getComputedStyle(e)['textDecoration' + n]).join()"
        )
        for kind in ("minister", "person", "district", "municipality", "amount", "date")
    }
    assert len(set(looks.values())) == len(looks), looks


def test_the_keyboard_alone_leads_from_the_home_page_to_the_bytes(tab: Tab) -> None:
    page = tab.page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    page.keyboard.press("Enter")
    pressed_until(page, page.get_by_role("searchbox", name="Suchwörter"))
    page.keyboard.type("jugendarbeit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche?*")
    pressed_until(page, page.get_by_role("link", name="Erna Muster übergibt").first, most=120)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ONE}*")
    proof = page.get_by_role("link", name="Beleg: 477.970 €")
    pressed_until(page, proof, most=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/beleg#amount-*")
    row = page.locator("tr:target")
    expect(row).to_contain_text("477.970 Euro")
    pressed_until(page, page.get_by_role("link", name="Archivierte Kopie"), key="Shift+Tab", most=120)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Archivierte Kopie")
    expect(page.get_by_role("link", name="Bytes")).to_be_visible()


def test_every_focus_can_be_seen(tab: Tab) -> None:
    tab.page.goto(ONE)
    for _ in range(25):
        tab.page.keyboard.press("Tab")
        style = tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", tab.page.evaluate("document.activeElement.outerHTML")


def test_versions_are_compared_by_choosing_them(tab: Tab) -> None:
    tab.page.goto("/m/th-bau-2/fassungen")
    tab.page.get_by_label("Ansicht").select_option("nebeneinander")
    tab.page.get_by_role("button", name="Vergleichen").click()
    expect(tab.page.locator(".pair.changed del").first).to_have_text("fördert")
    expect(tab.page.locator(".pair.changed ins").first).to_have_text("unterstützt")


def test_a_wrong_mention_is_proposed_from_its_proof(tab: Tab) -> None:
    tab.page.goto(f"{ONE}/beleg")
    tab.page.get_by_role("link", name="Falsch? Betrag 477.970 Euro").click()
    tab.page.get_by_label("Das ist nichts dieser Art").check()
    tab.page.get_by_label("Was wäre richtig?").fill("eine Postleitzahl")
    tab.page.get_by_role("button", name="Hinweis senden").click()
    expect(tab.page.get_by_role("status")).to_contain_text("Der Hinweis ist notiert")


@pytest.fixture
def plain(browser: Browser, site: httpx.Client) -> Iterator[Tab]:
    opened = Tab(browser, str(site.base_url), script=False)
    yield opened
    opened.close()
    assert opened.troubles == []


def test_everything_works_without_scripts(plain: Tab) -> None:
    page = plain.page
    page.goto("/")
    page.get_by_role("searchbox", name="Suchwörter").fill("hochwasserschutz")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Hochwasserschutz: Bund und Länder").first.click()
    page.get_by_role("link", name="Was ist anders?").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Derselbe Text, zweimal")

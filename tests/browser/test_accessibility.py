"""Every page of ours passes axe-core in light and dark, on a phone and on a wide screen."""

from collections.abc import Iterator
from importlib.resources import files

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser.tab import Scheme, Tab
from tests.serve.invented import GONE

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/",
    "/suche",
    "/suche?q=bescheid",
    '/suche?q="offen',
    "/suche?q=gibtesnicht",
    "/suche/hilfe",
    "/suche/beobachten?q=bescheid&kreis=16065",
    "/quellen",
    "/quellen/th-arbeit",
    "/m/th-arbeit-1",
    "/m/th-bau-1?q=Haltestelle",
    "/m/th-bau-3",
    "/m/th-arbeit-attack",
    "/m/th-bau-2/fassungen",
    "/m/th-bau-2/fassungen?ansicht=nebeneinander",
    "/m/th-arbeit-1/beleg",
    "/m/th-arbeit-1/kopie/1",
    "/m/th-arbeit-2/kopie/1",
    "/m/th-arbeit-1/melden?stelle=date",
    f"/m/{GONE}",
    "/m/th-bau-1/anhang/1?seite=3",
    "/m/bund-umwelt-1/vergleich/th-bau-3",
    "/person/erna-muster",
    "/amt/Ministerin",
    "/ministerium/th-arbeit",
    "/kreis/16065",
    "/gemeinde/16065002",
    "/karte",
    "/karte/DE-TH",
    "/verlauf",
    "/verlauf?land=DE-TH",
    "/foerderung/th-arbeit-1-477970",
    "/nirgends",
    "/archive",
    "/archive/releases",
    "/archive/amounts?_facet=currency",
    "/archive/releases?_search=haus&_sort_desc=published_on",
    "/archive/releases/th-arbeit-1",
    "/archive/kreis_nach_jahr_und_ministerium?kreis=Weimar",
    "/archive?sql=select+id,+'a'+from+releases+where+1+limit+3",
]


LOOKS: tuple[tuple[Scheme, int], ...] = (("light", 390), ("light", 1600), ("dark", 390), ("dark", 1600))
# Of another colour scheme only the colours are new.
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """([tags, rules]) => axe.run({
    runOnly: rules ? {type: 'rule', values: rules} : {type: 'tag', values: tags}, resultTypes: ['violations'],
}).then(found => found.violations.map(
    v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 90)).join(' | ')))"""


@pytest.fixture(scope="module")
def looking(browser: Browser, site: httpx.Client) -> Iterator[Tab]:
    tab = Tab(browser, str(site.base_url))
    tab.page.add_init_script(AXE)
    yield tab
    tab.close()
    missing = ("404 (Not Found)", "410 (Gone)")  # two of the pages are about that
    assert [trouble for trouble in tab.troubles if not any(m in trouble for m in missing)] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_accessibility_and_fits_the_screen(looking: Tab, path: str) -> None:
    page, found = looking.page, []
    page.goto(path)
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{width}: wider than the screen")
        broken = page.evaluate(RUN, [TAGS, None if scheme == "light" else COLOURS])
        found += [f"{scheme} {width}: {each}" for each in broken]
    assert found == []

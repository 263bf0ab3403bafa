"""Makes the screenshots of the docs: for each page one sheet, three widths in light and dark.

Start `pressearchiv demo`, then run `python docs/screenshots.py http://127.0.0.1:8001`.
"""

import shutil
import sys
from base64 import b64encode
from itertools import product
from pathlib import Path
from typing import Literal

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent / "screenshots"
WIDTHS = (390, 1024, 1600)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEIGHT, SCALE = 1300, 0.45
COVER = {"release": "release-1600.png"}  # shown in the readme
TELLING = "SELECT release_id FROM grants GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
MOST = "SELECT {0} FROM {1} WHERE {0} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"


def main(base: str) -> None:
    """Make all sheets."""
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path in pages(base).items():
            sheet(browser, name, base + path)
        browser.close()


def pages(base: str) -> dict[str, str]:
    """The pages by name, with what the archive tells most of."""
    release = _first(base, TELLING)
    return {
        "home": "/",
        "search": "/suche?q=förderung",
        "sources": "/quellen",
        "release": f"/m/{release}",
        "proof": f"/m/{release}/beleg",
        "copy": f"/m/{release}/kopie/1",
        "report": f"/m/{release}/melden?stelle=date",
        "person": f"/person/{_first(base, MOST.format('minister_id', 'minister_mentions'))}",
        "district": f"/kreis/{_first(base, MOST.format('district_ags', 'district_mentions'))}",
        "ministry": f"/ministerium/{_first(base, MOST.format('publisher_id', 'releases'))}",
        "map": "/karte",
        "course": "/verlauf",
        "questions": "/archive",
        "table": "/archive/releases",
    }


def sheet(browser: Browser, name: str, address: str) -> None:
    """All looks of one page side by side."""
    pictures = []
    for scheme, width in product(SCHEMES, WIDTHS):
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale="de-DE"
        )
        page = context.new_page()
        page.goto(address)
        if width == WIDTHS[-1] and scheme == "light" and name in COVER:
            page.screenshot(path=HERE / COVER[name], clip={"x": 0, "y": 0, "width": width, "height": 900})
        pictures.append((width, page.screenshot(type="jpeg", quality=80)))
        context.close()
    page = browser.new_page(viewport={"width": round(sum(WIDTHS) * SCALE) + 75, "height": 100})
    _lay_out(page, pictures)
    page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=60, full_page=True)
    page.close()


def _lay_out(page: Page, pictures: list[tuple[int, bytes]]) -> None:
    shown = "".join(
        f'<img width="{round(width * SCALE)}" src="data:image/jpeg;base64,{b64encode(picture).decode()}">'
        for width, picture in pictures
    )
    style = "margin:15px;display:flex;flex-wrap:wrap;gap:15px;background:#999"
    page.set_content(f'<body style="{style}">{shown}</body>', wait_until="load")


def _first(base: str, sql: str) -> str:
    answer = httpx.get(f"{base}/archive.json", params={"sql": sql, "_shape": "arrayfirst"}, timeout=60)
    return str(answer.raise_for_status().json()[0])


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))

"""Reading pages as tests do."""

import re
from html.parser import HTMLParser

import httpx


class Elements(HTMLParser):
    """The start tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(page: str) -> str:
    """What a page says, in one line."""
    return " ".join(Elements(page).text.split())


def found(site: httpx.Client, query: str, **filters: str) -> list[str]:
    """The ids of the releases that a search finds, as its page has them."""
    page = site.get("/suche", params={"q": query} | filters)
    assert page.status_code == 200
    return re.findall(r'<h3><a href="/m/([^"]+)"', page.text)

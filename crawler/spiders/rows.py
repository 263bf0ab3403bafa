"""Rules for lists without selectors: which links lead to releases, and what belongs to each of them."""

import re
from collections import defaultdict
from collections.abc import Sequence

from lxml.html import HtmlElement

from archive.source import Listing, Source
from crawler.listed import listed_on
from crawler.spiders.anchors import Anchor, target, wanted
from crawler.spiders.select import clean, matching, text_of

# A number stands at the start of its line, also glued to the title; "Haushalt 2025/2026" is none.
# A line of its own may be a number without its year written out: 19132 is the 132nd of 2019.
SHORT_NUMBER = re.compile(r"[12]\d{4}")
NUMBER = re.compile(r"\D{0,30}?(?!(?:19|20)\d{2}/)(\d{1,4}/(?:19|20)\d{2})(?!\d)")
# A day at an end of its line is the list's; one in the middle is part of what the release says.
DAY = r"(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.\s*[A-Za-zä]{3,9}\.?\s+\d{4}|\d{4}-\d{2}-\d{2})"
DAY_LINE = re.compile(
    rf"(?:\w+,\s*(?:den\s+)?)?{DAY}.*|.{{0,100}}?{DAY}(?:[\s,|–-]*\d{{1,2}}[:.]\d\d)?(?: Uhr)?"
)
TITLE_LEAST = 25  # characters; shorter link texts are navigation
ITEMS = ("li", "article", "tr", "dd")
HEADINGS = "h1, h2, h3, h4, h5, h6"


def leads(anchor: Anchor, listing: Listing) -> bool:
    """Whether a link leads to a release, by its address or its text."""
    return _addressed(anchor, listing) or any(_says(anchor, text) for text in listing.link_texts)


def _addressed(anchor: Anchor, listing: Listing) -> bool:
    return bool(listing.detail_pattern and wanted(anchor.url, listing.detail_pattern))


def _says(anchor: Anchor, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", anchor.text, re.IGNORECASE) is not None


def _leading(links: Sequence[Anchor], listing: Listing) -> list[Anchor]:
    """The links to releases: of the texts the first that any has, as pages say "mehr" in other places too."""
    for text in listing.link_texts:
        if found := [a for a in links if _addressed(a, listing) or _says(a, text)]:
            return found
    return [a for a in links if _addressed(a, listing)]


def found(
    links: Sequence[Anchor], here: str, source: Source, listing: Listing
) -> list[tuple[HtmlElement, str]]:
    """Row and link of each release on a page at the address `here`."""
    leading = _leading(links, listing)
    if not leading and not listing.detail_pattern:
        leading = [a for a in links if _deeper(a, here, source)]
    targets: dict[HtmlElement, set[str]] = defaultdict(set)
    for anchor in leading:
        for ancestor in anchor.element.iterancestors():
            targets[ancestor].add(anchor.href)
    return [(_row(a.element, targets), a.href) for a in leading]


def _row(anchor: HtmlElement, targets: dict[HtmlElement, set[str]]) -> HtmlElement:
    """The largest element around a link that holds no other release, at most an item of a list."""
    row = anchor
    for ancestor in anchor.iterancestors():
        if len(targets[ancestor]) > 1 or ancestor.tag in ("main", "body", "html"):
            break
        row = ancestor
        if row.tag in ITEMS:
            break
    return row


def _deeper(anchor: Anchor, here: str, source: Source) -> bool:
    """Whether a link with a title for a text goes to a page below the list."""
    if len(anchor.text) < TITLE_LEAST or not source.speaks_at(anchor.url):
        return False
    page, path = target(here).partition("?")[0].rstrip("/"), anchor.target.partition("?")[0].rstrip("/")
    return path != page and path.startswith(page.removesuffix("/index.html") + "/")


def title(row: HtmlElement, listing: Listing) -> str | None:
    """The heading of a row, else the text of its link."""
    if headings := [text for node in matching(row, HEADINGS) if (text := text_of(node))]:
        return headings[0]
    texts = [text_of(a) for a in row.iter("a") if "href" in a.attrib]
    told = [t for t in texts if t and not any(_says_only(t, text) for text in listing.link_texts)]
    return max(told, key=len, default=None)


def _says_only(text: str, link_text: str) -> bool:
    """Whether a link says where it leads ("mehr lesen") and not what is there ("Mehr Raum für Kinder")."""
    return link_text.lower() in text.lower() and len(text) < len(link_text) + 12


def number(lines: Sequence[str]) -> str | None:
    """A release number such as 127/2018 in the lines of a row."""
    hits = (NUMBER.match(text) or SHORT_NUMBER.fullmatch(text) for text in lines)
    return next((hit[hit.re.groups] for hit in hits if hit), None)


def day(row: HtmlElement, lines: Sequence[str], title: str | None = None) -> str | None:
    """The text that gives a row's day: a time element, or a short text that is a date.

    A title may end in a day as well ("Öffentlichkeitstermine bis 07.03.2025"), which is another one.
    """
    for node in row.iter("time"):
        stamp = str(node.get("datetime", ""))
        if listed_on(stamp):
            return stamp
    for text in lines:
        titled = len(text) > TITLE_LEAST and text in (title or "")
        if not titled and DAY_LINE.fullmatch(text) and listed_on(text):
            return text
    return None


def lines(row: HtmlElement) -> list[str]:
    """The texts in a row, each on a line of its own."""
    return [line for text in row.itertext() if (line := clean(text))]

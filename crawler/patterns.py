"""Regular expressions out of examples: addresses of releases, and how pages of a list are numbered."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from urllib.parse import parse_qsl, quote, urlsplit

from crawler.leads import links, said
from crawler.spiders.anchors import target
from crawler.spiders.paging import ONWARD
from crawler.visited import Visited

ONWARD_CLASS = re.compile(r"^[\w-]*(?:next|forward|weiter|vor)[\w-]*$", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]+")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
END = "(?:$|[?;])"  # links may carry a session or a place in the menu, which canonical addresses have not
CONSTANT = 3  # characters that a fixed part of a pattern has at least, to tell releases from other pages


def pattern_of(urls: Sequence[str]) -> str | None:
    """What addresses of releases share, as a pattern for path and query; None where it would tell nothing.

    >>> pattern_of(["https://a.de/presse/2024/eins.html", "https://a.de/presse/2023/zwei.html"])
    '^/presse/[0-9]{4}/[^/?]+\\\\.html(?:$|[?;])'
    >>> pattern_of(["https://a.de/eins", "https://a.de/zwei"]) is None
    True
    """
    paths = [urlsplit(url).path.rstrip("/").split("/")[1:] for url in urls]
    if len({len(path) for path in paths}) == 1:
        parts = [_segment(column) for column in zip(*paths, strict=True)]
        path = "".join(f"/{part}" for part in parts)
    else:
        parts = [re.escape(c[0]) for c in _shared(paths)]
        path = "".join(f"/{part}" for part in parts) + "/.+"
    slash = "/" if all(urlsplit(url).path.endswith("/") for url in urls) else ""
    query = _query(urls)
    fixed_parts = [part for part in parts if not part.startswith("[^")]
    fixed = max((len(re.sub(r"\\.|\[[^]]*\][+{}0-9]*", "", p)) for p in [*fixed_parts, query]), default=0)
    dated = path.count("[0-9]{4}/[0-9]{2}") > 0
    if fixed < CONSTANT and not dated:
        return None
    return f"^{path}{slash}{query or ('' if path.endswith('.+') else END)}"


def numbering(page: Visited) -> str | None:
    """How the address of a list's page holds its number, told by the links "2" and "3"."""
    by_text = {text: target(url) for url, text in links(page) if re.fullmatch(r"[1-9]\d?", text)}
    numbers = sorted(map(int, by_text))
    for low, high in pairwise(numbers):
        if found := _differing(by_text[str(low)], by_text[str(high)]):
            return found
    return None


def onward(page: Visited) -> str | None:
    """A selector for the link to the next page of a list: by what it is called."""
    if page.soup.select_one("a[rel~=next][href]"):
        return "a[rel~=next]"
    for node in page.soup.find_all("a", href=True):
        labels = (said(node), str(node.get("aria-label") or ""), str(node.get("title") or ""))
        if any(ONWARD.fullmatch(label.strip()) for label in labels):
            for around in filter(None, (node, node.parent)):
                for name in around.get("class") or ():
                    css = f"{around.name}.{name}" if around is node else f"{around.name}.{name} > a"
                    if ONWARD_CLASS.search(name) and len(page.soup.select(css)) == 1:
                        return css
    return None


def _segment(column: Sequence[str]) -> str:
    if len({NUMBER.sub("0", value) for value in column}) == 1:
        return _numbered(column)
    ends = {re.search(r"(?:\.[a-z]{2,5})?$", value)[0] for value in column}  # type: ignore[index]
    numbered = r"-[0-9]+" if all(re.search(r"-[0-9]{4,}(?:\.[a-z]+)?$", value) for value in column) else ""
    return f"[^/?]+{numbered}{re.escape(ends.pop()) if len(ends) == 1 else ''}"


def _numbered(column: Sequence[str]) -> str:
    """A part of an address that differs in its numbers alone; years differ even where these do not.

    >>> _numbered(["seite-1"]), _numbered(["2024"]), _numbered(["pm.17.php", "pm.4.php"])
    ('seite-1', '[0-9]{4}', 'pm\\\\.[0-9]+\\\\.php')
    """
    pieces = NUMBER.split(column[0])
    numbers = zip(*(NUMBER.findall(value) for value in column), strict=True)
    told = [_digits(values) for values in numbers]
    texts = [re.escape(piece).replace(r"\-", "-") for piece in pieces]
    return texts[0] + "".join(number + text for number, text in zip(told, texts[1:], strict=True))


def _digits(values: Sequence[str]) -> str:
    sizes = {len(value) for value in values}
    if len(set(values)) == 1 and not YEAR.fullmatch(values[0]):
        return values[0]
    return f"[0-9]{{{sizes.pop()}}}" if sizes in ({2}, {4}) else "[0-9]+"


def _shared(paths: list[list[str]]) -> list[tuple[str, ...]]:
    """The folders with which all paths begin."""
    shared = []
    for column in zip_longest(*paths, fillvalue=""):
        if len(set(column)) > 1:
            break
        shared.append(column)
    return shared


def _query(urls: Sequence[str]) -> str:
    """The parameter that all addresses have with the same value, or else one that numbers them."""
    queries = [dict(parse_qsl(urlsplit(url).query)) for url in urls]
    for name in queries[0]:
        values = [query.get(name, "") for query in queries]
        if all(value.isdecimal() for value in values):
            return rf"\?(?:.*&)?{re.escape(quote(name))}=[0-9]+"
    for name in queries[0]:
        values = [query.get(name, "") for query in queries]
        if len(set(values)) == 1 and values[0]:
            return rf"\?(?:.*&)?{re.escape(quote(name))}={re.escape(quote(values[0]))}"
    return ""


def _differing(one: str, other: str) -> str | None:
    """The place of the first number that two addresses do not share.

    >>> _differing("/presse/seite-2", "/presse/seite-3"), _differing("/p?page=1&h=ab2", "/p?page=2&h=ab3")
    ('/seite-{page}/?$', '[?&]page={page}\\\\b')
    """
    hits = [list(re.finditer(r"\d+", text)) for text in (one, other)]
    for a, b in zip(*hits, strict=False):
        if a[0] != b[0]:
            before = one[: a.start()]
            if "?" not in before:
                word = before.rpartition("/")[2]
                return f"/{re.escape(word).replace(chr(92) + '-', '-')}{{page}}/?$"
            name = re.split("[?&]", before)[-1]
            return rf"[?&]{re.escape(name)}{{page}}\b"
    return None

"""What the structure of a source file cannot say: that its addresses, patterns and selectors can be used."""

import re
from collections.abc import Iterator

from msgspec.structs import asdict
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from archive.source import Layout, Listing, Source
from archive.urls import canonical

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PATTERNS = ("next_pattern", "detail_pattern", "path")
BLANK = LexborHTMLParser("<p>x</p>")


def faults(source: Source) -> Iterator[str]:
    """Each thing that is wrong with a source, with the mend."""
    if not KEY.fullmatch(source.key):
        yield f'"{source.key}" is no key; name the file in small letters, digits and hyphens, as th-tmil.toml'
    if not source.seeds:
        yield "seeds is empty; give at least one [[seeds]] with the address of a listing, feed or sitemap"
    for name, url in [("home", source.home), *(("seeds", seed.url) for seed in source.seeds)]:
        try:
            canonical(url)
        except ValueError:
            yield f'{name}: "{url}" is no address; it begins with https:// and a host'
        if seed_months(source, url) != ("{year}" in url and "{month}" in url):
            yield f'{name}: months_since goes with {{year}} and {{month}} in "{url}"'
    for address in source.addresses:
        try:
            re.compile(address.path or "")
        except re.error as error:
            yield f"addresses: path {address.path!r} is no regular expression ({error})"
    yield from _of_part("listing", source.listing)
    for number, layout in enumerate(source.layouts, 1):
        yield from _of_part(f"layouts, number {number}", layout)


def seed_months(source: Source, url: str) -> bool:
    """Whether an address is that of a seed that is asked month by month."""
    return any(seed.months_since for seed in source.seeds if seed.url == url)


def _of_part(place: str, part: Listing | Layout) -> Iterator[str]:
    for name, value in asdict(part).items():
        if name in PATTERNS and value:
            try:
                re.compile(value.replace("{page}", "1"))
            except re.error as error:
                yield f"{place}: {name} {value!r} is no regular expression ({error})"
        selectors = value if isinstance(value, tuple) else (value,) if name == "marker" and value else ()
        for selector in selectors:
            try:
                BLANK.css(selector.partition("@")[0])
            except SelectolaxError:
                yield f"{place}: {name} {selector!r} is no CSS selector"

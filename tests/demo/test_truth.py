"""What parsing and extraction bring back of that which was put into the invented releases.

The shares are floors: they may be raised, never lowered.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from urllib.parse import quote

import pytest

from archive.source import Source, read_sources
from demo.collection import edition
from demo.exchange import Request, Response
from demo.portals import bund, feed, thueringen
from demo.release import DemoRelease
from pipeline.extract.mentions import Amount, Context, Date, District, Mention, Minister, Municipality
from pipeline.extract.release import extract
from pipeline.parse.page import Page, parse

JURISDICTIONS = {"demo-thueringen": "DE-TH", "demo-bund": "DE", "demo-feed": "DE-ST"}
MODULES = {"demo-thueringen": thueringen, "demo-bund": bund, "demo-feed": feed}
ADDRESS: dict[str, Callable[[DemoRelease], str]] = {key: module.address for key, module in MODULES.items()}
RESPOND: dict[str, Callable[[Request], Response]] = {key: module.respond for key, module in MODULES.items()}


@cache
def sources() -> dict[str, Source]:
    return read_sources(files("demo") / "sources")


@cache
def pages(portal: str) -> list[tuple[DemoRelease, Page]]:
    """Every release of a portal beside what the parser read on its page; the block page is left out."""
    found = []
    for release in edition(portal, 0).releases:
        path = ADDRESS[portal](release)
        answer = RESPOND[portal](Request(path, "http://127.0.0.1", visits=1))
        assert isinstance(answer.body, bytes)
        if b"captcha" not in answer.body:
            url = f"http://127.0.0.1{quote(path)}"
            page = parse(answer.body, url, date(2026, 7, 1), sources()[portal], answer.content_type)
            found.append((release, page))
    return found


@cache
def mentions(portal: str) -> list[tuple[DemoRelease, list[Mention]]]:
    return [
        (release, extract(release.text, Context(release.published.date(), JURISDICTIONS[portal])))
        for release in edition(portal, 0).releases
    ]


def share(hits: list[bool]) -> float:
    assert len(hits) > 20
    return sum(hits) / len(hits)


def plain(text: str | None) -> str:
    return (text or "").replace("\u00a0", " ")


@pytest.mark.parametrize("portal", MODULES)
def test_parsed_pages_say_what_was_published(portal: str) -> None:
    read = pages(portal)
    assert share([page.title == release.title for release, page in read]) >= 0.99
    assert share([page.kind == release.kind for release, page in read]) >= 0.99
    assert share([page.published == f"{release.published:%Y-%m-%d}" for release, page in read]) >= 0.95
    assert share([plain(page.text) == plain(release.text) for release, page in read]) >= 0.94


def test_amounts_are_found_with_their_values() -> None:
    hits = []
    for portal in MODULES:
        for release, found in mentions(portal):
            ends = {end for m in found if isinstance(m.value, Amount) for end in m.value[:2]}
            hits += [{float(amount.value_min), float(amount.value_max)} <= ends for amount in release.amounts]
    assert share(hits) >= 0.98


def test_days_are_found() -> None:
    hits = []
    for portal in MODULES:
        for release, found in mentions(portal):
            days = {m.value.first_on for m in found if isinstance(m.value, Date)}
            hits += [day.on.isoformat() in days for day in release.dates]
    assert share(hits) >= 0.99


def test_places_are_found() -> None:
    districts, municipalities = [], []
    for portal in MODULES:
        for release, found in mentions(portal):
            areas = {m.value.ags for m in found if isinstance(m.value, District)}
            places = {m.value.ags for m in found if isinstance(m.value, Municipality)}
            districts += [ags in areas or f"{ags}000" in places for ags in release.districts]
            municipalities += [ags in places or ags[:5] in areas for ags in release.municipalities]
    assert share(districts) >= 0.99
    assert share(municipalities) >= 0.97


def test_ministers_are_found_and_nobody_invented_is_taken_for_one() -> None:
    hits, strangers = [], []
    for portal in MODULES:
        for release, found in mentions(portal):
            names = {m.value.name for m in found if isinstance(m.value, Minister)}
            hits += [name in names for name in release.ministers]
            strangers += [name for name in names if name not in release.ministers]
    assert share(hits) >= 0.95
    assert not strangers

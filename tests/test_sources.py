"""Every source file loads, is honest about what it rests on, and a mistake in one is named with its mend."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from archive.errors import SourceError
from archive.source import Family, Layout, Source, families, read_source, registry
from archive.urls import canonical, host

LAYOUTS: list[tuple[str, Layout]] = [
    (key, layout) for key, owner in [*families().items(), *registry().items()] for layout in owner.layouts
]
BLANK = LexborHTMLParser("<html><body><p>x</p></body></html>")
GOOD = """
title = "Ministerium"
publisher = "x-ministerium"
jurisdiction = "DE-TH"
family = "generic"
status = "unconfirmed"
home = "https://example.org/"
names = [{name = "Ministerium"}]
seeds = [{url = "https://example.org/presse"}]
evidence = {years = "2024", confidence = "low"}
"""


@pytest.mark.parametrize("source", registry().values(), ids=lambda source: source.key)
class TestEverySource:
    def test_starts_on_a_host_of_its_own(self, source: Source) -> None:
        own = {host(source.home), *source.hosts}
        for seed in source.seeds:
            assert any(host(seed.url) == h or host(seed.url).endswith(f".{h}") for h in own), seed.url

    def test_has_addresses_that_can_be_fetched(self, source: Source) -> None:
        for seed in source.seeds:
            assert canonical(seed.url)
            assert not re.search(r"[<>…\s]|\bN\b", seed.url), "a placeholder is no address"

    def test_has_names_in_order_of_time_that_do_not_overlap(self, source: Source) -> None:
        dated = [name for name in source.names if name.since]
        assert dated == sorted(dated, key=lambda name: name.since or name.until)
        for earlier, later in pairwise(source.names):
            assert earlier.until is not None
            assert later.since is not None
            assert earlier.until < later.since

    def test_is_not_called_active_before_it_was_seen_alive(self, source: Source) -> None:
        assert source.status in ("unconfirmed", "retired")

    def test_has_patterns_that_compile(self, source: Source) -> None:
        _compiles(source)


@pytest.mark.parametrize("family", families().values(), ids=lambda family: family.title)
def test_every_family_has_patterns_that_compile(family: Family) -> None:
    _compiles(family)


def _compiles(owner: Source | Family) -> None:
    re.compile(owner.listing.detail_pattern or "")
    re.compile((owner.listing.next_pattern or "").replace("{page}", "2"))
    for layout in owner.layouts:
        re.compile(layout.path or "")


@pytest.mark.parametrize(("key", "layout"), LAYOUTS)
def test_every_selector_of_a_layout_is_css(key: str, layout: Layout) -> None:
    for field in (
        "title",
        "subtitle",
        "kicker",
        "label",
        "number",
        "day",
        "updated",
        "lead",
        "body",
        "author",
        "drop",
    ):
        for selector in getattr(layout, field):
            BLANK.css(selector.partition("@")[0])
    BLANK.css(layout.marker or "p")


@pytest.mark.parametrize(
    ("broken", "mend"),
    [
        (GOOD + 'tittle = "x"\n', "known keys are title, publisher"),
        (GOOD.replace('"generic"', '"tpyo3"'), 'family "tpyo3" is unknown; known are'),
        (GOOD.replace('"unconfirmed"', '"alive"'), "alive"),
        (GOOD.replace('title = "Ministerium"\n', ""), "missing required field `title`"),
        (GOOD.replace("names = [{name", "names = [{nam"), "nam"),
        (GOOD.replace('[{name = "Ministerium"}]', "[]"), "names is empty"),
        (GOOD + "[[layouts]]\nboddy = ['p']\n", "boddy"),
        (GOOD + "x = \n", "no valid TOML"),
        (GOOD.replace('presse"}]', 'presse", count = {name = "page"}}]'), '"page" does not stand in'),
        (GOOD.replace('presse"}]', 'presse", bodie = "page=1"}]'), "bodie"),
        (GOOD + "[listing]\njson = {row = 'items'}\n", "row"),
    ],
)
def test_a_broken_source_file_is_refused_with_file_and_mend(tmp_path: Path, broken: str, mend: str) -> None:
    path = tmp_path / "de-x.toml"
    path.write_text(broken, "utf-8")
    with pytest.raises(SourceError) as error:
        read_source(path)
    assert str(path) in str(error.value)
    assert mend in str(error.value)


def test_every_name_of_a_family_is_used_or_ready_for_use() -> None:
    used = {source.family for source in registry().values()}
    assert used | {"feed", "sitemap", "generic"} == set(families())

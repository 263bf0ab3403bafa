"""No page, however broken, raises or takes more than a moment."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.parse.page import parse
from pipeline.parse.reject import not_a_release
from tests.parse.portals.page import PROSE, TEXT, TITLE, page

URL = "https://www.bmi.bund.de/SharedDocs/pressemitteilungen/DE/2024/01/haus.html"
HOSTILE = {
    "100,000 nested elements": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "5 MB of nesting": "<section><p>x" * 400_000,
    "formatting that is never closed": "".join(f"<b id={n}><p>" for n in range(20_000)),
    "100,000 attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</div>",
    "an attribute of 1 MB": f'<div class="{"x " * 500_000}">x</div>',
    "null bytes": "<p>\0Text\0 mit\0 Nullen</p>" * 1_000,
    "nothing but brackets": "<" * 1_000_000,
    "comments that never end": "<!--" * 200_000,
    "tables in tables": "<table><tr><td>" * 20_000,
    "a number of 1 MB": "<h1>Nr. " + "1" * 1_000_000 + "</h1>",
    "a title of 1 MB": "<h1>" + "Medieninformation " * 50_000 + "</h1>",
    "a paragraph of spaces": "<p>" + " \u00a0\n" * 500_000 + "</p>",
    "JSON-LD that nests": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "half a page": page(f"<h1>{TITLE}</h1>{PROSE}")[:400],
    "binary": "".join(map(chr, range(256))) * 1_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_a_moment_and_no_exception(name: str) -> None:
    html = HOSTILE[name].encode()
    start = time.process_time()
    parse(html, URL)
    not_a_release(html, URL, URL, 200, "text/html")
    assert time.process_time() - start < 20  # what grows faster than the page takes minutes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400) | st.text(alphabet="<>/=\"'abp h1\u00ad\n&;#", max_size=300).map(str.encode))
def test_no_bytes_raise(body: bytes) -> None:
    assert parse(body, URL).published is None
    not_a_release(body, URL, URL, 200)


@given(st.integers(0, 30))
def test_deep_wrapping_does_not_change_what_a_page_says(depth: int) -> None:
    html = page("<div>" * depth + f"<main><h1>{TITLE}</h1>{PROSE}</main>" + "</div>" * depth)
    found = parse(html, URL)
    assert (found.title, found.text) == (TITLE, TEXT)

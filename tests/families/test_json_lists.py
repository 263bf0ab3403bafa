"""Lists in JSON: fields by their paths, pieces of HTML, and a plain word where it is something else."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import TextResponse

from archive.source import Json, Listing, Seed, Source, registry
from crawler.spiders.json_rows import value_at
from crawler.spiders.listing import read
from crawler.spiders.page import Page
from crawler.spiders.step import Step

URL = "https://www.bmvg.de/service/queryListFilter/10834?offset=0"
SOURCE: Source = registry()["bund-bmvg"]


def page(body: object, json: Json | None, number: int = 1) -> Page:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return read(TextResponse(URL, body=raw), SOURCE, Listing(json=json), number)


def test_rows_are_told_by_their_fields() -> None:
    rows = [{"go": {"to": "/de/presse/haus-1"}, "head": "Haus  gebaut", "on": "5. Oktober 2021"}, {"no": 1}]
    fields = Json(rows="found.rows", link="go.to", title="head", day="on")
    (entry,) = page({"found": {"rows": rows}}, fields).entries
    assert (entry.url, entry.title) == ("https://www.bmvg.de/de/presse/haus-1", "Haus gebaut")
    assert (entry.listed_on, entry.listed_raw) == ("2021-10-05", "5. Oktober 2021")


def test_rows_on_hosts_of_others_are_left_out() -> None:
    rows = [{"link": "https://www.example.org/de/presse/haus-1"}, {"link": "/de/presse/haus-2"}]
    entries = page({"items": rows}, Json(rows="items", link="link")).entries
    assert [entry.url for entry in entries] == ["https://www.bmvg.de/de/presse/haus-2"]


@pytest.mark.parametrize(
    ("answer", "number", "ended"),
    [
        ({"items": [{"link": "/1"}] * 6, "total": 12}, 1, False),
        ({"items": [{"link": "/1"}] * 6, "total": 12}, 2, True),
        ({"items": [{"link": "/1"}] * 6}, 9, False),
        ({"items": [], "total": 0}, 1, False),  # an empty page ends the paging by itself
    ],
)
def test_a_list_may_say_that_no_page_follows(answer: object, number: int, ended: bool) -> None:
    assert page(answer, Json(rows="items", link="link", total="total"), number).ended is ended


@pytest.mark.parametrize(
    ("body", "json", "problem"),
    [
        ({"items": []}, None, "say in [listing.json] where its rows are"),
        ({"items": {}}, Json(rows="items"), 'no list at "items"'),
        ({"error": "captcha"}, Json(rows="result.items"), 'no list at "result.items"'),
        (b'{"items": [', Json(rows="items"), "it does not parse"),
        (b'{"items": ["\xff"]}', Json(rows="items"), "it does not parse"),
    ],
)
def test_what_is_no_such_list_is_named(body: object, json: Json | None, problem: str) -> None:
    assert problem in (page(body, json).problem or "")


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner)))
def test_no_tree_is_a_trouble_for_a_path(tree: object) -> None:
    value_at(tree, "a.b.c")


@pytest.mark.parametrize(
    ("body", "name", "following"),
    [
        (None, "offset", None),
        ("a=1&offset=0", "offset", "a=1&offset=6"),
        ('{"search": {"page": 0, "q": ""}}', "search.page", '{"search": {"page": 6, "q": ""}}'),
    ],
)
def test_a_list_without_links_is_turned_by_its_number(
    body: str | None, name: str, following: str | None
) -> None:
    seed = msgspec.convert({"url": URL, "body": body, "count": {"name": name, "step": 6}}, Seed)
    assert seed.count is not None
    step = Step(seed, "listing", seed.url, seed.body).counted(seed.count, 1)
    assert (step.body, step.number, step.overlap) == (following, 2, 1)
    assert step.url == (URL if body else URL.replace("offset=0", "offset=6"))
    assert Step(seed, "listing", seed.url, seed.body).asked != step.asked

"""Filters as they are typed and chosen on the search page."""

import httpx
import pytest
from lxml import html

from archive.filters import day
from tests.serve.invented import SOURCES


def _page(site: httpx.Client, **asked: str) -> html.HtmlElement:
    return html.fromstring(site.get("/suche", params=asked).raise_for_status().text)


def _hits(page: html.HtmlElement) -> list[str]:
    return list(page.xpath("//ol[@class='releases']//h3/a/@href"))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("28.3.2018", "2018-03-28", "2018-03-28"),
        ("28.03.18", "2018-03-28", "2018-03-28"),
        ("28/03/2018", "2018-03-28", "2018-03-28"),
        ("28. März 2018", "2018-03-28", "2018-03-28"),
        ("1. Jan. 2018", "2018-01-01", "2018-01-01"),
        ("2018-03-28", "2018-03-28", "2018-03-28"),
        ("März 2018", "2018-03-01", "2018-03-31"),
        ("maerz 2018", "2018-03-01", "2018-03-31"),
        ("Mrz 2018", "2018-03-01", "2018-03-31"),
        ("Feb 2020", "2020-02-01", "2020-02-29"),
        ("3/2018", "2018-03-01", "2018-03-31"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("31.2.2018", "", ""),
        ("März", "", ""),
        ("Ostern 2018", "", ""),
        ("18", "", ""),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, first: str, last: str) -> None:
    assert (day(typed), day(typed, last=True)) == (first, last)


def test_a_month_in_words_narrows_a_search_and_stands_in_its_field_as_days(site: httpx.Client) -> None:
    page = _page(site, von="März 2018", bis="März 2018")
    assert _hits(page)
    assert _hits(page) == _hits(_page(site, von="2018-03-01", bis="2018-03-31"))
    assert page.xpath("//input[@id='von']/@value") == ["01.03.2018"]
    assert page.xpath("//input[@id='bis']/@value") == ["31.03.2018"]


@pytest.mark.parametrize(
    ("name", "typed"), [("von", "bald"), ("bis", "31.2.2018"), ("betrag_von", "viel"), ("betrag_bis", "<b>9")]
)
def test_what_nobody_understands_stays_in_its_field_with_a_message(
    site: httpx.Client, name: str, typed: str
) -> None:
    page = _page(site, q="bescheid", **{name: typed})
    (field,) = page.xpath(f"//input[@id='{name}']")
    assert field.get("value") == typed
    assert field.get("aria-invalid") == "true"
    said = [page.get_element_by_id(told).text_content() for told in field.get("aria-describedby").split()]
    assert any(typed in text for text in said)
    assert page.xpath(f"//*[@role='alert']//a[@href='#{name}']")
    assert _hits(page) == _hits(_page(site, q="bescheid"))


def test_a_time_that_ends_before_it_begins_is_told(site: httpx.Client) -> None:
    page = _page(site, von="2019", bis="2018")
    assert page.xpath("//*[@role='alert']//a[@href='#von']")


def test_a_publisher_is_found_by_key_and_by_name(site: httpx.Client) -> None:
    key, (_, _, name) = next(iter(SOURCES.items()))
    by_key, by_name = _page(site, herausgeber=key), _page(site, herausgeber=name)
    assert _hits(by_key)
    assert _hits(by_key) == _hits(by_name)
    for page in (by_key, by_name):
        assert any(name in chip.text_content() for chip in page.xpath("//ul[@class='chips']/li"))
        assert len(page.xpath("//a[@class='chosen']")) == 1


def test_filters_and_hits_lead_to_each_other(site: httpx.Client) -> None:
    page = _page(site, q="bescheid")
    for target in page.xpath("//*[@class='narrowonly']/a/@href"):
        assert page.get_element_by_id(target.removeprefix("#")) is not None

"""Links and addresses: the short ways for plain ones lead where the long ways do."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Request

from archive.urls import host, is_plain
from crawler.spiders.anchors import joined, joining, target

HERE = "https://www.example.org/presse/liste.html?seite=2"
SIGNS = st.text("ab1Z/.-_~:;?#%&=@ äß", max_size=12)
BASES = ("", '<base href="/unten/">', '<base href="http://other.example.org:8080/x/y">', '<base href="">')


@given(SIGNS, st.sampled_from(BASES))
def test_links_are_joined_as_scrapy_joins_them(href: str, base: str) -> None:
    page = HtmlResponse(HERE, body=f"<html><head>{base}</head></html>".encode())
    assert joining(page)(href) == joined(page, href)


@given(st.sampled_from(("http://", "https://", "HTTPS://")), SIGNS, SIGNS)
def test_plain_addresses_are_taken_apart_as_all_others(scheme: str, name: str, path: str) -> None:
    url = f"{scheme}a{name}/{path}"
    if not is_plain(url):
        return
    parts = urlsplit(url)
    assert target(url) == (f"{parts.path}?{parts.query}" if parts.query else parts.path)
    assert host(url) == (parts.hostname or "").removeprefix("www.")


@given(st.sampled_from(("http://", "https://")), SIGNS, SIGNS)
def test_scrapy_changes_nothing_in_a_plain_address(scheme: str, name: str, path: str) -> None:
    url = f"{scheme}a{name}/{path}"
    assert not is_plain(url) or Request(url).url == url


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "https://example.org/ü", "https://Example.org/", "https://example.org/?a=b"],
)
def test_addresses_that_are_not_plain_are_left_to_scrapy(url: str) -> None:
    assert not is_plain(url)

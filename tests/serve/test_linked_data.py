"""The page of a release says what it is by schema.org too; no text leaves the script element."""

import json
import re

import httpx
import pytest

from tests.serve.reading import Elements

ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


def said(site: httpx.Client, release: str) -> dict[str, object]:
    [content] = ELEMENT.findall(site.get(f"/m/{release}").text)
    told: dict[str, object] = json.loads(content)
    return told


def test_a_release_is_described_with_its_day_publisher_and_those_it_names(site: httpx.Client) -> None:
    told = said(site, "th-arbeit-1")
    assert told["@type"] == "NewsArticle"
    assert told["@id"] == str(site.base_url.join("/m/th-arbeit-1"))
    assert told["datePublished"] == "2018-03-28"
    assert told["publisher"] == {
        "@type": "GovernmentOrganization",
        "name": "Thüringer Ministerium für Arbeit und Familie",
    }
    named = told["mentions"]
    assert isinstance(named, list)
    assert {"@type": "Person", "name": "Erna Muster"} in named
    key = {"@type": "PropertyValue", "propertyID": "AGS", "value": "16065"}
    assert {"@type": "AdministrativeArea", "name": "Kyffhäuserkreis", "identifier": key} in named


@pytest.mark.parametrize("release", ["th-arbeit-attack", "th-bau-leer", "th-bau-3"])
def test_hostile_and_empty_releases_stay_data(site: httpx.Client, release: str) -> None:
    page = site.get(f"/m/{release}")
    [content] = ELEMENT.findall(page.text)
    assert not re.search(r"[<>&]", content)
    assert json.loads(content)["headline"]
    kinds = [attributes.get("type") for tag, attributes in Elements(page.text).tags if tag == "script"]
    assert kinds == ["application/ld+json"]
    assert "'unsafe-inline'" not in page.headers["content-security-policy"]

"""The JSON interface: described by OpenAPI, answering as described, and strict about what it is asked."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from archive.filters import FILTERS
from exports.pages import READABLE

FILLED = {"release_id": "th-arbeit-1", "number": "1", "table": "releases"}
ASKED = {
    "frage_kreis_nach_jahr_und_ministerium": {"kreis": "Kyffhäuser"},
    "frage_mitteilungen_einer_person": {"name": "Erna Muster"},
}


@pytest.fixture(scope="session")
def description(site: httpx.Client) -> dict[str, Any]:
    answer = site.get("/api/openapi.json")
    assert answer.headers["content-type"].startswith("application/json")
    said: dict[str, Any] = answer.json()
    return said


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((path, methods["get"]) for path, methods in description["paths"].items())


def check(description: dict[str, Any], schema: dict[str, Any], answer: object) -> None:
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    whole["components"] = description["components"]
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(answer)


def test_the_description_is_valid_openapi(description: dict[str, Any]) -> None:
    validate(description)
    assert description["openapi"].startswith("3.1")


def test_every_filter_of_the_search_and_every_readable_table_is_described(
    description: dict[str, Any],
) -> None:
    assert {"q", *FILTERS} == set(description["components"]["parameters"])
    assert {f"/api/v1/{name}" for name in READABLE} < set(description["paths"])
    for name, schema in description["components"]["schemas"].items():
        for column, about in schema["properties"].items():
            assert about.get("description") or name == "Problem", f"{name}.{column}"


def test_every_answer_is_as_described(site: httpx.Client, description: dict[str, Any]) -> None:
    for path, operation in operations(description):
        for suffix in ("bib", "ris", "json", "txt") if "{suffix}" in path else ("",):
            address = path.format(**FILLED, suffix=suffix)
            asked = ASKED.get(operation["operationId"], {}) | (
                {"_shape": "objects"} if "archive" in path else {}
            )
            answer = site.get(address, params=asked)
            assert str(answer.status_code) in operation["responses"], address
            said = operation["responses"][str(answer.status_code)]
            if "content" not in said:
                continue
            kind = answer.headers["content-type"].partition(";")[0]
            assert kind in said["content"], address
            if kind in ("application/json", "application/problem+json"):
                check(description, said["content"][kind]["schema"], answer.json())


@pytest.mark.parametrize("table", READABLE)
def test_every_row_of_every_table_is_as_described(
    site: httpx.Client, description: dict[str, Any], table: str
) -> None:
    answer = site.get(f"/api/v1/{table}", params={"size": 3})
    while True:
        said = answer.json()
        check(description, _page(description, table), said)
        for row in said["rows"]:
            assert set(row) == set(description["components"]["schemas"][table]["properties"])
        if said["next"] is None:
            assert said["after"] is None
            break
        answer = site.get(said["next"])


def _page(description: dict[str, Any], table: str) -> dict[str, Any]:
    answer = description["paths"][f"/api/v1/{table}"]["get"]["responses"]["200"]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/releases?land=Bayern",
        "/api/v1/releases?unbekannt=1",
        "/api/v1/releases?size=0",
        "/api/v1/releases?size=1001",
        "/api/v1/releases?size=%D9%A3",
        "/api/v1/releases?kreis=16065&kreis=16055",
        "/api/v1/releases?q=",
        "/api/v1/releases?geaendert=ja",
        "/api/v1/releases?von=28.3.2018",
        "/api/v1/releases?betrag_von=viel",
        f"/api/v1/releases?q={'a' * 501}",
        "/api/v1/search?after=irgendwo",
        "/api/v1/search?release=th-arbeit-1",
        "/api/v1/districts?after=-1",
        "/api/v1/districts?land=DE-TH",
        "/suche.json?land=Bayern",
        "/suche.json?unbekannt=1",
        "/archive/releases.json?_sort=gibtesnicht",
    ],
)
def test_what_means_nothing_is_a_problem_and_not_everything(site: httpx.Client, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == 400
    assert said["title"] == "Bad Request"
    assert said["detail"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/gibtesnicht", 404),
        ("/api/v2/releases", 404),
        ("/m/gibtesnicht.json", 404),
        ("/m/gibtesnicht/beleg.json", 404),
        ("/m/th-arbeit-000000000000.json", 410),
        ("/m/th-arbeit-000000000000/beleg.json", 410),
        ("/daten/snapshots.json", 404),
    ],
)
def test_what_is_not_there_is_a_problem(
    site: httpx.Client, description: dict[str, Any], address: str, status: int
) -> None:
    answer = site.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    check(description, description["components"]["schemas"]["Problem"], answer.json())
    assert answer.json()["status"] == status


def test_only_reading_is_answered(site: httpx.Client) -> None:
    assert site.head("/api/v1/releases").status_code == 200
    assert site.put("/api/v1/releases").status_code in (403, 405)


def test_pages_of_other_origins_may_read_json_and_nothing_of_the_servers_own(site: httpx.Client) -> None:
    for address in ("/api/v1/releases", "/suche.json", "/archive/releases.json", "/api/v1/releases?land=x"):
        answer = site.get(address, headers={"Origin": "https://anders.example"})
        assert answer.headers["access-control-allow-origin"] == "*", address
        assert "access-control-allow-credentials" not in answer.headers
    for address in ("/m/th-arbeit-1", "/-/settings.json", "/suche"):
        assert "access-control-allow-origin" not in site.get(address).headers, address


def test_empty_fields_of_the_search_form_are_nothing_asked(site: httpx.Client) -> None:
    found = site.get("/suche.json", params={"q": "Weimar", "land": "", "von": "", "sort": "passend"}).json()
    assert len(found["treffer"]) == 3


def test_reading_may_be_taken_up_anywhere_and_gives_each_release_once(site: httpx.Client) -> None:
    for table, size in (("releases", 1), ("search", 1), ("search", 5), ("municipalities", 1)):
        seen: list[str] = []
        address: str | None = f"/api/v1/{table}?size={size}"
        while address:
            said = site.get(address).json()
            assert len(said["rows"]) <= size
            seen += [row["ags" if table == "municipalities" else "id"] for row in said["rows"]]
            address = said["next"]
        assert len(set(seen)) == len(seen) == {"municipalities": 2}.get(table, 12)


def test_the_proof_leads_to_the_record_and_to_every_value(site: httpx.Client) -> None:
    said = site.get("/m/th-arbeit-1/beleg.json").json()
    assert said["capture"]["warc_file"].endswith(".warc.gz")
    kinds = {value["kind"] for value in said["values"]}
    assert {"minister", "person_in_office", "district", "amount"} <= kinds
    assert all(value["rule"] and value["end"] > value["start"] for value in said["values"])


def test_a_page_for_people_names_every_path_and_needs_no_script(
    site: httpx.Client, description: dict[str, Any]
) -> None:
    page = site.get("/api")
    assert page.status_code == 200
    assert not re.search(r"<script|<style| style=", page.text)
    for path in description["paths"]:
        assert f"<code>{path}</code>" in page.text


def test_language_models_are_told_what_there_is(site: httpx.Client) -> None:
    said = site.get("/llms.txt")
    assert said.headers["content-type"].startswith("text/plain")
    assert said.text.startswith("# Pressearchiv\n")
    assert "&#" not in said.text
    assert "&amp;" not in said.text
    links = re.findall(r"\]\(([^)]+)\)", said.text)
    assert len(links) > 12
    for link in links:
        if "/ID" not in link and not link.endswith("snapshots.json"):
            assert site.get(link).status_code == 200, link

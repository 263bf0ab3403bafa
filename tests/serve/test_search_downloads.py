"""All hits of a search as files."""

import csv
import io

import httpx
import openpyxl


def test_csv_json_and_workbook_hold_the_same_hits(site: httpx.Client) -> None:
    args = {"q": "Weimar", "land": "DE-TH"}
    table = list(csv.DictReader(io.StringIO(site.get("/suche.csv", params=args).text)))
    told = site.get("/suche.json", params=args).json()["treffer"]
    book = openpyxl.load_workbook(io.BytesIO(site.get("/suche.xlsx", params=args).content))
    sheet = [row[0].value for row in book["Treffer"].iter_rows(min_row=2)]
    ids = [row["id"] for row in table]
    assert ids
    assert ids == [row["id"] for row in told] == sheet
    assert all(row["land"] == "Thüringen" for row in table)
    assert all(row["archiv"].endswith(f"/m/{row['id']}") for row in told)


def test_a_mistyped_word_gets_the_word_that_was_meant(site: httpx.Client) -> None:
    page = site.get("/suche", params={"q": "Städtebauföderung"}).text
    assert "Meinten Sie" in page
    assert "Städtebauförderung" in page

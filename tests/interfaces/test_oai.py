"""OAI-PMH: what the protocol asks for is answered, to a foreign harvester, too."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from archive.clock import stamp
from serve.oai import tokens
from tests.interfaces.harvests import HOME, NS, ask, built, release_id, show
from tests.pipeline.small import Small


def code(said: etree._Element) -> str | None:
    error = said.find("o:error", NS)
    return None if error is None else error.get("code")


@pytest.fixture
def two(small: Small) -> tuple[Small, datetime]:
    show(small, 1, "Der Landkreis Gotha erhält 5.000 Euro.")
    show(small, 2, "Die Straße wird gebaut.")
    return small, built(small)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "badVerb"),
        ({"verb": "Nothing"}, "badVerb"),
        ({"verb": "Identify", "set": "DE"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "gestern"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01"}
            | {"until": "2026-01-02T00:00:00Z"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-02", "until": "2026-01-01"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1999-01-01"}, "noRecordsMatch"),
        ({"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "DE-BY"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x" * 9000}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "set": "DE"}, "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "pressearchiv:x"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:x:y"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "pressearchiv:"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "pressearchiv:a b"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ""}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "DE:"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "DE:Thüringen"}, "badArgument"),
    ],
)
def test_errors_are_those_of_the_protocol(
    two: tuple[Small, datetime], arguments: dict[str, str], error: str
) -> None:
    said = ask(*two, **arguments)
    assert code(said) == error
    request = said.find("o:request", NS)
    assert request is not None
    assert bool(request.attrib) == (error not in ("badVerb", "badArgument"))


def test_a_token_serves_a_day_and_its_own_verb(two: tuple[Small, datetime]) -> None:
    small, now = two
    first = ask(small, now, 1, verb="ListIdentifiers", metadataPrefix="oai_dc", set="DE-TH")
    token = first.find(".//o:resumptionToken", NS)
    assert token is not None
    assert token.get("expirationDate") == stamp(now + tokens.LIFE)
    said = str(token.text)
    last = ask(small, now + tokens.LIFE, 1, verb="ListIdentifiers", resumptionToken=said)
    assert len(last.findall(".//o:header", NS)) == 1
    assert last.findtext(".//o:resumptionToken", None, NS) == ""
    late = now + tokens.LIFE + timedelta(seconds=1)
    assert code(ask(small, late, verb="ListIdentifiers", resumptionToken=said)) == "badResumptionToken"
    assert code(ask(small, now, verb="ListRecords", resumptionToken=said)) == "badResumptionToken"


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_token_of_others_is_taken(text: str) -> None:
    with pytest.raises(tokens.TokenError):
        tokens.read(text, datetime(2026, 3, 1, tzinfo=UTC))


def test_records_hold_what_libraries_ask_for(two: tuple[Small, datetime]) -> None:
    small, now = two
    key = f"pressearchiv:{release_id(small, 1)}"
    dc = ask(small, now, verb="GetRecord", metadataPrefix="oai_dc", identifier=key)
    assert dc.findtext(".//dc:title", None, NS) == "Mitteilung 1"
    assert dc.findtext(".//dc:publisher", None, NS) == "Testministerium"
    assert dc.findtext(".//dc:source", None, NS) == f"{HOME}1"
    assert [e.text for e in dc.iterfind(".//o:setSpec", NS)] == ["DE-TH", "DE-TH:th-test"]
    mods = ask(small, now, verb="GetRecord", metadataPrefix="mods", identifier=key)
    assert mods.findtext(".//m:titleInfo/m:title", None, NS) == "Mitteilung 1"
    assert (
        mods.findtext(".//m:location/m:url", None, NS) == f"https://archive.example/m/{release_id(small, 1)}"
    )
    shown = ask(small, now, verb="Identify")
    assert shown.findtext(".//o:deletedRecord", None, NS) == "transient"
    assert shown.findtext(".//o:earliestDatestamp", None, NS) == stamp(now - timedelta(minutes=1))


def test_words_of_pages_that_reserve_mining_stay_here(two: tuple[Small, datetime]) -> None:
    small, now = two
    small.db.execute("UPDATE captures SET tdm_reservation = 1 WHERE url = ?", (f"{HOME}1",))
    for prefix in ("oai_dc", "mods"):
        said = ask(small, now, verb="ListRecords", metadataPrefix=prefix)
        assert b"Mitteilung 1" not in etree.tostring(said)
        assert b"Mitteilung 2" in etree.tostring(said)


def test_a_foreign_harvester_takes_all_by_get_and_by_post(site: httpx.Client) -> None:
    for method in ("GET", "POST"):
        harvester = Sickle(str(site.base_url.join("/oai")), http_method=method, timeout=30)
        assert harvester.Identify().granularity == "YYYY-MM-DDThh:mm:ssZ"
        assert {form.metadataPrefix for form in harvester.ListMetadataFormats()} == {"oai_dc", "mods"}
        assert {each.setSpec for each in harvester.ListSets()} >= {"DE-TH", "DE-TH:th-bau", "DE"}
        records = list(harvester.ListRecords(metadataPrefix="oai_dc"))
        assert sum(record.deleted for record in records) == 1
        assert len(records) == 13
        few = list(harvester.ListIdentifiers(metadataPrefix="mods", set="DE:bund-umwelt"))
        assert len(few) == 3
        hostile = harvester.GetRecord(identifier="pressearchiv:th-arbeit-attack", metadataPrefix="oai_dc")
        [title] = hostile.metadata["title"]
        assert '<script>alert("x")</script>' in title
        with pytest.raises(NoRecordsMatch):
            list(harvester.ListRecords(metadataPrefix="oai_dc", until="2001-01-01"))


def test_one_record_is_looked_up_without_looking_through_the_others(two: tuple[Small, datetime]) -> None:
    small, now = two
    asked = {"verb": "GetRecord", "metadataPrefix": "oai_dc"}
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    def needed(identifier: str) -> int:
        nonlocal steps
        steps = 0
        small.db.conn.set_progress_handler(count, 1)
        assert code(ask(small, now, **asked, identifier=identifier)) == "idDoesNotExist"
        small.db.conn.set_progress_handler(None, 1)
        return steps

    # After the empty id come all the others, after the second none.
    assert needed("pressearchiv:z") <= needed("pressearchiv:zz")


@pytest.mark.parametrize("value", ["\x00", "\x0b\ud800"[:1], "\ufffe", "<&>\"'", "ü" * 400])
def test_hostile_arguments_leave_the_answer_well_formed(site: httpx.Client, value: str) -> None:
    for name in ("verb", "identifier", "resumptionToken"):
        asked = urlencode({"verb": "GetRecord"} | {name: value})
        answer = site.get(f"/oai?{asked}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        assert code(etree.fromstring(answer.content))


def test_what_is_no_request_of_the_protocol_gets_a_problem(site: httpx.Client) -> None:
    assert site.post("/oai", content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert site.post("/oai", content=b"verb=Identify&x=" + b"a" * 9000, headers=form).status_code == 413

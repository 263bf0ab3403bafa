"""Readers watch a search from its page: they confirm from their address, change it, leave by one click."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from alerts import subscription
from alerts.store import open_subscriptions
from tests.alerts.house import SENDER, House
from tests.cli.receivers import MailServer
from tests.serve import conftest as served

start = served.start
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SEARCH = {"q": "Hochwasser", "kreis": "16067"}
FORM = {"address": "anna@example.org", "rhythm": "daily", "new": "1", "changed": "1"}
PATIENCE = 20


@pytest.fixture(scope="module")
def box() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def served_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("watched"))
    house.show("a", "Nach dem Hochwasser zahlt das Land zwei Millionen Euro nach Gotha.")
    house.build()
    return house


@pytest.fixture(scope="module")
def site(start: Callable[..., httpx.Client], served_house: House, box: MailServer) -> httpx.Client:
    house = served_house
    mail = ("--sender", SENDER, "--site", "https://archiv.example.org", "--smtp", f"127.0.0.1:{box.port}")
    verb = ("-m", "cli", "serve", "--archive", str(house.archive), *mail, "--port", "{port}")
    return start(*verb, cwd=house.folder)


@pytest.fixture
def reader(site: httpx.Client, served_house: House, box: MailServer) -> Iterator[httpx.Client]:
    """A reader with cookies of their own, and nobody subscribed."""
    box.mails.clear()
    with closing(open_subscriptions(served_house.subscriptions)) as private:
        for table in ("subscriptions", "requests"):
            private.execute(f"DELETE FROM {table}")
    with httpx.Client(base_url=site.base_url, timeout=60) as client:
        yield client


def send(
    reader: httpx.Client, path: str, form: dict[str, str], params: dict[str, str] | None = None
) -> httpx.Response:
    """Fill in a form of a page."""
    page = reader.get(path, params=params)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    assert token is not None
    return reader.post(path, params=params, data=form | {"csrftoken": token[1]})


def arrived(box: MailServer) -> str:
    """The link in the invitation that came."""
    for _ in range(PATIENCE * 20):
        if box.mails:
            found = re.search(
                r"https://archiv\.example\.org(/beobachten/bestaetigen/\S+)", box.mails[0].get_content()
            )
            assert found is not None
            return found[1]
        time.sleep(0.05)
    raise AssertionError("no invitation came")


def held(house: House) -> list[subscription.Subscription]:
    with closing(open_subscriptions(house.subscriptions)) as private:
        return subscription.every(private)


def test_whoever_confirms_watches_changes_and_leaves(
    reader: httpx.Client, served_house: House, box: MailServer
) -> None:
    assert "beobachten" in reader.get("/suche", params=SEARCH).text
    assert "bestätigen" in send(reader, "/suche/beobachten", FORM, SEARCH).text
    link = arrived(box)
    (one,) = held(served_house)
    assert (one.began_at, one.kinds, one.rhythm) == (None, ("new", "changed"), "daily")
    assert "Hochwasser" in box.mails[0].get_content()
    assert "Bestätigen" in reader.get(link).text
    assert held(served_house)[0].began_at is None  # looking is not confirming
    page = send(reader, link, {})
    assert held(served_house)[0].began_at is not None
    settings, leave = (
        re.search(rf'action="(/beobachten/{part}[0-9a-f-]+)"', page.text) for part in ("", "abmelden/")
    )
    assert settings is not None
    assert leave is not None
    send(reader, settings[1], {"rhythm": "weekly", "removed": "1"})
    (one,) = held(served_house)
    assert (one.kinds, one.rhythm) == (("removed",), "weekly")
    assert reader.get(leave[1]).status_code == 200
    assert len(held(served_house)) == 1  # looking is not leaving
    assert reader.post(leave[1]).status_code == 200
    assert held(served_house) == []
    assert reader.get(leave[1]).status_code == 404


def test_a_mail_program_leaves_without_cookie_or_form(
    reader: httpx.Client, served_house: House, box: MailServer
) -> None:
    send(reader, "/suche/beobachten", FORM, SEARCH)
    page = send(reader, arrived(box), {})
    leave = re.search(r'action="(/beobachten/abmelden/[0-9a-f-]+)"', page.text)
    assert leave is not None
    for cookies in ({}, {"lang": "en"}):
        with httpx.Client(base_url=reader.base_url, cookies=cookies) as program:
            answer = program.post(leave[1], data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code in (200, 404)
    assert held(served_house) == []


def test_the_pages_with_keys_are_kept_by_nobody(reader: httpx.Client, box: MailServer) -> None:
    send(reader, "/suche/beobachten", FORM, SEARCH)
    headers = reader.get(arrived(box)).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"
    assert "script-src 'self';" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/beobachten/bestaetigen/unknown",
        "/beobachten/0123456789abcdef-0123",
        "/beobachten/abmelden/0123456789abcdef-0123",
        "/beobachten/abmelden/" + "a" * 100,
    ],
)
def test_a_key_that_is_none_opens_nothing(reader: httpx.Client, path: str) -> None:
    assert reader.get(path).status_code == 404
    assert reader.post(path).status_code in (403, 404)


def test_a_form_from_elsewhere_is_refused(reader: httpx.Client, served_house: House) -> None:
    assert reader.post("/suche/beobachten", params=SEARCH, data=FORM).status_code == 403
    assert held(served_house) == []


@pytest.mark.parametrize(
    ("wrong", "search"),
    [
        ({"address": "anna@example.org\r\nBcc: b@example.org"}, SEARCH),
        ({"address": "anna@example.org,b@example.org"}, SEARCH),
        ({"address": "Anna <anna@example.org>"}, SEARCH),
        ({"address": ""}, SEARCH),
        ({"rhythm": "hourly"}, SEARCH),
        ({"new": "", "changed": ""}, SEARCH),
        ({}, {"q": "jahr:bald"}),
        ({}, {"kreis": "99999"}),
    ],
)
def test_what_cannot_be_meant_is_not_taken(
    reader: httpx.Client, served_house: House, wrong: dict[str, str], search: dict[str, str]
) -> None:
    page = reader.get("/suche/beobachten", params=search)
    if found := re.search(r'name="csrftoken" value="([^"]+)"', page.text):
        reader.post("/suche/beobachten", params=search, data=FORM | wrong | {"csrftoken": found[1]})
    assert held(served_house) == []


@pytest.mark.parametrize("address", ["anna@example.org", "Anna+{}@example.org"])
def test_nobody_is_flooded_with_invitations(
    reader: httpx.Client, served_house: House, box: MailServer, address: str
) -> None:
    for number in range(5):
        form = FORM | {"address": address.format(number)}
        answer = send(reader, "/suche/beobachten", form, SEARCH)
        assert answer.status_code == 200
    assert len(held(served_house)) == 3
    assert "zu viele" in answer.text
    assert len(box.mails) <= 3


def test_confirming_the_same_search_again_makes_no_second_mail(
    reader: httpx.Client, served_house: House, box: MailServer
) -> None:
    for rhythm in ("daily", "weekly"):
        box.mails.clear()
        send(reader, "/suche/beobachten", FORM | {"rhythm": rhythm}, SEARCH)
        send(reader, arrived(box), {})
    assert [one.rhythm for one in held(served_house)] == ["weekly"]


def test_an_english_reader_is_written_to_in_english(
    reader: httpx.Client, served_house: House, box: MailServer
) -> None:
    reader.get("/?lang=en")
    send(reader, "/suche/beobachten", FORM, SEARCH)
    arrived(box)
    assert box.mails[0]["Subject"] == "Please confirm: watch a search"
    assert held(served_house)[0].language == "en"


def test_nothing_private_is_served(site: httpx.Client, served_house: House) -> None:
    names = {database["name"] for database in site.get("/-/databases.json").json()}
    assert names == {"archive"}
    assert served_house.subscriptions.stat().st_mode & 0o077 == 0


def test_without_a_mail_server_the_feed_is_offered(
    start: Callable[..., httpx.Client], served_house: House, tmp_path: Path
) -> None:
    verb = ("-m", "cli", "serve", "--archive", str(served_house.archive), "--port", "{port}")
    bare = start(*verb, cwd=tmp_path)
    page = bare.get("/suche/beobachten", params=SEARCH).text
    assert "/suche.atom?" in page
    assert 'type="email"' not in page


def test_a_feed_is_sent_once_to_who_has_it(site: httpx.Client) -> None:
    first = site.get("/suche.atom", params=SEARCH)
    assert first.status_code == 200, first.text[-500:]
    again = site.get("/suche.atom", params=SEARCH, headers={"If-None-Match": f"W/{first.headers['ETag']}"})
    assert (again.status_code, again.content) == (304, b"")
    ElementTree.fromstring(first.content)

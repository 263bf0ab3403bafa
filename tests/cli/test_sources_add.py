"""`pressearchiv sources add`: a source file out of any page of a portal, and how often that goes well."""

import gzip
import json
import tomllib
from collections.abc import Iterator

import pytest
from verbs import House

from archive.source import read_source
from archive.source_check import faults
from benchmarks.recognition import Outcome, outcomes, saved_pages
from demo.exchange import Request, Response
from demo.server import PORTALS, DemoServer

STARTS = {
    "a front page": ("demo-bund", "/", "gsb"),
    "a list": ("demo-thueringen", "/medienservice/medieninformationen", "typo3-thueringen"),
    "a feed": ("demo-feed", "/presse/feed/rss.xml", "imperia"),
}


@pytest.mark.parametrize(("portal", "path", "family"), STARTS.values(), ids=STARTS.keys())
def test_a_portal_is_added_from(
    house: House, portals: DemoServer, portal: str, path: str, family: str
) -> None:
    out = house.ok(
        "sources", "add", portals.base(portal) + path, "--key", "xx-new", "--jurisdiction", "DE-TH"
    )
    assert f"Family: {family}" in out
    assert "Please look at" in out
    place = house.folder / "my-sources" / "de-th"
    source = read_source(place / "xx-new.toml")
    assert (source.family, source.status, source.jurisdiction) == (family, "unconfirmed", "DE-TH")
    assert list(faults(source)) == []
    golden = json.loads((place / "xx-new.json").read_text("utf-8"))
    assert golden["title"]
    assert golden["published"]
    assert golden["text"]
    assert golden["title"].split()[0].encode() in gzip.decompress((place / "xx-new.html.gz").read_bytes())
    if portal == "demo-bund":
        checked = house.ok("sources", "check", "xx-new", "--sources", "my-sources", "--limit", "2")
        assert "All is well" in checked


def test_a_file_is_never_overwritten(house: House, portals: DemoServer) -> None:
    url = portals.base("demo-feed")
    place = house.folder / "mine" / "de-st"
    place.mkdir(parents=True)
    (place / "st-x.json").write_text("mine", "utf-8")
    arguments = ("sources", "add", url, "--key", "st-x", "--jurisdiction", "DE-ST", "--folder", "mine")
    assert "is there already; nothing was written" in house.ok(*arguments, code=2)
    assert [file.name for file in place.iterdir()] == ["st-x.json"]
    assert (place / "st-x.json").read_text("utf-8") == "mine"


WRONG = {
    "no address": (("presse.html",), "it begins with https:// and a host"),
    "a live portal without a contact": (("https://ministerium.invalid/",), "--contact"),
    "a key that is taken": (("http://127.0.0.1:9/", "--key", "th-tmil"), "th-tmil is taken"),
    "a key that is a path": (("http://127.0.0.1:9/", "--key", "../x"), "write small letters"),
    "no Land": (("http://127.0.0.1:9/", "--jurisdiction", "Bayern"), "write DE-TH"),
    "nobody there": (("http://127.0.0.1:9/",), "did not come"),
}


@pytest.mark.parametrize(("arguments", "says"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_added_is_named_with_its_mend(
    house: House, arguments: tuple[str, ...], says: str
) -> None:
    assert says in house.ok("sources", "add", *arguments, code=2)
    assert not (house.folder / "my-sources").exists()


@pytest.mark.parametrize(
    ("path", "says"), [("/nowhere", "it answers 404"), ("/presse/intern/a", "robots.txt")]
)
def test_a_page_that_does_not_come_is_no_start(
    house: House, portals: DemoServer, path: str, says: str
) -> None:
    assert says in house.ok("sources", "add", portals.base("demo-feed") + path, code=2)


NASTY = 'Ministerium "für\\" \x1b[31m Alles\x07\x7f """ = [x] # \u202e\n[seeds]\nurl = "http://evil.example/"'


def _nasty(request: Request) -> Response:
    """A portal whose every text wants to be something else; its links lead everywhere."""
    if request.path == "/robots.txt":
        return Response(404)
    title = NASTY.replace('"', "&quot;").replace("\x1b", "&#27;")
    if request.path.startswith("/presse/meldung"):
        text = "<p>Das Ministerium fördert die Gemeinde mit einem Zuschuss zum Bau eines Hauses.</p>" * 9
        body = f"<main><h1>{title} {request.path}</h1><time datetime='2026-05-01'>1. Mai</time>{text}</main>"
    else:
        places = ("http://[", "javascript:x", "//evil.example/presse", "mailto:presse@evil.example")
        wild = "".join(f"<a href='{place}'>Presse</a>" for place in places)
        rows = "".join(
            f"<li><a href='/presse/meldung-{n}'>{title} {n}</a> 0{n}.05.2026</li>" for n in range(1, 6)
        )
        body = f"{wild}<main><ul>{rows}</ul></main>" + "<div>" * 5_000
    html = f"<html><head><base href='{request.base}/'><title>{title}</title></head><body>{body}</body></html>"
    return Response(200, html.encode())


@pytest.fixture
def nasty() -> Iterator[DemoServer]:
    with DemoServer(portals={"nasty": _nasty}) as server:
        yield server


def test_what_a_portal_says_stays_text(house: House, nasty: DemoServer) -> None:
    url = nasty.base("nasty")
    out = house.ok("sources", "add", f"{url}/presse", "--jurisdiction", "DE-HE", "--key", "he-x")
    assert "\x1b" not in out
    text = (house.folder / "my-sources/de-he/he-x.toml").read_text("utf-8")
    assert [seed["url"] for seed in tomllib.loads(text)["seeds"]] == [f"{url}/presse"]
    assert "\x1b" not in text
    assert {entry.target.split("?")[0] for entry in nasty.requests} >= {"/robots.txt", "/presse"}
    assert len(nasty.requests) <= 30


PORTALS_OF_ALL_KINDS = (
    "demo-bund demo-feed nw-landesregierung rp-mdi be-senat hb-senat bb-mluk mv-landesregierung ni-ml"
    " bund-breg bund-bmfsfj bund-bmi bund-bmwk th-tmuen th-tmasgff hh-senat st-presse by-staatsregierung"
    " bund-aa sl-landesregierung"
).split()


@pytest.fixture(scope="module")
def recognised() -> list[Outcome]:
    """Each portal from its front page, without its own source file."""
    return outcomes(PORTALS_OF_ALL_KINDS, ("home",))


FLOORS = {"recognised": 0.85, "listing": 0.9, "more": 0.9, "feed": 1.0}  # may be raised, not lowered


@pytest.mark.parametrize(("what", "floor"), FLOORS.items())
def test_portals_are_recognised_without_their_source_files(
    recognised: list[Outcome], what: str, floor: float
) -> None:
    told = [getattr(outcome, what) for outcome in recognised if getattr(outcome, what) is not None]
    assert sum(told) / len(told) >= floor, [o for o in recognised if getattr(o, what) is False]


def test_releases_of_unknown_portals_come_out_as_with_their_source_files(recognised: list[Outcome]) -> None:
    assert sum(o.fields for o in recognised) >= 0.9 * sum(o.wanted for o in recognised)


def test_saved_pages_are_recognised_without_their_source_files() -> None:
    for outcome in saved_pages():
        assert outcome.recognised, outcome
        assert outcome.fields == outcome.wanted, outcome


def test_all_demo_portals_are_among_the_starts() -> None:
    assert {portal for portal, _, _ in STARTS.values()} == set(PORTALS)

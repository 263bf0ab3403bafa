"""The Python client: the same frames from a file and from an address, with types that know what lacks."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import get_args

import httpx
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from archive.parameters import PARAMETERS
from exports.pages import READABLE
from pressearchiv import Archive, ArchiveError, Filters, ParameterError, UnknownReleaseError
from pressearchiv.address import Address
from pressearchiv.archive import MENTIONS, Kind

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def file(archive_file: Path) -> Iterator[Archive]:
    with Archive(archive_file) as archive:
        yield archive


@pytest.fixture(scope="session")
def address(site: httpx.Client) -> Iterator[Archive]:
    with Archive(str(site.base_url), retries=0) as archive:
        yield archive


FRAMES: dict[str, Callable[[Archive], pd.DataFrame]] = {
    "search": lambda archive: archive.search("Weimar", jurisdiction="DE-TH"),
    "search, all": lambda archive: archive.search(),
    "search, some": lambda archive: archive.search(limit=3),
    "releases": lambda archive: archive.releases(since=date(2018, 1, 1), kind="press_release"),
    "amounts": lambda archive: archive.amounts(amount_from=1e6),
    "grants": lambda archive: archive.grants(),
    "grant stories": lambda archive: archive.grant_stories(),
    "grant stories of a selection": lambda archive: archive.grant_stories(year=1999),
    "districts": lambda archive: archive.districts(),
    "ministers": lambda archive: archive.ministers(),
    "versions": lambda archive: archive.versions("th-bau-3"),
    "corpus": lambda archive: archive.corpus(),
    "corpus of a selection": lambda archive: archive.corpus(query="Weimar"),
} | {kind: lambda archive, kind=kind: archive.mentions(kind) for kind in MENTIONS}  # type: ignore[misc]


@pytest.mark.parametrize("ask", FRAMES.values(), ids=FRAMES)
def test_file_and_address_give_the_same_frame(
    file: Archive, address: Archive, ask: Callable[[Archive], pd.DataFrame]
) -> None:
    assert_frame_equal(ask(file), ask(address))


@pytest.mark.parametrize("table", READABLE)
def test_every_table_is_the_same_both_ways(file: Archive, address: Archive, table: str) -> None:
    frame = file.table(table)
    assert_frame_equal(frame, address.table(table))
    assert "object" not in set(map(str, frame.dtypes))


filters = st.fixed_dictionaries(
    {},
    optional={
        "query": st.sampled_from(
            ["Weimar", "Förderung -Weimar", '"Bund und Länder"', "kreis:Weimar", ",", "é"]
        ),
        "jurisdiction": st.sampled_from(["DE-TH", "DE", "DE-BY"]),
        "publisher": st.sampled_from(["Thüringer Ministerium für Bau und Verkehr", "%_'\"&=é"]),
        "kind": st.sampled_from(["press_release", "speech"]),
        "year": st.integers(2015, 2019),
        "since": st.dates(date(2016, 1, 1), date(2019, 1, 1)),
        "until": st.dates(date(2016, 1, 1), date(2019, 1, 1)).map(str),
        "district": st.sampled_from(["16065", "16055", "00000"]),
        "person": st.just("erna-muster"),
        "amount_from": st.sampled_from([0, 500_000, 1.5e6, 0.25, "12000000"]),
        "amount_to": st.integers(0, 10**9),
        "changed": st.booleans(),
        "with_attachment": st.booleans(),
        "with_grant": st.none() | st.booleans(),
    },
)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(filters, st.sampled_from(["releases", "amounts", "grant_stories", "text_group_members"]))
def test_any_filters_find_the_same_both_ways(
    file: Archive, address: Archive, asked: Filters, table: str
) -> None:
    assert_frame_equal(file.table(table, **asked), address.table(table, **asked))
    found = file.search(**asked)
    assert_frame_equal(found, address.search(**asked))
    assert set(found["id"]) == set(file.releases(**asked)["id"])


def test_one_release_its_texts_and_its_citation(file: Archive, address: Archive) -> None:
    for archive in (file, address):
        assert archive.release("alte-kennung")["id"] == "th-arbeit-1"
        assert (archive.text("th-arbeit-1") or "").startswith("Arbeitsministerin Erna Muster")
        assert archive.text("th-bau-2", version=1) != archive.text("th-bau-2")
        assert "pressearchiv:th-arbeit-1.1" in archive.cite("th-arbeit-1")
        assert archive.cite("th-arbeit-1", "bibtex").startswith("@misc")
    assert_series_equal(file.release("th-bau-leer"), address.release("th-bau-leer"))
    assert file.cite("th-bau-2", "ris", version=1) == address.cite("th-bau-2", "ris", version=1)


def test_what_is_not_held_is_said(file: Archive, address: Archive) -> None:
    for archive in (file, address):
        with pytest.raises(UnknownReleaseError, match="none-such"):
            archive.release("none-such")
        with pytest.raises(UnknownReleaseError):
            archive.text("th-arbeit-1", version=9)
        with pytest.raises(UnknownReleaseError):
            archive.cite("th-arbeit-1", version=9)
        with pytest.raises(ArchiveError, match="known are releases"):
            archive.table("nothing")
        with pytest.raises(ParameterError, match="same for every search") as refused:
            archive.table("districts", jurisdiction="DE-TH")
        assert isinstance(refused.value, ArchiveError)


@pytest.mark.parametrize(
    "asked",
    [
        {"jurisdiction": "Thüringen"},
        {"since": "2018-02-30"},
        {"since": "yesterday"},
        {"district": "1606"},
        {"year": 18},
        {"amount_from": -1},
        {"query": ""},
        {"land": "DE-TH"},
    ],
    ids=str,
)
def test_a_filter_that_means_nothing_is_refused(file: Archive, address: Archive, asked: Filters) -> None:
    for archive in (file, address):
        with pytest.raises(ParameterError, match=next(iter(asked))):
            archive.releases(**asked)


def test_types_know_of_what_is_missing(file: Archive) -> None:
    releases = file.releases()
    types = {name: str(kind) for name, kind in releases.dtypes.items()}
    assert types["published_on"] == "datetime64[s]"
    assert types["first_seen_at"] == "datetime64[s, UTC]"
    assert (types["versions"], types["amount_max"], types["tdm_reserved"]) == ("Int64", "Float64", "boolean")
    assert (types["title"], types["jurisdiction"]) == ("string", "category")
    undated = releases.set_index("id").loc["th-bau-leer"]
    assert pd.isna(undated["published_on"])
    assert file.releases(year=1990).dtypes["published_on"] == releases.dtypes["published_on"]


def test_rows_come_one_by_one_and_the_newest_first(file: Archive, address: Archive) -> None:
    for archive in (file, address):
        assert next(archive.rows("amounts"))["currency"] == "EUR"
        days = archive.search()["published_on"].dropna()
        assert list(days) == sorted(days, reverse=True)


def test_progress_is_told_where_it_is_asked_for(
    archive_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive(archive_file, progress=True) as archive:
        archive.search("Weimar")
    assert capsys.readouterr().err.endswith("search: 3 rows\n")


def test_filters_have_the_names_of_the_options() -> None:
    assert set(Filters.__annotations__) == {parameter.keyword for parameter in PARAMETERS}
    assert set(get_args(Kind)) == set(MENTIONS)


class Moody(BaseHTTPRequestHandler):
    """A server that is busy twice, then answers."""

    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.headers["User-Agent"])
        busy = len(self.seen) < 3
        self.send_response(503 if busy else 200)
        self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(b"" if busy else b'{"rows": [], "after": null}')

    def log_message(self, *_: object) -> None:
        """Nothing on the console of the tests."""


def test_a_busy_server_is_asked_again_after_the_pause_it_asks_for() -> None:
    Moody.seen = []
    with HTTPServer(("127.0.0.1", 0), Moody) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        pauses: list[float] = []
        place = f"http://127.0.0.1:{server.server_port}"
        patient = Address(place, retries=2, contact="you@example.org", pause=pauses.append)
        assert patient.page("releases", {}, "").rows == []
        assert pauses == [7, 7]
        assert Moody.seen[0].startswith("pressearchiv/")
        assert "you@example.org" in Moody.seen[0]
        Moody.seen = []
        with pytest.raises(ArchiveError, match="503"):
            Address(place, retries=1, pause=pauses.append).page("releases", {}, "")
        server.shutdown()
    with pytest.raises(ArchiveError, match="does not answer"):
        Address(place, retries=0).page("releases", {}, "")


class Lying(BaseHTTPRequestHandler):
    """A server that is no archive."""

    said: bytes

    def do_GET(self) -> None:
        if self.said.startswith(b"file:"):
            self.send_response(302)
            self.send_header("Location", self.said.decode())
        else:
            self.send_response(200)
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, *_: object) -> None:
        """Nothing on the console of the tests."""


@pytest.mark.parametrize(
    "said",
    [
        b"<html>", b"[]", b"null", b"{}", b'{"rows": 5, "after": null}', b'{"rows": [], "after": 7}',
        b'{"rows": [], "after": "x"}', b"[" * 200_000, b"\xff\xfe", b"file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_is_no_answer_of_an_archive_is_said_to_be_none(said: bytes) -> None:
    Lying.said = said
    with HTTPServer(("127.0.0.1", 0), Lying) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = Address(f"http://127.0.0.1:{server.server_port}", retries=0)
        with pytest.raises(ArchiveError):
            address.page("releases", {}, "x")  # where a list that goes on at the same place never ends
        with pytest.raises(ArchiveError):
            address.columns("releases")
        server.shutdown()


def test_without_pandas_rows_are_read_and_frames_name_the_mend(archive_file: Path) -> None:
    code = (
        "import sys; sys.modules['pandas'] = None\n"
        "from pressearchiv import Archive, ArchiveError\n"
        "archive = Archive(sys.argv[1]); print(len(list(archive.rows('releases'))))\n"
        "try: archive.releases()\n"
        "except ArchiveError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, archive_file], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.startswith("12\n")
    assert "pressearchiv[data]" in done.stdout


def test_an_address_is_read_without_what_reads_the_file() -> None:
    code = "import pressearchiv, sys; print({'pandas', 'lxml', 'scrapy', 'datasette'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "set()\n"

"""The profile for strangers: what they may ask, how much of it, and what they never learn."""

import asyncio
import csv
import io
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from serve import public
from serve.headers import Receive, Scope, Send
from serve.plain_cells import plain
from serve.results import MOST_FOR_STRANGERS
from serve.run import SETTINGS

START = (
    "import sys, pathlib, serve.run; "
    "serve.run.serve(pathlib.Path(sys.argv[1]), port={port}, strangers=True, known_as=sys.argv[2])"
)
ADDRESS = "https://presse.example.org"
Start = Callable[..., httpx.Client]


@pytest.fixture(scope="module")
def outside(start: Start, archive_file: Path) -> httpx.Client:
    return start("-c", START, str(archive_file), ADDRESS, cwd=archive_file.parent)


@pytest.mark.parametrize(
    "path", ["/", "/suche?q=haus", "/m/th-arbeit-1", "/archive", "/archive/releases", "/quellen"]
)
def test_readers_find_everything_that_is_for_them(outside: httpx.Client, path: str) -> None:
    assert outside.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/archive/kreis_nach_jahr_und_ministerium.json?kreis=Weimar", "/archive/grants.json"]
)
def test_questions_of_ours_and_tables_answer(outside: httpx.Client, path: str) -> None:
    assert outside.get(path).json()["rows"] is not None


@pytest.mark.parametrize("path", [
    "/archive?sql=select+1",
    "/archive.json?sql=select+1",
    "/archive/releases.json?_where=1",
    "/archive/notices",
    "/archive/notices.json",
])  # fmt: skip
def test_own_sql_and_closed_tables_are_refused(outside: httpx.Client, path: str) -> None:
    answer = outside.get(path)
    assert answer.status_code in (400, 403)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", [
    "/-/databases.json",
    "/-/threads.json",
    "/-/settings.json",
    "/-/plugins.json",
    "/-/metadata.json",
    "/-/versions",
    "/-/permissions",
    "/-/allow-debug",
    "/archive.db",
])  # fmt: skip
def test_nothing_is_told_of_the_server(outside: httpx.Client, archive_file: Path, path: str) -> None:
    answer = outside.get(path)
    assert answer.status_code in (403, 404)
    assert str(archive_file.parent) not in answer.text


def test_styles_and_scripts_are_still_sent(outside: httpx.Client) -> None:
    page = outside.get("/archive/releases").text
    assert outside.get("/-/static/app.css").status_code == 200
    assert "/-/pressearchiv/" in page


@pytest.mark.parametrize(("request_", "status"), [
    (("DELETE", "/suche"), 405),
    (("PUT", "/m/th-arbeit-1"), 405),
    (("GET", f"/suche?q={'x' * public.LONGEST_QUERY}"), 414),
    (("POST", "/m/th-arbeit-1/melden"), 413),
])  # fmt: skip
def test_requests_have_bounds(outside: httpx.Client, request_: tuple[str, str], status: int) -> None:
    body = b"x" * (public.LARGEST_BODY + 1) if status == 413 else None
    assert outside.request(*request_, content=body).status_code == status


def test_cookies_that_are_no_text_are_refused(outside: httpx.Client) -> None:
    assert outside.get("/suche", headers={b"Cookie": b"lang=\xff"}).status_code == 400


def test_a_body_that_does_not_say_its_length_ends_at_the_bound(outside: httpx.Client) -> None:
    def endless() -> object:
        for _ in range(public.LARGEST_BODY // 1000 + 10):
            yield b"comment=" + b"x" * 992

    try:
        answer = outside.post("/m/th-arbeit-1/melden?wert=date", content=endless())  # type: ignore[arg-type]
    except httpx.TransportError:
        return
    assert answer.status_code >= 400


def test_pages_name_the_address_that_readers_know(
    outside: httpx.Client,
) -> None:
    feed = outside.get("/suche.atom?q=haus", headers={"Host": "evil.example.com"}).text
    assert "evil.example.com" not in feed
    assert f"{ADDRESS}/" in feed


@pytest.mark.parametrize(("address", "told"), [
    (ADDRESS, ["a=b; Path=/; Secure", "c=d; Secure"]),
    ("http://presse.example.org", ["a=b; Path=/", "c=d; Secure"]),
])  # fmt: skip
def test_cookies_are_for_encrypted_connections_alone(address: str, told: list[str]) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"set-cookie", b"a=b; Path=/"), (b"set-cookie", b"c=d; Secure")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def cookies() -> list[str]:
        over = httpx.ASGITransport(public.limited(app, address))
        async with httpx.AsyncClient(transport=over, base_url="http://127.0.0.1") as client:
            return (await client.get("/")).headers.get_list("set-cookie")

    assert asyncio.run(cookies()) == told


def test_search_engines_are_asked_to_leave_searches_alone(outside: httpx.Client) -> None:
    told = outside.get("/robots.txt").text.splitlines()
    assert "Disallow: /suche" in told
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in told


def test_connections_beyond_the_bound_are_told_to_come_back(outside: httpx.Client) -> None:
    host, port = outside.base_url.host, outside.base_url.port
    waiting = [socket.create_connection((host, port or 80)) for _ in range(public.AT_ONCE + 5)]
    try:
        with httpx.Client(base_url=outside.base_url) as late:
            assert late.get("/").status_code == 503
    finally:
        for connection in waiting:
            connection.close()


def test_a_question_that_takes_too_long_gets_help(start: Start, archive_file: Path) -> None:
    code = "import serve.run; serve.run.SETTINGS['sql_time_limit_ms'] = 0; " + START.replace(
        "strangers=True, ", ""
    )
    client = start("-c", code, str(archive_file), ADDRESS, cwd=archive_file.parent)
    answer = client.get("/m/th-arbeit-1")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "zu lange" in answer.text


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_all_hits_as_a_file_have_bounds(start: Start, archive_file: Path, form: str) -> None:
    code = f"import serve.results; serve.results.MOST_FOR_STRANGERS = 0; {START}"
    client = start("-c", code, str(archive_file), ADDRESS, cwd=archive_file.parent)
    assert client.get("/suche?q=haus").status_code == 200
    assert client.get(f"/suche.{form}?q=haus").status_code == 400


def test_cells_of_a_table_run_in_no_spreadsheet(outside: httpx.Client) -> None:
    table = outside.get("/archive/releases.csv?_size=max").text
    for row in csv.reader(io.StringIO(table, newline="")):
        assert not [cell for cell in row if cell[:1] in "=+@\t\r" and cell]


@pytest.mark.parametrize(("row", "told"), [
    ("=1+1,2,x\r\n", "'=1+1,2,x\r\n"),
    ("-5,+1.5,-x\r\n", "-5,+1.5,'-x\r\n"),
    ('"a\nb","""q"""\r\n', '"a\nb","""q"""\r\n'),
    ("'=1\r\n", "''=1\r\n"),
    (f"{'x' * 200_000}\r\n", f"{'x' * 200_000}\r\n"),
])  # fmt: skip
def test_formulas_are_made_texts_and_numbers_stay(row: str, told: str) -> None:
    assert plain(row) == told


def test_the_page_for_operators_states_the_bounds_as_they_are() -> None:
    said = (Path(__file__).parents[2] / "docs" / "public.md").read_text("utf-8")
    for bound in (
        f"| {SETTINGS['max_returned_rows']:,} | {public.SETTINGS['max_returned_rows']:,} |",
        f"| {SETTINGS['sql_time_limit_ms'] // 1000} s | {public.SETTINGS['sql_time_limit_ms'] // 1000} s,",
        f"{', '.join(public.METHODS)}; {public.LONGEST_QUERY >> 10} KiB; {public.LARGEST_BODY >> 10} KiB",
        f"| {public.AT_ONCE}, then status 503 |",
        f"| any | {MOST_FOR_STRANGERS:,} |",
        *(f"`{table}`" for table in public.CLOSED_TABLES),
    ):
        assert bound in said

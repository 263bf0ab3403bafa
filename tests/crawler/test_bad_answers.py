"""Whatever a portal answers: a clear message, an issue row, and the rest is archived."""

import datetime as dt
import gzip
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from conftest import House, source
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from portal import LIST, Answer, Portal, publish

from archive.source import Seed, Source
from crawler.result import RunResult

MakeSource = Callable[..., Source]
PAGE_BYTES = 300_000
QUICK = {"PRESSEARCHIV_PAGE_BYTES": PAGE_BYTES, "PRESSEARCHIV_PAGE_SECONDS": 0.5, "DOWNLOAD_TIMEOUT": 1.0}
DETAIL = f"{LIST}/detailseite/"


def stream(piece: bytes, pause: float = 0.0, count: int = 1 << 30) -> Iterator[bytes]:
    for _ in range(count):
        yield piece
        time.sleep(pause)


def in_turn(*answers: Answer) -> Callable[[], Answer]:
    """The first answer to the first request, the second to the second; the last one stays."""
    left = list(answers)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def moved(to: str) -> Answer:
    return Answer(status=302, headers={"Location": to})


OK = Answer(b"<main><h1>Gut</h1></main>")
BUSY = Answer(b"busy", 503)
HOSTILE: dict[str, Answer | Callable[[], Answer]] = {
    "endless": lambda: Answer(stream(b"<p>mehr</p>" * 1000)),
    "drip": lambda: Answer(stream(b".", 0.1)),
    "announced": lambda: Answer(stream(b"x" * 65536), headers={"Content-Length": str(200 << 20)}),
    "silent": lambda: Answer(stream(b"", 1.5, 1)),
    "bomb": Answer(gzip.compress(bytes(200 << 20)), headers={"Content-Encoding": "gzip"}),
    "loop": moved(DETAIL + "pool"),
    "chain": moved(DETAIL + "chain-2"),
    "soft-404": moved(LIST),
    "throttled": in_turn(Answer(b"calm", 429, {"Retry-After": "1"}), OK),
    "broken-off": lambda: Answer(stream(b"<p>half", count=1), headers={"Content-Length": "5000"}),
    "busy": BUSY,
    "fine": OK,
}
BEHIND = {"pool": moved(DETAIL + "loop"), "chain-2": moved(DETAIL + "chain-3"), "chain-3": OK}


@dataclass
class Aftermath:
    house: House
    portal: Portal
    result: RunResult

    def captures(self, name: str) -> list[tuple[Any, ...]]:
        columns = "url, status, truncated, payload_bytes"
        sql = f"SELECT {columns} FROM captures WHERE requested_url LIKE ? ORDER BY id"
        return self.house.rows(sql, f"%{DETAIL}{name}")

    def issue(self, name: str) -> list[Any]:
        return self.house.column("SELECT kind FROM issues WHERE subject LIKE ?", f"%{DETAIL}{name}")


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """One crawl of a portal on which nearly everything goes wrong that can."""
    with Portal() as portal:
        rows = "".join(
            f"<li><h3>{name}</h3><a href='{DETAIL}{name}'>zur Detailseite</a></li>" for name in HOSTILE
        )
        portal.pages[LIST] = Answer(f"<main><ul>{rows}</ul></main>".encode())
        portal.pages |= {DETAIL + name: page for name, page in (HOSTILE | BEHIND).items()}
        house = House(tmp_path_factory.mktemp("hostile"))
        began = time.monotonic()
        result = house.one(source(portal.base), settings=QUICK)
        assert time.monotonic() - began < 60
        yield Aftermath(house, portal, result)


def test_the_run_says_that_pages_are_missing(aftermath: Aftermath) -> None:
    assert aftermath.result.verdict == "partial"
    assert aftermath.result.new_entries == len(HOSTILE)
    aftermath.house.check()


@pytest.mark.parametrize(
    ("name", "truncated", "issue"),
    [
        ("endless", "length", "too_large"),
        ("announced", "length", "too_large"),
        ("drip", "time", "timeout"),
        ("broken-off", "disconnect", "broken_off"),
    ],
)
def test_what_does_not_end_is_kept_as_far_as_is_sane(
    aftermath: Aftermath, name: str, truncated: str, issue: str
) -> None:
    ((_, status, cut, size),) = aftermath.captures(name)
    assert (status, cut) == (200, truncated)
    assert 0 < size <= PAGE_BYTES
    assert aftermath.issue(name) == [issue]


def test_a_gzip_bomb_is_kept_packed(aftermath: Aftermath) -> None:
    ((_, status, _, size),) = aftermath.captures("bomb")
    assert (status, size) == (200, len(HOSTILE["bomb"].body))  # type: ignore[union-attr, arg-type]


def test_a_page_that_never_answers_is_an_issue(aftermath: Aftermath) -> None:
    assert aftermath.issue("silent") == ["timeout"]


def test_a_redirect_loop_is_an_issue_and_its_hops_are_archived(aftermath: Aftermath) -> None:
    assert aftermath.issue("loop") == ["redirect_loop"]
    assert [row[1] for row in aftermath.captures("loop")] == [302, 302]


def test_a_redirect_chain_is_archived_hop_by_hop(aftermath: Aftermath) -> None:
    hops = [(row[0].rsplit("/", 1)[1], row[1]) for row in aftermath.captures("chain")]
    assert hops == [("chain", 302), ("chain-2", 302), ("chain-3", 200)]


def test_a_redirect_to_the_list_says_what_was_asked(aftermath: Aftermath) -> None:
    assert [(row[0].endswith(LIST), row[1]) for row in aftermath.captures("soft-404")] == [
        (False, 302),
        (True, 200),
    ]


def test_a_throttled_page_is_asked_again_after_the_wait(aftermath: Aftermath) -> None:
    assert [row[1] for row in aftermath.captures("throttled")] == [429, 200]


def test_a_busy_page_is_asked_three_times_and_no_more(aftermath: Aftermath) -> None:
    assert aftermath.portal.paths().count(DETAIL + "busy") == 3


CASES = [
    ("captcha", Answer(b"<title>Are you human?</title><div class='g-recaptcha'></div>"), "blocked"),
    (
        "captcha in a form",
        Answer(b"<form class='g-recaptcha'></form><main>" + b"<p>x</p>" * 9000),
        "layout_changed",
    ),
    ("forbidden", Answer(b"no", 403), "blocked"),
    ("empty", Answer(b""), "failed"),
    ("no rows", Answer(b"<main>" + b"<p>Neues Design</p>" * 400 + b"</main>"), "layout_changed"),
    ("gone", Answer(b"gone", 404), "failed"),
    ("outage", BUSY, "unreachable"),
    ("hour", Answer(b"later", 503, {"Retry-After": "3600"}), "blocked"),
]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[RunResult, int]]:
    """Verdict and number of requests for each bad listing, crawled side by side."""
    house = House(tmp_path_factory.mktemp("lists"))
    portals = [Portal() for _ in CASES]
    for portal, (_, answer, _verdict) in zip(portals, CASES, strict=True):
        portal.__enter__()
        portal.pages[LIST] = answer
    sources = [source(portal.base, f"k{n}") for n, portal in enumerate(portals)]
    results = house.crawl(*sources)
    for portal in portals:
        portal.__exit__(None, None, None)
    assert len(house.column("SELECT kind FROM issues WHERE subject IN (SELECT key FROM sources)")) == len(
        CASES
    )
    return {c[0]: (r, len(p.log)) for c, r, p in zip(CASES, results, portals, strict=True)}


@pytest.mark.parametrize(("name", "_answer", "verdict"), CASES, ids=[case[0] for case in CASES])
def test_a_bad_listing_is_judged(
    judged: dict[str, tuple[RunResult, int]], name: str, _answer: Answer, verdict: str
) -> None:
    result, requests = judged[name]
    assert (result.verdict, bool(result.reason)) == (verdict, True)
    assert requests <= 4  # robots.txt, and three tries at most


def test_an_outage_in_the_middle_is_no_storm(portal: Portal, house: House, make_source: MakeSource) -> None:
    publish(portal, 60)
    for path in [p for p in portal.pages if p.startswith(DETAIL)]:
        portal.pages[path] = BUSY
    result = house.one(make_source())
    assert result.verdict == "partial"
    assert len([p for p in portal.paths() if p.startswith(DETAIL)]) < 40
    assert "given_up" in house.column("SELECT kind FROM issues")
    publish(portal, 60)
    assert house.one(make_source()).verdict in ("ok", "quiet", "unchanged")
    assert house.column(
        "SELECT count(DISTINCT url) FROM captures WHERE role = 'detail' AND status = 200"
    ) == [60]
    assert house.column("SELECT kind FROM issues WHERE closed_at IS NULL") == []


def test_a_host_that_is_down_is_unreachable(house: House) -> None:
    with Portal() as portal:
        base = portal.base
    result = house.one(source(base))
    assert result.verdict == "unreachable"
    assert house.column("SELECT DISTINCT kind FROM issues") == ["unreachable"]


def test_a_feed_that_is_html_is_refused(portal: Portal, house: House, make_source: MakeSource) -> None:
    page = "<html><body><p>Fehler 404</p>" + "<br>" * 40_000
    portal.pages["/feed.xml"] = Answer(page.encode())
    publish(portal, 3)
    seeds = (Seed(url=portal.base + LIST), Seed(url=portal.base + "/feed.xml", role="feed"))
    result = house.one(make_source(seeds=seeds))
    assert (result.verdict, result.new_entries) == ("partial", 3)
    assert house.column("SELECT kind FROM issues WHERE subject LIKE '%feed.xml'") == ["list"]


def test_a_certificate_that_nobody_signed_is_an_issue(house: House, tmp_path: Path) -> None:
    with Portal(self_signed(tmp_path)) as portal:
        publish(portal, 1)
        result = house.one(source(portal.base))
    assert result.verdict == "unreachable"
    assert "certificate" in (result.reason or "")
    assert house.column("SELECT DISTINCT kind FROM issues WHERE subject = '127.0.0.1'") == ["certificate"]


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime(2020, 1, 1)
    certificate = (
        x509.CertificateBuilder(
            name, name, key.public_key(), x509.random_serial_number(), start, dt.datetime(2099, 1, 1)
        )
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
    key_text = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none)
    (folder / "tls.pem").write_bytes(key_text + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "tls.pem")
    return context

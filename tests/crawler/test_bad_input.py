"""Whatever a portal, a disk or a person does: a clear message, an issue row, and nothing archived is lost."""

import datetime as dt
import gzip
import os
import resource
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import START, House, source
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from portal import LIST, Answer, Portal, publish

from archive.source import Access, Seed, Source
from crawler.job import Job
from crawler.ledger import RunResult

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


def test_a_damaged_record_is_said_and_its_page_fetched_again(
    portal: Portal, house: House, make_source: MakeSource
) -> None:
    publish(portal, 3)
    house.one(make_source())
    ((file, offset),) = house.rows("SELECT warc_file, warc_offset FROM captures WHERE role = 'listing'")
    path = house.folder / "warc" / file
    backup = path.read_bytes()
    with path.open("rb+") as warc:
        warc.seek(offset + 30)
        warc.write(bytes(100))
    assert house.one(make_source()).listing_rows == 3
    assert house.column("SELECT kind FROM issues") == ["lost_evidence"]
    house.one(make_source())
    assert house.column("SELECT closed_at FROM issues") == [None]
    path.write_bytes(backup + path.read_bytes()[len(backup) :])
    house.one(make_source())
    assert house.column("SELECT closed_at FROM issues") != [None]


def worker(house: House, *sources: Source, **options: Any) -> "subprocess.Popen[bytes]":
    """The crawl process by itself, to be killed."""
    from archive.sources_table import sync

    db = house.db
    sync(db, sources)
    db.close()
    job = Job(
        archive=str(house.folder / "archive.db"),
        warc=str(house.folder / "warc"),
        sources=sources,
        start=START.isoformat(),
    )
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-m", "crawler.worker"], stdin=pipe, stdout=pipe, **options)
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(job) + b"\n")
    process.stdin.flush()
    return process


def finish(process: "subprocess.Popen[bytes]") -> None:
    """Let it crawl to its end; closing its standard input would stop it."""
    assert process.stdout is not None
    process.stdout.read()
    process.communicate()


def wait_for(portal: Portal, requests: int) -> None:
    deadline = time.monotonic() + 20
    while len(portal.log) < requests:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def slow(portal: Portal, seconds: float = 0.03) -> None:
    for path, page in list(portal.pages.items()):
        if path.startswith(DETAIL) and isinstance(page, Answer):
            portal.pages[path] = lambda page=page: time.sleep(seconds) or page  # type: ignore[misc, func-returns-value]


@pytest.mark.parametrize("at", [3, 20])
def test_a_killed_crawl_runs_again_and_holds_the_same(portal: Portal, tmp_path: Path, at: int) -> None:
    publish(portal, 25)
    calm, killed = House(tmp_path / "calm"), House(tmp_path / "killed")
    calm.folder.mkdir()
    killed.folder.mkdir()
    calm.one(source(portal.base))
    slow(portal)
    mark = len(portal.log)
    process = worker(killed, source(portal.base))
    wait_for(portal, mark + at)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    tear(killed.folder / "warc")
    again = killed.one(source(portal.base))
    assert again.verdict in ("ok", "quiet", "unchanged")
    for question in (
        "SELECT url FROM entries ORDER BY url",
        "SELECT DISTINCT role || url || payload_digest FROM captures WHERE status IN (200, 304) ORDER BY 1",
    ):
        assert killed.column(question) == calm.column(question)
    assert killed.column("SELECT verdict FROM runs ORDER BY id")[0] == "failed"
    killed.check()


def tear(warc: Path) -> None:
    """Half a record at the end of the newest file, as a crash in the middle of writing leaves it."""
    for path in warc.rglob("*.warc.gz"):
        with path.open("ab") as file:
            file.write(gzip.compress(b"WARC/1.1\r\n" * 100)[:60])


def test_two_crawls_of_one_source_do_not_meet_and_of_two_sources_do_not_clash(
    portal: Portal, house: House
) -> None:
    publish(portal, 25)
    with Portal() as other:
        publish(other, 5)
        process = worker(house, source(portal.base, access=Access(delay=0.12)))
        wait_for(portal, 5)
        busy, fine = house.crawl(source(portal.base), source(other.base, "xx-other"))
        finish(process)
    assert (busy.verdict, fine.verdict) == ("busy", "ok")
    assert "another process" in (busy.reason or "")
    assert house.column("SELECT verdict FROM runs ORDER BY source_key DESC") == ["ok", "ok"]
    house.check()


def test_a_crawl_whose_caller_is_gone_ends_in_order(portal: Portal, house: House) -> None:
    publish(portal, 25)
    slow(portal, 0.1)
    process = worker(house, source(portal.base))
    wait_for(portal, 5)
    process.communicate(timeout=20)  # closes its standard input
    assert house.column("SELECT verdict || ': ' || reason FROM runs") == ["partial: the run was stopped"]
    house.check()


def test_a_full_disk_stops_the_run_and_keeps_what_was_there(portal: Portal, house: House) -> None:
    publish(portal, 3)
    portal.pages[DETAIL + "2"] = Answer(os.urandom(4 << 20))
    limit = 3 << 20
    process = worker(
        house,
        source(portal.base),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    finish(process)
    assert house.column("SELECT verdict FROM runs") == ["failed"]
    assert "make room and run again" in house.column("SELECT reason FROM runs")[0]
    house.check()


@pytest.mark.parametrize("left", [None, 0.5])
def test_a_lost_or_cut_warc_file_is_said_and_fetched_again(
    portal: Portal, house: House, make_source: MakeSource, left: float | None
) -> None:
    publish(portal, 12)
    house.one(make_source())
    (file,) = (house.folder / "warc").rglob("*.warc.gz")
    backup = file.read_bytes()
    if left is None:
        file.unlink()
    else:
        os.truncate(file, int(file.stat().st_size * left))
    before = file.read_bytes() if left else None
    again = house.one(make_source(), full=True, now=START + dt.timedelta(days=40))
    assert again.verdict == "ok"
    assert house.column("SELECT kind FROM issues WHERE closed_at IS NULL") == ["lost_evidence"]
    assert (file.read_bytes() if left else None) == before
    assert house.column("SELECT DISTINCT warc_file FROM captures WHERE run_id = 2") == [
        "xx-test/xx-test-00002.warc.gz"
    ]
    assert house.column("SELECT count(*) FROM captures WHERE run_id = 2 AND record_type = 'response'")[0] >= 6
    file.write_bytes(backup)
    house.one(make_source(), now=START + dt.timedelta(days=41))
    assert house.column("SELECT kind FROM issues WHERE closed_at IS NULL") == []

"""Published snapshots are served as plain files: what never changes for a year, what changes for minutes."""

import asyncio
from pathlib import Path

import httpx
import pytest

from exports.snapshots import run, withdrawal
from serve.headers import Receive, Scope, Send
from serve.snapshots import over
from tests.pipeline.small import Small


async def _other(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b"other"})


def _ask(folder: Path, path: str, method: str = "GET") -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=over(_other, folder))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://archive.example") as client:
            return await client.request(method, path)

    return asyncio.run(ask())


@pytest.fixture
def daten(filled: Small, tmp_path: Path) -> Path:
    run.take(filled.db, tmp_path / "daten")
    return tmp_path / "daten"


def test_files_are_kept_for_a_year_and_lists_for_minutes(daten: Path) -> None:
    folder = (daten / "latest").resolve()
    got = _ask(daten, f"/daten/snapshots/{folder.name}/data/releases.jsonl.gz")
    assert got.status_code == 200
    assert got.content == (folder / "data" / "releases.jsonl.gz").read_bytes()
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "content-encoding" not in got.headers
    assert got.headers["x-content-type-options"] == "nosniff"
    head = _ask(daten, f"/daten/snapshots/{folder.name}/manifest.json", "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    newest = _ask(daten, "/daten/latest/manifest.json")
    assert newest.status_code == 302
    assert newest.headers["location"] == f"/daten/snapshots/{folder.name}/manifest.json"
    for path in ("/daten", "/daten/", "/daten/snapshots/"):
        listed = _ask(daten, path)
        assert listed.status_code == 200
        assert listed.headers["cache-control"] == "public, max-age=300"
    assert folder.name in listed.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/daten/../filled/archive.db", 418),
        ("/daten/%2e%2e/filled/archive.db", 404),
        ("/daten/snapshots/%2e%2e/%2e%2e/filled/archive.db", 404),
        ("/daten/snapshots/..%2f..%2ffilled", 404),
        ("/daten/.latest.new", 404),
        ("/daten/none", 404),
        ("/daten/snapshots/2026-01-01-0123456789ab/manifest.json", 404),
        ("/datenschutz", 418),
        ("/", 418),
    ],
)
def test_nothing_else_is_served(daten: Path, path: str, status: int) -> None:
    assert _ask(daten, path).status_code == status


def test_what_was_withdrawn_says_so(daten: Path) -> None:
    folder = (daten / "latest").resolve()
    (daten / "differences" / f"2026-01-01-0123456789ab..{folder.name}").mkdir()
    assert withdrawal.withdraw(daten, (folder,)) == ["latest"]
    gone = f"/daten/differences/2026-01-01-0123456789ab..{folder.name}/difference.json"
    assert _ask(daten, gone).status_code == 410
    assert _ask(daten, f"/daten/snapshots/{folder.name}/manifest.json").status_code == 410
    assert "latest" not in [child.name for child in daten.iterdir()]
    assert _ask(daten, "/daten/", "POST").status_code == 405

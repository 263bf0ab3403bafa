"""Pages of entities, maps and the course of the archive for one reader and for 20: milliseconds.

python -m benchmarks.scaled archive.db 100000
python -m benchmarks.pages archive.db
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlite_utils import Database

from archive.store import open_archive, read_archive, writing
from pipeline.aggregates import run as aggregates
from serve import addresses

CLIENTS, ROUNDS, WARM = 20, 15, 60  # seconds to wait for the server
# Pages of what is named most are the dearest.
_MOST = """
SELECT key FROM mention_months WHERE kind = ? GROUP BY key ORDER BY sum(releases) DESC LIMIT ?
"""
_PLACED = """
UPDATE grants SET (district_ags, municipality_ags) = (SELECT district_ags, municipality_ags
FROM municipality_mentions WHERE release_id = grants.release_id LIMIT 1) WHERE district_ags IS NULL
"""


def prepared(path: Path) -> Database:
    """The archive with its grants placed and its figures made; one that a build made is only read."""
    db = read_archive(path)
    if db.execute("SELECT 1 FROM uncounted_releases LIMIT 1").fetchone():
        db.close()
        db = open_archive(path)
        with writing(db):
            db.execute(_PLACED)
            aggregates.write(db)
    return db


def pages(db: Database, each: int) -> dict[str, list[str]]:
    """Addresses by kind of page, those named most often."""
    found = {
        kind: [address(row[0]) for row in db.execute(_MOST, (kind, each)).fetchall()]
        for kind, address in addresses.BY_KIND.items()
    }
    stories = db.execute(
        "SELECT id FROM grant_stories ORDER BY tellings DESC, id LIMIT ?", (each,)
    ).fetchall()
    found["grant"] = [addresses.grant(row[0]) for row in stories]
    found["map"] = [f"/karte?jahr={2006 + n}&zeige={'summe' * (n % 2)}" for n in range(each)]
    found["land"] = [f"{addresses.land('DE-BY')}?jahr={2006 + n}" for n in range(each)]
    found["course"] = [f"/verlauf?bis={2006 + n}" for n in range(each)]
    return found


async def ask(base: str, wanted: list[str]) -> list[float]:
    """Milliseconds of every request, asked by all clients at once; each asks them in an order of its own."""
    taken: list[float] = []

    async def client(number: int) -> None:
        for at in range(ROUNDS):
            address = wanted[(at + number * 7) % len(wanted)]
            began = time.perf_counter()
            (await http.get(address)).raise_for_status()
            taken.append((time.perf_counter() - began) * 1e3)

    limits = httpx.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    async with httpx.AsyncClient(base_url=base, timeout=WARM, limits=limits) as http:
        await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return taken


def cpu(server: int) -> float:
    """Milliseconds that the server has computed, which other programs change little."""
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1e3 / os.sysconf("SC_CLK_TCK")


def run(path: Path) -> dict[str, dict[str, float]]:
    """Figures by kind of page: made for one reader, kept for 20; milliseconds, and bytes at most."""
    wanted = pages(prepared(path), 12)
    with served(path) as (server, base):
        return {kind: _figures(server, base, some) for kind, some in wanted.items() if some}


@contextmanager
def served(path: Path) -> Iterator[tuple[int, str]]:
    """A server of the archive in a process of its own: its number and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "import sys, pathlib, serve.run; serve.run.serve(pathlib.Path(sys.argv[1]), port=int(sys.argv[2]))"
    server = subprocess.Popen([sys.executable, "-c", code, str(path), str(port)], stdout=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base)
        yield server.pid, base
    finally:
        server.terminate()
        server.wait()


def _figures(server: int, base: str, wanted: list[str]) -> dict[str, float]:
    with httpx.Client(base_url=base, timeout=WARM) as http:
        made, made_cpu, largest = [], [], 0
        for address in wanted:
            began, began_cpu = time.perf_counter(), cpu(server)
            largest = max(largest, len(http.get(address).raise_for_status().content))
            made.append((time.perf_counter() - began) * 1e3)
            made_cpu.append(cpu(server) - began_cpu)
    before = cpu(server)
    taken = asyncio.run(ask(base, wanted))
    kept = round((cpu(server) - before) / len(taken), 1)
    return {
        "made": _at(made, 0.5),
        "made_p95": _at(made, 0.95),
        "made_cpu": _at(made_cpu, 0.5),
        "made_cpu_p95": _at(made_cpu, 0.95),
        "clients_20_p95": _at(taken, 0.95),
        "kept_cpu": kept,
        "bytes": largest,
    }


def _at(taken: list[float], share: float) -> float:
    return round(sorted(taken)[min(int(len(taken) * share), len(taken) - 1)], 1)


def _wait(base: str) -> None:
    for _ in range(WARM * 5):
        try:
            httpx.get(f"{base}/karte/DE-SL", timeout=WARM)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(base)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1])), indent=2) + "\n")

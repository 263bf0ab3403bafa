"""Every kind of page of a site, at any size: time to its first byte, cold and warm, and the cost of it.

`python -m benchmarks.search_site ARCHIVE`. Cold means that the system has forgotten the file, warm that the
page was asked for just before; searches know their words by then.
"""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import httpx

from benchmarks.pages import served
from benchmarks.search_pages import WORDS
from serve import addresses

FIXED = (
    *(
        "/",
        "/suche",
        "/suche?zeit=anteil",
        "/suche?seite=500",
        "/suche/hilfe",
        "/quellen",
        "/api",
        "/verlauf",
        "/karte",
    ),
    *(
        "/suche.atom",
        "/suche.atom?q=Land",
        "/archive",
        "/archive/releases",
        "/api/v1/tables",
        "/api/v1/search",
    ),
    *("/suche?betrag_von=1234567", "/suche?q=betrag:>1000000", "/suche?geaendert=1", "/suche?verschwunden=1"),
    *(
        "/archive/neueste_je_quelle",
        "/archive/meistgenannte_kreise?jahr=",
        "/archive/groesste_betraege?seit=",
    ),
    *("/oai?verb=Identify", "/oai?verb=ListSets", "/oai?verb=ListRecords&metadataPrefix=oai_dc"),
)
TABLES = "releases versions grants grant_stories amounts dates district_mentions minister_mentions".split()
NAMED_MOST = "SELECT key FROM mention_months WHERE kind = ? GROUP BY key ORDER BY sum(releases) DESC LIMIT 1"
CHANGED_MOST = "SELECT id FROM releases ORDER BY versions DESC LIMIT 1"
LARGEST_SOURCE = "SELECT source_key FROM releases GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"


def pages(path: Path) -> Iterator[str]:
    """Addresses; of things that there are many of, the one named most, which costs most."""
    yield from FIXED
    yield from (f"/suche?q={quote(word)}{order}" for word in WORDS for order in ("", "&sort=passend"))
    yield from (f"/{where}/{table}" for where in ("api/v1", "archive") for table in TABLES)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        for kind, address in addresses.BY_KIND.items():
            yield from (address(key) for (key,) in db.execute(NAMED_MOST, (kind,)))
        for (source,) in db.execute(LARGEST_SOURCE):
            yield f"/quellen/{source}"
        for (release,) in db.execute(CHANGED_MOST):
            at = addresses.release(release)
            yield from (at, f"{at}/beleg", f"{at}/fassungen")


def measure(path: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Milliseconds to the first byte and of processor time, cold and warm; status and size of the answer."""
    with served(path) as (server, base), httpx.Client(base_url=base, timeout=120) as http:
        for address in pages(path):
            _forget(path)
            cold, cold_cpu, _, _ = _asked(http, server, address)
            warm, warm_cpu, status, size = min(_asked(http, server, address) for _ in range(3))
            yield (
                address,
                {
                    "cold_ms": round(cold),
                    "cold_cpu_ms": round(cold_cpu),
                    "warm_ms": round(warm),
                    "warm_cpu_ms": round(warm_cpu),
                    "status": status,
                    "kb": round(size / 1000),
                },
            )


def _asked(http: httpx.Client, server: int, address: str) -> tuple[float, float, int, int]:
    began_cpu, began = _processor_ms(server), time.perf_counter()
    with http.stream("GET", address) as answer:
        first = time.perf_counter()
        size = sum(map(len, answer.iter_raw()))
    return (first - began) * 1e3, _processor_ms(server) - began_cpu, answer.status_code, size


def _processor_ms(process: int) -> float:
    """Of all threads of a process, exact to the nanosecond, as the scheduler of Linux counts."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e6


def _forget(path: Path) -> None:
    """Let the system read the file from the disk again."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(file)


if __name__ == "__main__":
    for address, figures in measure(Path(sys.argv[1])):
        print(json.dumps({"page": address, **figures}, ensure_ascii=False), flush=True)

"""Evidence of any size: WARC files and captures of 150 portals, in the layouts of the real ones.

Most pages are seen once. Some are asked for again and have not changed, some have another text by then, some
are gone, and some releases are told by two portals in the same words.

    python -m benchmarks.million.evidence FOLDER 100000
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import islice
from multiprocessing import Pool
from pathlib import Path

from msgspec.structs import replace

from archive import sources_table
from archive.captures import COLUMNS
from archive.clock import stamp
from archive.records import Capture, Exchange, Place
from archive.rights import SILENT
from archive.source import Source, registry
from archive.store import open_archive, writing
from archive.warc import WarcFiles, Written
from benchmarks import site
from benchmarks.million import texts
from demo.release import DemoRelease
from demo.replicas.registry import REPLICAS, moved
from demo.replicas.replica import identity

SOURCES = 150
SAME, OTHER, GONE, JOINT = 0.10, 0.02, 0.01, 0.02  # shares of the releases
LEAST, MOST = 3_000, 16_000  # bytes of navigation, by portal
TOGETHER = 2_000  # rows in a transaction
AGENT = (("User-Agent", "pressearchiv benchmark"),)
ENTRY = "INSERT INTO entries VALUES (?, ?, ?, ?, NULL, ?, ?, ?, NULL, ?, ?, NULL, NULL)"
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one portal has of the whole: how many releases, and the first of its capture and entry ids."""

    key: str
    releases: int
    first_id: int
    joints: int  # texts that several portals tell


@cache
def sources() -> dict[str, Source]:
    """150 sources in the layouts of the real ones, at addresses of their own; some portals stand for two."""
    known = registry()
    keys = [key for key in sorted(REPLICAS) if key in known]
    keys += [f"{key}-zwei" for key in keys[: SOURCES - len(keys)]]
    found = {}
    for key in keys:
        source = moved(known[key.removesuffix("-zwei")], f"https://{key}.example/")
        found[key] = replace(source, key=key)
    return found


def shares(count: int) -> list[Share]:
    """The releases of each portal: a few have many, as in life."""
    keys = sorted(sources())
    weights = [1 / (n + 10) for n in range(len(keys))]
    random.Random(2).shuffle(weights)
    sizes = [int(count * weight / sum(weights)) for weight in weights]
    sizes[0] += count - sum(sizes)
    first, found = 1, []
    for key, size in zip(keys, sizes, strict=True):
        found.append(Share(key, size, first, int(count * JOINT / 3)))
        first += 2 * size
    return found


def fill(folder: Path, count: int, workers: int = 2) -> None:
    """Write evidence of so many releases: `warc` and the rows of what a crawl notes in `archive.db`."""
    folder.mkdir(parents=True, exist_ok=True)
    db = open_archive(folder / "archive.db")
    with writing(db):
        sources_table.sync(db, sources().values())
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    with Pool(workers) as pool:
        for rows, entries in pool.imap_unordered(partial(_portal, folder / "warc"), shares(count)):
            for insert, some in (
                (f"INSERT INTO captures ({COLUMNS}) VALUES ({marks})", iter(rows)),
                (ENTRY, iter(entries)),
            ):
                while batch := list(islice(some, TOGETHER)):
                    with writing(db):
                        db.conn.executemany(insert, batch)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _portal(warc: Path, share: Share) -> tuple[list[Row], list[Row]]:
    """Write the evidence of one portal; the rows of its captures and of its entries."""
    files = WarcFiles(warc, share.key, "pressearchiv benchmark", sync_seconds=float("inf"))
    rows: list[Row] = []
    entries: list[Row] = []
    for exchange, before in _exchanges(share):
        target = _capture(rows[before]) if before is not None else None
        written = files.write(exchange, target)
        rows.append(_row(share.first_id + len(rows), exchange, written, target))
        if before is None:
            at = rows[-1][6]
            entries.append((rows[-1][0], share.key, exchange.url, None, None, str(at)[:10], None, at, at))
    files.sync()
    return rows, entries


def _exchanges(share: Share) -> Iterator[tuple[Exchange, int | None]]:
    """What a portal was asked and answered; with the row of the answer before, where it was asked again."""
    source = sources()[share.key]
    dice = random.Random(f"fate {share.key}")
    at = 0
    for number in range(share.releases):
        fate = dice.random()
        joint = fate > 1 - JOINT
        seed = f"joint {number * share.joints // share.releases}" if joint else f"{share.key} {number}"
        land = "DE" if joint else source.jurisdiction
        told = texts.release(share.key, land, number, share.releases, seed)
        url = _address(share.key, told, number)
        seen = (told.published + timedelta(hours=3)).replace(tzinfo=UTC)
        yield _exchange(share.key, url, seen, told, number), None
        first, at = at, at + 1
        later = seen + timedelta(days=30)
        if fate < SAME:
            yield _exchange(share.key, url, later, told, number), first
        elif fate < SAME + OTHER:
            yield _exchange(share.key, url, later, texts.corrected(told), number), first
        elif fate < SAME + OTHER + GONE:
            yield _exchange(share.key, url, later, None, number), first
        else:
            continue
        at += 1


def _address(key: str, told: DemoRelease, number: int) -> str:
    path = REPLICAS[key.removesuffix("-zwei")].address(told)
    return f"https://{key}.example{path.replace(str(identity(told)), str(1_000_000 + number))}"


def _exchange(key: str, url: str, at: datetime, told: DemoRelease | None, number: int) -> Exchange:
    if told is None:
        status, reason, body = 404, "Not Found", b"<!doctype html><title>Fehler 404</title>"
    else:
        status, reason = 200, "OK"
        body = page(key, told, number)
    return Exchange(
        source_key=key,
        role="detail",
        url=url,
        requested_url=url,
        captured_at=at,
        method="GET",
        request_headers=AGENT,
        status=status,
        reason=reason,
        response_headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))),
        body=body,
    )


def page(key: str, told: DemoRelease, number: int) -> bytes:
    """A page of a portal: its layout, its navigation, and what it shows beside."""
    html = REPLICAS[key.removesuffix("-zwei")].detail(told).body
    assert isinstance(html, bytes)
    above, below = _frame(key)
    beside = (
        f'<aside><a href="/presse/{number - 1}">Zurück</a> <a href="/presse/{number + 1}">Weiter</a></aside>'
    )
    html = html.replace(b"<nav>", b"<nav>" + above, 1)
    return html.replace(b"<footer>", b"<footer>" + below + beside.encode(), 1)


@cache
def _frame(key: str) -> tuple[bytes, bytes]:
    """The navigation of a portal, above and below its releases."""
    dice = random.Random(f"frame {key}")
    links = site.navigation(dice, dice.randrange(LEAST, MOST))
    half = len(links) * 2 // 3
    above, below = ("".join(some) for some in (links[:half], links[half:]))
    return f"<ul>{above}</ul>".encode(), f"<ul>{below}</ul>".encode()


def _row(key: int, exchange: Exchange, written: Written, target: Capture | None) -> Row:
    """A row in the order of COLUMNS, as the crawl would have noted it."""
    revisit = target is not None and written.record_type == "revisit"
    return (
        *(key, None, exchange.source_key, exchange.role, exchange.url, exchange.requested_url),
        *(stamp(exchange.captured_at), exchange.status, exchange.header("Content-Type"), None, None),
        *(written.payload_digest, len(exchange.body), written.record_id, written.record_type),
        *(target.id if target and revisit else None, None, *(None,) * 6),
        *(written.place.file, written.place.offset, written.place.length),
    )


def _capture(row: Row) -> Capture:
    return Capture(*row[:17], SILENT, Place(*row[-3:]))  # type: ignore[arg-type, call-arg]  # typed by the schema


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))

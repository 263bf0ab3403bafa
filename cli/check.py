"""`pressearchiv sources check`: a source looked at live, field by field, before anybody trusts it."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlite_utils import Database

from archive import captures
from archive.clock import berlin_day, moment
from archive.records import Capture
from archive.source import Source, families
from archive.store import open_archive
from cli.crawl import collect
from crawler.result import RunResult
from pipeline.parse.page import Page, parse
from pipeline.parse.reject import not_a_release

FIELDS = ("title", "kicker", "number", "kind", "published", "author", "text")
SHOWN = 90  # characters of a value


@dataclass(frozen=True, slots=True)
class Look:
    """One release page as it came: what the layouts say and what general rules say without them."""

    capture: Capture
    refused: str | None  # why it is no release
    page: Page | None
    general: Page | None


def check(source: Source, contact: str | None, limit: int, folder: Path | None, console: Console) -> bool:
    """Fetch robots.txt, listings and a few releases, show what was found by which rule; True if all is well.

    The evidence goes to `folder`, or to a temporary one that is deleted.
    """
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary)
        place.mkdir(parents=True, exist_ok=True)
        archive, warc = place / "check.db", place / "warc"
        [result] = collect([source], archive, warc, contact, limit=limit)
        db = open_archive(archive)
        looks = list(_looks(db, warc, source))
        _head(source, result, console)
        _requests(db, console)
        _entries(db, console)
        for look in looks:
            _release(look, console)
        faults = list(_faults(source, result, looks))
        db.close()
    _verdict(source, faults, console)
    return not faults


def _looks(db: Database, warc: Path, source: Source) -> Iterator[Look]:
    plain = replace(source, layouts=(), family="generic")
    rows = db.execute("SELECT id FROM captures WHERE role = 'detail' AND status = 200 ORDER BY id").fetchall()
    for (capture_id,) in rows:
        capture = captures.get(db, capture_id)
        assert capture is not None
        payload = captures.payload(db, warc, capture).payload
        day, kind = berlin_day(moment(capture.captured_at)), capture.content_type
        refused = not_a_release(payload, capture.url, capture.requested_url, capture.status, kind)
        if refused:
            yield Look(capture, refused, None, None)
        else:
            pages = (parse(payload, capture.url, day, way, kind) for way in (source, plain))
            yield Look(capture, None, *pages)


def _head(source: Source, result: RunResult, console: Console) -> None:
    console.print(Text(f"{source.key}: {source.title}", "bold"))
    console.print(f"family {source.family}, {source.status}; evidence of {source.evidence.years}", end="")
    console.print(f" ({source.evidence.confidence})")
    console.print(Text(f"verdict of the run: {result.verdict}. {result.reason or ''}"))


def _requests(db: Database, console: Console) -> None:
    table = Table(
        "role", "status", "bytes", "address", title="Requests", title_justify="left", box=SIMPLE_HEAD
    )
    sql = "SELECT role, status, payload_bytes, url FROM captures ORDER BY id"
    for role, status, size, url in db.execute(sql).fetchall():
        table.add_row(role, Text(str(status), "" if status < 400 else "bold red"), str(size), Text(url))
    console.print(table)


def _entries(db: Database, console: Console) -> None:
    rows = db.execute("SELECT title, listed_on, number, lead FROM entries ORDER BY id").fetchall()
    filled = (
        f"{sum(row[n] is not None for row in rows)} with {name}"
        for n, name in enumerate(("title", "day", "number"))
    )
    console.print(Text(f"Listing: {len(rows)} entries, {', '.join(filled)}", "bold"))
    for title, listed_on, number, _ in rows[:3]:
        console.print(Text(f"  {listed_on or '–':10}  {number or '–':9}  {_short(title)}"))


def _release(look: Look, console: Console) -> None:
    console.print()
    console.print(Text(look.capture.url, "bold"), soft_wrap=True)
    if look.page is None or look.general is None:
        console.print(Text(f"  no release: {look.refused}", "bold red"))
        return
    table = Table("field", "found", "by rule", "general rules say", box=SIMPLE_HEAD)
    for name in FIELDS:
        found, general = (_value(page, name) for page in (look.page, look.general))
        style = "bold red" if found == "–" and name in ("title", "published", "text") else ""
        other = "the same" if found == general else general
        table.add_row(name, Text(found, style), Text(look.page.rules.get(name, "")), Text(other, "dim"))
    console.print(table)


def _value(page: Page, name: str) -> str:
    value = getattr(page, name)
    if name == "text" and value:
        return f"{len(value)} characters: {_short(value)}"
    return _short(value)


def _short(value: str | None) -> str:
    if not value:
        return "–"
    line = " ".join(value.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 2] + " …"


def _faults(source: Source, result: RunResult, looks: list[Look]) -> Iterator[str]:
    expect = source.expect or families()[source.family].expect
    if result.listing_rows < expect.rows:
        rows = f"{result.listing_rows} rows of {expect.rows} expected"
        yield f"the listing has {rows}: mend [listing] or [[seeds]]"
    pages = [look.page for look in looks if look.page]
    if not pages:
        yield "no release came: mend link and detail_pattern in [listing]"
    for look in looks:
        if look.refused:
            yield f"{look.capture.url} is no release ({look.refused}): mend detail_pattern"
    for name in ("title", "published", "text"):
        missing = sum(getattr(page, name) is None for page in pages)
        if missing:
            yield f"{missing} of {len(pages)} releases have no {name}: add where it stands to [[layouts]]"
    if pages and not any(page.rules.get("text", "").startswith(("source:", "family:")) for page in pages):
        yield "no layout matched, general rules found the text: compare the pages with [[layouts]]"


def _verdict(source: Source, faults: list[str], console: Console) -> None:
    console.print()
    if faults:
        console.print(Text(f"{len(faults)} things to mend in the file of {source.key}:", "bold red"))
        for fault in faults:
            console.print(Text(f"  · {fault}"))
    else:
        console.print(Text("All is well.", "bold green"), end=" ")
        console.print(
            Text(f'Compare the fields with the pages, then set status = "active" for {source.key}.')
        )

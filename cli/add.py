"""`pressearchiv sources add`: from any page of a portal to its source file, with what is still to look at."""

import gzip
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
import tomli_w
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.errors import ArchiveError, SourceError
from archive.source import Source, read_source
from archive.source_check import faults
from archive.urls import host
from cli.draft import Draft, Named, drafted
from cli.naming import jurisdiction_of, key_of, publisher_of, shown, site_name
from cli.progress import counting
from crawler.lists import Found
from crawler.survey import Survey, survey
from crawler.visited import Visit, Visited, visitor
from pipeline.parse.page import Page

SHOWN = 90  # characters of a value


def add(
    url: str,
    named: Mapping[str, str | None],
    folder: Path,
    contact: str | None,
    known: Mapping[str, Source],
    today: date,
    console: Console,
) -> Draft:
    """Explore a portal, write its files into `folder`, say what was found and what somebody must look at.

    `named` holds what the caller knows better than the portal: key, jurisdiction, publisher. Raises
    ArchiveError where the page does not come or a file is there already.
    """
    if named["key"] and named["jurisdiction"]:
        _refuse_overwriting(_files(folder, named["jurisdiction"], named["key"]))
    with tempfile.TemporaryDirectory() as temporary, counting("exploring") as say:
        found = survey(url, _told(visitor(Path(temporary), contact), say))
    draft = drafted(found, _named(found, named, known), today)
    path = _write(draft, folder, today)
    _families(found, console)
    _lists(found, console)
    _release(draft, console)
    _conclude(draft, path, known, console)
    return draft


def _told(visit: Visit, say: Callable[[str], None]) -> Visit:
    """The visit, with a word on the terminal of how far it is."""
    count = 0

    def telling(urls: Sequence[str]) -> list[Visited]:
        nonlocal count
        count += len(urls)
        say(f"{count} pages, at least a second between two")
        return visit(urls)

    return telling


def _named(found: Survey, named: Mapping[str, str | None], known: Mapping[str, Source]) -> Named:
    pages = [page for page in (found.imprint, found.home, found.start) if page and page.is_page]
    code = named["jurisdiction"] or (jurisdiction_of(pages, known) if pages else None)
    if code is None:
        raise ArchiveError(
            f"{found.start.url} does not say which Land it belongs to; add --jurisdiction, such as DE-TH"
        )
    key = named["key"] or key_of(found.start.url, code, known)
    publisher = named["publisher"] or publisher_of(pages) or (site_name(pages[0]) if pages else "") or key
    return Named(key, code, publisher, publisher)


def _write(draft: Draft, folder: Path, today: date) -> Path:
    """The three files; all or none, and none that is there already."""
    files = _files(folder, draft.source.jurisdiction, draft.source.key)
    _refuse_overwriting(files)
    path, saved, golden = files
    content: dict[Path, bytes] = {path: toml(draft.source)}
    best = draft.best
    if best and best.page:
        content[saved] = gzip.compress(best.visited.body, mtime=0)
        content[golden] = _golden(best.page, best.visited.url, today)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for file, data in content.items():
            with file.open("xb") as out:
                out.write(data)
    except OSError as error:
        raise ArchiveError(f"{error.filename} cannot be written ({error.strerror})") from error
    for fault in faults(read_source(path)):
        raise SourceError(f"{path}: {fault}")
    return path


def _files(folder: Path, jurisdiction: str, key: str) -> tuple[Path, Path, Path]:
    """Where source file, saved page and golden lie."""
    place = folder / jurisdiction.lower()
    return place / f"{key}.toml", place / f"{key}.html.gz", place / f"{key}.json"


def _refuse_overwriting(files: Iterable[Path]) -> None:
    for file in files:
        if file.exists():
            raise ArchiveError(
                f"{file} is there already; nothing was written. Give another --key or --folder"
            )


def toml(source: Source) -> bytes:
    """A source as its file says it."""
    facts = msgspec.to_builtins(msgspec.structs.replace(source, key=""), builtin_types=(date,))
    return tomli_w.dumps(_without_empty(facts), indent=4).encode()


def _without_empty(facts: dict[str, object]) -> dict[str, object]:
    return {k: v for k, v in facts.items() if v not in ((), [], {}, None, "")}


def _golden(page: Page, url: str, today: date) -> bytes:
    facts = {**page.as_json(), "rules": dict(page.rules), "url": url, "captured": today.isoformat()}
    return (json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _families(found: Survey, console: Console) -> None:
    console.print(Text(f"Family: {found.family}", "bold"))
    for r in found.families[:3]:
        console.print(Text(f"  {r.family}, weight {r.weight}: {'; '.join(r.signs)}"), soft_wrap=True)


def _lists(found: Survey, console: Console) -> None:
    table = Table("list", "address", "entries", "with title", "with day", box=SIMPLE_HEAD)
    lists: tuple[tuple[str, Found | None], ...] = (
        ("listing", found.listing),
        ("second page", found.second),
        ("feed", found.feed),
        ("sitemap", found.sitemap),
    )
    for name, f in lists:
        if f is None:
            table.add_row(name, Text("not found", "dim"), "", "", "")
            continue
        filled = [sum(getattr(e, part) is not None for e in f.entries) for part in ("title", "listed_on")]
        table.add_row(name, Text(shown(f.page.url)), str(len(f.entries)), *map(str, filled))
    console.print(table)


def _release(draft: Draft, console: Console) -> None:
    best = draft.best
    if best is None or best.page is None:
        return
    console.print(Text(shown(best.visited.url), "bold"), soft_wrap=True)
    table = Table("field", "found", "by rule", box=SIMPLE_HEAD)
    for name in ("title", "kicker", "number", "kind", "published", "text"):
        value = shown(str(getattr(best.page, name) or "–"))
        cut = value if len(value) <= SHOWN else value[: SHOWN - 2] + " …"
        table.add_row(name, Text(cut), Text(best.page.rules.get(name, "")))
    console.print(table)


def _conclude(draft: Draft, path: Path, known: Mapping[str, Source], console: Console) -> None:
    same = [s.key for s in known.values() if host(s.home) == host(draft.source.home)]
    if same:
        console.print(Text(f"Known on this host: {', '.join(same)}. Is it one of these?", "yellow"))
    console.print(Text("Please look at", "bold"))
    for doubt in draft.doubts:
        console.print(Text(f"  · {shown(doubt)}"), soft_wrap=True)
    console.print(Text(f"Written: {path}", "bold green"), soft_wrap=True)
    if draft.best:
        console.print(Text("  beside it the page of a release and what comes out of it"))
    folder, key = path.parent.parent, draft.source.key
    console.print(Text(f"Next: pressearchiv sources check {key} --sources {folder}"), soft_wrap=True)

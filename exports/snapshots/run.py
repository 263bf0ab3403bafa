"""Making a snapshot: the tables in a fixed order of rows and columns, described, named by content, published.

DIR/snapshots/NAME/                 never changes once it is there
DIR/differences/NAME..NAME/         from each to the next of the same variant
DIR/latest, DIR/latest-without-texts   links that are replaced in one step
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.progress import Advance, Begin, Progress, unwatched
from exports import codebook, datapackage
from exports.chosen import at_one_moment, choose
from exports.codebook import Counted
from exports.delimited import json_lines
from exports.snapshots import deposit, manifest
from exports.snapshots.change import between
from exports.snapshots.difference import packed
from exports.snapshots.manifest import Variant
from exports.snapshots.withdrawal import PART, clear, outdated
from exports.tables import TABLES, Shape, Wording, rows, shape
from exports.unfinished import alone, room, settle

ERRORS = """
SELECT kind, source_key, subject, message, mend, release_id FROM issues WHERE closed_at IS NULL
ORDER BY kind, subject
"""
SHARES = "SELECT source_key, year, statement FROM coverage ORDER BY source_key, year"
YEARS = "SELECT min(published_on), max(published_on) FROM releases"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a snapshot."""

    folder: Path
    is_new: bool
    difference: Path | None
    damaged: Path | None  # the one before, where it is
    outdated: tuple[Path, ...]  # earlier ones that hold what was redacted since


def take(
    db: Database,
    directory: Path,
    variant: Variant = "full",
    begin: Begin = unwatched,
) -> Taken:
    """Make a snapshot of the archive, publish it, and write the difference to the one before.

    Where nothing changed since the latest, that one is given back. Raises ArchiveError where nothing was
    captured yet or the folder cannot be written, BusyError while another one is taken.
    """
    folders = (directory / "snapshots", directory / "differences")
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with alone(directory / "snapshots"):
        clear(*folders)
        part = directory / "snapshots" / f"{PART}{variant}"
        _make(db, directory, part, variant, begin)
        before = latest(directory, variant)
        folder = directory / "snapshots" / manifest.named(manifest.read(part))
        is_new = not folder.exists()
        if is_new:
            part.replace(folder)
        else:
            shutil.rmtree(part)
        last = before if before != folder else None
        made = between(last, folder, directory / "differences", begin) if last else None
        point(directory, folder, variant)
    damaged = last if last and not made else None
    return Taken(folder, is_new, made, damaged, tuple(outdated(directory, folder)))


def _make(db: Database, directory: Path, part: Path, variant: Variant, begin: Begin) -> None:
    """Make a snapshot in a folder of its own, on the disk when this returns."""
    with room(directory), at_one_moment(db):
        progress = begin("tables")
        _write(db, part, variant, choose(db), progress, begin)
        settle(part)


def latest(directory: Path, variant: Variant) -> Path | None:
    """The snapshot that the link names."""
    link = directory / _link(variant)
    return link.resolve() if link.is_symlink() and link.exists() else None


def point(directory: Path, folder: Path, variant: Variant) -> None:
    """Make the link name another snapshot, in one step."""
    new = directory / f".{_link(variant)}.new"
    new.unlink(missing_ok=True)
    new.symlink_to(Path("snapshots") / folder.name)
    new.replace(directory / _link(variant))


def _link(variant: Variant) -> str:
    return "latest" if variant == "full" else f"latest-{variant}"


def _write(
    db: Database, folder: Path, variant: Variant, counts: dict[str, int], progress: Progress, begin: Begin
) -> None:
    (folder / "data").mkdir(parents=True)
    said = manifest.state(db, variant)
    wording: Wording = "none" if variant == "without-texts" else "unreserved"
    shapes = [shape(db, table, wording) for table in TABLES]
    advance = Advance(progress, sum(counts[what.table.scope] for what in shapes))
    written = [(what, _table(db, folder, what, advance)) for what in shapes]
    _errors(db, folder / "known_errors.jsonl", variant)
    said["tables"] = {
        what.name: {
            "rows": count.rows,
            "key": list(what.table.key),
            "columns": [c.name for c in what.columns],
        }
        for what, count in written
    }
    data = manifest.described(folder, progress=begin("checksums"))
    _describe(db, folder, said, written, manifest.content_hash(data, "data/"))
    said["files"] = manifest.described(folder, data)
    manifest.write(folder, said)


def _table(db: Database, folder: Path, what: Shape, advance: Callable[[int], None]) -> Counted:
    counted = Counted()
    with packed(folder / "data" / f"{what.name}.jsonl.gz") as file:
        file.writelines(json_lines(what, codebook.counting(what, rows(db, what, advance), counted)))
    return counted


def _errors(db: Database, path: Path, variant: Variant) -> None:
    left_out = ("subject", "message") if variant == "without-texts" else ()  # they may quote a page
    with path.open("wb") as file:
        for row in db.query(ERRORS):
            told = {name: value for name, value in row.items() if name not in left_out}
            file.write(msgspec.json.encode(told) + b"\n")


def _describe(
    db: Database, folder: Path, said: dict[str, Any], written: list[tuple[Shape, Counted]], data: str
) -> None:
    years = db.execute(YEARS).fetchone()
    shares = [f"- {key}, {year or 'without a day'}: {text}" for key, year, text in db.execute(SHARES)]
    files = [(what, count, folder / "data" / f"{what.name}.jsonl.gz") for what, count in written]
    more = {"version": deposit.label(said, data)}
    package = datapackage.package("pressearchiv", deposit.TITLE, files, more, "data/")
    pages = {
        "codebook.md": codebook.page(written),
        "datapackage.json": package,
        "CITATION.cff": deposit.citation(said, data),
        "datacite.json": deposit.datacite(said, data, years if years[0] else None),
        "README.md": deposit.readme(said, data, shares),
    }
    for name, content in pages.items():
        (folder / name).write_text(content, "utf-8")


def check(directory: Path, begin: Begin = unwatched) -> dict[str, list[str]]:
    """What is damaged in the snapshots of a folder, by their names; every one of them is read."""
    folders = manifest.complete(sorted((directory / "snapshots").iterdir()))
    return {folder.name: manifest.damaged(folder, begin(folder.name)) for folder in folders}


def writable(directory: Path) -> None:
    """Raises ArchiveError where no snapshot can be written here."""
    above = directory if directory.exists() else directory.parent
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise ArchiveError(f"{directory} cannot be written to; name another folder")

"""From one snapshot to the next: a folder with the steps of every table that differs, and their taking."""

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError
from archive.progress import Advance, Begin, Progress, unwatched
from exports.snapshots import manifest
from exports.snapshots.difference import Counts, Line, applied, packed, steps, unpacked
from exports.snapshots.withdrawal import PART, clear
from exports.unfinished import alone, settle

NAME = "difference.json"
AT_ONCE = 1000  # lines


def between(old: Path, new: Path, folder: Path, begin: Begin = unwatched) -> Path | None:
    """Write the difference of two snapshots below `folder`.

    None where they are of different variants, or the earlier one is damaged: nobody else's copy is.
    """
    before, now = manifest.read(old), manifest.read(new)
    if before["variant"] != now["variant"]:
        return None
    made = folder / f"{old.name}..{new.name}"
    if made.exists():
        return made
    if manifest.damaged(old, begin("checksums of the one before")):
        return None
    part = folder / f"{PART}{now['variant']}"
    (part / "steps").mkdir(parents=True)
    tables = {}
    keys = {name: table["key"] for name, table in before["tables"].items()}
    same = {name for name, table in now["tables"].items() if keys.get(name) == table["key"]}
    advance = Advance(begin("difference"), _rows(before, same) + _rows(now, now["tables"]))
    for name, table in now["tables"].items():
        source = _passing(_data(old, name), advance) if name in same else []
        made_of = _passing(_data(new, name), advance)
        counts = _steps(part / "steps" / f"{name}.jsonl.gz", source, made_of, table["key"])
        tables[name] = asdict(counts) | {"whole": name not in same}
    for file in sorted(path for path in new.iterdir() if path.is_file()):
        shutil.copyfile(file, part / file.name)
    said = {"from": old.name, "to": new.name, "tables": tables, "files": manifest.described(part)}
    (part / NAME).write_text(json.dumps(said, indent=2) + "\n", "utf-8")
    settle(part)
    part.replace(made)
    return made


def _rows(said: dict[str, Any], names: Iterable[str]) -> int:
    return sum(said["tables"][name]["rows"] for name in names)


def _passing(path: Path, advance: Advance) -> Iterator[Line]:
    """The lines of a file, counted as they pass."""
    lines = unpacked(path)
    while some := list(islice(lines, AT_ONCE)):
        yield from some
        advance(len(some))


def _steps(path: Path, old: Iterable[Line], new: Iterable[Line], key: list[str]) -> Counts:
    counts = Counts()
    with packed(path) as file:
        for line in steps(old, new, key, counts):
            file.write(line)
    if not counts.any:
        path.unlink()
    return counts


def apply(difference: Path, old: Path, directory: Path, begin: Begin = unwatched) -> Path:
    """Make the later snapshot below `directory` from the earlier one and the difference, byte for byte.

    Raises ArchiveError where the difference belongs to another snapshot, or what comes out is another,
    BusyError while something else is made there.
    """
    said: dict[str, Any] = json.loads((difference / NAME).read_text("utf-8"))
    before = manifest.read(old)
    if manifest.named(before) != said["from"]:
        raise ArchiveError(f"{difference} leads from {said['from']}; {old} is another snapshot")
    made = directory / str(said["to"])
    with alone(directory):
        if made.exists():
            raise ArchiveError(f"{made} exists already")
        clear(directory)
        part = directory / f"{PART}{made.name}"
        same = [name for name, table in said["tables"].items() if not table["whole"]]
        _apply(difference, said, old, part, Advance(begin("tables"), _rows(before, same)))
        if wrong := _wrong(part, begin("checksums")):
            raise ArchiveError(f"{difference} or {old} is damaged: {', '.join(wrong)} came out wrong")
        settle(part)
        part.replace(made)
    return made


def _apply(difference: Path, said: dict[str, Any], old: Path, part: Path, advance: Advance) -> None:
    (part / "data").mkdir(parents=True)
    for name, table in said["tables"].items():
        source = [] if table["whole"] else _passing(_data(old, name), advance)
        with packed(_data(part, name)) as file:
            for line in applied(source, unpacked(difference / "steps" / f"{name}.jsonl.gz")):
                file.write(line)
    for path in sorted(path for path in difference.iterdir() if path.is_file() and path.name != NAME):
        shutil.copyfile(path, part / path.name)


def _wrong(folder: Path, progress: Progress) -> list[str]:
    """Files whose content is not that of the manifest; packing may differ with the version of zlib."""
    expected, found = manifest.read(folder)["files"], manifest.described(folder, progress=progress)
    return [
        name
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name, {}).get("content_sha256") != found.get(name, {}).get("content_sha256")
    ]


def _data(folder: Path, table: str) -> Path:
    return folder / "data" / f"{table}.jsonl.gz"

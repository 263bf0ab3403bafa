"""The manifest of a snapshot: what it holds, of which state, with a checksum of every file.

A snapshot is named by the day of its newest capture and a hash of all contents. The hash is made of contents
before packing, so the name does not depend on the version of zlib.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.progress import Advance, Progress, unseen

NAME = "manifest.json"
FORMAT = "pressearchiv-snapshot-1"
Variant = Literal["full", "without-texts"]
Files = dict[str, dict[str, object]]
AS_OF = "SELECT max(captured_at) FROM captures"
STATE = "SELECT key, value FROM archive_state WHERE key IN ('rules', 'reference') ORDER BY key"
SCHEMA = "SELECT max(name) FROM _sqlite_migrations WHERE migration_set = 'pressearchiv'"
ERRORS = "SELECT kind, count(*) FROM issues WHERE closed_at IS NULL GROUP BY kind ORDER BY kind"
REDACTIONS = "SELECT id FROM redactions ORDER BY id"


def state(db: Database, variant: Variant) -> dict[str, Any]:
    """Of what state the data are. Raises ArchiveError where nothing was captured yet."""
    as_of = db.execute(AS_OF).fetchone()[0]
    if as_of is None:
        raise ArchiveError("nothing was captured yet; run `pressearchiv crawl` first")
    return {
        "format": FORMAT,
        "variant": variant,
        "as_of": as_of,
        "schema": db.execute(SCHEMA).fetchone()[0],
        **{f"{key}_version": value for key, value in db.execute(STATE).fetchall()},
        "known_errors": dict(db.execute(ERRORS).fetchall()),
        "redactions": [key for (key,) in db.execute(REDACTIONS).fetchall()],
    }


def described(folder: Path, known: Files | None = None, progress: Progress = unseen) -> Files:
    """Every file of a folder but the manifest: bytes, checksum, and checksum of what is packed in it.

    Those that are `known` are not read again. Progress is in bytes.
    """
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != NAME)
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    files = known or {}
    advance = Advance(progress, sum(p.stat().st_size for name, p in names.items() if name not in files))
    return {name: files.get(name) or _file(path, advance) for name, path in names.items()}


def _file(path: Path, advance: Advance) -> dict[str, object]:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    if path.suffix != ".gz":
        advance(size)
        return {"bytes": size, "sha256": sha256, "content_sha256": sha256}
    return {"bytes": size, "sha256": sha256, "content_sha256": _unpacked_hash(path, advance)}


def _unpacked_hash(path: Path, advance: Advance) -> str:
    """Of what is packed in a file; nothing where it is damaged."""
    digest = hashlib.sha256()
    before = 0
    try:
        with path.open("rb") as packed, gzip.open(packed, "rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
                advance(packed.tell() - before)
                before = packed.tell()
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return ""
    finally:
        advance(path.stat().st_size - before)  # of an empty or damaged file no more was read
    return digest.hexdigest()


def content_hash(files: Files, only: str = "") -> str:
    """One hash of all files whose path begins so."""
    lines = (
        f"{path} {told['content_sha256']}\n" for path, told in sorted(files.items()) if path.startswith(only)
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def named(manifest: dict[str, Any]) -> str:
    """The name of the snapshot with this manifest."""
    suffix = "" if manifest["variant"] == "full" else f"-{manifest['variant']}"
    return f"{manifest['as_of'][:10]}-{content_hash(manifest['files'])[:12]}{suffix}"


def write(folder: Path, said: dict[str, Any]) -> None:
    """Write the manifest."""
    (folder / NAME).write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a snapshot. Raises ArchiveError where there is none."""
    path = folder / NAME
    if not path.is_file():
        raise ArchiveError(f"{folder} is no snapshot: it holds no {NAME}")
    said: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return said


def damaged(folder: Path, progress: Progress = unseen) -> list[str]:
    """The files of a snapshot that are missing, changed or not named in its manifest."""
    expected, found = read(folder)["files"], described(folder, progress=progress)
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


def complete(folders: Iterable[Path]) -> list[Path]:
    """Those of the folders that hold a manifest."""
    return [folder for folder in folders if (folder / NAME).is_file()]

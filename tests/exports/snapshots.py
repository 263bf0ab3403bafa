"""Snapshots taken and looked at, for the tests of them."""

import gzip
from pathlib import Path

from exports.snapshots import manifest, run
from tests.exports.filled import capture
from tests.pipeline.small import Small


def take(small: Small, folder: Path, variant: manifest.Variant = "full") -> run.Taken:
    return run.take(small.db, folder, variant)


def two_with_a_difference(whole: Small, folder: Path) -> tuple[Path, Path, Path]:
    """A snapshot, the next one after a new release, and what leads from the one to the other."""
    first = take(whole, folder)
    capture(whole, "4", "Die Straße kostet 2,4 Millionen Euro.")
    whole.build()
    second = take(whole, folder)
    assert second.difference is not None
    return first.folder, second.folder, second.difference


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def told(folder: Path) -> str:
    """All that a folder says, unpacked."""
    raw = (
        gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    )
    return b"\n".join(raw).decode("utf-8")


def empty(folder: Path) -> Path:
    folder.mkdir()
    return folder

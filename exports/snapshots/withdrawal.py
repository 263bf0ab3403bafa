"""What goes from a folder of snapshots: those holding what was redacted since, and what killed runs left."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from exports.snapshots import manifest
from exports.unfinished import alone

PART = ".part-"  # of all names that something unfinished has, the beginning
NOTE = "withdrawn: what was taken out on request is in later snapshots no more\n"


def clear(*folders: Path) -> None:
    """Delete what killed runs left: it may hold words that were redacted since. Nobody else writes there."""
    for folder in folders:
        for part in folder.glob(f"{PART}*"):
            shutil.rmtree(part)


def outdated(directory: Path, folder: Path) -> Iterator[Path]:
    """Published snapshots that were made before some redaction that this one honours."""
    honoured = set(manifest.read(folder)["redactions"])
    for other in manifest.complete(sorted((directory / "snapshots").iterdir())):
        if honoured - set(manifest.read(other)["redactions"]):
            yield other


def withdraw(directory: Path, folders: tuple[Path, ...]) -> list[str]:
    """Delete snapshots, the differences and links that lead to them; a note with the name stays.

    The names of the links. Raises BusyError while a snapshot is taken.
    """
    with alone(directory / "snapshots"):
        for folder in folders:
            for step in sorted((directory / "differences").glob(f"*..{folder.name}")):
                _delete(step)
            _delete(folder)
        links = [link for link in sorted(directory.iterdir()) if link.is_symlink() and not link.exists()]
        for link in links:
            link.unlink()
    return [link.name for link in links]


def _delete(folder: Path) -> None:
    folder.with_name(f"{folder.name}.withdrawn").write_text(NOTE, "utf-8")
    half = folder.with_name(f"{PART}{folder.name}")  # killed now, the next snapshot deletes the rest
    folder.replace(half)
    shutil.rmtree(half)

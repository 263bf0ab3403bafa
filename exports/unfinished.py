"""The folder in which an export grows beside its target: a killed one goes on and never looks complete."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from archive.errors import ArchiveError
from archive.locks import lock

STATE = ".state.json"
FEW = 1_000  # files that are forced to the disk one by one


@dataclass
class Unfinished:
    """Steps that are done, by name, with what they counted."""

    folder: Path
    request: str
    done: dict[str, Any]

    def finish(self, step: str, detail: Any) -> None:
        """Note that a step is done; it is not asked for again."""
        self.done[step] = detail
        new = self.folder / f"{STATE}.new"
        new.write_text(json.dumps({"request": self.request, "done": self.done}), "utf-8")
        new.replace(self.folder / STATE)


def resume(out: Path, request: dict[str, object]) -> Unfinished:
    """The work folder of a target: with what was done for the same request, otherwise empty."""
    folder = out.with_name(f"{out.name}.part")
    asked = hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
    state = folder / STATE
    if state.is_file():
        before = json.loads(state.read_text("utf-8"))
        if before["request"] == asked:
            return Unfinished(folder, asked, before["done"])
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return Unfinished(folder, asked, {})


def check(out: Path, *, force: bool) -> None:
    """Raises ArchiveError where the target cannot be written or is there already."""
    if not out.parent.is_dir():
        raise ArchiveError(f"the folder {out.parent} does not exist; create it or name another target")
    if not os.access(out.parent, os.W_OK):
        raise ArchiveError(f"{out.parent} cannot be written to; name another target")
    if out.exists() and not force:
        raise ArchiveError(f"{out} exists; name another target, or replace it with --force")


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Nobody else writes to the target meanwhile. Raises BusyError where somebody does already."""
    guard = out.with_name(f".{out.name}.lock")
    with lock(guard, f"writing to {out}"):
        try:
            yield
        finally:
            guard.unlink(missing_ok=True)


@contextmanager
def room(out: Path) -> Iterator[None]:
    """Says which target could not be written, where the system names no file. Raises ArchiveError."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        mend = "make room on the disk and run again"
        raise ArchiveError(f"{out} cannot be written ({error.strerror or error}); {mend}") from error


def settle(folder: Path) -> None:
    """Force all files of a folder to the disk, so that no power cut leaves a whole name on half a content."""
    paths = [path for path in islice(folder.rglob("*"), FEW + 1) if path.is_file()]
    if len(paths) > FEW:  # one by one, a million texts would take hours
        os.sync()
        return
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())


def publish(work: Unfinished, out: Path, made: Path | None = None) -> None:
    """Put what was made in the place of the target: one file of the folder, or the folder itself."""
    (work.folder / STATE).unlink(missing_ok=True)
    settle(work.folder)
    old = out.with_name(f"{out.name}.old")
    if out.is_dir():
        if old.exists():
            shutil.rmtree(old)
        out.replace(old)
    elif made is None:
        out.unlink(missing_ok=True)
    (made or work.folder).replace(out)
    for left in (old, work.folder):
        if left.exists():
            shutil.rmtree(left)

"""Kills a command at its n-th write: Python imports this at its start where PYTHONPATH names this folder.

What is written outside a transaction is counted: pieces of files, renames, removals, waits for the disk,
commits, statements that commit by themselves. A statement inside a transaction leaves nothing without its
commit. A file that is written at the moment of death keeps half of the piece. Processes of one command count
together, by the lines of a log; the one that reaches DIE_AT takes the whole command with it.
"""

import fcntl
import io
import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

LINE = 96
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "VACUUM", "COMMIT", "END")
FOLDER, LOG = os.environ.get("DIE_FOLDER", ""), os.environ.get("DIE_LOG", "")
DIE_AT, ALONE = int(os.environ.get("DIE_AT", "0")), os.environ.get("DIE_ALONE") == "1"
EACH = os.environ.get("DIE_EACH") == "1"  # statements inside of transactions, too


def point(what: str, name: object = "", last_words: Callable[[], object] = lambda: None) -> None:
    """Count a write that is about to happen; die instead where it is the one."""
    handle = os.open(LOG, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    fcntl.flock(handle, fcntl.LOCK_EX)
    shown = Path(str(name)).name
    os.write(handle, f"{what} {shown}".encode("ascii", "replace")[: LINE - 1].ljust(LINE - 1) + b"\n")
    reached = os.fstat(handle).st_size // LINE
    os.close(handle)
    if reached == DIE_AT:
        last_words()
        os.kill(os.getpid(), signal.SIGKILL) if ALONE else os.killpg(0, signal.SIGKILL)


def ours(path: object) -> bool:
    """Whether a file belongs to the archive; locks are none of its contents."""
    name = str(Path(path).absolute()) if isinstance(path, (str, os.PathLike)) else ""
    return name.startswith(f"{FOLDER}/") and not name.endswith("lock")


class Written:
    """A file under the folder; each piece goes to the system at once, as if every buffer were full."""

    def __init__(self, file: Any, path: object) -> None:
        self._file, self._path = file, path

    def write(self, data: Any) -> int:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        point("write", self._path, half)
        count = int(self._file.write(data))
        self._file.flush()
        return count

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __enter__(self) -> "Written":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Connection(sqlite3.Connection):
    """Counts what is committed."""

    def _meet(self, sql: str) -> None:
        word = sql.lstrip().split(None, 1)[0].upper().rstrip(";") if sql.strip() else ""
        if word in ("COMMIT", "END") or (word in WRITES and (EACH or not self.in_transaction)):
            point(word.lower())

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._meet(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._meet(sql)
        return super().executemany(sql, *values)

    def executescript(self, sql: str) -> sqlite3.Cursor:
        point("script")
        return super().executescript(sql)

    def commit(self) -> None:
        point("commit")
        super().commit()

    def __exit__(self, *error: Any) -> Any:
        if self.in_transaction:
            point("commit")
        return super().__exit__(*error)


def before(module: Any, name: str) -> None:
    """Count each call of a function of the system on a file of ours."""
    plain = getattr(module, name)

    def call(path: Any, *rest: Any, **options: Any) -> Any:
        counts = isinstance(path, int) or (ours(path) and not (name == "mkdir" and Path(path).is_dir()))
        if counts:
            point(name, "" if isinstance(path, int) else path)
        return plain(path, *rest, **options)

    setattr(module, name, call)


def watch() -> None:
    """Put ourselves between the program and the disk."""
    plain_open, plain_connect = io.open, sqlite3.connect

    def opened(file: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        if not ours(file) or not set(mode) & set("wax+"):
            return plain_open(file, mode, *rest, **options)
        if "w" in mode or not Path(file).exists():
            point("create", file)
        return Written(plain_open(file, mode, *rest, **options), file)

    def connected(*place: Any, **options: Any) -> sqlite3.Connection:
        return plain_connect(*place, **{"factory": Connection} | options)

    io.open = opened
    __builtins__["open"] = opened  # type: ignore[index]  # a dict here: this is no main module
    sqlite3.connect = connected  # type: ignore[assignment]
    for name in ("rename", "replace", "unlink", "remove", "truncate", "fsync", "mkdir", "rmdir"):
        before(os, name)


if FOLDER:
    watch()

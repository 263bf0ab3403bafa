"""The command as a process in a folder of its own."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.store import open_archive

SECONDS = 60  # after which a command hangs
# A page that is reached straight and through a redirect may come twice or once: the answers race.
TABLES = {
    "captures": "SELECT DISTINCT source_key, role, url, status, payload_digest FROM captures "
    "WHERE role <> 'robots' AND status NOT IN (304, 429, 503)",
    "entries": "SELECT source_key, url, title, number, listed_on FROM entries",
    "releases": "SELECT id, title, kind, published_on, published_rule, number, version_id FROM releases",
    "versions": "SELECT id, number, title, text_hash FROM versions",
    "attachments": "SELECT release_id, url, capture_id IS NULL FROM attachments",
    "amounts": 'SELECT release_id, field, "start", surface, value_max, rule FROM amounts',
    "districts": "SELECT release_id, surface, district_ags, rule FROM district_mentions",
    "issues": "SELECT kind, subject FROM issues WHERE closed_at IS NULL "
    "AND kind NOT IN ('overdue', 'torn_record')",  # one depends on the day, one on how a run was killed
}


@dataclass
class House:
    """A folder to work in, and the command run there."""

    folder: Path
    sources: Path
    environment: dict[str, str]

    @property
    def archive(self) -> Path:
        return self.folder / "archive.db"

    @property
    def warc(self) -> Path:
        return self.folder / "warc"

    def warc_file(self, key: str) -> Path:
        return self.warc / key / f"{key}-00001.warc.gz"

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        command = [sys.executable, "-P", "-m", "cli", *arguments]
        environment = self.environment | options.pop("env", {})
        pipe = subprocess.PIPE
        options.setdefault("preexec_fn", interruptible)
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=pipe, stderr=pipe, text=True, encoding="utf-8",
            start_new_session=True, **options,
        )  # fmt: skip

    def run(self, *arguments: str, text: str = "", **options: Any) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments, stdin=subprocess.PIPE, **options)
        out, err = process.communicate(text, timeout=SECONDS)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def ok(self, *arguments: str, code: int = 0, **options: Any) -> str:
        """The output of a command that must end with this code and without a traceback."""
        done = self.run(*arguments, **options)
        assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(open_archive(self.archive).conn) as connection:
            return list(connection.execute(sql, values).fetchall())

    def change(self, sql: str) -> None:
        """Change rows behind the program's back, without the checks of its own connections."""
        with closing(sqlite3.connect(self.archive)) as connection, connection:
            connection.execute(sql)

    def facts(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that a reader sees, without what depends on the moment."""
        return {name: sorted(self.rows(sql), key=repr) for name, sql in TABLES.items()}


def interruptible() -> None:
    """Whoever runs the tests in the background has interrupts ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stop(process: subprocess.Popen[str], number: int) -> tuple[int, str]:
    """Send a signal to a process, and to no other; its exit code and what it said on standard error."""
    process.send_signal(number)
    _, err = process.communicate(timeout=SECONDS)
    return process.returncode, err


def alone(process: subprocess.Popen[str]) -> bool:
    """Whether nothing of a process's session lives on some seconds after its end."""
    for _ in range(100):
        states = [stat.read_text() for stat in Path("/proc").glob("[0-9]*/stat") if stat.exists()]
        fields = [state.rpartition(")")[2].split() for state in states]
        if not any(f[3] == str(process.pid) and f[0] != "Z" for f in fields):
            return True
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    return False

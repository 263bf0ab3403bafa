"""An archive of which only runs and issues matter, and whoever is on call."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from archive import issues
from archive.records import Issue
from archive.store import open_archive
from cli.main import pressearchiv
from tests.cli.receivers import MailServer

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
SOURCE = {"publisher_id": "xx", "jurisdiction": "DE-TH", "family": "generic", "status": "active"}
CHANGED = ("layout_changed", "3 rows on the first page, expected 10")


class Watched:
    """The archive of one source, on which `notify` runs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.runs = 0
        with closing(open_archive(path)) as db:
            db["publishers"].insert({"id": "xx", "name": "Ministerium", "jurisdiction": "DE-TH"})

    def run(self, verdict: str | None, reason: str | None = None, key: str = "xx-test") -> None:
        self.runs += 1
        begin = f"2026-03-{self.runs:02}T05:00:00Z"
        with closing(open_archive(self.path)) as db:
            about = {"key": key, "title": "Testministerium", "home": "https://example.org/"}
            db["sources"].insert(about | SOURCE, ignore=True)
            run = {"kind": "crawl", "source_key": key, "started_at": begin, "verdict": verdict}
            db["runs"].insert(run | {"reason": reason, "ended_at": begin if verdict else None})

    def issue(self, kind: str, subject: str, key: str | None = "xx-test") -> None:
        with closing(open_archive(self.path)) as db:
            message = "No date of publication was found on the page."
            issues.note(db, [Issue(kind, subject, message, None, key)], "2026-03-01T05:00:00Z")

    def close(self, kind: str, *subjects: str) -> None:
        with closing(open_archive(self.path)) as db:
            issues.close(db, kind, subjects, "2026-03-09T05:00:00Z")

    def notify(self, *arguments: str, exits: int = 0) -> Result:
        result = CliRunner().invoke(pressearchiv, ["notify", "--archive", str(self.path), *arguments])
        assert result.exit_code == exits, result.output
        return result


def mail(server: MailServer) -> tuple[str, ...]:
    return ("--mail", "oncall@example.org", "--smtp", f"127.0.0.1:{server.port}")

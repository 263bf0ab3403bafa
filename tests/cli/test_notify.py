"""Whoever is on call hears of a problem once and of its end once, whatever breaks in between."""

import ast
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace as replace_source

from archive import issues, notices
from archive.records import Issue
from archive.source import registry
from archive.store import open_archive
from cli.main import pressearchiv
from serve import causes, mends

sys.path.insert(0, str(Path(__file__).parent))
from receivers import MailServer, WebServer

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SOURCE = {"publisher_id": "xx", "jurisdiction": "DE-TH", "family": "generic", "status": "active"}
CHANGED = ("layout_changed", "3 rows on the first page, expected 10")


class House:
    """An archive of which only runs and issues matter."""

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


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "archive.db")


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def mail(server: MailServer) -> tuple[str, ...]:
    return ("--mail", "oncall@example.org", "--smtp", f"127.0.0.1:{server.port}")


def test_a_mail_says_source_verdict_cause_and_what_to_do(house: House, post: MailServer) -> None:
    house.run("ok")
    house.run(*CHANGED)
    house.notify(*mail(post))
    (sent,) = post.mails
    assert (sent["To"], sent["Subject"]) == ("oncall@example.org", "Pressearchiv: 1 neuer Befund")
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent.get_content().splitlines() == [
        "xx-test · Testministerium",
        "Befund: Aufbau geändert, seit 2. März 2026, 6:00 Uhr",
        "Ursache: Auf der ersten Seite stehen 3 Zeilen, erwartet: 10.",
        "Zu tun: `pressearchiv sources check xx-test` zeigt, welche Angaben der Quelle nicht mehr passen.",
    ]


def test_the_issue_that_is_why_a_list_was_not_read_is_told_only_where_it_stays(
    house: House, post: MailServer
) -> None:
    house.run("unreachable", "https://example.org/presse answers 503")
    house.issue("list", "https://example.org/presse")
    house.notify(*mail(post))
    house.run("quiet")
    house.notify(*mail(post))
    subjects = [sent["Subject"].removeprefix("Pressearchiv: ") for sent in post.mails]
    assert subjects == ["1 neuer Befund", "1 neuer Befund, 1 behoben"]


def test_a_problem_and_its_end_are_each_told_once(house: House, post: MailServer) -> None:
    told = []
    for name in ("ok", "blocked", "blocked", None, "quiet", "ok", "unchanged", "blocked", "ok"):
        house.run(name)
        house.notify(*mail(post))
        house.notify(*mail(post))
        told.append([sent["Subject"].removeprefix("Pressearchiv: ") for sent in post.mails])
        post.mails.clear()
    new, over = ["1 neuer Befund"], ["1 behoben"]
    assert told == [[], new, [], [], over, [], [], new, over]


def test_another_illness_is_told_with_the_end_of_the_first(house: House, post: MailServer) -> None:
    for name in ("blocked", "unreachable"):
        house.run(name)
        house.notify(*mail(post))
    assert post.mails[1]["Subject"] == "Pressearchiv: 1 neuer Befund, 1 behoben"
    assert "Behoben: gesperrt" in post.mails[1].get_content()


def test_a_kind_of_issues_is_told_once_and_over_when_none_is_left(house: House, post: MailServer) -> None:
    house.run("ok")
    for subject in ("a", "b"):
        house.issue("no_date", subject)
        house.notify(*mail(post))
    house.close("no_date", "a")
    house.notify(*mail(post))
    assert len(post.mails) == 1
    assert "Mitteilungen ohne Datum (1 offener Punkt)" in post.mails[0].get_content()
    house.close("no_date", "b")
    house.notify(*mail(post))
    assert "Behoben: Mitteilungen ohne Datum" in post.mails[1].get_content()
    assert len(post.mails) == 2


def test_an_issue_of_no_source_is_one_of_the_archive(house: House, post: MailServer) -> None:
    house.issue("unreadable", "warc/x", key=None)
    for _ in range(2):
        house.notify(*mail(post))
    assert [sent.get_content().splitlines()[0] for sent in post.mails] == ["Archiv"]


def test_a_verdict_that_is_an_issue_too_is_one_problem(house: House, post: MailServer) -> None:
    house.run(*CHANGED)
    house.issue("layout_changed", "xx-test")
    house.notify(*mail(post))
    assert post.mails[0]["Subject"] == "Pressearchiv: 1 neuer Befund"


def test_an_outage_of_everything_is_one_message(house: House, post: MailServer, web: WebServer) -> None:
    for n in range(28):
        house.run("unreachable", "the name example.org does not resolve", key=f"xx-{n:03}")
    house.notify(*mail(post), "--ntfy", web.url)
    assert [sent["Subject"] for sent in post.mails] == ["Pressearchiv: 28 neue Befunde"]
    assert post.mails[0].get_content().count("Ursache: Den Rechner example.org") == 28
    (posted,) = web.posts
    assert len(posted.body.encode()) < 4096
    assert posted.body.endswith("weitere; `pressearchiv status` zeigt alle.")


def test_every_way_is_told_and_remembers_for_itself(house: House, post: MailServer, web: WebServer) -> None:
    house.run(*CHANGED)
    house.notify("--webhook", web.url)
    house.notify("--webhook", web.url, "--ntfy", web.url, *mail(post))
    webhook, ntfy = web.posts
    said = json.loads(webhook.body)
    assert said["notices"] == [{"source": "xx-test", "matter": "layout_changed", "state": "trouble"}]
    assert "Aufbau geändert" in said["text"]
    assert webhook.headers["idempotency-key"] == said["id"]
    assert ntfy.headers["title"] == "Pressearchiv: 1 neuer Befund"
    assert (ntfy.headers["priority"], ntfy.headers["tags"]) == ("high", "warning")
    assert ntfy.body.startswith("xx-test · Testministerium\nBefund: Aufbau geändert")
    assert len(post.mails) == 1


def test_the_archive_does_not_give_addresses_away(house: House, post: MailServer, web: WebServer) -> None:
    house.run(*CHANGED)
    house.notify("--webhook", web.url, *mail(post))
    with closing(open_archive(house.path)) as db:
        held = json.dumps(db.execute("SELECT * FROM notices").fetchall())
    assert "oncall" not in held
    assert web.url not in held


@pytest.mark.parametrize("answer", ["451 later", "554 no"])
def test_a_refused_mail_is_sent_again_as_it_was(house: House, post: MailServer, answer: str) -> None:
    house.run(*CHANGED)
    post.answer = answer
    assert "did not take the mail" in house.notify(*mail(post), exits=1).output
    post.answer = "250 taken"
    house.run("ok")
    house.notify(*mail(post))
    house.notify(*mail(post))
    assert [sent["Subject"] for sent in post.mails] == [
        "Pressearchiv: 1 neuer Befund",
        "Pressearchiv: 1 behoben",
    ]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500])
def test_a_post_that_is_not_taken_is_sent_again(house: House, web: WebServer, status: int) -> None:
    house.run(*CHANGED)
    web.status = status
    output = house.notify("--ntfy", web.url, exits=1).output
    assert "127.0.0.1 did not take the message" in output
    assert "/topic" not in output
    assert web.posts == []
    web.status = 200
    house.notify("--ntfy", web.url)
    house.notify("--ntfy", web.url)
    assert len(web.posts) == 1


def test_one_way_that_fails_does_not_cost_the_others(house: House, post: MailServer, web: WebServer) -> None:
    house.run(*CHANGED)
    web.status = 500
    house.notify("--webhook", web.url, *mail(post), exits=1)
    assert len(post.mails) == 1


def test_a_bad_farewell_sends_nothing_twice(house: House, post: MailServer) -> None:
    house.run(*CHANGED)
    post.farewell = "500 what"
    for _ in range(2):
        house.notify(*mail(post))
    assert len(post.mails) == 1


@pytest.mark.parametrize(("moment", "arrived"), [("on_greeting", 0), ("on_text", 1)])
def test_a_crash_loses_nothing_and_doubles_nothing_unseen(
    house: House, post: MailServer, moment: str, arrived: int
) -> None:
    """Killed before the server has the mail: it comes later. After: it comes again as the same message."""
    house.run(*CHANGED)
    command = [sys.executable, "-m", "cli.main", "notify", "--archive", str(house.path), *mail(post)]
    process = subprocess.Popen(
        command, cwd=house.path.parent, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    )
    setattr(post, moment, lambda: os.kill(process.pid, signal.SIGKILL))
    process.communicate(timeout=60)
    assert (process.returncode, len(post.mails)) == (-signal.SIGKILL, arrived)
    setattr(post, moment, lambda: None)
    for _ in range(2):
        house.notify(*mail(post))
    assert len(post.mails) == 1 + arrived
    assert len({sent["Message-ID"] for sent in post.mails}) == 1
    assert len({sent.get_content() for sent in post.mails}) == 1


def test_a_dry_run_remembers_nothing(house: House, post: MailServer) -> None:
    house.run(*CHANGED)
    for _ in range(2):
        assert "Befund: Aufbau geändert" in house.notify(*mail(post), "--dry-run").output
    assert post.mails == []
    house.notify(*mail(post))
    assert len(post.mails) == 1
    assert "Nothing to tell" in house.notify(*mail(post), "--dry-run").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--mail, --webhook or --ntfy"),
        (["--webhook", "file:///etc/passwd"], "no http or https address"),
        (["--ntfy", "ftp://example.org/x"], "no http or https address"),
        (["--mail", "a@example.org", "--smtp", "example.org"], "mail.example.org:587"),
    ],
)
def test_bad_use_says_what_is_right(house: House, arguments: list[str], said: str) -> None:
    assert said in house.notify(*arguments, exits=2).output


@pytest.mark.parametrize(
    ("reason", "german"),
    [
        (
            "no rows on a listing of 12000 bytes",
            "Auf der Übersicht (12.000 Bytes) steht keine lesbare Zeile.",
        ),
        ("5 of 12 pages could not be fetched", "5 von 12 Seiten ließen sich nicht abrufen."),
        ("https://x.example.org/a answers 403", "https://x.example.org/a antwortet mit Status 403."),
        ("something {new} nobody foresaw %s", "something {new} nobody foresaw %s"),
        (None, ""),
    ],
)
def test_the_reason_of_a_verdict_is_said_in_german_where_it_is_known(reason: str | None, german: str) -> None:
    assert causes.cause(reason) == german


def test_every_kind_of_issue_has_a_german_name_and_something_to_do() -> None:
    kinds = set()
    for path in [*ROOT.glob("crawler/**/*.py"), *ROOT.glob("pipeline/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = node.args[0] if node.args else None
                if node.func.id in ("Issue", "Refused", "issue") and isinstance(first, ast.Constant):
                    kinds.add(first.value)
    assert len(kinds) > 8
    for kind in kinds:
        assert mends.name(kind) != kind, kind
        assert mends.mend(kind, "xx-test"), kind


def test_a_channel_is_told_what_others_know_already(house: House) -> None:
    house.run("failed")
    with closing(open_archive(house.path)) as db:
        now = notices.troubles(db, [], NOW)
        said = [notices.Notice("xx-test", "failed", "trouble", "x")]
        notices.add(db, "mail-1", said, "2026-03-02T05:00:00Z", "1")
        assert notices.news(db, "mail-1", now) == ([], [])
        assert [t.matter for t in notices.news(db, "mail-2", now)[0]] == ["failed"]
        assert notices.news(db, "mail-1", {}) == ([], [("xx-test", "failed")])


@pytest.mark.parametrize(
    ("status", "days", "missed"),
    [
        ("active", 2, []),
        ("active", 3, [("xx-test", "not_run")]),
        ("unconfirmed", 9, []),
        ("retired", 9, []),
    ],
)
def test_an_active_source_whose_runs_stay_out_is_a_problem(
    house: House, status: str, days: int, missed: list[tuple[str, str]]
) -> None:
    house.run("ok")
    source = replace_source(next(iter(registry().values())), key="xx-test", every="1d", status=status)
    began = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
    with closing(open_archive(house.path)) as db:
        assert list(notices.troubles(db, [source], began + timedelta(days=days))) == missed
        assert notices.troubles(db, [replace_source(source, key="xx-never")], NOW) == {}

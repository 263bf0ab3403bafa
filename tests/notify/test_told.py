"""Whoever is on call hears of a problem once and of its end once."""

import ast
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace as replace_source

from archive import notices
from archive.source import registry
from archive.store import open_archive
from serve import causes, mends
from tests.cli.receivers import MailServer, WebServer
from tests.notify.watched import CHANGED, NOW, Watched, mail

ROOT = Path(__file__).parents[2]


def test_a_mail_says_source_verdict_cause_and_what_to_do(watched: Watched, post: MailServer) -> None:
    watched.run("ok")
    watched.run(*CHANGED)
    watched.notify(*mail(post))
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
    watched: Watched, post: MailServer
) -> None:
    watched.run("unreachable", "https://example.org/presse answers 503")
    watched.issue("list", "https://example.org/presse")
    watched.notify(*mail(post))
    watched.run("quiet")
    watched.notify(*mail(post))
    subjects = [sent["Subject"].removeprefix("Pressearchiv: ") for sent in post.mails]
    assert subjects == ["1 neuer Befund", "1 neuer Befund, 1 behoben"]


def test_a_problem_and_its_end_are_each_told_once(watched: Watched, post: MailServer) -> None:
    told = []
    for name in ("ok", "blocked", "blocked", None, "quiet", "ok", "unchanged", "blocked", "ok"):
        watched.run(name)
        watched.notify(*mail(post))
        watched.notify(*mail(post))
        told.append([sent["Subject"].removeprefix("Pressearchiv: ") for sent in post.mails])
        post.mails.clear()
    new, over = ["1 neuer Befund"], ["1 behoben"]
    assert told == [[], new, [], [], over, [], [], new, over]


def test_another_illness_is_told_with_the_end_of_the_first(watched: Watched, post: MailServer) -> None:
    for name in ("blocked", "unreachable"):
        watched.run(name)
        watched.notify(*mail(post))
    assert post.mails[1]["Subject"] == "Pressearchiv: 1 neuer Befund, 1 behoben"
    assert "Behoben: gesperrt" in post.mails[1].get_content()


def test_a_kind_of_issues_is_told_once_and_over_when_none_is_left(watched: Watched, post: MailServer) -> None:
    watched.run("ok")
    for subject in ("a", "b"):
        watched.issue("no_date", subject)
        watched.notify(*mail(post))
    watched.close("no_date", "a")
    watched.notify(*mail(post))
    assert len(post.mails) == 1
    assert "Mitteilungen ohne Datum (1 offener Punkt)" in post.mails[0].get_content()
    watched.close("no_date", "b")
    watched.notify(*mail(post))
    assert "Behoben: Mitteilungen ohne Datum" in post.mails[1].get_content()
    assert len(post.mails) == 2


def test_an_issue_of_no_source_is_one_of_the_archive(watched: Watched, post: MailServer) -> None:
    watched.issue("unreadable", "warc/x", key=None)
    for _ in range(2):
        watched.notify(*mail(post))
    assert [sent.get_content().splitlines()[0] for sent in post.mails] == ["Archiv"]


def test_a_verdict_that_is_an_issue_too_is_one_problem(watched: Watched, post: MailServer) -> None:
    watched.run(*CHANGED)
    watched.issue("layout_changed", "xx-test")
    watched.notify(*mail(post))
    assert post.mails[0]["Subject"] == "Pressearchiv: 1 neuer Befund"


def test_an_outage_of_everything_is_one_message(watched: Watched, post: MailServer, web: WebServer) -> None:
    for n in range(28):
        watched.run("unreachable", "the name example.org does not resolve", key=f"xx-{n:03}")
    watched.notify(*mail(post), "--ntfy", web.url)
    assert [sent["Subject"] for sent in post.mails] == ["Pressearchiv: 28 neue Befunde"]
    assert post.mails[0].get_content().count("Ursache: Den Rechner example.org") == 28
    (posted,) = web.posts
    assert len(posted.body.encode()) < 4096
    assert posted.body.endswith("weitere; `pressearchiv status` zeigt alle.")


def test_every_way_is_told_and_remembers_for_itself(
    watched: Watched, post: MailServer, web: WebServer
) -> None:
    watched.run(*CHANGED)
    watched.notify("--webhook", web.url)
    watched.notify("--webhook", web.url, "--ntfy", web.url, *mail(post))
    webhook, ntfy = web.posts
    said = json.loads(webhook.body)
    assert said["notices"] == [{"source": "xx-test", "matter": "layout_changed", "state": "trouble"}]
    assert "Aufbau geändert" in said["text"]
    assert webhook.headers["idempotency-key"] == said["id"]
    assert ntfy.headers["title"] == "Pressearchiv: 1 neuer Befund"
    assert (ntfy.headers["priority"], ntfy.headers["tags"]) == ("high", "warning")
    assert ntfy.body.startswith("xx-test · Testministerium\nBefund: Aufbau geändert")
    assert len(post.mails) == 1


def test_the_archive_does_not_give_addresses_away(watched: Watched, post: MailServer, web: WebServer) -> None:
    watched.run(*CHANGED)
    watched.notify("--webhook", web.url, *mail(post))
    with closing(open_archive(watched.path)) as db:
        held = json.dumps(db.execute("SELECT * FROM notices").fetchall())
    assert "oncall" not in held
    assert web.url not in held


def test_a_dry_run_remembers_nothing(watched: Watched, post: MailServer) -> None:
    watched.run(*CHANGED)
    for _ in range(2):
        assert "Befund: Aufbau geändert" in watched.notify(*mail(post), "--dry-run").output
    assert post.mails == []
    watched.notify(*mail(post))
    assert len(post.mails) == 1
    assert "Nothing to tell" in watched.notify(*mail(post), "--dry-run").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--mail, --webhook or --ntfy"),
        (["--webhook", "file:///etc/passwd"], "no http or https address"),
        (["--ntfy", "ftp://example.org/x"], "no http or https address"),
        (["--mail", "a@example.org", "--smtp", "example.org"], "mail.example.org:587"),
    ],
)
def test_bad_use_says_what_is_right(watched: Watched, arguments: list[str], said: str) -> None:
    assert said in watched.notify(*arguments, exits=2).output


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


def test_a_channel_is_told_what_others_know_already(watched: Watched) -> None:
    watched.run("failed")
    with closing(open_archive(watched.path)) as db:
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
    watched: Watched, status: str, days: int, missed: list[tuple[str, str]]
) -> None:
    watched.run("ok")
    source = replace_source(next(iter(registry().values())), key="xx-test", every="1d", status=status)
    began = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
    with closing(open_archive(watched.path)) as db:
        assert list(notices.troubles(db, [source], began + timedelta(days=days))) == missed
        assert notices.troubles(db, [replace_source(source, key="xx-never")], NOW) == {}

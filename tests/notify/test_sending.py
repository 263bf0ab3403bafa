"""What is not taken is sent again and nothing twice, whatever breaks in between."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.receivers import MailServer, WebServer
from tests.notify.watched import CHANGED, Watched, mail

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("answer", ["451 later", "554 no"])
def test_a_refused_mail_is_sent_again_as_it_was(watched: Watched, post: MailServer, answer: str) -> None:
    watched.run(*CHANGED)
    post.answer = answer
    assert "did not take the mail" in watched.notify(*mail(post), exits=1).output
    post.answer = "250 taken"
    watched.run("ok")
    watched.notify(*mail(post))
    watched.notify(*mail(post))
    assert [sent["Subject"] for sent in post.mails] == [
        "Pressearchiv: 1 neuer Befund",
        "Pressearchiv: 1 behoben",
    ]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500])
def test_a_post_that_is_not_taken_is_sent_again(watched: Watched, web: WebServer, status: int) -> None:
    watched.run(*CHANGED)
    web.status = status
    output = watched.notify("--ntfy", web.url, exits=1).output
    assert "127.0.0.1 did not take the message" in output
    assert "/topic" not in output
    assert web.posts == []
    web.status = 200
    watched.notify("--ntfy", web.url)
    watched.notify("--ntfy", web.url)
    assert len(web.posts) == 1


def test_one_way_that_fails_does_not_cost_the_others(
    watched: Watched, post: MailServer, web: WebServer
) -> None:
    watched.run(*CHANGED)
    web.status = 500
    watched.notify("--webhook", web.url, *mail(post), exits=1)
    assert len(post.mails) == 1


def test_a_bad_farewell_sends_nothing_twice(watched: Watched, post: MailServer) -> None:
    watched.run(*CHANGED)
    post.farewell = "500 what"
    for _ in range(2):
        watched.notify(*mail(post))
    assert len(post.mails) == 1


@pytest.mark.parametrize(("moment", "arrived"), [("on_greeting", 0), ("on_text", 1)])
def test_a_crash_loses_nothing_and_doubles_nothing_unseen(
    watched: Watched, post: MailServer, moment: str, arrived: int
) -> None:
    """Killed before the server has the mail: it comes later. After: it comes again as the same message."""
    watched.run(*CHANGED)
    command = [sys.executable, "-m", "cli", "notify", "--archive", str(watched.path), *mail(post)]
    process = subprocess.Popen(
        command, cwd=watched.path.parent, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    )
    setattr(post, moment, lambda: os.kill(process.pid, signal.SIGKILL))
    process.communicate(timeout=60)
    assert (process.returncode, len(post.mails)) == (-signal.SIGKILL, arrived)
    setattr(post, moment, lambda: None)
    for _ in range(2):
        watched.notify(*mail(post))
    assert len(post.mails) == 1 + arrived
    assert len({sent["Message-ID"] for sent in post.mails}) == 1
    assert len({sent.get_content() for sent in post.mails}) == 1

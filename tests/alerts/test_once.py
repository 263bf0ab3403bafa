"""Every event reaches everybody who watches for it exactly once, wherever the program is stopped."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import outbox, store
from alerts.store import open_subscriptions
from archive.clock import BERLIN, utc_now
from tests.alerts.house import SENDER, SITE, House, said_of
from tests.cli.receivers import MailServer, WebServer

ROOT = Path(__file__).parents[2]
TEXTS = ("Hochwasser eins.", "Hochwasser zwei.", "Hochwasser drei, und mehr davon.")
PAGES = ("a", "b", "c")
NEVER = 10_000
Event = tuple[str, str, int]


class Crash(BaseException):
    """The program ends here."""


class Fragile(sqlite3.Connection):
    """A connection at one of whose statements the program ends."""

    left = NEVER

    def execute(self, *arguments: object) -> sqlite3.Cursor:  # type: ignore[override]  # passed on as it came
        _count()
        return super().execute(*arguments)  # type: ignore[arg-type]  # as above

    def executemany(self, *arguments: object) -> sqlite3.Cursor:  # type: ignore[override]  # as above
        _count()
        return super().executemany(*arguments)  # type: ignore[arg-type]  # as above


def _count() -> None:
    Fragile.left -= 1
    if Fragile.left == 0:
        raise Crash


@contextmanager
def ending_at(statement: int) -> Iterator[None]:
    """The program ends at this statement to the file of subscriptions, if it comes so far."""
    Fragile.left = statement
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.sqlite3, "connect", partial(sqlite3.connect, factory=Fragile))
        try:
            with suppress(Crash):
                yield
        finally:
            Fragile.left = NEVER


rounds = st.lists(
    st.tuples(
        st.lists(st.tuples(st.sampled_from(PAGES), st.sampled_from([*TEXTS, None, None])), max_size=5),
        st.booleans(),  # the archive is built anew
        st.booleans(),  # the other side takes what comes
        st.lists(st.integers(1, 90), max_size=3),  # where runs end
    ),
    min_size=1,
    max_size=5,
)


def absent(house: House, page: str) -> int | None:
    """Since the how manieth capture a page is gone, where it is."""
    seen = [number for number, capture in enumerate(house.captures) if capture.url == page]
    shown = [number for number in seen if house.captures[number].shown]
    after = [number for number in seen if shown and number > shown[-1]]
    return after[0] if len(after) > 1 else None


def texts_told(house: House) -> Iterator[Event]:
    """What is to be told of the texts that pages showed."""
    for page in PAGES:
        shown = [capture.shown for capture in house.captures if capture.url == page and capture.shown]
        turns = [text for number, text in enumerate(shown) if number == 0 or text != shown[number - 1]]
        for number in range(len(turns)):
            yield ("changed" if number else "new"), house.id(page), number + 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rounds)
def test_over_any_history_with_any_crashes_each_event_arrives_once(
    history: list[tuple[list[tuple[str, str | None]], bool, bool, list[int]]],
) -> None:
    with TemporaryDirectory() as folder, WebServer() as web:
        house = House(Path(folder))
        house.build()
        house.send()
        ways = {"/topic": "at_once", "/daily": "daily"}
        for path, rhythm in ways.items():
            house.watch("q=Hochwasser", web.url.replace("/topic", path), rhythm=rhythm)  # type: ignore[arg-type]
        gone: dict[str, int] = {}
        expected: Counter[tuple[str, str]] = Counter()
        for steps, anew, takes, ends in history:
            for page, text in steps:
                house.wait(hours=5)
                house.show(page, text) if text else house.gone(page)
            house.build(anew=anew)
            web.status = 200 if takes else 503
            for statement in ends:
                with ending_at(statement):
                    house.send()
            house.send()
            for page in PAGES:
                since = absent(house, page)
                expected["removed", house.id(page)] += since is not None and gone.get(page) != since
                gone |= {page: since} if since is not None else {}
        web.status = 200
        for _ in range(3):
            house.wait(days=2)
            house.send()
        expected.update((kind, release) for kind, release, _ in texts_told(house))
        for path in ways:
            by_message = {}
            for post in web.posts:
                if post.path == path:
                    said = said_of(post.body)
                    assert by_message.setdefault(post.headers["idempotency-key"], said) == said
            told = Counter((kind, release) for said in by_message.values() for kind, release, _ in said)
            assert told == +expected
            versions = [event for said in by_message.values() for event in said if event[0] != "removed"]
            assert sorted(versions) == sorted(texts_told(house))


def test_ended_at_one_statement_after_the_other_nothing_is_lost_and_nothing_new_is_made(
    house: House, web: WebServer
) -> None:
    house.build()
    house.send()
    house.watch("q=Hochwasser", web.url)
    made = 0
    for statement in range(1, 200, 5):
        house.wait(hours=1)
        house.show(f"page{statement}", TEXTS[0])
        house.build()
        with ending_at(statement):
            house.send()
            made += 1
        if made > 2:  # runs are shorter than this
            break
    house.send()
    by_message = {post.headers["idempotency-key"]: said_of(post.body) for post in web.posts}
    told = [event for said in by_message.values() for event in said]
    assert len(told) == len(set(told)) == len(house.captures)
    assert statement > 20


@pytest.mark.parametrize(("moment", "arrived"), [("on_greeting", 0), ("on_text", 1)])
def test_a_killed_process_sends_the_same_mail_again_and_no_other(
    house: House, post: MailServer, moment: str, arrived: int
) -> None:
    house.now = utc_now() - timedelta(days=2)  # the command knows what time it is
    house.build()
    house.send()
    house.watch("q=Hochwasser")
    house.wait(hours=1)
    house.show("a", TEXTS[0])
    house.build()
    mail = ["--sender", SENDER, "--site", SITE, "--smtp", f"127.0.0.1:{post.port}"]
    command = [sys.executable, "-m", "cli", "alerts", "send", "--archive", str(house.archive), *mail]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=house.folder, env=environment, stdout=subprocess.PIPE)
    setattr(post, moment, lambda: os.kill(process.pid, signal.SIGKILL))
    process.communicate(timeout=60)
    assert (process.returncode, len(post.mails)) == (-signal.SIGKILL, arrived)
    setattr(post, moment, lambda: None)
    house.now = utc_now()
    for _ in range(2):
        house.send(post)
    assert len(post.mails) == 1 + arrived
    assert len({mail["Message-ID"] for mail in post.mails}) == 1


@pytest.mark.parametrize("answer", ["451 later", "554 no"])
def test_a_mail_that_is_not_taken_is_tried_again_after_a_pause(
    house: House, post: MailServer, answer: str
) -> None:
    house.build()
    house.send(post)
    house.watch("q=Hochwasser")
    house.show("a", TEXTS[0])
    house.build()
    post.answer = answer
    assert house.send(post).troubles
    post.answer = "250 taken"
    assert not house.send(post).troubles
    assert post.mails == []
    house.wait(minutes=6)
    house.send(post)
    house.send(post)
    assert len(post.mails) == 1


def test_a_mail_server_that_is_down_loses_nothing_and_is_not_pestered(house: House) -> None:
    house.build()
    house.send()
    for n in range(3):
        house.watch("q=Hochwasser", f"reader{n}@example.org")
    house.show("a", TEXTS[0])
    house.build()
    with MailServer() as down:
        pass
    assert len(house.send(down).troubles) == 1
    assert "asked again after" in house.send(down).troubles[0]
    house.wait(days=1)
    with MailServer() as post:
        done = house.send(post)
    assert (done.sent, done.troubles) == (3, [])
    assert sorted(mail["To"] for mail in post.mails) == [f"reader{n}@example.org" for n in range(3)]


def test_who_leaves_while_something_waits_hears_nothing_more(house: House, web: WebServer) -> None:
    house.build()
    house.send()
    key = house.watch("q=Hochwasser", web.url)
    house.show("a", TEXTS[0])
    house.build()
    web.status = 500
    house.send()
    with closing(open_subscriptions(house.subscriptions)) as private:
        private.execute("DELETE FROM subscriptions WHERE id = ?", (key,))
        left = private.execute("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM messages)")
        assert left.fetchone() == (0,)
    web.status = 200
    house.wait(days=1)
    house.send()
    assert web.posts == []


@pytest.mark.parametrize(
    ("rhythm", "messages", "hour"), [("at_once", 6, 12), ("daily", 6, 9), ("weekly", 1, 9)]
)
def test_digests_come_when_they_were_asked_for(
    house: House, web: WebServer, rhythm: str, messages: int, hour: int
) -> None:
    """From a Tuesday to a Monday, with a release each day at noon and a run each three hours."""
    house.wait(days=1)
    house.build()
    house.send()
    house.watch("q=Hochwasser", web.url, rhythm=rhythm)  # type: ignore[arg-type]  # one of the three
    hours = set()
    for run in range(6 * 8 + 1):
        if run % 8 == 1:
            house.show(f"page{run}", TEXTS[0])
            house.build()
        before = len(web.posts)
        house.send()
        hours |= {house.now.astimezone(BERLIN).hour} if len(web.posts) > before else set()
        house.wait(hours=3)
    assert (len(web.posts), hours) == (messages, {hour})
    assert sum(len(said_of(post.body)) for post in web.posts) == 6


def test_many_events_become_several_messages_and_one_refusal_stops_them_all(
    house: House, web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST", 3)
    house.build()
    house.send()
    house.watch("q=Hochwasser", web.url)
    for number in range(8):
        house.show(f"page{number}", TEXTS[0])
    house.build()
    web.status = 500
    assert len(house.send().troubles) == 1
    web.status = 200
    house.wait(hours=1)
    house.send()
    assert [len(said_of(post.body)) for post in web.posts] == [3, 3, 2]
    assert len({event for post in web.posts for event in said_of(post.body)}) == 8

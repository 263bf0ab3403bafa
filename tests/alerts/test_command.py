"""`pressearchiv alerts`: what the command line adds, shows, sends and forgets, and how it explains itself."""

from contextlib import closing
from datetime import date

import pytest
from click.testing import CliRunner, Result

from alerts.store import open_subscriptions
from archive.redaction import decisions
from archive.redaction.decisions import Redaction
from cli.main import pressearchiv
from tests.alerts.house import SENDER, SITE, House
from tests.cli.receivers import MailServer, WebServer


@pytest.fixture
def built(house: House) -> House:
    house.show("a", "Nach dem Hochwasser zahlt das Land den Gemeinden.")
    house.build()
    return house


def call(house: House, verb: str, *arguments: str, exits: int = 0) -> Result:
    place = ("--archive", str(house.archive))
    if verb in ("send", "test"):
        place += ("--warc", str(house.folder / "warc"))
    result = CliRunner().invoke(pressearchiv, ["alerts", verb, *place, *arguments])
    assert result.exit_code == exits, (result.output, result.exception)
    return result


def added(result: Result) -> str:
    return result.output.split("Added ")[1].split(".")[0].split(";")[0]


@pytest.mark.parametrize(
    "search",
    ["q=Hochwasser", "?q=Hochwasser&sort=passend", f"{SITE}/suche?q=Hochwasser", "/suche?q=Hochwasser"],
)
def test_a_webhook_is_added_shown_tried_and_removed(built: House, web: WebServer, search: str) -> None:
    result = call(built, "add", search, "--webhook", web.url)
    assert "Watching: „Hochwasser“" in result.output
    assert "whsec_" in result.output
    key = added(result)
    listed = call(built, "list").output
    assert key in listed
    assert "/topic" not in listed
    assert web.url in call(built, "list", "--addresses").output.replace("\n", "")
    assert "1 hits" in call(built, "test", key, "--site", SITE).output
    assert '"Probe: „Hochwasser“' in web.posts[0].body
    call(built, "remove", key)
    assert "Nobody" in call(built, "list").output


def test_mail_begins_when_it_was_confirmed_or_the_owner_agreed(built: House, post: MailServer) -> None:
    mail = ("--sender", SENDER, "--site", SITE, "--smtp", f"127.0.0.1:{post.port}")
    call(built, "add", "q=Hochwasser", "--mail", "anna@example.org")
    assert "not confirmed" in call(built, "list").output
    assert "1 invitations" in call(built, "send", *mail).output
    key = added(call(built, "add", "q=Hochwasser", "--mail", "bert@example.org", "--confirmed"))
    call(built, "test", key, *mail)
    assert [sent["To"] for sent in post.mails] == ["anna@example.org", "bert@example.org"]
    listed = call(built, "list").output
    assert "a…@example.org" in listed
    assert "anna" not in listed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "q=Hochwasser"], "--webhook or --mail"),
        (["add", "q=x", "--webhook", "https://a.example", "--mail", "a@example.org"], "--webhook or --mail"),
        (["add", "q=Hochwasser", "--webhook", "file:///etc/passwd"], "no http or https address"),
        (["add", "q=Hochwasser", "--mail", "a@b"], "no mail address"),
        (["add", "Hochwasser", "--webhook", "https://a.example"], "is no search"),
        (["add", "kreis=99999", "--webhook", "https://a.example"], "nobody understands kreis=99999"),
        (["remove", "0000"], "no subscription 0000"),
        (["send"], "--site"),
        (["send", "--site", "archiv.example.org"], "is no address"),
        (["send", "--site", SITE, "--sender", "nobody"], "is no sender"),
    ],
)
def test_bad_use_says_what_is_right(built: House, arguments: list[str], said: str) -> None:
    open_subscriptions(built.subscriptions).close()
    assert said in call(built, *arguments, exits=2).output


def test_what_the_command_says_holds_no_address(built: House, post: MailServer) -> None:
    call(built, "add", "q=Hochwasser", "--mail", "anna@example.org", "--confirmed")
    post.answer = "550 no such user <anna@example.org>"
    built.show("b", "Hochwasser.")
    built.build()
    mail = ("--sender", SENDER, "--site", SITE, "--smtp", f"127.0.0.1:{post.port}")
    for answer in ("550 no such user <anna@example.org>", "451 <anna@example.org> later"):
        post.answer = answer
        assert "anna" not in call(built, "send", *mail, exits=0).output


def test_the_file_is_closed_to_others(built: House) -> None:
    open_subscriptions(built.subscriptions).close()
    for file in built.folder.glob("subscriptions.db*"):
        if not file.name.endswith("lock"):
            assert file.stat().st_mode & 0o077 == 0


def test_a_redaction_that_did_not_end_holds_everything_back(built: House, web: WebServer) -> None:
    built.send()
    built.watch("q=Hochwasser", web.url)
    built.show("b", "Hochwasser.")
    built.build()
    warc = built.folder / "warc"
    warc.mkdir()
    day = date(2026, 3, 2)
    decisions.put(warc, Redaction("1", "name", "asked", "me", day, "salt", releases=(built.id("b"),)))
    done = built.send()
    assert web.posts == []
    assert "redaction" in done.troubles[0]


def test_whoever_is_refused_for_days_is_not_written_to_any_more(house: House, web: WebServer) -> None:
    house.build()
    house.send()
    house.watch("q=Hochwasser", web.url)
    house.show("a", "Hochwasser.")
    house.build()
    web.status = 500
    tries = 0
    for _ in range(60):
        tries += bool(house.send().troubles)
        house.wait(days=1)
    assert tries == 25
    with closing(open_subscriptions(house.subscriptions)) as private:
        assert private.execute("SELECT stopped_at IS NOT NULL FROM subscriptions").fetchone() == (1,)

"""Messages say what happened, to whom and why; whatever a portal wrote, it stays text."""

import base64
import hashlib
import hmac
import json
from contextlib import closing
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser

import pytest

from alerts import invitation
from alerts.delivery import MailServer as MailServerAt
from alerts.english import ENGLISH
from alerts.mail import Mailing
from alerts.phrases import PHRASES, verdict
from alerts.store import open_subscriptions
from alerts.subscription import by_id
from archive.german import VERDICTS
from archive.search_in_words import FLAG_TITLES, LABELS, TITLES
from archive.selection import asked
from archive.status import HEALTHY
from archive.store import open_archive
from serve.language import gettext, speaking
from serve.spoken import heading as capital
from tests.alerts.house import SENDER, SITE, House
from tests.cli.receivers import MailServer, WebServer

ATTACKS = (
    "Hochwasser\r\nBcc: victim@example.org\r\n\r\n<h1>",
    "Hochwasser\nSubject: Gewinn",
    'Hochwasser <script>alert("x")</script>',
    '"><img src=https://evil.example.net/p.png onerror=alert(1)>Hochwasser',
    "Hochwasser \u202eegnirts\u202c \x00\x0b\x85\u2028 Ende",
    ".\r\n.\r\nQUIT Hochwasser",
    "From Hochwasser {search} %s {0}",
    "Hochwasser </style></title><a href=javascript:alert(1)>",
    "Hochwasser \ud83d " + "lang" * 600,
)


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links += [value or "" for name, value in attributes if name in ("href", "src", "style")]
        assert not any(name.startswith("on") for name, _ in attributes)


def mailed(house: House, post: MailServer, title: str, text: str, language: str = "de") -> EmailMessage:
    house.build()
    house.send(post)
    house.watch("q=Hochwasser", language=language)
    house.wait(hours=1)
    house.show("a", text, title)
    house.build()
    house.send(post)
    (mail,) = post.mails
    return mail


def parts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("where", ["title", "text"])
def test_hostile_texts_stay_texts(house: House, post: MailServer, attack: str, where: str) -> None:
    held = attack.encode("utf-8", "replace").decode()  # as the crawler keeps what it reads
    mail = mailed(house, post, *((held, "Hochwasser.") if where == "title" else ("Hochwasser", held)))
    assert {name.lower() for name in mail} == {
        *("from", "to", "subject", "date", "message-id", "auto-submitted", "list-id", "list-unsubscribe"),
        *("list-unsubscribe-post", "mime-version", "content-type"),
    }
    assert mail["To"] == "anna@example.org"
    plain, html = parts(mail)
    tags = Tags(html)
    assert tags.names <= {
        *("html", "head", "meta", "title", "style", "body", "div", "p", "a", "h2", "h3", "bdi", "blockquote"),
        *("mark", "ul", "li"),
    }
    assert all(link.startswith(f"{SITE}/") for link in tags.links)
    assert not set("\u202e\x00\x0b\x85\u2028") & {*plain, *html}


def test_a_hostile_search_stays_a_search(house: House, post: MailServer) -> None:
    house.build()
    house.send(post)
    house.watch("q=Hochwasser%0d%0aBcc:%20x@example.org+ODER+%3Cscript%3E")
    house.wait(hours=1)
    house.show("a", "Hochwasser Bcc x@example.org script.")
    house.build()
    house.send(post)
    (mail,) = post.mails
    assert mail["Bcc"] is None
    assert "script" not in Tags(parts(mail)[1]).names


def test_a_mail_says_which_search_which_passage_and_how_to_leave(house: House, post: MailServer) -> None:
    mail = mailed(house, post, "Land hilft", "Nach dem Hochwasser hilft das Land.")
    assert mail["Subject"] == "„Hochwasser“: 1 neu"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parseaddr(mail["From"]) == ("Pressearchiv", "archiv@example.org")
    plain, html = parts(mail)
    for said in ("*Hochwasser*", f"{SITE}/suche?q=Hochwasser", f"{SITE}/m/{house.id('a')}", "Abbestellen"):
        assert said in plain
    assert "<mark>Hochwasser</mark>" in html
    assert mail["List-Unsubscribe"].strip("<>") in plain


def test_a_mail_is_in_the_language_of_its_reader(house: House, post: MailServer) -> None:
    mail = mailed(house, post, "Land hilft", "Nach dem Hochwasser hilft das Land.", "en")
    assert mail["Subject"] == "“Hochwasser”: 1 new"
    plain, html = parts(mail)
    assert "2 March 2026" in plain
    assert '<html lang="en">' in html
    assert 'lang="de"' in html


def test_every_language_has_every_phrase_and_verdict() -> None:
    german, *others = PHRASES.values()
    for other in others:
        assert other.keys() == german.keys()
        for key, phrase in german.items():
            assert set(_places(phrase)) == set(_places(other[key])), key
    for code in set(VERDICTS) - HEALTHY - {"running"}:
        assert verdict(code, "en") != code or code in (
            "overdue",
            "blocked",
            "unreachable",
            "failed",
            "aborted",
        )


def _places(phrase: str) -> list[str]:
    return [part.partition("}")[0] for part in phrase.split("{")[1:]]


def test_a_webhook_can_prove_who_posts(house: House, web: WebServer) -> None:
    house.build()
    house.send()
    key = house.watch("q=Hochwasser", web.url)
    house.show("a", "Hochwasser.")
    house.build()
    house.send()
    (posted,) = web.posts
    with closing(open_subscriptions(house.subscriptions)) as private:
        whom = by_id(private, key)
    assert whom is not None
    headers = posted.headers
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{posted.body}".encode()
    proof = base64.b64encode(hmac.new(bytes.fromhex(whom.secret), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{proof}"
    assert headers["idempotency-key"] == headers["webhook-id"] == json.loads(posted.body)["id"]


def test_an_invitation_cannot_be_used_to_send_somebody_a_link(house: House, post: MailServer) -> None:
    house.build()
    what = asked({"q": "Gewinn auf https://evil.example.net/x und evil.example.org/y sofort"})
    with (
        closing(open_subscriptions(house.subscriptions)) as private,
        closing(open_archive(house.archive)) as db,
    ):
        made = invitation.ask(private, "anna@example.org", what, ("new",), "daily", "de", house.now)
        mailing = Mailing(MailServerAt("127.0.0.1", post.port), SENDER, SITE)
        with mailing.server.connected() as connection:
            invitation.send(connection, db.conn, private, made, mailing, house.now)
    text = post.mails[0].get_content()
    assert "evil" not in text
    assert text.count("https://") == 1
    assert "Gewinn auf" in text


def test_an_invitation_that_could_not_be_sent_goes_out_later_and_expires(
    house: House, post: MailServer
) -> None:
    house.build()
    with closing(open_subscriptions(house.subscriptions)) as private:
        for address in ("anna@example.org", "bert@example.org"):
            invitation.ask(private, address, asked({"q": "Kita"}), ("new",), "daily", "de", house.now)
    post.answer = "451 later"
    assert house.send(post).invited == 0
    post.answer = "250 taken"
    assert house.send(post).invited == 2
    assert house.send(post).invited == 0
    house.wait(days=3)
    house.send(post)
    with closing(open_subscriptions(house.subscriptions)) as private:
        for table in ("subscriptions", "invitations"):
            assert private.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_an_english_message_words_a_search_as_the_english_site_does() -> None:
    words = {*TITLES.values(), *FLAG_TITLES.values(), *(w for of in LABELS.values() for w in of.values())}
    with speaking("en"):
        assert {word: capital(ENGLISH.word(word)) for word in words} == {
            word: capital(gettext(word)) for word in words
        }

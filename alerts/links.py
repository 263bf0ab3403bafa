"""Addresses in messages, and the keys in them: whoever has the link may do what it says, and nobody else.

Keys of links that last are made of a secret of the file, so that no list of them can be lost. The key of an
invitation is random; of it only a hash is kept.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import quote

from sqlite_utils import Database

from alerts.store import state
from alerts.subscription import Subscription, by_id

LENGTH = 32  # characters of a key


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of our site, as whoever gets a message reaches it."""

    site: str  # https://archiv.example.org, without a slash at its end
    secret: str

    def search(self, subscription: Subscription) -> str:
        return f"{self.site}{subscription.what.address()}"

    def release(self, release_id: str) -> str:
        return f"{self.site}/m/{quote(release_id, safe='')}"

    def comparison(self, release_id: str, old: int, new: int) -> str:
        return f"{self.release(release_id)}/fassungen?von={old}&bis={new}"

    def sources(self) -> str:
        return f"{self.site}/quellen"

    def confirm(self, token: str) -> str:
        return f"{self.site}/beobachten/bestaetigen/{token}"

    def leave(self, subscription: Subscription) -> str:
        return f"{self.site}/beobachten/abmelden/{key(self.secret, subscription.id)}"

    def settings(self, subscription: Subscription) -> str:
        return f"{self.site}/beobachten/{key(self.secret, subscription.id)}"


def links(private: Database, site: str) -> Links:
    """The links of a file of subscriptions for a site."""
    return Links(site.rstrip("/"), _secret(private))


def key(secret: str, subscription_id: str) -> str:
    """What a link says to prove that it came from us."""
    proof = hmac.new(secret.encode(), subscription_id.encode(), hashlib.sha256).hexdigest()[:LENGTH]
    return f"{subscription_id}-{proof}"


def proven(private: Database, said: str) -> Subscription | None:
    """The subscription that the key of a link is for; None where it is nobody's."""
    subscription_id = said.partition("-")[0]
    if not secrets.compare_digest(key(_secret(private), subscription_id).encode(), said.encode()):
        return None
    return by_id(private, subscription_id)


def hashed(text: str) -> str:
    """What is kept of a random key."""
    return hashlib.sha256(text.encode()).hexdigest()


def address_hash(private: Database, address: str) -> str:
    """What stands for an address where only the number of its requests matters.

    What follows a plus is the reader's own label: mail for anna+a and anna+b ends in one box.
    """
    name, _, host = address.lower().rpartition("@")
    box = f"{name.partition('+')[0]}@{host}"
    return hmac.new(_secret(private).encode(), box.encode(), hashlib.sha256).hexdigest()


def _secret(private: Database) -> str:
    secret = state(private, "secret")
    assert secret is not None, "every file has one from its beginning"
    return secret

"""A message in its parts, before it becomes mail or JSON: the search, what happened, what is broken."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.broken import Broken
from alerts.english import wording
from alerts.links import Links
from alerts.phrases import phrases
from alerts.subscription import KINDS, Subscription
from alerts.told import Told
from archive.search_in_words import in_words
from archive.words import squeezed

LONGEST_SUBJECT = 160


@dataclass(frozen=True, slots=True)
class Letter:
    """What one message says."""

    subscription: Subscription
    links: Links
    search: str  # in words
    subject: str
    told: tuple[Told, ...]
    broken: tuple[Broken, ...]
    note: str = ""  # what is said where nothing happened

    @property
    def phrases(self) -> dict[str, str]:
        return dict(phrases(self.subscription.language))


def of_events(
    connection: sqlite3.Connection,
    subscription: Subscription,
    links: Links,
    told: Sequence[Told],
    broken: Sequence[Broken],
) -> Letter:
    """The letter about events, those of a kind together."""
    said = phrases(subscription.language)
    search = _search(connection, subscription)
    counts = Counter(one.event.kind for one in told)
    parts = [
        said[f"{kind}_{'one' if counts[kind] == 1 else 'many'}"].format(n=counts[kind])
        for kind in KINDS
        if counts[kind]
    ]
    subject = _subject(said["subject"], search, ", ".join(parts))
    ordered = sorted(told, key=lambda one: (KINDS.index(one.event.kind), one.event.id))
    return Letter(subscription, links, search, subject, tuple(ordered), tuple(broken))


def of_fault(connection: sqlite3.Connection, subscription: Subscription, links: Links) -> Letter:
    """The letter that says that a search means nothing any more."""
    said = phrases(subscription.language)
    search = _search(connection, subscription)
    note = said["fault"].format(fault=squeezed(subscription.fault or ""))
    return Letter(subscription, links, search, _subject(said["fault_subject"], search), (), (), note)


def of_test(
    connection: sqlite3.Connection,
    subscription: Subscription,
    links: Links,
    told: Sequence[Told],
    broken: Sequence[Broken],
) -> Letter:
    """A letter about nothing that happened, to see whether it arrives and how it looks."""
    said = phrases(subscription.language)
    search = _search(connection, subscription)
    subject = _subject(said["test_subject"], search)
    return Letter(subscription, links, search, subject, tuple(told), tuple(broken), said["test"])


def _search(connection: sqlite3.Connection, subscription: Subscription) -> str:
    return squeezed(in_words(connection, subscription.what, wording(subscription.language)))


def _subject(pattern: str, search: str, counts: str = "") -> str:
    room = LONGEST_SUBJECT - len(pattern) - len(counts)
    shown = search if len(search) <= room else f"{search[: room - 1]}…"
    return pattern.replace("{counts}", counts).replace("{search}", shown)

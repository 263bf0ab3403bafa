"""Watching a search from the site: asking for it, confirming it, changing it, leaving."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from datasette.database import Database
from sqlite_utils import Database as Subscriptions

from alerts import invitation, links, subscription
from alerts.delivery import DeliveryError
from alerts.invitation import TooManyError
from alerts.store import open_subscriptions
from alerts.subscription import Kind, Rhythm, Subscription
from archive.clock import utc_now
from archive.selection import Asked
from archive.store import read_archive, writing
from serve.archive_rows import archive_of
from serve.folders import of
from serve.language import language

if TYPE_CHECKING:  # Datasette loads plugins while its app module is being imported
    from datasette.app import Datasette

log = logging.getLogger(__name__)
_under_way: set[asyncio.Task[None]] = set()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader filled in."""

    address: str
    what: Asked
    kinds: tuple[Kind, ...]
    rhythm: Rhythm


def is_open(datasette: Datasette) -> bool:
    """Whether searches can be watched by mail here."""
    return of(datasette).watching is not None


async def ask(datasette: Datasette, wish: Wish) -> bool:
    """Write a wish down and send the mail that asks to confirm it; False where too many came lately.

    The mail goes out after the answer, so that nobody can tell from it which addresses there are. Where it
    cannot be sent now, the next `pressearchiv alerts send` does it.
    """
    spoken = language()

    def write_down() -> Subscription:
        with _opened(datasette) as private:
            asked = (wish.address, wish.what, wish.kinds, wish.rhythm, spoken)
            return invitation.ask(private, *asked, utc_now())

    try:
        made = await asyncio.to_thread(write_down)
    except TooManyError:
        return False
    archive = archive_of(datasette)
    assert archive is not None, "the routes are registered only where an archive is served"
    task = asyncio.create_task(asyncio.to_thread(_invite, datasette, archive, made))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    return True


async def invited(datasette: Datasette, token: str, *, confirm: bool) -> Subscription | None:
    """Whom the link of an invitation is for; with `confirm` it begins. None where the link is void."""

    def look() -> Subscription | None:
        with _opened(datasette) as private:
            whom = invitation.invited(private, token, utc_now())
            return invitation.confirm(private, whom, utc_now()) if whom and confirm else whom

    return await asyncio.to_thread(look)


async def known(datasette: Datasette, key: str) -> Subscription | None:
    """The subscription whose mail has this key in its links."""

    def look() -> Subscription | None:
        with _opened(datasette) as private:
            return links.proven(private, key)

    return await asyncio.to_thread(look)


async def of_reader(datasette: Datasette, one: Subscription) -> list[tuple[str, Subscription]]:
    """All that goes to the address of a subscription, each with the key to change it."""

    def look() -> list[tuple[str, Subscription]]:
        with _opened(datasette) as private:
            secret = links.links(private, "").secret
            return [(links.key(secret, s.id), s) for s in subscription.of_target(private, one.target)]

    return await asyncio.to_thread(look)


async def change(datasette: Datasette, one: Subscription, kinds: tuple[Kind, ...], rhythm: Rhythm) -> None:
    """Other events, or another rhythm."""

    def write() -> None:
        with _opened(datasette) as private:
            subscription.change(private, one.id, kinds, rhythm)

    await asyncio.to_thread(write)


async def leave(datasette: Datasette, one: Subscription) -> None:
    """Forget a subscription."""

    def write() -> None:
        with _opened(datasette) as private, writing(private):
            subscription.remove(private, one.id)

    await asyncio.to_thread(write)


@contextmanager
def _opened(datasette: Datasette) -> Iterator[Subscriptions]:
    watching = of(datasette).watching
    assert watching is not None, "asked only where searches can be watched"
    with closing(open_subscriptions(watching.file)) as private:
        yield private


def _invite(datasette: Datasette, archive: Database, whom: Subscription) -> None:
    watching = of(datasette).watching
    assert watching is not None, "asked only where searches can be watched"
    with _opened(datasette) as private, closing(read_archive(Path(str(archive.path)))) as db:
        try:
            with watching.mailing.server.connected() as connection:
                invitation.send(connection, db.conn, private, whom, watching.mailing, utc_now())
        except DeliveryError as error:
            log.warning("an invitation waits for the next `pressearchiv alerts send`: %s", error)

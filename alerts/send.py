"""One run: find what happened, write it down, tell it. Stopped anywhere, the next run goes on there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from alerts import broken, events, invitation, letter, mail, outbox, subscription, webhook
from alerts.broken import Broken
from alerts.collect import attach, collect
from alerts.delivery import Connection, DeliveryError, RefusedError, UnreachableError
from alerts.letter import Letter
from alerts.links import links
from alerts.mail import Mailing
from alerts.outbox import Message
from alerts.store import open_subscriptions, put_state, state
from alerts.subscription import Subscription
from alerts.told import told
from archive import search_terms
from archive.clock import moment, stamp
from archive.errors import BusyError
from archive.locks import lock
from archive.store import read_archive, writing

BUILD = "a build or a redaction of this archive"
TRIES, RETRY_AT = "mail_tries", "mail_retry_at"  # keys of the table state
LONGEST_RETRY = timedelta(hours=4)
Deliver = Callable[[Letter, Message], None]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Files:
    """Where things lie."""

    archive: Path
    subscriptions: Path
    warc: Path


@dataclass
class Done:
    """What a run did."""

    events: int = 0  # found
    sent: int = 0  # messages
    invited: int = 0
    troubles: list[str] = field(default_factory=list)  # why something waits for the next run


@dataclass(frozen=True, slots=True)
class Run:
    """What all steps of a run need."""

    files: Files
    db: Database
    private: Database
    site: str
    now: datetime
    ill: list[Broken]
    done: Done
    progress: Progress


def send(
    files: Files,
    mailing: Mailing | None,
    site: str,
    now: datetime,
    progress: Progress = lambda channel, done, all_: None,
) -> Done:
    """Tell everybody what happened. `progress` is called with the channel, and messages done and to do.

    Raises BusyError while another run goes on, ArchiveError where a file is missing.
    """
    done = Done()
    with opened(files) as (db, private):
        run = Run(files, db, private, site, now, broken.every(db.conn, now), done, progress)
        try:
            with settled(files, db):
                done.events = collect(db, private, now)
        except BusyError as error:
            done.troubles.append(str(error))
        with writing(private):
            outbox.make(private, subscription.going_on(private), now)
            invitation.expire(private, now)
            outbox.tidy(private, now)
        _post_all(run)
        if mailing is not None:
            _mail_all(run, mailing)
    return done


@contextmanager
def opened(files: Files) -> Iterator[tuple[Database, Database]]:
    """The archive and the subscriptions, for this process alone."""
    with ExitStack() as held:
        path = files.subscriptions
        held.enter_context(lock(path.with_name(f"{path.name}.send.lock"), "sending", seconds=5))
        private = open_subscriptions(path)
        held.callback(private.close)
        db = read_archive(files.archive)
        held.callback(db.close)
        search_terms.register(db.conn)
        attach(db, path)
        yield db, private


@contextmanager
def settled(files: Files, db: Database) -> Iterator[None]:
    """Nobody builds or redacts in the block. Raises BusyError where somebody does, or did not end."""
    with lock(files.archive.with_name(f"{files.archive.name}.build.lock"), BUILD):
        if why := events.unsettled(db, files.warc):
            raise BusyError(why)
        yield


def _post_all(run: Run) -> None:
    messages = outbox.unsent(run.private, "webhook", run.now)
    for number, message in enumerate(messages, 1):
        if not _deliver(run, message, lambda made, told_: webhook.send(made, told_, run.now)):
            return
        run.progress("webhook", number, len(messages))


def _mail_all(run: Run, mailing: Mailing) -> None:
    messages = outbox.unsent(run.private, "mail", run.now)
    invitations = invitation.due(run.private, run.now)
    again = state(run.private, RETRY_AT)
    if not (messages or invitations):
        return
    if again and moment(again) > run.now:
        run.done.troubles.append(f"the mail server did not answer; it is asked again after {again}")
        return
    try:
        with mailing.server.connected() as connection:
            for one in invitations:
                _invite(run, connection, one, mailing)
            for number, message in enumerate(messages, 1):
                if not _deliver(run, message, partial(_mail, connection, mailing)):
                    return
                run.progress("mail", number, len(messages))
        put_state(run.private, TRIES, "0")
    except UnreachableError as error:
        tries = int(state(run.private, TRIES) or 0) + 1
        put_state(run.private, TRIES, str(tries))
        put_state(run.private, RETRY_AT, stamp(run.now + min(outbox.backoff(tries), LONGEST_RETRY)))
        run.done.troubles.append(str(error))


def _mail(connection: Connection, mailing: Mailing, made: Letter, message: Message) -> None:
    connection.send(mail.mail(made, message, mailing.sender))


def _invite(run: Run, connection: Connection, whom: Subscription, mailing: Mailing) -> None:
    try:
        invitation.send(connection, run.db.conn, run.private, whom, mailing, run.now)
        run.done.invited += 1
    except RefusedError:  # nobody is there who could confirm
        subscription.remove(run.private, whom.id)
    except UnreachableError:
        raise
    except DeliveryError as error:
        run.done.troubles.append(str(error))


def _deliver(run: Run, message: Message, deliver: Deliver) -> bool:
    """Send one message; False where none can be sent at the moment."""
    whom = subscription.by_id(run.private, message.subscription_id)
    if whom is None or (whom.retry_at and moment(whom.retry_at) > run.now):
        return True  # somebody left while this went on, or did not take the message before this one
    try:
        with settled(run.files, run.db):
            made = _letter(run, whom, message)
    except BusyError as error:
        run.done.troubles.append(str(error))
        return False
    if made is None:
        outbox.drop(run.private, message)
        return True
    try:
        deliver(made, message)
    except UnreachableError:
        raise
    except DeliveryError as error:
        refused = isinstance(error, RefusedError)
        if outbox.put_off(run.private, whom, run.now, refused=refused):
            run.done.troubles.append(f"{whom.id}: {error}")
        else:
            run.done.troubles.append(f"{whom.id}: {error}; it is not tried any more")
        return True
    with writing(run.private):
        outbox.mark(run.private, message, run.now)
    run.done.sent += 1
    return True


def _letter(run: Run, whom: Subscription, message: Message) -> Letter | None:
    """The letter of a message as the archive says it now; None where nothing is left to tell."""
    ours = links(run.private, run.site)
    connection = run.db.conn
    if message.matter == "fault":
        return letter.of_fault(connection, whom, ours)
    what = whom.what
    found = [(event, told(connection, what, event, ours)) for event in outbox.events_of(run.private, message)]
    if gone := [event for event, said in found if said is None]:
        with writing(run.private):
            outbox.withdraw(run.private, message, gone)
    said = [one for _, one in found if one is not None]
    if not said:
        return None
    return letter.of_events(connection, whom, ours, said, broken.among(connection, what, run.ill))

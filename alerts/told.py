"""What is said of one event, read from the archive at the moment it is told; nothing of it is kept."""

import sqlite3
from dataclasses import dataclass

from alerts.events import Event
from alerts.excerpt import Text, text_before, text_of
from alerts.links import Links
from alerts.passage import Passage, holds, passage, title
from archive.differences import difference
from archive.selection import Asked
from archive.snippets import Piece
from archive.words import squeezed

MOST_CHANGES = 3  # passages of a change that are shown
AROUND, LONGEST = 70, 240  # characters shown beside a change, and of it
_RELEASE = "SELECT url, publisher_name, published_on FROM releases WHERE id = ?"
_PRESENCE = """
SELECT state, last_seen_at, first_missing_at, missing_checks FROM presence WHERE release_id = ?
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """One passage of a change: what it was, what it is, and the words around it."""

    before: str
    after: str
    left: str = ""
    right: str = ""
    of_title: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """What was observed of a page that is missing, or was."""

    last_seen_at: str
    missing_at: str
    checks: int
    is_back: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it is told."""

    event: Event
    release_id: str
    version: int
    title: tuple[Piece, ...]
    publisher: str
    published_on: str | None
    original: str  # address on the portal
    address: str  # ours
    passage: Passage
    no_longer: bool = False  # the passage is that of the text before: the present one has nothing of it
    turns: tuple[Turn, ...] = ()
    more_turns: int = 0
    absence: Absence | None = None


def told(connection: sqlite3.Connection, what: Asked, event: Event, links: Links) -> Told | None:
    """What is said of an event to whom watches a search; None where its text is not in the archive."""
    text = text_of(connection, event)
    if text is None:
        return None
    release = connection.execute(_RELEASE, (text.release_id,)).fetchone()
    before = text_before(connection, text) if event.kind == "changed" else None
    no_longer = before is not None and not holds(what, text) and holds(what, before)
    turns = _turns(before, text) if before else []
    address = links.release(text.release_id)
    if before:
        address = links.comparison(text.release_id, before.number, text.number)
    return Told(
        event=event,
        release_id=text.release_id,
        version=text.number,
        title=title(what, text),
        publisher=release[1],
        published_on=release[2],
        original=release[0],
        address=address,
        passage=passage(connection, what, before if before and no_longer else text),
        no_longer=no_longer,
        turns=tuple(turns[:MOST_CHANGES]),
        more_turns=max(0, len(turns) - MOST_CHANGES),
        absence=_absence(connection, event, text) if event.kind == "removed" else None,
    )


def _turns(old: Text, new: Text) -> list[Turn]:
    found = [] if old.title == new.title else [Turn(squeezed(old.title), squeezed(new.title), of_title=True)]
    at, edits = 0, difference(old.text, new.text)
    kept = [edit.kept for edit in edits[1:]] + [len(old.text)]
    for edit, kept_after in zip(edits, kept, strict=True):
        at += edit.kept
        left = old.text[at - min(edit.kept, AROUND) : at]
        at += len(edit.gone)
        right = old.text[at : at + min(kept_after, AROUND)]
        gone, came = squeezed(edit.gone), squeezed(edit.new)
        if gone or came:
            found.append(Turn(_short(gone), _short(came), _after_space(left), _before_space(right)))
    return found


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _after_space(left: str) -> str:
    """The words before a change, the first of them whole."""
    cut = f"… {left.split(' ', 1)[-1]}" if len(left) == AROUND else left
    return cut.rsplit("\n", 1)[-1]


def _before_space(right: str) -> str:
    cut = f"{right.rsplit(' ', 1)[0]} …" if len(right) == AROUND else right
    return cut.split("\n", 1)[0]


def _absence(connection: sqlite3.Connection, event: Event, text: Text) -> Absence:
    row = connection.execute(_PRESENCE, (text.release_id,)).fetchone()
    state, seen, missing, checks = row or ("present", event.observed_at, event.mark, 0)
    is_back = state not in ("missing", "gone")
    return Absence(seen, missing or event.mark, checks, is_back)

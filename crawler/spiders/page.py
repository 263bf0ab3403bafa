"""What a reader makes of a list of releases: its rows, and where it goes on."""

from dataclasses import dataclass

from archive.records import Entry


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `more` are further lists of the same kind, in order."""

    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()
    problem: str | None = None  # why it is no such list at all

"""What a reader makes of a list of releases: its rows, and where it goes on."""

from dataclasses import dataclass, field

from archive.records import Entry


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `more` are further lists of the same kind, in order."""

    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()
    changed: dict[str, str] = field(default_factory=dict)  # when a further list changed, as far as it says
    ended: bool = False  # it says that no page follows
    problem: str | None = None  # why it is no such list at all
    withheld: tuple[str, ...] = ()  # rows that must not come in; addresses, to be written down nowhere

    @property
    def rows(self) -> int:
        """How many the page shows, whether they may come in or not."""
        return len(self.entries) + len(self.withheld)

"""What an import saw and what became of it: counts by reason, and by host for hosts we know."""

from collections import Counter
from dataclasses import dataclass, field

# Records of these kinds are passed over: they hold nothing that a server answered.
SILENT = frozenset({"warcinfo", "request", "metadata", "resource", "conversion", "continuation"})
DAMAGE = frozenset({"damaged", "cut_off", "wrong_digest"})
REASONS = {
    "held": "held already",
    "other_host": "on hosts of no source",
    "other_page": "no list and no release of its source",
    "no_pattern": "nothing says what releases of its source look like; name it with --source",
    "several_sources": "of several sources; name one with --source",
    "not_html": "no page, but a file",
    "robots": "robots.txt",
    "redacted": "redacted",
    "no_address": "no http address",
    "no_date": "no date, or one in the future",
    "no_answer": "no answer of an HTTP server inside",
    "no_original": "an unchanged page whose original is not held; import its file too",
    "in_segments": "one page in several records",
    "too_large": "too large",
    "wrong_digest": "not what their digest says",
    "damaged": "damaged",
    "cut_off": "cut off at the end of the file",
}


@dataclass
class Tally:
    """Counts of one file, or of several added up."""

    seen: int = 0
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)  # by source and role
    refused: Counter[str] = field(default_factory=Counter)  # by reason
    by_host: Counter[tuple[str, str]] = field(default_factory=Counter)  # host and reason, of hosts we know
    days: list[str] = field(default_factory=list)  # the first and the last day of what was taken

    def take(self, source_key: str, role: str, day: str) -> None:
        """Count a record that becomes a capture."""
        self.taken[source_key, role] += 1
        self.days = [min([day, *self.days]), max([day, *self.days])]

    def refuse(self, reason: str, host: str = "") -> None:
        """Count a record that does not."""
        self.refused[reason] += 1
        if host:
            self.by_host[host, reason] += 1

    def mend(self, later: "Tally") -> None:
        """Take along what a second reading of the same file took beyond the first."""
        before = self.captures
        self.taken += later.taken
        self.refused, self.by_host = later.refused, later.by_host
        self.refused -= Counter({"held": before})
        self.days = sorted([*self.days, *later.days])

    @property
    def captures(self) -> int:
        return self.taken.total()

    @property
    def is_sound(self) -> bool:
        """Whether nothing was broken."""
        return not any(self.refused[reason] for reason in DAMAGE)


def reason(name: str) -> str:
    """A reason for people."""
    if name.startswith("status_"):
        return f"answered with {name.removeprefix('status_')}"
    return REASONS.get(name, f"records of type {name}")

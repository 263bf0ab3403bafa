"""What a schedule is written for and consists of: the machine, the files, and the environment they share."""

import shlex
from dataclasses import dataclass
from pathlib import Path

BUILD_MINUTE, NOTIFY_MINUTE = 50, 55  # of each allowed hour
ALERT_MINUTES = (13, 28, 43, 58)  # of every hour: a run that meets a build leaves all to the next


@dataclass(frozen=True, slots=True)
class Machine:
    """What the files of a schedule say about this machine."""

    folder: Path  # holds archive.db and warc/
    program: Path
    user: str
    memory: str  # 2G, 800M
    contact: str | None = None
    sources: tuple[Path, ...] = ()  # folders with source files beside those that ship
    notify: bool = False
    alerts: bool = False

    @property
    def environment(self) -> Path:
        return self.folder / "pressearchiv.env"


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to write."""

    path: Path
    text: str
    mode: int = 0o644
    keep: bool = False  # one that is there already stays as it is


ENVIRONMENT = """\
# Read by every scheduled run of pressearchiv. Kept when the schedule is written again.
# Mail address or page at which portals reach you; no live portal is asked without it.
{contact}
{sources}
# Where `pressearchiv notify` sends: one or more of these.
#PRESSEARCHIV_MAIL=oncall@example.org
#PRESSEARCHIV_SMTP=mail.example.org:587
#PRESSEARCHIV_SMTP_USER=oncall
#PRESSEARCHIV_SMTP_PASSWORD=…
#PRESSEARCHIV_WEBHOOK=https://chat.example.org/hooks/…
#PRESSEARCHIV_NTFY=https://ntfy.example.org/pressearchiv
# From whom readers who watch a search get mail, and where its links lead (`alerts send` and `serve`).
#PRESSEARCHIV_SENDER='Pressearchiv <archiv@example.org>'
#PRESSEARCHIV_SITE=https://archiv.example.org
"""


def environment(machine: Machine) -> Planned:
    """The environment file: lines that systemd and shells read. Webhooks are secrets, so it is closed."""
    contact = _line("PRESSEARCHIV_CONTACT", machine.contact)
    sources = _line("PRESSEARCHIV_SOURCES", ":".join(map(str, machine.sources)) or None)
    text = ENVIRONMENT.format(contact=contact, sources=sources)
    return Planned(machine.environment, text, mode=0o600, keep=True)


def _line(name: str, value: str | None) -> str:
    return f"{name}={shlex.quote(value)}" if value else f"#{name}="

"""Units for systemd: a timer per source, one service for all of them, and the build after them."""

from pathlib import Path

from cli.plan import Hours, Slot
from cli.scheduled import ALERT_MINUTES, BUILD_MINUTE, NOTIFY_MINUTE, Machine, Planned

ZONE = "Europe/Berlin"
SERVICE = """\
[Unit]
Description={description}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
WorkingDirectory={folder}
EnvironmentFile={environment}
ExecStart={command}
{success}TimeoutStartSec=3h
# A crawl that is stopped ends the requests it began; the next one goes on there.
TimeoutStopSec=2min
MemoryMax={memory}
Nice=10
IOSchedulingClass=idle
SyslogIdentifier=pressearchiv
NoNewPrivileges=yes
CapabilityBoundingSet=
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={writable}
# Where the dictionary of the search is kept.
CacheDirectory=pressearchiv
Environment=XDG_CACHE_HOME=%C
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
LockPersonality=yes
"""
# Notices tell that a portal is ill; a failed unit is one that could not do its work.
ILL_IS_NO_FAILURE = "SuccessExitStatus=1\n"
TIMER = """\
[Unit]
Description={description}

[Timer]
{calendar}
AccuracySec=1min
# Not persistent: what was missed while the machine was off would start at boot, outside the allowed hours.

[Install]
WantedBy=timers.target
"""


def units(slots: list[Slot], hours: Hours, machine: Machine, folder: Path) -> list[Planned]:
    """The files of the units, in the folder in which systemd looks for them."""
    found = [_service(machine, folder, "crawl@", "Crawl %i", "crawl %i --due --no-build")]
    for slot in slots:
        calendar = [f"*-*-* {moment:%H:%M}:00 {ZONE}" for moment in slot.times]
        found.append(_timer(folder, f"crawl@{slot.key}", f"When {slot.key} is crawled", calendar))
    hourly = ",".join(f"{hour:02}" for hour in hours.hours())
    work = [("build", "Read what was captured", "build --workers 1", f"{hourly}:{BUILD_MINUTE}")]
    if machine.notify:
        told = "Tell what broke and what is well again"
        work.append(("notify", told, "notify", f"{hourly}:{NOTIFY_MINUTE}"))
    if machine.alerts:
        at = ",".join(map(str, ALERT_MINUTES))
        work.append(("alerts", "Tell who watches a search what happened", "alerts send", f"*:{at}"))
    for name, description, arguments, moments in work:
        found.append(_service(machine, folder, name, description, arguments))
        calendar = [f"*-*-* {moments}:00 {ZONE}"]
        found.append(_timer(folder, name, f"When pressearchiv-{name} runs", calendar))
    return found


def _service(machine: Machine, folder: Path, name: str, description: str, arguments: str) -> Planned:
    text = SERVICE.format(
        description=f"{description} (pressearchiv)",
        user=machine.user,
        folder=_plain(machine.folder),
        environment=_plain(machine.environment),
        command=f"{_quoted(machine.program)} {arguments}",
        memory=machine.memory,
        success="" if name == "notify" else ILL_IS_NO_FAILURE,
        writable=_quoted(machine.folder),
    )
    return Planned(folder / f"pressearchiv-{name}.service", text)


def _timer(folder: Path, name: str, description: str, calendar: list[str]) -> Planned:
    lines = "\n".join(f"OnCalendar={line}" for line in calendar)
    text = TIMER.format(description=description, calendar=lines)
    return Planned(folder / f"pressearchiv-{name}.timer", text)


def _plain(path: Path) -> str:
    """A path that has its line to itself; a percent sign would begin a specifier."""
    return str(path).replace("%", "%%")


def _quoted(path: Path) -> str:
    """A path as one word of a command line."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"'.replace("%", "%%")

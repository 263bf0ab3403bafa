"""A crontab for machines without systemd: the same plan, a log file that is rotated, a limit on memory."""

import shlex
from pathlib import Path

from cli.plan import Hours, Slot
from cli.scheduled import ALERT_MINUTES, BUILD_MINUTE, NOTIFY_MINUTE, Machine, Planned

RUN = """\
#!/bin/sh
# One scheduled run: environment, folder, limits, log. Called by the crontab.
set -a
. {environment}
set +a
cd {folder} || exit 1
mkdir -p -m 755 log
# Address space in KiB; cron knows no limit of its own.
ulimit -v {kibibytes}
echo "$(date +%Y-%m-%dT%H:%M:%S%z) $*" >>log/pressearchiv.log
exec nice -n 10 {program} "$@" >>log/pressearchiv.log 2>&1
"""
HEAD = """\
# pressearchiv: due crawls, spread over the day. Hours are those of this machine's clock.
MAILTO=""
"""
LOGROTATE = """\
"{folder}/log/pressearchiv.log" {{
    weekly
    rotate 8
    compress
    delaycompress
    missingok
    notifempty
    # Runs that go on keep their open file; the next one begins a new one.
    nocreate
}}
"""
UNITS = {"M": 1024, "G": 1024 * 1024}


def files(slots: list[Slot], hours: Hours, machine: Machine, folder: Path) -> list[Planned]:
    """The crontab and the logrotate snippet in `folder`; the script that they call beside the archive."""
    script = machine.folder / "pressearchiv-run"
    return [
        Planned(folder / "pressearchiv.crontab", crontab(slots, hours, script, machine)),
        Planned(folder / "pressearchiv.logrotate", LOGROTATE.format(folder=machine.folder)),
        Planned(script, _script(machine), mode=0o755),
    ]


def crontab(slots: list[Slot], hours: Hours, script: Path, machine: Machine) -> str:
    """The lines of the crontab; a percent sign would end a command there."""
    run = shlex.quote(str(script)).replace("%", "\\%")
    lines = [
        f"{moment.minute} {moment.hour} * * * {run} crawl {slot.key} --due --no-build"
        for slot in slots
        for moment in slot.times
    ]
    hourly = ",".join(map(str, hours.hours()))
    lines.append(f"{BUILD_MINUTE} {hourly} * * * {run} build --workers 1")
    if machine.notify:
        lines.append(f"{NOTIFY_MINUTE} {hourly} * * * {run} notify")
    if machine.alerts:
        lines.append(f"{','.join(map(str, ALERT_MINUTES))} * * * * {run} alerts send")
    return HEAD + "\n".join(lines) + "\n"


def _script(machine: Machine) -> str:
    return RUN.format(
        environment=shlex.quote(str(machine.environment)),
        folder=shlex.quote(str(machine.folder)),
        program=shlex.quote(str(machine.program)),
        kibibytes=int(machine.memory[:-1]) * UNITS[machine.memory[-1]],
    )

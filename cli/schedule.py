"""`pressearchiv schedule`: crawls, builds and notices at fixed times on this machine."""

import os
import pwd
import re
import shutil
import sys
from datetime import time
from pathlib import Path

import click

from archive.errors import ArchiveError
from archive.source import known_sources
from cli import crontab, systemd
from cli.options import chosen, contact_option
from cli.plan import Hours, plan
from cli.scheduled import Machine, Planned, environment

BETWEEN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
MEMORY = re.compile(r"[1-9]\d*[MG]")
RUNS_SYSTEMD = Path("/run/systemd/system")


def _hours(_ctx: click.Context, _param: click.Parameter, text: str) -> Hours:
    if not (match := BETWEEN.fullmatch(text)):
        raise click.BadParameter(f"{text} is no span of hours; write it like 05:00-22:00")
    first, last, end_first, end_last = map(int, match.groups())
    return Hours(time(first, last), time(end_first, end_last))


def _memory(_ctx: click.Context, _param: click.Parameter, text: str) -> str:
    if not MEMORY.fullmatch(text):
        raise click.BadParameter(f"{text} is no size; write it like 2G or 800M")
    return text


def _user() -> str:
    """Who calls; a number where the machine knows no name for it, as in containers."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


@click.command()
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@click.option("--systemd/--cron", "by_systemd", default=None, help="For which; what runs here if not said.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True, resolve_path=True),
    default=".",
    help="The folder that holds archive.db and warc/; the current one if not said.",
)
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path, file_okay=False, exists=True, resolve_path=True),
    help="Put the files into this folder (for systemd /etc/systemd/system) instead of showing them.",
)
@click.option(
    "--between", "hours", default="05:00-22:00", show_default=True, callback=_hours, help="Allowed hours."
)
@click.option("--memory", default="2G", show_default=True, callback=_memory, help="Limit of each run.")
@click.option("--user", default=_user, show_default="you", help="Who runs it.")
@click.option("--notify", is_flag=True, help="Run `pressearchiv notify` after each build too.")
@click.option("--alerts", is_flag=True, help="Run `pressearchiv alerts send` four times an hour too.")
@click.option(
    "--sources",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    envvar="PRESSEARCHIV_SOURCES",
    help="A folder with source files of your own, beside those that ship; may be given twice.",
)
@contact_option
def schedule(
    keys: tuple[str, ...],
    by_systemd: bool | None,
    folder: Path,
    target: Path | None,
    hours: Hours,
    memory: str,
    user: str,
    notify: bool,
    alerts: bool,
    folders: tuple[Path, ...],
    contact: str | None,
) -> None:
    """Write systemd units or a crontab: each SOURCE (all active ones) in its rhythm, spread over the day.

    The moment of a source follows from its host, so that a new one moves few others, and sources of one host
    are far apart. Two runs of a source never overlap, because a crawl holds a lock. Nothing is installed: you
    see the files, or --write puts them where you say, and the end of the output says what to do with them.

    \b
    pressearchiv schedule --folder /srv/pressearchiv --contact you@example.org
    pressearchiv schedule --systemd --write /etc/systemd/system --user pressearchiv --notify
    pressearchiv schedule --cron --between 22:00-05:00 th-tmil th-tsk
    """
    sources = chosen(keys, known_sources(folders))
    machine = Machine(folder, _program(), user, memory, contact, folders, notify, alerts)
    if by_systemd is None:
        by_systemd = RUNS_SYSTEMD.is_dir()
    write = systemd.units if by_systemd else crontab.files
    shown = target or (Path("/etc/systemd/system") if by_systemd else folder)
    files = [environment(machine), *write(plan(sources, hours), hours, machine, shown)]
    if target is None:
        click.echo("\n".join(f"# {file.path}\n{file.text}" for file in files), nl=False)
        return
    for file in files:
        _write(file, folder)
    click.echo(f"Wrote {len(files)} files for {len(sources)} sources to {target} and {folder}.")
    click.echo(_next(target, files, by_systemd=by_systemd))
    _compare(machine)


def _compare(machine: Machine) -> None:
    """Say where the environment file, which is kept once it is there, differs from what was asked for."""
    kept = machine.environment.read_text("utf-8").splitlines()
    for line in environment(machine).text.splitlines():
        if line.startswith("PRESSEARCHIV_") and line not in kept:
            click.echo(f"{machine.environment} is kept and does not say {line}; correct it there.")
    if not any(line.startswith("PRESSEARCHIV_CONTACT=") for line in kept):
        click.echo(f"No contact is set: no live portal is asked until {machine.environment} says one.")


def _program() -> Path:
    """The command as it is installed; timers have no PATH of yours."""
    beside = Path(sys.executable).with_name("pressearchiv")
    if beside.exists():
        return beside
    if found := shutil.which("pressearchiv"):
        return Path(found)
    raise ArchiveError(
        f"no pressearchiv beside {sys.executable}; install the package, then run it from there"
    )


def _write(file: Planned, folder: Path) -> None:
    """Write a file; in the folder of the archive it belongs to whom the folder belongs, whoever writes."""
    if file.keep and file.path.exists():
        return
    try:
        file.path.touch(mode=file.mode)
        file.path.chmod(file.mode)
        file.path.write_text(file.text, "utf-8")
        if file.path.parent == folder and os.geteuid() == 0:
            os.chown(file.path, folder.stat().st_uid, folder.stat().st_gid)
    except OSError as error:
        raise ArchiveError(f"{file.path} cannot be written ({error}); choose a folder of yours") from error


def _next(target: Path, files: list[Planned], *, by_systemd: bool) -> str:
    if not by_systemd:
        return (
            f"Now:\n  cd {target} && crontab pressearchiv.crontab  # in place of the one you have\n"
            f"  cp {target / 'pressearchiv.logrotate'} /etc/logrotate.d/pressearchiv  # as root"
        )
    planned = {file.path for file in files}
    old = sorted(path.name for path in target.glob("pressearchiv-*.timer") if path not in planned)
    stop = [f"systemctl disable --now {' '.join(old)} && rm {' '.join(old)}"] if old else []
    start = "systemctl daemon-reload && systemctl enable --now pressearchiv-*.timer"
    return "\n".join(["Now:", *(f"  cd {target} && {command}" for command in [*stop, start])])

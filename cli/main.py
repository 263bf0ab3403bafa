"""`pressearchiv`: the verbs, each loaded only when it is called, so that the command starts quickly."""

import importlib
import io
import keyword
import os
import sqlite3
import sys

import click

from archive.errors import ArchiveError

VERBS = {
    "demo": "The whole main job against invented portals, without internet.",
    "crawl": "Collect releases, archive every response, build what is new.",
    "dispatch": "Send crawls to nodes that run scrapyd, each host to one of them.",
    "import": "Take captures from WARC files that others made.",
    "merge": "Bring together what several machines archived.",
    "build": "Read what was captured and write what it says.",
    "serve": "Browse and search the archive in the browser.",
    "sources": "The registry: whom we follow, and how sure we are of each.",
    "status": "One line per source: verdict, since when, cause, what to do.",
    "schedule": "Write systemd timers or a crontab for this machine.",
    "notify": "Tell by mail, webhook or ntfy what broke and what is well again, each once.",
    "alerts": "Who watches which search, told by mail or webhook: each event once.",
    "correct": "Decide about single values: reject, set, merge, split; kept in a reviewed file.",
    "redact": "Take a text, a name or a whole release out of everything, for good.",
    "cite": "Cite one version of a release, or find the bytes that a citation cites.",
    "export": "Write data sets of everything or of a selection: CSV, Parquet, SQLite, TEI and others.",
    "snapshot": "Publish a reproducible copy of the data, with the difference to the one before.",
    "verify": "Prove that evidence, facts and search index agree.",
    "extract": "Find ministers, districts, municipalities, amounts and dates in German text.",
    "parse": "Read one saved page: title, number, kind, date, text, attachments.",
}


class Verbs(click.Group):
    """A group whose commands live in modules of their own, of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        name = cmd_name + "_" * keyword.iskeyword(cmd_name)
        command = getattr(importlib.import_module(f"cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Click would import every command for its first line; that takes longer than reading the help.
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pressearchiv")
def pressearchiv() -> None:
    """The archive of what German ministries say in public.

    \b
    pressearchiv demo                    the whole main job against invented portals, no internet
    pressearchiv sources list            whom we know
    pressearchiv crawl th-tmasgff        collect one ministry, keep the evidence, build what is new
    pressearchiv serve                   browse and search the archive
    pressearchiv extract release.txt --published 2018-03-28 --jurisdiction DE-TH --explain

    The archive is two things in the current folder: warc/ (the evidence) and archive.db (what it says).
    """


def main() -> None:
    """The entry point. What goes wrong outside the code ends it with a message that names the mend.

    Exit codes: 0 all is well, 1 something is to look at, 2 bad use or trouble outside, 130 interrupted.
    """
    # Some file systems and shells say ASCII (LANG=C); the output is UTF-8 everywhere.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = pressearchiv(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ArchiveError as error:
        return _say(str(error), 2)
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted; nothing that was archived is lost, run the command again", 130)
    except BrokenPipeError:  # the reader went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except sqlite3.DatabaseError as error:
        return _say(f"the database cannot be used ({error}); {REMAKE}", 2)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}; check rights, space and that it exists", 2)
    return code if isinstance(code, int) else 0


REMAKE = (
    "check rights and space; if it is damaged, move it away, and `pressearchiv build` makes it from warc/"
)


def _say(message: str, code: int) -> int:
    click.echo(f"pressearchiv: {message}", err=True)
    return code

"""Options that several verbs share, with their defaults; paths are arguments everywhere below."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from archive.errors import SourceError
from archive.source import Source, known_sources, read_sources
from archive.source_check import faults


def _load(_ctx: click.Context, _param: click.Parameter, folders: tuple[Path, ...]) -> dict[str, Source]:
    for folder in folders:  # those that ship are checked by the tests
        for source in read_sources(folder).values():
            for fault in faults(source):
                raise SourceError(f"{folder}, {source.key}.toml: {fault}")
    return known_sources(folders)


archive_option = click.option(
    "--archive",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("archive.db"),
    show_default=True,
    help="The database.",
)
warc_option = click.option(
    "--warc",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("warc"),
    show_default=True,
    help="The folder of the WARC files.",
)
corrections_option = click.option(
    "--corrections",
    "corrections_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("corrections.toml"),
    show_default=True,
    help="The file of decisions about single values.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    default=lambda: os.cpu_count() or 1,
    show_default="one per core",
    help="Processes that work side by side.",
)
sources_option = click.option(
    "--sources",
    multiple=True,
    callback=_load,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="PRESSEARCHIV_SOURCES",
    help="A folder with source files of your own, beside those that ship; may be given twice. Or set "
    "PRESSEARCHIV_SOURCES to folders with a colon between them.",
)
host_option = click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to serve on."
)
port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8001,
    show_default=True,
    help="Port to serve on; 0 takes a free one.",
)
contact_option = click.option(
    "--contact",
    envvar="PRESSEARCHIV_CONTACT",
    metavar="ADDRESS",
    help="Mail address or page at which portals reach you; sent with every request. Needed for live portals. "
    "Or set PRESSEARCHIV_CONTACT.",
)


def chosen(keys: Sequence[str], sources: dict[str, Source]) -> list[Source]:
    """The sources that were named; all active ones where none was."""
    unknown = [key for key in keys if key not in sources]
    if unknown:
        raise click.UsageError(f"unknown source {', '.join(unknown)}; `pressearchiv sources list` shows all")
    found = [sources[key] for key in keys] or [s for s in sources.values() if s.status == "active"]
    if not found:
        raise click.UsageError(
            "no source is active yet; name one, for instance `pressearchiv crawl th-tmil --limit 20`, look "
            'at what comes, and set status = "active" in its file'
        )
    return found

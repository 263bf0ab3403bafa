"""Options that several verbs share, with their defaults; paths are arguments everywhere below."""

import os
from pathlib import Path

import click

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
workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    show_default="one per core",
    help="Processes that work side by side.",
)

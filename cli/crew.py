"""The option by which work goes to a Dask cluster instead of processes of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from pipeline.workers import Crew  # brings processes along, which one text does not need

HERE = "local"
dask_option = click.option(
    "--dask",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value=HERE,
    help="Read on the Dask cluster whose scheduler answers there; without an address, on one of this machine "
    "with as many workers as --workers says. Needs pressearchiv[cluster].",
)


@contextmanager
def crew(address: str | None, workers: int, path: Path) -> Iterator["Crew | None"]:
    """Those who read what lies at a path; None where the processes of this machine do."""
    if address is None:
        yield None
        return
    try:
        from pipeline.cluster import cluster  # Dask is slow to import, and few need it
    except ModuleNotFoundError as error:
        raise ArchiveError(f"--dask needs {error.name}; install pressearchiv[cluster]") from error
    with cluster(None if address == HERE else address, workers, path) as found:
        yield found

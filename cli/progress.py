"""Progress on standard error, and silence where nobody watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function to call with steps done and steps to do."""
    with bars() as begin:
        yield begin(what)


@contextmanager
def bars() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """A function that begins a bar of its own, below those before it, for what one does after the other."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def begin(what: str) -> Callable[[int, int], None]:
            task = progress.add_task(what, total=None)
            return lambda done, total: progress.update(task, completed=done, total=total)

        yield begin


@contextmanager
def counting(what: str) -> Iterator[Callable[[str], None]]:
    """A function to call with how far it is, where nobody knows how much there is to do."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda text: None
        return
    with console.status(f"{what} …") as status:
        yield lambda text: status.update(f"{what}: {text}")

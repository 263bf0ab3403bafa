"""Run the benchmarks and write their figures as JSON."""

import importlib
import json
import platform
from pathlib import Path

import click
from rich.console import Console

NAMES = ("extract", "parse", "write", "search", "crawl", "near_duplicates", "exports")


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default=Path("benchmarks/results.json")
)
def main(names: tuple[str, ...], out: Path) -> None:
    """Measure NAMES (all where none is given), each against a peer in the same run.

    The figures of those that are not named stay as they were.

    Machines are noisy: compare the ratios, not the seconds. Needs the development extras.
    """
    console = Console()
    results: dict[str, object] = json.loads(out.read_text("utf-8")) if names and out.exists() else {}
    results |= {"python": platform.python_version(), "machine": platform.machine()}
    for name in names or NAMES:
        console.print(f"[bold]{name}[/bold]")
        figures = importlib.import_module(f"benchmarks.{name}").run()
        for figure, value in figures.items():
            console.print(f"  {figure:36} {value:>12}")
        results[name] = figures
    out.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    console.print(f"written to {out}")


if __name__ == "__main__":
    main()

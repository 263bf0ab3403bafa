"""What a hundred million pages would take: a table on paper, computed from measured unit costs.

`python -m benchmarks.plan [--pages N] [--core-hour EURO] …`; docs/scale.md holds what it prints without
options, and a test compares the two.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

import click
import msgspec

HOUR_MS = 3_600_000.0
MILLION = 1_000_000
DAY_S = 86_400
TB = 1e12


@dataclass(frozen=True)
class Costs:
    """Processor time and bytes of one page; measured, docs/scale.md says how."""

    fetch_ms: float = 1.30  # fetched, archived, noted
    parse_ms_per_kb: float = 0.029  # of the page as it is unpacked
    extract_ms: float = 1.86  # everything else that a worker does: mentions, terms of the index, rows
    write_ms: float = 1.8  # of the one process that writes a million
    write_growth: float = 0.13  # a page costs this power of the number of pages
    dask_ms: float = 0.36  # in the same process, and the scheduler's
    merge_ms: float = 0.28
    page_kb: float = 188.0
    warc_kb: float = 22.5
    answer_kb: float = 6.8  # that a worker sends back
    database_kb: float = 15.0

    @property
    def read_ms(self) -> float:
        return self.extract_ms + self.parse_ms_per_kb * self.page_kb

    def writer_ms(self, pages: int) -> float:
        """A page's cost for the one who writes, in an archive of so many."""
        return float(self.write_ms * (pages / MILLION) ** self.write_growth) + self.dask_ms


@dataclass(frozen=True)
class Assumed:
    """What nobody can measure here. Prices are placeholders to put your own in, and no offer of anybody."""

    pages: int = 100_000_000
    core_hour: float = 0.04  # euros
    tb_month: float = 20.0  # euros
    hosts: int = 5_000
    largest_host: int = 1_000_000  # pages
    pages_per_second: float = 1.0  # from one host, as polite crawls ask
    archive_pages: int = 5_000_000  # in one database
    cores: int = 4  # of a machine; one of them writes


def table(costs: Costs, assumed: Assumed) -> list[str]:
    """Lines of Markdown: hours of a core and euros for each step, for a million pages and for all."""
    head = f"| step | a page | a million pages | {assumed.pages:,} pages | euros |"
    return [head, "|---|---|---|---|---|", *_steps(costs, assumed)]


def _steps(costs: Costs, assumed: Assumed) -> Iterator[str]:
    steps = {
        "crawling: fetch, archive, note": costs.fetch_ms,
        "merging": costs.merge_ms,
        "reading: parse, extract, prepare (any number of workers)": costs.read_ms,
        f"writing, in archives of {assumed.archive_pages:,}; Dask's part": costs.writer_ms(
            assumed.archive_pages
        ),
    }
    for name, ms in (*steps.items(), ("together", sum(steps.values()))):
        million, all_of_them = ms * 1e6 / HOUR_MS, ms * assumed.pages / HOUR_MS
        yield (
            f"| {name} | {ms:.2f} ms | {million:.1f} h | {all_of_them:,.0f} h "
            f"| {all_of_them * assumed.core_hour:,.0f} |"
        )
    for name, kb in (("WARC files", costs.warc_kb), ("databases", costs.database_kb)):
        held = kb * 1e3 * assumed.pages / TB
        yield (
            f"| {name} | {kb:.1f} kB | {kb:.1f} GB | {held:.2f} TB | {held * assumed.tb_month:,.0f} a month |"
        )


def findings(costs: Costs, assumed: Assumed) -> list[str]:
    """What follows: where it is bound, as a list in Markdown."""
    archives = -(-assumed.pages // assumed.archive_pages)
    one = costs.writer_ms(assumed.pages) * assumed.pages / HOUR_MS
    a_page = costs.writer_ms(assumed.archive_pages)
    each = a_page * assumed.archive_pages / HOUR_MS
    reading = costs.read_ms * assumed.archive_pages / HOUR_MS / (assumed.cores - 1)
    built = max(each, reading)
    price = built * assumed.cores * assumed.core_hour
    polite = assumed.largest_host / assumed.pages_per_second / DAY_S
    mean = assumed.pages / assumed.hosts / assumed.pages_per_second / DAY_S
    network = costs.warc_kb * 1e3 / (costs.read_ms / 1e3) * 8 / 1e6
    gb = costs.database_kb * 1e3 * assumed.archive_pages / 1e9
    return [
        f"- One writer keeps {costs.read_ms / a_page:.1f} reading cores busy; more workers wait for it.",
        f"- One archive for all of it: {one:,.0f} hours of one core for the writer alone, and a database of "
        f"{costs.database_kb * 1e3 * assumed.pages / TB:.2f} TB.",
        f"- {archives} archives of {assumed.archive_pages:,} pages: {each:.1f} hours of a writer and "
        f"{gb:.0f} GB of database each. On {archives} machines of {assumed.cores} cores, one of which "
        f"writes, all are built side by side in {built:.1f} hours; rented for that time, "
        f"{archives * price:,.0f} euros.",
        f"- On one such machine, one archive after the other: {archives * built / 24:.1f} days.",
        f"- At {assumed.pages_per_second:g} page a second and host, the largest host "
        f"({assumed.largest_host:,} pages) takes {polite:.1f} days, one of {assumed.hosts:,} equal ones "
        f"{mean * 24:.1f} hours.",
        f"- A reading core takes {network:.0f} Mbit/s of evidence from the network and sends "
        f"{costs.answer_kb / costs.warc_kb:.2f} times as much back.",
    ]


def page(costs: Costs, assumed: Assumed) -> str:
    """What docs/scale.md holds."""
    return "\n".join([*table(costs, assumed), "", *findings(costs, assumed)])


@click.command()
def main(**said: float | None) -> None:
    """Compute the plan, with figures of your own where you name them."""
    given = {name: value for name, value in said.items() if value is not None}
    costs = msgspec.convert({**asdict(Costs()), **given}, Costs)
    assumed = msgspec.convert({**asdict(Assumed()), **given}, Assumed)
    click.echo(page(costs, assumed))


for _field in (*fields(Assumed), *fields(Costs)):
    _kind = type(_field.default)
    main.params.append(
        click.Option([f"--{_field.name.replace('_', '-')}"], type=_kind, help=str(_field.default))
    )


if __name__ == "__main__":
    main()

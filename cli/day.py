"""A day on the command line; apart from the other options, which read the registry of sources."""

from datetime import date

import click


class Day(click.ParamType[date]):
    """A day as 2018-03-28."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2018-03-28", param, ctx)

"""Options that choose releases as the search page does; a new filter of the search is an option by itself."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from archive.parameters import PARAMETERS
from archive.selection import Asked, asked


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options; the command gets them as keyword arguments by the names of the filters."""
    for parameter in reversed(PARAMETERS):
        option, name = f"--{parameter.option}", parameter.name
        if parameter.form == "flag":
            decorator = click.option(option, name, is_flag=True, help=parameter.help)
        else:
            decorator = click.option(option, name, metavar=parameter.metavar, help=parameter.help)
        command = decorator(command)
    return command


def selected(options: Mapping[str, Any]) -> Asked | None:
    """What was asked for; None where nothing was. Raises UsageError where a value means nothing."""
    named = {parameter.name: parameter for parameter in PARAMETERS}
    given = {name: "1" if options[name] is True else options[name] for name in named if options[name]}
    if not given:
        return None
    what = asked(given)
    for name, value in given.items():
        if not getattr(what, name):
            raise click.BadParameter(f"{value!r} cannot be meant", param_hint=f"--{named[name].option}")
    return what

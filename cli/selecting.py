"""Options that choose releases as the search page does; a new filter of the search is an option by itself."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import click

from archive.filters import FILTERS, FLAGS
from archive.selection import Asked, asked

NAMES = {  # filter: (option, what a value is, help)
    "q": ("query", "WORDS", "Words to look for, as on the search page."),
    "land": ("jurisdiction", "CODE", "Of this Land, for instance DE-TH; DE is the federation."),
    "herausgeber": ("publisher", "NAME", "By this publisher, by its full name."),
    "quelle": ("source", "KEY", "From this source."),
    "art": ("kind", "KIND", "Of this kind: press_release, joint_release, media_invitation, speech …"),
    "jahr": ("year", "YYYY", "Of this year."),
    "von": ("since", "DAY", "Published on this day (YYYY-MM-DD) or later."),
    "bis": ("until", "DAY", "Published on this day or earlier."),
    "kreis": ("district", "AGS", "Naming this district or a place in it, by its official key of 5 digits."),
    "gemeinde": ("municipality", "AGS", "Naming this municipality, by its official key of 8 digits."),
    "person": ("person", "ID", "Naming this minister, by the id in the table ministers."),
    "amt": ("office", "OFFICE", "Naming the holder of an office."),
    "betrag_von": ("amount-from", "EUROS", "Naming an amount of at least so much."),
    "betrag_bis": ("amount-to", "EUROS", "Naming an amount of at most so much."),
    "geaendert": ("changed", "", "Seen in more than one version."),
    "verschwunden": ("missing", "", "Whose page is gone."),
    "anhang": ("with-attachment", "", "With an attached file."),
    "foerderung": ("with-grant", "", "Telling of a grant."),
}
OPTIONS = [field.name for field in fields(Asked) if field.name == "q" or field.name in FILTERS]


def selection_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options; the command gets them as keyword arguments by the names of the filters."""
    for name in reversed(OPTIONS):
        option, value, text = NAMES.get(
            name, (name.replace("_", "-"), "VALUE", f"As `{name}` of the search page.")
        )
        if name in FLAGS:
            decorator = click.option(f"--{option}", name, is_flag=True, help=text)
        else:
            decorator = click.option(f"--{option}", name, metavar=value, help=text)
        command = decorator(command)
    return command


def selected(options: Mapping[str, Any]) -> Asked | None:
    """What was asked for; None where nothing was. Raises UsageError where a value means nothing."""
    given = {name: "1" if options[name] is True else options[name] for name in OPTIONS if options[name]}
    if not given:
        return None
    what = asked(given)
    for name, value in given.items():
        if not getattr(what, name):
            option = NAMES.get(name, (name, "", ""))[0]
            raise click.BadParameter(f"{value!r} cannot be meant", param_hint=f"--{option}")
    return what

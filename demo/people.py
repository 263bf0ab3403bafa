"""Who is named: people who do not exist, and ministers who held office on the day."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from demo.dice import Dice


@dataclass(frozen=True)
class Person:
    """Somebody invented."""

    first: str
    last: str
    woman: bool

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


@dataclass(frozen=True)
class Minister:
    """Somebody real, with a short title that the press would use and the span in which it is right."""

    name: str
    portal: str
    title: str
    fields: tuple[str, ...]
    since: date
    until: date


@cache
def _people() -> dict[str, Any]:
    return tomllib.loads((files("demo.texts") / "people.toml").read_text("utf-8"))


@cache
def ministers() -> tuple[Minister, ...]:
    return tuple(
        Minister(
            entry["name"],
            entry["portal"],
            entry["title"],
            tuple(entry["fields"]),
            entry["from"],
            entry.get("until", date.max),
        )
        for entry in _people()["minister"]
    )


def minister_on(portal: str, field: str, day: date) -> Minister | None:
    """The minister responsible for a field on a day; None where the table is silent."""
    for minister in ministers():
        if minister.portal == portal and field in minister.fields and minister.since <= day <= minister.until:
            return minister
    return None


def invent(dice: Dice, sex: str) -> Person:
    """Somebody new; `sex` is "f", "m" or "x" for either."""
    woman = dice.chance(50) if sex == "x" else sex == "f"
    first = dice.pick(_people()["women" if woman else "men"])
    return Person(first, dice.pick(_people()["surnames"]), woman)

"""The skeletons of releases, read strictly from the text files beside them.

A skeleton is one release written by hand with room for variation: `{a|b}` offers a choice, `<name>` is a
slot, a body paragraph that starts with `?` may be left out, `## ` starts a subheading, `- ` a list item, and
`@voices` stands for the quote whose turn it is.
Each of its `rows` fills the slots of its subject and makes another release.
"""

import dataclasses
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from demo.release import Kind

TEXTS = ("bau", "bildung", "soziales", "sicherheit", "land", "umwelt", "kultur", "finanzen", "termine")


@dataclasses.dataclass(frozen=True)
class Skeleton:
    """What stands in one `[[release]]` table.

    `amounts` are ranges in euro or shares of another ("A*0.8"), `days` offsets from the day of release,
    with a weekday to wait for if there is a third number. `rural` asks for a district that is no city,
    `seat` for its largest town. Titles and leads belong together pairwise if there are equally many.
    """

    key: str
    portals: tuple[str, ...]
    titles: tuple[str, ...]
    lead: tuple[str, ...]
    body: tuple[str | list[str], ...]
    rows: tuple[dict[str, str], ...]
    voices: tuple[str, ...] = ()
    kind: Kind = "press_release"
    field: str = ""
    kickers: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    rural: bool = False
    seat: bool = False
    amounts: dict[str, list[int] | str] = dataclasses.field(default_factory=dict)
    days: dict[str, list[int]] = dataclasses.field(default_factory=dict)
    numbers: dict[str, list[int]] = dataclasses.field(default_factory=dict)
    people: dict[str, str] = dataclasses.field(default_factory=dict)
    minister: tuple[str, ...] = ()
    attachment: str = ""


def skeleton(raw: dict[str, Any]) -> Skeleton:
    """Raises TypeError where a key is unknown or missing."""
    lists = {f.name for f in dataclasses.fields(Skeleton) if str(f.type).startswith("tuple")}
    values: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in raw.items()}
    return Skeleton(**values)


@cache
def skeletons() -> tuple[Skeleton, ...]:
    found = []
    for name in TEXTS:
        raw = tomllib.loads((files("demo.texts") / f"{name}.toml").read_text("utf-8"))
        found += [skeleton(entry) for entry in raw["release"]]
    return tuple(found)

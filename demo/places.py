"""Districts and municipalities that releases name, in the grammatical forms a sentence needs."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Municipality:
    ags: str
    name: str
    kind: str


@dataclass(frozen=True)
class District:
    """`name` as in the register: "Landkreis Gotha", "Ilm-Kreis", or just "Jena" for a district-free city."""

    ags: str
    name: str
    state: str
    city: bool
    municipalities: tuple[Municipality, ...]

    def phrase(self, case: str) -> str:
        """The name after `der` (nominative), `des`, `dem`, `den`, `im` or, without an article, `name`.

        >>> District("16070", "Ilm-Kreis", "DE-TH", False, ()).phrase("des")
        'des Ilm-Kreises'
        >>> District("16053", "Jena", "DE-TH", True, ()).phrase("im")
        'in der Stadt Jena'
        """
        if case == "name":
            return self.name
        if self.city:
            article = {"der": "die", "des": "der", "dem": "der", "den": "die", "im": "in der"}[case]
            return f"{article} Stadt {self.name}"
        if case == "des":
            return "des " + re.sub(r"([Kk]reis)\b", r"\1es", self.name)
        return f"{case} {self.name}"

    def around(self, place: Municipality) -> str:
        """The place with its district, unless it is its own district.

        >>> gotha = Municipality("16067029", "Gotha", "Stadt")
        >>> District("16067", "Landkreis Gotha", "DE-TH", False, (gotha,)).around(gotha)
        'Gotha (Landkreis Gotha)'
        """
        if self.city:
            return place.name
        if "(" in place.name:
            return f"{place.name} {self.phrase('im')}"
        return f"{place.name} ({self.name})"


def joined(names: Sequence[str]) -> str:
    """
    >>> joined(["Gotha", "Sonneberg", "Greiz"])
    'Gotha, Sonneberg und Greiz'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} und {names[-1]}"


def listed(districts: Sequence[District]) -> str:
    """Several districts after "in", grouped as a press office would.

    >>> gotha = District("16067", "Landkreis Gotha", "DE-TH", False, ())
    >>> greiz = District("16076", "Landkreis Greiz", "DE-TH", False, ())
    >>> ilm = District("16070", "Ilm-Kreis", "DE-TH", False, ())
    >>> listed([gotha, greiz, ilm])
    'in den Landkreisen Gotha und Greiz sowie im Ilm-Kreis'
    """
    rural = [d.name.removeprefix("Landkreis ") for d in districts if d.name.startswith("Landkreis ")]
    own = [d.phrase("im") for d in districts if not d.city and not d.name.startswith("Landkreis ")]
    cities = [d.name for d in districts if d.city]
    parts = []
    if rural:
        parts.append(f"in den Landkreisen {joined(rural)}" if len(rural) > 1 else f"im Landkreis {rural[0]}")
    if own:
        parts.append(joined(own))
    if cities:
        parts.append(f"in {joined(cities)}")
    return " sowie ".join(parts) if len(parts) < 3 else f"{parts[0]}, {parts[1]} sowie {parts[2]}"


@cache
def districts() -> tuple[District, ...]:
    raw = tomllib.loads((files("demo.texts") / "places.toml").read_text("utf-8"))
    return tuple(
        District(
            entry["ags"],
            entry["name"],
            entry["state"],
            entry["city"],
            tuple(Municipality(*row) for row in entry["municipalities"]),
        )
        for entry in raw["district"]
    )


@cache
def districts_of(portal: str) -> tuple[District, ...]:
    """A state's portal speaks of its own districts, the federal one of all."""
    state = {"demo-thueringen": "DE-TH", "demo-feed": "DE-ST"}.get(portal)
    return tuple(district for district in districts() if state is None or district.state == state)

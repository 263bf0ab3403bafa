"""The drawing of Germany: an outline of each district of today, and where a place lies in it."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import cos, radians
from typing import NamedTuple

from archive.territory import municipalities

CREDIT = "© Statistisches Bundesamt (Destatis), 2023; Natural Earth; schematisch, eigene Zeichnung"
SHRINK = cos(radians(51))  # of a degree of longitude, as the drawing was made
MARGIN = 6.0  # units of the drawing around what is shown
_STEP = re.compile(r"([Ml])(-?[\d.]+) (-?[\d.]+)")


class Box(NamedTuple):
    """A part of the drawing, in its units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def view(self) -> str:
        """As the viewBox of an SVG picture."""
        width, height = self.right - self.left, self.bottom - self.top
        return f"{self.left:g} {self.top:g} {width:.1f} {height:.1f}"


class Shapes(NamedTuple):
    """The drawing: paths by district key."""

    width: int
    height: int
    paths: dict[str, str]


@cache
def shapes() -> Shapes:
    """Reads reference/district_shapes.json once."""
    read = json.loads((files("reference") / "district_shapes.json").read_text("utf-8"))
    return Shapes(read["width"], read["height"], read["shapes"])


def around(keys: Iterable[str]) -> Box:
    """The part of the drawing that holds these districts, with a margin."""
    boxes = [_box(shapes().paths[key]) for key in keys]
    left, top = min(b.left for b in boxes), min(b.top for b in boxes)
    right, bottom = max(b.right for b in boxes), max(b.bottom for b in boxes)
    return Box(*(round(v, 1) for v in (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)))


def point(lat: float, lon: float) -> tuple[float, float]:
    """Where a place lies in the drawing, in its units; good to a few kilometres."""
    scale, left, top = _projection()
    return round(scale * lon * SHRINK - left, 1), round(top - scale * lat, 1)


@cache
def _box(path: str) -> Box:
    """
    >>> _box("M10 20l5 0l0 7zM0 3l1 1l-2 0z")
    Box(left=-1.0, top=3.0, right=15.0, bottom=27.0)
    """
    x = y = 0.0
    xs, ys = [], []
    for step, across, down in _STEP.findall(path):
        x = float(across) + (x if step == "l" else 0)
        y = float(down) + (y if step == "l" else 0)
        xs.append(x)
        ys.append(y)
    return Box(min(xs), min(ys), max(xs), max(ys))


@cache
def _projection() -> tuple[float, float, float]:
    """Units per degree of latitude, and the corner of the drawing.

    The file says neither: they follow from districts as boxes of places and as boxes of outlines.
    """
    places = defaultdict(list)
    for town in municipalities():
        if town.lat is not None and town.lon is not None and town.last_year == 9999:
            places[town.district].append((town.lat, town.lon * SHRINK))
    pairs = []
    for key, path in shapes().paths.items():
        lats, lons = zip(*places[key], strict=True)
        box = _box(path)
        middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        pairs.append(((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2, *middle))
    east, north, across, down = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    scale = sum((north - p[1]) * (p[3] - down) for p in pairs) / sum((north - p[1]) ** 2 for p in pairs)
    return scale, scale * east - across, scale * north + down

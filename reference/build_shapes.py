"""Make district_shapes.json: all districts of today, drawn from points and not from surveyed borders.

Every municipality is a point (municipalities.csv). What lies nearer to a point than to any other is counted
to it (a Voronoi diagram); of a town, a ring of points stands, as wide as its population suggests. Districts
are unions of municipalities, cut at the border of Germany. They show where a district lies and whom it
touches; this is not a map to measure from.

The border is that of Natural Earth 1:10m (public domain), as in the npm package world-atlas 2.0.2 (ISC).
Run it with shapely 2 and scipy installed:

    python reference/build_shapes.py countries-10m.json
"""

import csv
import json
import sys
from collections import defaultdict
from itertools import pairwise
from math import cos, pi, radians, sin, sqrt
from pathlib import Path

import numpy as np
import shapely
from scipy.spatial import Voronoi
from shapely.geometry import MultiPolygon, Polygon
from shapely.ops import unary_union

HERE = Path(__file__).parent
KM = 111.2  # kilometres in a degree of latitude
SHRINK = cos(radians(51))  # of a degree of longitude in the middle of Germany
GRID = 1000.0  # units of the drawing per degree of latitude
TOLERANCE_KM = 1.3
GERMANY = "276"  # ISO 3166-1


def plane(lat: float, lon: float) -> tuple[float, float]:
    """A place in kilometres east and north of the prime meridian and the equator; good enough for Germany."""
    return lon * SHRINK * KM, lat * KM


def border(path: Path) -> MultiPolygon:
    """Germany from a TopoJSON file of countries."""
    topology = json.loads(path.read_text("utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append(plane(y * sy + ty, x * sx + tx))
        arcs.append(line)
    [germany] = [g for g in topology["objects"]["countries"]["geometries"] if g.get("id") == GERMANY]

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            part = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += part[1:] if points else part
        return points

    return MultiPolygon([Polygon(ring(rings[0])) for rings in germany["arcs"]])


def points() -> tuple[list[tuple[float, float]], list[str]]:
    """Points and the district of each."""
    found, districts = [], []
    with (HERE / "municipalities.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["last_year"] or not row["lat"]:
                continue
            x, y = plane(float(row["lat"]), float(row["lon"]))
            found.append((x, y))
            districts.append(row["ags"][:5])
            people = int(row["population"])
            radius = sqrt(people / min(900 + people / 400, 4000) / pi)  # km
            if radius > 2.5:
                for step in range(12):
                    angle = step * pi / 6
                    found.append((x + 0.75 * radius * cos(angle), y + 0.75 * radius * sin(angle)))
                    districts.append(row["ags"][:5])
    return found, districts


def cells(places: list[tuple[float, float]]) -> list[Polygon]:
    """What is nearer to each place than to any other; a frame far out keeps all of them finite."""
    frame = [(x, y) for x in (-500, 1700) for y in (4900, 6700)]
    apart = np.random.default_rng(1).normal(0, 1e-4, (len(places), 2))  # no two points may be the same
    diagram = Voronoi(np.vstack([np.array(places) + apart, frame]))
    return [Polygon(diagram.vertices[diagram.regions[r]]) for r in diagram.point_region[: len(places)]]


def main() -> None:
    germany = border(Path(sys.argv[1])).buffer(0)
    places, districts = points()
    by_district: dict[str, list[Polygon]] = defaultdict(list)
    for cell, district in zip(cells(places), districts, strict=True):
        by_district[district].append(cell)
    keys = sorted(by_district)
    areas = [unary_union(by_district[key]).buffer(0) for key in keys]
    coarse = shapely.coverage_simplify(areas, TOLERANCE_KM * 1.5, simplify_boundary=True)
    outlines = {}
    for key, area in zip(keys, coarse, strict=True):
        cut = area.intersection(germany).simplify(0.25)
        parts = [p for p in getattr(cut, "geoms", [cut]) if p.geom_type == "Polygon" and p.area > 3]
        outlines[key] = parts or [max(getattr(cut, "geoms", [cut]), key=lambda p: p.area)]
    west, south, east, north = unary_union([p for parts in outlines.values() for p in parts]).bounds
    scale = GRID / (north - south)

    def path(part: Polygon) -> str:
        corners = part.exterior.coords[:-1]
        xy = [(round((x - west) * scale, 1), round((north - y) * scale, 1)) for x, y in corners]
        steps = [f"l{round(x1 - x0, 1):g} {round(y1 - y0, 1):g}" for (x0, y0), (x1, y1) in pairwise(xy)]
        return f"M{xy[0][0]:g} {xy[0][1]:g}{''.join(steps)}z"

    shapes = {key: "".join(path(part) for part in parts) for key, parts in outlines.items()}
    width = round((east - west) * scale)
    text = json.dumps({"width": width, "height": round(GRID), "shapes": shapes}, separators=(",", ":"))
    (HERE / "district_shapes.json").write_text(text.replace(',"', ',\n"') + "\n", "utf-8")
    sys.stdout.write(f"{len(shapes)} districts, {len(text)} bytes\n")


if __name__ == "__main__":
    main()

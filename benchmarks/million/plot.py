"""The cost of a build by number of releases, both axes logarithmic, as docs/scale-plot.svg.

A dashed line shows what a cost would be that grows as the releases do.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10
from pathlib import Path
from statistics import linear_regression

from benchmarks.million.measure import RESULTS

PLOT = Path(__file__).parents[2] / "docs" / "scale-plot.svg"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 440, 90, 150, 30, 60
COSTS = {  # by column of the figures: how it is called, and its colour in light and dark
    "cpu_seconds": ("processor time, all", "c1"),
    "cpu_seconds_workers": ("of it the workers", "c2"),
    "cpu_seconds_writer": ("of it the writer", "c3"),
}
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222 } .grid { stroke: #ddd } .axis { stroke: #555 }
.even { stroke: #888; stroke-dasharray: 5 5; fill: none } .line { fill: none; stroke-width: 2 }
.c1 { stroke: #0b5cad; color: #0b5cad } .c2 { stroke: #b3541e; color: #b3541e }
.c3 { stroke: #2b7a3d; color: #2b7a3d }
circle { fill: currentColor; stroke: none }
@media (prefers-color-scheme: dark) {
    text { fill: #ddd } .grid { stroke: #333 } .axis { stroke: #999 } .ground { fill: #111 }
    .c1 { stroke: #6cb2ff; color: #6cb2ff } .c2 { stroke: #ff9f68; color: #ff9f68 }
    .c3 { stroke: #7fd391; color: #7fd391 }
}
"""
Point = tuple[float, float]


def drawn(found: Sequence[Mapping[str, float]]) -> str:
    """The plot as SVG."""
    lines = {column: _points(found, column) for column in COSTS}
    decades = [(floor(min(v) + 1e-9), ceil(max(v) - 1e-9)) for v in zip(*_logs(lines), strict=True)]
    place = _Scale(*decades)
    parts = [*_grid(place)]
    for column, (name, colour) in COSTS.items():
        at = [place(point) for point in lines[column]]
        parts.append(
            f'<polyline class="line {colour}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in at)}"/>'
        )
        parts += [f'<circle class="{colour}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in at]
        parts.append(f'<text x="{at[-1][0] + 10:.1f}" y="{at[-1][1] + 4:.1f}">{name}</text>')
    parts.append(_even(place, lines["cpu_seconds"]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Processor time of a build by number of releases">\n<style>{STYLE}</style>\n'
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def slope(points: Sequence[Point]) -> float:
    """The exponent of growth, by least squares over the logarithms.

    >>> round(slope([(10, 20), (100, 200), (1000, 2000)]), 3)
    1.0
    """
    across, up = [log10(x) for x, _ in points], [log10(y) for _, y in points]
    return linear_regression(across, up).slope


class _Scale:
    """From figures to places on the drawing."""

    def __init__(self, x: tuple[int, int], y: tuple[int, int]) -> None:
        self.x, self.y = x, y

    def __call__(self, point: Point) -> Point:
        across = (log10(point[0]) - self.x[0]) / (self.x[1] - self.x[0])
        up = (log10(point[1]) - self.y[0]) / (self.y[1] - self.y[0])
        return (
            LEFT + across * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM),
        )


def _points(found: Sequence[Mapping[str, float]], column: str) -> list[Point]:
    parts = ("cpu_seconds_writer", "cpu_seconds_workers") if column == "cpu_seconds" else (column,)
    return [(one["releases"], sum(one[part] for part in parts)) for one in found]


def _logs(lines: Mapping[str, Sequence[Point]]) -> Iterator[Point]:
    return ((log10(x), log10(y)) for points in lines.values() for x, y in points)


def _grid(place: _Scale) -> Iterator[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for power in range(place.x[0], place.x[1] + 1):
        x, _ = place((10**power, 10 ** place.y[0]))
        yield f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom}"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{10**power:,}</text>'
    for power in range(place.y[0], place.y[1] + 1):
        _, y = place((10 ** place.x[0], 10**power))
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{10**power:,} s</text>'
    yield f'<path class="axis" fill="none" d="M{LEFT} {TOP}V{bottom}H{right}"/>'
    yield f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 15}" text-anchor="middle">releases</text>'


def _even(place: _Scale, points: Sequence[Point]) -> str:
    """What it would cost at the price of the smallest archive."""
    (few, cost), (many, _) = points[0], points[-1]
    (a, b), (c, d) = place((few, cost)), place((many, cost * many / few))
    label = f"growth: releases to the power of {slope(points):.2f}"
    return (
        f'<path class="even" d="M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}"/>'
        f'<text x="{LEFT + 12}" y="{TOP + 16}">{label}</text>'
    )


if __name__ == "__main__":
    PLOT.write_text(drawn(json.loads(RESULTS.read_text())), "utf-8")
    sys.stdout.write(f"{PLOT}\n")
